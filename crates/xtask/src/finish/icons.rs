//! The pictures that are made at the end of a build, and the description of the installed page.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{files, picture};
use crate::workspace;

struct Icon {
    file: &'static str,
    source: &'static str,
    width: u32,
    /// As a part of the width.
    margin: f32,
}

const ICON: &str = "favicon.svg";
/// Systems cut a maskable icon down to a circle of four fifths; Apple's cut the corners.
const PICTURES: [Icon; 5] = [
    Icon { file: "icons/icon-192.png", source: ICON, width: 192, margin: 0.0 },
    Icon { file: "icons/icon-512.png", source: ICON, width: 512, margin: 0.0 },
    Icon { file: "icons/maskable-512.png", source: ICON, width: 512, margin: 0.125 },
    Icon { file: "icons/apple-180.png", source: ICON, width: 180, margin: 0.0625 },
    Icon { file: "card.png", source: "card.svg", width: 1200, margin: 0.0 },
];

/// Writes them all.
pub fn write(dist: &Path) -> Result<()> {
    let root = workspace::root()?;
    for Icon { file, source, width, margin } in PICTURES {
        let svg = fs::read_to_string(root.join("static/icons").join(source))?;
        let png = picture::png(&svg, width, margin).with_context(|| format!("in {source}"))?;
        files::write(dist, file, png)?;
    }
    files::write(dist, "manifest.json", fs::read(root.join("static/site/manifest.json"))?)
}
