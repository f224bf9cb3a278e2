//! What an error message of Docker, BuildKit, a package manager, a compiler or the program means,
//! and where this Dockerfile causes it.
//!
//! The messages are data: `data/messages.toml`. A wording that is there is recognised in any log;
//! the cause is then looked up by the rules that find it, and by the names that the message has.

mod data;
mod log;
mod mend;
mod places;
mod search;

use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::model::Model;
use crate::order;
use crate::report::{Settings, Workspace};
use crate::rules;
use crate::source::Span;
use crate::{analyze, image, syntax};
use data::Kind;
use log::Log;
use places::Finder;
use search::{Holes, Match, hole};

/// The table of messages in the form that [`explain_with`] reads.
pub const MESSAGES: &str = include_str!(concat!(env!("OUT_DIR"), "/messages.txt"));

/// The rank from which on a message names a cause.
const CAUSE: u32 = 4;
/// Most explanations of one message.
const MOST: usize = 6;

/// A place in the Dockerfile that a message leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// What they have to do with it.
    pub message: String,
    /// The mend, where there is one.
    pub fix: Option<Fix>,
}

/// What a message means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Name of the kind of message, as in `exec-format`; `unknown` if it is none that is known.
    pub kind: String,
    /// What happened.
    pub title: String,
    /// Why.
    pub cause: String,
    /// What to do, one step each.
    pub steps: Vec<String>,
    /// The words of the message that say so.
    pub span: Span,
    /// Where the names in the message stand in the Dockerfile.
    pub places: Vec<Place>,
    /// What is wrong in the Dockerfile and has this effect.
    pub findings: Vec<Diagnostic>,
    /// Said where nothing in the Dockerfile explains it.
    pub otherwise: Option<String>,
    /// The rules that find this cause; their pages say more.
    pub rules: Vec<&'static str>,
}

/// Explains a message or a log with messages in it, best explanation first. An empty message has
/// none; one that is not known has one that says so.
pub fn explain(message: &str, workspace: &Workspace, settings: &Settings) -> Vec<Explanation> {
    explain_with(MESSAGES, message, workspace, settings)
}

/// The same with a table of messages that was fetched.
pub fn explain_with(
    table: &str,
    message: &str,
    workspace: &Workspace,
    settings: &Settings,
) -> Vec<Explanation> {
    let platform = workspace.project.platform();
    judge(&recognise(table, message, &workspace.dockerfile, platform), workspace, settings)
}

/// What a message says, before the rules have looked for its cause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recognised {
    /// What it may mean.
    pub meanings: Vec<Meaning>,
    /// Whether its wording is known.
    pub known: bool,
    /// The instructions of the Dockerfile.
    pub instructions: Vec<Span>,
}

/// One thing that a message may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// All but findings and rules.
    pub explanation: Explanation,
    /// Names of the rules that find the cause.
    pub rules: Vec<String>,
    /// What it says of the program: `tls` or `time-zones`.
    pub tells: String,
    /// Whether its own words lead to a place, not only those of the builder.
    pub placed: bool,
    /// The lowest of equally explained ones comes first.
    pub order: u64,
}

/// Looks up what a message means and where its words stand. This needs no rule.
pub fn recognise(table: &str, message: &str, dockerfile: &str, platform: &str) -> Recognised {
    if message.trim().is_empty() {
        return Recognised::default();
    }
    let kinds = data::read(table);
    let log = Log::new(message);
    let found = search::search(&kinds, &log.text);
    let mut chosen = choose(&kinds, &found);
    let known = !chosen.is_empty();
    if !known {
        let Some(unknown) = kinds.iter().position(|kind| kind.name == "unknown") else {
            return Recognised::default();
        };
        chosen.push(vec![Match { kind: unknown, start: 0, end: 0, holes: Holes::new() }]);
    }

    let tree = syntax::parse(dockerfile);
    let model = Model::new(dockerfile, &tree, platform);
    let images = image::simulate(&model);
    let finder = Finder { model: &model, images: &images };
    // What a builder says of the place of a failure.
    let mut failed: Vec<Place> = Vec::new();
    for one in &found {
        if let Some(kind) = kinds.get(one.kind).filter(|kind| kind.rank == 0) {
            add(&mut failed, finder.look(&kind.look, &one.holes));
        }
    }

    let mut meanings: Vec<Meaning> = Vec::new();
    for matches in &chosen {
        // A wording that names more says more than another of the same kind.
        let most = matches.iter().map(|one| one.holes.len()).max();
        let fullest = || matches.iter().filter(|one| Some(one.holes.len()) == most);
        let Some(first) = fullest().next() else { continue };
        let Some(kind) = kinds.get(first.kind) else { continue };
        let mut places = Vec::new();
        for one in fullest() {
            add(&mut places, finder.look(&kind.look, &one.holes));
        }
        let failing = |span: Span| failed.iter().any(|place| place.span.contains(span));
        if places.is_empty() {
            places.clone_from(&failed);
        } else if places.iter().any(|place| failing(place.span)) {
            places.retain(|place| failing(place.span));
        }
        let span = match known {
            true => log.span(first.start, first.end),
            false => Span::new(0, message.len() as u32),
        };
        let otherwise = Some(kind.otherwise).filter(|text| !text.is_empty());
        let rank = u64::from(5u32.saturating_sub(kind.rank));
        meanings.push(Meaning {
            placed: places.iter().any(|place| !failed.contains(place)),
            explanation: Explanation {
                kind: kind.name.to_owned(),
                title: fill(kind.title, &first.holes),
                cause: fill(kind.cause, &first.holes),
                steps: kind.steps.iter().map(|step| fill(step, &first.holes)).collect(),
                span,
                places,
                findings: Vec::new(),
                otherwise: otherwise.map(|text| fill(text, &first.holes)),
                rules: Vec::new(),
            },
            rules: kind.rules.iter().map(|name| (*name).to_owned()).collect(),
            tells: kind.tells.to_owned(),
            order: rank << 40 | first.start as u64,
        });
    }
    let instructions = model.steps().map(|(_, step)| step.instruction.span()).collect();
    Recognised { meanings, known, instructions }
}

/// Adds to what was recognised what the rules find, best explanation first.
pub fn judge(
    recognised: &Recognised,
    workspace: &Workspace,
    settings: &Settings,
) -> Vec<Explanation> {
    let Recognised { meanings, known, instructions } = recognised;
    if meanings.is_empty() {
        return Vec::new();
    }
    let diagnostics = diagnostics(workspace, settings, meanings);
    let mut explanations: Vec<(u64, Explanation)> = Vec::new();
    for meaning in meanings {
        let mut explanation = meaning.explanation.clone();
        let is_cause = |found: &&Diagnostic| match known {
            true => meaning.rules.iter().any(|rule| rule == found.rule),
            false => found.level == Level::Error,
        };
        let mut findings: Vec<Diagnostic> = diagnostics.iter().filter(is_cause).cloned().collect();
        let near = |found: &Diagnostic| {
            let step = instructions.iter().find(|step| step.contains(found.span));
            let mut places = explanation.places.iter();
            step.is_some_and(|step| places.any(|place| step.contains(place.span)))
        };
        if findings.iter().any(near) {
            findings.retain(near);
        }
        let explained = !findings.is_empty() || meaning.placed;
        explanation.findings = findings;
        explanation.otherwise = explanation.otherwise.filter(|_| !explained);
        let rules = meaning.rules.iter();
        explanation.rules = rules.filter_map(|name| Some(rules::find(name)?.name)).collect();
        explanations.push((u64::from(!explained) << 39 | meaning.order, explanation));
    }
    order::by_number(&mut explanations, |(key, _)| *key);
    explanations.into_iter().map(|(_, explanation)| explanation).take(MOST).collect()
}

/// The matches that explain most, by kind: general ones go where a precise one is there, and so
/// does what is only a piece of another.
fn choose<'t>(kinds: &[Kind<'t>], found: &[Match<'t>]) -> Vec<Vec<Match<'t>>> {
    let rank = |one: &Match<'_>| kinds.get(one.kind).map_or(0, |kind| kind.rank);
    let best = found.iter().map(rank).max().unwrap_or_default();
    let counts = |one: &&Match<'_>| {
        let inside = |other: &Match<'_>| {
            other.kind != one.kind
                && other.start <= one.start
                && one.end <= other.end
                && (rank(other), other.end - other.start) > (rank(one), one.end - one.start)
        };
        rank(one) > 0 && (rank(one) >= CAUSE || rank(one) == best) && !found.iter().any(inside)
    };
    let mut chosen: Vec<Vec<Match<'t>>> = Vec::new();
    for one in found.iter().filter(counts) {
        let one = Match { holes: one.holes.clone(), ..*one };
        match chosen.iter_mut().find(|same| same.iter().any(|same| same.kind == one.kind)) {
            Some(same) => same.push(one),
            None => chosen.push(vec![one]),
        }
    }
    chosen
}

fn add(places: &mut Vec<Place>, more: Vec<Place>) {
    for place in more {
        if places.len() < MOST && !places.iter().any(|other| other.span == place.span) {
            places.push(place);
        }
    }
}

/// What the rules of these meanings find, whatever the settings say of them.
fn diagnostics(
    workspace: &Workspace,
    settings: &Settings,
    meanings: &[Meaning],
) -> Vec<Diagnostic> {
    let mut settings = Settings {
        set: crate::RuleSet::Recommended,
        ignored: Vec::new(),
        disable_ignore_pragma: true,
        ..settings.clone()
    };
    let mut workspace = workspace.clone();
    for meaning in meanings {
        for rule in meaning.rules.iter().filter_map(|name| rules::find(name)) {
            settings.levels.push((rule.name.to_owned(), rule.level));
        }
        match meaning.tells.as_str() {
            "tls" => workspace.project.needs_tls = Some(true),
            "time-zones" => workspace.project.needs_time_zones = Some(true),
            _ => {}
        }
    }
    analyze(&workspace, &settings).diagnostics
}

/// A text with the words of the message in its holes: `{name}`, or `{name|what else}`.
fn fill(text: &str, holes: &Holes<'_>) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or(("", piece));
        let (name, fallback) = name.split_once('|').unwrap_or((name, ""));
        let known = hole(holes, name).filter(|text| !text.is_empty());
        filled.push_str(known.unwrap_or(fallback));
        filled.push_str(rest);
    }
    filled
}
