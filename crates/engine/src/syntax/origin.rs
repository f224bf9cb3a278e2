//! What a source of COPY or ADD is, as far as its name tells.

/// Endings of the archives that people know; ADD unpacks those that hold a tar.
const ARCHIVES: [&str; 15] = [
    ".Z", ".bz2", ".gz", ".lz", ".lzma", ".tZ", ".tar", ".tb2", ".tbz", ".tbz2", ".tgz", ".tlz",
    ".tpz", ".txz", ".xz",
];

/// Endings of what ADD certainly unpacks.
const TARBALLS: [&str; 12] = [
    ".tar",
    ".tar.bz2",
    ".tar.gz",
    ".tar.xz",
    ".tar.zst",
    ".tb2",
    ".tbz",
    ".tbz2",
    ".tgz",
    ".txz",
    ".tzst",
    ".tar.zstd",
];

/// Where a source comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A file that HTTP serves.
    Http,
    /// A Git repository.
    Git,
    /// The build context, or the stage of `--from`.
    Files,
}

impl Origin {
    /// The origin of a source as written.
    pub fn of(source: &str) -> Self {
        if source.starts_with("http://") || source.starts_with("https://") {
            let path = source.split(['#', '?']).next().unwrap_or(source);
            return if path.ends_with(".git") { Self::Git } else { Self::Http };
        }
        let git = ["git@", "git://", "ssh://"];
        if git.into_iter().any(|start| source.starts_with(start)) { Self::Git } else { Self::Files }
    }
}

/// Whether a file is called like an archive or a compressed file.
pub fn is_archive(name: &str) -> bool {
    ARCHIVES.into_iter().any(|ending| name.ends_with(ending))
}

/// Whether a file is called like an archive that ADD unpacks.
pub fn is_tarball(name: &str) -> bool {
    TARBALLS.into_iter().any(|ending| name.ends_with(ending))
}

/// The last component of a path of either system; empty behind a separator at the end.
pub fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
