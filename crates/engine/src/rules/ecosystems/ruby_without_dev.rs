//! Gems for development in the image that ships.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule, bundler};

pub const RULE: Rule = Rule {
    name: "ruby-without-dev",
    aliases: &["tally:ruby/missing-bundle-without-development"],
    area: Area::Ecosystems,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    bundler::check(
        stage,
        "BUNDLE_WITHOUT",
        "without",
        "without BUNDLE_WITHOUT, Bundler installs the gems for development and tests too",
        cx,
    );
}
