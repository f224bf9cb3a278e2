//! The durations and the number of retries of HEALTHCHECK.

use crate::model::Step;
use crate::syntax::{Refusal, RefusalKind, instruction::Healthcheck};

/// Checks the flags of a HEALTHCHECK that has a command.
pub(super) fn check(step: &Step<'_>, healthcheck: &Healthcheck, found: &mut Vec<Refusal>) {
    if *healthcheck == Healthcheck::None {
        return;
    }
    for flag in &step.instruction.statement.flags {
        let Some(value) = flag.value.as_ref().filter(|value| !value.text.is_empty()) else {
            continue;
        };
        let name = &flag.name;
        match name.as_str() {
            "interval" | "timeout" | "start-period" | "start-interval" => {
                let message = match nanoseconds(&value.text) {
                    None => format!("`{}` is no duration, as `30s` or `1m30s` is", value.text),
                    Some(0.0) => continue,
                    Some(short) if short < 1e6 => {
                        format!("`--{name}` is at least 1ms, not `{}`", value.text)
                    }
                    Some(_) => continue,
                };
                found.push(Refusal::new(RefusalKind::HealthcheckDuration, value.span, message));
            }
            "retries" if !value.text.parse::<i32>().is_ok_and(|retries| retries >= 0) => {
                let message = format!("`--retries` is a number from 0, not `{}`", value.text);
                found.push(Refusal::new(RefusalKind::HealthcheckRetries, value.span, message));
            }
            _ => {}
        }
    }
}

/// A duration in Go's notation, such as `1h15m30.918s`, in nanoseconds.
fn nanoseconds(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 8] = [
        ("ns", 1.0),
        ("us", 1e3),
        ("\u{b5}s", 1e3),
        ("\u{3bc}s", 1e3),
        ("ms", 1e6),
        ("s", 1e9),
        ("m", 60e9),
        ("h", 3600e9),
    ];
    let (sign, mut rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) if text.starts_with('-') => (-1.0, rest),
        Some(rest) => (1.0, rest),
        None => (1.0, text),
    };
    if rest == "0" {
        return Some(0.0);
    }
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|ch: char| !ch.is_ascii_digit() && ch != '.')?;
        let (number, tail) = rest.split_at_checked(digits)?;
        let number: f64 = if number == "." { return None } else { number.parse().ok()? };
        let letters = tail.find(|ch: char| ch.is_ascii_digit() || ch == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(letters)?;
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
        total += number * factor;
        rest = tail;
    }
    // Go counts in 64 bits and refuses what does not fit.
    (total < 9.3e18).then_some(sign * total)
}
