//! Estimates against images whose size is known; `tests/calibration/README.md` says where from.

use engine::size::{Range, Size};
use engine::{Project, Settings, Workspace, analyze};
use toml::Table;

/// One measure of one image: what was estimated and what is true.
struct Line {
    name: String,
    measure: &'static str,
    estimate: Range,
    truth: u64,
    /// To how many bytes the truth was rounded where it was published.
    rounded: u64,
}

impl Line {
    fn within_range(&self) -> bool {
        let half = self.rounded / 2;
        self.estimate.low <= self.truth + half && self.truth <= self.estimate.high + half
    }

    /// By how much the likely figure is off, by thousand.
    fn off(&self) -> i64 {
        let [likely, truth] =
            [self.estimate.likely, self.truth].map(|bytes| i64::try_from(bytes).expect("bytes"));
        (likely - truth) * 1000 / truth.max(1)
    }

    fn is_near(&self) -> bool {
        self.off().abs() <= 100
    }
}

fn cases() -> Vec<Table> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/calibration/cases.toml");
    let text = std::fs::read_to_string(path).expect("the cases");
    let table: Table = text.parse().expect("TOML");
    let cases = table["image"].as_array().expect("images");
    cases.iter().map(|case| case.as_table().expect("a table").clone()).collect()
}

fn number(table: &Table, key: &str) -> Option<u64> {
    table.get(key)?.as_integer().and_then(|number| number.try_into().ok())
}

fn text(table: &Table, key: &str) -> Option<String> {
    Some(table.get(key)?.as_str()?.to_owned())
}

fn estimate(case: &Table) -> Size {
    let empty = Table::new();
    let project = case.get("project").and_then(toml::Value::as_table).unwrap_or(&empty);
    let project = Project {
        binary_bytes: number(project, "binary_bytes"),
        profile: text(project, "profile"),
        context_bytes: number(project, "context_bytes"),
        ..Project::default()
    };
    let dockerfile = text(case, "dockerfile").expect("a Dockerfile");
    let workspace = Workspace { dockerfile, project, ..Workspace::default() };
    let report = analyze(&workspace, &Settings::default());
    let estimate = report.estimate.expect("a stage");
    let name = &case["name"];
    for layer in &estimate.layers {
        let open = layer.parts.iter().find(|part| part.size.is_unknown());
        assert!(open.is_none(), "{name}: {open:?}");
    }
    estimate.size
}

fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for case in cases() {
        let size = estimate(&case);
        let name = text(&case, "name").expect("a name");
        let rounded = number(&case, "rounded").unwrap_or(0);
        let measures =
            [("unpacked", size.unpacked), ("compressed", size.compressed), ("disk", size.disk())];
        for (measure, estimate) in measures {
            if let (Some(truth), Some(estimate)) = (number(&case, measure), estimate) {
                lines.push(Line { name: name.clone(), measure, estimate, truth, rounded });
            }
        }
    }
    lines
}

fn percent(of: usize, all: usize) -> usize {
    of * 100 / all.max(1)
}

#[test]
fn estimates_are_near_the_truth_and_know_how_near() {
    let lines = lines();
    let mb = |bytes: u64| format!("{}.{:02}", bytes / 1_000_000, bytes % 1_000_000 / 10_000);
    for line in &lines {
        let Range { low, likely, high } = line.estimate;
        println!(
            "{:<34} {:<10} truth {:>8} MB  estimate {:>8} ({} to {})  {:>+5.1} %{}",
            line.name,
            line.measure,
            mb(line.truth),
            mb(likely),
            mb(low),
            mb(high),
            f64::from(i32::try_from(line.off()).unwrap_or(i32::MAX)) / 10.0,
            if line.within_range() { "" } else { "  outside" }
        );
    }
    for (measure, images) in [("unpacked", 40), ("compressed", 36), ("disk", 36)] {
        let of: Vec<&Line> = lines.iter().filter(|line| line.measure == measure).collect();
        let within = of.iter().filter(|line| line.within_range()).count();
        let near = of.iter().filter(|line| line.is_near()).count();
        println!(
            "{measure}: {} images, {} % within their range, {} % within 10 %",
            of.len(),
            percent(within, of.len()),
            percent(near, of.len())
        );
        assert!(of.len() >= images, "{measure}: only {} images", of.len());
        assert!(percent(within, of.len()) >= 90, "{measure}: {within} within their range");
        assert!(percent(near, of.len()) >= 80, "{measure}: {near} within 10 %");
    }
}

#[test]
fn parts_add_up_and_layers_only_add() {
    for case in cases() {
        let dockerfile = text(&case, "dockerfile").expect("a Dockerfile");
        let analysed = |dockerfile: String| {
            let workspace = Workspace { dockerfile, ..Workspace::default() };
            analyze(&workspace, &Settings::default()).estimate.expect("a stage")
        };
        let whole = analysed(dockerfile.clone());
        let sum = whole.layers.iter().flat_map(|layer| &layer.parts);
        let sum = sum.filter(|part| !part.size.is_unknown());
        let sum = sum.fold(Size::ZERO, |sum, part| sum.plus(part.size));
        assert_eq!(sum, whole.size, "{dockerfile}");
        let more = analysed(dockerfile + "RUN rm -rf /usr\nCOPY <<EOF /x\nx\nEOF\n");
        let bytes = |size: Size| size.unpacked.map_or(0, |range| range.low);
        assert!(bytes(more.size) >= bytes(whole.size));
    }
}
