//! An SSH server in an image.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Install, Manager};

pub const RULE: Rule = Rule {
    name: "ssh-server",
    aliases: &["dockerfile_lint:installing_ssh"],
    area: Area::Run,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["apk", "apt", "apt-get", "dnf", "microdnf", "yum", "zypper"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(install) = Install::of(command) else { return };
    let Some(stage) = site.stage.filter(|stage| stage.shipped) else { return };
    // An image whose work it is to be such a server.
    let image = cx.image(stage);
    let entries = image.into_iter().flat_map(|image| image.entrypoint.iter().chain(&image.cmd));
    if entries.flat_map(|entry| &entry.words).any(|word| word.contains("sshd")) {
        return;
    }
    for package in install.packages {
        let whole = package.name == "openssh" && matches!(install.manager, Manager::Apk);
        if whole {
            let edit = Edit::replace(package.span, "openssh-client");
            cx.report(
                package.span,
                "`openssh` brings the SSH server too, which no container needs",
            )
            .unsafe_fix("Install the client only", vec![edit]);
        } else if matches!(&*package.name, "openssh-server" | "dropbear" | "ssh") {
            let message = format!("`{}` is an SSH server, which no container needs", package.name);
            cx.report(package.span, message);
        }
    }
}
