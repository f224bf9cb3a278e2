//! The one door to the engine: no other file of this crate calls a function of it.

use engine::catalog::{Claim, Stack};
use engine::checklist::Item;
use engine::diagnostic::{Applicability, Diagnostic, Edit, Fix, Level};
use engine::explain::{Explanation, Recognised};
use engine::export::Linted;
use engine::fix::Applied;
use engine::lesson::{Goal, Stand};
use engine::moves::Move;
use engine::rules::{Area, Rule};
use engine::size::{BaseRow, Consequences, Estimate, Fleet, Range, Savings, Verdict};
use engine::source::Utf16Cursor;
use engine::{LabelKind, Project, Report, Settings, Workspace};

use crate::analysis::Analysis;
use crate::services::shellcheck::Answers;
use crate::state::{Export, Loudness, Many};

pub use engine::order::of_numbers as order;
pub use engine::syntax::{Token, TokenKind, highlight, highlight_ignore};

/// What the page shows of a rule without its page.
#[derive(Clone)]
pub struct RuleInfo {
    rule: &'static Rule,
    /// Name, as in `untagged-base`.
    pub name: &'static str,
    /// Its own level.
    pub level: Level,
    /// Bare codes of other linters.
    pub codes: Vec<&'static str>,
    /// What it is about, as a heading.
    pub area: &'static str,
}

/// The report on a workspace.
pub fn analyze(workspace: &Workspace, settings: &Settings) -> Report {
    engine::analyze_with(workspace, settings, Some(&Answers::begin()))
}

/// What an error message means, with the causes that the rules find.
pub fn explain(
    recognised: &Recognised,
    workspace: &Workspace,
    settings: &Settings,
) -> Vec<Explanation> {
    engine::explain::judge(recognised, workspace, settings)
}

/// The text after those of the fixes that fit together.
pub fn apply(text: &str, fixes: &[&Fix]) -> Applied {
    engine::fix::apply(text, fixes)
}

/// The text after many fixes, also those that the first ones make possible.
pub fn apply_many(workspace: &Workspace, settings: &Settings, many: Many) -> Applied {
    let wanted = |found: &Diagnostic| match many {
        Many::Rule(name) => name_of_finding(found) == name,
        Many::Safe => {
            found.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe)
        }
        Many::All => true,
    };
    engine::fix::apply_where(workspace, settings, Some(&Answers::begin()), &wanted)
}

/// The name that settings know a finding by: the linter of scripts is one rule with many codes.
pub fn name_of_finding(found: &Diagnostic) -> &'static str {
    let code = found.codes.first().filter(|_| found.rule == "shellcheck");
    code.copied().unwrap_or(found.rule)
}

/// The text after some edits that do not touch each other.
pub fn edit(text: &str, edits: &[Edit]) -> String {
    engine::fix::edit(text, edits)
}

/// The same program on each base image.
pub fn bases(text: &str, project: &Project, report: &Report) -> Vec<BaseRow> {
    let (dockerfile, project) = (text.to_owned(), project.clone());
    engine::bases(&Workspace { dockerfile, project, ..Workspace::default() }, report)
}

/// The way of a Dockerfile to another base of the table.
pub fn to_base(text: &str, project: &Project, reference: &str) -> Result<Move, String> {
    let (dockerfile, project) = (text.to_owned(), project.clone());
    engine::moves::to_base(&Workspace { dockerfile, project, ..Workspace::default() }, reference)
}

/// How big the image of another Dockerfile would be, unpacked, and whether it would start.
pub fn judge(text: String, project: &Project) -> (Option<Range>, Verdict) {
    let workspace =
        Workspace { dockerfile: text, project: project.clone(), ..Workspace::default() };
    let report = engine::analyze_with(&workspace, &Settings::default(), None);
    (report.estimate.and_then(|estimate| estimate.size.unpacked), report.verdict)
}

/// How the conditions of a lesson stand, and whether it is solved.
pub fn judge_lesson(goals: &[Goal], text: &str) -> (Vec<Stand>, bool) {
    engine::lesson::judge(goals, text)
}

/// How one condition stands.
pub fn stand(goal: &Goal, text: &str, report: &Report, found: &[&Diagnostic]) -> Stand {
    goal.stand(text, report, found)
}

/// Whether there is something to build, and it would be built.
pub fn is_built(report: &Report) -> bool {
    engine::lesson::is_built(report)
}

/// The names and codes of all rules, a line for each.
pub fn rule_names() -> String {
    let mut names = String::new();
    for rule in engine::rules::all() {
        for name in std::iter::once(rule.name).chain(rule.codes()) {
            names.push_str(name);
            names.push('\n');
        }
    }
    names
}

/// The ready-to-ship list, judged; empty where the text has no stage.
pub fn checklist(analysis: &Analysis, project: &Project) -> Vec<Item> {
    let ignore = &analysis.ignore.text;
    let workspace = Workspace {
        dockerfile: analysis.text.to_string(),
        dockerignore: (!ignore.is_empty()).then(|| ignore.to_string()),
        project: project.clone(),
    };
    engine::checklist(&workspace)
}

/// The same as Markdown.
pub fn checklist_markdown(items: &[Item]) -> String {
    engine::checklist::markdown(items)
}

/// How many of its points are done, and how many apply.
pub fn checklist_score(items: &[Item]) -> (usize, usize) {
    engine::checklist::score(items)
}

/// The same as a small picture: as SVG, or as Markdown.
pub fn checklist_badge(items: &[Item], as_markdown: bool) -> String {
    match as_markdown {
        true => engine::checklist::badge_markdown(items),
        false => engine::checklist::badge(items),
    }
}

/// What would make the image smaller, as far as the findings that are shown tell.
pub fn savings(analysis: &Analysis, project: &Project) -> Option<Savings> {
    let (dockerfile, project) = (analysis.text.to_string(), project.clone());
    let workspace = Workspace { dockerfile, project, ..Workspace::default() };
    let found: Vec<&Diagnostic> = analysis.findings.iter().map(|found| &found.diagnostic).collect();
    engine::size::savings(&workspace, &found)
}

/// The measured kinds of programs: name and title.
pub fn profiles() -> impl Iterator<Item = (&'static str, &'static str)> {
    engine::catalog::go_profiles().iter().map(|profile| (profile.name, profile.title))
}

/// What follows from the size of an image.
pub fn consequences(estimate: &Estimate, fleet: &Fleet) -> Option<Consequences> {
    engine::size::consequences(estimate, fleet)
}

/// The smallest services of other languages.
pub fn stacks() -> &'static [Stack] {
    engine::catalog::stacks()
}

/// What guides say of the size of base images.
pub fn claims() -> &'static [Claim] {
    engine::catalog::claims()
}

/// Where a byte is after these edits.
pub fn moved(byte: u32, edits: &[Edit]) -> u32 {
    let before = edits.iter().take_while(|edit| edit.span.start <= byte);
    before.fold(i64::from(byte), |at, edit| {
        let inside = edit.span.end.saturating_sub(byte);
        let length = i64::from(edit.span.len()) - i64::from(inside);
        at + edit.text.len() as i64 - length
    }) as u32
}

/// What the settings say of a rule.
pub fn loudness(rule: &RuleInfo, settings: &Settings) -> Loudness {
    let is_meant = |name: &String| rule.rule.answers_to(name);
    if settings.ignored.iter().any(is_meant) {
        return Loudness::Off;
    }
    let own = settings.levels.iter().rev().find(|(name, _)| is_meant(name));
    own.map_or(Loudness::Default, |(_, level)| Loudness::At(*level))
}

/// The level of a rule where the settings have no own one; `None` if it is silent then.
pub fn default_level(rule: &RuleInfo, settings: &Settings) -> Option<Level> {
    rule.rule.is_in(settings.set).then_some(rule.level)
}

/// The level of the rule of that name or code, if there is one.
pub fn level_of(name: &str) -> Option<Level> {
    engine::rules::all().iter().find(|rule| rule.answers_to(name)).map(|rule| rule.level)
}

/// Settings that say this of a rule, and of all others what they said before.
pub fn with_loudness(settings: &Settings, rule: &RuleInfo, to: Loudness) -> Settings {
    let mut new = Settings { ignored: Vec::new(), levels: Vec::new(), ..settings.clone() };
    // A code may stand for several rules; the others go on by their own names.
    let others = |name: &str| -> Vec<String> {
        if !rule.rule.answers_to(name) {
            return vec![name.to_owned()];
        }
        let others = engine::rules::all().iter().filter(|other| other.name != rule.name);
        others.filter(|other| other.answers_to(name)).map(|other| other.name.to_owned()).collect()
    };
    for name in &settings.ignored {
        new.ignored.extend(others(name));
    }
    for (name, level) in &settings.levels {
        new.levels.extend(others(name).into_iter().map(|name| (name, *level)));
    }
    match to {
        Loudness::Default => {}
        Loudness::Off => new.ignored.push(rule.name.to_owned()),
        Loudness::At(level) => new.levels.push((rule.name.to_owned(), level)),
    }
    new
}

/// The edit that silences the finding for its instruction only, if an instruction has it.
pub fn silence(text: &str, diagnostic: &Diagnostic) -> Option<Edit> {
    // Our own name is unknown to hadolint, so a code of its kind comes first.
    let known = |code: &&&str| code.starts_with("DL") || code.starts_with("SC");
    let name = diagnostic.codes.iter().find(known).unwrap_or(&diagnostic.rule);
    engine::pragma::silence(text, diagnostic.instruction_line, name)
}

/// The name of a kind of label in settings.
pub fn name_of(kind: LabelKind) -> &'static str {
    let named = LabelKind::ALL.iter().find(|(_, of)| *of == kind);
    named.map_or("", |(name, _)| name)
}

/// The findings in one of the forms that other programs read; `base` is the address of the page.
pub fn export(to: Export, text: &str, diagnostics: &[Diagnostic], base: &str) -> String {
    let files = [Linted { name: "Dockerfile", text, diagnostics }];
    let help = |rule: &str| Some(format!("{base}#rule/{rule}"));
    match to {
        Export::Sarif => engine::export::sarif(&files, &help),
        Export::Markdown => engine::export::markdown(&files, &help),
        _ => engine::export::json(&files),
    }
}

/// The settings as a configuration file of hadolint.
pub fn config(settings: &Settings) -> String {
    engine::config::write(settings)
}

/// The settings of a configuration file, and what of it was not understood. What hadolint has no
/// setting for stays as it is.
pub fn read_config(text: &str, settings: &Settings) -> (Settings, Vec<String>) {
    let (set, max_lines) = (settings.set, settings.max_lines);
    let base = Settings { set, max_lines, ..Settings::default() };
    let config = engine::config::read(text, &base);
    let messages = config.messages.iter().map(|at| format!("Line {}: {}", at.line, at.text));
    (config.settings, messages.collect())
}

/// The UTF-16 offset of a byte.
pub fn utf16_of(text: &str, byte: u32) -> u32 {
    Utf16Cursor::new(text).to_utf16(byte)
}

/// The byte of a UTF-16 offset.
pub fn byte_of(text: &str, utf16: u32) -> u32 {
    engine::source::byte_offset_of_utf16(text, utf16)
}

/// Every rule, by area and name.
pub fn rules() -> Vec<RuleInfo> {
    let rules = engine::rules::all();
    order(rules.iter().map(|rule| rule.area as u64))
        .into_iter()
        .map(|index| rules[index])
        .map(|rule| RuleInfo {
            rule,
            name: rule.name,
            level: rule.level,
            codes: rule.codes().collect(),
            area: heading(rule.area),
        })
        .collect()
}

const fn heading(area: Area) -> &'static str {
    match area {
        Area::Parse => "Syntax",
        Area::From => "FROM and stages",
        Area::ArgEnv => "ARG and ENV",
        Area::Run => "RUN",
        Area::Packages => "Package managers",
        Area::CopyAdd => "COPY and ADD",
        Area::UserWorkdirExpose => "USER, WORKDIR, EXPOSE and VOLUME",
        Area::Runtime => "CMD, ENTRYPOINT and health checks",
        Area::Labels => "Labels",
        Area::Style => "Style",
        Area::Go => "Go programs",
        Area::Ecosystems => "Other languages and systems",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::source::Span;

    #[test]
    fn a_choice_for_one_rule_leaves_the_others_of_its_code() {
        let all = rules();
        let (code, pair) = all
            .iter()
            .flat_map(|rule| rule.codes.iter().copied())
            .find_map(|code| {
                let pair: Vec<_> = all.iter().filter(|rule| rule.rule.answers_to(code)).collect();
                (pair.len() > 1).then_some((code, pair))
            })
            .unwrap();
        let settings = Settings {
            ignored: vec![code.to_owned(), "SC9999".to_owned()],
            levels: vec![(code.to_owned(), Level::Info)],
            ..Settings::default()
        };
        let changed = with_loudness(&settings, pair[0], Loudness::At(Level::Error));
        assert_eq!(loudness(pair[0], &changed), Loudness::At(Level::Error));
        assert_eq!(loudness(pair[1], &changed), Loudness::Off);
        assert!(changed.ignored.contains(&"SC9999".to_owned()));
        let back = with_loudness(&changed, pair[0], Loudness::Default);
        assert_eq!(loudness(pair[0], &back), Loudness::Default);
        assert_eq!(loudness(pair[1], &back), Loudness::Off);
    }

    #[test]
    fn a_place_moves_with_the_text_before_it() {
        let text = "from   a\ncmd b";
        let edits =
            [Edit::replace(Span::new(0, 7), "FROM "), Edit::replace(Span::new(9, 12), "CMD")];
        let after = edit(text, &edits);
        let of = |text: &str, words: &str| text.find(words).unwrap() as u32;
        assert_eq!(moved(of(text, "b"), &edits), of(&after, "b"));
        assert_eq!(moved(of(text, "a"), &edits), of(&after, "a"));
        assert_eq!(moved(0, &[Edit::insert(0, "xy")]), 2);
    }

    #[test]
    fn default_levels_are_those_of_the_set() {
        let all = rules();
        let rule = all.iter().find(|rule| rule.name == "untagged-base").unwrap();
        for (set, level) in
            [(engine::RuleSet::All, Some(rule.level)), (engine::RuleSet::BuildKit, None)]
        {
            let settings = Settings { set, ..Settings::default() };
            assert_eq!(default_level(rule, &settings), level);
        }
    }
}
