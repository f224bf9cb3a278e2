//! Unpacks the table of base images.

use std::sync::LazyLock;

use super::base::{BaseImage, Bytes};
use super::data;
use super::facts::{Family, Libc, PackageManager, Start, Toolchain, release as find_release};
use super::kinds::Ratio;
use super::table::{number, pick, rows, words};

/// What one kind of image holds.
struct Contents {
    family: Family,
    libc: Libc,
    shell: &'static str,
    /// `bash`, `all_users`, then seven facts: y, n or ? for each.
    flags: [Option<bool>; 10],
    package_manager: Option<PackageManager>,
    user: &'static str,
    users: Vec<&'static str>,
    groups: Vec<&'static str>,
    toolchain: Option<Toolchain>,
    env: Vec<&'static str>,
    workdir: &'static str,
    start: Start,
    ratio: &'static Ratio,
}

/// All base images, sorted by reference.
pub static IMAGES: LazyLock<Vec<BaseImage>> =
    LazyLock::new(|| rows(data::BASES).filter_map(image).collect());

static CONTENTS: LazyLock<Vec<Contents>> =
    LazyLock::new(|| rows(data::CONTENTS).filter_map(contents).collect());

static SOURCES: LazyLock<Vec<&str>> =
    LazyLock::new(|| rows(data::SOURCES).map(|[source]| source).collect());

fn contents(cells: [&'static str; 13]) -> Option<Contents> {
    let [
        family,
        libc,
        shell,
        said,
        manager,
        user,
        users,
        groups,
        toolchain,
        env,
        workdir,
        start,
        ratio,
    ] = cells;
    let mut flags = [None; 10];
    for (flag, said) in flags.iter_mut().zip(said.bytes()) {
        *flag = match said {
            b'y' => Some(true),
            b'n' => Some(false),
            _ => None,
        };
    }
    Some(Contents {
        family: pick(&data::FAMILIES, family)?,
        libc: pick(&data::LIBCS, libc)?,
        shell,
        flags,
        package_manager: pick(&data::MANAGERS, manager),
        user,
        users: words(users).collect(),
        groups: words(groups).collect(),
        toolchain: pick(&data::TOOLCHAINS, toolchain),
        env: words(env).collect(),
        workdir,
        start: pick(&data::STARTS, start)?,
        ratio: pick(&data::RATIOS, ratio)?,
    })
}

fn image(cells: [&'static str; 13]) -> Option<BaseImage> {
    let [
        reference,
        resolved,
        date,
        release,
        libc_version,
        contents,
        a,
        b,
        c,
        d,
        margin,
        confidence,
        source,
    ] = cells;
    let contents = CONTENTS.get(number::<usize>(contents)?)?;
    let [bash, all_users, ca_certificates, time_zones, wget, curl, tmp, c_compiler, git, libgcc] =
        contents.flags;
    let libc_of_release = || match contents.libc {
        Libc::None => "",
        Libc::Glibc | Libc::Musl => find_release(release).map_or("", |release| release.libc),
    };
    Some(BaseImage {
        reference,
        resolved: if resolved.is_empty() { reference } else { resolved },
        date,
        release,
        libc_version: if libc_version.is_empty() { libc_of_release() } else { libc_version },
        family: contents.family,
        libc: contents.libc,
        shell: Some(contents.shell).filter(|shell| !shell.is_empty()),
        bash: bash == Some(true),
        package_manager: contents.package_manager,
        ca_certificates,
        time_zones,
        wget,
        curl,
        tmp,
        c_compiler,
        git,
        libgcc,
        user: contents.user,
        users: &contents.users,
        groups: &contents.groups,
        all_users: all_users == Some(true),
        toolchain: contents.toolchain,
        env: &contents.env,
        workdir: contents.workdir,
        start: contents.start,
        confidence: pick(&data::CONFIDENCES, confidence)?,
        source: pick(&SOURCES, source)?,
        ratio: contents.ratio,
        amd64: Bytes { unpacked: number(a), compressed: number(b) },
        arm64: Bytes { unpacked: number(c), compressed: number(d) },
        margin: number(margin)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(IMAGES.len(), data::BASES.1);
        assert_eq!(CONTENTS.len(), data::CONTENTS.1);
        assert!(IMAGES.is_sorted_by_key(|image| image.reference));
        assert!(SOURCES.iter().all(|source| !source.is_empty()));
    }
}
