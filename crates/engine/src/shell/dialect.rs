//! The dialects of `adduser` and its like: BusyBox, Debian's scripts, and the programs of shadow.

use super::{Command, ShellWord};
use crate::source::Span;

/// Whose flags a program understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `adduser` and `addgroup` of BusyBox, as on Alpine.
    Busybox,
    /// `adduser` and `addgroup` of Debian, which are scripts.
    Debian,
    /// `useradd` and `groupadd`.
    Shadow,
}

/// What a flag asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flag {
    Home,
    Gecos,
    Shell,
    Into,
    Id,
    System,
    NoHome,
    MakesHome,
    /// Nothing that another dialect would have to be told.
    Nothing,
}

impl Flag {
    fn takes_value(self) -> bool {
        matches!(self, Self::Home | Self::Gecos | Self::Shell | Self::Into | Self::Id)
    }
}

const BUSYBOX_LONG: [&str; 10] = [
    "disabled-password",
    "empty-password",
    "gecos",
    "gid",
    "home",
    "ingroup",
    "no-create-home",
    "shell",
    "system",
    "uid",
];
const DEBIAN_LONG: [&str; 18] = [
    "add-extra-groups",
    "allow-all-names",
    "conf",
    "debug",
    "disabled-login",
    "disabled-password",
    "encrypt-home",
    "extra-groups",
    "firstuid",
    "force-badname",
    "gecos",
    "group",
    "help",
    "home",
    "ingroup",
    "quiet",
    "shell",
    "system",
];
/// Flags of others that Debian's scripts do not know.
const DEBIAN_UNKNOWN: [&str; 9] = [
    "create-home",
    "empty-password",
    "groups",
    "home-dir",
    "no-log-init",
    "no-user-group",
    "password",
    "skel",
    "user-group",
];
/// Flags of others that the programs of shadow do not know.
const SHADOW_UNKNOWN: [&str; 5] =
    ["disabled-login", "disabled-password", "empty-password", "gecos", "ingroup"];

/// The flag that a program certainly refuses, and with which it fails.
pub fn refused(command: &Command, dialect: Dialect) -> Option<&ShellWord> {
    let (program, arguments) = command.unwrapped().split_first()?;
    let group = is_of_groups(&program.text);
    let mut waits = false;
    // With `-h`, Debian's scripts show their help, and nothing fails.
    let asks_help = |word: &ShellWord| matches!(&*word.text, "-h" | "-H" | "--help");
    if dialect == Dialect::Debian && arguments.iter().any(asks_help) {
        return None;
    }
    arguments.iter().filter(|word| word.literal).find(|word| {
        if std::mem::take(&mut waits) || word.text.len() < 2 {
            return false;
        }
        if let Some(long) = word.text.strip_prefix("--") {
            let name = long.split('=').next().unwrap_or(long);
            return !name.is_empty() && refuses_long(name, dialect);
        }
        let Some(letters) = word.text.strip_prefix('-') else { return false };
        waits = last_takes_value(letters, dialect, group);
        match (dialect, group) {
            (Dialect::Busybox, false) => unknown(letters, "DSH", "hgsGuk"),
            (Dialect::Busybox, true) => unknown(letters, "S", "g"),
            (Dialect::Shadow, false) => unknown(letters, "FlmMNorU", "bcdefgGkKpRPsuZ"),
            (Dialect::Shadow, true) => unknown(letters, "for", "gKpRPU"),
            // One letter is short for a long name, if it is for one only.
            (Dialect::Debian, _) if letters.len() == 1 => "DSsgGrmMdkpo".contains(letters),
            (Dialect::Debian, _) => {
                let lower = letters.to_ascii_lowercase();
                let bundle = letters.bytes().all(|byte| b"DSHhsgGrmMu".contains(&byte));
                bundle && !DEBIAN_LONG.iter().any(|name| name.starts_with(&lower))
            }
        }
    })
}

fn is_of_groups(program: &str) -> bool {
    program.ends_with("addgroup") || program.ends_with("groupadd")
}

fn refuses_long(name: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Busybox => !BUSYBOX_LONG.iter().any(|known| known.starts_with(name)),
        Dialect::Debian => DEBIAN_UNKNOWN.contains(&name),
        Dialect::Shadow => SHADOW_UNKNOWN.contains(&name),
    }
}

/// Whether a letter is none of those without a value, before one that takes the rest.
fn unknown(letters: &str, plain: &str, valued: &str) -> bool {
    let first = letters.chars().find(|letter| !plain.contains(*letter));
    first.is_some_and(|letter| !valued.contains(letter))
}

fn last_takes_value(letters: &str, dialect: Dialect, group: bool) -> bool {
    let valued = match (dialect, group) {
        (Dialect::Busybox, false) => "hgsGuk",
        (Dialect::Shadow, false) => "bcdefgGkKpRPsuZ",
        (Dialect::Debian, _) => "cu",
        (_, true) => "gKpRPU",
    };
    letters.find(|letter| valued.contains(letter)).is_some_and(|at| at + 1 == letters.len())
}

/// What a command wants, whatever its dialect.
struct Wish<'t> {
    values: Vec<(Flag, &'t str)>,
    name: &'t str,
    asks: Vec<Flag>,
    shadow: bool,
}

/// The same command for another distribution; `None` where that is not certain.
pub fn translated(command: &Command, to: Dialect, text: &str) -> Option<(Span, String)> {
    let (program, arguments) = command.unwrapped().split_first()?;
    let group = is_of_groups(&program.text);
    let place = arguments.iter().fold(program.span, |all, word| all.cover(word.span));
    let wish = Wish::of(&program.text, group, arguments, text)?;
    let mut line = match (to, group) {
        (Dialect::Busybox, true) => "addgroup",
        (Dialect::Busybox, false) => "adduser -D",
        (_, true) => "groupadd",
        (_, false) => "useradd",
    }
    .to_owned();
    let busybox = to == Dialect::Busybox;
    let system = wish.asks.contains(&Flag::System);
    let no_home =
        wish.asks.contains(&Flag::NoHome) || (wish.shadow && !wish.asks.contains(&Flag::MakesHome));
    let into = wish.values.iter().any(|(flag, _)| *flag == Flag::Into);
    let own_group = busybox && !group && system && !into;
    if own_group {
        line = format!("addgroup -S {} && {line}", wish.name);
    }
    if system {
        line.push_str(if busybox { " -S" } else { " -r" });
    }
    if !group && no_home == busybox {
        line.push_str(if busybox { " -H" } else { " -m" });
    }
    for (flag, value) in &wish.values {
        let letter = match (flag, busybox) {
            (Flag::Home, true) => 'h',
            (Flag::Home, false) => 'd',
            (Flag::Gecos, true) => 'g',
            (Flag::Gecos, false) => 'c',
            (Flag::Shell, _) => 's',
            (Flag::Into, true) => 'G',
            (Flag::Id, _) if !group => 'u',
            _ => 'g',
        };
        line.push_str(&format!(" -{letter} {value}"));
    }
    if own_group {
        line.push_str(&format!(" -G {}", wish.name));
    }
    Some((place, format!("{line} {}", wish.name)))
}

impl<'t> Wish<'t> {
    fn of(program: &str, group: bool, arguments: &[ShellWord], text: &'t str) -> Option<Self> {
        let shadow = program.ends_with("useradd") || program.ends_with("groupadd");
        let mut wish = Wish { values: Vec::new(), name: "", asks: Vec::new(), shadow };
        let mut names = Vec::new();
        let mut waits: Option<Flag> = None;
        for word in arguments {
            let written = word.span.of(text);
            // Words of a JSON array have other quotes.
            if written.ends_with([',', ']']) {
                return None;
            }
            if let Some(flag) = waits.take() {
                wish.values.push((flag, written));
                continue;
            }
            if let Some(long) = written.strip_prefix("--") {
                let (name, value) =
                    long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v)));
                let flag = long_flag(name, group)?;
                match value {
                    Some(value) => wish.values.push((flag, value)),
                    None if flag.takes_value() => waits = Some(flag),
                    None => wish.asks.push(flag),
                }
            } else if let Some(letters) = written.strip_prefix('-') {
                for (at, letter) in letters.char_indices() {
                    let flag = short_flag(letter, shadow, group)?;
                    if flag.takes_value() {
                        let rest = letters.get(at + letter.len_utf8()..).unwrap_or_default();
                        match rest {
                            "" => waits = Some(flag),
                            _ => wish.values.push((flag, rest)),
                        }
                        break;
                    }
                    wish.asks.push(flag);
                }
            } else {
                names.push(written);
            }
        }
        let [name] = names.as_slice() else { return None };
        wish.name = name;
        waits.is_none().then_some(wish)
    }
}

fn short_flag(letter: char, shadow: bool, group: bool) -> Option<Flag> {
    Some(match (letter, shadow) {
        ('g', _) if group => Flag::Id,
        ('r', true) | ('S', _) => Flag::System,
        ('f', true) if group => Flag::Nothing,
        _ if group => return None,
        ('D', _) | ('l' | 'N' | 'U', true) => Flag::Nothing,
        ('H', _) | ('M', true) => Flag::NoHome,
        ('m', true) => Flag::MakesHome,
        ('h', false) | ('d', true) => Flag::Home,
        ('g', false) | ('c', true) => Flag::Gecos,
        ('s', _) => Flag::Shell,
        ('G', false) | ('g', true) => Flag::Into,
        ('u', _) => Flag::Id,
        _ => return None,
    })
}

fn long_flag(name: &str, group: bool) -> Option<Flag> {
    Some(match name {
        "gid" if group => Flag::Id,
        "home" | "home-dir" => Flag::Home,
        "gecos" | "comment" => Flag::Gecos,
        "shell" => Flag::Shell,
        "ingroup" | "gid" => Flag::Into,
        "uid" => Flag::Id,
        "system" => Flag::System,
        "no-create-home" => Flag::NoHome,
        "create-home" => Flag::MakesHome,
        "disabled-password" | "disabled-login" | "empty-password" | "quiet" | "no-log-init"
        | "user-group" | "force" | "group" => Flag::Nothing,
        _ => return None,
    })
}
