//! CMD, ENTRYPOINT and HEALTHCHECK without a shell: what shell-form and missing-shell share.

use super::Context;
use crate::image::lacks_shell;
use crate::model::{Stage, Step};
use crate::shell::{Script, is_builtin};
use crate::source::Span;
use crate::syntax::json_string;

/// Whether the container starts with this instruction, on an image without a shell.
pub(super) fn starts_without_shell(
    step: &Step<'_>,
    stage: &Stage<'_>,
    cx: &Context<'_, '_>,
) -> bool {
    is_entry(step, stage, cx) && lacks_shell(cx.images, stage.index)
}

/// Whether the container starts with this instruction: the arguments of ENTRYPOINT are no program.
pub(super) fn is_entry(step: &Step<'_>, stage: &Stage<'_>, cx: &Context<'_, '_>) -> bool {
    let entry = cx.image(stage).and_then(|image| image.entry());
    entry.is_some_and(|entry| entry.span == step.instruction.statement.arguments.span)
}

/// The JSON array that starts the same program, where the text at `span` is one command without
/// anything that only a shell understands.
pub(crate) fn exec_form(script: &Script, span: Span, text: &str) -> Option<String> {
    let [command] = script.commands.as_slice() else { return None };
    let plain = command.span == span
        && command.assignments.is_empty()
        && command.redirects.is_empty()
        && command.words.iter().all(|word| word.literal)
        && !is_builtin(command.program())
        && !command.span.of(text).contains(['*', '?', '[', '{', '~', '#']);
    let strings: Vec<_> = command.words.iter().map(|word| json_string(&word.text)).collect();
    plain.then(|| format!("[{}]", strings.join(", ")))
}
