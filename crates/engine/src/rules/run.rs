//! Runs the rules over one file.

use super::context::{Speaker, pragmas};
use super::suppress::{Suppressions, meant};
use super::{Check, Context, Rule, Site, UnwantedFlag, label, scripts, unwanted};
use crate::diagnostic::{Diagnostic, Level};
use crate::image::{Image, started};
use crate::model::ignore::IgnoreFile;
use crate::model::{Model, Stage};
use crate::order;
use crate::report::{RuleSet, Settings, Workspace};
use crate::shell::Command;
use crate::shellcheck::ShellLinter;
use crate::source::LineIndex;
use crate::syntax::{Keyword, Refusal};
use std::sync::LazyLock;

/// Which rules speak, and how loudly.
pub struct RuleFilter<'s> {
    settings: &'s Settings,
}

impl<'s> RuleFilter<'s> {
    /// The filter that `settings` describe.
    pub const fn new(settings: &'s Settings) -> Self {
        Self { settings }
    }

    /// The level of a rule; `None` if it is silent.
    pub fn level(&self, rule: &Rule) -> Option<Level> {
        if self.settings.ignored.iter().any(|name| rule.answers_to(name)) {
            return None;
        }
        let set = |(name, level): &(String, Level)| rule.answers_to(name).then_some(*level);
        let chosen = self.settings.levels.iter().rev().find_map(set);
        match chosen {
            // A level of one's own switches the rule on.
            Some(level) => Some(level),
            None => rule.is_in(self.settings.set).then_some(rule.level),
        }
    }

    /// The level at which a rule runs: that of the verdict's rules, unless the user has ruled them
    /// out by name, is their own where they are not shown.
    fn runs_at(&self, rule: &Rule) -> Option<Level> {
        let ruled_out = || self.settings.ignored.iter().any(|name| rule.answers_to(name));
        let decides = matches!(rule.check, Check::Decides(..));
        self.level(rule).or_else(|| (decides && !ruled_out()).then_some(rule.level))
    }
}

/// What the rules say of one file.
pub struct Findings {
    /// What is shown, sorted by place, after settings and comments have had their say.
    pub diagnostics: Vec<Diagnostic>,
    /// What decides whether the container starts, shown or not, in the same order.
    pub decisive: Vec<Diagnostic>,
}

/// All findings of one file.
pub fn run(
    workspace: &Workspace,
    settings: &Settings,
    model: &Model<'_>,
    refusals: &[Refusal],
    images: &[Image],
    scripts: Option<&dyn ShellLinter>,
) -> Findings {
    let lines = &LineIndex::new(model.text);
    let ignore = workspace.dockerignore.as_deref().map(IgnoreFile::parse);
    let starts: Vec<_> = (0..images.len()).map(|stage| started(images, stage)).collect();
    let pragmas = pragmas(model.text, model.tree);
    let facts = Context {
        text: model.text,
        lines,
        workspace,
        settings,
        tree: model.tree,
        model,
        ignore: ignore.as_ref(),
        refusals,
        images,
        starts: &starts,
        pragmas: &pragmas,
        scripts,
        speaker: &Speaker { rule: &NOBODY, codes: &[], level: Level::Info },
        found: Vec::with_capacity(16),
    };
    let mut found = findings(&facts, settings);
    let mut suppressions = Suppressions::of(model, settings);
    suppressions.apply(&mut found);
    found.extend(unused(&mut suppressions, facts));
    // By place, and at the same place by name.
    order::by_span(&mut found, |found| found.span);
    for same_place in found.chunk_by_mut(|one, next| one.span == next.span) {
        order::by_text(same_place, |found| found.rule);
    }
    let decisive: Vec<_> = found.iter().filter(|found| found.impact.is_some()).cloned().collect();
    let filter = RuleFilter::new(settings);
    let is_shown = |rule| super::named(rule).is_some_and(|rule| filter.level(rule).is_some());
    found.retain(|found| found.impact.is_none() || is_shown(found.rule));
    Findings { diagnostics: found, decisive }
}

/// The rules by what they are called for: worked out once, the same for every file.
struct Calls {
    /// What a finding of each rule says of it, by the rule's place among all.
    speakers: Vec<Speaker>,
    /// Rules that look at the file as a whole.
    file: Vec<Speaking<&'static Check>>,
    stage: Vec<Speaking<OfStage>>,
    /// By the number of the keyword.
    by_keyword: Vec<Vec<Speaking<OfStep>>>,
    /// Sorted by [`key`] of the program.
    by_program: Vec<(&'static str, Vec<Speaking<OfCommand>>)>,
    any_program: Vec<Speaking<OfCommand>>,
}

/// A check with the place of its rule among all.
type Speaking<T> = (usize, T);

static CALLS: LazyLock<Calls> = LazyLock::new(|| {
    let speaker = |rule: &&'static Rule| {
        let codes: Vec<&str> = rule.codes().collect();
        Speaker { rule, codes: codes.leak(), level: rule.level }
    };
    let mut calls = Calls {
        speakers: super::all().iter().map(speaker).collect(),
        file: Vec::new(),
        stage: Vec::new(),
        by_keyword: vec![Vec::new(); Keyword::Unknown as usize + 1],
        by_program: Vec::new(),
        any_program: Vec::new(),
    };
    for (place, rule) in super::all().iter().enumerate() {
        let mut for_programs = |programs: &[&'static str], check: OfCommand| {
            for program in programs {
                let of = &mut calls.by_program;
                let at = of.binary_search_by_key(&key(program), |(program, _)| key(program));
                match at.map(|at| of.get_mut(at)) {
                    Ok(known) => known.into_iter().for_each(|(_, of)| of.push((place, check))),
                    Err(at) => of.insert(at, (program, vec![(place, check)])),
                }
            }
        };
        let check = match &rule.check {
            Check::Decides(_, check) => check,
            check => check,
        };
        match check {
            Check::Stage(check) => calls.stage.push((place, *check)),
            Check::Instruction(keywords, check) => {
                for keyword in *keywords {
                    if let Some(of_keyword) = calls.by_keyword.get_mut(*keyword as usize) {
                        of_keyword.push((place, *check));
                    }
                }
            }
            Check::Command([], check) => calls.any_program.push((place, OfCommand::Check(*check))),
            Check::Command(programs, check) => for_programs(programs, OfCommand::Check(*check)),
            Check::Flag(unwanted) => {
                for flag in *unwanted {
                    for_programs(flag.programs, OfCommand::Flag(flag));
                }
            }
            Check::Unused(_) | Check::Decides(..) => {}
            check => calls.file.push((place, check)),
        }
    }
    calls
});

/// Names are mostly told apart by their length.
const fn key(program: &str) -> (usize, &str) {
    (program.len(), program)
}

/// The rules that run under `settings`, by their place among all.
fn enabled(calls: &Calls, settings: &Settings) -> Vec<Option<Speaker>> {
    let filter = RuleFilter::new(settings);
    let enabled =
        |speaker: &Speaker| filter.runs_at(speaker.rule).map(|level| Speaker { level, ..*speaker });
    calls.speakers.iter().map(enabled).collect()
}

/// The rules that run in each set, where nobody has chosen otherwise.
static IN_SET: LazyLock<[Vec<Option<Speaker>>; 4]> = LazyLock::new(|| {
    RuleSet::ALL.map(|set| enabled(&CALLS, &Settings { set, ..Settings::default() }))
});

/// What the enabled rules find, comments left aside.
fn findings(facts: &Context<'_, '_>, settings: &Settings) -> Vec<Diagnostic> {
    let (model, calls) = (facts.model, &*CALLS);
    let chosen;
    let speakers: &[_] = if settings.ignored.is_empty() && settings.levels.is_empty() {
        IN_SET.get(settings.set as usize).map_or(&[][..], |speakers| speakers)
    } else {
        chosen = enabled(calls, settings);
        &chosen
    };
    let mut cx = facts.again(settings);
    for (place, check) in &calls.file {
        if let Some(Some(speaker)) = speakers.get(*place) {
            cx.speaker = speaker;
            of_file(check, &mut cx);
        }
    }
    for step in &model.globals {
        of_step(&Site { stage: None, step }, speakers, &mut cx);
    }
    // Stage by stage, so that what a rule has read is still at hand for the next one.
    for stage in &model.stages {
        for (place, check) in &calls.stage {
            if let Some(Some(speaker)) = speakers.get(*place) {
                cx.speaker = speaker;
                check(stage, &mut cx);
            }
        }
        for step in std::iter::once(&stage.from).chain(&stage.steps) {
            of_step(&Site { stage: Some(stage), step }, speakers, &mut cx);
        }
    }
    keep_what_the_peer_says(&mut cx.found, settings);
    cx.found
}

fn of_step<'c>(site: &Site<'_, '_>, speakers: &'c [Option<Speaker>], cx: &mut Context<'c, '_>) {
    let calls = &*CALLS;
    let of_keyword = calls.by_keyword.get(site.step.keyword() as usize);
    for (place, check) in of_keyword.into_iter().flatten() {
        if let Some(Some(speaker)) = speakers.get(*place) {
            cx.speaker = speaker;
            check(site, cx);
        }
    }
    let hadolint = cx.follows(RuleSet::Hadolint);
    // What the shell would refuse, hadolint does not read at all.
    if site.step.run().is_none() || (hadolint && !site.step.script.whole) {
        return;
    }
    for command in &site.step.script.commands {
        let program = if hadolint { as_hadolint(command) } else { command.program() };
        let named = calls.by_program.binary_search_by_key(&key(program), |(name, _)| key(name));
        let named = named.ok().and_then(|at| calls.by_program.get(at));
        let named = named.into_iter().flat_map(|(_, checks)| checks);
        for (place, check) in named.chain(&calls.any_program) {
            let Some(Some(speaker)) = speakers.get(*place) else { continue };
            cx.speaker = speaker;
            match check {
                OfCommand::Check(check) => check(command, site, cx),
                OfCommand::Flag(flag) => unwanted::check(flag, command, cx),
            }
        }
    }
}

fn of_file(check: &Check, cx: &mut Context<'_, '_>) {
    match *check {
        Check::File(check) => check(cx),
        Check::Refused(kinds) => {
            for refusal in cx.refusals.iter().filter(|refusal| kinds.contains(&refusal.kind)) {
                cx.report_refusal(refusal);
            }
        }
        Check::Scripts => scripts::check(cx),
        Check::Label(kind, message) => label::check(kind, message, cx),
        _ => {}
    }
}

/// The program that hadolint sees: with its folder, but behind `exec` and the like.
fn as_hadolint(command: &Command) -> &str {
    let path = command.program_path();
    let mut words = command.arguments().iter().map(|word| word.text.as_str());
    match path {
        "command" if command.has("-v") || command.has("-V") => path,
        "builtin" | "busybox" | "command" | "exec" => {
            words.find(|word| !word.starts_with('-')).unwrap_or(path)
        }
        _ => path,
    }
}

/// Names in comments that silence nothing, neither here nor in the linter whose code they are.
fn unused(suppressions: &mut Suppressions, cx: Context<'_, '_>) -> Vec<Diagnostic> {
    let filter = RuleFilter::new(cx.settings);
    let reporter = CALLS.speakers.iter().find_map(|speaker| match speaker.rule.check {
        Check::Unused(check) => {
            Some((Speaker { level: filter.level(speaker.rule)?, ..*speaker }, check))
        }
        _ => None,
    });
    let Some((speaker, check)) = reporter else { return Vec::new() };
    for (set, is_code) in PEERS {
        let spoken = suppressions.unused().iter().any(|silencer| is_code(&silencer.name.text));
        if spoken && cx.settings.set != set {
            let settings = Settings { set, ..cx.settings.clone() };
            findings(&cx, &settings).iter().for_each(|found| {
                suppressions.silences(found);
            });
        }
    }
    let mut cx = Context { speaker: &speaker, ..cx };
    for silencer in suppressions.unused().into_iter().take(MOST_UNUSED) {
        let name = &silencer.name.text;
        let mut meant = meant(name).peekable();
        let known = meant.peek().is_some();
        // ShellCheck's codes are not ours to judge, and a rule that is off may be on elsewhere.
        if !name.starts_with("SC") && (!known || meant.any(|rule| filter.level(rule).is_some())) {
            check(silencer, known, &mut cx);
        }
    }
    cx.found
}

/// So many unused names are reported; each is looked up among all names of all rules.
const MOST_UNUSED: usize = 200;

/// Linters whose users leave comments with their codes in a file.
const PEERS: [(RuleSet, IsCode); 2] = [
    (RuleSet::Hadolint, |name| name.starts_with("DL")),
    (RuleSet::BuildKit, |name| name.starts_with(|first: char| first.is_ascii_uppercase())),
];

type IsCode = fn(&str) -> bool;

/// The rule of a context in which none is running.
static NOBODY: Rule = Rule {
    name: "",
    aliases: &[],
    area: super::Area::Parse,
    level: Level::Info,
    recommended: false,
    since: "",
    check: Check::Refused(&[]),
};

type OfStage = fn(&Stage<'_>, &mut Context<'_, '_>);
type OfStep = fn(&Site<'_, '_>, &mut Context<'_, '_>);

/// A check of one command.
#[derive(Clone, Copy)]
enum OfCommand {
    Check(fn(&Command, &Site<'_, '_>, &mut Context<'_, '_>)),
    Flag(&'static UnwantedFlag),
}

/// In the set of a peer, a finding of a rule that the peer shares stays only if the peer has a code
/// for this very case.
fn keep_what_the_peer_says(found: &mut Vec<Diagnostic>, settings: &Settings) {
    let is_buildkit = |code: &&'static str| !code.starts_with("DL") && !code.starts_with("SC");
    if matches!(settings.set, RuleSet::Recommended | RuleSet::All) {
        return;
    }
    found.retain(|diagnostic| {
        let shared = super::named(diagnostic.rule).is_some_and(|rule| rule.is_in(settings.set));
        !shared
            || match settings.set {
                RuleSet::Hadolint => diagnostic.codes.iter().any(|code| !is_buildkit(code)),
                RuleSet::BuildKit => diagnostic.codes.iter().any(is_buildkit),
                RuleSet::Recommended | RuleSet::All => true,
            }
    });
}
