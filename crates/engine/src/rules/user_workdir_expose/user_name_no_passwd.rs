//! Names of users and groups in an image that has no list of them.

use crate::catalog::Family;
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::BaseFacts;
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Account;
use crate::source::Span;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "user-name-no-passwd",
    aliases: &["tally:named-identity-in-passwdless-stage"],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Start, &Check::Stage(check)),
};

/// Most earlier stages in which the user is looked for.
const MOST: usize = 16;

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage) else { return };
    for (index, step) in stage.steps.iter().enumerate() {
        if let Body::User(word) = step.body()
            && let Some(name) = step.text(word).and_then(|text| image.accounts.lacks(text))
        {
            let behind = stage.steps.iter().skip(index + 1);
            let runs = behind
                .take_while(|step| step.keyword() != Keyword::User)
                .any(|step| step.keyword() == Keyword::Run);
            let (spoils, what) = match runs {
                true => (Spoils::Build, "so RUN fails"),
                false => (Spoils::Start, "so it cannot start"),
            };
            let creator = creator(name, stage, cx);
            let first = stage
                .steps_of(Keyword::User)
                .next()
                .is_some_and(|user| user.instruction.span() == step.instruction.span());
            let copy = creator.and_then(|(from, _)| copied(from, stage, cx));
            let fix = copy.or_else(|| created(name, stage, cx).filter(|_| first));
            let message = format!("no user or group `{name}` is in this image, {what}");
            let mut found = cx.report(word.span, message).spoils(Some(spoils));
            if let Some((_, place)) = creator {
                found = found.related(place, "this creates it, in another image");
            }
            if let Some((title, line)) = fix {
                let edit = Edit::insert(step.instruction.span().start, line);
                found.unsafe_fix(title, vec![edit]);
            }
        }
        if let Some(word) = step.instruction.statement.flag_value("chown")
            && let Some(name) = step.text(word).and_then(|text| image.accounts.lacks(text))
            && name != "root"
        {
            let message = format!("no user or group `{name}` is in this image, so root gets it");
            cx.report(word.span, message).level(Level::Warning).spoils(None);
        }
    }
}

/// The command of an earlier stage that creates a user, and that stage.
fn creator<'c, 'a>(
    name: &str,
    stage: &Stage<'_>,
    cx: &Context<'c, 'a>,
) -> Option<(&'c Stage<'a>, Span)> {
    let model = cx.model;
    let earlier = model.stages.iter().take(stage.index).rev();
    earlier.take(MOST).find_map(|other| {
        let commands = other.steps.iter().flat_map(|step| &step.script.commands);
        let accounts = commands.filter_map(Account::of);
        let mut own = accounts.filter(|account| account.creates && account.user.text == name);
        own.next().map(|account| (other, account.user.span))
    })
}

/// The lists of users that come along, into an image without users of its own.
fn copied(from: &Stage<'_>, stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<(String, String)> {
    let name = &from.from_view()?.name.as_ref()?.text;
    let bare = cx.image(stage)?.base == BaseFacts::Scratch;
    let line = format!("COPY --from={name} /etc/passwd /etc/group /etc/\n");
    bare.then(|| (format!("Copy the list of users of `{name}`"), line))
}

/// The command that creates the user here.
fn created(name: &str, stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<(String, String)> {
    let row = cx.image(stage)?.base.row()?;
    let line = match row.family {
        Family::Alpine => format!("RUN adduser -D {name}\n"),
        Family::Debian | Family::Ubuntu => format!("RUN useradd -m {name}\n"),
        _ => return None,
    };
    (row.user == "root").then(|| (format!("Create `{name}`"), line))
}
