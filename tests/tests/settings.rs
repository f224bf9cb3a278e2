//! Settings from the data of tests.

use engine::diagnostic::Level;
use engine::{LabelKind, RuleSet, Settings};
use serde_json::Value;

/// The keys of a hadolint configuration file, and ours.
pub fn of_json(value: &Value) -> Settings {
    let strings = |value: &Value| -> Vec<String> {
        let items = value.as_array().into_iter().flatten();
        items.map(|item| item.as_str().expect("a string").to_owned()).collect()
    };
    let mut settings = Settings::default();
    for (key, value) in value.as_object().into_iter().flatten() {
        match key.as_str() {
            "set" => {
                let name = value.as_str().expect("a name");
                settings.set = RuleSet::from_name(name).expect("a name of a set");
            }
            "ignored" => settings.ignored = strings(value),
            "trustedRegistries" => settings.trusted_registries = strings(value),
            "label-schema" | "labelSchema" => {
                let kind = |kind: &Value| {
                    LabelKind::from_name(kind.as_str().expect("a kind")).expect("a known kind")
                };
                let labels = value.as_object().expect("labels with kinds");
                settings.label_schema =
                    labels.iter().map(|(label, value)| (label.clone(), kind(value))).collect();
            }
            "strict-labels" | "strictLabels" => {
                settings.strict_labels = value.as_bool().expect("yes or no");
            }
            "disable-ignore-pragma" | "disableIgnorePragma" => {
                settings.disable_ignore_pragma = value.as_bool().expect("yes or no");
            }
            "fragment" => settings.fragment = value.as_bool().expect("yes or no"),
            "maxLines" => settings.max_lines = value.as_u64().map(|lines| lines as u32),
            "override" => {
                for (level, rules) in value.as_object().expect("levels") {
                    let level = Level::from_name(level).expect("a level");
                    let rules = strings(rules);
                    settings.levels.extend(rules.into_iter().map(|rule| (rule, level)));
                }
            }
            other => panic!("`{other}` is no setting"),
        }
    }
    settings
}
