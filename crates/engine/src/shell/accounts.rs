//! Commands that create users and groups.

use super::{Command, ShellWord};

/// What a command does with accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account<'a> {
    /// The user that is created, or gets more groups.
    pub user: &'a ShellWord,
    /// Whether the command creates that user.
    pub creates: bool,
    /// Supplementary groups that the user gets.
    pub groups: Vec<&'a str>,
}

/// Flags of `useradd`, `adduser` and their like that take the next word as their value.
const SHORT: &str = "bcdefgGhkKpPRsuZ";
const LONG: [&str; 17] = [
    "base-dir",
    "comment",
    "conf",
    "expiredate",
    "firstuid",
    "gecos",
    "gid",
    "groups",
    "home",
    "home-dir",
    "inactive",
    "ingroup",
    "password",
    "root",
    "shell",
    "skel",
    "uid",
];

impl<'a> Account<'a> {
    /// Reads a command; `None` unless it is about a user whose name is certain.
    pub fn of(command: &'a Command) -> Option<Self> {
        let program = command.unwrapped_name();
        if !matches!(program, "adduser" | "addgroup" | "gpasswd" | "useradd" | "usermod") {
            return None;
        }
        let (_, arguments) = command.unwrapped().split_first()?;
        let mut operands: Vec<&ShellWord> = Vec::new();
        let mut groups: Vec<&str> = Vec::new();
        let mut waits: Option<&str> = None;
        for word in arguments {
            if let Some(flag) = waits.take() {
                let supplementary = matches!(flag, "G" | "groups") && program != "adduser";
                if supplementary {
                    groups.extend(word.text.split(','));
                } else if program == "gpasswd" && flag == "a" {
                    operands.push(word);
                }
            } else if let Some(name) = word.text.strip_prefix("--") {
                waits = LONG.contains(&name).then_some(name);
                if let Some(list) = name.strip_prefix("groups=") {
                    groups.extend(list.split(','));
                }
            } else if let Some(letters) = word.text.strip_prefix('-') {
                let last = letters.len().saturating_sub(1);
                let flag = letters.get(last..).unwrap_or_default();
                let valued = SHORT.contains(flag) || (program == "gpasswd" && flag == "a");
                waits = Some(flag).filter(|flag| valued && !flag.is_empty());
            } else {
                operands.push(word);
            }
        }
        let creates = match (program, operands.len()) {
            ("useradd", 1) | ("adduser", 1) => true,
            ("usermod", 1) => false,
            ("adduser" | "addgroup" | "gpasswd", 2) => {
                groups.extend(operands.get(1).map(|group| group.text.as_str()));
                false
            }
            _ => return None,
        };
        let user = operands.first().copied().filter(|user| user.literal)?;
        Some(Self { user, creates, groups })
    }
}
