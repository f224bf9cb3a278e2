//! Packages that apt downloaded and that stay in a layer.

use crate::diagnostic::Level;
use crate::rules::cleaning::{self, Cleaning};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "apt-clean",
    aliases: &["dockerfile_lint:no_apt-get_clean", "semgrep:remove-package-cache"],
    area: Area::Packages,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

const CLEANING: Cleaning = Cleaning {
    programs: &["apt-get", "apt"],
    others: &[],
    fills: "install upgrade dist-upgrade full-upgrade",
    empties: "clean distclean dist-clean",
    folders: &["/var/cache/apt", "/var/cache/apt/archives"],
    any_removal: false,
    mounted: "",
    last_stages: false,
    command: "apt-get clean",
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    // The images of Debian and Ubuntu are set up to clean by themselves.
    let image = site.stage.and_then(|stage| cx.image(stage));
    if image.is_none_or(|image| image.base.row().is_some()) {
        return;
    }
    cleaning::check(&CLEANING, site, cx);
}
