//! Trees as HTML, for the pages that are read without JavaScript.

use engine::syntax::highlight;
use miniz_oxide::deflate::compress_to_vec;
use serde_json::{Value, json};

/// Text as HTML shows it.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The nodes; `home` is the way from the page to the application, as in `../../`.
pub fn render(nodes: &[Value], home: &str) -> String {
    nodes.iter().map(|node| one(node, home)).collect()
}

fn one(node: &Value, home: &str) -> String {
    if let Some(text) = node.as_str() {
        return escape(text);
    }
    let Some([tag, attributes, children @ ..]) = node.as_array().map(Vec::as_slice) else {
        return String::new();
    };
    let attribute = |name: &str| escape(attributes[name].as_str().unwrap_or_default());
    let inside = || render(children, home);
    match tag.as_str().unwrap_or_default() {
        "pre" => {
            let text: String = children.iter().filter_map(Value::as_str).collect();
            block(attributes["lang"].as_str().unwrap_or_default(), &text, home)
        }
        "a" => format!("<a href=\"{}\">{}</a>", address(&attribute("href"), home), inside()),
        "h2" => format!("<h2 id=\"{}\">{}</h2>\n", attribute("id"), inside()),
        "span" => {
            format!("<span class=\"fig\" title=\"{}\">{}</span>", attribute("title"), inside())
        }
        tag @ ("pair" | "half") => format!("<div class=\"{tag}\">{}</div>\n", inside()),
        "table" => format!(
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>{}</table></div>\n",
            inside()
        ),
        tag @ ("p" | "h3" | "ul" | "ol" | "li" | "blockquote" | "tr") => {
            format!("<{tag}>{}</{tag}>\n", inside())
        }
        tag => format!("<{tag}>{}</{tag}>", inside()),
    }
}

/// A place in the guide panel as the address of its page.
fn address(href: &str, home: &str) -> String {
    let page = |folder: &str| Some(format!("{home}{folder}/{}/", href.split_once('/')?.1));
    let place = match href {
        _ if href.starts_with("#rule/") => page("rules"),
        _ if href.starts_with("#guide/") => page("guide"),
        _ => None,
    };
    place.unwrap_or_else(|| href.to_owned())
}

fn block(lang: &str, text: &str, home: &str) -> String {
    let mut words = lang.split(' ');
    let kind = words.next().unwrap_or_default();
    let role = words.next().unwrap_or_default();
    let open = |label: &str| {
        format!("<a class=\"button small\" href=\"{home}#{}\">{label}</a>", share(text))
    };
    match kind {
        "findings" => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let items: String = lines.map(|line| format!("<li>{}</li>\n", finding(line))).collect();
            if items.is_empty() { items } else { format!("<ul class=\"findings\">{items}</ul>\n") }
        }
        // The form is in the application only.
        "recipe" => String::new(),
        "verdict" => format!("<p class=\"hint\">{}</p>\n", escape(text)),
        "open" => format!("<p>{}</p>", open("Open in the playground")),
        "dockerfile" | "fixed" => {
            let marked = lang.rsplit(' ').next().unwrap_or_default();
            let marked: Vec<usize> =
                marked.split(',').filter_map(|line| line.parse().ok()).collect();
            let (label, class) = match (kind, role) {
                ("fixed", _) => ("after the fix", "safe"),
                (_, "before") => ("before", "unsafe"),
                (_, "after") => ("after", "safe"),
                (_, "ok") => ("fine", "safe"),
                _ => ("", ""),
            };
            let before = if role == "before" { " is-before" } else { "" };
            let tag = match label.is_empty() {
                true => String::new(),
                false => format!("<span class=\"tag {class}\">{label}</span>"),
            };
            format!(
                "<figure class=\"example-code{before}\"><figcaption>{tag}{}</figcaption>{}</figure>\n",
                open("Open in the playground"),
                listing(&lines(text, &marked))
            )
        }
        "fragment" => listing(&colored(text)),
        _ => listing(&escape(text)),
    }
}

/// It may be wider than the page, so the keyboard has to reach it.
fn listing(code: &str) -> String {
    format!("<pre tabindex=\"0\" role=\"group\" aria-label=\"Example\"><code>{code}</code></pre>\n")
}

fn lines(text: &str, marked: &[usize]) -> String {
    let line = |(index, line): (usize, &str)| match marked.contains(&(index + 1)) {
        true => format!("<span class=\"line marked\">{line}\n</span>"),
        false => format!("<span class=\"line\">{line}\n</span>"),
    };
    colored(text).split('\n').enumerate().map(line).collect()
}

/// A Dockerfile in the colours of the editor. No piece spans a line, so that lines can be marked.
fn colored(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for token in highlight(text) {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        out.push_str(&escape(&text[at..start]));
        let pieces = text[start..end].split('\n').map(|piece| {
            format!("<span class=\"{}\">{}</span>", token.kind.class(), escape(piece))
        });
        out.push_str(&pieces.collect::<Vec<_>>().join("\n"));
        at = end;
    }
    out + &escape(&text[at..])
}

/// `1:6-1:12 warning untagged-base: message`, with the code in it marked.
fn finding(line: &str) -> String {
    let parts = line.split_once(' ').and_then(|(place, rest)| {
        let (level, rest) = rest.split_once(' ')?;
        let (_, message) = rest.split_once(": ")?;
        Some((place.split(':').next()?, level, message))
    });
    let Some((place, level, message)) = parts else { return escape(line) };
    let code = |(number, piece): (usize, &str)| match number % 2 {
        1 => format!("<code>{}</code>", escape(piece)),
        _ => escape(piece),
    };
    let message: String = message.split('`').enumerate().map(code).collect();
    format!(
        "<span class=\"level {level}\">{level}</span> <span>{message}</span> <span class=\"place\">line {place}</span>"
    )
}

/// The fragment that opens this Dockerfile; `web::link` reads it.
pub fn share(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut json = json!({ "d": format!("{text}\n") }).to_string();
    loop {
        let mut encoded = String::new();
        for chunk in compress_to_vec(json.as_bytes(), 10).chunks(3) {
            let bytes = [0, 1, 2].map(|at| u32::from(chunk.get(at).copied().unwrap_or_default()));
            let group = bytes[0] << 16 | bytes[1] << 8 | bytes[2];
            for place in 0..=chunk.len() {
                encoded.push(char::from(ALPHABET[(group >> (18 - 6 * place) & 63) as usize]));
            }
        }
        // Many programs leave these out of what they make clickable.
        if !encoded.ends_with(['-', '_']) {
            return format!("1:{encoded}");
        }
        json.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let nodes = [json!(["p", {}, "a <b> & ", ["code", {}, "\"c\""]])];
        assert_eq!(render(&nodes, ""), "<p>a &lt;b&gt; &amp; <code>&quot;c&quot;</code></p>\n");
    }

    #[test]
    fn places_in_the_panel_become_pages() {
        let link = |href: &str| render(&[json!(["a", { "href": href }, "x"])], "../../");
        assert_eq!(link("#rule/no-user"), "<a href=\"../../rules/no-user/\">x</a>");
        assert_eq!(link("#guide/scratch"), "<a href=\"../../guide/scratch/\">x</a>");
        assert_eq!(link("https://example.org/"), "<a href=\"https://example.org/\">x</a>");
    }

    #[test]
    fn lines_that_differ_are_marked() {
        let html = lines("FROM a:1\nUSER b", &[2]);
        assert!(
            html.contains(
                "<span class=\"line marked\"><span class=\"t-keyword\">USER</span> b\n</span>"
            ),
            "{html}"
        );
    }

    #[test]
    fn a_link_holds_the_text() {
        let link = share("FROM a:1");
        assert!(link.starts_with("1:") && link.ends_with(|c: char| c.is_ascii_alphanumeric()));
    }
}
