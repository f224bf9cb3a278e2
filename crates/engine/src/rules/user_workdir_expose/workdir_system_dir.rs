//! WORKDIR in what the kernel mounts.

use crate::diagnostic::Level;
use crate::model::kernel_folder;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "workdir-system-dir",
    aliases: &["trivy:DS-0030"],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Workdir], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Workdir(word) = site.step.body() else { return };
    if let Some(folder) = site.step.text(word).and_then(kernel_folder) {
        let message =
            format!("`{folder}` is replaced when a container starts, with all that is in it");
        cx.report(word.span, message);
    }
}
