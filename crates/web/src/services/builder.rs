//! What the builder does to the editor, with the answers of the workshop.

use std::rc::Rc;

use yew::Callback;

use crate::form::Form;
use crate::services::editor::Editor;
use crate::services::effects::toast;
use crate::services::workshop;
use crate::state::{Action, File, State, Tab};

/// Asks for the form after a change of the text or of a field.
pub fn ask(wish: &Action, state: &State, dispatch: &Callback<Action>) {
    let text = Rc::clone(&state.text);
    let form = state.build.form.as_ref();
    let recipe =
        form.map_or_else(|| Rc::clone(&state.build.recipe), |form| Rc::clone(&form.recipe));
    let parsed = |answer: &str| Form::parse(answer).map(Rc::new);
    match wish {
        Action::SetField(key, value) => {
            let given = [&*recipe, &*state.text, &**key, &**value];
            workshop::want("change", given, (wish, state), dispatch, move |answer| {
                Some(Action::Written(Rc::clone(&text), parsed(answer)?, None))
            });
        }
        Action::NewRecipe(recipe) => {
            // The recipe may come from the guide.
            dispatch.emit(Action::Show(Tab::Build));
            let replaces = !text.trim().is_empty();
            let said = replaces.then_some("A new Dockerfile. Undo brings yours back.");
            workshop::want("begin", [recipe], (wish, state), dispatch, move |answer| {
                Some(Action::Written(Rc::clone(&text), parsed(answer)?, said))
            });
        }
        _ => workshop::want(
            "read",
            [&*state.text, &*recipe],
            (wish, state),
            dispatch,
            move |answer| Some(Action::Filled(Rc::clone(&text), parsed(answer)?)),
        ),
    }
}

/// Puts the files of the form into the editor. A `.dockerignore` of the user's own stays.
pub fn write(
    (before, form, said): (&Rc<str>, &Form, Option<&'static str>),
    state: &State,
    editor: &Editor,
    dispatch: &Callback<Action>,
) {
    // What was typed meanwhile is newer than the form, which is filled from it again.
    let Some(text) = form.text.as_ref().filter(|_| *before == state.text) else { return };
    let ignore = form.file(File::Ignore.name()).filter(|_| !state.ignore_is_own());
    editor.keep_focus(|| {
        if let Some(ignore) = ignore.filter(|text| Some(*text) != state.ignore.as_ref()) {
            editor.replace(File::Ignore, ignore);
            dispatch.emit(Action::OpenFile(state.file));
        }
        editor.replace(File::Dockerfile, text);
    });
    if let Some(said) = said {
        toast(said, dispatch);
    }
}

/// Puts the `.dockerignore` of the form in the place of another one.
pub fn take_ignore(state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    let form = state.build.form.as_ref();
    let Some(ignore) = form.and_then(|form| form.file(File::Ignore.name())) else { return };
    editor.keep_focus(|| editor.replace(File::Ignore, ignore));
    toast("Replaced. Undo brings yours back.", dispatch);
}

/// Asks for an archive of the files as they are in the editor and in the form.
pub fn archive(state: &State, dispatch: &Callback<Action>) {
    let Some(form) = &state.build.form else { return };
    // A number with a point would bring 7 KB that print one.
    let now = ((js_sys::Date::now() / 1000.0) as u64).to_string();
    let ignore = state.ignore.as_deref().unwrap_or_default();
    let given = [&*form.recipe, &*state.text, ignore, &*now];
    workshop::want("archive", given, (&Action::SaveAll, state), dispatch, |answer| {
        Some(Action::Archived(answer.into()))
    });
}
