//! Base images: their bytes, what they hold, and which are shown.

use std::collections::BTreeSet;

use super::Problems;
use crate::catalog::file::{File, Row};

/// The largest image that anybody publishes for building on, and the smallest that is not empty.
const IMAGE: [f64; 2] = [1_000.0, 5e9];

/// How far a ratio may lie outside the spread of its kind, as factor.
const SLACK: f64 = 1.25;

impl Problems {
    pub(super) fn kinds(&mut self, file: &File) {
        let rows = file.rows("kind");
        self.sorted(file, &rows, |row| row.text("name").to_owned());
        for row in rows {
            let name = row.text("name");
            self.origin(file, row, name);
            // Those of platforms are no compression: padding makes images grow.
            let most = if name.starts_with("arm64") { 2_000.0 } else { 1_100.0 };
            self.range((file, row, name), row, [1.0, most]);
        }
    }

    pub(super) fn contents(&mut self, file: &File, kinds: &File) {
        let rows = file.rows("contents");
        self.sorted(file, &rows, |row| row.text("name").to_owned());
        let kinds: Vec<&str> = kinds.rows("kind").iter().map(|row| row.text("name")).collect();
        for &row in &rows {
            let name = row.text("name");
            for list in ["users", "groups", "more_users", "more_groups", "env"] {
                let words = row.texts(list);
                if words.iter().collect::<BTreeSet<_>>().len() < words.len() {
                    self.say(file, row, name, &format!("{list} names one twice"));
                }
            }
            if row.has("ratio") && !kinds.contains(&row.text("ratio")) {
                self.say(file, row, name, "ratio is no kind of kinds.toml");
            }
            let complete = inherited(&rows, row, "all_users");
            let user = inherited(&rows, row, "user");
            let user = user.text("user");
            let known = ["users", "more_users"]
                .iter()
                .any(|key| inherited(&rows, row, key).texts(key).contains(&user));
            let numeric = user.bytes().all(|byte| byte.is_ascii_digit());
            if complete.flag("all_users") && !known && !numeric && name != "scratch" {
                self.say(
                    file,
                    row,
                    name,
                    &format!("its user {user:?} is not in the complete list"),
                );
            }
            if row.has("workdir") && !row.text("workdir").starts_with('/') {
                self.say(file, row, name, "workdir is not absolute");
            }
        }
    }

    pub(super) fn bases(&mut self, file: &File, contents: &File, kinds: &File, releases: &File) {
        let rows = file.rows("base");
        self.sorted(file, &rows, |row| row.text("reference").to_owned());
        let contents = contents.rows("contents");
        let kinds = kinds.rows("kind");
        let releases: BTreeSet<&str> =
            releases.rows("release").iter().map(|row| row.text("name")).collect();
        let mut names = BTreeSet::new();
        for &row in &rows {
            let name = row.text("reference");
            for name in row.texts("also").into_iter().chain([name]) {
                if !names.insert(name) {
                    self.say(file, row, name, "names two images");
                }
            }
            if row.has("release") && !releases.contains(row.text("release")) {
                self.say(file, row, name, "release is not in releases.toml");
            }
            if row.has("bytes_of") {
                let other = row.text("bytes_of");
                if !rows.iter().any(|row| row.text("reference") == other && !row.has("bytes_of")) {
                    self.say(
                        file,
                        row,
                        name,
                        &format!("bytes_of names no row with bytes: {other}"),
                    );
                }
                continue;
            }
            self.origin(file, row, name);
            let Some(holds) =
                contents.iter().find(|row_of| row_of.text("name") == row.text("contents"))
            else {
                self.say(file, row, name, "contents is no table of contents.toml");
                continue;
            };
            let ratio = inherited(&contents, *holds, "ratio").text("ratio");
            let kind = kinds.iter().find(|kind| kind.text("name") == ratio);
            if row.text("confidence") != "exact" {
                self.image((file, row, name), kind.copied());
            }
        }
    }

    /// The bytes of one image: each by itself, compressed by unpacked, arm64 by amd64.
    fn image(&mut self, place: (&File, Row<'_>, &str), kind: Option<Row<'_>>) {
        let (file, row, name) = place;
        let bytes = |platform: &str, key: &str| row.inner(platform).and_then(|row| row.number(key));
        let mut any = false;
        for platform in ["amd64", "arm64"] {
            let (unpacked, compressed) =
                (bytes(platform, "unpacked"), bytes(platform, "compressed"));
            for (key, bytes) in [("unpacked", unpacked), ("compressed", compressed)] {
                if let Some(bytes) = bytes {
                    any = true;
                    self.within(place, &format!("{platform} {key}"), bytes, IMAGE);
                }
            }
            if let (Some(unpacked), Some(compressed), Some(kind)) = (unpacked, compressed, kind) {
                let bound = |key| kind.number(key).unwrap_or(0.0) / 1000.0;
                // On arm64, padding to 64 KiB compresses to nothing.
                let low = if platform == "arm64" { bound("low") / 1.5 } else { bound("low") };
                let what = format!("{platform}: compressed by unpacked");
                self.within(
                    place,
                    &what,
                    compressed / unpacked,
                    [low / SLACK, bound("high") * SLACK],
                );
            }
        }
        if !any {
            self.say(file, row, name, "has no bytes");
        }
        for (key, bounds) in [("unpacked", [0.6, 1.8]), ("compressed", [0.5, 1.6])] {
            if let (Some(amd64), Some(arm64)) = (bytes("amd64", key), bytes("arm64", key)) {
                self.within(place, &format!("{key}: arm64 by amd64"), arm64 / amd64, bounds);
            }
        }
    }

    pub(super) fn candidates(&mut self, file: &File, bases: &File) {
        let bases = bases.rows("base");
        let rows = file.rows("candidate");
        self.rows += rows.len();
        let mut titles = BTreeSet::new();
        for row in rows {
            let name = row.text("reference");
            if !bases.iter().any(|base| base.text("reference") == name) {
                self.say(file, row, name, "is no row of bases.toml");
            }
            if row.text("purpose").is_empty() || !titles.insert(row.text("title").to_owned()) {
                self.say(file, row, name, "needs a title of its own and a purpose");
            }
        }
    }
}

/// The row that says something about `key`: the row itself or one that it is `like`.
fn inherited<'f>(rows: &[Row<'f>], row: Row<'f>, key: &str) -> Row<'f> {
    let mut at = row;
    for _ in 0..8 {
        let above = rows.iter().find(|other| other.text("name") == at.text("like"));
        match above {
            Some(above) if !at.has(key) => at = *above,
            _ => break,
        }
    }
    at
}
