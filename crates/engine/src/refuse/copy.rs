//! COPY and ADD: modes, checksums and sources from elsewhere. Follows `convert_copy.go`.

use super::reference::is_digest;
use crate::model::Step;
use crate::syntax::{Refusal, RefusalKind, instruction::Copy};

/// Checks one COPY (`only_local`) or ADD.
pub(super) fn check(step: &Step<'_>, copy: &Copy, only_local: bool, found: &mut Vec<Refusal>) {
    let statement = &step.instruction.statement;
    if let Some(mode) = statement.flag_value("chmod")
        && let Some(text) = step.text(mode)
        && !text.is_empty()
        && !is_mode(text)
    {
        let message =
            format!("`{text}` is no mode: octal digits up to 7777, or letters as in `u=rwX,go=rX`");
        found.push(Refusal::new(RefusalKind::Chmod, mode.span, message));
    }
    if only_local && statement.flag("from").is_none() {
        for source in &copy.sources {
            let remote = step.text(source).is_some_and(|text| is_http(text) || is_git(text));
            if remote {
                let message = format!("COPY takes no URL; ADD fetches `{}`", source.text);
                let refusal = Refusal::new(RefusalKind::CopyRemote, source.span, message);
                found.push(refusal.suggest(statement.keyword_word.span, "ADD"));
            }
        }
    }
    if !only_local {
        checksum(step, copy, found);
    }
}

fn checksum(step: &Step<'_>, copy: &Copy, found: &mut Vec<Refusal>) {
    let Some(checksum) = step.instruction.statement.flag_value("checksum") else { return };
    let Some(digest) = step.text(checksum).filter(|text| !text.is_empty()) else { return };
    let refuse = |message: &str| Refusal::new(RefusalKind::Checksum, checksum.span, message);
    match copy.sources.as_slice() {
        [source] => {
            let Some(text) = step.text(source) else { return };
            if !is_http(text) && !is_git(text) {
                found.push(refuse("only a URL or a Git repository can have a checksum"));
            } else if is_http(text) && !text.contains(".git") && !is_digest(digest) {
                found.push(refuse("a checksum is written `sha256:` and 64 hexadecimal digits"));
            }
        }
        _ => found.push(refuse("a checksum is for one source only")),
    }
}

fn is_http(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Addresses that are Git repositories without any doubt.
fn is_git(text: &str) -> bool {
    text.starts_with("git@") || text.starts_with("git://") || text.starts_with("ssh://")
}

/// Octal up to 7777, or a list of symbolic changes.
fn is_mode(text: &str) -> bool {
    if text.starts_with(|ch: char| ch.is_ascii_digit()) {
        return u32::from_str_radix(text, 8).is_ok_and(|mode| mode <= 0o7777);
    }
    text.split(',').all(|change| {
        let change = change.trim_start_matches(['u', 'g', 'o', 'a']);
        let operators = change.starts_with(['+', '-', '=']);
        operators && change.chars().all(|ch| "+-=rwxXstugo".contains(ch))
    })
}
