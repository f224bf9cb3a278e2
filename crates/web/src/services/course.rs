//! What course mode does to the browser: lessons are fetched, read and put into the editor.

use std::rc::Rc;

use yew::Callback;

use crate::course::{LIST, Lesson, OWN, Step};
use crate::saved::Saved;
use crate::services::editor::Editor;
use crate::services::{address, effects, engine, pages, workshop};
use crate::state::{Action, File, State, Tab};
use crate::{course, link};

/// Opens the lesson of a place, unless it is in progress.
pub fn open(place: &Rc<str>, state: &State, dispatch: &Callback<Action>) {
    if **place == *LIST || state.course.at(place).is_some() {
        return;
    }
    let here = Rc::clone(place);
    if let (OWN, Some(own)) = (&**place, &state.course.kept.own) {
        return dispatch.emit(Action::Course(Step::Read(here, own.as_str().into())));
    }
    if let Some(path) = place.split_once('=').map(|(_, path)| path.to_owned()) {
        let read = move |text: Option<Rc<str>>| match text {
            Some(text) => Action::Course(Step::Read(Rc::clone(&here), text)),
            None => {
                refuse(&here, "There is no such file beside this page, or it could not be fetched.")
            }
        };
        return pages::fetch_file(path, dispatch.reform(read));
    }
    let name = place.rsplit('/').next().unwrap_or_default();
    let is_part = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    if **place == *OWN || !name.chars().all(is_part) {
        return dispatch.emit(refuse(place, "There is no lesson of this name."));
    }
    let done = move |json: Option<Rc<str>>| {
        let lesson = json.and_then(|json| Lesson::parse(&here, None, &json).ok());
        let missing =
            || refuse(&here, "There is no lesson of this name, or it could not be fetched.");
        lesson.map_or_else(missing, |lesson| Action::Course(Step::Open(Rc::new(lesson))))
    };
    pages::fetch_table(&format!("lessons/{name}.json"), dispatch.reform(done));
}

fn refuse(place: &Rc<str>, why: &str) -> Action {
    Action::Course(Step::Refuse(Rc::clone(place), [why.to_owned()].into()))
}

/// Does what a step asks of the browser.
pub fn run(step: &Step, state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    match step {
        Step::Read(place, text) => {
            let (place, source) = (Rc::clone(place), Rc::clone(text));
            let given = [&**text, &engine::rule_names()];
            let wish = Action::Course(step.clone());
            workshop::want("lesson", given, (&wish, state), dispatch, move |answer| {
                let read = Lesson::parse(&place, Some(Rc::clone(&source)), answer);
                Some(Action::Course(match read {
                    Ok(lesson) => Step::Open(Rc::new(lesson)),
                    Err(messages) => Step::Refuse(Rc::clone(&place), messages),
                }))
            });
        }
        Step::Open(lesson) => {
            effects::autosave(state);
            let text = state.course.text(lesson);
            let begin = Step::Begin(Rc::clone(lesson), Rc::clone(&text));
            dispatch.emit(Action::Course(begin));
            editor.replace(File::Ignore, "");
            dispatch.emit(Action::Ignore(None));
            dispatch.emit(Action::OpenFile(File::Dockerfile));
            editor.replace(File::Dockerfile, &text);
            editor.set_caret(File::Dockerfile, 0);
            address::set_fragment(&lesson.place);
        }
        Step::Link => {
            let source = state.course.lesson.as_ref().and_then(|lesson| lesson.source.clone());
            let lesson = source.unwrap_or_default().to_string();
            match link::encode(&Saved { lesson, ..Saved::default() }) {
                Ok(link) => {
                    let link = format!("{}#{link}", address::base());
                    dispatch.emit(Action::Copy(
                        link.into(),
                        "The link is copied. It holds the whole lesson.",
                    ));
                }
                Err(_) => effects::toast("This lesson is too long for a link", dispatch),
            }
        }
        Step::Leave => {
            let draft = state.course.draft.clone();
            dispatch.emit(Action::Course(Step::End));
            if let Some(draft) = draft {
                dispatch.emit(Action::LoadSaved(draft));
            }
            if state.guide.open.as_deref().is_some_and(course::is_lesson) && state.tab == Tab::Guide
            {
                address::set_fragment(LIST);
            }
        }
        _ => {}
    }
}
