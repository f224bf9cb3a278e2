//! RUN without the sandbox.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "insecure-sandbox",
    aliases: &["sonar:S6502"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(flag) = site.step.run().and_then(|run| run.flag("security")) else { return };
    if flag.text == "--security=insecure" {
        let edit = cx.removal(flag);
        cx.report(flag.span, "this RUN has the rights of root on the machine that builds")
            .unsafe_fix("Keep the sandbox, which not every program can do with", vec![edit]);
    }
}
