//! STOPSIGNAL: the signals that Linux knows.

use crate::model::Step;
use crate::suggest::nearest;
use crate::syntax::{Refusal, RefusalKind, Word};

/// Names without `SIG`, as `moby/sys/signal` has them: those of the numbers 1 to 31 on Linux, then
/// other names. RTMIN and RTMAX also come with an offset.
const NAMES: [&str; 36] = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
    "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
    "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS", "IOT", "CLD", "POLL", "RTMIN",
    "RTMAX",
];

/// The number of RTMIN where Docker runs.
const RTMIN: usize = 34;

/// The signal in its usual spelling, as in `SIGTERM`; `None` if it is none or has no name.
pub(crate) fn usual_name(text: &str) -> Option<String> {
    if let Ok(number) = text.parse::<usize>() {
        return match NAMES.get(number.checked_sub(1)?) {
            Some(name) if number <= 31 => Some(format!("SIG{name}")),
            _ if (RTMIN + 1..=RTMIN + 15).contains(&number) => {
                Some(format!("SIGRTMIN+{}", number - RTMIN))
            }
            _ => None,
        };
    }
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    is_signal(text).then(|| format!("SIG{name}"))
}

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
