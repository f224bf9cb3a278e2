//! `RUN --mount=type=cache,target=...`: the options of a mount.

use super::Flag;
use crate::source::Span;

/// The options of one `--mount`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount<'a> {
    /// The whole flag.
    pub span: Span,
    options: Vec<(&'a str, &'a str)>,
}

impl<'a> Mount<'a> {
    /// Reads the flag; `None` if it is another flag than `--mount`.
    pub fn of(flag: &'a Flag) -> Option<Self> {
        let value = flag.value.as_ref().filter(|_| flag.name == "mount")?;
        let option = |option: &'a str| option.split_once('=').unwrap_or((option, "true"));
        Some(Self { span: flag.span, options: value.text.split(',').map(option).collect() })
    }

    /// The value of an option; names are case-insensitive, the last one counts.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.options
            .iter()
            .rev()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
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
