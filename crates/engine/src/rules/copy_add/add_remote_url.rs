//! ADD of a URL without a checksum.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Origin};

pub const RULE: Rule = Rule {
    name: "add-remote-url",
    aliases: &["devblac:DL4003", "dockopt:GEN004"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let Body::Add(copy) = &statement.body else { return };
    if statement.flag("checksum").is_some() {
        return;
    }
    for source in &copy.sources {
        let text = site.step.text(source).unwrap_or(source.bare());
        if Origin::of(text) == Origin::Http {
            let message = "whoever controls this address decides what is in the image";
            cx.report(source.span, message);
        }
    }
}
