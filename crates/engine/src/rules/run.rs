//! Runs the rules over one file.

use super::suppress::Suppressions;
use super::{Check, Context, Rule, Site};
use crate::diagnostic::{Diagnostic, Level};
use crate::image::Image;
use crate::model::Model;
use crate::model::ignore::IgnoreFile;
use crate::report::{RuleSet, Settings, Workspace};
use crate::shell::Command;
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
}

/// All findings of one file, sorted by place, after settings and comments have had their say.
pub fn run(
    workspace: &Workspace,
    settings: &Settings,
    model: &Model<'_>,
    refusals: &[Refusal],
    images: &[Image],
) -> Vec<Diagnostic> {
    let lines = &LineIndex::new(model.text);
    let filter = RuleFilter::new(settings);
    let enabled: Vec<_> =
        super::all().iter().filter_map(|rule| Some((*rule, filter.level(rule)?))).collect();
    let Some((first, level)) = enabled.first() else { return Vec::new() };
    let ignore = workspace.dockerignore.as_deref().map(IgnoreFile::parse);
    let mut cx = Context {
        text: model.text,
        lines,
        workspace,
        settings,
        tree: model.tree,
        model,
        ignore: ignore.as_ref(),
        refusals,
        images,
        rule: first,
        level: *level,
        found: Vec::new(),
    };
    let mut by_keyword: HashMap<Keyword, Vec<Instructed>> = HashMap::new();
    let mut by_program: HashMap<&str, Vec<Commanded>> = HashMap::new();
    let mut any_program: Vec<Commanded> = Vec::new();
    for (rule, level) in enabled {
        (cx.rule, cx.level) = (rule, level);
        match rule.check {
            Check::File(check) => check(&mut cx),
            Check::Stage(check) => model.stages.iter().for_each(|stage| check(stage, &mut cx)),
            Check::Instruction(keywords, check) => {
                for keyword in keywords {
                    by_keyword.entry(*keyword).or_default().push((rule, level, check));
                }
            }
            Check::Command([], check) => any_program.push((rule, level, check)),
            Check::Command(programs, check) => {
                for program in programs {
                    by_program.entry(program).or_default().push((rule, level, check));
                }
            }
        }
    }
    for (stage, step) in model.steps() {
        let site = Site { stage, step };
        for (rule, level, check) in by_keyword.get(&step.keyword()).into_iter().flatten() {
            (cx.rule, cx.level) = (rule, *level);
            check(&site, &mut cx);
        }
        let commands: &[Command] = if step.run().is_some() { &step.script.commands } else { &[] };
        for command in commands {
            let named = by_program.get(command.program()).into_iter().flatten();
            for (rule, level, check) in named.chain(&any_program) {
                (cx.rule, cx.level) = (rule, *level);
                check(command, &site, &mut cx);
            }
        }
    }
    let mut found = cx.found;
    keep_what_the_peer_says(&mut found, settings);
    Suppressions::of(model, settings).apply(&mut found);
    found.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    found
}

type Instructed = (&'static Rule, Level, fn(&Site<'_, '_>, &mut Context<'_, '_>));
type Commanded = (&'static Rule, Level, fn(&Command, &Site<'_, '_>, &mut Context<'_, '_>));

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
