//! What `zypper install` leaves behind.

use crate::diagnostic::Level;
use crate::rules::cleaning::{self, Cleaning};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "zypper-clean",
    aliases: &[
        "hadolint:DL3036",
        "trivy:DS-0020",
        "kics:ZypperClean",
        "semgrep:missing-zypper-clean",
        "droast:DF045",
    ],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

const CLEANING: Cleaning = Cleaning {
    programs: &["zypper"],
    others: &[],
    fills: "install in",
    empties: "clean cc",
    folders: &["/var/cache/zypp"],
    any_removal: false,
    mounted: "/var/cache/zypp",
    last_stages: false,
    command: "zypper clean -a",
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    cleaning::check(&CLEANING, site, cx);
}
