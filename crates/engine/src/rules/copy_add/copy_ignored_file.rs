//! Sources that `.dockerignore` keeps out of the build context.

use crate::diagnostic::{Level, Spoils};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "copy-ignored-file",
    aliases: &["buildkit:CopyIgnoredFile", "droast:DF077"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(
        Spoils::Build,
        &Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
    ),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return };
    // An exception may take files of an excluded folder back, and which files there are nobody knows.
    let Some(ignore) = cx.ignore.filter(|ignore| !ignore.has_exceptions()) else { return };
    if statement.flag("from").is_some() {
        return;
    }
    for source in &copy.sources {
        let Some(path) = site.step.text(source) else { continue };
        if path.contains("://") {
            continue;
        }
        if let Some(pattern) = ignore.excludes(path) {
            let message = format!(
                "`{path}` is not in the build context: .dockerignore excludes `{}`",
                pattern.text
            );
            // A pattern that matches other files as well is no failure.
            let literal = !path.contains(['*', '?', '[']);
            cx.report(source.span, message).spoils(literal.then_some(Spoils::Build));
        }
    }
}
