//! The parts of an image as pictures and tables show them.

use engine::size::{BaseRow, Estimate, Part, Range};
use engine::source::Span;

use crate::format;
use crate::services::engine::order;
use crate::state::Measure;
use crate::treemap::{Area, squarify};

/// What the engine calls a program of Go.
const PROGRAM: &str = "Go binary ";

/// A part in the treemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'e> {
    /// What it is.
    pub what: &'e str,
    /// Its bytes.
    pub size: Range,
    /// The number of its layer from the bottom.
    pub layer: usize,
    /// The words that bring it in.
    pub span: Span,
    /// Where it is drawn.
    pub area: Area,
}

/// The treemap of an estimate: the parts of a layer lie together, the largest first. Parts of unknown
/// size, and those too small to be seen, are not drawn.
pub fn cells(estimate: &Estimate, measure: Measure) -> Vec<Cell<'_>> {
    let layers: Vec<Vec<Cell<'_>>> = estimate
        .layers
        .iter()
        .enumerate()
        .map(|(number, layer)| {
            let size = |part: &Part| measure.of(part.size);
            let sizes = order(layer.parts.iter().map(|part| first_if_large(size(part))));
            let parts = sizes.into_iter().filter_map(|at| layer.parts.get(at));
            parts
                .filter_map(|part| {
                    let (what, size) = (part.what.as_str(), measure.of(part.size)?);
                    Some(Cell { what, size, layer: number, span: part.span, area: Area::ALL })
                })
                .collect()
        })
        .collect();
    let bytes =
        |cells: &[Cell<'_>]| -> Vec<u64> { cells.iter().map(|cell| cell.size.likely).collect() };
    let totals: Vec<u64> = layers.iter().map(|cells| bytes(cells).iter().sum()).collect();
    let sorted = order(totals.iter().map(|total| u64::MAX - total));
    let sizes: Vec<u64> = sorted.iter().map(|at| totals[*at]).collect();
    let mut all = Vec::new();
    for (at, area) in sorted.into_iter().zip(squarify(&sizes, Area::ALL)) {
        let areas = squarify(&bytes(&layers[at]), area);
        all.extend(layers[at].iter().zip(areas).map(|(cell, area)| Cell { area, ..cell.clone() }));
    }
    all.retain(|cell| cell.area.width > 0 && cell.area.height > 0 && cell.size.likely > 0);
    all
}

fn first_if_large(size: Option<Range>) -> u64 {
    u64::MAX - size.map_or(0, |size| size.likely)
}

/// The bytes of the program, which are the same on every base.
pub fn program(estimate: Option<&Estimate>, measure: Measure) -> u64 {
    let parts =
        estimate.iter().flat_map(|estimate| &estimate.layers).flat_map(|layer| &layer.parts);
    let programs = parts.filter(|part| part.what.starts_with(PROGRAM));
    let sizes = programs.filter_map(|part| measure.of(part.size));
    sizes.map(|range| range.likely).max().unwrap_or_default()
}

/// The table of bases for a comment or a page.
pub fn bases_markdown(rows: &[&BaseRow], measure: Measure, open: bool) -> String {
    let mut text =
        head(&["Base", "Whole image", "Range", "Base alone", "Verdict", "Reasons"], measure);
    for row in rows {
        let size = measure.of(row.size);
        line(
            &mut text,
            &[
                &format!("`{}`", row.reference),
                &at_least(size, open),
                &size.map_or_else(String::new, format::range),
                &format::likely(measure.of(row.base)),
                format::verdict(row.verdict),
                &row.reasons.join("; "),
            ],
        );
    }
    text
}

/// The layers and their parts as a table for a comment or a page.
pub fn layers_markdown(estimate: &Estimate, measure: Measure) -> String {
    let mut text = head(&["Line", "Part", "Size", "Range", "Why"], measure);
    for layer in &estimate.layers {
        for part in &layer.parts {
            let size = measure.of(part.size);
            line(
                &mut text,
                &[
                    &layer.line.to_string(),
                    &part.what,
                    &format::likely(size),
                    &size.map_or_else(String::new, format::range),
                    &part.why,
                ],
            );
        }
    }
    text
}

/// The way to a smaller image as a table for a comment or a page.
pub fn steps_markdown(steps: &[[String; 2]], measure: Measure) -> String {
    let mut text = head(&["Step", "Size"], measure);
    for [title, size] in steps {
        line(&mut text, &[title, size]);
    }
    text
}

/// A size with the sign for parts of unknown size on top of it.
pub fn at_least(size: Option<Range>, open: bool) -> String {
    let sign = if open && size.is_some() { "≥ " } else { "" };
    format!("{sign}{}", format::likely(size))
}

fn head(titles: &[&str], measure: Measure) -> String {
    let mut text = format!("Sizes are {}, MB = 10^6 bytes.\n\n", measure.name());
    line(&mut text, titles);
    line(&mut text, &vec!["---"; titles.len()]);
    text
}

fn line(text: &mut String, cells: &[&str]) {
    for cell in cells {
        text.push_str("| ");
        text.push_str(&cell.replace('|', "\\|"));
        text.push(' ');
    }
    text.push_str("|\n");
}

#[cfg(test)]
mod tests {
    use engine::{Project, Settings};

    use super::*;
    use crate::analysis::Analysis;
    use crate::treemap::WHOLE;

    fn analyse(text: &str) -> Analysis {
        Analysis::of(text.into(), None, &Project::default(), &Settings::default())
    }

    #[test]
    fn every_example_is_drawn_in_proportion() {
        for example in crate::examples::all() {
            let analysis = analyse(example.text);
            let estimate = analysis.report.estimate.as_ref().unwrap();
            for measure in [Measure::Unpacked, Measure::Compressed] {
                let cells = cells(estimate, measure);
                let bytes: u64 = cells.iter().map(|cell| cell.size.likely).sum();
                let total = measure.of(estimate.size).unwrap().likely;
                assert!(bytes <= total && bytes >= total / 100 * 99, "{bytes} of {total}");
                let area: u64 = cells.iter().map(|cell| cell.area.width * cell.area.height).sum();
                assert!(area >= WHOLE * WHOLE / 100 * 98, "{area}");
                for cell in &cells {
                    assert!(!cell.span.of(example.text).is_empty(), "{}", cell.what);
                }
            }
        }
    }

    #[test]
    fn the_program_is_a_part_of_every_row() {
        let analysis = analyse(crate::examples::all().next().unwrap().text);
        let program = program(analysis.report.estimate.as_ref(), Measure::Unpacked);
        assert!(program > 1_000_000);
        for row in analysis.bases() {
            let (size, base) = (row.size.unpacked.unwrap(), row.base.unpacked.unwrap());
            assert!(base.likely + program <= size.likely, "{}", row.title);
        }
    }

    #[test]
    fn tables_name_their_unit_and_keep_their_columns() {
        let analysis = analyse("FROM alpine:3.23\nRUN echo 'a|b' > /x\nCOPY a|b /\n");
        let estimate = analysis.report.estimate.as_ref().unwrap();
        let rows: Vec<&BaseRow> = analysis.bases().iter().collect();
        for text in [
            bases_markdown(&rows, Measure::Compressed, estimate.open),
            layers_markdown(estimate, Measure::Compressed),
        ] {
            assert!(text.starts_with("Sizes are compressed, MB = 10^6 bytes.\n\n| "), "{text}");
            let bars = |line: &str| line.replace("\\|", "").matches('|').count();
            let counts: Vec<usize> = text.lines().skip(2).map(bars).collect();
            assert!(counts.len() > 2 && counts.iter().all(|bars| *bars == counts[0]), "{text}");
        }
    }
}
