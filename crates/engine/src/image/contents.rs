//! What an image certainly holds, and what it certainly lacks.

use super::program::SEARCHED;
use super::run::COMPILERS;
use super::unfollowed::is_of_system;
use super::{BaseFacts, Image, chain};
use crate::catalog::{BaseImage, Family, Start};
use crate::text::Text;

/// Whether a path depends on the platform to build for, in an image with files for others: which one
/// it is for, only the person who builds knows.
pub(crate) fn is_of_another_platform(images: &[Image], index: usize, written: &str) -> bool {
    const ARCHITECTURES: [&str; 6] = ["386", "arm", "arm64", "ppc64le", "riscv64", "s390x"];
    let holds = |image: &Image| {
        let files = image.files.iter().map(|(path, _)| path);
        let mut paths = files.chain(image.unfollowed.paths());
        paths.any(|path| path.split('/').any(|part| ARCHITECTURES.contains(&part)))
    };
    ["$TARGET", "${TARGET"].iter().any(|name| written.contains(name))
        && chain(images, index).any(holds)
}

/// Whether no instruction can have put anything at `path`; what the base brings is not asked.
pub(crate) fn lacks(images: &[Image], index: usize, path: &str) -> bool {
    let packaged = || chain(images, index).any(|image| image.packaged);
    is_untouched(images, index, path) && !(is_of_system(path) && packaged())
}

/// The same, where what known packages brought is known.
fn is_untouched(images: &[Image], index: usize, path: &str) -> bool {
    let open = |image: &Image| {
        let mut place = path;
        while let Some((above, _)) = place.rsplit_once('/') {
            if image.unfollowed.contains(place) {
                return true;
            }
            place = above;
        }
        image.unfollowed.contains("/")
    };
    chain(images, index).all(|image| image.files.get(path).is_none() && !open(image))
}

/// Whether there is certainly no shell: neither the base brings one nor an instruction.
pub(crate) fn lacks_shell(images: &[Image], index: usize) -> bool {
    let Some(image) = images.get(index) else { return false };
    let shell = image.shell.as_ref().and_then(|words| words.first());
    lacks_shell_at(images, index, shell.map_or("/bin/sh", String::as_str))
}

/// Whether there is certainly no shell of that name or path.
pub(crate) fn lacks_shell_at(images: &[Image], index: usize, program: &str) -> bool {
    let Some(image) = images.get(index) else { return false };
    let missing = || match program.contains('/') {
        true => lacks(images, index, program),
        false => ["/bin", "/usr/bin", "/usr/local/bin"]
            .iter()
            .all(|folder| lacks(images, index, &format!("{folder}/{program}"))),
    };
    image.base.has_shell_at(program) == Some(false) && missing()
}

/// Whether an instruction may have brought a libc beside that of the base: a package made for it, or
/// files copied to where loaders lie.
pub(crate) fn brings_libc(images: &[Image], index: usize) -> bool {
    const PACKAGES: [&str; 4] = ["gcompat", "glibc", "libc6-compat", "musl"];
    chain(images, index).any(|image| {
        let files = image.files.iter().map(|(path, _)| path);
        let mut paths = files.chain(image.unfollowed.paths());
        // Without a shell, only COPY and ADD can have opened the root.
        let bare = image.base.has_shell() == Some(false);
        PACKAGES.iter().any(|package| image.has_package(package))
            || paths.any(|path| {
                path.starts_with("/lib") || path.starts_with("/usr/lib") || (bare && path == "/")
            })
    })
}

/// Whether WORKDIR has made `path` a directory.
pub(crate) fn is_directory(images: &[Image], index: usize, path: &str) -> bool {
    let inside = format!("{path}/");
    let made = |image: &Image| {
        let next = image.workdirs.from(&inside).next();
        image.workdirs.contains(path) || next.is_some_and(|next| next.starts_with(&inside))
    };
    chain(images, index).any(made)
}

/// Whether a program is certainly in no folder of `$PATH`: neither the base nor a package nor an
/// instruction brings it.
pub(crate) fn lacks_program(images: &[Image], index: usize, name: &str) -> bool {
    let Some(image) = images.get(index) else { return false };
    let by_base = match image.base {
        BaseFacts::Scratch => true,
        BaseFacts::Known(found) => base_lacks_program(found.image, name),
        BaseFacts::Unknown => false,
    };
    let builds = is_build_tool(name);
    let related = |package: &Text| {
        package.contains(name)
            || name.contains(package.as_str())
            || (builds && COMPILERS.contains(&package.as_str()))
    };
    by_base
        && chain(images, index)
            .all(|image| !image.variables.contains("PATH") && !image.packages.iter().any(related))
        && SEARCHED.iter().all(|folder| is_untouched(images, index, &format!("{folder}/{name}")))
}

/// Programs that a distribution lacks, with Go on top of it or not.
fn is_in_none(name: &str) -> bool {
    matches!(
        name,
        "aws"
            | "bundle"
            | "bun"
            | "cargo"
            | "catatonit"
            | "composer"
            | "deno"
            | "dig"
            | "docker"
            | "dotnet"
            | "dumb-init"
            | "envsubst"
            | "gosu"
            | "gradle"
            | "gunicorn"
            | "helm"
            | "java"
            | "javac"
            | "jq"
            | "kubectl"
            | "mongo"
            | "mongosh"
            | "mvn"
            | "mysql"
            | "mysqladmin"
            | "nginx"
            | "node"
            | "npm"
            | "npx"
            | "pg_isready"
            | "php"
            | "pnpm"
            | "psql"
            | "redis-cli"
            | "ruby"
            | "rustc"
            | "rustup"
            | "su-exec"
            | "supervisord"
            | "terraform"
            | "tini"
            | "uvicorn"
            | "yarn"
    )
}

/// Those that images for building bring.
fn is_build_tool(name: &str) -> bool {
    matches!(name, "c++" | "cc" | "clang" | "cmake" | "cpp" | "g++" | "gcc" | "make")
}

/// Those that Go's image on Debian brings with other things.
fn is_in_buildpack(name: &str) -> bool {
    matches!(name, "pip" | "pip3" | "python" | "python3")
}

/// Those that BusyBox has, and a bare Debian lacks.
fn is_in_busybox(name: &str) -> bool {
    matches!(name, "nc" | "nslookup" | "ping" | "pgrep" | "netstat" | "telnet")
}

/// Whether an image of the catalogue certainly comes without a program.
pub(crate) fn base_lacks_program(row: &BaseImage, name: &str) -> bool {
    let repository = row.reference.split(':').next().unwrap_or_default();
    let without =
        |language: bool| is_in_none(name) || (matches!(name, "go" | "gofmt") && !language);
    let builds = || is_build_tool(name) || is_in_buildpack(name);
    match name {
        "curl" => row.curl == Some(false),
        "wget" => row.wget == Some(false),
        "git" => row.git == Some(false),
        "bash" => !row.bash,
        // What Debian's packages do not need any more since trixie.
        "addgroup" | "adduser" | "delgroup" | "deluser" => {
            let slim = repository == "python" && row.reference.contains("slim");
            row.release == "trixie" && (repository == "debian" || slim)
        }
        // Images without a shell hold no other programs than those of their language.
        "java" | "node" | "python" | "python3" if row.start == Start::Interpreter => false,
        _ if row.shell.is_none() && row.family == Family::Distroless => {
            matches!(name, "sh" | "env" | "cat" | "ls" | "test")
                || without(false)
                || builds()
                || is_in_busybox(name)
        }
        _ => match repository {
            "alpine" | "busybox" => without(false) || builds(),
            "debian" | "ubuntu" => without(false) || builds() || is_in_busybox(name),
            "golang" if row.c_compiler == Some(false) => without(true) || builds(),
            "golang" => without(true),
            "python" if row.reference.contains("slim") => without(false),
            _ => false,
        },
    }
}
