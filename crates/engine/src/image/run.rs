//! RUN: what each command adds to the layer, and what the same RUN removes again.

use super::files::{File, Origin, absolute};
use super::go::GoBinary;
use super::go_build::{self, GoBuild, Others, Surroundings};
use super::layer::{Addition, What};
use super::simulate::Walk;
use crate::model::{Base, Step};
use crate::shell::{Command, Install, Manager, Script};
use crate::source::Span;
use crate::syntax::Mount;
use std::rc::Rc;

/// Packages that bring a C compiler.
const COMPILERS: [&str; 7] =
    ["alpine-sdk", "build-base", "build-essential", "clang", "g++", "gcc", "tcc"];

/// What the commands of one RUN share.
pub(super) struct Run {
    additions: Vec<Addition>,
    /// The working directory after `cd`; `None` where it is unknown.
    pub(super) directory: Option<String>,
    exports: Vec<(String, String)>,
}

impl Run {
    /// A path as the command sees it; `None` where that is not known.
    pub(super) fn path(&self, path: &str) -> Option<String> {
        match &self.directory {
            _ if path.starts_with('/') => Some(absolute("/", path)),
            Some(directory) if !path.starts_with('~') => Some(absolute(directory, path)),
            _ => None,
        }
    }
}

impl Walk<'_, '_> {
    pub(super) fn run(&mut self, step: &Step<'_>) -> Vec<Addition> {
        let script = &step.script;
        let mounts: Vec<Mount<'_>> =
            step.instruction.statement.flags.iter().filter_map(Mount::of).collect();
        let mut run = Run {
            additions: Vec::new(),
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
            let what = What::Unknown("this script".to_owned());
            run.additions.push(Addition { what, span: step.instruction.statement.arguments.span });
        }
        remove_cleaned(&mut run.additions, script, &mounts);
        run.additions
    }

    fn command(&mut self, command: &Command, step: &Step<'_>, mounts: &[Mount<'_>], run: &mut Run) {
        let span = command.span;
        if !matches!(command.program(), "go") {
            self.follow(command, run);
        }
        let of_distribution = |install: &Install<'_>| install.manager.is_of_distribution();
        if let Some(install) = Install::of(command).filter(of_distribution) {
            self.install(&install, run);
            return;
        }
        let environment = |name: &str| {
            let exported = run.exports.iter().rev().find(|(key, _)| key == name);
            let known = || step.expansion.environment.iter().find(|(key, _)| *key == name);
            exported
                .map(|(_, value)| value.clone())
                .or_else(|| known().map(|(_, value)| value.clone()))
        };
        let around = Surroundings {
            environment: &environment,
            c_compiler: self.image.c_compiler,
            platform: self.written_platform(),
            minor: self.go_minor(),
        };
        if let Some(build) = GoBuild::of(command, &around) {
            self.go_build(Rc::new(build), mounts, run);
            return;
        }
        if command.program() == "go" {
            self.follow(command, run);
        }
        match command.program() {
            "cd" => {
                let target = command.arguments().first();
                run.directory = match (target.filter(|word| word.literal), &run.directory) {
                    (Some(word), _) if word.text.starts_with('/') => {
                        Some(absolute("/", &word.text))
                    }
                    (Some(word), Some(directory)) => Some(absolute(directory, &word.text)),
                    _ => None,
                };
            }
            "export" => {
                let pairs = command.arguments().iter().filter_map(|word| word.text.split_once('='));
                run.exports.extend(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
            }
            "go" => {
                let modules = !is_cached(mounts, "/go/pkg/mod");
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
            program => {
                let name = if program.is_empty() { "this command" } else { program };
                run.additions.push(Addition { what: What::Unknown(name.to_owned()), span });
            }
        }
    }

    fn install(&mut self, install: &Install<'_>, run: &mut Run) {
        let names: Vec<String> =
            install.packages.iter().map(|package| package.name.to_string()).collect();
        if names.iter().any(|name| COMPILERS.contains(&name.as_str())) {
            self.image.c_compiler = Some(true);
        }
        self.image.packages.extend(names.iter().cloned());
        let command = install.command;
        let span = command.span;
        let recommends =
            install.manager.is_apt() && !command.has_flag(None, "no-install-recommends");
        let open_ended = install.open_ended;
        let what = What::Packages { manager: install.manager, names, recommends, open_ended };
        run.additions.push(Addition { what, span });
        if install.manager == Manager::Apk && !command.has_flag(None, "no-cache") {
            run.additions.push(Addition { what: What::ApkIndex, span });
        }
    }

    fn go_build(&mut self, build: Rc<GoBuild>, mounts: &[Mount<'_>], run: &mut Run) {
        let span = build.span;
        self.image.go_builds.push(Rc::clone(&build));
        let release = self.image.base.row().filter(|row| row.reference.starts_with("golang:"));
        let release = release.and_then(|row| row.reference.strip_prefix("golang:"));
        let release = release.map(|tag| tag.split('-').next().unwrap_or(tag).to_owned());
        // Of other systems than Linux nothing is known.
        let on_linux = build.is_for_linux();
        let caches = What::GoCaches {
            modules: !is_cached(mounts, "/go/pkg/mod"),
            builds: !is_cached(mounts, "/root/.cache/go-build"),
        };
        if !matches!(caches, What::GoCaches { modules: false, builds: false }) {
            run.additions.push(Addition { what: caches, span });
        }
        let image = &self.image;
        let is_directory =
            |path: &str| image.workdirs.contains(path) || image.files.below(path).next().is_some();
        let outputs = build.outputs(run.directory.as_deref(), &is_directory);
        let binary = GoBinary {
            linking: build.linking,
            own_resolver: build.own_resolver(),
            stripped: build.linker.no_symbols || build.linker.no_debug,
            libc: self.image.base.row().filter(|_| on_linux).map(|row| row.libc),
            libc_version: self.image.base.libc_version(),
            go_release: release,
            built_by: span,
            build,
        };
        let unnamed = (outputs.others != Others::None).then(|| "the program".to_owned());
        for shown in outputs.files.iter().cloned().chain(unnamed) {
            run.additions.push(Addition { what: What::GoBinary(binary.clone(), shown), span });
        }
        for path in outputs.files {
            let executable = Some(true);
            let file = File { origin: Origin::Go(binary.clone()), span, executable };
            self.image.files.insert(path, file);
        }
        match outputs.others {
            Others::None => {}
            Others::In(directory) => self.open_at(Some(directory)),
            Others::Anywhere => self.open_at(None),
        }
    }

    /// The release of Go in the tag of the base.
    fn go_minor(&self) -> Option<u32> {
        let Base::Image(image) = &self.stage.base else { return None };
        let is_go = image.familiar_name() == "golang";
        go_build::minor(image.tag.as_deref().filter(|_| is_go)?)
    }

    /// The platform of FROM, where it is written out.
    fn written_platform(&self) -> Option<&str> {
        let written = self.stage.from.instruction.statement.flag_value("platform")?;
        self.stage.platform.as_deref().filter(|_| !written.text.contains('$'))
    }

    /// chown and chmod store every file that they touch a second time.
    fn change(&self, command: &Command, run: &mut Run) {
        let mut operands =
            command.arguments().iter().filter(|word| !word.text.starts_with('-')).skip(1);
        let Some(path) = operands.next().filter(|word| word.literal) else { return };
        let Some(full) = self.path(&path.text) else { return };
        if let Some(File { origin: Origin::Go(binary), .. }) = self.find(&full) {
            let own_layer = run
                .additions
                .iter()
                .any(|addition| matches!(&addition.what, What::GoBinary(_, made) if *made == full));
            if own_layer {
                return;
            }
            let what = Box::new(What::GoBinary(binary.clone(), full.clone()));
            let command_name = command.program().to_owned();
            let what = What::Again { path: full, what, command: command_name };
            run.additions.push(Addition { what, span: command.span });
        }
    }
}

/// Whether a mount keeps `path` out of the layer.
pub(crate) fn is_cached(mounts: &[Mount<'_>], path: &str) -> bool {
    mounts.iter().any(|mount| {
        let target = mount.target().unwrap_or_default().trim_end_matches('/');
        let covers = path == target || path.starts_with(&format!("{target}/"));
        matches!(mount.kind(), "cache" | "tmpfs" | "bind") && !target.is_empty() && covers
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
        || (Manager::of(command).is_some_and(Manager::is_of_distribution) && package_manager)
}

/// Adds what `update` leaves behind, unless the same RUN removes it or a mount holds it.
fn remove_cleaned(additions: &mut Vec<Addition>, script: &Script, mounts: &[Mount<'_>]) {
    if let Some(span) = apt_lists_left(script, mounts) {
        additions.push(Addition { what: What::AptLists, span });
    }
    let removes_index = |command: &Command| {
        command.program() == "rm"
            && command.arguments().iter().any(|word| word.text.starts_with("/var/cache/apk"))
    };
    if script.commands.iter().any(removes_index) || is_cached(mounts, "/var/cache/apk") {
        additions.retain(|addition| !matches!(addition.what, What::ApkIndex));
    }
}

/// The `update` whose package lists are still there when the script ends.
pub(crate) fn apt_lists_left(script: &Script, mounts: &[Mount<'_>]) -> Option<Span> {
    let updates = |command: &&Command| {
        let is_apt = matches!(command.program(), "apt" | "apt-get" | "aptitude");
        is_apt && command.subcommand().is_some_and(|verb| verb.text == "update")
    };
    let mut commands = script.commands.iter();
    let update = commands.find(updates)?;
    let kept = !commands.any(removes_apt_lists) && !is_cached(mounts, "/var/lib/apt/lists");
    kept.then_some(update.span)
}

/// `rm -rf /var/lib/apt/lists/*` in any of its spellings, and what else removes the lists.
pub(crate) fn removes_apt_lists(command: &Command) -> bool {
    let names_lists = || {
        command.arguments().iter().any(|word| {
            let path = word.text.trim_end_matches(['*', '/']);
            matches!(path, "/var/lib/apt/lists" | "/var/lib/apt" | "/var/lib")
        })
    };
    match command.program() {
        "rm" => names_lists(),
        "find" => command.has("-delete") && names_lists(),
        "apt" | "apt-get" => command.has("distclean") || command.has("dist-clean"),
        _ => false,
    }
}
