//! The state of the page and the only function that changes it.
//!
//! Pure: no browser is named here, so all of it is tested natively. What an action does to the
//! browser (replacing text, copying, focus) is in `services::effects`.

mod action;
mod choices;
#[cfg(test)]
mod tests;
mod values;

use std::rc::Rc;

use engine::size::Fleet;
use engine::source::Span;
use engine::{Project, Settings, Workspace};
use yew::Reducible;

use crate::analysis::{Analysis, DEFERRED_ABOVE, Sheet};
use crate::course::{self, Course, Step};
use crate::embed::{Embed, View};
use crate::exercise::Exercise;
use crate::link::{self, LinkError};
use crate::paint::{self, Place};
use crate::saved::Saved;
use crate::services::engine as door;

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

    fn judge(&mut self) {
        if let Some(exercise) = &mut self.exercise {
            exercise.judge(&self.analysis);
            if exercise.solved {
                self.course.solve();
            }
        }
    }

    fn analyse(&mut self) {
        let (text, ignore) = (Rc::clone(&self.text), self.ignore.as_ref());
        let fresh = Analysis::of(text, ignore, &self.project, &self.settings);
        let same = |index: usize| {
            let (old, new) = (self.analysis.findings.get(index)?, fresh.findings.get(index)?);
            (old.diagnostic.rule == new.diagnostic.rule).then_some(index)
        };
        self.open = self.open.and_then(same);
        self.hover = None;
        self.pointed = None;
        self.link = None;
        self.analysis = Same(Rc::new(fresh));
        self.judge();
    }

    /// Takes a step in course mode.
    fn step(&mut self, step: &Step) {
        // The panel that is shown stays the same when the draft comes back.
        let draft = Saved { tab: String::new(), ..self.saved() };
        self.course.take(step, &Rc::clone(&self.text), || draft);
        match step {
            Step::Begin(lesson, text) => {
                let (place, text) = (Rc::clone(&lesson.place), Rc::clone(text));
                self.guide.open = Some(place);
                self.exercise = Some(Exercise::of_lesson(&lesson.goals));
                // Everybody has the same lesson, whatever they chose for their own Dockerfile.
                (self.settings, self.project, self.ignore) = Default::default();
                if let Some(embed) = &mut self.embed {
                    embed.original = Rc::clone(&lesson.start);
                }
                if self.embed.as_ref().is_none_or(|embed| embed.view == View::Split) {
                    self.tab = Tab::Guide;
                }
                (self.text, self.file, self.notice) = (text, File::Dockerfile, None);
                self.written_by = Origin::Api;
                self.analyse();
            }
            Step::Refuse(place, _) => {
                self.guide.open = Some(Rc::clone(place));
                self.tab = self.at_home(Tab::Guide);
            }
            Step::End => {
                self.exercise = None;
                if self.guide.open.as_deref().is_some_and(course::is_lesson) {
                    self.guide.open = Some(course::LIST.into());
                }
            }
            _ => {}
        }
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

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        // The pointer moves all the time; what changes nothing is not drawn again.
        if matches!(&action, Action::Hover(hover) if *hover == self.hover)
            || matches!(&action, Action::Point(pointed) if *pointed == self.pointed)
            || matches!(&action, Action::Caret(file, at) if *at == self.carets[*file as usize])
        {
            return self;
        }
        let mut state = Rc::unwrap_or_clone(self);
        match action {
            Action::Edited(file, text) => {
                let before = match file {
                    File::Dockerfile => &*state.text,
                    File::Ignore => state.ignore.as_deref().unwrap_or_default(),
                };
                if *text != *before {
                    match file {
                        File::Dockerfile => state.text = text,
                        File::Ignore => state.ignore = Some(text),
                    }
                    // Undo also reaches the file that is not shown; then it should be.
                    state.file = file;
                    state.written_by = Origin::User;
                    state.link = None;
                    state.hover = None;
                    if state.text.len() <= DEFERRED_ABOVE {
                        state.analyse();
                    }
                }
            }
            Action::Begin(text) => {
                state.text = Rc::clone(&text);
                state.written_by = Origin::Api;
                if let Some(embed) = &mut state.embed {
                    embed.original = text;
                }
                state.analyse();
            }
            Action::Ignore(ignore) => {
                state.ignore = ignore;
                state.analyse();
            }
            Action::OpenFile(file) => {
                state.file = file;
                state.hover = None;
            }
            Action::Analyse => {
                if state.is_stale() {
                    state.analyse();
                }
            }
            Action::Answered => {
                // The text is the same: its link holds, and what is open or pointed at stays so. The
                // verdict does not rest on scripts.
                let (link, pointed) = (state.link.take(), state.pointed);
                let open = state.open.and_then(|at| state.named(at));
                let hover =
                    state.hover.and_then(|hover| Some((state.named(hover.finding)?, hover)));
                state.analyse();
                let find = |name| {
                    (0..state.analysis.findings.len()).find(|at| state.named(*at) == Some(name))
                };
                let hover = hover.and_then(|(name, hover)| Some((find(name)?, hover)));
                state.open = open.and_then(find);
                state.hover = hover.map(|(finding, hover)| Hover { finding, ..hover });
                (state.link, state.pointed) = (link, pointed);
            }
            Action::Caret(file, caret) => state.carets[file as usize] = caret,
            Action::Hover(hover) => state.hover = hover,
            Action::Point(reason) => state.pointed = reason,
            Action::Show(tab) => state.tab = state.at_home(tab),
            Action::Message(message) => {
                state.explain.message = message;
                state.link = None;
            }
            Action::MessagesLoaded(table) => state.explain.table = Some(table),
            Action::Recognised(text, message, found) => {
                // What was typed meanwhile is looked up anew.
                if (&text, &message) == (&state.text, &state.explain.message) {
                    let found = door::explain(&found, &state.workspace(), &state.settings);
                    state.explain.found = Same(Rc::new(found));
                }
            }
            Action::Narrow(narrow) => {
                state.narrow = narrow;
                state.tab = state.at_home(state.tab);
            }
            Action::Settings(settings) => {
                state.settings = Rc::unwrap_or_clone(settings);
                state.analyse();
            }
            Action::ShowSettings(shown) => state.configuring = shown,
            Action::TurnOff(rule) => {
                if !state.settings.ignored.iter().any(|off| off == rule) {
                    state.settings.ignored.push(rule.to_owned());
                }
                state.open = None;
                state.analyse();
            }
            Action::Project(field) => {
                field.set(&mut state.project);
                state.analyse();
            }
            Action::Fleet(fleet) => {
                state.fleet = fleet;
                state.link = None;
            }
            Action::Sort(sort) => state.sort = sort,
            Action::Measure(measure) => state.measure = measure,
            Action::Theme(theme) => state.theme = theme,
            Action::Open(index) => state.open = index,
            Action::OpenPage(place) => {
                if place != state.guide.open {
                    state.guide.page = Load::Pending;
                }
                state.guide.open = place;
                state.configuring = false;
                state.hover = None;
                state.tab = Tab::Guide;
            }
            Action::PageLoaded(place, page) => {
                if state.guide.open.as_ref() == Some(&place) {
                    state.guide.page = page.map_or(Load::Failed, Load::Ready);
                }
            }
            Action::Filled(text, form) | Action::Written(text, form, _) => {
                if form.text.is_some() {
                    state.build.recipe = Rc::clone(&form.recipe);
                    state.link = None;
                }
                let text = form.text.clone().unwrap_or(text);
                state.build.fill(text, Same(form));
            }
            Action::FillForm => {
                if let Some(form) = state.build.known(&state.text).cloned() {
                    state.build.fill(Rc::clone(&state.text), form);
                }
            }
            Action::Filter(words) => state.guide.filter = words,
            Action::ContentsLoaded(table) => state.guide.contents = table,
            Action::IndexLoaded(table) => state.guide.index = table,
            Action::Course(step) => state.step(&step),
            Action::MakeLink => state.link = Some(link::encode(&state.saved()).map(Rc::from)),
            Action::Notice(notice) => state.notice = notice,
            Action::NewVersion => state.new_version = true,
            Action::Toast(toast) => state.toast = toast,
            Action::Restore(saved) => {
                state.settings = saved.settings.clone();
                state.project = saved.project.clone();
                state.fleet = saved.fleet;
                let tab = Tab::from_name(&saved.tab).unwrap_or(state.tab);
                state.tab = state.at_home(tab);
                state.explain.message = saved.message.as_str().into();
                state.build = Build::of(&saved.recipe);
                state.notice = None;
                state.analyse();
            }
            Action::GoTo(index) => {
                state.open = Some(index);
                state.hover = None;
                state.file = File::Dockerfile;
                let tab = if state.narrow { Tab::Editor } else { Tab::Problems };
                state.tab = state.at_home(tab);
            }
            Action::GoToLine(_) | Action::GoToPlace(_) => {
                state.file = File::Dockerfile;
                state.tab = if state.narrow { Tab::Editor } else { state.tab };
            }
            Action::LoadExample(index) => {
                state.origin = index;
                state.written_by = Origin::Api;
                state.notice = None;
            }
            // The edit was reduced already; this tells where it came from.
            Action::Fix(_)
            | Action::FixPlace(_)
            | Action::FixReason(_)
            | Action::Replace(..)
            | Action::FixMany(_)
            | Action::Format
            | Action::Formatted(..)
            | Action::TurnOffHere(_) => state.written_by = Origin::Fix,
            Action::Reset | Action::LoadText(_) | Action::LoadSaved(_) => {
                state.written_by = Origin::Api;
            }
            Action::Clear
            | Action::Explain
            | Action::SetField(..)
            | Action::NewRecipe(_)
            | Action::TakeIgnore
            | Action::SaveAll
            | Action::Archived(_)
            | Action::SaveText(..)
            | Action::InsertIgnore
            | Action::Step(_)
            | Action::CopyAs(_)
            | Action::Save(_)
            | Action::Update
            | Action::CopyPicture(_)
            | Action::Embed
            | Action::Copy(..) => {}
        }
        Rc::new(state)
    }
}
