//! Which chapter of the guide explains what is under the cursor, or a part of the image.

use crate::analysis::Sheet;
use crate::services::engine::TokenKind;

/// The chapter on an instruction.
pub fn of_instruction(keyword: &str) -> Option<&'static str> {
    Some(match keyword.to_ascii_uppercase().as_str() {
        "FROM" => "choosing-a-base",
        "RUN" => "layer-cache",
        "COPY" | "ADD" => "layers",
        "USER" => "users",
        "CMD" | "ENTRYPOINT" | "STOPSIGNAL" | "SHELL" => "signals",
        "HEALTHCHECK" => "health",
        "ENV" | "ARG" | "EXPOSE" | "WORKDIR" | "VOLUME" => "configuration",
        "LABEL" => "pinning",
        _ => return None,
    })
}

/// The chapter on a part of the image, by what the estimate calls it.
pub fn of_part(what: &str) -> Option<&'static str> {
    const PARTS: [(&str, &str); 8] = [
        ("base image", "choosing-a-base"),
        ("cache of Go", "cache-mounts"),
        ("Go binary", "build-flags"),
        ("stored again", "layers"),
        ("package", "layers"),
        ("build context", "build-context"),
        ("CA certificates", "what-minimal-lacks"),
        ("time zones", "what-minimal-lacks"),
    ];
    PARTS.into_iter().find_map(|(words, chapter)| what.contains(words).then_some(chapter))
}

/// The instruction at a byte of the sheet: its keyword.
pub fn instruction_at(sheet: &Sheet, byte: u32) -> Option<&str> {
    let before = sheet.tokens.iter().take_while(|token| token.span.start <= byte);
    let keywords = before.filter(|token| token.kind == TokenKind::Keyword);
    let words = keywords.map(|token| token.span.of(&sheet.text));
    words.filter(|word| !word.eq_ignore_ascii_case("as")).last()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_chapters_exist() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
        let names: Vec<_> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let instructions = ["FROM", "run", "COPY", "USER", "CMD", "HEALTHCHECK", "ENV", "LABEL"];
        let parts = [
            "base image alpine",
            "Go binary /server",
            "build cache of Go",
            "packages curl",
            "/a, stored again",
            "the build context",
            "CA certificates",
        ];
        let chapters = instructions.into_iter().filter_map(of_instruction);
        for slug in chapters.chain(parts.into_iter().filter_map(of_part)) {
            let file = format!("-{slug}.md");
            assert!(names.iter().any(|name| name.ends_with(&file)), "no chapter {slug}");
        }
    }

    #[test]
    fn the_instruction_at_the_cursor_is_the_last_that_began() {
        use crate::analysis::Analysis;
        let text = "FROM a AS b\nRUN c \\\n  d\n";
        let analysis = Analysis::of(text.into(), None, &Default::default(), &Default::default());
        for (byte, keyword) in [(0, "FROM"), (11, "FROM"), (12, "RUN"), (22, "RUN")] {
            assert_eq!(instruction_at(&analysis, byte), Some(keyword), "{byte}");
        }
        assert_eq!(
            instruction_at(
                &Analysis::of("".into(), None, &Default::default(), &Default::default()),
                0
            ),
            None
        );
    }
}
