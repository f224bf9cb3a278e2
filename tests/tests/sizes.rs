//! What follows from sizes, and what they are compared with.

use engine::catalog::{LayerKind, claims, stacks, stripping_saves};
use engine::size::{Estimate, Fleet, Layer, Range, Size, consequences};
use engine::source::Span;
use engine::{Settings, Workspace, analyze};

fn layer(compressed: u64) -> Layer {
    let compressed = Some(Range::exact(compressed));
    let size = Size { compressed, ..Size::ZERO };
    Layer { line: 1, span: Span::at(0), title: String::new(), size, parts: Vec::new() }
}

fn image(base: u64, own: u64) -> Estimate {
    let layers = vec![layer(base), layer(own)];
    let size = layers.iter().fold(Size::ZERO, |size, layer| size.plus(layer.size));
    Estimate { size, open: false, layers }
}

#[test]
fn a_size_costs_time_space_and_traffic() {
    let fleet = Fleet { megabits: 80, images: 50, tags: 20, nodes: 10, pulls: 5 };
    let found = consequences(&image(30_000_000, 10_000_000), &fleet).expect("the size is known");
    // 40 MB are 320 megabits.
    assert_eq!(found.first_pull, Range::exact(4_000));
    assert_eq!(found.next_pull, Range::exact(1_000));
    assert_eq!(found.stored, Range::exact(30_000_000 + 1_000 * 10_000_000));
    assert_eq!(found.stored_alone, Range::exact(1_000 * 40_000_000));
    assert_eq!(found.daily, Range::exact(50 * 10_000_000));
}

#[test]
fn extreme_figures_neither_overflow_nor_divide_by_nothing() {
    let nothing = Fleet { megabits: 0, images: 0, tags: 0, nodes: 0, pulls: 0 };
    let found = consequences(&image(1, 1), &nothing).expect("the size is known");
    assert_eq!((found.stored, found.daily), (Range::exact(0), Range::exact(0)));
    let most = u64::MAX;
    let all = Fleet { megabits: most, images: most, tags: most, nodes: most, pulls: most };
    let found = consequences(&image(most, most), &all).expect("the size is known");
    assert!(found.stored.low <= found.stored.high);
    let unknown = Estimate { size: Size::UNKNOWN, ..image(1, 1) };
    assert_eq!(consequences(&unknown, &Fleet::default()), None);
}

#[test]
fn sharing_never_costs_more_than_not_sharing() {
    for (base, own) in [(0, 5), (100, 0), (8_000_000, 4_000_000)] {
        for versions in [1, 2, 1_000] {
            let fleet = Fleet { images: versions, ..Fleet::default() };
            let found = consequences(&image(base, own), &fleet).expect("the size is known");
            assert!(found.stored.likely <= found.stored_alone.likely, "{base} {own} {versions}");
            assert!(found.next_pull.likely <= found.first_pull.likely);
        }
    }
}

#[test]
fn other_stacks_stand_on_rows_of_the_catalogue() {
    for stack in stacks() {
        let size = stack.size();
        let range = size.unpacked.expect(stack.title);
        assert!(!size.is_unknown() && size.disk().is_some(), "{}", stack.title);
        assert!(!stack.source.is_empty() && stack.adds.len() > 20, "{}", stack.title);
        // Where a guide is far off, it spoke of something else, and the row says of what.
        let claimed = u64::from(stack.claimed);
        assert!(range.likely < claimed * 2 && claimed < range.likely * 4, "{}", stack.title);
    }
    let of = |title: &str| {
        let stack = stacks().iter().find(|stack| stack.title.starts_with(title)).expect(title);
        stack.size().unpacked.expect(title).likely
    };
    assert!(of("Rust") < of("Go") && of("Go") < of("Python") && of("Python") < of("Java"));
}

#[test]
fn claims_are_shown_beside_what_was_measured() {
    for claim in claims() {
        let size = claim.size();
        let (low, high) = (u64::from(claim.claimed[0]), u64::from(claim.claimed[1]));
        let sizes =
            [size.compressed, size.unpacked, size.disk()].map(|range| range.map(|r| r.likely));
        let [Some(least), Some(_), Some(most)] = sizes else { panic!("{}", claim.reference) };
        // Each claim is near to one of the three sizes; which one is what the page tells.
        assert!(least <= high * 11 / 10 && low <= most * 11 / 10, "{}: {sizes:?}", claim.reference);
    }
}

#[test]
fn stripping_saves_what_the_builds_say() {
    let [unpacked, compressed] = stripping_saves();
    // 31.8 % of programs of the standard library, 22 to 27 % of those with cloud SDKs.
    assert!((220..=280).contains(&unpacked.low) && (330..=370).contains(&unpacked.high));
    assert!((300..=340).contains(&unpacked.likely), "{unpacked:?}");
    assert!(compressed.likely > unpacked.likely);
    assert!(LayerKind::GoBinaryStripped.ratio().likely < LayerKind::GoBinary.ratio().likely);
}

/// What the parts of unknown size are, in the order of the text.
fn unknown(text: &str) -> Vec<String> {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    let estimate = analyze(&workspace, &Settings::default()).estimate.expect("a stage");
    let parts = estimate.layers.into_iter().flat_map(|layer| layer.parts);
    parts.filter(|part| part.size.is_unknown()).map(|part| part.what).collect()
}

#[test]
fn what_comes_from_elsewhere_is_named_and_left_out_of_the_sum() {
    let found = unknown(
        "FROM debian:bookworm-slim
RUN curl -fsSLo /usr/bin/tool https://example.com/tool
RUN wget https://example.com/data.bin
ADD https://example.com/model.bin /model.bin
ADD rootfs.tar.gz /
RUN pip install flask gunicorn
RUN npm install -g typescript
",
    );
    assert_eq!(
        found,
        [
            "https://example.com/tool",
            "https://example.com/data.bin",
            "https://example.com/model.bin",
            "what is in rootfs.tar.gz",
            "packages flask, gunicorn of pip",
            "packages typescript of npm",
        ]
    );
}

#[test]
fn a_change_of_many_unknown_files_is_one_part() {
    let copies = "COPY a /o/a\n".repeat(64);
    let parts = |changes: usize| {
        let changes = "RUN chown -R 1 /o\n".repeat(changes);
        let dockerfile = format!("FROM scratch\n{copies}{changes}");
        let workspace = Workspace { dockerfile, ..Workspace::default() };
        let report = analyze(&workspace, &Settings::default());
        let layers = report.estimate.expect("a stage").layers;
        let changed = layers.iter().filter(|layer| layer.title.starts_with("RUN"));
        let parts = changed.flat_map(|layer| layer.parts.iter().map(|part| part.what.clone()));
        parts.collect::<Vec<_>>()
    };
    assert_eq!(parts(2), ["/o, stored again"; 2]);
    // What lies behind a bound is unknown, which is said too.
    let many = parts(100);
    assert_eq!(many.len(), 100);
    assert_eq!(many.last().map(String::as_str), Some("what `chown` writes"));
}

#[test]
fn what_is_only_handed_on_is_no_file() {
    let base = "FROM debian:bookworm-slim\n";
    for pipe in ["curl -fsSL https://example.com/x | sh", "wget -qO- https://example.com/x | sh"] {
        assert_eq!(unknown(&format!("{base}RUN {pipe}\n")), ["what `sh` writes"], "{pipe}");
    }
    let kept = unknown(&format!("{base}RUN curl -fsSL https://example.com/x > /x\n"));
    assert_eq!(kept, ["https://example.com/x"]);
}
