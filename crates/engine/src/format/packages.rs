//! Sorts lists of packages that stand on a line each.

use super::layout::{Kind, Line};
use crate::order;
use crate::shell::{Install, Script};
use crate::source::Span;
use crate::syntax::Instruction;

/// Sorts the names of each list; comments stay above their package.
pub(super) fn sort(text: &str, instruction: &Instruction, lines: &mut [Line]) {
    let Some(script) = Script::of(instruction, text) else { return };
    let installs = script.commands.iter().filter_map(Install::of);
    let installs = installs.filter(|found| found.manager.is_of_distribution()).enumerate();
    let mut names: Vec<(Span, usize)> = installs
        .flat_map(|(list, found)| found.packages.iter().map(move |name| (name.span, list)))
        .collect();
    order::by_span(&mut names, |(span, _)| *span);
    let mut list_below = None;
    let mut lists: Vec<Option<usize>> = lines
        .iter()
        .rev()
        .map(|line| {
            list_below = match line.kind {
                Kind::Comment => list_below,
                Kind::Text if line.indent.is_some() => {
                    let at = names.partition_point(|(span, _)| *span < line.place);
                    names.get(at).filter(|(span, _)| *span == line.place).map(|(_, list)| *list)
                }
                Kind::Text | Kind::Blank => None,
            };
            list_below
        })
        .collect();
    lists.reverse();
    let mut rest = lines;
    for run in lists.chunk_by(|above, below| above == below) {
        let (lines, others) = rest.split_at_mut(run.len());
        rest = others;
        if run.first().is_some_and(Option::is_some) {
            sort_lines(lines);
        }
    }
}

/// Sorts lines that hold a name each, with the comments above them.
fn sort_lines(lines: &mut [Line]) {
    let continues = lines.last().is_none_or(|line| line.continues);
    // The indent goes with the name: that of a comment says nothing about a name in its place.
    let old: Vec<(Kind, Option<usize>, String)> = lines
        .iter_mut()
        .map(|line| (line.kind, line.indent, std::mem::take(&mut line.content)))
        .collect();
    let mut blocks: Vec<&[(Kind, Option<usize>, String)]> =
        old.split_inclusive(|(kind, ..)| *kind == Kind::Text).collect();
    order::by_text(&mut blocks, |block| block.last().map_or("", |(_, _, name)| name));
    for (line, (kind, indent, content)) in lines.iter_mut().zip(blocks.concat()) {
        line.continues = kind == Kind::Text;
        (line.kind, line.indent, line.content) = (kind, indent, content);
    }
    if let Some(last) = lines.last_mut() {
        last.continues = continues;
    }
}
