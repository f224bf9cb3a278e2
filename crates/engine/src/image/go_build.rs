//! `go build` and `go install`: their flags, the environment they meet, and the files they write.
//!
//! Measured with Go 1.26 and 1.27: of two `-ldflags` the last one counts, `-buildmode=pie` needs the
//! libc's loader even without cgo, and several packages are written only into a directory.

use super::files::{absolute, base_name};
use super::go::Linking;
use crate::shell::{Command, ShellWord, variable};
use crate::source::Span;

/// Whether code in C becomes part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cgo {
    /// It does not.
    Off,
    /// Where a package has some, as `net` does; or nobody knows.
    Possible,
    /// It was asked for.
    On,
}

/// For which machine a program or a stage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Machine {
    /// For one architecture, whatever the image is for.
    Fixed(String),
    /// For the one that builds.
    Builder,
    /// For the one that the image is for.
    Target,
    /// Nobody knows.
    Unknown,
}

/// A flag of `go build`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoFlag {
    /// Its name without dashes, as in `ldflags`.
    pub name: String,
    /// Its value; empty for a switch.
    pub value: String,
    /// Where it stands with its value; `None` for one of `$GOFLAGS`.
    pub span: Option<Span>,
    /// Where the word with the value stands; the same word as the flag where `=` joins them.
    pub value_word: Option<Span>,
}

/// A variable that `-X` sets in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkVariable {
    /// Its name with the import path, as in `main.version`.
    pub name: String,
    /// The value as written; `None` where there is no `=`.
    pub value: Option<String>,
    /// Whether quotes for the linker hold the value together.
    pub quoted: bool,
}

/// What `-ldflags` asks of the linker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linker {
    /// `-s`: no symbol table, and no debug information either.
    pub no_symbols: bool,
    /// `-w`: no debug information.
    pub no_debug: bool,
    /// `-linkmode external`: the C compiler links.
    pub external: bool,
    /// `-static` among `-extldflags`.
    pub is_static: bool,
    /// The variables of `-X`.
    pub variables: Vec<LinkVariable>,
    /// Whether a variable of the shell may hold more flags.
    pub open: bool,
}

/// One `go build` or `go install`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoBuild {
    /// The whole command.
    pub span: Span,
    /// `go` and the verb.
    pub verb: Span,
    /// Whether the verb is `install`.
    pub installs: bool,
    /// The flags, those of `$GOFLAGS` first.
    pub flags: Vec<GoFlag>,
    /// The packages, as written.
    pub packages: Vec<String>,
    /// Whether variables of the shell may hold further flags.
    pub open: bool,
    /// What the linker is asked for.
    pub linker: Linker,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether C takes part.
    pub cgo: Cgo,
    /// How the program is linked.
    pub linking: Linking,
    /// `$GOOS`, `$GOARCH`, `$GOBIN`, `$CC` as far as they are set; a value with `$` in it is unknown.
    pub system: Option<String>,
    /// The architecture.
    pub architecture: Option<String>,
    /// Where `go install` puts programs.
    pub bin: Option<String>,
    /// `$GOPATH`, below which it puts them otherwise.
    pub path: Option<String>,
    /// The C compiler that was chosen.
    pub compiler: Option<String>,
    /// Whether a C compiler is there; `None` if that is unknown.
    pub has_compiler: Option<bool>,
    /// Whether it is for another platform than the one of the stage; `None` where nobody knows.
    pub foreign: Option<bool>,
    /// For which machine it is.
    pub machine: Machine,
}

/// What a `go` command meets in its stage.
pub(super) struct Surroundings<'a> {
    /// Values of the environment, nearest first; one with `$` in it is set, but not known.
    pub(super) environment: &'a dyn Fn(&str) -> Option<String>,
    /// The value of a variable of the shell, where it is known.
    pub(super) value: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a C compiler is there; `None` if that is unknown.
    pub(super) c_compiler: Option<bool>,
    /// Whether a variable of the shell is certainly not set.
    pub(super) is_unset: &'a dyn Fn(&str) -> bool,
    /// For which machine the stage is.
    pub(super) machine: &'a Machine,
    /// The platform of the stage, where it is written out: `linux/amd64`.
    pub(super) platform: Option<&'a str>,
    /// The second number of Go's release, as 26 in `1.26`, where the tag says it.
    pub(super) minor: Option<u32>,
}

/// The files that a build writes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outputs {
    /// The programs, by absolute path.
    pub(super) files: Vec<String>,
    /// Whether there are, or may be, others.
    pub(super) others: Others,
}

/// Files that a build writes under names that nobody can tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Others {
    /// None.
    #[default]
    None,
    /// In one directory.
    In(String),
    /// Anywhere.
    Anywhere,
}

impl GoBuild {
    /// Reads `go build ...` or `go install ...`, also behind `env` and the like and with
    /// assignments before it.
    pub(super) fn of(command: &Command, around: &Surroundings<'_>) -> Option<Self> {
        let inner = command.unwrapped();
        let (first, rest) = inner.split_first()?;
        if !first.literal || base_name(&first.text) != "go" {
            return None;
        }
        let (verb, mut rest) = rest.split_first()?;
        let installs = match verb.text.as_str() {
            "build" => false,
            "install" => true,
            _ => return None,
        };
        let before = command.words.get(..command.words.len() - inner.len()).unwrap_or_default();
        let assigned = command.assignments.iter().chain(before).rev();
        let assigned: Vec<(&str, &str)> =
            assigned.filter_map(|word| word.text.split_once('=')).collect();
        let setting = |name: &str| {
            let own = assigned.iter().find(|(key, _)| *key == name);
            let value = own.map(|(_, value)| {
                let known = variable(value).and_then(|name| (around.value)(name));
                known.unwrap_or_else(|| (*value).to_owned())
            });
            // An empty variable is to Go as good as none.
            value.or_else(|| (around.environment)(name)).filter(|value| !value.is_empty())
        };
        // Where compilers lie is not looked into by a `$PATH` of one's own.
        let path = assigned.iter().find(|(key, _)| *key == "PATH").map(|(_, value)| *value);
        let unseen = path.is_some_and(|path| {
            let holds = |folder: &str| matches!(folder, "/bin" | "/usr/bin" | "/usr/local/bin");
            !path.contains('$') && !path.split(':').any(holds)
        });
        let has_compiler = if unseen { Some(false) } else { around.c_compiler };
        let mut build = Self {
            span: command.span,
            verb: first.span.cover(verb.span),
            installs,
            flags: Vec::new(),
            packages: Vec::new(),
            open: false,
            linker: Linker::default(),
            tags: Vec::new(),
            cgo: Cgo::Possible,
            linking: Linking::Either,
            system: setting("GOOS"),
            architecture: setting("GOARCH"),
            bin: setting("GOBIN"),
            path: setting("GOPATH"),
            compiler: setting("CC"),
            has_compiler,
            foreign: None,
            machine: Machine::Unknown,
        };
        for flag in setting("GOFLAGS").iter().flat_map(|flags| split(flags)) {
            let flag = flag.text.as_str();
            build.open |= flag.starts_with('$');
            let (name, value) = flag.split_once('=').unwrap_or((flag, ""));
            build.push(name, value, None, None);
        }
        // Behind the first package there are no flags any more, so what stands before one is flags.
        let last_flag = rest.iter().rposition(|word| word.text.starts_with('-')).unwrap_or(0);
        let mut place = 0;
        while let Some((word, behind)) = rest.split_first() {
            let value = behind.first().filter(|_| takes_value(&word.text));
            match value {
                _ if !word.text.starts_with('-') => {
                    build.open |= !word.literal && word.text.starts_with('$');
                    if place >= last_flag {
                        build.packages.push(word.text.to_string());
                    }
                }
                Some(value) => {
                    let span = word.span.cover(value.span);
                    build.push(&word.text, &value.text, Some(span), Some(value.span));
                }
                None => {
                    let (name, value) = word.text.split_once('=').unwrap_or((&word.text, ""));
                    build.push(name, value, Some(word.span), Some(word.span));
                }
            }
            let taken = usize::from(value.is_some() && word.text.starts_with('-'));
            place += 1 + taken;
            rest = behind.get(taken..).unwrap_or_default();
        }
        let tags = build.value("tags").unwrap_or_default();
        build.tags =
            tags.split([',', ' ']).map(|tag| tag.trim_matches(QUOTES).to_owned()).collect();
        if let Some(text) = build.value("ldflags") {
            build.linker = Linker::of(text);
        }
        build.foreign = build.is_foreign(around.platform);
        build.cgo = build.cgo_of(setting("CGO_ENABLED").as_deref(), around);
        build.linking = build.linking_of();
        build.machine = build.machine_of(around);
        Some(build)
    }

    fn push(&mut self, word: &str, value: &str, span: Option<Span>, value_word: Option<Span>) {
        let name = word.trim_start_matches('-').to_owned();
        self.flags.push(GoFlag { name, value: value.to_owned(), span, value_word });
    }

    /// The flag of that name that counts: the last one.
    pub fn flag(&self, name: &str) -> Option<&GoFlag> {
        self.flags.iter().rev().find(|flag| flag.name == name)
    }

    fn value(&self, name: &str) -> Option<&str> {
        Some(self.flag(name)?.value.as_str())
    }

    /// Whether a switch is on.
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some_and(|value| !matches!(value, "false" | "0"))
    }

    /// The flags of that name on the command line, in their order.
    pub fn given<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f GoFlag> {
        self.flags.iter().filter(move |flag| flag.name == name && flag.span.is_some())
    }

    /// Whether tags replace the parts of the standard library that need C.
    pub fn own_resolver(&self) -> bool {
        ["netgo", "osusergo"].iter().all(|tag| self.tags.iter().any(|found| found == tag))
    }

    /// The flag that makes the race detector or another sanitizer part of the program.
    pub fn sanitizer(&self) -> Option<&GoFlag> {
        ["race", "msan", "asan"]
            .iter()
            .filter(|name| self.has(name))
            .find_map(|name| self.flag(name))
    }

    /// Whether the outcome is a library for C or a plugin, rather than a program.
    pub fn is_library(&self) -> bool {
        matches!(
            self.value("buildmode"),
            Some("archive" | "c-archive" | "c-shared" | "plugin" | "shared")
        )
    }

    /// Whether the program may be for another machine than the one that builds: `$GOARCH` or
    /// `$GOOS` comes from a variable.
    pub fn may_cross(&self) -> bool {
        let varies =
            |value: &Option<String>| value.as_ref().is_some_and(|value| value.contains('$'));
        varies(&self.system) || varies(&self.architecture)
    }

    /// Whether the program is for Linux; a variable is taken for that too.
    pub fn is_for_linux(&self) -> bool {
        self.system.as_deref().is_none_or(|system| system == "linux" || system.contains('$'))
    }

    fn cgo_of(&self, asked: Option<&str>, around: &Surroundings<'_>) -> Cgo {
        // Before Go 1.20, cgo was on without a compiler too: `net` came compiled.
        let none = self.has_compiler == Some(false)
            && self.compiler.is_none()
            && around.minor.is_none_or(|minor| minor >= 20);
        match asked {
            Some("0") => Cgo::Off,
            Some("1") => Cgo::On,
            Some(value) if value.contains('$') => Cgo::Possible,
            _ if self.foreign == Some(true) || none => Cgo::Off,
            _ => Cgo::Possible,
        }
    }

    fn is_foreign(&self, platform: Option<&str>) -> Option<bool> {
        let mut parts = platform.unwrap_or("linux/").split('/');
        let (system, architecture) = (parts.next()?, parts.next()?);
        let differs = |own: &Option<String>, other: &str| match own {
            None => Some(false),
            Some(own) if own.contains('$') || other.is_empty() => None,
            Some(own) => Some(own != other),
        };
        match (differs(&self.system, system), differs(&self.architecture, architecture)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }

    fn machine_of(&self, around: &Surroundings<'_>) -> Machine {
        let Some(architecture) = &self.architecture else { return around.machine.clone() };
        match variable(architecture) {
            // An ARG that nobody declares is empty.
            Some(name) if (around.is_unset)(name) => around.machine.clone(),
            Some("TARGETARCH") => Machine::Target,
            Some("BUILDARCH") => Machine::Builder,
            None if !architecture.contains('$') => Machine::Fixed(architecture.clone()),
            _ => Machine::Unknown,
        }
    }

    fn linking_of(&self) -> Linking {
        let statically = self.linker.is_static && !self.linker.open;
        // With C of its own a program is linked by the C compiler, without it by Go.
        if statically && (self.linker.external || self.own_resolver()) {
            return Linking::Static;
        }
        match self.cgo {
            _ if self.sanitizer().is_some() || self.value("buildmode") == Some("pie") => {
                Linking::Dynamic
            }
            Cgo::Off => Linking::Static,
            Cgo::On if self.linker.is_static || self.linker.open => Linking::Either,
            Cgo::On => Linking::Dynamic,
            Cgo::Possible => Linking::Either,
        }
    }

    /// The files that it writes when it is called in `directory`; `is_directory` says of a path
    /// whether a directory is there.
    pub(super) fn outputs(
        &self,
        directory: Option<&str>,
        is_directory: &dyn Fn(&str) -> bool,
    ) -> Outputs {
        let several = self.packages.len() > 1 && !self.packages.iter().all(|p| p.ends_with(".go"));
        let wild = self.packages.iter().any(|package| package.contains("..."));
        let work = match (directory, self.value("C")) {
            (Some(directory), Some(inner)) if !inner.contains('$') => {
                Some(absolute(directory, inner))
            }
            (_, Some(_)) => None,
            (directory, None) => directory.map(str::to_owned),
        };
        if self.has("n") || self.flag("o").is_some_and(|flag| flag.value == "/dev/null") {
            return Outputs::default();
        }
        let (target, into) = match self.value("o").filter(|_| !self.installs) {
            _ if self.installs => (self.bin_directory(), true),
            Some(path) if path.contains(['$', '`']) => (None, true),
            Some(path) => {
                let full = match &work {
                    _ if path.starts_with('/') => Some(absolute("/", path)),
                    work => work.as_deref().map(|work| absolute(work, path)),
                };
                let marked = path.ends_with('/') || path == ".";
                let into = marked || several || wild || full.as_deref().is_some_and(is_directory);
                (full, into)
            }
            // Several packages are only compiled.
            None if several => return Outputs::default(),
            None => (work, true),
        };
        let Some(target) = target else {
            return Outputs { files: Vec::new(), others: Others::Anywhere };
        };
        if self.is_library() {
            return Outputs { files: Vec::new(), others: Others::In(target) };
        }
        if !into {
            return Outputs { files: vec![target], others: Others::None };
        }
        let mut outputs = Outputs::default();
        if several && self.packages.iter().all(|package| package.ends_with(".go")) {
            outputs.others = Others::In(target);
            return outputs;
        }
        for package in &self.packages {
            match self.name_of(package) {
                Some(name) => outputs.files.push(absolute(&target, &name)),
                None => outputs.others = Others::In(target.clone()),
            }
        }
        if self.packages.is_empty() {
            outputs.others = Others::In(target);
        }
        outputs
    }

    /// Where `go install` puts what it builds.
    fn bin_directory(&self) -> Option<String> {
        match &self.bin {
            Some(bin) if bin.starts_with('/') => Some(absolute("/", bin)),
            Some(_) => None,
            // For another platform there is a folder of its own.
            None if self.system.is_some() || self.architecture.is_some() => None,
            None => {
                let path = self.path.as_deref().and_then(|path| path.split(':').next())?;
                path.starts_with('/').then(|| absolute(path, "bin"))
            }
        }
    }

    /// `go build ./cmd/server` writes `server`; `go build .` is named after the module.
    fn name_of(&self, package: &str) -> Option<String> {
        let path = package.split('@').next()?.trim_end_matches('/');
        let mut parts = path.rsplit('/');
        let mut name = parts.next()?;
        let version = name.strip_prefix('v').unwrap_or_default();
        let is_number = version.bytes().all(|byte| byte.is_ascii_digit()) && !version.is_empty();
        if is_number && !version.starts_with('0') && version != "1" {
            name = parts.next()?;
        }
        let name = name.strip_suffix(".go").unwrap_or(name);
        if name.is_empty() || matches!(name, "." | ".." | "...") || name.contains(['$', '*', '`']) {
            return None;
        }
        let suffix = if self.system.as_deref() == Some("windows") { ".exe" } else { "" };
        Some(format!("{name}{suffix}"))
    }
}

impl Linker {
    fn of(text: &str) -> Self {
        let mut linker = Self::default();
        // `all=-s` is for all packages; the linker sees the rest.
        let text = match text.split_once('=') {
            Some((pattern, rest)) if !pattern.starts_with(['-', '\'', '"', ' ', '$']) => rest,
            _ => text,
        };
        let words = split(text);
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let Some(flag) = word.text.strip_prefix('-') else {
                linker.open |= word.text.contains(['$', '`']);
                continue;
            };
            let flag = flag.strip_prefix('-').unwrap_or(flag);
            let (name, own) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (flag, None),
            };
            match name {
                "s" => linker.no_symbols = own != Some("false"),
                "w" => linker.no_debug = !matches!(own, Some("false" | "0")),
                "linkmode" | "extldflags" | "X" => {
                    let (value, quoted) = match own {
                        Some(value) => (Some(value), word.quoted),
                        None => {
                            let next = words.next();
                            (
                                next.map(|next| next.text.as_str()),
                                next.is_some_and(|next| next.quoted),
                            )
                        }
                    };
                    let Some(value) = value else { continue };
                    match name {
                        "linkmode" => linker.external = value == "external",
                        "extldflags" => linker.is_static = value.contains("-static"),
                        _ => {
                            let (name, value) = match value.split_once('=') {
                                Some((name, value)) => (name, Some(value.to_owned())),
                                None => (value, None),
                            };
                            let name = name.to_owned();
                            linker.variables.push(LinkVariable { name, value, quoted });
                        }
                    }
                }
                _ => {}
            }
        }
        linker
    }
}

const QUOTES: [char; 2] = ['\'', '"'];

/// Flags of `go build` that stand alone.
const SWITCHES: &str =
    "a n v x i race msan asan cover work trimpath linkshared modcacherw json buildvcs";

/// Whether the value of a flag is the next word.
fn takes_value(word: &str) -> bool {
    let name = word.trim_start_matches('-');
    word.starts_with('-') && !name.contains('=') && !SWITCHES.split(' ').any(|known| known == name)
}

/// A word of such a list, without its quotes.
struct Part {
    text: String,
    quoted: bool,
}

/// Words as Go splits its own flags: by blanks, unless a word starts with a quote. Expansions of
/// the shell count as part of their word.
fn split(text: &str) -> Vec<Part> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quote, mut depth) = (None, 0u32);
    let mut before = ' ';
    for ch in text.chars() {
        match ch {
            _ if quote == Some(ch) && depth == 0 => {
                quote = None;
                words.push(Part { text: std::mem::take(&mut word), quoted: true });
                before = ' ';
                continue;
            }
            '\'' | '"' if word.is_empty() && quote.is_none() => {
                quote = Some(ch);
                continue;
            }
            '(' if depth > 0 || before == '$' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' | '\t' | '\n' | '\r' if quote.is_none() && depth == 0 => {
                if !word.is_empty() {
                    words.push(Part { text: std::mem::take(&mut word), quoted: false });
                }
                before = ch;
                continue;
            }
            _ => {}
        }
        word.push(ch);
        before = ch;
    }
    if !word.is_empty() {
        words.push(Part { text: word, quoted: quote.is_some() });
    }
    words
}

/// The second number of a release of Go in a tag such as `1.26.3-alpine`.
pub(super) fn minor(tag: &str) -> Option<u32> {
    let rest = tag.strip_prefix("1.")?;
    rest.split(|ch: char| !ch.is_ascii_digit()).next()?.parse().ok()
}

/// The arguments of a command behind `words`, as in `mod download`, if it is one of `go`.
pub fn go_arguments<'c>(command: &'c Command, words: &[&str]) -> Option<&'c [ShellWord]> {
    if command.unwrapped_program() != "go" {
        return None;
    }
    let (own, behind) = command.unwrapped().get(1..)?.split_at_checked(words.len())?;
    own.iter().zip(words).all(|(own, word)| own.text == *word).then_some(behind)
}
