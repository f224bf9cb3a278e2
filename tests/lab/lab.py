#!/usr/bin/env python3
"""Builds and runs the Dockerfiles of tests/start with a real Docker. See README.md.

    lab.py up              a root folder with Docker in it, and its daemon
    lab.py images          base images, put together from Debian's packages
    lab.py table [WORD..]  builds and runs the cases, writes tests/start/confirmed.jsonl
    lab.py matrix [BUILD..] builds and runs each program in each way on each base, writes matrix.jsonl
    lab.py down            ends the daemon that `up` started
"""

import concurrent.futures
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import tomllib
from pathlib import Path

import stand_ins

HERE = Path(__file__).resolve().parent
START = HERE.parent / "start"
LAB = Path(os.environ.get("LAB", "/tmp/lab"))
TOOL = LAB / "tool"
PID = LAB / "dockerd.pid"

DAEMON = """
set -e
mount --bind {tool} {tool}
mount --make-private {tool}
mount -t proc proc {tool}/proc
mount --rbind /sys {tool}/sys
mount --rbind /dev {tool}/dev
mount -t tmpfs tmpfs {tool}/run
mount -t tmpfs tmpfs {tool}/tmp
exec chroot {tool} /usr/sbin/dockerd --bridge=none --iptables=false --ip6tables=false \\
    --storage-driver=overlay2 --exec-root=/run/docker --pidfile=/run/docker.pid -H unix:///run/docker.sock
"""


def sh(command, **options):
    return subprocess.run(command, check=True, **options)


def docker(*words, stdin=None, check=False, timeout=900):
    """Runs docker in the daemon's own root folder."""
    script = 'cd / && export HOME=/root DOCKER_BUILDKIT=1 && exec docker -H unix:///run/docker.sock "$@"'
    inside = ["nsenter", "-t", PID.read_text().strip(), "-m", "-r", "/bin/sh", "-c", script, "docker"]
    found = subprocess.run(inside + list(words), input=stdin, capture_output=True, timeout=timeout, cwd="/")
    found.out = found.stdout.decode(errors="replace")
    found.err = re.sub(r"^sh: 0: getcwd.*\n", "", found.stderr.decode(errors="replace"))
    if check and found.returncode:
        raise SystemExit(f"docker {shlex.join(words)}: {found.err}")
    return found


def up():
    LAB.mkdir(exist_ok=True)
    if not (TOOL / "usr/sbin/dockerd").exists():
        root = stand_ins.debian(LAB, "trixie")
        sh(["cp", "-a", root, TOOL])
        shutil.copy("/etc/resolv.conf", TOOL / "etc/resolv.conf")
        install = "apt-get update && apt-get install -y --no-install-recommends"
        sh(["chroot", TOOL, "sh", "-c", f"{install} docker.io docker-cli docker-buildx runc iptables"])
    log = open(LAB / "dockerd.log", "ab")
    daemon = ["unshare", "-m", "sh", "-c", DAEMON.format(tool=TOOL)]
    process = subprocess.Popen(daemon, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
    PID.write_text(str(process.pid))
    for _ in range(60):
        time.sleep(1)
        if process.poll() is None and (TOOL / "usr/sbin/dockerd").exists() and not docker("version").returncode:
            print(docker("version", "--format", "Docker {{.Server.Version}}").out.strip())
            return
    raise SystemExit(f"the daemon does not answer; see {LAB}/dockerd.log")


def down():
    os.kill(int(PID.read_text()), signal.SIGTERM)


# --- one Dockerfile -------------------------------------------------------------------------------

def program(name):
    return (HERE / "programs" / f"{name}.go").read_text()


def context(dockerfile, name, ignore=None):
    """What lies beside the Dockerfile: a Go module, and small things that people copy."""
    source = program(name)
    files = {
        "Dockerfile": dockerfile,
        "go.mod": "module example.com/app\n\ngo 1.24\n",
        "go.sum": "",
        "main.go": source,
        "entrypoint.sh": '#!/bin/sh\necho started\n[ $# = 0 ] || exec "$@"\n',
        "app.py": 'print("started")\n',
        "config.yaml": "a: b\n",
        "html/index.html": "<p>\n",
        "migrations/1.sql": "-- nothing\n",
    }
    for command in ["server", "worker", "api"]:
        files[f"cmd/{command}/main.go"] = source
    # Without the Dockerfile, equal steps of different cases are equal to BuildKit too.
    files[".dockerignore"] = "Dockerfile\n.dockerignore\n" + (ignore or "")
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path, text in files.items():
            entry = tarfile.TarInfo(path)
            data = text.encode()
            entry.size = len(data)
            entry.mode = 0o755 if path.endswith(".sh") else 0o644
            tar.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def bases(dockerfile):
    """The images that the Dockerfile needs; `None` where a name cannot be told."""
    args = dict(re.findall(r"^ARG\s+(\w+)=(\S+)", dockerfile, re.M))
    expand = lambda text: re.sub(r"\$\{?(\w+)\}?", lambda m: args.get(m[1], "?"), text).strip("\"'")
    stages, found = set(), []
    for line in dockerfile.splitlines():
        head = re.match(r"(?i)\s*FROM\s+(?:--platform=\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?", line)
        if head:
            found.append(expand(head[1]))
            stages.add((head[2] or "").lower())
        for source in re.findall(r"(?:--from=|[,\s]from=)([^\s,]+)", line):
            if not source.isdigit():
                found.append(expand(source))
    return {name for name in found if name.lower() not in stages and name != "scratch"}


def cleaned(text):
    text = re.sub(r"^docker: ", "", text.strip())
    text = re.sub(r"Error response from daemon: |failed to create (task for container|shim task): ", "", text)
    text = re.sub(r"OCI runtime create failed: runc create failed: |: unknown\.?$", "", text)
    text = re.sub(r"sha256:[0-9a-f]+|[0-9a-f]{64}|\b[a-z0-9]{25}\b", "...", text)
    return text[:300]


def run_case(tag, dockerfile, name, ignore=None, network="host"):
    """What building and starting it gives: outcome and message."""
    packed = context(dockerfile, name, ignore)
    words = ["build", f"--network={network}", "--progress=plain", "--provenance=false", "-t", tag, "-"]
    built = docker(*words, stdin=packed)
    # runc loses a race now and then when the machine is busy; that says nothing of the Dockerfile.
    for _ in range(3):
        if "container process is already dead" not in built.err:
            break
        built = docker(*words, stdin=packed)
    if built.returncode:
        steps = [line for line in built.err.splitlines() if re.match(r"#\d+ [\d.]+ \S", line)]
        said = re.sub(r"^#\d+ [\d.]+ ", "", steps[-1]) if steps else ""
        error = [line for line in built.err.splitlines() if line.startswith("ERROR")]
        return "would-not-build", cleaned("; ".join(filter(None, [error[-1] if error else built.err[-200:], said])))
    try:
        return start(tag)
    finally:
        docker("rm", "-f", f"run-{tag}")
        docker("image", "rm", "-f", tag)


def start(tag):
    ran = docker("run", "-d", "--pull=never", "--network=none", "--name", f"run-{tag}", tag)
    if ran.returncode:
        return "fails", cleaned(ran.err.splitlines()[0])
    for _ in range(12):
        time.sleep(0.5)
        state = json.loads(docker("inspect", "-f", "{{json .State}}", f"run-{tag}").out)
        if not state["Running"]:
            break
    logs = docker("logs", f"run-{tag}")
    said = (logs.out + logs.err).strip()
    last = cleaned(said.splitlines()[-1]) if said else ""
    if state["Running"]:
        return "starts", "still running after 6 s"
    if "started" not in said:
        return "fails", f"exit {state['ExitCode']}: {last}"
    return ("starts", "") if state["ExitCode"] == 0 else ("complains", last)


def digest(text):
    """FNV-1a, so that the test can tell whether a record is about the text that it tests."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


# --- the table ------------------------------------------------------------------------------------

def table(words):
    known = set(docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").out.split())
    record = START / "confirmed.jsonl"
    lines = record.read_text().splitlines() if record.exists() else []
    results = {line["case"]: line for line in map(json.loads, lines)}
    todo = []
    for path in sorted(START.glob("*.toml")):
        for case in tomllib.loads(path.read_text())["case"]:
            name = f"{path.stem}/{case['name']}"
            missing = {base for base in bases(case["dockerfile"]) if with_tag(base) not in known}
            # A check runs in the daemon's namespace, whose root folder is not the container's here.
            checked = re.search(r"HEALTHCHECK .*CMD", case["dockerfile"])
            if case.get("lab") is False or missing or checked:
                results.pop(name, None)
                continue
            same = results.get(name, {}).get("text") == digest(case["dockerfile"])
            if (not words and not same) or any(word in name for word in words):
                todo.append((name, case))
    print(f"{len(todo)} cases to run")
    # Those that compile the standard library anew come last.
    slow = re.compile("-race|-installsuffix|-buildmode|-tags|GOARCH=arm64|GOOS=[wd]|linkmode")
    todo.sort(key=lambda todo: bool(slow.search(todo[1]["dockerfile"])))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        running = {pool.submit(runs_of, *each): each for each in todo}
        for done in concurrent.futures.as_completed(running):
            (name, case), runs = running[done], done.result()
            results[name] = {"case": name, "text": digest(case["dockerfile"]), "runs": runs}
            mark = "" if agrees(case["verdict"], runs) else "   <-- expected " + case["verdict"]
            for run in runs:
                print(f"{name} [{run['program']}]: {run['outcome']} {run['message']}{mark}", flush=True)
            write(record, results.values())


def with_tag(base):
    return base if ":" in base.rsplit("/", 1)[-1] else base + ":latest"


def runs_of(name, case):
    runs = []
    for source in case.get("programs", ["server"]):
        tag = "case-" + re.sub(r"[^a-z0-9]+", "-", f"{name}-{source}")
        outcome, message = run_case(tag, case["dockerfile"], source, case.get("dockerignore"))
        runs.append({"program": source, "outcome": outcome, "message": message})
    return runs


def agrees(verdict, runs):
    outcomes = {run["outcome"] for run in runs}
    return {
        "starts": outcomes == {"starts"},
        "starts-after-edits": outcomes == {"complains"},
        "would-not-start": outcomes == {"fails"},
        "would-not-build": outcomes == {"would-not-build"},
        "unknown": True,
    }[verdict]


def write(path, rows):
    rows = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


# --- the matrix -----------------------------------------------------------------------------------

BUILDS = {
    "default": "go build",
    "cgo-off": "CGO_ENABLED=0 go build",
    "stripped": "go build -ldflags='-s -w' -trimpath",
    "extldflags-static": """go build -ldflags '-extldflags "-static"'""",
    "external-static": """go build -ldflags '-linkmode external -extldflags "-static"'""",
    "external": "go build -ldflags '-linkmode external'",
    "no-compiler": "PATH=/usr/local/go/bin:/bin go build",
    "amd64": "GOOS=linux GOARCH=amd64 go build",
    "netgo": "go build -tags netgo",
    "netgo-osusergo": "go build -tags netgo,osusergo",
    "arm64": "GOARCH=arm64 go build",
    "cgo-off-pie": "CGO_ENABLED=0 go build -buildmode=pie",
    "pie": "go build -buildmode=pie",
    "timetzdata": "CGO_ENABLED=0 go build -tags timetzdata",
    "race": "go build -race",
    "installsuffix": "go build -installsuffix cgo",
}
BUILDERS = ["golang:1.26-bookworm", "golang:1.26-trixie", "golang:1.24-bullseye", "golang:1.26-alpine", "golang:1.26-alpine+gcc"]
# These compile the standard library anew, so one builder has to do.
SLOW = {"pie", "timetzdata", "race", "installsuffix", "arm64"}
ROOTS = [
    "scratch", "gcr.io/distroless/static-debian12", "gcr.io/distroless/base-debian12", "gcr.io/distroless/cc-debian12",
    "gcr.io/distroless/base-debian13", "alpine:3.22", "busybox:musl", "busybox:glibc",
    "debian:bullseye-slim", "debian:bookworm-slim", "debian:trixie-slim",
]


def matrix(only):
    """A chroot has the loader of a container and starts in no time."""
    roots = {}
    for root in ROOTS:
        roots[root] = stand_ins.fresh(LAB, "root")
        if root != "scratch":
            roots[root] = stand_ins.fresh(LAB, "root-" + re.sub(r"\W+", "-", root))
            docker("rm", "-f", "export")
            docker("create", "--name", "export", root, "/program", check=True)
            sh(["tar", "-C", roots[root], "-x"], input=docker("export", "export", check=True).stdout)
            docker("rm", "-f", "export")
    record = HERE / "matrix.jsonl"
    rows = [json.loads(line) for line in record.read_text().splitlines()] if record.exists() else []
    for build, command in BUILDS.items():
        for builder in BUILDERS:
            done = any(row["builder"] == builder and row["build"] == build for row in rows)
            if not done and (build not in SLOW or builder == BUILDERS[0]) and (not only or build in only):
                rows += matrix_of(builder, build, command, roots)
                write(record, rows)


def matrix_of(builder, build, command, roots):
    image, _, extra = builder.partition("+")
    setup = "RUN apk add --no-cache gcc musl-dev\n" if extra else ""
    names = sorted(path.stem for path in (HERE / "programs").glob("*.go"))
    each = f"for p in {' '.join(names)}; do {command} -o /out/$p $p.go 2> /out/$p.error || true; done"
    dockerfile = f"FROM {image} AS build\n{setup}WORKDIR /src\nCOPY programs .\nRUN mkdir /out && {each}\nFROM scratch\nCOPY --from=build /out /\n"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        text = tarfile.TarInfo("Dockerfile")
        text.size = len(dockerfile)
        tar.addfile(text, io.BytesIO(dockerfile.encode()))
        tar.add(HERE / "programs", "programs")
    built = docker("build", "--network=none", "-o", "type=tar,dest=-", "-", stdin=packed.getvalue())
    if built.returncode:
        raise SystemExit(built.err[-2000:])
    rows = []
    with tarfile.open(fileobj=io.BytesIO(built.stdout)) as tar:
        files = {entry.name: tar.extractfile(entry).read() for entry in tar if entry.isfile()}
    for name in names:
        row = {"builder": builder, "build": build, "program": name}
        if name not in files:
            said = files[f"{name}.error"].decode().strip().splitlines()
            rows.append(row | {"outcome": "would-not-build", "message": cleaned(said[-1] if said else "")})
            continue
        row |= elf(files[name])
        runs = {root: run_in(folder, files[name]) for root, folder in roots.items()}
        row["starts"] = [root for root, (outcome, _) in runs.items() if outcome == "starts"]
        row["complains"] = {root: said for root, (outcome, said) in runs.items() if outcome == "complains"}
        row["fails"] = {root: said for root, (outcome, said) in runs.items() if outcome == "fails"}
        rows.append(row)
        print(builder, build, name, row["loader"], row["needs_glibc"], "fails:", *row["fails"], flush=True)
    return rows


def run_in(root, data):
    code, started, last = stand_ins.start(root, data)
    last = cleaned(re.sub(r"^chroot: ", "", last))
    if not started:
        return "fails", last
    return ("starts", "") if code == 0 else ("complains", last)


def elf(data):
    """Loader and newest glibc that a binary asks for."""
    path = LAB / "program"
    path.write_bytes(data)
    headers = subprocess.run(["readelf", "-lV", "-W", path], capture_output=True, text=True).stdout
    loader = re.search(r"interpreter: (\S+)\]", headers)
    versions = [tuple(map(int, v.split("."))) for v in re.findall(r"GLIBC_([\d.]+)", headers)]
    newest = ".".join(map(str, max(versions))) if versions else None
    return {"loader": loader[1] if loader else None, "needs_glibc": newest}


def main():
    match sys.argv[1:]:
        case ["up"]:
            up()
        case ["images", *only]:
            stand_ins.make(LAB, docker, only)
        case ["table", *words]:
            table(words)
        case ["matrix", *only]:
            matrix(only)
        case ["down"]:
            down()
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
