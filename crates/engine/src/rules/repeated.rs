//! Instructions of which only the last one of a stage counts.
//!
//! BuildKit names the earlier ones, which are ignored; hadolint names the later ones.

use super::Context;
use crate::diagnostic::Edit;
use crate::model::{Stage, Step};
use crate::report::RuleSet;
use crate::syntax::Keyword;

/// Reports all but the last instruction with that keyword.
pub(super) fn check(keyword: Keyword, stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let name = keyword.name();
    let place = |step: &Step<'_>| step.instruction.statement.keyword_word.span;
    let mut steps = stage.steps_of(keyword).peekable();
    while let Some(earlier) = steps.next() {
        let Some(later) = steps.peek() else { return };
        let (first, second) = (place(earlier), place(later));
        let removal = Edit::delete(cx.extent(earlier.instruction.span()));
        let (shown, other, message) = if cx.follows(RuleSet::Hadolint) {
            (
                second,
                first,
                format!("this stage has a {name} already, and only the last one counts"),
            )
        } else {
            let line = later.instruction.start_line();
            (first, second, format!("{name} on line {line} replaces this one"))
        };
        let found = cx.report(shown, message).related(other, format!("another {name}"));
        found.safe_fix(format!("Remove the {name} that has no effect"), vec![removal]);
    }
}
