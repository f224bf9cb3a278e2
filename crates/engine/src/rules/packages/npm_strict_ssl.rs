//! npm and its relatives that take any certificate.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "npm-strict-ssl",
    aliases: &["checkov:CKV2_DOCKER_13"],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["npm", "yarn", "pnpm"], check),
};

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let mut end = command.words.first().map_or(command.span.start, |word| word.span.end);
    let words = command.arguments();
    for (index, word) in words.iter().enumerate() {
        let value = words.get(index + 1).filter(|next| next.text == "false");
        let last = match word.text.trim_start_matches('-') {
            "strict-ssl" => value,
            "strict-ssl=false" | "no-strict-ssl" => Some(word),
            _ => None,
        };
        if let Some(last) = last {
            let span = word.span.cover(last.span);
            let message =
                "without `strict-ssl`, every certificate of the registry is taken for good";
            let found = cx.report(span, message);
            if word.text.starts_with("--") {
                let title = "Remove it, and fail where the certificate is not valid";
                found.unsafe_fix(title, vec![Edit::delete(Span::new(end, last.span.end))]);
            }
        }
        end = word.span.end;
    }
}
