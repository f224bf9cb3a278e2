//! What an image certainly holds, and what it certainly lacks.

use super::{Image, chain};

/// Whether no instruction can have put anything at `path`; what the base brings is not asked.
pub(crate) fn lacks(images: &[Image], index: usize, path: &str) -> bool {
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
    let shell = shell.map_or("/bin/sh", String::as_str);
    image.base.has_shell() == Some(false) && lacks(images, index, shell)
}

/// Whether WORKDIR has made `path` a directory.
pub(crate) fn is_directory(images: &[Image], index: usize, path: &str) -> bool {
    let inside = format!("{path}/");
    let made = |image: &Image| {
        let next = image.workdirs.range(inside.clone()..).next();
        image.workdirs.contains(path) || next.is_some_and(|next| next.starts_with(&inside))
    };
    chain(images, index).any(made)
}
