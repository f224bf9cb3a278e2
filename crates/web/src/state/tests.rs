//! What the reducer makes of each action.

use std::rc::Rc;

use engine::{RuleSet, Settings};
use yew::Reducible;

use super::{Action, File, Hover, Load, Origin, ProjectField, State, Tab, Theme};
use crate::analysis::DEFERRED_ABOVE;
use crate::embed::{Embed, View};
use crate::form::Form;
use crate::link;
use crate::page::Page;
use crate::saved::Saved;

fn state(text: &str) -> Rc<State> {
    Rc::new(State::new(text.into(), &Saved::default(), Theme::Auto, false))
}

fn after(text: &str, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions.into_iter().fold(state(text), Reducible::reduce)
}

#[test]
fn an_edit_is_analysed_at_once() {
    let state = after("", [Action::Edited(File::Dockerfile, "FROM golang\n".into())]);
    assert!(state.analysis.findings.iter().any(|f| f.diagnostic.rule == "untagged-base"));
    assert!(!state.is_stale());
}

#[test]
fn a_very_long_text_waits_for_a_pause() {
    let long: Rc<str> = "# x\n".repeat(DEFERRED_ABOVE / 2).into();
    let state = after("FROM a", [Action::Edited(File::Dockerfile, Rc::clone(&long))]);
    assert!(state.is_stale());
    let state = state.reduce(Action::Analyse);
    assert!(!state.is_stale());
    assert_eq!(state.analysis.text, long);
}

#[test]
fn a_form_stands_for_the_text_that_it_was_read_from_or_written_to() {
    let form = |text: Option<&str>| {
        let files = vec![(".dockerignore".into(), ".git\n".into())];
        Rc::new(Form { text: text.map(Rc::from), files, ..Form::default() })
    };
    let state = after("FROM a\n", [Action::Filled("FROM a\n".into(), form(None))]);
    assert_eq!(&*state.build.text, "FROM a\n");
    assert!(!state.ignore_is_own());
    let written = Action::Written("FROM a\n".into(), form(Some("FROM b\n")), None);
    let state = state.reduce(written);
    assert_eq!(&*state.build.text, "FROM b\n");
    // Undo leads back to the form that wrote the text.
    let (first, second) = (state.build.known("FROM a\n"), state.build.known("FROM b\n"));
    assert!(first.is_some() && second == state.build.form.as_ref() && first != second);
    let undone = Rc::clone(&state).reduce(Action::Edited(File::Dockerfile, "FROM a\n".into()));
    let undone = undone.reduce(Action::FillForm);
    assert_eq!(undone.build.form.as_ref(), state.build.known("FROM a\n"));
    let state = state.reduce(Action::Ignore(Some(".git\n".into())));
    assert!(!state.ignore_is_own());
    let state = state.reduce(Action::Ignore(Some("mine\n".into())));
    assert!(state.ignore_is_own());
    // Nothing but blanks is nobody's work.
    assert!(!state.reduce(Action::Ignore(Some("\n".into()))).ignore_is_own());
}

#[test]
fn an_edit_to_the_same_text_analyses_nothing() {
    let before = state("FROM golang\n");
    let analysis = before.analysis.clone();
    let state = before.reduce(Action::Edited(File::Dockerfile, "FROM golang\n".into()));
    assert!(state.analysis == analysis);
}

#[test]
fn silencing_a_rule_and_taking_it_back() {
    let rules = |state: &State| -> Vec<_> {
        state.analysis.findings.iter().map(|f| f.diagnostic.rule).collect()
    };
    let state = after("FROM golang\n", [Action::TurnOff("untagged-base")]);
    assert!(!rules(&state).contains(&"untagged-base"));
    assert_eq!(state.saved().settings.ignored, ["untagged-base"]);
    let state = state.reduce(Action::Settings(Rc::default()));
    assert!(rules(&state).contains(&"untagged-base"));
}

#[test]
fn the_editor_is_a_tab_on_narrow_screens_only() {
    let show = Action::Show(Tab::Editor);
    assert_eq!(after("", [show.clone()]).tab, Tab::Problems);
    assert_eq!(after("", [Action::Narrow(true), show.clone()]).tab, Tab::Editor);
    assert_eq!(after("", [Action::Narrow(true), show, Action::Narrow(false)]).tab, Tab::Problems);
}

#[test]
fn what_is_saved_leads_back_to_the_same_state() {
    let state = after(
        "FROM golang\n",
        [
            Action::Settings(Rc::new(Settings { set: RuleSet::Hadolint, ..Settings::default() })),
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
fn an_ignore_file_is_none_until_something_is_typed() {
    let rules = |state: &State| {
        state.analysis.findings.iter().any(|f| f.diagnostic.rule == "copy-ignored-file")
    };
    let type_in = |text: &str| Action::Edited(File::Ignore, text.into());
    let copies = "FROM alpine:3.23\nCOPY bin /bin\n";
    let state = after(copies, [Action::OpenFile(File::Ignore), type_in("")]);
    assert_eq!((state.ignore.as_deref(), state.saved().dockerignore), (None, None));
    let state = state.reduce(type_in("bin\n"));
    assert!(rules(&state) && state.at_caret().is_none());
    assert_eq!(state.saved().dockerignore.as_deref(), Some("bin\n"));
    let state = state.reduce(type_in(""));
    assert_eq!((rules(&state), state.ignore.as_deref()), (false, Some("")));
    let state = state.reduce(Action::Ignore(None));
    assert_eq!(state.ignore, None);
}

#[test]
fn an_edit_shows_its_file_and_a_finding_the_dockerfile() {
    let state = after("FROM golang\n", [Action::Edited(File::Ignore, "*".into())]);
    assert_eq!((state.file, &*state.sheet().text), (File::Ignore, "*"));
    let state = state.reduce(Action::Caret(File::Ignore, 1)).reduce(Action::GoTo(0));
    assert_eq!((state.file, state.carets), (File::Dockerfile, [0, 1]));
}

fn embedded(text: &str, view: View) -> Rc<State> {
    let embed = Embed { view, lines: Some((1, 2)), ..Embed::default() };
    Rc::new(Rc::unwrap_or_clone(state(text)).embedded(embed, None))
}

#[test]
fn an_embedded_page_shows_the_panels_of_its_view() {
    let shown = |view, action| embedded("FROM golang\n", view).reduce(action).tab;
    assert_eq!(shown(View::Sizes, Action::GoTo(0)), Tab::Size);
    assert_eq!(shown(View::Editor, Action::Show(Tab::Stages)), Tab::Editor);
    assert_eq!(shown(View::Split, Action::Show(Tab::Stages)), Tab::Stages);
    assert_eq!(shown(View::Inline, Action::OpenPage(Some("rule/no-user".into()))), Tab::Guide);
}

#[test]
fn lines_are_pointed_out_until_the_text_is_another() {
    let edit = |text: &str| Action::Edited(File::Dockerfile, text.into());
    let state = embedded("FROM a\n", View::Editor);
    assert_eq!(state.chosen(), Some((1, 2)));
    let state = state.reduce(edit("FROM b\n"));
    assert_eq!(state.chosen(), None);
    let state = state.reduce(Action::Begin("FROM c\n".into()));
    assert_eq!((state.chosen(), state.written_by), (Some((1, 2)), Origin::Api));
}

#[test]
fn it_is_known_where_the_text_came_from() {
    let edit = Action::Edited(File::Dockerfile, "FROM golang:1\n".into());
    let by = |actions: Vec<Action>| after("FROM golang\n", actions).written_by;
    assert_eq!(by(vec![edit.clone()]), Origin::User);
    // An effect edits the text while its own action is on the way.
    assert_eq!(by(vec![edit.clone(), Action::Fix(0)]), Origin::Fix);
    assert_eq!(by(vec![edit.clone(), Action::Reset, edit]), Origin::Api);
}

#[test]
fn a_link_is_made_on_demand_and_forgotten_with_the_next_edit() {
    let state = after("FROM golang\n", [Action::MakeLink]);
    let link = state.link.clone().unwrap().unwrap();
    assert_eq!(link::decode(&link).unwrap().dockerfile, "FROM golang\n");
    assert!(state.reduce(Action::Edited(File::Dockerfile, "x".into())).link.is_none());
}

#[test]
fn a_late_page_does_not_replace_the_one_that_is_open() {
    let page = Some(Rc::new(Page::default()));
    let state = after(
        "",
        [
            Action::OpenPage(Some("a".into())),
            Action::OpenPage(Some("b".into())),
            Action::PageLoaded("a".into(), page.clone()),
        ],
    );
    assert_eq!((state.tab, &state.guide.page), (Tab::Guide, &Load::Pending));
    let state = state.reduce(Action::PageLoaded("b".into(), page));
    assert!(matches!(state.guide.page, Load::Ready(_)));
}

#[test]
fn a_page_remembers_the_panel_from_which_it_was_opened() {
    let open = |page: &str| Action::OpenPage(Some(page.into()));
    let state = after("", [Action::Show(Tab::Build), open("a"), open("b")]);
    assert_eq!(state.guide.from, Tab::Build);
    let state = state.reduce(Action::OpenPage(None)).reduce(open("a"));
    assert_eq!(state.guide.from, Tab::Guide);
    let state = state.reduce(Action::Show(Tab::Size)).reduce(open("a"));
    assert_eq!(state.guide.from, Tab::Size);
}

#[test]
fn the_theme_button_goes_round() {
    let all: Vec<_> =
        std::iter::successors(Some(Theme::Auto), |t| Some(t.next())).take(4).collect();
    assert_eq!(all, [Theme::Auto, Theme::Light, Theme::Dark, Theme::Auto]);
}

#[test]
fn an_answer_of_the_worker_takes_nothing_away() {
    let state =
        state("FROM alpine\nRUN echo $x\n").reduce(Action::MakeLink).reduce(Action::Open(Some(0)));
    let after = state.clone().reduce(Action::Answered);
    assert!(after.link.is_some());
    assert_eq!((after.link.clone(), after.open), (state.link.clone(), Some(0)));
    let hover = Hover { finding: 0, left: 1, top: 2, bottom: 3 };
    let state = self::after(CGO_ON_SCRATCH, [Action::Point(Some(0)), Action::Hover(Some(hover))]);
    let after = state.clone().reduce(Action::Answered);
    assert_eq!((after.pointed, after.hover), (Some(0), Some(hover)));
    assert_eq!(after.lit(0), state.lit(0));
}

const TABLE: &str = "@apt\ntNot found\ncBecause.\nlword=package | This\npE: Unable to locate package {package}\n@unknown\ntNot known\ncc\n";

#[test]
fn a_message_is_explained_once_its_table_is_there() {
    let explained = |state: &State| -> Vec<String> {
        state.explain.found.iter().map(|found| found.title.clone()).collect()
    };
    // What the page does for the state: it asks the workshop.
    let answered = |state: Rc<State>| {
        assert!(state.is_explaining());
        let (text, message) = (Rc::clone(&state.text), Rc::clone(&state.explain.message));
        let found = engine::explain::recognise(TABLE, &message, &text, "linux/amd64");
        state.reduce(Action::Recognised(text, message, Rc::new(found)))
    };
    let message = || Action::Message("E: Unable to locate package curl".into());
    let state = after("FROM debian:12\nRUN apt-get install curl\n", [message()]);
    assert!(explained(&state).is_empty());
    let state = state.reduce(Action::Show(Tab::Explain));
    assert!(!state.is_explaining(), "the table is on its way");
    let state = answered(state.reduce(Action::MessagesLoaded(Some(TABLE.into()))));
    assert_eq!(explained(&state), ["Not found"]);
    assert_eq!(state.explain.found[0].places.len(), 1);
    // The Dockerfile counts as much as the message.
    let state = answered(state.reduce(Action::Edited(File::Dockerfile, "FROM debian:12\n".into())));
    assert!(state.explain.found[0].places.is_empty());
    assert!(!state.clone().reduce(Action::Message(" ".into())).is_explaining());
    let state = answered(state.reduce(Action::Message("x".into())));
    assert_eq!(explained(&state), ["Not known"]);
    // Elsewhere it is not looked up at each key stroke.
    let state = state.reduce(Action::Show(Tab::Size)).reduce(message());
    assert!(!state.is_explaining());
    let state = answered(state.reduce(Action::Show(Tab::Explain)));
    assert_eq!(explained(&state), ["Not found"]);
    // What was asked for another message counts no more.
    let late = Action::Recognised(Rc::clone(&state.text), "y".into(), Rc::default());
    assert_eq!(explained(&state.reduce(late)), ["Not found"]);
}

#[test]
fn a_table_that_cannot_be_fetched_is_asked_for_again() {
    let state = after("", [Action::MessagesLoaded(None), Action::Show(Tab::Explain)]);
    assert_eq!(state.explain.table, Some(None));
    let state = state.reduce(Action::MessagesLoaded(Some(TABLE.into())));
    assert!(matches!(state.explain.table, Some(Some(_))));
}

#[test]
fn a_message_is_part_of_draft_and_link_unless_it_is_a_whole_log() {
    let state = after("FROM a\n", [Action::MakeLink, Action::Message("exec format error".into())]);
    assert!(state.link.is_none(), "the link of before does not have it");
    assert_eq!(state.saved().message, "exec format error");
    let saved = link::decode(&link::encode(&state.saved()).unwrap()).unwrap();
    assert_eq!(saved.message, "exec format error");
    let state = after("", [Action::Restore(Rc::new(saved))]);
    assert_eq!(&*state.explain.message, "exec format error");
    let state = state.reduce(Action::Message("x".repeat(100_000).into()));
    assert_eq!(state.saved().message, "");
}

const CGO_ON_SCRATCH: &str = "FROM golang:1.26 AS b\nRUN CGO_ENABLED=1 go build -o /app .\n\nFROM scratch\nCOPY --from=b /app /app\nCMD [\"/app\"]\n";

#[test]
fn a_reason_is_pointed_at_until_the_text_changes() {
    let state = after(CGO_ON_SCRATCH, [Action::Point(Some(0))]);
    assert_eq!((state.pointed, state.lit(0).len()), (Some(0), 2));
    let state = state.reduce(Action::OpenFile(File::Ignore));
    assert!(state.lit(0).is_empty());
    let state = state.reduce(Action::Edited(File::Dockerfile, "FROM scratch\n".into()));
    assert_eq!((state.pointed, state.lit(0).len()), (None, 0));
    let state = state.reduce(Action::Point(Some(7)));
    assert!(state.lit(0).is_empty());
}

#[test]
fn what_the_verdict_rests_on_is_marked_in_the_list() {
    let state = state(CGO_ON_SCRATCH);
    let decides: Vec<_> = state
        .analysis
        .findings
        .iter()
        .filter(|finding| state.analysis.decides(finding))
        .map(|finding| finding.diagnostic.rule)
        .collect();
    assert_eq!(decides, ["go-cgo-into-scratch"]);
    assert!(state.analysis.behind(0).is_some() && state.analysis.behind(1).is_none());
}

#[test]
fn what_is_refused_has_its_place_too() {
    let state = state("FROM alpine:3.23\nCOPY a\n");
    let behind = state.analysis.behind(0).expect("the finding of the rule");
    assert_eq!(behind.span.of(&state.text), "a");
}

#[test]
fn a_lesson_is_the_same_for_everybody_and_the_draft_comes_back() {
    use crate::course::{LIST, Lesson, Step};
    let text = include_str!("../../../../lessons/01-two-stages.md");
    let json = engine::lesson::to_json(text, &|_| true).unwrap();
    let lesson = Rc::new(Lesson::parse("lesson/two-stages", None, &json).unwrap());
    let begin = Step::Begin(Rc::clone(&lesson), Rc::clone(&lesson.start));
    let off = Settings { ignored: vec!["toolchain-in-final-stage".into()], ..Settings::default() };
    let state = after("FROM own\n", [Action::Settings(Rc::new(off.clone()))]);
    let state = state.reduce(Action::Course(begin));
    assert_eq!((&state.text, &state.settings), (&lesson.start, &Settings::default()));
    assert_eq!(state.guide.open.as_deref(), Some("lesson/two-stages"));
    assert!(!state.exercise.as_ref().unwrap().solved && state.course.kept.solved.is_empty());
    // Turning the rule off solves nothing; the solution does.
    let state = state.reduce(Action::Settings(Rc::new(off.clone())));
    assert!(!state.exercise.as_ref().unwrap().aims[0].reached());
    let state = state.reduce(Action::Edited(File::Dockerfile, Rc::clone(&lesson.solution)));
    assert!(state.exercise.as_ref().unwrap().solved);
    assert_eq!(state.course.kept.solved, ["lesson/two-stages"]);
    let draft = state.course.draft.clone().unwrap();
    assert_eq!((draft.dockerfile.as_str(), &draft.settings), ("FROM own\n", &off));
    let state = state.reduce(Action::Course(Step::End));
    assert!(state.exercise.is_none() && state.course.lesson.is_none());
    assert_eq!(state.guide.open.as_deref(), Some(LIST));
    assert_eq!(state.course.kept.text("lesson/two-stages"), Some(&*lesson.solution));
    let refused = Step::Refuse("lesson/own".into(), ["Line 1: no".to_owned()].into());
    let state = state.reduce(Action::Course(refused));
    assert_eq!((state.tab, state.guide.open.as_deref()), (Tab::Guide, Some("lesson/own")));
}

#[test]
fn a_recipe_is_kept_once_the_form_has_written_with_it() {
    let form = |text: Option<&str>| {
        let recipe = "base = scratch\n".into();
        Rc::new(Form { text: text.map(Rc::from), recipe, ..Form::default() })
    };
    let state = after("FROM a\n", [Action::Filled("FROM a\n".into(), form(None))]);
    assert_eq!(state.saved().recipe, "");
    let state = state.reduce(Action::Written("FROM a\n".into(), form(Some("FROM b\n")), None));
    let saved = state.saved();
    assert_eq!(saved.recipe, "base = scratch\n");
    assert_eq!(&*State::new("".into(), &saved, Theme::Auto, false).build.recipe, saved.recipe);
    let other = after("", [Action::Restore(Rc::new(saved.clone()))]);
    assert_eq!(other.saved().recipe, saved.recipe);
}
