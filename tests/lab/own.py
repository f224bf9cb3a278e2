#!/usr/bin/env python3
"""Builds this repository's own Dockerfile with the lab's Docker, runs it and looks at it.

    lab.py up && own.py     prints what was seen; dist/ must be there

The base is a stand-in: nginx of Debian and a BusyBox, under the name that FROM has. So its own size
says nothing, and the layers that the Dockerfile adds are as they would be anywhere.
"""

import gzip
import io
import json
import re
import shutil
import subprocess
import tarfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import stand_ins
from lab import LAB, PID, TOOL, docker

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://127.0.0.1:8080/"
STAND_IN = """FROM own-debian
RUN apt-get update && apt-get install -y --no-install-recommends nginx-light busybox && ln -s /bin/busybox /usr/bin/wget
CMD ["nginx", "-g", "daemon off;"]
"""


def build():
    """The image, from a folder as `docker build .` takes it; only the line about the frontend is left out,
    which would be fetched."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("# syntax")]
    base = next(line.split()[1] for line in lines if line.startswith("FROM "))
    packed = subprocess.run(["tar", "-C", stand_ins.debian(LAB, "trixie"), "-c", "."], check=True, stdout=subprocess.PIPE).stdout
    docker("import", "--change", f"ENV PATH={stand_ins.PATHS}", "-", "own-debian", stdin=packed, check=True)
    docker("build", "--network=host", "--provenance=false", "-t", base, "-", stdin=STAND_IN.encode(), check=True)
    context = TOOL / "root/own"
    shutil.rmtree(context, ignore_errors=True)
    for name in ["dist", "static/site"]:
        shutil.copytree(ROOT / name, context / name)
    for name in [".dockerignore", "README.md"]:
        shutil.copy(ROOT / name, context)
    (context / "Dockerfile").write_text("\n".join(lines) + "\n")
    docker("build", "--progress=plain", "--provenance=false", "-t", "own", "/root/own", check=True)
    return base


def layers(base):
    """Bytes of the layers over the base: of the files, and of the packed layer as a registry has it."""
    count = len(json.loads(docker("inspect", "-f", "{{json .RootFS.Layers}}", base).out))
    saved = tarfile.open(fileobj=io.BytesIO(docker("save", "own", check=True).stdout))
    names = json.load(saved.extractfile("manifest.json"))[0]["Layers"][count:]
    for name in names:
        data = saved.extractfile(name).read()
        files = [entry for entry in tarfile.open(fileobj=io.BytesIO(data)) if entry.isfile()]
        yield {"files": len(files), "unpacked": sum(entry.size for entry in files), "compressed": len(gzip.compress(data, 6))}


def estimate(sums):
    """What the engine says, once of the text alone and once told how big the context is."""
    asked = {"id": "own", "dockerfile": (ROOT / "Dockerfile").read_text(), "project": {"contextBytes": sums}}
    command = ["cargo", "run", "--quiet", "-p", "engine", "--example", "analyze", "--", "--jsonl"]
    told = subprocess.run(command, cwd=ROOT, input=json.dumps(asked) + "\n", capture_output=True, text=True, check=True)
    answer = json.loads(told.stdout)
    print("findings:", [it["rule"] for it in answer["diagnostics"]], "verdict:", answer["verdict"])
    for layer in answer["estimate"]["layers"]:
        print(f"  line {layer['line']}: unpacked {layer['unpacked']}, compressed {layer['compressed']}")


def get(path):
    try:
        with urllib.request.urlopen(SITE + path, timeout=5) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def in_container(process, *command):
    """A program in the root folder of the container, as `docker exec` would start it: that one finds
    another root where the daemon itself runs in one."""
    enter = ["nsenter", "-t", process, "-m", "-p", "-r", "-S", "101", "-G", "101"]
    return subprocess.run([*enter, *command], capture_output=True, text=True, cwd="/").returncode


def run():
    docker("rm", "-f", "own")
    strict = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--network=host"]
    docker("run", "-d", "--pull=never", "--name=own", *strict, "own", check=True)
    for _ in range(50):
        time.sleep(0.1)
        try:
            get("")
            break
        except OSError:
            pass
    else:
        raise SystemExit(docker("logs", "own").err)
    state = json.loads(docker("inspect", "-f", "{{json .}}", "own").out)
    process = str(state["State"]["Pid"])
    inside = f"nsenter -t {PID.read_text().strip()} -m -r cat /proc/{process}/status"
    print(re.search(r"Uid:.*", subprocess.run(inside.split(), capture_output=True, text=True, cwd="/").stdout)[0])
    for path in ["", "embed.html", "no/such/page", "_server/nginx.conf", "rules/no-user/"]:
        status, headers = get(path)
        print(f"  /{path}: {status} {headers['Content-Type']}, {headers['Cache-Control']}, policy {len(headers['Content-Security-Policy'] or '')} characters")
    check = state["Config"]["Healthcheck"]["Test"]
    print("health check:", check, "exit code", in_container(process, *check[1:]))
    wrong = [word.replace(":8080", ":8081") for word in check[1:]]
    print("the same at a port where nothing is: exit code", in_container(process, *wrong))
    began = time.monotonic()
    docker("stop", "own", check=True)
    code = docker("inspect", "-f", "{{.State.ExitCode}}", "own").out.strip()
    print(f"stopped after {time.monotonic() - began:.1f} s, exit code {code}")
    docker("rm", "-f", "own")


def main():
    base = build()
    added = list(layers(base))
    for layer in added:
        print(layer)
    print("added:", {key: sum(layer[key] for layer in added) for key in ("unpacked", "compressed")})
    estimate(sum(layer["unpacked"] for layer in added))
    run()


if __name__ == "__main__":
    main()
