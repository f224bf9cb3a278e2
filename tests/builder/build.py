#!/usr/bin/env python3
"""Builds recipes with the real Go toolchain and runs the results in assembled root folders.

usage: build.py ANALYZE GO    the example `analyze`, and the program `go`

Needs root (chroot) and gcc. For each recipe: the door writes the Dockerfile, each `go build` line of
it runs as it stands there, what COPY puts into the final stage is put into an empty folder, with the
libc that a dynamic program asks for, and the program runs there as the user that USER names. It
must answer over HTTP, say what the recipe promises, pass its own health check and end on SIGTERM.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
SCRATCH = {"base": "scratch"}
DEBIAN = {"cgo": True, "flavour": "trixie"}
VERSION = {"version": True, "version-package": "example.com/shop/internal/version"}
RECIPES = {
    "default": {},
    "scratch": {**SCRATCH, "health": "own"},
    "scratch-zones-embedded": {**SCRATCH, "zones": "embed", "user": "account", "uid": 10001},
    "scratch-zones-copied": {**SCRATCH, "zones": "copy", "certificates": False},
    "version": VERSION,
    "cross-compiled": {"multiarch": True, **VERSION},
    "cgo-distroless": {**DEBIAN, "base": "gcr.io/distroless/base-debian13:nonroot"},
    "cgo-debian": {**DEBIAN, "base": "debian:trixie-slim", "user": "account", "health": "own"},
    "cgo-static": {**DEBIAN, **SCRATCH, "linking": "static"},
    "several": {"binaries": ["server=./cmd/server", "worker=./cmd/worker"]},
    "migrations": {"migrations": "target"},
    "assets": {**SCRATCH, "assets": "copy", "environment": ["GREETING=good day"]},
    "everything-off": {"strip": False, "trimpath": False, "cache": False, "comments": "none"},
    "vendored": {"vendor": True, "tags": ["jsoniter"]},
    "ssh-and-patch": {"private": "ssh", "pin": "patch", "comments": "teaching", "flavour": "trixie"},
}


def door(analyze, recipe):
    request = json.dumps({"id": 1, "recipe": recipe})
    out = subprocess.run([analyze, "--jsonl"], input=request, capture_output=True, text=True, check=True)
    return json.loads(out.stdout)


def instructions(text):
    """The instructions, continuation lines joined, heredocs with their bodies."""
    lines, found = iter(text.splitlines()), []
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        while line.endswith("\\"):
            line = line[:-1] + next(lines).strip()
        heredoc = re.search(r"<<(\w+)", line)
        body = ""
        if heredoc:
            for inner in lines:
                if inner == heredoc[1]:
                    break
                body += inner + "\n"
        found.append((line.split()[0], line.split(maxsplit=1)[1], body))
    return found


def stages(text):
    found = []
    for keyword, rest, body in instructions(text):
        if keyword == "FROM":
            words = [word for word in rest.split() if not word.startswith("--")]
            found.append({"base": words[0], "name": words[-1] if "AS" in words else "", "steps": []})
        elif found:
            found[-1]["steps"].append((keyword, rest, body))
    return found


def build(go, text, work):
    """Runs each `go build` of the text, with /out in the folder `work`."""
    env = {"PATH": os.path.dirname(go) + ":/usr/bin:/bin", "HOME": work, "GOTOOLCHAIN": "local",
           "GOCACHE": os.environ.get("GOCACHE", os.path.join(work, "cache")), "GOFLAGS": "-buildvcs=false",
           "TARGETOS": "linux", "TARGETARCH": "amd64"}
    count = 0
    for stage in stages(text):
        values = dict(env)
        for keyword, rest, _ in stage["steps"]:
            if keyword == "ARG" and "=" in rest:
                values.update([rest.split("=", 1)])
            if keyword == "RUN" and "go build" in rest:
                script = re.sub(r"--mount=\S+\s+", "", rest).replace("/out/", work + "/out/")
                subprocess.run(["sh", "-c", script], cwd=work + "/src", env=values, check=True)
                count += 1
    assert count, "no go build"
    return count


def assemble(stage, work, root):
    """Puts what the steps of a stage copy into an empty folder."""
    folder, settings = "/", {"ENV": {}}
    for keyword, rest, body in stage["steps"]:
        if keyword == "COPY":
            words = [word for word in shlex.split(rest) if not word.startswith("--")]
            *sources, target = words
            target = os.path.normpath(os.path.join(folder, target)) + ("/" if target.endswith("/") else "")
            if body:
                put(root + target, body)
                continue
            for source in sources:
                if "--from=" in rest:
                    source = work + source if source.startswith("/out/") else host(source, work)
                else:
                    source = os.path.join(work, "src", source)
                copy(source, root + target)
        elif keyword == "WORKDIR":
            folder = rest
            os.makedirs(root + folder, exist_ok=True)
        elif keyword == "ENV":
            settings["ENV"].update([shlex.split(rest)[0].split("=", 1)])
        elif keyword in ("USER", "ENTRYPOINT", "HEALTHCHECK"):
            settings[keyword] = rest
    return folder, settings


def host(path, work):
    """A file of the builder's image, from this machine."""
    if path.startswith("/usr/local/go/"):
        return path.replace("/usr/local/go", GOROOT)
    return path


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def copy(source, target):
    if os.path.isdir(source):
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        target = target + os.path.basename(source) if target.endswith("/") else target
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(source, target)


def libraries(program, root):
    """The libc that a dynamic program asks for, as a base with glibc has it."""
    asked = subprocess.run(["ldd", program], capture_output=True, text=True)
    for path in re.findall(r"(/\S+)", asked.stdout if asked.returncode == 0 else ""):
        copy(os.path.realpath(path), root + path)
    return asked.returncode == 0


def run(root, folder, settings, command, port, check=False):
    uid = re.match(r"(\d+):", settings.get("USER", "65532:")).group(1)
    env = {"PORT": str(port), **settings["ENV"]}
    enter = lambda: (os.chroot(root), os.chdir(folder), os.setgid(int(uid)), os.setuid(int(uid)))
    process = subprocess.Popen(command, preexec_fn=enter, env=env, executable=command[0])
    return process.wait(20) if check else process


def confirm(name, recipe, answer, go, port, work):
    text = answer["files"]["Dockerfile"]
    shutil.copytree(os.path.join(HERE, "service"), work + "/src")
    os.makedirs(work + "/out")
    builds = build(go, text, work)
    final = stages(text)[-1]
    root = work + "/root"
    os.makedirs(root)
    folder, settings = assemble(final, work, root)
    command = json.loads(settings["ENTRYPOINT"])
    dynamic = libraries(root + command[0], root)
    wants_libc = "distroless/base" in final["base"] or final["base"].startswith("debian:")
    assert not dynamic or wants_libc, f"{name}: dynamic on {final['base']}"
    server = run(root, folder, settings, command, port)
    try:
        facts = ask(port)
        check = settings.get("HEALTHCHECK")
        if check:
            probe = json.loads(check[check.index("["):])
            assert run(root, folder, settings, probe, port, check=True) == 0, f"{name}: unhealthy"
    finally:
        server.terminate()
        assert server.wait(10) == 0, f"{name}: does not end on SIGTERM"
    asked = {key: value for key, value in recipe.items()}
    assert facts["answer"] == (42 if asked.get("cgo") else 0), name
    assert not asked.get("zones") or facts["zones"], f"{name}: no zone data"
    if asked.get("base") == "scratch":
        assert facts["certificates"] == asked.get("certificates", True), f"{name}: certificates"
    assert not asked.get("version") or facts["version"] == "dev unknown unknown", facts["version"]
    assert not asked.get("assets") or facts["static"] == "a page\n", f"{name}: static files"
    for stage in stages(text):
        if stage["name"] in ("worker", "migrate"):
            other = work + "/" + stage["name"]
            os.makedirs(other)
            folder, settings = assemble(stage, work, other)
            libraries(other + "/" + stage["name"], other)
            assert run(other, folder, settings, ["/" + stage["name"]], port, check=True) == 0, stage["name"]
            builds += 0
    return {"recipe": name, "builds": builds, "base": final["base"], "dynamic": dynamic, "uid": facts["uid"],
            "healthCheck": "HEALTHCHECK" in settings, "zones": facts["zones"],
            "certificates": facts["certificates"], "bytes": os.path.getsize(root + command[0])}


def ask(port):
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no answer")


if __name__ == "__main__":
    analyze, go = (os.path.abspath(path) for path in sys.argv[1:3])
    GOROOT = subprocess.run([go, "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()
    release = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=True).stdout.strip()
    lines = []
    for number, (name, recipe) in enumerate(RECIPES.items()):
        with tempfile.TemporaryDirectory() as work:
            os.chmod(work, 0o755)
            line = confirm(name, recipe, door(analyze, recipe), go, 18080 + number, work)
        lines.append(json.dumps({**line, "go": release}))
        print(lines[-1], flush=True)
    with open(os.path.join(HERE, "confirmed.jsonl"), "w") as file:
        file.write("\n".join(lines) + "\n")
