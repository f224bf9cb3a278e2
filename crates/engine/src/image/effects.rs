//! What the commands of RUN do to files: which they make, move and remove, and where they may put
//! others.
//!
//! Certainty first: a command that is not known may write anywhere, and from then on nothing is
//! certainly missing.

use super::files::{File, Origin, absolute, base_name};
use super::run::Run;
use super::simulate::Walk;
use super::unfollowed::is_of_system;
use crate::shell::{Command, Manager, Redirect, ShellWord};
use crate::source::Span;

/// Commands that write no file of their own.
const QUIET: [&str; 44] = [
    ":",
    "[",
    "[[",
    "alias",
    "apt-mark",
    "basename",
    "cat",
    "cd",
    "chgrp",
    "chown",
    "command",
    "date",
    "df",
    "dirname",
    "du",
    "echo",
    "env",
    "exit",
    "export",
    "false",
    "file",
    "find",
    "getent",
    "grep",
    "head",
    "id",
    "ldconfig",
    "ldd",
    "ls",
    "nproc",
    "printf",
    "pwd",
    "set",
    "sha256sum",
    "shift",
    "sleep",
    "sort",
    "strip",
    "tail",
    "test",
    "true",
    "uname",
    "unset",
    "upx",
];

impl Walk<'_, '_> {
    /// Follows what a command does to files and accounts.
    pub(super) fn follow(&mut self, command: &Command, run: &Run) {
        for redirect in &command.redirects {
            self.redirected(redirect, command, run);
        }
        let words = command.unwrapped();
        let Some((program, arguments)) = words.split_first() else { return };
        if !program.literal {
            return self.leave_all_open();
        }
        let place = command.span;
        match command.unwrapped_name() {
            _ if self.image.accounts.run(command) => {}
            "find" if arguments.iter().any(|word| word.text.starts_with("-exec")) => {
                self.image.files.doubt_modes();
            }
            quiet if QUIET.contains(&quiet) => {}
            "mkdir" => {
                for word in operands(arguments).filter(|word| word.literal) {
                    self.image.workdirs.extend(run.path(&word.text));
                }
            }
            "touch" | "tee" => {
                for word in operands(arguments) {
                    self.write(word, run, place);
                }
            }
            "rm" => self.remove(arguments, run),
            "cp" | "mv" | "install" | "ln" => self.transfer(&program.text, arguments, run, place),
            "chmod" => self.make_executable(arguments, run),
            "curl" | "wget" => self.fetch(command, run),
            "tar" => self.open_folder(value_of(arguments, &["-C", "--directory"]), run),
            "unzip" => self.open_folder(value_of(arguments, &["-d"]), run),
            "git" => {
                let clones = arguments.iter().any(|word| word.text == "clone");
                let target = operands(arguments).nth(2).filter(|_| clones);
                self.open_folder(target, run);
            }
            "go" => match operands(arguments).next().map_or("", |word| word.text.as_str()) {
                "env" | "fmt" | "list" | "mod" | "version" | "vet" => {}
                // Before Go 1.18, `go get` installed programs.
                "get" | "install" => self.open_at(Some("/go/bin")),
                "build" => self.open_at(run.directory.as_deref()),
                _ => self.leave_all_open(),
            },
            "sed" if !command.has_flag(Some('i'), "in-place") => {}
            "sed" => self.image.accounts.open(),
            "update-ca-certificates" => self.open_at(Some("/etc/ssl")),
            _ if Manager::of(command).is_some_and(Manager::is_of_distribution) => {
                self.image.packaged = true;
                if !is_harmless(arguments) {
                    self.image.accounts.open();
                    self.image.unfollowed.add_system();
                }
            }
            _ => self.leave_all_open(),
        }
    }

    /// Any file may have been written, and anybody added.
    pub(super) fn leave_all_open(&mut self) {
        self.image.accounts.open();
        self.image.files.doubt_modes();
        self.open_at(Some("/"));
    }

    /// Anything may lie at that path, or below it; anywhere, if there is none.
    pub(super) fn open_at(&mut self, path: Option<&str>) {
        self.image.unfollowed.add(path.unwrap_or("/"));
    }

    /// Anything may lie in the folder that a flag names, or in the working directory.
    fn open_folder(&mut self, named: Option<&ShellWord>, run: &Run) {
        let path = match named {
            Some(word) => Some(&word.text).filter(|_| word.literal).and_then(|path| run.path(path)),
            None => run.directory.clone(),
        };
        self.open_at(path.as_deref());
    }

    fn redirected(&mut self, redirect: &Redirect, command: &Command, run: &Run) {
        let writes = redirect.operator.contains('>') && !redirect.operator.ends_with("&");
        let target = &redirect.target;
        if !writes || target.text.starts_with("/dev/") {
            return;
        }
        let path = Some(&target.text).filter(|_| target.literal).and_then(|path| run.path(path));
        let anew = !redirect.operator.contains(">>");
        let says = command.arguments().iter().rev().find(|word| word.literal);
        let says = says.filter(|_| matches!(command.program(), "echo" | "printf"));
        if let Some((path, word)) = path.as_ref().zip(says) {
            let before = self.image.texts.remove(path).filter(|_| !anew);
            let mut text = before.unwrap_or_default();
            text.push_str(&word.text);
            text.push('\n');
            self.image.texts.insert(path.as_str(), text);
        }
        match (path.as_deref(), says) {
            (Some("/etc/passwd"), Some(word)) => {
                self.image.accounts.write_users(&word.text, anew);
            }
            (Some("/etc/group"), Some(word)) => {
                self.image.accounts.write_groups(&word.text, anew);
            }
            (Some("/etc/passwd" | "/etc/group") | None, _) => self.image.accounts.open(),
            _ => {}
        }
        self.write(target, run, command.span);
    }

    /// A file whose content is not known; a new one may not be executed.
    fn write(&mut self, word: &ShellWord, run: &Run, span: Span) {
        let path = Some(&word.text).filter(|_| word.literal).and_then(|path| run.path(path));
        let Some(path) = path else { return self.open_at(None) };
        if self.find(&path).is_none() {
            let new = !self.may_lie_at(&path);
            let executable = new.then_some(false);
            let file = File { executable, ..File::new(Origin::Elsewhere, span) };
            self.image.files.insert(path, file);
        }
    }

    fn remove(&mut self, arguments: &[ShellWord], run: &Run) {
        for word in operands(arguments).filter(|word| word.literal) {
            let Some(path) = run.path(&word.text) else { continue };
            let path = path.strip_suffix("/*").unwrap_or(&path);
            for (path, file) in self.image.files.remove(path) {
                self.image.removed.insert(path, file);
            }
        }
    }

    /// cp, mv, install and ln: the facts of a file go with it.
    fn transfer(&mut self, program: &str, arguments: &[ShellWord], run: &Run, span: Span) {
        let words: Vec<&ShellWord> = operands(arguments).collect();
        let has = |flag: &str| arguments.iter().any(|word| word.text == flag);
        if has("-t") || has("--target-directory") {
            return self.open_at(None);
        }
        if program == "install" && has("-d") {
            let folders = words.iter().filter(|word| word.literal);
            self.image.workdirs.extend(folders.filter_map(|word| run.path(&word.text)));
            return;
        }
        let Some((target, sources)) = words.split_last() else { return };
        let Some(into) = Some(&target.text).filter(|_| target.literal).and_then(|at| run.path(at))
        else {
            return self.open_at(None);
        };
        let is_folder = target.text.ends_with(['/', '.'])
            || sources.len() > 1
            || self.image.workdirs.contains(&into)
            || self.image.files.below(&into).next().is_some();
        for source in sources {
            let from = Some(&source.text).filter(|_| source.literal).and_then(|at| run.path(at));
            let file = from.as_deref().and_then(|from| self.find(from)).cloned();
            let (Some(from), Some(mut file)) = (from, file) else {
                self.open_at(Some(&into));
                continue;
            };
            let path = if is_folder { absolute(&into, base_name(&from)) } else { into.clone() };
            if program == "install" {
                file.executable = Some(true);
            }
            if program == "mv" {
                self.image.files.remove(&from);
            }
            self.image.files.insert(path, File { span, ..file });
        }
    }

    fn make_executable(&mut self, arguments: &[ShellWord], run: &Run) {
        let mut words = arguments.iter().filter(|word| !is_flag(word));
        let Some(mode) = words.next() else { return };
        // An odd digit is one with the permission to execute.
        let numeric = mode.text.bytes().all(|byte| byte.is_ascii_digit());
        let grants = mode.text.bytes().any(|byte| matches!(byte, b'x' | b'1' | b'3' | b'5' | b'7'));
        let takes = mode.text.contains('-') && mode.text.contains('x');
        if !numeric && !mode.text.contains(['x', 'X']) {
            return;
        }
        for word in words {
            let path = Some(&word.text).filter(|_| word.literal).and_then(|path| run.path(path));
            let Some(path) = path.filter(|path| !path.contains(['*', '?', '['])) else {
                let unsure = |file: &mut File| file.executable = None;
                self.image.files.iter_mut().for_each(unsure);
                continue;
            };
            // A file of the stage below is one of this stage from here on.
            if self.image.files.get(&path).is_none()
                && let Some(file) = self.find(&path).cloned()
            {
                self.image.files.insert(path.clone(), file);
            }
            let executable = (mode.literal && !takes && (numeric || grants)).then_some(grants);
            for path in self.image.files.at_or_below(&path) {
                if let Some(file) = self.image.files.get_mut(&path) {
                    file.executable = executable;
                }
            }
        }
    }

    fn fetch(&mut self, command: &Command, run: &Run) {
        let (name, flags, rest): (_, [&str; 2], _) = match command.program() {
            "curl" => ("curl", ["-o", "--output"], command.has_flag(Some('O'), "remote-name")),
            _ => ("wget", ["-O", "--output-document"], true),
        };
        let arguments = command.arguments();
        match value_of(arguments, &flags) {
            Some(word) if word.text == "-" => {}
            Some(word) => self.write(word, run, command.span),
            // `-fsSLo FILE` hides the flag among others.
            None if name == "curl" && command.has_flag(Some('o'), "output") => self.open_at(None),
            None if name == "wget" && arguments.iter().any(|word| word.text.ends_with("O-")) => {}
            None if rest => self.open_folder(None, run),
            None => {}
        }
    }

    /// Whether something that is not followed may lie at a path.
    fn may_lie_at(&self, path: &str) -> bool {
        let open = &self.image.unfollowed;
        if self.image.packaged && is_of_system(path) {
            return true;
        }
        std::iter::successors(Some(path), |place| Some(place.rsplit_once('/')?.0))
            .any(|place| open.contains(if place.is_empty() { "/" } else { place }))
    }
}

fn is_flag(word: &ShellWord) -> bool {
    word.text.starts_with('-') && word.text.len() > 1
}

/// The words that are no flags; the value of `-m` and its like counts as one of them.
fn operands(arguments: &[ShellWord]) -> impl Iterator<Item = &ShellWord> {
    let mut valued = false;
    arguments.iter().filter(move |word| {
        let value = std::mem::replace(
            &mut valued,
            matches!(word.text.as_str(), "-m" | "-o" | "-g" | "--mode" | "--owner" | "--group"),
        );
        !value && !is_flag(word)
    })
}

/// The word behind one of the flags, or glued to it as in `--directory=x`.
fn value_of<'w>(arguments: &'w [ShellWord], flags: &[&str]) -> Option<&'w ShellWord> {
    let at = arguments.iter().position(|word| flags.contains(&word.text.as_str()))?;
    arguments.get(at + 1)
}

/// Whether the packages are ones that bring neither a user nor a program of another name.
fn is_harmless(arguments: &[ShellWord]) -> bool {
    let harmless = |name: &str| {
        matches!(
            name,
            "bash"
                | "binutils"
                | "build-base"
                | "ca-certificates"
                | "curl"
                | "dumb-init"
                | "file"
                | "g++"
                | "gcc"
                | "gcompat"
                | "git"
                | "gnupg"
                | "gzip"
                | "icu-libs"
                | "jq"
                | "less"
                | "libc6-compat"
                | "libcap"
                | "libffi-dev"
                | "libgcc"
                | "libpq-dev"
                | "libpq5"
                | "libssl3"
                | "libstdc++"
                | "libxml2"
                | "linux-headers"
                | "locales"
                | "make"
                | "musl-dev"
                | "nano"
                | "openssl"
                | "openssl-dev"
                | "pkg-config"
                | "sqlite"
                | "sqlite-libs"
                | "sqlite3"
                | "su-exec"
                | "tar"
                | "tini"
                | "tzdata"
                | "unzip"
                | "upx"
                | "wget"
                | "xz"
                | "xz-utils"
                | "zip"
                | "zlib"
                | "zlib-dev"
        )
    };
    operands(arguments).skip(1).all(|word| {
        let name = word.text.split(['=', '~', '<', '>', '@']).next().unwrap_or_default();
        word.literal && harmless(name)
    })
}
