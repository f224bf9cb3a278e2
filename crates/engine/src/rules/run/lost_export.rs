//! Settings of a shell that ends at once.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "lost-export",
    aliases: &[],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Command(&["export", "alias", "set", "source", ".", "ulimit", "umask"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let script = &site.step.script;
    // Nothing behind it that it could be for.
    if command.next.is_some() || !command.is_top_level() || !script.whole {
        return;
    }
    let alone = script.commands.first().is_some_and(|first| first.span == command.span);
    let first = command.arguments().first();
    let file = first.map_or("", |word| word.text.rsplit('/').next().unwrap_or_default());
    const SETTINGS: [&str; 6] =
        ["activate", ".bashrc", ".profile", ".bash_profile", "nvm.sh", "environment"];
    let lost = match command.program() {
        "export" | "alias" => first.is_some_and(|word| word.text.contains('=')),
        "source" | "." => SETTINGS.contains(&file),
        // At the end of a script, `set +x` is a habit.
        _ => alone && first.is_some(),
    };
    if !lost {
        return;
    }
    let short = command.words.iter().take(3).map(|word| word.span).reduce(|a, b| a.cover(b));
    let shown = short.unwrap_or(command.span);
    let message = format!("`{}` ends with the shell of this RUN", shown.of(cx.text));
    let fix = environment(command, site).filter(|_| alone);
    let found = cx.report(command.span, message);
    if let Some(edit) = fix {
        found.unsafe_fix("Write ENV, which also holds in the container", vec![edit]);
    }
}

/// ENV for a RUN that is one plain `export`.
fn environment(command: &Command, site: &Site<'_, '_>) -> Option<Edit> {
    let instruction = site.step.instruction;
    let [pair] = command.arguments() else { return None };
    let plain = |ch: char| ch.is_ascii_alphanumeric() || "/._-=:+,@".contains(ch);
    let simple = pair.literal && pair.text.chars().all(plain) && command.redirects.is_empty();
    let whole = command.program() == "export"
        && site.step.keyword() == Keyword::Run
        && instruction.statement.flags.is_empty()
        && instruction.line.heredocs.is_empty();
    (simple && whole).then(|| Edit::replace(instruction.span(), format!("ENV {}", pair.text)))
}
