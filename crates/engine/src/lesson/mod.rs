//! Lessons: a Dockerfile to begin with, a task, and conditions that a solution meets.

mod front;
mod judge;
mod parse;
mod prose;

pub use judge::{Stand, is_built, judge, settings};
pub use parse::{Goal, Lesson, Message, Prose, VERDICTS, parse};
pub use prose::{Node, render};

use crate::syntax::json_string;

/// A lesson as the page reads it. `title`, `summary`, `minutes`, `chapter`, `goals` (a list of
/// `[kind, value]`), `blocks` of the task, `hints` with a title and blocks each, `start` and
/// `solution`; where the file is damaged, only `messages` (a list of `[line, text]`).
pub fn to_json(text: &str, is_rule: &dyn Fn(&str) -> bool) -> Result<String, Vec<Message>> {
    let lesson = parse(text, is_rule)?;
    let mut messages = Vec::new();
    let mut prose = |prose: &Prose| {
        let blocks = render(prose, &mut messages);
        let blocks = list(blocks.iter().map(Node::to_json));
        format!("{{\"title\":{},\"blocks\":{blocks}}}", json_string(&prose.title))
    };
    let task = prose(&Prose { title: lesson.title.clone(), ..lesson.task.clone() });
    let hints = list(lesson.hints.iter().map(prose));
    if !messages.is_empty() {
        return Err(messages);
    }
    let goals = lesson.goals.iter().map(|goal| {
        let (kind, value) = goal.parts();
        format!("[{},{}]", json_string(kind), json_string(&value))
    });
    Ok(format!(
        "{{\"summary\":{},\"minutes\":{},\"chapter\":{},\"goals\":{},\"task\":{task},\"hints\":{hints},\
         \"start\":{},\"solution\":{}}}",
        json_string(&lesson.summary),
        lesson.minutes,
        json_string(lesson.chapter.as_deref().unwrap_or_default()),
        list(goals),
        json_string(&lesson.start),
        json_string(&lesson.solution),
    ))
}

/// What is wrong with a lesson, as the page reads it: a list of `[line, text]`.
pub fn messages_json(messages: &[Message]) -> String {
    let one = |message: &Message| format!("[{},{}]", message.line, json_string(&message.text));
    format!("{{\"messages\":{}}}", list(messages.iter().map(one)))
}

fn list(elements: impl Iterator<Item = String>) -> String {
    format!("[{}]", elements.collect::<Vec<_>>().join(","))
}
