//! Ports of remote administration.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Port};

pub const RULE: Rule = Rule {
    name: "expose-ssh",
    aliases: &["trivy:DS-0004", "checkov:CKV_DOCKER_1", "sonar:S6473"],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Expose], check),
};

const PORTS: [(u32, &str); 5] =
    [(22, "SSH"), (23, "Telnet"), (3389, "remote desktops"), (5800, "VNC"), (5900, "VNC")];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Expose(words) = site.step.body() else { return };
    for word in words {
        let Some(text) = site.step.text(word) else { continue };
        for port in text.split_whitespace().map(Port::parse) {
            let Some((first, last)) = Port::range(port.container) else { continue };
            let known = PORTS.into_iter().find(|(port, _)| (first..=last).contains(port));
            if let Some((number, what)) = known.filter(|_| last - first < 100) {
                let message = format!("port {number} is for {what}, a way into the container");
                cx.report(word.span, message);
            }
        }
    }
}
