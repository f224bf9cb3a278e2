//! Walks each stage instruction by instruction and keeps what is known of the result.

use super::files::{File, Files, Origin, absolute, base_name};
use super::go::{GoBinary, GoBuild, Surroundings};
use super::layer::{Addition, Layer, What};
use super::{BaseFacts, Entry, Image, Setting, chain, find_file};
use crate::model::{Base, Model, Stage, Step, UseTarget};
use crate::shell::{Command, Install, Manager, Script};
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Mount, instruction::Copy};

/// The image at the end of each stage.
pub fn simulate(model: &Model<'_>) -> Vec<Image> {
    let mut images: Vec<Image> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        let image = start(stage, &images);
        let mut walk = Walk { stage, earlier: &images, image };
        for (index, step) in stage.steps.iter().enumerate() {
            walk.step(index, step);
        }
        images.push(walk.image);
    }
    images
}

fn start(stage: &Stage<'_>, images: &[Image]) -> Image {
    let fresh = |base: BaseFacts| Image {
        base,
        parent: None,
        layers: Vec::new(),
        files: Files::default(),
        user: None,
        workdir: Some(base.row().map_or("/", |row| row.workdir).to_owned()),
        entrypoint: None,
        cmd: None,
        shell: None,
        c_compiler: base.row().and_then(|row| row.c_compiler),
        packages: Vec::new(),
    };
    match &stage.base {
        Base::Scratch => fresh(BaseFacts::Scratch),
        Base::Unknown => Image { workdir: None, ..fresh(BaseFacts::Unknown) },
        Base::Image(_) => match stage.found {
            Some(found) => fresh(BaseFacts::Known(found)),
            None => Image { workdir: None, ..fresh(BaseFacts::Unknown) },
        },
        Base::Stage(parent) => match images.get(*parent) {
            Some(below) => Image {
                parent: Some(*parent),
                layers: Vec::new(),
                files: Files::default(),
                user: below.user.clone(),
                workdir: below.workdir.clone(),
                entrypoint: below.entrypoint.clone(),
                cmd: below.cmd.clone(),
                shell: below.shell.clone(),
                c_compiler: below.c_compiler,
                packages: Vec::new(),
                base: below.base,
            },
            None => Image { workdir: None, ..fresh(BaseFacts::Unknown) },
        },
    }
}

/// Packages that bring a C compiler.
const COMPILERS: [&str; 6] = ["gcc", "build-base", "build-essential", "clang", "g++", "tcc"];

struct Walk<'w, 'a> {
    stage: &'w Stage<'a>,
    /// The images of the stages before this one.
    earlier: &'w [Image],
    image: Image,
}

impl Walk<'_, '_> {
    fn step(&mut self, index: usize, step: &Step<'_>) {
        let additions = match step.body() {
            Body::Run(_) => self.run(step),
            Body::Copy(copy) => self.copy(index, step, copy),
            Body::Add(copy) => self.add(step, copy),
            Body::Workdir(path) => {
                let path = step.text(path);
                self.image.workdir = match (path, &self.image.workdir) {
                    (Some(path), _) if path.starts_with('/') => Some(absolute("/", path)),
                    (Some(path), Some(workdir)) => Some(absolute(workdir, path)),
                    _ => None,
                };
                Vec::new()
            }
            Body::User(user) => {
                let value = step.text(user).map(str::to_owned);
                self.image.user = Some(Setting { value, span: user.span });
                Vec::new()
            }
            Body::Shell(words) => {
                let words = words.iter().map(|word| word.text.to_string());
                self.image.shell = Some(words.collect());
                Vec::new()
            }
            Body::Cmd(command) => {
                self.image.cmd = entry(command, step);
                Vec::new()
            }
            Body::Entrypoint(command) => {
                self.image.entrypoint = entry(command, step);
                // A new ENTRYPOINT clears the CMD of the base, not one of this stage.
                let own = |cmd: &Entry| cmd.span.start >= self.stage.span().start;
                self.image.cmd = self.image.cmd.take().filter(own);
                Vec::new()
            }
            _ => Vec::new(),
        };
        let span = step.instruction.span();
        let line = step.instruction.start_line();
        self.image.layers.push(Layer { span, line, additions });
    }

    fn path(&self, path: &str) -> Option<String> {
        if path.starts_with('/') {
            return Some(absolute("/", path));
        }
        self.image.workdir.as_deref().map(|workdir| absolute(workdir, path))
    }

    fn find(&self, path: &str) -> Option<&File> {
        self.image.files.get(path).or_else(|| find_file(self.earlier, self.image.parent?, path))
    }

    fn run(&mut self, step: &Step<'_>) -> Vec<Addition> {
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
        if script.commands.is_empty() {
            let what = What::Unknown("this script".to_owned());
            run.additions.push(Addition { what, span: step.instruction.statement.arguments.span });
        }
        remove_cleaned(&mut run.additions, script, &mounts);
        run.additions
    }

    fn command(&mut self, command: &Command, step: &Step<'_>, mounts: &[Mount<'_>], run: &mut Run) {
        let span = command.span;
        if let Some(install) = Install::of(command) {
            self.install(&install, run);
            return;
        }
        let environment = |name: &str| {
            let exported = run.exports.iter().rev().find(|(key, _)| key == name);
            let known = || step.expansion.go_environment.iter().find(|(key, _)| *key == name);
            exported
                .map(|(_, value)| value.clone())
                .or_else(|| known().map(|(_, value)| value.clone()))
        };
        let around = Surroundings { environment: &environment, c_compiler: self.image.c_compiler };
        if let Some(build) = GoBuild::of(command, &around) {
            self.go_build(&build, span, mounts, run);
            return;
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
            install.packages.iter().map(|package| package.name.clone()).collect();
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

    fn go_build(&mut self, build: &GoBuild, span: Span, mounts: &[Mount<'_>], run: &mut Run) {
        let release = self.image.base.row().filter(|row| row.reference.starts_with("golang:"));
        let release = release.and_then(|row| row.reference.strip_prefix("golang:"));
        let release = release.map(|tag| tag.split('-').next().unwrap_or(tag).to_owned());
        let binary = GoBinary {
            linking: build.linking,
            stripped: build.stripped,
            libc: self.image.base.row().map(|row| row.libc),
            go_release: release,
            built_by: span,
        };
        let caches = What::GoCaches {
            modules: !is_cached(mounts, "/go/pkg/mod"),
            builds: !is_cached(mounts, "/root/.cache/go-build"),
        };
        if !matches!(caches, What::GoCaches { modules: false, builds: false }) {
            run.additions.push(Addition { what: caches, span });
        }
        let directory = if build.installs { Some("/go/bin") } else { run.directory.as_deref() };
        let path = match (&build.output, directory) {
            (Some(output), _) if output.contains('$') => None,
            (Some(output), _) if output.starts_with('/') => Some(absolute("/", output)),
            (Some(output), Some(directory)) => Some(absolute(directory, output)),
            _ => None,
        };
        let shown = path.clone().unwrap_or_else(|| "the program".to_owned());
        run.additions.push(Addition { what: What::GoBinary(binary.clone(), shown), span });
        if let Some(path) = path {
            self.image.files.insert(path, File { origin: Origin::Go(binary), span });
        }
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

    fn copy(&mut self, index: usize, step: &Step<'_>, copy: &Copy) -> Vec<Addition> {
        let from = step.instruction.statement.flag_value("from");
        let Some(from) = from else { return self.copy_context(step, copy) };
        let uses = &self.stage.uses;
        let used = uses.get(uses.partition_point(|used| used.step < index));
        let target = used.filter(|used| used.step == index).map(|used| &used.target);
        let mut additions = Vec::new();
        for source in &copy.sources {
            let path = step.text(source);
            let destination = path.and_then(|path| self.destination(step, copy, path));
            let stage = match target {
                Some(UseTarget::Stage(stage)) if *stage < self.stage.index => Some(*stage),
                _ => None,
            };
            let added = match (stage, path) {
                (Some(stage), Some(path)) => self.copy_from(stage, path, destination, source.span),
                (_, Some(path)) => {
                    well_known(path).map(|what| vec![Addition { what, span: source.span }])
                }
                _ => None,
            };
            additions.extend(added.unwrap_or_else(|| {
                let what = What::Foreign(format!("{} of {}", source.text, from.text));
                vec![Addition { what, span: source.span }]
            }));
        }
        additions
    }

    /// Follows a file, or all known files of a directory, from an earlier stage into this one.
    fn copy_from(
        &mut self,
        stage: usize,
        path: &str,
        destination: Option<String>,
        span: Span,
    ) -> Option<Vec<Addition>> {
        let path = absolute("/", path);
        if let Some(file) = find_file(self.earlier, stage, &path) {
            let origin = file.origin.clone();
            let shown = destination.clone().unwrap_or_else(|| path.clone());
            let what = carried(&origin, &shown, &path);
            if let Some(destination) = destination {
                self.image.files.insert(destination, File { origin, span });
            }
            return Some(vec![Addition { what, span }]);
        }
        if let Some(what) = well_known(&path) {
            return Some(vec![Addition { what, span }]);
        }
        let found: Vec<(String, Origin)> = chain(self.earlier, stage)
            .flat_map(|image| image.files.below(&path))
            .map(|(below, file)| (below.to_owned(), file.origin.clone()))
            .collect();
        if found.is_empty() {
            return None;
        }
        let mut additions = Vec::new();
        for (below, origin) in found {
            let rest = below.strip_prefix(&path).unwrap_or_default();
            let target = destination.as_ref().map(|to| absolute(to, rest.trim_start_matches('/')));
            let what = carried(&origin, target.as_deref().unwrap_or(&below), &below);
            additions.push(Addition { what, span });
            if let Some(target) = target {
                self.image.files.insert(target, File { origin, span });
            }
        }
        Some(additions)
    }

    fn copy_context(&mut self, step: &Step<'_>, copy: &Copy) -> Vec<Addition> {
        let mut additions = Vec::new();
        let heredocs = &step.instruction.line.heredocs;
        for (word, heredoc) in copy.heredocs.iter().zip(heredocs) {
            let bytes = u64::from(heredoc.body.len());
            additions.push(Addition { what: What::Inline(bytes), span: word.span });
            if let Some(destination) = self.destination(step, copy, &heredoc.name) {
                let file = File { origin: Origin::Inline { bytes }, span: word.span };
                self.image.files.insert(destination, file);
            }
        }
        let mut spans = copy.sources.iter().map(|source| source.span);
        let Some(first) = spans.next() else { return additions };
        let span = spans.fold(first, Span::cover);
        for source in &copy.sources {
            let destination = step.text(source).and_then(|path| self.destination(step, copy, path));
            if let Some(destination) = destination.filter(|_| !is_whole(&source.text)) {
                self.image
                    .files
                    .insert(destination, File { origin: Origin::Context, span: source.span });
            }
        }
        let sources: Vec<String> =
            copy.sources.iter().map(|source| source.text.to_string()).collect();
        let whole = sources.iter().any(|source| is_whole(source));
        additions.push(Addition { what: What::Context { sources, whole }, span });
        additions
    }

    fn add(&mut self, step: &Step<'_>, copy: &Copy) -> Vec<Addition> {
        let remote = |text: &str| text.contains("://") || text.starts_with("git@");
        if copy.sources.iter().any(|source| remote(&source.text)) {
            let what = |source: &crate::syntax::Word| Addition {
                what: What::Foreign(source.text.to_string()),
                span: source.span,
            };
            return copy.sources.iter().map(what).collect();
        }
        self.copy_context(step, copy)
    }

    /// Where a source ends up: in the destination if that is a directory, else at it.
    fn destination(&self, step: &Step<'_>, copy: &Copy, source: &str) -> Option<String> {
        let destination = step.text(&copy.destination)?;
        let full = self.path(destination)?;
        let several = copy.sources.len() + copy.heredocs.len() > 1;
        let directory = several
            || destination.ends_with('/')
            || matches!(destination, "." | "..")
            || self.image.files.below(&full).next().is_some()
            || self.image.workdir.as_deref() == Some(full.as_str())
            || full == "/";
        let name = base_name(source);
        if directory && !name.is_empty() && !source.ends_with('/') && !is_whole(source) {
            return Some(absolute(&full, name));
        }
        Some(full)
    }
}

/// What the commands of one RUN share.
struct Run {
    additions: Vec<Addition>,
    /// The working directory after `cd`; `None` where it is unknown.
    directory: Option<String>,
    exports: Vec<(String, String)>,
}

/// The program of a script that is one plain command, maybe behind `exec`.
fn only_program(script: &Script) -> Option<String> {
    let [command] = script.commands.as_slice() else { return None };
    let mut words = command.words.iter().skip_while(|word| word.text == "exec");
    words.next().filter(|word| word.literal).map(|word| word.text.to_string())
}

fn entry(command: &CommandLine, step: &Step<'_>) -> Option<Entry> {
    let span = step.instruction.statement.arguments.span;
    match command {
        CommandLine::Empty => None,
        CommandLine::Exec(words, _) if words.is_empty() => None,
        CommandLine::Exec(words, _) => {
            let words: Vec<_> = words.iter().map(|word| word.text.to_string()).collect();
            Some(Entry { program: words.first().cloned(), words, shell_form: false, span })
        }
        CommandLine::Shell(text) => {
            let program = only_program(&step.script);
            Some(Entry { words: vec![text.text.to_string()], program, shell_form: true, span })
        }
    }
}

fn carried(origin: &Origin, shown: &str, source: &str) -> What {
    match origin {
        Origin::Go(binary) => What::GoBinary(binary.clone(), shown.to_owned()),
        Origin::Inline { bytes } => What::Inline(*bytes),
        Origin::Context => What::Context { sources: vec![source.to_owned()], whole: false },
        Origin::Elsewhere => What::Foreign(source.to_owned()),
    }
}

/// Files whose size is known wherever they come from.
fn well_known(path: &str) -> Option<What> {
    let path = path.trim_end_matches('/');
    Some(match path {
        "/etc/ssl/certs/ca-certificates.crt" | "/etc/ssl/certs" => What::Certificates,
        "/usr/share/zoneinfo" => What::TimeZones,
        "/etc/passwd" | "/etc/group" => What::Accounts,
        _ => return None,
    })
}

fn is_whole(source: &str) -> bool {
    matches!(source, "." | "./" | "/" | "*" | "./*" | "..")
}

/// Whether a mount keeps `path` out of the layer.
fn is_cached(mounts: &[Mount<'_>], path: &str) -> bool {
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
        || (Manager::of(command).is_some() && package_manager)
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
