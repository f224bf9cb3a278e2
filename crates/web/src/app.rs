//! The wiring: one state, one way for actions, and each part of the page in its place.
//!
//! The page is static HTML with a working textarea. The application does not replace it; it hangs
//! its parts into the places that are marked for them, so that nothing flashes and no key stroke
//! is lost.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::{
    AttrValue, Callback, Html, Properties, component, create_portal, html, use_callback,
    use_effect_with, use_memo, use_mut_ref, use_reducer, use_state_eq,
};

use crate::components::announcer::{Announcer, judged, spoken};
use crate::components::build::BuildPanel;
use crate::components::checklist::Checklist;
use crate::components::course::{CoursePanel, strip};
use crate::components::editor_bar::editor_bar;
use crate::components::embed::bar::{bar, open_link};
use crate::components::embed::goals::goals;
use crate::components::embed::listing::listing;
use crate::components::explain::ExplainPanel;
use crate::components::file_tabs::file_tabs;
use crate::components::guide::{GuidePanel, Here};
use crate::components::hover_card::HoverCard;
use crate::components::ignore_hint::ignore_hint;
use crate::components::notice::{notice_bar, update_bar};
use crate::components::paper::Paper;
use crate::components::problems::Problems;
use crate::components::separator::Separator;
use crate::components::settings::SettingsDialog;
use crate::components::size::SizePanel;
use crate::components::stages::Stages;
use crate::components::status_line::status_line;
use crate::components::summary::Summary;
use crate::components::tabs::tabs;
use crate::components::toast::toast;
use crate::components::toolbar::toolbar;
use crate::course::is_lesson;
use crate::embed::View;
use crate::services::editor::{Editor, Listeners, Window};
use crate::services::{address, dom, effects, engine, events, host, offline, shellcheck};
use crate::state::{Action, File, State, Tab};

/// Milliseconds without a change until the draft is kept.
const AUTOSAVE: u32 = 400;
/// Milliseconds without a change until the page around an embedded one is told.
const SETTLED: u32 = 200;
/// Milliseconds without a key stroke until a very long text is analysed.
const PAUSE: u32 = 200;

/// Properties of [`App`].
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The editor of the static page.
    pub editor: Editor,
    /// The state to start with.
    pub start: StartState,
}

/// The state to start with; it is used once, so changes of it mean nothing.
#[derive(Clone)]
pub struct StartState(pub Rc<State>);

impl PartialEq for StartState {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The whole application.
#[component]
pub fn App(props: &AppProps) -> Html {
    let editor = props.editor.clone();
    let start = Rc::clone(&props.start.0);
    let state = use_reducer(move || (*start).clone());
    let latest = use_mut_ref(|| (*props.start.0).clone());
    latest.replace((*state).clone());
    let window = use_state_eq(|| Window { first: 0, count: 80 });

    let act = {
        let (dispatcher, editor) = (state.dispatcher(), editor.clone());
        let itself = use_mut_ref(Callback::<Action>::noop);
        let act = {
            let (itself, latest) = (Rc::clone(&itself), Rc::clone(&latest));
            use_callback((), move |action: Action, ()| {
                let (now, again) = (latest.borrow().clone(), itself.borrow().clone());
                effects::run(&action, &now, &editor, &again);
                dispatcher.dispatch(action);
            })
        };
        itself.replace(act.clone());
        act
    };

    {
        let (act, editor, window) = (act.clone(), editor.clone(), window.setter());
        // A page of the guide that the address asks for is fetched only now.
        let open = state.guide.open.clone();
        let tab = state.tab;
        use_effect_with((), move |()| {
            let listeners = Listeners {
                text: act.reform(|(file, text): (_, String)| Action::Edited(file, text.into())),
                caret: act.reform(|(file, caret)| Action::Caret(file, caret)),
                window: Callback::from(move |to| window.set(to)),
                hover: act.reform(Action::Hover),
            };
            let held = (editor.listen(&listeners), events::watch(&act, &latest));
            editor.follow_scroll();
            dom::mark_running();
            // A frame is kept by nobody; in a sandbox without an origin, asking for that is an error.
            if dom::is_embed() {
                host::connect(&editor, &latest, &act);
            } else {
                offline::watch(act.reform(|()| Action::NewVersion));
            }
            // What was typed between the start and now; the reducer ignores it if that is nothing.
            let typed = editor.text(File::Dockerfile);
            act.emit(Action::Edited(File::Dockerfile, typed.into()));
            act.emit(Action::Caret(File::Dockerfile, editor.caret()));
            listeners.window.emit(editor.window());
            if open.is_some() {
                act.emit(Action::OpenPage(open));
            } else if matches!(tab, Tab::Explain | Tab::Guide) {
                act.emit(Action::Show(tab));
            }
            move || drop(held)
        });
    }
    {
        let (editor, window) = (editor.clone(), window.setter());
        use_effect_with(state.file, move |file| {
            editor.show(*file);
            window.set(editor.window());
        });
    }
    let sheet = state.sheet();
    {
        let editor = editor.clone();
        let lines = sheet.lines.len();
        let first = window.first.min(lines.saturating_sub(1));
        let painted = !sheet.plain && !state.is_stale();
        use_effect_with((first, lines, painted), move |(first, lines, painted)| {
            editor.set_first(*first);
            editor.set_lines(*lines);
            // From the first line on as wide as for the tenth, so that the text does not move.
            editor.set_digits(lines.to_string().len().max(2));
            editor.set_painted(*painted);
        });
    }
    {
        let act = act.clone();
        use_effect_with(state.analysis.clone(), move |_| {
            shellcheck::ask(&act.reform(|()| Action::Answered));
        });
    }
    {
        let act = act.clone();
        let unread = state.tab == Tab::Build
            && !state.is_stale()
            && (state.build.form.is_none() || state.build.text != state.text);
        use_effect_with((Rc::clone(&state.text), unread), move |(_, unread)| {
            if *unread {
                act.emit(Action::FillForm);
            }
        });
    }
    {
        let act = act.clone();
        let key = (state.analysis.clone(), Rc::clone(&state.explain.message));
        use_effect_with((key, state.is_explaining()), move |(_, wanted)| {
            if *wanted {
                act.emit(Action::Explain);
            }
        });
    }
    use_effect_with((state.tab, state.narrow), |(tab, _)| dom::show_column(tab.name()));
    {
        let first = use_mut_ref(|| true);
        use_effect_with((state.tab, state.guide.open.clone()), move |_| {
            if !first.replace(false) {
                dom::keep_focus("view");
            }
        });
    }
    {
        let now = state.embed.is_some().then(|| (*state).clone());
        use_effect_with(state.analysis.clone(), move |_| {
            let timer = now.map(|now| Timeout::new(SETTLED, move || host::report(&now)));
            move || drop(timer)
        });
    }
    {
        let act = act.clone();
        let texts = (Rc::clone(&state.text), state.ignore.clone());
        use_effect_with((texts, state.is_stale()), move |(_, stale)| {
            let timer = stale.then(|| Timeout::new(PAUSE, move || act.emit(Action::Analyse)));
            move || drop(timer)
        });
    }
    {
        let now = (*state).clone();
        let texts = (Rc::clone(&state.text), state.ignore.clone());
        let message = Rc::clone(&state.explain.message);
        let key = (texts, state.settings.clone(), state.project.clone(), message, state.tab);
        let kept = (Rc::clone(&state.course.kept), Rc::clone(&state.build.recipe));
        let key = (key, state.fleet, kept);
        let first = use_mut_ref(|| true);
        use_effect_with(key, move |_| {
            let skip = first.replace(false);
            let timer = (!skip).then(|| Timeout::new(AUTOSAVE, move || effects::autosave(&now)));
            move || drop(timer)
        });
    }
    {
        let act = act.clone();
        use_effect_with(state.toast.clone(), move |toast| {
            let timer = toast.as_ref().map(|_| effects::clear_toast_later(act));
            move || drop(timer)
        });
    }

    let caret = state.carets[state.file as usize];
    let caret = use_memo((sheet.clone(), caret), |(sheet, caret)| {
        let byte = engine::byte_of(&sheet.text, *caret);
        let position = sheet.lines.position(&sheet.text, byte);
        (position.line, position.column, byte)
    });
    let lit = state.lit(caret.2);
    let line = (caret.0 as usize).saturating_sub(1);
    let analysis = &state.analysis;
    let chosen = state.chosen();
    let place = |id: &str, content: Html| {
        dom::by_id(id).map_or_else(Html::default, |host| create_portal(content, host))
    };
    html! {
        <>
            { place("toolbar", toolbar(&state, &address::base(), &act)) }
            { place("summary", html! { <Summary analysis={analysis.clone()} act={act.clone()} /> }) }
            { place("notice", html! {
                <>if state.embed.is_none() { { strip(&state.course, state.exercise.as_ref(), &act) } }{ notice_bar(state.notice.as_ref(), &act) }{ update_bar(state.new_version, &act) }</>
            }) }
            { place("files", file_tabs(&state, &act)) }
            { place("editor-bar", editor_bar(&state, &act)) }
            { place("paper", html! {
                <Paper sheet={sheet.clone()} window={*window} line={line} {lit} {chosen} />
            }) }
            { place("ignore-hint", ignore_hint(&state, &act)) }
            { place("editor-status", status_line(state.file, sheet, (caret.0, caret.1), state.at_caret(), &act)) }
            { place("separator", html! { <Separator /> }) }
            { place("tabs", tabs(&state, &act)) }
            { place("view", panel(&state, caret.2, &act)) }
            if let Some(embed) = &state.embed {
                { place("embed-bar", bar(&state, embed, &act)) }
                { place("embed-link", open_link(&state, &address::base(), &act)) }
                if let Some(exercise) = &state.exercise {
                    { place("goals", goals(exercise, analysis, &act)) }
                }
                if embed.view == View::Inline {
                    { place("listing", listing(analysis, chosen, embed.readonly, &act)) }
                }
            }
            <HoverCard analysis={analysis.clone()} hover={state.hover} act={act.clone()} />
            if state.configuring {
                <SettingsDialog settings={state.settings.clone()} act={act.clone()} />
            }
            { toast(state.toast.as_deref()) }
            <Announcer text={AttrValue::from(judged(&state.analysis))} />
            <Announcer text={AttrValue::from(taught(&state))} />
            <Announcer text={AttrValue::from(spoken(&state.analysis))} />
        </>
    }
}

/// How far one is in a lesson, for screen readers.
fn taught(state: &State) -> String {
    let exercise = state.exercise.as_ref().filter(|_| state.course.lesson.is_some());
    exercise.map(|exercise| format!("Lesson: {}", exercise.in_words())).unwrap_or_default()
}

fn panel(state: &State, caret: u32, act: &Callback<Action>) -> Html {
    let (analysis, act) = (state.analysis.clone(), act.clone());
    match state.tab {
        Tab::Editor => Html::default(),
        Tab::Problems => html! {
            <Problems {analysis} open={state.open} at_caret={state.at_caret()} sort={state.sort}
                settings={state.settings.clone()} {act} />
        },
        Tab::Size => html! {
            <SizePanel {analysis} project={state.project.clone()} fleet={state.fleet}
                measure={state.measure} {act} />
        },
        Tab::Build => html! {
            <BuildPanel is_empty={state.text.trim().is_empty()} build={state.build.clone()} project={state.project.clone()}
                ignore_is_own={state.ignore_is_own()} {act} />
        },
        Tab::Stages => html! { <Stages {analysis} {act} /> },
        Tab::Checklist => html! {
            <Checklist {analysis} project={state.project.clone()} {act} />
        },
        Tab::Explain => html! {
            <ExplainPanel {analysis} message={AttrValue::from(Rc::clone(&state.explain.message))}
                table={state.explain.table.as_ref().map(Option::is_some)}
                found={state.explain.found.clone()} {act} />
        },
        Tab::Guide if state.guide.open.as_deref().is_some_and(is_lesson) => html! {
            <CoursePanel place={state.guide.open.clone().unwrap_or_default()}
                course={state.course.clone()} exercise={state.exercise.clone()} {analysis}
                contents={state.guide.contents.clone()} {act} />
        },
        Tab::Guide => html! {
            <GuidePanel guide={state.guide.clone()} here={Here::of(state, caret)} {act} />
        },
    }
}
