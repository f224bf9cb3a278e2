//! EXPOSE with a protocol in capitals.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Port};

pub const RULE: Rule = Rule {
    name: "expose-proto-casing",
    aliases: &[
        "buildkit:ExposeProtoCasing",
        "tally:buildkit/ExposeProtoCasing",
        "dockadvisor:ExposeProtoCasing",
        "droast:DF078",
    ],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Expose], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Expose(words) = site.step.body() else { return };
    for word in words {
        let Some(text) = site.step.text(word) else { continue };
        for written in text.split_whitespace() {
            let protocol = Port::parse(written).protocol;
            let lower = protocol.to_ascii_lowercase();
            if protocol == lower || !matches!(lower.as_str(), "tcp" | "udp" | "sctp") {
                continue;
            }
            let message = format!("`{protocol}` is written `{lower}` everywhere else");
            let found = cx.report(word.span, message);
            if word.text == written {
                let whole = written.replacen(protocol, &lower, 1);
                let title = format!("Write `{lower}`");
                found.safe_fix(title, vec![Edit::replace(word.span, whole)]);
            }
        }
    }
}
