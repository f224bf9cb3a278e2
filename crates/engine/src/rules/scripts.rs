//! What a linter of shell scripts says of RUN: the check behind [`super::Check::Scripts`].

use super::Context;
use crate::report::RuleSet;
use crate::shellcheck::{code_name, scripts};
use crate::source::Span;

/// Reports each finding with its code, by which settings and comments know it.
pub(super) fn check(cx: &mut Context<'_, '_>) {
    let (Some(linter), settings) = (cx.scripts, cx.settings) else { return };
    let hadolint = cx.follows(RuleSet::Hadolint);
    let means = |name: &str, code: &str| {
        name.eq_ignore_ascii_case(code) || name.strip_prefix("shellcheck:") == Some(code)
    };
    for placed in scripts(cx.model) {
        for found in &*linter.lint(&placed.script) {
            let Some(code) = code_name(found.code) else { continue };
            if settings.ignored.iter().any(|name| means(name, code)) {
                continue;
            }
            if !hadolint && placed.is_known_there(found.code) {
                continue;
            }
            let fix = found.fix.as_ref().map(|fix| placed.fix(fix));
            // Blanks around the end of a continued line are layout: only the joined text has several.
            if found.code == 2291 && fix == Some(None) {
                continue;
            }
            // So is the line end between `else` and an `if` of its own.
            if found.code == 1075 && !hadolint && !is_else_if(cx.text, placed.place(found)) {
                continue;
            }
            let set = settings.levels.iter().rev().find(|(name, _)| means(name, code));
            let report = cx.report(placed.place(found), found.message.as_str());
            let report = report.codes(std::slice::from_ref(code));
            let report = match set {
                Some((_, level)) => report.certain_level(*level),
                None => report.level(found.level),
            };
            if let Some(Some(fix)) = fix {
                report.ready_fix(fix);
            }
        }
    }
}

/// Whether `else` and `if` stand on one line.
fn is_else_if(text: &str, place: Span) -> bool {
    let line = text.get(place.start as usize..).and_then(|rest| rest.lines().next());
    line.is_some_and(|line| line.split_whitespace().nth(1) == Some("if"))
}
