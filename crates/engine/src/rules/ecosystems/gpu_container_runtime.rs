//! The container runtime of NVIDIA inside an image.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::{Command, Install};

pub const RULE: Rule = Rule {
    name: "gpu-container-runtime",
    aliases: &["tally:gpu/no-container-runtime-in-image"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["apt-get", "apt", "yum", "dnf", "microdnf", "zypper"], check),
};

const PACKAGES: [&str; 6] = [
    "libnvidia-container-tools",
    "libnvidia-container1",
    "nvidia-container-runtime",
    "nvidia-container-toolkit",
    "nvidia-docker",
    "nvidia-docker2",
];

fn check(command: &Command, _site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(install) = Install::of(command) else { return };
    for package in install.packages {
        if PACKAGES.contains(&package.name.as_str()) {
            let message = format!("`{}` belongs to the host, not into an image", package.name);
            cx.report(package.span, message);
        }
    }
}
