//! The socket of the Docker daemon.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "docker-socket",
    aliases: &["semgrep:dockerfile-dockerd-socket-mount"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Volume, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let step = site.step;
    if let Body::Volume(paths) = step.body() {
        let sockets = paths.iter().filter(|path| is_socket(&path.text));
        sockets.for_each(|path| report(path.span, cx));
    }
    for mount in step.mounts() {
        let places = [mount.target(), mount.get("source"), mount.get("src"), mount.get("from")];
        if places.into_iter().flatten().any(is_socket) {
            report(mount.span, cx);
        }
    }
    let commands = if step.run().is_some() { step.script.commands.as_slice() } else { &[] };
    for command in commands.iter().filter(|command| command.program() == "docker") {
        let volumes = command.arguments().iter().filter(|word| word.text.contains(".sock:"));
        volumes.filter(|word| is_socket(&word.text)).for_each(|word| report(word.span, cx));
    }
}

fn is_socket(path: &str) -> bool {
    ["docker.sock", "containerd.sock", "podman.sock"].iter().any(|name| path.contains(name))
}

fn report(span: Span, cx: &mut Context<'_, '_>) {
    cx.report(span, "whoever can write to this socket is root on the host");
}
