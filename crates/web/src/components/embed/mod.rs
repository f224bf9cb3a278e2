//! What only a page has that is embedded in another one.

pub mod bar;
pub mod goals;
pub mod listing;
