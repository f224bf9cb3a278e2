//! An ARG before FROM, used in a stage that does not declare it.

use crate::diagnostic::{Edit, Level};
use crate::model::Stage;
use crate::model::scope::PLATFORM_ARGS;
use crate::rules::{Area, Check, Context, Rule};
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "global-arg-out-of-scope",
    aliases: &["sonar:S6579"],
    area: Area::ArgEnv,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let mut seen: HashSet<&str> = HashSet::new();
    for step in &stage.steps {
        let expansion = &step.expansion;
        let uses = expansion.undefined.iter().chain(&expansion.hidden);
        let uses = uses.filter(|variable| variable.global && !variable.has_fallback);
        // One ARG at the first use serves the others too.
        let first: Vec<_> = uses.filter(|variable| seen.insert(&variable.name)).collect();
        let mut names: Vec<&str> = first.iter().map(|variable| variable.name.as_str()).collect();
        for variable in &first {
            let name = variable.name.as_str();
            let message = if PLATFORM_ARGS.contains(&name) {
                format!("`${name}` is empty in a stage without `ARG {name}`")
            } else {
                format!("`${name}` is declared for FROM only, and this stage has no `ARG {name}`")
            };
            let place = step.instruction.span();
            let end = if cx.extent(place).of(cx.text).contains('\r') { "\r\n" } else { "\n" };
            let found = cx.report(variable.span, message);
            // One fix for all names of the instruction.
            if !names.is_empty() {
                let names = std::mem::take(&mut names).join(" ");
                let edit = Edit::insert(place.start, format!("ARG {names}{end}"));
                found.unsafe_fix(format!("Insert `ARG {names}`"), vec![edit]);
            }
        }
    }
}
