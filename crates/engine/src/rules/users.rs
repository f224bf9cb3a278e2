//! Who runs what: the user that a stage starts with, and whether that is root.

use super::Context;
use crate::image::is_root;
use crate::model::{Base, Stage};

/// USER of what lies below a stage; `None` where that is not known.
pub(super) fn user_below(stage: &Stage<'_>, cx: &Context<'_, '_>) -> Option<String> {
    if let Base::Stage(below) = stage.base
        && let Some(user) = &cx.images.get(below)?.user
    {
        return user.value.clone();
    }
    Some(cx.image(stage)?.base.row()?.user.to_owned())
}

/// Whether USER names somebody who is certainly not root.
pub(super) fn is_certainly_not_root(user: &str) -> bool {
    let name = user.split(':').next().unwrap_or(user);
    !is_root(user) && !name.to_ascii_lowercase().contains("admin")
}
