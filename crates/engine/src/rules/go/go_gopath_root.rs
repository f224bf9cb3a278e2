//! A module in the folder in which Go ignores modules.

use crate::catalog::Toolchain;
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::go_arguments;
use crate::model::{Base, Stage};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Word};

pub const RULE: Rule = Rule {
    name: "go-gopath-root",
    aliases: &[],
    area: Area::Go,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Maybe, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let fresh = matches!(stage.base, Base::Image(_));
    let row = stage.found.map(|found| found.image).filter(|_| fresh);
    let official = |toolchain: Option<Toolchain>| toolchain == Some(Toolchain::Go);
    if row.is_none_or(|row| !official(row.toolchain) || row.workdir != "/go") {
        return;
    }
    let mut module: Option<(&Word, u32)> = None;
    for step in &stage.steps {
        match step.body() {
            Body::Workdir(_) => return,
            Body::Env(pairs) if pairs.iter().any(|pair| pair.key.text == "GOPATH") => return,
            Body::Copy(copy) | Body::Add(copy) => {
                let foreign = step.instruction.statement.flag("from").is_some();
                let here = matches!(copy.destination.text.as_str(), "." | "./" | "/go" | "/go/");
                let named = |source: &&Word| source.text.rsplit('/').next() == Some("go.mod");
                let source = copy.sources.iter().find(named).filter(|_| here && !foreign);
                module = module.or(source.map(|word| (word, step.instruction.span().start)));
            }
            Body::Run(_) => {
                let Some((word, start)) = module else { continue };
                let commands = &step.script.commands;
                let elsewhere = |program: &str| matches!(program, "cd" | "export");
                if commands.iter().any(|command| elsewhere(command.program())) {
                    return;
                }
                let mut commands = commands.iter();
                let user = commands.find(|command| {
                    let mut verbs = go_arguments(command, &[]).into_iter().flatten();
                    verbs.next().is_some_and(|verb| matches!(verb.text.as_str(), "mod" | "build"))
                        && !command.has("-C")
                });
                let Some(user) = user else { continue };
                let message =
                    "this lies in `/go`, which is `$GOPATH`, and there Go ignores `go.mod`";
                let edit = Edit::insert(start, "WORKDIR /src\n");
                let found = cx.report(word.span, message).related(user.span, "this needs it");
                found.unsafe_fix("Work in `/src`", vec![edit]);
                return;
            }
            _ => {}
        }
    }
}
