//! "Did you mean ...?": the nearest of a set of names.

/// The candidate that differs least from `name`, if the difference is that of a typing mistake:
/// at most a third of the letters, and at most three.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let limit = (wanted.len().div_ceil(3)).min(3);
    let measured = candidates.into_iter().filter_map(|candidate| {
        let other: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        let distance = (wanted.len().abs_diff(other.len()) <= limit)
            .then(|| distance(&wanted, &other))
            .filter(|distance| *distance <= limit)?;
        Some((distance, candidate))
    });
    measured.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Edits between two words; swapped neighbours count as one.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let get = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = get(&last, j) + usize::from(from != to);
            let mut best = replaced.min(get(&last, j + 1) + 1).min(get(&row, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from) {
                best = best.min(get(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    get(&last, b.len())
}
