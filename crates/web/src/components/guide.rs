//! The guide: its contents with a search, or one page of it; and what it says on the place of the
//! cursor.

use std::rc::Rc;

use yew::{Callback, Html, InputEvent, Properties, component, html};

use crate::components::guide_page::guide_page;
use crate::components::icons;
use crate::components::prose::codes;
use crate::learn;
use crate::search::{Hit, search};
use crate::services::{dom, engine};
use crate::state::{Action, File, Guide, Load, State};

/// What the cursor stands on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Here {
    /// The keyword of the instruction, as it is written.
    keyword: Rc<str>,
    /// The chapter on it.
    chapter: Option<&'static str>,
    /// The rule that has found something there.
    rule: Option<&'static str>,
}

impl Here {
    /// Looks at this byte of the file that is shown.
    pub fn of(state: &State, caret: u32) -> Self {
        let sheet = &state.analysis.dockerfile;
        let Some(keyword) = learn::instruction_at(sheet, caret) else { return Self::default() };
        if state.file != File::Dockerfile || state.is_stale() {
            return Self::default();
        }
        let found = state.at_caret().and_then(|at| sheet.findings.get(at));
        Self {
            keyword: keyword.into(),
            chapter: learn::of_instruction(keyword),
            rule: found.map(|found| found.diagnostic.rule),
        }
    }
}

/// Properties of [`GuidePanel`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct GuidePanelProps {
    /// What is open.
    pub guide: Guide,
    /// What the cursor stands on.
    pub here: Here,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The panel.
#[component]
pub fn GuidePanel(props: &GuidePanelProps) -> Html {
    let GuidePanelProps { guide, here, act } = props;
    match &guide.open {
        Some(place) => page(place, guide, here, act),
        None => list(guide, here, act),
    }
}

/// Slug, title, minutes and summary of each chapter.
fn chapters(guide: &Guide) -> Vec<[&str; 4]> {
    let lines = guide.contents.as_deref().unwrap_or_default().lines();
    let chapter = |line| {
        let mut parts = str::split(line, '\t');
        [(); 4].map(|()| parts.next().unwrap_or_default())
    };
    // Behind them come the lessons.
    lines.map(chapter).filter(|[place, ..]| !place.contains('/')).collect()
}

fn page(place: &Rc<str>, guide: &Guide, here: &Here, act: &Callback<Action>) -> Html {
    let rule = place.strip_prefix("rule/");
    let known = engine::rules().into_iter().find(|info| Some(info.name) == rule);
    let load = &guide.page;
    html! {
        <article class="guide-page">
            <div class="row guide-bar">
                <button type="button" class="quiet"
                    onclick={Action::OpenPage(None).on(act)}>
                    { icons::back() }<span>{ "Contents" }</span>
                </button>
                { at_the_cursor(guide, here) }
            </div>
            if let Some(rule) = rule {
                <p class="origin">
                    if let Some(info) = &known {
                        { icons::mark(info.level) }
                        <span>{ info.level.name() }</span>
                    }
                    if !matches!(load, Load::Ready(page) if page.title == rule) {
                        <span class="rule">{ rule }</span>
                    }
                    if let Some(info) = &known {
                        { codes(&info.codes) }
                    }
                </p>
            }
            { match load {
                Load::Pending => html! { <p class="hint" role="status">{ "Loading…" }</p> },
                Load::Failed => html! {
                    <p>{ "There is no page on this, or it could not be fetched." }</p>
                },
                Load::Ready(page) => guide_page(page, act),
            } }
        </article>
    }
}

/// Links to what the guide says on the place of the cursor; nothing where that is open already.
fn at_the_cursor(guide: &Guide, here: &Here) -> Html {
    let open = guide.open.as_deref().unwrap_or_default();
    let chapter = here.chapter.and_then(|slug| {
        let (place, all) = (format!("guide/{slug}"), chapters(guide));
        let title = all.into_iter().find(|[known, ..]| *known == slug)?[1].to_owned();
        Some((place, html! { { title } }))
    });
    let rule = here
        .rule
        .map(|rule| (format!("rule/{rule}"), html! { <span class="rule">{ rule }</span> }));
    let links: Vec<_> = chapter.into_iter().chain(rule).filter(|(to, _)| to != open).collect();
    if links.is_empty() {
        return Html::default();
    }
    html! {
        <p class="at-cursor">
            <span>{ "At the cursor, " }<code>{ &*here.keyword }</code>{ ":" }</span>
            { for links.into_iter().map(|(to, words)| html! {
                <a href={format!("#{to}")}>{ words }</a>
            }) }
        </p>
    }
}

fn list(guide: &Guide, here: &Here, act: &Callback<Action>) -> Html {
    let words = guide.filter.trim();
    let typed = act.reform(|event: InputEvent| Action::Filter(dom::value_of(&event).into()));
    html! {
        <div class="guide-list">
            <label class="field">
                <span>{ "Search the guide and the rules" }</span>
                <input type="search" value={guide.filter.to_string()} oninput={typed}
                    placeholder="words, a rule, or a code such as DL3006" />
            </label>
            { at_the_cursor(guide, here) }
            { match &guide.index {
                Some(index) if !words.is_empty() => hits(&search(index, words)),
                _ => html! {
                    <>
                        if words.is_empty() { { contents(&chapters(guide)) } }
                        { rules(words) }
                    </>
                },
            } }
        </div>
    }
}

fn contents(chapters: &[[&str; 4]]) -> Html {
    html! {
        <section>
            <a class="button" href="#lesson">{ icons::checklist() }<span>{ "Lessons: learn it in the editor" }</span></a>
            <h2>{ "Chapters" }</h2>
            <ol role="list">
                { for chapters.iter().enumerate().map(|(number, [slug, title, minutes, summary])| html! {
                    <li key={*slug}>
                        <a class="rule-link chapter-link" href={format!("#guide/{slug}")}>
                            <span class="number">{ number + 1 }</span>
                            <span>
                                <strong>{ *title }</strong>
                                <span class="hint">{ *summary }</span>
                            </span>
                            <span class="hint">{ format!("{minutes} min") }</span>
                        </a>
                    </li>
                }) }
            </ol>
        </section>
    }
}

fn hits(hits: &[Hit]) -> Html {
    html! {
        <section>
            <h2 role="status">{ match hits.len() {
                0 => "No page has all these words.".to_owned(),
                _ => format!("Pages that have all these words: {}", hits.len()),
            } }</h2>
            <ul role="list">
                { for hits.iter().map(|hit| html! {
                    <li>
                        <a class="rule-link" href={format!("#{}", hit.place)}>
                            if hit.place.starts_with("rule/") {
                                <span class="rule">{ hit.title }</span>
                            } else {
                                { icons::book() }
                                <span>
                                    { hit.title }
                                    if !hit.heading.is_empty() {
                                        <span class="hint">{ hit.heading }</span>
                                    }
                                </span>
                            }
                        </a>
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// The rules by area; until the index is there, those that have the words in name, area or code.
fn rules(words: &str) -> Html {
    let words = words.to_ascii_lowercase();
    let matches = |text: &str| text.to_ascii_lowercase().contains(&words);
    let rules: Vec<_> = engine::rules()
        .into_iter()
        .filter(|rule| {
            matches(rule.name) || matches(rule.area) || rule.codes.iter().any(|code| matches(code))
        })
        .collect();
    let mut areas: Vec<&str> = Vec::new();
    for rule in &rules {
        if !areas.contains(&rule.area) {
            areas.push(rule.area);
        }
    }
    html! {
        { for areas.into_iter().map(|area| html! {
            <section key={area}>
                <h2>{ format!("Rules: {area}") }</h2>
                <ul role="list">
                    { for rules.iter().filter(|rule| rule.area == area).map(|rule| html! {
                        <li>
                            <a class="rule-link" href={format!("#rule/{}", rule.name)}>
                                { icons::mark(rule.level) }
                                <span class="rule">{ rule.name }</span>
                                <span class="codes">{ codes(&rule.codes) }</span>
                            </a>
                        </li>
                    }) }
                </ul>
            </section>
        }) }
    }
}
