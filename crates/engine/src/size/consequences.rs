//! What a size means for those who store, pull and run an image.
//!
//! Plain arithmetic on an estimate: no figure here comes from anywhere but the estimate and the user.

use super::{Estimate, Range};

/// How an image is used; each a figure of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fleet {
    /// What a node downloads, in megabits (10^6 bits) each second.
    pub megabits: u64,
    /// Images of this kind in the registry, all on the same base.
    pub images: u64,
    /// Versions that the registry keeps of each.
    pub tags: u64,
    /// Nodes that run the image.
    pub nodes: u64,
    /// New versions that each of them pulls in a day.
    pub pulls: u64,
}

impl Default for Fleet {
    fn default() -> Self {
        Self { megabits: 100, images: 50, tags: 20, nodes: 10, pulls: 5 }
    }
}

/// What follows from a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consequences {
    /// Milliseconds until a node without any layer has downloaded the image.
    pub first_pull: Range,
    /// Milliseconds until a node that has the base has downloaded a new version.
    pub next_pull: Range,
    /// Bytes in the registry: the base once, all else with each version.
    pub stored: Range,
    /// Bytes in the registry if no two images shared a layer.
    pub stored_alone: Range,
    /// Bytes that all nodes pull in a day, the base being there.
    pub daily: Range,
}

/// What follows from the size of an image; `None` where its compressed size is unknown.
///
/// Layers are stored and pulled once for all images that have them. Of those of an image the base is
/// surely the same in each version; what is built on it mostly is not.
pub fn consequences(estimate: &Estimate, fleet: &Fleet) -> Option<Consequences> {
    let whole = estimate.size.compressed?;
    let base = estimate.layers.first()?.size.compressed?;
    let own = Range {
        low: whole.low.saturating_sub(base.low),
        likely: whole.likely.saturating_sub(base.likely),
        high: whole.high.saturating_sub(base.high),
    };
    let versions = fleet.images.saturating_mul(fleet.tags);
    let all = times(own, versions);
    Some(Consequences {
        first_pull: milliseconds(whole, fleet.megabits),
        next_pull: milliseconds(own, fleet.megabits),
        stored: if versions == 0 { all } else { base.plus(all) },
        stored_alone: times(whole, versions),
        daily: times(own, fleet.nodes.saturating_mul(fleet.pulls)),
    })
}

fn times(range: Range, count: u64) -> Range {
    each(range, |bytes| bytes.saturating_mul(count))
}

/// Bits of so many bytes by bits each millisecond, rounded up; a line of no speed counts as the
/// slowest there is.
fn milliseconds(range: Range, megabits: u64) -> Range {
    let each_millisecond = megabits.max(1).saturating_mul(1000);
    each(range, |bytes| bytes.saturating_mul(8).div_ceil(each_millisecond))
}

fn each(range: Range, with: impl Fn(u64) -> u64) -> Range {
    Range { low: with(range.low), likely: with(range.likely), high: with(range.high) }
}
