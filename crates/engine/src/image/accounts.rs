//! Users and groups of an image, as far as the text tells.

use super::BaseFacts;
use super::account_faults::value;
use crate::named;
use crate::shell::{Account, Command, Joint};

/// Names that `/etc/passwd` and `/etc/group` hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    users: Names,
    groups: Names,
}

/// Names of which some may not be known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Names {
    /// Those that the base image brings.
    of_base: &'static [&'static str],
    added: named::Names,
    /// Those of `added` that only a condition brings.
    perhaps: named::Names,
    /// Numbers that others than the base take.
    numbers: named::Names,
    /// Whether there are certainly no others, and nobody has taken one away.
    complete: bool,
}

/// Names that all releases of an image have, where it has them at all; with the number where people
/// are likely to want the same one.
const EVERYWHERE: [(&str, Option<u32>); 11] = [
    ("bin", None),
    ("daemon", None),
    ("mail", None),
    ("nginx", None),
    ("node", Some(1000)),
    ("nobody", None),
    ("nogroup", None),
    ("root", Some(0)),
    ("sys", None),
    ("ubuntu", Some(1000)),
    ("www-data", None),
];

impl Names {
    fn has(&self, name: &str) -> Option<bool> {
        match self.of_base.contains(&name) || self.added.contains(name) {
            true => Some(true),
            false => self.complete.then_some(false),
        }
    }

    fn of(of_base: &'static [&'static str], complete: bool) -> Self {
        Self { of_base, complete, ..Self::default() }
    }

    fn add(&mut self, name: &str, number: Option<u32>, certain: bool) {
        if certain {
            self.perhaps.remove(name);
            self.numbers.extend(number.as_ref().map(u32::to_string));
        } else if !self.added.contains(name) {
            self.perhaps.add(name);
        }
        self.added.add(name);
    }

    fn certainly_has(&self, name: &str) -> bool {
        let of_base = || {
            let sure = EVERYWHERE.iter().any(|(known, _)| *known == name);
            sure && self.of_base.contains(&name)
        };
        let added = || self.added.contains(name) && !self.perhaps.contains(name);
        self.complete && (added() || of_base())
    }

    fn has_number(&self, number: &str) -> bool {
        let Ok(number) = number.parse::<u32>() else { return false };
        let of_base = |(name, known): &(&str, Option<u32>)| {
            *known == Some(number) && self.of_base.contains(name)
        };
        let taken = || EVERYWHERE.iter().any(of_base) || self.numbers.contains(&number.to_string());
        self.complete && taken()
    }
}

impl Accounts {
    /// Those of a base image.
    pub(super) fn of(base: &BaseFacts) -> Self {
        let (users, groups, complete): (&[&str], &[&str], bool) = match base {
            BaseFacts::Scratch => (&[], &[], true),
            BaseFacts::Known(found) => {
                (found.image.users, found.image.groups, found.image.all_users)
            }
            BaseFacts::Unknown => (&[], &[], false),
        };
        Self { users: Names::of(users, complete), groups: Names::of(groups, complete) }
    }

    /// Whether there is a user of that name; `None` where that is not known.
    pub fn has_user(&self, name: &str) -> Option<bool> {
        self.users.has(name)
    }

    /// Whether a command that creates this user certainly fails.
    pub(super) fn certainly_has_user(&self, name: &str) -> bool {
        self.users.certainly_has(name)
    }

    /// The same for a group.
    pub(super) fn certainly_has_group(&self, name: &str) -> bool {
        self.groups.certainly_has(name)
    }

    /// Whether a number certainly belongs to a user.
    pub(super) fn has_user_number(&self, number: &str) -> bool {
        self.users.has_number(number)
    }

    /// The same for a group.
    pub(super) fn has_group_number(&self, number: &str) -> bool {
        self.groups.has_number(number)
    }

    /// Whether there is a group of that name; `None` where that is not known.
    pub fn has_group(&self, name: &str) -> Option<bool> {
        self.groups.has(name)
    }

    /// The user or group of `USER` or `--chown` that is certainly not there.
    pub fn lacks<'t>(&self, identity: &'t str) -> Option<&'t str> {
        let is_name = |part: &&str| part.bytes().any(|byte| !byte.is_ascii_digit());
        let (user, group) = match identity.split_once(':') {
            Some((user, group)) => (user, Some(group)),
            None => (identity, None),
        };
        let user = Some(user).filter(is_name).filter(|user| self.has_user(user) == Some(false));
        let lacks_group = |group: &&str| self.has_group(group) == Some(false);
        user.or_else(|| group.filter(is_name).filter(lacks_group))
    }

    /// Anybody may have been added.
    pub(super) fn open(&mut self) {
        self.users.complete = false;
        self.groups.complete = false;
    }

    /// Takes over what another image has: a copied `/etc/passwd`.
    pub(super) fn copy_users(&mut self, other: &Self) {
        self.users = other.users.clone();
    }

    /// Takes over what another image has: a copied `/etc/group`.
    pub(super) fn copy_groups(&mut self, other: &Self) {
        self.groups = other.groups.clone();
    }

    /// Reads lines of a passwd file, which are all there is if it is written anew.
    pub(super) fn write_users(&mut self, text: &str, anew: bool) {
        self.users.write(text, anew);
    }

    /// The same for a group file.
    pub(super) fn write_groups(&mut self, text: &str, anew: bool) {
        self.groups.write(text, anew);
    }

    /// What a command that creates users or groups does; `false` if it is none.
    pub(super) fn run(&mut self, command: &Command) -> bool {
        let certain = command.is_top_level() && matches!(command.joint, Joint::First | Joint::And);
        let words = command.unwrapped();
        let Some((_, arguments)) = words.split_first() else { return false };
        let last = arguments.last().filter(|word| word.literal && !word.text.starts_with('-'));
        let program = command.unwrapped_name();
        match program {
            "useradd" | "adduser" => match Account::of(command).filter(|account| account.creates) {
                Some(account) => {
                    let number =
                        |short: &str, long: &str| value(arguments, short, long)?.1.parse().ok();
                    let uid = number("-u", "--uid");
                    self.users.add(&account.user.text, uid, certain);
                    // Unless it is told otherwise, it makes a group of that name too.
                    let into_another = match program {
                        "useradd" => {
                            command.has_flag(Some('g'), "gid")
                                || command.has_flag(Some('N'), "no-user-group")
                        }
                        // System users go into `nogroup`.
                        _ => {
                            command.has_flag(Some('G'), "ingroup")
                                || command.has_flag(None, "gid")
                                || (command.has_flag(Some('S'), "system")
                                    && !command.has_flag(None, "group"))
                        }
                    };
                    if !into_another {
                        self.groups.add(&account.user.text, uid, certain);
                    }
                }
                None => self.open(),
            },
            "addgroup" | "groupadd" => match last {
                Some(name) => {
                    let gid = value(arguments, "-g", "--gid").and_then(|gid| gid.1.parse().ok());
                    self.groups.add(&name.text, gid, certain);
                }
                None => self.open(),
            },
            "usermod" | "groupmod" | "userdel" | "deluser" | "delgroup" | "groupdel"
            | "newusers" => {
                self.open();
            }
            _ => return false,
        }
        true
    }
}

impl Names {
    fn write(&mut self, text: &str, anew: bool) {
        if anew {
            self.of_base = &[];
            self.added = named::Names::new();
            self.numbers = named::Names::new();
            self.complete = true;
        }
        for line in text.split(['\n', '\\']) {
            // `\n` of echo and printf leaves its letter.
            if let Some((name, rest)) = line.split_once(':')
                && rest.contains(':')
            {
                self.added.add(name.trim());
                self.added.add(name.trim().trim_start_matches('n'));
            }
        }
    }
}
