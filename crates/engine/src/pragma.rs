//! Comments that speak to a linter, as users of hadolint and BuildKit know them.

use crate::bytes;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::syntax::{self, ItemKind};

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
    /// Whether something for people stands behind the names.
    pub has_remark: bool,
    /// Whether hadolint itself reads it as a list of codes to ignore below.
    pub hadolint_obeys: bool,
}

impl Pragma {
    /// Reads the comment that takes up `extent` of `text`.
    pub fn of_comment(text: &str, extent: Span) -> Option<Self> {
        let comment = extent.of(text);
        if !bytes::contains(comment, b'=') {
            return None;
        }
        let body = comment.trim().trim_start_matches('\u{feff}').strip_prefix('#')?.trim_start();
        let at = |part: &str| extent.start + offset(comment, part);
        if let Some(options) = option(body, "check") {
            return Some(Self::of_check(options, at(options)));
        }
        let rest = word(body, "hadolint")?;
        if let Some(names) = option(rest, "ignore") {
            let hadolint_obeys = hadolint_obeys(names);
            return Some(Self {
                names: list(names, at(names)),
                has_remark: has_remark(names),
                hadolint_obeys,
                ..Self::default()
            });
        }
        let names = option(word(rest, "global")?, "ignore")?;
        Some(Self {
            names: list(names, at(names)),
            everywhere: true,
            has_remark: has_remark(names),
            ..Self::default()
        })
    }

    /// Reads `skip=A,B;error=true`, which starts at byte `start`.
    pub fn of_check(options: &str, start: u32) -> Self {
        let mut found = Self::default();
        for part in options.split(';') {
            let part = part.trim();
            if let Some(names) = option(part, "skip") {
                found.names.extend(list(names, start + offset(options, names)));
                found.has_remark |= has_remark(names);
            } else if let Some(value) = option(part, "error") {
                found.as_errors = matches!(value, "true" | "1");
            }
        }
        found
    }
}

/// What silences `name` for the instruction that starts on `line`: one more name in the comment
/// above it, or a comment of its own. `None` where no instruction starts on that line.
pub fn silence(text: &str, line: u32, name: &str) -> Option<Edit> {
    let mut end_of_names = None;
    for item in &syntax::parse(text).items {
        match &item.kind {
            ItemKind::Blank => end_of_names = None,
            ItemKind::Comment => {
                let is_ours = item.extent.of(text).contains("hadolint");
                let pragma = Pragma::of_comment(text, item.extent);
                let pragma = pragma.filter(|pragma| is_ours && !pragma.everywhere);
                let last = pragma.and_then(|pragma| pragma.names.last().map(|name| name.span.end));
                end_of_names = last.or(end_of_names);
            }
            ItemKind::Instruction(instruction) if instruction.start_line() == line => {
                return Some(match end_of_names {
                    Some(end) => Edit::insert(end, format!(",{name}")),
                    None => comment_above(text, item.extent, name),
                });
            }
            ItemKind::Instruction(_) => end_of_names = None,
            ItemKind::Directive(_) => {}
        }
    }
    None
}

/// A new comment with the indentation and the line end of the instruction under it.
fn comment_above(text: &str, instruction: Span, name: &str) -> Edit {
    let whole = instruction.of(text);
    let body = whole.trim_start_matches('\u{feff}');
    let indent = body.split(|ch: char| ch != ' ' && ch != '\t').next().unwrap_or_default();
    let end = if whole.contains("\r\n") { "\r\n" } else { "\n" };
    let start = instruction.start + (whole.len() - body.len()) as u32;
    Edit::insert(start, format!("{indent}# hadolint ignore={name}{end}"))
}

/// The shell that `# hadolint shell=bash` names.
pub(crate) fn shell(comment: &str) -> Option<&str> {
    let body = comment.trim().trim_start_matches('\u{feff}').strip_prefix('#')?.trim_start();
    let name = option(word(body, "hadolint")?, "shell")?;
    name.split_whitespace().next()
}

/// A second word behind a name is a remark.
fn has_remark(names: &str) -> bool {
    names.split(',').any(|part| part.split_whitespace().nth(1).is_some())
}

/// hadolint takes codes only, and nothing behind them but a comment of its own.
fn hadolint_obeys(names: &str) -> bool {
    let names = names.split_once('#').map_or(names, |(names, _)| names);
    let is_code = |name: &str| {
        let name = name.trim();
        let digits = name.strip_prefix("DL").or_else(|| name.strip_prefix("SC"));
        digits.is_some_and(|digits| {
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    names.split(',').all(is_code)
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
