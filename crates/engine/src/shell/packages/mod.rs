//! Package managers: which packages a command installs, and with which switches.

mod manager;
mod peer;
mod tables;

pub use manager::Manager;
pub(super) use manager::manager;
pub use peer::{is_pip, operands};

use super::{Command, ShellWord};
use crate::bytes;
use crate::source::Span;
use crate::text::Text;
use tables::{SYNTAXES, Syntax};

/// Whether `word` is among the words of a list.
pub(crate) fn lists(list: &str, word: &str) -> bool {
    let word = word.as_bytes();
    !word.is_empty() && list.as_bytes().split(|byte| *byte == b' ').any(|entry| entry == word)
}

/// A call of a package manager, with its words by their numbers: read once for all rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    group: Option<usize>,
    verb: usize,
    arguments: Vec<usize>,
    /// Whether the next word is the value.
    flags: Vec<(usize, bool)>,
    install: Option<Packages>,
}

/// What an installation names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Packages {
    packages: Vec<PackageArgument>,
    open_ended: bool,
    reads_list: bool,
}

impl Call {
    /// Reads the words of a command from the number `next` on; `None` if it has no verb.
    pub(super) fn of(manager: Manager, mut next: usize, words: &[ShellWord]) -> Option<Box<Self>> {
        let syntax = SYNTAXES.get(manager as usize).filter(|syntax| syntax.manager == manager)?;
        let (mut group, mut verb) = (None, None);
        let (mut arguments, mut flags) = (Vec::new(), Vec::new());
        while let Some(word) = words.get(next) {
            let (number, text) = (next, word.text.as_str());
            next += 1;
            if text == "--" {
                // What follows is for the compiler of an extension.
                if manager != Manager::Gem {
                    arguments.extend(next..words.len());
                }
                break;
            }
            if text.starts_with('-') && text.len() > 1 {
                let value = syntax.takes_next(text) && next < words.len();
                flags.push((number, value));
                next += usize::from(value);
            } else if verb.is_some() {
                arguments.push(number);
            } else if group.is_none() && lists(syntax.groups, text) {
                group = Some(number);
            } else {
                verb = Some(number);
            }
        }
        let mut call = Self { group, verb: verb?, arguments, flags, install: None };
        call.install = call.packages(syntax, words);
        Some(Box::new(call))
    }

    /// What it installs; `None` if it installs nothing.
    fn packages(&self, syntax: &Syntax, words: &[ShellWord]) -> Option<Packages> {
        let manager = syntax.manager;
        let verb = words.get(self.verb)?;
        // A group is no package, and neither is a module.
        let group = self.group.and_then(|number| words.get(number));
        let grouped = group.is_some_and(|word| manager.is_of_distribution() && word.literal);
        if !lists(syntax.verbs, &verb.text) || grouped {
            return None;
        }
        let flags = self.flags.iter().filter_map(|(number, _)| words.get(*number));
        let reads_list = flags.map(|word| word.text.as_str()).any(|text| syntax.lists(text));
        let runs = manager == Manager::Go && verb.text == "run";
        let arguments = self.arguments.iter().take(if runs { 1 } else { usize::MAX });
        let mut found = Packages { packages: Vec::new(), open_ended: reads_list, reads_list };
        for word in arguments.filter_map(|number| words.get(*number)) {
            match word.literal {
                true => found.packages.push(package(syntax, word)),
                false => found.open_ended = true,
            }
        }
        Some(found)
    }
}

/// A flag with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlagWord<'a> {
    /// The flag as written, without a value that is joined to it: `-t` or `--target-release`.
    pub name: &'a str,
    /// Its word.
    pub word: &'a ShellWord,
    /// The next word, where that is its value.
    pub value: Option<&'a ShellWord>,
}

/// One command of a package manager.
#[derive(Debug, Clone, Copy)]
pub struct Invocation<'a> {
    /// The whole command.
    pub command: &'a Command,
    /// Which manager.
    pub manager: Manager,
    /// The command, as in `install`.
    pub verb: &'a ShellWord,
    call: &'a Call,
}

impl<'a> Invocation<'a> {
    /// Reads a command; `None` if it runs no package manager, or that without a command.
    pub fn of(command: &'a Command) -> Option<Self> {
        let (manager, call) = (command.names.manager?, command.names.call.as_deref()?);
        Some(Self { command, manager, verb: command.words.get(call.verb)?, call })
    }

    /// The words behind the command, without flags and their values.
    pub fn arguments(&self) -> impl DoubleEndedIterator<Item = &'a ShellWord> + use<'a> {
        let words = &self.command.words;
        self.call.arguments.iter().filter_map(|number| words.get(*number))
    }

    /// The flags, before and behind the command.
    pub fn flags(&self) -> impl Iterator<Item = FlagWord<'a>> + use<'a> {
        let words = &self.command.words;
        self.call.flags.iter().filter_map(|(number, value)| {
            let word = words.get(*number)?;
            let name = word.text.split('=').next().unwrap_or(&word.text);
            Some(FlagWord { name, word, value: words.get(number + 1).filter(|_| *value) })
        })
    }

    /// The verb of a command, as in `install`; `None` where [`Self::of`] gives nothing.
    pub fn verb_of(command: &'a Command) -> Option<&'a ShellWord> {
        command.words.get(command.names.call.as_deref()?.verb)
    }

    /// The flag of one of these names.
    pub fn flag(&self, names: &str) -> Option<FlagWord<'a>> {
        self.flags().find(|flag| lists(names, flag.name))
    }
}

impl Syntax {
    /// Whether a flag names a file with packages, or a folder that has some.
    fn lists(&self, flag: &str) -> bool {
        let joined = flag.get(..2).filter(|_| !flag.starts_with("--")).unwrap_or_default();
        let name = flag.split('=').next().unwrap_or(flag);
        lists(self.listing, joined) || lists(self.listing, name)
    }

    /// Whether the value of a flag is the next word.
    fn takes_next(&self, flag: &str) -> bool {
        let joined = bytes::contains(flag, b'=');
        if !joined && (lists(self.valued, flag) || lists(self.listing, flag)) {
            return true;
        }
        if flag.starts_with("--") || flag.len() == 2 || self.manager == Manager::Go {
            return false;
        }
        // Of `-qt`, the first letter that takes a value takes the rest, or the next word.
        let mut letters = flag.char_indices().skip(1);
        let taker = letters.find(|(at, letter)| {
            let mut lists = [self.valued, self.listing].into_iter();
            let end = at + letter.len_utf8();
            let alone = flag.get(*at..end).unwrap_or_default();
            lists.any(|list| list.split(' ').any(|known| known.strip_prefix('-') == Some(alone)))
        });
        taker.is_some_and(|(at, letter)| at + letter.len_utf8() == flag.len())
    }
}

/// Where a package comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The repository, by name.
    Repository,
    /// A file or folder.
    File,
    /// An address.
    Url,
}

/// One package, as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageArgument {
    /// The name without version, as in `curl` of `curl=7.88.1`.
    pub name: Text,
    /// The version, as in `7.88.1`; behind other signs than `=` it is a constraint.
    pub version: Option<Text>,
    /// Where it comes from.
    pub source: Source,
    /// Where it stands.
    pub span: Span,
}

impl PackageArgument {
    /// Whether nothing says which version to take.
    pub fn is_unpinned(&self) -> bool {
        self.source == Source::Repository && self.version.is_none()
    }
}

/// An installation of packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Install<'a> {
    /// The whole command.
    pub command: &'a Command,
    /// Which manager.
    pub manager: Manager,
    /// The word `install` or `add`.
    pub verb: &'a ShellWord,
    /// The packages that are named literally.
    pub packages: &'a [PackageArgument],
    /// Whether other packages may be there, from variables or files.
    pub open_ended: bool,
    /// Whether files are read that list packages, or say which versions to take.
    pub reads_list: bool,
}

impl<'a> Install<'a> {
    /// Reads a command as an installation; `None` if it is none.
    pub fn of(command: &'a Command) -> Option<Self> {
        let (manager, call) = (command.names.manager?, command.names.call.as_deref()?);
        let Packages { packages, open_ended, reads_list } = call.install.as_ref()?;
        Some(Self {
            command,
            manager,
            verb: command.words.get(call.verb)?,
            packages,
            open_ended: *open_ended,
            reads_list: *reads_list,
        })
    }
}

/// Endings of files that are packages.
const ARCHIVES: &str = ".deb .rpm .apk .whl .tar.gz .tgz .tar .zip .gem .crate";

fn package(syntax: &Syntax, word: &ShellWord) -> PackageArgument {
    let text = word.text.as_str();
    let manager = syntax.manager;
    // Of `@scope/name@1`, the first sign belongs to the name.
    let skipped = usize::from(syntax.signs.contains('@') && text.starts_with('@'));
    let sign = match manager {
        // `name-version`: a version starts with a digit behind a dash.
        Manager::Dnf | Manager::Microdnf | Manager::Tdnf | Manager::Yum => {
            let digit = |at: &usize| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
            text.match_indices('-').map(|(at, _)| at).find(digit)
        }
        _ => {
            let rest = text.get(skipped..).unwrap_or_default();
            let sign = |byte| syntax.signs.as_bytes().contains(&byte);
            rest.bytes().position(sign).map(|at| at + skipped)
        }
    };
    let archive =
        bytes::contains(text, b'.') && ARCHIVES.split(' ').any(|ending| text.ends_with(ending));
    let folder = text.starts_with(['/', '.', '~']) && !matches!(manager, Manager::Apk)
        || text.starts_with('/');
    // `name/suite` is how apt names a release, and some managers have slashes in names.
    let slashes = manager.is_apt()
        || matches!(manager, Manager::Npm | Manager::Yarn | Manager::Pnpm | Manager::Go)
        || matches!(manager, Manager::Composer);
    let source = match text {
        _ if text.starts_with("git+") || bytes::contains(text, b':') && text.contains("://") => {
            Source::Url
        }
        _ if archive || folder || (bytes::contains(text, b'/') && !slashes) => Source::File,
        _ => Source::Repository,
    };
    let sign = sign.filter(|_| source == Source::Repository);
    let name = word.text.slice(&(0..sign.unwrap_or(text.len()) as u32));
    let version = sign.and_then(|at| version(&word.text, at));
    PackageArgument { name, version, source, span: word.span }
}

/// The version in what stands behind the name, as in `1.2` of `==1.2`, or of `[extra]>=1.2`.
fn version(text: &Text, sign: usize) -> Option<Text> {
    let behind = text.get(sign..)?;
    let behind = match behind.strip_prefix('[') {
        Some(extras) => extras.split_once(']').map_or("", |(_, rest)| rest),
        None => behind,
    };
    let start = text.len() - behind.len();
    let version = behind.split(';').next().unwrap_or_default();
    let end = start + version.len();
    let version = version.trim_start_matches(['=', '<', '>', '~', '!', '@', '/', ':', '-', ' ']);
    let range = (end - version.len()) as u32..end as u32;
    (!version.is_empty()).then(|| text.slice(&range))
}
