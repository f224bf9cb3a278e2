//! An archive that is copied and then unpacked.

use crate::diagnostic::Level;
use crate::model::{Stage, Step};
use crate::report::RuleSet;
use crate::rules::{Area, Check, Context, Rule};
use crate::shell::{Command, ShellWord, is_shell};
use crate::source::Span;
use crate::syntax::instruction::Copy;
use crate::syntax::{Body, CommandLine, base_name, is_archive, is_tarball};

pub const RULE: Rule = Rule {
    name: "copy-archive",
    aliases: &["hadolint:DL3010", "tally:hadolint/DL3010", "droast:DF067"],
    area: Area::CopyAdd,
    level: Level::Info,
    recommended: true,
    since: "0.1.0",
    check: Check::Stage(check),
};

/// Most archives that are kept in mind for each stage.
const MOST: usize = 64;

fn check(stage: &Stage<'_>, cx: &mut Context<'_, '_>) {
    let hadolint = cx.follows(RuleSet::Hadolint);
    // hadolint forgets what it found as soon as the next stage begins.
    let speaks = if hadolint { stage.index + 1 == cx.model.stages.len() } else { stage.shipped };
    if !speaks {
        return;
    }
    let mut copied: Vec<(&str, Span)> = Vec::new();
    for step in &stage.steps {
        match step.body() {
            Body::Copy(copy) if step.instruction.statement.flag("from").is_none() => {
                note(copy, hadolint, &mut copied);
            }
            Body::Run(_) if hadolint && names_a_shell(step) => {}
            Body::Run(_) if !copied.is_empty() => {
                for command in &step.script.commands {
                    for word in unpacked(command, hadolint) {
                        let name = base_name(&word.text);
                        copied.retain(|(archive, span)| {
                            let same = *archive == name || without_braces(archive, &word.text);
                            if same {
                                report(*span, name, word.span, cx);
                            }
                            !same
                        });
                    }
                }
            }
            _ => {}
        }
    }
}

fn report(span: Span, name: &str, place: Span, cx: &mut Context<'_, '_>) {
    let message =
        format!("`{name}` stays in the image after it is unpacked; ADD unpacks by itself");
    cx.report(span, message).related(place, "it is unpacked here");
}

/// Keeps the names under which archives arrive.
fn note<'s>(copy: &'s Copy, hadolint: bool, copied: &mut Vec<(&'s str, Span)>) {
    // hadolint spells a variable of a command with braces, and then compares letter by letter.
    let spelled_alike = |name: &str| !name.contains('$') || name.contains("${");
    let is_one = |name: &str| match hadolint {
        true => is_archive(name) && spelled_alike(name),
        false => is_tarball(name),
    };
    let destination = base_name(copy.destination.bare());
    if copied.len() >= MOST {
        return;
    }
    if is_one(destination) {
        let first = copy.sources.first().unwrap_or(&copy.destination);
        copied.push((destination, first.span));
        return;
    }
    let sources = copy.sources.iter().map(|source| (base_name(source.bare()), source.span));
    let room = MOST.saturating_sub(copied.len());
    copied.extend(sources.filter(|(name, _)| is_one(name)).take(room));
}

/// Whether `${X}.tar` of COPY is `$X.tar` of the command.
fn without_braces(archive: &str, word: &str) -> bool {
    let bare = |text: &str| text.replace(['{', '}'], "");
    archive.contains("${") && bare(archive) == bare(base_name(word))
}

/// RUN ["sh", "-c", "..."], which hadolint takes for a command `sh`.
fn names_a_shell(step: &Step<'_>) -> bool {
    let Body::Run(CommandLine::Exec(words, _)) = step.body() else { return false };
    words.first().is_some_and(|word| is_shell(&word.text))
}

/// What may be the archive in a command that unpacks one and leaves nothing out.
fn unpacked(command: &Command, hadolint: bool) -> Vec<&ShellWord> {
    let mut words = command.words.as_slice();
    while let [first, rest @ ..] = words
        && matches!(first.text.as_str(), "exec" | "command")
    {
        words = rest;
    }
    let [program, arguments @ ..] = words else { return Vec::new() };
    if !hadolint {
        return if command.program() == "tar" { tarball(arguments) } else { Vec::new() };
    }
    const PROGRAMS: [&str; 9] =
        ["bunzip2", "gunzip", "gzcat", "uncompress", "unlzma", "unxz", "unzip", "zcat", "zgz"];
    let extracts = |word: &ShellWord| {
        (word.text.starts_with('-') && word.text.contains('x')) || word.text == "--get"
    };
    let is_tar = program.text == "tar" && arguments.iter().any(extracts);
    let any = program.literal && (is_tar || PROGRAMS.contains(&program.text.as_str()));
    arguments.iter().filter(|word| any && !word.text.starts_with('-')).collect()
}

/// The archive of `tar -x`, unless only a part is taken or names are changed: ADD does neither.
fn tarball(arguments: &[ShellWord]) -> Vec<&ShellWord> {
    const OTHERS: [&str; 8] = [
        "--exclude",
        "--files-from",
        "--one-top-level",
        "--strip",
        "--to-",
        "--transform",
        "--wildcards",
        "--xform",
    ];
    let (mut extracts, mut archive, mut waits) = (false, None, ' ');
    for (index, word) in arguments.iter().enumerate() {
        let text = word.text.as_str();
        match std::mem::replace(&mut waits, ' ') {
            'f' => archive = Some(word),
            'C' => {}
            _ if text.starts_with("--") => {
                extracts |= matches!(text, "--extract" | "--get");
                match text {
                    "--file" => waits = 'f',
                    "--directory" => waits = 'C',
                    _ if OTHERS.into_iter().any(|start| text.starts_with(start)) => {
                        return Vec::new();
                    }
                    _ => {}
                }
            }
            _ if index == 0 || text.starts_with('-') => {
                if text.contains(['O', 'T', 'X', 't', 'c']) {
                    return Vec::new();
                }
                extracts |= text.contains('x');
                waits = text.chars().find(|ch| matches!(ch, 'f' | 'C')).unwrap_or(' ');
            }
            _ => return Vec::new(),
        }
    }
    archive.filter(|_| extracts).into_iter().collect()
}
