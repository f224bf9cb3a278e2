//! The figures of `docs/sizes.md`: each Dockerfile in it is estimated again.
//!
//! `UPDATE=1` writes the table.

use engine::size::Range;
use engine::{Project, Settings, Workspace, analyze};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- table -->\n";
const END: &str = "<!-- end of table -->";

/// What the guides claim of the unpacked size, in bytes, by the name of the block; and the size of
/// the program in it.
const CLAIMS: [(&str, u64, u64); 4] = [
    ("single stage", 387_000_000, 12_400_000),
    ("Alpine", 18_000_000, 8_700_000),
    ("distroless static", 10_000_000, 8_700_000),
    ("scratch", 8_000_000, 8_700_000),
];

/// The fenced Dockerfile of that name.
fn block<'t>(page: &'t str, name: &str) -> &'t str {
    let fence = format!("```dockerfile {name}\n");
    let (_, rest) = page.split_once(&fence).unwrap_or_else(|| panic!("no block {name}"));
    rest.split_once("```").expect("the fence is closed").0
}

fn sizes(text: &str, binary_bytes: u64) -> (Range, Range) {
    let project = Project {
        binary_bytes: Some(binary_bytes),
        context_bytes: Some(200_000),
        ..Project::default()
    };
    let workspace = Workspace { dockerfile: text.to_owned(), project, ..Workspace::default() };
    let estimate = analyze(&workspace, &Settings::default()).estimate.expect("there is a stage");
    assert!(!estimate.open, "{text}");
    let size = estimate.size;
    (size.unpacked.expect("known"), size.compressed.expect("known"))
}

/// Megabytes with one digit behind the point.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn row(range: Range) -> String {
    let [low, likely, high] = [range.low, range.likely, range.high].map(megabytes);
    format!("{likely} MB ({low} to {high})")
}

#[test]
fn the_page_of_sizes_says_what_the_engine_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sizes.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let mut table = String::from(
        "\n| base | unpacked, by our estimate | compressed, by our estimate | claimed |\n|---|---|---|---|\n",
    );
    for (name, claimed, binary) in CLAIMS {
        let (unpacked, compressed) = sizes(block(&page, name), binary);
        // A claim may be wrong, but not by more than a quarter; else the page has to say why.
        let off = unpacked.likely.abs_diff(claimed) * 4;
        assert!(off <= claimed, "{name}: {} against {claimed}", unpacked.likely);
        let claimed = megabytes(claimed);
        let claimed = claimed.trim_end_matches(".0");
        let (unpacked, compressed) = (row(unpacked), row(compressed));
        writeln!(table, "| {name} | {unpacked} | {compressed} | {claimed} MB |").expect("a string");
    }
    table.push('\n');
    let (head, rest) = page.split_once(BEGIN).expect("the table begins");
    let (_, tail) = rest.split_once(END).expect("the table ends");
    let fresh = format!("{head}{BEGIN}{table}{END}{tail}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, fresh).expect("the page can be written");
    } else {
        assert_eq!(page, fresh, "docs/sizes.md is not fresh; run the test with UPDATE=1");
    }
}
