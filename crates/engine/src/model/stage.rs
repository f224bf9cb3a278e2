//! A stage: what it starts from, and what it does.

use super::graph::Use;
use super::reference::ImageReference;
use super::scope::Scope;
use super::step::Step;
use crate::catalog::Found;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::syntax::{Body, Keyword, instruction::From};
use crate::text::Text;
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

impl Base {
    /// Whether it is certainly an image for Windows, with this `--platform` of FROM.
    pub fn is_windows(&self, platform: Option<&str>) -> bool {
        let Self::Image(image) = self else { return false };
        let microsoft = image.registry.as_deref() == Some("mcr.microsoft.com");
        let tag = image.tag.as_deref().unwrap_or_default();
        // The framework, unlike .NET itself, is for Windows alone.
        let of_windows = ["windows", "dotnet/framework/"];
        microsoft && of_windows.iter().any(|start| image.repository.starts_with(start))
            || ["nanoserver", "windowsservercore"].iter().any(|word| tag.contains(word))
            || platform.is_some_and(|platform| platform.starts_with("windows"))
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
    pub default_base: Option<Text>,
    /// Whether FROM, taken literally, has the name of an earlier stage, letter for letter and whatever
    /// its tag: what hadolint takes for that stage.
    pub on_stage_as_written: bool,
    /// The platform of `FROM --platform`, after expansion.
    pub platform: Option<Text>,
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

    /// The earlier stage that it builds on.
    pub const fn parent(&self) -> Option<usize> {
        match self.base {
            Base::Stage(parent) => Some(parent),
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
