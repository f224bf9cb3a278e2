//! Tokens written into the settings of Git.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, ShellWord};
use crate::source::Span;
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "git-token",
    aliases: &[],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let step = site.step;
    let script = &step.script;
    for command in &script.commands {
        let Some((place, word)) = credentials(command) else { continue };
        if script.commands.iter().any(cleans) {
            return;
        }
        let secret = step.mounts().any(|mount| mount.kind() == "secret");
        let in_file = word.text.contains("$(");
        let message = match (secret || in_file, site.stage.is_some_and(|stage| stage.shipped)) {
            (true, false) => continue,
            (true, true) => "this writes the token into a file of the image that ships",
            (false, true) => {
                "the token stays in a file of the image that ships, and in its history"
            }
            (false, false) => "the token stays in the build cache and in the record of the build",
        };
        cx.report(place, message);
    }
}

/// The word that puts a password or a token into `.gitconfig` or `.netrc`.
fn credentials(command: &Command) -> Option<(Span, &ShellWord)> {
    if command.unwrapped_program() == "git" && command.has("config") {
        let word = command.arguments().iter().find(|word| {
            let Some((_, rest)) = word.text.split_once("://") else { return false };
            word.text.starts_with("url.") && has_password(rest)
        })?;
        return Some((word.span, word));
    }
    let written = command.redirects.iter().any(|redirect| {
        let file = redirect.target.text.rsplit('/').next();
        redirect.operator.starts_with('>') && matches!(file, Some(".netrc" | ".git-credentials"))
    });
    let word = command.arguments().iter().find(|word| !word.literal).filter(|_| written)?;
    Some((word.span, word))
}

/// Whether something stands before the `@` of an address that is more than the name `git`.
fn has_password(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    host.rsplit_once('@').is_some_and(|(user, _)| !matches!(user, "git" | "oauth2" | ""))
}

/// Whether the same script takes the token away again.
fn cleans(command: &Command) -> bool {
    let named =
        |text: &str| [".gitconfig", ".netrc", ".git-credentials"].iter().any(|f| text.ends_with(f));
    let removes = command.program() == "rm" && command.arguments().iter().any(|w| named(&w.text));
    let unsets =
        ["--unset", "--unset-all", "--remove-section"].iter().any(|flag| command.has(flag));
    removes || (command.program() == "git" && unsets)
}
