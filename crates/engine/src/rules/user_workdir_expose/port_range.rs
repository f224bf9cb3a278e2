//! EXPOSE with something that is no port.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::RefusalKind;

// Shares `hadolint:DL1000` with the other rules for what hadolint cannot read: it has one code for all.
pub const RULE: Rule = Rule {
    name: "port-range",
    aliases: &[
        "hadolint:DL3011",
        "hadolint:DL1000",
        "tally:hadolint/DL3011",
        "trivy:DS-0008",
        "kics:UnixPortsOutOfRange",
        "semgrep:invalid-port",
        "dockerfile-utils:INVALID_PORT",
        "dockadvisor:ExposePortOutOfRange",
        "droast:DF040",
    ],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let refusals = cx.refusals;
    for refusal in refusals.iter().filter(|refusal| refusal.kind == RefusalKind::Port) {
        let codes = codes(refusal.span.of(cx.text));
        cx.report_refusal(refusal).codes(codes);
    }
}

/// hadolint cannot read what does not look like `port`, `first-last` or a variable, and says nothing
/// about a range that goes down.
fn codes(written: &str) -> &'static [&'static str] {
    let port = written.split('/').next().unwrap_or_default();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let too_big = |text: &str| text.parse::<u32>().is_ok_and(|number| number > 65535);
    let parts = || port.splitn(2, '-');
    match () {
        () if written.contains('$') => &[],
        () if !parts().all(is_number) => &["DL1000"],
        () if parts().any(|part| too_big(part) || part.len() > 9) => &["DL3011"],
        () => &[],
    }
}
