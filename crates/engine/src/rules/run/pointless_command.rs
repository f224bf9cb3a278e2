//! Commands that do nothing for an image.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "pointless-command",
    aliases: &["hadolint:DL3001", "kics:RunUtilitiesAndPosix", "droast:DF060", "whalelint:RUN001"],
    area: Area::Run,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(
        &[
            "free",
            "halt",
            "htop",
            "kill",
            "mount",
            "nano",
            "poweroff",
            "ps",
            "reboot",
            "service",
            "shutdown",
            "ssh",
            "systemctl",
            "top",
            "umount",
            "vi",
            "vim",
        ],
        check,
    ),
};

/// What hadolint reports.
const DL3001: [&str; 9] =
    ["free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"];

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let program = command.unwrapped_program();
    let peer = DL3001.contains(&program);
    let follows = cx.follows(RuleSet::Hadolint);
    let Some(reason) =
        reason(command, site).or((follows && peer).then_some("leaves nothing in the image"))
    else {
        return;
    };
    let span = command.words.first().map_or(command.span, |word| word.span);
    let codes: &[&'static str] = if peer { &["DL3001"] } else { &[] };
    cx.report(span, format!("`{program}` {reason}")).codes(codes);
}

/// Why the command is certainly of no use there.
fn reason(command: &Command, site: &Site<'_, '_>) -> Option<&'static str> {
    let switched = command.arguments().iter().any(|word| word.text.starts_with(['-', '+']));
    let verb = |verbs: &[&str]| command.arguments().iter().any(|word| verbs.contains(&&*word.text));
    match command.program() {
        "vim" | "vi" | "nano" | "top" | "htop"
            if !switched && command.joint != crate::shell::Joint::Pipe =>
        {
            Some("waits for a person at a terminal, and a build has none")
        }
        "shutdown" | "reboot" | "halt" | "poweroff" => Some("stops a machine, and a build is none"),
        "mount" | "umount" => {
            let privileged = site.step.run()?.flag("security").is_some();
            let does = !command.arguments().is_empty() && !privileged;
            does.then_some("needs privileges that a build does not have, and lasts for one RUN")
        }
        "systemctl" => {
            let now = verb(&["start", "restart", "reload", "status"]);
            now.then_some("asks systemd, which does not run during a build")
        }
        "service" => {
            let last = command.next.is_none() && command.is_top_level();
            let starts = verb(&["start", "restart"]) && last;
            starts.then_some("starts a process that ends with this RUN")
        }
        _ => None,
    }
}
