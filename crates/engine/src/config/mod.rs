//! hadolint's configuration: `.hadolint.yaml` to [`Settings`] and back.
//!
//! hadolint drops the whole file at the first thing that it does not understand. We keep what can be
//! understood and say what is wrong, with its line.

mod write;
mod yaml;

pub use write::write;

use crate::diagnostic::Level;
use crate::order;
use crate::report::{LabelKind, Settings};
use yaml::{Node, Value};

/// What a configuration file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The settings that it began with, with those of the file.
    pub settings: Settings,
    /// The mildest finding for which the command line fails.
    pub failure_threshold: Level,
    /// Whether the command line never fails.
    pub no_fail: bool,
    /// The form in which findings are printed.
    pub format: Option<String>,
    /// What was not understood, in the order of the text.
    pub messages: Vec<Message>,
}

/// Something that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Line from 1.
    pub line: u32,
    /// What is wrong, in one sentence without a full stop.
    pub text: String,
}

/// The keys as hadolint writes them.
const KEYS: [&str; 11] = [
    "ignored",
    "override",
    "trustedRegistries",
    "label-schema",
    "strict-labels",
    "disable-ignore-pragma",
    "failure-threshold",
    "no-fail",
    "format",
    "no-color",
    "verbose",
];

/// Reads a configuration file over `base`: what the file names replaces what `base` holds.
pub fn read(text: &str, base: &Settings) -> Config {
    let (root, messages) = yaml::parse(text);
    let mut config = Config {
        settings: base.clone(),
        failure_threshold: Level::Info,
        no_fail: false,
        format: None,
        messages,
    };
    match root.value {
        Value::Map(entries) => {
            let mut seen = Vec::new();
            for (key, value) in entries {
                if let Some(known) = config.known_key(&key) {
                    if seen.contains(&known) {
                        config.complain(&key, format!("`{known}` is given twice; this one counts"));
                    }
                    seen.push(known);
                    config.set(known, &value);
                }
            }
        }
        Value::Null => {}
        _ => config.complain(&root, "a configuration consists of `key: value` lines".to_owned()),
    }
    order::by_number(&mut config.messages, |message| u64::from(message.line));
    config
}

impl Config {
    fn complain(&mut self, node: &Node, text: String) {
        self.messages.push(Message { line: node.line, text });
    }

    fn known_key(&mut self, node: &Node) -> Option<&'static str> {
        let Some(key) = scalar(node) else {
            self.complain(node, "a key must be a word".to_owned());
            return None;
        };
        let letters = |key: &str| key.replace(['-', '_'], "").to_ascii_lowercase();
        let wanted = letters(key);
        let found = KEYS.into_iter().find(|known| letters(known) == wanted);
        match found {
            Some(known) if known == key => {}
            Some(known) => {
                self.complain(node, format!("hadolint reads `{key}` only if written `{known}`"));
            }
            None => {
                let meant = crate::suggest::nearest(key, KEYS);
                let hint = meant.map(|meant| format!("; `{meant}` is")).unwrap_or_default();
                self.complain(node, format!("`{key}` is no setting of hadolint{hint}"));
            }
        }
        found
    }

    fn set(&mut self, key: &str, node: &Node) {
        match key {
            "ignored" => self.settings.ignored = self.rules(node),
            "override" => self.levels(node),
            "trustedRegistries" => self.settings.trusted_registries = self.strings(node),
            "label-schema" => self.labels(node),
            "strict-labels" => self.settings.strict_labels = self.flag(node),
            "disable-ignore-pragma" => self.settings.disable_ignore_pragma = self.flag(node),
            "no-fail" => self.no_fail = self.flag(node),
            "failure-threshold" => {
                let name = self.string(node).unwrap_or_default();
                match name.as_str() {
                    "" => {}
                    "ignore" | "none" => self.failure_threshold = Level::Style,
                    name => match Level::from_name(name) {
                        Some(level) => self.failure_threshold = level,
                        None => self.complain(node, format!("`{name}` is no level")),
                    },
                }
            }
            "format" => self.format = self.string(node),
            // Colour and talkativeness are nothing to us.
            _ => drop(self.flag(node)),
        }
    }

    fn string(&mut self, node: &Node) -> Option<String> {
        let found = scalar(node);
        if found.is_none() && node.value != Value::Null {
            self.complain(node, "a single word is expected here".to_owned());
        }
        found.map(str::to_owned)
    }

    /// A list of words; a lone word counts as one.
    fn strings(&mut self, node: &Node) -> Vec<String> {
        match &node.value {
            Value::List(items) => items.iter().filter_map(|item| self.string(item)).collect(),
            Value::Null => Vec::new(),
            _ => {
                let only = self.string(node);
                if let Some(word) = &only {
                    self.complain(node, format!("hadolint wants a list here: `[{word}]`"));
                }
                only.into_iter().collect()
            }
        }
    }

    fn rules(&mut self, node: &Node) -> Vec<String> {
        let items = match &node.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(node),
        };
        for (item, name) in items.iter().filter_map(|item| Some((item, scalar(item)?))) {
            let is_code = name.starts_with("DL") || name.starts_with("SC");
            if !is_code && crate::rules::find(name).is_none() {
                self.complain(item, format!("no rule is called `{name}`"));
            }
        }
        self.strings(node)
    }

    fn levels(&mut self, node: &Node) {
        self.settings.levels.clear();
        for (key, rules) in self.entries(node) {
            let name = self.string(key).unwrap_or_default();
            match Level::from_name(&name) {
                Some(level) => {
                    let rules = self.rules(rules).into_iter().map(|rule| (rule, level));
                    self.settings.levels.extend(rules);
                }
                None => self.complain(key, format!("`{name}` is no level")),
            }
        }
    }

    fn labels(&mut self, node: &Node) {
        self.settings.label_schema.clear();
        for (key, kind) in self.entries(node) {
            let Some(label) = self.string(key) else { continue };
            match self.string(kind).unwrap_or_default().as_str() {
                "" => self.settings.label_schema.push((label, LabelKind::Raw)),
                name => match LabelKind::from_name(name) {
                    Some(kind) => self.settings.label_schema.push((label, kind)),
                    None => self.complain(kind, format!("`{name}` is no kind of label value")),
                },
            }
        }
    }

    fn entries<'n>(&mut self, node: &'n Node) -> &'n [(Node, Node)] {
        match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                self.complain(node, "`key: value` lines are expected here".to_owned());
                &[]
            }
        }
    }

    fn flag(&mut self, node: &Node) -> bool {
        let word = match &node.value {
            Value::Plain(word) => word.to_ascii_lowercase(),
            Value::Null => return false,
            _ => String::new(),
        };
        let yes = matches!(word.as_str(), "true" | "yes" | "on");
        if !matches!(word.as_str(), "true" | "false") {
            let meant = if yes { "true" } else { "false" };
            self.complain(node, format!("write `true` or `false`; this counts as `{meant}`"));
        }
        yes
    }
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Plain(text) | Value::Quoted(text) => Some(text),
        _ => None,
    }
}
