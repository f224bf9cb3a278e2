#!/usr/bin/env python3
"""Builds the images of `cases.toml` for real and writes their sizes as TOML.

Not part of the test run: it needs root, debootstrap, overlayfs and Debian's archive, and takes an hour.
It reads only as much of the Dockerfile language as the cases use. Each instruction that changes files gets
its own upper directory of an overlay mount; that directory is the layer, packed as a builder packs it.

    assemble.py BASES cases.toml OUTPUT

BASES holds the root file systems that stand for the images of FROM lines, named after them with `_` for
`:` and `/`; `prepare.sh` makes them. Three sizes are measured:
    unpacked    bytes of all regular files of all layers, hard links once in a layer
    compressed  tar and gzip -6, layer by layer
    disk        compressed, and the unpacked files and directories in blocks of 4 KiB
"""

import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib

BLOCK = 4096


def measure(folder):
    unpacked = blocks = 0
    seen = set()
    for path in [folder, *folder.rglob("*")]:
        stat = path.lstat()
        if path.is_symlink():
            continue
        if path.is_dir():
            blocks += BLOCK
        elif path.is_file() and (stat.st_dev, stat.st_ino) not in seen:
            seen.add((stat.st_dev, stat.st_ino))
            unpacked += stat.st_size
            blocks += -(-stat.st_size // BLOCK) * BLOCK
    pack = f"tar -C {shlex.quote(str(folder))} --numeric-owner --sort=name -cf - . | gzip -6 | wc -c"
    compressed = int(subprocess.check_output(pack, shell=True))
    return unpacked, compressed, compressed + blocks


def instructions(text):
    """Keyword, rest and heredoc bodies of each instruction."""
    lines = iter(text.splitlines())
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        while line.endswith("\\"):
            following = next(lines)
            if not following.lstrip().startswith("#"):
                line = line[:-1] + " " + following.strip()
        bodies = []
        for name in re.findall(r"<<-?\"?'?(\w+)", line):
            body = []
            for inner in lines:
                if inner.strip() == name:
                    break
                body.append(inner + "\n")
            bodies.append("".join(body))
        keyword, _, rest = line.strip().partition(" ")
        yield keyword.upper(), rest.strip(), bodies


class Stage:
    def __init__(self, work, lowers, env, workdir):
        self.work, self.lowers, self.env, self.workdir = work, list(lowers), dict(env), workdir
        self.layers = []

    def run(self, change, chroot=True):
        """Runs `change(root)` on a fresh layer."""
        upper = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        upper.chmod(0o755)
        scratch = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        root = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        lowers = ":".join(str(lower) for lower in reversed(self.lowers)) or str(empty(self.work))
        options = f"lowerdir={lowers},upperdir={upper},workdir={scratch}"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, str(root)], check=True)
        mounts = []
        try:
            if chroot and (root / "etc/resolv.conf").exists():
                for source, target in [("/etc/resolv.conf", "etc/resolv.conf"), ("/dev/null", "dev/null")]:
                    if (root / target).exists():
                        subprocess.run(["mount", "--bind", source, str(root / target)], check=True)
                        mounts.append(root / target)
                subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
                mounts.append(root / "proc")
            change(root)
        finally:
            for mount in reversed(mounts):
                subprocess.run(["umount", str(mount)], check=True)
            subprocess.run(["umount", str(root)], check=True)
        shutil.rmtree(scratch, ignore_errors=True)
        self.lowers.append(upper)
        self.layers.append(upper)


def empty(work):
    folder = work / "empty"
    folder.mkdir(exist_ok=True)
    return folder


def execute(stage, script):
    def change(root):
        env = {"PATH": "/usr/local/go/bin:/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
               "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive", "GOPATH": "/go", **stage.env}
        command = ["chroot", str(root), "/bin/sh", "-c", f"cd {stage.workdir} && {script}"]
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    stage.run(change)


def copy(stage, rest, bodies, stages, context):
    words = shlex.split(rest)
    flags = dict(word[2:].partition("=")[::2] for word in words if word.startswith("--"))
    *sources, destination = [word for word in words if not word.startswith("--")]
    if not destination.startswith("/"):
        destination = stage.workdir.rstrip("/") + "/" + destination

    def change(root):
        target = root / destination.lstrip("/")
        into = destination.endswith(("/", "/.")) or target.is_dir() or len(sources) > 1
        target.parent.mkdir(parents=True, exist_ok=True)
        written = []
        heredocs = iter(bodies)
        for source in sources:
            if source.startswith("<<"):
                target.write_text(next(heredocs))
                written.append(target)
                continue
            if "from" in flags:
                found = find(stages[flags["from"]], source)
            else:
                found = (context / source.lstrip("/")).resolve()
            if found.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", "-a", f"{found}/.", str(target)], check=True)
                written.append(target)
            else:
                if into:
                    target.mkdir(parents=True, exist_ok=True)
                to = target / found.name if into else target
                subprocess.run(["cp", "-aL", str(found), str(to)], check=True)
                written.append(to)
        for path in written:
            owner = flags.get("chown", "0:0")
            subprocess.run(["chown", "-R", owner if owner.replace(":", "").isdigit() else "1000:1000", str(path)], check=True)
            if "chmod" in flags:
                subprocess.run(["chmod", "-R", flags["chmod"], str(path)], check=True)
    stage.run(change, chroot=False)


def find(stage, path):
    for lower in reversed(stage.lowers):
        candidate = lower / path.lstrip("/")
        if candidate.exists():
            return candidate.resolve() if candidate.resolve().exists() else candidate
    raise SystemExit(f"{path}: not found")


def build(text, bases, context, work):
    stages, stage = {}, None
    for keyword, rest, bodies in instructions(text):
        if keyword == "FROM":
            words = [word for word in rest.split() if not word.startswith("--")]
            name = words[0]
            if name in stages:
                below = stages[name]
                stage = Stage(work, below.lowers, below.env, below.workdir)
                stage.layers = list(below.layers)
            else:
                stage = Stage(work, [], {}, "/go" if name.startswith("golang:") else "/")
                if name != "scratch":
                    base = bases / re.sub(r"[:/]", "_", name)
                    layers = sorted(base.glob("layer-*")) or [base]
                    stage.lowers = stage.layers = [layer.resolve() for layer in layers]
                    stage.lowers = list(stage.lowers)
            if len(words) == 3:
                stages[words[2]] = stage
            stages[str(len(stages))] = stage
        elif keyword == "RUN":
            rest = " ".join(word for word in rest.split(" ") if not word.startswith("--mount"))
            execute(stage, bodies[0] if bodies else rest)
        elif keyword in ("COPY", "ADD"):
            copy(stage, rest, bodies, stages, context)
        elif keyword == "ENV":
            stage.env.update(pair.split("=", 1) for pair in shlex.split(rest))
        elif keyword == "WORKDIR":
            stage.workdir = rest if rest.startswith("/") else f"{stage.workdir.rstrip('/')}/{rest}"
            path = stage.workdir
            stage.run(lambda root: (root / path.lstrip("/")).mkdir(parents=True, exist_ok=True), chroot=False)
    return stage


def main():
    bases, cases, output = map(pathlib.Path, sys.argv[1:4])
    known = output.read_text() if output.exists() else ""
    base_sizes = {}
    for case in tomllib.loads(cases.read_text())["image"]:
        name = case["name"]
        if f'name = "{name}"' in known or not case["source"].startswith("assembled"):
            continue
        work = pathlib.Path(tempfile.mkdtemp(prefix="assemble-", dir=bases))
        try:
            context = cases.parent / "programs" / case.get("context", "")
            stage = build(case["dockerfile"], bases, context, work)
            total = [0, 0, 0]
            for layer in stage.layers:
                if layer.is_relative_to(work):
                    sizes = measure(layer)
                else:
                    sizes = base_sizes.setdefault(layer, None) or measure(layer)
                    base_sizes[layer] = sizes
                total = [a + b for a, b in zip(total, sizes)]
            with output.open("a") as out:
                out.write(f'[[image]]\nname = "{name}"\n')
                for key, value in zip(["unpacked", "compressed", "disk"], total):
                    out.write(f"{key} = {value:_}\n")
                out.write("\n")
            print(name, total, flush=True)
        except (subprocess.CalledProcessError, SystemExit) as error:
            print(name, "failed:", error, flush=True)
        finally:
            shutil.rmtree(work, ignore_errors=True)


main()
