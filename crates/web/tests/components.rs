//! Components in a real browser: what they show, and what they say when they are used.
//!
//! Only components, never the application: that one imports so many scripts that the browser opens
//! more connections at once than the server of wasm-bindgen-test-runner has threads, and
//! now and then it leaves one unanswered for good. Tests of the whole are in tests/e2e.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

mod support;

use std::rc::Rc;

use engine::explain::explain;
use engine::fix::{Reason, Rejected};
use engine::size::{Fleet, Range};
use engine::{Project, Settings, Workspace};
use support::{all, analysis, draw, one, recorder, render, text};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::components::draft::Draft;
use web::components::explain::{ExplainPanel, ExplainPanelProps};
use web::components::guide_page::guide_page;
use web::components::notice::notice_bar;
use web::components::paper::{Paper, PaperProps};
use web::components::problems::{Problems, ProblemsProps};
use web::components::size::{SizePanel, SizePanelProps};
use web::components::size_bar::size_bar;
use web::components::stages::{Stages, StagesProps};
use web::components::tabs::tabs;
use web::page::Page;
use web::saved::Saved;
use web::services::editor::Window;
use web::state::{Action, Measure, Notice, Same, Sort, State, Tab, Theme};
use web_sys::{
    Event, EventInit, FocusEvent, HtmlInputElement, InputEvent, InputEventInit, KeyboardEvent,
    KeyboardEventInit,
};
use yew::{Callback, Html, component, html, use_state};

wasm_bindgen_test_configure!(run_in_browser);

fn problems(text: &str) -> (ProblemsProps, Rc<std::cell::RefCell<Vec<Action>>>) {
    let (act, actions) = recorder();
    let props = ProblemsProps {
        analysis: analysis(text),
        open: None,
        at_caret: None,
        sort: Sort::Place,
        settings: Settings::default(),
        act,
    };
    (props, actions)
}

#[wasm_bindgen_test]
async fn each_problem_leads_to_its_place_and_to_its_fix() {
    let (props, actions) = problems("FROM golang:1.26 as build\nWORKDIR /src\n");
    let found = &props.analysis.findings;
    let index = found.iter().position(|f| f.diagnostic.rule == "from-as-casing").unwrap();
    let root = render::<Problems>(props).await;
    let item = all(&root, ".problem").swap_remove(index);
    assert!(text(&item).contains("from-as-casing") && text(&item).contains("1:"));
    one(&item, ".problem-main").click();
    one(&item, ".fix").click();
    let actions = actions.borrow();
    assert!(matches!(actions[..], [Action::GoTo(a), Action::Fix(b)] if a == index && b == index));
}

#[wasm_bindgen_test]
async fn an_open_problem_shows_what_its_fix_changes() {
    let (mut props, _) = problems("FROM golang:1.26 as build\nWORKDIR /src\n");
    let found = &props.analysis.findings;
    props.open = found.iter().position(|f| f.diagnostic.rule == "from-as-casing");
    let root = render::<Problems>(props).await;
    assert!(text(&one(&root, ".diff .gone")).contains("as build"));
    assert!(text(&one(&root, ".diff .new")).contains("AS build"));
    assert_eq!(one(&root, ".details a").get_attribute("href").unwrap(), "#rule/from-as-casing");
}

#[wasm_bindgen_test]
async fn fixes_that_were_left_out_are_listed_with_the_reason() {
    let (act, actions) = recorder();
    let left_out = |title: &str, reason| Rejected { title: title.to_owned(), reason };
    let rejected = [
        left_out("Write `AS`", Reason::Conflict),
        left_out("Write `AS`", Reason::Conflict),
        left_out("Add USER", Reason::Endless),
    ];
    let notice = Notice::LeftOut { applied: 4, rejected: rejected.into() };
    let root = draw(notice_bar(Some(&notice), &act)).await;
    assert!(text(&one(&root, "summary")).contains("4 applied, 3 left out"));
    let lines = all(&root, "li");
    assert_eq!(lines.len(), 2);
    assert!(text(&lines[0]).contains("AS (2 times): it touches what another fix changes"));
    one(&root, "button").click();
    assert!(matches!(actions.borrow()[..], [Action::Notice(None)]));
}

#[wasm_bindgen_test]
async fn of_many_problems_the_first_are_listed_and_the_open_one() {
    let (mut props, _) = problems(&"RUN cd /a && b\n".repeat(450));
    let count = props.analysis.findings.len();
    assert!(count > 400, "{count}");
    props.open = Some(count - 1);
    let root = render::<Problems>(props).await;
    assert_eq!(all(&root, ".problem").len(), 201);
    assert_eq!(all(&root, ".problem.open").len(), 1);
    one(&root, ".more-problems .button").click();
    yew::scheduler::flush().await;
    assert_eq!(all(&root, ".problem").len(), 401);
    assert!(text(&one(&root, ".more-problems")).contains(&format!("The first 400 of {count}.")));
}

#[wasm_bindgen_test]
async fn an_empty_text_asks_for_one() {
    let (props, _) = problems(" \n");
    let root = render::<Problems>(props).await;
    assert!(text(&root).contains("Nothing to check yet"));
}

#[wasm_bindgen_test]
async fn tabs_are_one_stop_and_arrows_move_between_them() {
    let (act, actions) = recorder();
    let state = State::new("FROM golang\n".into(), &Saved::default(), Theme::Auto, false);
    let root = draw(tabs(&state, &act)).await;
    // The editor is a tab on narrow screens only.
    assert_eq!(all(&root, "[role=tab]").len(), Tab::ALL.len() - 1);
    assert_eq!(one(&root, "[role=tab][tabindex='0']").id(), "tab-problems");
    let init = KeyboardEventInit::new();
    init.set_key("ArrowLeft");
    init.set_bubbles(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    one(&root, "#tab-problems").dispatch_event(&event).unwrap();
    assert!(matches!(actions.borrow()[..], [Action::Show(Tab::Guide)]));
}

#[wasm_bindgen_test]
async fn paint_repeats_the_text_and_underlines_exactly_the_finding() {
    let source = "FROM golang:latest\n# 🐳\n";
    let root = render::<Paper>(PaperProps {
        sheet: analysis(source).dockerfile.clone(),
        window: Window { first: 0, count: 50 },
        line: 0,
        lit: Vec::new(),
        chosen: None,
    })
    .await;
    let painted: String = all(&root, ".line").iter().map(|line| text(line)).collect();
    assert_eq!(painted, format!("{source}\n"));
    let marked: String = all(&root, ".squiggle").iter().map(|mark| text(mark)).collect();
    assert!(source.contains(&marked) && marked.contains("latest"), "{marked}");
    assert!(!all(&root, ".mark[aria-label]").is_empty());
}

#[wasm_bindgen_test]
async fn only_the_lines_in_sight_are_painted() {
    let root = render::<Paper>(PaperProps {
        sheet: analysis(&"# x\n".repeat(10_000)).dockerfile.clone(),
        window: Window { first: 5_000, count: 60 },
        line: 0,
        lit: Vec::new(),
        chosen: None,
    })
    .await;
    assert_eq!(all(&root, ".line").len(), 60);
    assert!(text(&all(&root, ".number")[0]).ends_with("5001"));
}

#[wasm_bindgen_test]
async fn bars_need_no_styles_and_show_their_range() {
    let range = Some(Range { low: 20, likely: 30, high: 50 });
    let root = draw(size_bar(range, [0; 2], 100, false)).await;
    assert!(all(&root, "[style]").is_empty());
    let fill = root.query_selector(".fill").unwrap().unwrap();
    assert_eq!(fill.get_attribute("width").unwrap(), "30.00%");
    let whisker = root.query_selector(".whisker").unwrap().unwrap();
    assert_eq!(whisker.get_attribute("x1").unwrap(), "20.00%");
    assert_eq!(whisker.get_attribute("x2").unwrap(), "50.00%");
}

#[wasm_bindgen_test]
async fn the_size_panel_names_its_sizes_and_every_base() {
    let (act, actions) = recorder();
    let root = render::<SizePanel>(SizePanelProps {
        analysis: analysis(web::examples::all().next().unwrap().text),
        project: Project::default(),
        fleet: Fleet::default(),
        measure: Measure::Unpacked,
        act,
    })
    .await;
    let figures = all(&root, ".figure-card");
    assert!(text(&figures[0]).contains("Unpacked") && text(&figures[1]).contains("Compressed"));
    assert!(figures.iter().take(2).all(|figure| text(figure).contains("MB")), "{}", text(&root));
    assert!(all(&root, ".bases tbody").len() >= 8);
    assert_eq!(all(&root, ".bases tbody.current").len(), 1);
    assert!(!all(&root, ".layer .part").is_empty());
    figures[1].click();
    assert!(matches!(actions.borrow()[..], [Action::Measure(Measure::Compressed)]));
}

#[wasm_bindgen_test]
async fn stages_say_in_words_what_the_drawing_shows() {
    let (act, actions) = recorder();
    let source = "FROM golang:1.26 AS build\nFROM alpine:3.23 AS unused\nFROM scratch\nCOPY --from=build /a /a\n";
    let root = render::<Stages>(StagesProps { analysis: analysis(source), act }).await;
    let stages = all(&root, ".stage");
    assert_eq!(stages.len(), 3);
    assert!(text(&stages[1]).contains("not needed"));
    assert!(text(&stages[2]).contains("copies from build") && text(&stages[2]).contains("ships"));
    stages[1].click();
    assert!(matches!(actions.borrow()[..], [Action::GoToLine(2)]));
}

#[wasm_bindgen_test]
async fn a_page_of_the_guide_is_text_and_never_markup() {
    let (act, actions) = recorder();
    let page = Page::parse(
        r##"{"title":"<b>T</b>","blocks":[["p",{},"<img src=x onerror=y>"],["pre",{"lang":"dockerfile"},"FROM a\n"],
        ["pre",{"lang":"findings"},"1:6-1:7 warning untagged-base: `a` has no tag\n"],["a",{"href":"#rule/x"},"x"]]}"##,
    )
    .unwrap();
    let root = draw(guide_page(&page, &act)).await;
    assert!(all(&root, "img, b").is_empty());
    assert!(text(&root).contains("<img src=x onerror=y>"));
    assert_eq!(text(&one(&root, ".findings code")), "a");
    one(&root, "figcaption button").click();
    assert!(matches!(&actions.borrow()[..], [Action::LoadText(text)] if &**text == "FROM a\n"));
}

#[wasm_bindgen_test]
async fn a_pair_is_side_by_side_with_its_lines_marked() {
    let (act, actions) = recorder();
    let page = Page::parse(
        r##"{"title":"T","blocks":[["pair",{},["half",{},["pre",{"lang":"dockerfile before 2"},"FROM a\nUSER b"]],
        ["half",{},["pre",{"lang":"dockerfile after"},"FROM a"],["pre",{"lang":"verdict"},"Starts."]]],
        ["p",{},["span",{"title":"where from"},"7 MB"]],["pre",{"lang":"open"},"FROM c"]]}"##,
    )
    .unwrap();
    let root = draw(guide_page(&page, &act)).await;
    assert_eq!(all(&root, ".pair > .half").len(), 2);
    assert_eq!(text(&one(&root, ".is-before .marked")), "USER b");
    assert_eq!(text(&one(&root, ".half .hint")), "Starts.");
    assert_eq!(one(&root, ".fig").get_attribute("title").as_deref(), Some("where from"));
    all(&root, "button")[2].click();
    assert!(matches!(&actions.borrow()[..], [Action::LoadText(text)] if &**text == "FROM c\n"));
}

fn explained(
    text: &str,
    message: &str,
) -> (ExplainPanelProps, Rc<std::cell::RefCell<Vec<Action>>>) {
    let (act, actions) = recorder();
    let workspace = Workspace { dockerfile: text.to_owned(), ..Workspace::default() };
    let found = explain(message, &workspace, &Settings::default());
    let props = ExplainPanelProps {
        analysis: analysis(text),
        message: message.to_owned().into(),
        table: Some(true),
        found: Same(Rc::new(found)),
        act,
    };
    (props, actions)
}

#[wasm_bindgen_test]
async fn without_a_message_there_are_some_to_try() {
    let (props, actions) = explained("FROM alpine\n", "");
    let root = render::<ExplainPanel>(props).await;
    let examples = all(&root, ".empty button");
    assert_eq!(examples.len(), 3);
    examples[0].click();
    assert!(
        matches!(&actions.borrow()[..], [Action::Message(message)] if message.contains("exec"))
    );
}

#[wasm_bindgen_test]
async fn an_explanation_leads_to_its_place_and_to_its_fix() {
    let text_ = "FROM golang:1.26\nRUN go build .\n";
    let (props, actions) = explained(text_, "go: go.mod requires go >= 1.27 (running go 1.26)");
    let root = render::<ExplainPanel>(props).await;
    assert!(text(&one(&root, ".explanation h2")).contains("Go 1.27"));
    one(&root, ".place-main").click();
    one(&root, ".fix").click();
    let actions = actions.borrow();
    assert!(matches!(&actions[..], [Action::GoToPlace(span), Action::FixPlace(fix)]
        if span.of(text_) == "golang:1.26" && fix.edits[0].text == "1.27"));
}

#[wasm_bindgen_test]
async fn where_nothing_explains_it_the_panel_says_so() {
    let (props, _) = explained("FROM alpine:3.22\n", "exec /x: exec format error");
    let root = render::<ExplainPanel>(props).await;
    assert!(text(&root).contains("Nothing in this Dockerfile explains it."));
    let (props, _) = explained("FROM alpine:3.22\n", "hello");
    let root = render::<ExplainPanel>(props).await;
    assert!(text(&root).contains("not known"));
}

/// A field beside a button that has it drawn again.
#[component]
fn Redrawn() -> Html {
    let (drawn, said) = (use_state(|| 0), use_state(|| "old".to_owned()));
    let again = Callback::from({
        let drawn = drawn.clone();
        move |_| drawn.set(*drawn + 1)
    });
    let commit = Callback::from({
        let said = said.clone();
        move |text| said.set(text)
    });
    html! {
        <>
            <button onclick={again}>{ (*said).clone() }</button>
            <Draft value={(*said).clone()} placeholder={drawn.to_string()} {commit} />
        </>
    }
}

#[wasm_bindgen_test]
async fn what_is_being_typed_outlives_a_redraw_and_counts_when_it_is_left() {
    let root = render::<Redrawn>(()).await;
    let (button, field) = (one(&root, "button"), one(&root, "input"));
    let field: HtmlInputElement = field.unchecked_into();
    field.set_value("ghcr.io");
    let typed = InputEventInit::new();
    typed.set_bubbles(true);
    let typed = InputEvent::new_with_event_init_dict("input", &typed).unwrap();
    field.dispatch_event(&typed).unwrap();
    button.click();
    yew::scheduler::flush().await;
    assert_eq!((field.placeholder(), field.value()), ("1".to_owned(), "ghcr.io".to_owned()));
    assert_eq!(text(&button), "old");

    let left = EventInit::new();
    left.set_bubbles(true);
    field.dispatch_event(&Event::new_with_event_init_dict("change", &left).unwrap()).unwrap();
    field.dispatch_event(&FocusEvent::new("blur").unwrap()).unwrap();
    yew::scheduler::flush().await;
    assert_eq!((text(&button), field.value()), ("ghcr.io".to_owned(), "ghcr.io".to_owned()));
}
