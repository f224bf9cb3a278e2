//! COPY behind USER: the files belong to root all the same.

use crate::diagnostic::{Edit, Level};
use crate::model::{Base, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "copy-after-user",
    aliases: &["tally:copy-after-user-without-chown"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // The user at the end of each stage, where USER has set one.
    let mut users: Vec<Option<&str>> = Vec::new();
    for stage in &model.stages {
        let mut user = match stage.base {
            Base::Stage(parent) => users.get(parent).copied().flatten(),
            _ => None,
        };
        for step in &stage.steps {
            match step.body() {
                Body::User(word) => user = step.text(word),
                Body::Copy(_) | Body::Add(_) => {
                    if let Some(user) = user.filter(|user| !is_root(user)) {
                        check_copy(step, user, cx);
                    }
                }
                _ => {}
            }
        }
        users.push(user);
    }
}

fn check_copy(step: &Step<'_>, user: &str, cx: &mut Context<'_, '_>) {
    let statement = &step.instruction.statement;
    if statement.flag("chown").is_some() {
        return;
    }
    let word = &statement.keyword_word;
    let message = format!("what {} brings belongs to root, not to `{user}`", word.text);
    let last = statement.flags.last().map_or(word.span, |flag| flag.span);
    let plain = user.chars().all(|ch| ch.is_ascii_alphanumeric() || "_-:.".contains(ch));
    let found = cx.report(word.span, message);
    if plain {
        let title = format!("Give it to `{user}`, who may then change it");
        found.unsafe_fix(title, vec![Edit::insert(last.end, format!(" --chown={user}"))]);
    }
}

fn is_root(user: &str) -> bool {
    matches!(user.split(':').next(), None | Some("" | "root" | "0"))
}
