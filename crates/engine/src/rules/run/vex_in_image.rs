//! VEX documents inside of the image.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "vex-in-image",
    aliases: &["tally:prefer-vex-attestation"],
    area: Area::Run,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let (Body::Copy(copy) | Body::Add(copy)) = site.step.body() else { return };
    if !site.stage.is_some_and(|stage| stage.shipped) {
        return;
    }
    for source in &copy.sources {
        let name = source.text.rsplit('/').next().unwrap_or_default();
        let vex = ["vex.json", "openvex.json", "vex.cdx.json", "vex.xml"];
        if vex.iter().any(|ending| name.ends_with(ending)) {
            let message =
                "a VEX document in the image is found by nobody, and is old with the image";
            cx.report(source.span, message);
        }
    }
}
