//! Programs that the base image does not have.

use crate::catalog::{BaseImage, Family, PackageManager};
use crate::diagnostic::{Edit, Level, Spoils};
use crate::image::base_lacks_program;
use crate::model::{Stage, Step};
use crate::rules::install::install;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Dialect, Install, Joint, Manager, lists, translated};
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
    let Some(row) = image.base.row() else { return };
    let plain = is_distribution(row);
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
            let lacks = lacking(program, row, plain).filter(|_| runs_certainly(command, step));
            if let Some(manager) = lacks {
                let message = format!("`{}` has no `{program}`", stage.base_text());
                let start = step.instruction.span().start;
                let same = SAME.contains(&format!(" {program} "));
                let run = manager.filter(|_| same).and_then(|manager| install(manager, program));
                let before = run.map(|run| Edit::insert(start, format!("{run}\n")));
                let fix = before.map(|edit| ("Install it before", edit));
                let fix = fix.or_else(|| other_manager(step, row)).or_else(|| {
                    let to = match program {
                        "useradd" | "groupadd" => Dialect::Busybox,
                        "adduser" | "addgroup" => Dialect::Shadow,
                        _ => return None,
                    };
                    let (place, line) = translated(command, to, cx.text)?;
                    Some(("Write what is there", Edit::replace(place, line)))
                });
                let place = command.words.first().map_or(command.span, |word| word.span);
                let fails = fails_the_run(command, step);
                let found = cx.report(place, message).spoils(fails.then_some(Spoils::Build));
                if let Some((title, edit)) = fix {
                    found.unsafe_fix(title, vec![edit]);
                }
                return;
            }
            // Whatever is installed may bring the program with it, and a script may install it.
            let script = command.words.first().is_some_and(|word| word.text.contains('/'));
            let fetches = lists(
                ". ash bash cp curl dpkg eval ln make mv perl python python3 sh source tar unzip wget",
                program,
            );
            if Install::of(command).is_some() || fetches || script {
                return;
            }
        }
    }
}

/// A plain distribution, or Go on top of it: of these it is known what they lack.
fn is_distribution(row: &BaseImage) -> bool {
    let name = row.reference.split(':').next().unwrap_or_default();
    matches!(name, "alpine" | "busybox" | "debian" | "golang" | "python" | "ubuntu")
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

/// Whether the RUN fails with the command: nothing behind it hides its status.
fn fails_the_run(command: &Command, step: &Step<'_>) -> bool {
    let Some(next) = step.script.after(command) else { return true };
    match next.joint {
        Joint::And => true,
        Joint::Pipe => step.shell.has_pipefail(),
        _ => step.script.stops_at_failure(),
    }
}

/// Who could install a program that the image lacks: `Some(None)` if it is lacking for good.
fn lacking(program: &str, row: &BaseImage, plain: bool) -> Option<Option<PackageManager>> {
    let manager = row.package_manager;
    match (program, manager) {
        ("apt" | "apt-get", own) => (own != Some(PackageManager::Apt)).then_some(None),
        ("apk", own) => (own != Some(PackageManager::Apk)).then_some(None),
        ("yum" | "dnf" | "microdnf", None | Some(PackageManager::Apk | PackageManager::Apt)) => {
            Some(None)
        }
        _ if !plain => None,
        ("useradd" | "groupadd" | "usermod", _) => {
            matches!(row.family, Family::Alpine | Family::Busybox).then_some(None)
        }
        ("adduser" | "addgroup", _) => base_lacks_program(row, program).then_some(None),
        _ => base_lacks_program(row, program).then_some(manager),
    }
}

/// Packages that have the same name everywhere.
const SAME: &str = " bash bzip2 ca-certificates cmake coreutils curl dumb-init ffmpeg file findutils g++ gawk \
    gcc gettext git gnupg graphviz gzip htop imagemagick jq less make nano nginx nodejs npm openssl patch \
    perl postgresql-client python3 rsync screen socat strace sudo supervisor tar tcpdump tini tmux tree \
    tzdata unzip vim wget zip zsh ";

/// The same packages by the manager that is there, where RUN does nothing else.
fn other_manager(step: &Step<'_>, row: &BaseImage) -> Option<(&'static str, Edit)> {
    let instruction = step.instruction;
    let statement = &instruction.statement;
    let mut names = Vec::new();
    for command in &step.script.commands {
        if command.program() == "rm" && names_lists(command) {
            continue;
        }
        Manager::of(command).filter(|manager| manager.is_of_distribution())?;
        match Install::of(command) {
            Some(install) if !install.open_ended && !install.reads_list => {
                for package in install.packages {
                    let same = SAME.contains(&format!(" {} ", package.name));
                    names.push(package.name.to_string());
                    (same && package.is_unpinned()).then_some(())?;
                }
            }
            Some(_) => return None,
            None => {
                let verb = command.subcommand()?.text.as_str();
                matches!(verb, "update" | "clean" | "autoremove").then_some(())?;
            }
        }
    }
    if names.is_empty() || !statement.flags.is_empty() || !instruction.line.comments.is_empty() {
        return None;
    }
    let run = install(row.package_manager?, &names.join(" "))?;
    let edit = Edit::replace(instruction.span(), run);
    Some(("Install it by the package manager that is there", edit))
}

fn names_lists(command: &Command) -> bool {
    command.arguments().iter().all(|word| {
        let text = word.text.as_str();
        text.starts_with('-')
            || text.starts_with("/var/lib/apt/lists")
            || text.starts_with("/var/cache/")
    })
}
