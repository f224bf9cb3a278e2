//! Secrets that everybody in the build can read.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Keyword, Mount};

pub const RULE: Rule = Rule {
    name: "mount-world-permission",
    aliases: &["sonar:S6469"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(run) = site.step.run() else { return };
    for flag in &run.flags {
        let Some(mount) = Mount::of(flag) else { continue };
        let Some((mode, range)) = mount.get("mode").zip(mount.range("mode")) else { continue };
        let octal = mode.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
        let open = octal && !mode.ends_with('0');
        let Some(value) = flag.value.as_ref().filter(|_| open) else { continue };
        if matches!(mount.kind(), "secret" | "ssh") {
            let place = value.part(&site.step.instruction.line, &range);
            let what = mount.kind();
            let message =
                format!("with mode `{mode}`, every user of the build can use this {what}");
            let edit = Edit::replace(place, "0400");
            cx.report(place, message).unsafe_fix("Let only the owner read it", vec![edit]);
        }
    }
}
