//! What the commands of a RUN compile: programs, and the caches that this fills.

use super::binary::{Binary, Build, Surroundings};
use super::cargo_build::CargoBuild;
use super::chain;
use super::files::{File, Origin};
use super::go_build::{self, GoBuild};
use super::go_outputs::Others;
use super::layer::{Addition, What};
use super::run::{Run, is_cached};
use super::simulate::Walk;
use crate::model::{Base, Step};
use crate::shell::{Command, Joint};
use crate::syntax::Mount;
use std::rc::Rc;

impl Walk<'_, '_> {
    /// Notes what a build makes, and whether there is no more to it.
    pub(super) fn compile(
        &mut self,
        command: &Command,
        step: &Step<'_>,
        mounts: &[Mount<'_>],
        run: &mut Run,
    ) -> bool {
        let environment = |name: &str| {
            let exported = run.exports.iter().rev().find(|(key, _)| *key == name);
            let known = || step.environment().find(|(key, _)| *key == name);
            let kept = || self.image.go_env.iter().rev().find(|(key, _)| key == name);
            exported
                .map(|(_, value)| (*value).to_owned())
                .or_else(|| known().map(|(_, value)| value.to_owned()))
                .or_else(|| kept().map(|(_, value)| value.clone()))
        };
        let around = Surroundings {
            environment: &environment,
            value: &|name| step.expansion.used_value(name),
            c_compiler: self.image.c_compiler,
            is_unset: &|name| {
                step.expansion
                    .hidden
                    .iter()
                    .any(|hidden| hidden.name == name && !hidden.has_fallback)
            },
            machine: &self.image.machine,
            platform: self.written_platform(),
            minor: self.go_minor(),
            base: self.image.base,
        };
        if let Some(build) = GoBuild::of(command, &around) {
            self.go_build(Rc::new(build), mounts, run);
            return true;
        }
        if let Some(found) = CargoBuild::of(command, &around, run.directory.as_deref()) {
            self.cargo_build(found);
        }
        false
    }

    /// `go env -w NAME=value`, which later commands of the same user meet; `go env -u` takes it back.
    pub(super) fn set_go_env(&mut self, command: &Command) {
        let Some([flag, words @ ..]) = go_build::go_arguments(command, &["env"]) else { return };
        for word in words {
            let (name, value) = match (flag.text.as_str(), word.text.split_once('=')) {
                ("-w", Some((name, value))) => (name, value),
                ("-u", None) => (word.text.as_str(), ""),
                _ => continue,
            };
            let known = command.is_top_level() && command.joint != Joint::Or && word.literal;
            let value = if known { value.to_owned() } else { format!("${name}") };
            self.image.go_env.push((name.to_owned(), value));
        }
    }

    /// Whether an instruction before has filled Go's module cache, and its build cache.
    pub(super) fn has_caches(&self, run: &Run) -> (bool, bool) {
        let below = self.image.parent.into_iter().flat_map(|stage| chain(self.earlier, stage));
        let layers = below.chain([&self.image]).flat_map(|image| &image.layers);
        let mut has = (false, false);
        for addition in layers.flat_map(|layer| &layer.additions).chain(&run.additions) {
            if let What::GoCaches { modules, builds } = addition.what {
                has = (has.0 || modules, has.1 || builds);
            }
        }
        has
    }

    fn go_build(&mut self, build: Rc<GoBuild>, mounts: &[Mount<'_>], run: &mut Run) {
        let span = build.span;
        self.image.go_builds.push(Rc::clone(&build));
        // Of other systems than Linux nothing is known.
        let on_linux = build.is_for_linux();
        let (has_modules, has_builds) = self.has_caches(run);
        let caches = What::GoCaches {
            modules: !has_modules && !is_cached(mounts, "/go/pkg/mod"),
            builds: !has_builds && !is_cached(mounts, "/root/.cache/go-build"),
        };
        if !matches!(caches, What::GoCaches { modules: false, builds: false }) {
            run.additions.push(Addition { what: caches, span });
        }
        let image = &self.image;
        let is_directory =
            |path: &str| image.workdirs.contains(path) || image.files.below(path).next().is_some();
        let outputs = build.outputs(run.directory.as_deref(), &is_directory);
        let binary = Binary {
            linking: build.linking,
            stripped: build.linker.no_symbols || build.linker.no_debug,
            packed: false,
            libc: self.image.base.row().filter(|_| on_linux).map(|row| row.libc),
            libc_version: self.image.base.libc_version(),
            built_by: span,
            build: Build::Go(build),
        };
        let unnamed = (outputs.others != Others::None).then(|| "the program".to_owned());
        for shown in outputs.files.iter().cloned().chain(unnamed) {
            run.additions.push(Addition { what: What::Binary(binary.clone(), shown), span });
        }
        for path in outputs.files {
            let executable = Some(true);
            let file = File { origin: Origin::Built(binary.clone()), span, executable };
            self.image.files.insert(path, file);
        }
        match outputs.others {
            Others::None => {}
            Others::In(directory) => self.open_at(Some(&directory)),
            Others::Anywhere => self.open_at(None),
        }
    }

    /// The release of Go in the tag of the base.
    fn go_minor(&self) -> Option<u32> {
        let Base::Image(image) = &self.stage.base else { return None };
        let is_go = image.familiar_name() == "golang";
        go_build::minor(image.tag.as_deref().filter(|_| is_go)?)
    }

    /// The platform of FROM, where it is written out.
    fn written_platform(&self) -> Option<&str> {
        let written = self.stage.from.instruction.statement.flag_value("platform")?;
        self.stage.platform.as_deref().filter(|_| !written.text.contains('$'))
    }
}
