//! ENV that refers to what the same ENV sets.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "env-self-reference",
    aliases: &["hadolint:DL3044", "droast:DF062"],
    area: Area::ArgEnv,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // Names that an ARG or ENV further up mentions, in whatever stage: as far as hadolint looks.
    let mut seen: HashSet<&str> = HashSet::new();
    for (_, step) in model.steps() {
        for variable in &step.expansion.set_beside {
            let name = variable.name.as_str();
            // hadolint sees `$x` and `${x}`, nothing with a modifier.
            let is_plain = variable.span.len() as usize <= name.len() + "${}".len();
            let silent = match cx.follows(RuleSet::Hadolint) {
                true => !is_plain || seen.contains(name),
                // Every image has a PATH, and to mean that one is common.
                false => variable.defined && (name == "PATH" || seen.contains(name)),
            };
            if !silent {
                let message = format!("`${name}` is not yet what this same ENV sets it to");
                cx.report(variable.span, message);
            }
        }
        seen.extend(step.names().map(|name| name.text.trim_matches(['"', '\''])));
    }
}
