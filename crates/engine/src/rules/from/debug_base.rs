//! A base image for looking around, in the image that ships.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Stage};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "debug-base",
    aliases: &[],
    area: Area::From,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Base::Image(image) = &stage.base else { return };
    let tag = image.tag.as_deref().unwrap_or_default();
    let mut words = tag.split('-');
    let debug = words.any(|word| word == "debug");
    if !debug || !image.text.contains("distroless") || !stage.shipped || stage.is_for_development()
    {
        return;
    }
    let last = cx.model.final_stage();
    if last.is_none_or(|last| last.is_for_development()) {
        return;
    }
    let message = "`debug` adds a shell and the tools of BusyBox to the image that ships";
    let word = stage.base_span();
    let rest: Vec<&str> = tag.split('-').filter(|word| *word != "debug").collect();
    let rest = if rest.is_empty() { "latest".to_owned() } else { rest.join("-") };
    let at = word.of(cx.text).rfind(tag).map(|at| word.start + at as u32);
    // Without the shell, what runs one fails.
    let runs = stage.steps_of(crate::syntax::Keyword::Run).next().is_some();
    let place = at.map(|start| Span::new(start, start + tag.len() as u32));
    let found = cx.report(place.unwrap_or(word), message);
    if let Some(place) = place.filter(|_| !runs) {
        found.unsafe_fix(format!("Take `{rest}`"), vec![Edit::replace(place, rest)]);
    }
}
