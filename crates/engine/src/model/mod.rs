//! Stages, how they hang together, and what every word says after expansion.
//!
//! Follows `dockerfile2llb/convert.go` of BuildKit: which FROM starts on which stage, which names
//! COPY --from finds, which variables are in force where.

mod expand;
mod folders;
mod graph;
pub mod ignore;
pub mod label;
pub mod reference;
pub mod scope;
mod shell;

pub use folders::kernel_folder;
pub use graph::{Use, UseKind, UseTarget};
pub use reference::ImageReference;
pub use scope::{Elsewhere, Expansion, Scope, Undefined, VariableUse};
pub use shell::{Shell, ShellKind};

use crate::catalog::{self, Found};
use crate::diagnostic::Edit;
use crate::shell::Script;
use crate::source::Span;
use crate::suggest::lower;
use crate::syntax::{
    Body, Dockerfile, Instruction, ItemKind, Keyword, Mount, Statement, Word,
    instruction::{ArgDeclaration, From, KeyValue},
};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What a stage starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// The empty image.
    Scratch,
    /// The end of an earlier stage.
    Stage(usize),
    /// An image from a registry.
    Image(ImageReference),
    /// A reference with a variable of unknown value, or none at all.
    Unknown,
}

/// An instruction with what expansion found out about it.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The instruction.
    pub instruction: &'a Instruction,
    /// Its words after expansion.
    pub expansion: Expansion,
    /// The commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK, also of a RUN behind ONBUILD; empty
    /// for everything else.
    pub script: Script,
    /// The shell in force there.
    pub shell: Rc<Shell>,
}

impl Step<'_> {
    /// What a word of the instruction says after expansion; `None` where that cannot be told.
    pub fn text<'s>(&'s self, word: &'s Word) -> Option<&'s str> {
        self.expansion.text(word)
    }

    /// The keyword of the instruction.
    pub fn keyword(&self) -> Keyword {
        self.instruction.statement.keyword
    }

    /// The typed view of the instruction.
    pub fn body(&self) -> &Body {
        &self.instruction.statement.body
    }

    /// The RUN in it: the instruction itself, or what ONBUILD triggers.
    pub fn run(&self) -> Option<&Statement> {
        let statement = &self.instruction.statement;
        let statement = match &statement.body {
            Body::Onbuild(trigger) => trigger,
            _ => statement,
        };
        (statement.keyword == Keyword::Run).then_some(statement)
    }

    /// The names that an ARG declares or an ENV sets.
    pub fn names(&self) -> impl Iterator<Item = &Word> {
        let (declared, set): (&[ArgDeclaration], &[KeyValue]) = match self.body() {
            Body::Arg(declarations) => (declarations, &[]),
            Body::Env(pairs) => (&[], pairs),
            _ => (&[], &[]),
        };
        let declared = declared.iter().map(|declaration| &declaration.name);
        declared.chain(set.iter().map(|pair| &pair.key))
    }

    /// Variables that an ENV or an ARG sets, and those that a RUN sets for its commands: name, value
    /// if it is known, and place.
    pub fn assigned(&self) -> Vec<(&str, Option<&str>, Span)> {
        match self.body() {
            Body::Env(pairs) => {
                let mut found = Vec::new();
                for pair in pairs {
                    let span = pair.key.span.cover(pair.value.span);
                    found.extend(
                        self.text(&pair.key).map(|key| (key, self.text(&pair.value), span)),
                    );
                }
                found
            }
            Body::Arg(declarations) => {
                let mut found = Vec::new();
                for declared in declarations {
                    let Some(default) = &declared.default else { continue };
                    let span = declared.name.span.cover(default.span);
                    found.push((declared.name.text.as_str(), self.text(default), span));
                }
                found
            }
            _ if self.run().is_some() => {
                let mut found = Vec::new();
                for command in &self.script.commands {
                    let exported = command.program() == "export";
                    let arguments = command.arguments().iter().filter(|_| exported);
                    for word in command.assignments.iter().chain(arguments) {
                        let Some((name, value)) = word.text.split_once('=') else { continue };
                        found.push((name, Some(value).filter(|_| word.literal), word.span));
                    }
                }
                found
            }
            _ => Vec::new(),
        }
    }

    /// The mounts of that RUN.
    pub fn mounts(&self) -> impl Iterator<Item = Mount<'_>> {
        self.run().into_iter().flat_map(|run| &run.flags).filter_map(Mount::of)
    }
}

/// One stage.
#[derive(Debug, Clone)]
pub struct Stage<'a> {
    /// Number from 0.
    pub index: usize,
    /// Its FROM; of a fragment, one that nobody wrote.
    pub from: Step<'a>,
    /// Its name in lower case, as BuildKit compares it.
    pub name: Option<String>,
    /// What it starts from.
    pub base: Base,
    /// Number of the stage at the bottom of those that it builds on: its own if it builds on none.
    pub(crate) root: usize,
    /// The row of the catalogue for that image, where there is one.
    pub found: Option<Found>,
    /// What FROM names if nobody gives a value to an ARG; `None` where that cannot be expanded.
    pub default_base: Option<String>,
    /// Whether FROM, taken literally, has the name of an earlier stage, letter for letter and whatever
    /// its tag: what hadolint takes for that stage.
    pub on_stage_as_written: bool,
    /// The platform of `FROM --platform`, after expansion.
    pub platform: Option<String>,
    /// The instructions behind FROM.
    pub steps: Vec<Step<'a>>,
    /// The stages and images that it copies or mounts from, in the order of the text.
    pub uses: Vec<Use>,
    /// Whether the final stage needs it.
    pub reachable: bool,
    /// Whether its layers are part of the final image: it is the last stage, or one below that.
    pub shipped: bool,
    /// Whether another stage builds on it.
    pub is_base: bool,
    /// The variables in force at its end.
    pub scope: Rc<Scope>,
}

impl<'a> Stage<'a> {
    /// The typed view of its FROM, unless that is malformed.
    pub fn from_view(&self) -> Option<&'a From> {
        match &self.from.instruction.statement.body {
            Body::From(view) => Some(view),
            _ => None,
        }
    }

    /// Takes `--platform` out of FROM, where only blanks stand behind it.
    pub fn without_platform(&self, text: &str) -> Option<Edit> {
        let statement = &self.from.instruction.statement;
        let flag = statement.flag("platform")?.span;
        let behind = statement.flags.iter().map(|flag| flag.span.start);
        let next = behind.filter(|start| *start >= flag.end).min();
        let next = next.unwrap_or(self.from_view()?.image.span.start);
        let blanks = Span::new(flag.end, next).of(text).trim().is_empty();
        blanks.then(|| Edit::delete(Span::new(flag.start, next)))
    }

    /// The words that name the base; where there are none, the keyword.
    pub fn base_span(&self) -> Span {
        let statement = &self.from.instruction.statement;
        self.from_view().map_or(statement.keyword_word.span, |view| view.image.span)
    }

    /// The image of FROM as hadolint reads it, without any expansion.
    pub fn base_as_hadolint_reads(&self) -> Option<ImageReference> {
        Some(ImageReference::as_hadolint_reads(&self.from_view()?.image.text))
    }

    /// The base after expansion, for people; the raw text where that is unknown.
    pub fn base_text(&self) -> &str {
        let image = self.from_view().map(|view| &view.image);
        image.map_or("", |image| self.from.text(image).unwrap_or(&image.text))
    }

    /// Whether its name says that somebody works in it.
    pub fn is_for_development(&self) -> bool {
        const WORDS: [&str; 11] = [
            "dev",
            "develop",
            "development",
            "devel",
            "debug",
            "test",
            "tests",
            "testing",
            "ci",
            "build",
            "builder",
        ];
        let name = self.name.as_deref().unwrap_or_default();
        name.split(['-', '_', '.']).any(|word| WORDS.contains(&word))
    }

    /// From FROM to the end of the last instruction.
    pub fn span(&self) -> Span {
        let last = self.steps.last().map_or(self.from.instruction.span(), |s| s.instruction.span());
        self.from.instruction.span().cover(last)
    }

    /// The steps with that keyword.
    pub fn steps_of(&self, keyword: Keyword) -> impl DoubleEndedIterator<Item = &Step<'a>> {
        self.steps.iter().filter(move |step| step.keyword() == keyword)
    }
}

/// All stages of a file.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    /// The user's text.
    pub text: &'a str,
    /// Its tree.
    pub tree: &'a Dockerfile,
    /// The variables that FROM sees, at the end of the file.
    pub global_scope: Scope,
    /// ARG instructions before the first FROM.
    pub globals: Vec<Step<'a>>,
    /// Other instructions before the first FROM; of a fragment, all but ARG.
    pub misplaced: Vec<&'a Instruction>,
    /// The stages, in order.
    pub stages: Vec<Stage<'a>>,
    /// Whether the text has no FROM; its instructions are then those of a stage of unknown base.
    pub fragment: bool,
}

impl<'a> Model<'a> {
    /// Works out the stages of `tree`, built for `platform` (as in `linux/amd64`).
    pub fn new(text: &'a str, tree: &'a Dockerfile, platform: &str) -> Self {
        let mut builder = Builder {
            escape: tree.escape,
            global: Scope::global(platform),
            defaults: Scope::global(platform),
            names: HashMap::new(),
            written_names: HashSet::new(),
            looked_up: HashMap::new(),
            model: Self {
                text,
                tree,
                global_scope: Scope::global(platform),
                globals: Vec::new(),
                misplaced: Vec::new(),
                stages: Vec::new(),
                fragment: false,
            },
            scope: None,
            shell: Rc::default(),
            shells: Vec::new(),
        };
        builder.fragment();
        for item in &tree.items {
            match &item.kind {
                ItemKind::Instruction(instruction) => builder.instruction(instruction),
                ItemKind::Comment => builder.comment(item.extent.of(text)),
                ItemKind::Directive(_) | ItemKind::Blank => {}
            }
        }
        builder.end_stage();
        let mut model = builder.model;
        model.global_scope = builder.global;
        graph::connect(&mut model.stages, &builder.names);
        model
    }

    /// The stage that ships: the last one.
    pub fn final_stage(&self) -> Option<&Stage<'a>> {
        self.stages.last()
    }

    /// The stage at the bottom of those that `stage` builds on.
    pub fn root<'s>(&'s self, stage: &'s Stage<'a>) -> &'s Stage<'a> {
        self.stages.get(stage.root).unwrap_or(stage)
    }

    /// Every step of the file with its stage; steps before the first FROM have none.
    pub fn steps(&self) -> impl Iterator<Item = (Option<&Stage<'a>>, &Step<'a>)> {
        let globals = self.globals.iter().map(|step| (None, step));
        let of_stages = self.stages.iter().flat_map(|stage| {
            let steps = std::iter::once(&stage.from).chain(&stage.steps);
            steps.map(move |step| (Some(stage), step))
        });
        globals.chain(of_stages)
    }
}

struct Builder<'a> {
    escape: char,
    global: Scope,
    /// The same where nobody gives a value to an ARG: all is known, or not set.
    defaults: Scope,
    /// Stage names, in lower case, to their numbers; of two alike the later one counts.
    names: HashMap<String, usize>,
    /// Stage names as they are written.
    written_names: HashSet<String>,
    /// Rows of the catalogue by reference: files name the same few images again and again.
    looked_up: HashMap<String, Option<Found>>,
    model: Model<'a>,
    /// The variables in force in the stage being read.
    scope: Option<Scope>,
    /// The shell in force.
    shell: Rc<Shell>,
    /// The shells at the ends of the stages read so far.
    shells: Vec<Rc<Shell>>,
}

impl<'a> Builder<'a> {
    /// Starts the stage that a text without FROM is the middle of.
    fn fragment(&mut self) {
        let is_from = |found: &Instruction| found.statement.keyword == Keyword::From;
        let tree = self.model.tree;
        if tree.instructions().next().is_none() || tree.instructions().any(is_from) {
            return;
        }
        self.model.fragment = true;
        self.start_stage(&tree.implied_from);
    }

    fn comment(&mut self, text: &str) {
        if let Some(shell) = Shell::of_pragma(text) {
            self.shell = Rc::new(shell);
        }
    }

    fn instruction(&mut self, instruction: &'a Instruction) {
        if instruction.statement.keyword == Keyword::From {
            self.end_stage();
            self.start_stage(instruction);
            return;
        }
        if self.model.fragment && instruction.statement.keyword != Keyword::Arg {
            self.model.misplaced.push(instruction);
        }
        let Some(scope) = &mut self.scope else {
            if let Body::Arg(_) = &instruction.statement.body {
                let expansion = expand::global_arg(instruction, &mut self.global, self.escape);
                expand::default_arg(instruction, &mut self.defaults, self.escape);
                let (script, shell) = (Script::default(), Rc::clone(&self.shell));
                self.model.globals.push(Step { instruction, expansion, script, shell });
            } else {
                self.model.misplaced.push(instruction);
            }
            return;
        };
        let text = self.model.text;
        let expansion = expand::instruction(instruction, scope, &self.global, self.escape, text);
        let script = Script::of(instruction, text);
        if let Body::Shell(words) = &instruction.statement.body {
            self.shell = Rc::new(Shell::of(words));
        }
        let shell = Rc::clone(&self.shell);
        let mut step = Step { instruction, expansion, script, shell };
        if matches!(step.body(), Body::Run(_)) && step.shell.kind.is_unix() {
            step.expansion.hidden = expand::hidden(&step, scope, &self.global);
        }
        if let Some(stage) = self.model.stages.last_mut() {
            stage.steps.push(step);
        }
    }

    fn end_stage(&mut self) {
        if let (Some(scope), Some(stage)) = (self.scope.take(), self.model.stages.last_mut()) {
            stage.scope = Rc::new(scope);
            self.shells.push(Rc::clone(&self.shell));
        }
    }

    fn start_stage(&mut self, instruction: &'a Instruction) {
        let index = self.model.stages.len();
        let mut expansion = Expansion::default();
        let line = &instruction.line;
        let view = match &instruction.statement.body {
            Body::From(view) => Some(view),
            _ => None,
        };
        let base = view.map_or(Base::Unknown, |view| {
            let image = expansion.add(&view.image, line, &self.global, self.escape);
            self.base(&image.text, image.known)
        });
        let default_base = view
            .and_then(|view| self.defaults.expand(&view.image.text, self.escape).ok())
            .map(|image| image.text);
        let platform = instruction.statement.flag_value("platform").and_then(|word| {
            let platform = expansion.add(word, line, &self.global, self.escape);
            platform.known.then_some(platform.text)
        });
        self.shell = match base {
            Base::Stage(parent) => self.shells.get(parent).cloned().unwrap_or_default(),
            _ => Rc::default(),
        };
        let found = self.look_up(&base);
        let scope = self.initial_scope(&base, found);
        let read = view.map(|view| ImageReference::as_hadolint_reads(&view.image.text));
        let on_stage_as_written =
            read.is_some_and(|image| self.written_names.contains(image.repository.as_str()));
        let written = view.and_then(|view| view.name.as_ref()).map(|name| &name.text);
        self.written_names.extend(written.map(|name| name.to_string()));
        let name = written.map(|name| lower(name));
        if let Some(name) = &name {
            self.names.insert(name.clone(), index);
        }
        self.model.stages.push(Stage {
            index,
            from: Step {
                instruction,
                expansion,
                script: Script::default(),
                shell: Rc::clone(&self.shell),
            },
            name,
            root: match base {
                Base::Stage(parent) => {
                    self.model.stages.get(parent).map_or(index, |below| below.root)
                }
                _ => index,
            },
            base,
            found,
            default_base,
            on_stage_as_written,
            platform,
            steps: Vec::new(),
            uses: Vec::new(),
            reachable: false,
            shipped: false,
            is_base: false,
            scope: Rc::new(scope.clone()),
        });
        self.scope = Some(scope);
    }

    fn base(&self, image: &str, known: bool) -> Base {
        if !known || image.is_empty() {
            return Base::Unknown;
        }
        if let Some(stage) = self.names.get(image) {
            return Base::Stage(*stage);
        }
        if image == "scratch" {
            return Base::Scratch;
        }
        Base::Image(ImageReference::parse(image))
    }

    fn look_up(&mut self, base: &Base) -> Option<Found> {
        let Base::Image(image) = base else { return None };
        if let Some(found) = self.looked_up.get(&image.text) {
            return *found;
        }
        let found = catalog::base_image(&image.familiar_name(), image.tag.as_deref());
        self.looked_up.insert(image.text.clone(), found);
        found
    }

    fn initial_scope(&self, base: &Base, found: Option<Found>) -> Scope {
        match base {
            Base::Scratch => self.global.of_image(Elsewhere::Unset, []),
            Base::Stage(parent) => match self.model.stages.get(*parent) {
                Some(parent) => parent.scope.inherit(),
                None => self.global.of_image(Elsewhere::Unknown, []),
            },
            Base::Image(_) => match found.and_then(environment) {
                Some(names) => self.global.of_image(Elsewhere::Unset, names.iter().copied()),
                None => self.global.of_image(Elsewhere::Unknown, []),
            },
            Base::Unknown => self.global.of_image(Elsewhere::Unknown, []),
        }
    }
}

/// The variables that an image sets; `None` where nobody has a complete list.
fn environment(found: Found) -> Option<&'static [&'static str]> {
    let row = found.image;
    // A plain distribution sets nothing but PATH; of others, a list was kept or nothing is known.
    let plain = row.toolchain.is_none() && row.start != catalog::Start::Service;
    (plain || !row.env.is_empty()).then_some(row.env)
}
