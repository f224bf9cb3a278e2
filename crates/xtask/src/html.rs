//! A reader of the few things that are needed of an HTML file which this project itself wrote.

use std::ops::Range;

/// A start tag.
#[derive(Debug)]
pub struct Tag<'a> {
    /// The name in lower case.
    pub name: String,
    /// From `<` to behind `>`.
    pub range: Range<usize>,
    /// Names in lower case, values as they are written.
    pub attributes: Vec<(String, &'a str)>,
    /// The raw text up to the end tag, for `script` and `style` only.
    pub text: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of the attribute `name`; empty when it has none.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
    }
}

/// All start tags of `html` outside of comments.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = start_tag(html, start);
            at = tag.range.end + tag.text.len();
            tags.push(tag);
        } else {
            at = start + 1;
        }
    }
    tags
}

fn start_tag(html: &str, start: usize) -> Tag<'_> {
    let is_name = |c: char| !c.is_whitespace() && !matches!(c, '>' | '/' | '=');
    let take = |from: usize, part: &dyn Fn(char) -> bool| {
        html[from..].find(|c| !part(c)).map_or(html.len(), |length| from + length)
    };
    let mut at = take(start + 1, &is_name);
    let name = html[start + 1..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        at = take(at, &|c| c.is_whitespace() || matches!(c, '/' | '='));
        if at == html.len() || html[at..].starts_with('>') {
            break;
        }
        let end = take(at, &is_name);
        let key = html[at..end].to_ascii_lowercase();
        at = take(end, &char::is_whitespace);
        let mut value = "";
        if html[at..].starts_with('=') {
            at = take(at + 1, &char::is_whitespace);
            let quote = html[at..].chars().next().filter(|c| matches!(c, '"' | '\''));
            let from = at + quote.map_or(0, char::len_utf8);
            let end = match quote {
                Some(quote) => take(from, &|c| c != quote),
                None => take(from, &|c| !c.is_whitespace() && c != '>'),
            };
            value = &html[from..end];
            at = (end + quote.map_or(0, char::len_utf8)).min(html.len());
        }
        attributes.push((key, value));
    }
    let end = (at + 1).min(html.len());
    let is_raw = matches!(name.as_str(), "script" | "style");
    let close = is_raw.then(|| html[end..].find(&format!("</{name}"))).flatten().unwrap_or(0);
    Tag { name, range: start..end, attributes, text: &html[end..end + close] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_attributes_and_raw_text() {
        let html = "<!doctype html><!-- <a> --><LINK rel=preload href='a b.js' crossorigin>\
                    <script type=\"module\">if (a<b) {}</script><br/><p class = x>1 < 2</p>";
        let tags = tags(html);
        let names: Vec<_> = tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["link", "script", "br", "p"]);
        assert_eq!(tags[0].get("href"), Some("a b.js"));
        assert_eq!(tags[0].get("crossorigin"), Some(""));
        assert_eq!(tags[0].get("src"), None);
        assert_eq!(tags[1].text, "if (a<b) {}");
        assert_eq!(tags[3].get("class"), Some("x"));
        assert_eq!(&html[tags[2].range.clone()], "<br/>");
    }

    #[test]
    fn survives_a_file_that_ends_too_soon() {
        for html in ["<", "<a", "<a b", "<a b=", "<a b='", "<!--", "<script>x", "<a b='c"] {
            tags(html);
        }
    }
}
