//! The grammar of image references, as `distribution/reference` has it.

use crate::model::ImageReference;
use crate::source::Span;
use crate::suggest::lower;
use crate::syntax::{Refusal, RefusalKind};
use crate::text::Text;

/// What is wrong with a reference; `None` if nothing is.
pub(super) fn check(text: &Text, span: Span) -> Option<Refusal> {
    let complaint = complaint(text)?;
    let refusal = Refusal::new(RefusalKind::ImageReference, span, complaint);
    let lower = Text::from(lower(text));
    let mended = lower != *text && self::complaint(&lower).is_none();
    Some(if mended { refusal.suggest(span, lower.as_str()) } else { refusal })
}

/// Whether `text` can name an image.
pub(crate) fn is_reference(text: &str) -> bool {
    complaint(&Text::from(text)).is_none()
}

fn complaint(text: &Text) -> Option<String> {
    if text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return Some("an image cannot be named by 64 hexadecimal digits alone".to_owned());
    }
    let image = ImageReference::parse(text);
    let repository = &image.repository;
    if repository.chars().any(char::is_uppercase) {
        return Some(format!("the image name `{repository}` must be in lower case"));
    }
    if let Some(registry) = image.registry.as_deref().filter(|registry| !is_registry(registry)) {
        return Some(format!("`{registry}` is no name of a registry"));
    }
    if repository.is_empty() || !repository.split('/').all(is_component) {
        return Some(format!("`{repository}` is no name of an image"));
    }
    if let Some(tag) = image.tag.as_deref().filter(|tag| !is_tag(tag)) {
        let what = if tag.is_empty() {
            "the tag behind `:` is missing".to_owned()
        } else {
            format!("`{tag}` is no tag")
        };
        return Some(what);
    }
    let digest = image.digest.as_deref().filter(|digest| !is_digest(digest));
    digest.map(|digest| format!("`{digest}` is no digest: `sha256:` and 64 hexadecimal digits"))
}

/// A host name, an IPv4 address or an IPv6 address in brackets, with an optional port.
fn is_registry(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let digits = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if !port.is_none_or(digits) {
        return false;
    }
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return !address.is_empty()
            && address.chars().all(|ch| ch.is_ascii_hexdigit() || ch == ':');
    }
    host.split('.').all(|label| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// Lower-case letters and digits, with one dot, one or two underscores or any number of dashes
/// between them.
fn is_component(text: &str) -> bool {
    let plain = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit();
    let separators = text.split(plain).filter(|separator| !separator.is_empty());
    text.starts_with(plain)
        && text.ends_with(plain)
        && separators.into_iter().all(|separator| {
            matches!(separator, "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-')
        })
}

fn is_tag(text: &str) -> bool {
    let word = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
    text.starts_with(word)
        && text.len() <= 128
        && text.chars().all(|ch| word(ch) || ".-".contains(ch))
}

/// `algorithm:hexadecimal`; of the algorithms that are known the length counts as well.
pub(super) fn is_digest(text: &str) -> bool {
    let Some((algorithm, hex)) = text.split_once(':') else { return false };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return false,
    };
    hex.len() == length
        && hex.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
