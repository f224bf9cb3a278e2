//! Comments that silence rules: `# hadolint ignore=` above an instruction, `# hadolint global
//! ignore=` anywhere, and `# check=skip=` on top of the file or above an instruction. All take our
//! names as well.

use super::Rule;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Model;
use crate::pragma::{Name, Pragma};
use crate::report::{RuleSet, Settings};
use crate::source::Span;
use crate::syntax::ItemKind;
use std::collections::HashMap;

/// Stands for the whole file where the line of an instruction is meant.
const EVERYWHERE: u32 = 0;

/// One name in a comment that silences.
#[derive(Debug)]
pub struct Silencer {
    /// The name.
    pub name: Name,
    /// What has to go if the name goes: the name with its comma, or the whole line.
    pub removal: Span,
    /// Line of the instruction that it speaks of.
    line: u32,
}

impl Silencer {
    fn key(&self) -> (u32, String) {
        (self.line, self.name.text.to_ascii_lowercase())
    }
}

/// What the comments of one file silence.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    silencers: Vec<Silencer>,
    /// By line and name in lower case: whether it has silenced anything.
    used: HashMap<(u32, String), bool>,
    /// Whether `error=true` turns warnings into errors.
    as_errors: bool,
}

impl Suppressions {
    pub(super) fn of(model: &Model<'_>, settings: &Settings) -> Self {
        let mut found = Self::default();
        if settings.disable_ignore_pragma {
            return found;
        }
        let mut pending: Vec<(Pragma, Span)> = Vec::new();
        for item in &model.tree.items {
            match &item.kind {
                ItemKind::Directive(directive) if directive.name == "check" => {
                    let pragma = Pragma::of_check(&directive.value, directive.value_span.start);
                    found.add(pragma, item.extent, EVERYWHERE);
                }
                ItemKind::Directive(_) => {}
                ItemKind::Comment => {
                    // To hadolint a comment speaks of the next line only, and that is one too.
                    if settings.set == RuleSet::Hadolint {
                        pending.clear();
                    }
                    match Pragma::of_comment(model.text, item.extent) {
                        Some(pragma) if pragma.everywhere => {
                            found.add(pragma, item.extent, EVERYWHERE);
                        }
                        Some(pragma) => pending.push((pragma, item.extent)),
                        None => {}
                    }
                }
                // A blank line ends the reach of a comment.
                ItemKind::Blank => pending.clear(),
                ItemKind::Instruction(instruction) => {
                    for (pragma, extent) in pending.drain(..) {
                        found.add(pragma, extent, instruction.start_line());
                    }
                }
            }
        }
        found
    }

    fn add(&mut self, pragma: Pragma, extent: Span, line: u32) {
        self.as_errors |= pragma.as_errors && line == EVERYWHERE;
        let spans: Vec<Span> = pragma.names.iter().map(|name| name.span).collect();
        for (index, name) in pragma.names.into_iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| spans.get(index));
            let removal = match (spans.get(index + 1), before) {
                (Some(next), _) => Span::new(name.span.start, next.start),
                (None, Some(before)) => Span::new(before.end, name.span.end),
                (None, None) => extent,
            };
            let silencer = Silencer { name, removal, line };
            self.used.insert(silencer.key(), false);
            self.silencers.push(silencer);
        }
    }

    /// Drops what the comments silence.
    pub(super) fn apply(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain(|diagnostic| !self.silences(diagnostic));
        if self.as_errors {
            let warnings = diagnostics.iter_mut().filter(|found| found.level == Level::Warning);
            warnings.for_each(|found| found.level = Level::Error);
        }
    }

    /// Whether a comment silences the finding; remembers which one.
    pub(super) fn silences(&mut self, diagnostic: &Diagnostic) -> bool {
        if self.used.is_empty() {
            return false;
        }
        let mut silent = false;
        let mut look_up = |name: &str| {
            for line in [EVERYWHERE, diagnostic.instruction_line] {
                if let Some(used) = self.used.get_mut(&(line, name.to_ascii_lowercase())) {
                    *used = true;
                    silent = true;
                }
            }
        };
        look_up(diagnostic.rule);
        diagnostic.codes.iter().for_each(|code| look_up(code));
        if let Some(rule) = super::named(diagnostic.rule) {
            rule.names().for_each(&mut look_up);
        }
        if diagnostic.codes.iter().any(|code| !code.starts_with("DL")) {
            look_up("all");
        }
        silent
    }

    /// The names that have silenced nothing so far.
    pub(super) fn unused(&self) -> Vec<&Silencer> {
        let unused = |silencer: &&Silencer| {
            silencer.name.text != "all" && self.used.get(&silencer.key()) == Some(&false)
        };
        self.silencers.iter().filter(unused).collect()
    }
}

/// All rules that answer to `name`.
pub(super) fn meant(name: &str) -> impl Iterator<Item = &'static Rule> {
    super::all().iter().copied().filter(move |rule| rule.answers_to(name))
}
