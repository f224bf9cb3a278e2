//! The preload of the wasm.

use crate::html;

/// `html` without the `integrity` that Trunk puts on `<link rel="preload" as="fetch">`.
///
/// Chromium ignores it there and says so on the console of every visitor (crbug 981419), and the
/// loader's own request has none, so a strict browser could not match the two. Scripts and styles
/// keep theirs.
pub fn without_ignored_integrity(html: &str) -> String {
    let mut finished = String::with_capacity(html.len());
    let mut copied = 0;
    for tag in html::tags(html) {
        let is_preload = tag.name == "link" && tag.get("rel") == Some("preload");
        if is_preload && tag.get("as") == Some("fetch") && tag.get("integrity").is_some() {
            finished.push_str(&html[copied..tag.range.start]);
            finished.push_str("<link");
            for (key, value) in tag.attributes.iter().filter(|(key, _)| key != "integrity") {
                finished.push_str(&format!(" {key}=\"{value}\""));
            }
            finished.push('>');
            copied = tag.range.end;
        }
    }
    finished.push_str(&html[copied..]);
    finished
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touches_only_preloads_by_fetch() {
        let script = "<link rel=\"modulepreload\" href=\"a.js\" integrity=\"sha384-x\">";
        let wasm = "<link rel=\"preload\" href=\"a.wasm\" integrity=\"sha384-x\" as=\"fetch\">";
        let page = format!("<p>{script}{wasm}</p>");
        let expected =
            format!("<p>{script}<link rel=\"preload\" href=\"a.wasm\" as=\"fetch\"></p>");
        assert_eq!(without_ignored_integrity(&page), expected);
    }
}
