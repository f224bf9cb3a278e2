//! A program that names the folders in which it was built.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, golang};

pub const RULE: Rule = Rule {
    name: "go-trimpath",
    aliases: &[],
    area: Area::Go,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    for build in golang::shipped(cx) {
        if build.flag("trimpath").is_some() || build.open {
            continue;
        }
        let plain = golang::run_of(&build, cx).is_some_and(|(_, step)| golang::is_plain(step));
        let message = "without `-trimpath` the program depends on the folder in which it is built";
        let found = cx.report(build.verb, message);
        if plain {
            let edit = Edit::insert(build.verb.end, " -trimpath");
            found.unsafe_fix("Add `-trimpath`, which shortens paths in stack traces", vec![edit]);
        }
    }
}
