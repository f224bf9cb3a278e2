#!/usr/bin/env python3
"""Builds programs of Rust with cargo, runs them in assembled root folders, and writes rust.jsonl. See README.md.

    rust.py TOOLCHAIN      the folder of a Rust toolchain, as `rustc --print sysroot` says it
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import stand_ins

HERE = Path(__file__).resolve().parent
LAB = Path(os.environ.get("LAB", "/tmp/lab"))
GNU = "x86_64-unknown-linux-gnu"
RELEASES = ["bullseye", "bookworm", "trixie"]

# The RUN line of a Dockerfile, and where the program is then.
BUILDS = [
    ("cargo build --release", "/src/target/release/app"),
    ("cargo build", "/src/target/debug/app"),
    ("RUSTFLAGS='-C panic=abort -C opt-level=z' cargo build --release", "/src/target/release/app"),
    ("RUSTFLAGS='-C target-feature=+crt-static' cargo build --release", "/src/target/release/app"),
    (f"RUSTFLAGS='-C target-feature=+crt-static' cargo build --release --target {GNU}", f"/src/target/{GNU}/release/app"),
    (f"cargo build --release --target {GNU} --target-dir /out", f"/out/{GNU}/release/app"),
    ("cargo install --path . --root /out", "/out/bin/app"),
]
LIBRARIES = {"base": ["libc6"], "cc": ["libc6", "libgcc-s1", "libstdc++6"]}


def sh(command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)


def unpacked(name, release, packages):
    """A root folder with those packages and nothing else, laid out as the release has it."""
    root = stand_ins.fresh(LAB, "rust-" + re.sub(r"\W+", "-", name))
    for folder in ["bin", "lib", "lib64", "sbin"]:
        (root / "usr" / folder).mkdir(parents=True)
        (root / folder).symlink_to(f"usr/{folder}")
    for package in packages:
        source = stand_ins.package(LAB, release, package)
        sh(f"tar -C {source} -c . | tar -C {root} -x --keep-directory-symlink", shell=True)
    return root


def roots():
    """Each base image, as far as the loader sees it."""
    found = {"scratch": unpacked("scratch", "bookworm", [])}
    for release, name in [("bookworm", "debian12"), ("trixie", "debian13")]:
        found[f"gcr.io/distroless/static-{name}"] = unpacked(f"static-{name}", release, [])
        for kind, packages in LIBRARIES.items():
            found[f"gcr.io/distroless/{kind}-{name}"] = unpacked(f"{kind}-{name}", release, packages)
    found["alpine:3.22"] = unpacked("alpine", "trixie", ["musl"])
    for release in RELEASES:
        found[f"debian:{release}-slim"] = stand_ins.debian(LAB, release)
    return found


def builder(release, toolchain):
    """A Debian with a C compiler and that toolchain, as `rust:1-slim-*` is."""
    root = LAB / "rust-builders" / release
    if not (root / "usr/bin/gcc").exists():
        root.parent.mkdir(exist_ok=True)
        sh(["cp", "-a", stand_ins.debian(LAB, release), root])
        install = "apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev"
        sh(["chroot", root, "sh", "-c", install])
    for part in ["bin", "lib"]:
        if not (root / "usr/local/cargo" / part).exists():
            (root / "usr/local/cargo").mkdir(exist_ok=True)
            sh(["cp", "-a", toolchain / part, root / "usr/local/cargo"])
    return root


def built(root, run, path, program):
    """The program that a RUN line makes of that source."""
    for folder in ["src", "out"]:
        shutil.rmtree(root / folder, ignore_errors=True)
    (root / "src/src").mkdir(parents=True)
    (root / "src/Cargo.toml").write_text('[package]\nname = "app"\nversion = "0.1.0"\nedition = "2024"\n')
    shutil.copy(HERE / "programs" / f"{program}.rs", root / "src/src/main.rs")
    line = f"cd /src && export PATH=/usr/local/cargo/bin:$PATH HOME=/root && {run}"
    # cargo and rustc look themselves up in /proc.
    inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" sh -c "$1"'
    sh(["unshare", "--mount", "sh", "-c", inside, root, line])
    return (root / path.lstrip("/")).read_bytes()


def outcome(root, data):
    """What happens when it is started there: `starts`, or what the loader or the kernel says."""
    code, started, last = stand_ins.start(root, data)
    if code == 0 and started:
        return "starts"
    return re.sub(r"^\S*chroot: failed to run command '/program': |^/program: ", "", last or f"exit {code}")


def needs(data):
    """The libraries that it asks for, and the newest glibc."""
    path = LAB / "rust-program"
    path.write_bytes(data)
    said = subprocess.run(["readelf", "-dV", "-W", path], capture_output=True, text=True).stdout
    libraries = re.findall(r"\(NEEDED\).*\[(.+)\]", said)
    versions = [tuple(map(int, version.split("."))) for version in re.findall(r"GLIBC_([\d.]+)", said)]
    return sorted(libraries), ".".join(map(str, max(versions))) if versions else None


def main():
    toolchain = Path(sys.argv[1])
    found = roots()
    with open(HERE / "rust.jsonl", "w") as record:
        for release in RELEASES:
            root = builder(release, toolchain)
            for run, path in BUILDS:
                for program in ["hello", "server"]:
                    data = built(root, run, path, program)
                    libraries, newest = needs(data)
                    runs = {name: outcome(folder, data) for name, folder in found.items()}
                    row = {"builder": f"rust:1-slim-{release}", "run": run, "path": path, "program": program}
                    row |= {"libraries": libraries, "glibc": newest, "runs": runs}
                    print(json.dumps(row), file=record, flush=True)
                    fails = [name for name, how in runs.items() if how != "starts"]
                    print(release, run, program, libraries, newest, "fails:", *fails, flush=True)


if __name__ == "__main__":
    main()
