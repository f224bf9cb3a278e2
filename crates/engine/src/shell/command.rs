//! One simple command: its words, its redirections, and how it hangs together with its neighbours.

use super::packages::{Call, Manager, manager};
use crate::bytes;
use crate::source::Span;
use crate::text::Text;

/// How a command is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// First of its list.
    First,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|` or `|&`
    Pipe,
    /// `;`, `&` or a new line.
    Then,
}

/// One word after the removal of quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellWord {
    /// The text; expansions such as `$x` and `$(...)` stand as written.
    pub text: Text,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whether nothing in it is expanded, so that `text` is what the command gets. Wildcards do
    /// not count as expansion.
    pub literal: bool,
}

/// A use of a variable, as in `$x` or `${x:-y}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellVariable {
    /// Its name.
    pub name: Text,
    /// Where it stands, `$` included.
    pub span: Span,
}

/// A redirection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The operator with its number, as in `2>`.
    pub operator: String,
    /// The file, the file descriptor or the heredoc's name.
    pub target: ShellWord,
}

/// One simple command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// `NAME=value` before the command.
    pub assignments: Vec<ShellWord>,
    /// The program and its arguments; empty where there are only assignments or redirections.
    pub words: Vec<ShellWord>,
    /// Redirections.
    pub redirects: Vec<Redirect>,
    /// From the first word to the last.
    pub span: Span,
    /// How it is joined to the command before it in the same list.
    pub joint: Joint,
    /// The sign that joins it to what stands before it; empty at the start of a list.
    pub joint_span: Span,
    /// Number of the list that it stands in: the text itself, or one `( )`, `$( )` and the like.
    pub list: u32,
    /// The next command of that list, by its place among all commands.
    pub next: Option<usize>,
    /// How many `( )`, `$( )` and the like it stands in.
    pub depth: u32,
    /// How many `if`, `for`, `while`, `case` and braces of its list it stands in.
    pub blocks: u32,
    /// Whether it stands in `$( )` or backticks.
    pub substitution: bool,
    /// What its words say about the program.
    pub(super) names: Names,
}

/// Which program a command runs: every rule asks, so it is read once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Names {
    /// Where the name starts in the first word, behind the folder.
    program: u32,
    /// Number of the word of the program that really runs, behind `sudo` and the like.
    inner: u32,
    /// Where the name starts in that word.
    inner_program: u32,
    /// The package manager, where it is one.
    pub(super) manager: Option<Manager>,
    /// What it is told to do.
    pub(super) call: Option<Box<Call>>,
}

impl Command {
    /// The program without its folder, as in `apt-get`; empty where it is not literal.
    pub fn program(&self) -> &str {
        let word = self.words.first().filter(|word| word.literal);
        word.map_or("", |word| name(word, self.names.program))
    }

    /// The same, to be kept; `None` where there is none.
    pub(crate) fn program_text(&self) -> Option<Text> {
        let word = self.words.first().filter(|word| word.literal)?;
        let range = self.names.program..word.text.len() as u32;
        Some(word.text.slice(&range)).filter(|name| !name.is_empty())
    }

    /// The program as written, folder included; empty where it is not literal.
    pub fn program_path(&self) -> &str {
        self.words.first().filter(|word| word.literal).map_or("", |word| &word.text)
    }

    /// The arguments behind the program.
    pub fn arguments(&self) -> &[ShellWord] {
        self.words.get(1..).unwrap_or_default()
    }

    /// Whether one of the arguments is exactly `text`.
    pub fn has(&self, text: &str) -> bool {
        self.arguments().iter().any(|word| word.text == text)
    }

    /// Whether a flag is there, alone (`-y`), among others (`-qqy`), or with a value (`--x=y`).
    pub fn has_flag(&self, short: Option<char>, long: &str) -> bool {
        self.arguments().iter().any(|word| {
            if let Some(name) = word.text.strip_prefix("--") {
                return name.split('=').next() == Some(long);
            }
            let letters = word.text.strip_prefix('-').unwrap_or_default();
            short.is_some_and(|short| letters.contains(short))
        })
    }

    /// The first argument that is not a flag, as in `install` of `apt-get -y install`.
    pub fn subcommand(&self) -> Option<&ShellWord> {
        self.arguments().iter().find(|word| !word.text.starts_with('-'))
    }

    /// The words of what really runs: those behind `sudo`, `exec`, `env` and the like with their
    /// flags.
    pub fn unwrapped(&self) -> &[ShellWord] {
        self.words.get(self.names.inner as usize..).unwrap_or_default()
    }

    /// The program that really runs, behind `sudo` and the like; empty where it is not literal.
    pub fn unwrapped_program(&self) -> &str {
        let word = self.unwrapped().first().filter(|word| word.literal);
        word.map_or("", |word| name(word, self.names.inner_program))
    }

    /// The same, also where parts of its path are not literal.
    pub(crate) fn unwrapped_name(&self) -> &str {
        self.unwrapped().first().map_or("", |word| name(word, self.names.inner_program))
    }

    /// Whether it always runs, and in the shell itself: it stands in no `( )`, `if` or the like.
    pub fn is_top_level(&self) -> bool {
        self.depth == 0 && self.blocks == 0
    }
}

impl Names {
    /// Reads the words of a command.
    pub(super) fn of(words: &[ShellWord]) -> Self {
        let start = |word: &ShellWord| {
            (word.text.len() - bytes::behind_last(&word.text, b'/').len()) as u32
        };
        let Some(first) = words.first() else { return Self::default() };
        let program = start(first);
        let inner = inner(words);
        let inner_program = match words.get(inner) {
            Some(word) if inner > 0 => start(word),
            _ => program,
        };
        let literal = if first.literal { name(first, program) } else { "" };
        let manager = manager(literal, words);
        let call = manager.and_then(|(manager, start)| Call::of(manager, start, words));
        let manager = manager.map(|(manager, _)| manager);
        Self { program, inner: inner as u32, inner_program, manager, call }
    }
}

/// Number of the first word behind `sudo`, `exec`, `env` and the like with their flags.
fn inner(words: &[ShellWord]) -> usize {
    let mut start = 0;
    while let Some((wrapper, rest)) = words.get(start..).and_then(<[ShellWord]>::split_first)
        && let Some(valued) = flags_of_wrapper(wrapper)
    {
        let mut skipped = 0;
        while let Some(word) = rest.get(skipped) {
            let flag = word.text.strip_prefix('-');
            if flag.is_none() && !word.text.contains('=') {
                break;
            }
            let takes_next = flag.is_some_and(|flag| flag.len() == 1 && valued.contains(flag));
            skipped += 1 + usize::from(takes_next);
        }
        if skipped >= rest.len() {
            break;
        }
        start += 1 + skipped;
    }
    start
}

/// The flags with a value of a program that runs the command behind its own words.
fn flags_of_wrapper(word: &ShellWord) -> Option<&'static str> {
    let program = Some(bytes::behind_last(&word.text, b'/'));
    Some(match program.filter(|_| word.literal)? {
        "command" | "gosu" | "nohup" => "",
        "env" => "uSC",
        "exec" => "a",
        "nice" => "n",
        "stdbuf" => "ioe",
        "sudo" => "ugphCDRTU",
        "time" => "fo",
        "xargs" => "ILnPsdEa",
        _ => return None,
    })
}

fn name(word: &ShellWord, start: u32) -> &str {
    word.text.behind(start)
}
