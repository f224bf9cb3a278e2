//! `cargo build` and `cargo install`: what they link, and where they put it.
//!
//! Measured with Rust 1.95 on glibc 2.36: a program asks for `libc.so.6` and `libgcc_s.so.1`, also with
//! `panic=abort`, and for `GLIBC_2.34`; with `+crt-static` it asks for nothing. The targets for musl link
//! statically unless `-crt-static` says otherwise. The name of a program stands in `Cargo.toml`, so
//! any name in the folder counts.

use super::binary::{Binary, Build, Linking, Machine, Surroundings, assigned};
use super::files::{File, Origin, absolute, base_name};
use super::layer::{Addition, What};
use super::simulate::Walk;
use super::{BaseFacts, Image, chain};
use crate::catalog::{Family, Libc, Toolchain};
use crate::shell::{Command, ShellWord};
use crate::source::Span;
use crate::text::Text;
use std::rc::Rc;

/// One command of cargo that links programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CargoBuild {
    /// The whole command.
    pub span: Span,
    /// The target triple, where one is asked for; what is left of `$` is unknown.
    pub target: Option<String>,
    /// How programs are linked.
    pub linking: Linking,
    /// Against which libc; `None` where that is unknown.
    pub libc: Option<Libc>,
    /// For which machine they are.
    pub machine: Machine,
    /// A package with a C library that was installed for the build: `libssl-dev`.
    pub library: Option<String>,
}

/// What packages bring for crates that link C libraries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Libraries {
    /// The first package with headers: `libssl-dev`.
    headers: Option<String>,
    /// What finds libraries: `pkg-config`.
    finder: Option<String>,
    /// Whether one has archives to link statically: `openssl-libs-static`.
    archives: bool,
}

impl Libraries {
    /// Notes a package that is installed.
    pub(super) fn note(&mut self, package: &str) {
        const OF_COMPILERS: [&str; 4] = ["libc-dev", "libc6-dev", "linux-libc-dev", "musl-dev"];
        match package {
            "pkg-config" | "pkgconf" => self.finder = Some(package.to_owned()),
            _ if package.ends_with("-static") => self.archives = true,
            _ if package.ends_with("-dev") && !OF_COMPILERS.contains(&package) => {
                self.headers.get_or_insert_with(|| package.to_owned());
            }
            _ => {}
        }
    }
}

/// What is known of the command before its stage is looked at.
pub(super) struct Found {
    build: CargoBuild,
    /// The version of glibc, where it is that of the stage.
    libc_version: &'static str,
    /// Where programs are put.
    folders: Vec<String>,
}

/// Most folders above the working directory that may be that of the workspace.
const MOST_ABOVE: usize = 8;

impl CargoBuild {
    /// Reads `cargo build` and its like, called in `directory`.
    pub(super) fn of(
        command: &Command,
        around: &Surroundings<'_>,
        directory: Option<&str>,
    ) -> Option<Found> {
        if command.unwrapped_program() != "cargo" {
            return None;
        }
        let words = command.unwrapped().get(1..)?;
        let mut verbs = words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.text.starts_with(['-', '+']) && word.text != "auditable");
        let (at, verb) = verbs.next()?;
        let zig = verb.text == "zigbuild";
        let installs = verb.text == "install";
        if !zig && !installs && !matches!(verb.text.as_str(), "build" | "b" | "rustc") {
            return None;
        }
        let arguments = Arguments { words: words.get(at + 1..)?, around };
        let assigned = assigned(command);
        let setting = |name: &str| around.setting(&assigned, name);
        let target = arguments.value("--target").or_else(|| setting("CARGO_BUILD_TARGET"));
        let (libc, linking) = linked(target.as_deref(), &around.base);
        let flags = arguments.behind().or_else(|| rustflags(target.as_deref(), &setting));
        let linking = match flags.as_deref().map(crt_static) {
            // Zig brings an unwinder of its own, and the glibc that it is told.
            _ if zig && linking == Linking::Dynamic => Linking::Either,
            Some(Crt::Static) => Linking::Static,
            Some(Crt::Dynamic) => Linking::Dynamic,
            Some(Crt::Unknown) => Linking::Either,
            Some(Crt::Unsaid) | None => linking,
        };
        let own = around.base.row().map(|row| row.libc);
        let libc_version = match libc == own && libc == Some(Libc::Glibc) {
            true => around.base.libc_version(),
            false => "",
        };
        let machine = machine(target.as_deref(), around);
        let span = command.span;
        let folders = match installs {
            true => installed(&arguments, &setting, &around.base),
            false => built(&arguments, &setting, target.as_deref(), directory),
        };
        let build = Self { span, target, linking, libc, machine, library: None };
        Some(Found { build, libc_version, folders })
    }

    /// Whether the library that was installed for the build is there at run time, or none was.
    pub(super) fn finds_library(&self, base: &BaseFacts, images: &[Image], index: usize) -> bool {
        let Some(library) = &self.library else { return true };
        let stem = library.trim_end_matches("-dev");
        let packages = || chain(images, index).flat_map(|image| &image.packages);
        let with_openssl = |package: &Text| {
            matches!(package.as_str(), "ca-certificates" | "curl" | "openssl" | "wget")
        };
        // Distroless has OpenSSL, unless its name says that it has not.
        let distroless = base.row().is_some_and(|row| {
            row.family == Family::Distroless
                && row.libc == Libc::Glibc
                && !row.reference.contains("nossl")
        });
        packages().any(|package| package.starts_with(stem))
            || (stem == "libssl" && (distroless || packages().any(with_openssl)))
    }
}

impl Walk<'_, '_> {
    /// Notes the programs of a build.
    pub(super) fn cargo_build(&mut self, found: Found) {
        let Found { mut build, libc_version, folders } = found;
        let Libraries { headers, finder, archives } = &self.image.libraries;
        // On Alpine, a static program needs archives, which come in packages of their own.
        let on_musl = self.image.base.row().is_some_and(|row| row.libc == Libc::Musl);
        let lacks_archives = on_musl && headers.is_some() && !archives;
        build.library = headers.as_ref().or(finder.as_ref()).cloned();
        if self.is_configured() || (build.linking == Linking::Static && lacks_archives) {
            build.linking = Linking::Either;
        }
        let binary = Binary {
            linking: build.linking,
            stripped: false,
            packed: false,
            libc: build.libc,
            libc_version,
            built_by: build.span,
            build: Build::Cargo(Rc::new(build)),
        };
        for folder in folders {
            let origin = Origin::Built(binary.clone());
            let file = File { executable: Some(true), ..File::new(origin, binary.built_by) };
            self.image.files.insert_programs(folder, file);
        }
    }

    /// COPY of a folder of an earlier stage takes the folders along in which programs are built.
    pub(super) fn copy_programs(
        &mut self,
        stage: usize,
        path: &str,
        destination: Option<&str>,
        span: Span,
    ) -> Option<Addition> {
        let folders = chain(self.earlier, stage).flat_map(|image| image.files.programs_below(path));
        let folders: Vec<(String, File)> =
            folders.map(|(folder, file)| (folder.to_owned(), file.clone())).collect();
        folders.first()?;
        for (folder, file) in folders {
            let rest = folder.strip_prefix(path).unwrap_or_default().trim_start_matches('/');
            if let Some(into) = destination {
                self.image.files.insert_programs(absolute(into, rest), File { span, ..file });
            }
        }
        let what = What::Foreign(format!("what is built in {path}"));
        Some(Addition { what, span })
    }

    /// Whether cargo has a configuration that is not known: the project's, or one that is copied.
    fn is_configured(&self) -> bool {
        let Some(workdir) = &self.image.workdir else { return false };
        above(workdir).any(|folder| {
            let place = absolute(folder, ".cargo");
            let here = |image: &Image| {
                image.files.get(&place).is_some() || image.files.below(&place).next().is_some()
            };
            let below = self.image.parent.into_iter();
            here(&self.image) || below.flat_map(|stage| chain(self.earlier, stage)).any(here)
        })
    }
}

/// The words behind the verb.
struct Arguments<'w> {
    words: &'w [ShellWord],
    around: &'w Surroundings<'w>,
}

impl Arguments<'_> {
    fn own(&self) -> impl Iterator<Item = (usize, &ShellWord)> {
        self.words.iter().enumerate().take_while(|(_, word)| word.text != "--")
    }

    /// The value of a flag, as the next word or behind `=`.
    fn value(&self, name: &str) -> Option<String> {
        self.own().find_map(|(at, word)| {
            let rest = word.text.strip_prefix(name)?;
            match rest.strip_prefix('=') {
                Some(value) => Some(self.around.known(value)),
                None if rest.is_empty() => Some(self.around.known(&self.words.get(at + 1)?.text)),
                None => None,
            }
        })
    }

    fn has(&self, flags: [&str; 2]) -> bool {
        self.own().any(|(_, word)| flags.contains(&word.text.as_str()))
    }

    /// What `cargo rustc` hands to the compiler.
    fn behind(&self) -> Option<String> {
        let at = self.words.iter().position(|word| word.text == "--")?;
        let words = self.words.get(at + 1..)?.iter().map(|word| word.text.as_str());
        Some(words.collect::<Vec<_>>().join(" "))
    }
}

/// The libc of a target, or of the stage that builds for itself, and how that links.
fn linked(target: Option<&str>, base: &BaseFacts) -> (Option<Libc>, Linking) {
    let row = base.row();
    let environment = target.map(|target| target.rsplit_once("-linux-").map_or("", |(_, it)| it));
    match (environment, row.map(|row| row.libc)) {
        (Some(musl), _) if musl.starts_with("musl") => (Some(Libc::Musl), Linking::Static),
        (Some(gnu), _) if gnu.starts_with("gnu") => (Some(Libc::Glibc), Linking::Dynamic),
        (None, Some(Libc::Glibc)) => (Some(Libc::Glibc), Linking::Dynamic),
        // Alpine's own package of Rust links dynamically, that of the Rust project does not.
        (None, Some(Libc::Musl))
            if row.is_some_and(|row| row.toolchain == Some(Toolchain::Rust)) =>
        {
            (Some(Libc::Musl), Linking::Static)
        }
        (None, own) => (own, Linking::Either),
        _ => (None, Linking::Either),
    }
}

/// The flags for the compiler that count: of several variables, the first one.
fn rustflags(target: Option<&str>, setting: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let of_target = |triple: &str| {
        let name = triple.to_ascii_uppercase().replace(['-', '.'], "_");
        setting(&format!("CARGO_TARGET_{name}_RUSTFLAGS"))
    };
    const HOSTS: [&str; 4] = [
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "x86_64-unknown-linux-musl",
        "aarch64-unknown-linux-musl",
    ];
    setting("CARGO_ENCODED_RUSTFLAGS")
        .or_else(|| setting("RUSTFLAGS"))
        .or_else(|| match target {
            Some(target) => of_target(target),
            None => HOSTS.into_iter().find_map(of_target),
        })
        .or_else(|| setting("CARGO_BUILD_RUSTFLAGS"))
}

/// What flags for the compiler say about the C runtime.
enum Crt {
    Static,
    Dynamic,
    Unsaid,
    Unknown,
}

fn crt_static(flags: &str) -> Crt {
    let last = flags.rfind("crt-static").and_then(|at| flags.get(..at));
    match last.and_then(|before| before.chars().next_back()) {
        Some('+') => Crt::Static,
        Some('-') => Crt::Dynamic,
        _ if ["$", "prefer-dynamic", "=-static"].iter().any(|other| flags.contains(other)) => {
            Crt::Unknown
        }
        _ => Crt::Unsaid,
    }
}

fn machine(target: Option<&str>, around: &Surroundings<'_>) -> Machine {
    let Some(target) = target else { return around.machine.clone() };
    match target.split('-').next().unwrap_or_default() {
        unknown if unknown.contains('$') => Machine::Unknown,
        "x86_64" => Machine::Fixed("amd64".to_owned()),
        "aarch64" => Machine::Fixed("arm64".to_owned()),
        "i586" | "i686" => Machine::Fixed("386".to_owned()),
        arm if arm.starts_with("arm") => Machine::Fixed("arm".to_owned()),
        other => Machine::Fixed(other.to_owned()),
    }
}

/// A folder and those above it, the nearest first.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    let folder = folder.trim_end_matches('/');
    std::iter::successors(Some(folder), |at| Some(at.rsplit_once('/')?.0)).take(MOST_ABOVE)
}

/// Where `cargo build` puts programs: below the folder of the workspace, which may be any above.
fn built(
    arguments: &Arguments<'_>,
    setting: &dyn Fn(&str) -> Option<String>,
    target: Option<&str>,
    directory: Option<&str>,
) -> Vec<String> {
    let profile = match arguments.value("--profile").as_deref() {
        Some("dev" | "test") => "debug".to_owned(),
        Some("bench") => "release".to_owned(),
        Some(own) => own.to_owned(),
        None if arguments.has(["--release", "-r"]) => "release".to_owned(),
        None => "debug".to_owned(),
    };
    let mut inner = String::new();
    if let Some(target) = target {
        // `zigbuild` takes the version of glibc behind a dot.
        let name = base_name(target.split('.').next().unwrap_or(target));
        inner.push_str(name);
        inner.push('/');
    }
    inner.push_str(&profile);
    let named = arguments.value("--target-dir");
    let named = named.or_else(|| setting("CARGO_TARGET_DIR"));
    let named = named.or_else(|| setting("CARGO_BUILD_TARGET_DIR"));
    let roots: Vec<String> = match (named, directory) {
        (Some(path), _) if path.starts_with('/') => vec![path],
        (Some(path), Some(directory)) => vec![absolute(directory, &path)],
        (None, Some(directory)) => {
            let own = arguments.value("--manifest-path");
            let own = own.and_then(|path| Some(absolute(directory, path.rsplit_once('/')?.0)));
            let folders = own.iter().map(String::as_str).chain(above(directory));
            folders.map(|folder| absolute(folder, "target")).collect()
        }
        (_, None) => Vec::new(),
    };
    let folders = roots.into_iter().map(|root| absolute(&root, &inner));
    folders.filter(|folder| !folder.contains('$')).collect()
}

/// Where `cargo install` puts programs.
fn installed(
    arguments: &Arguments<'_>,
    setting: &dyn Fn(&str) -> Option<String>,
    base: &BaseFacts,
) -> Vec<String> {
    let with_rust = base.row().is_some_and(|row| row.toolchain == Some(Toolchain::Rust));
    let home = || with_rust.then(|| "/usr/local/cargo".to_owned());
    let root = arguments
        .value("--root")
        .or_else(|| setting("CARGO_INSTALL_ROOT"))
        .or_else(|| setting("CARGO_HOME"))
        .or_else(home);
    // There, programs of the distribution lie as well.
    let of_system = |root: &String| matches!(root.as_str(), "/" | "/usr" | "/usr/local");
    let root = root.filter(|root| root.starts_with('/') && !root.contains('$') && !of_system(root));
    root.map(|root| vec![absolute(&root, "bin")]).unwrap_or_default()
}
