//! Pipes whose first command may fail unnoticed.

use crate::catalog::Family;
use crate::diagnostic::{Edit, Level};
use crate::model::{ShellKind, Stage, Step};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, Joint};
use crate::syntax::{Body, CommandLine, Keyword};

pub const RULE: Rule = Rule {
    name: "pipefail",
    aliases: &[
        "hadolint:DL4006",
        "kics:ShellPipeWithoutPipefail",
        "semgrep:set-pipefail",
        "droast:DF057",
    ],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let hadolint = cx.follows(RuleSet::Hadolint);
    let mut safe = false;
    let mut mended = false;
    for step in &stage.steps {
        if step.keyword() == Keyword::Shell {
            safe = is_safe(step);
        }
        let found = match hadolint {
            true if safe || step.keyword() != Keyword::Run || !step.script.whole => None,
            true => pipe(step),
            false => hidden_failure(step),
        };
        let Some(reader) = found else { continue };
        let shell = if mended { None } else { shell_with_pipefail(stage, step, cx) };
        let message = "if what stands before this pipe fails, the RUN succeeds all the same";
        let found = cx.report(reader.joint_span, message);
        if let Some(shell) = shell {
            // One SHELL serves all that follows.
            mended = true;
            let start = step.instruction.span().start;
            let edit = Edit::insert(start, format!("SHELL {shell}\n"));
            found.unsafe_fix("Use a shell with `pipefail` from here on", vec![edit]);
        }
    }
}

/// The first command behind a pipe; hadolint does not see what follows a heredoc's name.
fn pipe<'s>(step: &'s Step<'_>) -> Option<&'s Command> {
    let body = step.instruction.statement.arguments.span;
    let heredoc = step.instruction.line.heredocs.first().map(|heredoc| heredoc.span.start);
    let end = heredoc.filter(|start| *start > body.start).unwrap_or(u32::MAX);
    let mut commands = step.script.commands.iter();
    commands.find(|command| command.joint == Joint::Pipe && command.span.start < end)
}

/// Whether hadolint is content with a SHELL.
fn is_safe(step: &Step<'_>) -> bool {
    const KNOWN: [&str; 6] = ["/bin/bash", "/bin/zsh", "/bin/ash", "bash", "zsh", "ash"];
    let texts: Vec<&str> = match step.body() {
        Body::Shell(words) => words.iter().map(|word| word.text.as_str()).collect(),
        _ => vec![step.instruction.statement.arguments.text.as_str()],
    };
    let mut words = texts.into_iter().flat_map(str::split_whitespace);
    let program = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let other = ["pwsh", "powershell", "cmd"].iter().any(|name| program.starts_with(name));
    other
        || (KNOWN.contains(&program)
            && rest.contains(&"pipefail")
            && rest.iter().any(|word| word.starts_with('-') && word.contains('o')))
}

/// The first command that reads from one whose failure nobody would notice.
fn hidden_failure<'s>(step: &'s Step<'_>) -> Option<&'s Command> {
    let shell = &step.shell;
    let unix = matches!(shell.kind, ShellKind::Sh | ShellKind::Bash | ShellKind::OtherUnix);
    let own_shell = match step.body() {
        Body::Run(CommandLine::Exec(words, _)) => words.iter().any(|word| word.text == "pipefail"),
        _ => shell.has_pipefail() || !unix,
    };
    if own_shell || step.run().is_none() {
        return None;
    }
    for command in &step.script.commands {
        if command.program() == "set" && !command.substitution && command.has("pipefail") {
            return None;
        }
        let reader = step.script.reader_of(command).filter(|_| may_fail(command));
        if reader.is_some() {
            return reader;
        }
    }
    None
}

/// Whether a failure of the command would be a loss: not of those that only look at what is there
/// and print it. `yes` always ends by a signal, which `pipefail` would take for a failure.
fn may_fail(command: &Command) -> bool {
    !matches!(
        command.program(),
        "" | ":"
            | "apk"
            | "apt-cache"
            | "apt-mark"
            | "awk"
            | "basename"
            | "cat"
            | "command"
            | "cut"
            | "date"
            | "df"
            | "dirname"
            | "dpkg"
            | "dpkg-query"
            | "du"
            | "echo"
            | "egrep"
            | "env"
            | "false"
            | "fgrep"
            | "file"
            | "find"
            | "getent"
            | "grep"
            | "head"
            | "hostname"
            | "id"
            | "jq"
            | "ldconfig"
            | "ldd"
            | "ls"
            | "lsb_release"
            | "nproc"
            | "objdump"
            | "pip"
            | "pip3"
            | "printenv"
            | "printf"
            | "ps"
            | "pwd"
            | "readelf"
            | "readlink"
            | "realpath"
            | "rpm"
            | "scanelf"
            | "sed"
            | "seq"
            | "set"
            | "sort"
            | "stat"
            | "strings"
            | "tail"
            | "tr"
            | "true"
            | "type"
            | "uname"
            | "uniq"
            | "wc"
            | "which"
            | "whoami"
            | "xargs"
            | "yes"
    )
}

/// The words of SHELL for the image, if its shell is the default one and another is there.
fn shell_with_pipefail(
    stage: &Stage<'_>,
    step: &Step<'_>,
    cx: &Context<'_, '_>,
) -> Option<&'static str> {
    let image = cx.image(stage)?;
    let row = image.base.row().filter(|_| !step.shell.chosen)?;
    match row.family {
        Family::Alpine => Some("[\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]"),
        _ if row.bash => Some("[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]"),
        _ => None,
    }
}
