//! Folders that have a meaning of their own.

/// The folder of the kernel that `path` is or lies in: `/dev`, `/proc` or `/sys`.
pub fn kernel_folder(path: &str) -> Option<&'static str> {
    let is_in = |folder: &&str| {
        let rest = path.strip_prefix(*folder);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    ["/dev", "/proc", "/sys"].into_iter().find(is_in)
}
