//! Services of other languages, and what guides say of the size of images.

use super::data;
use super::facts::Platform;
use super::kinds::LayerKind;
use super::resolve::base_image;
use crate::size::{Range, Size};

/// The smallest HTTP service of a language, on the base image that guides take for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Stack {
    /// Language and framework.
    pub title: &'static str,
    /// The base image.
    pub base: &'static str,
    /// What the service puts on top of it.
    pub adds: &'static str,
    pub(super) files: LayerKind,
    /// Bytes of that, and bytes after gzip.
    pub(super) added: [u32; 2],
    /// Bytes that well-known guides say of the whole image.
    pub claimed: u32,
    /// What they say it of.
    pub claimed_for: &'static str,
    /// Day of the measurement.
    pub date: &'static str,
    /// How it was measured.
    pub source: &'static str,
}

/// What well-known guides say of the size of a base image.
#[derive(Debug, PartialEq, Eq)]
pub struct Claim {
    /// The image.
    pub reference: &'static str,
    /// Bytes: the smallest figure and the largest.
    pub claimed: [u32; 2],
    /// Where the difference comes from.
    pub why: &'static str,
}

/// The stacks to compare with, in the order in which they are shown.
pub fn stacks() -> &'static [Stack] {
    &data::STACKS
}

/// What guides say of base images.
pub fn claims() -> &'static [Claim] {
    &data::CLAIMS
}

impl Stack {
    /// The whole image for linux/amd64.
    pub fn size(&self) -> Size {
        let [bytes, gzip] = self.added.map(|bytes| Some(Range::exact(u64::from(bytes))));
        of_base(self.base).plus(self.files.ratio().whole(bytes, gzip))
    }
}

impl Claim {
    /// The image as the catalogue has it, for linux/amd64.
    pub fn size(&self) -> Size {
        of_base(self.reference)
    }
}

fn of_base(reference: &str) -> Size {
    if reference == "scratch" {
        return Size::ZERO;
    }
    let (name, tag) = match reference.rsplit_once(':') {
        Some((name, tag)) => (name, Some(tag)),
        None => (reference, None),
    };
    base_image(name, tag).map_or(Size::UNKNOWN, |found| found.size(Platform::Amd64))
}
