//! Programs that the base image does not have.

use crate::catalog::{BaseImage, Family, PackageManager};
use crate::diagnostic::{Edit, Level, Spoils};
use crate::model::{Stage, Step};
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Install, Joint};
use crate::syntax::{Body, CommandLine};

pub const RULE: Rule = Rule {
    name: "missing-program",
    aliases: &[],
    area: Area::Run,
    level: Level::Error,
    recommended: true,
    since: "0.1.0",
    check: Check::Decides(Spoils::Build, &Check::Stage(check)),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let Some(image) = cx.image(stage).filter(|image| image.parent.is_none()) else { return };
    let Some(row) = image.base.row().filter(|row| is_distribution(row)) else { return };
    for step in &stage.steps {
        match step.body() {
            Body::Run(CommandLine::Shell(_)) => {}
            Body::Copy(_) | Body::Add(_) if !may_bring_programs(step) => continue,
            Body::Copy(_) | Body::Add(_) => return,
            _ => continue,
        }
        if step.mounts().any(|mount| mount.target().is_none_or(|at| at.contains("bin"))) {
            return;
        }
        for command in &step.script.commands {
            let program = command.program();
            if let Some(manager) = lacking(program, row).filter(|_| runs_certainly(command, step)) {
                let message = format!("`{}` has no `{program}`", stage.base_text());
                let start = step.instruction.span().start;
                let edit = manager.map(|manager| Edit::insert(start, install(manager, program)));
                let place = command.words.first().map_or(command.span, |word| word.span);
                let found = cx.report(place, message);
                if let Some(edit) = edit {
                    found.unsafe_fix("Install it before", vec![edit]);
                }
                return;
            }
            // Whatever is installed may bring the program with it.
            let fetches = matches!(
                program,
                "tar" | "cp" | "mv" | "ln" | "unzip" | "dpkg" | "curl" | "wget" | "make"
            );
            if Install::of(command).is_some() || fetches {
                return;
            }
        }
    }
}

/// A plain distribution, or Go on top of it: of these it is known what they lack.
fn is_distribution(row: &BaseImage) -> bool {
    let name = row.reference.split(':').next().unwrap_or_default();
    matches!(name, "alpine" | "debian" | "ubuntu" | "golang")
}

fn may_bring_programs(step: &Step<'_>) -> bool {
    let (Body::Copy(copy) | Body::Add(copy)) = step.body() else { return false };
    let path = step.text(&copy.destination).unwrap_or("bin");
    path.contains("bin") || path == "/"
}

fn runs_certainly(command: &Command, step: &Step<'_>) -> bool {
    let or_else = step.script.after(command).is_some_and(|next| next.joint == Joint::Or);
    command.is_top_level() && command.joint != Joint::Or && !or_else
}

/// Who could install a program that the image lacks: `Some(None)` if it is lacking for good.
fn lacking(program: &str, row: &BaseImage) -> Option<Option<PackageManager>> {
    let manager = row.package_manager;
    let alpine = row.family == Family::Alpine;
    let lacks = match program {
        "curl" => row.curl == Some(false),
        "wget" => row.wget == Some(false),
        "git" => row.git == Some(false),
        "bash" => !row.bash,
        "apt" | "apt-get" => return (manager != Some(PackageManager::Apt)).then_some(None),
        "apk" => return (manager != Some(PackageManager::Apk)).then_some(None),
        "yum" | "dnf" | "microdnf" => return Some(None),
        "useradd" | "groupadd" | "usermod" => return alpine.then_some(None),
        _ => return None,
    };
    lacks.then_some(manager)
}

fn install(manager: PackageManager, program: &str) -> String {
    match manager {
        PackageManager::Apk => format!("RUN apk add --no-cache {program}\n"),
        _ => format!(
            "RUN apt-get update && apt-get install -y --no-install-recommends {program} && rm -rf /var/lib/apt/lists/*\n"
        ),
    }
}
