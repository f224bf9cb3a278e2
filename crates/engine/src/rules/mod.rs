//! The rules: what one is, what it sees, and the list of all of them.
//!
//! A rule is two files: `<area>/<name>.rs` with a `pub const RULE` and one function, and
//! `<area>/<name>.md`, its page in the guide and its test. `build.rs` finds both and fails where
//! one is missing, where a name disagrees with its file, or where an alias is taken twice.
//!
//! A rule filters facts that `syntax`, `shell`, `model` and `image` have worked out. It never
//! looks at the text itself; where it would have to, a fact is missing below it.

mod answers;
mod brackets;
mod bundler;
mod cleaning;
mod context;
mod exec_form;
mod golang;
mod install;
mod label;
mod linking;
mod pins;
mod repeated;
mod rewritten;
mod run;
mod scripts;
mod stop_signal;
mod suppress;
mod unwanted;
mod upgrades;
mod users;

pub use context::{Context, Draft, Site};
pub(crate) use exec_form::exec_form;
pub use run::{Findings, RuleFilter, run};
pub use suppress::Silencer;

use crate::diagnostic::{Level, Spoils};
use crate::model::Stage;
use crate::report::{LabelKind, RuleSet};
use crate::shell::Command;
use crate::syntax::{Keyword, RefusalKind};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// What the parser cannot read.
    Parse,
    /// FROM and stages.
    From,
    /// ARG and ENV.
    ArgEnv,
    /// Commands in RUN.
    Run,
    /// Package managers.
    Packages,
    /// COPY and ADD.
    CopyAdd,
    /// USER, WORKDIR, EXPOSE, VOLUME.
    UserWorkdirExpose,
    /// CMD, ENTRYPOINT, HEALTHCHECK and what happens at start.
    Runtime,
    /// LABEL.
    Labels,
    /// How the text looks.
    Style,
    /// Go programs.
    Go,
    /// Other languages and systems: GPUs, PHP, PowerShell, Ruby, Windows.
    Ecosystems,
}

impl Area {
    /// The folder of the area, which is also its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::From => "from",
            Self::ArgEnv => "arg_env",
            Self::Run => "run",
            Self::Packages => "packages",
            Self::CopyAdd => "copy_add",
            Self::UserWorkdirExpose => "user_workdir_expose",
            Self::Runtime => "runtime",
            Self::Labels => "labels",
            Self::Style => "style",
            Self::Go => "go",
            Self::Ecosystems => "ecosystems",
        }
    }
}

/// How a rule is called.
#[derive(Clone, Copy)]
pub enum Check {
    /// Once for the file.
    File(fn(&mut Context<'_, '_>)),
    /// For each stage.
    Stage(fn(&Stage<'_>, &mut Context<'_, '_>)),
    /// For each instruction with one of these keywords, also before the first FROM.
    Instruction(&'static [Keyword], fn(&Site<'_, '_>, &mut Context<'_, '_>)),
    /// For each command of RUN, also behind ONBUILD, whose program has one of these names; for all if none are named.
    Command(&'static [&'static str], fn(&Command, &Site<'_, '_>, &mut Context<'_, '_>)),
    /// What BuildKit refuses for one of these reasons.
    Refused(&'static [RefusalKind]),
    /// Commands of RUN with a flag that they should not have.
    Flag(&'static [UnwantedFlag]),
    /// What a linter of shell scripts says of RUN.
    Scripts,
    /// Labels whose value must be of this kind by the settings, and what to say where it is not,
    /// behind the label in quotes: "is not a ...".
    Label(LabelKind, &'static str),
    /// The same, of a rule whose findings decide whether there is an image, and whether it starts.
    /// The verdict needs it also where the set of rules does not have it.
    Decides(Spoils, &'static Self),
    /// For each name in a comment that silences nothing; `true` if a rule answers to it.
    Unused(fn(&Silencer, bool, &mut Context<'_, '_>)),
}

/// Flags that some programs should not be called with.
pub struct UnwantedFlag {
    /// The programs, without folders: `curl`.
    pub programs: &'static [&'static str],
    /// First words behind the flags of the program, one of which must be there: `install`; none if
    /// any will do.
    pub subcommands: &'static [&'static str],
    /// The flags, with their dashes: `-k`, also among others as in `-sk`, or `--insecure`, also with a value
    /// as in `--insecure=1`; a flag with `=` must be there word for word.
    pub flags: &'static [&'static str],
    /// What is wrong, behind the flag in quotes: "switches off ...".
    pub message: &'static str,
    /// What changes when the flag goes, behind "Remove the flag": ", and ...".
    pub caution: &'static str,
}

/// A rule.
pub struct Rule {
    /// The name, which reads well behind "allow": `untagged-base`.
    pub name: &'static str,
    /// What peers call it, with the peer's name: `hadolint:DL3006`.
    pub aliases: &'static [&'static str],
    /// What it is about.
    pub area: Area,
    /// How much a finding matters, unless the settings say otherwise.
    pub level: Level,
    /// Whether the set `recommended` has it.
    pub recommended: bool,
    /// The version that brought it.
    pub since: &'static str,
    /// The check.
    pub check: Check,
}

impl Rule {
    /// The bare codes of the linters whose findings are compared by code: hadolint's, ShellCheck's
    /// and BuildKit's.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.aliases.iter().filter_map(|alias| match alias.split_once(':')? {
            ("hadolint" | "shellcheck" | "buildkit", code) => Some(code),
            _ => None,
        })
    }

    /// Whether `name` means this rule: its own name or a peer's code, with or without the peer's
    /// name, in any case.
    pub fn answers_to(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
            || self.aliases.iter().any(|alias| {
                let code = alias.split_once(':').map_or(*alias, |(_, code)| code);
                alias.eq_ignore_ascii_case(name) || code.eq_ignore_ascii_case(name)
            })
    }

    /// All its names but its own: peers' codes with and without the peer's name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let bare = |alias: &&'static str| alias.split_once(':').map_or(*alias, |(_, code)| code);
        self.aliases.iter().copied().chain(self.aliases.iter().map(bare))
    }

    /// Whether a set of rules has it.
    pub fn is_in(&self, set: RuleSet) -> bool {
        let has = |peer: &str| {
            let mut aliases = self.aliases.iter().filter(|alias| !OFF_AT_THE_PEER.contains(alias));
            aliases.any(|alias| alias.starts_with(peer))
        };
        match set {
            RuleSet::Recommended => self.recommended,
            RuleSet::Hadolint => has("hadolint:") || has("shellcheck:"),
            RuleSet::BuildKit => has("buildkit:"),
            RuleSet::All => true,
        }
    }
}

/// What a peer reports only if somebody asks for it by name.
pub const OFF_AT_THE_PEER: [&str; 2] = ["hadolint:DL1001", "hadolint:DL3057"];

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// All rules, sorted by name.
pub fn all() -> &'static [&'static Rule] {
    ALL
}

/// The rule whose own name this is.
pub(crate) fn named(name: &str) -> Option<&'static Rule> {
    let place = ALL.binary_search_by(|rule| rule.name.cmp(name));
    ALL.get(place.ok()?).copied()
}

/// The rule that answers to `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.answers_to(name))
}
