//! Programs that want another signal than the SIGTERM of `docker stop`.

use super::Context;
use crate::diagnostic::Edit;
use crate::image::Entry;
use crate::model::Stage;
use crate::refuse::usual_signal;

/// Reports a stage that starts such a program and sends it another signal. `starts` tells whether
/// the program of the stage is one.
pub(super) fn check(
    stage: &Stage<'_>,
    signal: &str,
    why: &str,
    starts: impl Fn(&Entry) -> bool,
    cx: &mut Context<'_, '_>,
) {
    let Some(image) = cx.image(stage) else { return };
    let Some(entry) = image.entry().filter(|entry| !entry.shell_form && starts(entry)) else {
        return;
    };
    let name = entry.program_name();
    if let Some(sent) = &image.stop_signal {
        let Some(value) = sent.value.as_deref() else { return };
        if stage.span().contains(sent.span)
            && usual_signal(value).is_some_and(|sent| sent != signal)
        {
            let message = format!("{name} {why} on {signal}, not on `{value}`");
            let edit = Edit::replace(sent.span, signal);
            cx.report(sent.span, message).unsafe_fix(format!("Send {signal}"), vec![edit]);
        }
        return;
    }
    // A base that starts a service sends what its service needs.
    let plain = image.base.row().is_some_and(|row| row.start != crate::catalog::Start::Service);
    let place = stage.steps.iter().find(|step| step.instruction.span().contains(entry.span));
    if let Some(step) = place.filter(|_| plain) {
        let message = format!("{name} {why} on {signal}, and `docker stop` sends SIGTERM");
        let statement = &step.instruction.statement;
        let lower =
            statement.keyword_word.text.starts_with(|first: char| first.is_ascii_lowercase());
        let keyword = if lower { "stopsignal" } else { "STOPSIGNAL" };
        let edit = Edit::insert(statement.keyword_word.span.start, format!("{keyword} {signal}\n"));
        cx.report(entry.span, message).unsafe_fix(format!("Send {signal}"), vec![edit]);
    }
}
