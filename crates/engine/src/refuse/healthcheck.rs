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
                    Some(0) => continue,
                    Some(short) if short < 1_000_000 => {
                        format!("`--{name}` is at least 1ms, not `{}`", value.text)
                    }
                    Some(_) => continue,
                };
                let refusal = Refusal::new(RefusalKind::HealthcheckDuration, value.span, message);
                let number = value.text.bytes().all(|byte| byte.is_ascii_digit());
                found.push(match number {
                    true => refusal.suggest(value.span, format!("{}s", value.text)),
                    false => refusal,
                });
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
///
/// Whole numbers only: reading floats would add 10 KB of tables to the page.
fn nanoseconds(text: &str) -> Option<i64> {
    const UNITS: [(&str, i64); 8] = [
        ("ns", 1),
        ("us", 1_000),
        ("\u{b5}s", 1_000),
        ("\u{3bc}s", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];
    let (negative, mut rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    // Go counts in 64 bits and refuses what does not fit.
    let mut total = 0_i64;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|ch: char| !ch.is_ascii_digit() && ch != '.')?;
        let (number, tail) = rest.split_at_checked(digits)?;
        let letters = tail.find(|ch: char| ch.is_ascii_digit() || ch == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(letters)?;
        let (_, unit) = UNITS.iter().find(|(name, _)| *name == unit)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let whole: i64 = match whole {
            "" if fraction.is_empty() => return None,
            "" => 0,
            _ => whole.parse().ok()?,
        };
        total = total.checked_add(whole.checked_mul(*unit)?)?;
        let mut place = *unit;
        for digit in fraction.chars() {
            place /= 10;
            total = total.checked_add(i64::from(digit.to_digit(10)?).checked_mul(place)?)?;
        }
        rest = tail;
    }
    Some(if negative { -total } else { total })
}

#[cfg(test)]
mod tests {
    use super::nanoseconds;

    #[test]
    fn reads_what_go_reads() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("0s", Some(0)),
            ("0.4ns", Some(0)),
            ("1.5ms", Some(1_500_000)),
            (".5s", Some(500_000_000)),
            ("5.s", Some(5_000_000_000)),
            ("1h15m30.918s", Some(4_530_918_000_000)),
            ("-1.5h", Some(-5_400_000_000_000)),
            ("+1us", Some(1_000)),
            ("1\u{b5}s", Some(1_000)),
            ("0.000000000001h", Some(3)),
            ("2562047h47m16.854775807s", Some(i64::MAX)),
            ("2562047h47m16.854775808s", None),
            ("99999999999999999999s", None),
            ("", None),
            ("-", None),
            ("1", None),
            (".s", None),
            ("s", None),
            ("1.2.3s", None),
            ("1d", None),
            ("1s ", None),
        ] {
            assert_eq!(nanoseconds(text), expected, "{text:?}");
        }
    }
}
