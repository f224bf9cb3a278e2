//! The one door to the engine: no other file of this crate calls a function of it.

use engine::diagnostic::{Applicability, Diagnostic, Edit, Fix, Level};
use engine::fix::Applied;
use engine::rules::Area;
use engine::source::Utf16Cursor;
use engine::{LabelKind, Report, Settings, Workspace};

use crate::order::order;

pub use engine::syntax::{Token, TokenKind, highlight, highlight_ignore};

/// What the page shows of a rule without its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
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
    engine::analyze(workspace, settings)
}

/// The text after those of the fixes that fit together.
pub fn apply(text: &str, fixes: &[&Fix]) -> Applied {
    engine::fix::apply(text, fixes)
}

/// The text after all fixes that lead to the same image, also those that the first ones make
/// possible.
pub fn apply_all_safe(workspace: &Workspace, settings: &Settings) -> Applied {
    engine::fix::apply_all(workspace, settings, Applicability::Safe)
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
