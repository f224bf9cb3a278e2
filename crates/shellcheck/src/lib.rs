//! Finds in shell scripts what ShellCheck would find, by the crate `shuck-linter`.
//!
//! That crate is a reimplementation without ShellCheck's source (MIT), pinned exactly because its
//! interface still moves. It is large, so the page loads it in a worker, after everything else.

use engine::diagnostic::Level;
use engine::model::{Shell, ShellKind};
use engine::shellcheck::{ShellFinding, ShellFix, ShellLinter, ShellScript};
use shuck_linter::{
    AmbientShellOptions, AnalysisRequest, Applicability, Diagnostic, LinterSettings, Rule,
    Severity, ShellCheckCodeMap, ShellCheckLevel, ShellDialect, rule_metadata,
};
use shuck_parser::parser::Parser;

/// Longest script that is looked at, in bytes.
const MAX_SCRIPT: usize = 256 * 1024;
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

impl ShellLinter for ShellCheck {
    fn lint(&self, script: &ShellScript) -> Vec<ShellFinding> {
        let dialect = dialect(&script.shell, &script.text);
        if script.text.len() > MAX_SCRIPT || too_deep(&script.text) {
            return Vec::new();
        }
        let mut text = format!("#!/bin/{}\n", dialect.as_str());
        // What ARG and ENV set is set; without this, each use would be reported. As in hadolint the
        // value is a plain word: most are versions, and quotes around all of them are no gain.
        for name in script.variables.iter().filter(|name| is_name(name)) {
            text.push_str(&format!("export {name}=1\n"));
        }
        let prelude = text.len() as u32;
        text.push_str(&script.text);
        let options = AmbientShellOptions { errexit: false, pipefail: script.shell.has_pipefail() };
        let settings = LinterSettings::for_rules(self.rules.iter().copied())
            .with_shell(dialect)
            .with_resolve_source_closure(false)
            .with_ambient_shell_options(options);
        let parsed = Parser::with_dialect(&text, dialect.parser_dialect()).parse();
        let found = AnalysisRequest::from_parse_result(&parsed, &text, &settings).lint();
        found.iter().filter_map(|found| self.finding(found, prelude, &text)).collect()
    }
}

impl ShellCheck {
    fn finding(&self, found: &Diagnostic, prelude: u32, text: &str) -> Option<ShellFinding> {
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
            Some(ShellFix { title, safe, edits: edits.collect::<Option<_>>()? })
        });
        Some(ShellFinding { code, level, message: found.message.clone(), range: start..end, fix })
    }
}

/// The dialect of the shell, or of the `#!` line that a heredoc may start with.
fn dialect(shell: &Shell, text: &str) -> ShellDialect {
    if let Some(line) = text.strip_prefix("#!").and_then(|text| text.lines().next()) {
        let mut words = line.split_whitespace().map(base_name).filter(|word| *word != "env");
        return words.next().map_or(ShellDialect::Sh, ShellDialect::from_name);
    }
    match shell.kind {
        ShellKind::Bash => ShellDialect::Bash,
        ShellKind::OtherUnix => {
            let name = shell.words.first().map_or("", |word| base_name(word));
            ShellDialect::from_name(name)
        }
        _ => ShellDialect::Sh,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_knows_each_code() {
        let linter = ShellCheck::default();
        let mut codes: Vec<u32> =
            linter.rules.iter().filter_map(|rule| linter.codes.code_for_rule(*rule)).collect();
        codes.sort_unstable();
        codes.dedup();
        if std::env::var_os("UPDATE").is_some() {
            let list: String = codes.iter().map(|code| format!("SC{code:04}\n")).collect();
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/data/shellcheck.txt");
            std::fs::write(path, list).expect("the list can be written");
            return;
        }
        assert!(codes.len() > 250, "only {} codes", codes.len());
        for code in codes {
            assert!(engine::shellcheck::code_name(code as u16).is_some(), "SC{code:04}");
        }
    }
}
