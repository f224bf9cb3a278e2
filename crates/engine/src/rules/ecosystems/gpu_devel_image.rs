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
    let tag = image.tag.as_deref().unwrap_or_default();
    let devel = tag.contains("-devel");
    let last = cx.model.stages.len() - 1;
    if devel && stage.index == last && cx.model.stages.len() > 1 {
        let message = "the final stage ships the compiler of CUDA, which only the build needs";
        cx.report(stage.base_span(), message);
    }
    let installs =
        stage.steps.iter().flat_map(|step| &step.script.commands).filter_map(Install::of);
    for package in installs.flat_map(|install| install.packages) {
        let name = package.name.as_str();
        let starts = |start: &str| name.starts_with(start);
        let toolkit = matches!(name, "cuda" | "nvidia-cuda-toolkit") || starts("cuda-toolkit");
        let library = starts("cuda-runtime") || (starts("libcudnn") && tag.contains("-cudnn"));
        // What only the tags `-devel` have ends in `-dev`, as all such packages of Debian do.
        let runtime = tag.contains("-runtime") && !name.contains("-dev");
        if (devel && toolkit) || (library && (devel || runtime)) {
            let message = format!("`{name}` is in this image of `nvidia/cuda` already");
            cx.report(package.span, message);
        }
    }
}
