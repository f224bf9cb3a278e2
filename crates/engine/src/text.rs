//! Text that shares the buffer it was cut from, so that words cost no allocation.

use std::fmt;
use std::ops::{Deref, Range};
use std::rc::Rc;

/// A part of a shared text; reads like a `str`. There are so many that the pointer to the buffer is a
/// thin one.
#[derive(Clone)]
pub struct Text {
    buffer: Rc<String>,
    start: u32,
    end: u32,
}

impl Text {
    /// The part of this text at `range` (bytes); empty where the range does not fit.
    pub fn slice(&self, range: &Range<u32>) -> Self {
        let fits = self.get(range.start as usize..range.end as usize).is_some();
        let (start, end) = if fits { (range.start, range.end) } else { (0, 0) };
        Self { buffer: Rc::clone(&self.buffer), start: self.start + start, end: self.start + end }
    }

    /// What stands before the first `sign`, which is ASCII, and behind it; all of it, where there is
    /// none.
    pub fn parted(&self, sign: char) -> (Self, Option<Self>) {
        self.parted_at(self.find(sign))
    }

    /// What stands before the sign at that place, and behind it.
    pub fn parted_at(&self, sign: Option<usize>) -> (Self, Option<Self>) {
        let Some(at) = sign else { return (self.clone(), None) };
        let at = at as u32;
        (self.slice(&(0..at)), Some(self.slice(&(at + 1..self.len() as u32))))
    }

    /// Where in `whole` this text starts, if it was cut from there.
    pub(crate) fn place_in(&self, whole: &Self) -> Option<u32> {
        let cut = Rc::ptr_eq(&self.buffer, &whole.buffer);
        cut.then(|| self.start.checked_sub(whole.start))?
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        self.behind(0)
    }

    /// The text from that byte on, which spares cutting it twice.
    pub fn behind(&self, start: u32) -> &str {
        self.buffer.get((self.start + start) as usize..self.end as usize).unwrap_or_default()
    }

    /// The bytes of the text. Comparing them needs no look at where characters begin.
    pub fn as_bytes(&self) -> &[u8] {
        let bytes = self.buffer.as_bytes();
        bytes.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Length in bytes.
    pub const fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there is nothing.
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { end: text.len() as u32, buffer: Rc::new(text), start: 0 }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        // Most are of another length, which is told without looking at the buffer.
        self.len() == other.len() && self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        *self == **other
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        *other == **self
    }
}

impl PartialEq<Text> for String {
    fn eq(&self, other: &Text) -> bool {
        *other == **self
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        *other == *self
    }
}
