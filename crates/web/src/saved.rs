//! The state that outlives the page: what the draft in the browser's storage and a share link hold.
//!
//! Only what differs from the default is written, so that links stay short. Unknown keys are
//! ignored and missing ones have their default: an older page reads a newer link as far as it can.

use engine::{Project, RuleSet, Settings};

use crate::json::Json;

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// Text of the Dockerfile.
    pub dockerfile: String,
    /// Name of the rule set.
    pub set: String,
    /// Rules that are turned off.
    pub off: Vec<String>,
    /// Name of the panel that is shown.
    pub tab: String,
    /// Size of the program in bytes.
    pub binary_bytes: Option<u64>,
    /// Size of the build context in bytes.
    pub context_bytes: Option<u64>,
    /// Platform of the image.
    pub platform: Option<String>,
    /// Whether the program makes HTTPS calls.
    pub needs_tls: Option<bool>,
    /// Whether the program loads time zones by name.
    pub needs_time_zones: Option<bool>,
}

impl Saved {
    /// Picks what is worth keeping.
    pub fn of(text: &str, settings: &Settings, project: &Project, tab: &str) -> Self {
        let set = if settings.set == RuleSet::default() { "" } else { settings.set.name() };
        Self {
            dockerfile: text.to_owned(),
            set: set.to_owned(),
            off: settings.ignored.clone(),
            tab: tab.to_owned(),
            binary_bytes: project.binary_bytes,
            context_bytes: project.context_bytes,
            platform: project.platform.clone(),
            needs_tls: project.needs_tls,
            needs_time_zones: project.needs_time_zones,
        }
    }

    /// The settings that it stands for.
    pub fn settings(&self) -> Settings {
        Settings {
            set: RuleSet::from_name(&self.set).unwrap_or_default(),
            ignored: self.off.clone(),
            ..Settings::default()
        }
    }

    /// The project that it stands for.
    pub fn project(&self) -> Project {
        Project {
            binary_bytes: self.binary_bytes,
            context_bytes: self.context_bytes,
            platform: self.platform.clone(),
            needs_tls: self.needs_tls,
            needs_time_zones: self.needs_time_zones,
        }
    }

    /// As JSON, for the storage and for a link.
    pub fn to_json(&self) -> String {
        let text = |text: &String| (!text.is_empty()).then(|| Json::String(text.clone()));
        let off: Vec<Json> = self.off.iter().cloned().map(Json::String).collect();
        let entries = [
            ("d", Some(Json::String(self.dockerfile.clone()))),
            ("set", text(&self.set)),
            ("off", (!off.is_empty()).then_some(Json::Array(off))),
            ("tab", text(&self.tab)),
            ("bin", self.binary_bytes.map(Json::Number)),
            ("ctx", self.context_bytes.map(Json::Number)),
            ("platform", self.platform.clone().map(Json::String)),
            ("tls", self.needs_tls.map(Json::Bool)),
            ("tz", self.needs_time_zones.map(Json::Bool)),
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
        let off = value.get("off").map(Json::elements).unwrap_or_default();
        Some(Self {
            dockerfile: text("d").unwrap_or_default(),
            set: text("set").unwrap_or_default(),
            off: off.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            tab: text("tab").unwrap_or_default(),
            binary_bytes: value.get("bin").and_then(Json::as_u64),
            context_bytes: value.get("ctx").and_then(Json::as_u64),
            platform: text("platform"),
            needs_tls: value.get("tls").and_then(Json::as_bool),
            needs_time_zones: value.get("tz").and_then(Json::as_bool),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_from_the_default_is_written() {
        let saved = Saved { dockerfile: "FROM a\n".into(), ..Saved::default() };
        assert_eq!(saved.to_json(), r#"{"d":"FROM a\n"}"#);
        let full = Saved {
            set: "all".into(),
            off: vec!["a".into()],
            tab: "size".into(),
            binary_bytes: Some(1),
            context_bytes: Some(2),
            platform: Some("linux/arm64".into()),
            needs_tls: Some(true),
            needs_time_zones: Some(false),
            ..saved
        };
        assert_eq!(Saved::from_json(&full.to_json()), Some(full));
    }

    #[test]
    fn what_an_older_or_newer_page_wrote_is_read_as_far_as_possible() {
        let saved = Saved::from_json(r#"{"d":"x","new":[1],"bin":"many","off":[1,"a"]}"#).unwrap();
        assert_eq!((saved.dockerfile.as_str(), saved.binary_bytes), ("x", None));
        assert_eq!(saved.off, ["a"]);
        for bad in ["", "[]", "1", "{"] {
            assert_eq!(Saved::from_json(bad), None);
        }
    }
}
