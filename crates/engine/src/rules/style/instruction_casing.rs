//! Instructions in another case than most of the file.

use crate::diagnostic::{Edit, Level};
use crate::model::Step;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "instruction-casing",
    aliases: &[
        "buildkit:ConsistentInstructionCasing",
        "dockadvisor:ConsistentInstructionCasing",
        "droast:DF076",
        "sonar:S6476",
        "dockerfilelint:uppercase_commands",
        "dockerfile-utils:CASING_INSTRUCTION",
    ],
    area: Area::Style,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let counted = || model.steps().filter(|(stage, _)| stage.is_some()).map(|(_, step)| step);
    let case = |step: &Step<'_>| Case::of(&step.instruction.statement.keyword_word.text);
    let (mut lower, mut upper) = (0, 0);
    for step in counted() {
        match case(step) {
            Case::Lower => lower += 1,
            Case::Upper => upper += 1,
            Case::Mixed => {}
        }
    }
    let wanted = if lower > upper { Case::Lower } else { Case::Upper };
    for step in counted().filter(|step| case(step) != wanted) {
        let word = &step.instruction.statement.keyword_word;
        // A keyword that nobody wrote, or that is none.
        if word.text.is_empty() || step.keyword() == Keyword::Unknown {
            continue;
        }
        let (name, meant) = match wanted {
            Case::Lower => ("small", word.text.to_ascii_lowercase()),
            _ => ("capital", word.text.to_ascii_uppercase()),
        };
        let message =
            format!("`{}` is not in {name} letters like most instructions here", word.text);
        cx.report(word.span, message)
            .safe_fix(format!("Write `{meant}`"), vec![Edit::replace(word.span, meant)]);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
    Mixed,
}

impl Case {
    fn of(word: &str) -> Self {
        if !word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Self::Lower;
        }
        if word.bytes().any(|byte| byte.is_ascii_lowercase()) { Self::Mixed } else { Self::Upper }
    }
}
