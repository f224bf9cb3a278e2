//! TZ in an image without zone data.

use crate::catalog::{PackageManager, Toolchain};
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{BaseFacts, Origin, Started, What, chain};
use crate::model::{Base, Stage};
use crate::rules::install::install;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};
use crate::text::Text;

pub const RULE: Rule = Rule {
    name: "time-zone-missing",
    aliases: &[],
    area: Area::ArgEnv,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Use, &Check::Instruction(&[Keyword::Env], check)),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Env(pairs) = site.step.body() else { return };
    let Some(stage) = site.stage.filter(|stage| !stage.is_base) else { return };
    let pair = pairs.iter().find(|pair| pair.key.text == "TZ");
    let Some((pair, zone)) = pair.and_then(|pair| Some((pair, site.step.text(&pair.value)?)))
    else {
        return;
    };
    if !zone.contains('/') || zone.starts_with([':', '/']) || brings_own(stage, cx) {
        return;
    }
    if !lacks_zones(stage, cx) {
        return;
    }
    let base = cx.model.root(stage).base_text();
    let message = format!("`{base}` has no zone data, so the time zone stays UTC");
    let fix = mended(site, stage, cx);
    let started = cx.started(stage);
    let found = cx.report(pair.value.span, message);
    // A program of Go may hold the data in itself.
    let found = match started {
        Started::File(_, file) if matches!(file.origin, Origin::Built(_)) => {
            found.level(Level::Info).spoils(None)
        }
        _ => found,
    };
    if let Some((title, edit)) = fix {
        found.unsafe_fix(title, vec![edit]);
    }
}

/// Java and Node read zones of their own.
fn brings_own(stage: &Stage<'_>, cx: &Context<'_, '_>) -> bool {
    let Some(image) = cx.image(stage) else { return true };
    let language = image.base.row().is_some_and(|row| {
        matches!(row.toolchain, Some(Toolchain::Java | Toolchain::Node | Toolchain::Php))
            || row.env.iter().any(|name| name.starts_with("JAVA"))
    });
    let packaged = |name: &Text| {
        ["tzdata", "jdk", "jre", "java", "node", "php", "chromium"]
            .iter()
            .any(|part| name.contains(part))
    };
    language || chain(cx.images, stage.index).any(|image| image.packages.iter().any(packaged))
}

fn lacks_zones(stage: &Stage<'_>, cx: &Context<'_, '_>) -> bool {
    let Some(image) = cx.image(stage) else { return false };
    let by_base = match image.base {
        BaseFacts::Scratch => true,
        BaseFacts::Known(found) => found.image.time_zones == Some(false),
        BaseFacts::Unknown => false,
    };
    let layers = || chain(cx.images, stage.index).flat_map(|image| &image.layers);
    let copied = || {
        let mut added = layers().flat_map(|layer| &layer.additions);
        added.any(|added| matches!(added.what, What::TimeZones(_) | What::ZoneArchive))
    };
    let open = |image: &crate::image::Image| {
        ["/", "/usr", "/usr/share", "/usr/share/zoneinfo"]
            .iter()
            .any(|at| image.unfollowed.contains(at))
    };
    by_base && !copied() && !chain(cx.images, stage.index).any(open)
}

fn mended(site: &Site<'_, '_>, stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<(String, Edit)> {
    let image = cx.image(stage)?;
    let at = site.step.instruction.span().start;
    if let Some(row) = image.base.row() {
        let manager = row.package_manager?;
        let is_root = stage.steps_of(Keyword::User).next().is_none() && row.user == "root";
        // Ubuntu's package asks questions, and slim Debian has the data.
        let run =
            install(manager, "tzdata").filter(|_| manager == PackageManager::Apk && is_root)?;
        return Some(("Install tzdata".to_owned(), Edit::insert(at, format!("{run}\n"))));
    }
    let has = |other: &&Stage<'_>| {
        let row = cx.image(other).and_then(|image| image.base.row());
        other.index < stage.index && row.is_some_and(|row| row.time_zones == Some(true))
    };
    let from = cx.model.stages.iter().find(has).filter(|_| stage.base == Base::Scratch)?;
    let from = from.from_view()?.name.as_ref()?;
    let line = format!("COPY --from={} /usr/share/zoneinfo /usr/share/zoneinfo\n", from.text);
    Some((format!("Copy the zone data of `{}`", from.text), Edit::insert(at, line)))
}
