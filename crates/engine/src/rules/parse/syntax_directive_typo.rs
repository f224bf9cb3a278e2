//! Misspelled parser directives on top of the file.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;
use crate::suggest::nearest;
use crate::syntax::{Directive, ItemKind};

pub const RULE: Rule = Rule {
    name: "syntax-directive-typo",
    aliases: &["tally:syntax-directive-typo"],
    area: Area::Parse,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (text, tree) = (cx.text, cx.tree);
    for item in &tree.items {
        let ItemKind::Directive(directive) = &item.kind else { break };
        if directive.name == "syntax" {
            frontend(directive, cx);
        }
    }
    let Some(directive) = cx.below_directives(&['=', ':']) else { return };
    let name = directive.name_span.of(text);
    let Some(meant) = nearest(name, Directive::NAMES) else { return };
    let line = format!("# {meant}={}", directive.value);
    let right = meant == directive.name;
    let colon = right && !directive.span.of(text).contains('=') && directive.value.contains('/');
    // A remark such as `# checks: ...` is none, nor is `#checkov:skip=...`, which Checkov reads.
    let between = Span::new(directive.name_span.end, directive.value_span.start).of(text);
    let typo = !right && between.contains('=') && !directive.value.contains(' ');
    if directive.value.is_empty() || !(colon || typo) {
        return;
    }
    let message = format!("this is only a comment; `{line}` would be a directive");
    cx.report(directive.span, message).unsafe_fix(
        format!("Write `{line}`, if that is what you mean"),
        vec![Edit::replace(directive.span, line)],
    );
}

/// The image of Docker's own frontend, nearly.
fn frontend(directive: &Directive, cx: &mut Context<'_, '_>) {
    const FRONTENDS: [&str; 2] = ["docker/dockerfile", "docker/dockerfile-upstream"];
    let value = directive.value.strip_prefix("docker.io/").unwrap_or(&directive.value);
    let name = value.split([':', '@']).next().unwrap_or_default();
    if FRONTENDS.contains(&name) {
        return;
    }
    let Some(meant) = nearest(name, FRONTENDS) else { return };
    let start = directive.value_span.end - value.len() as u32;
    let span = Span::new(start, start + name.len() as u32);
    let message = format!("there is no frontend `{name}`; did you mean `{meant}`?");
    cx.report(span, message).unsafe_fix(
        format!("Write `{meant}`, if that is what you mean"),
        vec![Edit::replace(span, meant)],
    );
}
