//! ADD where COPY is enough.

use crate::diagnostic::{Edit, Level};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Origin, Word, base_name, is_archive, is_tarball};

pub const RULE: Rule = Rule {
    name: "add-for-copy",
    aliases: &[
        "hadolint:DL3020",
        "tally:hadolint/DL3020",
        "trivy:DS-0005",
        "checkov:CKV_DOCKER_4",
        "kics:AddInsteadOfCopy",
        "semgrep:prefer-copy-over-add",
        "dockle:CIS-DI-0009",
        "droast:DF006",
        "sonar:S7029",
    ],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Add], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let Body::Add(copy) = &statement.body else { return };
    if cx.follows(RuleSet::Hadolint) {
        let needs_add = |source: &Word| is_archive(source.bare()) || is_url(source.bare());
        if !copy.sources.iter().all(needs_add) {
            cx.report(
                statement.keyword_word.span,
                "COPY is enough for at least one of the sources",
            );
        }
        return;
    }
    let only_add = |name: &str| matches!(name, "checksum" | "keep-git-dir" | "unpack");
    if statement.flags.iter().any(|flag| only_add(&flag.name)) {
        return;
    }
    let mut certain = true;
    for source in &copy.sources {
        let Some(text) = site.step.text(source) else { return };
        // A wildcard may match archives among others.
        let is_open = base_name(text).ends_with(['*', '?', ']']);
        if Origin::of(text) != Origin::Files || is_archive(text) || is_tarball(text) || is_open {
            return;
        }
        certain &= has_other_ending(text);
    }
    let word = &statement.keyword_word;
    let found = cx.report(word.span, "COPY is enough: there is nothing to fetch and to unpack");
    let lower = word.text.starts_with('a');
    let edit = Edit::replace(word.span, if lower { "copy" } else { "COPY" });
    if certain {
        found.safe_fix("Write COPY", vec![edit]);
    } else {
        let title = "Write COPY, which unpacks nothing, should a source be an archive all the same";
        found.unsafe_fix(title, vec![edit]);
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Whether the name says that it is a folder, or a file that is no archive.
fn has_other_ending(text: &str) -> bool {
    let name = base_name(text);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(name, "" | "." | "..") || ending.chars().any(|ch| ch.is_ascii_alphabetic())
}
