//! All files of another stage copied over those of this one.

use crate::catalog;
use crate::diagnostic::Level;
use crate::image::BaseFacts;
use crate::model::UseTarget;
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword, Word};

pub const RULE: Rule = Rule {
    name: "copy-whole-filesystem",
    aliases: &["hadolint:DL3067"],
    area: Area::CopyAdd,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Copy], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let statement = &site.step.instruction.statement;
    let (Body::Copy(copy), Some(from)) = (&statement.body, statement.flag_value("from")) else {
        return;
    };
    let hadolint = cx.follows(RuleSet::Hadolint);
    let is_root = |word: &Word, is_source: bool| match site.step.text(word) {
        _ if hadolint => word.bare() == "/",
        Some(path) => {
            let all = path.trim_matches(['/', '.']).is_empty() || (is_source && path == "/*");
            all && !path.contains("..") && (path.starts_with('/') || is_source)
        }
        None => false,
    };
    if !is_root(&copy.destination, false) || !(hadolint || is_system(site, cx)) {
        return;
    }
    if let Some(source) = copy.sources.iter().find(|source| is_root(source, true)) {
        let message = format!("everything of `{}` comes along, tools and caches too", from.text);
        cx.report(source.span, message);
    }
}

/// Whether the source is certainly a whole system: images such as `tonistiigi/xx`, and stages
/// `FROM scratch`, hold a few files that are made to be copied like this.
fn is_system(site: &Site<'_, '_>, cx: &Context<'_, '_>) -> bool {
    let start = site.step.instruction.span().start;
    let uses = site.stage.map_or(&[][..], |stage| &stage.uses);
    let used = uses.get(uses.partition_point(|used| used.span.start < start));
    let row = match used.map(|used| &used.target) {
        Some(UseTarget::Stage(index)) => match cx.images.get(*index).map(|image| image.base) {
            Some(BaseFacts::Known(found)) => Some(found.image),
            _ => None,
        },
        Some(UseTarget::Image(image)) => {
            catalog::base_image(&image.familiar_name(), image.tag.as_deref()).map(|f| f.image)
        }
        _ => None,
    };
    row.is_some_and(|row| row.shell.is_some())
}
