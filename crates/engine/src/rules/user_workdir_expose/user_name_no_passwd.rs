//! Names of users and groups in an image that has no list of them.

use crate::catalog::Family;
use crate::diagnostic::Level;
use crate::image::BaseFacts;
use crate::model::{Base, Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Body;

pub const RULE: Rule = Rule {
    name: "user-name-no-passwd",
    aliases: &["tally:named-identity-in-passwdless-stage"],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    // Whether the accounts of a stage are those of its base and no others.
    let mut untouched: Vec<bool> = Vec::new();
    for stage in &model.stages {
        let below = match stage.base {
            Base::Stage(parent) => untouched.get(parent).copied().unwrap_or_default(),
            _ => true,
        };
        let own = below && !stage.steps.iter().any(may_bring_accounts);
        untouched.push(own);
        let base = cx.image(stage).map_or(BaseFacts::Unknown, |image| image.base);
        if own {
            check_stage(stage, &base, cx);
        }
    }
}

fn check_stage(stage: &Stage<'_>, base: &BaseFacts, cx: &mut Context<'_, '_>) {
    for step in &stage.steps {
        if let Body::User(word) = step.body()
            && let Some(name) = step.text(word).and_then(|text| unknown(text, base))
        {
            let message = format!("no user or group `{name}` is in this image, so it cannot start");
            cx.report(word.span, message);
        }
        if let Some(word) = step.instruction.statement.flag_value("chown")
            && let Some(name) = step.text(word).and_then(|text| unknown(text, base))
            && name != "root"
        {
            let message = format!("no user or group `{name}` is in this image, so root gets it");
            cx.report(word.span, message).level(Level::Warning);
        }
    }
}

/// The name that the image certainly does not have.
fn unknown<'t>(identity: &'t str, base: &BaseFacts) -> Option<&'t str> {
    let users: &[&str] = match base {
        BaseFacts::Scratch => &[],
        // Without a package manager the list is what the build of the image wrote.
        BaseFacts::Known(found) if found.image.family == Family::Distroless => found.image.users,
        BaseFacts::Known(_) | BaseFacts::Unknown => return None,
    };
    let is_name = |part: &&str| part.bytes().any(|byte| !byte.is_ascii_digit());
    // Groups of these images go by the names of their users, and by a few more.
    let known = if users.is_empty() { 2 } else { 1 };
    let name = identity.split(':').take(known).find(is_name)?;
    (!users.contains(&name)).then_some(name)
}

/// Whether an instruction may write `/etc/passwd`: RUN, and what COPY brings into `/` or `/etc`.
fn may_bring_accounts(step: &Step<'_>) -> bool {
    match step.body() {
        Body::Run(_) => true,
        Body::Copy(copy) | Body::Add(copy) => {
            let target = step.text(&copy.destination);
            target.is_none_or(|path| {
                let into_root = path.trim_matches(['/', '.']).is_empty();
                into_root || path.trim_start_matches('/').starts_with("etc")
            })
        }
        _ => false,
    }
}
