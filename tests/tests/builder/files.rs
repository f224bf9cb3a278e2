//! The files beside the Dockerfile.
//!
//! `BUILDER_OUT=FOLDER cargo test -p tests each_file_is_valid` writes them all, a folder for each recipe, so
//! that other programs can look at them: `tests/builder/README.md` says which.

use super::{array, told};
use crate::companions::{self, documents, keys};
use engine::builder::{Rendered, render};
use engine::model::ignore::IgnoreFile;
use engine::syntax::{self, Body};
use saphyr::Yaml;

fn yaml<'t>(rendered: &'t Rendered, name: &str) -> Option<Yaml<'t>> {
    let text = rendered.file(name);
    let mut documents = documents(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(documents.len() <= 1, "{text}");
    let document = documents.pop()?;
    companions::check(&document).unwrap_or_else(|error| panic!("{error}\n{text}"));
    Some(document)
}

fn names(node: &Yaml<'_>) -> Vec<String> {
    keys(node).expect("a mapping with names")
}

/// Services wait for others that are there, and are built from stages that are there.
fn compose(rendered: &Rendered, name: &str, others: &[String]) {
    let Some(file) = yaml(rendered, name) else { return };
    let text = rendered.file(name);
    let services = names(&file["services"]);
    let dockerfile = rendered.file("Dockerfile");
    for (_, service) in file["services"].as_mapping().expect("services") {
        let build = service.as_mapping_get("build");
        if let Some(target) = build.and_then(|build| build.as_mapping_get("target")) {
            let target = target.as_str().expect("a name");
            assert!(dockerfile.contains(&format!(" AS {target}\n")), "{target}\n{dockerfile}");
        }
        for other in service.as_mapping_get("depends_on").map(names).unwrap_or_default() {
            assert!(services.contains(&other) || others.contains(&other), "{other}\n{text}");
        }
    }
}

/// No pattern hides what COPY takes from the build context.
fn nothing_is_hidden(rendered: &Rendered) {
    let ignore = IgnoreFile::parse(rendered.file(".dockerignore"));
    assert!(ignore.errors.is_empty());
    let tree = syntax::parse(rendered.file("Dockerfile"));
    for instruction in tree.instructions() {
        let Body::Copy(copy) = &instruction.statement.body else { continue };
        if instruction.statement.flag("from").is_some() {
            continue;
        }
        for source in copy.sources.iter().filter(|source| !source.is_whole_context()) {
            let path = source.text.trim_start_matches("./");
            let inside = format!("{path}/file");
            for path in [path, &inside] {
                assert!(
                    ignore.excludes(path).is_none(),
                    "{path}\n{}",
                    rendered.file(".dockerignore")
                );
            }
        }
    }
    for path in ["main.go", "cmd/server/main.go", "internal/shop/shop.go", "go.mod", "src/main.rs"]
    {
        assert!(ignore.excludes(path).is_none(), "{path}");
    }
}

#[test]
fn each_file_is_valid() {
    let out = std::env::var_os("BUILDER_OUT").map(std::path::PathBuf::from);
    for (number, recipe) in array::recipes().iter().enumerate() {
        let rendered = render(recipe);
        if let Some(out) = &out {
            for file in &rendered.files {
                let path = out.join(number.to_string()).join(&file.name);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                std::fs::write(path, &file.text).expect("a file");
            }
        }
        for file in &rendered.files {
            let left = ["%if", "%end", "%let", "%use", "%each", "<?"];
            let left = left.iter().find(|left| file.text.contains(**left));
            assert_eq!(left, None, "{}: {}\n{}", file.name, told(recipe), file.text);
            assert!(file.text.ends_with('\n') && !file.text.contains("\n\n\n"), "{}", file.text);
            assert!(!file.text.lines().any(|line| line.ends_with(' ')), "{}", file.text);
        }
        compose(&rendered, "compose.yaml", &[]);
        compose(&rendered, "compose.debug.yaml", &["app".to_owned()]);
        yaml(&rendered, ".github/workflows/image.yml");
        nothing_is_hidden(&rendered);
        let air = rendered.file(".air.toml");
        let air = air.parse::<toml::Table>().unwrap_or_else(|error| panic!("{error}\n{air}"));
        assert_eq!(air.is_empty(), recipe.resolved().get("dev") == "no");
        assert!(!rendered.commands.is_empty());
        let texts = rendered.commands.iter().map(|command| &command.text).chain(&rendered.notes);
        for text in texts {
            assert!(!text.is_empty() && !text.contains('<'), "{text}");
        }
    }
}
