//! Names of users and groups in an image that has no list of them.

use crate::catalog::Family;
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{BaseFacts, Image};
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Account;
use crate::source::Span;
use crate::syntax::{Body, Keyword, Word};

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
    for step in &stage.steps {
        if let Body::User(word) = step.body() {
            check_user(stage, step, word, image, cx);
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

/// USER counts where a RUN follows before the user exists, and where it is the last.
fn check_user(
    stage: &Stage<'_>,
    step: &Step<'_>,
    word: &Word,
    image: &Image,
    cx: &mut Context<'_, '_>,
) {
    let Some(text) = step.text(word) else { return };
    let lacking = image.accounts.lacks(text);
    let runs = image.strangers.contains(&word.span);
    let last = image.user.as_ref().is_some_and(|user| user.span == word.span);
    let (spoils, message) = match (runs, lacking) {
        (true, Some(name)) => {
            (Spoils::Build, format!("no user or group `{name}` is in this image, so RUN fails"))
        }
        (true, None) => {
            (Spoils::Build, format!("nobody has created `{text}` yet, so the next RUN fails"))
        }
        (false, Some(name)) if last => {
            let message = format!("no user or group `{name}` is in this image, so it cannot start");
            (Spoils::Start, message)
        }
        _ => return,
    };
    let name = lacking.unwrap_or(text);
    let creator = creator(name, stage, cx);
    let first = stage.steps_of(Keyword::User).next();
    let first = first.is_some_and(|user| user.instruction.span() == step.instruction.span());
    let copy = creator.and_then(|(from, _)| copied(from, stage, cx));
    let fix = copy.or_else(|| created(name, stage, cx).filter(|_| first && lacking.is_some()));
    let mut found = cx.report(word.span, message).spoils(Some(spoils));
    if let Some((_, place)) = creator {
        found = found.related(place, "this creates it, in another image");
    }
    if let Some((title, line)) = fix {
        let edit = Edit::insert(step.instruction.span().start, line);
        found.unsafe_fix(title, vec![edit]);
    }
}
