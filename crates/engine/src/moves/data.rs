//! Certificates and time zones: what the program had before, it has afterwards.

use super::{Facts, Plan};
use crate::catalog::BaseImage;
use crate::image::{BaseFacts, Image, What, chain};
use crate::model::Stage;

/// One kind of data that a program reads at run time.
pub(super) struct Data {
    /// The package that brings it.
    pub(super) package: &'static str,
    /// Where it lies.
    path: &'static str,
    /// Whether a base has it.
    of_base: fn(&BaseImage) -> Option<bool>,
    is: fn(&What) -> bool,
    name: &'static str,
}

/// Both kinds.
pub(super) const DATA: [Data; 2] = [
    Data {
        package: "ca-certificates",
        path: "/etc/ssl/certs/ca-certificates.crt",
        of_base: |row| row.ca_certificates,
        is: |what| matches!(what, What::Certificates),
        name: "CA certificates",
    },
    Data {
        package: "tzdata",
        path: "/usr/share/zoneinfo",
        of_base: |row| row.time_zones,
        is: |what| matches!(what, What::TimeZones(_) | What::ZoneArchive),
        name: "time zones",
    },
];

impl Data {
    fn has(&self, base: &BaseFacts) -> bool {
        base.row().and_then(self.of_base) == Some(true)
    }

    /// Whether an image has it, by its base, a package or a COPY.
    fn is_in(&self, images: &[Image], index: usize) -> bool {
        chain(images, index).any(|image| {
            let mut additions = image.layers.iter().flat_map(|layer| &layer.additions);
            self.has(&image.base)
                || image.has_package(self.package)
                || additions.any(|addition| (self.is)(&addition.what))
        })
    }

    /// Whether a base of the catalogue has it.
    pub(super) fn of(&self, row: &BaseImage) -> Option<bool> {
        (self.of_base)(row)
    }

    /// Whether an addition is this.
    pub(super) fn is(&self, what: &What) -> bool {
        (self.is)(what)
    }
}

impl Facts<'_, '_> {
    /// Copies what the new base lacks from a stage that has it. `dropped` are the packages whose
    /// installation goes.
    pub(super) fn bring_data(&self, plan: &mut Plan<'_>, dropped: &[String]) {
        let needs = [self.project.needs_tls, self.project.needs_time_zones];
        for (data, needed) in DATA.iter().zip(needs) {
            // Time zones that merely came with the base are not missed unless somebody says so.
            let by_base = data.package == "tzdata" && data.has(&self.image.base);
            let had = !by_base && data.is_in(self.images, self.stage.index);
            if data.has(&plan.target.base) || needed == Some(false) {
                continue;
            }
            // What an instruction brings that stays is still there.
            let stays = had
                && !data.has(&self.image.base)
                && !dropped.iter().any(|package| package == data.package);
            if stays || !(had || needed == Some(true)) {
                continue;
            }
            let others = self.model.stages.iter().filter(|stage| {
                stage.reachable && stage.index != self.stage.index
                    || (self.is_built_here() && stage.shipped)
            });
            let mut holders = others
                .filter(|stage| data.is_in(self.images, stage.index))
                .collect::<Vec<&Stage<'_>>>();
            match holders.pop() {
                Some(holder) => {
                    let from = self.name_of(holder, plan);
                    let path = data.path;
                    plan.added.push_str(&format!("COPY --from={from} {path} {path}\n"));
                    plan.note(format!("{} are copied from the stage `{from}`", data.name));
                }
                None if data.package == "tzdata" && needed.is_none() => {}
                None => plan.note(format!("{} are missing, and no stage has any", data.name)),
            }
        }
    }
}
