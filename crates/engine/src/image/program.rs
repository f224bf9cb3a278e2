//! What a container of an image starts: a file that an instruction put there, a program of the base,
//! or nothing.

use super::contents::{base_lacks_program, is_directory, lacks, lacks_program};
use super::files::{absolute, base_name};
use super::{BaseFacts, Entry, File, Image, Origin, chain, find_file};
use crate::catalog::{BaseImage, Family, Start, Toolchain};
use crate::text::Text;

/// What starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Started<'i> {
    /// What the base starts by itself.
    OfBase,
    /// A file that an instruction put at that path.
    File(String, &'i File),
    /// A directory at that path.
    Directory(String),
    /// Nothing, for certain; where the program that is meant lies, if that can be told.
    Missing {
        /// The path, or the name that is looked for in `$PATH`.
        program: String,
        /// Another place with a file of that name.
        meant: Option<String>,
    },
    /// A program that the base or a package brings.
    Tool(String),
    /// A program at that path, which the shell that the base starts takes for a script.
    NoScript(String),
    /// The text does not tell; the program, where it is named.
    Unknown(Option<String>),
}

/// Where a name without a folder is looked for.
pub(super) const SEARCHED: [&str; 6] =
    ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// Programs that start the one behind their flags.
const INITS: [&str; 7] = ["catatonit", "dumb-init", "env", "exec", "gosu", "su-exec", "tini"];

/// Programs that every image with a shell has.
const USUAL: [&str; 12] =
    ["cat", "date", "echo", "env", "false", "id", "ls", "sh", "sleep", "tail", "test", "true"];

/// What a container of a stage starts.
pub(crate) fn started(images: &[Image], index: usize) -> Started<'_> {
    let Some(image) = images.get(index) else { return Started::Unknown(None) };
    let Some(entry) = image.entry() else { return Started::OfBase };
    if image.entrypoint.is_none() && has_interpreter_as_entrypoint(&image.base) {
        return Started::OfBase;
    }
    if image.entrypoint.is_none() && has_shell_as_entrypoint(&image.base) {
        return given_to_shell(images, index, image, entry);
    }
    let found = find(images, index, image, entry.program.as_deref());
    let Started::Tool(tool) = &found else { return found };
    // `tini -- /server` starts a second program.
    let behind = || behind_init(tool, image, entry);
    let second = INITS.contains(&base_name(tool)).then(behind).flatten();
    if let Some(program) = second {
        return find(images, index, image, Some(&program));
    }
    // `sh /start.sh` starts nothing if there is no such script.
    match script_of(base_name(tool), image, entry).map(|path| find_script(images, index, &path)) {
        Some(Some(missing)) => missing,
        _ => found,
    }
}

/// What CMD hands to the shell that is the entry point of the base.
fn given_to_shell<'i>(
    images: &'i [Image],
    index: usize,
    image: &'i Image,
    entry: &Entry,
) -> Started<'i> {
    let script = entry.words.first().filter(|word| !entry.shell_form && word.contains('/'));
    let Some(script) = script.filter(|word| !word.starts_with('-')) else {
        return Started::OfBase;
    };
    match find(images, index, image, Some(script)) {
        Started::File(path, File { origin: Origin::Built(_), .. }) => Started::NoScript(path),
        // The shell reads it, whatever its mode and its first line are.
        Started::File(..) => Started::Tool("/busybox/sh".to_owned()),
        found => found,
    }
}

/// The script that an interpreter in exec form is to run, as an absolute path.
fn script_of(tool: &str, image: &Image, entry: &Entry) -> Option<String> {
    let endings: &[&str] = match tool {
        "ash" | "bash" | "sh" => &["sh"],
        "java" => &["jar"],
        "node" => &["js", "cjs", "mjs"],
        "php" => &["php"],
        "python" | "python3" => &["py"],
        "ruby" => &["rb"],
        _ => return None,
    };
    let arguments = image.cmd.as_ref().filter(|_| image.entrypoint.is_some());
    let arguments = arguments.filter(|cmd| !cmd.shell_form);
    let words = entry.words.iter().chain(arguments.into_iter().flat_map(|cmd| &cmd.words));
    // A flag may take the next word as its value, and what it is then, is not known.
    let word = words.skip(1).find(|word| !(tool == "java" && *word == "-jar"))?;
    let extension = base_name(word).rsplit_once('.')?.1;
    let plain = !entry.shell_form && !word.contains(['$', '*', ':']) && !word.starts_with('-');
    let path = match &image.workdir {
        _ if word.starts_with('/') => absolute("/", word),
        Some(workdir) => absolute(workdir, word),
        None => return None,
    };
    (plain && endings.contains(&extension)).then_some(path)
}

/// `Missing` if nothing can lie where the script is looked for.
fn find_script<'i>(images: &'i [Image], index: usize, path: &str) -> Option<Started<'i>> {
    let there = find_file(images, index, path).is_some() || is_directory(images, index, path);
    // Who mounts the sources when the container starts copies none of them.
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let alike = |(other, _): (&str, &File)| {
        other.rsplit_once('.').is_some_and(|(_, ending)| ending == extension)
    };
    let copies = chain(images, index).flat_map(|image| image.files.iter()).any(alike);
    (copies && !there && is_missing(images, index, path)).then(|| {
        let meant = elsewhere(images, index, base_name(path));
        Started::Missing { program: path.to_owned(), meant }
    })
}

/// Images of distroless for a language take CMD as arguments of its interpreter.
fn has_interpreter_as_entrypoint(base: &BaseFacts) -> bool {
    let interprets = |row: &BaseImage| row.start == Start::Interpreter;
    base.row().is_some_and(|row| row.family == Family::Distroless && interprets(row))
}

/// The debug images of distroless take CMD as arguments of BusyBox's shell.
pub(crate) fn has_shell_as_entrypoint(base: &BaseFacts) -> bool {
    base.row().is_some_and(|row| row.family == Family::Distroless && row.start == Start::Shell)
}

/// The program behind the flags of an init in exec form.
fn behind_init(tool: &str, image: &Image, entry: &Entry) -> Option<String> {
    let exec = |entry: &&Entry| !entry.shell_form;
    let arguments = image.cmd.as_ref().filter(|_| image.entrypoint.is_some()).filter(exec);
    let words = entry.words.iter().chain(arguments.into_iter().flat_map(|cmd| &cmd.words));
    let mut words = words.skip(1).skip_while(|word| word.starts_with('-') || word.contains('='));
    let names_user = matches!(base_name(tool), "gosu" | "su-exec");
    words.nth(usize::from(names_user)).filter(|_| !entry.shell_form).cloned()
}

fn find<'i>(
    images: &'i [Image],
    index: usize,
    image: &'i Image,
    program: Option<&str>,
) -> Started<'i> {
    // Modules of WebAssembly are started by another runtime, which looks them up in its own way.
    let Some(program) = program.filter(|name| !name.ends_with(".wasm")) else {
        return Started::Unknown(None);
    };
    let known = || has_tool(images, index, base_name(program));
    let unknown = || Started::Unknown(Some(program.to_owned()));
    if !program.contains('/') {
        let place = |folder: &str| absolute(folder, program);
        let own = image.searched.iter().map(String::as_str);
        let of_go = is_with(&image.base, Toolchain::Go).then_some("/go/bin");
        let folders = own.chain(of_go).chain(SEARCHED);
        let found = folders.map(place).find_map(|path| {
            let file = find_file(images, index, &path)?;
            Some((path, file))
        });
        return match (found, &image.workdir) {
            (Some((path, file)), _) => Started::File(path, file),
            (None, _) if known() => Started::Tool(program.to_owned()),
            (None, _) if is_with(&image.base, Toolchain::Rust) => {
                let path = absolute("/usr/local/cargo/bin", program);
                find_file(images, index, &path)
                    .map_or_else(unknown, |file| Started::File(path, file))
            }
            // A file of that name in the working directory is not looked at.
            (None, Some(workdir)) if is_nowhere(images, index, image, program) => {
                // What is no name of a file at all, as `$APP` in exec form, is nowhere either.
                let meant = absolute(workdir, program);
                let meant = find_file(images, index, &meant).map(|_| meant);
                let meant = meant.or_else(|| elsewhere(images, index, program));
                Started::Missing { program: program.to_owned(), meant }
            }
            _ => unknown(),
        };
    }
    let path = match &image.workdir {
        _ if program.starts_with('/') => absolute("/", program),
        Some(workdir) => absolute(workdir, program),
        None => return unknown(),
    };
    if let Some(file) = find_file(images, index, &path) {
        return Started::File(path, file);
    }
    if path != "/" && is_directory(images, index, &path) {
        return Started::Directory(path);
    }
    if is_missing(images, index, &path) {
        let meant = elsewhere(images, index, base_name(&path));
        return Started::Missing { program: path, meant };
    }
    if known() { Started::Tool(path) } else { unknown() }
}

/// Whether nothing can lie at a path: no instruction puts it there, and the base does not bring it.
pub(crate) fn is_missing(images: &[Image], index: usize, path: &str) -> bool {
    let Some(image) = images.get(index) else { return false };
    base_lacks(&image.base, path) && lacks(images, index, path)
}

/// Whether a name is certainly in no folder of `$PATH`.
fn is_nowhere(images: &[Image], index: usize, image: &Image, name: &str) -> bool {
    if lacks_program(images, index, name) {
        return true;
    }
    let path_is_set = image.variables.contains("PATH");
    let in_workdir = || {
        let path = image.workdir.as_deref().map(|workdir| absolute(workdir, name));
        path.is_some_and(|path| find_file(images, index, &path).is_some())
    };
    // What a distribution has is not listed; a file in the working directory shows what is meant.
    let bare = is_bare(&image.base)
        || (is_plain(&image.base) && (is_absent(&image.base, name) || in_workdir()));
    let untouched = |folder: &str| lacks(images, index, &format!("{folder}/{name}"));
    bare && !path_is_set && SEARCHED.iter().all(|folder| untouched(folder))
}

/// Whether a base certainly comes without a program; in exec form, `$APP` is no name of one.
fn is_absent(base: &BaseFacts, name: &str) -> bool {
    name.starts_with('$') || base.row().is_some_and(|row| base_lacks_program(row, name))
}

fn is_with(base: &BaseFacts, language: Toolchain) -> bool {
    base.row().is_some_and(|row| row.toolchain == Some(language))
}

/// The only other place with a program of that name.
fn elsewhere(images: &[Image], index: usize, name: &str) -> Option<String> {
    let files = || chain(images, index).flat_map(|image| image.files.iter());
    let is_go = |file: &File| matches!(file.origin, Origin::Built(_));
    let mut named = files().filter(|(path, _)| base_name(path) == name).map(|(path, _)| path);
    let mut built = files().filter(|(_, file)| is_go(file)).map(|(path, _)| path);
    let only = |paths: &mut dyn Iterator<Item = &str>| {
        let first = paths.next()?;
        paths.next().is_none().then(|| first.to_owned())
    };
    only(&mut named).or_else(|| only(&mut built))
}

/// Whether an image has nothing to start of its own: scratch, and images for static programs.
fn is_bare(base: &BaseFacts) -> bool {
    match base {
        BaseFacts::Scratch => true,
        BaseFacts::Known(found) => {
            let row = found.image;
            row.shell.is_none() && row.toolchain.is_none() && row.start == Start::Nothing
        }
        BaseFacts::Unknown => false,
    }
}

/// Whether an image is a distribution and nothing more, or Go on top of it.
fn is_plain(base: &BaseFacts) -> bool {
    let languages = |row: &BaseImage| row.toolchain.is_none_or(|own| own == Toolchain::Go);
    let plain = |row: &BaseImage| matches!(row.start, Start::Shell | Start::Nothing);
    is_bare(base) || base.row().is_some_and(|row| languages(row) && plain(row))
}

/// Whether the base certainly brings nothing at a path: there, distributions leave the place to
/// others.
fn base_lacks(base: &BaseFacts, path: &str) -> bool {
    const TAKEN: [&str; 19] = [
        "bin", "boot", "busybox", "dev", "etc", "go", "home", "lib", "lib64", "media", "mnt",
        "opt", "proc", "root", "run", "sbin", "sys", "usr", "var",
    ];
    let top = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    // Bases may have these as folders, and nothing is known to lie in them.
    if matches!(path, "/tmp" | "/srv") && !matches!(base, BaseFacts::Scratch) {
        return false;
    }
    let empty = ["/usr/local/bin/", "/go/bin/"].iter().any(|folder| path.starts_with(folder));
    let name = base_name(path);
    let program = path.contains("bin/") && is_absent(base, name);
    // Images of a language put nothing of their own where applications lie.
    let of_language = base.row().is_some_and(|row| {
        row.toolchain.is_some() && matches!(row.start, Start::Interpreter | Start::Shell)
    });
    is_plain(base) && program
        || of_language && matches!(top, "app" | "code" | "server" | "src" | "workspace")
        || is_bare(base) && !matches!(top, "etc" | "usr" | "home" | "var")
        || is_plain(base) && (empty || !TAKEN.contains(&top))
}

/// Whether the base or a package certainly brings a program of that name.
fn has_tool(images: &[Image], index: usize, name: &str) -> bool {
    let Some(image) = images.get(index) else { return false };
    let brings = |package: &Text| package == name || (name.len() > 3 && package.starts_with(name));
    let packaged = || chain(images, index).any(|image| image.packages.iter().any(brings));
    image.base.row().is_some_and(|row| is_of_base(row, name)) || packaged()
}

/// Whether an image of the catalogue brings a program.
fn is_of_base(row: &BaseImage, name: &str) -> bool {
    let has_shell = row.shell.is_some();
    let reference = row.reference.split(':').next().unwrap_or_default();
    let product = base_name(reference);
    match name {
        "bash" => row.bash,
        "wget" => row.wget == Some(true),
        "curl" => row.curl == Some(true),
        "git" => row.git == Some(true),
        "java" => row.env.iter().any(|name| name.starts_with("JAVA_HOME")),
        "apache2-foreground" | "docker-php-entrypoint" | "php-fpm" => {
            row.toolchain == Some(Toolchain::Php)
        }
        "npm" | "npx" | "yarn" => row.toolchain == Some(Toolchain::Node) && has_shell,
        _ if USUAL.contains(&name) => has_shell,
        // `nginx`, `redis-server`, `httpd-foreground`.
        _ if row.start == Start::Service && name.starts_with(product) => true,
        _ => row.toolchain.is_some_and(|language| is_of_language(language, name)),
    }
}

fn is_of_language(language: Toolchain, name: &str) -> bool {
    let names: &[&str] = match language {
        Toolchain::C => &["gcc", "cc", "make"],
        Toolchain::Dotnet => &["dotnet"],
        Toolchain::Elixir => &["elixir", "iex", "mix"],
        Toolchain::Erlang => &["erl"],
        Toolchain::Go => &["go"],
        Toolchain::Java => &["java", "javac"],
        Toolchain::Julia => &["julia"],
        Toolchain::Node => &["node"],
        Toolchain::Perl => &["perl"],
        Toolchain::Php => &["php"],
        Toolchain::Python => &["python", "python3", "pip", "pip3"],
        Toolchain::Ruby => &["bundle", "gem", "irb", "rake", "ruby"],
        Toolchain::Rust => &["cargo"],
        Toolchain::Swift => &["swift"],
    };
    names.contains(&name)
}
