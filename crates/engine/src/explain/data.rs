//! The table of messages, as text: one line for each field, a letter in front.
//!
//! `data/messages.toml` is turned into this form when the engine is built, and the page fetches
//! the same text when its panel is first opened, so that it is no part of the first download.

/// One kind of message.
#[derive(Default)]
pub(super) struct Kind<'m> {
    /// Its name, as in `exec-format`.
    pub(super) name: &'m str,
    /// How precisely it names a cause: from 0, which only tells of a place, to 5.
    pub(super) rank: u32,
    /// What happened.
    pub(super) title: &'m str,
    /// Why.
    pub(super) cause: &'m str,
    /// What to do.
    pub(super) steps: Vec<&'m str>,
    /// What it is where nothing in the Dockerfile explains it.
    pub(super) otherwise: &'m str,
    /// The rules that find this cause.
    pub(super) rules: Vec<&'m str>,
    /// Where to look in the Dockerfile; the first that finds something counts.
    pub(super) look: Vec<&'m str>,
    /// What the message says of the program: `tls` or `time-zones`.
    pub(super) tells: &'m str,
    /// Wordings.
    pub(super) patterns: Vec<&'m str>,
}

/// Reads the table. What it does not know, it leaves out.
pub(super) fn read(text: &str) -> Vec<Kind<'_>> {
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for line in text.lines() {
        let mut chars = line.chars();
        let (tag, rest) = (chars.next(), chars.as_str());
        if tag == Some('@') {
            kinds.push(Kind { name: rest, rank: 4, ..Kind::default() });
        }
        let Some(kind) = kinds.last_mut() else { continue };
        match tag {
            Some('k') => kind.rank = rest.parse().unwrap_or(4),
            Some('t') => kind.title = rest,
            Some('c') => kind.cause = rest,
            Some('s') => kind.steps.push(rest),
            Some('o') => kind.otherwise = rest,
            Some('r') => kind.rules.push(rest),
            Some('l') => kind.look.push(rest),
            Some('n') => kind.tells = rest,
            Some('p') => kind.patterns.push(rest),
            _ => {}
        }
    }
    kinds
}
