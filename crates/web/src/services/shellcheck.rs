//! The linter of shell scripts: asks the worker, and remembers its answers.
//!
//! An analysis never waits. What the worker has not answered yet it answers soon, and the text is
//! analysed again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use engine::diagnostic::Level;
use engine::shellcheck::{ShellFinding, ShellFix, ShellLinter, ShellScript};
use engine::text::Text;
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use yew::Callback;

use crate::json::Json;

#[wasm_bindgen(module = "/js/shellcheck.js")]
extern "C" {
    type ShellCheckWorker;

    #[wasm_bindgen(constructor)]
    fn new(answer: &Closure<dyn FnMut(f64, Option<String>)>) -> ShellCheckWorker;

    #[wasm_bindgen(method)]
    fn ask(this: &ShellCheckWorker, number: f64, request: &str);

    #[wasm_bindgen(method)]
    fn stop(this: &ShellCheckWorker);
}

/// Milliseconds after which the worker is started, so that the page comes first.
const START_AFTER: u32 = 300;
/// Milliseconds after which a script counts as one that the worker cannot bear; the first answer
/// also has to wait for the download.
const PATIENCE: u32 = 60_000;
/// Most answers that are remembered.
const MOST_ANSWERS: usize = 2_000;
/// So many workers may break before it is left at that.
const MOST_FAILURES: usize = 3;

type Findings = Rc<[ShellFinding]>;

/// A hash of all that a request says, so that a key stroke copies no script to find its answer.
type Key = u64;

#[derive(Default)]
struct Desk {
    /// By script.
    answers: HashMap<Key, Findings>,
    /// Text and findings of the scripts of the last analysis, in order.
    last: Vec<(Text, Findings)>,
    /// The same for the analysis under way.
    current: Vec<(Text, Findings)>,
    /// Scripts without an answer, with the requests.
    wanted: Vec<(Key, String)>,
    /// The script that the worker is at, with the number of the request.
    asked: Option<(u32, Key)>,
    worker: Option<Worker>,
    failures: usize,
    numbers: u32,
    done: Callback<()>,
    /// Running timers: the start, or the patience with a request.
    timer: Option<Timeout>,
}

struct Worker {
    handle: ShellCheckWorker,
    _answer: Closure<dyn FnMut(f64, Option<String>)>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// The linter as an analysis sees it.
pub struct Answers;

impl Answers {
    /// Begins an analysis.
    pub fn begin() -> Self {
        DESK.with_borrow_mut(|desk| {
            desk.last = std::mem::take(&mut desk.current);
            desk.wanted.clear();
        });
        Self
    }
}

impl ShellLinter for Answers {
    fn lint(&self, script: &ShellScript) -> Findings {
        DESK.with_borrow_mut(|desk| {
            let key = key(script);
            let findings = match desk.answers.get(&key) {
                Some(known) => Rc::clone(known),
                None => {
                    desk.wanted.push((key, request(script)));
                    let before = desk.last.get(desk.current.len());
                    before.map_or_else(Rc::default, |(text, found)| kept(text, found, &script.text))
                }
            };
            desk.current.push((script.text.clone(), Rc::clone(&findings)));
            findings
        })
    }
}

/// What an edit of a script leaves of its findings, until the worker has spoken: those before and
/// behind the edit.
fn kept(before: &str, found: &Findings, after: &str) -> Findings {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let same = |a: &u8, b: &u8| a == b;
    let prefix = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let room = old.len().min(new.len()) - prefix;
    let ends = old.iter().rev().zip(new.iter().rev());
    let suffix = ends.take(room).take_while(|(a, b)| same(a, b)).count();
    let moved = |finding: &ShellFinding| {
        let range = &finding.range;
        let shift = (range.start as usize + suffix >= old.len())
            .then_some(new.len() as i64 - old.len() as i64)
            .or_else(|| (range.end as usize <= prefix).then_some(0))?;
        let at = |offset: u32| (i64::from(offset) + shift) as u32;
        let range = at(range.start)..at(range.end);
        Some(ShellFinding { range, fix: None, ..finding.clone() })
    };
    found.iter().filter_map(moved).collect()
}

/// Sends what the last analysis wanted to know; `done` is called when all of it is answered.
pub fn ask(done: &Callback<()>) {
    DESK.with_borrow_mut(|desk| {
        desk.done = done.clone();
        if desk.wanted.is_empty() || desk.asked.is_some() || desk.failures >= MOST_FAILURES {
            return;
        }
        if desk.worker.is_some() {
            desk.next();
        } else if desk.timer.is_none() {
            desk.timer = Some(Timeout::new(START_AFTER, || {
                DESK.with_borrow_mut(|desk| {
                    desk.timer = None;
                    desk.next();
                });
            }));
        }
    });
}

/// Whether all that was asked is answered, so that what is found now is all there is.
pub fn is_done() -> bool {
    DESK.with_borrow(|desk| {
        (desk.wanted.is_empty() && desk.asked.is_none()) || desk.failures >= MOST_FAILURES
    })
}

impl Desk {
    /// Sends the next request; says whether there was one.
    fn next(&mut self) -> bool {
        let Some((key, request)) = self.wanted.pop() else { return false };
        let worker = self.worker.get_or_insert_with(|| {
            let answer =
                Closure::<dyn FnMut(f64, Option<String>)>::new(|number, answer: Option<String>| {
                    answered(number, answer.as_deref());
                });
            Worker { handle: ShellCheckWorker::new(&answer), _answer: answer }
        });
        self.numbers += 1;
        let number = self.numbers;
        worker.handle.ask(f64::from(number), &request);
        self.asked = Some((number, key));
        self.timer = Some(Timeout::new(PATIENCE, move || answered(f64::from(number), None)));
        true
    }

    fn take(&mut self, number: f64, answer: Option<&str>) -> Option<Callback<()>> {
        let (_, key) =
            self.asked.take_if(|(asked, _)| number < 0.0 || f64::from(*asked) == number)?;
        self.timer = None;
        if answer.is_none() {
            // A script that breaks the worker is not sent again.
            self.failures += 1;
            if let Some(worker) = self.worker.take() {
                worker.handle.stop();
            }
        } else {
            self.failures = 0;
        }
        if self.answers.len() >= MOST_ANSWERS {
            self.answers.clear();
        }
        self.answers.insert(key, answer.map_or_else(Rc::default, findings));
        let more = self.failures < MOST_FAILURES && self.next();
        (!more).then(|| self.done.clone())
    }
}

/// The worker has answered, or broken (`None`).
fn answered(number: f64, answer: Option<&str>) {
    let done = DESK.with_borrow_mut(|desk| desk.take(number, answer));
    if let Some(done) = done {
        done.emit(());
    }
}

fn key(script: &ShellScript) -> Key {
    let shell = (script.shell.words.first(), script.shell.has_pipefail());
    let mut hasher = DefaultHasher::new();
    (script.text.as_str(), shell, &script.variables).hash(&mut hasher);
    hasher.finish()
}

fn request(script: &ShellScript) -> String {
    let strings = script.variables.iter().cloned().map(Json::String).collect();
    let shell = script.shell.words.first().cloned().unwrap_or_default();
    let entries = [
        ("text", Json::String(script.text.to_string())),
        ("shell", Json::String(shell)),
        ("pipefail", Json::Bool(script.shell.has_pipefail())),
        ("variables", Json::Array(strings)),
    ];
    let mut out = String::new();
    Json::Object(entries.map(|(key, value)| (key.to_owned(), value)).into()).write(&mut out);
    out
}

fn findings(answer: &str) -> Findings {
    let answer = Json::parse(answer).unwrap_or(Json::Null);
    answer.elements().iter().filter_map(finding).collect()
}

fn finding(value: &Json) -> Option<ShellFinding> {
    let number = |value: Option<&Json>| Some(value?.as_u64()? as u32);
    let text = |value: Option<&Json>| Some(value?.as_str()?.to_owned());
    let fix = value.get("fix").and_then(|fix| {
        let edit = |edit: &Json| match edit.elements() {
            [start, end, content] => {
                Some((number(Some(start))?..number(Some(end))?, text(Some(content))?))
            }
            _ => None,
        };
        let edits = fix.get("edits")?.elements().iter().map(edit).collect::<Option<_>>()?;
        Some(ShellFix { title: text(fix.get("title"))?, safe: fix.get("safe")?.as_bool()?, edits })
    });
    Some(ShellFinding {
        code: number(value.get("code"))? as u16,
        level: Level::from_name(value.get("level")?.as_str()?)?,
        message: text(value.get("message"))?,
        range: number(value.get("start"))?..number(value.get("end"))?,
        fix,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"[{"code": 2086, "level": "info", "message": "quote", "start": 5, "end": 7,
        "fix": {"title": "Quote it", "safe": true, "edits": [[5, 7, "\"$x\""]]}}]"#;

    #[test]
    fn reads_what_the_worker_answers() {
        let found = findings(ANSWER);
        assert_eq!(
            (found[0].code, found[0].level, found[0].range.clone()),
            (2086, Level::Info, 5..7)
        );
        assert_eq!(found[0].fix.as_ref().unwrap().edits, [(5..7, "\"$x\"".to_owned())]);
        assert!(findings("").is_empty() && findings("[{}]").is_empty());
    }

    #[test]
    fn findings_move_with_their_words_until_the_worker_has_spoken() {
        let found = findings(ANSWER);
        let at = |after: &str| -> Vec<_> {
            let kept = kept("echo $x y", &found, after);
            kept.iter().map(|found| (found.range.start, found.range.end)).collect()
        };
        assert_eq!(at("echo $x yes"), [(5, 7)]);
        assert_eq!(at("echo -n $x y"), [(8, 10)]);
        assert!(at("echo $xx y").is_empty() || at("echo $xx y") == [(5, 7)]);
        assert!(at("echo").is_empty());
        assert!(at("").is_empty());
    }
}
