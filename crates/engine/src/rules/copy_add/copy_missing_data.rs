//! COPY of certificates or zone data from a stage that has none.

use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::{BaseFacts, Image, chain};
use crate::model::{Stage, UseKind, UseTarget};
use crate::rules::install::install;
use crate::rules::{Area, Check, Context, Rule};
use crate::syntax::Body;
use crate::text::Text;

pub const RULE: Rule = Rule {
    name: "copy-missing-data",
    aliases: &[],
    area: Area::CopyAdd,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    for used in stage.uses.iter().filter(|used| used.kind == UseKind::Copy) {
        let from = match &used.target {
            UseTarget::Stage(from) if *from < stage.index => From::Stage(*from),
            UseTarget::Image(image) => From::Image(&image.text, BaseFacts::of(image)),
            _ => continue,
        };
        let Some(step) = stage.steps.get(used.step) else { continue };
        let Body::Copy(copy) = step.body() else { continue };
        for source in &copy.sources {
            let Some(path) = step.text(source) else { continue };
            let path = format!("/{}", path.trim_matches('/'));
            let package = match path.as_str() {
                "/etc/ssl/certs/ca-certificates.crt" => "ca-certificates",
                _ if path == "/usr/share/zoneinfo" || path.starts_with("/usr/share/zoneinfo/") => {
                    "tzdata"
                }
                _ => continue,
            };
            let builder = match &from {
                From::Image(name, base) => {
                    if base_lacks(package, base) {
                        let message =
                            format!("`{name}` has no `{path}` without the package {package}");
                        cx.report(source.span, message);
                    }
                    continue;
                }
                From::Stage(from) if lacks(package, &path, *from, cx) => cx.model.stages.get(*from),
                From::Stage(_) => continue,
            };
            let Some(builder) = builder else { continue };
            let base = cx.model.root(builder).base_text();
            let message = format!("`{base}` has no `{path}` without the package {package}");
            let manager = cx.image(builder).and_then(|image| image.base.row()?.package_manager);
            let root = cx.image(builder).is_some_and(|image| image.user.is_none());
            let run = manager.filter(|_| root).and_then(|manager| install(manager, package));
            let end = builder.from.instruction.span();
            let found = cx.report(source.span, message);
            let found = found.related(builder.base_span(), "the image without it");
            if let Some(run) = run {
                let edit = Edit::insert(end.end, format!("\n{run}"));
                found.unsafe_fix(format!("Install {package} there"), vec![edit]);
            }
        }
    }
}

/// Whence it is copied.
enum From<'m> {
    Stage(usize),
    Image(&'m str, BaseFacts),
}

fn base_lacks(package: &str, base: &BaseFacts) -> bool {
    let brings = base.row().and_then(|row| match package {
        "tzdata" => row.time_zones,
        _ => row.ca_certificates,
    });
    brings == Some(false)
}

/// Whether neither the base nor anything that is known of the stage brings the data.
fn lacks(package: &str, path: &str, from: usize, cx: &Context<'_, '_>) -> bool {
    let by_base = cx.images.get(from).is_some_and(|image| base_lacks(package, &image.base));
    let above = |at: &str| {
        let rest = path.strip_prefix(at.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) || at.starts_with(path)
    };
    let open = |image: &Image| {
        // curl, wget and git recommend certificates.
        let brings = |name: &Text| {
            matches!(name.as_str(), "curl" | "wget" | "git" | "openssl" | "gnupg")
                || name == package
        };
        image.unfollowed.paths().any(above)
            || image.files.get(path).is_some()
            || image.files.below(path).next().is_some()
            || image.packages.iter().any(brings)
    };
    by_base && !chain(cx.images, from).any(open)
}
