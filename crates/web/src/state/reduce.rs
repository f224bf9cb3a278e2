//! The only function that changes the state.

use std::rc::Rc;

use yew::Reducible;

use super::{Action, Build, File, Hover, Load, Origin, Same, State, Tab};
use crate::analysis::{Analysis, DEFERRED_ABOVE};
use crate::course::{self, Step};
use crate::embed::View;
use crate::exercise::Exercise;
use crate::link;
use crate::saved::Saved;
use crate::services::engine as door;

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
                if state.tab != Tab::Guide || state.guide.open.is_none() {
                    state.guide.from = state.tab;
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

impl State {
    pub(super) fn judge(&mut self) {
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
}
