//! The skeletons of a new rule: its source and its page.

use std::fs;

use anyhow::{Result, bail};

use crate::{rules, workspace};

const SOURCE: &str = r#"//! What is wrong, in one sentence.

use crate::diagnostic::Level;
use crate::rules::{Area, Check, Context, Rule, Site};
use crate::syntax::Keyword;

pub const RULE: Rule = Rule {
    name: "{name}",
    aliases: &[],
    area: Area::{Area},
    level: Level::Warning,
    recommended: true,
    since: "{version}",
    check: Check::Instruction(&[Keyword::Run], check),
};

fn check(site: &Site<'_, '_>, cx: &mut Context<'_, '_>) {
    // Filter the facts of `site` and `cx`; then: cx.report(span, "what is wrong");
    let _ = (site, cx);
}
"#;

const PAGE: &str = r#"# {name}

## Why

What goes wrong, when, and what it costs.

## Example

```dockerfile
FROM alpine:3.22
RUN true
```
```findings
2:1-2:9 warning {name}: what is wrong
```

## Instead

```dockerfile ok
FROM alpine:3.22
```

## When it is fine

Where this does no harm, and how to say so.

## See also

- [The reference of the Dockerfile](https://docs.docker.com/reference/dockerfile/)
"#;

/// Writes `<area>/<name>.rs` and `<area>/<name>.md`; never over a file that exists.
pub fn run(area: &str, name: &str) -> Result<()> {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if !name.split('-').all(is_word) {
        bail!("`{name}` is no name for a rule; write small letters and hyphens: untagged-base");
    }
    let root = workspace::root()?;
    let folder = root.join(rules::FOLDER).join(area);
    if !area.split('_').all(is_word) {
        bail!("`{area}` is no area; see the enum Area in {}/mod.rs", rules::FOLDER);
    }
    let stem = folder.join(name.replace('-', "_"));
    for (ending, skeleton) in [("rs", SOURCE), ("md", PAGE)] {
        let path = stem.with_extension(ending);
        if path.exists() {
            bail!("{} exists", path.display());
        }
        fs::create_dir_all(&folder)?;
        fs::write(&path, fill(skeleton, area, name))?;
        println!("{}", path.strip_prefix(&root).unwrap_or(&path).display());
    }
    println!("Next: write the check and the page, then `cargo test -p tests rules`.");
    Ok(())
}

fn fill(skeleton: &str, area: &str, name: &str) -> String {
    skeleton
        .replace("{name}", name)
        .replace("{Area}", &camel_case(area))
        .replace("{version}", env!("CARGO_PKG_VERSION"))
}

fn camel_case(words: &str) -> String {
    let upper = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    words.split('_').map(upper).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_the_skeletons() {
        let source = fill(SOURCE, "copy_add", "a-rule");
        assert!(source.contains("name: \"a-rule\"") && source.contains("Area::CopyAdd"));
        assert!(!fill(PAGE, "copy_add", "a-rule").contains("{name}"));
    }

    #[test]
    fn refuses_names_that_are_no_file_names() {
        for name in ["", "A", "a_b", "../x", "a--b"] {
            assert!(run("from", name).is_err(), "{name}");
        }
        assert!(run("../x", "a").is_err());
    }
}
