//! The settings: which rules speak, how loudly, and what they go by.

use std::rc::Rc;

use ::engine::{LabelKind, RuleSet, Settings};
use yew::{
    Callback, Event, Html, InputEvent, Properties, classes, component, html, use_effect_with,
    use_node_ref, use_state_eq,
};

use crate::components::config_file::ConfigFile;
use crate::components::draft::Draft;
use crate::components::icons;
use crate::components::prose::codes;
use crate::services::dom;
use crate::services::engine::{self, RuleInfo};
use crate::state::{Action, Loudness};

/// Properties of [`SettingsDialog`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SettingsDialogProps {
    /// The settings.
    pub settings: Settings,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The dialog; it opens when it is drawn.
#[component]
pub fn SettingsDialog(props: &SettingsDialogProps) -> Html {
    let (node, filter, changed) =
        (use_node_ref(), use_state_eq(String::new), use_state_eq(|| false));
    {
        let node = node.clone();
        use_effect_with((), move |()| dom::open_dialog(&node));
    }
    let (settings, act) = (&props.settings, &props.act);
    let find = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| filter.set(dom::value_of(&event)))
    };
    let toggle = {
        let changed = changed.clone();
        Callback::from(move |_: Event| changed.set(!*changed))
    };
    let close = {
        let node = node.clone();
        Callback::from(move |_| dom::close_dialog(&node))
    };
    let differs = *settings != Settings::default();
    html! {
        <dialog ref={node} class="settings" aria-labelledby="settings-title"
            onclose={Action::ShowSettings(false).on(act)}>
            <header class="bar">
                <h2 id="settings-title">{ "Settings" }</h2>
                <button type="button" class="icon-button" aria-label="Close" onclick={close}>
                    { icons::cross() }
                </button>
            </header>
            <div class="settings-body">
                <div class="settings-options">
                    { options(settings, act) }
                    <ConfigFile settings={settings.clone()} act={act.clone()} />
                </div>
                <section class="settings-rules" aria-labelledby="settings-rules">
                    <div class="row">
                        <h3 id="settings-rules">{ "Rules" }</h3>
                        if differs {
                            <button type="button" class="quiet"
                                onclick={Action::Settings(Rc::default()).on(act)}>
                                { icons::reset() }<span>{ "Back to the defaults" }</span>
                            </button>
                        }
                    </div>
                    <label class="field">
                        <span>{ "Find a rule" }</span>
                        <input type="search" value={(*filter).clone()} oninput={find}
                            placeholder="name, subject or code such as DL3006" />
                    </label>
                    <label class="check">
                        <input type="checkbox" checked={*changed} onchange={toggle} />
                        <span>{ "Only those that differ from the set" }</span>
                    </label>
                    { rules(settings, &filter, *changed, act) }
                </section>
            </div>
        </dialog>
    }
}

/// A change of the settings by a text.
fn edit(
    settings: &Settings,
    act: &Callback<Action>,
    apply: impl Fn(&mut Settings, &str) + 'static,
) -> Callback<String> {
    let settings = settings.clone();
    act.reform(move |text: String| {
        let mut settings = settings.clone();
        apply(&mut settings, &text);
        Action::Settings(Rc::new(settings))
    })
}

/// A change of the settings by the value of a control.
fn change(
    settings: &Settings,
    act: &Callback<Action>,
    apply: impl Fn(&mut Settings, &str) + 'static,
) -> Callback<Event> {
    edit(settings, act, apply).reform(|event: Event| dom::value_of(&event))
}

fn options(settings: &Settings, act: &Callback<Action>) -> Html {
    let defaults = Settings {
        set: settings.set,
        ignored: settings.ignored.clone(),
        levels: settings.levels.clone(),
        ..Settings::default()
    };
    let in_use = if *settings == defaults { "none set" } else { "in use" };
    html! {
        <>
            <label class="field wide">
                <span>{ "Rule set" }</span>
                <select onchange={change(settings, act, |settings, name| {
                    settings.set = RuleSet::from_name(name).unwrap_or_default();
                })}>
                    { for RuleSet::ALL.into_iter().map(|set| html! {
                        <option value={set.name()} selected={set == settings.set}>
                            { set_title(set) }
                        </option>
                    }) }
                </select>
            </label>
            <details class="project wide">
                <summary>
                    { "Registries, labels and limits " }<span class="hint">{ in_use }</span>
                </summary>
                <div class="fields">
                    { limits(settings, act) }
                    { labels(settings, act) }
                </div>
            </details>
        </>
    }
}

fn limits(settings: &Settings, act: &Callback<Action>) -> Html {
    let deaf = settings.disable_ignore_pragma;
    html! {
        <>
            <label class="field">
                <span>{ "Most lines of a file" }</span>
                <Draft inputmode="numeric" placeholder="no limit"
                    value={settings.max_lines.map(|most| most.to_string()).unwrap_or_default()}
                    commit={edit(settings, act, |settings, text| {
                        settings.max_lines = text.trim().parse().ok();
                    })} />
            </label>
            <label class="field wide">
                <span>{ "Registries that FROM may use, with commas between" }</span>
                <Draft placeholder="all" code=true
                    value={settings.trusted_registries.join(", ")}
                    commit={edit(settings, act, |settings, text| {
                        settings.trusted_registries = pieces(text, ',');
                    })} />
            </label>
            <label class="check wide">
                <input type="checkbox" checked={deaf}
                    onchange={change(settings, act, move |settings, _| {
                        settings.disable_ignore_pragma = !deaf;
                    })} />
                <span>
                    { "Comments such as " }<code>{ "# hadolint ignore=DL3006" }</code>
                    { " have no effect" }
                </span>
            </label>
        </>
    }
}

fn labels(settings: &Settings, act: &Callback<Action>) -> Html {
    let strict = settings.strict_labels;
    let schema = settings.label_schema.iter();
    let lines = schema.map(|(name, kind)| format!("{name}: {}", engine::name_of(*kind)));
    let kinds = LabelKind::ALL.map(|(name, _)| name).join(", ");
    html! {
        <>
            <label class="field wide">
                <span>
                    { "Labels that an image must have, as " }<code>{ "name: kind" }</code>
                    { ", one in a line" }
                </span>
                <Draft rows={3} code=true described_by="label-kinds"
                    placeholder="org.opencontainers.image.version: semver"
                    value={lines.collect::<Vec<_>>().join("\n")}
                    commit={edit(settings, act, |settings, text| {
                        let lines = pieces(text, '\n');
                        settings.label_schema = lines.iter().map(|line| label(line)).collect();
                    })} />
                <span id="label-kinds" class="hint">{ format!("Kinds: {kinds}") }</span>
            </label>
            <label class="check wide">
                <input type="checkbox" checked={strict}
                    onchange={change(settings, act, move |settings, _| {
                        settings.strict_labels = !strict;
                    })} />
                <span>{ "No other labels than these" }</span>
            </label>
        </>
    }
}

const fn set_title(set: RuleSet) -> &'static str {
    match set {
        RuleSet::Recommended => "recommended: what bites almost everybody",
        RuleSet::Hadolint => "hadolint: as hadolint reports it",
        RuleSet::BuildKit => "buildkit: as docker build --check reports it",
        RuleSet::All => "all: every rule there is",
    }
}

fn pieces(text: &str, between: char) -> Vec<String> {
    let trimmed = text.split(between).map(str::trim);
    trimmed.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// `name: kind`; without a kind that is known, any text will do.
fn label(line: &str) -> (String, LabelKind) {
    let (name, kind) = line.split_once([':', ' ']).unwrap_or((line, ""));
    (name.trim().to_owned(), LabelKind::from_name(kind.trim()).unwrap_or(LabelKind::Raw))
}

fn rules(settings: &Settings, filter: &str, changed: bool, act: &Callback<Action>) -> Html {
    let words = filter.trim().to_ascii_lowercase();
    let matches = |text: &str| text.to_ascii_lowercase().contains(&words);
    let found: Vec<RuleInfo> = engine::rules()
        .into_iter()
        .filter(|rule| !changed || engine::loudness(rule, settings) != Loudness::Default)
        .filter(|rule| {
            matches(rule.name) || matches(rule.area) || rule.codes.iter().any(|code| matches(code))
        })
        .collect();
    if found.is_empty() {
        return html! { <p class="hint">{ "No rule has these words in its name, subject or codes." }</p> };
    }
    html! {
        { for found.chunk_by(|a, b| a.area == b.area).map(|rules| html! {
            <fieldset key={rules[0].area}>
                <legend>{ rules[0].area }</legend>
                <ul role="list">{ for rules.iter().map(|info| rule(info, settings, act)) }</ul>
            </fieldset>
        }) }
    }
}

fn rule(rule: &RuleInfo, settings: &Settings, act: &Callback<Action>) -> Html {
    let (name, now) = (rule.name, engine::loudness(rule, settings));
    let default = engine::default_level(rule, settings);
    let shown = match now {
        Loudness::Default => default,
        Loudness::Off => None,
        Loudness::At(level) => Some(level),
    };
    let choose = {
        let rule = rule.clone();
        change(settings, act, move |settings, name| {
            let to = Loudness::from_name(name).unwrap_or(Loudness::Default);
            *settings = engine::with_loudness(settings, &rule, to);
        })
    };
    let changed = (now != Loudness::Default).then_some("changed");
    html! {
        <li key={name} class={classes!("rule-setting", changed)}>
            { match shown {
                Some(level) => icons::mark(level),
                None => html! { <span class="level">{ icons::mute() }</span> },
            } }
            <button type="button" class="rule" title={format!("The page on {name}")}
                onclick={Action::OpenPage(Some(format!("rule/{name}").into())).on(act)}>
                { name }
            </button>
            <span class="codes">{ codes(&rule.codes) }</span>
            <select onchange={choose} aria-label={format!("Level of {name}")}>
                { for Loudness::ALL.into_iter().map(|loudness| html! {
                    <option value={loudness.name()} selected={loudness == now}>
                        { match (loudness, default) {
                            (Loudness::Default, Some(level)) => format!("default: {}", level.name()),
                            (Loudness::Default, None) => "default: off".to_owned(),
                            _ => loudness.name().to_owned(),
                        } }
                    </option>
                }) }
            </select>
        </li>
    }
}
