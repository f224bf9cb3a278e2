//! Permissions that let everybody write.

use crate::diagnostic::{Edit, Level};
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::shell::ShellWord;
use crate::syntax::Keyword;
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "world-writable",
    aliases: &["droast:DF034", "sonar:S2612", "tally:world-writable-state-path-workaround"],
    area: Area::Run,
    level: Level::Warning,
    recommended: true,
    since: "0.1.0",
    check: Check::Instruction(&[Keyword::Run, Keyword::Onbuild], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    // From the last command to the first: what a later one removes is in no image.
    let mut removed: HashSet<&str> = HashSet::new();
    for command in site.step.script.commands.iter().rev() {
        let arguments = command.arguments();
        let mode = match command.program() {
            "chmod" => arguments.iter().find(|word| !is_flag(&word.text)),
            "install" | "mkdir" => {
                let flag = arguments.iter().position(|word| matches!(&*word.text, "-m" | "--mode"));
                flag.and_then(|at| arguments.get(at + 1))
            }
            "rm" => {
                removed.extend(arguments.iter().map(|word| word.text.as_str()));
                None
            }
            _ => None,
        };
        let stays = !arguments.last().is_some_and(|word| removed.contains(word.text.as_str()));
        if let Some(mode) = mode.filter(|mode| stays && lets_others_write(mode)) {
            report(mode, cx);
        }
    }
}

fn report(mode: &ShellWord, cx: &mut Context<'_, '_>) {
    let octal = mode.text.bytes().all(|byte| byte.is_ascii_digit());
    let message = format!("`{}` lets every user of the container change it", mode.text);
    let found = cx.report(mode.span, message);
    if let Some((start, last)) = mode.text.split_at_checked(mode.text.len().saturating_sub(1))
        && let Some(digit) = last.parse::<u8>().ok().filter(|_| octal)
    {
        let less = format!("{start}{}", digit & !2);
        let edit = Edit::replace(mode.span, less.as_str());
        found.unsafe_fix(format!("Write `{less}`, which keeps others from writing"), vec![edit]);
    }
}

/// `-R` and the like; `-w` takes a permission away.
fn is_flag(text: &str) -> bool {
    text.starts_with("--")
        || matches!(text, "-R" | "-f" | "-v" | "-c" | "-Rf" | "-fR" | "-Rv" | "-vR")
}

fn lets_others_write(mode: &ShellWord) -> bool {
    let text = mode.text.as_str();
    if !mode.literal || text.is_empty() {
        return false;
    }
    if text.bytes().all(|byte| matches!(byte, b'0'..=b'7')) {
        // With the sticky bit, as on /tmp, nobody can take another's file away.
        let sticky = text.len() == 4 && text.starts_with(['1', '3', '5', '7']);
        return text.len() <= 4 && text.ends_with(['2', '3', '6', '7']) && !sticky;
    }
    text.split(',').any(|clause| {
        let Some(at) = clause.find(['+', '=']) else { return false };
        let (who, what) = clause.split_at_checked(at).unwrap_or_default();
        who.contains(['o', 'a']) && what.contains('w') && !text.contains('t')
    })
}
