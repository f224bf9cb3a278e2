//! Stage names with capital letters.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, UseTarget};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::suggest::lower;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "stage-casing",
    aliases: &["buildkit:StageNameCasing"],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let mut names: HashMap<&str, usize> = HashMap::new();
    let mut uses: HashMap<usize, Vec<Span>> = HashMap::new();
    for stage in &model.stages {
        // FROM finds a stage only under its name in lower case; as written it names an image.
        if let (Base::Image(image), Some(index)) = (&stage.base, names.get(stage.base_text()))
            && image.tag.is_none()
        {
            uses.entry(*index).or_default().push(stage.base_span());
        }
        if let Some(name) = stage.from_view().and_then(|view| view.name.as_ref()) {
            names.insert(&name.text, stage.index);
        }
        for used in &stage.uses {
            if let UseTarget::Stage(index) = used.target
                && used.text.chars().any(char::is_uppercase)
            {
                uses.entry(index).or_default().push(used.span);
            }
        }
    }
    for stage in &model.stages {
        let Some(word) = stage.from_view().and_then(|view| view.name.as_ref()) else { continue };
        let lower = lower(&word.text);
        if lower == word.text {
            continue;
        }
        let message = format!("the stage name `{}` has capital letters", word.text);
        let places =
            std::iter::once(word.span).chain(uses.remove(&stage.index).unwrap_or_default());
        let edits = places.map(|span| Edit::replace(span, lower.as_str())).collect();
        cx.report(word.span, message).safe_fix(format!("Call it `{lower}` everywhere"), edits);
    }
}
