//! The tables that build.rs wrote from `data/*.toml`.

use super::base::Candidate;
use super::debian::Install;
use super::facts::{Confidence, Family, Libc, PackageManager, Platform, Release, Start, Toolchain};
use super::files::KnownFile;
use super::go::{GoBinary, GoBuildCache, GoProfile};
use super::kinds::{LayerKind, Ratio};
use super::stacks::{Claim, Stack};
use super::tokens::Token;
use crate::size::Range;

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));
