//! "Did you mean ...?": the nearest of a set of names.

/// Longest name in bytes that is compared; typing mistakes in longer ones are nobody's problem.
const LONGEST: usize = 32;

/// Go's lower case as far as names can tell: of the letters beyond ASCII only these two become one
/// that a name may have. Rust's would bring tables of 11 KB.
pub fn lower(text: &str) -> String {
    let mut lower = text.to_ascii_lowercase();
    if !lower.is_ascii() {
        lower = lower.replace('\u{212a}', "k").replace('\u{130}', "i");
    }
    lower
}

/// The candidate that differs least from `name`, if the difference is that of a typing mistake:
/// at most a third of the letters, and at most three. Case does not count.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = name.len().div_ceil(3).min(3);
    let measured = candidates.into_iter().filter_map(|candidate| {
        let comparable = name.len().max(candidate.len()) <= LONGEST
            && name.len().abs_diff(candidate.len()) <= limit;
        let distance = comparable.then(|| distance(name.as_bytes(), candidate.as_bytes()))?;
        (distance <= limit).then_some((distance, candidate))
    });
    measured.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Edits between two words of at most [`LONGEST`] bytes; swapped neighbours count as one.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut rows = [[0; LONGEST + 1]; 3];
    let [mut before, mut last, mut row] = rows.each_mut();
    last.iter_mut().enumerate().for_each(|(place, cell)| *cell = place);
    let get = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
    for (i, from) in a.iter().enumerate() {
        let mut left = i + 1;
        row.iter_mut().take(1).for_each(|cell| *cell = left);
        for (j, to) in b.iter().enumerate() {
            let same = from.eq_ignore_ascii_case(to);
            let mut best = get(last, j) + usize::from(!same);
            best = best.min(get(last, j + 1) + 1).min(left + 1);
            let swapped = |x: Option<&u8>, y: &u8| x.is_some_and(|x| x.eq_ignore_ascii_case(y));
            if i > 0 && j > 0 && swapped(a.get(i - 1), to) && swapped(b.get(j - 1), from) {
                best = best.min(get(before, j - 1) + 1);
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = best;
            }
            left = best;
        }
        (before, last, row) = (last, row, before);
    }
    get(last, b.len())
}
