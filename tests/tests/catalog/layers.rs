//! What instructions add: packages, package lists, Go programs and what their builds leave.

use engine::catalog::{
    Confidence, GoProfile, LayerKind, Linkage, Platform, alpine_packages, apt_lists,
    debian_packages, go_binary, go_caches, go_profiles, sqlite_binary,
};
use engine::size::{Range, Size};

use super::{both, look_up};

#[test]
fn debian_closures_match_the_measured_layers() {
    // Real installs of 2026-11-21, as many as can be told apart; bytes of the layer.
    let cases: [(&str, bool, &[&str], u64); 9] = [
        ("bookworm", false, &["ca-certificates"], 9_233_546),
        ("bookworm", false, &["ca-certificates", "curl"], 14_419_588),
        ("bookworm", true, &["curl"], 15_138_643),
        ("bookworm", false, &["wget"], 744_242),
        ("bookworm", false, &["procps"], 1_476_574),
        ("bookworm", false, &["gcc", "libc6-dev"], 190_679_475),
        ("bookworm", false, &["python3-pip"], 69_860_083),
        ("trixie", false, &["curl"], 12_676_471),
        ("trixie", false, &["build-essential"], 306_722_009),
    ];
    for (suite, recommends, names, bytes) in cases {
        let packages = debian_packages(suite, true, recommends, names);
        assert!(packages.unknown.is_empty());
        let range = packages.size.unpacked.expect("bytes");
        assert!((range.low..=range.high).contains(&bytes), "{names:?} {range:?} {bytes}");
    }
    assert_eq!(both(debian_packages("trixie", true, false, &["tzdata"]).size)[0].high, 0);
}

#[test]
fn more_packages_are_never_less() {
    let names = ["curl", "git", "ca-certificates", "build-essential", "gcc", "make", "tini", "jq"];
    for slim in [true, false] {
        let mut before = [Range::default(); 2];
        for count in 1..=names.len() {
            let size = both(debian_packages("bookworm", slim, false, &names[..count]).size);
            for (now, before) in size.iter().zip(before) {
                assert!(now.low >= before.low && now.high >= before.high, "{count}");
                assert!(now.likely >= before.likely, "{count}");
            }
            before = size;
        }
    }
    let mut before = Range::default();
    let names = ["ca-certificates", "curl", "git", "bash", "tzdata", "python3"];
    for count in 1..=names.len() {
        let now = both(alpine_packages("3.20", &names[..count]).size)[0];
        assert!(now.low >= before.low && now.likely > before.likely && now.high > before.high);
        before = now;
    }
    // git needs curl's library: together they are less than apart.
    let one = |name: &str| both(alpine_packages("3.20", &[name]).size)[0].likely;
    let together = both(alpine_packages("3.20", &["git", "curl"]).size)[0].likely;
    assert!(together < one("git") + one("curl"));
}

#[test]
fn recommended_packages_and_documentation_add_bytes() {
    let size = |slim, recommends| {
        both(debian_packages("bookworm", slim, recommends, &["git"]).size)[0].likely
    };
    assert!(size(true, false) < size(true, true));
    assert!(size(true, false) < size(false, false));
}

#[test]
fn unknown_packages_are_named_and_not_guessed() {
    let packages = debian_packages("bookworm", true, false, &["no-such-thing"]);
    assert_eq!(packages.unknown, ["no-such-thing"]);
    assert_eq!(packages.size, Size::UNKNOWN);
    let packages = debian_packages("bookworm", true, false, &["curl=7.88.1-10", "no-such-thing"]);
    assert_eq!(packages.unknown, ["no-such-thing"]);
    assert!(packages.size.unpacked.is_some());
    let packages = alpine_packages("3.20", &["no-such-thing", "curl~=8"]);
    assert_eq!(packages.unknown, ["no-such-thing"]);
    assert!(packages.size.unpacked.is_some());
    // Part of the base: known, and nothing is added.
    assert_eq!(both(alpine_packages("3.24", &["busybox"]).size)[0], Range::default());
    assert_eq!(alpine_packages("3.22", &["build-base"]).confidence, Confidence::Low);
}

#[test]
fn package_lists_weigh_what_was_measured() {
    assert_eq!(both(apt_lists("bookworm"))[0].likely, 19_865_000);
    assert_eq!(both(apt_lists("trixie"))[0].likely, 21_709_000);
    let [unpacked, compressed] = both(apt_lists("jammy"));
    assert!(unpacked.high > 2 * unpacked.likely && compressed.likely < unpacked.likely);
}

#[test]
fn alpine_with_certificates_is_what_the_guides_measured() {
    // `alpine:3.19` + `apk add ca-certificates` + a binary of 4.94 MB: 12.8 MB.
    let base = both(look_up("alpine:3.19").expect("a row").size(Platform::Amd64))[0];
    let added = both(alpine_packages("3.19", &["ca-certificates"]).size)[0];
    let total = base.likely + added.likely + 4_940_000;
    assert!((12_600_000..13_000_000).contains(&total), "{total}");
}

#[test]
fn stripped_binaries_are_smaller_in_every_way() {
    assert_eq!(go_profiles().len(), 12);
    for profile in go_profiles() {
        for version in ["1.20", "1.22", "1.24.3", "1.27", "", "1.31"] {
            for platform in Platform::ALL {
                let size = |stripped, linkage| {
                    both(go_binary(profile, version, stripped, linkage, platform))
                };
                let [whole, whole_compressed] = size(false, Linkage::Pure);
                let [stripped, stripped_compressed] = size(true, Linkage::Pure);
                assert!(stripped.high < whole.low, "{} {version}", profile.name);
                assert!(stripped_compressed.high < whole_compressed.low);
                assert!(whole_compressed.likely < whole.likely);
                let saving = 1.0 - stripped.likely as f64 / whole.likely as f64;
                assert!((0.2..0.37).contains(&saving), "{} {saving}", profile.name);
                assert!(size(false, Linkage::Dynamic)[0].likely > whole.likely);
                assert!(size(false, Linkage::StaticLibc)[0].low > whole.likely);
            }
        }
        let program = go_binary(profile, "1.22", false, Linkage::Dynamic, Platform::Amd64);
        assert!(both(sqlite_binary(program, false))[0].likely > both(program)[0].likely);
    }
}

#[test]
fn measured_binaries_come_back_as_measured() {
    let profile = GoProfile::from_name("http-api").expect("a profile");
    let size = go_binary(profile, "1.22", true, Linkage::Pure, Platform::Amd64);
    assert_eq!(both(size).map(|range| range.likely), [4_935_832, 2_113_996]);
    let caches = go_caches(profile, "1.24");
    assert_eq!(both(caches.build)[0].likely, 85_003_734);
    assert_eq!(both(caches.modules)[0], Range::default());
    // Measured with cgo: 1.0 % more, and 13.9 % more with glibc inside.
    let dynamic = both(go_binary(profile, "1.22", false, Linkage::Dynamic, Platform::Amd64))[0];
    assert!((dynamic.low..=dynamic.high).contains(&7_305_919));
    let inside = both(go_binary(profile, "1.22", false, Linkage::StaticLibc, Platform::Amd64))[0];
    assert!((inside.low..=inside.high).contains(&8_241_472));
}

#[test]
fn build_caches_grow_with_the_program() {
    let build = |name: &str| {
        let profile = GoProfile::from_name(name).expect("a profile");
        both(go_caches(profile, "1.22").build)[0].likely
    };
    assert!(build("hello") < build("http-api"));
    assert!(build("http-api") < build("gin"));
    assert!(build("gin") < build("api-full"));
    assert!(build("api-full") < build("cloud"));
}

#[test]
fn a_single_stage_on_golang_alpine_weighs_what_was_claimed() {
    // A well-known guide measured 387 MB for golang:1.23-alpine with a binary of 12.4 MB.
    let profile = GoProfile::from_name("gin").expect("a profile");
    let base = both(look_up("golang:1.23-alpine").expect("a row").size(Platform::Amd64))[0];
    let caches = go_caches(profile, "1.23");
    let (build, modules) = (both(caches.build)[0], both(caches.modules)[0]);
    let low = base.low + build.low + modules.low + 12_400_000;
    let high = base.high + build.high + modules.high + 12_400_000;
    assert!((low..=high).contains(&387_000_000), "{low} to {high}");
}

#[test]
fn ratios_are_within_sane_bounds() {
    let kinds = [
        LayerKind::Apk,
        LayerKind::Apt,
        LayerKind::GoBinary,
        LayerKind::GoBinaryStripped,
        LayerKind::GoBuildCache,
        LayerKind::GoModules,
        LayerKind::Packed,
        LayerKind::Program,
        LayerKind::Text,
        LayerKind::Unknown,
    ];
    for kind in kinds {
        let ratio = kind.ratio();
        assert!(ratio.low >= 200 && ratio.low <= ratio.likely && ratio.likely <= ratio.high);
        assert!(ratio.high <= 1010 && !kind.source().is_empty());
        let bytes = Range { low: 900_000, likely: 1_000_000, high: 1_100_000 };
        let back = ratio.unpacked(ratio.compressed(bytes));
        assert!(back.low <= bytes.low && back.high >= bytes.high);
    }
}
