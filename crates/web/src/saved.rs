//! The state that outlives the page: what the draft in the browser's storage and a share link hold.
//!
//! Only what differs from the default is written, so that links stay short. Unknown keys are
//! ignored and missing ones have their default: an older page reads a newer link as far as it can.

use engine::{Project, RuleSet, Settings};
use serde::{Deserialize, Serialize};

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// Text of the Dockerfile.
    #[serde(rename = "d")]
    pub dockerfile: String,
    /// Name of the rule set.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub set: String,
    /// Rules that are turned off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
    /// Name of the panel that is shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tab: String,
    /// Size of the program in bytes.
    #[serde(rename = "bin", skip_serializing_if = "Option::is_none")]
    pub binary_bytes: Option<u64>,
    /// Size of the build context in bytes.
    #[serde(rename = "ctx", skip_serializing_if = "Option::is_none")]
    pub context_bytes: Option<u64>,
    /// Platform of the image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Whether the program makes HTTPS calls.
    #[serde(rename = "tls", skip_serializing_if = "Option::is_none")]
    pub needs_tls: Option<bool>,
    /// Whether the program loads time zones by name.
    #[serde(rename = "tz", skip_serializing_if = "Option::is_none")]
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
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From JSON; `None` where it is none of ours.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}
