//! Variables in the exec form, which nobody expands.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::is_shell;
use crate::syntax::{Body, CommandLine, Keyword, instruction::Healthcheck};

pub const RULE: Rule = Rule {
    name: "exec-form-variable",
    aliases: &[],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Cmd, Keyword::Entrypoint, Keyword::Healthcheck], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let (Body::Cmd(command)
    | Body::Entrypoint(command)
    | Body::Healthcheck(Healthcheck::Command(command))) = site.step.body()
    else {
        return;
    };
    let CommandLine::Exec(words, _) = command else { return };
    // CMD may be what an ENTRYPOINT hands to a shell.
    let entrypoint = site.stage.and_then(|stage| cx.image(stage)?.entrypoint.as_ref());
    let own = site.step.keyword() != Keyword::Cmd || entrypoint.is_none();
    if !own || words.iter().any(|word| is_shell(&word.text) || word.text.contains([' ', '\n'])) {
        return;
    }
    for word in words {
        if let Some(name) = variable(&word.text) {
            let message = format!("no shell reads the exec form, so `{name}` stays as it is");
            cx.report(word.span, message);
        }
    }
}

/// A word that is one variable in capitals, or a flag with one as its value.
fn variable(text: &str) -> Option<&str> {
    let text = text.rsplit('=').next()?;
    let name = text.strip_prefix('$')?;
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    let capitals = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    (capitals && name.starts_with(|first: char| first.is_ascii_uppercase())).then_some(text)
}
