//! Flags of another distribution's `adduser`, `useradd` and their like.

use crate::catalog::Family;
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::base_lacks_program;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Dialect, refused, translated};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "account-dialect",
    aliases: &[],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Command(&[], check)),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let program = command.unwrapped_program();
    let scripts = matches!(program, "adduser" | "addgroup");
    if !scripts && !matches!(program, "useradd" | "groupadd") {
        return;
    }
    let Some(stage) = site.stage.filter(|_| site.step.keyword() == Keyword::Run) else { return };
    let Some(image) = cx.image(stage) else { return };
    let Some(row) = image.base.row() else { return };
    // `missing-program` says it better.
    if base_lacks_program(row, program) && !image.has_package("adduser") {
        return;
    }
    let (dialect, whose) = match row.family {
        Family::Alpine | Family::Wolfi | Family::Busybox if scripts => {
            (Dialect::Busybox, "BusyBox")
        }
        Family::Debian | Family::Ubuntu if scripts => (Dialect::Debian, "Debian"),
        Family::Debian | Family::Ubuntu | Family::Rhel | Family::Amazon
            if program != "addgroup" =>
        {
            (Dialect::Shadow, "this distribution")
        }
        _ => return,
    };
    let Some(word) = refused(command, dialect) else { return };
    let to = if dialect == Dialect::Busybox { dialect } else { Dialect::Shadow };
    let translation = translated(command, to, cx.text);
    let message = format!("`{program}` of {whose} does not know `{}`", word.text);
    // What fails here may be caught by `||`.
    let spoils = command.is_top_level() && !site.step.script.is_caught(command);
    let found = cx.report(word.span, message).spoils(spoils.then_some(Spoils::Build));
    if let Some((place, line)) = translation {
        found.unsafe_fix(format!("Write `{line}`"), vec![Edit::replace(place, line)]);
    }
}
