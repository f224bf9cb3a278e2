//! How the text is laid out: the blanks between the words of an instruction, and at the ends of lines.

use super::instruction::{Copy, KeyValue};
use super::{Body, Dockerfile, Instruction, ItemKind, Statement, Word};
use crate::order;
use crate::shell::Script;
use crate::source::{LineIndex, Span};

/// A blank, or what stands between blanks and the end of a line of Windows.
const fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// Blanks at the ends of lines that mean nothing: all but those in heredocs.
pub fn trailing_blanks(text: &str, lines: &LineIndex, tree: &Dockerfile) -> Vec<Span> {
    let mut found = Vec::new();
    // Most texts have none, which is told without looking at the tree.
    let last = text.as_bytes().last().into_iter();
    if !last.chain(lines.last_bytes(text)).any(is_blank) {
        return found;
    }
    for item in &tree.items {
        let mut end = item.extent.end;
        if let ItemKind::Instruction(instruction) = &item.kind
            && !instruction.line.heredocs.is_empty()
        {
            end = instruction.line.head.end;
        }
        let mut at = item.extent.start;
        for line in Span::new(at, end).of(text).split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let kept = content.trim_end_matches([' ', '\t']).len() as u32;
            if kept < content.len() as u32 {
                found.push(Span::new(at + kept, at + content.len() as u32));
            }
            at += line.len() as u32;
        }
    }
    found
}

/// The gaps of more than one byte between neighbouring words of an instruction, in the order of the
/// text, where the words are known one by one: not inside of old key-value pairs and the like.
///
/// They are added to `gaps`; `words` is room to work in, which whoever asks for many instructions keeps.
pub fn wide_gaps(
    instruction: &Instruction,
    script: &Script,
    words: &mut Vec<Span>,
    gaps: &mut Vec<Span>,
) {
    words.clear();
    add_statement(&instruction.statement, words);
    add_between(words, gaps);
    for command in &script.commands {
        words.clear();
        words.extend(command.assignments.iter().chain(&command.words).map(|word| word.span));
        words.extend(command.redirects.iter().map(|redirect| redirect.target.span));
        add_between(words, gaps);
    }
}

fn add_between(words: &mut [Span], gaps: &mut Vec<Span>) {
    order::by_span(words, |word| *word);
    let pairs = words.iter().zip(words.iter().skip(1));
    let between = pairs.map(|(one, next)| Span::new(one.end, next.start));
    gaps.extend(between.filter(|gap| gap.len() > 1));
}

fn add_statement(statement: &Statement, words: &mut Vec<Span>) {
    words.push(statement.keyword_word.span);
    words.extend(statement.flags.iter().map(|flag| flag.span));
    let mut add = |list: &[Word]| words.extend(list.iter().map(|word| word.span));
    match &statement.body {
        Body::Onbuild(trigger) => add_statement(trigger, words),
        Body::From(view) => {
            add(std::slice::from_ref(&view.image));
            words.extend(view.as_word.iter().chain(&view.name).map(|word| word.span));
        }
        Body::Copy(Copy { json: false, sources, heredocs, destination })
        | Body::Add(Copy { json: false, sources, heredocs, destination }) => {
            add(sources);
            add(heredocs);
            words.push(destination.span);
        }
        Body::Env(pairs) | Body::Label(pairs) => {
            for KeyValue { key, value, legacy } in pairs {
                match legacy {
                    true => words.extend([key.span, value.span]),
                    false => words.push(key.span.cover(value.span)),
                }
            }
        }
        Body::Arg(declarations) => words.extend(declarations.iter().map(|declaration| {
            let value = declaration.default.as_ref().map(|value| value.span);
            declaration.name.span.cover(value.unwrap_or(declaration.name.span))
        })),
        Body::Expose(ports) => add(ports),
        _ => words.push(statement.arguments.span),
    }
}
