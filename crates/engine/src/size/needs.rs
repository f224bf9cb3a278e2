//! What the final image asks of its base, and whether a base has it.

use super::Verdict;
use crate::catalog::{Libc, Start, Toolchain};
use crate::image::{
    BaseFacts, Binary, Build, Fit, GoBuild, Image, Linking, Machine, Origin, Started, What,
    brings_libc, chain, started,
};
use crate::model::Stage;
use crate::report::Project;
use crate::shell::is_script;
use crate::syntax::{Body, CommandLine};
use std::rc::Rc;

/// Packages of Debian that recommend `ca-certificates`.
const CERTIFIED: [&str; 4] = ["curl", "git", "libcurl4", "wget"];

/// What the final image asks of its base.
pub(super) struct Needs<'i> {
    pub(super) image: &'i Image,
    pub(super) started: Started<'i>,
    images: &'i [Image],
    index: usize,
    shell_form: bool,
    binary: Option<&'i Binary>,
    /// Whether another libc than that of the base may be there.
    brings_libc: bool,
    /// Whether a stage of this very image links it, so that it finds what it was linked against.
    built_here: bool,
    /// Shell-form RUN instructions of the final stage.
    runs: usize,
    user: Option<String>,
    /// What the image is for, where that was said.
    pub(super) platform: Option<String>,
    pub(super) brings_certificates: bool,
    brings_time_zones: bool,
}

impl<'i> Needs<'i> {
    pub(super) fn of(stage: &Stage<'_>, images: &'i [Image]) -> Option<Self> {
        let image = images.get(stage.index)?;
        let started = started(images, stage.index);
        let binary = match &started {
            Started::File(_, file) => match &file.origin {
                Origin::Built(binary) => Some(binary),
                _ => None,
            },
            _ => None,
        };
        let shell_run = |step: &&crate::model::Step<'_>| {
            matches!(step.body(), Body::Run(CommandLine::Shell(_)))
        };
        let layers = || chain(images, stage.index).flat_map(|image| &image.layers);
        let added = || layers().flat_map(|layer| &layer.additions).map(|addition| &addition.what);
        let installs = |name: &str| chain(images, stage.index).any(|image| image.has_package(name));
        // Packages that come with all that is recommended.
        let recommended = || {
            added().flat_map(|what| match what {
                What::Packages { names, recommends: true, .. } => names.as_slice(),
                _ => &[],
            })
        };
        let holds = |folder: &str| {
            chain(images, stage.index).any(|image| {
                let files = image.files.iter().map(|(path, _)| path);
                let mut paths = files.chain(image.unfollowed.paths());
                paths.any(|path| path.starts_with(folder))
            })
        };
        let sets = |name: &str| image.variables.contains(name);
        let has_zones = |build: &Rc<GoBuild>| build.tags.iter().any(|tag| tag == "timetzdata");
        let compiled_in = binary.and_then(Binary::go).is_some_and(has_zones);
        // Elsewhere, the words that bring the program in are those of a COPY.
        let built_here = binary.is_some_and(|binary| {
            let links = |layer: &crate::image::Layer| {
                layer.additions.iter().any(|added| added.span == binary.built_by)
            };
            layers().any(links)
        });
        Some(Self {
            image,
            started,
            images,
            index: stage.index,
            shell_form: image.entry().is_some_and(|entry| entry.shell_form),
            binary,
            brings_libc: brings_libc(images, stage.index),
            built_here,
            runs: stage.steps.iter().filter(shell_run).count(),
            user: image.user.as_ref().and_then(|user| user.value.clone()),
            platform: None,
            brings_certificates: installs("ca-certificates")
                || recommended().any(|name| CERTIFIED.contains(&name.as_str()))
                || holds("/etc/ssl")
                || holds("/etc/pki")
                || sets("SSL_CERT_FILE")
                || sets("SSL_CERT_DIR"),
            brings_time_zones: installs("tzdata")
                || holds("/usr/share/zoneinfo")
                || sets("ZONEINFO")
                || compiled_in,
        })
    }

    /// The user of USER, if that is a name which nobody may have created.
    pub(super) fn stranger(&self) -> Option<&str> {
        let user = self.user.as_deref()?.split(':').next()?;
        let is_name = user.bytes().any(|byte| !byte.is_ascii_digit());
        let unknown = is_name && user != "root" && self.image.accounts.has_user(user).is_none();
        unknown.then_some(user)
    }

    /// The verdict on another base, with the reasons.
    pub(super) fn on(
        &self,
        base: &BaseFacts,
        name: &str,
        project: &Project,
    ) -> (Verdict, Vec<String>) {
        let mut reasons = Vec::new();
        let mut verdict = match self.binary {
            Some(binary) => self.binary_on(binary, base, name, &mut reasons),
            None => Verdict::Unknown,
        };
        let edits = self.lacks_tools(base, &mut reasons);
        let edits = self.lacks_data(base, project, &mut reasons) || edits;
        if verdict == Verdict::Starts && edits {
            verdict = Verdict::StartsAfterEdits;
        }
        (verdict, reasons)
    }

    /// Whether what starts is there, and finds what it needs of its base.
    pub(super) fn program_on(
        &self,
        base: &BaseFacts,
        name: &str,
        reasons: &mut Vec<String>,
    ) -> Verdict {
        if matches!(base, BaseFacts::Unknown) {
            let mut reason = format!(
                "nothing is known about `{name}`: neither its libc nor its shell, users and entry point"
            );
            if self.binary.is_some_and(|binary| binary.linking == Linking::Static) {
                reason.push_str("; the program is linked statically and needs no libc");
            }
            reasons.push(reason);
            return Verdict::Unknown;
        }
        let (verdict, reason) = match &self.started {
            Started::OfBase => of_base(base, name),
            Started::File(path, file) => match &file.origin {
                Origin::Built(binary) => return self.binary_on(binary, base, name, reasons),
                Origin::Inline { .. } => {
                    (Verdict::Starts, format!("`{path}` is a script whose interpreter is there"))
                }
                Origin::Context if is_script(path) && base.has_shell() == Some(true) => (
                    Verdict::Starts,
                    format!("`{path}` of the build context is a script, and there is a shell"),
                ),
                Origin::Context => {
                    let reason = format!(
                        "`{path}` comes from the build context, so what it needs is not known"
                    );
                    (Verdict::Unknown, reason)
                }
                Origin::Elsewhere => {
                    (Verdict::Unknown, format!("what `{path}` needs is not known"))
                }
            },
            Started::Tool(tool) => {
                (Verdict::Starts, format!("`{tool}` comes with `{name}` or a package"))
            }
            Started::Unknown(Some(program)) => {
                (Verdict::Unknown, format!("the text does not tell whether `{program}` is there"))
            }
            Started::Unknown(None)
            | Started::Directory(_)
            | Started::NoScript(_)
            | Started::Missing { .. } => return Verdict::Unknown,
        };
        reasons.push(reason);
        verdict
    }

    /// Whether a program finds what it was linked against.
    fn binary_on(
        &self,
        binary: &Binary,
        base: &BaseFacts,
        name: &str,
        reasons: &mut Vec<String>,
    ) -> Verdict {
        if let Some(build) = binary.go().filter(|build| !build.is_for_linux()) {
            let system = build.system.as_deref().unwrap_or_default();
            reasons.push(format!("the program is built for {system}, and containers run Linux"));
            return Verdict::WouldNotStart;
        }
        if let Some(platform) = &self.platform
            && *binary.machine() == Machine::Builder
        {
            let remedy = if binary.go().is_some() { "GOARCH=$TARGETARCH" } else { "--target" };
            reasons.push(format!("the program is for the machine that builds, which need not be `{platform}`; {remedy} settles it"));
            return Verdict::Unknown;
        }
        let current = *base == self.image.base;
        let (verdict, reason) = match binary.on(base, self.images, self.index) {
            _ if current && self.built_here => {
                (Verdict::Starts, "the program runs on the image that it was built on".to_owned())
            }
            Fit::Misfit(..) | Fit::MaybeMisfit(..) | Fit::TooNew(..) | Fit::NoLibgcc
                if current && self.brings_libc =>
            {
                let reason = "whether the program finds the libc that was put there is not known";
                (Verdict::Unknown, reason.to_owned())
            }
            Fit::Static => {
                let reason = "the program is linked statically and needs no libc";
                // On other bases, only what speaks against them is told.
                (Verdict::Starts, if current { reason.to_owned() } else { String::new() })
            }
            Fit::Same => {
                let libc = binary.libc.map_or("its libc", Libc::name);
                (
                    Verdict::Starts,
                    format!("`{name}` has {libc}, which the program is linked against"),
                )
            }
            Fit::Misfit(libc, own) => {
                let own = if own == Libc::None { "none" } else { own.name() };
                let reason =
                    format!("the program is linked against {}, and here is {own}", libc.name());
                (Verdict::WouldNotStart, reason)
            }
            Fit::TooNew(built, own) => {
                let reason = format!(
                    "the program is linked against glibc {built} and does not start with {own}"
                );
                (Verdict::WouldNotStart, reason)
            }
            Fit::MaybeMisfit(..) => {
                let reason = "whether the program needs a libc depends on its imports; CGO_ENABLED=0 settles it";
                (Verdict::Unknown, reason.to_owned())
            }
            Fit::Newer(built, own) => {
                let reason =
                    format!("the program is linked against glibc {built}, and here is {own}");
                (Verdict::Unknown, reason)
            }
            Fit::NoLibgcc => {
                let reason =
                    "the program needs `libgcc_s.so.1` beside the libc, and it is not there";
                (Verdict::WouldNotStart, reason.to_owned())
            }
            Fit::MaybeLacks => (Verdict::Unknown, lacking(binary, name)),
            Fit::Unknown => {
                (Verdict::Unknown, "which libc the program needs is not known".to_owned())
            }
        };
        if !reason.is_empty() {
            reasons.push(reason);
        }
        verdict
    }

    /// Whether a base lacks a shell or a user that the stage asks for; the reasons say which.
    fn lacks_tools(&self, base: &BaseFacts, reasons: &mut Vec<String>) -> bool {
        let before = reasons.len();
        let row = base.row();
        if base.has_shell() == Some(false) {
            if self.shell_form {
                reasons.push("the shell form needs a shell, and here is none".to_owned());
            }
            if self.runs > 0 {
                reasons.push("RUN needs a shell, and here is none".to_owned());
            }
        }
        if let Some(user) = self.user.as_deref().map(|user| user.split(':').next().unwrap_or(user))
        {
            let numeric = user.bytes().all(|byte| byte.is_ascii_digit());
            let own = row.is_some_and(|row| row.users.contains(&user));
            let of_current = self.image.base.row().is_some_and(|row| row.users.contains(&user));
            let created = self.image.accounts.has_user(user) == Some(true) && !of_current;
            let family = |base: &BaseFacts| base.row().map(|row| row.family);
            let closed = matches!(base, BaseFacts::Scratch) || row.is_some_and(|row| row.all_users);
            if numeric || user == "root" || own {
                // Nothing to be done.
            } else if created && self.runs > 0 && family(base) != family(&self.image.base) {
                // What RUN creates is created in another way on another distribution.
                reasons.push(format!("the user `{user}` would have to be created in another way"));
            } else if !created && closed {
                reasons.push(format!("there is no user `{user}` here"));
            }
        }
        reasons.len() > before
    }

    /// Whether the program lacks certificates or time zones that the user says it needs.
    pub(super) fn lacks_data(
        &self,
        base: &BaseFacts,
        project: &Project,
        reasons: &mut Vec<String>,
    ) -> bool {
        let row = base.row();
        let scratch = matches!(base, BaseFacts::Scratch);
        let lacks = |fact: Option<Option<bool>>| scratch || fact.flatten() == Some(false);
        let mut edits = false;
        let mut say = |needed: Option<bool>, certain: &str, perhaps: &str| match needed {
            Some(true) => {
                reasons.push(certain.to_owned());
                edits = true;
            }
            None => reasons.push(perhaps.to_owned()),
            Some(false) => {}
        };
        if lacks(row.map(|row| row.ca_certificates)) && !self.brings_certificates {
            say(
                project.needs_tls,
                "there are no CA certificates, so HTTPS calls fail",
                "HTTPS calls would need CA certificates",
            );
        }
        if lacks(row.map(|row| row.time_zones)) && !self.brings_time_zones {
            say(
                project.needs_time_zones,
                "there are no time zones, so loading one by name fails",
                "time zones by name would need zone data",
            );
        }
        edits
    }
}

/// What a program may not find beside its libc.
fn lacking(binary: &Binary, name: &str) -> String {
    let library = match &binary.build {
        Build::Cargo(build) => build.library.as_deref(),
        Build::Go(_) => None,
    };
    match library {
        Some(library) => format!(
            "the build stage has `{library}`, so the program may need a library that `{name}` lacks"
        ),
        None => {
            format!("whether `{name}` has `libgcc_s.so.1`, which the program needs, is not known")
        }
    }
}

/// What starts where neither CMD nor ENTRYPOINT says so.
fn of_base(base: &BaseFacts, name: &str) -> (Verdict, String) {
    let nothing = "neither CMD nor ENTRYPOINT says what to start";
    let row = match base {
        BaseFacts::Scratch => return (Verdict::WouldNotStart, nothing.to_owned()),
        BaseFacts::Known(found) => found.image,
        BaseFacts::Unknown => return (Verdict::Unknown, String::new()),
    };
    match row.start {
        Start::Nothing => (Verdict::WouldNotStart, nothing.to_owned()),
        Start::Service => (Verdict::Starts, format!("it starts what `{name}` starts")),
        Start::Shell => (
            Verdict::Starts,
            format!("it starts the shell of `{name}`, which ends at once without a terminal"),
        ),
        Start::Interpreter => {
            let language = row.toolchain.map_or("the interpreter", Toolchain::name);
            (Verdict::Starts, format!("it starts {language} of `{name}`"))
        }
    }
}
