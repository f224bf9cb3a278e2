//! What `yarn install` leaves behind.

use crate::diagnostic::Level;
use crate::rules::cleaning::{self, Cleaning};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "yarn-cache",
    aliases: &["hadolint:DL3060", "droast:DF055"],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

const CLEANING: Cleaning = Cleaning {
    programs: &["yarn"],
    others: &[],
    fills: "install",
    empties: "clean cache",
    folders: &[
        "/usr/local/share/.cache/yarn",
        "/root/.cache/yarn",
        "/root/.yarn/berry/cache",
        "/home/node/.cache/yarn",
    ],
    any_removal: false,
    mounted: ".cache/yarn",
    last_stages: true,
    command: "yarn cache clean",
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    cleaning::check(&CLEANING, site, cx);
}
