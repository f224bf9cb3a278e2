//! The changes that follow from a message, where no rule offers one.

use super::places::Finder;
use super::search::{Holes, hole};
use crate::catalog::PackageManager;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::model::UseTarget;
use crate::source::Span;
use crate::suggest::nearest;
use crate::syntax::Body;

/// The change of that name for a place.
pub(super) fn mend(
    finder: &Finder<'_, '_>,
    name: &str,
    span: Span,
    holes: &Holes<'_>,
) -> Option<Fix> {
    let (what, detail) = name.split_once(' ').unwrap_or((name, ""));
    let (title, edit) = match what {
        "chmod" => chmod(finder, span)?,
        "stage" => stage(finder, span)?,
        "go-version" => go_version(finder, span, hole(holes, "wanted")?)?,
        "split" => split(finder, span)?,
        "install" => install(finder, span, detail)?,
        "before" => {
            let (_, step) = finder.step(span)?;
            let line = super::fill(detail, holes);
            let edit = Edit::insert(step.instruction.span().start, format!("{line}\n"));
            (format!("Insert `{line}`"), edit)
        }
        _ => return None,
    };
    Some(Fix { title, applicability: Applicability::Unsafe, edits: vec![edit] })
}

/// Makes what a COPY brings executable.
fn chmod(finder: &Finder<'_, '_>, span: Span) -> Option<(String, Edit)> {
    let (_, step) = finder.step(span)?;
    let statement = &step.instruction.statement;
    if !matches!(statement.body, Body::Copy(_) | Body::Add(_)) || statement.flag("chmod").is_some()
    {
        return None;
    }
    let edit = Edit::insert(statement.arguments.span.start, "--chmod=755 ");
    Some(("Make it executable with `--chmod=755`".to_owned(), edit))
}

/// Writes a name as the stage has it that was probably meant.
fn stage(finder: &Finder<'_, '_>, span: Span) -> Option<(String, Edit)> {
    let written = span.of(finder.model.text);
    let (here, _) = finder.step(span)?;
    let before = finder.model.stages.get(..here).unwrap_or_default();
    let used = || finder.model.stages.get(here)?.uses.iter().find(|used| used.span == span);
    let is_name = used().is_none_or(|used| matches!(used.target, UseTarget::Image(_)));
    let names = before.iter().filter_map(|stage| stage.name.as_deref());
    let name = nearest(written, names).filter(|_| is_name)?;
    Some((format!("Write `{name}`"), Edit::replace(span, name)))
}

/// Takes the release of Go that go.mod asks for.
fn go_version(finder: &Finder<'_, '_>, span: Span, wanted: &str) -> Option<(String, Edit)> {
    let (image, tag) = span.of(finder.model.text).split_once(':')?;
    if !image.ends_with("golang") || tag.contains(['$', '@']) {
        return None;
    }
    let mut numbers = wanted.split('.');
    let (major, minor) = (numbers.next()?, numbers.next()?);
    let minor = minor.split(|ch: char| !ch.is_ascii_digit()).next()?;
    let length = tag.find(|ch: char| !ch.is_ascii_digit() && ch != '.').unwrap_or(tag.len());
    if length == 0 || minor.is_empty() {
        return None;
    }
    let start = span.start + image.len() as u32 + 1;
    let release = format!("{major}.{minor}");
    let place = Span::new(start, start + length as u32);
    Some((format!("Build with Go {release}"), Edit::replace(place, release)))
}

/// Makes several words of one.
fn split(finder: &Finder<'_, '_>, span: Span) -> Option<(String, Edit)> {
    let text = span.of(finder.model.text);
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains(['"', '\\', '\'', '$']) || !inner.trim().contains(' ') {
        return None;
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    let edit = Edit::replace(span, format!("\"{}\"", words.join("\", \"")));
    Some(("Write each word by itself".to_owned(), edit))
}

/// Installs packages before an instruction: those of Alpine, then those of Debian.
fn install(finder: &Finder<'_, '_>, span: Span, names: &str) -> Option<(String, Edit)> {
    let (stage, step) = finder.step(span)?;
    let (alpine, debian) = names.split_once(" / ").unwrap_or((names, names));
    let row = finder.images.get(stage)?.base.row()?;
    let (names, line) = match row.package_manager? {
        PackageManager::Apk => (alpine, format!("RUN apk add --no-cache {alpine}\n")),
        PackageManager::Apt => (
            debian,
            format!(
                "RUN apt-get update && apt-get install -y --no-install-recommends {debian} && rm -rf /var/lib/apt/lists/*\n"
            ),
        ),
        _ => return None,
    };
    Some((format!("Install `{names}` before"), Edit::insert(step.instruction.span().start, line)))
}
