//! apt installs without `--no-install-recommends`.

use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Install, Manager};

pub const RULE: Rule = Rule {
    name: "apt-no-recommends",
    aliases: &[
        "hadolint:DL3015",
        "trivy:DS-0029",
        "kics:AptGetAdditionalPackages",
        "semgrep:missing-no-install-recommends",
        "dockerfilelint:apt-get_recommends",
        "droast:DF016",
        "whalelint:RUN010",
    ],
    area: Area::Packages,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["apt-get", "apt"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(install) = Install::of(command) else { return };
    if command.has_flag(None, "no-install-recommends") || is_configured(command) {
        return;
    }
    let shipped = site.stage.is_some_and(|stage| stage.shipped);
    let deliberate = command.has_flag(None, "install-recommends");
    let nothing = install.packages.is_empty() && !install.open_ended;
    if !cx.follows(RuleSet::Hadolint) && (!shipped || deliberate || nothing) {
        return;
    }
    let message =
        format!("`{} install` also installs what the packages only recommend", command.program());
    let mut found = cx.report(install.verb.span, message);
    if install.manager != Manager::AptGet {
        found = found.codes(&[]);
    }
    if !deliberate {
        let title = "Leave recommended packages out, of which the program may need one";
        let edit = Edit::insert(place(&install), " --no-install-recommends");
        found.unsafe_fix(title, vec![edit]);
    }
}

/// Whether `-o APT::Install-Recommends=false` says the same.
fn is_configured(command: &Command) -> bool {
    command.arguments().iter().any(|word| {
        let text = word.text.to_ascii_lowercase();
        let value = text.split_once("apt::install-recommends=").map(|(_, value)| value);
        matches!(value, Some("0" | "false" | "no"))
    })
}

/// Behind `install`, and behind the flags that follow it at once.
fn place(install: &Install<'_>) -> u32 {
    let behind = install.command.words.iter().skip_while(|word| word.span != install.verb.span);
    let flags = behind.skip(1).take_while(|word| {
        matches!(
            word.text.as_str(),
            "-y" | "-q" | "-qq" | "--yes" | "-yq" | "-yqq" | "-qqy" | "-qy"
        )
    });
    flags.last().map_or(install.verb.span.end, |flag| flag.span.end)
}
