//! The state that outlives the page: what the draft in the browser's storage and a share link hold.
//!
//! Only what differs from the default is written, so that links stay short. Unknown keys are
//! ignored and missing ones have their default: an older page reads a newer link as far as it can.

use engine::diagnostic::Level;
use engine::size::Fleet;
use engine::{LabelKind, Project, RuleSet, Settings};

use crate::json::Json;
use crate::services::engine as door;

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// Text of the Dockerfile.
    pub dockerfile: String,
    /// Text of the `.dockerignore`, where there is one.
    pub dockerignore: Option<String>,
    /// How the rules behave.
    pub settings: Settings,
    /// What the user told of the project.
    pub project: Project,
    /// How the image is used.
    pub fleet: Fleet,
    /// The error message to explain.
    pub message: String,
    /// Name of the panel that is shown.
    pub tab: String,
    /// The recipe of the form, once the form has written a Dockerfile.
    pub recipe: String,
    /// The file of a lesson, which is opened instead of all else.
    pub lesson: String,
}

impl Saved {
    /// As JSON, for the storage and for a link.
    pub fn to_json(&self) -> String {
        let (settings, project) = (&self.settings, &self.project);
        let set = if settings.set == RuleSet::default() { "" } else { settings.set.name() };
        let levels = settings.levels.iter().map(|(rule, level)| (rule, level.name()));
        let labels =
            settings.label_schema.iter().map(|(label, kind)| (label, door::name_of(*kind)));
        let entries = [
            ("d", Some(Json::String(self.dockerfile.clone()))),
            ("i", self.dockerignore.clone().map(Json::String)),
            ("set", text(set)),
            ("off", list(&settings.ignored)),
            ("lv", map(levels)),
            ("reg", list(&settings.trusted_registries)),
            ("lab", map(labels)),
            ("strict", flag(settings.strict_labels)),
            ("max", settings.max_lines.map(|most| Json::Number(most.into()))),
            ("nopragma", flag(settings.disable_ignore_pragma)),
            ("msg", text(&self.message)),
            ("tab", text(&self.tab)),
            ("recipe", text(&self.recipe)),
            ("lesson", text(&self.lesson)),
            ("kind", project.profile.clone().map(Json::String)),
            ("mod", project.go_mod.clone().filter(|text| text.len() <= LONGEST).map(Json::String)),
            ("fleet", fleet(self.fleet)),
            ("bin", project.binary_bytes.map(Json::Number)),
            ("ctx", project.context_bytes.map(Json::Number)),
            ("platform", project.platform.clone().map(Json::String)),
            ("tls", project.needs_tls.map(Json::Bool)),
            ("tz", project.needs_time_zones.map(Json::Bool)),
        ];
        let present = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        let mut json = String::new();
        Json::Object(present.collect()).write(&mut json);
        json
    }

    /// From JSON; `None` where it is none of ours. A value of another type than ours is left out.
    pub fn from_json(json: &str) -> Option<Self> {
        let value = Json::parse(json).filter(|value| matches!(value, Json::Object(_)))?;
        let text = |key| value.get(key).and_then(Json::as_str).map(str::to_owned);
        let number = |key| value.get(key).and_then(Json::as_u64);
        let flag = |key| value.get(key).and_then(Json::as_bool);
        let list = |key| {
            let elements = value.get(key).map(Json::elements).unwrap_or_default();
            elements.iter().filter_map(Json::as_str).map(str::to_owned).collect()
        };
        let settings = Settings {
            set: text("set").and_then(|set| RuleSet::from_name(&set)).unwrap_or_default(),
            ignored: list("off"),
            levels: pairs(&value, "lv", Level::from_name),
            disable_ignore_pragma: flag("nopragma").unwrap_or_default(),
            trusted_registries: list("reg"),
            label_schema: pairs(&value, "lab", LabelKind::from_name),
            strict_labels: flag("strict").unwrap_or_default(),
            max_lines: number("max").and_then(|most| u32::try_from(most).ok()),
            ..Settings::default()
        };
        Some(Self {
            dockerfile: text("d").unwrap_or_default(),
            dockerignore: text("i"),
            settings,
            project: Project {
                binary_bytes: number("bin"),
                profile: text("kind"),
                go_mod: text("mod"),
                context_bytes: number("ctx"),
                platform: text("platform"),
                needs_tls: flag("tls"),
                needs_time_zones: flag("tz"),
            },
            fleet: read_fleet(&value),
            message: text("msg").unwrap_or_default(),
            tab: text("tab").unwrap_or_default(),
            recipe: text("recipe").unwrap_or_default(),
            lesson: text("lesson").unwrap_or_default(),
        })
    }
}

/// Bytes of the longest `go.mod` that is kept: a link has to stay short.
const LONGEST: usize = 8_000;

fn fleet(fleet: Fleet) -> Option<Json> {
    let Fleet { megabits, images, tags, nodes, pulls } = fleet;
    let figures = [megabits, images, tags, nodes, pulls].map(Json::Number);
    (fleet != Fleet::default()).then(|| Json::Array(figures.into()))
}

fn read_fleet(value: &Json) -> Fleet {
    let kept = value.get("fleet").map(Json::elements).unwrap_or_default();
    let kept: Vec<u64> = kept.iter().filter_map(Json::as_u64).collect();
    match *kept {
        [megabits, images, tags, nodes, pulls] => Fleet { megabits, images, tags, nodes, pulls },
        _ => Fleet::default(),
    }
}

fn text(text: &str) -> Option<Json> {
    (!text.is_empty()).then(|| Json::String(text.to_owned()))
}

fn flag(set: bool) -> Option<Json> {
    set.then_some(Json::Bool(true))
}

fn list(texts: &[String]) -> Option<Json> {
    (!texts.is_empty()).then(|| Json::Array(texts.iter().cloned().map(Json::String).collect()))
}

fn map<'a>(pairs: impl ExactSizeIterator<Item = (&'a String, &'static str)>) -> Option<Json> {
    let entry = |(key, value): (&String, &str)| (key.clone(), Json::String(value.to_owned()));
    (pairs.len() > 0).then(|| Json::Object(pairs.map(entry).collect()))
}

fn pairs<T>(value: &Json, key: &str, read: fn(&str) -> Option<T>) -> Vec<(String, T)> {
    let Some(Json::Object(entries)) = value.get(key) else { return Vec::new() };
    entries
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), read(value.as_str()?)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_from_the_default_is_written() {
        let saved = Saved { dockerfile: "FROM a\n".into(), ..Saved::default() };
        assert_eq!(saved.to_json(), r#"{"d":"FROM a\n"}"#);
        let full = Saved {
            dockerignore: Some(String::new()),
            settings: Settings {
                set: RuleSet::All,
                ignored: vec!["a".into()],
                levels: vec![("b".into(), Level::Error), ("DL3008".into(), Level::Style)],
                disable_ignore_pragma: true,
                trusted_registries: vec!["docker.io".into()],
                label_schema: vec![("author".into(), LabelKind::Email)],
                strict_labels: true,
                max_lines: Some(200),
                fragment: false,
            },
            project: Project {
                binary_bytes: Some(1),
                context_bytes: Some(2),
                platform: Some("linux/arm64".into()),
                needs_tls: Some(true),
                needs_time_zones: Some(false),
                profile: Some("gin".into()),
                go_mod: Some("module x\n".into()),
            },
            fleet: Fleet { nodes: 3, ..Fleet::default() },
            message: "exec /server: no such file or directory".into(),
            tab: "size".into(),
            recipe: "base = scratch\n".into(),
            lesson: "+++\n".into(),
            ..saved
        };
        assert_eq!(Saved::from_json(&full.to_json()), Some(full));
    }

    #[test]
    fn what_an_older_or_newer_page_wrote_is_read_as_far_as_possible() {
        let saved = Saved::from_json(
            r#"{"d":"x","new":[1],"bin":"many","off":[1,"a"],"set":"new","lv":{"a":"loud","b":"info"}}"#,
        );
        let saved = saved.unwrap();
        assert_eq!((saved.dockerfile.as_str(), saved.project.binary_bytes), ("x", None));
        assert_eq!((saved.settings.set, saved.dockerignore), (RuleSet::Recommended, None));
        assert_eq!(saved.settings.ignored, ["a"]);
        assert_eq!(saved.settings.levels, [("b".to_owned(), Level::Info)]);
        for bad in ["", "[]", "1", "{"] {
            assert_eq!(Saved::from_json(bad), None);
        }
    }
}
