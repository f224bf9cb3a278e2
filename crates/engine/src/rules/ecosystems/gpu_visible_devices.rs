//! GPUs chosen in the image.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "gpu-visible-devices",
    aliases: &[
        "tally:gpu/no-hardcoded-visible-devices",
        "tally:gpu/prefer-minimal-driver-capabilities",
    ],
    area: Area::Ecosystems,
    level: Level::Warning,
    recommended: false,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Env], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Env(pairs) = site.step.body() else { return };
    for pair in pairs {
        let value = pair.value.bare();
        let key = pair.key.text.as_str();
        let numbered = matches!(key, "NVIDIA_VISIBLE_DEVICES" | "CUDA_VISIBLE_DEVICES")
            && (value.starts_with(|first: char| first.is_ascii_digit())
                || value.starts_with("GPU-"));
        let message = if numbered {
            format!("`{value}` names GPUs of one machine, and the image runs on others")
        } else if key == "NVIDIA_DRIVER_CAPABILITIES" && value == "all" {
            "`all` mounts every part of the driver; `compute,utility` is enough to reckon"
                .to_owned()
        } else {
            continue;
        };
        cx.report(pair.value.span, message);
    }
}
