//! Composer that installs for development in the image that ships.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "php-no-dev",
    aliases: &["tally:php/composer-no-dev-in-production", "dockopt:PHP001"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["composer", "composer.phar"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(verb) =
        command.subcommand().filter(|verb| matches!(verb.text.as_str(), "install" | "i"))
    else {
        return;
    };
    let Some(stage) = site.stage.filter(|stage| stage.reachable && !stage.is_for_development())
    else {
        return;
    };
    let switched_off = stage.scope.value("COMPOSER_NO_DEV") == Some("1");
    if !command.has("--no-dev") && !switched_off {
        let message = "without `--no-dev`, Composer installs the packages for development too";
        let edit = Edit::insert(verb.span.end, " --no-dev");
        cx.report(verb.span, message)
            .unsafe_fix("Leave the packages for development out", vec![edit]);
    }
}
