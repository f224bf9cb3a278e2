//! Comments that say that work is left.

use crate::bytes;
use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "todo-comment",
    aliases: &["sonar:S1135"],
    area: Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    const MARKS: [&str; 3] = ["TODO", "FIXME", "XXX"];
    let tree = cx.tree;
    for comment in tree.comments(cx.text) {
        let text = comment.of(cx.text);
        // One of these is in each of them, and in few other comments.
        let may_have_one = bytes::contains(text, b'X') || bytes::contains(text, b'O');
        if !may_have_one || !MARKS.iter().any(|mark| text.contains(mark)) {
            continue;
        }
        let letter = |ch: char| ch.is_alphanumeric() || ch == '_';
        let mut words = text.split(|ch| !letter(ch));
        if let Some(word) = words.find(|word| MARKS.contains(word)) {
            let start = comment.start + (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
            let span = Span::new(start, start + word.len() as u32);
            cx.report(span, format!("this comment says `{word}`, so something is left to do"));
        }
    }
}
