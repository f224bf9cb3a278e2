//! Which words of which instruction are expanded, and what ARG and ENV add to the scope.

use super::Step;
use super::expansion::{Expansion, Undefined};
use super::scope::{PLATFORM_ARGS, READ_BY_PROGRAMS, Scope};
use crate::shell::{Command, ShellVariable, variable};
use crate::source::Span;
use crate::syntax::words::{self, Options};
use crate::syntax::{
    Body, Instruction, LogicalLine, Mount, Word,
    instruction::{ArgDeclaration, Copy, KeyValue},
};
use crate::text::Text;
use std::collections::HashMap;
use std::rc::Rc;

/// What cargo reads from its environment, besides.
const READ_BY_CARGO: [&str; 12] = [
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_HOME",
    "CARGO_INSTALL_ROOT",
    "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
    "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
    "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS",
    "RUSTFLAGS",
];

/// ARG before the first FROM: each name sees those before it, and the platform arguments.
pub(super) fn global_arg(instruction: &Instruction, global: &mut Scope, escape: char) -> Expansion {
    let mut expansion = Expansion::default();
    if let Body::Arg(declarations) = &instruction.statement.body {
        for declaration in declarations {
            let name = &declaration.name.text;
            match &declaration.default {
                Some(default) => {
                    let value = expansion.add(default, &instruction.line, global, escape);
                    global.set_expanded(name, &value);
                }
                None => global.declare(name),
            }
        }
    }
    expansion
}

/// The same where nobody gives a value: a name without default stays as it was.
pub(super) fn default_arg(instruction: &Instruction, defaults: &mut Scope, escape: char) {
    let Body::Arg(declarations) = &instruction.statement.body else { return };
    for declaration in declarations {
        let default = declaration.default.as_ref();
        if let Some(Ok(value)) = default.map(|default| defaults.expand(&default.text, escape)) {
            defaults.set(&declaration.name.text, &value.text);
        }
    }
}

/// Any instruction of a stage.
pub(super) fn instruction(
    instruction: &Instruction,
    scope: &mut Scope,
    global: &Scope,
    escape: char,
    text: &str,
) -> Expansion {
    let mut expander =
        Expander { line: &instruction.line, escape, expansion: Expansion::default() };
    let statement = &instruction.statement;
    match &statement.body {
        Body::Arg(declarations) => expander.args(declarations, scope, global),
        Body::Env(pairs) => expander.env(pairs, scope),
        Body::Label(pairs) => {
            for pair in pairs {
                expander.word(&pair.key, scope);
                expander.word(&pair.value, scope);
            }
        }
        Body::Copy(copy) | Body::Add(copy) => {
            for flag in ["chown", "chmod", "checksum"] {
                if let Some(value) = statement.flag_value(flag) {
                    expander.word(value, scope);
                }
            }
            for flag in statement.flags.iter().filter(|flag| flag.name == "exclude") {
                if let Some(value) = &flag.value {
                    expander.word(value, scope);
                }
            }
            expander.copy(copy, instruction, scope, text);
        }
        Body::Run(_) => {
            for flag in statement.flags.iter().filter(|flag| Mount::of(flag).is_some()) {
                if let Some(value) = &flag.value {
                    expander.word(value, scope);
                }
            }
        }
        Body::Expose(words) | Body::Volume(words) => {
            for word in words {
                expander.word(word, scope);
            }
        }
        Body::User(word) | Body::Workdir(word) | Body::Stopsignal(word) => {
            expander.word(word, scope);
        }
        _ => {}
    }
    for variable in &mut expander.expansion.undefined {
        variable.global = global.defines(&variable.name);
    }
    expander.expansion
}

/// Variables that a shell, or whoever starts it, sets.
const SET_BY_SHELLS: [&str; 14] = [
    "EUID", "HOME", "HOSTNAME", "IFS", "LINENO", "OLDPWD", "OPTARG", "OPTIND", "PPID", "PWD",
    "RANDOM", "SHLVL", "UID", "USER",
];

/// Notes the variables in the script of a RUN that the stage does not have.
pub(super) fn note_hidden(step: &mut Step<'_>, scope: &Scope, global: &Scope) {
    let hidden = hidden(step, scope, global);
    if !hidden.is_empty() {
        Rc::make_mut(&mut step.expansion).hidden = hidden;
    }
}

fn hidden(step: &Step<'_>, scope: &Scope, global: &Scope) -> Vec<Undefined> {
    let mut uses = step.script.variables.iter().peekable();
    if uses.peek().is_none() {
        return Vec::new();
    }
    let Some(mut set) = step.script.names_set(true) else { return Vec::new() };
    let mounts: Vec<_> = step.mounts().filter_map(|mount| mount.get("env")).collect();
    set.extend(&mounts);
    let uses = uses.filter(|variable| {
        let name = variable.name.as_str();
        let certain = !scope.may_hold_more() || PLATFORM_ARGS.contains(&name);
        certain && !scope.defines(name) && !set.contains(name) && !SET_BY_SHELLS.contains(&name)
    });
    let undefined = |variable: &ShellVariable| {
        let global = global.defines(&variable.name);
        Undefined {
            name: variable.name.to_string(),
            span: variable.span,
            // `$x` and `${x}` have none. That of a global one hides what it is, but a container's
            // system is Linux anyway.
            has_fallback: (!global || variable.name == "TARGETOS")
                && variable.span.len() > variable.name.len() as u32 + 3,
            suggestion: None,
            global,
        }
    };
    uses.map(undefined).collect()
}

/// Most variables of one RUN that are followed to the programs that read them.
const MOST_HANDED_ON: usize = 16;

/// Notes the values of variables that a RUN hands on, as in `CGO_ENABLED=$CGO go build`. The platform
/// stays open, unless a default of the stage takes its place.
pub(super) fn hand_on(step: &mut Step<'_>, scope: &Scope, global: &Scope) {
    let commands = step.script.commands.iter();
    let runs_cargo = |command: &Command| command.unwrapped_program() == "cargo";
    let cargo = step.script.may_run("cargo") && commands.clone().any(runs_cargo);
    if cargo {
        Rc::make_mut(&mut step.expansion).of_cargo = scope.environ_of(&READ_BY_CARGO);
    }
    let is_read = |name: &str| {
        READ_BY_PROGRAMS.contains(&name)
            || cargo && (name == "--target" || READ_BY_CARGO.contains(&name))
    };
    let words = commands.flat_map(|command| command.assignments.iter().chain(&command.words));
    let handed =
        words.filter(|word| !word.literal).filter_map(|word| match word.text.split_once('=') {
            Some((name, value)) => is_read(name).then(|| variable(value))?,
            None => variable(&word.text).filter(|_| cargo),
        });
    let mut names: Vec<&str> = handed.take(MOST_HANDED_ON).collect();
    if names.is_empty() {
        return;
    }
    let Some(set) = step.script.names_set(false) else { return };
    names.retain(|name| !set.contains(name));
    let values = names.into_iter().filter_map(|name| {
        let value = scope.value(name)?;
        let of_platform = PLATFORM_ARGS.contains(&name) && global.value(name) == Some(value);
        (!of_platform).then(|| (name.to_owned(), value.to_owned()))
    });
    let values: Vec<_> = values.collect();
    Rc::make_mut(&mut step.expansion).handed_on = values;
}

struct Expander<'a> {
    line: &'a LogicalLine,
    escape: char,
    expansion: Expansion,
}

impl Expander<'_> {
    fn word(&mut self, word: &Word, scope: &Scope) {
        // A plain word says what is written, which leaves nothing to note.
        if !words::is_plain(&word.text, Options::expand(self.escape)) {
            self.expansion.add(word, self.line, scope, self.escape);
        }
    }

    /// Each name sees those before it. A default is the value unless the person who builds gives
    /// another; a name without default takes the global value.
    fn args(&mut self, declarations: &[ArgDeclaration], scope: &mut Scope, global: &Scope) {
        for declaration in declarations {
            let name = &declaration.name.text;
            match &declaration.default {
                Some(default) => {
                    let value = self.expansion.add(default, self.line, scope, self.escape);
                    scope.set_expanded(name, &value);
                }
                None => scope.import(name, global),
            }
        }
    }

    /// All pairs see the scope before the instruction, not each other.
    fn env(&mut self, pairs: &[KeyValue], scope: &mut Scope) {
        let expand = |pair: &KeyValue| {
            let key = self.expansion.add(&pair.key, self.line, scope, self.escape);
            let value = self.expansion.add(&pair.value, self.line, scope, self.escape);
            (key.text, value)
        };
        let values: Vec<_> = pairs.iter().map(expand).collect();
        let mut owners: HashMap<&str, Option<usize>> = HashMap::new();
        for (index, (key, _)) in values.iter().enumerate() {
            // Of a name that is set twice, either pair is another one.
            let owner = owners.entry(key).or_insert(Some(index));
            *owner = owner.filter(|owner| *owner == index);
        }
        let mut uses = self.expansion.uses.iter().peekable();
        for (index, pair) in pairs.iter().enumerate() {
            while let Some(used) = uses.next_if(|used| used.span.end <= pair.value.span.end) {
                let owner = owners.get(used.name.as_str());
                if owner.is_some_and(|owner| *owner != Some(index)) {
                    self.expansion.set_beside.push(used.clone());
                }
            }
        }
        for (key, value) in values {
            scope.set_expanded(&key, &value);
        }
    }

    fn copy(&mut self, copy: &Copy, instruction: &Instruction, scope: &Scope, text: &str) {
        for word in copy.sources.iter().chain([&copy.destination]) {
            self.word(word, scope);
        }
        let body = Options { ignore_quotes: true, ..Options::expand('\\') };
        for heredoc in instruction.line.heredocs.iter().filter(|heredoc| heredoc.expand) {
            let start = heredoc.body.start;
            let written = Text::from(heredoc.body.of(text));
            let outcome = scope.expand_with(&written, body);
            self.expansion.record(heredoc.body, &written, outcome, scope, |range| {
                Span::new(start + range.start, start + range.end)
            });
        }
    }
}
