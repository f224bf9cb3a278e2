//! Composer without an optimised autoloader.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "php-autoloader",
    aliases: &["dockopt:PHP002"],
    area: Area::Ecosystems,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["composer", "composer.phar"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    const OPTIMIZES: [&str; 5] =
        ["-o", "-a", "--optimize-autoloader", "--classmap-authoritative", "--no-autoloader"];
    let Some(verb) =
        command.subcommand().filter(|verb| matches!(verb.text.as_str(), "install" | "i"))
    else {
        return;
    };
    let Some(stage) = site.stage.filter(|stage| stage.reachable && !stage.is_for_development())
    else {
        return;
    };
    let optimizes = OPTIMIZES.iter().any(|flag| command.has(flag));
    let dumps = |command: &Command| command.has("dump-autoload") || command.has("dumpautoload");
    let later = stage.steps.last().is_some_and(|step| step.script.commands.iter().any(dumps))
        || site.step.script.commands.iter().any(dumps);
    if !optimizes && !later {
        let message =
            "without `--optimize-autoloader`, PHP looks for the file of each class on the disk";
        let edit = Edit::insert(verb.span.end, " --optimize-autoloader");
        cx.report(verb.span, message)
            .unsafe_fix("Write the list of all classes at build time", vec![edit]);
    }
}
