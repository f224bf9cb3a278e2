//! Rails assets compiled without a key.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "ruby-dummy-key",
    aliases: &["tally:ruby/asset-precompile-without-dummy-key"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["rails", "rake", "bundle", "bin/rails"], check),
};

const KEYS: [&str; 3] = ["SECRET_KEY_BASE", "SECRET_KEY_BASE_DUMMY", "RAILS_MASTER_KEY"];

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(task) = command.arguments().iter().find(|word| word.text == "assets:precompile")
    else {
        return;
    };
    let Some(stage) = site.stage else { return };
    let production = stage.scope.value("RAILS_ENV") == Some("production")
        || command.assignments.iter().any(|word| word.text == "RAILS_ENV=production");
    let given = KEYS.iter().any(|key| stage.scope.defines(key))
        || site.step.mounts().any(|mount| mount.kind() == "secret")
        || site.step.script.commands.iter().any(|command| {
            let mut words = command.assignments.iter().chain(&command.words);
            words.any(|word| KEYS.iter().any(|key| word.text.contains(key)))
        });
    if production && !given {
        let message = "Rails asks for a secret key to compile assets, and the build has none";
        let edit = Edit::insert(command.span.start, "SECRET_KEY_BASE_DUMMY=1 ");
        cx.report(task.span, message)
            .unsafe_fix("Give it a dummy key, from Rails 7.1 on", vec![edit]);
    }
}
