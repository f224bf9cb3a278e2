//! Findings for other programs and other people: SARIF, JSON and Markdown.

mod json;
mod markdown;
mod places;
mod sarif;

pub use json::{diagnostics, json};
pub use markdown::markdown;
pub use sarif::sarif;

use crate::diagnostic::Diagnostic;

/// A file and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Linted<'a> {
    /// Its name, as a path from the root of the repository.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The findings.
    pub diagnostics: &'a [Diagnostic],
}

/// Where the page of a rule is, if anywhere.
pub type Help<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What a finding is called: a linter of shell scripts has a name for each of its own.
fn rule_id(found: &Diagnostic) -> &'static str {
    let code = found.codes.first().filter(|_| found.rule == "shellcheck");
    code.copied().unwrap_or(found.rule)
}

/// A path or another text as part of a URI.
pub(crate) fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const DIGITS: [char; 16] =
                ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
            let digit = |value: u8| DIGITS.get(usize::from(value)).copied();
            out.push('%');
            out.extend(digit(byte >> 4));
            out.extend(digit(byte & 15));
        }
    }
    out
}
