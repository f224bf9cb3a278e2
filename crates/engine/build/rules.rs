//! Finds the rules: `src/rules/<area>/<name>.rs` with its page `<name>.md` beside it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

type Rules = BTreeMap<String, PathBuf>;

/// Writes `rules.rs` into `out`: a module for each rule and the list of all of them.
pub fn generate(out: &Path) -> Result<(), String> {
    let root = std::env::var("CARGO_MANIFEST_DIR").map_err(|error| error.to_string())?;
    let root = Path::new(&root).join("src/rules");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut rules = Rules::new();
    for area in entries(&root)?.into_iter().filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", area.display());
        collect(&area, &mut rules)?;
    }
    check(&rules)?;
    std::fs::write(out.join("rules.rs"), source(&rules)).map_err(|error| error.to_string())
}

/// The rules of one folder; each has a page, and each page a rule.
fn collect(area: &Path, rules: &mut Rules) -> Result<(), String> {
    for file in entries(area)? {
        let (partner, missing) = match file.extension().and_then(|found| found.to_str()) {
            Some("rs") => ("md", "the rule has no page beside it"),
            Some("md") => ("rs", "the page has no rule beside it"),
            _ => continue,
        };
        if !file.with_extension(partner).is_file() {
            return Err(format!("{}: {missing}", file.display()));
        }
        let module = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if partner == "md"
            && let Some(other) = rules.insert(module, file.clone())
        {
            return Err(format!("{} has the name of {}", file.display(), other.display()));
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(unreadable)?;
    let paths: Result<Vec<_>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

/// Names agree with files, areas with folders, and no name or alias is taken twice.
fn check(rules: &Rules) -> Result<(), String> {
    let mut taken: BTreeMap<String, &Path> = BTreeMap::new();
    for (module, file) in rules {
        let place = file.display();
        let text = std::fs::read_to_string(file).map_err(|error| format!("{place}: {error}"))?;
        let field = |before: &str, after: &str| {
            let found = text.split_once(before).and_then(|(_, rest)| rest.split_once(after));
            found.map(|(value, _)| value).ok_or_else(|| format!("{place}: no `{before}`"))
        };
        let name = field("name: \"", "\"")?;
        if name.replace('-', "_") != *module {
            return Err(format!("{place}: the name `{name}` disagrees with the file"));
        }
        let area = field("area: Area::", ",")?.to_lowercase();
        let folder = file.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        if area != folder.replace('_', "") {
            return Err(format!("{place}: the area `{area}` disagrees with the folder"));
        }
        let aliases = field("aliases: &[", "]")?.split('"').skip(1).step_by(2);
        for alias in aliases.chain([name]) {
            // A peer's code may cover more than one of our rules; each then says so.
            let shared = text.contains(&format!("Shares `{alias}`"));
            if let Some(other) = taken.insert(alias.to_owned(), file)
                && !shared
            {
                return Err(format!("{place}: `{alias}` is taken by {}", other.display()));
            }
        }
    }
    Ok(())
}

fn source(rules: &Rules) -> String {
    let mut out = String::new();
    for (module, file) in rules {
        let _ = writeln!(out, "#[path = {:?}]\nmod {module};", file.display().to_string());
    }
    let list: Vec<_> = rules.keys().map(|module| format!("&{module}::RULE")).collect();
    let _ = writeln!(out, "static ALL: &[&Rule] = &[{}];", list.join(", "));
    out
}
