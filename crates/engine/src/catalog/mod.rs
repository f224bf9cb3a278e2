//! What is known of base images, packages and Go programs: look-ups in the shipped data.
//!
//! The data are the tables of `data/*.toml`, checked, sorted and packed by
//! `build/catalog`. Nothing is computed here that is not a figure of a table or follows from one by
//! a rule that is written beside it. What is not in the tables is `None`, never a guess. Every range
//! says how far the truth may lie off: rounding of the source, rebuilds since it was read, and the
//! steps by which a missing figure was reckoned.

mod alpine;
mod base;
mod data;
mod debian;
mod facts;
mod files;
mod go;
mod images;
mod kinds;
mod modules;
mod range;
mod resolve;
mod stacks;
mod table;
mod tag;
mod tokens;

pub use alpine::{alpine_index, alpine_packages};
pub use base::{BaseImage, Candidate, candidates, images};
pub use data::CATALOGUE_DATE;
pub use debian::{PackageBytes, apt_lists, debian_packages};
pub use facts::{
    Confidence, Family, Libc, PackageManager, Platform, Release, Start, Toolchain,
    go_support_ended, release,
};
pub use files::KnownFile;
pub use go::{
    GoCaches, GoProfile, Linkage, go_binary, go_caches, go_profiles, packed_binary, sqlite_binary,
    stripping_saves,
};
pub use kinds::{LayerKind, Ratio};
pub use modules::{Modules, modules_binary};
pub use resolve::{Difference, Found, Match, base_image, familiar_name, slim_variant};
pub use stacks::{Claim, Stack, claims, stacks};
pub use tokens::{shortest_token, token_kind};
