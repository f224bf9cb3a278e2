//! `RUN --mount=type=cache,target=...`: the options of a mount.

use super::Flag;
use crate::source::Span;
use std::ops::Range;

/// The options of one `--mount`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount<'a> {
    /// The whole flag.
    pub span: Span,
    options: Vec<MountOption<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct MountOption<'a> {
    name: &'a str,
    value: &'a str,
    /// Where the value stands in the text of the flag's value.
    range: Range<u32>,
}

impl<'a> Mount<'a> {
    /// Reads the flag; `None` if it is another flag than `--mount`.
    pub fn of(flag: &'a Flag) -> Option<Self> {
        let value = flag.value.as_ref().filter(|_| flag.name == "mount")?;
        let mut start = 0;
        let option = |text: &'a str| {
            let (name, value) = text.split_once('=').unwrap_or((text, "true"));
            let end = start + text.len() as u32;
            let range = (start + name.len() as u32 + 1).min(end)..end;
            start = end + 1;
            MountOption { name, value, range }
        };
        Some(Self { span: flag.span, options: value.text.split(',').map(option).collect() })
    }

    fn option(&self, name: &str) -> Option<&MountOption<'a>> {
        self.options.iter().rev().find(|option| option.name.eq_ignore_ascii_case(name))
    }

    /// Whether what commands write into its folder stays out of the layer.
    pub fn is_apart(&self) -> bool {
        matches!(self.kind(), "cache" | "tmpfs" | "bind")
    }

    /// The value of an option; names are case-insensitive, the last one counts.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.option(name).map(|option| option.value)
    }

    /// Where the value of an option stands, in bytes of the text of the flag's value.
    pub fn range(&self, name: &str) -> Option<Range<u32>> {
        self.option(name).map(|option| option.range.clone())
    }

    /// `bind` unless the type is given.
    pub fn kind(&self) -> &'a str {
        self.get("type").unwrap_or("bind")
    }

    /// Where it is mounted.
    pub fn target(&self) -> Option<&'a str> {
        ["target", "dst", "destination"].into_iter().find_map(|name| self.get(name))
    }
}
