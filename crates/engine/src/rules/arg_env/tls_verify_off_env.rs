//! Variables that switch off the check of certificates.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "tls-verify-off-env",
    aliases: &[
        "checkov:CKV2_DOCKER_5",
        "checkov:CKV2_DOCKER_6",
        "checkov:CKV2_DOCKER_12",
        "checkov:CKV2_DOCKER_14",
        "checkov:CKV2_DOCKER_16",
        "checkov:CKV2_DOCKER_18",
    ],
    area: Area::ArgEnv,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Arg, Keyword::Env, Keyword::Run], check),
};

/// The name in capitals, the value that does it (`None` for any but an empty one), and for whom.
const SWITCHES: [(&str, Option<&str>, &str); 8] = [
    ("GIT_SSL_NO_VERIFY", None, "Git"),
    ("GOINSECURE", None, "Go"),
    ("NODE_TLS_REJECT_UNAUTHORIZED", Some("0"), "Node.js"),
    ("NPM_CONFIG_STRICT_SSL", Some("false"), "npm"),
    ("PIP_TRUSTED_HOST", None, "pip"),
    ("PYTHONHTTPSVERIFY", Some("0"), "Python"),
    ("UV_INSECURE_HOST", None, "uv"),
    ("YARN_ENABLE_STRICT_SSL", Some("false"), "Yarn"),
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    site.step.assigned(&mut |name, value, span| {
        let Some(value) = value.filter(|value| !value.is_empty()) else { return };
        let meant = |switch: &&(&str, Option<&str>, &str)| {
            switch.0.eq_ignore_ascii_case(name)
                && switch.1.is_none_or(|off| off.eq_ignore_ascii_case(value))
        };
        if let Some((_, _, whom)) = SWITCHES.iter().find(meant) {
            cx.report(
                span,
                format!("`{name}` makes {whom} trust servers without a valid certificate"),
            );
        }
    });
}
