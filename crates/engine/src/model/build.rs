//! Works the stages out, instruction by instruction.

use super::expansion::Expansion;
use super::scope::{Elsewhere, Scope};
use super::{Base, ImageReference, Model, Shell, Stage, Step, expand, graph};
use crate::catalog::{self, Found};
use crate::shell::Script;
use crate::suggest::lower;
use crate::syntax::{Body, Dockerfile, Instruction, Item, ItemKind, Keyword};
use crate::text::Text;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The stages of `tree`, built for `platform` (as in `linux/amd64`).
pub(super) fn build<'a>(text: &'a str, tree: &'a Dockerfile, platform: &str) -> Model<'a> {
    let mut builder = Builder::new(text, tree, platform);
    builder.fragment();
    builder.items(&tree.items);
    let mut model = builder.model;
    model.global_scope = builder.global;
    graph::connect(&mut model.stages, &builder.names);
    model
}

/// The stages of a text without its last one, in whose place others are put.
pub(crate) struct Draft<'a> {
    builder: Builder<'a>,
}

impl<'a> Draft<'a> {
    /// Reads all stages of a model but the last, again.
    pub(crate) fn new(model: &Model<'a>, platform: &str) -> Self {
        let mut builder = Builder::new(model.text, model.tree, platform);
        builder.items(model.tree.items.get(..last_from(model.tree)).unwrap_or_default());
        Self { builder }
    }

    /// Hands out the model of `text`, which ends otherwise: `rest` holds what follows instead of the
    /// last stage. The graph is known of what follows only.
    pub(crate) fn with<R>(
        &mut self,
        text: &'a str,
        rest: &'a Dockerfile,
        read: impl FnOnce(&Model<'a>) -> R,
    ) -> R {
        let builder = &mut self.builder;
        let (names, written) = (builder.names.clone(), builder.written_names.clone());
        let (before, spent) = (builder.model.stages.len(), builder.global.spent());
        builder.model.text = text;
        builder.model.tree = rest;
        builder.items(&rest.items);
        let count = builder.model.stages.len();
        for stage in builder.model.stages.iter_mut().skip(before) {
            stage.uses = graph::uses(stage, &builder.names, count);
        }
        let result = read(&builder.model);
        builder.model.stages.truncate(before);
        builder.shells.truncate(before);
        builder.global.rewind(spent);
        (builder.names, builder.written_names) = (names, written);
        result
    }
}

/// The number of the item that holds the last FROM; that of all items where there is none.
pub(crate) fn last_from(tree: &Dockerfile) -> usize {
    let is_from = |item: &Item| matches!(&item.kind, ItemKind::Instruction(found) if found.statement.keyword == Keyword::From);
    tree.items.iter().rposition(is_from).unwrap_or(tree.items.len())
}

struct Builder<'a> {
    escape: char,
    /// What is in force before the first line.
    platform: Rc<Scope>,
    global: Scope,
    /// The same where nobody gives a value to an ARG: all is known, or not set.
    defaults: Scope,
    /// Stage names, in lower case, to their numbers; of two alike the later one counts.
    names: HashMap<String, usize>,
    /// Stage names as they are written.
    written_names: HashSet<String>,
    /// Rows of the catalogue by reference, and the variables of such an image: files name the same few
    /// again and again. Of what is no image, the name is `scratch`, or empty where it is not known.
    looked_up: HashMap<String, (Option<Found>, Rc<Scope>)>,
    model: Model<'a>,
    /// What is noted of instructions in which nothing is expanded.
    nothing: Rc<Expansion>,
    /// The script of instructions without one.
    no_script: Rc<Script>,
    /// The variables in force in the stage being read.
    scope: Option<Scope>,
    /// The shell that is there where nobody chooses one.
    default_shell: Rc<Shell>,
    /// The shell in force.
    shell: Rc<Shell>,
    /// The shells at the ends of the stages read so far.
    shells: Vec<Rc<Shell>>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, tree: &'a Dockerfile, platform: &str) -> Self {
        let platform = Scope::of_platform(platform);
        let shell = Rc::<Shell>::default();
        Self {
            escape: tree.escape,
            platform: Rc::clone(&platform),
            global: platform.inherit(),
            defaults: platform.inherit(),
            names: HashMap::new(),
            written_names: HashSet::new(),
            looked_up: HashMap::new(),
            model: Model {
                text,
                tree,
                global_scope: platform.inherit(),
                globals: Vec::new(),
                misplaced: Vec::new(),
                stages: Vec::new(),
                fragment: false,
            },
            nothing: Rc::default(),
            no_script: Rc::default(),
            scope: None,
            default_shell: Rc::clone(&shell),
            shell,
            shells: Vec::new(),
        }
    }

    /// Reads items to the end of the last stage in them.
    fn items(&mut self, items: &'a [Item]) {
        for item in items {
            match &item.kind {
                ItemKind::Instruction(instruction) => self.instruction(instruction),
                ItemKind::Comment => self.comment(item.extent.of(self.model.text)),
                ItemKind::Directive(_) | ItemKind::Blank => {}
            }
        }
        self.end_stage();
    }

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
                let step = self.step(instruction, expansion, None);
                self.model.globals.push(step);
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
        let mut step = self.step(instruction, expansion, script);
        if let Some(scope) = self.scope.as_ref().filter(|_| step.keyword() == Keyword::Run) {
            step.environment = Some(scope.environ());
            if step.shell.kind.is_unix() {
                expand::note_hidden(&mut step, scope, &self.global);
                expand::hand_on(&mut step, scope, &self.global);
            }
        }
        if let Some(stage) = self.model.stages.last_mut() {
            stage.steps.push(step);
        }
    }

    fn step(
        &self,
        instruction: &'a Instruction,
        expansion: Expansion,
        script: Option<Script>,
    ) -> Step<'a> {
        let expansion = match expansion.is_empty() {
            true => Rc::clone(&self.nothing),
            false => Rc::new(expansion),
        };
        let script = script.map_or_else(|| Rc::clone(&self.no_script), Rc::new);
        Step::new(instruction, expansion, script, Rc::clone(&self.shell))
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
            _ if base.is_windows(platform.as_deref()) => Rc::new(Shell::of_windows()),
            Base::Stage(parent) => self.shells.get(parent).unwrap_or(&self.default_shell).clone(),
            _ => Rc::clone(&self.default_shell),
        };
        let (found, scope) = self.look_up(&base);
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
            from: self.step(instruction, expansion, None),
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
            scope: Rc::clone(&self.platform),
        });
        self.scope = Some(scope.inherit());
    }

    fn base(&self, image: &Text, known: bool) -> Base {
        if !known || image.is_empty() {
            return Base::Unknown;
        }
        if let Some(stage) = self.names.get(image.as_str()) {
            return Base::Stage(*stage);
        }
        if *image == "scratch" {
            return Base::Scratch;
        }
        Base::Image(ImageReference::parse(image))
    }

    fn look_up(&mut self, base: &Base) -> (Option<Found>, Rc<Scope>) {
        let name = match base {
            Base::Image(image) => image.text.as_str(),
            Base::Scratch => "scratch",
            Base::Stage(parent) => match self.model.stages.get(*parent) {
                Some(parent) => return (None, Rc::clone(&parent.scope)),
                None => "",
            },
            Base::Unknown => "",
        };
        if let Some(known) = self.looked_up.get(name) {
            return known.clone();
        }
        let found = match base {
            Base::Image(image) => row(image),
            _ => None,
        };
        let (elsewhere, names) = match (base, found.and_then(environment)) {
            (Base::Scratch, _) => (Elsewhere::Unset, &[][..]),
            (_, Some(names)) => (Elsewhere::Unset, names),
            (_, None) => (Elsewhere::Unknown, &[][..]),
        };
        let scope = Rc::new(self.global.of_image(elsewhere, names.iter().copied()));
        self.looked_up.insert(name.to_owned(), (found, Rc::clone(&scope)));
        (found, scope)
    }
}

/// The row of the catalogue for an image.
fn row(image: &ImageReference) -> Option<Found> {
    let name = image.familiar_name();
    let found = catalog::base_image(&name, image.tag.as_deref());
    // A digest alone may stand for any variant of the image: of Rust on Alpine, or on Debian.
    // A distribution has no such variants.
    let any_variant = |found: &Found| {
        image.tag.is_none()
            && image.digest.is_some()
            && !is_plain(found)
            && !name.contains("distroless")
    };
    found.filter(|found| !any_variant(found))
}

/// Whether an image is a distribution and nothing else.
fn is_plain(found: &Found) -> bool {
    let row = found.image;
    row.toolchain.is_none() && matches!(row.start, catalog::Start::Nothing | catalog::Start::Shell)
}

/// The variables that an image sets; `None` where nobody has a complete list.
fn environment(found: Found) -> Option<&'static [&'static str]> {
    let row = found.image;
    // A plain distribution sets nothing but PATH; of others, a list was kept or nothing is known.
    let plain = row.toolchain.is_none() && row.start != catalog::Start::Service;
    (plain || !row.env.is_empty()).then_some(row.env)
}
