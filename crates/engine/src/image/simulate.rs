//! Walks each stage instruction by instruction and keeps what is known of the result.

use super::files::{File, entered, seen_from};
use super::layer::Layer;
use super::rewrite::Copied;
use super::{BaseFacts, Entry, Image, Machine, Setting, find_file};
use crate::model::{Base, Model, Stage, Step};
use crate::shell::{Script, variable};
use crate::syntax::{Body, CommandLine};

/// The image at the end of each stage.
pub fn simulate(model: &Model<'_>) -> Vec<Image> {
    let mut images: Vec<Image> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        images.push(image(model.text, stage, &images));
    }
    images
}

/// The image at the end of a stage, by the images of those before it.
pub(crate) fn image(text: &str, stage: &Stage<'_>, earlier: &[Image]) -> Image {
    let mut image = start(stage, earlier);
    image.layers.reserve_exact(stage.steps.len());
    let mut walk = Walk { text, stage, earlier, image, copied: Vec::new(), stored_again: 0 };
    // ONBUILD of the stage below runs first, and nobody follows it.
    if walk.image.parent.and_then(|parent| earlier.get(parent)).is_some_and(|at| at.has_triggers) {
        walk.leave_all_open();
    }
    for (index, step) in stage.steps.iter().enumerate() {
        walk.step(index, step);
    }
    walk.image
}

fn start(stage: &Stage<'_>, images: &[Image]) -> Image {
    let machine = machine(stage);
    match &stage.base {
        Base::Scratch => Image { machine, ..Image::on(BaseFacts::Scratch) },
        Base::Unknown => Image { machine, ..Image::on(BaseFacts::Unknown) },
        Base::Image(_) => {
            let base = stage.found.map_or(BaseFacts::Unknown, BaseFacts::Known);
            Image { machine, ..Image::on(base) }
        }
        Base::Stage(parent) => match images.get(*parent) {
            Some(below) => Image {
                parent: Some(*parent),
                machine: below.machine.clone(),
                user: below.user.clone(),
                workdir: below.workdir.clone(),
                entrypoint: below.entrypoint.clone(),
                cmd: below.cmd.clone(),
                stop_signal: below.stop_signal.clone(),
                shell: below.shell.clone(),
                c_compiler: below.c_compiler,
                libraries: below.libraries.clone(),
                accounts: below.accounts.clone(),
                listens: below.listens,
                variables: below.variables.clone(),
                searched: below.searched.clone(),
                go_env: below.go_env.clone(),
                paths: below.paths.clone(),
                ..Image::on(below.base)
            },
            None => Image::on(BaseFacts::Unknown),
        },
    }
}

/// For which machine `FROM --platform` takes the image.
fn machine(stage: &Stage<'_>) -> Machine {
    let Some(written) = stage.from.instruction.statement.flag_value("platform") else {
        return Machine::Target;
    };
    let architecture = || stage.platform.as_deref()?.split('/').nth(1);
    match variable(&written.text) {
        Some("TARGETPLATFORM") => Machine::Target,
        Some("BUILDPLATFORM") => Machine::Builder,
        _ if written.text.contains("PLATFORM") => Machine::Unknown,
        _ => architecture().map_or(Machine::Unknown, |own| Machine::Fixed(own.to_owned())),
    }
}

/// One stage on its way from its base to its end.
pub(super) struct Walk<'w, 'a> {
    /// The text of the Dockerfile.
    pub(super) text: &'a str,
    pub(super) stage: &'w Stage<'a>,
    /// The images of the stages before this one.
    pub(super) earlier: &'w [Image],
    pub(super) image: Image,
    /// What COPY and ADD of this stage put in place so far.
    pub(super) copied: Vec<Copied>,
    /// How often chown and chmod of this stage have stored a copied thing again so far.
    pub(super) stored_again: usize,
}

impl Walk<'_, '_> {
    fn step(&mut self, index: usize, step: &Step<'_>) {
        match step.body() {
            Body::Copy(copy) | Body::Add(copy) => self.note_copied(index, step, copy),
            Body::Run(_) => self.note_rewrites(index, step),
            _ => {}
        }
        let additions = match step.body() {
            Body::Run(_) => {
                self.note_stranger();
                self.run(step)
            }
            Body::Copy(copy) => self.copy(index, step, copy),
            Body::Add(copy) => self.add(step, copy),
            Body::Workdir(path) => {
                let workdir = self.image.workdir.as_deref();
                self.image.workdir = step.text(path).and_then(|path| entered(workdir, path));
                self.image.workdirs.extend(self.image.workdir.clone());
                Vec::new()
            }
            Body::User(user) => {
                let value = step.text(user).map(str::to_owned);
                self.image.user = Some(Setting { value, span: user.span });
                Vec::new()
            }
            Body::Stopsignal(signal) => {
                let value = step.text(signal).map(str::to_owned);
                self.image.stop_signal = Some(Setting { value, span: signal.span });
                Vec::new()
            }
            Body::Healthcheck(_) => {
                self.image.healthcheck = Some(step.instruction.span());
                Vec::new()
            }
            Body::Env(pairs) => {
                for pair in pairs {
                    if pair.key.text == "PATH" {
                        let folders = pair.value.text.split(':').filter(|at| at.starts_with('/'));
                        self.image.searched.extend(folders.map(str::to_owned));
                    }
                    let name = pair.key.text.as_str();
                    match step.text(&pair.value).filter(|value| value.starts_with('/')) {
                        Some(path) => self.image.paths.insert(name, path.to_owned()),
                        None => drop(self.image.paths.remove(name)),
                    };
                    self.image.variables.add(name);
                }
                Vec::new()
            }
            Body::Onbuild(_) => {
                self.image.has_triggers = true;
                Vec::new()
            }
            Body::Expose(_) => {
                self.image.listens = true;
                Vec::new()
            }
            Body::Shell(words) => {
                let words = words.iter().map(|word| word.text.to_string());
                self.image.shell = Some(words.collect());
                Vec::new()
            }
            Body::Cmd(command) => {
                self.image.cmd = self.entry(command, step);
                Vec::new()
            }
            Body::Entrypoint(command) => {
                self.image.entrypoint = self.entry(command, step);
                // A new ENTRYPOINT clears the CMD of the base, not one of this stage.
                let own = |cmd: &Entry| cmd.span.start >= self.stage.span().start;
                self.image.cmd = self.image.cmd.take().filter(own);
                Vec::new()
            }
            _ => Vec::new(),
        };
        let span = step.instruction.span();
        let line = step.instruction.start_line();
        self.image.layers.push(Layer { span, line, additions: additions.into() });
    }

    /// RUN fails where its user does not exist.
    fn note_stranger(&mut self) {
        let Some(user) = &self.image.user else { return };
        let name = user.value.as_deref().unwrap_or_default();
        let is_new = self.image.strangers.last() != Some(&user.span);
        if is_new && self.image.accounts.lacks(name).is_some() {
            self.image.strangers.push(user.span);
        }
    }

    /// The program of a script that is one plain command, maybe behind `exec`.
    fn only_program(&self, script: &Script) -> Option<String> {
        let [command] = script.commands.as_slice() else { return None };
        let mut words = command.words.iter().skip_while(|word| word.text == "exec");
        let word = words.next()?;
        if word.literal {
            return Some(word.text.to_string());
        }
        self.image.paths.get(variable(&word.text)?).cloned()
    }

    fn entry(&self, command: &CommandLine, step: &Step<'_>) -> Option<Entry> {
        let span = step.instruction.statement.arguments.span;
        match command {
            CommandLine::Empty => None,
            CommandLine::Exec(words, _) if words.is_empty() => None,
            CommandLine::Exec(words, _) => {
                let words: Vec<_> = words.iter().map(|word| word.text.to_string()).collect();
                Some(Entry { program: words.first().cloned(), words, shell_form: false, span })
            }
            CommandLine::Shell(text) => {
                let program = self.only_program(&step.script);
                Some(Entry { words: vec![text.text.to_string()], program, shell_form: true, span })
            }
        }
    }

    pub(super) fn path(&self, path: &str) -> Option<String> {
        seen_from(self.image.workdir.as_deref(), path)
    }

    pub(super) fn find(&self, path: &str) -> Option<&File> {
        self.image.files.get(path).or_else(|| find_file(self.earlier, self.image.parent?, path))
    }
}
