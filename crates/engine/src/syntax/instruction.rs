//! Typed views of the 18 instructions.
//!
//! `statement.rs` reads them.

pub use super::key_value::{ArgDeclaration, KeyValue};

use super::Word;
use super::flags::Flag;
use super::json::{self, Broken, Json};
use crate::source::Span;

/// The instructions that BuildKit knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Keyword {
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
    /// Anything else.
    Unknown,
}

impl Keyword {
    /// The 18 instructions, in alphabetical order.
    pub const ALL: [Self; 18] = [
        Self::Add,
        Self::Arg,
        Self::Cmd,
        Self::Copy,
        Self::Entrypoint,
        Self::Env,
        Self::Expose,
        Self::From,
        Self::Healthcheck,
        Self::Label,
        Self::Maintainer,
        Self::Onbuild,
        Self::Run,
        Self::Shell,
        Self::Stopsignal,
        Self::User,
        Self::Volume,
        Self::Workdir,
    ];

    /// The keyword in capitals; empty for an unknown one.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Add => "ADD",
            Self::Arg => "ARG",
            Self::Cmd => "CMD",
            Self::Copy => "COPY",
            Self::Entrypoint => "ENTRYPOINT",
            Self::Env => "ENV",
            Self::Expose => "EXPOSE",
            Self::From => "FROM",
            Self::Healthcheck => "HEALTHCHECK",
            Self::Label => "LABEL",
            Self::Maintainer => "MAINTAINER",
            Self::Onbuild => "ONBUILD",
            Self::Run => "RUN",
            Self::Shell => "SHELL",
            Self::Stopsignal => "STOPSIGNAL",
            Self::User => "USER",
            Self::Volume => "VOLUME",
            Self::Workdir => "WORKDIR",
            Self::Unknown => "",
        }
    }

    /// The instruction of that name, in any case.
    pub fn from_name(name: &str) -> Self {
        let found = Self::ALL.into_iter().find(|keyword| keyword.name().eq_ignore_ascii_case(name));
        found.unwrap_or(Self::Unknown)
    }

    /// The instruction whose name is nearly `name`, as `RNU` is nearly RUN.
    pub fn nearest(name: &str) -> Option<Self> {
        let names = Self::ALL.into_iter().map(Self::name);
        crate::suggest::nearest(name, names).map(Self::from_name)
    }
}

/// A command in one of its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandLine {
    /// Text for a shell; with heredocs, the text of the first line.
    Shell(Word),
    /// A JSON array of arguments, run as it is. The span covers the brackets.
    Exec(Vec<Word>, Span),
    /// Nothing at all, which BuildKit accepts.
    Empty,
}

/// FROM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    /// The image or stage, as written.
    pub image: Word,
    /// The word `AS`.
    pub as_word: Option<Word>,
    /// The stage's name, as written; BuildKit compares it in lower case.
    pub name: Option<Word>,
}

/// COPY or ADD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Sources that are paths or URLs.
    pub sources: Vec<Word>,
    /// Sources that are heredocs.
    pub heredocs: Vec<Word>,
    /// Where they go.
    pub destination: Word,
    /// Whether the arguments are a JSON array.
    pub json: bool,
}

/// HEALTHCHECK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Healthcheck {
    /// `HEALTHCHECK NONE`.
    None,
    /// `HEALTHCHECK CMD ...`.
    Command(CommandLine),
}

/// What an instruction says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "one variant for each instruction")]
pub enum Body {
    Add(Copy),
    Arg(Vec<ArgDeclaration>),
    Cmd(CommandLine),
    Copy(Copy),
    Entrypoint(CommandLine),
    Env(Vec<KeyValue>),
    Expose(Vec<Word>),
    From(From),
    Healthcheck(Healthcheck),
    Label(Vec<KeyValue>),
    Maintainer(Word),
    Onbuild(Box<Statement>),
    Run(CommandLine),
    Shell(Vec<Word>),
    Stopsignal(Word),
    User(Word),
    Volume(Vec<Word>),
    Workdir(Word),
    /// An unknown keyword, or arguments of which nothing could be made.
    Malformed,
}

/// Keyword, flags and arguments of an instruction, or of the trigger behind ONBUILD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which instruction it is.
    pub keyword: Keyword,
    /// The keyword as written.
    pub keyword_word: Word,
    /// The flags, in order.
    pub flags: Vec<Flag>,
    /// Everything behind keyword and flags, without blanks around it.
    pub arguments: Word,
    /// The meaning.
    pub body: Body,
}

impl Statement {
    /// The last flag of that name, which is the one that counts.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().rev().find(|flag| flag.name == name)
    }

    /// The value of the flag of that name.
    pub fn flag_value(&self, name: &str) -> Option<&Word> {
        self.flag(name)?.value.as_ref()
    }

    /// The arguments that were meant for a JSON array, also of a trigger, and are none.
    pub fn broken_json(&self) -> Option<(&Word, Broken)> {
        let (word, command) = match &self.body {
            Body::Run(CommandLine::Shell(word))
            | Body::Cmd(CommandLine::Shell(word))
            | Body::Entrypoint(CommandLine::Shell(word))
            | Body::Healthcheck(Healthcheck::Command(CommandLine::Shell(word))) => (word, true),
            Body::Copy(_) | Body::Add(_) | Body::Volume(_) => (&self.arguments, false),
            Body::Onbuild(trigger) => return trigger.broken_json(),
            _ => return None,
        };
        Some((word, json::broken(&word.text, command)?))
    }

    /// Whether BuildKit looks for heredocs in this instruction: RUN, COPY and ADD, also directly
    /// behind ONBUILD, unless the arguments are JSON.
    pub(super) fn may_have_heredocs(&self) -> bool {
        match &self.body {
            Body::Onbuild(trigger) => trigger.carries_heredocs(),
            _ => self.carries_heredocs(),
        }
    }

    fn carries_heredocs(&self) -> bool {
        matches!(self.keyword, Keyword::Run | Keyword::Copy | Keyword::Add)
            && !matches!(json::parse(&self.arguments.text), Json::Strings(_))
    }
}
