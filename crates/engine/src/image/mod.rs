//! The simulated build: what each stage's image holds, as far as the text tells.
//!
//! Every feature asks what a build would produce, so this answers it once. What cannot be known is
//! unknown, never guessed.

mod account_faults;
mod accounts;
mod again;
mod binary;
mod cargo_build;
mod cleaned;
mod compile;
mod contents;
mod copy;
mod effects;
mod files;
mod go_build;
mod go_linker;
mod go_outputs;
mod layer;
mod program;
mod rewrite;
mod run;
mod simulate;
mod unfollowed;

pub use account_faults::{AccountFault, Clash};
pub use accounts::Accounts;
pub use binary::{Binary, Build, Fit, Linking, Machine};
pub use cargo_build::{CargoBuild, Libraries};
pub(crate) use cleaned::{apt_lists_left, removes_apt_lists};
pub(crate) use contents::{
    base_lacks_program, brings_libc, is_of_another_platform, lacks, lacks_program, lacks_shell,
    lacks_shell_at,
};
pub use files::{File, Files, Hashbang, Origin};
pub use go_build::{Cgo, GoBuild, GoFlag, go_arguments};
pub use go_linker::{LinkVariable, Linker};
pub use layer::{Addition, Layer, What};
pub(crate) use program::{Started, has_shell_as_entrypoint, is_missing, started};
pub use rewrite::Rewrite;
pub(crate) use run::is_cached;
pub(crate) use simulate::image;
pub use simulate::simulate;
pub use unfollowed::Unfollowed;

use crate::catalog::{self, BaseImage, Found};
use crate::model::ImageReference;
use crate::named::{Named, Names};
use crate::source::Span;
use crate::text::Text;

use std::rc::Rc;

/// What is known of the image at the bottom of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseFacts {
    /// The empty image.
    Scratch,
    /// An image of the catalogue.
    Known(Found),
    /// An image that nobody measured.
    Unknown,
}

impl BaseFacts {
    /// What the catalogue knows of an image.
    pub fn of(image: &ImageReference) -> Self {
        let found = catalog::base_image(&image.familiar_name(), image.tag.as_deref());
        found.map_or(Self::Unknown, Self::Known)
    }

    /// The WORKDIR that comes with it; `None` if that is not known.
    pub fn workdir(&self) -> Option<&'static str> {
        match self {
            Self::Scratch => Some("/"),
            Self::Known(found) => Some(found.image.workdir),
            Self::Unknown => None,
        }
    }

    /// The row of the catalogue.
    pub fn row(&self) -> Option<&'static BaseImage> {
        match self {
            Self::Known(found) => Some(found.image),
            Self::Scratch | Self::Unknown => None,
        }
    }

    /// The user whom programs run as where no USER says otherwise; `None` if that is unknown.
    pub fn user(&self) -> Option<&'static str> {
        match self {
            Self::Scratch => Some("root"),
            Self::Known(found) => Some(found.image.user),
            Self::Unknown => None,
        }
    }

    /// Its release, as in `bookworm`; empty where it is not known.
    pub fn release(&self) -> &'static str {
        match self {
            Self::Known(found) => found.release,
            Self::Scratch | Self::Unknown => "",
        }
    }

    /// Version of its libc; empty where it is not known.
    pub fn libc_version(&self) -> &'static str {
        match self {
            Self::Known(found) => found.libc_version,
            Self::Scratch | Self::Unknown => "",
        }
    }

    /// Whether the base brings a shell at that path or, without a folder, under that name; `None` if
    /// that is unknown.
    pub fn has_shell_at(&self, program: &str) -> Option<bool> {
        let name = program.rsplit('/').next().unwrap_or(program);
        let row = match self {
            Self::Scratch => return Some(false),
            Self::Known(found) => found.image,
            Self::Unknown => return None,
        };
        Some(match row.shell {
            // A distribution has several, and bash is told apart.
            Some("/bin/sh") => name != "bash" || row.bash,
            Some(shell) => shell == program || (name == "sh" && name == program),
            None => false,
        })
    }

    /// Whether the base brings `/bin/sh`; `None` if that is unknown.
    pub fn has_shell(&self) -> Option<bool> {
        match self {
            Self::Scratch => Some(false),
            // Elsewhere, as in /busybox, neither RUN nor the shell form looks for it.
            Self::Known(found) => Some(found.image.shell == Some("/bin/sh")),
            Self::Unknown => None,
        }
    }
}

/// Whether USER names root, with a group or without; nobody at all is root too.
pub(crate) fn is_root(user: &str) -> bool {
    matches!(user.split(':').next(), None | Some("" | "0" | "root"))
}

/// Something that an instruction set, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The value after expansion; `None` where that is unknown.
    pub value: Option<String>,
    /// Where it is set.
    pub span: Span,
}

/// CMD or ENTRYPOINT as it stands in the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The words: the array of the exec form, or the text of the shell form as one word.
    pub words: Vec<String>,
    /// The program, if the text names it: the first word of the array, or of the only command of
    /// the shell form.
    pub program: Option<String>,
    /// Whether a shell runs it.
    pub shell_form: bool,
    /// Where it stands.
    pub span: Span,
}

/// The image at the end of a stage.
#[derive(Debug, Clone)]
pub struct Image {
    /// What lies at the bottom, through all stages that it builds on.
    pub base: BaseFacts,
    /// The stage that it builds on; layers and files of that stage belong to this image too.
    pub parent: Option<usize>,
    /// What the instructions of this stage add.
    pub layers: Vec<Layer>,
    /// Files that the instructions of this stage put in place.
    pub files: Files,
    /// Files that RUN has removed again; the layers that brought them still hold their bytes.
    pub removed: Files,
    /// Whether a package manager of the distribution put files into its folders.
    pub packaged: bool,
    /// What `echo` has written into files, by path.
    pub texts: Named<String>,
    /// Paths at which, or below which, this stage puts files that are not followed one by one.
    pub unfollowed: Unfollowed,
    /// Directories that WORKDIR and mkdir make.
    pub workdirs: Names,
    /// The last USER.
    pub user: Option<Setting>,
    /// The working directory; `None` where it is unknown.
    pub workdir: Option<String>,
    /// ENTRYPOINT.
    pub entrypoint: Option<Entry>,
    /// CMD.
    pub cmd: Option<Entry>,
    /// The last STOPSIGNAL.
    pub stop_signal: Option<Setting>,
    /// The last HEALTHCHECK of this stage, also one that switches that of the base off.
    pub healthcheck: Option<Span>,
    /// The words of the last SHELL; `None` where the default shell is in force.
    pub shell: Option<Vec<String>>,
    /// For which machine the image is.
    pub machine: Machine,
    /// Whether a C compiler is there: the base brings it or a package does; `None` where nobody
    /// knows.
    pub c_compiler: Option<bool>,
    /// C libraries that packages bring for those who link them.
    pub libraries: Libraries,
    /// Users and groups.
    pub accounts: Accounts,
    /// Names that ENV sets, here and in the stages below.
    pub variables: Names,
    /// What `go env -w` has set; one with `$` in it is set, but not known.
    pub go_env: Vec<(String, String)>,
    /// Values of ENV that are paths.
    pub paths: Named<String>,
    /// Folders that ENV puts before `$PATH`.
    pub searched: Vec<String>,
    /// Commands that cannot create a user or a group as they are told to.
    pub account_faults: Vec<AccountFault>,
    /// USER instructions whose user does not exist yet when a RUN follows.
    pub strangers: Vec<Span>,
    /// Whether ONBUILD has something done in the stages that build on this one.
    pub has_triggers: bool,
    /// Whether EXPOSE says that the program listens on a port.
    pub listens: bool,
    /// The `go build` and `go install` of this stage.
    pub go_builds: Vec<Rc<GoBuild>>,
    /// Packages that were installed by name.
    pub packages: Vec<Text>,
    /// Where COPY and ADD of this stage put something, or may do so: `/` if that cannot be told.
    pub filled: Vec<String>,
    /// Commands of this stage that store copied files again.
    pub rewrites: Vec<Rewrite>,
}

impl Entry {
    /// The name of the program without its folder, as in `nginx`; empty where the text does not
    /// name it.
    pub fn program_name(&self) -> &str {
        let program = self.program.as_deref().unwrap_or_default();
        program.rsplit('/').next().unwrap_or(program)
    }
}

impl Image {
    /// The image of a stage before its first instruction.
    fn on(base: BaseFacts) -> Self {
        let workdir = base.workdir();
        Self {
            base,
            parent: None,
            layers: Vec::new(),
            files: Files::default(),
            removed: Files::default(),
            packaged: false,
            texts: Named::new(),
            unfollowed: Unfollowed::default(),
            workdirs: Names::new(),
            user: None,
            workdir: workdir.map(str::to_owned),
            entrypoint: None,
            cmd: None,
            stop_signal: None,
            healthcheck: None,
            shell: None,
            machine: Machine::Target,
            c_compiler: base.row().and_then(|row| row.c_compiler),
            libraries: Libraries::default(),
            accounts: Accounts::of(&base),
            variables: Names::new(),
            go_env: Vec::new(),
            paths: Named::new(),
            searched: Vec::new(),
            account_faults: Vec::new(),
            strangers: Vec::new(),
            has_triggers: false,
            listens: false,
            go_builds: Vec::new(),
            packages: Vec::new(),
            filled: Vec::new(),
            rewrites: Vec::new(),
        }
    }

    /// What starts: ENTRYPOINT, or CMD where there is none.
    pub fn entry(&self) -> Option<&Entry> {
        self.entrypoint.as_ref().or(self.cmd.as_ref())
    }

    /// Whether a program is there with which an entry point that starts as root becomes another user.
    pub fn can_drop_root(&self) -> bool {
        let known = |name: &str| matches!(name, "gosu" | "su-exec" | "s6-overlay");
        let file = |path: &str| known(path.rsplit('/').next().unwrap_or_default());
        self.packages.iter().any(|package| known(package))
            || self.files.iter().any(|(path, _)| file(path))
    }

    /// Whether a package of that name was installed in this stage.
    pub fn has_package(&self, name: &str) -> bool {
        self.packages.iter().any(|package| package == name)
    }
}

/// Longest chain of `FROM stage` that look-ups follow.
const MAX_CHAIN: usize = 256;

/// The image of a stage and those below it, top to bottom.
pub fn chain(images: &[Image], index: usize) -> impl Iterator<Item = &Image> {
    let first = images.get(index);
    let below = |image: &&Image| image.parent.and_then(|parent| images.get(parent));
    std::iter::successors(first, below).take(MAX_CHAIN)
}

/// The file at `path` in the image of a stage, through all stages that it builds on.
pub fn find_file<'i>(images: &'i [Image], index: usize, path: &str) -> Option<&'i File> {
    chain(images, index).find_map(|image| image.files.get(path))
}
