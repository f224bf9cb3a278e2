//! Runs the rules over one file.

use super::suppress::{Suppressions, meant};
use super::{Check, Context, Rule, Site, UnwantedFlag, label, scripts, unwanted};
use crate::diagnostic::{Diagnostic, Level};
use crate::image::Image;
use crate::model::Model;
use crate::model::ignore::IgnoreFile;
use crate::order;
use crate::report::{RuleSet, Settings, Workspace};
use crate::shell::Command;
use crate::shellcheck::ShellLinter;
use crate::source::LineIndex;
use crate::syntax::{Keyword, Refusal};
use std::collections::HashMap;

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
        scripts,
        rule: &NOBODY,
        level: Level::Info,
        found: Vec::new(),
    };
    let mut found = findings(facts.again(settings));
    let mut suppressions = Suppressions::of(model, settings);
    suppressions.apply(&mut found);
    found.extend(unused(&mut suppressions, facts));
    // By place, and at the same place by name: rules are sorted by name.
    let rank = |name: &str| super::all().partition_point(|rule| rule.name < name);
    order::by_number(&mut found, |found| rank(found.rule) as u64);
    order::by_span(&mut found, |found| found.span);
    let decisive: Vec<_> = found.iter().filter(|found| found.impact.is_some()).cloned().collect();
    let filter = RuleFilter::new(settings);
    let is_shown = |rule| super::find(rule).is_some_and(|rule| filter.level(rule).is_some());
    found.retain(|found| found.impact.is_none() || is_shown(found.rule));
    Findings { diagnostics: found, decisive }
}

/// What the enabled rules find, comments left aside.
fn findings(mut cx: Context<'_, '_>) -> Vec<Diagnostic> {
    let (settings, model, refusals) = (cx.settings, cx.model, cx.refusals);
    let filter = RuleFilter::new(settings);
    let enabled = super::all().iter().filter_map(|rule| Some((*rule, filter.runs_at(rule)?)));
    let mut by_keyword: HashMap<Keyword, Vec<Instructed>> = HashMap::new();
    let mut by_program: HashMap<&str, Vec<(&'static Rule, Level, OfCommand)>> = HashMap::new();
    let mut any_program: Vec<(&'static Rule, Level, OfCommand)> = Vec::new();
    for (rule, level) in enabled {
        (cx.rule, cx.level) = (rule, level);
        let check = match &rule.check {
            Check::Decides(_, check) => check,
            check => check,
        };
        match *check {
            Check::File(check) => check(&mut cx),
            Check::Stage(check) => model.stages.iter().for_each(|stage| check(stage, &mut cx)),
            Check::Instruction(keywords, check) => {
                for keyword in keywords {
                    by_keyword.entry(*keyword).or_default().push((rule, level, check));
                }
            }
            Check::Command([], check) => any_program.push((rule, level, OfCommand::Check(check))),
            Check::Command(programs, check) => {
                for program in programs {
                    let entry = (rule, level, OfCommand::Check(check));
                    by_program.entry(program).or_default().push(entry);
                }
            }
            Check::Flag(unwanted) => {
                for flag in unwanted {
                    for program in flag.programs {
                        let entry = (rule, level, OfCommand::Flag(flag));
                        by_program.entry(program).or_default().push(entry);
                    }
                }
            }
            Check::Refused(kinds) => {
                for refusal in refusals.iter().filter(|refusal| kinds.contains(&refusal.kind)) {
                    cx.report_refusal(refusal);
                }
            }
            Check::Scripts => scripts::check(&mut cx),
            Check::Label(kind, message) => label::check(kind, message, &mut cx),
            Check::Unused(_) | Check::Decides(..) => {}
        }
    }
    for (stage, step) in model.steps() {
        let site = Site { stage, step };
        for (rule, level, check) in by_keyword.get(&step.keyword()).into_iter().flatten() {
            (cx.rule, cx.level) = (rule, *level);
            check(&site, &mut cx);
        }
        // What the shell would refuse, hadolint does not read at all.
        let readable = step.script.whole || settings.set != RuleSet::Hadolint;
        let reads = step.run().is_some() && readable;
        let commands: &[Command] = if reads { &step.script.commands } else { &[] };
        for command in commands {
            let hadolint = settings.set == RuleSet::Hadolint;
            let program = if hadolint { as_hadolint(command) } else { command.program() };
            let named = by_program.get(program).into_iter().flatten();
            for (rule, level, check) in named.chain(&any_program) {
                (cx.rule, cx.level) = (rule, *level);
                match check {
                    OfCommand::Check(check) => check(command, &site, &mut cx),
                    OfCommand::Flag(flag) => unwanted::check(flag, command, &mut cx),
                }
            }
        }
    }
    keep_what_the_peer_says(&mut cx.found, settings);
    cx.found
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
    let reporter = super::all().iter().find_map(|rule| match rule.check {
        Check::Unused(check) => Some((*rule, filter.level(rule)?, check)),
        _ => None,
    });
    let Some((rule, level, check)) = reporter else { return Vec::new() };
    for (set, is_code) in PEERS {
        let spoken = suppressions.unused().iter().any(|silencer| is_code(&silencer.name.text));
        if spoken && cx.settings.set != set {
            let settings = Settings { set, ..cx.settings.clone() };
            let findings = findings(cx.again(&settings));
            findings.iter().for_each(|found| {
                suppressions.silences(found);
            });
        }
    }
    let mut cx = Context { rule, level, ..cx };
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

/// A check of one command.
enum OfCommand {
    Check(fn(&Command, &Site<'_, '_>, &mut Context<'_, '_>)),
    Flag(&'static UnwantedFlag),
}

type Instructed = (&'static Rule, Level, fn(&Site<'_, '_>, &mut Context<'_, '_>));

/// In the set of a peer, a finding of a rule that the peer shares stays only if the peer has a code
/// for this very case.
fn keep_what_the_peer_says(found: &mut Vec<Diagnostic>, settings: &Settings) {
    let is_buildkit = |code: &&'static str| !code.starts_with("DL") && !code.starts_with("SC");
    found.retain(|diagnostic| {
        let shared = super::find(diagnostic.rule).is_some_and(|rule| rule.is_in(settings.set));
        !shared
            || match settings.set {
                RuleSet::Hadolint => diagnostic.codes.iter().any(|code| !is_buildkit(code)),
                RuleSet::BuildKit => diagnostic.codes.iter().any(is_buildkit),
                RuleSet::Recommended | RuleSet::All => true,
            }
    });
}
