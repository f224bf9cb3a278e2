//! Applies fixes: in order, without overlaps, and never to a text that BuildKit then reads worse.

use crate::catalog::Platform;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::model::Model;
use crate::refuse;
use crate::report::{Settings, Workspace};
use crate::shellcheck::ShellLinter;
use crate::source::Span;
use crate::syntax;

/// Rounds of [`apply_where`] after which whoever still takes part is taken to go on for ever. Fixes
/// at the same place take a round each; none of ours makes room for so many others.
const MAX_ROUNDS: usize = 24;

/// Most texts that [`apply`] reads to find the fixes that spoil one.
const MAX_TRIALS: usize = 200;

/// What came of applying fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The text afterwards.
    pub text: String,
    /// How many fixes were applied.
    pub applied: usize,
    /// Fixes that were left out.
    pub rejected: Vec<Rejected>,
}

/// A fix that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Title of the fix.
    pub title: String,
    /// Why it was left out.
    pub reason: Reason,
}

/// Why a fix was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It touches what another fix changes.
    Conflict,
    /// The text would parse worse, or the build would be refused.
    ParsesWorse,
    /// Its finding would stay, or another fix would take it back.
    Endless,
}

impl Reason {
    /// The reason in words, as in "left out, because".
    pub const fn text(self) -> &'static str {
        match self {
            Self::Conflict => "it touches what another fix changes",
            Self::ParsesWorse => "BuildKit would refuse more of the text",
            Self::Endless => "what it mends would be there again afterwards",
        }
    }
}

/// Applies `fixes` to `text` in the given order; of two that touch each other the first wins, and
/// one that spoils the text does not take the others with it.
pub fn apply(text: &str, fixes: &[&Fix]) -> Applied {
    if fixes.is_empty() {
        return Applied { text: text.to_owned(), applied: 0, rejected: Vec::new() };
    }
    let mut sieve = Sieve {
        text,
        before: Reading::of(text),
        trials: MAX_TRIALS,
        accepted: Vec::new(),
        applied: 0,
        rejected: Vec::new(),
    };
    let mut waiting = fixes.to_vec();
    loop {
        let mut edits = sieve.accepted.clone();
        let (batch, rest) = waiting.into_iter().partition(|fix| add(&mut edits, fix));
        let batch: Vec<&Fix> = batch;
        if batch.is_empty() || sieve.trials == 0 {
            sieve.reject(batch, Reason::ParsesWorse);
            sieve.reject(rest, Reason::Conflict);
            break;
        }
        // What waited for a fix that spoils the text gets its turn in the next round.
        sieve.sift(&batch);
        waiting = rest;
    }
    let text = edited(text, &sieve.accepted);
    Applied { text, applied: sieve.applied, rejected: sieve.rejected }
}

/// Applies all fixes at least as trustworthy as `threshold`, as [`apply_where`] does.
pub fn apply_all(workspace: &Workspace, settings: &Settings, threshold: Applicability) -> Applied {
    apply_where(workspace, settings, None, &|found| {
        found.fix.as_ref().is_some_and(|fix| fix.applicability >= threshold)
    })
}

/// Applies the fixes of the findings that `wanted` picks, again and again until none is left: one
/// fix may make room for another. Fixes with a gap for the user are never among them.
///
/// A second call changes nothing. Rules whose fixes never come to rest, because a finding outlasts
/// its fix or two rules undo each other, are left out.
pub fn apply_where(
    workspace: &Workspace,
    settings: &Settings,
    scripts: Option<&dyn ShellLinter>,
    wanted: &dyn Fn(&Diagnostic) -> bool,
) -> Applied {
    let mut restless: Vec<Name> = Vec::new();
    loop {
        match come_to_rest(workspace, settings, scripts, wanted, &restless) {
            Ok(applied) => return applied,
            Err(rules) => restless.extend(rules),
        }
    }
}

/// A rule and the peer's code: the linter of shell scripts is one rule with many codes.
type Name = (&'static str, Option<&'static str>);

/// The outcome without the fixes of `restless` rules, or more rules of that kind.
fn come_to_rest(
    workspace: &Workspace,
    settings: &Settings,
    scripts: Option<&dyn ShellLinter>,
    wanted: &dyn Fn(&Diagnostic) -> bool,
    restless: &[Name],
) -> Result<Applied, Vec<Name>> {
    let mut current = workspace.clone();
    let mut applied = 0;
    // The text before each round, and the rules that took part in it.
    let mut rounds: Vec<(String, Vec<Name>)> = Vec::new();
    loop {
        let report = crate::analyze_with(&current, settings, scripts);
        let (mut fixes, mut rules, mut endless) = (Vec::new(), Vec::new(), Vec::new());
        for found in report.diagnostics.iter().filter(|found| wanted(found)) {
            let Some(fix) = &found.fix else { continue };
            let name = (found.rule, found.codes.first().copied());
            if restless.contains(&name) {
                endless.push(Rejected { title: fix.title.clone(), reason: Reason::Endless });
            } else if fix.applicability > Applicability::Manual {
                fixes.push(fix);
                rules.push(name);
            }
        }
        let mut round = apply(&current.dockerfile, &fixes);
        applied += round.applied;
        if round.text == current.dockerfile {
            round.rejected.extend(endless);
            return Ok(Applied { applied, ..round });
        }
        rounds.push((std::mem::replace(&mut current.dockerfile, round.text), rules));
        let circle = rounds.iter().position(|(text, _)| *text == current.dockerfile);
        let tired = (rounds.len() >= MAX_ROUNDS).then_some(MAX_ROUNDS / 2);
        if let Some(start) = circle.or(tired) {
            return Err(rounds.split_off(start).into_iter().flat_map(|(_, rules)| rules).collect());
        }
    }
}

/// How well BuildKit can read a text.
struct Reading {
    errors: usize,
    is_refused: bool,
}

impl Reading {
    fn of(text: &str) -> Self {
        let tree = syntax::parse(text);
        let model = Model::new(text, &tree, Platform::Amd64.name());
        Self { errors: tree.errors.len(), is_refused: !refuse::refusals(&model).is_empty() }
    }

    /// Of a text that is refused already, other mistakes may come to light once one is mended.
    const fn is_worse_than(&self, before: &Self) -> bool {
        self.errors > before.errors || (self.is_refused && !before.is_refused)
    }
}

/// Keeps the fixes that leave the text as readable as it was.
struct Sieve<'f> {
    text: &'f str,
    before: Reading,
    trials: usize,
    accepted: Vec<&'f Edit>,
    applied: usize,
    rejected: Vec<Rejected>,
}

impl<'f> Sieve<'f> {
    /// Accepts the good ones of fixes that do not touch each other: all at once if that goes well,
    /// else one half after the other.
    fn sift(&mut self, fixes: &[&'f Fix]) {
        if self.trials > 0 {
            self.trials -= 1;
            let mut edits = self.accepted.clone();
            for fix in fixes {
                add(&mut edits, fix);
            }
            if !Reading::of(&edited(self.text, &edits)).is_worse_than(&self.before) {
                self.accepted = edits;
                self.applied += fixes.len();
                return;
            }
        }
        if fixes.len() < 2 || self.trials == 0 {
            self.reject(fixes.to_vec(), Reason::ParsesWorse);
            return;
        }
        let (first, second) = fixes.split_at(fixes.len() / 2);
        self.sift(first);
        self.sift(second);
    }

    fn reject(&mut self, fixes: Vec<&Fix>, reason: Reason) {
        let rejected = fixes.into_iter().map(|fix| Rejected { title: fix.title.clone(), reason });
        self.rejected.extend(rejected);
    }
}

/// Adds the edits of `fix` to the sorted `edits`, unless one of them touches one that is there.
fn add<'f>(edits: &mut Vec<&'f Edit>, fix: &'f Fix) -> bool {
    let itself = fix.edits.windows(2).any(|pair| match pair {
        [first, second] => first.span.end > second.span.start,
        _ => false,
    });
    if itself || fix.edits.iter().any(|edit| touches(edits, edit)) {
        return false;
    }
    for edit in &fix.edits {
        let place = edits.partition_point(|other| other.span <= edit.span);
        edits.insert(place, edit);
    }
    true
}

/// Whether `edit` overlaps one of the sorted `edits`. Edits at the same place overlap too: nobody
/// could say which comes first. So does what is inserted right behind a replaced text: a flag for a
/// RUN that another fix joins to the one above would become a command.
fn touches(edits: &[&Edit], edit: &Edit) -> bool {
    let after = edits.partition_point(|other| other.span.start <= edit.span.start);
    let before = after.checked_sub(1).and_then(|index| edits.get(index));
    let overlaps = |other: &&&Edit| {
        let (a, b) = (other.span, edit.span);
        let is_behind = |one: Span, next: Span| one.end == next.start && next.is_empty();
        (a.start < b.end && b.start < a.end)
            || a.start == b.start
            || is_behind(a, b)
            || is_behind(b, a)
    };
    before.iter().any(overlaps) || edits.get(after).iter().any(overlaps)
}

/// `text` after `edits`, which are sorted and do not overlap.
pub fn edit(text: &str, edits: &[Edit]) -> String {
    edited(text, &edits.iter().collect::<Vec<_>>())
}

fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut position = 0;
    for edit in edits {
        out.push_str(text.get(position..edit.span.start as usize).unwrap_or_default());
        out.push_str(&edit.text);
        position = (edit.span.end as usize).max(position);
    }
    out.push_str(text.get(position..).unwrap_or_default());
    out
}
