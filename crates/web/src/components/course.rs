//! Course mode: the list of lessons, one lesson beside the editor, and where one stands in it.

use std::rc::Rc;

use yew::{Callback, Event, Html, Properties, classes, component, html};

use crate::analysis::Analysis;
use crate::components::code::colored;
use crate::components::embed::goals;
use crate::components::guide_page::{blocks, guide_page, listing};
use crate::components::icons;
use crate::components::prose::prose;
use crate::course::{Course, Entry, LIST, Lesson, OWN, Step, entries};
use crate::exercise::Exercise;
use crate::services::files;
use crate::state::{Action, Same};

/// Properties of [`CoursePanel`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CoursePanelProps {
    /// The place that is open: the list, or a lesson.
    pub place: Rc<str>,
    /// The state of course mode.
    pub course: Course,
    /// What the lesson in progress asks for.
    pub exercise: Option<Exercise>,
    /// What is known of the text.
    pub analysis: Same<Analysis>,
    /// The table of contents, once fetched.
    pub contents: Option<Rc<str>>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn CoursePanel(props: &CoursePanelProps) -> Html {
    let CoursePanelProps { place, course, exercise, .. } = props;
    let all = entries(props.contents.as_deref());
    let refused = course.refused.as_ref().filter(|(of, _)| of == place);
    match (course.at(place), exercise, refused) {
        _ if **place == *LIST => list(&all, props),
        (_, _, Some((_, messages))) => html! {
            <article class="guide-page course">
                { bar() }
                <div class="prose" role="alert">
                    <h2 class="page-title">{ "This lesson cannot be opened" }</h2>
                    <ul>{ for messages.iter().map(|text| html! { <li>{ prose(text) }</li> }) }</ul>
                </div>
                { opener(&props.act) }
            </article>
        },
        (Some(lesson), Some(exercise), None) => one(lesson, exercise, &all, props),
        _ => html! { <p class="hint" role="status">{ "Loading…" }</p> },
    }
}

fn bar() -> Html {
    html! {
        <div class="row guide-bar">
            <a class="quiet" href="#lesson">{ icons::back() }<span>{ "Lessons" }</span></a>
        </div>
    }
}

fn list(all: &[Entry], props: &CoursePanelProps) -> Html {
    let CoursePanelProps { course, act, .. } = props;
    let solved = all.iter().filter(|[place, ..]| course.kept.is_solved(place)).count();
    let has_progress = !course.kept.is_new();
    html! {
        <article class="guide-list course">
            <div class="row guide-bar">
                <a class="quiet" href="#guide">{ icons::back() }<span>{ "Contents" }</span></a>
            </div>
            <section>
                <div class="row">
                    <h2>{ "Lessons" }</h2>
                    <span class={classes!("tag", (solved == all.len()).then_some("safe"))}>
                        { format!("{solved} of {} solved", all.len()) }
                    </span>
                </div>
                <p>{ "Each has a Dockerfile with something to mend, and says with each key stroke how far you are. What is in the editor now comes back when you leave." }</p>
                <ol role="list">
                    { for all.iter().enumerate().map(|(index, entry)| row(index, entry, course)) }
                    if let Some(own) = &course.kept.own {
                        <li>
                            <a class="rule-link chapter-link" href={format!("#{OWN}")}>
                                { icons::open() }
                                <span><strong>{ title_of(own).to_owned() }</strong>
                                    <span class="hint">{ "From a file or a link." }</span></span>
                                { tick(course.kept.is_solved(OWN)) }
                            </a>
                        </li>
                    }
                </ol>
            </section>
            <section>
                <h2>{ "Your own lesson" }</h2>
                { opener(act) }
            </section>
            if has_progress {
                <p>
                    <button type="button" class="text-button"
                        onclick={Action::Course(Step::Forget).on(act)}>
                        { "Forget my progress" }
                    </button>
                </p>
            }
        </article>
    }
}

/// The title of a lesson that is not opened yet.
fn title_of(source: &str) -> &str {
    let line = source.lines().find_map(|line| line.trim().strip_prefix("title"));
    line.map_or("", |rest| rest.trim_matches([' ', '=', '"', '\'']))
}

fn row(index: usize, [place, title, minutes, summary]: &Entry, course: &Course) -> Html {
    html! {
        <li key={*place}>
            <a class="rule-link chapter-link" href={format!("#{place}")}>
                <span class="number">{ index + 1 }</span>
                <span><strong>{ *title }</strong><span class="hint">{ *summary }</span></span>
                { tick(course.kept.is_solved(place)) }
                <span class="hint">{ format!("{minutes} min") }</span>
            </a>
        </li>
    }
}

fn tick(solved: bool) -> Html {
    match solved {
        true => html! { <span class="solved">{ icons::check() }<span>{ "Solved" }</span></span> },
        false => Html::default(),
    }
}

fn opener(act: &Callback<Action>) -> Html {
    let read = act.reform(|text: String| Action::Course(Step::Read(OWN.into(), text.into())));
    let opened = Callback::from(move |event: Event| files::read(&event, read.clone()));
    html! {
        <label class="field">
            <span>{ "Open a lesson file (or drop it on the page)" }</span>
            <input type="file" accept=".md,.markdown,.txt" onchange={opened} />
        </label>
    }
}

fn one(
    lesson: &Same<Lesson>,
    exercise: &Exercise,
    all: &[Entry],
    props: &CoursePanelProps,
) -> Html {
    let CoursePanelProps { course, analysis, act, .. } = props;
    let at = all.iter().position(|[place, ..]| **place == *lesson.place);
    let next = at.and_then(|at| all.get(at + 1));
    let step = |step: Step| Action::Course(step).on(act);
    let number = at.map(|at| format!("Lesson {} of {}, ", at + 1, all.len()));
    html! {
        <article class="guide-page course" key={&*lesson.place}>
            { bar() }
            <p class="origin">
                <span class="hint">
                    { format!("{}{} minutes", number.unwrap_or_default(), lesson.minutes) }
                </span>
                { tick(course.kept.is_solved(&lesson.place)) }
            </p>
            { guide_page(&lesson.task, act) }
            <section class="aims-box">
                <div class="row">
                    <h3>{ "What has to be reached" }</h3>
                    <span class={classes!("tag", exercise.solved.then_some("safe"))}>
                        { exercise.in_words().to_string() }
                    </span>
                </div>
                { goals::list(exercise, analysis, act) }
            </section>
            <div class="row">
                if let Some([place, ..]) = next {
                    <a class={classes!("button", exercise.solved.then_some("primary"))}
                        href={format!("#{place}")}>{ "Next lesson" }</a>
                }
                <button type="button" class="button" onclick={Action::Reset.on(act)}>
                    { icons::reset() }<span>{ "Begin anew" }</span>
                </button>
                if lesson.source.is_some() {
                    <button type="button" class="button" onclick={step(Step::Link)}>
                        { icons::copy() }<span>{ "Copy link to this lesson" }</span>
                    </button>
                }
            </div>
            { for lesson.hints.iter().map(|hint| html! {
                <details class="hint-box">
                    <summary>{ &hint.title }</summary>
                    <div class="prose">{ blocks(hint, act) }</div>
                </details>
            }) }
            <p class="hint">
                if !lesson.chapter.is_empty() {
                    { "In the guide: " }
                    <a href={format!("#guide/{}", lesson.chapter)}>{ "the chapter on this" }</a>
                }
                { for exercise.rules().map(|rule| html! {
                    <>{ ", " }<a class="rule" href={format!("#rule/{rule}")}>{ rule.to_owned() }</a></>
                }) }
            </p>
            <p>
                <button type="button" class="text-button" aria-expanded={course.shown.to_string()}
                    onclick={step(Step::Solution)}>
                    { if course.shown { "Hide the solution" } else { "Show a solution" } }
                </button>
            </p>
            if course.shown { { solution(lesson, analysis, act) } }
        </article>
    }
}

/// One way to solve it, with the lines marked that the text in the editor does not have.
fn solution(lesson: &Lesson, analysis: &Analysis, act: &Callback<Action>) -> Html {
    let is_there = |line: &str| analysis.text.lines().any(|other| other.trim() == line.trim());
    let lines = lesson.solution.lines().enumerate();
    let marked: Vec<usize> =
        lines.filter(|(_, line)| !is_there(line)).map(|(index, _)| index + 1).collect();
    let text = Rc::clone(&lesson.solution);
    html! {
        <div class="prose">
            <p>{ "The lines that your text does not have are marked." }</p>
            <figure class="example-code">
                <figcaption>
                    <button type="button" class="quiet"
                        onclick={Action::LoadText(Rc::clone(&text)).on(act)}>
                        { icons::code() }<span>{ "Open in editor" }</span>
                    </button>
                </figcaption>
                { listing(colored(&lesson.solution, &marked)) }
            </figure>
        </div>
    }
}

/// A line over the editor: which lesson is in progress, how far one is, and the way out.
pub fn strip(course: &Course, exercise: Option<&Exercise>, act: &Callback<Action>) -> Html {
    let (Some(lesson), Some(exercise)) = (&course.lesson, exercise) else { return Html::default() };
    html! {
        <div class="notice lesson-strip">
            <p>
                { "Lesson: " }
                <a href={format!("#{}", lesson.place)}>{ lesson.task.title.clone() }</a>
                { " " }
                <span class={classes!("tag", exercise.solved.then_some("safe"))}>
                    { exercise.in_words().to_string() }
                </span>
            </p>
            <button type="button" class="text-button"
                onclick={Action::Course(Step::Leave).on(act)}>
                { "Back to my own text" }
            </button>
        </div>
    }
}
