//! The state of the page, what can be read from it, and in `reduce` what changes it.
//!
//! Pure: no browser is named here, so all of it is tested natively. What an action does to the
//! browser (replacing text, copying, focus) is in `services::effects`.

mod action;
mod choices;
mod reduce;
#[cfg(test)]
mod tests;
mod values;

use std::rc::Rc;

use engine::size::Fleet;
use engine::source::Span;
use engine::{Project, Settings, Workspace};

use crate::analysis::{Analysis, Sheet};
use crate::course::Course;
use crate::embed::Embed;
use crate::exercise::Exercise;
use crate::link::LinkError;
use crate::paint::{self, Place};
use crate::saved::Saved;

pub use action::{Action, ProjectField};
pub use choices::{Export, File, Loudness, Many, Measure, Sort, Tab, Theme};
pub use values::{Build, Explain, Guide, Hover, Load, Notice, Origin, Same};

/// The whole state.
#[derive(Debug, Clone)]
pub struct State {
    /// The Dockerfile; newer than the analysis while a very long text is being typed.
    pub text: Rc<str>,
    /// The `.dockerignore`; an empty one says something else than none.
    pub ignore: Option<Rc<str>>,
    /// The file in the editor.
    pub file: File,
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// Chosen rules.
    pub settings: Settings,
    /// What the user told of the project.
    pub project: Project,
    /// How the image is used.
    pub fleet: Fleet,
    /// Whether the settings are shown.
    pub configuring: bool,
    /// Shown panel.
    pub tab: Tab,
    /// Whether editor and panel share one column.
    pub narrow: bool,
    /// Place of the caret in each file, in UTF-16 units.
    pub carets: [u32; 2],
    /// Unfolded finding.
    pub open: Option<usize>,
    /// Finding under the pointer.
    pub hover: Option<Hover>,
    /// Reason of the verdict that the user points at.
    pub pointed: Option<usize>,
    /// Order of findings.
    pub sort: Sort,
    /// Size in the charts.
    pub measure: Measure,
    /// The guide.
    pub guide: Guide,
    /// The lessons.
    pub course: Course,
    /// The builder.
    pub build: Build,
    /// The error message to explain.
    pub explain: Explain,
    /// Colours.
    pub theme: Theme,
    /// Fragment of the share link for the present state, once asked for.
    pub link: Option<Result<Rc<str>, LinkError>>,
    /// Message above the editor.
    pub notice: Option<Notice>,
    /// Whether a new version of the page waits.
    pub new_version: bool,
    /// Passing message.
    pub toast: Option<Rc<str>>,
    /// What Reset goes back to.
    pub origin: usize,
    /// Where the text came from last.
    pub written_by: Origin,
    /// What the page shows where it is embedded in another one.
    pub embed: Option<Embed>,
    /// What is to be reached.
    pub exercise: Option<Exercise>,
}

impl State {
    /// The state at the start of the page.
    pub fn new(text: Rc<str>, saved: &Saved, theme: Theme, narrow: bool) -> Self {
        let (settings, project) = (saved.settings.clone(), saved.project.clone());
        let ignore = saved.dockerignore.as_deref().map(Rc::from);
        let analysis = Analysis::of(Rc::clone(&text), ignore.as_ref(), &project, &settings);
        let tab = Tab::from_name(&saved.tab).unwrap_or_default();
        Self {
            analysis: Same(Rc::new(analysis)),
            text,
            ignore,
            file: File::default(),
            settings,
            project,
            fleet: saved.fleet,
            configuring: false,
            tab: at_home(if narrow { Tab::Editor } else { tab }, narrow),
            narrow,
            carets: [0; 2],
            open: None,
            hover: None,
            pointed: None,
            sort: Sort::default(),
            measure: Measure::default(),
            guide: Guide::default(),
            course: Course::default(),
            build: Build::of(&saved.recipe),
            explain: Explain { message: saved.message.as_str().into(), ..Explain::default() },
            theme,
            link: None,
            notice: None,
            new_version: false,
            toast: None,
            origin: crate::examples::DEFAULT,
            written_by: Origin::default(),
            embed: None,
            exercise: None,
        }
    }

    /// What is worth keeping of it.
    pub fn saved(&self) -> Saved {
        let tab = match self.tab {
            Tab::Editor | Tab::Problems => "",
            tab => tab.name(),
        };
        let Workspace { dockerfile, dockerignore, project } = self.workspace();
        let settings = self.settings.clone();
        // A link has to stay short, and of a long log the place matters more than the text.
        let message = Some(&*self.explain.message).filter(|message| message.len() <= LONGEST_KEPT);
        let message = message.unwrap_or_default().to_owned();
        let (tab, fleet) = (tab.to_owned(), self.fleet);
        let (recipe, lesson) = (self.build.recipe.to_string(), String::new());
        Saved { dockerfile, dockerignore, settings, project, fleet, message, tab, recipe, lesson }
    }

    /// What the engine is asked about.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            dockerfile: self.text.to_string(),
            dockerignore: self.ignore.as_ref().map(ToString::to_string),
            project: self.project.clone(),
        }
    }

    /// The file in the editor, as it is painted.
    pub fn sheet(&self) -> &Same<Sheet> {
        match self.file {
            File::Dockerfile => &self.analysis.dockerfile,
            File::Ignore => &self.analysis.ignore,
        }
    }

    /// Whether the analysis is of an older text.
    pub fn is_stale(&self) -> bool {
        let old = |ignore: &Rc<str>| !Rc::ptr_eq(ignore, &self.analysis.ignore.text);
        !Rc::ptr_eq(&self.text, &self.analysis.text) || self.ignore.as_ref().is_some_and(old)
    }

    /// Whether there is a `.dockerignore` that is not the one of the form.
    pub fn ignore_is_own(&self) -> bool {
        let ignore = self.ignore.as_deref().filter(|text| !text.trim().is_empty());
        let of_form = self.build.form.as_ref().and_then(|form| form.file(File::Ignore.name()));
        ignore.is_some_and(|text| of_form.is_none_or(|other| **other != *text))
    }

    /// What tells a finding from the others: its rule and its place.
    fn named(&self, index: usize) -> Option<(&'static str, Span)> {
        let found = &self.analysis.findings.get(index)?.diagnostic;
        Some((found.rule, found.span))
    }

    /// The finding at the caret.
    pub fn at_caret(&self) -> Option<usize> {
        self.sheet().finding_at(self.carets[self.file as usize])
    }

    /// What the editor points out while the caret is at this byte.
    pub fn lit(&self, caret: u32) -> Vec<Place> {
        match self.file {
            File::Dockerfile => paint::lit(&self.analysis, self.pointed, self.open, caret),
            File::Ignore => Vec::new(),
        }
    }

    /// Makes it the state of an embedded page.
    #[must_use]
    pub fn embedded(mut self, embed: Embed, exercise: Option<Exercise>) -> Self {
        self.tab = embed.view.home();
        self.embed = Some(Embed { original: Rc::clone(&self.text), ..embed });
        self.exercise = exercise;
        self.judge();
        self
    }

    /// A wide screen always shows the editor, so it is no tab there; an embedded page has those of
    /// its view.
    fn at_home(&self, tab: Tab) -> Tab {
        match &self.embed {
            Some(embed) if embed.view.shows(tab) => tab,
            Some(embed) => embed.view.home(),
            None => at_home(tab, self.narrow),
        }
    }

    /// The lines that the page around this one points out, as long as they are the same.
    pub fn chosen(&self) -> Option<(u32, u32)> {
        let embed = self.embed.as_ref().filter(|embed| embed.original == self.text)?;
        embed.lines.or_else(|| embed.goto.map(|line| (line, line)))
    }

    /// Whether the text is only shown.
    pub fn is_readonly(&self) -> bool {
        self.embed.as_ref().is_some_and(|embed| embed.readonly)
    }

    /// Whether there is a message to be looked up, in the panel that shows what it means.
    pub fn is_explaining(&self) -> bool {
        let wanted = self.tab == Tab::Explain && !self.explain.message.trim().is_empty();
        wanted && matches!(self.explain.table, Some(Some(_))) && !self.is_stale()
    }
}

/// Bytes of the longest message that a draft or a link holds.
const LONGEST_KEPT: usize = 16_000;

/// A wide screen always shows the editor, so it is no tab there.
fn at_home(tab: Tab, narrow: bool) -> Tab {
    if tab == Tab::Editor && !narrow { Tab::Problems } else { tab }
}
