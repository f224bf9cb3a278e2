//! `go build` and `go install`: their flags, the environment they meet, and the files they write.
//!
//! Measured with Go 1.26 and 1.27: of two `-ldflags` the last one counts, `-buildmode=pie` needs the
//! libc's loader even without cgo, and several packages are written only into a directory.

use super::binary::{Linking, Machine, Surroundings, assigned};
use super::files::base_name;
use super::go_linker::{Linker, split};
use crate::catalog::{BaseImage, Libc};
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
    /// The release of Go, as in `1.26`, where it is known.
    pub release: Option<String>,
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
        let assigned = assigned(command);
        let setting = |name: &str| around.setting(&assigned, name);
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
            release: around.base.row().and_then(release),
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

    pub(super) fn value(&self, name: &str) -> Option<&str> {
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

    /// The libc that it links against, where that of its stage is `own`.
    pub(super) fn libc(&self, own: Option<Libc>) -> Option<Libc> {
        // `musl-gcc` links against musl wherever it runs; what `zig cc` does, its target says.
        match self.compiler.as_deref().unwrap_or_default() {
            compiler if compiler.contains("zig") => None,
            compiler if compiler.contains("musl") => Some(Libc::Musl),
            _ => own,
        }
    }

    /// How a program is linked of which it is known whether it listens on a port, and so uses `net`.
    pub(super) fn needs_libc(&self, listens: bool) -> Linking {
        match self.linking {
            Linking::Either if self.own_resolver() => Linking::Static,
            Linking::Dynamic if self.own_resolver() => Linking::Either,
            Linking::Either if listens => Linking::Dynamic,
            linking => linking,
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

/// The release of Go in an image of the catalogue, as in `1.26`.
fn release(row: &BaseImage) -> Option<String> {
    let tag = row.reference.strip_prefix("golang:")?;
    Some(tag.split('-').next().unwrap_or(tag).to_owned())
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
