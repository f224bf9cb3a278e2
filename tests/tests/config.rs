//! hadolint's configuration files: what they set, what is said of the rest, and back again.

use engine::config::{self, Config};
use engine::diagnostic::Level;
use engine::{LabelKind, RuleSet, Settings};
use proptest::prelude::*;
use saphyr::{LoadableYamlNode, Yaml};

fn read(text: &str) -> Config {
    config::read(text, &Settings::default())
}

fn messages(text: &str) -> Vec<String> {
    let line = |found: config::Message| format!("{}: {}", found.line, found.text);
    read(text).messages.into_iter().map(line).collect()
}

/// Files as hadolint's documentation and public repositories have them.
const FILES: [&str; 14] = [
    "",
    "# nothing\n",
    "ignored:\n",
    "ignored: []\n",
    "ignored:\n  - DL3000\n  - SC1010\n",
    "ignored:\n- DL3000\n- SC1010\ntrustedRegistries:\n- docker.io\n",
    "failure-threshold: info\noverride:\n  error:\n    - DL3015\n  warning:\n    - DL3006\n    - DL3008\n    - DL3009\n  info:\n    - DL3059\n  style:\n    - DL3007\n",
    "---\n# comment\nignored: [DL3006, \"DL3008\", 'DL3013'] # why\n\ntrustedRegistries:\n  - docker.io\n  - 'my-company.com:5000'\n  - \"*.gcr.io\"\n",
    "trustedRegistries:\n    - docker.io\n    - my-company.com:5000\n    - \"*.gcr.io\"\nlabel-schema:\n  author: text\n  contact: email\n  created: rfc3339\n  version: semver\n  documentation: url\n  git-revision: hash\n  license: spdx\nstrict-labels: true\n",
    "override: {error: [DL3001, DL3002], warning: [SC1000,\n  SC1001 ], info: [], style:}\r\nno-fail: true\r\n",
    "disable-ignore-pragma: True\nformat: json\nno-color: true\nverbose: FALSE\n",
    "label-schema:\n  \"org.opencontainers.image.title\": text\n  'a: b #c': \"\"\n",
    "%YAML 1.2\n---\nignored:\n  -   DL3006   # two\n  # three\n\n  - DL3007\n...\nignored: [x]\n",
    "ignored:\n  - \"DL\\u0033007\"\n  - 'it''s'\n  -\n    DL3003\n",
];

/// What another reader of YAML makes of a file.
fn theirs(text: &str) -> Settings {
    let documents = Yaml::load_from_str(text).expect("YAML");
    let mut settings = Settings::default();
    let Some(root) = documents.first().and_then(Yaml::as_mapping) else { return settings };
    let strings = |value: &Yaml<'_>| -> Vec<String> {
        let items = value.as_sequence().into_iter().flatten();
        items.map(|item| item.as_str().expect("a string").to_owned()).collect()
    };
    for (key, value) in root {
        match key.as_str().expect("a key") {
            "ignored" => settings.ignored = strings(value),
            "trustedRegistries" => settings.trusted_registries = strings(value),
            "override" => {
                for (level, rules) in value.as_mapping().expect("levels") {
                    let level = Level::from_name(level.as_str().expect("a level")).expect("one");
                    settings.levels.extend(strings(rules).into_iter().map(|rule| (rule, level)));
                }
            }
            "label-schema" => {
                for (label, kind) in value.as_mapping().expect("labels") {
                    let label = label.as_str().expect("a label").to_owned();
                    let kind = kind.as_str().expect("a kind");
                    let kind = LabelKind::from_name(kind).unwrap_or(LabelKind::Raw);
                    settings.label_schema.push((label, kind));
                }
            }
            "strict-labels" => settings.strict_labels = value.as_bool().unwrap_or_default(),
            "disable-ignore-pragma" => {
                settings.disable_ignore_pragma = value.as_bool().unwrap_or_default();
            }
            _ => {}
        }
    }
    settings
}

#[test]
fn files_are_read_as_another_reader_reads_them() {
    for file in FILES {
        assert_eq!(read(file).settings, theirs(file), "{file}");
    }
}

#[test]
fn all_settings_are_known() {
    let config = read(FILES[8]);
    assert_eq!(config.messages, []);
    assert!(config.settings.strict_labels);
    assert_eq!(
        config.settings.trusted_registries,
        ["docker.io", "my-company.com:5000", "*.gcr.io"]
    );
    assert_eq!(config.settings.label_schema[2], ("created".to_owned(), LabelKind::Time));
    let config = read(FILES[9]);
    assert_eq!(config.settings.levels[3], ("SC1001".to_owned(), Level::Warning));
    assert!(config.no_fail);
    let config = read("failure-threshold: error\nformat: sarif\n");
    assert_eq!(config.failure_threshold, Level::Error);
    assert_eq!(config.format.as_deref(), Some("sarif"));
    assert_eq!(read("").failure_threshold, Level::Info);
    assert_eq!(read("failure-threshold: none").failure_threshold, Level::Style);
}

#[test]
fn what_the_file_does_not_name_stays() {
    let base = Settings {
        set: RuleSet::All,
        ignored: vec!["a".to_owned()],
        trusted_registries: vec!["b".to_owned()],
        ..Settings::default()
    };
    let settings = config::read("ignored: [DL3006]\n", &base).settings;
    assert_eq!(settings, Settings { ignored: vec!["DL3006".to_owned()], ..base });
}

#[test]
fn what_is_not_understood_is_said_with_its_line() {
    assert_eq!(
        messages("\nignore: [DL3006]\n"),
        ["2: `ignore` is no setting of hadolint; `ignored` is"]
    );
    assert_eq!(messages("nonsense: 1\n"), ["1: `nonsense` is no setting of hadolint"]);
    assert_eq!(messages("ignored: DL3006\n"), ["1: hadolint wants a list here: `[DL3006]`"]);
    assert_eq!(messages("ignored:\n  - DL3000\n  - nope\n"), ["3: no rule is called `nope`"]);
    assert_eq!(
        messages("override:\n  fatal: [DL3006]\n  error: [[]]\n"),
        ["2: `fatal` is no level", "3: a single word is expected here"]
    );
    assert_eq!(
        messages("labelSchema:\n  a: b\n"),
        [
            "1: hadolint reads `labelSchema` only if written `label-schema`",
            "2: `b` is no kind of label value"
        ]
    );
    assert_eq!(
        messages("strict-labels: yes\nno-fail: \"true\"\nno-fail: false"),
        [
            "1: write `true` or `false`; this counts as `true`",
            "2: write `true` or `false`; this counts as `false`",
            "3: `no-fail` is given twice; this one counts"
        ]
    );
    assert_eq!(
        messages("trustedRegistries:\n  - *.example.com\n  - a\n"),
        ["2: a text that starts with `*` must stand in quotes"]
    );
    assert_eq!(messages("failure-threshold: high"), ["1: `high` is no level"]);
    assert_eq!(messages("- DL3006"), ["1: a configuration consists of `key: value` lines"]);
    assert_eq!(
        messages("ignored: [DL3006\noverride:\n"),
        ["1: this bracket never closes, or a comma is missing behind it"]
    );
    assert_eq!(messages("ignored: [DL3006] x\n"), ["1: the end of this line is not understood"]);
    assert_eq!(messages("ignored:\n  - \"DL3006\n"), ["2: this quote never closes"]);
    assert_eq!(
        messages("no-fail: true\n  no-color: true\nformat\n"),
        [
            "2: the indent of this line is not understood",
            "3: a `:` with a blank behind it is missing on this line"
        ]
    );
}

/// One spelled wrong does not take the others with it, as it would in hadolint.
#[test]
fn the_rest_of_the_file_counts() {
    let config = read("ignored: [DL3006\nstrict-labels: true\noverride: 3\nformat: json\n");
    assert!(config.settings.strict_labels && config.format.is_some(), "{config:?}");
}

#[test]
fn names_become_the_codes_that_hadolint_knows() {
    let settings = Settings {
        ignored: ["untagged-base", "dl3006", "hadolint:DL3008", "no-user", "SC2086"]
            .map(str::to_owned)
            .to_vec(),
        levels: vec![("cd-instead-of-workdir".to_owned(), Level::Error)],
        trusted_registries: vec!["*.gcr.io".to_owned(), "docker.io".to_owned()],
        label_schema: vec![("a".to_owned(), LabelKind::Raw), ("no".to_owned(), LabelKind::Url)],
        strict_labels: true,
        ..Settings::default()
    };
    let text = config::write(&settings);
    assert_eq!(
        text,
        "ignored:\n  - DL3006\n  - DL3008\n  - no-user\n  - SC2086\noverride:\n  error:\n    - DL3003\n\
         trustedRegistries:\n  - \"*.gcr.io\"\n  - docker.io\nlabel-schema:\n  a: text\n  \"no\": url\n\
         strict-labels: true\n"
    );
    assert_eq!(read(&text).messages, []);
    assert_eq!(config::write(&Settings::default()), "ignored: []\n");
}

fn settings() -> impl Strategy<Value = Settings> {
    let words = || prop::collection::vec("\\PC{1,12}", 0..4);
    let codes = || prop::collection::vec("(DL|SC)[0-9]{4}", 0..4);
    let levels = (codes(), prop::sample::select(Level::ALL.to_vec()));
    let kinds: Vec<LabelKind> = LabelKind::ALL.into_iter().map(|(_, kind)| kind).collect();
    let labels = prop::collection::btree_map("[ -~]{1,12}", prop::sample::select(kinds), 0..3);
    (codes(), words(), levels, labels, any::<[bool; 2]>()).prop_map(
        |(mut ignored, trusted_registries, (mut rules, level), labels, [strict, disabled])| {
            ignored.sort();
            ignored.dedup();
            rules.sort();
            rules.dedup();
            Settings {
                ignored,
                levels: rules.into_iter().map(|rule| (rule, level)).collect(),
                trusted_registries,
                label_schema: labels.into_iter().collect(),
                strict_labels: strict,
                disable_ignore_pragma: disabled,
                ..Settings::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_by_both(settings in settings()) {
        let text = config::write(&settings);
        let ours = read(&text);
        prop_assert_eq!(&ours.messages, &[], "{}", text);
        prop_assert_eq!(&ours.settings, &settings, "{}", text);
        prop_assert_eq!(theirs(&text), settings, "{}", text);
    }

    #[test]
    fn any_text_is_answered(
        parts in prop::collection::vec(prop::sample::select(vec![
            "ignored", "override", ":", ": ", "- ", "-", "[", "]", "{", "}", ",", "\n", "\n  ", "\n    ",
            "\"", "'", "#", " #", "\\", "\\u12", "*", "|", "---", "...", "error", "DL3006", "\t", "é", "\r\n", "?", "&a",
        ]), 0..40),
    ) {
        let text = parts.concat();
        let lines = text.lines().count().max(1) as u32 + 1;
        prop_assert!(read(&text).messages.iter().all(|found| (1..=lines).contains(&found.line)));
    }
}

#[test]
fn hostile_files_end() {
    for text in [
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "a: {".repeat(50_000),
        "\n  a:".repeat(50_000),
        "{{[{{\n\n,".repeat(40),
        "[{a: [\n".repeat(200),
        "\"".repeat(99_999),
    ] {
        let start = cpu_time::ThreadTime::now();
        drop(read(&text));
        assert!(start.elapsed().as_secs() < 10);
    }
}
