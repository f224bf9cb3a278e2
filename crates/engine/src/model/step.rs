//! An instruction with what expansion found out about it.

use super::expansion::Expansion;
use super::scope::Environ;
use super::shell::Shell;
use crate::shell::Script;
use crate::source::Span;
use crate::syntax::instruction::{ArgDeclaration, KeyValue};
use crate::syntax::{Body, Instruction, Keyword, Mount, Statement, Word};
use std::rc::Rc;

/// An instruction with what expansion found out about it.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The instruction.
    pub instruction: &'a Instruction,
    /// Its words after expansion. Most instructions have nothing to note there, and share one.
    pub expansion: Rc<Expansion>,
    /// Of a RUN: what programs read from their environment.
    pub(super) environment: Option<Rc<Environ>>,
    /// The commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK, also of a RUN behind ONBUILD; empty
    /// for everything else, which shares one.
    pub script: Rc<Script>,
    /// The shell in force there.
    pub shell: Rc<Shell>,
    keyword: Keyword,
}

impl<'a> Step<'a> {
    pub(super) fn new(
        instruction: &'a Instruction,
        expansion: Rc<Expansion>,
        script: Rc<Script>,
        shell: Rc<Shell>,
    ) -> Self {
        let keyword = instruction.statement.keyword;
        Self { instruction, expansion, environment: None, script, shell, keyword }
    }

    /// The variables that the programs of a RUN may read, as far as anybody asks and they are known.
    pub fn environment(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let known = self.environment.iter().flat_map(|known| known.iter());
        let known = known.chain(&self.expansion.of_cargo);
        known.map(|(name, value)| (*name, value.as_str()))
    }

    /// What a word of the instruction says after expansion; `None` where that cannot be told.
    pub fn text<'s>(&'s self, word: &'s Word) -> Option<&'s str> {
        self.expansion.text(word)
    }

    /// The keyword of the instruction.
    pub fn keyword(&self) -> Keyword {
        self.keyword
    }

    /// The typed view of the instruction.
    pub fn body(&self) -> &Body {
        &self.instruction.statement.body
    }

    /// The RUN in it: the instruction itself, or what ONBUILD triggers.
    pub fn run(&self) -> Option<&Statement> {
        if !matches!(self.keyword, Keyword::Run | Keyword::Onbuild) {
            return None;
        }
        let statement = &self.instruction.statement;
        let statement = match &statement.body {
            Body::Onbuild(trigger) => trigger,
            _ => statement,
        };
        (statement.keyword == Keyword::Run).then_some(statement)
    }

    /// The names that an ARG declares or an ENV sets.
    pub fn names(&self) -> impl Iterator<Item = &Word> {
        let (declared, set): (&[ArgDeclaration], &[KeyValue]) = match self.body() {
            Body::Arg(declarations) => (declarations, &[]),
            Body::Env(pairs) => (&[], pairs),
            _ => (&[], &[]),
        };
        let declared = declared.iter().map(|declaration| &declaration.name);
        declared.chain(set.iter().map(|pair| &pair.key))
    }

    /// Hands on the variables that an ENV or an ARG sets, and those that a RUN sets for its commands:
    /// name, value if it is known, and place.
    pub fn assigned(&self, each: &mut dyn FnMut(&str, Option<&str>, Span)) {
        match self.body() {
            Body::Env(pairs) => {
                for pair in pairs {
                    let Some(key) = self.text(&pair.key) else { continue };
                    each(key, self.text(&pair.value), pair.key.span.cover(pair.value.span));
                }
            }
            Body::Arg(declarations) => {
                for declared in declarations {
                    let Some(default) = &declared.default else { continue };
                    let span = declared.name.span.cover(default.span);
                    each(&declared.name.text, self.text(default), span);
                }
            }
            _ if self.script.assigns() && self.run().is_some() => {
                for command in &self.script.commands {
                    let exported = command.program() == "export";
                    let arguments = command.arguments().iter().filter(|_| exported);
                    for word in command.assignments.iter().chain(arguments) {
                        let Some((name, value)) = word.text.split_once('=') else { continue };
                        each(name, Some(value).filter(|_| word.literal), word.span);
                    }
                }
            }
            _ => {}
        }
    }

    /// The mounts of that RUN.
    pub fn mounts(&self) -> impl Iterator<Item = Mount<'_>> {
        self.run().into_iter().flat_map(|run| &run.flags).filter_map(Mount::of)
    }
}
