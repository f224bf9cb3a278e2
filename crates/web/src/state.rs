//! The state of the page and the only function that changes it.
//!
//! Pure: no browser is named here, so all of it is tested natively. What an action does to the
//! browser (replacing text, copying, focus) is in `services::effects`.

use std::ops::Deref;
use std::rc::Rc;

use engine::{Project, RuleSet, Settings};
use yew::Reducible;

use crate::analysis::{Analysis, DEFERRED_ABOVE};
use crate::link::{self, LinkError};
use crate::page::Page;
use crate::saved::Saved;

/// A shared value that counts as equal only to itself, so that comparing properties costs nothing.
#[derive(Debug)]
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

/// What is shown beside the editor; on a narrow screen, instead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The editor itself: a tab on narrow screens only.
    Editor,
    /// Findings and fixes.
    #[default]
    Problems,
    /// Size, layers and base images.
    Size,
    /// The graph of stages.
    Stages,
    /// The pages on rules.
    Guide,
}

impl Tab {
    /// All tabs in their order.
    pub const ALL: [Self; 5] =
        [Self::Editor, Self::Problems, Self::Size, Self::Stages, Self::Guide];

    /// Name in links and in identifiers of elements.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Problems => "problems",
            Self::Size => "size",
            Self::Stages => "stages",
            Self::Guide => "guide",
        }
    }

    /// Label.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Editor => "Editor",
            Self::Problems => "Problems",
            Self::Size => "Size",
            Self::Stages => "Stages",
            Self::Guide => "Guide",
        }
    }

    /// The tab of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }
}

/// Colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All themes in the order in which the button goes through them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Name in the storage.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The one after this.
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

/// Order of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// As in the text.
    #[default]
    Place,
    /// The gravest first.
    Level,
}

/// Which size the charts show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// Bytes of the files.
    #[default]
    Unpacked,
    /// Bytes in the registry.
    Compressed,
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
    /// The rule whose page is open; none for the list.
    pub rule: Option<Rc<str>>,
    /// Its page.
    pub page: Load,
    /// Words that the list is filtered by.
    pub filter: Rc<str>,
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

/// One field of the project.
#[derive(Debug, Clone, PartialEq)]
pub enum ProjectField {
    /// Bytes of the program.
    BinaryBytes(Option<u64>),
    /// Bytes of the build context.
    ContextBytes(Option<u64>),
    /// Platform of the image.
    Platform(Option<String>),
    /// Whether the program makes HTTPS calls.
    NeedsTls(Option<bool>),
    /// Whether the program uses time zones.
    NeedsTimeZones(Option<bool>),
}

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Action {
    /// The text of the editor changed.
    Edited(Rc<str>),
    /// The pause after a key stroke in a very long text is over.
    Analyse,
    /// The caret moved to a UTF-16 offset.
    Caret(u32),
    /// The pointer rests on a finding, or no longer does.
    Hover(Option<Hover>),
    /// A tab was chosen.
    Show(Tab),
    /// The screen became narrow or wide.
    Narrow(bool),
    /// Another rule set.
    Rules(RuleSet),
    /// A rule is silenced.
    TurnOff(&'static str),
    /// All silenced rules speak again.
    TurnOnAll,
    /// The user told something of the project.
    Project(ProjectField),
    /// Another order of findings.
    Sort(Sort),
    /// Another size in the charts.
    Measure(Measure),
    /// Another theme.
    Theme(Theme),
    /// A finding is unfolded, or folded again.
    Open(Option<usize>),
    /// A page of the guide, or its list.
    OpenRule(Option<Rc<str>>),
    /// A page of the guide arrived.
    PageLoaded(Rc<str>, Option<Rc<Page>>),
    /// The list of rules is filtered.
    Filter(Rc<str>),
    /// A link for the present state is wanted.
    MakeLink,
    /// A message above the editor appears or goes.
    Notice(Option<Notice>),
    /// A passing message appears or goes.
    Toast(Option<Rc<str>>),
    /// Settings, project and panel of a link or draft; its text arrives as an edit.
    Restore(Rc<Saved>),

    // What follows changes the browser first; see `services::effects`.
    /// To the place of a finding.
    GoTo(usize),
    /// To a line, from 1.
    GoToLine(u32),
    /// To the next (or previous) finding from the caret.
    Step(bool),
    /// Apply the fix of a finding.
    Fix(usize),
    /// Apply all safe fixes.
    FixAllSafe,
    /// Put this text into the editor.
    LoadText(Rc<str>),
    /// Put a text and settings into the editor.
    LoadSaved(Rc<Saved>),
    /// Put an example into the editor.
    LoadExample(usize),
    /// Back to the example last chosen.
    Reset,
    /// Empty the editor.
    Clear,
    /// Copy a text and say that it is done.
    Copy(Rc<str>, &'static str),
}

/// The whole state.
#[derive(Debug, Clone)]
pub struct State {
    /// The text in the editor; newer than the analysis while a very long text is being typed.
    pub text: Rc<str>,
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// Chosen rules.
    pub settings: Settings,
    /// What the user told of the project.
    pub project: Project,
    /// Shown panel.
    pub tab: Tab,
    /// Whether editor and panel share one column.
    pub narrow: bool,
    /// Place of the caret, in UTF-16 units.
    pub caret: u32,
    /// Unfolded finding.
    pub open: Option<usize>,
    /// Finding under the pointer.
    pub hover: Option<Hover>,
    /// Order of findings.
    pub sort: Sort,
    /// Size in the charts.
    pub measure: Measure,
    /// The guide.
    pub guide: Guide,
    /// Colours.
    pub theme: Theme,
    /// Fragment of the share link for the present state, once asked for.
    pub link: Option<Result<Rc<str>, LinkError>>,
    /// Message above the editor.
    pub notice: Option<Notice>,
    /// Passing message.
    pub toast: Option<Rc<str>>,
    /// What Reset goes back to.
    pub origin: usize,
}

impl State {
    /// The state at the start of the page.
    pub fn new(text: Rc<str>, saved: &Saved, theme: Theme, narrow: bool) -> Self {
        let (settings, project) = (saved.settings(), saved.project());
        let tab = Tab::from_name(&saved.tab).unwrap_or_default();
        Self {
            analysis: Same(Rc::new(Analysis::of(Rc::clone(&text), &project, &settings))),
            text,
            settings,
            project,
            tab: at_home(if narrow { Tab::Editor } else { tab }, narrow),
            narrow,
            caret: 0,
            open: None,
            hover: None,
            sort: Sort::default(),
            measure: Measure::default(),
            guide: Guide::default(),
            theme,
            link: None,
            notice: None,
            toast: None,
            origin: crate::examples::DEFAULT,
        }
    }

    /// What is worth keeping of it.
    pub fn saved(&self) -> Saved {
        let tab = match self.tab {
            Tab::Editor | Tab::Problems => "",
            tab => tab.name(),
        };
        Saved::of(&self.text, &self.settings, &self.project, tab)
    }

    /// Whether the analysis is of an older text.
    pub fn is_stale(&self) -> bool {
        !Rc::ptr_eq(&self.text, &self.analysis.text)
    }

    /// The finding at the caret.
    pub fn at_caret(&self) -> Option<usize> {
        self.analysis.finding_at(self.caret)
    }

    fn analyse(&mut self) {
        let fresh = Analysis::of(Rc::clone(&self.text), &self.project, &self.settings);
        let same = |index: usize| {
            let (old, new) = (self.analysis.findings.get(index)?, fresh.findings.get(index)?);
            (old.diagnostic.rule == new.diagnostic.rule).then_some(index)
        };
        self.open = self.open.and_then(same);
        self.hover = None;
        self.link = None;
        self.analysis = Same(Rc::new(fresh));
    }
}

/// A wide screen always shows the editor, so it is no tab there.
fn at_home(tab: Tab, narrow: bool) -> Tab {
    if tab == Tab::Editor && !narrow { Tab::Problems } else { tab }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        // The pointer moves all the time; what changes nothing is not drawn again.
        if matches!(&action, Action::Hover(hover) if *hover == self.hover)
            || matches!(&action, Action::Caret(caret) if *caret == self.caret)
        {
            return self;
        }
        let mut state = Rc::unwrap_or_clone(self);
        match action {
            Action::Edited(text) => {
                if *text != *state.text {
                    state.text = text;
                    state.link = None;
                    state.hover = None;
                    if state.text.len() <= DEFERRED_ABOVE {
                        state.analyse();
                    }
                }
            }
            Action::Analyse => {
                if state.is_stale() {
                    state.analyse();
                }
            }
            Action::Caret(caret) => state.caret = caret,
            Action::Hover(hover) => state.hover = hover,
            Action::Show(tab) => state.tab = at_home(tab, state.narrow),
            Action::Narrow(narrow) => {
                state.narrow = narrow;
                state.tab = at_home(state.tab, narrow);
            }
            Action::Rules(set) => {
                state.settings.set = set;
                state.analyse();
            }
            Action::TurnOff(rule) => {
                if !state.settings.ignored.iter().any(|off| off == rule) {
                    state.settings.ignored.push(rule.to_owned());
                }
                state.open = None;
                state.analyse();
            }
            Action::TurnOnAll => {
                state.settings.ignored.clear();
                state.analyse();
            }
            Action::Project(field) => {
                set_field(&mut state.project, field);
                state.analyse();
            }
            Action::Sort(sort) => state.sort = sort,
            Action::Measure(measure) => state.measure = measure,
            Action::Theme(theme) => state.theme = theme,
            Action::Open(index) => state.open = index,
            Action::OpenRule(rule) => {
                if rule != state.guide.rule {
                    state.guide.page = Load::Pending;
                }
                state.guide.rule = rule;
                state.hover = None;
                state.tab = Tab::Guide;
            }
            Action::PageLoaded(rule, page) => {
                if state.guide.rule.as_ref() == Some(&rule) {
                    state.guide.page = page.map_or(Load::Failed, Load::Ready);
                }
            }
            Action::Filter(words) => state.guide.filter = words,
            Action::MakeLink => state.link = Some(link::encode(&state.saved()).map(Rc::from)),
            Action::Notice(notice) => state.notice = notice,
            Action::Toast(toast) => state.toast = toast,
            Action::Restore(saved) => {
                state.settings = saved.settings();
                state.project = saved.project();
                let tab = Tab::from_name(&saved.tab).unwrap_or(state.tab);
                state.tab = at_home(tab, state.narrow);
                state.notice = None;
                state.analyse();
            }
            Action::GoTo(index) => {
                state.open = Some(index);
                state.hover = None;
                state.tab =
                    at_home(if state.narrow { Tab::Editor } else { Tab::Problems }, state.narrow);
            }
            Action::GoToLine(_) if state.narrow => state.tab = Tab::Editor,
            Action::LoadExample(index) => {
                state.origin = index;
                state.notice = None;
            }
            Action::Fix(_)
            | Action::FixAllSafe
            | Action::Clear
            | Action::Reset
            | Action::LoadText(_)
            | Action::LoadSaved(_)
            | Action::GoToLine(_)
            | Action::Step(_)
            | Action::Copy(..) => {}
        }
        Rc::new(state)
    }
}

fn set_field(project: &mut Project, field: ProjectField) {
    match field {
        ProjectField::BinaryBytes(bytes) => project.binary_bytes = bytes,
        ProjectField::ContextBytes(bytes) => project.context_bytes = bytes,
        ProjectField::Platform(platform) => project.platform = platform,
        ProjectField::NeedsTls(needs) => project.needs_tls = needs,
        ProjectField::NeedsTimeZones(needs) => project.needs_time_zones = needs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(text: &str) -> Rc<State> {
        Rc::new(State::new(text.into(), &Saved::default(), Theme::Auto, false))
    }

    fn after(text: &str, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
        actions.into_iter().fold(state(text), |state, action| state.reduce(action))
    }

    #[test]
    fn an_edit_is_analysed_at_once() {
        let state = after("", [Action::Edited("FROM golang\n".into())]);
        assert!(state.analysis.findings.iter().any(|f| f.diagnostic.rule == "untagged-base"));
        assert!(!state.is_stale());
    }

    #[test]
    fn a_very_long_text_waits_for_a_pause() {
        let long: Rc<str> = "# x\n".repeat(DEFERRED_ABOVE / 2).into();
        let state = after("FROM a", [Action::Edited(Rc::clone(&long))]);
        assert!(state.is_stale());
        let state = state.reduce(Action::Analyse);
        assert!(!state.is_stale());
        assert_eq!(state.analysis.text, long);
    }

    #[test]
    fn an_edit_to_the_same_text_analyses_nothing() {
        let before = state("FROM golang\n");
        let analysis = before.analysis.clone();
        let state = before.reduce(Action::Edited("FROM golang\n".into()));
        assert!(state.analysis == analysis);
    }

    #[test]
    fn silencing_a_rule_and_taking_it_back() {
        let rules = |state: &State| -> Vec<_> {
            state.analysis.findings.iter().map(|f| f.diagnostic.rule).collect()
        };
        let state = after("FROM golang\n", [Action::TurnOff("untagged-base")]);
        assert!(!rules(&state).contains(&"untagged-base"));
        assert_eq!(state.saved().off, ["untagged-base"]);
        let state = state.reduce(Action::TurnOnAll);
        assert!(rules(&state).contains(&"untagged-base"));
    }

    #[test]
    fn the_editor_is_a_tab_on_narrow_screens_only() {
        let show = Action::Show(Tab::Editor);
        assert_eq!(after("", [show.clone()]).tab, Tab::Problems);
        assert_eq!(after("", [Action::Narrow(true), show.clone()]).tab, Tab::Editor);
        assert_eq!(
            after("", [Action::Narrow(true), show, Action::Narrow(false)]).tab,
            Tab::Problems
        );
    }

    #[test]
    fn what_is_saved_leads_back_to_the_same_state() {
        let state = after(
            "FROM golang\n",
            [
                Action::Rules(RuleSet::Hadolint),
                Action::TurnOff("shell-form"),
                Action::Project(ProjectField::BinaryBytes(Some(5))),
                Action::Project(ProjectField::NeedsTls(Some(true))),
                Action::Show(Tab::Size),
            ],
        );
        let saved = state.saved();
        let again = State::new(Rc::clone(&state.text), &saved, Theme::Auto, false);
        assert_eq!(again.saved(), saved);
        assert_eq!((again.tab, &again.settings), (Tab::Size, &state.settings));
        assert_eq!(Saved::from_json(&saved.to_json()), Some(saved));
    }

    #[test]
    fn a_link_is_made_on_demand_and_forgotten_with_the_next_edit() {
        let state = after("FROM golang\n", [Action::MakeLink]);
        let link = state.link.clone().unwrap().unwrap();
        assert_eq!(link::decode(&link).unwrap().dockerfile, "FROM golang\n");
        assert!(state.reduce(Action::Edited("x".into())).link.is_none());
    }

    #[test]
    fn a_late_page_does_not_replace_the_one_that_is_open() {
        let page = Some(Rc::new(Page::default()));
        let state = after(
            "",
            [
                Action::OpenRule(Some("a".into())),
                Action::OpenRule(Some("b".into())),
                Action::PageLoaded("a".into(), page.clone()),
            ],
        );
        assert_eq!((state.tab, &state.guide.page), (Tab::Guide, &Load::Pending));
        let state = state.reduce(Action::PageLoaded("b".into(), page));
        assert!(matches!(state.guide.page, Load::Ready(_)));
    }

    #[test]
    fn the_theme_button_goes_round() {
        let all: Vec<_> =
            std::iter::successors(Some(Theme::Auto), |t| Some(t.next())).take(4).collect();
        assert_eq!(all, [Theme::Auto, Theme::Light, Theme::Dark, Theme::Auto]);
    }
}
