//! Shell text: RUN bodies, shell-form CMD and friends, as a flat list of simple commands.
//!
//! Tolerant: an unclosed quote ends at the end of the text, and what comes before it is read all
//! the same. Rules ask which commands run, with which words, and how they are joined; they never
//! look at the text themselves.

mod accounts;
mod command;
mod compound;
mod dependencies;
mod dialect;
mod download;
mod packages;
mod reader;
mod words;

pub use accounts::Account;
use command::Names;
pub use command::{Command, Joint, Redirect, ShellVariable, ShellWord};
pub use dependencies::Dependencies;
pub(crate) use dialect::{Dialect, refused, translated};
pub use download::{Download, Fetcher, verifies};
pub(crate) use packages::lists;
pub use packages::{
    FlagWord, Install, Invocation, Manager, PackageArgument, Source, is_pip, operands,
};

use crate::bytes;
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Heredoc, Instruction, Word, instruction::Healthcheck};
use crate::text::Text;
use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;

/// The commands of one text, in the order in which they stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// All simple commands, nested ones included.
    pub commands: Vec<Command>,
    /// The variables that it uses, in the order of the text; without those of PowerShell.
    pub variables: Vec<ShellVariable>,
    /// The variables of `for` and `select`.
    loops: Vec<Text>,
    /// Whether everything that is opened is closed: quotes, parentheses, `if`, and whether commands
    /// stand on both sides of `&&`. If not, the shell refuses the whole text.
    pub whole: bool,
    /// Lines in heredocs that would end them, if there were no blanks before the name.
    pub near_ends: Vec<Span>,
    /// Operators that no shell accepts where they stand.
    pub strays: Vec<Stray>,
    /// A bit for each program that it runs; several may share one.
    programs: u64,
    /// Whether a command sets or exports a variable.
    assigns: bool,
}

/// An operator that has no command before it, or none behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The operator.
    pub span: Span,
    /// What is missing.
    pub place: StrayPlace,
}

/// Where such an operator stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrayPlace {
    /// Nothing stands before it.
    First,
    /// Nothing stands behind it.
    Last,
    /// Right behind another operator.
    Behind(Span),
}

/// Longest chain of `&&` that is followed.
const MAX_CHAIN: usize = 256;

impl Script {
    /// Reads `text`; `place` gives the place in the source of a range of it.
    pub fn parse(text: &Text, place: &dyn Fn(&Range<u32>) -> Span) -> Self {
        reader::read(text, place)
    }

    /// Whether it starts by asking its shell to stop at the first failure: `set -e`.
    pub fn stops_at_failure(&self) -> bool {
        let first = self.commands.first();
        first.is_some_and(|command| command.program() == "set" && command.has_flag(Some('e'), ""))
    }

    /// The script that an instruction hands to a shell: the body of RUN, or the shell form of CMD,
    /// ENTRYPOINT and HEALTHCHECK; also of a RUN behind ONBUILD. The exec form is one command, unless it is `sh -c "..."`.
    pub fn of(instruction: &Instruction, source: &str) -> Option<Self> {
        match &instruction.statement.body {
            Body::Run(command)
            | Body::Cmd(command)
            | Body::Entrypoint(command)
            | Body::Healthcheck(Healthcheck::Command(command)) => {
                Self::of_command_line(command, instruction, source)
            }
            Body::Onbuild(trigger) => match &trigger.body {
                Body::Run(command) => Self::of_command_line(command, instruction, source),
                _ => None,
            },
            _ => None,
        }
    }

    fn of_command_line(
        command: &CommandLine,
        instruction: &Instruction,
        source: &str,
    ) -> Option<Self> {
        let line = &instruction.line;
        Some(match command {
            CommandLine::Empty => return None,
            CommandLine::Exec(words, span) => Self::of_exec(words, *span, instruction),
            CommandLine::Shell(word) => match line.heredocs.first() {
                // A lone heredoc is the script itself; its interpreter may be named in `#!`.
                Some(heredoc) if word.span == heredoc.span => {
                    let body = heredoc.body;
                    let text = body.of(source);
                    if !is_shell_script(text) {
                        return None;
                    }
                    Self::parse(&Text::from(text), &|range| {
                        Span::new(body.start + range.start, body.start + range.end)
                    })
                }
                _ => {
                    let near = Cell::new(0);
                    let place = |range: &Range<u32>| word.part_near(line, range, &near);
                    let mut script = Self::parse(&word.text, &place);
                    script.read_heredocs(&line.heredocs, source);
                    script
                }
            },
        })
    }

    /// Adds the commands of heredocs that a shell reads as its script, as in `bash -eux <<EOF`.
    fn read_heredocs(&mut self, heredocs: &[Heredoc], source: &str) {
        let is_heredoc = |redirect: &&Redirect| matches!(redirect.operator.as_str(), "<<" | "<<-");
        let mut inner = Vec::new();
        for command in &self.commands {
            let flags = |word: &ShellWord| word.text.starts_with(['-', '+']);
            let reads = is_shell(command.program()) && command.arguments().iter().all(flags);
            for redirect in command.redirects.iter().filter(|_| reads).filter(is_heredoc) {
                let place = redirect.target.span;
                let heredoc = heredocs.iter().find(|heredoc| heredoc.span.contains(place));
                let Some(heredoc) = heredoc else { continue };
                let start = heredoc.body.start;
                let text = Text::from(heredoc.body.of(source));
                let script =
                    Self::parse(&text, &|range| Span::new(start + range.start, start + range.end));
                inner.extend(script.commands);
                self.near_ends.extend(script.near_ends);
                self.strays.extend(script.strays);
                self.variables.extend(script.variables);
                self.loops.extend(script.loops);
            }
        }
        let lists = self.commands.iter().map(|command| command.list).max().unwrap_or_default() + 1;
        for command in &mut inner {
            command.depth += 1;
            command.list += lists;
        }
        if !inner.is_empty() {
            self.commands.append(&mut inner);
            self.sum_up();
        }
    }

    /// Whether a command may run the program, itself or behind `sudo` and the like. No is certain,
    /// which spares most rules a look at the commands.
    pub fn may_run(&self, program: &str) -> bool {
        self.programs & bit_of(program) != 0
    }

    /// Whether a command sets or exports a variable.
    pub fn assigns(&self) -> bool {
        self.assigns
    }

    /// Notes what the commands do together.
    fn sum_up(&mut self) {
        for command in &self.commands {
            let program = command.program();
            self.programs |= bit_of(program) | bit_of(command.unwrapped_name());
            self.assigns |= !command.assignments.is_empty() || program == "export";
        }
        self.link();
    }

    /// Tells each command which one follows it in its list.
    fn link(&mut self) {
        let lists = self.commands.iter().map(|command| command.list).max().unwrap_or_default();
        // Most scripts are one list.
        let (mut of_first, mut of_others) = (None, vec![None; lists as usize]);
        for (index, command) in self.commands.iter_mut().enumerate().rev() {
            let next = match command.list.checked_sub(1) {
                None => Some(&mut of_first),
                Some(number) => of_others.get_mut(number as usize),
            };
            command.next = next.and_then(|next| next.replace(index));
        }
    }

    /// The commands that stand inside of `command`, in `$( )` and the like.
    pub fn inside<'s>(&'s self, command: &Command) -> impl Iterator<Item = &'s Command> + use<'s> {
        let span = command.span;
        let from = self.commands.partition_point(|other| other.span.start <= span.start);
        let inner = self.commands.get(from..).unwrap_or_default().iter();
        inner.take_while(move |other| other.span.start < span.end)
    }

    /// The names that its commands may give a value; `None` if that may be any. What stands before
    /// a command, as in `A=1 make`, is for that command alone, and counts only if `passing` does.
    pub fn names_set(&self, passing: bool) -> Option<HashSet<&str>> {
        let mut names: HashSet<&str> = self.loops.iter().map(Text::as_str).collect();
        for command in &self.commands {
            let arguments = match command.program() {
                "." | "source" | "eval" => return None,
                "declare" | "export" | "getopts" | "local" | "mapfile" | "printf" | "read"
                | "readonly" | "set" | "typeset" => command.arguments(),
                _ => &[],
            };
            let kept = passing || command.words.is_empty() || !arguments.is_empty();
            let assigned = command.assignments.iter().filter(|_| kept);
            let words = assigned.chain(arguments);
            names.extend(words.filter_map(|word| word.text.split(['=', '+']).next()));
        }
        Some(names)
    }

    /// The command behind `command` in its list.
    pub fn after(&self, command: &Command) -> Option<&Command> {
        self.commands.get(command.next?)
    }

    /// Whether the text goes on if `command` fails, or may do so: behind `||`, in a pipe, or before `;`.
    pub fn is_caught(&self, command: &Command) -> bool {
        if matches!(command.joint, Joint::Or | Joint::Pipe) {
            return true;
        }
        let mut next = self.after(command);
        for _ in 0..MAX_CHAIN {
            match next.map(|next| (next, next.joint)) {
                None => return false,
                Some((more, Joint::And)) => next = self.after(more),
                Some((_, Joint::Then | Joint::First)) => return !self.stops_at_failure(),
                Some((_, Joint::Or | Joint::Pipe)) => return true,
            }
        }
        true
    }

    /// The command that reads what `command` writes: the next of its list, behind `|`.
    pub fn reader_of(&self, command: &Command) -> Option<&Command> {
        self.after(command).filter(|next| next.joint == Joint::Pipe)
    }

    fn of_exec(words: &[Word], span: Span, instruction: &Instruction) -> Self {
        let shell = words.first().is_some_and(|word| is_shell(&word.text));
        // `-c`, also behind `-o pipefail`; what follows it is the script.
        let is_flag = |word: &Word| word.text.starts_with('-') && word.text.ends_with('c');
        if let Some(flag) = words.iter().position(is_flag).filter(|_| shell)
            && let Some(script) = words.get(flag + 1)
        {
            return Self::parse(&script.text, &|range| script.part(&instruction.line, range));
        }
        let word =
            |word: &Word| ShellWord { text: word.text.clone(), span: word.span, literal: true };
        let words: Vec<ShellWord> = words.iter().map(word).collect();
        let command = Command {
            names: Names::of(&words),
            assignments: Vec::new(),
            words,
            redirects: Vec::new(),
            span,
            joint: Joint::First,
            joint_span: Span::at(span.start),
            list: 0,
            next: None,
            depth: 0,
            blocks: 0,
            substitution: false,
        };
        let mut script = Self { commands: vec![command], whole: true, ..Self::default() };
        script.sum_up();
        script
    }
}

/// The bit of a program in [`Script::programs`].
fn bit_of(program: &str) -> u64 {
    let bytes = program.as_bytes();
    let ends = [bytes.first(), bytes.last()].map(|byte| byte.copied().map_or(0, u32::from));
    1 << ((bytes.len() as u32 * 11 + ends[0] * 3 + ends[1]) % 64)
}

/// Whether a program is a shell that takes `-c`.
pub fn is_shell(program: &str) -> bool {
    matches!(bytes::behind_last(program, b'/'), "sh" | "ash" | "bash" | "dash" | "ksh" | "zsh")
}

/// Whether a file is a script for a shell by its name.
pub fn is_script(path: &str) -> bool {
    path.ends_with(".sh") || path.ends_with(".bash")
}

/// The variable that a word is, as `x` in `$x` and `${x}`.
pub(crate) fn variable(word: &str) -> Option<&str> {
    let name = word.strip_prefix('$')?;
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (plain && !name.is_empty()).then_some(name)
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
