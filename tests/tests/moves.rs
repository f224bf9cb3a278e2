//! Moving to another base: what the table promises is what the moved text gives.

use engine::catalog::candidates;
use engine::diagnostic::Level;
use engine::size::{BaseRow, Verdict};
use engine::{Project, Report, Settings, Workspace, analyze, fix, moves};

/// Dockerfiles of Go services, each with something that a move has to deal with.
const SERVICES: [(&str, &str); 7] = [
    ("static", include_str!("../../static/examples/go-service.Dockerfile")),
    ("alpine", include_str!("../../static/examples/go-alpine-mistakes.Dockerfile")),
    ("single stage", include_str!("../../static/examples/go-single-stage.Dockerfile")),
    (
        "user and packages",
        "FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\" -o /out/api ./cmd/api

FROM alpine:3.22
RUN apk add --no-cache ca-certificates tzdata \\
    && addgroup -S app && adduser -S -u 1001 -G app app
COPY --from=build --chown=app:app /out/api /usr/local/bin/api
USER app:app
EXPOSE 8080
HEALTHCHECK CMD wget -qO- http://localhost:8080/health || exit 1
ENTRYPOINT [\"/usr/local/bin/api\"]
",
    ),
    (
        "scratch with certificates",
        "FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\" -o /api .

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=build /api /api
USER 65534:65534
ENTRYPOINT [\"/api\"]
",
    ),
    (
        "paths relative to the root",
        "FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\" -o /src/api .

FROM scratch
COPY --from=build /src/api .
EXPOSE 8080
ENTRYPOINT [\"/api\"]
",
    ),
    (
        "libc by accident",
        "FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
RUN go build -trimpath -ldflags=\"-s -w\" -o /api .

FROM debian:bookworm-slim
COPY --from=build /api /api
EXPOSE 8080
USER 1000:1000
ENTRYPOINT [\"/api\"]
",
    ),
];

fn workspace(text: &str, project: &Project) -> Workspace {
    let (dockerfile, project) = (text.to_owned(), project.clone());
    Workspace { dockerfile, project, ..Workspace::default() }
}

#[test]
fn a_moved_text_keeps_the_promise_of_its_row() {
    let mut moved = 0;
    for needs in [None, Some(true)] {
        let project = Project { needs_tls: needs, needs_time_zones: needs, ..Project::default() };
        for (name, text) in SERVICES {
            let before = analyze(&workspace(text, &project), &Settings::default());
            let rows = engine::bases(&workspace(text, &project), &before);
            for row in rows.iter().filter(|row| row.movable) {
                moved += 1;
                check(name, text, row, &project, &before);
            }
            let rows = rows.iter().filter(|row| row.movable).count();
            assert!(rows + 3 >= candidates().len(), "{name}: only {rows} rows can be moved to");
        }
    }
    assert!(moved > 180, "{moved}");
}

fn check(name: &str, text: &str, row: &BaseRow, project: &Project, before: &Report) {
    let place = format!("{name} on {}", row.reference);
    let edit = moves::to_base(&workspace(text, project), &row.reference).expect(&place);
    assert!(edit.edits.is_sorted_by_key(|edit| edit.span), "{place}");
    let after = fix::edit(text, &edit.edits);
    let report = analyze(&workspace(&after, project), &Settings::default());
    let size = report.estimate.as_ref().map(|estimate| estimate.size);
    assert_eq!(size, Some(row.size), "{place}\n{after}");
    let verdict = match row.verdict {
        Verdict::StartsAfterEdits => Verdict::Starts,
        other => other,
    };
    let reasons: Vec<_> = report.reasons.iter().map(|reason| &reason.text).collect();
    let missing = edit.notes.iter().any(|note| note.contains("missing"));
    assert!(
        report.verdict == verdict || missing,
        "{place}: {:?} {reasons:?}\n{after}",
        report.verdict
    );
    // What was wrong before may stay; nothing new may come.
    let untagged = !row.reference.rsplit('/').next().unwrap_or_default().contains(':');
    let known = |rule: &str| {
        // The catalogue has images whose figures were read without a tag.
        (rule == "untagged-base" && untagged)
            || before.diagnostics.iter().any(|found| found.rule == rule)
    };
    let new: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|found| found.level >= Level::Warning && !known(found.rule))
        .map(|found| (found.rule, &found.message))
        .collect();
    assert!(new.is_empty(), "{place}: {new:?}\n{after}");
    // Being there, there is nothing left to do.
    let again = moves::to_base(&workspace(&after, project), &row.reference).expect(&place);
    assert!(again.edits.is_empty(), "{place}: {again:?}\n{after}");
}

/// What builds the program of the texts below.
const BUILD: &str = "FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=\"-s -w\" -o /out/api .
";

fn move_to(reference: &str, stage: &str) -> Result<(String, Vec<String>), String> {
    let text = format!("{BUILD}{stage}");
    let edit = moves::to_base(&workspace(&text, &Project::default()), reference)?;
    let moved = fix::edit(&text, &edit.edits);
    let stage = moved.strip_prefix(BUILD).expect("the build stays");
    Ok((stage.to_owned(), edit.notes))
}

#[test]
fn names_of_a_copied_list_of_users_stay() {
    let stage = "FROM scratch
COPY passwd /etc/passwd
COPY --from=build --chown=api:api /out/api /api
USER api:api
ENTRYPOINT [\"/api\"]
";
    for reference in ["alpine:3.24", "gcr.io/distroless/static-debian12:nonroot"] {
        let (moved, notes) = move_to(reference, stage).expect(reference);
        assert_eq!(moved, stage.replacen("scratch", reference, 1));
        assert!(notes.is_empty(), "{notes:?}");
    }
}

#[test]
fn what_only_the_old_base_has_keeps_the_stage_there() {
    let go = "FROM golang:1.26-alpine
COPY --from=build /out/api /api
RUN go mod download
ENTRYPOINT [\"/api\"]
";
    let error = move_to("alpine:3.24", go).expect_err("there is no go");
    assert_eq!(error, "RUN needs `go` of the base, and it is not there");
    let variable = "FROM golang:1.26-alpine
COPY --from=build /out/api $GOPATH/bin/api
ENTRYPOINT [\"/go/bin/api\"]
";
    let error = move_to("alpine:3.24", variable).expect_err("GOPATH is not set");
    assert_eq!(error, "`$GOPATH` is a variable of the base, and it is not there");
}

#[test]
fn another_user_and_a_base_that_nobody_knows_are_named() {
    let stage = "FROM registry.example.com/team/base:1
COPY --from=build /out/api /api
ENTRYPOINT [\"/api\"]
";
    let (_, notes) = move_to("gcr.io/distroless/static-debian12:nonroot", stage).expect("a move");
    let unknown = "what else `registry.example.com/team/base:1` brings is not known";
    assert!(notes.iter().any(|note| note == unknown), "{notes:?}");
    let stage = stage.replace("registry.example.com/team/base:1", "alpine:3.24");
    let (_, notes) = move_to("gcr.io/distroless/static-debian12:nonroot", &stage).expect("a move");
    assert!(notes.iter().any(|note| note.ends_with("instead of root")), "{notes:?}");
    let (_, notes) = move_to("debian:trixie-slim", &stage).expect("a move");
    assert!(!notes.iter().any(|note| note.contains("root")), "{notes:?}");
}

#[test]
fn comments_go_along_with_what_they_are_about() {
    let text = "FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/api .

# The port of the service
EXPOSE 8080

# What starts
CMD [\"/out/api\"]
";
    let project = Project::default();
    let edit = moves::to_base(&workspace(text, &project), "scratch").expect("a move");
    let moved = fix::edit(text, &edit.edits);
    let (build, stage) = moved.split_once("\n\n").expect("two stages");
    assert!(build.ends_with("-o /out/api ."), "{moved}");
    assert!(stage.starts_with("FROM scratch\n"), "{moved}");
    assert!(stage.contains("# The port of the service\nEXPOSE 8080\n# What starts\n"), "{moved}");
}
