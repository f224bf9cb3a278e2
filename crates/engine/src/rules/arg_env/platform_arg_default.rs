//! A default for an ARG that BuildKit sets.

use crate::diagnostic::{Edit, Level};
use crate::model::scope::PLATFORM_ARGS;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "platform-arg-default",
    aliases: &[],
    area: Area::ArgEnv,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Arg], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Arg(declarations) = site.step.body() else { return };
    for declaration in declarations {
        let name = &declaration.name;
        let Some(default) = &declaration.default else { continue };
        if PLATFORM_ARGS.contains(&name.text.as_str()) && !default.text.contains('$') {
            let message =
                format!("the default of `{name}` wins over what BuildKit sets", name = name.text);
            let edit = Edit::delete(Span::new(name.span.end, default.span.end));
            let title = "Remove the default, so that the platform is the one asked for";
            cx.report(default.span, message).unsafe_fix(title, vec![edit]);
        }
    }
}
