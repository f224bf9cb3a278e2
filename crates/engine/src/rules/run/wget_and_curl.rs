//! Both wget and curl in one stage.

use crate::diagnostic::Level;
use crate::model::{Stage, Step};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Command;
use crate::source::Span;
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "wget-and-curl",
    aliases: &["hadolint:DL4001", "trivy:DS-0014", "kics:RunWgetAndCurl", "droast:DF058"],
    area: Area::Run,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

const TOOLS: [&str; 2] = ["curl", "wget"];

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let hadolint = cx.follows(RuleSet::Hadolint);
    // What a trigger does is done in another image.
    for keyword in [Keyword::Run, Keyword::Onbuild] {
        let mut seen: [Option<Span>; 2] = [None, None];
        let mut reported = false;
        for step in stage.steps_of(keyword).filter(|step| step.run().is_some()) {
            let used = TOOLS.map(|tool| first_use(step, tool, hadolint));
            for (seen, used) in seen.iter_mut().zip(used) {
                *seen = seen.or(used);
            }
            let ([Some(curl), Some(wget)], [Some(place), _] | [_, Some(place)]) = (seen, used)
            else {
                continue;
            };
            if reported && !hadolint {
                continue;
            }
            reported = true;
            let (place, other) = match used {
                [Some(curl), Some(wget)] => (curl.max(wget), curl.min(wget)),
                _ => (place, if place == curl || used[0].is_some() { wget } else { curl }),
            };
            let (name, first) = (place.of(cx.text), other.of(cx.text));
            let message = format!("`{name}` fetches what `{first}` could, and this stage has both");
            cx.report(place, message).related(other, "the other one");
        }
    }
}

fn first_use(step: &Step<'_>, tool: &str, as_written: bool) -> Option<Span> {
    let is_tool = |command: &&Command| {
        let name = if as_written { command.program_path() } else { command.unwrapped_program() };
        name == tool
    };
    let command = step.script.commands.iter().find(is_tool)?;
    let words = if as_written { &command.words } else { command.unwrapped() };
    words.first().map(|word| word.span)
}
