//! What actions do to the browser. The reducer does the rest.

use std::rc::Rc;

use ::engine::diagnostic::{Edit, Fix};
use ::engine::fix::Applied;
use ::engine::source::Span;
use gloo::timers::callback::Timeout;
use yew::Callback;

use crate::analysis::usable;
use crate::course::{Kept, is_lesson};
use crate::recognised::recognised;
use crate::services::address::Wish;
use crate::services::editor::Editor;
use crate::services::{
    address, builder, clipboard, course, dom, engine, files, host, offline, pages, picture,
    storage, theme, workshop,
};
use crate::state::{Action, Export, File, Many, Notice, State, Tab};
use crate::{examples, format};

const REFUSED: &str = "The browser refused to copy. Select the text and copy it by hand.";
/// Milliseconds that a passing message stays.
const TOAST: u32 = 4_000;

/// Does what an action asks of the browser; called before the action is reduced.
pub fn run(action: &Action, state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    match action {
        Action::Edited(..) => {
            // The link in the address no longer says what the editor holds.
            if matches!(address::wish(&address::fragment()), Wish::Link(_)) {
                address::set_fragment("");
            }
        }
        Action::GoToLine(line) => {
            go_to_span(Span::at(state.analysis.lines.line_start(*line)), state, editor);
        }
        Action::GoToPlace(span) => go_to_span(*span, state, editor),
        Action::Step(forward) => step(*forward, state, dispatch),
        Action::Fix(index) => {
            let found = state.analysis.findings.get(*index).and_then(|found| found.usable_fix());
            if let Some(found) = found {
                fix(found, "problems-list", state, editor, dispatch);
            }
        }
        Action::FixPlace(found) => fix(found, "explanations", state, editor, dispatch),
        Action::FixReason(index) => {
            if let Some(found) = state.analysis.behind(*index).and_then(usable) {
                fix(found, "verdict", state, editor, dispatch);
            }
        }
        Action::FixMany(many) => fix_many(*many, state, editor, dispatch),
        Action::Replace(text, said) => {
            editor.keep_focus(|| editor.replace(File::Dockerfile, text));
            toast(Rc::clone(said), dispatch);
            focus_later("bases-title");
        }
        Action::Format => {
            let text = Rc::clone(&state.text);
            workshop::want("format", [&state.text], (action, state), dispatch, move |answer| {
                Some(Action::Formatted(Rc::clone(&text), workshop::edits(answer)?.into()))
            });
        }
        // What was typed meanwhile wants other edits.
        Action::Formatted(text, _) if *text != state.text => dispatch.emit(Action::Format),
        Action::Formatted(_, edits) => format_text(edits, state, editor, dispatch),
        Action::Explain => explain(action, state, dispatch),
        Action::FillForm if state.build.known(&state.text).is_some() => {}
        Action::FillForm | Action::SetField(..) | Action::NewRecipe(_) => {
            builder::ask(action, state, dispatch);
        }
        Action::Written(before, form, said) => {
            builder::write((before, form, *said), state, editor, dispatch);
        }
        Action::TakeIgnore => builder::take_ignore(state, editor, dispatch),
        Action::SaveAll => builder::archive(state, dispatch),
        Action::Archived(tar) => save("image.tar", tar, dispatch),
        Action::SaveText(name, text) => save(name, text, dispatch),
        Action::TurnOffHere(index) => turn_off_here(*index, state, editor, dispatch),
        Action::Begin(text) => {
            editor.set_text(File::Dockerfile, text);
            editor.set_caret(File::Dockerfile, 0);
        }
        Action::OpenFile(file) => editor.show(*file),
        Action::LoadText(text) => {
            editor.replace(File::Dockerfile, text);
            toast("Opened in the editor. Undo takes it back.", dispatch);
        }
        Action::LoadSaved(saved) => {
            dispatch.emit(Action::Restore(Rc::clone(saved)));
            load(&saved.dockerfile, saved.dockerignore.as_deref(), editor, dispatch);
        }
        Action::LoadExample(index) => load_example(*index, state, editor, dispatch),
        Action::Reset => match (&state.course.lesson, &state.embed) {
            (Some(lesson), _) => editor.replace(File::Dockerfile, &lesson.start),
            (None, Some(embed)) => editor.replace(File::Dockerfile, &embed.original),
            (None, None) => load_example(state.origin, state, editor, dispatch),
        },
        Action::Course(step) => course::run(step, state, editor, dispatch),
        Action::Clear => {
            dom::show_column(if state.narrow { Tab::Editor.name() } else { state.tab.name() });
            editor.replace(state.file, "");
            toast("Cleared. Undo takes it back.", dispatch);
            if state.file == File::Ignore {
                dispatch.emit(Action::Ignore(None));
            }
        }
        Action::InsertIgnore => editor.replace(File::Ignore, examples::DEFAULT_IGNORE),
        Action::Update => offline::update(),
        Action::CopyPicture(svg) => {
            let dispatch = dispatch.clone();
            let said =
                move |copied| toast(if copied { "Picture copied" } else { REFUSED }, &dispatch);
            picture::copy(svg, Callback::from(said));
        }
        Action::Embed => {
            let folder = address::folder();
            match &state.link {
                Some(Ok(link)) if folder.starts_with("http") => {
                    host::show_markup(&state.text, link, &folder);
                }
                _ => toast("Only a playground on a web server can be embedded", dispatch),
            }
        }
        Action::Copy(text, done) => copy(text, *done, dispatch),
        Action::CopyAs(export) => {
            copy(&exported(*export, state), format!("{} copied", export.title()), dispatch);
        }
        Action::Save(export) => save(export.file(), &exported(*export, state), dispatch),
        Action::Theme(chosen) => theme::apply(*chosen),
        Action::OpenPage(Some(place)) if is_lesson(place) => {
            address::set_fragment(place);
            course::open(place, state, dispatch);
            contents(state, dispatch);
        }
        Action::OpenPage(Some(place)) => {
            let (name, again) = (Rc::clone(place), dispatch.clone());
            let done = move |page| again.emit(Action::PageLoaded(Rc::clone(&name), page));
            pages::fetch(place, &Callback::from(done));
            contents(state, dispatch);
        }
        // The address names a page only while it is shown: a link to it works again then.
        Action::Show(Tab::Guide) => {
            if let Some(place) = &state.guide.open {
                address::set_fragment(place);
            }
            contents(state, dispatch);
        }
        Action::Filter(words) if !words.is_empty() && state.guide.index.is_none() => {
            pages::fetch_table("search.txt", dispatch.reform(Action::IndexLoaded));
        }
        Action::OpenPage(None) | Action::Show(_) | Action::GoTo(_) => {
            if matches!(action, Action::OpenPage(None)) {
                contents(state, dispatch);
            }
            if matches!(address::wish(&address::fragment()), Wish::Guide(_)) {
                address::set_fragment("");
            }
            match action {
                Action::GoTo(index) => go_to(*index, state, editor),
                Action::Show(Tab::Explain) if !matches!(state.explain.table, Some(Some(_))) => {
                    pages::fetch_table("messages.txt", dispatch.reform(Action::MessagesLoaded));
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// Fetches the contents of the guide, once.
fn contents(state: &State, dispatch: &Callback<Action>) {
    if state.guide.contents.is_none() {
        pages::fetch_table("contents.txt", dispatch.reform(Action::ContentsLoaded));
    }
}

/// Keeps the draft; in a lesson, how far one came, since the draft is what was there before.
pub fn autosave(state: &State) {
    // A text from a link is no draft before it is edited.
    if matches!(state.notice, Some(Notice::LinkOpened { .. })) {
        return;
    }
    let kept = state.course.to_keep(&state.text);
    if kept.is_none() {
        storage::set(storage::DRAFT, &state.saved().to_json());
    }
    let kept = kept.as_ref().unwrap_or(&state.course.kept);
    if *kept == Kept::default() {
        storage::remove(storage::COURSE);
    } else {
        storage::set(storage::COURSE, &kept.to_json());
    }
}

/// Shows a passing message.
pub fn toast(text: impl Into<Rc<str>>, dispatch: &Callback<Action>) {
    dispatch.emit(Action::Toast(Some(text.into())));
}

/// Takes a passing message away after a while; dropping the timer keeps it.
pub fn clear_toast_later(dispatch: Callback<Action>) -> Timeout {
    Timeout::new(TOAST, move || dispatch.emit(Action::Toast(None)))
}

/// Replaces both files, each as a step of undo.
fn load(text: &str, ignore: Option<&str>, editor: &Editor, dispatch: &Callback<Action>) {
    editor.replace(File::Ignore, ignore.unwrap_or_default());
    dispatch.emit(Action::Ignore(ignore.map(Rc::from)));
    dispatch.emit(Action::OpenFile(File::Dockerfile));
    editor.replace(File::Dockerfile, text);
}

/// Asks what the message means for the text as it is.
fn explain(action: &Action, state: &State, dispatch: &Callback<Action>) {
    let Some(Some(table)) = &state.explain.table else { return };
    let (text, message) = (Rc::clone(&state.text), Rc::clone(&state.explain.message));
    let given = [&**table, &*state.explain.message, &*state.text, state.project.platform()];
    workshop::want("explain", given, (action, state), dispatch, move |answer| {
        let found = Rc::new(recognised(answer)?);
        Some(Action::Recognised(Rc::clone(&text), Rc::clone(&message), found))
    });
}

fn go_to(index: usize, state: &State, editor: &Editor) {
    let Some(finding) = state.analysis.findings.get(index) else { return };
    go_to_span(finding.diagnostic.span, state, editor);
}

fn go_to_span(span: Span, state: &State, editor: &Editor) {
    // On a narrow screen the editor has to be shown before it can take the focus.
    if state.narrow {
        dom::show_column(Tab::Editor.name());
    }
    let text = &state.analysis.text;
    let start = state.analysis.lines.position(text, span.start);
    let utf16 = [span.start, span.end].map(|byte| engine::utf16_of(text, byte));
    editor.select((utf16[0], utf16[1]), start.line, start.column);
}

fn step(forward: bool, state: &State, dispatch: &Callback<Action>) {
    let starts = state.analysis.findings.iter().map(|finding| finding.utf16.0).enumerate();
    let at = state.carets[File::Dockerfile as usize];
    let open = state.open.filter(|open| {
        state.analysis.findings.get(*open).is_some_and(|f| f.utf16.0 <= at && at <= f.utf16.1)
    });
    // From a finding to its neighbour, also where several share a place; else from the caret.
    let last = state.analysis.findings.len().checked_sub(1);
    let target = match (open, forward) {
        (Some(open), true) => Some(open + 1).filter(|next| Some(*next) <= last),
        (Some(open), false) => open.checked_sub(1),
        (None, true) => starts.clone().find(|(_, start)| *start > at).map(|(index, _)| index),
        (None, false) => starts.clone().rfind(|(_, start)| *start < at).map(|(index, _)| index),
    };
    let wrapped = if forward { last.map(|_| 0) } else { last };
    if let Some(index) = target.or(wrapped) {
        dispatch.emit(Action::GoTo(index));
    }
}

/// Applies one fix; the list `from` had its button, which is gone then.
fn fix(fix: &Fix, from: &'static str, state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    let applied = engine::apply(&state.analysis.text, &[fix]);
    if applied.applied == 0 {
        return toast("This fix does not fit the text any more", dispatch);
    }
    let in_editor = editor.has_focus();
    editor.keep_focus(|| editor.replace(File::Dockerfile, &applied.text));
    toast(format!("Fixed: {}. Undo takes it back.", fix.title.replace('`', "")), dispatch);
    if !in_editor {
        focus_later(from);
    }
}

fn fix_many(many: Many, state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    let Applied { text, applied, rejected } =
        engine::apply_many(&state.workspace(), &state.settings, many);
    editor.keep_focus(|| editor.replace(File::Dockerfile, &text));
    let count = format::plural(applied, "fix", "fixes");
    toast(format!("Applied {count}. Undo takes back all of it."), dispatch);
    let left_out =
        (!rejected.is_empty()).then(|| Notice::LeftOut { applied, rejected: rejected.into() });
    dispatch.emit(Action::Notice(left_out));
    focus_later("problems-list");
}

fn format_text(edits: &[Edit], state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    if edits.is_empty() {
        return toast("It is in order already", dispatch);
    }
    let text = engine::edit(&state.text, edits);
    let caret = engine::byte_of(&state.text, state.carets[File::Dockerfile as usize]);
    let caret = engine::utf16_of(&text, engine::moved(caret, edits));
    editor.keep_focus(|| {
        editor.replace(File::Dockerfile, &text);
        editor.set_caret(File::Dockerfile, caret);
    });
    toast("Formatted. Undo takes it back.", dispatch);
}

fn turn_off_here(index: usize, state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    let Some(finding) = state.analysis.findings.get(index) else { return };
    let text = &state.analysis.text;
    let Some(edit) = engine::silence(text, &finding.diagnostic) else { return };
    editor.keep_focus(|| editor.replace(File::Dockerfile, &engine::edit(text, &[edit])));
    toast("A comment silences it here. Undo takes it back.", dispatch);
    focus_later("problems-list");
}

/// The button that was pressed is gone after a fix; its list takes the focus once it is redrawn.
fn focus_later(id: &'static str) {
    Timeout::new(0, move || dom::focus(id)).forget();
}

fn load_example(index: usize, state: &State, editor: &Editor, dispatch: &Callback<Action>) {
    let Some(example) = examples::all().nth(index) else { return };
    dom::show_column(if state.narrow { Tab::Editor.name() } else { state.tab.name() });
    if state.narrow {
        dispatch.emit(Action::Show(Tab::Editor));
    }
    load(example.text, example.ignore, editor, dispatch);
    editor.select((0, 0), 1, 1);
}

fn exported(export: Export, state: &State) -> Rc<str> {
    match export {
        Export::File(File::Dockerfile) => Rc::clone(&state.text),
        Export::File(File::Ignore) => state.ignore.clone().unwrap_or_default(),
        Export::Config => engine::config(&state.settings).into(),
        Export::Sarif | Export::Json | Export::Markdown => {
            let found = state.analysis.findings.iter().map(|found| found.diagnostic.clone());
            let found: Vec<_> = found.collect();
            engine::export(export, &state.analysis.text, &found, &address::base()).into()
        }
    }
}

fn save(name: &str, text: &str, dispatch: &Callback<Action>) {
    // Of a path the last part is its name.
    let saved = files::save(name.rsplit('/').next().unwrap_or(name), text);
    toast(if saved { "Saved" } else { "The browser refused to save it" }, dispatch);
}

fn copy(text: &str, done: impl Into<Rc<str>>, dispatch: &Callback<Action>) {
    let (dispatch, done) = (dispatch.clone(), done.into());
    clipboard::copy(
        text,
        Callback::from(move |copied| {
            toast(if copied { Rc::clone(&done) } else { REFUSED.into() }, &dispatch);
        }),
    );
}
