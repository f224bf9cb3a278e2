//! Whether the figures can be true at all.
//!
//! `crates/engine/build` refuses what the engine could not read. Here is what it could read and nobody
//! should believe: an image that compresses better than images do, a package that shrinks when more comes
//! with it, a row that says neither where it is from nor why it has no date.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::file::{File, Row};
use super::today;

/// The largest image that anybody publishes for building on, and the smallest that is not empty.
const IMAGE: [f64; 2] = [1_000.0, 5e9];

/// The bounds of one package.
const PACKAGE: [f64; 2] = [1_000.0, 1.5e9];

/// How far a ratio may lie outside the spread of its kind, as factor.
const SLACK: f64 = 1.25;

/// Problems of all files, each with file, line and row.
struct Problems {
    found: Vec<String>,
    rows: usize,
}

/// How many rows there are, and what is wrong with them.
pub fn check(data: &Path) -> Result<(usize, Vec<String>)> {
    let mut problems = Problems { found: Vec::new(), rows: 0 };
    let read = |name| File::read(data, name);
    let kinds = read("kinds.toml")?;
    let contents = read("contents.toml")?;
    let releases = read("releases.toml")?;
    let bases = read("bases.toml")?;
    problems.kinds(&kinds);
    problems.contents(&contents, &kinds);
    problems.bases(&bases, &contents, &kinds, &releases);
    problems.candidates(&read("candidates.toml")?, &bases);
    problems.debian(&read("debian.toml")?);
    problems.alpine(&read("alpine.toml")?);
    problems.go(&read("go.toml")?);
    Ok((problems.rows, problems.found))
}

impl Problems {
    fn say(&mut self, file: &File, row: Row<'_>, name: &str, message: &str) {
        self.found.push(format!("{}:{}: {name}: {message}", file.name, row.line));
    }

    /// Rows ascend by the key, and none stands twice.
    fn sorted(&mut self, file: &File, rows: &[Row<'_>], key: impl Fn(Row<'_>) -> String) {
        self.rows += rows.len();
        for pair in rows.windows(2) {
            let [before, row] = [key(pair[0]), key(pair[1])];
            if row == before {
                self.say(file, pair[1], &row, "stands twice");
            } else if row < before {
                self.say(file, pair[1], &row, &format!("must stand before {before}"));
            }
        }
    }

    fn within(&mut self, place: (&File, Row<'_>, &str), what: &str, value: f64, bounds: [f64; 2]) {
        let (file, row, name) = place;
        if value < bounds[0] || value > bounds[1] {
            let [low, high] = bounds;
            self.say(file, row, name, &format!("{what} is {value}, not within {low} to {high}"));
        }
    }

    /// A source, and a date or the reason why there is none.
    fn origin(&mut self, file: &File, row: Row<'_>, name: &str) {
        let top = file.top();
        let either = |key| if row.has(key) { row.text(key) } else { top.text(key) };
        if either("source").trim().is_empty() {
            self.say(file, row, name, "has no source");
        }
        let undated = top.inner("undated").map_or("", |reasons| reasons.text(row.text("undated")));
        match either("date") {
            "" if undated.is_empty() => {
                self.say(file, row, name, "has neither a date nor a reason for having none");
            }
            "" => {}
            date if !is_date(date) => self.say(file, row, name, &format!("{date:?} is no date")),
            date if *date > *today() => self.say(file, row, name, "its date is in the future"),
            _ => {}
        }
        if !["exact", "high", "medium", "low"].contains(&either("confidence")) {
            self.say(file, row, name, "confidence is none of exact, high, medium and low");
        }
    }

    fn kinds(&mut self, file: &File) {
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

    /// Low, likely and high ascend within bounds.
    fn range(&mut self, place: (&File, Row<'_>, &str), row: Row<'_>, bounds: [f64; 2]) {
        let [low, likely, high] = ["low", "likely", "high"].map(|key| row.number(key));
        let (Some(low), Some(likely), Some(high)) = (low, likely, high) else {
            return self.say(place.0, place.1, place.2, "low, likely or high is missing");
        };
        if low > likely || likely > high {
            self.say(place.0, place.1, place.2, "low, likely and high do not ascend");
        }
        self.within(place, "low", low, bounds);
        self.within(place, "high", high, bounds);
    }

    fn contents(&mut self, file: &File, kinds: &File) {
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

    fn bases(&mut self, file: &File, contents: &File, kinds: &File, releases: &File) {
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

    fn candidates(&mut self, file: &File, bases: &File) {
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

    fn debian(&mut self, file: &File) {
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

    fn alpine(&mut self, file: &File) {
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

    fn go(&mut self, file: &File) {
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

/// `2026`, `2026-11` or `2026-11-21`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = [4, 2, 2];
    parts.len() <= 3
        && parts.iter().zip(lengths).all(|(part, length)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &'static str, text: &str, look: impl Fn(&mut Problems, &File)) -> Vec<String> {
        let mut problems = Problems { found: Vec::new(), rows: 0 };
        look(&mut problems, &File::parse(file, text.to_owned()).expect("TOML"));
        problems.found
    }

    #[test]
    fn the_catalogue_itself_is_plausible() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/data");
        let (rows, problems) = check(&data).expect("readable files");
        assert_eq!(problems, Vec::<String>::new());
        assert!(rows > 800);
    }

    #[test]
    fn what_cannot_be_true_is_told_with_file_line_and_row() {
        let kinds = "[[kind]]\nname = \"alpine\"\nlow = 450\nlikely = 460\nhigh = 480\n";
        let contents = "[[contents]]\nname = \"alpine\"\nratio = \"alpine\"\n";
        let bases = r#"
[[base]]
reference = "b:1"
date = "2026-11-20"
contents = "alpine"
amd64 = { unpacked = 8_000_000, compressed = 7_000_000 }
arm64 = { compressed = 1_000 }
confidence = "high"
source = "x"

[[base]]
reference = "a:1"
date = "2999"
contents = "alpine"
amd64 = { unpacked = 8_000_000 }
confidence = "sure"
"#;
        let parse = |name, text: &str| File::parse(name, text.to_owned()).expect("TOML");
        let (kinds, contents) = (parse("kinds.toml", kinds), parse("contents.toml", contents));
        let releases = parse("releases.toml", "");
        let look = |problems: &mut Problems, file: &File| {
            problems.bases(file, &contents, &kinds, &releases);
        };
        assert_eq!(
            found("bases.toml", bases, look),
            [
                "bases.toml:11: a:1: must stand before b:1",
                "bases.toml:2: b:1: amd64: compressed by unpacked is 0.875, not within 0.36 to 0.6",
                "bases.toml:2: b:1: compressed: arm64 by amd64 is 0.00014285714285714287, not within 0.5 to 1.6",
                "bases.toml:11: a:1: has no source",
                "bases.toml:11: a:1: its date is in the future",
                "bases.toml:11: a:1: confidence is none of exact, high, medium and low",
            ]
        );
    }

    #[test]
    fn packages_and_programs_shrink_and_grow_as_they_do() {
        let top = "source = \"x\"\ndate = \"2026\"\nconfidence = \"high\"\n";
        let debian = format!(
            "{top}[[package]]\nname = \"p\"\nbookworm = {{ slim = 5000, full = 4000, gzip = 5001 }}\n\
             bookworm_all = {{ slim = 4999, full = 5000, gzip = 100 }}\n"
        );
        let problems = found("debian.toml", &debian, Problems::debian);
        assert_eq!(problems.len(), 3, "{problems:?}");
        let go = format!(
            "{top}[[profile]]\nname = \"p\"\nbinary = [{{ go = \"1.22\", arch = \"amd64\", bytes = 100, \
             gzip = 90, stripped = 20, stripped_gzip = 10 }}]\n"
        );
        let problems = found("go.toml", &go, Problems::go);
        assert_eq!(problems.len(), 2, "{problems:?}");
    }
}
