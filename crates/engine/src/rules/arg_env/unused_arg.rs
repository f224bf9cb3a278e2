//! An ARG before FROM that nothing uses.

use crate::diagnostic::Level;
use crate::model::Step;
use crate::model::scope::PLATFORM_ARGS;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "unused-arg",
    aliases: &[],
    area: Area::ArgEnv,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    if model.stages.is_empty() || model.fragment {
        return;
    }
    let mut used: HashSet<&str> = HashSet::new();
    for (stage, step) in model.steps() {
        let expansion = &step.expansion;
        if step.keyword() == Keyword::From || stage.is_none() {
            used.extend(expansion.uses.iter().map(|variable| variable.name.as_str()));
        } else {
            let hidden = expansion.undefined.iter().chain(&expansion.hidden);
            used.extend(hidden.map(|variable| variable.name.as_str()));
            used.extend(step.names().map(|name| name.text.as_str()));
        }
    }
    for name in model.globals.iter().flat_map(Step::names) {
        let text = name.text.as_str();
        let special = PLATFORM_ARGS.contains(&text)
            || SPECIAL.contains(&text)
            || text.starts_with("BUILDKIT_")
            || text.to_ascii_lowercase().ends_with("_proxy");
        if !special && !used.contains(text) {
            let message = format!("neither FROM nor a stage uses `{text}`");
            cx.report(name.span, message);
        }
    }
}

/// Arguments that BuildKit itself looks at.
const SPECIAL: [&str; 1] = ["SOURCE_DATE_EPOCH"];
