//! Where in the Dockerfile the words of a message stand.

use super::Place;
use super::mend;
use super::search::{Holes, hole};
use crate::image::{Image, Origin, find_file};
use crate::model::{Base, Model, Step, UseTarget};
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Keyword};

/// Most places that are shown for one message.
const MOST: usize = 6;

/// What the places are looked up in.
pub(super) struct Finder<'m, 'a> {
    pub(super) model: &'m Model<'a>,
    pub(super) images: &'m [Image],
}

/// One look-up: `role=hole | message | mend`; hole and mend may be missing, and a hole may be a text
/// in quotes.
struct Look<'l> {
    role: &'l str,
    hole: Option<&'l str>,
    message: &'l str,
    mend: &'l str,
}

impl<'l> Look<'l> {
    fn read(text: &'l str) -> Self {
        let mut parts = text.splitn(3, " | ");
        let what = parts.next().unwrap_or_default();
        let (role, hole) = match what.split_once('=') {
            Some((role, hole)) => (role, Some(hole)),
            None => (what, None),
        };
        let (message, mend) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        Self { role, hole, message, mend }
    }
}

impl Finder<'_, '_> {
    /// The places of the first look-up that finds any.
    pub(super) fn look(&self, looks: &[&str], holes: &Holes<'_>) -> Vec<Place> {
        for look in looks.iter().copied().map(Look::read) {
            let wanted = look.hole.map(|name| match name.strip_prefix('\'') {
                Some(text) => text.trim_end_matches('\''),
                None => hole(holes, name).unwrap_or_default(),
            });
            if wanted == Some("") {
                continue;
            }
            let spans = self.spans(look.role, wanted);
            if spans.is_empty() {
                continue;
            }
            let place = |span: &Span| Place {
                span: *span,
                message: super::fill(look.message, holes),
                fix: mend::mend(self, look.mend, *span, holes),
            };
            return spans.iter().map(place).collect();
        }
        Vec::new()
    }

    fn spans(&self, role: &str, wanted: Option<&str>) -> Vec<Span> {
        let mut found = Found { kind: kind_of(role), wanted, spans: Vec::new() };
        match role {
            "line" => self.at_line(&mut found),
            "run" => self.of_command(&mut found),
            "base" => {
                for stage in &self.model.stages {
                    if !matches!(stage.base, Base::Stage(_)) {
                        found.offer(stage.base_text(), stage.base_span());
                    }
                    for used in &stage.uses {
                        if !matches!(used.target, UseTarget::Stage(_)) {
                            found.offer(&used.text, used.span);
                        }
                    }
                }
            }
            "golang" => {
                for stage in &self.model.stages {
                    if stage.base_text().contains("golang") {
                        found.offer("", stage.base_span());
                    }
                }
            }
            "runs-as" => {
                let stage = self.model.final_stage();
                let image = stage.and_then(|stage| self.images.get(stage.index));
                let user = image.and_then(|image| image.user.as_ref());
                user.into_iter().for_each(|user| {
                    found.offer(user.value.as_deref().unwrap_or_default(), user.span);
                });
            }
            "final" => {
                let bottom = self.model.final_stage().map(|stage| self.model.root(stage));
                if let Some(stage) = bottom.filter(|stage| stage.from_view().is_some()) {
                    found.offer(stage.base_text(), stage.base_span());
                }
            }
            "entry" | "binary" | "copied" => self.entry(role, &mut found),
            _ => {
                for (_, step) in self.model.steps() {
                    of_step(role, step, &mut found);
                }
            }
        }
        found.spans
    }

    /// The instruction on a line.
    fn at_line(&self, found: &mut Found<'_>) {
        let line = found.wanted.take().and_then(|line| line.parse::<u32>().ok());
        for (_, step) in self.model.steps() {
            let (first, last) = step.instruction.line.lines;
            if line.is_some_and(|line| first <= line && line <= last) {
                found.offer("", step.instruction.span());
            }
        }
    }

    /// The RUN with these commands. The builder writes them on one line, and may cut them off.
    fn of_command(&self, found: &mut Found<'_>) {
        let squeezed = |text: &str| -> String {
            text.chars().filter(|ch| !ch.is_whitespace() && *ch != '\\').collect()
        };
        let Some(wanted) = found.wanted.take().map(squeezed).filter(|wanted| wanted.len() > 3)
        else {
            return;
        };
        for (_, step) in self.model.steps() {
            let statement = &step.instruction.statement;
            // Only the beginning is compared, so that long files cost no more.
            let start: String = statement.arguments.text.chars().take(1024).collect();
            if statement.keyword != Keyword::From && squeezed(&start).starts_with(&wanted) {
                found.offer("", step.instruction.span());
            }
        }
    }

    /// What starts, and how the file got there.
    fn entry(&self, role: &str, found: &mut Found<'_>) {
        let Some(stage) = self.model.final_stage() else { return };
        let Some(image) = self.images.get(stage.index) else { return };
        let started = image.entry().into_iter();
        for entry in started.chain(image.cmd.as_ref().filter(|_| image.entrypoint.is_some())) {
            let words = || entry.program.iter().chain(&entry.words);
            if role == "entry" {
                let word = words().find(|word| found.is_wanted(word)).map(String::as_str);
                found.offer(word.unwrap_or_default(), entry.span);
                continue;
            }
            for word in words() {
                let Some(file) = find_file(self.images, stage.index, word) else { continue };
                match &file.origin {
                    Origin::Built(binary) if role == "binary" => found.offer(word, binary.built_by),
                    Origin::Context | Origin::Elsewhere if role == "copied" => {
                        found.offer(word, file.span);
                    }
                    _ => {}
                }
            }
        }
    }

    /// The step that holds a place.
    pub(super) fn step(&self, span: Span) -> Option<(usize, &Step<'_>)> {
        let mut steps = self.model.steps();
        let (stage, step) = steps.find(|(_, step)| step.instruction.span().contains(span))?;
        Some((stage.map_or(0, |stage| stage.index), step))
    }
}

fn of_step(role: &str, step: &Step<'_>, found: &mut Found<'_>) {
    match (role, step.body()) {
        ("source" | "target", Body::Copy(copy) | Body::Add(copy)) => {
            let all: &[_] = match role {
                "source" => &copy.sources,
                _ => std::slice::from_ref(&copy.destination),
            };
            for word in all {
                found.offer(step.text(word).unwrap_or(&word.text), word.span);
            }
        }
        ("user", Body::User(word)) => {
            let text = step.text(word).unwrap_or(&word.text);
            found.offer(text.split(':').next().unwrap_or(text), word.span);
        }
        ("user", Body::Copy(_) | Body::Add(_)) if found.wanted.is_some() => {
            if let Some(word) = step.instruction.statement.flag_value("chown") {
                word.text.split(':').for_each(|name| found.offer(name, word.span));
            }
        }
        ("port", Body::Expose(ports)) => {
            for word in ports {
                let text = step.text(word).unwrap_or(&word.text);
                found.offer(text.split('/').next().unwrap_or(text), word.span);
            }
        }
        ("workdir", Body::Workdir(word)) => {
            found.offer(step.text(word).unwrap_or(&word.text), word.span);
        }
        ("volume", Body::Volume(words)) => {
            for word in words {
                found.offer(step.text(word).unwrap_or(&word.text), word.span);
            }
        }
        ("health", Body::Healthcheck(_)) => found.offer("", step.instruction.span()),
        ("env", _) => {
            step.assigned(&mut |name, _, span| found.offer(name, span));
        }
        ("secret" | "ssh", _) => {
            for mount in step.mounts().filter(|mount| mount.kind() == role) {
                let id = mount.get("id").or_else(|| mount.target()).unwrap_or("default");
                found.offer(id.rsplit('/').next().unwrap_or(id), mount.span);
            }
        }
        ("platform", Body::From(_)) => {
            let flag = step.instruction.statement.flag("platform");
            flag.into_iter().for_each(|flag| found.offer("", flag.span));
        }
        _ => of_commands(role, step, found),
    }
}

fn of_commands(role: &str, step: &Step<'_>, found: &mut Found<'_>) {
    // A program of the exec form is one word, whatever is in it.
    let exec = match step.body() {
        Body::Run(CommandLine::Exec(words, _))
        | Body::Cmd(CommandLine::Exec(words, _))
        | Body::Entrypoint(CommandLine::Exec(words, _)) => words.first(),
        _ => None,
    };
    if let (Some(word), "program") = (exec, role) {
        return found.offer(&word.text, word.span);
    }
    for command in &step.script.commands {
        match role {
            "program" => {
                let words = command.words.first().into_iter().chain(command.unwrapped().first());
                words.for_each(|word| found.offer(&word.text, word.span));
            }
            "word" => {
                for word in command.arguments() {
                    found.offer(&word.text, word.span);
                }
            }
            "go-build" if command.program() == "go" => {
                let builds = |name: &str| matches!(name, "build" | "install" | "run" | "test");
                if command.subcommand().is_some_and(|word| builds(&word.text)) {
                    found.offer("", command.span);
                }
            }
            // `npm-ci`: the command `npm ci`.
            _ => {
                if let Some((program, sub)) = role.split_once('-')
                    && command.program() == program
                    && command.subcommand().is_some_and(|word| word.text == sub)
                {
                    found.offer("", command.span);
                }
            }
        }
    }
}

/// How texts of a role are compared.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Image,
    Path,
    Program,
    Package,
    Exact,
}

fn kind_of(role: &str) -> Kind {
    match role {
        "base" | "final" => Kind::Image,
        "source" | "target" | "workdir" | "volume" | "copied" | "binary" => Kind::Path,
        "program" | "entry" => Kind::Program,
        "word" => Kind::Package,
        _ => Kind::Exact,
    }
}

struct Found<'w> {
    kind: Kind,
    wanted: Option<&'w str>,
    spans: Vec<Span>,
}

impl Found<'_> {
    fn offer(&mut self, text: &str, span: Span) {
        if self.spans.len() < MOST && self.is_wanted(text) && !self.spans.contains(&span) {
            self.spans.push(span);
        }
    }

    fn is_wanted(&self, text: &str) -> bool {
        let Some(wanted) = self.wanted else { return true };
        let same = |simple: fn(&str) -> &str| simple(wanted) == simple(text);
        match self.kind {
            Kind::Image => same(image),
            Kind::Path => same(path),
            Kind::Program => same(path) || wanted == text.rsplit('/').next().unwrap_or(text),
            Kind::Package => wanted == text || same(package),
            Kind::Exact => wanted == text,
        }
    }
}

/// A path without what does not count.
fn path(text: &str) -> &str {
    text.trim_start_matches("./").trim_matches('/')
}

/// A package without its version.
fn package(text: &str) -> &str {
    let cut = text.char_indices().skip(1).find(|(_, ch)| "=@~<>[".contains(*ch));
    cut.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// An image as people write it: daemons add registry and tag.
fn image(text: &str) -> &str {
    let short = text.strip_prefix("docker.io/").unwrap_or(text);
    let short = short.strip_prefix("library/").unwrap_or(short);
    short.strip_suffix(":latest").unwrap_or(short)
}
