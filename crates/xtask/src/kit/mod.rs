//! The trainer's kit: a zip with all that a course needs in a room without a network.
//!
//! The playground as one file, the lessons, a handout to print, the solutions, and how to use them.

use std::fs;

use anyhow::{Context, Result, anyhow};
use pulldown_cmark::{Options, Parser, html};

use crate::finish::{VERSION, single};
use crate::workspace;
use parse::{Lesson, Prose};

#[path = "../../../engine/src/lesson/front.rs"]
mod front;
mod link;
#[allow(dead_code, reason = "the kit needs no conditions")]
#[path = "../../../engine/src/lesson/parse.rs"]
mod parse;
mod zip;

/// The playground in the kit, beside the handout.
const PLAYGROUND: &str = "dockerfile-playground.html";

/// Writes `target/kit/dockerfile-playground-kit-VERSION.zip` from `dist/` and `lessons/`.
pub fn run() -> Result<()> {
    let root = workspace::root()?;
    let playground = fs::read(root.join("dist").join(single::FILE))
        .context("there is no playground as one file; run `cargo xtask build` first")?;
    let instructions = fs::read_to_string(root.join("static/kit/instructions.md"))?;
    let style = fs::read_to_string(root.join("static/kit/kit.css"))?;
    let mut files = vec![(PLAYGROUND.to_owned(), playground)];
    let mut names: Vec<_> =
        root.join("lessons").read_dir()?.flatten().map(|it| it.path()).collect();
    names.sort();
    let mut lessons = Vec::new();
    for path in names {
        let text = fs::read_to_string(&path)?;
        lessons.push(read(&text).with_context(|| format!("in {}", path.display()))?);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((format!("lessons/{name}"), text.into_bytes()));
    }
    let mut add = |name: &str, title: &str, body: &str| {
        files.push((name.to_owned(), page(title, &style, body).into_bytes()));
    };
    add("instructions.html", "For the trainer", &markdown(&instructions));
    add("handout.html", "Smaller and safer images: the tasks", &handout(&lessons)?);
    add("solutions.html", "Smaller and safer images: the solutions", &solutions(&lessons));

    let folder = root.join("target/kit");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("dockerfile-playground-kit-{VERSION}.zip"));
    let archive = zip::archive(&files)?;
    println!("{}: {} files, {} bytes", path.display(), files.len(), archive.len());
    fs::write(&path, archive).with_context(|| format!("cannot write {}", path.display()))
}

/// Reads a lesson. Whether the rules exist that it names is the engine's business.
fn read(text: &str) -> Result<Lesson> {
    parse::parse(text, &|_| true).map_err(|told| {
        let lines = told.iter().map(|it| format!("line {}: {}", it.line, it.text));
        anyhow!(lines.collect::<Vec<_>>().join("\n"))
    })
}

fn page(title: &str, style: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

fn handout(lessons: &[Lesson]) -> Result<String> {
    let mut body = String::from("<p class=\"name\">Name:</p>\n");
    for (index, lesson) in lessons.iter().enumerate() {
        let link = link::to(&lesson.start)?;
        body.push_str(&format!(
            "{}{}<pre>{}</pre>\n<p class=\"screen\"><a href=\"{PLAYGROUND}{link}\">\
             Open it in the playground</a></p>\n<p class=\"notes\">Notes:</p>\n</section>\n",
            head(index, lesson),
            markdown(&lesson.task.text),
            escape(&lesson.start),
        ));
    }
    Ok(body)
}

fn solutions(lessons: &[Lesson]) -> String {
    let mut body = String::new();
    for (index, lesson) in lessons.iter().enumerate() {
        let hint = |Prose { title, text, .. }: &Prose| {
            format!("<h3>{}</h3>\n{}", escape(title), markdown(text))
        };
        let hints: String = lesson.hints.iter().map(hint).collect();
        let solution = escape(&lesson.solution);
        body.push_str(&head(index, lesson));
        body.push_str(&format!(
            "{hints}<h3>One solution</h3>\n<pre>{solution}</pre>\n</section>\n"
        ));
    }
    body
}

fn head(index: usize, lesson: &Lesson) -> String {
    format!(
        "<section>\n<h2>{}. {} <small>{} minutes</small></h2>\n<p class=\"summary\">{}</p>\n",
        index + 1,
        escape(&lesson.title),
        lesson.minutes,
        escape(&lesson.summary),
    )
}

fn markdown(text: &str) -> String {
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(text, Options::ENABLE_TABLES));
    page
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handout_has_the_tasks_and_not_the_solutions() {
        let lesson = Lesson {
            title: "A & B".into(),
            summary: "Short.".into(),
            minutes: 5,
            task: Prose { text: "**Your task:** do it.".into(), ..Prose::default() },
            hints: vec![Prose { title: "Hint".into(), text: "So.".into(), line: 1 }],
            start: "FROM start\n".into(),
            solution: "FROM solved\n".into(),
            ..Lesson::default()
        };
        let lessons = [lesson];
        let handout = handout(&lessons).unwrap();
        assert!(handout.contains("1. A &amp; B <small>5 minutes</small>"));
        assert!(handout.contains("FROM start") && !handout.contains("FROM solved"));
        assert!(handout.contains("dockerfile-playground.html#1:"));
        let solutions = solutions(&lessons);
        assert!(solutions.contains("FROM solved") && solutions.contains("<h3>Hint</h3>"));
    }

    #[test]
    fn every_lesson_there_is_can_be_read() {
        let folder = workspace::root().unwrap().join("lessons");
        for entry in folder.read_dir().unwrap().flatten() {
            let text = fs::read_to_string(entry.path()).unwrap();
            let lesson = read(&text).unwrap();
            assert!(lesson.task.text.contains("Your task"), "{}", lesson.title);
        }
        assert!(format!("{:#}", read("title").unwrap_err()).starts_with("line 1: "));
    }
}
