//! A lesson as it is written: front matter, a task and hints in Markdown, and two Dockerfiles.
//! docs/lessons.md describes it for those who write one.
//!
//! This file and `front` need nothing else of the engine: the trainer's kit is made by a program that
//! works while the engine does not compile, and reads lessons with them.

use super::front::{self, Entry, Value};

/// What is wrong with the file of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Line from 1.
    pub line: u32,
    /// What is wrong, in one sentence without a full stop.
    pub text: String,
}

/// One condition that a solution meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// The rule of that name or code finds nothing.
    Without(String),
    /// It finds something.
    Finds(String),
    /// The verdict has that name.
    Verdict(String),
    /// The image has no more bytes than that, unpacked, by the likely figure.
    AtMostUnpacked(u64),
    /// The text has these words.
    Keeps(String),
}

impl Goal {
    /// The kinds with their names in a lesson.
    const KINDS: [&str; 5] = ["without", "finds", "verdict", "at-most-unpacked", "keeps"];

    /// The goal of that kind, where there is one and the value fits.
    pub fn new(kind: &str, value: &str) -> Option<Self> {
        let value = value.to_owned();
        Some(match kind {
            "without" => Self::Without(value),
            "finds" => Self::Finds(value),
            "verdict" => Self::Verdict(value),
            "at-most-unpacked" => Self::AtMostUnpacked(value.parse().ok()?),
            "keeps" => Self::Keeps(value),
            _ => return None,
        })
    }

    /// Its kind and its value, of which [`Goal::new`] makes it again.
    pub fn parts(&self) -> (&'static str, String) {
        let [without, finds, verdict, at_most, keeps] = Self::KINDS;
        match self {
            Self::Without(rule) => (without, rule.clone()),
            Self::Finds(rule) => (finds, rule.clone()),
            Self::Verdict(name) => (verdict, name.clone()),
            Self::AtMostUnpacked(bytes) => (at_most, bytes.to_string()),
            Self::Keeps(words) => (keeps, words.clone()),
        }
    }
}

/// The verdicts that a lesson can ask for.
pub const VERDICTS: [&str; 4] =
    ["starts", "starts-after-edits", "would-not-start", "would-not-build"];

/// A piece of Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// Its heading; of the task that is empty.
    pub title: String,
    /// The line of the file on which its text begins.
    pub line: u32,
    /// Its text.
    pub text: String,
}

/// A lesson.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lesson {
    /// The heading.
    pub title: String,
    /// What is learned, in one sentence.
    pub summary: String,
    /// How long it takes.
    pub minutes: u64,
    /// The chapter of the guide that explains it.
    pub chapter: Option<String>,
    /// What has to be reached.
    pub goals: Vec<Goal>,
    /// What is to be done.
    pub task: Prose,
    /// The hints, in the order in which they help more.
    pub hints: Vec<Prose>,
    /// What the lesson begins with.
    pub start: String,
    /// One way to solve it.
    pub solution: String,
}

const FENCE: &str = "+++";
const START: &str = "dockerfile start";
const SOLUTION: &str = "dockerfile solution";

/// Reads a lesson; `is_rule` tells whether there is a rule of that name or code. Else it says all
/// that is wrong, in the order of the lines.
pub fn parse(text: &str, is_rule: &dyn Fn(&str) -> bool) -> Result<Lesson, Vec<Message>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut reader = Reader { lesson: Lesson::default(), messages: Vec::new(), is_rule };
    let behind = text
        .strip_prefix(FENCE)
        .and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('\n'));
    let Some(rest) = behind else {
        reader.tell(1, "a lesson begins with its front matter, between two lines `+++`");
        return Err(reader.messages);
    };
    let mut length = 0;
    let end = rest.split_inclusive('\n').find(|line| {
        length += line.len();
        line.trim_end() == FENCE
    });
    let Some((front, body)) = end.and_then(|end| {
        let (front, body) = rest.split_at_checked(length)?;
        Some((front.strip_suffix(end)?, body))
    }) else {
        reader.tell(1, "the front matter begins here, and no second line `+++` ends it");
        return Err(reader.messages);
    };
    let lines = |text: &str| text.matches('\n').count() as u32;
    let entries = front::read(front, 2, &mut reader.messages);
    reader.front(&entries);
    reader.body(body, lines(front) + 3);
    reader.complete(lines(front) + 2, &entries);
    reader.messages.sort_by_key(|message| message.line);
    if reader.messages.is_empty() { Ok(reader.lesson) } else { Err(reader.messages) }
}

struct Reader<'a> {
    lesson: Lesson,
    messages: Vec<Message>,
    is_rule: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn tell(&mut self, line: u32, text: impl Into<String>) {
        self.messages.push(Message { line, text: text.into() });
    }

    fn front(&mut self, entries: &[Entry]) {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for Entry { line, table, key, value } in entries {
            let name = (table.as_str(), key.as_str());
            if seen.contains(&name) {
                self.tell(*line, format!("`{key}` is given twice"));
            }
            seen.push(name);
            let told = match (table.as_str(), value) {
                ("", value) => self.head(key, value),
                ("solved", value) => self.goals(*line, key, value),
                (table, _) => {
                    Err(format!("no table is called `{table}`; there is only `[solved]`"))
                }
            };
            if let Err(text) = told {
                self.tell(*line, text);
            }
        }
    }

    fn head(&mut self, key: &str, value: &Value) -> Result<(), String> {
        let lesson = &mut self.lesson;
        match (key, value) {
            ("title", Value::Text(text)) => lesson.title = text.trim().to_owned(),
            ("summary", Value::Text(text)) => lesson.summary = text.trim().to_owned(),
            ("minutes", Value::Number(minutes @ 1..=999)) => lesson.minutes = *minutes,
            ("chapter", Value::Text(slug)) if is_slug(slug) => lesson.chapter = Some(slug.clone()),
            ("title" | "summary", _) => return Err(format!("`{key}` is a string")),
            ("minutes", _) => return Err("`minutes` is a number from 1 to 999".to_owned()),
            ("chapter", _) => {
                return Err(
                    "`chapter` is a name as in `#guide/scratch`, without `#guide/`".to_owned()
                );
            }
            _ => {
                return Err(format!(
                    "no key is called `{key}`; there are `title`, `summary`, `minutes` and `chapter`"
                ));
            }
        }
        Ok(())
    }

    fn goals(&mut self, line: u32, key: &str, value: &Value) -> Result<(), String> {
        let (goals, is_rule) = (&mut self.lesson.goals, self.is_rule);
        match (key, value) {
            ("verdict", Value::Text(name)) if VERDICTS.contains(&name.as_str()) => {
                goals.push(Goal::Verdict(name.clone()));
            }
            ("verdict", _) => return Err(format!("`verdict` is one of {}", VERDICTS.join(", "))),
            ("at-most-unpacked", Value::Text(size)) => {
                let bytes = bytes(size)
                    .ok_or("a size is a whole number with kB, MB or GB, as in \"20 MB\"")?;
                goals.push(Goal::AtMostUnpacked(bytes));
            }
            ("keeps", Value::List(list)) => {
                goals.extend(list.iter().map(|(_, words)| Goal::Keeps(words.clone())));
            }
            ("without" | "finds", Value::List(list)) => {
                goals.extend(list.iter().filter_map(|(_, rule)| Goal::new(key, rule)));
                for (line, rule) in list.iter().filter(|(_, rule)| !is_rule(rule)) {
                    self.tell(*line, format!("no rule is called `{rule}`"));
                }
            }
            ("at-most-unpacked", _) => return Err("`at-most-unpacked` is a string".to_owned()),
            ("without" | "finds" | "keeps", _) => {
                return Err(format!("`{key}` is a list of strings"));
            }
            _ => {
                let known = Goal::KINDS.join("`, `");
                self.tell(
                    line,
                    format!("nothing that is asked for is called `{key}`; there are `{known}`"),
                );
            }
        }
        Ok(())
    }

    /// Reads what stands behind the front matter: its first line has this number.
    fn body(&mut self, body: &str, first: u32) {
        let mut parts = vec![Prose { line: first, ..Prose::default() }];
        let mut fence: Option<(u32, &str, String)> = None;
        for (line, number) in body.lines().zip(first..) {
            let mark = line.trim_start().strip_prefix("```");
            match (&mut fence, mark) {
                (Some((start, info, text)), Some(end)) if end.trim().is_empty() => {
                    let (start, info, text) = (*start, *info, std::mem::take(text));
                    fence = None;
                    self.block(start, info, text, &mut parts);
                }
                (Some((.., text)), _) => push_line(text, line),
                (None, Some(info)) => {
                    fence = Some((number, info.trim(), String::new()));
                }
                (None, None) => match line.strip_prefix("## ") {
                    Some(title) => parts.push(Prose {
                        title: title.trim().to_owned(),
                        line: number + 1,
                        text: String::new(),
                    }),
                    None => {
                        if let Some(part) = parts.last_mut() {
                            push_line(&mut part.text, line);
                        }
                    }
                },
            }
        }
        if let Some((line, ..)) = fence {
            self.tell(line, "the block that begins here has no end");
        }
        let mut parts = parts.into_iter();
        self.lesson.task = parts.next().unwrap_or_default();
        self.lesson.hints = parts.collect();
    }

    /// A fenced block: one of the two Dockerfiles, or a part of the words around it.
    fn block(&mut self, line: u32, info: &str, text: String, parts: &mut [Prose]) {
        let place = match info {
            START => &mut self.lesson.start,
            SOLUTION => &mut self.lesson.solution,
            _ => {
                if info.starts_with("dockerfile ") {
                    self.tell(line, format!("a block is a `{START}`, a `{SOLUTION}`, or of another language; this one is `{info}`"));
                }
                if let Some(part) = parts.last_mut() {
                    part.text.push_str(&format!("```{info}\n{text}```\n"));
                }
                return;
            }
        };
        let is_second = !place.is_empty();
        // The lines of the words keep their numbers.
        if let Some(part) = parts.last_mut() {
            part.text.push_str(&"\n".repeat(text.matches('\n').count() + 2));
        }
        *place = text;
        if is_second {
            self.tell(line, format!("this is the second `{info}`"));
        }
    }

    /// Tells what is missing; `last` is the line that ends the front matter.
    fn complete(&mut self, last: u32, entries: &[Entry]) {
        for key in ["title", "summary", "minutes"] {
            if !entries.iter().any(|entry| entry.table.is_empty() && entry.key == key) {
                self.tell(last, format!("the front matter has no `{key}`"));
            }
        }
        if self.lesson.goals.is_empty() {
            self.tell(last, "no table `[solved]` says what has to be reached");
        }
        if self.lesson.task.text.trim().is_empty() {
            self.tell(last + 1, "nothing says what the task is");
        }
        for (info, text) in [(START, &self.lesson.start), (SOLUTION, &self.lesson.solution)] {
            if text.trim().is_empty() {
                let text = format!("there is no block `{info}` with a Dockerfile in it");
                self.messages.push(Message { line: last + 1, text });
            }
        }
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn is_slug(text: &str) -> bool {
    let is_part = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    !text.is_empty() && text.chars().all(is_part)
}

/// The bytes of `20 MB`.
fn bytes(size: &str) -> Option<u64> {
    let (number, unit) = size.trim().split_once(' ')?;
    let unit: u64 = match unit.trim() {
        "kB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}
