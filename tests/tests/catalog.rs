//! The catalogue: its data are sound, and each look-up finds the row that a person would take.

mod layers;

use std::path::Path;

use engine::catalog::{
    Confidence, Difference, Family, Found, Libc, Match, PackageManager, Platform, Start, Toolchain,
    base_image, candidates, familiar_name, images, release,
};
use engine::size::{Range, Size};
use toml::{Table, Value};

/// The day on which the figures were compiled.
const COMPILED: &str = "2026-11-21";

fn data(file: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/engine/data").join(file);
    std::fs::read_to_string(&path).expect("a data file").parse().expect("TOML")
}

fn rows(table: &Table, list: &str) -> Vec<Table> {
    let Some(Value::Array(rows)) = table.get(list) else { panic!("no [[{list}]]") };
    rows.iter().map(|row| row.as_table().expect("a table").clone()).collect()
}

fn text<'a>(row: &'a Table, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("{key} missing in {row:?}"))
}

fn both(size: Size) -> [Range; 2] {
    [size.unpacked.expect("unpacked bytes"), size.compressed.expect("compressed bytes")]
}

fn look_up(reference: &str) -> Option<Found> {
    match reference.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => base_image(name, Some(tag)),
        _ => base_image(reference, None),
    }
}

#[test]
fn rows_are_sorted_unique_and_sourced() {
    let lists = [
        ("bases.toml", "base", "reference"),
        ("contents.toml", "contents", "name"),
        ("debian.toml", "package", "name"),
        ("kinds.toml", "kind", "name"),
        ("tokens.toml", "token", "prefix"),
    ];
    for (file, list, key) in lists {
        let table = data(file);
        let rows = rows(&table, list);
        let names: Vec<&str> = rows.iter().map(|row| text(row, key)).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{file} is not sorted and unique");
    }
    for row in rows(&data("bases.toml"), "base") {
        if !row.contains_key("bytes_of") {
            assert!(text(&row, "source").len() > 10, "{row:?}");
        }
    }
    for file in ["debian.toml", "go.toml"] {
        assert!(text(&data(file), "source").len() > 10, "{file}");
    }
    for (file, list) in [("alpine.toml", "package"), ("tokens.toml", "token")] {
        for row in rows(&data(file), list) {
            assert!(text(&row, "source").len() > 5, "{row:?}");
        }
    }
}

#[test]
fn dates_are_dates_and_not_in_the_future() {
    let mut checked = 0;
    for row in rows(&data("bases.toml"), "base") {
        let Some(date) = row.get("date") else { continue };
        let date = date.as_str().expect("text");
        let parts: Vec<u32> = date.split('-').map(|part| part.parse().expect(date)).collect();
        assert!((2015..=2026).contains(&parts[0]), "{date}");
        assert!(parts.get(1).is_none_or(|month| (1..=12).contains(month)), "{date}");
        assert!(parts.get(2).is_none_or(|day| (1..=31).contains(day)), "{date}");
        assert!(date <= COMPILED, "{date}");
        checked += 1;
    }
    assert!(checked > 100);
}

#[test]
fn unpacked_is_never_less_than_compressed() {
    for image in images() {
        for platform in Platform::ALL {
            let size = image.size(platform);
            for range in [size.unpacked, size.compressed].into_iter().flatten() {
                assert!(range.low <= range.likely && range.likely <= range.high);
            }
            if let (Some(unpacked), Some(compressed)) = (size.unpacked, size.compressed) {
                assert!(unpacked.likely >= compressed.likely, "{}", image.reference);
                // 0.22 is distroless on arm64, where ELF files are padded with zeros.
                let ratio = compressed.likely as f64 / unpacked.likely.max(1) as f64;
                let empty = unpacked.likely == 0;
                assert!(empty || (0.2..0.6).contains(&ratio), "{} {ratio}", image.reference);
            }
        }
        assert!(image.size(Platform::Arm64).unpacked.is_some(), "{}", image.reference);
        let source = image.source();
        assert!(!source.is_empty() && !source.contains("{name}") && !source.contains("{tag}"));
        assert!(!image.workdir.is_empty() && image.workdir.starts_with('/'));
        assert!(image.env.contains(&"PATH"), "{}", image.reference);
        assert_eq!(
            image.libc == Libc::None,
            image.libc == Libc::None && image.libc_version.is_empty()
        );
    }
}

/// Row, how it was found, and version of the libc of the image that was asked for, `-` where that
/// is not certain.
type Answer = Option<(&'static str, Match, &'static str)>;

/// What references lead to.
#[rustfmt::skip]
const LOOK_UPS: &[(&str, Answer)] = &[
    ("scratch", Some(("scratch", Match::Exact, "-"))),
    // Alpine
    ("alpine", Some(("alpine:3.24", MOVING, "1.2.6"))),
    ("alpine:latest", Some(("alpine:3.24", MOVING, "1.2.6"))),
    ("alpine:3", Some(("alpine:3.24", MOVING, "1.2.6"))),
    ("alpine:edge", Some(("alpine:3.24", MOVING, "1.2.6"))),
    ("alpine:3.19", Some(("alpine:3.19", Match::Exact, "1.2.4"))),
    ("alpine:3.19.1", Some(("alpine:3.19", PATCH, "1.2.4"))),
    ("alpine:3.15", Some(("alpine:3.16", VERSION, "1.2.2"))),
    ("docker.io/library/alpine:3.20", Some(("alpine:3.20", Match::Exact, "1.2.5"))),
    ("library/alpine:3.20", Some(("alpine:3.20", Match::Exact, "1.2.5"))),
    ("index.docker.io/library/alpine:3.20", Some(("alpine:3.20", Match::Exact, "1.2.5"))),
    ("public.ecr.aws/docker/library/alpine:3.20", Some(("alpine:3.20", Match::Exact, "1.2.5"))),
    // Go
    ("golang", Some(("golang:1.27-trixie", MOVING, "2.41"))),
    ("golang:1", Some(("golang:1.27-trixie", MOVING, "2.41"))),
    ("golang:alpine", Some(("golang:1.27-alpine3.23", MOVING, "1.2.5"))),
    ("golang:1-alpine", Some(("golang:1.27-alpine3.23", MOVING, "1.2.5"))),
    ("golang:bookworm", Some(("golang:1.27-bookworm", MOVING, "2.36"))),
    ("golang:1.22", Some(("golang:1.22", Match::Exact, "2.36"))),
    ("golang:1.22-bookworm", Some(("golang:1.22", Match::Exact, "2.36"))),
    ("golang:1.22.5", Some(("golang:1.22", PATCH, "2.36"))),
    ("golang:1.23", Some(("golang:1.23-bookworm", Match::Exact, "2.36"))),
    ("golang:1.24", Some(("golang:1.24-bookworm", Match::Exact, "2.36"))),
    ("golang:1.24-trixie", Some(("golang:1.24-trixie", Match::Exact, "2.41"))),
    ("golang:1.25", Some(("golang:1.25-trixie", Match::Exact, "2.41"))),
    ("golang:1.26", Some(("golang:1.26-trixie", Match::Exact, "2.41"))),
    ("golang:1.26.1-bookworm", Some(("golang:1.26-bookworm", PATCH, "2.36"))),
    ("golang:1.23-bullseye", Some(("golang:1.23-bookworm", RELEASE, "2.31"))),
    ("golang:1.22-alpine", Some(("golang:1.22-alpine", Match::Exact, "1.2.5"))),
    ("golang:1.22.0-alpine3.19", Some(("golang:1.22-alpine", RELEASE, "1.2.4"))),
    ("golang:1.26-alpine", Some(("golang:1.26-alpine", Match::Exact, "1.2.6"))),
    ("golang:1.26.3-alpine3.23", Some(("golang:1.26-alpine", RELEASE, "1.2.5"))),
    ("golang:1.26.3-alpine3.24", Some(("golang:1.26-alpine", PATCH, "1.2.6"))),
    ("golang:1.27rc1-alpine", Some(("golang:1.27-alpine3.23", PATCH, "1.2.5"))),
    ("golang:1.19-alpine", Some(("golang:1.21-alpine", VERSION, "-"))),
    ("golang:1.23-windowsservercore", None),
    // Debian and Ubuntu
    ("debian", Some(("debian:trixie", MOVING, "2.41"))),
    ("debian:stable-slim", Some(("debian:trixie-slim", MOVING, "2.41"))),
    ("debian:12", Some(("debian:bookworm", Match::Exact, "2.36"))),
    ("debian:12-slim", Some(("debian:bookworm-slim", Match::Exact, "2.36"))),
    ("debian:13-slim", Some(("debian:trixie-slim", Match::Exact, "2.41"))),
    ("debian:12.5-slim", Some(("debian:bookworm-slim", PATCH, "2.36"))),
    ("debian:bookworm-20240904-slim", Some(("debian:bookworm-slim", PATCH, "2.36"))),
    ("debian:buster-slim", Some(("debian:bullseye-slim", RELEASE, "2.28"))),
    ("ubuntu", Some(("ubuntu:26.04", MOVING, "2.43"))),
    ("ubuntu:noble", Some(("ubuntu:24.04", Match::Exact, "2.39"))),
    ("ubuntu:24.04", Some(("ubuntu:24.04", Match::Exact, "2.39"))),
    ("ubuntu:jammy-20240111", Some(("ubuntu:22.04", PATCH, "2.35"))),
    ("ubuntu:18.04", Some(("ubuntu:20.04", RELEASE, "2.27"))),
    // BusyBox, distroless, Chainguard, Red Hat
    ("busybox", Some(("busybox:1", Match::Exact, "-"))),
    ("busybox:1.36-musl", Some(("busybox:musl", VERSION, "-"))),
    ("gcr.io/distroless/static", Some(("gcr.io/distroless/static-debian13", MOVING, "-"))),
    ("gcr.io/distroless/static:nonroot", Some(("gcr.io/distroless/static-debian13:nonroot", MOVING, "-"))),
    ("gcr.io/distroless/static-debian12", Some(("gcr.io/distroless/static-debian12", Match::Exact, "-"))),
    ("gcr.io/distroless/static-debian12:latest", Some(("gcr.io/distroless/static-debian12", Match::Exact, "-"))),
    ("gcr.io/distroless/static-debian12:nonroot", Some(("gcr.io/distroless/static-debian12:nonroot", Match::Exact, "-"))),
    ("gcr.io/distroless/static-debian12:nonroot-arm64", Some(("gcr.io/distroless/static-debian12:nonroot", Match::Exact, "-"))),
    ("gcr.io/distroless/static-debian12:debug-nonroot", Some(("gcr.io/distroless/static-debian12:debug-nonroot", Match::Exact, "-"))),
    ("gcr.io/distroless/static-debian11:nonroot", Some(("gcr.io/distroless/static-debian12:nonroot", RELEASE, "-"))),
    ("gcr.io/distroless/base-debian12", Some(("gcr.io/distroless/base-debian12", Match::Exact, "2.36"))),
    ("gcr.io/distroless/cc-debian13:debug", Some(("gcr.io/distroless/cc-debian13:debug", Match::Exact, "2.41"))),
    ("gcr.io/distroless/nodejs20-debian12", None),
    ("cgr.dev/chainguard/static:latest", Some(("cgr.dev/chainguard/static", Match::Exact, "-"))),
    ("cgr.dev/chainguard/wolfi-base", Some(("cgr.dev/chainguard/wolfi-base", Match::Exact, "2.43"))),
    ("cgr.dev/chainguard/go", None),
    ("redhat/ubi9-minimal", Some(("registry.access.redhat.com/ubi9/ubi-minimal", Match::Exact, "2.34"))),
    ("registry.access.redhat.com/ubi9/ubi-minimal:9.4", Some(("registry.access.redhat.com/ubi9/ubi-minimal", PATCH, "2.34"))),
    // Other languages and services
    ("node:22-slim", Some(("node:22-slim", Match::Exact, "2.36"))),
    ("node:22.3.0-alpine3.20", Some(("node:22-alpine3.20", PATCH, "1.2.5"))),
    ("node:lts-alpine", Some(("node:24-alpine", MOVING, "1.2.6"))),
    ("node:18-alpine", Some(("node:20-alpine", VERSION, "-"))),
    ("python:3.12-slim", Some(("python:3.12-slim", Match::Exact, "2.41"))),
    ("python:3.12-slim-bookworm", Some(("python:3.12-slim", RELEASE, "2.36"))),
    ("rust:1.87-slim-bookworm", Some(("rust:1-slim-bookworm", PATCH, "2.36"))),
    ("eclipse-temurin:21", Some(("eclipse-temurin:21-jdk-noble", Match::Exact, "2.39"))),
    ("eclipse-temurin:21-jre", Some(("eclipse-temurin:21-jre", Match::Exact, "2.39"))),
    ("php:8.2-fpm-alpine3.18", Some(("php:8-fpm-alpine", RELEASE, "1.2.4"))),
    ("postgres:16.3-bookworm", Some(("postgres:16-bullseye", RELEASE, "2.36"))),
    ("amazonlinux:2023", Some(("amazonlinux:2023", Match::Exact, "2.34"))),
    ("maven:3.9-eclipse-temurin-21", None),
    ("ghcr.io/someone/alpine:3.20", None),
    ("mycompany/base:1.0", None),
    ("", None),
];

const MOVING: Match = Match::Nearest(Difference::Moving);
const PATCH: Match = Match::Nearest(Difference::Patch);
const RELEASE: Match = Match::Nearest(Difference::Release);
const VERSION: Match = Match::Nearest(Difference::Version);

#[test]
fn references_lead_to_the_rows_that_a_person_would_take() {
    assert!(LOOK_UPS.len() >= 60);
    for (reference, expected) in LOOK_UPS {
        let found = look_up(reference);
        let short = found.map(|found| {
            let version = if found.libc_version.is_empty() { "-" } else { found.libc_version };
            (found.image.reference, found.how, version)
        });
        assert_eq!(short, *expected, "{reference}");
    }
}

#[test]
fn every_row_is_found_by_its_own_name() {
    for image in images() {
        let found = look_up(image.reference).expect(image.reference);
        assert_eq!(found.image.reference, image.reference);
        assert_eq!(found.how, Match::Exact);
        for platform in Platform::ALL {
            assert_eq!(found.size(platform), image.size(platform));
        }
    }
}

#[test]
fn hostile_references_are_nothing_special() {
    let tags =
        ["", "-", "--", "alpine", "-alpine", "1.", ".1", "99999999999", "v", "é", "1-é-slim"];
    for name in
        ["", "/", ":", "golang", "debian", "gcr.io/distroless/", "é", "gcr.io/distroless/-debian"]
    {
        for tag in tags {
            let _ = base_image(name, Some(tag));
        }
    }
    assert_eq!(familiar_name("docker.io/library/alpine"), "alpine");
    assert_eq!(familiar_name("amd64/alpine"), "alpine");
    assert_eq!(familiar_name("mcr.microsoft.com/mirror/docker/library/ubuntu"), "ubuntu");
    assert_eq!(familiar_name("docker.io/bitnami/redis"), "bitnami/redis");
}

#[test]
fn a_near_row_is_wider_and_a_far_one_has_no_size() {
    let exact = look_up("golang:1.22").expect("a row").size(Platform::Amd64);
    let patch = look_up("golang:1.22.5").expect("a row").size(Platform::Amd64);
    let [exact, patch] = [exact, patch].map(|size| both(size)[0]);
    assert_eq!(exact.likely, patch.likely);
    assert!(patch.low < exact.low && patch.high > exact.high);
    // Go 1.19 on Alpine is half as big again as 1.21: no figure is better than a wrong one.
    let far = look_up("golang:1.19-alpine").expect("a row");
    assert_eq!(far.size(Platform::Amd64), Size::UNKNOWN);
    assert_eq!(far.image.libc, Libc::Musl);
}

#[test]
fn facts_that_rules_rely_on() {
    let image = |reference: &str| look_up(reference).expect(reference).image;
    let go = image("golang:1.26-alpine");
    assert_eq!((go.libc, go.family), (Libc::Musl, Family::Alpine));
    assert_eq!((go.c_compiler, go.git, go.ca_certificates), (Some(false), Some(false), Some(true)));
    assert_eq!(go.package_manager, Some(PackageManager::Apk));
    assert_eq!((go.toolchain, go.workdir), (Some(Toolchain::Go), "/go"));
    assert!(go.env.contains(&"GOPATH=/go") && go.env.contains(&"GOLANG_VERSION"));
    let full = image("golang:1.26");
    assert_eq!((full.c_compiler, full.git, full.libc), (Some(true), Some(true), Libc::Glibc));
    assert!(full.bash && !go.bash);
    let scratch = image("scratch");
    assert_eq!((scratch.shell, scratch.package_manager, scratch.libc), (None, None, Libc::None));
    assert_eq!((scratch.tmp, scratch.ca_certificates), (Some(false), Some(false)));
    assert!(scratch.users.is_empty());
    let distroless = image("gcr.io/distroless/static-debian12:nonroot");
    assert_eq!((distroless.shell, distroless.user), (None, "65532"));
    assert_eq!(distroless.start, Start::Nothing);
    assert_eq!((distroless.ca_certificates, distroless.time_zones), (Some(true), Some(true)));
    assert!(distroless.users.contains(&"nonroot"));
    assert_eq!(image("gcr.io/distroless/static-debian12").user, "root");
    assert_eq!(image("gcr.io/distroless/static-debian12:debug").shell, Some("/busybox/sh"));
    let alpine = image("alpine:3.20");
    assert_eq!((alpine.ca_certificates, alpine.time_zones), (Some(true), Some(false)));
    assert_eq!((alpine.wget, alpine.curl, alpine.bash), (Some(true), Some(false), false));
    let debian = image("debian:12-slim");
    assert_eq!(
        (debian.ca_certificates, debian.package_manager),
        (Some(false), Some(PackageManager::Apt))
    );
    assert!(image("ubuntu:24.04").users.contains(&"ubuntu"));
    assert!(!image("ubuntu:22.04").users.contains(&"ubuntu"));
    assert_eq!(image("cgr.dev/chainguard/static").user, "65532");
    let all = ["alpine:3.20", "debian:bookworm-slim", "ubuntu:24.04", "golang:1.24", "node:20"];
    for image in all.map(image).into_iter().chain([scratch, distroless]) {
        assert!(image.all_users, "{}", image.reference);
        assert!(!image.users.contains(&"app") && !image.groups.contains(&"app"));
    }
    assert!(!image("amazonlinux:2023").all_users);
    assert!(image("node:20-alpine").groups.contains(&"node"));
    assert!(image("node:20-alpine").users.contains(&"node"));
    assert_eq!(release("bullseye").expect("a release").libc, "2.31");
    assert_eq!(Platform::from_name("linux/arm64/v8"), Some(Platform::Arm64));
    assert_eq!(Platform::from_name("linux/riscv64"), None);
}

#[test]
fn the_candidates_cover_the_kinds_of_bases() {
    let all: Vec<&str> = candidates().iter().map(|candidate| candidate.reference).collect();
    for wanted in [
        "scratch",
        "gcr.io/distroless/static-debian12",
        "gcr.io/distroless/static-debian13",
        "gcr.io/distroless/base-debian",
        "gcr.io/distroless/cc-debian",
        "alpine:",
        "debian:",
        "ubuntu:",
        "busybox:",
        "cgr.dev/chainguard/wolfi-base",
        "cgr.dev/chainguard/static",
        "registry.access.redhat.com/ubi9/ubi-micro",
        "registry.access.redhat.com/ubi9/ubi-minimal",
        "golang:",
    ] {
        assert!(all.iter().any(|reference| reference.starts_with(wanted)), "{wanted}");
    }
    for candidate in candidates() {
        let image = candidate.image().expect(candidate.reference);
        both(image.size(Platform::Amd64));
        both(image.size(Platform::Arm64));
        assert_eq!(candidate.single_stage, image.toolchain == Some(Toolchain::Go));
        let unverified = image.confidence == Confidence::Low;
        assert_eq!(image.cite().contains("not verified"), unverified, "{}", image.cite());
    }
}

#[test]
fn a_stage_knows_what_its_base_sets() {
    use engine::model::Model;
    use engine::syntax::{self, Body};
    let text =
        "FROM golang:1.26-alpine\nWORKDIR $GOPATH/src/$GOTOOLCHAIN\nWORKDIR $GOLANG_VERSION\n";
    let tree = syntax::parse(text);
    let model = Model::new(text, &tree, "linux/amd64");
    let paths: Vec<_> = model.stages[0]
        .steps
        .iter()
        .filter_map(|step| match step.body() {
            Body::Workdir(path) => Some(step.text(path)),
            _ => None,
        })
        .collect();
    // The version differs from tag to tag, so it is set, and nobody says to what.
    assert_eq!(paths, [Some("/go/src/local"), None]);
    assert!(model.stages[0].steps.iter().all(|step| step.expansion.undefined.is_empty()));
}
