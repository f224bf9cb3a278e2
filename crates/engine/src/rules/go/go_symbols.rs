//! A program with its symbol table and debug information in the image that ships.

use crate::catalog::Toolchain;
use crate::diagnostic::Level;
use crate::image::{BaseFacts, Image};
use crate::rules::{Area, Check, Context, Rule, golang};

pub const RULE: Rule = Rule {
    name: "go-symbols",
    aliases: &[],
    area: Area::Go,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let Some(stage) = cx.model.final_stage().filter(|stage| !stage.is_for_development()) else {
        return;
    };
    // Beside a whole toolchain it makes no difference.
    let toolchain = cx.image(stage).and_then(|image| image.base.row()?.toolchain);
    if toolchain.is_some_and(Toolchain::only_for_building) {
        return;
    }
    // An image that starts nothing of its own holds tools for the steps of a build.
    let starts = |image: &Image| image.entry().is_some() || image.base == BaseFacts::Scratch;
    if !cx.image(stage).is_some_and(starts) {
        return;
    }
    for build in golang::shipped(cx) {
        // Tools from elsewhere are taken as they come.
        let tool = build.packages.iter().any(|package| package.contains('@'));
        if tool || !build.is_for_linux() {
            continue;
        }
        let linker = &build.linker;
        let leaves_out = linker.no_symbols || linker.no_debug || linker.open || build.open;
        // Who sets compiler flags or a sanitizer wants to look into the program.
        let for_people = build.flag("gcflags").is_some() || build.sanitizer().is_some();
        if leaves_out || for_people {
            continue;
        }
        let plain = golang::run_of(&build, cx).is_some_and(|(_, step)| golang::is_plain(step));
        let edit = golang::more_ldflags(&build, "-s -w", cx).filter(|_| plain);
        let message = "a quarter to a third of the program is symbols and debug information, which `-ldflags=\"-s -w\"` leaves out";
        let found = cx.report(build.verb, message);
        if let Some(edit) = edit {
            found.unsafe_fix("Leave them out; a debugger then finds no names", vec![edit]);
        }
    }
}
