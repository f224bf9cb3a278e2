//! What modules add to a Go program.

use super::data::{
    GO_MODULES, GO_MODULES_ADD_DATE, GO_MODULES_ADD_SOURCE, GO_MODULES_SPREAD, GO_TEST_MODULES,
};
use super::facts::Platform;
use super::go::{GoProfile, Linkage, go_binary_with, go_profiles};
use super::table::{number, rows, words};
use crate::size::Size;

/// The kind of program to which modules add: the one that they were measured with.
const SERVICE: &str = "http-api";

/// The module that needs cgo to be of use.
const SQLITE: &str = "github.com/mattn/go-sqlite3";

/// What is known of the modules that a program requires.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Modules {
    /// Names of those that were measured, in the order of the catalogue.
    pub known: Vec<&'static str>,
    /// Paths of those that were not.
    pub unknown: Vec<String>,
    /// Whether SQLite is among them, which is linked in with cgo.
    pub sqlite: bool,
    /// Bytes and bytes after gzip that they add: with symbols, and stripped.
    added: [[u32; 2]; 2],
}

impl Modules {
    /// Looks paths up, as `go.mod` requires them.
    pub fn of<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        let mut found = Self::default();
        let mut largest: Vec<(&str, [u32; 4])> = Vec::new();
        let table: Vec<[&'static str; 7]> = rows(GO_MODULES).collect();
        let mut used = vec![false; table.len()];
        for path in paths {
            let path = without_major(path);
            if path == SQLITE {
                found.sqlite = true;
            } else if let Some(at) = table.iter().position(|row| is_named(row, path)) {
                if let Some(used) = used.get_mut(at) {
                    *used = true;
                }
            } else if !GO_TEST_MODULES.contains(&path) {
                found.unknown.push(path.to_owned());
            }
        }
        for ([name, _, shares, figures @ ..], _) in table.iter().zip(used).filter(|(_, used)| *used)
        {
            found.known.push(name);
            let figures = figures.map(|cell| number::<u32>(cell).unwrap_or_default());
            match largest.iter_mut().find(|(group, _)| !shares.is_empty() && group == shares) {
                Some((_, so_far)) => {
                    so_far.iter_mut().zip(figures).for_each(|(most, own)| *most = own.max(*most));
                }
                None => largest.push((shares, figures)),
            }
        }
        for (_, [bytes, gzip, stripped, stripped_gzip]) in largest {
            for (sum, more) in
                found.added.iter_mut().zip([[bytes, gzip], [stripped, stripped_gzip]])
            {
                sum.iter_mut().zip(more).for_each(|(sum, more)| *sum = sum.saturating_add(more));
            }
        }
        found
    }

    /// Whether the program needs no module but the standard library.
    pub fn is_standard_library(&self) -> bool {
        self.known.is_empty() && self.unknown.is_empty() && !self.sqlite
    }

    /// The measured kind whose program is nearest in size, among those that need modules.
    pub fn nearest_profile(&self) -> Option<&'static GoProfile> {
        let [[more, _], _] = self.added;
        let alone = GoProfile::from_name(SERVICE)?.bytes();
        let with = go_profiles().iter().filter(|profile| !profile.is_standard_library());
        with.min_by_key(|profile| profile.bytes().abs_diff(alone + u64::from(more)))
    }

    /// Where its figures come from, with the date.
    pub fn cite(&self) -> String {
        format!("{GO_MODULES_ADD_SOURCE} ({GO_MODULES_ADD_DATE})")
    }
}

/// The bytes of a service with those modules, as far as they were measured.
pub fn modules_binary(
    modules: &Modules,
    go_version: &str,
    stripped: bool,
    linkage: Linkage,
    platform: Platform,
) -> Size {
    let Some(service) = GoProfile::from_name(SERVICE) else { return Size::UNKNOWN };
    let size = go_binary_with(service, modules.added, go_version, stripped, linkage, platform);
    size.scaled(GO_MODULES_SPREAD)
}

fn is_named(row: &[&str; 7], path: &str) -> bool {
    let [_, modules, ..] = row;
    let is = |known: &str| match known.strip_suffix("/...") {
        Some(above) => path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/')),
        None => path == known,
    };
    words(modules).any(is)
}

/// A path without the `/v2` of a major version.
fn without_major(path: &str) -> &str {
    let is_version =
        |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    match path.rsplit_once("/v") {
        Some((module, rest)) if is_version(rest) => module,
        _ => path,
    }
}
