//! STOPSIGNAL: the signals that Linux knows.

use crate::model::Step;
use crate::suggest::nearest;
use crate::syntax::{Refusal, RefusalKind, Word};

/// Names without `SIG`, as `moby/sys/signal` has them; RTMIN and RTMAX also with an offset.
const NAMES: [&str; 36] = [
    "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL",
    "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP",
    "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
];

/// Checks the word of a STOPSIGNAL.
pub(super) fn check(step: &Step<'_>, word: &Word, found: &mut Vec<Refusal>) {
    let Some(text) = step.text(word) else { return };
    if is_signal(text) {
        return;
    }
    let message = format!("`{text}` is no signal");
    let refusal = Refusal::new(RefusalKind::Stopsignal, word.span, message);
    let name = text.to_ascii_uppercase();
    let name = name.strip_prefix("SIG").unwrap_or(&name);
    found.push(match nearest(name, NAMES) {
        Some(meant) => refusal.suggest(word.span, format!("SIG{meant}")),
        None => refusal,
    });
}

fn is_signal(text: &str) -> bool {
    if let Ok(number) = text.parse::<i64>() {
        return number != 0;
    }
    // Go's upper case of these two is ASCII too.
    let upper = text.replace('\u{131}', "I").replace('\u{17f}', "S").to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    let offset = |prefix: &str, most: u32| {
        let digits = name.strip_prefix(prefix)?;
        let number = digits.parse::<u32>().ok()?;
        Some(!digits.starts_with(['0', '+']) && (1..=most).contains(&number))
    };
    offset("RTMIN+", 15).or_else(|| offset("RTMAX-", 14)).unwrap_or_else(|| NAMES.contains(&name))
}
