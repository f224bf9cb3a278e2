//! Carries a change of the form into a text that people have edited.
//!
//! Both texts that the form writes, the one before and the one after the change, are cut into units: an
//! instruction with the comments above it. What differs between them is done to the text: to each
//! unit the words that changed, where the text has that unit, and whole units otherwise. All
//! else in the text stays.

use super::recipe::Recipe;
use super::render::render;
use crate::source::Span;
use crate::syntax;

/// An instruction with what stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit<'t> {
    /// Blank lines and comments.
    lead: &'t str,
    /// The instruction, with its line end.
    body: &'t str,
    span: Span,
}

impl Unit<'_> {
    /// The words, with pragmas and without comments, as far as they count.
    fn words(&self) -> Vec<&str> {
        self.body.split_whitespace().filter(|word| *word != "\\").collect()
    }

    /// How many lines above it are comments for people.
    pub(super) fn comments(&self) -> usize {
        let lines = self.lead.lines().map(|line| line.trim_start());
        let for_people = |line: &&str| {
            line.starts_with("# ")
                && !line.starts_with("# hadolint ")
                && !line.starts_with("# syntax")
        };
        lines.filter(for_people).count()
    }
}

/// The units of a text; what stands behind the last one is a unit of its own without words.
pub(super) fn units(text: &str) -> Vec<Unit<'_>> {
    let tree = syntax::parse(text);
    let mut units = Vec::new();
    let mut start = 0;
    for instruction in tree.instructions() {
        let span = instruction.span();
        let begin = span.start as usize;
        let end = text.get(span.end as usize..).and_then(|rest| rest.find('\n'));
        let end = end.map_or(text.len(), |at| span.end as usize + at + 1);
        let (Some(lead), Some(body)) = (text.get(start..begin), text.get(begin..end)) else {
            continue;
        };
        units.push(Unit { lead, body, span });
        start = end;
    }
    if let Some(lead) = text.get(start..).filter(|rest| !rest.trim().is_empty()) {
        let span = Span::new(start as u32, text.len() as u32);
        units.push(Unit { lead, body: "", span });
    }
    units
}

/// The instructions of a text that another one has not.
pub(super) fn custom(written: &str, text: &str) -> Vec<Span> {
    let (written, units) = (units(written), units(text));
    let pairs = paired(&written, &units);
    let same = |at: usize| {
        let pair = pairs.iter().find(|(_, other)| *other == at);
        let pair = pair.and_then(|(at, _)| written.get(*at));
        pair.zip(units.get(at)).is_some_and(|(a, b)| a.words() == b.words())
    };
    let own = units.iter().enumerate().filter(|(at, unit)| !unit.body.is_empty() && !same(*at));
    own.map(|(_, unit)| unit.span).collect()
}

/// Carries the change from one recipe to another into a text.
pub fn apply(text: &str, old: &Recipe, new: &Recipe) -> String {
    let (before, after) = (render(old), render(new));
    merged(text, before.file("Dockerfile"), after.file("Dockerfile"))
}

fn merged(text: &str, before: &str, after: &str) -> String {
    if before == after {
        return text.to_owned();
    }
    if text == before {
        return after.to_owned();
    }
    let (mine, old, new) = (units(text), units(before), units(after));
    let (kept, changed) = (paired(&old, &mine), paired(&old, &new));
    let partner = |pairs: &[(usize, usize)], at: usize| {
        pairs.iter().find(|(from, _)| *from == at).map(|(_, to)| *to)
    };
    // What each unit of the text becomes, and what comes behind it; the first place is the start.
    let mut becomes: Vec<String> = Vec::new();
    let mut behind: Vec<String> = vec![String::new(); mine.len() + 1];
    for unit in &mine {
        becomes.push(format!("{}{}", unit.lead, unit.body));
    }
    for (at, unit) in old.iter().enumerate() {
        let Some(place) = partner(&kept, at) else { continue };
        let Some((own, slot)) = mine.get(place).zip(becomes.get_mut(place)) else { continue };
        match partner(&changed, at).and_then(|to| new.get(to)) {
            Some(next) => {
                let lead = if own.lead == unit.lead { next.lead } else { own.lead };
                *slot = format!("{lead}{}", words_merged(unit, own, next));
            }
            None => slot.clear(),
        }
    }
    // New units follow the unit of the text that the one above them belongs to.
    let mut above = 0;
    for (at, unit) in new.iter().enumerate() {
        let from = changed.iter().find(|(_, to)| *to == at).map(|(from, _)| *from);
        match from {
            Some(from) => above = partner(&kept, from).map_or(above, |place| place + 1),
            None => {
                if let Some(slot) = behind.get_mut(above) {
                    slot.push_str(unit.lead);
                    slot.push_str(unit.body);
                }
            }
        }
    }
    let mut merged = behind.first().cloned().unwrap_or_default();
    for (unit, added) in becomes.iter().zip(behind.iter().skip(1)) {
        merged.push_str(unit);
        if !added.is_empty() && !merged.ends_with('\n') {
            merged.push('\n');
        }
        merged.push_str(added);
    }
    merged.trim_start_matches('\n').to_owned()
}

/// An instruction of the text with the words that changed from `old` to `new`; the new one where the
/// text has it as it was.
fn words_merged(old: &Unit<'_>, mine: &Unit<'_>, new: &Unit<'_>) -> String {
    if old.words() == new.words() {
        return mine.body.to_owned();
    }
    if old.words() == mine.words() {
        return new.body.to_owned();
    }
    // Words with the blanks behind them, so that the text keeps its lines.
    let (old, own, new) = (pieces(old.body), pieces(mine.body), pieces(new.body));
    let (kept, changed) = (common(&old, &own), common(&old, &new));
    let mut merged = String::new();
    let mut at = 0;
    let (mut of_own, mut of_new) = (0, 0);
    loop {
        // The next old word that both still have.
        let next = (at..old.len()).find_map(|word| {
            let own = kept.iter().find(|(from, _)| *from == word)?.1;
            let new = changed.iter().find(|(from, _)| *from == word)?.1;
            Some((word, own, new))
        });
        let (word, to_own, to_new) = next.unwrap_or((old.len(), own.len(), new.len()));
        let gap =
            |all: &[&str], from: usize, to: usize| all.get(from..to).unwrap_or_default().concat();
        let (was, mine, now) =
            (gap(&old, at, word), gap(&own, of_own, to_own), gap(&new, of_new, to_new));
        // Where only one side changed, that side counts; where both did, the form and then the text's own.
        if trimmed(&was) == trimmed(&now) {
            merged.push_str(&mine);
        } else if trimmed(&was) == trimmed(&mine) {
            merged.push_str(&now);
        } else {
            merged.push_str(&now);
            let added = own.get(of_own..to_own).unwrap_or_default();
            let added = added.iter().filter(|word| {
                let same = |other: &&&str| other.trim_end() == word.trim_end();
                !old.iter().any(|other| same(&other)) && !new.iter().any(|other| same(&other))
            });
            added.for_each(|word| merged.push_str(word));
        }
        let Some(piece) = own.get(to_own) else { break };
        merged.push_str(piece);
        (at, of_own, of_new) = (word + 1, to_own + 1, to_new + 1);
    }
    if !merged.ends_with('\n') {
        merged.push('\n');
    }
    merged
}

fn trimmed(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Words, each with the blanks, continuation and line end behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut blank = false;
    for (at, ch) in text.char_indices() {
        let is_blank = ch.is_whitespace()
            || (ch == '\\' && text.get(at + 1..).is_some_and(|rest| rest.starts_with('\n')));
        if blank && !is_blank {
            pieces.extend(text.get(start..at));
            start = at;
        }
        blank = is_blank;
    }
    pieces.extend(text.get(start..));
    pieces
}

/// More than so many comparisons are not made: such texts have no part in common with a recipe.
const MOST: usize = 1_000_000;

/// The longest common sequence of words, by their places.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let same = |x: usize, y: usize| {
        let (x, y) = (a.get(x), b.get(y));
        u32::from(
            x.zip(y).is_some_and(|(x, y)| x.trim_end_matches(blank) == y.trim_end_matches(blank)),
        )
    };
    best(a.len(), b.len(), same)
}

fn blank(ch: char) -> bool {
    ch.is_whitespace() || ch == '\\'
}

/// The units of two texts that belong together, in their order.
fn paired(a: &[Unit<'_>], b: &[Unit<'_>]) -> Vec<(usize, usize)> {
    let words = |units: &[Unit<'_>]| -> Vec<Vec<String>> {
        let words = |unit: &Unit<'_>| unit.words().into_iter().map(str::to_owned).collect();
        units.iter().map(words).collect()
    };
    let (a, b) = (words(a), words(b));
    let alike = |x: usize, y: usize| {
        let Some((x, y)) = a.get(x).zip(b.get(y)) else { return 0 };
        let (Some(first), Some(other)) = (x.first(), y.first()) else {
            return u32::from(x.is_empty() && y.is_empty());
        };
        if !first.eq_ignore_ascii_case(other) {
            return 0;
        }
        if x == y {
            return 100;
        }
        let shared = x.iter().skip(1).filter(|word| y.contains(word)).count();
        let longest = x.len().max(y.len()).saturating_sub(1).max(1);
        let lonely = matches!(
            first.as_str(),
            "FROM" | "USER" | "EXPOSE" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK"
        );
        (shared * 90 / longest) as u32 + if lonely { 10 } else { 0 }
    };
    best(a.len(), b.len(), alike)
}

/// Pairs in ascending order of both sides whose worth together is the greatest.
fn best(a: usize, b: usize, worth: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let width = b + 1;
    if (a + 1).saturating_mul(width) > MOST {
        return Vec::new();
    }
    // Worth of what lies behind two places.
    let mut sums = vec![0_u32; (a + 1) * width];
    let at = |sums: &[u32], x: usize, y: usize| sums.get(x * width + y).copied().unwrap_or(0);
    for x in (0..a).rev() {
        for y in (0..b).rev() {
            let skip = at(&sums, x + 1, y).max(at(&sums, x, y + 1));
            let gain = worth(x, y);
            let both = if gain > 0 { gain + at(&sums, x + 1, y + 1) } else { 0 };
            if let Some(sum) = sums.get_mut(x * width + y) {
                *sum = skip.max(both);
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut x, mut y) = (0, 0);
    while x < a && y < b {
        let sum = at(&sums, x, y);
        let gain = worth(x, y);
        if gain > 0 && sum == gain + at(&sums, x + 1, y + 1) {
            pairs.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if sum == at(&sums, x + 1, y) {
            x += 1;
        } else {
            y += 1;
        }
    }
    pairs
}
