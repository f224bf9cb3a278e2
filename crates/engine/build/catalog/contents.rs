//! `contents.toml`: what each kind of base image holds.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::Kind;
use super::row::{File, Row};
use super::table::{maybe, variants};

/// The families of distributions, by which releases are told apart too.
pub const FAMILIES: [&str; 9] =
    ["alpine", "amazon", "busybox", "debian", "distroless", "rhel", "scratch", "ubuntu", "wolfi"];
const TOOLCHAINS: [&str; 14] = [
    "c", "elixir", "erlang", "go", "java", "julia", "node", "perl", "php", "python", "ruby",
    "rust", "swift", "dotnet",
];
const LIBCS: [&str; 3] = ["none", "glibc", "musl"];
const MANAGERS: [&str; 6] = ["apk", "apt", "dnf", "microdnf", "yum", "zypper"];
const STARTS: [&str; 4] = ["nothing", "shell", "interpreter", "service"];
const CONTENTS_KEYS: [&str; 26] = [
    "name",
    "like",
    "unknown",
    "family",
    "libc",
    "shell",
    "bash",
    "package_manager",
    "ca_certificates",
    "time_zones",
    "wget",
    "curl",
    "tmp",
    "c_compiler",
    "git",
    "libgcc",
    "user",
    "users",
    "groups",
    "more_users",
    "more_groups",
    "all_users",
    "toolchain",
    "env",
    "workdir",
    "start",
];

/// What one kind of image holds.
pub type Contents = [String; 13];

/// Reads and checks the kinds.
pub fn read(file: &File, kinds: &[Kind]) -> Result<BTreeMap<String, Contents>, String> {
    let rows = file.rows("contents", "name", true)?;
    let mut all = BTreeMap::new();
    for row in &rows {
        let mut known = CONTENTS_KEYS.to_vec();
        known.push("ratio");
        row.only(&known)?;
        let chain = chain(row, &rows)?;
        let name = row.text("name")?.to_owned();
        all.insert(name, cells(&chain, kinds)?);
    }
    Ok(all)
}

/// The words that rows use, in the order of their numbers.
pub fn write_words() -> String {
    let mut text = variants("FAMILIES", "Family", &FAMILIES);
    text += &variants("LIBCS", "Libc", &LIBCS);
    text += &variants("MANAGERS", "PackageManager", &MANAGERS);
    text += &variants("TOOLCHAINS", "Toolchain", &TOOLCHAINS);
    text += &variants("STARTS", "Start", &STARTS);
    text
}

/// The row, the row that it is like, and so on.
fn chain<'a>(row: &Row<'a>, rows: &[Row<'a>]) -> Result<Vec<Row<'a>>, String> {
    let mut chain = vec![row.clone()];
    let mut last = row.clone();
    while let Some(name) = last.maybe_text("like")? {
        let found = rows.iter().find(|row| row.text("name") == Ok(name));
        last = found.ok_or_else(|| last.error("like names no table"))?.clone();
        if chain.len() > 8 {
            return Err(row.error("like leads too far; is it a circle?"));
        }
        chain.push(last.clone());
    }
    Ok(chain)
}

fn cells(chain: &[Row<'_>], kinds: &[Kind]) -> Result<Contents, String> {
    let Some(own) = chain.first() else { return Err("an empty chain".to_owned()) };
    // The first row of the chain that says something about the key, if only that nobody knows, or
    // the row itself.
    let doubts =
        |row: &Row<'_>, key: &str| row.texts("unknown").is_ok_and(|keys| keys.contains(&key));
    let said = |key: &str| chain.iter().find(|row| row.has(key) || doubts(row, key)).unwrap_or(own);
    let word = |key: &str, words: &[&str]| match said(key) {
        row if row.has(key) => row.place(key, words),
        _ => Ok(String::new()),
    };
    let list = |keys: &[&str]| {
        let mut words: Vec<&str> = Vec::new();
        for key in keys {
            words.extend(said(key).texts(key)?);
        }
        let mut seen = BTreeSet::new();
        words.retain(|word| seen.insert(*word));
        match words.iter().find(|word| word.contains(' ')) {
            Some(word) => Err(own.error(&format!("{word:?} has a space"))),
            None => Ok(words.join(" ")),
        }
    };
    let mut flags = String::new();
    for key in ["bash", "all_users"] {
        flags.push(if said(key).flag(key)? { 'y' } else { 'n' });
    }
    const MAYBE: [&str; 8] =
        ["ca_certificates", "time_zones", "wget", "curl", "tmp", "c_compiler", "git", "libgcc"];
    if let Some(key) = own.texts("unknown")?.into_iter().find(|key| !MAYBE.contains(key)) {
        return Err(own.error(&format!("{key:?} cannot be unknown")));
    }
    for key in MAYBE {
        flags.push(match said(key).maybe_flag(key)? {
            Some(true) => 'y',
            Some(false) => 'n',
            None => '?',
        });
    }
    let ratio = said("ratio").text("ratio")?;
    let Some(ratio) = kinds.iter().position(|kind| kind.name == ratio) else {
        return Err(own.error(&format!("ratio {ratio:?} is no kind of kinds.toml")));
    };
    Ok([
        said("family").place("family", &FAMILIES)?,
        said("libc").place("libc", &LIBCS)?,
        maybe(said("shell").maybe_text("shell")?),
        flags,
        word("package_manager", &MANAGERS)?,
        said("user").text("user")?.to_owned(),
        list(&["users", "more_users"])?,
        list(&["groups", "more_groups", "more_users"])?,
        word("toolchain", &TOOLCHAINS)?,
        list(&["env"])?,
        said("workdir").text("workdir")?.to_owned(),
        said("start").place("start", &STARTS)?,
        ratio.to_string(),
    ])
}
