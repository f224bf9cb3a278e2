//! The lines of one instruction: their indents, what joins them, and the blanks between words.

use super::words::{Gap, Words};
use super::{BLANKS, FormatOptions, Indent, TRAILING, packages};
use crate::diagnostic::Edit;
use crate::order;
use crate::source::Span;
use crate::syntax::Instruction;

const OPERATORS: [&str; 2] = ["&&", "||"];

/// How many blanks a tab is worth.
const TAB: usize = 4;

/// What a line adds to an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Text,
    /// Nothing: a comment.
    Comment,
    /// Nothing: a blank line.
    Blank,
}

/// A line of an instruction.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Without the line's end.
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Width of its indent where that may change.
    pub(super) indent: Option<usize>,
    /// What stands there: all of it, or without what may change at its ends.
    pub(super) content: String,
    /// Where the content stood.
    pub(super) place: Span,
    /// Whether the line ends in a gap and a continuation character.
    pub(super) continues: bool,
}

/// Adds the edits that format an instruction.
pub(super) fn instruction(
    text: &str,
    instruction: &Instruction,
    escape: char,
    words: &Words,
    options: &FormatOptions,
    edits: &mut Vec<Edit>,
) {
    let mut lines = lines(text, instruction, escape, words);
    join_alike(&mut lines, words.shell);
    if options.sort_packages {
        packages::sort(text, instruction, &mut lines);
    }
    let levels = levels(&lines, words.shell, options.indent);
    let mut below = None;
    let mut after_blank = false;
    let mut found = Vec::new();
    // From the last line to the first: a comment goes with the line below it.
    for (line, own) in lines.iter().zip(levels).rev() {
        if line.kind == Kind::Text {
            below = own;
        }
        let is_extra = line.kind == Kind::Blank && after_blank;
        after_blank = line.kind == Kind::Blank;
        if is_extra {
            found.push(Edit::delete(Span::new(line.span.start, line.span.end + eol(text, line))));
            continue;
        }
        let level = if line.kind == Kind::Comment { below } else { own };
        let mut new = match options.indent {
            Indent::Blanks(width) => " ".repeat(usize::from(width) * level.unwrap_or(0)),
            Indent::Tab => "\t".repeat(level.unwrap_or(0)),
        };
        new.push_str(&line.content);
        if line.continues {
            new.extend([' ', escape]);
        }
        let start = if level.is_some() { line.span.start } else { line.place.start };
        found.extend(change(text, Span::new(start, line.span.end), &new));
    }
    let start = instruction.line.span.start;
    let above = text.get(..start as usize).unwrap_or_default();
    let kept = above.trim_end_matches(BLANKS);
    if kept.len() < above.len() && (kept.is_empty() || kept.ends_with(['\n', '\u{feff}'])) {
        found.push(Edit::delete(Span::new(kept.len() as u32, start)));
    }
    edits.extend(found.into_iter().rev());
}

/// Bytes of the end of a line.
fn eol(text: &str, line: &Line) -> u32 {
    let rest = text.get(line.span.end as usize..).unwrap_or_default();
    rest.find('\n').map_or(rest.len(), |end| end + 1) as u32
}

/// The lines up to the first heredoc body.
fn lines(text: &str, instruction: &Instruction, escape: char, words: &Words) -> Vec<Line> {
    let line = &instruction.line;
    let end = if line.heredocs.is_empty() { line.span.end } else { line.head.end };
    let mut lines = Vec::new();
    let mut start = line.span.start;
    let (mut gaps, mut keywords) = (words.gaps.as_slice(), words.keywords.as_slice());
    let (mut comments, mut blanks) = (line.comments.as_slice(), line.empty_lines.as_slice());
    while start < end {
        let rest = Span::new(start, end).of(text);
        let length = rest.find('\n').unwrap_or(rest.len());
        let content = rest.get(..length).unwrap_or_default().trim_end_matches('\r');
        let span = Span::new(start, start + content.len() as u32);
        let kind = if starts_at(&mut comments, start) {
            Kind::Comment
        } else if starts_at(&mut blanks, start) {
            Kind::Blank
        } else {
            Kind::Text
        };
        let passed = gaps.partition_point(|gap| gap.span.end < start);
        gaps = gaps.get(passed..).unwrap_or_default();
        let passed = keywords.partition_point(|(place, _)| place.start < start);
        keywords = keywords.get(passed..).unwrap_or_default();
        let indent = content.len() - content.trim_start_matches(BLANKS).len();
        let first = start + indent as u32;
        let mut found = Line {
            span,
            kind,
            indent: None,
            content: String::new(),
            place: span,
            continues: false,
        };
        match kind {
            Kind::Text => {
                let is_last = span.end >= line.head.end;
                if gaps.first().is_some_and(|gap| gap.span.start < start && gap.span.end == first) {
                    found.indent = content.get(..indent).map(width);
                    found.place.start = first;
                }
                found.place.end = last_letter(text, span, escape, is_last);
                let at = gaps.partition_point(|gap| gap.span.start < found.place.end);
                let after = gaps.get(at).filter(|gap| gap.span.start == found.place.end);
                found.continues = !is_last && after.is_some_and(|gap| gap.span.end > span.end);
                if !found.continues && !is_last {
                    found.place.end = start + content.trim_end_matches(BLANKS).len() as u32;
                }
                found.content = content_of(text, found.place, gaps, keywords);
            }
            Kind::Comment | Kind::Blank => {
                found.place.start = first;
                found.content = content.trim_matches(TRAILING).to_owned();
            }
        }
        lines.push(found);
        start += length as u32 + 1;
    }
    lines
}

/// Whether the first of `spans` starts at `start`; it is then taken from them.
fn starts_at(spans: &mut &[Span], start: u32) -> bool {
    let found = spans.first().is_some_and(|span| span.start == start);
    if found {
        *spans = spans.get(1..).unwrap_or_default();
    }
    found
}

fn width(indent: &str) -> usize {
    indent.bytes().map(|byte| if byte == b'\t' { TAB } else { 1 }).sum()
}

/// Where the text of a line ends, without blanks and continuation character.
fn last_letter(text: &str, span: Span, escape: char, is_last: bool) -> u32 {
    let content = span.of(text);
    let trimmed = content.trim_end_matches(BLANKS);
    let kept = if is_last {
        let trimmed = content.trim_end_matches(TRAILING);
        // Without the blanks behind it, an escape character would continue the line.
        if trimmed.ends_with(escape) { content } else { trimmed }
    } else {
        trimmed.strip_suffix(escape).unwrap_or(trimmed).trim_end_matches(BLANKS)
    };
    span.start + kept.len() as u32
}

/// The text of `place` with its keywords and gaps as they should be.
fn content_of(text: &str, place: Span, gaps: &[Gap], keywords: &[(Span, String)]) -> String {
    let inside = |span: Span| place.contains(span) && !span.of(text).contains(|ch| !is_blank(ch));
    let gaps = gaps.iter().take_while(|gap| gap.span.start < place.end);
    let gaps = gaps.filter(|gap| inside(gap.span));
    let mut changes: Vec<(Span, &str)> =
        gaps.map(|gap| (gap.span, if gap.blank { " " } else { "" })).collect();
    let keywords = keywords.iter().take_while(|(span, _)| span.end <= place.end);
    changes.extend(keywords.map(|(span, word)| (*span, word.as_str())));
    order::by_span(&mut changes, |(span, _)| *span);
    let mut out = String::new();
    let mut position = place.start;
    for (span, new) in changes {
        out.push_str(Span::new(position, span.start).of(text));
        out.push_str(new);
        position = span.end;
    }
    out.push_str(Span::new(position, place.end).of(text));
    out
}

const fn is_blank(ch: char) -> bool {
    matches!(ch, ' ' | '\t')
}

/// Puts `&&` and `||` where most of them stand: before the line's end or at the start of the next.
fn join_alike(lines: &mut [Line], shell: u32) {
    let joints: Vec<(usize, usize)> = {
        let texts = lines.iter().enumerate().filter(|(_, line)| line.kind == Kind::Text);
        let texts: Vec<usize> = texts.map(|(index, _)| index).collect();
        texts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect()
    };
    let mut found = Vec::new();
    let mut leading = 0;
    for (first, second) in joints {
        let (Some(above), Some(below)) = (lines.get(first), lines.get(second)) else { continue };
        if !above.continues || below.indent.is_none() || above.place.end <= shell {
            continue;
        }
        let ends = OPERATORS.into_iter().find(|word| {
            above.content.strip_suffix(word).is_some_and(|rest| !rest.ends_with(['\\', '&', '|']))
        });
        let starts = OPERATORS.into_iter().find(|word| below.content.starts_with(word));
        let alone = |line: &Line| OPERATORS.contains(&line.content.as_str());
        if alone(above) || alone(below) || ends.is_some() == starts.is_some() {
            continue;
        }
        leading += i32::from(starts.is_some()) * 2 - 1;
        found.push((first, second, ends.is_none(), ends.or(starts).unwrap_or_default()));
    }
    let first_leads = found.first().is_some_and(|(_, _, leads, _)| *leads);
    let leads = leading > 0 || (leading == 0 && first_leads);
    for (first, second, is_leading, operator) in found {
        if is_leading == leads {
            continue;
        }
        if let Some(above) = lines.get_mut(first) {
            let text = above.content.strip_suffix(operator).unwrap_or(&above.content);
            let text = text.trim_end_matches(BLANKS);
            above.content = if leads { text.to_owned() } else { format!("{text} {operator}") };
        }
        if let Some(below) = lines.get_mut(second) {
            let text = below.content.strip_prefix(operator).unwrap_or(&below.content);
            let text = text.trim_start_matches(BLANKS);
            below.content = if leads { format!("{operator} {text}") } else { text.to_owned() };
        }
    }
}

/// The level of indent of each line that may have another. Only a text for a shell has more than
/// one: a line that is further in than the one above is one level deeper, and a blank more or less
/// does not count.
fn levels(lines: &[Line], shell: u32, indent: Indent) -> Vec<Option<usize>> {
    let slack = usize::from(indent != Indent::Blanks(1));
    let width = |line: &Line| line.indent.filter(|_| line.place.start > shell);
    let mut open: Vec<usize> = lines.iter().filter_map(width).min().into_iter().collect();
    let level = |line: &Line| {
        let Some(width) = width(line) else { return line.indent.map(|_| 1) };
        while open.len() > 1 && open.last().is_some_and(|outer| *outer > width) {
            open.pop();
        }
        if open.last().is_some_and(|outer| width > outer + slack) {
            open.push(width);
        }
        Some(open.len())
    };
    lines.iter().map(level).collect()
}

/// The edit that makes `new` of what stands at `span`; only the part that differs.
fn change(text: &str, span: Span, new: &str) -> Option<Edit> {
    let old = span.of(text);
    let same = |(a, b): &(char, char)| a == b;
    let length = |(ch, _): (char, char)| ch.len_utf8();
    let head: usize = old.chars().zip(new.chars()).take_while(same).map(length).sum();
    let (old, new) = (old.get(head..)?, new.get(head..)?);
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(length).sum();
    let new = new.get(..new.len() - tail)?;
    let span = Span::new(span.start + head as u32, span.end - tail as u32);
    (!span.is_empty() || !new.is_empty()).then(|| Edit::replace(span, new))
}
