//! USER with a group, for a user who has more of them.

use crate::diagnostic::{Edit, Level};
use crate::model::Base;
use crate::named::Named;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Account;
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "user-drops-groups",
    aliases: &["tally:user-explicit-group-drops-supplementary-groups"],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // For each stage: users to the groups that they were given.
    let mut of_stages: Vec<Named<&str>> = Vec::new();
    for stage in &model.stages {
        let mut groups = match stage.base {
            Base::Stage(parent) => of_stages.get(parent).cloned().unwrap_or_default(),
            _ => Named::new(),
        };
        for step in &stage.steps {
            for account in step.script.commands.iter().filter_map(Account::of) {
                if let Some(group) = account.groups.first() {
                    groups.insert(&*account.user.text, *group);
                }
            }
            let Body::User(word) = step.body() else { continue };
            let identity = step.text(word).and_then(|text| text.split_once(':'));
            let Some((user, chosen)) = identity else { continue };
            let Some(lost) = groups.get(user).filter(|group| **group != chosen) else { continue };
            let message =
                format!("`:{chosen}` takes all other groups from `{user}`, also `{lost}`");
            let verbatim = word.text.split_once(':') == identity;
            let found = cx.report(word.span, message);
            if verbatim {
                let title = format!("Write `{user}`, who then has the groups of the image");
                found.unsafe_fix(title, vec![Edit::replace(word.span, user)]);
            }
        }
        of_stages.push(groups);
    }
}
