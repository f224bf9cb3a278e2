//! RUN: what each command adds to the layer, and what the same RUN removes again.

use super::cleaned::clean;
use super::files::{entered, seen_from};
use super::layer::{Addition, What};
use super::simulate::Walk;
use crate::model::Step;
use crate::shell::{Command, Download, Fetcher, Install, Manager, ShellWord};
use crate::syntax::Mount;
use crate::text::Text;

/// Packages that bring a C compiler.
pub(super) const COMPILERS: [&str; 7] =
    ["alpine-sdk", "build-base", "build-essential", "clang", "g++", "gcc", "tcc"];

/// What the commands of one RUN share.
pub(super) struct Run<'s> {
    pub(super) additions: Vec<Addition>,
    /// Steps whose files this RUN stores again.
    pub(super) touched: Vec<usize>,
    /// The working directory after `cd`; `None` where it is unknown.
    pub(super) directory: Option<String>,
    pub(super) exports: Vec<(&'s str, &'s str)>,
}

impl Run<'_> {
    /// A path as the command sees it; `None` where that is not known.
    pub(super) fn path(&self, path: &str) -> Option<String> {
        seen_from(self.directory.as_deref(), path).filter(|_| !path.starts_with('~'))
    }
}

impl Walk<'_, '_> {
    pub(super) fn run(&mut self, step: &Step<'_>) -> Vec<Addition> {
        let script = &step.script;
        let mounts: Vec<Mount<'_>> =
            step.instruction.statement.flags.iter().filter_map(Mount::of).collect();
        let mut run = Run {
            additions: Vec::new(),
            touched: Vec::new(),
            directory: self.image.workdir.clone(),
            exports: Vec::new(),
        };
        for command in &script.commands {
            self.command(command, step, &mounts, &mut run);
        }
        if script.commands.is_empty() || !script.whole {
            self.leave_all_open();
        }
        if script.commands.is_empty() {
            let what = What::Unknown(Text::from("this script"));
            run.additions.push(Addition { what, span: step.instruction.statement.arguments.span });
        }
        // What lies in a mount is gone when the command ends.
        for mount in mounts.iter().filter(|mount| mount.is_apart()) {
            if let Some(target) = mount.target().and_then(|target| self.path(target)) {
                self.image.files.forget(&target, step.instruction.span());
            }
        }
        clean(&mut run.additions, script, &mounts);
        run.additions.retain(|addition| !is_nothing(&addition.what));
        run.additions
    }

    fn command<'s>(
        &mut self,
        command: &'s Command,
        step: &Step<'_>,
        mounts: &[Mount<'_>],
        run: &mut Run<'s>,
    ) {
        // Before the files have moved.
        let known = match command.program() {
            "cp" | "mv" | "install" => self.moved(command, run),
            "strip" | "upx" => self.shrunk(command, run),
            _ => false,
        };
        self.note_account_fault(command, step);
        if !matches!(command.program(), "go") {
            self.follow(command, run);
        }
        if known {
            return;
        }
        let of_distribution = |install: &Install<'_>| install.manager.is_of_distribution();
        if let Some(install) = Install::of(command).filter(of_distribution) {
            self.install(&install, run);
            return;
        }
        let compiles = matches!(command.unwrapped_program(), "cargo" | "go");
        if compiles && self.compile(command, step, mounts, run) {
            return;
        }
        if command.program() == "go" {
            self.set_go_env(command);
            self.follow(command, run);
        }
        self.other(command, mounts, run);
    }

    /// What any other command adds to the layer.
    fn other<'s>(&mut self, command: &'s Command, mounts: &[Mount<'_>], run: &mut Run<'s>) {
        let span = command.span;
        match command.program() {
            "cd" => run.directory = after_cd(run.directory.as_deref(), command.arguments()),
            "export" => {
                let pairs = command.arguments().iter().filter_map(|word| word.text.split_once('='));
                run.exports.extend(pairs);
            }
            "go" => {
                let modules = !is_cached(mounts, "/go/pkg/mod") && !self.has_caches(run).0;
                if command
                    .subcommand()
                    .is_some_and(|verb| matches!(verb.text.as_str(), "mod" | "get"))
                    && modules
                {
                    run.additions
                        .push(Addition { what: What::GoCaches { modules, builds: false }, span });
                }
            }
            "chown" | "chmod" => self.change(command, run),
            "adduser" | "addgroup" | "useradd" | "groupadd" | "usermod" => {
                run.additions.push(Addition { what: What::Accounts, span });
            }
            program if command.substitution || writes_nothing(program, command) => {}
            _ => {
                let name = || command.program_text().unwrap_or_else(|| Text::from("this command"));
                let what = outside(command).unwrap_or_else(|| What::Unknown(name()));
                run.additions.push(Addition { what, span });
            }
        }
    }

    fn install(&mut self, install: &Install<'_>, run: &mut Run) {
        let names: Vec<Text> =
            install.packages.iter().map(|package| package.name.clone()).collect();
        if names.iter().any(|name| COMPILERS.contains(&name.as_str())) {
            self.image.c_compiler = Some(true);
        }
        names.iter().for_each(|name| self.image.libraries.note(name));
        self.image.packages.extend(names.iter().cloned());
        let command = install.command;
        let span = command.span;
        let recommends =
            install.manager.is_apt() && !command.has_flag(None, "no-install-recommends");
        let open_ended = install.open_ended;
        let manager = install.manager;
        let group = (manager == Manager::Apk).then(|| group(command)).flatten();
        let what = What::Packages { manager, names, recommends, open_ended, group };
        run.additions.push(Addition { what, span });
        if install.manager == Manager::Apk && !command.has_flag(None, "no-cache") {
            run.additions.push(Addition { what: What::ApkIndex, span });
        }
    }
}

/// The working directory after `cd` with these arguments; `None` where it is unknown.
pub(super) fn after_cd(directory: Option<&str>, arguments: &[ShellWord]) -> Option<String> {
    let is_path = |word: &&ShellWord| word.literal && !word.text.starts_with(['~', '-']);
    entered(directory, &arguments.first().filter(is_path)?.text)
}

/// The name behind `apk add --virtual`, by which all of its packages can be removed.
fn group(command: &Command) -> Option<String> {
    let mut words = command.arguments().iter();
    let word = words.find(|word| {
        matches!(word.text.as_str(), "-t" | "--virtual") || word.text.starts_with("--virtual=")
    })?;
    match word.text.split_once('=') {
        Some((_, name)) => Some(name.to_owned()),
        None => words.next().map(|word| word.text.to_string()),
    }
}

/// What a command fetches by name, where it says so.
fn outside(command: &Command) -> Option<What> {
    if let Some(found) = Download::of(command) {
        let urls = words(found.urls.into_iter().map(|url| url.text.as_str()))?;
        let why = "the text does not tell how big the files are that are downloaded";
        return Some(What::Outside(urls, why));
    }
    let install = Install::of(command)?;
    let names = words(install.packages.iter().map(|package| package.name.as_str()))?;
    let why = "the catalogue has packages of Debian and Alpine only";
    Some(What::Outside(format!("packages {names} of {}", command.program()), why))
}

/// Words with commas between them; none where there is no word.
fn words<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Whether curl and wget hand what they fetch to the next command, or to nobody.
fn prints(command: &Command) -> bool {
    let Some(found) = Download::of(command) else { return false };
    let redirected = command.redirects.iter().any(|redirect| redirect.operator.contains('>'));
    let to_file = match found.fetcher {
        Fetcher::Curl => found.has(Some('o'), "output") || found.has(Some('O'), "remote-name"),
        Fetcher::Wget => !command.arguments().iter().any(|word| word.text.ends_with("O-")),
    };
    !redirected && (!to_file || found.output.is_some_and(|output| output.text == "-"))
}

/// Packages that are all removed again.
fn is_nothing(what: &What) -> bool {
    matches!(what, What::Packages { names, open_ended: false, .. } if names.is_empty())
}

/// Whether a mount keeps `path` out of the layer.
pub(crate) fn is_cached(mounts: &[Mount<'_>], path: &str) -> bool {
    mounts.iter().any(|mount| {
        let target = mount.target().unwrap_or_default().trim_end_matches('/');
        let rest = path.strip_prefix(target);
        let covers = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        mount.is_apart() && !target.is_empty() && covers
    })
}

/// Commands that leave at most a few bytes in the layer.
fn writes_nothing(program: &str, command: &Command) -> bool {
    const SILENT: [&str; 37] = [
        ":",
        "[",
        "addgroup",
        "apt-mark",
        "basename",
        "cat",
        "chgrp",
        "command",
        "date",
        "dirname",
        "echo",
        "env",
        "exit",
        "false",
        "file",
        "find",
        "grep",
        "head",
        "id",
        "ldconfig",
        "ldd",
        "ln",
        "ls",
        "mkdir",
        "printf",
        "pwd",
        "rm",
        "rmdir",
        "set",
        "sha256sum",
        "sleep",
        "test",
        "touch",
        "true",
        "uname",
        "unset",
        "which",
    ];
    let package_manager = matches!(
        command.subcommand().map(|verb| verb.text.as_str()),
        Some("update" | "clean" | "autoremove" | "purge" | "remove" | "del")
    );
    program.is_empty() && command.words.is_empty()
        || SILENT.contains(&program)
        || prints(command)
        || (Manager::of(command).is_some_and(Manager::is_of_distribution) && package_manager)
}
