//! RUN --mount, --network, --security and --device.
//!
//! Follows `commands_runmount.go`, `commands_runnetwork.go`, `commands_runsecurity.go` and
//! `commands_rundevice.go`. Of a value with variables only what stands outside of them is checked.

use crate::model::Step;
use crate::source::Span;
use crate::suggest::nearest;
use crate::syntax::{Flag, Refusal, RefusalKind, Word};

/// The options of a mount.
const KEYS: [&str; 19] = [
    "type",
    "from",
    "source",
    "target",
    "readonly",
    "id",
    "sharing",
    "required",
    "size",
    "mode",
    "uid",
    "gid",
    "src",
    "dst",
    "destination",
    "ro",
    "rw",
    "readwrite",
    "env",
];
const TYPES: [&str; 5] = ["bind", "cache", "tmpfs", "secret", "ssh"];
const SHARING: [&str; 3] = ["shared", "private", "locked"];

/// Checks the flags of a RUN.
pub(super) fn check(step: &Step<'_>, found: &mut Vec<Refusal>) {
    for flag in &step.instruction.statement.flags {
        let Some(value) = &flag.value else { continue };
        match flag.name.as_str() {
            "mount" => mount(step, flag, value, found),
            "network" => one_of("network", value, &["default", "none", "host"], found),
            "security" => one_of("security", value, &["sandbox", "insecure"], found),
            "device" => device(value, found),
            _ => {}
        }
    }
}

fn one_of(name: &str, value: &Word, allowed: &[&str], found: &mut Vec<Refusal>) {
    if allowed.contains(&value.text.as_str()) {
        return;
    }
    let message = format!("`--{name}` is {}, not `{}`", listed(allowed), value.text);
    let refusal = Refusal::new(RefusalKind::RunSandbox, value.span, message);
    found.push(match nearest(&value.text, allowed.iter().copied()) {
        Some(meant) => refusal.suggest(value.span, meant),
        None => refusal,
    });
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}

fn device(value: &Word, found: &mut Vec<Refusal>) {
    let mut name = None;
    for field in value.text.split(',') {
        let (key, setting) = field.split_once('=').unwrap_or((field, ""));
        let complaint = match (key.to_ascii_lowercase().as_str(), field.contains('=')) {
            ("required", true) if !is_bool(setting) => {
                Some(format!("`required={setting}` is neither true nor false"))
            }
            ("required", _) => None,
            ("name", true) if name.is_some() => Some("the device has a name already".to_owned()),
            ("name", true) => {
                name = Some(setting);
                None
            }
            _ if name.is_none() => {
                name = Some(field);
                None
            }
            _ => Some(format!("`{field}` is no option of a device")),
        };
        found.extend(
            complaint.map(|message| Refusal::new(RefusalKind::RunSandbox, value.span, message)),
        );
    }
}

/// One option of a mount, with its place.
struct Field<'w> {
    text: &'w str,
    key: String,
    /// The value; `None` where there is no `=`.
    value: Option<&'w str>,
    span: Span,
}

fn mount(step: &Step<'_>, flag: &Flag, value: &Word, found: &mut Vec<Refusal>) {
    let line = &step.instruction.line;
    let expanded = step.text(value);
    let Some(text) = expanded else { return };
    let written = text == value.text;
    let mut offset = 0;
    let mut fields = Vec::new();
    for part in split_csv(text) {
        let range = offset..offset + part.len() as u32;
        offset = range.end + 1;
        let (key, setting) = match part.split_once('=') {
            Some((key, setting)) => (key, Some(setting)),
            None => (part, None),
        };
        let span = if written { value.part(line, &range) } else { value.span };
        fields.push(Field { text: part, key: key.to_ascii_lowercase(), value: setting, span });
    }
    // BuildKit reads the options in order: the type counts from where it stands.
    let mut mount = Mount { kind: "bind".to_owned(), ..Mount::default() };
    for field in &fields {
        found.extend(mount.option(field));
    }
    if let Some((message, keys)) = mount.combination() {
        let guilty = fields.iter().rev().find(|field| keys.contains(&field.key.as_str()));
        let span = guilty.map_or(flag.span, |field| field.span);
        found.push(Refusal::new(RefusalKind::RunMount, span, message));
    }
}

/// Splits at commas outside of double quotes.
fn split_csv(text: &str) -> Vec<&str> {
    let mut quoted = false;
    let split = |ch: char| {
        quoted ^= ch == '"';
        ch == ',' && !quoted
    };
    text.split(split).collect()
}

#[derive(Default)]
struct Mount {
    kind: String,
    from: bool,
    source: bool,
    target: bool,
    id: bool,
    sharing: bool,
    /// The target is `/`.
    covers_root: bool,
    file_mode: Option<&'static str>,
}

impl Mount {
    fn option(&mut self, field: &Field<'_>) -> Option<Refusal> {
        let refuse =
            |message: String| Some(Refusal::new(RefusalKind::RunMount, field.span, message));
        let Some(value) = field.value else {
            return match field.key.as_str() {
                "readonly" | "ro" | "readwrite" | "rw" => None,
                "required" if matches!(self.kind.as_str(), "secret" | "ssh") => None,
                "required" => {
                    refuse(format!("a mount of type `{}` has no option `required`", self.kind))
                }
                _ => refuse(format!("`{}` must be `name=value`", field.text)),
            };
        };
        let key = field.key.as_str();
        let bad = || format!("`{value}` is no value for `{key}`");
        match key {
            "type" => {
                let kind = value.to_ascii_lowercase();
                if !TYPES.contains(&kind.as_str()) {
                    let message = format!("a mount is of type {}, not `{value}`", listed(&TYPES));
                    return refuse(message)
                        .map(|refusal| with_nearest(refusal, field, value, &TYPES));
                }
                self.kind = kind;
            }
            "from" => {
                // A variable in it is refused with the other uses of stages.
                self.from = !value.is_empty();
            }
            "source" | "src" => self.source = !value.is_empty(),
            "target" | "dst" | "destination" => {
                self.target = !value.is_empty();
                self.covers_root =
                    value.starts_with('/') && value.split('/').all(|part| matches!(part, "" | "."));
            }
            "readonly" | "ro" | "readwrite" | "rw" if !is_bool(value) => return refuse(bad()),
            "readonly" | "ro" | "readwrite" | "rw" => {}
            "required" if !matches!(self.kind.as_str(), "secret" | "ssh") => {
                return refuse(format!("a mount of type `{}` has no option `required`", self.kind));
            }
            "required" if !is_bool(value) => return refuse(bad()),
            "required" => {}
            "size" if self.kind != "tmpfs" => {
                return refuse(format!("a mount of type `{}` has no option `size`", self.kind));
            }
            "size" if !is_size(value) => return refuse(bad()),
            "size" | "env" => {}
            "id" => self.id = !value.is_empty(),
            "sharing" => {
                let sharing = value.to_ascii_lowercase();
                if !SHARING.contains(&sharing.as_str()) {
                    let message = format!("`sharing` is {}, not `{value}`", listed(&SHARING));
                    return refuse(message)
                        .map(|refusal| with_nearest(refusal, field, value, &SHARING));
                }
                self.sharing = true;
            }
            "mode" if u32::from_str_radix(value, 8).is_err() => return refuse(bad()),
            "uid" | "gid" if value.parse::<u32>().is_err() => return refuse(bad()),
            "mode" => self.file_mode = Some("mode"),
            "uid" => self.file_mode = Some("uid"),
            "gid" => self.file_mode = Some("gid"),
            _ => {
                let message = format!("a mount has no option `{key}`");
                let refusal = Refusal::new(RefusalKind::RunMount, field.span, message);
                return Some(match nearest(key, KEYS) {
                    Some(meant) => refusal.suggest(field.span, format!("{meant}={value}")),
                    None => refusal,
                });
            }
        }
        None
    }

    /// What is wrong with the options together, and the keys of which one is to blame.
    fn combination(&self) -> Option<(String, &'static [&'static str])> {
        const SOURCE: &[&str] = &["source", "src"];
        const TARGET: &[&str] = &["target", "dst", "destination"];
        let kind = self.kind.as_str();
        let owned = matches!(kind, "secret" | "ssh" | "cache");
        if let Some(option) = self.file_mode.filter(|_| !owned) {
            let message = format!("a mount of type `{kind}` has no option `{option}`");
            return Some((message, &["mode", "uid", "gid"]));
        }
        if kind == "secret" {
            if self.from {
                return Some(("a secret mount has no `from`".to_owned(), &["from"]));
            }
            if !self.source && !self.target && !self.id {
                let message = "a secret mount needs an `id`, a `source` or a `target`".to_owned();
                return Some((message, &[]));
            }
            if self.source && self.id {
                let message = "a secret mount has a `source` or an `id`, not both".to_owned();
                return Some((message, SOURCE));
            }
        }
        if kind == "ssh" && self.source {
            return Some(("an ssh mount has no `source`".to_owned(), SOURCE));
        }
        if self.sharing && kind != "cache" {
            let message = format!("a mount of type `{kind}` has no option `sharing`");
            return Some((message, &["sharing"]));
        }
        if matches!(kind, "cache" | "bind" | "tmpfs") && self.covers_root {
            return Some(("nothing can be mounted over `/`".to_owned(), TARGET));
        }
        None
    }
}

fn with_nearest(refusal: Refusal, field: &Field<'_>, value: &str, allowed: &[&str]) -> Refusal {
    match nearest(value, allowed.iter().copied()) {
        Some(meant) => refusal.suggest(field.span, format!("{}={meant}", field.key)),
        None => refusal,
    }
}

/// The words that Go's `strconv.ParseBool` takes.
fn is_bool(text: &str) -> bool {
    matches!(
        text,
        "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False"
    )
}

/// A number of bytes with an optional unit, as `go-units` reads it.
fn is_size(text: &str) -> bool {
    let digits = text.find(|ch: char| !ch.is_ascii_digit() && ch != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits).unwrap_or((text, ""));
    let unit = unit.trim_start().to_ascii_lowercase();
    let unit = unit.strip_suffix('b').unwrap_or(&unit);
    let unit = unit.strip_suffix('i').unwrap_or(unit);
    let is_number = number != "." && !number.is_empty() && number.matches('.').count() <= 1;
    is_number && matches!(unit, "" | "k" | "m" | "g" | "t" | "p")
}
