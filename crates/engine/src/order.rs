//! Sorting by a number or a text. The standard library's sort is compiled anew for each type, about
//! 5 KB of wasm each time, so there is one for numbers and one for texts, and things are moved by
//! the outcome.

use crate::source::Span;

/// The indexes of `keys` in ascending order of their keys; equal keys keep their order.
pub fn of_numbers(keys: impl Iterator<Item = u64>) -> Vec<usize> {
    let mut numbered: Vec<(u64, usize)> = keys.zip(0..).collect();
    sort_numbers(&mut numbered);
    numbered.into_iter().map(|(_, index)| index).collect()
}

/// Sorts by a number; equal ones keep their order.
pub(crate) fn by_number<T>(items: &mut [T], key: impl Fn(&T) -> u64) {
    if !items.is_sorted_by_key(&key) {
        let mut order = of_numbers(items.iter().map(key));
        arrange(items, &mut order);
    }
}

/// Sorts by a place in the text: by its start, then by its end.
pub(crate) fn by_span<T>(items: &mut [T], key: impl Fn(&T) -> Span) {
    by_number(items, |item| of_span(key(item)));
}

const fn of_span(span: Span) -> u64 {
    (span.start as u64) << 32 | span.end as u64
}

/// Sorts by a text; equal ones keep their order.
pub(crate) fn by_text<T>(items: &mut [T], key: impl Fn(&T) -> &str) {
    if items.is_sorted_by(|one, next| key(one) <= key(next)) {
        return;
    }
    let mut numbered: Vec<(&str, usize)> = items.iter().map(key).zip(0..).collect();
    sort_texts(&mut numbered);
    let mut order: Vec<usize> = numbered.into_iter().map(|(_, index)| index).collect();
    arrange(items, &mut order);
}

#[inline(never)]
fn sort_numbers(numbered: &mut [(u64, usize)]) {
    numbered.sort_unstable();
}

#[inline(never)]
fn sort_texts(numbered: &mut [(&str, usize)]) {
    numbered.sort_unstable();
}

/// Moves to each place the item whose index stands there in `order`, one circle after the other.
fn arrange<T>(items: &mut [T], order: &mut [usize]) {
    for start in 0..items.len() {
        let mut at = start;
        while let Some(from) = order.get_mut(at).map(|from| std::mem::replace(from, at))
            && from != start
        {
            items.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let mut items = vec![(3, 'a'), (1, 'b'), (3, 'c'), (1, 'd')];
        by_number(&mut items, |item| item.0);
        assert_eq!(items, [(1, 'b'), (1, 'd'), (3, 'a'), (3, 'c')]);
        let mut items = vec![("b", 1), ("a", 2), ("b", 0)];
        by_text(&mut items, |item| item.0);
        assert_eq!(items, [("a", 2), ("b", 1), ("b", 0)]);
    }
}
