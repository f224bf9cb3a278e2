//! ENV and LABEL in the form without `=`.

use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::source::Span;
use crate::syntax::instruction::KeyValue;
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "legacy-key-value",
    aliases: &["buildkit:LegacyKeyValueFormat", "dockadvisor:LegacyKeyValueFormat", "droast:DF082"],
    area: Area::Parse,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Env, Keyword::Label], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Env(pairs) | Body::Label(pairs)) = &statement.body else { return };
    for pair in pairs.iter().filter(|pair| pair.legacy) {
        let spaced = pair.is_spaced_equals();
        if spaced && !cx.follows(RuleSet::BuildKit) {
            continue;
        }
        let keyword = &statement.keyword_word.text;
        let message = format!("`{keyword} {} ...` is the old form without `=`", pair.key.text);
        let edits = edits(pair, site, cx).filter(|_| !spaced);
        let found = cx.report(pair.key.span, message);
        if let Some(edits) = edits {
            found.safe_fix(format!("Write `{keyword} {}=...`", pair.key.text), edits);
        }
    }
}

/// An equals sign for the blanks behind the name, and quotes around a value that has blanks; what
/// is quoted in part gets its blanks escaped.
fn edits(pair: &KeyValue, site: &Site<'_, '_>, cx: &Context<'_, '_>) -> Option<Vec<Edit>> {
    let line = &site.step.instruction.line;
    let (value, escape) = (pair.value.text.as_str(), cx.tree.escape);
    let gap = Span::new(pair.key.span.end, pair.value.span.start);
    if line.has_comment_in(gap) {
        return None;
    }
    let blanks = pair.bare_blanks(escape);
    let plain = !value.contains(['"', '\'', '\\', '`', escape]);
    let mut edits = vec![Edit::replace(gap, if plain && !blanks.is_empty() { "=\"" } else { "=" })];
    if plain && !blanks.is_empty() {
        edits.push(Edit::insert(pair.value.span.end, "\""));
    } else {
        let place = |at: u32| pair.value.part(line, &(at..at + 1)).start;
        edits.extend(blanks.into_iter().map(|at| Edit::insert(place(at), escape)));
    }
    Some(edits)
}
