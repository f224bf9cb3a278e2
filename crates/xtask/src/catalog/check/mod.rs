//! Whether the figures can be true at all.
//!
//! `crates/engine/build` refuses what the engine could not read. Here is what it could read and nobody
//! should believe: an image that compresses better than images do, a package that shrinks when more comes
//! with it, a row that says neither where it is from nor why it has no date.

use std::path::Path;

use anyhow::Result;

use super::file::{File, Row};
use super::today;

mod images;
mod packages;
mod programs;

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
