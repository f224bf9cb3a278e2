//! Python images without the variables for containers.

use crate::catalog::Toolchain;
use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule};

pub const RULE: Rule = Rule {
    name: "python-env",
    aliases: &["droast:DF032"],
    area: Area::ArgEnv,
    level: Level::Info,
    recommended: false,
    since: "0.1.0",
    check: Check::File(check),
};

fn check(cx: &mut Context<'_, '_>) {
    let Some(stage) = cx.model.final_stage() else { return };
    let row = cx.image(stage).and_then(|image| image.base.row());
    if !row.is_some_and(|row| row.toolchain == Some(Toolchain::Python)) {
        return;
    }
    let missing = |name: &&str| !stage.scope.defines(name);
    for name in ["PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"].into_iter().filter(missing) {
        let what = match name {
            "PYTHONUNBUFFERED" => "what the program prints is held back, and lost when it crashes",
            _ => "each start may write compiled files into the container",
        };
        cx.report(stage.base_span(), format!("without `{name}=1`, {what}"));
    }
}
