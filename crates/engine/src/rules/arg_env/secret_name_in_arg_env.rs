//! Names of ARG and ENV that promise a secret.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Statement, Word};

pub const RULE: Rule = Rule {
    name: "secret-name-in-arg-env",
    aliases: &["hadolint:DL3064", "buildkit:SecretsUsedInArgOrEnv"],
    area: Area::ArgEnv,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Arg, Keyword::Env, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let built = site.stage.is_some_and(|stage| stage.reachable);
    match &statement.body {
        Body::Onbuild(trigger) => check_statement(trigger, site, false, cx),
        _ => check_statement(statement, site, built, cx),
    }
}

/// `built` is whether BuildKit itself would look at it.
fn check_statement(
    statement: &Statement,
    site: &Site<'_, '_>,
    built: bool,
    cx: &mut Context<'_, '_>,
) {
    match &statement.body {
        Body::Arg(declarations) => {
            for declaration in declarations {
                // Before FROM, an ARG reaches no image unless a stage takes it up.
                let harmless = site.stage.is_none();
                report(
                    &declaration.name,
                    "ARG keeps it in the history of the image",
                    harmless,
                    built,
                    cx,
                );
            }
        }
        Body::Env(pairs) => {
            for pair in pairs {
                let empty = pair.value.text.trim_matches(['"', '\'']).is_empty();
                report(
                    &pair.key,
                    "ENV keeps it in the image for all who can pull it",
                    empty,
                    built,
                    cx,
                );
            }
        }
        _ => {}
    }
}

fn report(name: &Word, what: &str, harmless: bool, built: bool, cx: &mut Context<'_, '_>) {
    let by_buildkit = is_secret(&name.text);
    let mut codes = Vec::new();
    if is_secret_to_hadolint(&name.text) {
        codes.push("DL3064");
    }
    if by_buildkit && built {
        codes.push("SecretsUsedInArgOrEnv");
    }
    let asked = [RuleSet::Hadolint, RuleSet::BuildKit].into_iter().any(|peer| cx.follows(peer));
    if asked || (by_buildkit && !harmless) {
        cx.report(name.span, format!("`{}` looks like a secret, and {what}", name.text))
            .codes(&codes);
    }
}

/// BuildKit's list: one of these words between underscores, and none of those that make it harmless.
fn is_secret(name: &str) -> bool {
    const SECRET: [&str; 10] = [
        "apikey",
        "auth",
        "credential",
        "credentials",
        "key",
        "password",
        "pword",
        "passwd",
        "secret",
        "token",
    ];
    const HARMLESS: [&str; 3] = ["public", "file", "version"];
    let name = name.to_ascii_lowercase();
    let has = |words: &[&str]| name.split('_').any(|word| words.contains(&word));
    has(&SECRET) && !has(&HARMLESS)
}

/// hadolint's list: these words anywhere in the name.
fn is_secret_to_hadolint(name: &str) -> bool {
    const WORDS: [&str; 5] = ["API_KEY", "PASSWORD", "PRIVATE", "SECRET", "TOKEN"];
    let name = name.to_ascii_uppercase();
    name == "AWS_ACCESS_KEY_ID" || WORDS.iter().any(|word| name.contains(word))
}
