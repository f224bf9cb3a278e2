//! The guide as static pages: readable without JavaScript, under any path, printable.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use engine::rules;
use serde_json::Value;

use crate::book::Book;
use crate::chapter::Chapter;
use crate::html::{escape, render};
use crate::tree;

/// No script at all; the style sheet lies beside the pages.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'";
/// What the style sheet of the pages is made of, from the root.
const STYLES: [&str; 2] = ["static/css/main.css", "static/css/book.css"];

/// One page.
struct Page<'p> {
    /// The way to the application, as in `../../`.
    home: &'p str,
    title: &'p str,
    summary: &'p str,
    /// The place in the application that shows the same, as in `#guide/scratch`.
    place: &'p str,
    /// Headings that the table of contents has, with their places.
    contents: Vec<(String, String)>,
    /// What stands under the title, as HTML.
    body: String,
    /// Links to the pages before and behind it.
    around: [Option<(String, String)>; 2],
}

/// All pages by their paths, and their style sheet.
pub fn files(book: &Book, root: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"))
    };
    files.insert("guide/book.css".to_owned(), STYLES.map(read).into_iter().collect::<Result<_>>()?);
    files.insert("guide/index.html".to_owned(), contents(book));
    files.insert("rules/index.html".to_owned(), list_of_rules());
    for (index, chapter) in book.chapters.iter().enumerate() {
        files.insert(format!("guide/{}/index.html", chapter.slug), of_chapter(book, index));
    }
    for page in &book.rules {
        let name = page.rule.name;
        files.insert(
            format!("rules/{name}/index.html"),
            of_rule(name, &book.with_chapters(name, &page.page.blocks)),
        );
    }
    Ok(files)
}

fn of_chapter(book: &Book, index: usize) -> String {
    let chapter = &book.chapters[index];
    let blocks = book.rendered(index);
    let link = |chapter: &Chapter| (format!("../{}/", chapter.slug), chapter.head.title.clone());
    let before = index.checked_sub(1).and_then(|before| book.chapters.get(before));
    page(&Page {
        home: "../../",
        title: &chapter.head.title,
        summary: &chapter.head.summary,
        place: &format!("#guide/{}", chapter.slug),
        contents: headings(blocks),
        body: render(blocks, "../../"),
        around: [before.map(link), book.next(index).map(link)],
    })
}

fn of_rule(name: &str, blocks: &[Value]) -> String {
    page(&Page {
        home: "../../",
        title: name,
        summary: &first_sentence(blocks),
        place: &format!("#rule/{name}"),
        contents: Vec::new(),
        body: render(blocks, "../../"),
        around: [None, None],
    })
}

fn contents(book: &Book) -> String {
    let row = |chapter: &Chapter| {
        let head = &chapter.head;
        format!(
            "<li><a href=\"{}/\">{}</a> <span class=\"hint\">{} min</span><p>{}</p></li>\n",
            chapter.slug,
            escape(&head.title),
            head.minutes,
            escape(&head.summary)
        )
    };
    let rows: String = book.chapters.iter().map(row).collect();
    let minutes: u32 = book.chapters.iter().map(|chapter| chapter.head.minutes).sum();
    page(&Page {
        home: "../",
        title: "The guide to small and sound images",
        summary: "Short chapters on building images of Go services, each example tested, each figure with its source.",
        place: "#guide",
        contents: Vec::new(),
        body: format!(
            "<p>{} chapters, {minutes} minutes in all.</p><ol class=\"chapters\">{rows}</ol>",
            book.chapters.len()
        ),
        around: [None, None],
    })
}

fn list_of_rules() -> String {
    let mut body = String::new();
    let mut areas: Vec<&str> = Vec::new();
    for rule in rules::all() {
        if !areas.contains(&rule.area.name()) {
            areas.push(rule.area.name());
        }
    }
    for area in areas {
        body.push_str(&format!("<h2>{area}</h2>\n<ul>"));
        for rule in rules::all().iter().filter(|rule| rule.area.name() == area) {
            let codes: Vec<_> = rule
                .aliases
                .iter()
                .filter_map(|alias| alias.split_once(':'))
                .map(|(_, code)| escape(code))
                .collect();
            body.push_str(&format!(
                "<li><a href=\"{0}/\">{0}</a> <span class=\"hint\">{1}</span></li>\n",
                rule.name,
                codes.join(", ")
            ));
        }
        body.push_str("</ul>\n");
    }
    page(&Page {
        home: "../",
        title: "All rules",
        summary: "Every rule of the Dockerfile Playground, with the codes that other linters have for it.",
        place: "#guide",
        contents: Vec::new(),
        body,
        around: [None, None],
    })
}

fn headings(blocks: &[Value]) -> Vec<(String, String)> {
    let heading = |node: &Value| {
        let id = node[1]["id"].as_str().filter(|_| node[0] == "h2")?;
        Some((id.to_owned(), tree::plain_text(node.as_array()?.get(2..)?)))
    };
    blocks.iter().filter_map(heading).collect()
}

/// For the description of a page: what its first paragraph begins with.
fn first_sentence(blocks: &[Value]) -> String {
    let paragraph = blocks.iter().find(|node| node[0] == "p").and_then(Value::as_array);
    let text = paragraph.and_then(|parts| parts.get(2..)).map(tree::plain_text).unwrap_or_default();
    match text.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => text,
    }
}

fn page(page: &Page) -> String {
    let Page { home, place, body, .. } = page;
    let (title, summary) = (escape(page.title), escape(page.summary));
    let contents: String = page
        .contents
        .iter()
        .map(|(id, text)| format!("<li><a href=\"#{id}\">{}</a></li>\n", escape(text)))
        .collect();
    let contents = match contents.is_empty() {
        true => contents,
        false => {
            format!("<nav class=\"toc\" aria-label=\"On this page\"><ol>{contents}</ol></nav>\n")
        }
    };
    let words = [("prev", "Before"), ("next", "Next")];
    let mut around = String::new();
    for (link, (rel, word)) in page.around.iter().zip(words) {
        if let Some((href, title)) = link {
            around.push_str(&format!(
                "<a rel=\"{rel}\" href=\"{href}\"><span class=\"hint\">{word}</span> {}</a>\n",
                escape(title)
            ));
        }
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} · Dockerfile Playground</title>\n\
         <meta name=\"description\" content=\"{summary}\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <!-- canonical -->\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"{home}guide/book.css\">\n\
         </head>\n<body class=\"book\">\n\
         <a class=\"skip\" href=\"#text\">Skip to the text</a>\n\
         <header class=\"top\"><div class=\"top-row\"><p class=\"brand\"><a href=\"{home}\">Dockerfile <span>Playground</span></a></p>\
         <nav aria-label=\"Site\"><a href=\"{home}guide/\">Guide</a> <a href=\"{home}rules/\">Rules</a></nav></div></header>\n\
         <main id=\"text\">\n<div class=\"prose head\"><h1 class=\"page-title\">{title}</h1>\n\
         <p class=\"lead\">{summary}</p></div>\n{contents}<article class=\"prose\">\n{body}\
         <p class=\"screen\"><a href=\"{home}{place}\">Open this page in the playground</a></p>\n</article>\n\
         <nav class=\"around\" aria-label=\"Chapters\">{around}</nav>\n</main>\n</body>\n</html>\n"
    )
}
