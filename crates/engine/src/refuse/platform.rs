//! `os[/architecture[/variant]]`, as containerd's `platforms.Parse` reads it.

use crate::model::Step;
use crate::suggest::nearest;
use crate::syntax::{Refusal, RefusalKind, Word};

const SYSTEMS: [&str; 18] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "macos",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "windows",
    "zos",
];

const ARCHITECTURES: [&str; 30] = [
    "386",
    "aarch64",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "armel",
    "armhf",
    "i386",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
    "x86-64",
    "x86_64",
];

/// Checks the value of FROM --platform.
pub(super) fn check(step: &Step<'_>, word: &Word, found: &mut Vec<Refusal>) {
    let Some(text) = step.text(word) else { return };
    let refuse = |message: String| Refusal::new(RefusalKind::Platform, word.span, message);
    // BuildKit takes an empty flag for none, but not one that only a variable leaves empty.
    if text.is_empty() {
        if word.text.is_empty() {
            return;
        }
        found.push(refuse(format!("`{}` is empty, and a platform must be named", word.text)));
        return;
    }
    let parts: Vec<&str> = text.splitn(4, '/').collect();
    let plain = |part: &&str| {
        !part.is_empty() && part.chars().all(|ch| ch.is_ascii_alphanumeric() || "_.-".contains(ch))
    };
    let system = parts.first().map_or("", |first| first.split('(').next().unwrap_or(first));
    let named = plain(&system) && !system.contains('.');
    if !named || parts.len() > 3 || !parts.iter().skip(1).all(plain) {
        found.push(refuse(format!("`{text}` is no platform, as `linux/amd64` is")));
        return;
    }
    if let [only] = parts.as_slice() {
        let lower = only.to_ascii_lowercase();
        let known = SYSTEMS.iter().chain(&ARCHITECTURES);
        if !known.clone().any(|name| *name == lower) && !only.contains('(') {
            let refusal =
                refuse(format!("`{text}` is neither an operating system nor an architecture"));
            found.push(match nearest(&lower, known.copied()) {
                Some(meant) => refusal.suggest(word.span, meant),
                None => refusal,
            });
        }
    }
}

/// Whether BuildKit would take the value of FROM --platform.
pub(crate) fn is_platform(step: &Step<'_>, word: &Word) -> bool {
    let mut refusals = Vec::new();
    check(step, word, &mut refusals);
    refusals.is_empty()
}

/// System and architecture of a platform that BuildKit would take, under the names that containerd
/// gives them; what `text` leaves out is that of `host`.
pub(crate) fn normalized(text: &str, host: &str) -> (String, String) {
    let lower = text.to_ascii_lowercase();
    let (host_system, host_architecture) = host.split_once('/').unwrap_or((host, ""));
    let host_architecture = host_architecture.split('/').next().unwrap_or_default();
    let (system, architecture) = match lower.split_once('/') {
        Some((system, rest)) => (system, rest.split('/').next().unwrap_or_default()),
        None if ARCHITECTURES.contains(&lower.as_str()) => (host_system, lower.as_str()),
        None => (lower.as_str(), host_architecture),
    };
    let system = match system.split('(').next().unwrap_or(system) {
        "macos" => "darwin",
        system => system,
    };
    let architecture = match architecture {
        "i386" => "386",
        "x86_64" | "x86-64" => "amd64",
        "aarch64" => "arm64",
        "armhf" | "armel" => "arm",
        architecture => architecture,
    };
    (system.to_owned(), architecture.to_owned())
}
