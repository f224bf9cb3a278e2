//! All that BuildKit refuses and the text alone gives away.
//!
//! Syntax refuses on its own ([`crate::syntax::Dockerfile::errors`]); what needs expansion or other
//! stages is checked here, instruction by instruction. Follows `instructions/parse.go`, `bflag.go`
//! and `dockerfile2llb` of BuildKit; words with unknown variables are let pass.

mod copy;
mod flags;
mod healthcheck;
mod mount;
mod platform;
mod port;
mod reference;
mod signal;
mod stages;

pub(crate) use platform::{is_platform, normalized};
pub(crate) use reference::is_reference;
pub(crate) use signal::usual_name as usual_signal;

use crate::model::{Base, Model, Stage, Step};
use crate::order;
use crate::source::Span;
use crate::syntax::{Body, Keyword, Refusal, RefusalKind, Word};

/// Everything that BuildKit would refuse, in the order of the text.
pub fn refusals(model: &Model<'_>) -> Vec<Refusal> {
    let mut found = model.tree.errors.clone();
    structure(model, &mut found);
    for (_, step) in model.steps() {
        found.extend(step.expansion.errors.iter().cloned());
        instruction(step, &mut found);
    }
    for stage in &model.stages {
        base(stage, &mut found);
        stages::uses(stage, &mut found);
    }
    stages::cycles(&model.stages, &mut found);
    order::by_span(&mut found, |refusal| refusal.span);
    found
}

/// Keywords that nobody knows, and what stands outside of any stage.
fn structure(model: &Model<'_>, found: &mut Vec<Refusal>) {
    for instruction in model.tree.instructions() {
        if instruction.statement.keyword == Keyword::Unknown {
            found.push(unknown_keyword(&instruction.statement.keyword_word));
        }
    }
    if model.stages.is_empty() || model.fragment {
        let first = model.tree.instructions().next();
        let span = first.map_or(Span::at(0), |first| first.statement.keyword_word.span);
        let message = "there is no FROM, so there is nothing to build";
        found.push(Refusal::new(RefusalKind::NoStage, span, message));
        return;
    }
    let unknown = |keyword| keyword == Keyword::Unknown;
    for instruction in model.misplaced.iter().filter(|i| !unknown(i.statement.keyword)) {
        let word = &instruction.statement.keyword_word;
        let message = format!("{} stands before the first FROM, where only ARG may", word.text);
        found.push(Refusal::new(RefusalKind::BeforeFrom, word.span, message));
    }
}

/// A word that is no instruction, with the one that was probably meant, in the user's case.
pub(crate) fn unknown_keyword(word: &Word) -> Refusal {
    let message = format!("`{}` is not an instruction", word.text);
    let Some(known) = Keyword::nearest(&word.text) else {
        return Refusal::new(RefusalKind::UnknownInstruction, word.span, message);
    };
    let lower = word.text.chars().all(|ch| !ch.is_uppercase());
    let name = if lower { known.name().to_ascii_lowercase() } else { known.name().to_owned() };
    let message = format!("{message}; did you mean `{name}`?");
    Refusal::new(RefusalKind::UnknownInstruction, word.span, message).suggest(word.span, name)
}

fn instruction(step: &Step<'_>, found: &mut Vec<Refusal>) {
    flags::check(&step.instruction.statement, found);
    match step.body() {
        Body::Run(_) => mount::check(step, found),
        Body::Copy(copy) => copy::check(step, copy, true, found),
        Body::Add(copy) => copy::check(step, copy, false, found),
        Body::Expose(words) => port::check(step, words, found),
        Body::Healthcheck(healthcheck) => healthcheck::check(step, healthcheck, found),
        Body::Stopsignal(word) => signal::check(step, word, found),
        Body::Volume(words) => {
            let empty = |word: &&Word| {
                !word.text.trim().is_empty() && step.text(word).is_some_and(|t| t.trim().is_empty())
            };
            found.extend(words.iter().filter(empty).map(|word| {
                let message = format!("`{}` is empty, and VOLUME needs a path", word.text);
                Refusal::new(RefusalKind::EmptyVolume, word.span, message)
            }));
        }
        _ => {}
    }
}

/// The image and the platform of FROM.
fn base(stage: &Stage<'_>, found: &mut Vec<Refusal>) {
    let Some(view) = stage.from_view() else { return };
    if stage.from.text(&view.image) == Some("") {
        let message = format!("`{}` is empty, and FROM needs an image", view.image.text);
        found.push(Refusal::new(RefusalKind::EmptyImage, view.image.span, message));
    }
    if let Base::Image(image) = &stage.base {
        found.extend(reference::check(&image.text, view.image.span));
    }
    if let Some(word) = stage.from.instruction.statement.flag_value("platform") {
        platform::check(&stage.from, word, found);
    }
}
