//! Any text gets an answer: no panic, no lost byte, and half-typed text keeps what is finished.

use engine::source::{LineIndex, Span, Utf16Cursor, byte_offset_of_utf16};
use engine::{Report, RuleSet, Settings, Workspace, analyze, syntax};
use proptest::prelude::*;
use std::path::Path;

pub fn report(text: &str, set: RuleSet) -> Report {
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    analyze(&workspace, &Settings { set, ..Settings::default() })
}

/// The example files of the page, by name.
pub fn examples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/examples");
    let entries = std::fs::read_dir(folder).expect("static/examples");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("a text"))
    };
    files.iter().map(read).collect()
}

/// Every span lies in the text, on the borders of characters.
fn check_spans(text: &str, report: &Report) {
    let fits = |span: Span| {
        span.start <= span.end
            && text.is_char_boundary(span.start as usize)
            && text.is_char_boundary(span.end as usize)
    };
    for found in &report.diagnostics {
        assert!(fits(found.span), "{}: {:?} does not fit the text", found.rule, found.span);
        let edits = found.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        let related = found.related.iter().map(|related| related.span);
        assert!(edits.chain(related).all(fits), "{}: a fix does not fit the text", found.rule);
    }
    for layer in report.estimate.iter().flat_map(|estimate| &estimate.layers) {
        assert!(fits(layer.span) && layer.parts.iter().all(|part| fits(part.span)));
    }
}

/// The items tile the text; the pieces of each instruction map back to the bytes they came from.
fn check_tree(text: &str) {
    let tree = syntax::parse(text);
    let mut end = 0;
    for item in &tree.items {
        assert_eq!(item.extent.start, end, "a gap before {:?}", item.extent);
        end = item.extent.end;
    }
    let bom = if text == "\u{feff}" { 3 } else { 0 };
    assert_eq!(end as usize + bom, text.len(), "the items do not reach the end");
    for instruction in tree.instructions() {
        let line = &instruction.line;
        for (at, ch) in line.text.char_indices() {
            let place = line.source_span(&(at as u32..(at + ch.len_utf8()) as u32));
            assert_eq!(place.of(text), ch.to_string(), "byte {at} of {:?}", line.text);
        }
    }
    let mut last = 0;
    for token in syntax::highlight(text) {
        assert!(token.span.start >= last && token.span.start < token.span.end, "{token:?}");
        assert!(text.is_char_boundary(token.span.start as usize), "{token:?}");
        assert!(text.is_char_boundary(token.span.end as usize), "{token:?}");
        last = token.span.end;
    }
}

#[test]
fn each_prefix_of_each_example_is_answered_and_keeps_the_findings_of_its_finished_part() {
    for (name, text) in examples() {
        let lines = LineIndex::new(&text);
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let prefix = &text[..end];
            let now = report(prefix, RuleSet::Hadolint);
            check_spans(prefix, &now);
            check_tree(prefix);
            // Findings that concern one finished instruction alone are there whatever follows.
            let finished = lines.line_start(lines.line(end as u32));
            let before = report(&text[..finished as usize], RuleSet::Hadolint);
            for found in before.diagnostics.iter().filter(|found| is_local(found.rule)) {
                let kept = now
                    .diagnostics
                    .iter()
                    .any(|other| other.rule == found.rule && other.span == found.span);
                assert!(kept, "{name}, {end} bytes: {} was lost", found.rule);
            }
        }
    }
}

/// Rules whose findings depend on one instruction only, so that nothing behind it changes them.
fn is_local(rule: &str) -> bool {
    matches!(
        rule,
        "untagged-base"
            | "latest-tag"
            | "cd-instead-of-workdir"
            | "sudo"
            | "from-as-casing"
            | "stage-casing"
            | "secret-name-in-arg-env"
    )
}

#[test]
fn extreme_texts_are_answered() {
    let texts = [
        String::new(),
        "\0".to_owned(),
        "\u{feff}".to_owned(),
        "FROM".to_owned(),
        "\\".to_owned(),
        "FROM a\\".to_owned(),
        "RUN <<".to_owned(),
        "RUN <<EOF\n".to_owned(),
        "RUN <<[\"\\u00e9\"]\n".to_owned(),
        "FROM a\r\nRUN x \\\r\n\r\n# c\r\n y\r\n".to_owned(),
        format!("FROM a\nRUN {}", "$(".repeat(100_000)),
        format!("FROM a\nENV A={}", "${A:-".repeat(100_000)),
        format!("FROM a\nCMD {}", "[".repeat(100_000)),
        format!("FROM a\nRUN {}", "((".repeat(100_000)),
        format!("FROM a\nRUN {}", "\"`".repeat(100_000)),
        format!("FROM a\nRUN {}", "case x in ".repeat(50_000)),
        format!("FROM a\n{}", "ENV A=$A$A$A$A\n".repeat(20_000)),
        format!("FROM a\nRUN {}", "a \\\n".repeat(100_000)),
        format!("FROM a\nRUN {}", "# c\\\n".repeat(100_000)),
        format!("FROM a AS b\n{}", "FROM b AS b\n".repeat(50_000)),
        format!("FROM a\nCOPY {}", "<<A ".repeat(50_000)),
        format!("FROM a\nRUN {}", "x=1 ".repeat(200_000)),
        format!("FROM a\n{}", "ONBUILD ".repeat(100_000)),
        "é".repeat(200_000),
    ];
    for text in texts {
        let start = cpu_time::ThreadTime::now();
        check_spans(&text, &report(&text, RuleSet::All));
        check_tree(&text);
        let head: String = text.chars().take(30).collect();
        assert!(start.elapsed().as_secs() < 20, "{head:?}... takes {:?}", start.elapsed());
    }
}

/// Files of one pattern each, of which the time to analyse must grow with the length.
#[test]
fn time_is_linear_in_the_text() {
    let copied = format!("FROM a\n{}", "COPY a /o/a\n".repeat(64));
    let patterns = [
        (copied.as_str(), "RUN chown -R 1 /o\n"),
        ("FROM a\n", "COPY --from=nobody /a /b\n"),
        ("FROM a\n", "COPY --from=a:1 /a /b\n"),
        ("FROM a AS b\n", "FROM b AS b\nCOPY --from=b /x /y\n"),
        ("FROM a\n", "ENV A=$B C=${A:-d}\n"),
        ("FROM a\n", "ARG A\nLABEL x=$MISSPELT\n"),
        ("FROM a\n", "RUN apt-get update && apt-get install -y a b c\n"),
        ("FROM golang\n", "RUN go build -o /a/b ./c\nRUN chmod +x /a/b\n"),
        ("FROM a\n", "RUN --mount=type=cache,target=/x,from=b x | y > z\n"),
        ("FROM a\n", "COPY . .\nRUN npm ci\n"),
        ("FROM a\n", "# hadolint ignore=DL3006\nRUN cd /x && sudo y\n"),
        ("FROM a\nRUN a", " && cd /b && sudo c"),
        ("FROM a\nRUN a", " \\\n  # comment\n\n  && b 'c' \"d\" $(e)"),
        ("FROM a\nENV", " A=1 B=\"$A\""),
        ("FROM a\nCOPY", " a $b c"),
        ("FROM a\nCMD [\"a\"", ", \"b\""),
        ("", "WORKDIR x\nUSER y\nEXPOSE 1\n"),
        ("FROM a\n", "WORKDIR x\n"),
        ("FROM alpine\n", "WORKDIR x\n"),
        ("FROM alpine\nRUN a", " && cd x"),
        ("FROM alpine\nCOPY a /a\nRUN a", " && cd x"),
        ("FROM debian:13\n", "RUN apt-get install -y curl git\n"),
        ("FROM debian:13\nRUN rm -r /c", " && chmod 777 /a && rm -r /b"),
        ("FROM a\n", "RUN dotnet build\n"),
        ("FROM a AS b\n", "FROM b AS b\nRUN dotnet build\n"),
        ("", "FRM x\n"),
        ("FROM a\nRUN <<E\n", "apt-get install x\n"),
    ];
    for (start, repeated) in patterns {
        let linear = is_linear(
            |bytes| format!("{start}{}", repeated.repeat(bytes / repeated.len())),
            |text| drop(report(text, RuleSet::All)),
        );
        assert!(linear, "{repeated:?} takes more than linear time");
    }
}

/// Whether work on texts of a given length takes time that grows with it, not with its square.
pub fn is_linear(text: impl Fn(usize) -> String, work: impl Fn(&str)) -> bool {
    let time = |bytes: usize| {
        let text = text(bytes);
        let measure = || {
            let begun = cpu_time::ThreadTime::now();
            work(&text);
            begun.elapsed().as_secs_f64()
        };
        measure().min(measure())
    };
    // Eight times the text; memory and noise may double it, a square would be sixty-four. What
    // else runs beside may spoil one measurement, not three.
    (0..3).any(|_| {
        let (short, long) = (time(40_000), time(320_000));
        long < short * 24.0 + 0.1
    })
}

#[test]
fn utf16_and_back() {
    let text = "a\u{e9}\u{1f433}\nb";
    let mut cursor = Utf16Cursor::new(text);
    let there: Vec<_> = text.char_indices().map(|(at, _)| cursor.to_utf16(at as u32)).collect();
    assert_eq!(there, [0, 1, 2, 4, 5]);
    let back: Vec<_> = there.iter().map(|at| byte_offset_of_utf16(text, *at)).collect();
    let offsets: Vec<_> = text.char_indices().map(|(at, _)| at as u32).collect();
    assert_eq!(back, offsets);
}

/// Lines as people write them, and lines that nobody should write.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "FROM golang:1.26-alpine AS build",
        "FROM scratch",
        "FROM build AS Final",
        "ARG VERSION=1.0",
        "ENV PATH=$PATH:/x A=\"b c\" ${D:-e}=f",
        "RUN apt-get update && \\",
        "    apt-get install -y curl",
        "RUN <<EOF",
        "EOF",
        "COPY --from=build --chown=1:1 /a /b",
        "COPY <<-'X' /etc/x",
        "X",
        "CMD [\"a\", \"b\"]",
        "HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1",
        "ONBUILD RUN echo \"$X\"",
        "# hadolint ignore=DL3006",
        "# escape=`",
        "\t# comment",
        "",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "[ -~]{0,40}", 1 => "\\PC{0,20}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn lines_in_any_order(lines in prop::collection::vec(line(), 0..12), crlf: bool) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" });
        check_tree(&text);
        check_spans(&text, &report(&text, RuleSet::All));
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check_tree(&text);
        check_spans(&text, &report(&text, RuleSet::All));
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        check_tree(&text);
        check_spans(&text, &report(&text, RuleSet::All));
    }
}
