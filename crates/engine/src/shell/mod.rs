//! Shell text: RUN bodies, shell-form CMD and friends, as a flat list of simple commands.
//!
//! Tolerant: an unclosed quote ends at the end of the text, and what comes before it is read all
//! the same. Rules ask which commands run, with which words, and how they are joined; they never
//! look at the text themselves.

mod dependencies;
mod packages;
mod reader;

pub use dependencies::Dependencies;
pub use packages::{Install, Manager, PackageArgument};

use crate::source::Span;
use crate::syntax::{Body, CommandLine, Instruction, Word, instruction::Healthcheck};
use crate::text::Text;
use std::ops::Range;

/// How a command is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// First of its list.
    First,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
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
    /// How many `( )`, `$( )` and the like it stands in.
    pub depth: u32,
    /// Whether it stands in `$( )` or backticks.
    pub substitution: bool,
}

impl Command {
    /// The program without its folder, as in `apt-get`; empty where it is not literal.
    pub fn program(&self) -> &str {
        let word = self.words.first().filter(|word| word.literal);
        word.map_or("", |word| word.text.rsplit('/').next().unwrap_or_default())
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
}

/// The commands of one text, in the order in which they stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// All simple commands, nested ones included.
    pub commands: Vec<Command>,
}

impl Script {
    /// Reads `text`; `place` gives the place in the source of a range of it.
    pub fn parse(text: &Text, place: &dyn Fn(&Range<u32>) -> Span) -> Self {
        reader::read(text, place)
    }

    /// The script that an instruction hands to a shell: the body of RUN, or the shell form of CMD,
    /// ENTRYPOINT and HEALTHCHECK; also of a RUN behind ONBUILD. The exec form is one command, unless it is `sh -c "..."`.
    pub fn of(instruction: &Instruction, source: &str) -> Self {
        match &instruction.statement.body {
            Body::Run(command)
            | Body::Cmd(command)
            | Body::Entrypoint(command)
            | Body::Healthcheck(Healthcheck::Command(command)) => {
                Self::of_command_line(command, instruction, source)
            }
            Body::Onbuild(trigger) => match &trigger.body {
                Body::Run(command) => Self::of_command_line(command, instruction, source),
                _ => Self::default(),
            },
            _ => Self::default(),
        }
    }

    fn of_command_line(command: &CommandLine, instruction: &Instruction, source: &str) -> Self {
        let line = &instruction.line;
        match command {
            CommandLine::Empty => Self::default(),
            CommandLine::Exec(words, span) => Self::of_exec(words, *span, instruction),
            CommandLine::Shell(word) => match line.heredocs.first() {
                // A lone heredoc is the script itself; its interpreter may be named in `#!`.
                Some(heredoc) if word.span == heredoc.span => {
                    let body = heredoc.body;
                    let text = body.of(source);
                    if !is_shell_script(text) {
                        return Self::default();
                    }
                    Self::parse(&Text::from(text), &|range| {
                        Span::new(body.start + range.start, body.start + range.end)
                    })
                }
                _ => Self::parse(&word.text, &|range| word.part(line, range)),
            },
        }
    }

    fn of_exec(words: &[Word], span: Span, instruction: &Instruction) -> Self {
        if let [shell, flag, script, ..] = words
            && is_shell(&shell.text)
            && flag.text.starts_with('-')
            && flag.text.ends_with('c')
        {
            return Self::parse(&script.text, &|range| script.part(&instruction.line, range));
        }
        let word =
            |word: &Word| ShellWord { text: word.text.clone(), span: word.span, literal: true };
        let command = Command {
            assignments: Vec::new(),
            words: words.iter().map(word).collect(),
            redirects: Vec::new(),
            span,
            joint: Joint::First,
            depth: 0,
            substitution: false,
        };
        Self { commands: vec![command] }
    }
}

/// Whether a program is a shell that takes `-c`.
pub fn is_shell(program: &str) -> bool {
    let name = program.rsplit('/').next().unwrap_or(program);
    matches!(name, "sh" | "ash" | "bash" | "dash" | "ksh" | "zsh")
}

/// Whether a command is part of the shell itself, so that nothing could start it without one.
pub fn is_builtin(program: &str) -> bool {
    const BUILTINS: [&str; 18] = [
        ".", ":", "alias", "cd", "command", "eval", "exec", "exit", "export", "read", "return",
        "set", "shift", "source", "trap", "ulimit", "umask", "wait",
    ];
    BUILTINS.contains(&program)
}

/// Whether the body of a heredoc is for a shell: it has no `#!` line, or one that names a shell.
fn is_shell_script(text: &str) -> bool {
    let Some(line) = text.lines().next().and_then(|line| line.strip_prefix("#!")) else {
        return true;
    };
    line.split_whitespace().any(is_shell)
}
