//! `--from` with the stage's own name or number.

use crate::diagnostic::Level;
use crate::model::{Stage, UseKind, UseTarget};
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "copy-from-self",
    aliases: &[
        "hadolint:DL3023",
        "tally:hadolint/DL3023",
        "trivy:DS-0006",
        "kics:CopyFromCurrentAlias",
        "droast:DF050",
    ],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let name = stage.from_view().and_then(|view| view.name.as_ref());
    for used in stage.uses.iter().filter(|used| used.target == UseTarget::Itself) {
        let message = format!("`{}` is this stage itself, which is not finished yet", used.text);
        // hadolint reads names only, and letter for letter.
        let same = name.is_some_and(|name| name.text == used.span.of(cx.text));
        let found = cx.report(used.span, message);
        if !same || used.kind != UseKind::Copy {
            found.codes(&[]);
        }
    }
}
