//! Files that echo writes line by line.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::Command;

pub const RULE: Rule = Rule {
    name: "echo-to-file",
    aliases: &["tally:prefer-copy-heredoc"],
    area: Area::Run,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Command(&["echo", "printf"], check),
};

fn check(command: &Command, site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let writes = |operator: &str| matches!(operator, ">" | "1>");
    let [redirect] = command.redirects.as_slice() else { return };
    let path = &redirect.target;
    let device = ["/dev/", "/proc/", "/sys/"].iter().any(|start| path.text.starts_with(start));
    let plain = path.literal && path.text.starts_with('/') && !device;
    if !plain || !writes(&redirect.operator) || !command.is_top_level() {
        return;
    }
    let edit = heredoc(command, &path.text, site);
    let message = format!("COPY with a heredoc would write `{}` without a shell", path.text);
    let image = site.stage.and_then(|stage| cx.image(stage));
    let root = image.is_some_and(|image| image.user.is_none());
    let found = cx.report(path.span, message);
    if let Some(edit) = edit.filter(|_| root) {
        found.unsafe_fix("Write it with COPY, which needs Dockerfile syntax 1.4", vec![edit]);
    }
}

/// COPY for a RUN that is nothing but `echo "text" > /file`.
fn heredoc(command: &Command, path: &str, site: &Site<'_, '_>) -> Option<Edit> {
    let instruction = site.step.instruction;
    let [text] = command.arguments() else { return None };
    let alone = site.step.script.commands.len() == 1
        && instruction.statement.flags.is_empty()
        && instruction.line.comments.is_empty()
        && site.step.keyword() == crate::syntax::Keyword::Run;
    let odd = |ch: char| matches!(ch, '\\' | '$' | '`' | '\r');
    let simple = text.literal && !text.text.contains(odd) && !text.text.starts_with('-');
    let path = Some(path).filter(|path| !path.contains(char::is_whitespace))?;
    (alone && simple && command.program() == "echo" && text.text != "EOF").then(|| {
        let written = format!("COPY <<EOF {path}\n{}\nEOF", text.text);
        Edit::replace(instruction.span(), written)
    })
}
