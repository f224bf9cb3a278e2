//! Images from registries that the settings do not allow.

use crate::diagnostic::Level;
use crate::model::{Base, ImageReference, Stage, UseTarget};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "untrusted-registry",
    aliases: &["hadolint:DL3026", "droast:DF065"],
    area: Area::From,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    if cx.settings.trusted_registries.is_empty() {
        return;
    }
    let as_hadolint = cx.follows(RuleSet::Hadolint);
    let read = stage.base_as_hadolint_reads().filter(|_| as_hadolint);
    let own = !stage.on_stage_as_written && stage.base_text() != "scratch";
    match (&stage.base, &read) {
        (_, Some(read)) if own => report(stage.base_span(), read, cx),
        (Base::Image(image), None) => report(stage.base_span(), image, cx),
        _ => {}
    }
    for used in &stage.uses {
        if let UseTarget::Image(image) = &used.target
            && image.text != "scratch"
        {
            let read = as_hadolint.then(|| ImageReference::as_hadolint_reads(&used.text));
            report(used.span, read.as_ref().unwrap_or(image), cx);
        }
    }
}

fn report(span: Span, image: &ImageReference, cx: &mut Context<'_, '_>) {
    // hadolint knows two names for Docker Hub where none is written.
    let names = match image.registry.as_deref() {
        None => ["docker.io", "hub.docker.com"],
        Some("index.docker.io" | "registry-1.docker.io") if !cx.follows(RuleSet::Hadolint) => {
            ["docker.io", "index.docker.io"]
        }
        Some(registry) => [registry, registry],
    };
    let trusted = &cx.settings.trusted_registries;
    if !trusted.iter().any(|pattern| names.iter().any(|name| matches(pattern, name))) {
        let [registry, _] = names;
        let message = format!("`{registry}` is not one of the trusted registries");
        cx.report(span, message);
    }
}

/// `*`, `*.example.com`, `example*` or a name.
fn matches(pattern: &str, registry: &str) -> bool {
    if let Some(ending) = pattern.strip_prefix('*') {
        return registry.ends_with(ending);
    }
    match pattern.strip_suffix('*') {
        Some(start) => registry.starts_with(start),
        None => registry == pattern,
    }
}
