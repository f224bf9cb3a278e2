//! Sources that lie outside of the build context.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Origin};

pub const RULE: Rule = Rule {
    name: "source-outside-context",
    aliases: &["dockerfilelint:add_src_invalid"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy) | Body::Add(copy)) = &statement.body else { return };
    if statement.flag("from").is_some() {
        return;
    }
    for source in &copy.sources {
        let Some(path) = site.step.text(source) else { continue };
        if Origin::of(path) != Origin::Files {
            continue;
        }
        if path.starts_with("~/") {
            let message = "`~` is not expanded here, and means a folder of that name";
            cx.report(source.span, message);
        } else if let Some(inside) = climbs(path) {
            let shown = if inside.is_empty() { "." } else { inside };
            let message = format!(
                "`{path}` lies outside of the build context, so BuildKit takes `{shown}` inside of it"
            );
            let found = cx.report(source.span, message);
            if path == source.text && !copy.json {
                let title = format!("Write `{shown}`, which is what is copied now");
                found.unsafe_fix(title, vec![Edit::replace(source.span, shown)]);
            }
        }
    }
}

/// What is left of a path that starts with more `..` than there are folders to leave.
fn climbs(path: &str) -> Option<&str> {
    let mut rest = path.trim_start_matches('/');
    let mut outside = false;
    loop {
        let (first, behind) = rest.split_once('/').unwrap_or((rest, ""));
        match first {
            ".." => outside = true,
            "." | "" if !rest.is_empty() => {}
            _ => return outside.then_some(rest),
        }
        rest = behind;
    }
}
