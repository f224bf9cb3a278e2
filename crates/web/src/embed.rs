//! What the address of an embedded playground asks for, as in
//! `embed.html?view=problems&rules=-DL3006&expect=no-user`. The style sheet knows the views too.

use std::rc::Rc;

use engine::diagnostic::Level;
use engine::{RuleSet, Settings};

use crate::exercise::Exercise;
use crate::services::engine as door;
use crate::state::Tab;

/// What an embedded playground shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The editor, and panels beside it.
    #[default]
    Split,
    /// The editor with what is wrong underlined.
    Editor,
    /// The editor over the problems.
    Problems,
    /// A listing with each problem under its line.
    Inline,
    /// The editor over the sizes.
    Sizes,
    /// The guide.
    Guide,
    /// The form that writes Dockerfiles.
    Builder,
}

impl View {
    /// All views in the order of the share dialog.
    pub const ALL: [Self; 7] = [
        Self::Split,
        Self::Editor,
        Self::Problems,
        Self::Inline,
        Self::Sizes,
        Self::Guide,
        Self::Builder,
    ];

    /// Its name in addresses and attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Editor => "editor",
            Self::Problems => "problems",
            Self::Inline => "inline",
            Self::Sizes => "sizes",
            Self::Guide => "guide",
            Self::Builder => "builder",
        }
    }

    /// What stands over it where nobody has a better title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Guide => "Rules for Dockerfiles",
            Self::Builder => "Build a Dockerfile",
            _ => "Dockerfile",
        }
    }

    /// The view of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }

    /// The panel that it is about; the editor where it has none.
    pub fn home(self) -> Tab {
        match self {
            Self::Split | Self::Problems => Tab::Problems,
            Self::Editor | Self::Inline => Tab::Editor,
            Self::Sizes => Tab::Size,
            Self::Guide => Tab::Guide,
            Self::Builder => Tab::from_name("build").unwrap_or_default(),
        }
    }

    /// The panels that can be chosen while `current` is shown. The page on a rule can be opened
    /// everywhere, and then there must be a way back.
    pub fn tabs(self, current: Tab) -> Vec<Tab> {
        match self {
            Self::Split => vec![Tab::Problems, Tab::Size, Tab::Stages, Tab::Guide],
            _ if current == self.home() => vec![current],
            _ => vec![self.home(), current],
        }
    }

    /// Whether it ever shows that panel.
    pub fn shows(self, tab: Tab) -> bool {
        self.tabs(self.home()).contains(&tab) || tab == Tab::Guide
    }
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Embed {
    /// What is shown.
    pub view: View,
    /// The words over the editor.
    pub title: String,
    /// Their language.
    pub lang: Option<String>,
    /// Whether the text stays as it is.
    pub readonly: bool,
    /// The lines to point out, first and last, from 1.
    pub lines: Option<(u32, u32)>,
    /// The line to begin at.
    pub goto: Option<u32>,
    /// The text that it began with.
    pub original: Rc<str>,
}

impl Embed {
    /// Reads the parameters of the address.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name| get(name).filter(|value: &String| !value.is_empty());
        Self {
            view: get("view").and_then(|view| View::from_name(&view)).unwrap_or_default(),
            title: get("title").unwrap_or_default(),
            lang: text("lang"),
            readonly: get("readonly").is_some_and(|value| value != "false"),
            lines: text("select").and_then(|lines| range(&lines)),
            goto: text("goto").and_then(|line| Some(range(&line)?.0)),
            original: Rc::default(),
        }
    }
}

/// The settings that the address asks for, on top of those of its link.
pub fn settings(base: &Settings, get: impl Fn(&str) -> Option<String>) -> Settings {
    let mut settings = base.clone();
    if let Some(set) = get("profile").and_then(|name| RuleSet::from_name(&name)) {
        settings.set = set;
    }
    for rule in list(&get("rules").unwrap_or_default()) {
        let (name, level) = rule.split_once(':').unwrap_or((rule, ""));
        match name.split_at_checked(1) {
            Some(("-", name)) if !name.is_empty() => settings.ignored.push(name.to_owned()),
            Some(("+", name)) => {
                settings.ignored.retain(|ignored| ignored != name);
                let level = Level::from_name(level).or_else(|| door::level_of(name));
                settings.levels.extend(level.map(|level| (name.to_owned(), level)));
            }
            _ => {}
        }
    }
    settings
}

/// The exercise that the address sets.
pub fn exercise(get: impl Fn(&str) -> Option<String>) -> Option<Exercise> {
    let expected = get("expect")?;
    Exercise::new(list(&expected).map(|name| match name.strip_prefix('+') {
        Some(name) => (name, true),
        None => (name, false),
    }))
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|piece| !piece.is_empty())
}

/// `3` or `3-5`.
fn range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let line = |text: &str| text.trim().parse().ok().filter(|line| *line > 0);
    let (first, last) = (line(first)?, line(last)?);
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get<'a>(pairs: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + use<'a> {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn without_parameters_it_is_a_plain_playground() {
        assert_eq!(Embed::read(get(&[])), Embed::default());
        assert_eq!(settings(&Settings::default(), get(&[])), Settings::default());
        assert!(exercise(get(&[])).is_none() && exercise(get(&[("expect", " , ")])).is_none());
    }

    #[test]
    fn what_cannot_be_meant_is_left_out() {
        let embed = Embed::read(get(&[("view", "big"), ("select", "5-3"), ("goto", "x")]));
        assert_eq!(embed, Embed::default());
        let settings = settings(
            &Settings::default(),
            get(&[("profile", "x"), ("rules", "DL3006,-,+none,,é:error")]),
        );
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn lines_are_one_or_a_range() {
        let embed = Embed::read(get(&[("select", "3-5"), ("goto", "7"), ("readonly", "")]));
        assert_eq!((embed.lines, embed.goto, embed.readonly), (Some((3, 5)), Some(7), true));
        assert!(!Embed::read(get(&[("readonly", "false")])).readonly);
    }

    #[test]
    fn rules_are_turned_off_and_on() {
        let base = Settings { ignored: vec!["no-user".into()], ..Settings::default() };
        let rules = ("rules", "-DL3006, +no-user:error, +untagged-base");
        let settings = settings(&base, get(&[("profile", "hadolint"), rules]));
        assert_eq!(
            (settings.set, &*settings.ignored),
            (RuleSet::Hadolint, &["DL3006".to_owned()][..])
        );
        let levels =
            [("no-user".to_owned(), Level::Error), ("untagged-base".into(), Level::Warning)];
        assert_eq!(settings.levels, levels);
    }

    #[test]
    fn the_guide_can_be_opened_and_left_everywhere() {
        for view in View::ALL {
            assert_eq!(View::from_name(view.name()), Some(view));
            assert!(view.shows(Tab::Guide) && view.shows(view.home()));
            assert!(view.tabs(Tab::Guide).contains(&view.home()));
        }
        assert!(!View::Sizes.shows(Tab::Problems));
    }
}
