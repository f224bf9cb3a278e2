//! Packages of distributions.

use std::collections::{BTreeMap, BTreeSet};

use super::Problems;
use crate::catalog::file::{File, Row};

/// The bounds of one package.
const PACKAGE: [f64; 2] = [1_000.0, 1.5e9];

impl Problems {
    pub(super) fn debian(&mut self, file: &File) {
        let rows = file.rows("package");
        self.sorted(file, &rows, |row| row.text("name").to_owned());
        for row in rows {
            let name = row.text("name");
            let place = (file, row, name);
            self.origin(file, row, name);
            for suite in ["bookworm", "trixie"] {
                let slim = |key: &str| row.inner(key).and_then(|bytes| bytes.number("slim"));
                let all = format!("{suite}_all");
                if slim(&all).zip(slim(suite)).is_some_and(|(all, alone)| all < alone) {
                    self.say(file, row, name, &format!("{suite}: less with what it recommends"));
                }
                for key in [suite, &all] {
                    let Some(bytes) = row.inner(key) else { continue };
                    let [slim, full, gzip] =
                        ["slim", "full", "gzip"].map(|key| bytes.number(key).unwrap_or(-1.0));
                    if slim == 0.0 && full == 0.0 && gzip == 0.0 {
                        continue;
                    }
                    self.within(place, &format!("{key} slim"), slim, PACKAGE);
                    self.within(place, &format!("{key}: full by slim"), full / slim, [1.0, 6.0]);
                    self.within(place, &format!("{key}: gzip by slim"), gzip / slim, [0.01, 1.0]);
                }
            }
            if let Some((bookworm, trixie)) = row
                .inner("bookworm")
                .and_then(|bytes| bytes.number("slim"))
                .zip(row.inner("trixie").and_then(|bytes| bytes.number("slim")))
                .filter(|(bookworm, trixie)| *bookworm > 1e6 && *trixie > 1e6)
            {
                self.within(place, "trixie by bookworm", trixie / bookworm, [0.03, 30.0]);
            }
        }
    }

    pub(super) fn alpine(&mut self, file: &File) {
        let rows = file.rows("package");
        let minor = |row: Row<'_>| row.text("release").replace("3.", "");
        self.sorted(file, &rows, |row| format!("{} {:0>3}", row.text("name"), minor(row)));
        let names: BTreeSet<&str> = rows.iter().map(|row| row.text("name")).collect();
        let mut sizes: BTreeMap<(&str, bool), f64> = BTreeMap::new();
        for row in rows {
            let name = row.text("name");
            let place = (file, row, name);
            self.origin(file, row, name);
            let bytes = row.number("bytes").unwrap_or(-1.0);
            self.within(place, "bytes", bytes, [0.0, PACKAGE[1]]);
            for needed in row.texts("needs") {
                if !names.contains(needed) {
                    self.say(
                        file,
                        row,
                        name,
                        &format!("needs {needed:?}, which is no package here"),
                    );
                }
            }
            let before = sizes.insert((name, row.flag("rounded")), bytes);
            if let Some(before) = before.filter(|before| *before > 0.0) {
                self.within(
                    place,
                    "bytes by those of the release before",
                    bytes / before,
                    [0.2, 5.0],
                );
            }
        }
    }
}
