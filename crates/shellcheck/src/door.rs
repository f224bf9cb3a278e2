//! The way into the engine, for programs that link both.

use crate::{Level, Script, ScriptFix, ShellCheck};
use engine::diagnostic;
use engine::shellcheck::{ShellFinding, ShellFix, ShellLinter, ShellScript};
use std::rc::Rc;

impl ShellLinter for ShellCheck {
    fn lint(&self, script: &ShellScript) -> Rc<[ShellFinding]> {
        let script = Script {
            text: &script.text,
            shell: script.shell.words.first().map_or("", String::as_str),
            pipefail: script.shell.has_pipefail(),
            variables: &script.variables,
        };
        let found = Self::lint(self, &script).into_iter().map(|found| ShellFinding {
            code: found.code,
            level: match found.level {
                Level::Style => diagnostic::Level::Style,
                Level::Info => diagnostic::Level::Info,
                Level::Warning => diagnostic::Level::Warning,
                Level::Error => diagnostic::Level::Error,
            },
            message: found.message,
            range: found.range,
            fix: found.fix.map(|ScriptFix { title, safe, edits }| ShellFix { title, safe, edits }),
        });
        found.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_knows_each_code() {
        let codes = ShellCheck::default().codes();
        if std::env::var_os("UPDATE").is_some() {
            let list: String = codes.iter().map(|code| format!("SC{code:04}\n")).collect();
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../engine/data/shellcheck.txt");
            std::fs::write(path, list).expect("the list can be written");
            return;
        }
        assert!(codes.len() > 250, "only {} codes", codes.len());
        for code in codes {
            assert!(engine::shellcheck::code_name(code).is_some(), "SC{code:04}");
        }
    }
}
