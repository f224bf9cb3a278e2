//! What a Dockerfile says, one fact to a line, so that `data/recipe.toml` can name what gives a value
//! away.
//!
//! A line starts with the part of the stage: `final` for the last one, `dev`, `debug` and `migrate` for
//! stages of these names, `other` for those on a base without a tool chain, and `build` for the rest.
//! Behind it stand
//!
//! - `base IMAGE` as written and as the catalogue has it, `language NAME`, `version X`, `major X`,
//!   `flavour NAME`, `digest X`, `patch`, `platform X`;
//! - `run WORDS` for each command, `package NAME`, `mount KIND`;
//! - `go program NAME=PATH`, `go flag NAME=VALUE`, `go tag NAME`, `go variable NAME`, `go cgo`, `go static`,
//!   `go stripped`;
//! - `COPY context SOURCE DESTINATION`, `COPY from SOURCE DESTINATION`, `COPY inline DESTINATION`;
//! - `ENV NAME=VALUE`, `LABEL NAME=VALUE`, `EXPOSE PORT`, `USER X`, `CMD WORDS`, `ENTRYPOINT WORDS`,
//!   `HEALTHCHECK WORDS`.

use crate::catalog::{Family, Platform, Toolchain};
use crate::image::{self, Cgo, GoBuild};
use crate::model::{Base, ImageReference, Model, Stage, Step};
use crate::syntax::instruction::{Copy, Healthcheck};
use crate::syntax::{self, Body, CommandLine, base_name};

/// The facts of a text.
pub(super) fn evidence(text: &str) -> Vec<String> {
    let tree = syntax::parse(text);
    let model = Model::new(text, &tree, Platform::Amd64.name());
    let images = image::simulate(&model);
    let mut facts = Facts { part: "", lines: Vec::new() };
    if model.fragment {
        return facts.lines;
    }
    for stage in &model.stages {
        facts.part = match stage.name.as_deref() {
            _ if stage.index + 1 == model.stages.len() => "final",
            Some("dev") => "dev",
            Some("debug") => "debug",
            Some("migrate") => "migrate",
            // A stage on a base without a compiler is another target.
            _ if stage.found.is_some_and(|found| found.image.toolchain.is_none()) => "other",
            _ => "build",
        };
        facts.stage(stage);
        for build in images.get(stage.index).into_iter().flat_map(|image| &image.go_builds) {
            facts.go_build(build);
        }
    }
    facts.lines
}

struct Facts {
    part: &'static str,
    lines: Vec<String>,
}

impl Facts {
    fn add(&mut self, what: &str, value: &str) {
        self.lines.push(format!("{}: {what} {value}", self.part));
    }

    fn stage(&mut self, stage: &Stage<'_>) {
        match &stage.base {
            Base::Image(image) => self.image(image, stage),
            Base::Scratch => self.add("base", "scratch"),
            _ => {}
        }
        if let Some(platform) = stage.from.instruction.statement.flag_value("platform") {
            self.add("platform", &platform.text);
        }
        stage.steps.iter().for_each(|step| self.step(step));
    }

    fn image(&mut self, image: &ImageReference, stage: &Stage<'_>) {
        let tag = image.tag.as_deref().unwrap_or("latest");
        self.add("base", &format!("{}:{tag}", image.familiar_name()));
        let number = |ch: char| ch.is_ascii_digit() || ch == '.';
        let version = tag.split(|ch| !number(ch)).next().unwrap_or_default();
        let mut numbers = version.split('.');
        let major = numbers.next().unwrap_or_default();
        self.add("major", major);
        self.add("version", &version.splitn(3, '.').take(2).collect::<Vec<_>>().join("."));
        if version.split('.').count() > 2 {
            self.add("patch", "yes");
        }
        if let Some(digest) = &image.digest {
            self.add("digest", digest);
        }
        let Some(found) = &stage.found else { return };
        self.add("base", found.image.reference);
        let flavour = match found.image.family {
            Family::Alpine => "alpine",
            _ => found.release,
        };
        self.add("flavour", flavour);
        let language = match found.image.toolchain {
            Some(Toolchain::Go) => "go",
            Some(Toolchain::Node) => "node",
            Some(Toolchain::Python) => "python",
            Some(Toolchain::Java) => "java",
            Some(Toolchain::Rust) => "rust",
            _ => return,
        };
        self.add("language", language);
    }

    fn step(&mut self, step: &Step<'_>) {
        for mount in step.mounts() {
            self.add("mount", mount.kind());
        }
        match step.body() {
            Body::Run(_) => self.commands(step),
            Body::Copy(copy) => self.copy(step, copy),
            Body::Env(pairs) | Body::Label(pairs) => {
                let keyword = step.keyword().name();
                for pair in pairs {
                    let value = step.text(&pair.value).unwrap_or(&pair.value.text);
                    let name = step.text(&pair.key).unwrap_or(&pair.key.text);
                    self.add(keyword, &format!("{name}={value}"));
                }
            }
            Body::Expose(ports) => ports.iter().for_each(|port| {
                self.add("EXPOSE", step.text(port).unwrap_or(&port.text));
            }),
            Body::User(user) => self.add("USER", step.text(user).unwrap_or(&user.text)),
            Body::Cmd(line) => self.line("CMD", line),
            Body::Entrypoint(line) => self.line("ENTRYPOINT", line),
            Body::Healthcheck(Healthcheck::Command(line)) => self.line("HEALTHCHECK", line),
            _ => {}
        }
    }

    fn line(&mut self, what: &str, line: &CommandLine) {
        let words = match line {
            CommandLine::Exec(words, _) => {
                words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
            }
            CommandLine::Shell(word) => word.text.to_string(),
            CommandLine::Empty => return,
        };
        self.add(what, &words);
    }

    fn commands(&mut self, step: &Step<'_>) {
        for command in &step.script.commands {
            let words = command.assignments.iter().chain(&command.words);
            let words: Vec<&str> = words.map(|word| word.text.as_str()).collect();
            self.add("run", &words.join(" "));
            let installs = match command.program() {
                "apk" => "add",
                "apt-get" | "apt" => "install",
                _ => continue,
            };
            let arguments = command.arguments().iter().map(|word| word.text.as_str());
            let mut operands = arguments.filter(|word| !word.starts_with('-'));
            if operands.next() == Some(installs) {
                operands.for_each(|package| self.add("package", package));
            }
        }
    }

    fn copy(&mut self, step: &Step<'_>, copy: &Copy) {
        let from = step.instruction.statement.flag("from").is_some();
        let destination = &copy.destination.text;
        if !copy.heredocs.is_empty() {
            self.add("COPY inline", destination);
        }
        let what = if from { "COPY from" } else { "COPY context" };
        for source in &copy.sources {
            self.add(what, &format!("{} {destination}", source.text));
        }
    }

    fn go_build(&mut self, build: &GoBuild) {
        let named = |name: &str| build.flag(name).map(|flag| flag.value.as_str());
        let package = build.packages.first().map_or(".", String::as_str);
        let output = named("o").filter(|output| !output.ends_with('/')).map(base_name);
        let name = output.unwrap_or_else(|| base_name(package));
        self.add("go program", &format!("{name}={package}"));
        for flag in &build.flags {
            self.add("go flag", &format!("{}={}", flag.name, flag.value));
        }
        build.tags.iter().for_each(|tag| self.add("go tag", tag));
        for variable in &build.linker.variables {
            self.add("go variable", &variable.name);
        }
        let facts = [
            ("go cgo", build.cgo == Cgo::On),
            ("go static", build.linker.is_static && build.linker.external),
            ("go stripped", build.linker.no_symbols || build.linker.no_debug),
        ];
        for (fact, _) in facts.into_iter().filter(|(_, is)| *is) {
            self.add(fact, "yes");
        }
    }
}
