//! What would make an image smaller: the list must keep its word.

use engine::size::{Savings, savings};
use engine::{RuleSet, Settings, Workspace, analyze, fix};

const WASTEFUL: &str = "FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /server .

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y ca-certificates
COPY --from=build /server /server
RUN chmod 755 /server
USER 1000:1000
EXPOSE 8080
ENTRYPOINT [\"/server\"]
";

fn of(text: &str) -> (Savings, u64) {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    let settings = Settings { set: RuleSet::All, ..Settings::default() };
    let report = analyze(&workspace, &settings);
    let before = report.estimate.as_ref().and_then(|estimate| estimate.size.unpacked);
    let findings: Vec<_> = report.diagnostics.iter().collect();
    let found = savings(&workspace, &findings).expect("the size is known");
    (found, before.expect("the size is known").likely)
}

/// Likely bytes, unpacked, of a text.
fn likely(text: &str) -> u64 {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    let estimate = analyze(&workspace, &Settings::default()).estimate.expect("there is a stage");
    estimate.size.unpacked.expect("the size is known").likely
}

#[test]
fn each_saving_is_the_difference_of_two_estimates() {
    let (found, before) = of(WASTEFUL);
    let titles: Vec<&str> = found.each.iter().map(|saving| saving.title.as_str()).collect();
    let rules: Vec<_> = found.each.iter().filter_map(|saving| saving.rule).collect();
    assert!(rules.contains(&"apt-lists") && rules.contains(&"chmod-after-copy"), "{titles:?}");
    for saving in &found.each {
        let after = likely(&fix::edit(WASTEFUL, &saving.edits));
        assert!(after <= before, "{}", saving.title);
        assert_eq!(before - after, saving.alone.unpacked, "{}", saving.title);
    }
}

#[test]
fn all_savings_together_reach_their_sum() {
    let single = include_str!("../../static/examples/go-single-stage.Dockerfile");
    let alpine = include_str!("../../static/examples/go-alpine-mistakes.Dockerfile");
    for text in [WASTEFUL, single, alpine] {
        let (found, before) = of(text);
        let sum: u64 = found.each.iter().map(|saving| saving.next.unpacked).sum();
        assert_eq!(before - sum, likely(&found.text), "{}", found.text);
        let after = found.after.unpacked.expect("the size is known").likely;
        assert_eq!(after, likely(&found.text), "{}", found.text);
        assert!(found.each.last().is_some_and(|saving| saving.base.is_some()), "{text}");
    }
}

#[test]
fn the_smallest_image_has_nothing_to_save() {
    let text = "FROM golang:1.26-alpine AS build\nWORKDIR /src\nCOPY . .\n\
        RUN CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\" -o /server .\n\n\
        FROM scratch\nCOPY --from=build /server /server\nUSER 65532:65532\nENTRYPOINT [\"/server\"]\n";
    let (found, before) = of(text);
    assert!(found.each.is_empty(), "{:?}", found.each);
    assert_eq!(found.after.unpacked.map(|range| range.likely), Some(before));
}
