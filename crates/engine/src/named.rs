//! What is known by a name, in the order of the names.
//!
//! The standard library's tree is compiled anew for each type of value, about 10 KB of wasm each
//! time, so there is one tree, of places, and the values lie in a list beside it.

use std::collections::BTreeMap;
use std::ops::Bound;

/// Values by name.
#[derive(Debug, Clone)]
pub struct Named<V> {
    places: BTreeMap<String, usize>,
    /// What was taken away leaves its place empty.
    values: Vec<Option<V>>,
}

/// Names alone, in the same kind of tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    places: BTreeMap<String, usize>,
}

impl<V> Named<V> {
    /// Nothing.
    pub const fn new() -> Self {
        Self { places: BTreeMap::new(), values: Vec::new() }
    }

    /// The value of exactly that name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.values.get(*self.places.get(name)?)?.as_ref()
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.values.get_mut(*self.places.get(name)?)?.as_mut()
    }

    /// Whether the name has a value.
    pub fn contains(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Gives a name a value, in the place of the one that it had.
    pub fn insert(&mut self, name: impl Into<String> + AsRef<str>, value: V) {
        match self.get_mut(name.as_ref()) {
            Some(old) => *old = value,
            None => {
                self.places.insert(name.into(), self.values.len());
                self.values.push(Some(value));
            }
        }
    }

    /// Takes a value away.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        self.values.get_mut(self.places.remove(name)?)?.take()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.from("")
    }

    /// The names from that one on, with their values.
    pub fn from<'n>(&'n self, first: &str) -> impl Iterator<Item = (&'n str, &'n V)> + use<'n, V> {
        from(&self.places, first)
            .filter_map(|(name, at)| Some((name.as_str(), self.values.get(*at)?.as_ref()?)))
    }

    /// All values to be changed, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.values.iter_mut().flatten()
    }
}

/// The names from that one on, with their places.
fn from<'p>(
    places: &'p BTreeMap<String, usize>,
    first: &str,
) -> impl Iterator<Item = (&'p String, &'p usize)> + use<'p> {
    places.range::<str, _>((Bound::Included(first), Bound::Unbounded))
}

impl Names {
    /// Nothing.
    pub const fn new() -> Self {
        Self { places: BTreeMap::new() }
    }

    /// Adds a name.
    pub fn add(&mut self, name: &str) {
        if !self.contains(name) {
            self.places.insert(name.to_owned(), 0);
        }
    }

    /// Takes a name away.
    pub fn remove(&mut self, name: &str) {
        self.places.remove(name);
    }

    /// Whether the name is there.
    pub fn contains(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.from("")
    }

    /// The names from that one on.
    pub fn from(&self, first: &str) -> impl Iterator<Item = &str> + use<'_> {
        from(&self.places, first).map(|(name, _)| name.as_str())
    }
}

impl Extend<String> for Names {
    fn extend<I: IntoIterator<Item = String>>(&mut self, names: I) {
        self.places.extend(names.into_iter().map(|name| (name, 0)));
    }
}

impl FromIterator<String> for Names {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        let mut all = Self::new();
        all.extend(names);
        all
    }
}

impl<V> Default for Named<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: PartialEq> PartialEq for Named<V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<V: Eq> Eq for Named<V> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_names() {
        let mut map = Named::new();
        for (name, value) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            map.insert(name, value);
        }
        assert_eq!(map.iter().collect::<Vec<_>>(), [("a", &2), ("b", &4), ("c", &3)]);
        assert_eq!(map.from("b").collect::<Vec<_>>(), [("b", &4), ("c", &3)]);
        assert_eq!((map.remove("b"), map.remove("b"), map.get("b")), (Some(4), None, None));
        map.values_mut().for_each(|value| *value += 1);
        assert_eq!((map.len(), map.names().collect::<String>()), (2, "ac".to_owned()));
        let mut other = Named::new();
        other.insert("c", 4);
        other.insert("a", 3);
        assert_eq!(map, other);
    }
}
