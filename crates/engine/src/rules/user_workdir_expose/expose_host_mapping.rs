//! EXPOSE with an address or a port of the host.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Port};

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "expose-host-mapping",
    aliases: &[
        "buildkit:ExposeInvalidFormat",
        "hadolint:DL1000",
        "tally:buildkit/ExposeInvalidFormat",
        "dockadvisor:ExposeInvalidFormat",
        "dockerfilelint:expose_host_port",
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
            let port = Port::parse(written);
            if !port.maps_host() {
                continue;
            }
            let message =
                format!("`{written}` names a port of the host, which EXPOSE cannot publish");
            let mut found = cx.report(word.span, message);
            if word.text.starts_with('$') {
                found = found.codes(&["ExposeInvalidFormat"]);
            }
            if word.text == written {
                let own = written.rsplit(':').next().unwrap_or_default();
                let title = format!("Write `{own}`, which is all that the image keeps");
                found.safe_fix(title, vec![Edit::replace(word.span, own)]);
            }
        }
    }
}
