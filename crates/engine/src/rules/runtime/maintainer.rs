//! MAINTAINER, which a label has replaced.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, json_string};

pub const RULE: Rule = Rule {
    name: "maintainer",
    aliases: &[
        "hadolint:DL4000",
        "buildkit:MaintainerDeprecated",
        "trivy:DS-0022",
        "checkov:CKV_DOCKER_6",
        "kics:Maintainer",
        "semgrep:maintainer-is-deprecated",
        "sonar:S6586",
        "slim:ID.20008",
        "droast:DF019",
        "dockerfile-utils:DEPRECATED_MAINTAINER",
    ],
    area: Area::Runtime,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

const LABEL: &str = "org.opencontainers.image.authors";

/// Also before the first FROM, where it is an error besides.
fn check(cx: &mut Context<'_, '_>) {
    let tree = cx.tree;
    for instruction in tree.instructions() {
        let statement = &instruction.statement;
        let Body::Maintainer(name) = &statement.body else { continue };
        let message = format!("MAINTAINER is deprecated; the label `{LABEL}` says the same");
        let span = statement.keyword_word.span;
        // MAINTAINER takes `$` as it stands, LABEL does not.
        let value = json_string(name.bare()).replace('$', "\\$");
        let text = format!("LABEL {LABEL}={value}");
        let edit = Edit::replace(span.cover(statement.arguments.span), text);
        let found = cx.report(span, message);
        if tree.escape == '\\' && !name.text.contains('\\') {
            found.unsafe_fix(
                "Write it as a label, and leave the field for the author empty",
                vec![edit],
            );
        }
    }
}
