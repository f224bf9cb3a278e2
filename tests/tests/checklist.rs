//! The ready-to-ship list: how each point is judged, and that it goes with the rest of the report.

use engine::checklist::{Item, POINTS, State, badge, badge_markdown, checklist, markdown, score};
use engine::diagnostic::Applicability;
use engine::{Project, Workspace, fix};
use std::path::PathBuf;

const SHIPPED: &str = "\
# syntax=docker/dockerfile:1
FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/server ./cmd/server

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/server /server
HEALTHCHECK CMD [\"/server\", \"-health\"]
ENTRYPOINT [\"/server\"]
";

const MISTAKES: &str = "\
FROM golang:latest
WORKDIR /app
COPY . .
RUN go mod download
RUN go build -o server ./cmd/server
ENV API_TOKEN=hunter2hunter2
CMD [\"./server\"]
";

fn of(dockerfile: &str) -> Workspace {
    Workspace { dockerfile: dockerfile.to_owned(), ..Workspace::default() }
}

fn states(workspace: &Workspace) -> Vec<(&'static str, State)> {
    checklist(workspace).iter().map(|item| (item.point.name, item.state)).collect()
}

fn state(workspace: &Workspace, name: &str) -> (State, String) {
    let items = checklist(workspace);
    let item = items.iter().find(|item| item.point.name == name).unwrap();
    (item.state, item.why.clone())
}

#[test]
fn a_good_image_has_all_that_the_text_can_show() {
    let ignore = Some(".git\n".to_owned());
    let workspace = Workspace { dockerignore: ignore, ..of(SHIPPED) };
    for (name, state) in states(&workspace) {
        let expected = if name == "scan" { State::Unknown } else { State::Done };
        assert_eq!(state, expected, "{name}");
    }
}

#[test]
fn the_usual_mistakes_are_missing_points_with_their_places() {
    let workspace = of(MISTAKES);
    let items = checklist(&workspace);
    let missing: Vec<_> = items
        .iter()
        .filter(|item| item.state == State::Missing)
        .map(|item| (item.point.name, item.span.map(|span| span.of(MISTAKES))))
        .collect();
    let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
    let expected = [
        "two-stages",
        "dependencies-cached",
        "minimal-base",
        "not-root",
        "pinned",
        "dockerignore",
        "no-secrets",
        "size",
    ];
    assert_eq!(names, expected);
    let place = |name: &str| missing.iter().find(|(known, _)| *known == name).unwrap().1;
    assert_eq!(place("dependencies-cached"), Some("."));
    assert_eq!(place("no-secrets"), Some("API_TOKEN"));
}

#[test]
fn a_point_is_done_once_its_fix_is_applied() {
    let workspace = of(MISTAKES);
    let before = checklist(&workspace);
    let fixable = |item: &&Item| item.findings.iter().any(|found| found.fix.is_some());
    let names: Vec<_> = before.iter().filter(fixable).map(|item| item.point.name).collect();
    assert!(names.contains(&"dependencies-cached"), "{names:?}");
    for item in before.iter().filter(fixable) {
        let fixes: Vec<_> = item.findings.iter().filter_map(|found| found.fix.as_ref()).collect();
        if fixes.iter().any(|fix| fix.applicability == Applicability::Manual) {
            continue;
        }
        let text = fix::apply(MISTAKES, &fixes).text;
        let (state, why) = state(&of(&text), item.point.name);
        assert_ne!(state, State::Missing, "{}: {why}\n{text}", item.point.name);
    }
}

#[test]
fn what_an_unknown_base_holds_is_not_claimed() {
    let workspace = of("FROM company/base:1\nCOPY server /server\nCMD [\"/server\"]\n");
    for name in ["two-stages", "minimal-base", "not-root", "certificates"] {
        let (state, why) = state(&workspace, name);
        assert_eq!(state, State::Unknown, "{name}: {why}");
    }
}

#[test]
fn certificates_are_missing_only_where_the_program_needs_them() {
    let scratch = SHIPPED.replace("gcr.io/distroless/static-debian12:nonroot", "scratch");
    let with = |needs_tls| {
        let project = Project { needs_tls, ..Project::default() };
        state(&Workspace { project, ..of(&scratch) }, "certificates").0
    };
    assert_eq!(with(Some(true)), State::Missing);
    assert_eq!(with(Some(false)), State::NotApplicable);
    assert_eq!(with(None), State::Unknown);
    let copied = scratch.replace(
        "HEALTHCHECK",
        "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nHEALTHCHECK",
    );
    assert_eq!(state(&of(&copied), "certificates").0, State::Done);
}

#[test]
fn neighbours_do_not_count() {
    let cases = [
        (
            "FROM alpine:3.24\nUSER 1000\nCMD [\"sh\"]\n",
            "dependencies-cached",
            State::NotApplicable,
        ),
        ("FROM alpine:3.24\nUSER 1000\nCMD [\"sh\"]\n", "two-stages", State::NotApplicable),
        ("FROM alpine:3.24\nUSER 1000\nCMD [\"sh\"]\n", "dockerignore", State::NotApplicable),
        (
            "FROM alpine:3.24\nHEALTHCHECK NONE\nCMD [\"sh\"]\n",
            "health-check",
            State::NotApplicable,
        ),
        ("FROM scratch\nCOPY server /\nCMD [\"/server\"]\n", "pinned", State::NotApplicable),
        ("ARG BASE\nFROM $BASE\nCMD [\"x\"]\n", "pinned", State::Unknown),
        ("FROM nginx:1.29\nCOPY . /usr/share/nginx/html\n", "libraries-fit", State::NotApplicable),
        ("FROM alpine:3.24\nUSER 0\nCMD [\"sh\"]\n", "not-root", State::Missing),
    ];
    for (text, name, expected) in cases {
        let (state, why) = state(&of(text), name);
        assert_eq!(state, expected, "{name} of {text:?}: {why}");
    }
}

#[test]
fn a_text_without_a_stage_has_no_list() {
    assert!(checklist(&of("")).is_empty());
    assert!(checklist(&of("RUN true\n")).is_empty());
}

#[test]
fn markdown_ticks_what_is_done() {
    let text = markdown(&checklist(&of(MISTAKES)));
    assert!(text.starts_with("**Ready to ship: "), "{text}");
    assert_eq!(text.matches("\n- [").count(), POINTS.len());
    assert!(text.contains("- [ ] Each base names a version ("), "{text}");
}

#[test]
fn a_badge_says_how_many_are_done_in_an_address_that_markdown_reads() {
    let items = checklist(&of(MISTAKES));
    let (done, all) = score(&items);
    assert!(done < all && all <= items.len());
    let svg = badge(&items);
    assert!(svg.contains(&format!(">{done}/{all}</text>")) && svg.starts_with("<svg xmlns="));
    assert_eq!(svg.matches('<').count(), svg.matches('>').count());
    let markdown = badge_markdown(&items);
    let (_, address) = markdown.split_once("](data:image/svg+xml,").unwrap();
    let address = address.strip_suffix(")\n").unwrap();
    assert!(address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)));
    assert!(markdown.starts_with(&format!("![ready to ship: {done} of {all}](")));
}

#[test]
fn each_point_names_a_chapter_and_rules_that_exist() {
    let guide = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../guide");
    let chapters: Vec<String> = std::fs::read_dir(guide)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for point in &POINTS {
        let file = format!("-{}.md", point.chapter);
        assert!(chapters.iter().any(|name| name.ends_with(&file)), "{}", point.chapter);
        for rule in point.rules {
            assert!(engine::rules::find(rule).is_some_and(|found| found.name == *rule), "{rule}");
        }
    }
}
