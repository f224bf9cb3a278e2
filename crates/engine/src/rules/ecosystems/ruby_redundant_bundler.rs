//! Bundler installed where Ruby brings it.

use crate::diagnostic::Level;
use crate::model::Base;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "ruby-redundant-bundler",
    aliases: &["tally:ruby/redundant-bundler-install"],
    area: Area::Ecosystems,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["gem"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let ruby = site.stage.is_some_and(|stage| {
        let base = &cx.model.root(stage).base;
        matches!(base, Base::Image(image) if image.familiar_name() == "ruby")
    });
    let installs = command.subcommand().is_some_and(|verb| verb.text == "install");
    let pinned = command.has_flag(Some('v'), "version");
    let bundler = command.arguments().iter().find(|word| word.text == "bundler");
    if let Some(word) = bundler.filter(|_| ruby && installs && !pinned) {
        cx.report(word.span, "the image has Bundler already");
    }
}
