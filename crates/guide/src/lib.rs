//! The guide: a book of short chapters, and a page for each rule.
//!
//! Chapters are Markdown under `guide/`, rule pages lie beside their rules. This crate reads both,
//! looks up the figures in them, and renders them as trees for the page and as static HTML.
//! CONTRIBUTING.md explains how a chapter is written; `tests/tests/guide.rs` holds it to that.

pub mod block;
pub mod book;
pub mod chapter;
pub mod claims;
pub mod decision;
pub mod facts;
pub mod figure;
pub mod html;
pub mod lessons;
pub mod render;
pub mod rule_page;
pub mod search;
pub mod site;
pub mod tree;

pub use block::{Block, Kind};
pub use book::Book;
pub use chapter::Chapter;
pub use claims::Claims;
