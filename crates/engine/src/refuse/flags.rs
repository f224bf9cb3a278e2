//! Which instruction has which flags, and what their values must look like.

use crate::source::Span;
use crate::suggest::nearest;
use crate::syntax::{
    Body, Flag, Keyword, Refusal, RefusalKind, Statement, instruction::Healthcheck,
};

/// What stands behind the `=` of a flag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// On or off; alone it is on.
    Boolean,
    /// One value; the flag is given once.
    Value,
    /// A value; the flag may be given again.
    Values,
}

use Kind::{Boolean, Value, Values};

/// The flags of an instruction; `None` where BuildKit does not look at flags at all.
const fn known(keyword: Keyword) -> Option<&'static [(&'static str, Kind)]> {
    Some(match keyword {
        Keyword::Add => &[
            ("checksum", Value),
            ("chmod", Value),
            ("chown", Value),
            ("exclude", Values),
            ("keep-git-dir", Boolean),
            ("link", Boolean),
            ("unpack", Boolean),
        ],
        Keyword::Copy => &[
            ("chmod", Value),
            ("chown", Value),
            ("exclude", Values),
            ("from", Value),
            ("link", Boolean),
            ("parents", Boolean),
        ],
        Keyword::From => &[("platform", Value)],
        Keyword::Healthcheck => &[
            ("interval", Value),
            ("retries", Value),
            ("start-interval", Value),
            ("start-period", Value),
            ("timeout", Value),
        ],
        Keyword::Run => {
            &[("device", Values), ("mount", Values), ("network", Value), ("security", Value)]
        }
        Keyword::Cmd
        | Keyword::Entrypoint
        | Keyword::Env
        | Keyword::Expose
        | Keyword::Label
        | Keyword::Maintainer
        | Keyword::Onbuild
        | Keyword::Shell
        | Keyword::User
        | Keyword::Volume
        | Keyword::Workdir => &[],
        Keyword::Arg | Keyword::Stopsignal | Keyword::Unknown => return None,
    })
}

/// Checks the flags of one instruction.
pub(super) fn check(statement: &Statement, found: &mut Vec<Refusal>) {
    let Some(known) = known(statement.keyword) else { return };
    if matches!(statement.body, Body::Healthcheck(Healthcheck::None)) {
        return;
    }
    let mut seen: Vec<&str> = Vec::new();
    for flag in &statement.flags {
        let Some((name, kind)) = known.iter().find(|(name, _)| *name == flag.name) else {
            found.push(unknown(statement, flag, known));
            continue;
        };
        if *kind != Values && seen.contains(name) {
            let message = format!("`--{name}` is given twice");
            found.push(Refusal::new(RefusalKind::DuplicateFlag, flag.span, message));
        }
        if !seen.contains(name) {
            seen.push(name);
        }
        found.extend(value(flag, *kind));
    }
}

fn unknown(statement: &Statement, flag: &Flag, known: &[(&'static str, Kind)]) -> Refusal {
    let keyword = statement.keyword.name();
    let nearest = nearest(&flag.name, known.iter().map(|(name, _)| *name));
    let mut message = format!("{keyword} has no flag `--{}`", flag.name);
    if known.is_empty() {
        message = format!("{keyword} takes no flags, and `--{}` looks like one", flag.name);
    }
    if let Some(name) = nearest {
        message += &format!("; did you mean `--{name}`?");
    }
    let refusal = Refusal::new(RefusalKind::UnknownFlag, flag.span, message);
    match nearest {
        Some(name) => {
            // Behind the two dashes stands the name, unless quotes or escapes are in the way.
            let start = flag.span.start + 2;
            let span = Span::new(start, start + flag.name.len() as u32);
            let verbatim = flag.span.contains(span);
            if verbatim { refusal.suggest(span, name) } else { refusal }
        }
        None => refusal,
    }
}

fn value(flag: &Flag, kind: Kind) -> Option<Refusal> {
    let name = &flag.name;
    let Some(value) = &flag.value else {
        let message = format!("`--{name}` needs a value: `--{name}=...`");
        let refusal = Refusal::new(RefusalKind::FlagWithoutValue, flag.span, message);
        return (kind != Boolean).then_some(refusal);
    };
    if kind != Boolean {
        return None;
    }
    if value.text.is_empty() {
        let message = format!("`--{name}=` has no value");
        return Some(Refusal::new(RefusalKind::FlagWithoutValue, flag.span, message));
    }
    let boolean = matches!(value.text.to_ascii_lowercase().as_str(), "true" | "false");
    (!boolean).then(|| {
        let message = format!("`--{name}` is `true` or `false`, not `{}`", value.text);
        let refusal = Refusal::new(RefusalKind::FlagBoolean, value.span, message);
        match value.text.to_ascii_lowercase().as_str() {
            "yes" | "on" | "1" | "t" => refusal.suggest(value.span, "true"),
            "no" | "off" | "0" | "f" => refusal.suggest(value.span, "false"),
            _ => refusal,
        }
    })
}
