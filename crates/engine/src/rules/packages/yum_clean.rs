//! What `yum install` leaves behind.

use crate::diagnostic::Level;
use crate::rules::cleaning::{self, Cleaning};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "yum-clean",
    aliases: &[
        "hadolint:DL3032",
        "trivy:DS-0015",
        "kics:YumCleanMissing",
        "dockerfile_lint:no_yum_clean_all",
        "droast:DF047",
    ],
    area: Area::Packages,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

const CLEANING: Cleaning = Cleaning {
    programs: &["yum"],
    others: &[],
    fills: "install",
    empties: "clean",
    folders: &["/var/cache/yum", "/var/cache/dnf"],
    any_removal: true,
    mounted: "",
    last_stages: false,
    command: "yum clean all",
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    cleaning::check(&CLEANING, site, cx);
}
