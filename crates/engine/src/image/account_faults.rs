//! Commands that cannot create a user or a group as they are told to.
//!
//! Tried with Debian 12's shadow and adduser, and with BusyBox: a group that is not there, a name that
//! is taken, and a number that is taken end all of them with an error.

use super::simulate::Walk;
use crate::catalog::Family;
use crate::model::Step;
use crate::shell::{Account, Command, Joint, ShellWord};
use crate::source::Span;

/// A command that fails over what it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountFault {
    /// What is wrong.
    pub clash: Clash,
    /// The name or the number.
    pub name: String,
    /// The word that says it.
    pub span: Span,
}

/// What is wrong with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// A group that does not exist.
    NoGroup,
    /// A user that does not exist.
    NoUser,
    /// A user of that name exists.
    UserThere,
    /// A group of that name exists.
    GroupThere,
    /// The user would get a group of its name, which exists, unless this flag names it.
    OwnGroupThere(&'static str),
    /// The number belongs to somebody else.
    NumberTaken,
}

/// Whose programs the image has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Busybox,
    /// Debian's scripts `adduser` and `addgroup`.
    Debian,
    Shadow,
}

impl Walk<'_, '_> {
    /// Notes why a command that creates accounts certainly fails, and its RUN with it.
    pub(super) fn note_account_fault(&mut self, command: &Command, step: &Step<'_>) {
        let program = command.unwrapped_program();
        let group = matches!(program, "addgroup" | "groupadd");
        if !group && !matches!(program, "adduser" | "useradd" | "usermod") {
            return;
        }
        let certain = command.is_top_level() && command.joint != Joint::Or;
        let Some(whose) = self.whose(program).filter(|_| certain) else { return };
        if step.script.is_caught(command) {
            return;
        }
        // `addgroup USER GROUP` of BusyBox puts one into the other.
        let joins =
            whose == Whose::Busybox && command.arguments().len() == 2 && program == "addgroup";
        let joins = joins && !command.arguments().iter().any(|word| word.text.starts_with('-'));
        let fault = match group && !joins {
            true => self.fault_of_group(command, whose),
            false => self.fault_of_user(command, whose),
        };
        self.image.account_faults.extend(fault);
    }

    fn whose(&self, program: &str) -> Option<Whose> {
        let family = self.image.base.row()?.family;
        Some(match (family, program) {
            (Family::Alpine | Family::Busybox, "adduser" | "addgroup") => Whose::Busybox,
            (Family::Debian | Family::Ubuntu, "adduser" | "addgroup") => Whose::Debian,
            // Without the package `shadow` it has no other programs, and with it who knows whom
            // packages brought.
            (Family::Alpine | Family::Busybox | Family::Wolfi, _) => return None,
            (_, "useradd" | "groupadd" | "usermod") => Whose::Shadow,
            _ => return None,
        })
    }

    fn fault_of_group(&self, command: &Command, whose: Whose) -> Option<AccountFault> {
        let (_, arguments) = command.unwrapped().split_first()?;
        let accounts = &self.image.accounts;
        let mut names = operands(arguments, "gKpRP");
        let name = names.next().filter(|name| name.literal)?;
        if names.next().is_some() {
            return None;
        }
        // With `-f` there is nothing to do; nor is there for a system group of Debian's script.
        let lenient = match whose {
            Whose::Shadow => command.has_flag(Some('f'), "force"),
            Whose::Debian => command.has_flag(None, "system"),
            Whose::Busybox => false,
        };
        if lenient {
            return None;
        }
        if accounts.certainly_has_group(&name.text) {
            return Some(AccountFault::new(Clash::GroupThere, name, &name.text));
        }
        let same = command.has_flag(Some('o'), "non-unique");
        let number = value(arguments, "-g", "--gid").filter(|_| !same)?;
        let taken = accounts.has_group_number(number.1);
        taken.then(|| AccountFault::new(Clash::NumberTaken, number.0, number.1))
    }

    fn fault_of_user(&self, command: &Command, whose: Whose) -> Option<AccountFault> {
        let accounts = &self.image.accounts;
        let (_, arguments) = command.unwrapped().split_first()?;
        let absent = |(word, name): (&ShellWord, &str)| {
            let is_name = name.bytes().any(|byte| !byte.is_ascii_digit());
            let gone = is_name && word.literal && accounts.has_group(name) == Some(false);
            gone.then(|| AccountFault::new(Clash::NoGroup, word, name))
        };
        let into = match whose {
            Whose::Busybox => value(arguments, "-G", "--ingroup"),
            Whose::Debian => value(arguments, "--ingroup", "--ingroup"),
            Whose::Shadow => value(arguments, "-g", "--gid"),
        };
        if let Some(fault) = into.and_then(absent) {
            return Some(fault);
        }
        if whose == Whose::Shadow
            && let Some((word, list)) =
                value(arguments, "-G", "--groups").or_else(|| value(arguments, "-aG", "--groups"))
            && let Some(fault) = list.split(',').find_map(|name| absent((word, name)))
        {
            return Some(fault);
        }
        let account = Account::of(command)?;
        let name = account.user;
        if !account.creates {
            let gone = accounts.has_user(&name.text) == Some(false);
            let fault = gone.then(|| AccountFault::new(Clash::NoUser, name, &name.text));
            // Of `adduser USER GROUP`, the group is the last word.
            let last = arguments.last().filter(|_| whose != Whose::Shadow);
            return fault.or_else(|| last.and_then(|word| absent((word, &word.text))));
        }
        // A system user that is there already is fine by Debian's script.
        if whose == Whose::Debian && command.has_flag(None, "system") {
            return None;
        }
        if accounts.certainly_has_user(&name.text) {
            return Some(AccountFault::new(Clash::UserThere, name, &name.text));
        }
        let own_group = into.is_none()
            && match whose {
                Whose::Shadow => !command.has_flag(Some('N'), "no-user-group"),
                Whose::Busybox => !command.has_flag(Some('S'), "system"),
                Whose::Debian => false,
            };
        if own_group && accounts.certainly_has_group(&name.text) {
            let flag = if whose == Whose::Busybox { "-G" } else { "-g" };
            return Some(AccountFault::new(Clash::OwnGroupThere(flag), name, &name.text));
        }
        let same = command.has_flag(Some('o'), "non-unique");
        let number = value(arguments, "-u", "--uid").filter(|_| !same)?;
        // BusyBox gives the user's own group the same number.
        let group = own_group && whose == Whose::Busybox;
        let taken =
            accounts.has_user_number(number.1) || (group && accounts.has_group_number(number.1));
        taken.then(|| AccountFault::new(Clash::NumberTaken, number.0, number.1))
    }
}

impl AccountFault {
    fn new(clash: Clash, word: &ShellWord, name: &str) -> Self {
        Self { clash, name: name.to_owned(), span: word.span }
    }
}

/// The word with the value of a flag, and the value: the next word, or what is glued to it.
pub(super) fn value<'w>(
    arguments: &'w [ShellWord],
    short: &str,
    long: &str,
) -> Option<(&'w ShellWord, &'w str)> {
    arguments.iter().enumerate().find_map(|(at, word)| {
        if word.text == short || word.text == long {
            let next = arguments.get(at + 1)?;
            return Some((next, next.text.as_str()));
        }
        let glued = word.text.strip_prefix(long)?.strip_prefix('=')?;
        Some((word, glued))
    })
}

/// The words that are neither flags nor values of one of the short flags `valued`.
fn operands<'w>(arguments: &'w [ShellWord], valued: &str) -> impl Iterator<Item = &'w ShellWord> {
    let mut waits = false;
    arguments.iter().filter(move |word| {
        let is_value = std::mem::take(&mut waits);
        let Some(letters) = word.text.strip_prefix('-') else { return !is_value };
        waits = match letters.strip_prefix('-') {
            Some(long) => matches!(long, "gid" | "key" | "password" | "root" | "prefix"),
            None => letters.chars().last().is_some_and(|last| valued.contains(last)),
        };
        false
    })
}
