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
    match &statement.body {
        Body::Onbuild(trigger) => check_statement(trigger, site, false, cx),
        _ => check_statement(statement, site, site.stage.is_some(), cx),
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
            for (index, declaration) in declarations.iter().enumerate() {
                let name = &declaration.name;
                let default = declaration.default.as_ref().map_or("", |word| word.text.as_str());
                let seen = Seen {
                    // hadolint looks at the first name only.
                    by_hadolint: index == 0 && is_secret_to_hadolint(&name.text),
                    by_buildkit: is_secret(&name.text),
                    built,
                    // Before FROM, an ARG reaches no image unless a stage takes it up.
                    harmless: site.stage.is_none() || says_no_secret(&name.text, default),
                };
                seen.report(name, "ARG keeps it in the history of the image", cx);
            }
        }
        Body::Env(pairs) => {
            for pair in pairs {
                let name = &pair.key;
                let value = pair.value.text.trim_matches(['"', '\'']);
                let seen = Seen {
                    by_hadolint: is_secret_to_hadolint(&name.text),
                    by_buildkit: is_secret(&name.text),
                    built,
                    harmless: value.is_empty() || says_no_secret(&name.text, value),
                };
                seen.report(name, "ENV keeps it in the image for all who can pull it", cx);
            }
        }
        _ => {}
    }
}

/// What is known of one name.
struct Seen {
    by_hadolint: bool,
    by_buildkit: bool,
    built: bool,
    harmless: bool,
}

impl Seen {
    fn report(&self, name: &Word, what: &str, cx: &mut Context<'_, '_>) {
        let asked = cx.follows(RuleSet::Hadolint) || cx.follows(RuleSet::BuildKit);
        if asked || (self.by_buildkit && !self.harmless) {
            let message = format!("`{}` looks like a secret, and {what}", name.text);
            let by_buildkit = self.by_buildkit && self.built;
            cx.report(name.span, message).said_by(self.by_hadolint, by_buildkit);
        }
    }
}

/// Whether a value is a switch, a path, or the fingerprint of a public key, or the name says that it is
/// about a secret rather than the secret itself, as `TOKEN_COOKIE_NAME` does.
fn says_no_secret(name: &str, value: &str) -> bool {
    const ABOUT: [&str; 9] =
        ["COOKIE", "ENDPOINT", "HEADER", "LENGTH", "NAME", "TTL", "TYPE", "URI", "URL"];
    if name.rsplit('_').next().is_some_and(|last| ABOUT.contains(&last)) {
        return true;
    }
    const SWITCHES: [&str; 9] = ["0", "1", "false", "no", "none", "off", "on", "true", "yes"];
    let switch = SWITCHES.iter().any(|switch| value.eq_ignore_ascii_case(switch));
    let path = value.starts_with(['/', '.', '~']);
    let fingerprint = name.contains("GPG") && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    switch || path || (fingerprint && !value.is_empty())
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
    let has = |words: &[&str]| {
        let among = |part: &str| words.iter().any(|word| part.eq_ignore_ascii_case(word));
        name.split('_').any(among)
    };
    has(&SECRET) && !has(&HARMLESS)
}

/// hadolint's lists: these words anywhere in the name, and these names.
fn is_secret_to_hadolint(name: &str) -> bool {
    const WORDS: [&str; 7] =
        ["API_KEY", "CLIENT_KEY", "PASSWORD", "PRIVATE", "SECRET", "TOKEN", "USERNAME"];
    const NAMES: &str = "APPLICATION_KEY AWS_ACCESS_KEY_ID CI_DEPLOY_USER DOCKER_EMAIL \
        FACEBOOK_APP_ID HEROKU_API_USER OKTA_AUTHN_GROUPID OKTA_CLIENT_ORGURL \
        OKTA_OAUTH2_CLIENTID STRIPE_DEVICE_NAME TRAVIS_OS_NAME TRAVIS_SECURE_ENV_VARS TRAVIS_SUDO";
    let starts = |part: &[u8], word: &str| {
        part.get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    let mut parts = (0..name.len()).filter_map(|from| name.as_bytes().get(from..));
    NAMES.split(' ').any(|known| name.eq_ignore_ascii_case(known))
        || parts.any(|part| WORDS.iter().any(|word| starts(part, word)))
}
