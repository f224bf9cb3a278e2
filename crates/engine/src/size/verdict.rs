//! Whether the container would start, on the base in use or on another one.
//!
//! Speaks only on certainty: what depends on the program's own imports is unknown.

use super::Verdict;
use crate::catalog::{Family, Libc, Start};
use crate::image::{BaseFacts, Entry, Fit, GoBinary, Image, Origin, What, chain, started};
use crate::model::Model;
use crate::report::Project;
use crate::syntax::{Body, CommandLine, Refusal};

/// The verdict on the Dockerfile as it stands.
pub fn verdict(
    model: &Model<'_>,
    refusals: &[Refusal],
    images: &[Image],
    project: &Project,
) -> (Verdict, Vec<String>) {
    if !refusals.is_empty() {
        let reasons = refusals.iter().take(8).map(|refusal| refusal.message.clone());
        return (Verdict::WouldNotBuild, reasons.collect());
    }
    if model.fragment {
        return (Verdict::Unknown, Vec::new());
    }
    let Some(needs) = Needs::of(model, images) else { return (Verdict::Unknown, Vec::new()) };
    let base = &needs.image.base;
    let mut reasons = Vec::new();
    let mut verdict = needs.program_on(base, &mut reasons);
    if verdict == Verdict::Unknown && needs.built_here {
        verdict = Verdict::Starts;
        reasons = vec!["the program runs on the image that it was built on".to_owned()];
    }
    // What the base lacks for a start would be an edit elsewhere; here it is a failure.
    if verdict != Verdict::WouldNotStart && needs.lacks_tools(base, &mut reasons) {
        verdict = Verdict::WouldNotStart;
    }
    let lacks_data = needs.lacks_data(base, project, &mut reasons);
    if lacks_data && verdict != Verdict::WouldNotStart {
        verdict = Verdict::StartsAfterEdits;
    }
    if verdict == Verdict::Starts && reasons.is_empty() {
        reasons.push("the program is linked statically and needs nothing of its base".to_owned());
    }
    (verdict, reasons)
}

/// What the final image asks of its base.
pub(super) struct Needs<'i> {
    pub(super) image: &'i Image,
    entry: Option<Entry>,
    binary: Option<&'i GoBinary>,
    /// Whether a stage of this very image links it, so that it finds what it was linked against.
    built_here: bool,
    /// Shell-form RUN instructions of the final stage.
    runs: usize,
    user: Option<String>,
    creates_users: bool,
    brings_certificates: bool,
    brings_time_zones: bool,
}

impl<'i> Needs<'i> {
    pub(super) fn of(model: &Model<'_>, images: &'i [Image]) -> Option<Self> {
        let stage = model.final_stage()?;
        let image = images.get(stage.index)?;
        let entry = image.entry().cloned();
        let file = started(images, stage.index).and_then(|(_, file)| file);
        let binary = match file.map(|file| &file.origin) {
            Some(Origin::Go(binary)) => Some(binary),
            _ => None,
        };
        let shell_run = |step: &&crate::model::Step<'_>| {
            matches!(step.body(), Body::Run(CommandLine::Shell(_)))
        };
        let added = || {
            let layers = chain(images, stage.index).flat_map(|image| &image.layers);
            layers.flat_map(|layer| &layer.additions).map(|addition| &addition.what)
        };
        let installs = |name: &str| chain(images, stage.index).any(|image| image.has_package(name));
        // Elsewhere, the words that bring the program in are those of a COPY.
        let mut layers = chain(images, stage.index).flat_map(|image| &image.layers);
        let built_here = binary.is_some_and(|binary| {
            layers.any(|layer| layer.additions.iter().any(|added| added.span == binary.built_by))
        });
        Some(Self {
            image,
            binary,
            built_here,
            runs: stage.steps.iter().filter(shell_run).count(),
            user: image.user.as_ref().and_then(|user| user.value.clone()),
            creates_users: added().any(|what| matches!(what, What::Accounts)),
            brings_certificates: added().any(|what| matches!(what, What::Certificates))
                || installs("ca-certificates"),
            brings_time_zones: added().any(|what| matches!(what, What::TimeZones))
                || installs("tzdata"),
            entry,
        })
    }

    /// The verdict on another base, with the reasons.
    pub(super) fn on(&self, base: &BaseFacts, project: &Project) -> (Verdict, Vec<String>) {
        let mut reasons = Vec::new();
        let mut verdict = self.program_on(base, &mut reasons);
        let edits = self.lacks_tools(base, &mut reasons);
        let edits = self.lacks_data(base, project, &mut reasons) || edits;
        if verdict != Verdict::WouldNotStart && edits {
            verdict = Verdict::StartsAfterEdits;
        }
        (verdict, reasons)
    }

    /// Whether the program finds what it was linked against.
    fn program_on(&self, base: &BaseFacts, reasons: &mut Vec<String>) -> Verdict {
        if self.entry.is_none() {
            return nothing_to_start(base, reasons);
        }
        let Some(binary) = self.binary else { return Verdict::Unknown };
        match binary.on(base) {
            Fit::Static => Verdict::Starts,
            Fit::Misfit(libc, own) => {
                let own = if own == Libc::None { "none" } else { own.name() };
                reasons.push(format!(
                    "the program is linked against {}, and here is {own}",
                    libc.name()
                ));
                Verdict::WouldNotStart
            }
            Fit::MaybeMisfit(..) => {
                reasons.push(
                    "whether the program needs a libc depends on its imports; CGO_ENABLED=0 settles it"
                        .to_owned(),
                );
                Verdict::Unknown
            }
            Fit::Newer(built, own) => {
                reasons.push(format!(
                    "the program is linked against glibc {built}, and here is {own}"
                ));
                Verdict::Unknown
            }
            Fit::Unknown => Verdict::Unknown,
        }
    }

    /// Whether the base lacks a shell or a user that the stage asks for; the reasons say which.
    fn lacks_tools(&self, base: &BaseFacts, reasons: &mut Vec<String>) -> bool {
        let before = reasons.len();
        let row = base.row();
        let scratch = matches!(base, BaseFacts::Scratch);
        if base.has_shell() == Some(false) {
            if self.entry.as_ref().is_some_and(|entry| entry.shell_form) {
                reasons.push("the shell form needs a shell, and here is none".to_owned());
            }
            if self.runs > 0 {
                reasons.push("RUN needs a shell, and here is none".to_owned());
            }
        }
        if let Some(user) = self.user.as_deref().map(|user| user.split(':').next().unwrap_or(user))
        {
            let numeric = user.bytes().all(|byte| byte.is_ascii_digit());
            let known = numeric
                || user == "root"
                || self.creates_users
                || row.is_some_and(|row| row.users.contains(&user));
            let closed = scratch || row.is_some_and(|row| row.family == Family::Distroless);
            if !known && closed {
                reasons.push(format!("there is no user `{user}` here"));
            }
        }
        reasons.len() > before
    }

    /// Whether the program lacks certificates or time zones that the user says it needs.
    fn lacks_data(&self, base: &BaseFacts, project: &Project, reasons: &mut Vec<String>) -> bool {
        let row = base.row();
        let scratch = matches!(base, BaseFacts::Scratch);
        let lacks = |fact: Option<Option<bool>>| scratch || fact.flatten() == Some(false);
        let mut edits = false;
        if lacks(row.map(|row| row.ca_certificates)) && !self.brings_certificates {
            match project.needs_tls {
                Some(true) => {
                    reasons.push("there are no CA certificates, so HTTPS calls fail".to_owned());
                    edits = true;
                }
                None => reasons.push("HTTPS calls would need CA certificates".to_owned()),
                Some(false) => {}
            }
        }
        if lacks(row.map(|row| row.time_zones)) && !self.brings_time_zones {
            match project.needs_time_zones {
                Some(true) => {
                    reasons
                        .push("there are no time zones, so loading one by name fails".to_owned());
                    edits = true;
                }
                None => reasons.push("time zones by name would need zone data".to_owned()),
                Some(false) => {}
            }
        }
        edits
    }
}

fn nothing_to_start(base: &BaseFacts, reasons: &mut Vec<String>) -> Verdict {
    let nothing = match base {
        BaseFacts::Scratch => true,
        BaseFacts::Known(found) => found.image.start == Start::Nothing,
        BaseFacts::Unknown => false,
    };
    if nothing {
        reasons.push("neither CMD nor ENTRYPOINT says what to start".to_owned());
        return Verdict::WouldNotStart;
    }
    Verdict::Unknown
}
