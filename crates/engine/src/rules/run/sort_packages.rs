//! Package lists in no order.

use crate::diagnostic::{Edit, Level};
use crate::order;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Install};

pub const RULE: Rule = Rule {
    name: "sort-packages",
    aliases: &["tally:sort-packages"],
    area: Area::Run,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["apk", "apt", "apt-get", "dnf", "microdnf", "yum", "zypper"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(install) = Install::of(command).filter(|install| !install.open_ended) else { return };
    let packages = install.packages;
    let written: Vec<&str> = packages.iter().map(|package| package.span.of(cx.text)).collect();
    // Most lists need no more than this look.
    if written.is_sorted_by(|one, next| letters(one).le(letters(next))) {
        return;
    }
    let key = |name: &str| bare(name).to_ascii_lowercase();
    let mut keyed: Vec<(String, &str)> = written.iter().map(|name| (key(name), *name)).collect();
    order::by_text(&mut keyed, |(key, _)| key);
    let sorted: Vec<&str> = keyed.into_iter().map(|(_, name)| name).collect();
    let changes = packages.iter().zip(written.iter().zip(&sorted));
    let changes = changes.filter(|(_, (old, new))| old != new);
    let edits: Vec<Edit> =
        changes.map(|(package, (_, new))| Edit::replace(package.span, *new)).collect();
    let (Some(first), Some(last)) = (edits.first(), edits.last()) else { return };
    let span = first.span.cover(last.span);
    // Remarks between them tell what belongs together.
    if site.step.instruction.line.comments.iter().any(|comment| span.contains(*comment)) {
        return;
    }
    cx.report(span, "these packages stand in no order that would show a double or a difference")
        .safe_fix("Sort them by name", edits);
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    bare(name).bytes().map(|byte| byte.to_ascii_lowercase())
}

/// What is written without the quotes around it.
fn bare(name: &str) -> &str {
    name.trim_matches(['\'', '"'])
}
