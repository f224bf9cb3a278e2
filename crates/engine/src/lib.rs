//! Reads a Dockerfile, simulates the build that it describes, and reports what that build shows:
//! what is wrong, how big the image will be, and whether it would start.
//!
//! The engine is pure: no input or output, no clock, no randomness, no browser. It runs natively
//! and in wasm32 and never panics; bad input becomes a diagnostic. See ARCHITECTURE.md for the way
//! the data takes through the modules.

pub mod builder;
mod bytes;
pub mod catalog;
pub mod checklist;
pub mod config;
pub mod diagnostic;
pub mod explain;
pub mod export;
pub mod fix;
pub mod format;
pub mod go_mod;
pub mod image;
pub mod lesson;
pub mod model;
pub mod moves;
pub mod named;
pub mod order;
pub mod pragma;
pub mod refuse;
pub mod report;
pub mod rules;
pub mod secret;
pub mod shell;
pub mod shellcheck;
mod simulation;
pub mod size;
pub mod source;
mod suggest;
pub mod syntax;
pub mod text;

mod analyze;

pub use analyze::{analyze, analyze_with, bases};
pub use checklist::checklist;
pub use explain::explain;
pub use report::{LabelKind, Project, Report, RuleSet, Settings, StageSummary, Workspace};
