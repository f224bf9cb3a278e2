//! A squarified treemap (Bruls, Huizing, van Wijk): areas in proportion, as near to squares as can be.
//!
//! Coordinates are whole numbers in hundredths of a percent of the picture, so that neighbours share
//! their edges exactly and the picture follows the width of the page.

/// The whole of a side.
pub const WHOLE: u64 = 10_000;
/// How much wider than high the picture is taken to be.
const ASPECT: f64 = 2.0;

/// A part of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: u64,
    /// Top edge.
    pub y: u64,
    /// Width.
    pub width: u64,
    /// Height.
    pub height: u64,
}

impl Area {
    /// The whole picture.
    pub const ALL: Self = Self { x: 0, y: 0, width: WHOLE, height: WHOLE };

    /// Cuts a piece off its left or its top that has `part` of `whole`.
    fn cut(&mut self, left: bool, part: u64, whole: u64) -> Self {
        let mut piece = *self;
        if left {
            piece.width = share(self.width, part, whole);
            self.x += piece.width;
            self.width -= piece.width;
        } else {
            piece.height = share(self.height, part, whole);
            self.y += piece.height;
            self.height -= piece.height;
        }
        piece
    }

    /// Width and height in the same measure.
    fn sides(self) -> (f64, f64) {
        (self.width as f64 * ASPECT, self.height as f64)
    }
}

/// Gives each size its area within `area`, in the order of `sizes`, which is best from large to
/// small. The areas tile it: none overlaps another, and nothing is left over.
pub fn squarify(sizes: &[u64], area: Area) -> Vec<Area> {
    let mut areas = Vec::with_capacity(sizes.len());
    let (mut rest, mut left) = (area, sum(sizes));
    while areas.len() < sizes.len() {
        let sizes = &sizes[areas.len()..];
        let (width, height) = rest.sides();
        let wide = width >= height;
        let sides = (width.max(height), width.min(height));
        let mut count = 1;
        while count < sizes.len()
            && worst(&sizes[..=count], left, sides) <= worst(&sizes[..count], left, sides)
        {
            count += 1;
        }
        let mut inside = sum(&sizes[..count]);
        let mut row = rest.cut(wide, inside, left);
        left = left.saturating_sub(inside);
        for size in &sizes[..count] {
            areas.push(row.cut(!wide, *size, inside));
            inside = inside.saturating_sub(*size);
        }
    }
    areas
}

/// How long and thin the worst cell of a row of these sizes would be; 1 is a square.
fn worst(row: &[u64], whole: u64, (long, short): (f64, f64)) -> f64 {
    let inside = sum(row) as f64;
    let thickness = long * inside / whole as f64;
    let ratio = |size: &u64| {
        let length = short * *size as f64 / inside;
        (thickness / length).max(length / thickness)
    };
    row.iter().map(ratio).fold(1.0, f64::max)
}

fn share(side: u64, part: u64, whole: u64) -> u64 {
    if part >= whole { side } else { (side as f64 * part as f64 / whole as f64) as u64 }
}

fn sum(sizes: &[u64]) -> u64 {
    sizes.iter().fold(0, |sum, size| sum.saturating_add(*size))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sizes as they come in images, and such as never should.
    fn cases() -> Vec<Vec<u64>> {
        let mut random = 7_u64;
        let mut next = || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (random >> 33) % 400_000_000
        };
        let mut cases = vec![
            vec![],
            vec![5],
            vec![6, 6, 4, 3, 2, 2, 1],
            vec![0, 0],
            vec![900_000_000, 8_000_000, 222_000, 12, 0],
            vec![u64::MAX, u64::MAX, 1],
        ];
        for count in 1..40 {
            let mut sizes: Vec<u64> = (0..count).map(|_| next()).collect();
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            cases.push(sizes);
        }
        cases
    }

    #[test]
    fn areas_tile_the_picture_without_overlap() {
        for sizes in cases() {
            let areas = squarify(&sizes, Area::ALL);
            assert_eq!(areas.len(), sizes.len());
            let covered: u64 = areas.iter().map(|area| area.width * area.height).sum();
            assert_eq!(covered, if sizes.is_empty() { 0 } else { WHOLE * WHOLE }, "{sizes:?}");
            for (at, a) in areas.iter().enumerate() {
                assert!(a.x + a.width <= WHOLE && a.y + a.height <= WHOLE);
                for b in &areas[..at] {
                    let apart = a.x + a.width <= b.x
                        || b.x + b.width <= a.x
                        || a.y + a.height <= b.y
                        || b.y + b.height <= a.y;
                    assert!(apart || a.width * a.height * b.width * b.height == 0, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn areas_are_in_proportion() {
        for sizes in cases().into_iter().filter(|sizes| sum(sizes) < u64::MAX) {
            let total = sum(&sizes) as f64;
            for (area, size) in squarify(&sizes, Area::ALL).iter().zip(&sizes) {
                let share = (area.width * area.height) as f64 / (WHOLE * WHOLE) as f64;
                let wanted = *size as f64 / total.max(1.0);
                assert!((share - wanted).abs() < 0.003 || total == 0.0, "{share} for {wanted}");
            }
        }
    }

    #[test]
    fn cells_are_near_to_squares() {
        let areas = squarify(&[6, 6, 4, 3, 2, 2, 1], Area::ALL);
        let worst = areas.iter().map(|area| {
            let (width, height) = area.sides();
            (width / height).max(height / width)
        });
        assert!(worst.fold(0.0, f64::max) < 3.0, "{areas:?}");
    }
}
