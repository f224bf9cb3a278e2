//! Measured Go programs.

use std::collections::BTreeMap;

use super::Problems;
use crate::catalog::file::File;

impl Problems {
    pub(super) fn go(&mut self, file: &File) {
        let rows = file.rows("profile");
        self.rows += rows.len();
        let mut before = 0.0;
        for row in rows {
            let name = row.text("name");
            let place = (file, row, name);
            self.origin(file, row, name);
            if let Some(modules) = row.inner("modules") {
                self.range(place, modules, [0.0, 2e9]);
            }
            let mut of_arch: BTreeMap<&str, f64> = BTreeMap::new();
            let mut amd64 = 0.0;
            for build in row.inners("binary") {
                let arch = build.text("arch");
                let number = |key: &str| build.number(key).unwrap_or(-1.0);
                let [bytes, stripped] = [number("bytes"), number("stripped")];
                let what = format!("Go {} {arch}", build.text("go"));
                self.within(place, &format!("{what}: stripped"), stripped / bytes, [0.55, 0.85]);
                for (key, whole) in [("gzip", bytes), ("stripped_gzip", stripped)] {
                    self.within(place, &format!("{what}: {key}"), number(key) / whole, [0.2, 0.7]);
                }
                if let Some(older) = of_arch.insert(arch, bytes) {
                    self.within(
                        place,
                        &format!("{what}: by the version before"),
                        bytes / older,
                        [0.9, 1.25],
                    );
                }
                if arch == "amd64" {
                    amd64 = bytes;
                } else if amd64 > 0.0 {
                    self.within(place, &format!("{what}: by amd64"), bytes / amd64, [0.85, 1.1]);
                }
            }
            let likely = row.inners("binary").iter().find_map(|build| {
                (build.text("arch") == "amd64" && build.text("go") == "1.22")
                    .then(|| build.number("bytes"))?
            });
            match likely {
                Some(bytes) if bytes < before => {
                    self.say(file, row, name, "must stand before a larger program");
                }
                Some(bytes) => before = bytes,
                None => self.say(file, row, name, "was not built with Go 1.22 for amd64"),
            }
        }
    }
}
