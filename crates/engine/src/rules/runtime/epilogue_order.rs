//! The instructions that say how the container runs, which belong to the end of a stage.

use crate::diagnostic::{Edit, Level};
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "epilogue-order",
    aliases: &["tally:epilogue-order"],
    area: Area::Runtime,
    level: Level::Style,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

const ORDER: [Keyword; 4] =
    [Keyword::Stopsignal, Keyword::Healthcheck, Keyword::Entrypoint, Keyword::Cmd];

fn place(step: &Step<'_>) -> Option<usize> {
    ORDER.iter().position(|keyword| *keyword == step.keyword())
}

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let mut seen: [Option<&Step<'_>>; 4] = [None; 4];
    let mut last: Option<(usize, &Step<'_>)> = None;
    let mut misplaced = None;
    for step in &stage.steps {
        match (place(step), last) {
            // What is for another image may come last.
            (None, Some(_)) if step.keyword() == Keyword::Onbuild => {}
            (None, Some((_, earlier))) => misplaced = misplaced.or(Some((earlier, step))),
            (Some(own), Some((other, earlier))) if own < other => {
                misplaced = misplaced.or(Some((earlier, step)));
            }
            _ => {}
        }
        if let Some(own) = place(step) {
            last = Some((own, step));
            let Some(slot) = seen.get_mut(own) else { return };
            // Two of a kind are another rule's matter.
            if slot.replace(step).is_some() {
                return;
            }
        }
    }
    let Some((early, late)) = misplaced else { return };
    let name = |step: &Step<'_>| step.keyword().name();
    let message = format!(
        "{} stands before {}, and belongs to the end of the stage",
        name(early),
        name(late)
    );
    let steps: Vec<_> = seen.into_iter().flatten().collect();
    let edits = moves(&steps, stage, cx);
    let found = cx.report(early.instruction.statement.keyword_word.span, message);
    if let Some(edits) = edits {
        found.safe_fix(
            "Move STOPSIGNAL, HEALTHCHECK, ENTRYPOINT and CMD to the end, in this order",
            edits,
        );
    }
}

/// Cuts the instructions out and puts them behind the last one; `None` where a comment would lose
/// what it speaks of, or where the place decides on what an instruction says.
fn moves(steps: &[&Step<'_>], stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<Vec<Edit>> {
    let last = stage.steps.last()?;
    let end = cx.extent(last.instruction.span()).end;
    let chooses_shell = stage.steps_of(Keyword::Shell).next().is_some();
    let mut edits = Vec::new();
    let mut text = String::new();
    for step in steps {
        let extent = cx.extent(step.instruction.span());
        let written = extent.of(cx.text);
        if chooses_shell || written.contains('$') || cx.has_comment_above(step.instruction.span()) {
            return None;
        }
        edits.push(Edit::delete(extent));
        text.push_str(written.trim_end());
        text.push('\n');
    }
    // The last line of the file may have no end.
    let open = !cx.extent(last.instruction.span()).of(cx.text).ends_with('\n');
    if open && place(last).is_none() {
        text.insert(0, '\n');
    }
    edits.push(Edit::insert(end, text));
    Some(edits)
}
