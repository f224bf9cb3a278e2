//! A CUDA image for compiling, or CUDA a second time, in the image that ships.

use crate::diagnostic::Level;
use crate::model::{Base, Stage};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::Install;

pub const RULE: Rule = Rule {
    name: "gpu-devel-image",
    aliases: &["tally:gpu/prefer-runtime-final-stage", "tally:gpu/no-redundant-cuda-install"],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let root = cx.model.root(stage);
    let Base::Image(image) = &root.base else { return };
    if image.familiar_name() != "nvidia/cuda" {
        return;
    }
    let devel = image.tag.as_deref().is_some_and(|tag| tag.contains("-devel"));
    let last = cx.model.stages.len() - 1;
    if devel && stage.index == last && cx.model.stages.len() > 1 {
        let message = "the final stage ships the compiler of CUDA, which only the build needs";
        cx.report(stage.base_span(), message);
    }
    let installs =
        stage.steps.iter().flat_map(|step| &step.script.commands).filter_map(Install::of);
    for package in installs.flat_map(|install| install.packages) {
        let name = package.name.as_str();
        if matches!(name, "cuda" | "nvidia-cuda-toolkit") || name.starts_with("cuda-toolkit") {
            let message = format!("`{name}` installs CUDA, which `nvidia/cuda` brings already");
            cx.report(package.span, message);
        }
    }
}
