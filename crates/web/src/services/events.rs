//! What happens outside the editor: the address, the width of the screen, keys, leaving the page.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use yew::Callback;

use crate::course::{OWN, Step};
use crate::services::address::{self, Wish};
use crate::services::editor::Editor;
use crate::services::{dom, effects, files};
use crate::start;
use crate::state::{Action, State, Tab};

/// Turns all of it into actions, for as long as the listeners are held.
pub fn watch(act: &Callback<Action>, latest: &Rc<RefCell<State>>) -> Vec<EventListener> {
    let mut held = Vec::new();
    held.extend(dom::watch_narrow(act.reform(Action::Narrow)));
    {
        let (act, latest) = (act.clone(), Rc::clone(latest));
        let follow = Callback::from(move |fragment: String| match address::wish(&fragment) {
            Wish::Guide(place) => act.emit(Action::OpenPage(place.map(Rc::from))),
            Wish::Link(link) => start::open_link(&link, &latest.borrow().clone(), &act),
            Wish::None if latest.borrow().guide.open.is_some() => {
                let (tab, from) = (latest.borrow().tab, latest.borrow().guide.from);
                act.emit(Action::OpenPage(None));
                if tab == Tab::Guide && from != Tab::Guide {
                    act.emit(Action::Show(from));
                }
            }
            Wish::None => {}
        });
        held.extend(address::watch(follow.clone()));
        if dom::is_embed() {
            held.extend(dom::follow_links(follow));
        }
    }
    if let Some(document) = dom::document() {
        let (act, latest) = (act.clone(), Rc::clone(latest));
        held.push(dom::listen(&document, "keydown", move |event| {
            let locked = latest.borrow().is_readonly();
            let action = match dom::key_of(event).as_deref() {
                Some("F8") => Some(Action::Step(true)),
                Some("Shift+F8") => Some(Action::Step(false)),
                Some("Ctrl+." | "Alt+Shift+KeyF") if locked => None,
                Some("Ctrl+.") => latest.borrow().at_caret().map(Action::Fix),
                Some("Alt+Shift+KeyF") => Some(Action::Format),
                Some(key @ ("Ctrl+z" | "Ctrl+Z" | "Ctrl+Shift+Z" | "Ctrl+Shift+z" | "Ctrl+y"))
                    if !locked && !dom::is_in_field() =>
                {
                    // Outside of a field, only Chromium knows what there is to undo.
                    let command = if matches!(key, "Ctrl+z" | "Ctrl+Z") { "undo" } else { "redo" };
                    if Editor::find().is_some_and(|editor| editor.history(command)) {
                        event.prevent_default();
                    }
                    None
                }
                _ => None,
            };
            if let Some(action) = action {
                event.prevent_default();
                act.emit(action);
            }
        }));
    }
    if let Some(document) = dom::document() {
        // Without this the browser would leave the page for a file that is dropped on it.
        held.push(dom::listen(&document, "dragover", |event| {
            if files::has_files(event) {
                event.prevent_default();
            }
        }));
        let act = act.clone();
        held.push(dom::listen(&document, "drop", move |event| {
            if files::has_files(event) {
                event.prevent_default();
                files::read_dropped(
                    event,
                    act.reform(|text: String| match text.starts_with("+++") {
                        true => Action::Course(Step::Read(OWN.into(), text.into())),
                        false => Action::LoadText(text.into()),
                    }),
                );
            }
        }));
    }
    if let Some(window) = dom::window() {
        let latest = Rc::clone(latest);
        held.push(dom::listen(&window, "pagehide", move |_| {
            effects::autosave(&latest.borrow());
        }));
    }
    held
}
