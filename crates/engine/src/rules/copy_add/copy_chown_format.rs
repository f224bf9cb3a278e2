//! --chown with something that is not `user:group`.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "copy-chown-format",
    aliases: &["whalelint:CPY003"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy, Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(word) = site.step.instruction.statement.flag_value("chown") else { return };
    let Some(owner) = site.step.text(word).filter(|owner| !owner.is_empty()) else { return };
    let (user, group) = owner.split_once(':').unwrap_or((owner, "-"));
    let odd = |part: &str| part.is_empty() || part.contains([':', ' ', '/', ',']);
    if odd(user) || odd(group) {
        let message =
            format!("`{owner}` is not `user:group`, and names that are not found are passed over");
        cx.report(word.span, message);
    }
}
