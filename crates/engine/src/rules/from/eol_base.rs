//! Base images that get no security updates any more.

use crate::catalog::{CATALOGUE_DATE, Family, Release, go_support_ended, release};
use crate::diagnostic::Level;
use crate::model::{Base, Stage};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "eol-base",
    aliases: &[],
    area: Area::From,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Base::Image(image) = &stage.base else { return };
    if !stage.reachable && !stage.shipped {
        return;
    }
    let tag = image.tag.as_deref().unwrap_or_default();
    let version = tag.split('-').next().unwrap_or_default();
    let mut numbers = version.splitn(3, '.');
    let line = [numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default()].join(".");
    let go = go_support_ended(&line).filter(|_| image.familiar_name() == "golang");
    // What only builds leaves its compiler in the program, but not its distribution.
    let own = stage.found.filter(|_| stage.shipped).and_then(|found| release(found.release));
    let own = own.filter(|release| !release.ended.is_empty());
    // A tag that does not name its release may have moved to another since it was looked at.
    let read = stage.found.map_or("", |found| found.image.date);
    let own = own.filter(|release| names(tag, release) || days(read) > days(release.ended));
    let (name, ended) = match (go, own) {
        (Some(ended), _) => (format!("Go {line}"), ended),
        (None, Some(release)) => {
            let family = match release.family {
                Family::Alpine => "Alpine",
                Family::Debian => "Debian",
                _ => "Ubuntu",
            };
            (format!("{family} {}", release.number), release.ended)
        }
        (None, None) => return,
    };
    let long_ago = days(ended).saturating_add(YEAR) < days(CATALOGUE_DATE);
    let everything = cx.settings.set == RuleSet::All;
    if !long_ago && !everything {
        return;
    }
    let message = format!("{name} gets no security updates since {ended}");
    let found = cx.report(stage.base_span(), message);
    if !long_ago {
        found.level(Level::Info);
    }
}

/// Whether a tag such as `3.12-alpine3.19` names a release.
fn names(tag: &str, release: &Release) -> bool {
    tag.split('-').any(|word| {
        word == release.name
            || word.strip_prefix("alpine").unwrap_or(word).starts_with(release.number)
    })
}

const YEAR: u32 = 372;

/// Days of a date such as `2026-11-21`, with 31 days in each month.
fn days(date: &str) -> u32 {
    let mut numbers = date.split('-').map(|number| number.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    (next() * 12 + next()) * 31 + next()
}
