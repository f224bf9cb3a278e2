//! Flags that a command should not have: the check behind [`super::Check::Flag`].

use super::{Context, UnwantedFlag};
use crate::diagnostic::Edit;
use crate::shell::{Command, ShellWord};
use crate::source::Span;

pub(super) fn check(unwanted: &UnwantedFlag, command: &Command, cx: &mut Context<'_, '_>) {
    let any = unwanted.subcommands.is_empty();
    let named = |word: &ShellWord| unwanted.subcommands.contains(&word.text.as_str());
    if !any && !command.subcommand().is_some_and(named) {
        return;
    }
    let mut end = command.words.first().map_or(command.span.start, |word| word.span.end);
    for word in command.arguments() {
        if word.text == "--" {
            return;
        }
        if let Some(flag) = unwanted.flags.iter().find(|flag| is_flag(&word.text, flag)) {
            let message = format!("`{flag}` {}", unwanted.message);
            let edit = removal(word, flag, end);
            let title = format!("Remove `{flag}`{}", unwanted.caution);
            cx.report(word.span, message).unsafe_fix(title, vec![edit]);
        }
        end = word.span.end;
    }
}

/// Whether `word` is `flag`, has it among other letters, or gives it a value.
fn is_flag(word: &str, flag: &str) -> bool {
    if word == flag {
        return true;
    }
    let Some(letter) = flag.strip_prefix('-') else { return false };
    match word.strip_prefix(flag) {
        Some(value) if letter.starts_with('-') => value.starts_with('=') && !switched_off(value),
        _ if letter.starts_with('-') || letter.len() != 1 => false,
        _ => cluster(word).is_some_and(|letters| letters.contains(letter)),
    }
}

fn switched_off(value: &str) -> bool {
    matches!(value, "=false" | "=0" | "=no" | "=off")
}

/// The letters of `-abc`, if all of them are letters.
fn cluster(word: &str) -> Option<&str> {
    let letters = word.strip_prefix('-')?;
    letters.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(letters)
}

/// Takes out the word with the blanks before it, or one letter of a cluster.
fn removal(word: &ShellWord, flag: &str, before: u32) -> Edit {
    let alone = word.text == flag || word.text.starts_with("--");
    if alone || word.span.len() as usize != word.text.len() {
        return Edit::delete(Span::new(before, word.span.end));
    }
    let letter = flag.trim_start_matches('-');
    let rest = word.text.replacen(letter, "", 1);
    Edit::replace(word.span, rest)
}

/// Reports `--setopt=NAME=0`, or whatever else sets an option to nothing.
pub(super) fn check_option(
    name: &str,
    message: &str,
    caution: &str,
    command: &Command,
    cx: &mut Context<'_, '_>,
) {
    let mut before = command.words.first();
    let mut start = before.map_or(command.span.start, |word| word.span.end);
    for word in command.arguments() {
        let option = word.text.strip_prefix("--setopt=").unwrap_or(&word.text);
        let value = option.split_once('=').filter(|(key, _)| key.rsplit('.').next() == Some(name));
        let off = |value: &str| matches!(value, "0" | "no" | "off") || value == "false";
        if value.is_some_and(|(_, value)| off(&value.to_ascii_lowercase())) {
            let own_flag = before.filter(|flag| flag.text == "--setopt");
            let end = before.map_or(start, |flag| flag.span.end);
            let from = if own_flag.is_some() { start } else { end };
            let found = cx.report(word.span, format!("`{option}` {message}"));
            let flagged = own_flag.is_some() || word.text.starts_with("--setopt=");
            // Without its option, `yum-config-manager` would have nothing to do.
            if flagged && command.program() != "yum-config-manager" {
                let edit = Edit::delete(Span::new(from, word.span.end));
                found.unsafe_fix(format!("Remove `{option}`{caution}"), vec![edit]);
            }
        }
        start = before.map_or(start, |flag| flag.span.end);
        before = Some(word);
    }
}
