//! Sorting by a number. Each type that is sorted costs 3 KB of download, so there is one for all.

/// The indexes of `keys` in ascending order of their keys; equal keys keep their order.
pub fn order(keys: impl Iterator<Item = u64>) -> Vec<usize> {
    let mut numbered: Vec<(u64, usize)> = keys.zip(0..).collect();
    numbered.sort_unstable();
    numbered.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        assert_eq!(order([3, 1, 3, 1].into_iter()), [1, 3, 0, 2]);
    }
}
