//! Comments that speak to a linter, as users of hadolint and BuildKit know them.

use crate::source::Span;

/// One name in such a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// A rule's name or a peer's code.
    pub text: String,
    /// Where it stands in the file.
    pub span: Span,
}

/// What a comment or the directive `check` asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pragma {
    /// The rules that it silences.
    pub names: Vec<Name>,
    /// Whether it speaks of the whole file rather than of the instruction below.
    pub everywhere: bool,
    /// Whether warnings become errors.
    pub as_errors: bool,
}

impl Pragma {
    /// Reads the comment that takes up `extent` of `text`.
    pub fn of_comment(text: &str, extent: Span) -> Option<Self> {
        let comment = extent.of(text);
        let body = comment.trim().trim_start_matches('\u{feff}').strip_prefix('#')?.trim_start();
        let at = |part: &str| extent.start + offset(comment, part);
        if let Some(options) = option(body, "check") {
            return Some(Self::of_check(options, at(options)));
        }
        let rest = word(body, "hadolint")?;
        if let Some(names) = option(rest, "ignore") {
            return Some(Self { names: list(names, at(names)), ..Self::default() });
        }
        let names = option(word(rest, "global")?, "ignore")?;
        Some(Self { names: list(names, at(names)), everywhere: true, as_errors: false })
    }

    /// Reads `skip=A,B;error=true`, which starts at byte `start`.
    pub fn of_check(options: &str, start: u32) -> Self {
        let mut found = Self::default();
        for part in options.split(';') {
            let part = part.trim();
            if let Some(names) = option(part, "skip") {
                found.names.extend(list(names, start + offset(options, names)));
            } else if let Some(value) = option(part, "error") {
                found.as_errors = matches!(value, "true" | "1");
            }
        }
        found
    }
}

/// The shell that `# hadolint shell=bash` names.
pub(crate) fn shell(comment: &str) -> Option<&str> {
    let body = comment.trim().trim_start_matches('\u{feff}').strip_prefix('#')?.trim_start();
    let name = option(word(body, "hadolint")?, "shell")?;
    name.split_whitespace().next()
}

/// What stands behind the word `name`.
fn word<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    Some(text.strip_prefix(name)?.strip_prefix([' ', '\t'])?.trim_start())
}

/// The value of `name = value`.
fn option<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.strip_prefix(name)?.trim_start().strip_prefix('=').map(str::trim)
}

/// Comma-separated names; whatever stands behind a blank is the user's remark.
fn list(text: &str, start: u32) -> Vec<Name> {
    let names = text.split(',').filter_map(|part| part.split_whitespace().next());
    let name = |name: &str| Name {
        text: name.to_owned(),
        span: Span::new(start + offset(text, name), start + offset(text, name) + name.len() as u32),
    };
    names.map(name).collect()
}

/// Where `part`, a slice of `whole`, starts in it.
fn offset(whole: &str, part: &str) -> u32 {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize) as u32
}
