//! References to images: `registry/name:tag@digest`.
//!
//! Follows the grammar of `distribution/reference`: the first component is a registry if it holds
//! a dot, a colon or a capital letter, or is `localhost`; otherwise it belongs to Docker Hub.

use crate::catalog::BaseImage;
use crate::text::Text;
use std::borrow::Cow;

/// A reference, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageReference {
    /// The text that was taken apart.
    pub text: Text,
    /// The registry, where one is named.
    pub registry: Option<Text>,
    /// The rest of the name, as written.
    pub repository: Text,
    /// The tag.
    pub tag: Option<Text>,
    /// The digest, with its algorithm.
    pub digest: Option<Text>,
}

impl ImageReference {
    /// Takes `text` apart. Never fails; what does not fit the grammar ends up in the repository.
    pub fn parse(text: &Text) -> Self {
        let (rest, digest) = text.parted('@');
        let last_component = rest.rfind('/').map_or(0, |slash| slash + 1);
        let colon = rest.get(last_component..).and_then(|tail| tail.rfind(':'));
        let (name, tag) = rest.parted_at(colon.map(|colon| last_component + colon));
        let is_registry = |first: &str| {
            first.contains(['.', ':'])
                || first == "localhost"
                || first.chars().any(char::is_uppercase)
        };
        let (registry, repository) = match name.parted('/') {
            (first, Some(rest)) if is_registry(&first) => (Some(first), rest),
            _ => (None, name),
        };
        Self { text: text.clone(), registry, repository, tag, digest }
    }

    /// Takes `text` apart as hadolint does, variables and quotes and all: a registry has a dot, and
    /// the tag starts at the first colon behind it.
    pub fn as_hadolint_reads(text: &Text) -> Self {
        let (rest, digest) = text.parted('@');
        let (registry, name) = match rest.parted('/') {
            (first, Some(name)) if first.contains('.') => (Some(first), name),
            _ => (None, rest),
        };
        let mut braces = 0u32;
        let colon = name.bytes().position(|byte| {
            braces = braces.saturating_add(u32::from(byte == b'{'));
            braces = braces.saturating_sub(u32::from(byte == b'}'));
            byte == b':' && braces == 0
        });
        let (repository, tag) = name.parted_at(colon);
        Self { text: text.clone(), registry, repository, tag, digest }
    }

    /// The name as people say it: without Docker Hub's registry and its `library/`.
    pub fn familiar_name(&self) -> Cow<'_, str> {
        let hub = match self.registry.as_deref() {
            None | Some("docker.io" | "index.docker.io" | "registry-1.docker.io") => true,
            Some(_) => false,
        };
        match self.registry.as_deref() {
            _ if hub => self.repository.strip_prefix("library/").unwrap_or(&self.repository).into(),
            Some(registry) => format!("{registry}/{}", self.repository).into(),
            None => self.repository.as_str().into(),
        }
    }

    /// What the catalogue would write behind the name to say the same for good, as in
    /// `:1.26-trixie`, or `-debian12` for distroless.
    /// `row` is what the catalogue found for this reference.
    pub fn pinned_suffix(&self, row: &BaseImage) -> Option<&'static str> {
        let suffix = row.reference.strip_prefix(&*self.familiar_name())?;
        let says_more = (suffix.starts_with(':') && suffix != ":latest") || suffix.starts_with('-');
        says_more.then_some(suffix)
    }

    /// Whether the repository is one of those that publish no version tags, so that only a digest
    /// could say more.
    pub fn has_no_version_tags(&self) -> bool {
        match self.registry.as_deref() {
            Some("cgr.dev") => true,
            Some("gcr.io") => {
                self.repository.starts_with("distroless/") && self.repository.contains("-debian")
            }
            _ => false,
        }
    }

    /// The last component of the name, as in `golang` for `registry.example.com/mirror/golang`.
    pub fn short_name(&self) -> &str {
        self.repository.rsplit('/').next().unwrap_or(&self.repository)
    }
}
