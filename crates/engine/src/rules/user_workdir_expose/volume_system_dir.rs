//! VOLUME on a folder of the system. Below `/dev` and `/sys` there are folders that programs need as
//! volumes, such as `/dev/shm` and `/sys/fs/cgroup`.

use crate::diagnostic::Level;
use crate::model::kernel_folder;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::{Body, Keyword};

pub const RULE: Rule = Rule {
    name: "volume-system-dir",
    aliases: &["dockle:DKL-DI-0002"],
    area: Area::UserWorkdirExpose,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Volume], check),
};

/// Folders that hold the system itself.
const SYSTEM: [&str; 10] = [
    "/bin",
    "/boot",
    "/etc",
    "/lib",
    "/lib64",
    "/sbin",
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/sbin",
];

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    let Body::Volume(words) = site.step.body() else { return };
    for word in words {
        let Some(path) = site.step.text(word) else { continue };
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        if path == "/" {
            cx.report(word.span, "no container can start with a volume in place of `/`");
        } else if let Some(folder) = kernel_folder(path).filter(|f| *f == path || *f == "/proc") {
            let message =
                format!("`{folder}` belongs to the kernel, and no volume can take its place");
            cx.report(word.span, message);
        } else if SYSTEM.contains(&path) {
            let message = format!("a volume keeps `{path}` as it is, whatever later images bring");
            cx.report(word.span, message).level(Level::Warning);
        }
    }
}
