//! Lines for the C preprocessor, which are comments to BuildKit.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "podman-cpp-input",
    aliases: &["droast:DF075"],
    area: Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    const DIRECTIVES: [&str; 7] = ["define", "else", "endif", "if", "ifdef", "ifndef", "include"];
    let tree = cx.tree;
    for comment in tree.comments(cx.text) {
        let text = comment.of(cx.text);
        let Some(rest) = text.strip_prefix('#') else { continue };
        if rest.starts_with([' ', '#']) {
            continue;
        }
        let word = rest.split_whitespace().next().unwrap_or_default();
        if rest.starts_with(word) && DIRECTIVES.contains(&word) {
            let message = format!(
                "`#{word}` is only a comment, unless the C preprocessor reads the file first"
            );
            cx.report(comment, message);
        }
    }
}
