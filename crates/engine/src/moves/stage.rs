//! A final stage that copies its program: another base, and what follows from it.

use super::data::{DATA, Data};
use super::{Facts, Plan, Target};
use crate::diagnostic::Edit;
use crate::image::{BaseFacts, base_lacks_program, has_shell_as_entrypoint, is_root};
use crate::model::Step;
use crate::rules::exec_form;
use crate::shell::{Account, Command, Install, Manager};
use crate::source::Span;
use crate::syntax::{Body, CommandLine, Keyword, Word, instruction::Healthcheck};

/// The user under whose number a program runs where nobody has another idea; that of distroless.
const NOBODY: &str = "65532";

impl Facts<'_, '_> {
    /// Exchanges the base of the final stage.
    pub(super) fn exchange(&self, plan: &mut Plan<'_>) -> Result<(), String> {
        if !self.stands_alone() {
            return Err(
                "the final stage builds on another one, which has a base of its own".to_owned()
            );
        }
        let view = self.stage.from_view().ok_or("FROM cannot be read")?;
        let reference = plan.target.reference;
        if self.stage.base_text() == reference {
            return Ok(());
        }
        self.keep_variables(plan.target)?;
        plan.edits.push(Edit::replace(view.image.span, reference));
        if self.image.base == BaseFacts::Unknown {
            let old = self.stage.base_text();
            plan.note(format!("what else `{old}` brings is not known"));
        }
        let mut dropped = Vec::new();
        for step in &self.stage.steps {
            match step.body() {
                Body::Run(_) => self.run(step, plan, &mut dropped)?,
                Body::User(word) => self.user(step, word, plan),
                Body::Copy(_) | Body::Add(_) => self.copy(step, plan),
                Body::Cmd(command) | Body::Entrypoint(command) => {
                    self.entry(step, command, plan)?
                }
                Body::Healthcheck(check) => self.health(step, check, plan),
                Body::Shell(_) if !plan.target.has_shell() => {
                    plan.edits.push(Edit::delete(self.lines(step.instruction.span())));
                    plan.note("SHELL goes, since there is none");
                }
                _ => {}
            }
        }
        self.bring_data(plan, &dropped);
        self.keep_user(plan);
        self.keep_workdir(plan);
        if !plan.added.is_empty() {
            let behind = self.lines(self.stage.from.instruction.span()).end;
            let ends = self.text.get(..behind as usize).is_some_and(|text| text.ends_with('\n'));
            let added = std::mem::take(&mut plan.added);
            let added = if ends { added } else { format!("\n{}", added.trim_end()) };
            plan.edits.push(Edit::insert(behind, added));
        }
        Ok(())
    }

    /// Relative paths stay what they are where the new base has a WORKDIR of its own.
    fn keep_workdir(&self, plan: &mut Plan<'_>) {
        let (Some(old), Some(new)) = (self.image.base.workdir(), plan.target.base.workdir()) else {
            return;
        };
        let is_relative = |step: &Step<'_>, word: &Word| {
            step.text(word).is_some_and(|path| !path.starts_with(['/', '$']))
        };
        let mut steps = self.stage.steps.iter();
        let found = steps.find_map(|step| match step.body() {
            Body::Workdir(word) if !is_relative(step, word) => Some(false),
            Body::Workdir(_) => Some(true),
            Body::Copy(copy) | Body::Add(copy) if is_relative(step, &copy.destination) => {
                Some(true)
            }
            _ => None,
        });
        let starts = || self.image.entrypoint.as_ref().or(self.image.cmd.as_ref());
        let program = || starts().and_then(|entry| entry.program.as_deref());
        let relative = found.unwrap_or_else(|| program().is_some_and(|path| path.starts_with('.')));
        // On scratch nobody has to say that files go to the root.
        let unsaid = matches!(self.image.base, BaseFacts::Scratch);
        if relative && (unsaid || old != new) {
            plan.added.insert_str(0, &format!("WORKDIR {old}\n"));
            // It starts without that line too where both say the same.
            if old != new {
                plan.note(format!("WORKDIR stays `{old}`, where relative paths are looked up"));
            }
        }
    }

    /// RUN stays where the distribution does; otherwise it must be one that can go.
    fn run(
        &self,
        step: &Step<'_>,
        plan: &mut Plan<'_>,
        dropped: &mut Vec<String>,
    ) -> Result<(), String> {
        if is_same_distribution(&self.image.base, &plan.target.base) {
            let has = |base: &BaseFacts, name: &str| {
                base.row().is_some_and(|row| !base_lacks_program(row, name))
            };
            let mut programs = step.script.commands.iter().map(Command::program);
            let lost =
                programs.find(|name| has(&self.image.base, name) && !has(&plan.target.base, name));
            return match lost {
                Some(name) => Err(format!("RUN needs `{name}` of the base, and it is not there")),
                None => Ok(()),
            };
        }
        let mut accounts = false;
        for command in &step.script.commands {
            if let Some(install) = Install::of(command).filter(|i| i.manager.is_of_distribution()) {
                let names = install.packages.iter().map(|package| package.name.to_string());
                let names: Vec<String> = names.collect();
                let is_data = |name: &String| DATA.iter().any(|data| data.package == name);
                let others: Vec<&str> =
                    names.iter().filter(|name| !is_data(name)).map(String::as_str).collect();
                if !others.is_empty() || install.open_ended {
                    let others = if others.is_empty() {
                        "that RUN installs".to_owned()
                    } else {
                        others.join(", ")
                    };
                    return Err(format!("the packages {others} would have to be replaced"));
                }
                dropped.extend(names);
            } else if is_account(command) {
                accounts = true;
            } else if !belongs_to_install(command) {
                let what = command.program();
                let what = if what.is_empty() { "RUN" } else { what };
                return Err(match plan.target.has_shell() {
                    true => format!("`{what}` in RUN would have to be looked at"),
                    false => format!("RUN with `{what}` needs a shell, and here is none"),
                });
            }
        }
        plan.edits.push(Edit::delete(self.lines(step.instruction.span())));
        if accounts {
            plan.note("the user is one of a number, so that none has to be created");
        }
        Ok(())
    }

    /// The number for a user or group whose name the target does not know.
    fn numbered(&self, identity: &str, plan: &Plan<'_>) -> Option<String> {
        let row = plan.target.base.row();
        let knows = |name: &str, names: &[&str]| {
            name.bytes().all(|byte| byte.is_ascii_digit()) || names.contains(&name)
        };
        let (user, group) = match identity.split_once(':') {
            Some((user, group)) => (user, Some(group)),
            None => (identity, None),
        };
        let users = row.map_or(&[][..], |row| row.users);
        let groups = row.map_or(&[][..], |row| row.groups);
        let same = is_same_distribution(&self.image.base, &plan.target.base);
        let known = same
            || user == "root" && group.is_none_or(|group| group == "root" || knows(group, groups))
            || knows(user, users) && group.is_none_or(|group| knows(group, groups));
        if known || self.brings_users() {
            return None;
        }
        let id = self.created_id(user);
        let number = |name: &str, is_known: bool| match name {
            "root" => "0".to_owned(),
            name if is_known => name.to_owned(),
            _ => id.clone().unwrap_or_else(|| NOBODY.to_owned()),
        };
        let user = number(user, knows(user, users));
        Some(match group {
            Some(group) => format!("{user}:{}", number(group, knows(group, groups))),
            None => format!("{user}:{user}"),
        })
    }

    /// Whether COPY brings a list of users, whose names are known on each base.
    fn brings_users(&self) -> bool {
        let is_list = |path: &str| matches!(path, "/etc/passwd" | "/etc" | "/etc/");
        self.stage.steps.iter().any(|step| match step.body() {
            Body::Copy(copy) | Body::Add(copy) => step.text(&copy.destination).is_some_and(is_list),
            _ => false,
        })
    }

    /// Variables of the old base that the new one lacks must not be in use.
    fn keep_variables(&self, target: &Target) -> Result<(), String> {
        let there = variables(&target.base);
        let mut lost = self.used.iter().filter(|name| !there.clone().any(|other| other == **name));
        match lost.next() {
            Some(lost) => Err(format!("`${lost}` is a variable of the base, and it is not there")),
            None => Ok(()),
        }
    }

    /// Whom the old base ran the program as without being asked is now to be said.
    fn keep_user(&self, plan: &mut Plan<'_>) {
        let was_root = self.image.base.user().is_none_or(is_root);
        let user = plan.target.base.user().filter(|user| !is_root(user));
        if let (None, true, Some(user)) = (&self.image.user, was_root, user) {
            plan.note(format!("the program runs as `{user}` instead of root"));
        }
        let is_root = user.is_none();
        if self.image.user.is_some() || was_root || !is_root {
            return;
        }
        let starts = |step: &&Step<'_>| matches!(step.body(), Body::Cmd(_) | Body::Entrypoint(_));
        let Some(step) = self.stage.steps.iter().find(starts) else { return };
        let line = self.lines(step.instruction.span()).start;
        plan.edits.push(Edit::insert(line, format!("USER {NOBODY}:{NOBODY}\n")));
        plan.note(format!("`USER {NOBODY}` says what the old base said"));
    }

    /// The number that a command of the final stage gives to a user.
    fn created_id(&self, user: &str) -> Option<String> {
        let commands = self.stage.steps.iter().flat_map(|step| &step.script.commands);
        let creates = |command: &&Command| {
            Account::of(command).is_some_and(|account| account.creates && account.user.text == user)
        };
        let command = commands.into_iter().find(creates)?;
        let arguments = command.arguments();
        let at = arguments.iter().position(|word| matches!(word.text.as_str(), "-u" | "--uid"));
        let glued = arguments.iter().find_map(|word| word.text.strip_prefix("--uid="));
        let value = at.and_then(|at| Some(arguments.get(at + 1)?.text.as_str())).or(glued)?;
        value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.to_owned())
    }

    fn user(&self, step: &Step<'_>, word: &Word, plan: &mut Plan<'_>) {
        let Some(text) = step.text(word) else { return };
        if let Some(number) = self.numbered(text, plan) {
            plan.note(format!("the program runs as `{number}` instead of `{text}`"));
            plan.edits.push(Edit::replace(word.span, number));
        }
    }

    fn copy(&self, step: &Step<'_>, plan: &mut Plan<'_>) {
        let additions =
            self.image.layers.iter().find(|layer| layer.span == step.instruction.span());
        let additions = additions.map_or(&[][..], |layer| &layer.additions);
        let has = |data: &Data| {
            let row = plan.target.base.row();
            row.is_some_and(|row| data.of(row) == Some(true))
        };
        // What the base has need not be copied.
        let only_data = !additions.is_empty()
            && additions
                .iter()
                .all(|added| DATA.iter().any(|data| data.is(&added.what) && has(data)));
        if only_data {
            plan.edits.push(Edit::delete(self.lines(step.instruction.span())));
            return;
        }
        if let Some(word) = step.instruction.statement.flag_value("chown")
            && let Some(text) = step.text(word)
            && let Some(number) = self.numbered(text, plan)
        {
            plan.edits.push(Edit::replace(word.span, number));
        }
    }

    fn entry(
        &self,
        step: &Step<'_>,
        command: &CommandLine,
        plan: &mut Plan<'_>,
    ) -> Result<(), String> {
        if step.keyword() == Keyword::Cmd
            && self.image.entrypoint.is_none()
            && has_shell_as_entrypoint(&plan.target.base)
        {
            let keyword = step.instruction.statement.keyword_word.span;
            plan.edits.push(Edit::replace(keyword, "ENTRYPOINT"));
            plan.note("CMD becomes ENTRYPOINT, since that of the base is a shell");
        }
        let CommandLine::Shell(text) = command else { return Ok(()) };
        if plan.target.has_shell() {
            return Ok(());
        }
        match exec_form(&step.script, text.span, self.text) {
            Some(array) => {
                plan.note(format!(
                    "{} becomes `{array}`, which needs no shell",
                    step.keyword().name()
                ));
                plan.edits.push(Edit::replace(text.span, array));
                Ok(())
            }
            None => Err(format!("{} does what only a shell can", step.keyword().name())),
        }
    }

    fn health(&self, step: &Step<'_>, check: &Healthcheck, plan: &mut Plan<'_>) {
        let Healthcheck::Command(command) = check else { return };
        let row = plan.target.base.row();
        let program = step.script.commands.first().map_or("", Command::program);
        let there = match program {
            "wget" => row.and_then(|row| row.wget) == Some(true),
            "curl" => row.and_then(|row| row.curl) == Some(true),
            _ => true,
        };
        let (span, array) = match command {
            CommandLine::Shell(text) => (text.span, exec_form(&step.script, text.span, self.text)),
            CommandLine::Exec(..) | CommandLine::Empty => (Span::at(0), None),
        };
        match (command, array) {
            (CommandLine::Shell(_), Some(array)) if there && !plan.target.has_shell() => {
                plan.edits.push(Edit::replace(span, array));
            }
            (CommandLine::Shell(_), None) if !plan.target.has_shell() => {
                self.without_health(step, plan)
            }
            _ if !there => self.without_health(step, plan),
            _ => {}
        }
    }

    fn without_health(&self, step: &Step<'_>, plan: &mut Plan<'_>) {
        plan.edits.push(Edit::delete(self.lines(step.instruction.span())));
        plan.note("HEALTHCHECK goes, since its tool is not there; a program can check itself");
    }
}

/// The variables of a base that the instructions of a stage on it use.
pub(super) fn used_variables(base: &BaseFacts, steps: &[Step<'_>]) -> Vec<&'static str> {
    let mut used = Vec::new();
    if variables(base).next().is_none() {
        return used;
    }
    for step in steps {
        for word in step.instruction.statement.arguments.text.split('$').skip(1) {
            let word = word.strip_prefix('{').unwrap_or(word);
            let is_part = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
            let name = word.split(|ch| !is_part(ch)).next().unwrap_or(word);
            let known = variables(base).find(|known| *known == name);
            used.extend(known.filter(|known| !used.contains(known)));
        }
    }
    used
}

fn variables(base: &BaseFacts) -> impl Iterator<Item = &'static str> + Clone {
    let entries = base.row().map_or(&[][..], |row| row.env);
    entries.iter().map(|entry| entry.split('=').next().unwrap_or(entry))
}

/// Whether what RUN does works on the other base as well.
fn is_same_distribution(from: &BaseFacts, to: &BaseFacts) -> bool {
    let (Some(from), Some(to)) = (from.row(), to.row()) else { return false };
    from.family == to.family && from.package_manager == to.package_manager && to.shell.is_some()
}

fn is_account(command: &Command) -> bool {
    matches!(command.program(), "adduser" | "addgroup" | "useradd" | "groupadd")
}

/// What stands around `apk add` and does nothing without it.
fn belongs_to_install(command: &Command) -> bool {
    let removes = command.program() == "rm"
        && command.arguments().iter().all(|word| {
            word.text.starts_with('-')
                || ["/var/cache", "/var/lib/apt", "/tmp/"]
                    .iter()
                    .any(|at| word.text.starts_with(at))
        });
    let manages = Manager::of(command).is_some_and(Manager::is_of_distribution);
    removes || manages || matches!(command.program(), "set" | "true" | "update-ca-certificates")
}
