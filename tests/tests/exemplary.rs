//! What a well-made Dockerfile must get: silence, a verdict, and a table of bases.

use crate::robust::report;
use engine::RuleSet;
use engine::size::Verdict;

const EXEMPLARY: &str = r#"# syntax=docker/dockerfile:1
FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/server ./cmd/server

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
"#;

#[test]
fn it_has_no_finding_and_starts() {
    let report = report(EXEMPLARY, RuleSet::Recommended);
    assert_eq!(report.diagnostics, []);
    assert_eq!(report.verdict, Verdict::Starts, "{:?}", report.reasons);
}

#[test]
fn variants_of_it_have_no_finding() {
    let variants = [
        EXEMPLARY.replace("gcr.io/distroless/static-debian12:nonroot", "scratch\nUSER 65532:65532"),
        EXEMPLARY.replace("gcr.io/distroless/static-debian12:nonroot", "alpine:3.22\nUSER nobody"),
        EXEMPLARY
            .replace("golang:1.26-alpine", "--platform=$BUILDPLATFORM golang:1.26-alpine")
            .replace(
                "RUN CGO_ENABLED=0 go",
                "ARG TARGETOS TARGETARCH\nRUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go",
            ),
        EXEMPLARY.replace(
            "RUN CGO_ENABLED=0 go",
            "ENV CGO_ENABLED=0\nRUN --mount=type=cache,target=/root/.cache/go-build go",
        ),
    ];
    for text in variants {
        let report = report(&text, RuleSet::Recommended);
        assert_eq!(report.diagnostics, [], "{text}");
        assert_eq!(report.verdict, Verdict::Starts, "{text}{:?}", report.reasons);
    }
}

#[test]
fn our_own_has_no_finding_in_any_set_that_is_asked_of_others() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a file of ours");
    let workspace = engine::Workspace {
        dockerfile: read("Dockerfile"),
        dockerignore: Some(read(".dockerignore")),
        ..engine::Workspace::default()
    };
    for set in [RuleSet::Recommended, RuleSet::Hadolint, RuleSet::BuildKit] {
        let report = engine::analyze(&workspace, &engine::Settings { set, ..Default::default() });
        assert_eq!(report.diagnostics, [], "{set:?}");
        assert_eq!(report.verdict, Verdict::Starts, "{:?}", report.reasons);
    }
}

#[test]
fn the_table_names_the_bases_with_range_and_source() {
    let report = report(EXEMPLARY, RuleSet::Recommended);
    let workspace =
        engine::Workspace { dockerfile: EXEMPLARY.to_owned(), ..engine::Workspace::default() };
    let rows = engine::bases(&workspace, &report);
    let wanted = [
        "scratch",
        "gcr.io/distroless/static-debian12:nonroot",
        "gcr.io/distroless/base-debian12:nonroot",
        "alpine:",
        "debian:bookworm-slim",
        "ubuntu:",
        "busybox:",
        "cgr.dev/chainguard/wolfi-base",
        "cgr.dev/chainguard/static",
        "golang:",
    ];
    for name in wanted {
        let row = rows.iter().find(|row| row.reference.starts_with(name));
        let row = row.unwrap_or_else(|| panic!("no row for {name}"));
        for range in [row.size.unpacked, row.size.compressed] {
            let range = range.unwrap_or_else(|| panic!("{name}: no figure"));
            assert!(0 < range.low && range.low <= range.likely && range.likely <= range.high);
        }
        assert!(!row.source.is_empty(), "{name}: no source");
    }
    let current: Vec<_> = rows.iter().filter(|row| row.current).collect();
    assert_eq!(current.len(), 1);
    let estimate = report.estimate.expect("an estimate");
    assert_eq!(current[0].size, estimate.size, "the row in use is the estimate");
}

#[test]
fn parts_add_up_to_layers_and_layers_to_the_whole() {
    for (name, text) in crate::robust::examples() {
        let Some(estimate) = report(&text, RuleSet::Recommended).estimate else { continue };
        let likely = |size: engine::size::Size| size.unpacked.map_or(0, |range| range.likely);
        let mut total = 0;
        for layer in &estimate.layers {
            let known = layer.parts.iter().filter(|part| !part.size.is_unknown());
            let parts: u64 = known.map(|part| likely(part.size)).sum();
            assert_eq!(parts, likely(layer.size), "{name}, line {}", layer.line);
            total += parts;
        }
        assert_eq!(total, likely(estimate.size), "{name}");
    }
}

#[test]
fn a_program_without_the_libc_that_it_needs_would_not_start() {
    let cgo = EXEMPLARY
        .replace("CGO_ENABLED=0", "CGO_ENABLED=1")
        .replace("golang:1.26-alpine", "golang:1.26-bookworm");
    let cases = [
        ("scratch", Verdict::WouldNotStart),
        ("gcr.io/distroless/static-debian12:nonroot", Verdict::WouldNotStart),
        ("alpine:3.22", Verdict::WouldNotStart),
        ("gcr.io/distroless/base-debian12:nonroot", Verdict::Starts),
        ("example.com/company/base:1", Verdict::Unknown),
    ];
    for (base, verdict) in cases {
        let text = cgo.replace("gcr.io/distroless/static-debian12:nonroot", base);
        let report = report(&text, RuleSet::Recommended);
        assert_eq!(report.verdict, verdict, "{base}: {:?}", report.reasons);
    }
    let shell = EXEMPLARY.replace("[\"/server\"]", "/server");
    assert_eq!(report(&shell, RuleSet::Recommended).verdict, Verdict::WouldNotStart);
}

#[test]
fn what_the_project_needs_decides_whether_a_base_is_enough() {
    let scratch = EXEMPLARY.replace("gcr.io/distroless/static-debian12:nonroot", "scratch");
    let verdict = |needs_tls| {
        let project = engine::Project { needs_tls, ..Default::default() };
        let workspace =
            engine::Workspace { dockerfile: scratch.clone(), project, ..Default::default() };
        engine::analyze(&workspace, &engine::Settings::default()).verdict
    };
    assert_eq!(verdict(Some(true)), Verdict::StartsAfterEdits);
    assert_eq!(verdict(Some(false)), Verdict::Starts);
    assert_eq!(verdict(None), Verdict::Starts);
}

#[test]
fn a_single_stage_runs_what_it_built() {
    let text =
        "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /server .\nCMD [\"/server\"]\n";
    let report = report(text, RuleSet::Recommended);
    assert_eq!(report.verdict, Verdict::Starts, "{:?}", report.reasons);
}

#[test]
fn the_image_of_the_playground_itself_has_no_finding_in_any_case() {
    let read = |name: &str| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        std::fs::read_to_string(format!("{root}/{name}")).unwrap()
    };
    let workspace = engine::Workspace {
        dockerfile: read("Dockerfile"),
        dockerignore: Some(read(".dockerignore")),
        ..Default::default()
    };
    for set in [RuleSet::Recommended, RuleSet::Hadolint, RuleSet::BuildKit] {
        let report = engine::analyze(&workspace, &engine::Settings { set, ..Default::default() });
        assert!(report.diagnostics.is_empty(), "{set:?}: {:?}", report.diagnostics);
        assert_eq!(report.verdict, Verdict::Starts, "{:?}", report.reasons);
    }
}
