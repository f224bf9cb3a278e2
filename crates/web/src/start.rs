//! How the page begins: from a link, a draft, what was typed already, or the example.

use std::rc::Rc;

use engine::{Project, Settings};
use gloo::timers::future::TimeoutFuture;
use yew::{Callback, Reducible};

use crate::analysis::{Analysis, DEFERRED_ABOVE};
use crate::course::{self, Course, OWN, Step};
use crate::embed::{self, Embed};
use crate::link;
use crate::saved::Saved;
use crate::services::address::{self, Wish};
use crate::services::editor::Editor;
use crate::services::{dom, storage, theme};
use crate::state::{Action, File, Notice, State, Tab};

/// How many lines are analysed before the page starts, in a task each.
const WARM_UP: [usize; 6] = [0, 1, 3, 6, 10, 16];

/// Analyses a growing part of what is in the editor, or of the example where that is nothing or too
/// much, until most of the checks have run once and thus are compiled.
pub async fn warm_up(editor: &Editor) {
    let text = editor.text(File::Dockerfile);
    let fits = !text.trim().is_empty() && text.len() <= DEFERRED_ABOVE;
    let text = if fits { &text } else { default_text() };
    for lines in WARM_UP {
        TimeoutFuture::new(0).await;
        let part: String = text.split_inclusive('\n').take(lines).collect();
        Analysis::of(part.into(), None, &Project::default(), &Settings::default());
    }
    TimeoutFuture::new(0).await;
}

/// Decides what the page starts with and puts it into the editor.
pub fn begin(editor: &Editor) -> State {
    let mut state = decide(editor);
    editor.set_text(File::Ignore, state.ignore.as_deref().unwrap_or_default());
    let own = std::mem::take(&mut state.course).kept.own.clone();
    state.course = Course::new(storage::get(storage::COURSE).as_deref());
    if let Some(own) = own {
        state.course.bring(&own);
    }
    state
}

fn decide(editor: &Editor) -> State {
    let draft = storage::get(storage::DRAFT).and_then(|json| Saved::from_json(&json));
    let wish = address::wish(&address::fragment());
    let narrow = dom::is_narrow();
    // The first script left the editor empty for the text of a link; here it has none.
    let resume = |editor: &Editor, kept: &Saved| {
        if !editor.was_typed_in() {
            let text = draft.as_ref().map_or(default_text(), |draft| &draft.dockerfile);
            editor.set_text(File::Dockerfile, text);
        }
        State::new(editor.text(File::Dockerfile).into(), kept, theme::stored(), narrow)
    };
    let from =
        |text: String, saved: &Saved| State::new(text.into(), saved, theme::stored(), narrow);
    let kept = draft.clone().unwrap_or_default();
    match wish {
        Wish::Link(fragment) => match link::decode(&fragment) {
            Ok(Saved { lesson, .. }) if !lesson.is_empty() => {
                let mut state = resume(editor, &kept);
                state.course.bring(&lesson);
                (state.guide.open, state.tab) = (Some(OWN.into()), Tab::Guide);
                state
            }
            Ok(saved) if editor.was_typed_in() => {
                let mut state = from(editor.text(File::Dockerfile), &kept);
                state.notice = Some(Notice::LinkWaiting { saved: Rc::new(saved) });
                state
            }
            Ok(saved) => {
                editor.set_text(File::Dockerfile, &saved.dockerfile);
                let mut state = from(saved.dockerfile.clone(), &saved);
                let draft = draft.filter(|draft| differs(draft, &saved));
                state.notice = draft.map(|draft| Notice::LinkOpened { draft: Rc::new(draft) });
                state
            }
            Err(error) => {
                let mut state = resume(editor, &kept);
                state.notice = Some(Notice::BadLink(error));
                state
            }
        },
        Wish::Guide(_) | Wish::None => from(editor.text(File::Dockerfile), &kept),
    }
}

/// Opens a link that came into the address while the page was running.
pub fn open_link(fragment: &str, state: &State, act: &Callback<Action>) {
    match link::decode(fragment) {
        Ok(Saved { lesson, .. }) if !lesson.is_empty() => {
            act.emit(Action::OpenPage(Some(course::LIST.into())));
            act.emit(Action::Course(Step::Read(OWN.into(), lesson.into())));
        }
        Ok(saved) => {
            let draft = state.course.draft.as_deref().cloned().unwrap_or_else(|| state.saved());
            act.emit(Action::Course(Step::End));
            let changed = differs(&draft, &saved);
            act.emit(Action::LoadSaved(Rc::new(saved)));
            if changed {
                act.emit(Action::Notice(Some(Notice::LinkOpened { draft: Rc::new(draft) })));
            }
        }
        Err(error) => act.emit(Action::Notice(Some(Notice::BadLink(error)))),
    }
}

/// Whether opening the one would lose a text of the other.
fn differs(draft: &Saved, saved: &Saved) -> bool {
    (&draft.dockerfile, &draft.dockerignore) != (&saved.dockerfile, &saved.dockerignore)
}

/// The state of a page that is embedded in another one, which its address describes.
pub fn embedded(state: State) -> State {
    let embed = Embed::read(address::parameter);
    let settings = embed::settings(&state.settings, address::parameter);
    let exercise = embed::exercise(address::parameter);
    let state = Rc::new(state).reduce(Action::Settings(Rc::new(settings)));
    Rc::unwrap_or_clone(state).embedded(embed, exercise)
}

fn default_text() -> &'static str {
    crate::examples::all().nth(crate::examples::DEFAULT).unwrap_or_default().text
}
