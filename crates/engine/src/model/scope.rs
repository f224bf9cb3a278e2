//! Variables: which ARG and ENV are in force at an instruction.
//!
//! Follows `dispatch`, `dispatchArg` and `dispatchEnv` in BuildKit's `dockerfile2llb/convert.go`.

use crate::named::Named;
use crate::syntax::words::{self, Environment, LexError, Options, Processed, Value};
use crate::text::Text;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Bytes that all expansions of a file may produce together. A file of 10 MB in which every line
/// doubles a variable would otherwise cost gigabytes; past this, values count as unknown.
const BUDGET: usize = 32 * 1024 * 1024;

/// Arguments that BuildKit predefines for FROM, and in a stage once declared there.
pub const PLATFORM_ARGS: [&str; 11] = [
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDOSVERSION",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETOSVERSION",
    "TARGETARCH",
    "TARGETVARIANT",
    "TARGETSTAGE",
];

/// What is known of one variable.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Variable {
    Known(Text),
    Unknown,
    Declared,
}

/// What a name that nobody set in the Dockerfile means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// It is not set: the base image is known, and does not set it.
    Unset,
    /// The base image may set it.
    Unknown,
}

/// The variables in force at one place. Cloning is cheap: a stage shares what it inherits.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Of the scope at the bottom: the platform arguments.
    platform: Vec<(&'static str, Variable)>,
    own: Named<Variable>,
    inherited: Option<Rc<Scope>>,
    depth: u32,
    elsewhere: Elsewhere,
    spent: Rc<Cell<usize>>,
    /// What programs read of it, once somebody has asked, until a variable changes.
    read: RefCell<Option<Rc<Environ>>>,
}

/// Variables with their values, as programs in RUN read them.
pub type Environ = Vec<(&'static str, String)>;

/// What programs in RUN read from their environment, as far as anybody asks.
pub(super) const READ_BY_PROGRAMS: [&str; 12] = [
    "CC",
    "CGO_ENABLED",
    "GOARCH",
    "GOBIN",
    "GOCACHE",
    "GOFLAGS",
    "GOMODCACHE",
    "GOOS",
    "GOPATH",
    "HOME",
    "PIP_NO_CACHE_DIR",
    "XDG_CACHE_HOME",
];

/// Longest chain of `FROM stage` that look-ups follow; behind it, everything is unknown.
const MAX_DEPTH: u32 = 256;

impl Scope {
    /// What is in force before the first line: the platform arguments, with `platform` as both
    /// build and target. FROM sees a scope that inherits it.
    pub fn of_platform(platform: &str) -> Rc<Self> {
        let mut scope = Self::empty(Elsewhere::Unset, Rc::new(Cell::new(0)));
        let platform = Text::from(platform);
        let nothing = platform.slice(&(0..0));
        let (os, rest) = platform.parted('/');
        let (architecture, rest) =
            rest.map_or((Text::from("amd64"), None), |rest| rest.parted('/'));
        let variant = rest.map_or_else(|| nothing.clone(), |rest| rest.parted('/').0);
        let values = [platform, os, nothing, architecture, variant].map(Variable::Known);
        let values = values.iter().chain(&values).cloned();
        let values = values.chain([Variable::Known(Text::from("default"))]);
        scope.platform = PLATFORM_ARGS.into_iter().zip(values).collect();
        Rc::new(scope)
    }

    fn empty(elsewhere: Elsewhere, spent: Rc<Cell<usize>>) -> Self {
        let (platform, own, read) = (Vec::new(), Named::new(), RefCell::default());
        Self { platform, own, inherited: None, depth: 0, elsewhere, spent, read }
    }

    /// The scope at the start of a stage on an image that sets `names`, each a name alone or with
    /// its value behind `=`.
    pub fn of_image<'a>(
        &self,
        elsewhere: Elsewhere,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut scope = Self::empty(elsewhere, Rc::clone(&self.spent));
        for name in std::iter::once("PATH").chain(names) {
            let (name, value) = match name.split_once('=') {
                Some((name, value)) => (name, Variable::Known(Text::from(value))),
                None => (name, Variable::Unknown),
            };
            scope.own.insert(name, value);
        }
        scope
    }

    /// The scope at the start of a stage that builds on another stage, of which this is the end.
    pub fn inherit(self: &Rc<Self>) -> Self {
        if self.depth >= MAX_DEPTH {
            return Self::empty(Elsewhere::Unknown, Rc::clone(&self.spent));
        }
        Self {
            platform: Vec::new(),
            own: Named::new(),
            inherited: Some(Rc::clone(self)),
            depth: self.depth + 1,
            elsewhere: self.elsewhere,
            spent: Rc::clone(&self.spent),
            read: RefCell::default(),
        }
    }

    /// What programs in RUN read, as far as anybody asks.
    pub(super) fn environ(&self) -> Rc<Environ> {
        let read = || Rc::new(self.environ_of(&READ_BY_PROGRAMS));
        Rc::clone(self.read.borrow_mut().get_or_insert_with(read))
    }

    /// The values of those variables; one that is set to something unknown stands there as `$NAME`.
    pub(super) fn environ_of(&self, names: &[&'static str]) -> Environ {
        let known = |name: &&'static str| match self.value(name) {
            Some(value) => Some((*name, value.to_owned())),
            None if name.starts_with("PIP") || !self.defines(name) => None,
            None => Some((*name, format!("${name}"))),
        };
        names.iter().filter_map(known).collect()
    }

    fn insert(&mut self, name: &str, variable: Variable) {
        self.own.insert(name, variable);
        self.read.take();
    }

    /// Bytes that expansions have produced so far.
    pub(super) fn spent(&self) -> usize {
        self.spent.get()
    }

    /// Forgets what was produced since then.
    pub(super) fn rewind(&self, spent: usize) {
        self.spent.set(spent);
    }

    /// Sets a variable to a known text.
    pub fn set(&mut self, name: &str, value: &Text) {
        self.insert(name, Variable::Known(value.clone()));
    }

    /// Sets a variable to the outcome of an expansion.
    pub fn set_expanded(&mut self, name: &str, value: &Processed) {
        let variable =
            if value.known { Variable::Known(value.text.clone()) } else { Variable::Unknown };
        self.insert(name, variable);
    }

    /// Notes an ARG without default.
    pub fn declare(&mut self, name: &str) {
        if matches!(self.find(name), None | Some(Variable::Declared)) {
            self.insert(name, Variable::Declared);
        }
    }

    /// The known value of a variable.
    pub fn value(&self, name: &str) -> Option<&str> {
        match self.find(name)? {
            Variable::Known(text) => Some(text),
            Variable::Unknown | Variable::Declared => None,
        }
    }

    /// Whether the variable is set or declared in the Dockerfile or by the known base.
    pub fn defines(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether the base image may set variables that nobody knows of.
    pub fn may_hold_more(&self) -> bool {
        self.elsewhere == Elsewhere::Unknown
    }

    /// A defined name that is spelled nearly like `name`. The search through all names is paid
    /// from the same budget as expansion, so that a file full of misspellings stays linear.
    pub(super) fn suggest(&self, name: &str) -> Option<String> {
        if self.spent.get() >= BUDGET {
            return None;
        }
        let mut names: Vec<&str> = Vec::new();
        let mut scope = Some(self);
        while let Some(current) = scope {
            names.extend(current.own.names());
            names.extend(current.platform.iter().map(|(name, _)| *name));
            scope = current.inherited.as_deref();
        }
        self.spent.set(self.spent.get() + names.len() * 64);
        crate::suggest::nearest(name, names).map(str::to_owned)
    }

    /// Copies a variable of the global scope, as a bare `ARG name` in a stage does.
    pub fn import(&mut self, name: &str, global: &Self) {
        match global.find(name) {
            Some(variable) => {
                self.insert(name, variable.clone());
            }
            None => self.declare(name),
        }
    }

    /// Expands one word.
    pub fn expand(&self, text: &Text, escape: char) -> Result<Processed, LexError> {
        self.expand_with(text, Options::expand(escape))
    }

    /// Expands under special options, as the body of a heredoc needs.
    pub fn expand_with(&self, text: &Text, options: Options) -> Result<Processed, LexError> {
        if words::is_plain(text, options) {
            return Ok(Processed::plain(text.clone()));
        }
        let result = words::process(text, options, self);
        if let Ok(processed) = &result {
            let grown = processed.text.len().saturating_sub(text.len());
            self.spent.set(self.spent.get().saturating_add(grown));
        }
        result
    }

    fn find(&self, name: &str) -> Option<&Variable> {
        let mut scope = Some(self);
        while let Some(current) = scope {
            let of_platform = || current.platform.iter().find(|(known, _)| *known == name);
            if let Some(variable) = current.own.get(name).or_else(|| Some(&of_platform()?.1)) {
                return Some(variable);
            }
            scope = current.inherited.as_deref();
        }
        None
    }
}

impl Environment for Scope {
    fn get(&self, name: &str) -> Value<'_> {
        match self.find(name) {
            Some(Variable::Known(text)) if self.spent.get() < BUDGET => Value::Known(text),
            Some(Variable::Known(_) | Variable::Unknown) => Value::Unknown,
            Some(Variable::Declared) => Value::Declared,
            None if self.elsewhere == Elsewhere::Unknown => Value::Unknown,
            None => Value::Unset,
        }
    }
}
