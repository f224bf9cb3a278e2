//! Pictures that must be PNG: icons of the installed page and the card of a link.
//!
//! Their sources are SVG of a few elements: `rect`, and `polyline` with round ends inside `g`. A
//! pixel is covered by how far it is from the edge of a shape, which needs no library.

use std::io::Write;

use anyhow::{Context, Result, anyhow};
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::html::{self, Tag};

type Colour = [f32; 3];

enum Shape {
    /// Centre, half of the extent, radius of the corners.
    Rect { centre: [f32; 2], half: [f32; 2], radius: f32 },
    /// Points and half of the width.
    Line { points: Vec<[f32; 2]>, radius: f32 },
}

/// Draws `svg` with this width. A margin, as a part of the width of the source, is filled with the
/// colour of the first shape; systems that cut icons into other shapes need one.
pub fn png(svg: &str, width: u32, margin: f32) -> Result<Vec<u8>> {
    let (view, shapes) = read(svg)?;
    let (source_width, margin) = (view[2], view[2] * margin);
    let scale = width as f32 / (source_width + 2.0 * margin);
    let height = ((view[3] + 2.0 * margin) * scale).round() as u32;
    let ground = shapes.first().context("the picture is empty")?.1;
    let start = if margin > 0.0 { [ground[0], ground[1], ground[2], 1.0] } else { [0.0; 4] };
    let mut pixels = vec![start; (width * height) as usize];
    for (shape, colour) in &shapes {
        let [left, top, right, bottom] = shape.bounds();
        let row = |at: f32, origin: f32| ((at - origin + margin) * scale).max(0.0);
        let (from, to) = (row(left, view[0]) as u32, row(right, view[0]).ceil() as u32 + 1);
        let rows = row(top, view[1]) as u32..(row(bottom, view[1]).ceil() as u32 + 1).min(height);
        for y in rows {
            for x in from..to.min(width) {
                let at = |pixel: u32, origin| (pixel as f32 + 0.5) / scale - margin + origin;
                let outside = shape.distance([at(x, view[0]), at(y, view[1])]) * scale;
                blend(
                    &mut pixels[(y * width + x) as usize],
                    *colour,
                    (0.5 - outside).clamp(0.0, 1.0),
                );
            }
        }
    }
    encode(&pixels, width, height)
}

impl Shape {
    fn bounds(&self) -> [f32; 4] {
        match self {
            Self::Rect { centre: [x, y], half: [w, h], .. } => [x - w, y - h, x + w, y + h],
            Self::Line { points, radius } => {
                let ends = |axis: usize| {
                    let all = points.iter().map(move |point| point[axis]);
                    let low = all.clone().fold(f32::MAX, f32::min) - radius;
                    (low, all.fold(f32::MIN, f32::max) + radius)
                };
                let ((left, right), (top, bottom)) = (ends(0), ends(1));
                [left, top, right, bottom]
            }
        }
    }

    /// How far a point is outside; negative inside.
    fn distance(&self, [x, y]: [f32; 2]) -> f32 {
        match self {
            Self::Rect { centre, half, radius } => {
                let dx = (x - centre[0]).abs() - half[0] + radius;
                let dy = (y - centre[1]).abs() - half[1] + radius;
                dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - radius
            }
            Self::Line { points, radius } => {
                let segments = points.windows(2).map(|ends| {
                    let ([ax, ay], [bx, by]) = (ends[0], ends[1]);
                    let (dx, dy) = (bx - ax, by - ay);
                    let along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy).max(1e-6);
                    let along = along.clamp(0.0, 1.0);
                    (x - ax - along * dx).hypot(y - ay - along * dy)
                });
                segments.fold(f32::MAX, f32::min) - radius
            }
        }
    }
}

fn blend(pixel: &mut [f32; 4], colour: Colour, cover: f32) {
    let alpha = cover + pixel[3] * (1.0 - cover);
    if alpha > 0.0 {
        for (old, new) in pixel.iter_mut().zip(colour) {
            *old = (new * cover + *old * pixel_weight(alpha, cover)) / alpha;
        }
    }
    pixel[3] = alpha;
}

/// What is left of the earlier colour's weight.
fn pixel_weight(alpha: f32, cover: f32) -> f32 {
    alpha - cover
}

type Picture = ([f32; 4], Vec<(Shape, Colour)>);

fn read(svg: &str) -> Result<Picture> {
    let tags = html::tags(svg);
    let view = tags.iter().find(|tag| tag.name == "svg").and_then(|tag| tag.get("viewbox"));
    let view = numbers(view.context("the picture has no viewBox")?)?;
    let view: [f32; 4] = view.try_into().map_err(|_| anyhow!("a viewBox has four numbers"))?;
    let mut shapes = Vec::new();
    // A polyline takes what it does not say from the group before it.
    let mut group: Option<&Tag> = None;
    for tag in &tags {
        match tag.name.as_str() {
            "g" => group = Some(tag),
            "rect" => {
                let number = |name| tag.get(name).map_or(Ok(0.0), str::parse::<f32>);
                let half = [number("width")? / 2.0, number("height")? / 2.0];
                let centre = [number("x")? + half[0], number("y")? + half[1]];
                let shape = Shape::Rect { centre, half, radius: number("rx")? };
                shapes.push((shape, colour(tag.get("fill"))?));
            }
            "polyline" => {
                let get = |name| tag.get(name).or_else(|| group?.get(name));
                let points = numbers(tag.get("points").unwrap_or_default())?;
                let points = points.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
                let width: f32 = get("stroke-width").context("a line without a width")?.parse()?;
                shapes.push((Shape::Line { points, radius: width / 2.0 }, colour(get("stroke"))?));
            }
            _ => {}
        }
    }
    Ok((view, shapes))
}

fn numbers(text: &str) -> Result<Vec<f32>> {
    let words = text.split([' ', ',', '\n']).filter(|word| !word.is_empty());
    words.map(|word| word.parse().with_context(|| format!("`{word}` is no number"))).collect()
}

/// `#rrggbb`, each part from 0 to 1.
fn colour(text: Option<&str>) -> Result<Colour> {
    let text = text.and_then(|text| text.strip_prefix('#')).context("a shape without a colour")?;
    let bits = u32::from_str_radix(text, 16)?;
    Ok([16, 8, 0].map(|shift| (bits >> shift & 0xff) as f32 / 255.0))
}

fn encode(pixels: &[[f32; 4]], width: u32, height: u32) -> Result<Vec<u8>> {
    const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
    /// Eight bits, red, green, blue and alpha, the only compression, filter and order.
    const KIND: [u8; 5] = [8, 6, 0, 0, 0];
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in pixels.chunks(width as usize) {
        let bytes = row.iter().flatten().map(|part| (part * 255.0).round() as u8);
        // No filter: large areas of one colour need none.
        rows.write_all(&std::iter::once(0).chain(bytes).collect::<Vec<_>>())?;
    }
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &KIND].concat();
    let mut file = SIGNATURE.to_vec();
    for (name, content) in [(b"IHDR", header), (b"IDAT", rows.finish()?), (b"IEND", Vec::new())] {
        file.extend((content.len() as u32).to_be_bytes());
        let mut crc = Crc::new();
        crc.update(name);
        crc.update(&content);
        file.extend(name);
        file.extend(content);
        file.extend(crc.sum().to_be_bytes());
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg viewBox=\"0 0 4 2\"><rect width=\"4\" height=\"2\" fill=\"#ff0000\"/>\
        <g stroke=\"#0000ff\" stroke-width=\"1\"><polyline points=\"1,1 3,1\"/></g></svg>";

    #[test]
    fn reads_its_elements() {
        let (view, shapes) = read(SVG).unwrap();
        assert_eq!(view, [0.0, 0.0, 4.0, 2.0]);
        let distances: Vec<_> = shapes.iter().map(|(it, _)| it.distance([2.0, 1.0])).collect();
        assert_eq!(distances, [-1.0, -0.5]);
        assert_eq!(shapes[1].1, [0.0, 0.0, 1.0]);
        assert_eq!(shapes[0].0.distance([5.0, 1.0]), 1.0);
    }

    #[test]
    fn writes_a_png_of_the_size_that_was_asked_for() {
        let file = png(SVG, 40, 0.25).unwrap();
        assert_eq!(&file[1..4], b"PNG");
        assert_eq!(file[16..24], [0, 0, 0, 40, 0, 0, 0, 27]);
        assert!(png("<svg viewBox=\"0 0 1 1\"></svg>", 1, 0.0).is_err());
    }
}
