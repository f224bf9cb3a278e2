//! The examples, one file each under `static/examples`, with front matter that is not shown; some
//! have a `.dockerignore` under `static/ignores`.

/// The one that a first visitor sees: it shows what the page is for. `index.html` has its text.
pub const DEFAULT: usize = 2;

/// What a `.dockerignore` may begin with: it leaves out nothing that a build might copy.
pub const DEFAULT_IGNORE: &str = include_str!("../../../static/ignores/default.dockerignore");

const GO_IGNORE: &str = include_str!("../../../static/ignores/go-service.dockerignore");
const NODE_IGNORE: &str = include_str!("../../../static/ignores/node-service.dockerignore");

const FILES: [(&str, Option<&str>); 6] = [
    (include_str!("../../../static/examples/go-service.Dockerfile"), Some(GO_IGNORE)),
    (include_str!("../../../static/examples/go-single-stage.Dockerfile"), None),
    (include_str!("../../../static/examples/go-alpine-mistakes.Dockerfile"), None),
    (include_str!("../../../static/examples/go-cgo-sqlite.Dockerfile"), None),
    (include_str!("../../../static/examples/node-service.Dockerfile"), Some(NODE_IGNORE)),
    (include_str!("../../../static/examples/python-service.Dockerfile"), None),
];
const FENCE: &str = "# ---\n";

/// A Dockerfile to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Example {
    /// What it is.
    pub title: &'static str,
    /// What it teaches, in one sentence.
    pub lesson: &'static str,
    /// Rules that find something in it, by name; `none` for none.
    pub findings: &'static str,
    /// The Dockerfile itself.
    pub text: &'static str,
    /// Its `.dockerignore`.
    pub ignore: Option<&'static str>,
}

/// All examples in the order of the menu.
pub fn all() -> impl Iterator<Item = Example> {
    FILES.into_iter().map(read)
}

fn read((file, ignore): (&'static str, Option<&'static str>)) -> Example {
    let Some((head, text)) = file.strip_prefix(FENCE).and_then(|rest| rest.split_once(FENCE))
    else {
        return Example { text: file, ignore, ..Example::default() };
    };
    let mut example = Example { text, ignore, ..Example::default() };
    for line in head.lines() {
        match line.trim_start_matches("# ").split_once(": ") {
            Some(("title", value)) => example.title = value,
            Some(("lesson", value)) => example.lesson = value,
            Some(("findings", value)) => example.findings = value,
            _ => {}
        }
    }
    example
}

#[cfg(test)]
mod tests {
    use engine::{Project, Settings};

    use super::*;
    use crate::analysis::Analysis;

    #[test]
    fn each_example_has_its_front_matter() {
        for example in all() {
            assert!(!example.title.is_empty() && !example.lesson.is_empty(), "{example:?}");
            assert!(!example.findings.is_empty() && !example.text.contains("# ---"), "{example:?}");
        }
    }

    #[test]
    fn each_example_has_the_findings_that_it_says() {
        for example in all() {
            let (project, settings) = (Project::default(), Settings::default());
            let ignore = example.ignore.map(Into::into);
            let analysis = Analysis::of(example.text.into(), ignore.as_ref(), &project, &settings);
            let mut found: Vec<_> = analysis.findings.iter().map(|f| f.diagnostic.rule).collect();
            found.sort_unstable();
            found.dedup();
            let mut said: Vec<_> =
                example.findings.split(' ').filter(|rule| *rule != "none").collect();
            said.sort_unstable();
            assert_eq!(found, said, "{}", example.title);
        }
    }

    #[test]
    fn the_first_ignore_file_leaves_every_example_as_it_is() {
        let (project, settings) = (Project::default(), Settings::default());
        for example in all() {
            let of = |ignore: Option<&std::rc::Rc<str>>| {
                Analysis::of(example.text.into(), ignore, &project, &settings).findings.clone()
            };
            assert_eq!(of(Some(&DEFAULT_IGNORE.into())), of(None), "{}", example.title);
        }
    }

    #[test]
    fn the_static_page_starts_with_the_default_example() {
        let page = include_str!("../../../index.html");
        let (_, rest) = page.split_once("<textarea id=\"source\"").unwrap();
        let (_, rest) = rest.split_once(">\n").unwrap();
        let (text, _) = rest.split_once("</textarea>").unwrap();
        let text = text.replace("&amp;", "&").replace("&lt;", "<");
        assert_eq!(text, all().nth(DEFAULT).unwrap().text);
    }
}
