//! What `dnf install` leaves behind.

use crate::diagnostic::Level;
use crate::rules::cleaning::{self, Cleaning};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "dnf-clean",
    aliases: &[
        "hadolint:DL3040",
        "trivy:DS-0019",
        "trivy:DS-0027",
        "kics:DnfCleanMissing",
        "semgrep:missing-dnf-clean-all",
        "dockerfile_lint:no_dnf_clean_all",
        "droast:DF046",
    ],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

const CLEANING: Cleaning = Cleaning {
    programs: &["dnf", "microdnf"],
    others: &["tdnf", "dnf5"],
    fills: "install in upgrade up reinstall rei upgrade-minimal up-min",
    empties: "clean",
    folders: &["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"],
    any_removal: true,
    mounted: "/var/cache/libdnf5",
    last_stages: false,
    command: "? clean all",
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    cleaning::check(&CLEANING, site, cx);
}
