//! Containers with all privileges, started from a build.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Rule, UnwantedFlag};

pub const RULE: Rule = Rule {
    name: "privileged-container",
    aliases: &["dockerfile_lint:privileged_run_container"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Flag(&[UnwantedFlag {
        programs: &["docker", "nerdctl", "podman"],
        subcommands: &["container", "create", "exec", "run"],
        flags: &["--privileged"],
        message: "gives the container all rights on the host",
        caution: ", and name the rights that it needs with `--cap-add`",
    }]),
};
