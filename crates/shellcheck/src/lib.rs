//! Finds in shell scripts what ShellCheck would find, by the crate `shuck-linter`.
//!
//! That crate is a reimplementation without ShellCheck's source (MIT), pinned exactly because its
//! interface still moves. It is large, so the page loads it in a worker, after everything else.

#[cfg(feature = "engine")]
mod door;

use shuck_linter::{
    AmbientShellOptions, AnalysisRequest, Applicability, Diagnostic, LinterSettings, Rule,
    Severity, ShellCheckCodeMap, ShellCheckLevel, ShellDialect, rule_metadata,
};
use shuck_parser::parser::Parser;
use std::ops::Range;

/// A script that a shell runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script<'s> {
    /// The text.
    pub text: &'s str,
    /// The shell's program: `/bin/sh`, `bash`.
    pub shell: &'s str,
    /// Whether a pipe fails where any of its commands fails.
    pub pipefail: bool,
    /// Variables that are set before it starts.
    pub variables: &'s [String],
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A matter of taste.
    Style,
    /// Worth knowing.
    Info,
    /// Will bite sooner or later.
    Warning,
    /// Will not run.
    Error,
}

/// What is wrong with a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// ShellCheck's number for it: 2086 for SC2086.
    pub code: u16,
    /// How much it matters.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// Where, in bytes of the script.
    pub range: Range<u32>,
    /// The mend, where there is one.
    pub fix: Option<ScriptFix>,
}

/// A mend of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFix {
    /// What it does.
    pub title: String,
    /// Whether the script does the same afterwards.
    pub safe: bool,
    /// Replacements, in bytes of the script.
    pub edits: Vec<(Range<u32>, String)>,
}

/// Longest script that is looked at, in bytes.
const MAX_SCRIPT: usize = 256 * 1024;
/// Most signs between commands (`;`, `&`, `|` and line ends): the time of the linter grows with the
/// square of their number, and 1,000 commands take 6 s.
const MAX_SIGNS: usize = 600;
/// Deepest nesting that is looked at: the parser calls itself.
const MAX_DEPTH: usize = 48;

/// Codes that make no sense where a script is not a file: hadolint leaves out the same ones.
const LEFT_OUT: [u32; 4] = [1090, 1091, 2148, 2187];

/// The linter with its tables.
pub struct ShellCheck {
    codes: ShellCheckCodeMap,
    rules: Vec<Rule>,
}

impl Default for ShellCheck {
    fn default() -> Self {
        let codes = ShellCheckCodeMap::default();
        let wanted =
            |rule: &Rule| codes.code_for_rule(*rule).is_some_and(|code| !LEFT_OUT.contains(&code));
        let rules = Rule::iter().filter(wanted).collect();
        Self { codes, rules }
    }
}

impl ShellCheck {
    /// What ShellCheck would say of a script; nothing for one that is too long or nests too deep.
    pub fn lint(&self, script: &Script<'_>) -> Vec<Finding> {
        let dialect = dialect(script.shell, script.text);
        let signs = script.text.bytes().filter(|byte| b";&|\n`".contains(byte)).count();
        if script.text.len() > MAX_SCRIPT || signs > MAX_SIGNS || too_deep(script.text) {
            return Vec::new();
        }
        let mut text = format!("#!/bin/{}\n", dialect.as_str());
        // What ARG and ENV set is set; without this, each use would be reported. As in hadolint the
        // value is a plain word: most are versions, and quotes around all of them are no gain.
        for name in script.variables.iter().filter(|name| is_name(name)) {
            text.push_str(&format!("export {name}=1\n"));
        }
        let prelude = text.len() as u32;
        text.push_str(script.text);
        let options = AmbientShellOptions { errexit: false, pipefail: script.pipefail };
        let settings = LinterSettings::for_rules(self.rules.iter().copied())
            .with_shell(dialect)
            .with_resolve_source_closure(false)
            .with_ambient_shell_options(options);
        let parsed = Parser::with_dialect(&text, dialect.parser_dialect()).parse();
        let found = AnalysisRequest::from_parse_result(&parsed, &text, &settings).lint();
        found.iter().filter_map(|found| self.finding(found, prelude, &text)).collect()
    }

    /// The numbers of all its checks, sorted.
    pub fn codes(&self) -> Vec<u16> {
        let code = |rule: &Rule| self.codes.code_for_rule(*rule).map(|code| code as u16);
        let mut codes: Vec<u16> = self.rules.iter().filter_map(code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    fn finding(&self, found: &Diagnostic, prelude: u32, text: &str) -> Option<Finding> {
        let code = self.codes.code_for_rule(found.rule)? as u16;
        let start = (found.span.start.offset() as u32).checked_sub(prelude)?;
        let end = (found.span.end.offset() as u32).saturating_sub(prelude).max(start);
        // Variables in capital letters may come from the environment; ShellCheck is silent on them.
        let name = text.get(found.span.start.offset()..found.span.end.offset())?;
        if code == 2154 && !name.contains(|ch: char| ch.is_ascii_lowercase()) {
            return None;
        }
        let level = match rule_metadata(found.rule).and_then(|data| data.shellcheck_level) {
            Some(ShellCheckLevel::Style) => Level::Style,
            Some(ShellCheckLevel::Info) => Level::Info,
            Some(ShellCheckLevel::Warning) => Level::Warning,
            Some(ShellCheckLevel::Error) => Level::Error,
            None => match found.severity {
                Severity::Hint => Level::Info,
                Severity::Warning => Level::Warning,
                Severity::Error => Level::Error,
            },
        };
        let fix = found.fix.as_ref().and_then(|fix| {
            let edits = fix.edits().iter().map(|edit| {
                let range = edit.range();
                let start = (usize::from(range.start()) as u32).checked_sub(prelude)?;
                let end = (usize::from(range.end()) as u32).checked_sub(prelude)?;
                Some((start..end, edit.content().to_owned()))
            });
            let title = found.fix_title.clone().unwrap_or_else(|| "Rewrite it".to_owned());
            let safe = fix.applicability() == Applicability::Safe;
            Some(ScriptFix { title, safe, edits: edits.collect::<Option<_>>()? })
        });
        Some(Finding { code, level, message: found.message.clone(), range: start..end, fix })
    }
}

/// The dialect of the shell, or of the `#!` line that a heredoc may start with.
fn dialect(shell: &str, text: &str) -> ShellDialect {
    let named = |name: &str| match ShellDialect::from_name(name) {
        ShellDialect::Unknown => ShellDialect::Sh,
        known => known,
    };
    if let Some(line) = text.strip_prefix("#!").and_then(|text| text.lines().next()) {
        let mut words = line.split_whitespace().map(base_name).filter(|word| *word != "env");
        return words.next().map_or(ShellDialect::Sh, named);
    }
    named(base_name(shell))
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_name(name: &str) -> bool {
    let start = |ch: char| ch.is_ascii_alphabetic() || ch == '_';
    name.starts_with(start) && name.chars().all(|ch| ch.is_ascii_alphanumeric() || ch == '_')
}

/// Whether brackets and compound commands nest deeper than the parser's stack bears.
fn too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let words = text.split_whitespace();
    let compound = words.filter(|word| matches!(*word, "if" | "while" | "until" | "for" | "case"));
    deepest > MAX_DEPTH || compound.count() > MAX_DEPTH
}
