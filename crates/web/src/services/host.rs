//! The page that embeds this one: what it asks for, and what it is told. `js/host.js` has the wire.

use std::cell::RefCell;
use std::rc::Rc;

use engine::diagnostic::{Diagnostic, Level};
use engine::size::Range;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::Callback;

use crate::analysis::Finding;
use crate::course::{self, OWN, Step};
use crate::json::Json;
use crate::link;
use crate::services::editor::Editor;
use crate::services::{address, shellcheck};
use crate::state::{Action, File, Many, State, Theme};

#[wasm_bindgen(module = "/js/host.js")]
extern "C" {
    type Host;

    #[wasm_bindgen(constructor)]
    fn new(release: &str, call: &Call) -> Host;

    #[wasm_bindgen(method)]
    fn tell(this: &Host, kind: &str, detail: &str);
}

#[wasm_bindgen(module = "/js/embedding.js")]
extern "C" {
    /// Opens the dialog with the markup for another page.
    #[wasm_bindgen(js_name = open)]
    pub fn show_markup(text: &str, link: &str, folder: &str);
}

type Call = Closure<dyn FnMut(String, String) -> Option<String>>;

/// The wire and what was said over it last.
struct Line {
    host: Host,
    _call: Call,
    text: Rc<str>,
    solved: bool,
}

thread_local! {
    static LINE: RefCell<Option<Line>> = const { RefCell::new(None) };
}

/// Says hello; from then on the other page may ask.
pub fn connect(editor: &Editor, latest: &Rc<RefCell<State>>, act: &Callback<Action>) {
    let (editor, latest, act) = (editor.clone(), Rc::clone(latest), act.clone());
    let text = Rc::clone(&latest.borrow().text);
    let call = Call::new(move |method: String, argument: String| {
        let state = latest.borrow().clone();
        // What is asked now is meant of the text that was set just before.
        if state.is_stale() || *state.text != editor.text(File::Dockerfile) {
            return None;
        }
        let argument = Json::parse(&argument).unwrap_or(Json::Null);
        let (key, value) = match answer(&method, &argument, &state, &editor, &act) {
            Ok(result) => ("result", result),
            Err(error) => ("error", Json::String(error)),
        };
        Some(object(vec![(key, value)]))
    });
    let host = Host::new(env!("CARGO_PKG_VERSION"), &call);
    LINE.set(Some(Line { host, _call: call, text, solved: false }));
}

fn answer(
    method: &str,
    argument: &Json,
    state: &State,
    editor: &Editor,
    act: &Callback<Action>,
) -> Result<Json, String> {
    let text = || argument.as_str().ok_or_else(|| format!("`{method}` needs a text"));
    let edited = |action: Action| {
        act.emit(action);
        Ok(Json::String(editor.text(File::Dockerfile)))
    };
    match method {
        "load" => {
            let text = Rc::<str>::from(text()?);
            // A lesson that the address names brings its own text, and a text may be a lesson.
            if text.is_empty() && state.guide.open.as_deref().is_some_and(course::is_lesson) {
                return Ok(Json::String(String::new()));
            }
            if text.starts_with("+++") {
                act.emit(Action::Course(Step::Read(OWN.into(), Rc::clone(&text))));
                return Ok(Json::String(text.to_string()));
            }
            LINE.with_borrow_mut(|line| {
                line.iter_mut().for_each(|line| line.text = Rc::clone(&text));
            });
            edited(Action::Begin(text))
        }
        "value" if *argument == Json::Null => Ok(Json::String(state.text.to_string())),
        "value" => edited(Action::LoadText(text()?.into())),
        "problems" => Ok(problems(state)),
        "fix" if *argument == Json::Null => {
            let first = state.analysis.findings.iter().position(|at| at.usable_fix().is_some());
            edited(Action::Fix(first.ok_or("no problem has a fix")?))
        }
        "fix" => {
            let rule = text()?;
            let found = state.analysis.findings.iter().find(|finding| finding.is_of(rule));
            let found = found.ok_or_else(|| format!("`{rule}` finds nothing"))?;
            edited(Action::FixMany(Many::Rule(found.name())))
        }
        "fixAll" => {
            let all = argument.get("unsafe").and_then(Json::as_bool) == Some(true);
            edited(Action::FixMany(if all { Many::All } else { Many::Safe }))
        }
        // The formatter has to be fetched first; what it does is told as any other change.
        "format" => {
            act.emit(Action::Format);
            Ok(Json::Null)
        }
        "reset" => edited(Action::Reset),
        "goTo" => {
            let line = argument.as_u64().and_then(|line| u32::try_from(line).ok());
            act.emit(Action::GoToLine(line.ok_or("`goTo` needs a line")?));
            Ok(Json::Null)
        }
        "focus" => {
            editor.focus();
            Ok(Json::Null)
        }
        "permalink" => match link::encode(&state.saved()) {
            Ok(link) => Ok(Json::String(format!("{}#{link}", address::base()))),
            Err(error) => Err(error.to_string()),
        },
        "theme" => {
            let theme = Theme::from_name(text()?).ok_or("no such theme")?;
            act.emit(Action::Theme(theme));
            Ok(Json::Null)
        }
        _ => Err(format!("no method `{method}`")),
    }
}

/// Tells of a new analysis.
pub fn report(state: &State) {
    LINE.with_borrow_mut(|line| {
        let Some(line) = line else { return };
        if line.text != state.text {
            line.text = Rc::clone(&state.text);
            let code = Json::String(state.text.to_string());
            let origin = Json::String(state.written_by.name().to_owned());
            line.host.tell("change", &object(vec![("code", code), ("origin", origin)]));
        }
        let counts = Level::ALL.into_iter().zip(state.analysis.counts());
        let counts = counts.map(|(level, count)| (level.name(), Json::Number(count as u64)));
        let (problems, counts) = (problems(state), entries(counts.collect()));
        line.host.tell("lint", &object(vec![("problems", problems), ("counts", counts)]));
        if let Some(estimate) = &state.analysis.report.estimate {
            let size = estimate.size;
            let both =
                vec![("unpacked", range(size.unpacked)), ("compressed", range(size.compressed))];
            line.host.tell("size", &object(both));
        }
        let solved = state.exercise.as_ref().filter(|it| it.solved && shellcheck::is_done());
        if let Some(exercise) = solved.filter(|_| !line.solved) {
            let ids = exercise.rules().map(|rule| Json::String(rule.to_string())).collect();
            line.host.tell("solved", &object(vec![("ids", Json::Array(ids))]));
        }
        line.solved = solved.is_some();
    });
}

fn problems(state: &State) -> Json {
    let findings = &state.analysis.findings;
    Json::Array(findings.iter().map(|finding| problem(state, finding)).collect())
}

fn problem(state: &State, finding: &Finding) -> Json {
    let Diagnostic { rule, codes, level, message, span, .. } = &finding.diagnostic;
    let end = state.analysis.lines.position(&state.analysis.text, span.end);
    let text = |text: &str| Json::String(text.to_owned());
    let number = |number: u32| Json::Number(number.into());
    entries(vec![
        ("id", text(rule)),
        ("codes", Json::Array(codes.iter().map(|code| text(code)).collect())),
        ("severity", text(level.name())),
        ("message", text(message)),
        ("line", number(finding.start.line)),
        ("column", number(finding.start.column)),
        ("endLine", number(end.line)),
        ("endColumn", number(end.column)),
        ("fixable", Json::Bool(finding.usable_fix().is_some())),
        ("url", Json::String(format!("{}#rule/{rule}", address::base()))),
    ])
}

fn range(range: Option<Range>) -> Json {
    let figures = |Range { low, likely, high }: Range| {
        let number = Json::Number;
        entries(vec![("low", number(low)), ("estimate", number(likely)), ("high", number(high))])
    };
    range.map_or(Json::Null, figures)
}

fn entries(entries: Vec<(&str, Json)>) -> Json {
    Json::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn object(pairs: Vec<(&str, Json)>) -> String {
    let mut text = String::new();
    entries(pairs).write(&mut text);
    text
}
