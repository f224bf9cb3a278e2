//! COPY and ADD: which files end up where, with the facts that they carry from stage to stage.

use super::contents::{is_directory, is_of_another_platform};
use super::files::{File, Hashbang, Origin, absolute, base_name};
use super::layer::{Addition, What};
use super::program::is_missing;
use super::simulate::Walk;
use super::{Accounts, BaseFacts, Image, chain, find_file};
use crate::catalog;
use crate::model::{ImageReference, Step, UseTarget};
use crate::source::Span;
use crate::syntax::{Keyword, Word, instruction::Copy, is_tarball};

impl Walk<'_, '_> {
    pub(super) fn copy(&mut self, index: usize, step: &Step<'_>, copy: &Copy) -> Vec<Addition> {
        let from = step.instruction.statement.flag_value("from");
        let Some(from) = from else { return self.copy_context(step, copy) };
        let uses = &self.stage.uses;
        let used = uses.get(uses.partition_point(|used| used.step < index));
        let target = used.filter(|used| used.step == index).map(|used| &used.target);
        let mut additions = Vec::new();
        for source in &copy.sources {
            let path = step.text(source);
            let stage = match target {
                Some(UseTarget::Stage(stage)) if *stage < self.stage.index => Some(*stage),
                _ => None,
            };
            // Of a folder, what is in it is copied, and not the folder itself.
            let folder = stage.zip(path).is_some_and(|(stage, path)| self.is_folder(stage, path));
            let destination = match folder {
                true => step.text(&copy.destination).and_then(|into| self.path(into)),
                false => path.and_then(|path| self.destination(step, copy, path)),
            };
            let file =
                stage.and_then(|stage| find_file(self.earlier, stage, &absolute("/", path?)));
            let exact = file.map(|file| &file.origin);
            let followed = || {
                let other =
                    stage.is_some_and(|it| is_of_another_platform(self.earlier, it, &source.text));
                let path = path.map(|path| absolute("/", path));
                !other
                    && stage.zip(path).is_some_and(|(stage, path)| self.is_followed(stage, &path))
            };
            if !matches!(exact, Some(Origin::Built(_) | Origin::Inline { .. })) && !followed() {
                self.leave_open(step, copy);
            }
            if let (Some(stage), Some(path)) = (stage, path) {
                self.copy_directory(stage, &absolute("/", path), step, copy);
            }
            let added = match (stage, path) {
                (Some(stage), Some(path)) => {
                    self.copy_from(stage, path, destination, source.span, mode(step))
                }
                (_, Some(path)) => well_known(path, target.and_then(release_of))
                    .map(|what| vec![Addition { what, span: source.span }]),
                _ => None,
            };
            let used = match target {
                Some(UseTarget::Image(image)) => Some(&**image),
                _ => None,
            };
            self.copy_accounts(stage, used, path, step, copy);
            additions.extend(added.unwrap_or_else(|| {
                let what = What::Foreign(format!("{} of {}", source.text, from.text));
                vec![Addition { what, span: source.span }]
            }));
        }
        additions
    }

    /// A directory of an earlier stage that WORKDIR or mkdir made, with those inside: its contents land
    /// in the destination, which is one then.
    fn copy_directory(&mut self, stage: usize, path: &str, step: &Step<'_>, copy: &Copy) {
        let into = step.text(&copy.destination).and_then(|into| self.path(into));
        let Some(into) = into.filter(|_| is_directory(self.earlier, stage, path)) else { return };
        let inside = format!("{}/", path.trim_end_matches('/'));
        let made = chain(self.earlier, stage).flat_map(|image| {
            let below = image.workdirs.from(&inside);
            below.map_while(|folder| folder.strip_prefix(inside.as_str()))
        });
        let found: Vec<String> = made.map(|rest| absolute(&into, rest)).collect();
        self.image.workdirs.extend(found);
        self.image.workdirs.add(&into);
    }

    /// Whether a path of an earlier stage is certainly a folder.
    fn is_folder(&self, stage: usize, path: &str) -> bool {
        let path = absolute("/", path);
        let holds = |image: &Image| {
            image.files.below(&path).next().is_some()
                || image.files.programs_below(&path).next().is_some()
        };
        find_file(self.earlier, stage, &path).is_none()
            && (is_directory(self.earlier, stage, &path) || chain(self.earlier, stage).any(holds))
    }

    /// Whether all that lies below a folder of an earlier stage is known.
    fn is_followed(&self, stage: usize, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let open = |image: &Image| {
            image.unfollowed.paths().any(|at| at == folder || at.starts_with(&inside))
        };
        folder != "/"
            && is_missing(self.earlier, stage, folder)
            && !chain(self.earlier, stage).any(open)
    }

    /// What COPY from another image does to users and groups.
    fn copy_accounts(
        &mut self,
        stage: Option<usize>,
        used: Option<&ImageReference>,
        path: Option<&str>,
        step: &Step<'_>,
        copy: &Copy,
    ) {
        let into = step.text(&copy.destination).and_then(|path| self.path(path));
        let Some(into) = into.as_deref() else { return self.image.accounts.open() };
        let from = stage.and_then(|stage| self.earlier.get(stage)).map(|image| &image.accounts);
        let path = path.map(|path| absolute("/", path));
        let written = stage.zip(path.as_deref()).and_then(|(stage, path)| {
            chain(self.earlier, stage).find_map(|image| image.texts.get(path))
        });
        let of_image = used.map(BaseFacts::of).map(|base| Accounts::of(&base));
        let from = from.or(of_image.as_ref());
        let accounts = &mut self.image.accounts;
        match (path.as_deref(), from, into) {
            (_, _, "/etc/passwd") if written.is_some() => {
                accounts.write_users(written.map_or("", String::as_str), true);
            }
            (_, _, "/etc/group") if written.is_some() => {
                accounts.write_groups(written.map_or("", String::as_str), true);
            }
            (Some("/etc/passwd"), Some(from), "/etc/passwd" | "/etc") => accounts.copy_users(from),
            (Some("/etc/group"), Some(from), "/etc/group" | "/etc") => accounts.copy_groups(from),
            (Some("/"), Some(from), "/") | (Some("/etc"), Some(from), "/etc") => {
                accounts.copy_users(from);
                accounts.copy_groups(from);
            }
            // One file that is known, as `/out/server` into `/`.
            (Some(path), Some(_), "/" | "/etc")
                if stage.is_some_and(|stage| find_file(self.earlier, stage, path).is_some()) => {}
            (_, _, "/" | "/etc" | "/etc/passwd" | "/etc/group") => accounts.open(),
            _ => {}
        }
    }

    /// Follows a file, or all known files of a directory, from an earlier stage into this one.
    fn copy_from(
        &mut self,
        stage: usize,
        path: &str,
        destination: Option<String>,
        span: Span,
        mode: Option<Option<bool>>,
    ) -> Option<Vec<Addition>> {
        let path = absolute("/", path);
        if let Some(file) = find_file(self.earlier, stage, &path) {
            let origin = file.origin.clone();
            let shown = destination.clone().unwrap_or_else(|| path.clone());
            let what = carried(&origin, &shown, &path);
            let executable = mode.unwrap_or(file.executable);
            if let Some(destination) = destination {
                self.image.files.insert(destination, File { origin, span, executable });
            }
            return Some(vec![Addition { what, span }]);
        }
        let from = self.earlier.get(stage).map(|image| image.base);
        if let Some(what) = well_known(&path, from.map(|base| base.release())) {
            return Some(vec![Addition { what, span }]);
        }
        let found: Vec<(String, File)> = chain(self.earlier, stage)
            .flat_map(|image| image.files.below(&path))
            .map(|(below, file)| (below.to_owned(), file.clone()))
            .collect();
        let built = self.copy_programs(stage, &path, destination.as_deref(), span);
        if found.is_empty() && built.is_none() {
            return None;
        }
        let mut additions = Vec::from_iter(built);
        // What else the stage put there comes along.
        let within = |inner: &str, outer: &str| {
            let rest = inner.strip_prefix(outer.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let more = chain(self.earlier, stage)
            .flat_map(|image| &image.filled)
            .any(|filled| within(filled, &path) || within(&path, filled));
        if more {
            let what = What::Foreign(format!("what else is in {path}"));
            additions.push(Addition { what, span });
        }
        for (below, file) in found {
            let rest = below.strip_prefix(&path).unwrap_or_default();
            let target = destination.as_ref().map(|to| absolute(to, rest.trim_start_matches('/')));
            let what = carried(&file.origin, target.as_deref().unwrap_or(&below), &below);
            additions.push(Addition { what, span });
            if let Some(target) = target {
                let executable = mode.unwrap_or(file.executable);
                self.image.files.insert(target, File { span, executable, ..file });
            }
        }
        Some(additions)
    }

    fn copy_context(&mut self, step: &Step<'_>, copy: &Copy) -> Vec<Addition> {
        let mut additions = Vec::new();
        let heredocs = &step.instruction.line.heredocs;
        for (word, heredoc) in copy.heredocs.iter().zip(heredocs) {
            let bytes = u64::from(heredoc.body.len());
            additions.push(Addition { what: What::Inline(bytes), span: word.span });
            if let Some(destination) = self.destination(step, copy, &heredoc.name) {
                let text = heredoc.body.of(self.text);
                match destination.as_str() {
                    "/etc/passwd" => self.image.accounts.write_users(text, true),
                    "/etc/group" => self.image.accounts.write_groups(text, true),
                    _ => {}
                }
                let origin = Origin::Inline { bytes, hashbang: Hashbang::of(text) };
                // Files of a heredoc are made with the mode 0644.
                let executable = mode(step).unwrap_or(Some(false));
                self.image.files.insert(destination, File { origin, span: word.span, executable });
            }
        }
        let mut spans = copy.sources.iter().map(|source| source.span);
        let Some(first) = spans.next() else { return additions };
        // ADD unpacks archives.
        let plain = step.keyword() == Keyword::Copy;
        if !plain || !copy.sources.iter().all(|source| is_plainly_a_file(&source.text)) {
            self.leave_open(step, copy);
        }
        let span = spans.fold(first, Span::cover);
        for source in &copy.sources {
            let destination = step.text(source).and_then(|path| self.destination(step, copy, path));
            let into = step.text(&copy.destination).and_then(|path| self.path(path));
            if into.is_none_or(|path| {
                matches!(path.as_str(), "/" | "/etc" | "/etc/passwd" | "/etc/group")
            }) {
                self.image.accounts.open();
            }
            if let Some(destination) = destination.filter(|_| !is_whole(&source.text)) {
                let executable = mode(step).unwrap_or_default();
                let file = File { executable, ..File::new(Origin::Context, source.span) };
                self.image.files.insert(destination, file);
            }
        }
        let sources: Vec<String> =
            copy.sources.iter().map(|source| source.text.to_string()).collect();
        let whole = sources.iter().any(|source| is_whole(source));
        additions.push(Addition { what: What::Context { sources, whole }, span });
        additions
    }

    pub(super) fn add(&mut self, step: &Step<'_>, copy: &Copy) -> Vec<Addition> {
        let remote = |text: &str| text.contains("://") || text.starts_with("git@");
        if copy.sources.iter().any(|source| remote(&source.text)) {
            self.leave_open(step, copy);
            self.download(step, copy);
            let why = "the text does not tell how big the files are that are downloaded";
            let what = |source: &Word| Addition {
                what: What::Outside(source.text.to_string(), why),
                span: source.span,
            };
            return copy.sources.iter().map(what).collect();
        }
        let (archives, files): (Vec<&Word>, Vec<&Word>) =
            copy.sources.iter().partition(|source| is_tarball(&source.text));
        let mut additions = self.copy_context(step, copy);
        if !archives.is_empty() {
            // What is in them counts instead of them.
            additions.retain(|addition| !matches!(addition.what, What::Context { .. }));
            let why = "ADD unpacks the archive, and only you know what is in it";
            additions.extend(archives.into_iter().map(|source| {
                let what = What::Outside(format!("what is in {}", source.text), why);
                Addition { what, span: source.span }
            }));
            additions.extend(files.into_iter().map(|source| {
                let (sources, whole) = (vec![source.text.to_string()], is_whole(&source.text));
                Addition { what: What::Context { sources, whole }, span: source.span }
            }));
        }
        additions
    }

    /// A file from a web server, which has the mode 0600 unless a flag says otherwise.
    fn download(&mut self, step: &Step<'_>, copy: &Copy) {
        let [source] = copy.sources.as_slice() else { return };
        let Some(url) = step.text(source).filter(|url| url.starts_with("http")) else { return };
        let plain = !url.contains(['?', '#', '@']) && !url.trim_end_matches('/').ends_with(".git");
        let unpacks = step.instruction.statement.flag("unpack").is_some();
        if let Some(destination) = self.destination(step, copy, url).filter(|_| plain && !unpacks) {
            let executable = mode(step).unwrap_or(Some(false));
            let file = File { executable, ..File::new(Origin::Elsewhere, source.span) };
            self.image.files.insert(destination, file);
        }
    }

    /// Notes that anything may lie in the destination, and below it.
    fn leave_open(&mut self, step: &Step<'_>, copy: &Copy) {
        let destination = step.text(&copy.destination).and_then(|path| self.path(path));
        self.open_at(destination.as_deref());
    }

    /// Where a source ends up: in the destination if that is a directory, else at it.
    pub(super) fn destination(&self, step: &Step<'_>, copy: &Copy, source: &str) -> Option<String> {
        let destination = step.text(&copy.destination)?;
        let full = self.path(destination)?;
        let several = copy.sources.len() + copy.heredocs.len() > 1;
        let directory = several
            || destination.ends_with('/')
            || matches!(destination, "." | "..")
            || self.image.workdirs.contains(&full)
            || is_folder_of(&self.image.base, &full)
            || self.image.workdir.as_deref() == Some(full.as_str())
            || full == "/"
            || self.image.files.below(&full).next().is_some();
        let name = base_name(source);
        if directory && !name.is_empty() && !source.ends_with('/') && !is_whole(source) {
            return Some(absolute(&full, name));
        }
        Some(full)
    }
}

/// Whether every distribution has a folder of that name.
fn is_folder_of(base: &BaseFacts, path: &str) -> bool {
    const FOLDERS: [&str; 16] = [
        "/bin",
        "/etc",
        "/etc/ssl/certs",
        "/home",
        "/lib",
        "/opt",
        "/root",
        "/sbin",
        "/srv",
        "/tmp",
        "/usr",
        "/usr/bin",
        "/usr/local",
        "/usr/local/bin",
        "/usr/sbin",
        "/var",
    ];
    base.has_shell() == Some(true) && FOLDERS.contains(&path)
}

/// Whether a source is one file by its name, and no folder: `main.go`, `app.jar`.
fn is_plainly_a_file(source: &str) -> bool {
    let name = base_name(source);
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let whole = !source.contains(['*', '?', '[', '$']) && !source.ends_with('/');
    whole && extension.is_some_and(|(_, after)| (1..=5).contains(&after.len()) && plain(after))
}

/// Whether `--chmod` lets the file be executed; the outer `None` where there is no such flag.
fn mode(step: &Step<'_>) -> Option<Option<bool>> {
    let value = step.instruction.statement.flag_value("chmod")?;
    let octal = step.text(value).and_then(|mode| u32::from_str_radix(mode, 8).ok());
    Some(octal.map(|mode| mode & 0o111 != 0))
}

pub(super) fn carried(origin: &Origin, shown: &str, source: &str) -> What {
    match origin {
        Origin::Built(binary) => What::Binary(binary.clone(), shown.to_owned()),
        Origin::Inline { bytes, .. } => What::Inline(*bytes),
        Origin::Context => What::Context { sources: vec![source.to_owned()], whole: false },
        Origin::Elsewhere => What::Foreign(source.to_owned()),
    }
}

/// The release of an image that is no stage, where its name tells it.
fn release_of(target: &UseTarget) -> Option<&'static str> {
    let UseTarget::Image(image) = target else { return None };
    let found = catalog::base_image(&image.familiar_name(), image.tag.as_deref())?;
    Some(found.release)
}

/// Files whose size is known wherever they come from, or for images of some release.
fn well_known(path: &str, release: Option<&'static str>) -> Option<What> {
    let path = path.trim_end_matches('/');
    Some(match path {
        "/etc/ssl/certs/ca-certificates.crt" | "/etc/ssl/certs" => What::Certificates,
        "/usr/share/zoneinfo" => What::TimeZones(release.unwrap_or_default()),
        "/usr/local/go/lib/time/zoneinfo.zip" => What::ZoneArchive,
        "/etc/passwd" | "/etc/group" => What::Accounts,
        _ => return None,
    })
}

fn is_whole(source: &str) -> bool {
    matches!(source, "." | "./" | "/" | "*" | "./*" | "..")
}
