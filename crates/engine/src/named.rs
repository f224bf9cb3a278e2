//! What is known by a name, in the order of the names.
//!
//! The standard library's tree is compiled anew for each type of value, about 10 KB of wasm each
//! time, so there is one tree, of places, and the values lie in a list beside it. A tree has room for
//! eleven names from the first one on, so names and places are as small as they can be.

use std::collections::BTreeMap;
use std::ops::Bound;

/// Each name, with the place of its value.
type Places = BTreeMap<Box<str>, u32>;

/// Values by name.
#[derive(Debug, Clone)]
pub struct Named<V> {
    places: Places,
    /// What was taken away leaves its place empty.
    values: Vec<Option<V>>,
}

/// Names alone, in the same kind of tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    places: Places,
}

impl<V> Named<V> {
    /// Nothing.
    pub const fn new() -> Self {
        Self { places: BTreeMap::new(), values: Vec::new() }
    }

    /// The value of exactly that name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.values.get(*self.places.get(name)? as usize)?.as_ref()
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.values.get_mut(*self.places.get(name)? as usize)?.as_mut()
    }

    /// Whether the name has a value.
    pub fn contains(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Gives a name a value, in the place of the one that it had.
    pub fn insert(&mut self, name: impl Into<Box<str>> + AsRef<str>, value: V) {
        match self.get_mut(name.as_ref()) {
            Some(old) => *old = value,
            None => {
                self.places.insert(name.into(), self.values.len() as u32);
                self.values.push(Some(value));
            }
        }
    }

    /// Takes a value away.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        self.values.get_mut(self.places.remove(name)? as usize)?.take()
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
        self.places.keys().map(|name| &**name)
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.from("")
    }

    /// The names from that one on, with their values.
    pub fn from<'n>(&'n self, first: &str) -> impl Iterator<Item = (&'n str, &'n V)> + use<'n, V> {
        from(&self.places, first)
            .filter_map(|(name, at)| Some((name, self.values.get(at as usize)?.as_ref()?)))
    }

    /// All values to be changed, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.values.iter_mut().flatten()
    }
}

/// The names from that one on, with their places.
fn from<'p>(places: &'p Places, first: &str) -> impl Iterator<Item = (&'p str, u32)> + use<'p> {
    let range = places.range::<str, _>((Bound::Included(first), Bound::Unbounded));
    range.map(|(name, at)| (&**name, *at))
}

impl Names {
    /// Nothing.
    pub const fn new() -> Self {
        Self { places: BTreeMap::new() }
    }

    /// Adds a name.
    pub fn add(&mut self, name: &str) {
        if !self.contains(name) {
            self.places.insert(name.into(), 0);
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
        from(&self.places, first).map(|(name, _)| name)
    }
}

impl Extend<String> for Names {
    fn extend<I: IntoIterator<Item = String>>(&mut self, names: I) {
        self.places.extend(names.into_iter().map(|name| (name.into(), 0)));
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
