//! The list of modules changed by a build.

use crate::diagnostic::Level;
use crate::image::go_arguments;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "go-mod-tidy",
    aliases: &[],
    area: Area::Go,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["go"], check),
};

fn check(command: &Command, _site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    if go_arguments(command, &["mod", "tidy"]).is_some() {
        let message = "`go mod tidy` may build another program than the one that was tested";
        cx.report(command.span, message);
    }
}
