//! How fast the engine is, and whether its time grows in step with the text.
//!
//! Run with `cargo xtask bench`. The table gives milliseconds, MB/s and the ratio to the step
//! before; a ratio near 10 means linear. Compare figures of one run with each other, not with
//! those of another machine.
//!
//! `CORPUS=FILE cargo xtask bench` also measures real files: the field `dockerfile` of each line of
//! a JSONL file.

use engine::{RuleSet, Settings, Workspace, analyze, syntax};
use mimalloc::MiMalloc;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The engine keeps many small things, which this allocator is made for.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// A stage as people write it; repeated, it makes a file of any size.
const STAGE: &str = r#"FROM golang:1.26-bookworm AS build
ARG VERSION=1.0
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    # comments may stand between the lines
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.version=${VERSION}" -o /out/server ./cmd/server
RUN <<EOF
set -e
echo "$VERSION" > /version
EOF

FROM debian:bookworm-slim
LABEL org.opencontainers.image.version="${VERSION:-dev}"
COPY --from=build --chown=1000:1000 /out/server /usr/local/bin/server
USER 1000:1000
EXPOSE 8080/tcp
HEALTHCHECK --interval=30s CMD ["/usr/local/bin/server", "-health"]
CMD ["/usr/local/bin/server"]

"#;

fn text_of(bytes: usize) -> String {
    STAGE.repeat(bytes / STAGE.len() + 1)
}

fn workspace(text: String) -> Workspace {
    Workspace { dockerfile: text, ..Workspace::default() }
}

/// Median of several runs: at least one, at most 200 or about two seconds' worth.
fn median(mut run: impl FnMut()) -> Duration {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.is_empty() || (times.len() < 200 && begun.elapsed() < Duration::from_secs(2)) {
        let start = Instant::now();
        run();
        times.push(start.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

fn table(title: &str, run: impl Fn(&Workspace)) {
    println!("\n{title}\n{:>12} {:>12} {:>10} {:>8}", "bytes", "ms", "MB/s", "ratio");
    let mut before: Option<f64> = None;
    for bytes in [10_000, 100_000, 1_000_000, 10_000_000] {
        let workspace = workspace(text_of(bytes));
        let length = workspace.dockerfile.len();
        let seconds = median(|| run(&workspace)).as_secs_f64();
        let ratio = before.map_or("-".to_owned(), |before| format!("{:.1}", seconds / before));
        let speed = length as f64 / 1e6 / seconds;
        println!("{length:>12} {:>12.3} {speed:>10.1} {ratio:>8}", seconds * 1e3);
        before = Some(seconds);
    }
}

/// The table "the same program on each base image", which is part of each report.
fn bases(workspace: &Workspace) {
    let text = workspace.dockerfile.as_str();
    let tree = syntax::parse(text);
    let model = engine::model::Model::new(text, &tree, "linux/amd64");
    let images = engine::image::simulate(&model);
    let verdict = engine::size::Verdict::Starts;
    let project = &workspace.project;
    let own = engine::size::estimate(&model, &images, project);
    let rows = || engine::size::table(&model, &images, project, own.as_ref(), verdict, &[]);
    let time = median(|| drop(black_box(rows())));
    println!("{} base images: {:.3} ms", rows().len(), time.as_secs_f64() * 1e3);
}

/// All Dockerfiles of a JSONL file, one after another.
fn corpus(path: &str, settings: &Settings) {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines =
        text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let dockerfiles = lines.filter_map(|line| Some(line["dockerfile"].as_str()?.to_owned()));
    let files: Vec<Workspace> = dockerfiles.map(workspace).collect();
    let bytes: usize = files.iter().map(|file| file.dockerfile.len()).sum();
    let each = |run: &dyn Fn(&Workspace)| median(|| files.iter().for_each(run)).as_secs_f64();
    let parse = each(&|file| drop(black_box(syntax::parse(&file.dockerfile))));
    let analyze = each(&|file| drop(black_box(analyze(file, settings))));
    println!("\n{} files, {bytes} bytes", files.len());
    for (name, seconds) in [("parse", parse), ("analyze, all rules", analyze)] {
        println!("{name}: {:.1} ms, {:.1} MB/s", seconds * 1e3, bytes as f64 / 1e6 / seconds);
    }
    let middling = |file: &&Workspace| (135..=165).contains(&file.dockerfile.lines().count());
    let mut times: Vec<_> = files
        .iter()
        .filter(middling)
        .map(|file| median(|| drop(black_box(engine::analyze(file, settings)))).as_secs_f64())
        .collect();
    times.sort_by(f64::total_cmp);
    if let [first, .., last] = times.as_slice() {
        let (count, half) = (times.len(), times[times.len() / 2] * 1e3);
        let (first, last) = (first * 1e3, last * 1e3);
        println!("{count} of about 150 lines: {half:.3} ms each ({first:.3} to {last:.3})");
    }
}

fn main() {
    let all = Settings { set: RuleSet::All, ..Settings::default() };
    let short = workspace(text_of(150 * 36));
    let lines = short.dockerfile.lines().count();
    let time = median(|| drop(black_box(analyze(&short, &all))));
    println!("{lines} lines, all rules: {:.3} ms", time.as_secs_f64() * 1e3);
    bases(&short);
    table("parse", |workspace| drop(black_box(syntax::parse(&workspace.dockerfile))));
    table("analyze, all rules", |workspace| drop(black_box(analyze(workspace, &all))));
    if let Ok(path) = std::env::var("CORPUS") {
        corpus(&path, &all);
    }
}
