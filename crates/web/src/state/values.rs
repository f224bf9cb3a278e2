//! What the state is made of.

use std::ops::Deref;
use std::rc::Rc;

use engine::explain::Explanation;
use engine::fix::Rejected;

use crate::form::Form;
use crate::link::LinkError;
use crate::page::Page;
use crate::saved::Saved;
use crate::state::{Action, Tab};

/// A shared value that counts as equal only to itself, so that comparing properties costs nothing.
#[derive(Debug, Default)]
pub struct Same<T>(pub Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A page of the guide on its way.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Load {
    /// Not asked for yet, or on its way.
    #[default]
    Pending,
    /// There.
    Ready(Rc<Page>),
    /// Could not be fetched or read.
    Failed,
}

/// What the guide shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Guide {
    /// Place of the page that is open, such as `rule/no-user` or `guide/scratch`; none for the
    /// contents.
    pub open: Option<Rc<str>>,
    /// Its page.
    pub page: Load,
    /// The panel from which the first page was opened; there the way back leads.
    pub from: Tab,
    /// What is looked for.
    pub filter: Rc<str>,
    /// The chapters, once fetched: a line `slug TAB title TAB minutes TAB summary` for each.
    pub contents: Option<Rc<str>>,
    /// The words of all pages, once fetched; see [`crate::search`].
    pub index: Option<Rc<str>>,
}

/// What the builder shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Build {
    /// The form, once it is there.
    pub form: Option<Same<Form>>,
    /// The Dockerfile that it stands for.
    pub text: Rc<str>,
    /// The recipe with which the form wrote last, now or before the page was loaded.
    pub recipe: Rc<str>,
    /// Earlier texts with their forms, newest last: undo and redo lead back to them.
    known: Vec<(Rc<str>, Same<Form>)>,
}

/// Most forms that are remembered.
const MOST_FORMS: usize = 100;

impl Build {
    /// No form yet; the first will be one of this recipe, as far as the text reveals no other.
    pub fn of(recipe: &str) -> Self {
        Self { recipe: recipe.into(), ..Self::default() }
    }

    /// Takes the form for a text.
    pub fn fill(&mut self, text: Rc<str>, form: Same<Form>) {
        self.known.retain(|(other, _)| *other != text);
        let surplus = (self.known.len() + 1).saturating_sub(MOST_FORMS);
        self.known.drain(..surplus);
        self.known.push((Rc::clone(&text), form.clone()));
        self.text = text;
        self.form = Some(form);
    }

    /// The form that a text had when it was written or read.
    pub fn known(&self, text: &str) -> Option<&Same<Form>> {
        self.known.iter().rev().find(|(other, _)| **other == *text).map(|(_, form)| form)
    }
}

/// What the panel for error messages knows.
#[derive(Debug, Clone, Default)]
pub struct Explain {
    /// What was pasted.
    pub message: Rc<str>,
    /// The table of messages, once fetched; `Some(None)` if that failed.
    pub table: Option<Option<Rc<str>>>,
    /// What the message means, while the panel is shown.
    pub found: Same<Vec<Explanation>>,
}

/// Where the text came from last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// From the keyboard.
    #[default]
    User,
    /// From a fix, or the formatter.
    Fix,
    /// All of it from elsewhere.
    Api,
}

impl Origin {
    /// Its name in events.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Fix => "fix",
            Self::Api => "api",
        }
    }
}

/// A message above the editor that stays until it is dismissed.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The link in the address could not be read.
    BadLink(LinkError),
    /// The text came from a link, and a draft from before would be lost.
    LinkOpened {
        /// The draft.
        draft: Rc<Saved>,
    },
    /// Some of many fixes were left out.
    LeftOut {
        /// How many were applied.
        applied: usize,
        /// The others.
        rejected: Rc<[Rejected]>,
    },
    /// A part of the page that is loaded when it is wanted could not be loaded.
    NotLoaded {
        /// What was wanted.
        again: Same<Action>,
    },
    /// The user was faster than the page: the link is still to be opened.
    LinkWaiting {
        /// The state of the link.
        saved: Rc<Saved>,
    },
}

/// The finding under the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hover {
    /// Its index.
    pub finding: usize,
    /// Left edge of the underlined words, in the window.
    pub left: i32,
    /// Their top edge.
    pub top: i32,
    /// Their bottom edge.
    pub bottom: i32,
}
