//! Wildcards that take any file.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, base_name};

pub const RULE: Rule = Rule {
    name: "wildcard-copy",
    aliases: &["devblac:DL5001"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return };
    for source in &copy.sources {
        // `package*.json` says what it wants; `*` and `*.conf` take what comes along.
        let is_open = site.step.text(source).is_some_and(|path| base_name(path).starts_with('*'));
        if is_open && !source.is_whole_context() {
            let message = format!("`{}` also takes files that are added later", source.text);
            cx.report(source.span, message);
        }
    }
}
