//! A last USER that is root.

use crate::diagnostic::Level;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "last-user-root",
    aliases: &["hadolint:DL3002", "checkov:CKV_DOCKER_8"],
    area: Area::UserWorkdirExpose,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    if cx.follows(RuleSet::Hadolint) {
        return check_each_stage(cx);
    }
    let Some(image) = cx.model.final_stage().and_then(|stage| cx.image(stage)) else { return };
    let Some(user) = &image.user else { return };
    if image.can_drop_root() {
        return;
    }
    if let Some(value) = user.value.as_deref().filter(|value| is_root(value)) {
        cx.report(user.span, format!("the last USER is `{value}`, so the program runs as root"));
    }
}

/// hadolint wants no stage to end as root, and reads the word as it stands.
fn check_each_stage(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    for stage in &model.stages {
        let last = stage.steps_of(Keyword::User).next_back();
        if let Some(Body::User(user)) = last.map(|step| step.body())
            && is_root(&user.text)
            && !cx.has_blank_behind(user.span)
        {
            cx.report(user.span, format!("the last USER of this stage is `{}`", user.text));
        }
    }
}

/// `root`, `0`, and both with a group.
fn is_root(user: &str) -> bool {
    matches!(user.split(':').next(), Some("root" | "0"))
}
