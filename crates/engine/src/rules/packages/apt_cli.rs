//! `apt` where `apt-get` is meant.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, lists};

pub const RULE: Rule = Rule {
    name: "apt-cli",
    aliases: &[
        "hadolint:DL3027",
        "checkov:CKV_DOCKER_9",
        "kics:RunUsingApt",
        "semgrep:prefer-apt-get",
        "droast:DF059",
        "whalelint:RUN008",
    ],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["apt"], check),
};

const OF_APT_GET: &str = "install update upgrade full-upgrade remove purge autoremove clean autoclean \
    build-dep source download reinstall";

fn check(command: &Command, _: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(program) = command.words.first() else { return };
    let verb = command.subcommand().map_or("", |verb| verb.text.as_str());
    let scripted = match verb {
        "search" | "show" | "policy" => "apt-cache",
        _ if lists(OF_APT_GET, verb) => "apt-get",
        _ => "",
    };
    let message = "`apt` is made for people, and what it does and prints may change";
    let found = cx.report(program.span, message);
    if program.text == "apt" && !scripted.is_empty() {
        let edit = Edit::replace(program.span, scripted);
        found.safe_fix(format!("Use `{scripted}`"), vec![edit]);
    }
}
