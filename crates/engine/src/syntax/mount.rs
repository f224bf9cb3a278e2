//! `RUN --mount=type=cache,target=...`: the options of a mount.

use super::Flag;
use crate::source::Span;
use std::ops::Range;

/// The options of one `--mount`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mount<'a> {
    /// The whole flag.
    pub span: Span,
    /// `name=value` with commas between.
    options: &'a str,
}

impl<'a> Mount<'a> {
    /// Reads the flag; `None` if it is another flag than `--mount`.
    pub fn of(flag: &'a Flag) -> Option<Self> {
        let value = flag.value.as_ref().filter(|_| flag.name == "mount")?;
        Some(Self { span: flag.span, options: &value.text })
    }

    /// The value of an option, and where it starts in the text of the flag's value.
    fn option(&self, name: &str) -> Option<(&'a str, usize)> {
        let mut end = self.options.len();
        self.options.rsplit(',').find_map(|option| {
            let start = end - option.len();
            end = start.saturating_sub(1);
            let (key, value) = option.split_once('=').unwrap_or((option, "true"));
            let behind = (key.len() + 1).min(option.len());
            key.eq_ignore_ascii_case(name).then_some((value, start + behind))
        })
    }

    /// Whether what commands write into its folder stays out of the layer.
    pub fn is_apart(&self) -> bool {
        matches!(self.kind(), "cache" | "tmpfs" | "bind")
    }

    /// The value of an option; names are case-insensitive, the last one counts.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.option(name).map(|(value, _)| value)
    }

    /// Where the value of an option stands, in bytes of the text of the flag's value.
    pub fn range(&self, name: &str) -> Option<Range<u32>> {
        let (value, start) = self.option(name)?;
        let end = (start + value.len()).min(self.options.len());
        Some(start as u32..end as u32)
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
