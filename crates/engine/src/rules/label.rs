//! What the rules of the area `labels` share.

use super::Context;
use crate::diagnostic::Edit;
use crate::model::Step;
use crate::model::label::{is_license_expression, licenses};
use crate::report::{LabelKind, RuleSet};
use crate::syntax::instruction::KeyValue;
use crate::syntax::words::{self, Empty, Options};
use crate::syntax::{Body, Keyword};
use std::borrow::Cow;

/// The pairs of a LABEL; none of any other instruction.
pub fn pairs<'s>(step: &'s Step<'_>) -> &'s [KeyValue] {
    match step.body() {
        Body::Label(pairs) => pairs,
        _ => &[],
    }
}

/// The name of a label after expansion; `None` where nobody can know it.
pub fn key<'s>(
    pair: &'s KeyValue,
    step: &'s Step<'_>,
    cx: &Context<'_, '_>,
) -> Option<Cow<'s, str>> {
    text(&pair.key, step, cx)
}

/// Its value.
pub fn value<'s>(
    pair: &'s KeyValue,
    step: &'s Step<'_>,
    cx: &Context<'_, '_>,
) -> Option<Cow<'s, str>> {
    text(&pair.value, step, cx)
}

/// hadolint removes the quotes and expands nothing.
fn text<'s>(
    word: &'s crate::syntax::Word,
    step: &'s Step<'_>,
    cx: &Context<'_, '_>,
) -> Option<Cow<'s, str>> {
    if !cx.follows(RuleSet::Hadolint) {
        return step.text(word).map(Cow::Borrowed);
    }
    let options = Options { skip_unset: true, ..Options::expand(cx.tree.escape) };
    words::process(&word.text, options, &Empty).ok().map(|found| Cow::Owned(found.text.to_string()))
}

/// Reports the labels that must be of `kind` by the settings, and are not.
pub(super) fn check(kind: LabelKind, message: &str, cx: &mut Context<'_, '_>) {
    let (model, settings) = (cx.model, cx.settings);
    let wanted =
        |key: &str| settings.label_schema.iter().any(|(name, of)| name == key && *of == kind);
    if !settings.label_schema.iter().any(|(_, of)| *of == kind) {
        return;
    }
    for (_, step) in model.steps().filter(|(_, step)| step.keyword() == Keyword::Label) {
        for pair in pairs(step) {
            let (Some(key), Some(value)) = (key(pair, step, cx), value(pair, step, cx)) else {
                continue;
            };
            // OCI wants an expression of licenses; hadolint knows single identifiers only.
            let accepted = kind.accepts(&value)
                || (kind == LabelKind::Spdx
                    && !cx.follows(RuleSet::Hadolint)
                    && is_license_expression(&value));
            if wanted(&key) && !accepted {
                let place = match pair.value.span.is_empty() {
                    true => pair.key.span,
                    false => pair.value.span,
                };
                let found = cx.report(place, format!("the label `{key}` {message}"));
                // The spelling of licenses is fixed, capitals included.
                let same = |id: &&str| kind == LabelKind::Spdx && id.eq_ignore_ascii_case(&value);
                if let Some(id) = licenses().find(same) {
                    let edits = vec![Edit::replace(place, id)];
                    found.unsafe_fix(format!("Write `{id}`, which changes the label"), edits);
                }
            }
        }
    }
}
