//! The import map: what each module must hash to, and where the script of the workshop is.
//!
//! The hashes cover modules that other modules import, which no attribute can. The application asks
//! for `workshop` by that name when it first needs it.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::files;

/// The folder of the workshop in `dist/`.
const FOLDER: &str = "workshop";

/// How often its script may be asked for by one page. A browser remembers that a script could not be
/// loaded, so each try has an address of its own, and each address a hash.
const TRIES: usize = 8;

/// The import map of a page at the top of `dist` with these `modules` and those that they load.
pub fn of(dist: &Path, modules: &[&str]) -> Result<String> {
    let mut integrity = Map::new();
    let mut script = None;
    for name in files::all(dist)? {
        let address = format!("./{name}");
        let in_workshop = name.starts_with(&format!("{FOLDER}/{FOLDER}-"));
        if in_workshop || name.starts_with("snippets/") || modules.contains(&address.as_str()) {
            let hash = files::integrity(&files::read(dist, &name)?);
            if in_workshop && name.ends_with(".js") {
                for again in 2..=TRIES {
                    integrity.insert(format!("{address}?{again}"), Value::from(hash.as_str()));
                }
                script = Some(address.clone());
            }
            integrity.insert(address, Value::from(hash));
        }
    }
    let script = script.context("the workshop has no script")?;
    Ok(json!({ "imports": { FOLDER: script }, "integrity": integrity }).to_string())
}
