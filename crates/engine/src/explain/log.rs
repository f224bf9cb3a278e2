//! What somebody pasted, without what terminals and builders put around a message.
//!
//! Colours go, quotes become plain ones, and the prefixes of BuildKit, Compose and timestamps are
//! taken off each line. The way back to the pasted text is kept.

use crate::source::Span;

/// The text to search in.
pub(super) struct Log {
    /// Lines without decoration; each ends in `\n`.
    pub(super) text: String,
    /// From which byte of `text` on bytes stand how much further in the pasted text.
    jumps: Vec<(u32, u32)>,
}

impl Log {
    /// Cleans `raw`.
    pub(super) fn new(raw: &str) -> Self {
        let mut log = Self { text: String::with_capacity(raw.len() + 1), jumps: Vec::new() };
        let mut at = 0;
        let mut fresh = true;
        loop {
            let rest = raw.get(at..).unwrap_or_default();
            let skipped = if fresh { decoration(rest) } else { invisible(rest) };
            if skipped > 0 {
                at += skipped;
                log.jump(at);
                continue;
            }
            fresh = false;
            let Some(ch) = rest.chars().next() else { break };
            at += ch.len_utf8();
            let plain = match ch {
                '\u{2018}' | '\u{2019}' => '\'',
                '\u{201c}' | '\u{201d}' => '"',
                '\r' | '\n' => {
                    fresh = true;
                    '\n'
                }
                _ => ch,
            };
            log.text.push(plain);
            if plain.len_utf8() != ch.len_utf8() {
                log.jump(at);
            }
        }
        log.text.push('\n');
        log
    }

    fn jump(&mut self, raw: usize) {
        let here = self.text.len() as u32;
        let by = raw as u32 - here;
        self.jumps.pop_if(|last| last.0 == here);
        self.jumps.push((here, by));
    }

    /// Where a stretch of the text stands in what was pasted.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let raw = |at: usize| {
            let after = self.jumps.partition_point(|jump| jump.0 as usize <= at);
            let by = after.checked_sub(1).and_then(|index| self.jumps.get(index));
            at as u32 + by.map_or(0, |jump| jump.1)
        };
        // The end belongs to the last character, not to what was taken out behind it.
        let last = raw(end.saturating_sub(1)) + 1;
        Span::new(raw(start), last.max(raw(start)))
    }
}

/// Bytes of a colour at the start of `text`, of one that lost its escape character on the way to
/// an issue, or of the backslash before a quote.
fn invisible(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_parameter = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b';' | b'?' | b':');
    match bytes {
        [b'\\', b'"', ..] => 1,
        [0x1b, b'[', rest @ ..] => {
            let parameters = rest.iter().take_while(is_parameter).count();
            (3 + parameters).min(bytes.len())
        }
        [0x1b, ..] => 1,
        [b'[', rest @ ..] => {
            let parameters = rest.iter().take(12).take_while(is_parameter).count();
            if parameters > 0 && rest.get(parameters) == Some(&b'm') { parameters + 2 } else { 0 }
        }
        _ => 0,
    }
}

/// Bytes of one piece of decoration at the start of a line.
fn decoration(line: &str) -> usize {
    let hidden = invisible(line);
    if hidden > 0 {
        return hidden;
    }
    let bytes = line.as_bytes();
    let blanks = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if blanks > 0 {
        return blanks;
    }
    for arrow in ["=> ", ">>> ", "> ", "ERROR: ", "ERROR ", "CANCELED "] {
        if line.starts_with(arrow) {
            return arrow.len();
        }
    }
    // A word and the blank behind it.
    let Some((word, _)) = line.get(..64.min(line.len())).and_then(|start| start.split_once(' '))
    else {
        return 0;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let time = |text: &str| text.split_once('.').is_some_and(|(a, b)| digits(a) && digits(b));
    let is_decoration = word.strip_prefix('#').is_some_and(digits)
        || time(word)
        || (word.ends_with('Z') && word.contains('T') && word.contains(':'));
    if is_decoration {
        return word.len() + 1;
    }
    // Compose: `api-1  | `.
    let rest = line.get(word.len()..).unwrap_or_default();
    let bar = rest.trim_start_matches(' ');
    if bar.starts_with("| ") && !digits(word) {
        return line.len() - bar.len() + 2;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_colours_go_and_places_stay() {
        for (raw, clean) in [
            ("#12 0.345 /bin/sh: go: not found", "/bin/sh: go: not found"),
            (" => ERROR [build 4/5] RUN x", "[build 4/5] RUN x"),
            ("\u{1b}[91mE: x\u{1b}[0m", "E: x"),
            ("[91mE: x[0m", "E: x"),
            ("api-1  | exec /x: no", "exec /x: no"),
            ("2024-05-01T10:11:12.123Z panic: x", "panic: x"),
            ("env: \u{2018}bash\\r\u{2019}: No", "env: 'bash\\r': No"),
            ("exec: \\\"sh\\\": not", "exec: \"sh\": not"),
            ("  12 | >>> RUN x", "12 | >>> RUN x"),
            ("[a, b]", "[a, b]"),
        ] {
            let log = Log::new(raw);
            assert_eq!(log.text, format!("{clean}\n"));
        }
        let raw = "a\n#1 0.1 \u{1b}[1m\u{2018}b\u{2019}\u{1b}[0m c";
        let log = Log::new(raw);
        let at = log.text.find('b').unwrap_or_default();
        assert_eq!(log.span(at, at + 1).of(raw), "b");
        assert_eq!(log.span(0, 1).of(raw), "a");
        let at = log.text.find('c').unwrap_or_default();
        assert_eq!(log.span(at, at + 1).of(raw), "c");
    }
}
