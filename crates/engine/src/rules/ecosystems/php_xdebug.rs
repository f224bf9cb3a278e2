//! Xdebug in the image that ships.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, ShellWord};

pub const RULE: Rule = Rule {
    name: "php-xdebug",
    aliases: &["tally:php/no-xdebug-in-final-image"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(
        &["pecl", "docker-php-ext-enable", "install-php-extensions", "apt-get", "apk", "pie"],
        check,
    ),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if !site.stage.is_some_and(|stage| stage.shipped && !stage.is_for_development()) {
        return;
    }
    let is_xdebug = |word: &&ShellWord| {
        if !word.text.contains("xdebug") {
            return false;
        }
        let name = word.text.split(['-', '=', '@', '/']).filter(|part| !part.starts_with("php"));
        name.clone().next() == Some("xdebug")
            || word.text.ends_with("-xdebug")
            || word.text == "xdebug/xdebug"
    };
    if let Some(word) = command.arguments().iter().find(is_xdebug) {
        cx.report(word.span, "Xdebug slows every request down, and lets a debugger in");
    }
}
