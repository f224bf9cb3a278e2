//! Default arguments in ENTRYPOINT, where nobody can replace them.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, CommandLine, Keyword, json_string};

pub const RULE: Rule = Rule {
    name: "cmd-vs-entrypoint",
    aliases: &["droast:DF017"],
    area: Area::Runtime,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Entrypoint], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Some(stage) = site.stage else { return };
    let Body::Entrypoint(CommandLine::Exec(words, span)) = site.step.body() else { return };
    let [program, first, ..] = words.as_slice() else { return };
    // `--` and a plain word are part of what runs: `tini --`, `java -jar app.jar`.
    let only_flags =
        words.iter().skip(1).all(|word| word.text.starts_with("--") && word.text.len() > 2);
    if !only_flags || stage.steps_of(Keyword::Cmd).next().is_some() {
        return;
    }
    let rest: Vec<_> = words.iter().skip(1).map(|word| json_string(&word.text)).collect();
    let keyword = site.step.instruction.statement.keyword_word.text.as_str();
    let cmd = if keyword.starts_with('e') { "cmd" } else { "CMD" };
    let text = format!("[{}]\n{cmd} [{}]", json_string(&program.text), rest.join(", "));
    let message =
        "arguments of `docker run` come behind those of ENTRYPOINT; in CMD they would be defaults";
    let arguments = words.iter().skip(1).fold(first.span, |all, word| all.cover(word.span));
    cx.report(arguments, message).unsafe_fix(
        "Move them to CMD, where arguments of `docker run` replace them",
        vec![Edit::replace(*span, text)],
    );
}
