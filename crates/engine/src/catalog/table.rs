//! Tables that build.rs wrote as text: a line for each column, with tabs between its cells.
//!
//! They are a quarter of what statics of structs are to load, and are read once, at the first
//! look-up, in a fraction of a millisecond.

/// The rows of a table: its text and how many there are.
pub fn rows<const N: usize>(
    (text, count): (&'static str, usize),
) -> impl Iterator<Item = [&'static str; N]> {
    let mut lines = text.split('\n');
    let mut columns: [_; N] = std::array::from_fn(|_| lines.next().unwrap_or("").split('\t'));
    (0..count).map(move |_| columns.each_mut().map(|column| column.next().unwrap_or("")))
}

/// The number in a cell; none where the cell is empty.
pub fn number<T: std::str::FromStr>(cell: &str) -> Option<T> {
    cell.parse().ok()
}

/// The one of `all` whose place is in the cell.
pub fn pick<T: Copy>(all: &[T], cell: &str) -> Option<T> {
    all.get(number::<usize>(cell)?).copied()
}

/// The words of a cell.
pub fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(' ').filter(|word| !word.is_empty())
}
