//! RUN in the network of the host.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "host-network",
    aliases: &["sonar:S6431"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(flag) = site.step.run().and_then(|run| run.flag("network")) else { return };
    if flag.text == "--network=host" {
        let edit = cx.removal(flag);
        cx.report(flag.span, "this RUN reaches every service of the machine that builds")
            .unsafe_fix("Use the network of the build, which does not see them", vec![edit]);
    }
}
