//! Bundler that may change what the lock file says.

use crate::diagnostic::Level;
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule, bundler};

pub const RULE: Rule = Rule {
    name: "ruby-deployment",
    aliases: &["tally:ruby/missing-bundle-deployment", "dockopt:RUBY001"],
    area: Area::Ecosystems,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    bundler::check(
        stage,
        "BUNDLE_DEPLOYMENT",
        "deployment",
        "without BUNDLE_DEPLOYMENT, Bundler goes on where Gemfile.lock does not fit the Gemfile",
        cx,
    );
}
