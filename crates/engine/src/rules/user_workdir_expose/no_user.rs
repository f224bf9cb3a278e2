//! Images without USER on a base whose user is root.

use crate::catalog::{Family, Start};
use crate::diagnostic::{Edit, Level};
use crate::image::{BaseFacts, Entry, Image, is_root};
use crate::model::Stage;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::is_shell;
use crate::source::Span;
use crate::syntax::{Body, Keyword, base_name};

pub const RULE: Rule = Rule {
    name: "no-user",
    aliases: &["checkov:CKV_DOCKER_3", "droast:DF020"],
    area: Area::UserWorkdirExpose,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let model = cx.model;
    let Some(stage) = model.final_stage().filter(|stage| !stage.is_for_development()) else {
        return;
    };
    let Some(image) = cx.image(stage).filter(|image| image.user.is_none()) else { return };
    // A service such as a database gives up root by itself.
    let is_service = image.base.row().is_some_and(|row| row.start == Start::Service);
    let is_root = !is_service && image.base.user().is_some_and(is_root);
    // An image that starts nothing, or a shell or an interpreter for whoever comes, is for others
    // to build upon.
    let Some(entry) = image.entry().filter(|entry| is_root && !is_tool(entry)) else { return };
    if image.can_drop_root() {
        return;
    }
    let own = |span: &Span| stage.span().contains(*span);
    let place = Some(entry.span).filter(own).unwrap_or(stage.base_span());
    let tag = nonroot_tag(stage, image, entry, cx.text);
    let found = cx.report(place, "there is no USER, so the program runs as root");
    if let Some(edit) = tag {
        let title =
            "Take the tag `nonroot`, whose user must be able to read what the program needs";
        found.unsafe_fix(title, vec![edit]);
    } else if let (Some(offset), Some(user)) =
        (place_of_user(stage), known_user(stage, &image.base))
    {
        let title = format!("Run as `{user}`, who must be able to read what the program needs");
        found.unsafe_fix(title, vec![Edit::insert(offset, format!("USER {user}\n"))]);
    }
}

/// Whether nothing starts but a shell or an interpreter, a debugger, or something that only waits.
fn is_tool(entry: &Entry) -> bool {
    const TOOLS: [&str; 7] = ["irb", "jshell", "node", "php", "python", "python3", "ruby"];
    let name = entry.program_name();
    let mut words = entry.words.iter();
    let debugs = words.clone().any(|word| base_name(word) == "dlv");
    let waits = matches!(name, "sleep" | "tail");
    let alone = words.all(|word| base_name(word) == name || word.starts_with('-'));
    debugs || waits || alone && (is_shell(name) || TOOLS.contains(&name))
}

/// Images of distroless have a tag with another user, and another working directory.
fn nonroot_tag(stage: &Stage<'_>, image: &Image, entry: &Entry, text: &str) -> Option<Edit> {
    let row = image.base.row().filter(|row| row.family == Family::Distroless)?;
    let absolute = stage.steps.iter().all(|step| match step.body() {
        Body::Copy(copy) | Body::Add(copy) => copy.destination.text.starts_with('/'),
        Body::Workdir(path) => path.text.starts_with('/'),
        _ => true,
    });
    let started = entry.program.as_deref().is_some_and(|program| program.starts_with('/'));
    let word = stage.from_view()?.image.span;
    let name = word.of(text);
    let tag = name.rsplit('/').next().filter(|_| !name.contains(['@', '$', '"', '\'']))?;
    let nonroot = match tag.split_once(':') {
        None => format!("{name}:nonroot"),
        Some((_, "latest")) => name.replace(":latest", ":nonroot"),
        Some((_, "debug")) => format!("{name}-nonroot"),
        Some(_) => return None,
    };
    let own = absolute && started && image.parent.is_none() && row.users.contains(&"nonroot");
    own.then(|| Edit::replace(word, nonroot))
}

/// Before ENTRYPOINT or CMD, if nothing behind it needs root.
fn place_of_user(stage: &Stage<'_>) -> Option<u32> {
    let is_start = |keyword| matches!(keyword, Keyword::Entrypoint | Keyword::Cmd);
    let first = stage.steps.iter().position(|step| is_start(step.keyword()))?;
    let mut behind = stage.steps.iter().skip(first);
    let changes = |body: &Body| {
        matches!(body, Body::Run(_) | Body::Copy(_) | Body::Add(_) | Body::Workdir(_))
    };
    if behind.any(|step| changes(step.body())) {
        return None;
    }
    stage.steps.get(first).map(|step| step.instruction.span().start)
}

/// A user that the base certainly has; a number where it has no user database. A user that the
/// stage itself creates would be the better choice, and that choice is not ours.
fn known_user(stage: &Stage<'_>, base: &BaseFacts) -> Option<&'static str> {
    let creates = |program: &str| matches!(program, "adduser" | "useradd");
    let mut commands = stage.steps.iter().flat_map(|step| &step.script.commands);
    if commands.any(|command| creates(command.program())) {
        return None;
    }
    let Some(row) = base.row() else { return Some("65534:65534") };
    let has = |user: &str| row.users.contains(&user);
    let users = [("nonroot", "65532:65532"), ("node", "node"), ("nobody", "nobody")];
    users.into_iter().find(|(name, _)| has(name)).map(|(_, user)| user)
}
