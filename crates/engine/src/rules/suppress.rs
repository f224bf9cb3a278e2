//! Comments that silence rules, as users of hadolint and BuildKit know them:
//! `# hadolint ignore=` above an instruction, `# hadolint global ignore=` anywhere, and
//! `# check=skip=` on top of the file or above an instruction. All take our names as well.

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::report::Settings;
use crate::syntax::ItemKind;
use std::collections::HashMap;

/// What the comments of one file silence.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    everywhere: Vec<String>,
    /// By the first line of the instruction below the comment.
    by_line: HashMap<u32, Vec<String>>,
    /// Whether `error=true` turns warnings into errors.
    as_errors: bool,
}

impl Suppressions {
    pub(super) fn of(model: &Model<'_>, settings: &Settings) -> Self {
        let mut found = Self::default();
        if settings.disable_ignore_pragma {
            return found;
        }
        let mut pending: Vec<String> = Vec::new();
        for item in &model.tree.items {
            match &item.kind {
                ItemKind::Directive(directive) if directive.name == "check" => {
                    let (skipped, as_errors) = check_options(&directive.value);
                    found.everywhere.extend(skipped);
                    found.as_errors |= as_errors;
                }
                ItemKind::Directive(_) => {}
                ItemKind::Comment => match pragma(item.extent.of(model.text)) {
                    Some(Pragma::Everywhere(names)) => found.everywhere.extend(names),
                    Some(Pragma::Below(names)) => pending.extend(names),
                    None => {}
                },
                // A blank line ends the reach of a comment.
                ItemKind::Blank => pending.clear(),
                ItemKind::Instruction(instruction) => {
                    if !pending.is_empty() {
                        let names = std::mem::take(&mut pending);
                        found.by_line.insert(instruction.start_line(), names);
                    }
                }
            }
        }
        found
    }

    pub(super) fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain(|diagnostic| {
            let here = self.by_line.get(&diagnostic.instruction_line).into_iter().flatten();
            let silent = self.everywhere.iter().chain(here).any(|name| silences(name, diagnostic));
            !silent
        });
        if self.as_errors {
            use crate::diagnostic::Level::{Error, Warning};
            let warnings = diagnostics.iter_mut().filter(|found| found.level == Warning);
            warnings.for_each(|found| found.level = Error);
        }
    }
}

fn silences(name: &str, diagnostic: &Diagnostic) -> bool {
    let named = |code: &&str| code.eq_ignore_ascii_case(name);
    if name.eq_ignore_ascii_case("all") {
        return diagnostic.codes.iter().any(|code| !code.starts_with("DL"));
    }
    named(&diagnostic.rule)
        || diagnostic.codes.iter().any(named)
        || super::find(name).is_some_and(|rule| rule.name == diagnostic.rule)
}

enum Pragma {
    Everywhere(Vec<String>),
    Below(Vec<String>),
}

fn pragma(comment: &str) -> Option<Pragma> {
    let text = comment.trim().trim_start_matches('\u{feff}').strip_prefix('#')?.trim_start();
    if let Some(options) = option(text, "check") {
        return Some(Pragma::Below(check_options(options).0));
    }
    let text = text.strip_prefix("hadolint")?.strip_prefix([' ', '\t'])?.trim_start();
    if let Some(names) = option(text, "ignore") {
        return Some(Pragma::Below(list(names)));
    }
    let text = text.strip_prefix("global")?.strip_prefix([' ', '\t'])?.trim_start();
    option(text, "ignore").map(|names| Pragma::Everywhere(list(names)))
}

/// The value of `name = value`.
fn option<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.strip_prefix(name)?.trim_start().strip_prefix('=').map(str::trim)
}

/// Comma-separated names; whatever stands behind a blank is the user's remark.
fn list(text: &str) -> Vec<String> {
    let names = text.split(',').map(|name| name.split_whitespace().next().unwrap_or_default());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The skipped rules of `skip=A,B;error=true`, and whether warnings are errors.
fn check_options(text: &str) -> (Vec<String>, bool) {
    let mut skipped = Vec::new();
    let mut as_errors = false;
    for part in text.split(';') {
        if let Some(names) = option(part.trim(), "skip") {
            skipped.extend(list(names));
        } else if let Some(value) = option(part.trim(), "error") {
            as_errors = matches!(value, "true" | "1");
        }
    }
    (skipped, as_errors)
}
