//! Files whose size does not depend on the user.

use super::data::FILES;
use crate::size::{Range, Size};

/// One of them.
#[derive(Debug)]
pub struct KnownFile {
    /// Its name in look-ups, as in `certificates`.
    pub name: &'static str,
    /// Bytes, compressed bytes, bytes in blocks; each low, likely and high.
    pub(super) sizes: [[u32; 3]; 3],
    /// Where the figures come from.
    pub source: &'static str,
}

impl KnownFile {
    /// The file of that name.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        FILES.iter().find(|file| file.name == name)
    }

    /// Its sizes.
    pub fn size(&self) -> Size {
        let [unpacked, compressed, blocks] = self.sizes.map(|sizes| {
            let [low, likely, high] = sizes.map(u64::from);
            Some(Range { low, likely, high })
        });
        Size { unpacked, compressed, blocks }
    }
}
