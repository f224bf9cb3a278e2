//! The files beside the Dockerfile.
//!
//! `BUILDER_OUT=FOLDER cargo test -p tests each_file_is_valid` writes them all, a folder for each recipe, so
//! that other programs can look at them: `tests/builder/README.md` says which.

use super::{array, told};
use engine::builder::{Rendered, render};
use engine::model::ignore::IgnoreFile;
use engine::syntax::{self, Body};
use saphyr::{LoadableYamlNode, Yaml};

fn yaml<'t>(rendered: &'t Rendered, name: &str) -> Option<Yaml<'t>> {
    let text = rendered.file(name);
    let mut documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(documents.len() <= 1, "{text}");
    documents.pop()
}

fn keys(node: &Yaml<'_>) -> Vec<String> {
    let all = node.as_mapping().expect("a mapping").keys();
    all.map(|key| key.as_str().expect("a text").to_owned()).collect()
}

/// Whether all keys are among those that the form of the file knows.
fn known(node: &Yaml<'_>, allowed: &str, text: &str) {
    for key in keys(node) {
        assert!(allowed.split(' ').any(|known| known == key), "{key}\n{text}");
    }
}

/// Services, what they wait for and the volumes that they name hang together.
fn compose(rendered: &Rendered, name: &str, others: &[String]) {
    let Some(file) = yaml(rendered, name) else { return };
    let text = rendered.file(name);
    known(&file, "services volumes secrets", text);
    let services = file["services"].as_mapping().expect("services");
    let volumes = file.as_mapping_get("volumes").map(keys).unwrap_or_default();
    let names = keys(&file["services"]);
    let dockerfile = rendered.file("Dockerfile");
    for (_, service) in services {
        known(
            service,
            "build image profiles ports environment depends_on read_only tmpfs cap_drop cap_add \
             security_opt restart volumes healthcheck pid network_mode stdin_open tty",
            text,
        );
        if let Some(target) =
            service.as_mapping_get("build").and_then(|b| b.as_mapping_get("target"))
        {
            let target = target.as_str().expect("a name");
            assert!(dockerfile.contains(&format!(" AS {target}\n")), "{target}\n{dockerfile}");
        } else {
            assert!(service.as_mapping_get("image").is_some(), "{text}");
        }
        if let Some(waits) = service.as_mapping_get("depends_on") {
            for (other, condition) in waits.as_mapping().expect("a mapping") {
                let other = other.as_str().expect("a name").to_owned();
                assert!(names.contains(&other) || others.contains(&other), "{other}\n{text}");
                let healthy = condition["condition"].as_str() == Some("service_healthy");
                let checked =
                    || file["services"][other.as_str()].as_mapping_get("healthcheck").is_some();
                assert!(!healthy || checked(), "{text}");
            }
        }
        let mounted = service.as_mapping_get("volumes").and_then(Yaml::as_sequence);
        for volume in mounted.into_iter().flatten() {
            let source = volume.as_str().expect("a text").split(':').next().expect("a source");
            let is_path = source.starts_with('.');
            assert!(is_path || volumes.iter().any(|volume| volume == source), "{source}\n{text}");
        }
    }
}

fn workflow(rendered: &Rendered) {
    let name = ".github/workflows/image.yml";
    let Some(file) = yaml(rendered, name) else { return };
    let text = rendered.file(name);
    known(&file, "name on permissions concurrency jobs", text);
    for (_, job) in file["jobs"].as_mapping().expect("jobs") {
        known(job, "runs-on timeout-minutes steps", text);
        for step in job["steps"].as_sequence().expect("steps") {
            known(step, "uses run with if id name env", text);
            assert!(step.as_mapping_get("uses").is_some() != step.as_mapping_get("run").is_some());
            if let Some(action) = step.as_mapping_get("uses") {
                let (_, version) =
                    action.as_str().and_then(|a| a.split_once('@')).expect("a version");
                assert!(version.contains(|ch: char| ch.is_ascii_digit()), "{version}");
            }
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
        workflow(&rendered);
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
