//! Package managers of languages: the commands that fetch what a manifest lists.

use super::{Command, ShellWord};

/// A command that fetches dependencies, and the files that it reads for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependencies<'a> {
    /// The whole command.
    pub command: &'a Command,
    /// How people call it, as in `npm ci`.
    pub shown: String,
    /// The files without which it cannot run.
    pub manifests: Vec<String>,
    /// The sources that COPY would take for it, as in `go.mod go.sum*`.
    pub files: String,
    /// Whether these stand in the working directory, as far as the command tells.
    pub files_are_relative: bool,
}

impl<'a> Dependencies<'a> {
    /// Reads a command; `None` unless it is certain that it fetches what a manifest lists, and
    /// nothing else.
    pub fn of(command: &'a Command) -> Option<Self> {
        let words: Vec<&str> = command.words.iter().map(|word| word.text.as_str()).collect();
        let program = command.program();
        let rest = words.get(1..).unwrap_or_default();
        match (program, rest) {
            ("go", ["mod", "download", flags @ ..]) if flags.iter().all(|f| f.starts_with('-')) => {
                Some(Self::known(command, "go mod download", "go.mod", "go.mod go.sum*"))
            }
            ("npm", _) => {
                let verb = lone_verb(rest)?;
                let known = matches!(verb, "ci" | "clean-install" | "i" | "install");
                let shown = format!("npm {verb}");
                let files = "package.json package-lock.json*";
                known.then(|| Self::known(command, &shown, "package.json", files))
            }
            ("yarn", []) => {
                Some(Self::known(command, "yarn", "package.json", "package.json yarn.lock*"))
            }
            ("yarn", _) => (lone_verb(rest)? == "install").then(|| {
                Self::known(command, "yarn install", "package.json", "package.json yarn.lock*")
            }),
            ("pnpm", _) => matches!(lone_verb(rest)?, "i" | "install").then(|| {
                let files = "package.json pnpm-lock.yaml*";
                Self::known(command, "pnpm install", "package.json", files)
            }),
            ("pip" | "pip3", ["install", ..]) => Self::pip(command, command.words.get(2..)?),
            ("python" | "python3", ["-m", "pip", "install", ..]) => {
                Self::pip(command, command.words.get(4..)?)
            }
            _ => None,
        }
    }

    fn known(command: &'a Command, shown: &str, manifest: &str, files: &str) -> Self {
        Self {
            command,
            shown: shown.to_owned(),
            manifests: vec![manifest.to_owned()],
            files: files.to_owned(),
            files_are_relative: true,
        }
    }

    /// `pip install -r FILE`, with flags but without packages of its own.
    fn pip(command: &'a Command, words: &[ShellWord]) -> Option<Self> {
        let mut manifests = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            let file = match text {
                "-r" | "--requirement" => {
                    words.next().filter(|file| file.literal)?.text.to_string()
                }
                _ => match text.strip_prefix("--requirement=") {
                    Some(file) if word.literal => file.to_owned(),
                    Some(_) => return None,
                    None if text.starts_with('-') => continue,
                    None => return None,
                },
            };
            manifests.push(file);
        }
        let first = manifests.first()?;
        let plain = |ch: char| ch.is_ascii_alphanumeric() || "._-".contains(ch);
        Some(Self {
            command,
            shown: format!("pip install -r {first}"),
            files: manifests.join(" "),
            files_are_relative: manifests.iter().all(|file| file.chars().all(plain)),
            manifests,
        })
    }
}

/// The only argument that is no flag, if nothing says that the manifest lies elsewhere.
fn lone_verb<'w>(words: &[&'w str]) -> Option<&'w str> {
    const ELSEWHERE: [&str; 7] = ["-C", "--prefix", "--cwd", "--dir", "-g", "--global", "--filter"];
    let names_place = |word: &&str| ELSEWHERE.contains(&word.split('=').next().unwrap_or_default());
    if words.iter().any(names_place) {
        return None;
    }
    let mut verbs = words.iter().filter(|word| !word.starts_with('-'));
    let verb = verbs.next()?;
    verbs.next().is_none().then_some(*verb)
}
