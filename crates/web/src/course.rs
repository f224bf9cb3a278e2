//! Course mode: the lesson in progress, and what is kept of those before.

use std::rc::Rc;

use engine::lesson::Goal;

use crate::json::Json;
use crate::page::Page;
use crate::saved::Saved;
use crate::state::Same;

/// The place of the list of lessons, as a fragment.
pub const LIST: &str = "lesson";
/// The place of a lesson that somebody opened from a file or a link.
pub const OWN: &str = "lesson/own";

/// Whether a place of the guide is the list of lessons, or a lesson: one that ships
/// (`lesson/two-stages`), one's own, or a file beside the page (`lesson=courses/a.md`).
pub fn is_lesson(place: &str) -> bool {
    place.strip_prefix(LIST).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '=']))
}

/// A lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// Its place.
    pub place: Rc<str>,
    /// Its whole file, where it is no lesson that ships.
    pub source: Option<Rc<str>>,
    /// Title and task.
    pub task: Page,
    /// What is learned, in one sentence.
    pub summary: String,
    /// How long it takes.
    pub minutes: u64,
    /// The chapter of the guide on it.
    pub chapter: String,
    /// What has to be reached.
    pub goals: Vec<Goal>,
    /// The hints.
    pub hints: Vec<Page>,
    /// What it begins with.
    pub start: Rc<str>,
    /// One way to solve it.
    pub solution: Rc<str>,
}

impl Lesson {
    /// Reads what the engine wrote of a lesson; of a damaged one, what is wrong.
    pub fn parse(place: &str, source: Option<Rc<str>>, json: &str) -> Result<Self, Rc<[String]>> {
        let value = Json::parse(json).unwrap_or(Json::Null);
        let line = |message: &Json| match message.elements() {
            [line, text] => format!("Line {}: {}", line.as_u64()?, text.as_str()?).into(),
            _ => None,
        };
        let messages = value.get("messages").map(Json::elements).unwrap_or_default();
        Self::read(place, source, &value).ok_or_else(|| messages.iter().filter_map(line).collect())
    }

    fn read(place: &str, source: Option<Rc<str>>, value: &Json) -> Option<Self> {
        let text = |key| Some(value.get(key)?.as_str()?.to_owned());
        let list = |key| value.get(key).map(Json::elements).unwrap_or_default();
        let goal = |goal: &Json| match goal.elements() {
            [kind, value] => Goal::new(kind.as_str()?, value.as_str()?),
            _ => None,
        };
        Some(Self {
            place: place.into(),
            source,
            task: Page::of(value.get("task")?)?,
            summary: text("summary")?,
            minutes: value.get("minutes")?.as_u64()?,
            chapter: text("chapter")?,
            goals: list("goals").iter().filter_map(goal).collect(),
            hints: list("hints").iter().filter_map(Page::of).collect(),
            start: text("start")?.into(),
            solution: text("solution")?.into(),
        })
    }
}

/// What is kept in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// The places of lessons that were solved.
    pub solved: Vec<String>,
    /// How far one came: places, and the texts that stood in the editor.
    texts: Vec<(String, String)>,
    /// The file of one's own lesson.
    pub own: Option<String>,
}

impl Kept {
    /// Reads what [`Kept::to_json`] wrote; anything else is as nothing.
    pub fn from_json(json: &str) -> Self {
        let value = Json::parse(json).unwrap_or(Json::Null);
        let text = |value: &Json| value.as_str().map(str::to_owned);
        let solved = value.get("solved").map(Json::elements).unwrap_or_default();
        let texts = match value.get("texts") {
            Some(Json::Object(texts)) => texts.as_slice(),
            _ => &[],
        };
        Self {
            solved: solved.iter().filter_map(text).collect(),
            texts: texts.iter().filter_map(|(key, it)| Some((key.clone(), text(it)?))).collect(),
            own: value.get("own").and_then(text),
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> String {
        let text = |text: &String| Json::String(text.clone());
        let texts = self.texts.iter().map(|(place, it)| (place.clone(), text(it))).collect();
        let mut entries = vec![
            ("solved".to_owned(), Json::Array(self.solved.iter().map(text).collect())),
            ("texts".to_owned(), Json::Object(texts)),
        ];
        entries.extend(self.own.as_ref().map(|own| ("own".to_owned(), text(own))));
        let mut json = String::new();
        Json::Object(entries).write(&mut json);
        json
    }

    /// Whether there is no progress.
    pub const fn is_new(&self) -> bool {
        self.solved.is_empty() && self.texts.is_empty()
    }

    /// Whether a lesson was solved.
    pub fn is_solved(&self, place: &str) -> bool {
        self.solved.iter().any(|solved| solved == place)
    }

    /// The text with which one left a lesson.
    pub fn text(&self, place: &str) -> Option<&str> {
        self.texts.iter().find(|(of, _)| of == place).map(|(_, text)| text.as_str())
    }

    /// Keeps how far one came; with no text, forgets it.
    pub fn set_text(&mut self, place: &str, text: Option<&str>) {
        self.texts.retain(|(of, _)| of != place);
        self.texts.extend(text.map(|text| (place.to_owned(), text.to_owned())));
    }
}

/// What happens in course mode.
#[derive(Debug, Clone)]
pub enum Step {
    /// The file of a lesson is to be opened under a place.
    Read(Rc<str>, Rc<str>),
    /// A lesson was read.
    Open(Rc<Lesson>),
    /// It begins, or goes on where it was left, with this text.
    Begin(Rc<Lesson>, Rc<str>),
    /// The lesson of a place could not be opened, for these reasons.
    Refuse(Rc<str>, Rc<[String]>),
    /// One way to solve it is shown, or no longer.
    Solution,
    /// The address that holds the lesson is wanted.
    Link,
    /// What was in the editor before comes back.
    Leave,
    /// The lesson ends.
    End,
    /// All progress is forgotten.
    Forget,
}

/// The state of course mode.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Course {
    /// The lesson in progress.
    pub lesson: Option<Same<Lesson>>,
    /// Why the lesson of that place could not be opened.
    pub refused: Option<(Rc<str>, Rc<[String]>)>,
    /// What was in the editor before the first lesson.
    pub draft: Option<Rc<Saved>>,
    /// Progress.
    pub kept: Rc<Kept>,
    /// Whether the solution is shown.
    pub shown: bool,
}

impl Course {
    /// The state at the start of the page.
    pub fn new(kept: Option<&str>) -> Self {
        Self { kept: Rc::new(kept.map(Kept::from_json).unwrap_or_default()), ..Self::default() }
    }

    /// The lesson in progress, if it is the one of that place.
    pub fn at(&self, place: &str) -> Option<&Same<Lesson>> {
        self.lesson.as_ref().filter(|lesson| *lesson.place == *place)
    }

    /// The text with which a lesson begins or goes on.
    pub fn text(&self, lesson: &Lesson) -> Rc<str> {
        let goes_on = self.is_kept(lesson).then(|| self.kept.text(&lesson.place)).flatten();
        goes_on.map_or_else(|| Rc::clone(&lesson.start), Rc::from)
    }

    /// Whether what is kept under the place of a lesson is of this one: one's own all share one.
    fn is_kept(&self, lesson: &Lesson) -> bool {
        *lesson.place != *OWN || lesson.source.as_deref() == self.kept.own.as_deref()
    }

    /// What is to be kept while `text` is in the editor; nothing where there is no lesson.
    pub fn to_keep(&self, text: &str) -> Option<Kept> {
        let lesson = self.lesson.as_ref()?;
        let mut kept = (*self.kept).clone();
        kept.set_text(&lesson.place, Some(text).filter(|text| **text != *lesson.start));
        Some(kept)
    }

    /// Takes a step while `text` is in the editor. What was there before a first lesson is `draft`.
    pub fn take(&mut self, step: &Step, text: &str, draft: impl FnOnce() -> Saved) {
        match step {
            Step::Begin(lesson, _) => {
                match self.to_keep(text) {
                    Some(kept) => self.kept = Rc::new(kept),
                    None => self.draft = Some(Rc::new(draft())),
                }
                if let Some(own) = lesson.source.as_deref().filter(|_| *lesson.place == *OWN) {
                    self.bring(own);
                }
                self.lesson = Some(Same(Rc::clone(lesson)));
                (self.refused, self.shown) = (None, false);
            }
            Step::Refuse(place, messages) => {
                self.refused = Some((Rc::clone(place), Rc::clone(messages)));
            }
            Step::Solution => self.shown = !self.shown,
            Step::End => {
                if let Some(kept) = self.to_keep(text) {
                    self.kept = Rc::new(kept);
                }
                (self.lesson, self.draft, self.shown) = (None, None, false);
            }
            Step::Forget => {
                let own = self.kept.own.clone();
                self.kept = Rc::new(Kept { own, ..Kept::default() });
            }
            Step::Read(..) | Step::Open(_) | Step::Link | Step::Leave => {}
        }
    }

    /// Keeps the file of one's own lesson; what was kept of another one goes.
    pub fn bring(&mut self, own: &str) {
        if self.kept.own.as_deref() != Some(own) {
            let kept = Rc::make_mut(&mut self.kept);
            kept.solved.retain(|place| place != OWN);
            kept.set_text(OWN, None);
            kept.own = Some(own.to_owned());
        }
    }

    /// Notes that the lesson in progress is solved.
    pub fn solve(&mut self) {
        let Some(lesson) = &self.lesson else { return };
        if !self.kept.is_solved(&lesson.place) {
            Rc::make_mut(&mut self.kept).solved.push(lesson.place.to_string());
        }
    }
}

/// A line of the table of contents: place, title, minutes and summary.
pub type Entry<'t> = [&'t str; 4];

/// The lessons of the table of contents, in their order.
pub fn entries(contents: Option<&str>) -> Vec<Entry<'_>> {
    let line = |line| {
        let mut parts = str::split(line, '\t');
        [(); 4].map(|()| parts.next().unwrap_or_default())
    };
    let lines = contents.unwrap_or_default().lines().map(line);
    lines.filter(|[place, ..]| is_lesson(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "+++\ntitle = \"T\"\nsummary = \"S.\"\nminutes = 4\n[solved]\nkeeps = [\"a\"]\n+++\n\
                        Do.\n## Hint\nSo.\n```dockerfile start\nFROM a\n```\n```dockerfile solution\nFROM b\n```\n";

    fn lesson(place: &str, text: &str) -> Rc<Lesson> {
        let json = engine::lesson::to_json(text, &|_| true).unwrap();
        let source = (place == OWN).then(|| text.into());
        Rc::new(Lesson::parse(place, source, &json).unwrap())
    }

    fn begin(lesson: &Rc<Lesson>) -> Step {
        Step::Begin(Rc::clone(lesson), Rc::clone(&lesson.start))
    }

    fn saved(text: &str) -> Saved {
        Saved { dockerfile: text.to_owned(), ..Saved::default() }
    }

    #[test]
    fn a_lesson_is_read_as_the_engine_writes_it() {
        let lesson = lesson("lesson/a", TEXT);
        assert_eq!((lesson.task.title.as_str(), lesson.task.blocks[0].text()), ("T", "Do.".into()));
        assert_eq!((lesson.minutes, lesson.hints[0].title.as_str()), (4, "Hint"));
        assert_eq!(lesson.goals, [Goal::Keeps("a".into())]);
        assert_eq!((&*lesson.start, &*lesson.solution), ("FROM a\n", "FROM b\n"));
    }

    #[test]
    fn a_damaged_lesson_says_what_is_wrong() {
        let told = engine::lesson::to_json("x", &|_| true).unwrap_err();
        let json = engine::lesson::messages_json(&told);
        let told = Lesson::parse(OWN, None, &json).unwrap_err();
        assert!(told[0].starts_with("Line 1: "), "{told:?}");
        for bad in ["", "[]", "{}", r#"{"messages":3}"#, r#"{"messages":[[1],["a","b"]]}"#] {
            assert_eq!(Lesson::parse(OWN, None, bad), Err(Rc::from([])));
        }
    }

    #[test]
    fn places_are_told_from_others() {
        for place in ["lesson", "lesson/own", "lesson=a/b.md"] {
            assert!(is_lesson(place));
        }
        for place in ["lessons", "guide/scratch", "", "rule/lesson"] {
            assert!(!is_lesson(place));
        }
        let contents = "scratch\tS\t5\tx\nlesson/a\tA\t3\ty\n";
        assert_eq!(entries(Some(contents)), [["lesson/a", "A", "3", "y"]]);
        assert!(entries(None).is_empty());
    }

    #[test]
    fn a_lesson_goes_on_where_it_was_left_and_the_draft_comes_back() {
        let mut course = Course::new(None);
        let (a, b) = (lesson("lesson/a", TEXT), lesson("lesson/b", TEXT));
        course.take(&begin(&a), "mine", || saved("mine"));
        assert_eq!(course.text(&a), a.start);
        course.take(&begin(&b), "half of a", || saved("half of a"));
        assert_eq!((&*course.text(&a), course.text(&b)), ("half of a", Rc::clone(&b.start)));
        assert_eq!(course.draft.as_ref().unwrap().dockerfile, "mine");
        course.solve();
        course.solve();
        course.take(&Step::End, "all of b", || saved("x"));
        assert!(course.lesson.is_none() && course.draft.is_none());
        let kept = course.kept.to_json();
        assert_eq!(Kept::from_json(&kept), *course.kept);
        let mut course = Course::new(Some(&kept));
        assert!(course.kept.is_solved("lesson/b") && !course.kept.is_solved("lesson/a"));
        assert_eq!(&*course.text(&b), "all of b");
        course.take(&Step::Forget, "", || saved(""));
        assert_eq!(*course.kept, Kept::default());
    }

    #[test]
    fn another_lesson_of_ones_own_begins_anew() {
        let mut course = Course::new(None);
        let (one, other) = (lesson(OWN, TEXT), lesson(OWN, &TEXT.replace("FROM b", "FROM c")));
        course.take(&begin(&one), "mine", || saved("mine"));
        course.solve();
        course.take(&Step::End, "half", || saved(""));
        assert_eq!(&*course.text(&one), "half");
        assert_eq!(course.text(&other), other.start);
        course.take(&begin(&other), "mine", || saved("mine"));
        assert!(!course.kept.is_solved(OWN));
        assert_eq!(course.kept.text(OWN), None);
    }

    #[test]
    fn what_was_not_kept_by_us_is_as_nothing() {
        for bad in ["", "{", "[]", r#"{"solved":3,"texts":[1],"own":{}}"#] {
            assert_eq!(Kept::from_json(bad), Kept::default());
        }
        assert_eq!(Course::new(None).to_keep("x"), None);
    }
}
