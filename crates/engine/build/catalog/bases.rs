//! `bases.toml`, `contents.toml`, `releases.toml` and `candidates.toml`: base images and their facts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::CATALOGUE_DATE;
use super::kinds::{Kind, static_name};
use super::row::{File, Row, camel};

const FAMILIES: [&str; 9] =
    ["alpine", "amazon", "busybox", "debian", "distroless", "rhel", "scratch", "ubuntu", "wolfi"];
const TOOLCHAINS: [&str; 14] = [
    "c", "elixir", "erlang", "go", "java", "julia", "node", "perl", "php", "python", "ruby",
    "rust", "swift", "dotnet",
];
const CONTENTS_KEYS: [&str; 20] = [
    "name",
    "like",
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
    "user",
    "users",
    "toolchain",
    "env",
    "workdir",
    "start",
];

/// One release of a distribution.
pub struct Release {
    name: String,
    libc: String,
    expression: String,
}

/// One base image, ready to be written.
pub struct Base {
    reference: String,
    also: Vec<String>,
    expression: String,
}

/// Reads and checks the releases. They stand by family, then by age.
pub fn releases(file: &File) -> Result<Vec<Release>, String> {
    let mut releases: Vec<Release> = Vec::new();
    for row in file.rows("release", "name", false)? {
        row.only(&["family", "name", "number", "libc", "moving"])?;
        let name = row.text("name")?;
        if releases.iter().any(|release| release.name == name) {
            return Err(row.error("there are two of that name"));
        }
        let family = row.variant("family", "Family", &FAMILIES)?;
        let libc = row.maybe_text("libc")?.unwrap_or("");
        let number = row.maybe_text("number")?.unwrap_or("");
        let moving = row.texts("moving")?;
        releases.push(Release {
            name: name.to_owned(),
            libc: libc.to_owned(),
            expression: format!(
                "Release {{ family: {family}, name: {name:?}, number: {number:?}, libc: {libc:?}, \
                 moving: &{moving:?} }}"
            ),
        });
    }
    Ok(releases)
}

/// The releases as a static, in the order of the file.
pub fn write_releases(releases: &[Release]) -> String {
    let mut text = format!("pub static RELEASES: [Release; {}] = [\n", releases.len());
    for release in releases {
        let _ = writeln!(text, "    {},", release.expression);
    }
    text + "];\n"
}

/// Reads and checks the base images.
pub fn read(
    file: &File,
    contents: &File,
    releases: &[Release],
    kinds: &[Kind],
) -> Result<(Vec<Base>, String), String> {
    let mut lists = Lists::default();
    let contents = read_contents(contents, kinds, &mut lists)?;
    let rows = file.rows("base", "reference", true)?;
    let mut bases: Vec<Base> = Vec::new();
    for row in &rows {
        row.only(&[
            "reference",
            "also",
            "resolved",
            "date",
            "contents",
            "libc_version",
            "release",
            "amd64",
            "arm64",
            "bytes_of",
            "confidence",
            "source",
        ])?;
        let reference = row.text("reference")?;
        let kind = row.text("contents")?;
        let Some(facts) = contents.get(kind) else {
            return Err(row.error(&format!("contents {kind:?} is no table of contents.toml")));
        };
        let release = row.maybe_text("release")?.unwrap_or("");
        let mut libc_version = row.maybe_text("libc_version")?.unwrap_or("");
        if !release.is_empty() {
            let Some(known) = releases.iter().find(|known| known.name == release) else {
                return Err(row.error(&format!("release {release:?} is not in releases.toml")));
            };
            if libc_version.is_empty() && facts.has_libc {
                libc_version = &known.libc;
            }
        }
        let sizes = sizes(row, &rows)?;
        let date = row.maybe_date(CATALOGUE_DATE)?;
        let expression = format!(
            "BaseImage {{ reference: {reference:?}, resolved: {:?}, date: {:?}, release: \
             {release:?}, libc_version: {libc_version:?}, {}, {sizes}, margin: {}, confidence: {}, \
             source: {:?} }}",
            row.maybe_text("resolved")?.unwrap_or(reference),
            date.unwrap_or(""),
            facts.fields,
            margin(row, date)?,
            row.confidence()?,
            source(&source_row(row, &rows)?, reference)?,
        );
        let also = row.texts("also")?.into_iter().map(str::to_owned).collect();
        bases.push(Base { reference: reference.to_owned(), also, expression });
    }
    let lists = lists.write(&bases);
    Ok((bases, lists))
}

/// How far the true figure may lie from the row's, by thousand.
///
/// A recorded figure is rounded and images are rebuilt monthly: 1.5 % covers both for a year
/// (Debian's rebuilds differ by 0.4 %, Alpine's by 1.2 %). Tags that were read long ago have moved
/// by about 2 % a year since (node:22-slim: 4.5 % from 2024 to 2026); undated ones by up to 8 %.
fn margin(row: &Row<'_>, date: Option<&str>) -> Result<u32, String> {
    let base = match row.text("confidence")? {
        "exact" => return Ok(0),
        "high" => 15,
        "medium" => 40,
        _ => return Ok(250),
    };
    let year = |date: &str| date.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or(0);
    Ok(match date {
        Some(date) => base + 20 * (year(CATALOGUE_DATE) - year(date)),
        None => 80,
    })
}

/// The source with the parts of the reference replaced by `{name}` and `{tag}`, so that the many
/// files that are called like the image share one text.
fn source(row: &Row<'_>, reference: &str) -> Result<String, String> {
    let source = row.text("source")?;
    let Some((name, tag)) = reference.split_once(':') else { return Ok(source.to_owned()) };
    for folder in ["remote", "local"] {
        let path = format!("repos/{name}/{folder}/{tag}.md");
        if source.contains(&path) {
            return Ok(source.replace(&path, &format!("repos/{{name}}/{folder}/{{tag}}.md")));
        }
    }
    Ok(source.to_owned())
}

/// The row that has the bytes and their source: this one, or the one that it names.
fn source_row<'a>(row: &Row<'a>, rows: &[Row<'a>]) -> Result<Row<'a>, String> {
    let Some(other) = row.maybe_text("bytes_of")? else { return Ok(row.clone()) };
    if row.has("amd64") || row.has("arm64") || row.has("source") {
        return Err(row.error("has bytes or a source of its own beside bytes_of"));
    }
    let found = rows.iter().find(|row| row.text("reference") == Ok(other));
    found.cloned().ok_or_else(|| row.error("bytes_of names no row"))
}

/// The bytes of both platforms as fields.
fn sizes(row: &Row<'_>, rows: &[Row<'_>]) -> Result<String, String> {
    let from = source_row(row, rows)?;
    let mut text = String::new();
    let mut any = false;
    for platform in ["amd64", "arm64"] {
        let (mut unpacked, mut compressed) = (None, None);
        if let Some(bytes) = from.inner(platform)? {
            bytes.only(&["unpacked", "compressed"])?;
            unpacked = bytes.maybe_number("unpacked")?;
            compressed = bytes.maybe_number("compressed")?;
            any |= unpacked.is_some() || compressed.is_some();
            if let (Some(unpacked), Some(compressed)) = (unpacked, compressed)
                && compressed > unpacked
            {
                return Err(bytes.error("compressed is larger than unpacked"));
            }
        }
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(
            text,
            "{comma}{platform}: Bytes {{ unpacked: {unpacked:?}, compressed: {compressed:?} }}"
        );
    }
    if any { Ok(text) } else { Err(row.error("has no bytes at all")) }
}

/// Lists of words, each written once.
#[derive(Default)]
struct Lists(Vec<String>);

impl Lists {
    /// The expression for a list.
    fn name(&mut self, words: &[&str]) -> String {
        let text = format!("{words:?}");
        let place = self.0.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.0.push(text);
            self.0.len() - 1
        });
        format!("LIST_{place}")
    }

    /// The lists that an image uses; the others belong to tables that are only like others.
    fn write(&self, bases: &[Base]) -> String {
        let mut text = String::new();
        for (place, list) in self.0.iter().enumerate() {
            let name = format!("LIST_{place},");
            if !bases.iter().any(|base| base.expression.contains(&name)) {
                continue;
            }
            let _ = writeln!(text, "static LIST_{place}: &[&str] = &{list};");
        }
        text
    }
}

/// What one kind of image holds, as fields of a `BaseImage`.
struct Contents {
    fields: String,
    has_libc: bool,
}

fn read_contents(
    file: &File,
    kinds: &[Kind],
    lists: &mut Lists,
) -> Result<BTreeMap<String, Contents>, String> {
    let rows = file.rows("contents", "name", true)?;
    let mut all = BTreeMap::new();
    for row in &rows {
        let mut known = CONTENTS_KEYS.to_vec();
        known.push("ratio");
        row.only(&known)?;
        let chain = chain(row, &rows)?;
        let name = row.text("name")?.to_owned();
        all.insert(name, fields(&chain, kinds, lists)?);
    }
    Ok(all)
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

fn fields(chain: &[Row<'_>], kinds: &[Kind], lists: &mut Lists) -> Result<Contents, String> {
    let Some(own) = chain.first() else { return Err("an empty chain".to_owned()) };
    // The first row of the chain that says something about the key, or the row itself.
    let said = |key: &str| chain.iter().find(|row| row.has(key)).unwrap_or(own);
    let mut text = format!(
        "family: {}, libc: {}",
        said("family").variant("family", "Family", &FAMILIES)?,
        said("libc").variant("libc", "Libc", &["none", "glibc", "musl"])?
    );
    let _ = write!(text, ", shell: {:?}", said("shell").maybe_text("shell")?);
    let _ = write!(text, ", bash: {}", said("bash").flag("bash")?);
    let manager = match said("package_manager") {
        row if row.has("package_manager") => {
            let managers = ["apk", "apt", "dnf", "microdnf", "yum", "zypper"];
            format!("Some({})", row.variant("package_manager", "PackageManager", &managers)?)
        }
        _ => "None".to_owned(),
    };
    let _ = write!(text, ", package_manager: {manager}");
    for key in ["ca_certificates", "time_zones", "wget", "curl", "tmp", "c_compiler", "git"] {
        let _ = write!(text, ", {key}: {:?}", said(key).maybe_flag(key)?);
    }
    let _ = write!(text, ", user: {:?}", said("user").text("user")?);
    let _ = write!(text, ", users: {}", lists.name(&said("users").texts("users")?));
    let toolchain = match said("toolchain").maybe_text("toolchain")? {
        Some(word) if TOOLCHAINS.contains(&word) => format!("Some(Toolchain::{})", camel(word)),
        Some(word) => return Err(own.error(&format!("toolchain {word:?} is unknown"))),
        None => "None".to_owned(),
    };
    let _ = write!(text, ", toolchain: {toolchain}");
    let _ = write!(text, ", env: {}", lists.name(&said("env").texts("env")?));
    let _ = write!(text, ", workdir: {:?}", said("workdir").text("workdir")?);
    let starts = ["nothing", "shell", "interpreter", "service"];
    let _ = write!(text, ", start: {}", said("start").variant("start", "Start", &starts)?);
    let ratio = said("ratio").text("ratio")?;
    if !kinds.iter().any(|kind| kind.name == ratio) {
        return Err(own.error(&format!("ratio {ratio:?} is no kind of kinds.toml")));
    }
    let _ = write!(text, ", ratio: &{}", static_name(ratio));
    Ok(Contents { fields: text, has_libc: said("libc").text("libc")? != "none" })
}

/// The images, and their other names with the number of the image, both sorted.
pub fn write(bases: &[Base]) -> Result<String, String> {
    let mut text = format!("pub static BASES: [BaseImage; {}] = [\n", bases.len());
    let mut names = BTreeSet::new();
    let mut also: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, base) in bases.iter().enumerate() {
        let _ = writeln!(text, "    {},", base.expression);
        for name in base.also.iter().chain([&base.reference]) {
            if !names.insert(name) {
                return Err(format!("data/bases.toml: {name:?} names two images"));
            }
        }
        also.extend(base.also.iter().map(|name| (name.as_str(), number)));
    }
    let _ = writeln!(text, "];\npub static ALSO: [(&str, u16); {}] = [", also.len());
    for (name, number) in also {
        let _ = writeln!(text, "    ({name:?}, {number}),");
    }
    Ok(text + "];\n")
}

/// The rows of the table per base image, in the order of the file.
pub fn candidates(file: &File, bases: &[Base]) -> Result<String, String> {
    let rows = file.rows("candidate", "reference", false)?;
    let mut text = format!("pub static CANDIDATES: [Candidate; {}] = [\n", rows.len());
    for row in rows {
        row.only(&["reference", "title", "purpose", "single_stage"])?;
        let reference = row.text("reference")?;
        if !bases.iter().any(|base| base.reference == reference) {
            return Err(row.error("is no row of bases.toml"));
        }
        let _ = writeln!(
            text,
            "    Candidate {{ reference: {reference:?}, title: {:?}, purpose: {:?}, single_stage: \
             {} }},",
            row.text("title")?,
            row.text("purpose")?,
            row.flag("single_stage")?
        );
    }
    Ok(text + "];\n")
}
