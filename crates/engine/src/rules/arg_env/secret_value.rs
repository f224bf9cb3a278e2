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
    for instruction in cx.tree.instructions() {
        let span = instruction.span();
        for (range, what) in secret::find(span.of(cx.text)) {
            let place = Span::new(span.start + range.start as u32, span.start + range.end as u32);
            let message =
                format!("this looks like {what}, and whoever has the file or the image has it too");
            cx.report(place, message);
        }
    }
}
