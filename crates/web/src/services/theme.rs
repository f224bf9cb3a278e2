//! Applies the theme. The first paint has it already: `static/boot.js` runs before.

use crate::services::{dom, storage};
use crate::state::Theme;

/// The theme that the user chose last.
pub fn stored() -> Theme {
    storage::get(storage::THEME).and_then(|name| Theme::from_name(&name)).unwrap_or_default()
}

/// Applies and keeps a theme.
pub fn apply(theme: Theme) {
    storage::set(storage::THEME, theme.name());
    let Some(root) = dom::document().and_then(|document| document.document_element()) else {
        return;
    };
    let _ = match theme {
        Theme::Auto => root.remove_attribute("data-theme"),
        Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.name()),
    };
}
