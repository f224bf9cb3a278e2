//! The lines between stages, beside a list of which each row has the same height.

use engine::StageSummary;
use yew::{Html, classes, html};

use crate::services::engine::order;

/// Height of a row in pixels; the style sheet has the same figure.
pub const ROW: usize = 64;
const LANE: usize = 14;
const MARGIN: usize = 14;

/// A line from an earlier stage to a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    from: usize,
    to: usize,
    lane: usize,
    is_parent: bool,
}

/// The drawing; the list beside it says the same in words.
pub fn stage_graph(stages: &[StageSummary]) -> Html {
    let edges = edges(stages);
    let lanes = edges.iter().map(|edge| edge.lane + 1).max().unwrap_or_default();
    let spine = MARGIN + lanes * LANE;
    let (width, height) = (spine + MARGIN, stages.len() * ROW);
    let middle = |row: usize| row * ROW + ROW / 2;
    html! {
        <svg class="stage-graph" width={width.to_string()} height={height.to_string()}
            aria-hidden="true" focusable="false">
            { for edges.iter().map(|edge| {
                let x = spine - (edge.lane + 1) * LANE;
                let (from, to) = (middle(edge.from), middle(edge.to));
                let (turn, back) = (from + 16, to - 16);
                let d = format!(
                    "M{spine} {from} C{x} {from} {x} {from} {x} {turn} \
                     L{x} {back} C{x} {to} {x} {to} {spine} {to}"
                );
                html! { <path class={classes!("edge", (!edge.is_parent).then_some("copy"))} {d} /> }
            }) }
            { for stages.iter().enumerate().map(|(row, stage)| html! {
                <circle
                    class={classes!(
                        "node",
                        stage.is_final.then_some("final"),
                        (!stage.reachable).then_some("unused"),
                    )}
                    cx={spine.to_string()} cy={middle(row).to_string()} r="6" />
            }) }
        </svg>
    }
}

/// Gives each line the first lane that is free over its whole length; short ones come first, so
/// that they stay near the spine.
fn edges(stages: &[StageSummary]) -> Vec<Edge> {
    let edges: Vec<Edge> = stages
        .iter()
        .enumerate()
        .flat_map(|(to, stage)| {
            let parent = stage.parent.map(|from| Edge { from, to, lane: 0, is_parent: true });
            let uses = stage.uses.iter().filter(move |from| Some(**from) != stage.parent);
            parent.into_iter().chain(uses.map(move |from| Edge {
                from: *from,
                to,
                lane: 0,
                is_parent: false,
            }))
        })
        .filter(|edge| edge.from < edge.to)
        .collect();
    let shortest =
        order(edges.iter().map(|edge| ((edge.to - edge.from) as u64) << 32 | edge.from as u64));
    let mut edges: Vec<Edge> = shortest.into_iter().map(|index| edges[index]).collect();
    for index in 0..edges.len() {
        let (placed, rest) = edges.split_at_mut(index);
        let Some(edge) = rest.first_mut() else { break };
        let overlaps = |other: &&Edge| other.from < edge.to && edge.from < other.to;
        let taken: Vec<usize> = placed.iter().filter(overlaps).map(|other| other.lane).collect();
        edge.lane = (0..).find(|lane| !taken.contains(lane)).unwrap_or_default();
    }
    edges
}

#[cfg(test)]
mod tests {
    use engine::source::Span;

    use super::*;

    fn stage(index: usize, parent: Option<usize>, uses: &[usize]) -> StageSummary {
        StageSummary {
            index,
            name: None,
            line: 1,
            span: Span::default(),
            base: String::new(),
            parent,
            uses: uses.to_vec(),
            reachable: true,
            is_final: false,
        }
    }

    #[test]
    fn lines_that_overlap_have_lanes_of_their_own() {
        let stages = [stage(0, None, &[]), stage(1, Some(0), &[]), stage(2, None, &[0, 1])];
        let lanes: Vec<_> =
            edges(&stages).iter().map(|e| (e.from, e.to, e.lane, e.is_parent)).collect();
        assert_eq!(lanes, [(0, 1, 0, true), (1, 2, 0, false), (0, 2, 1, false)]);
    }

    #[test]
    fn a_stage_that_claims_to_come_before_itself_is_not_drawn() {
        assert!(edges(&[stage(0, Some(0), &[0])]).is_empty());
    }
}
