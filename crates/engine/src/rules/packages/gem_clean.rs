//! What `gem install` leaves behind.

use crate::diagnostic::Level;
use crate::rules::cleaning::{self, Cleaning};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "gem-clean",
    aliases: &["dockerfile_lint:no_gem_clean_all", "dockerfile_lint:no_rvm_cleanup_all"],
    area: Area::Packages,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

const CLEANING: Cleaning = Cleaning {
    programs: &["gem"],
    others: &[],
    fills: "install i",
    empties: "cleanup clean",
    folders: &["/usr/local/bundle/cache", "cache"],
    any_removal: false,
    mounted: "",
    last_stages: false,
    command: "rm -rf \"$(gem env gemdir)\"/cache",
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    cleaning::check(&CLEANING, site, cx);
}
