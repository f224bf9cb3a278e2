//! Keys and tokens written into the file.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::secret;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "secret-value",
    aliases: &["kics:SecretsStoredInDockerfile", "droast:DF013", "tally:secrets-in-code"],
    area: Area::ArgEnv,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let (text, tree) = (cx.text, cx.tree);
    for (range, what) in secret::find(text) {
        let place = Span::new(range.start as u32, range.end as u32);
        // What a comment gives away is in no image.
        if !tree.instructions().any(|instruction| instruction.span().contains(place)) {
            continue;
        }
        let message =
            format!("this looks like {what}, and whoever has the file or the image has it too");
        cx.report(place, message);
    }
}
