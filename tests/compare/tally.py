#!/usr/bin/env python3
"""Compares our findings with those of tally over a corpus of Dockerfiles. README.md says how."""

import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BATCH = 50


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


# What tally says.


def ask(args):
    """Writes what tally says of each text: a list of [line, code], or null where it cannot read it."""
    cases = read(args.corpus)
    with tempfile.TemporaryDirectory() as folder, open(args.answers, "w", encoding="utf-8") as out:
        files = []
        for number, case in enumerate(cases):
            file = pathlib.Path(folder, str(number), "Dockerfile")
            file.parent.mkdir()
            file.write_bytes(case["dockerfile"].encode())
            files.append(file)
        for start in range(0, len(files), BATCH):
            answers = ask_files(args.tally, files[start : start + BATCH])
            for case, file in zip(cases[start:], files[start : start + BATCH]):
                out.write(json.dumps({"id": case["id"], "tally": answers[str(file)]}) + "\n")


def ask_files(program, files):
    """One file that tally cannot read hides the findings of all; then each half is asked alone."""
    options = ["--no-config", "--select", "*", "--slow-checks", "off", "--fail-level", "none"]
    command = [program, "lint", "--format", "json", *options, *map(str, files)]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    try:
        report = json.loads(output)
    except json.JSONDecodeError:
        report = None
    if report is None or report["files_scanned"] != len(files):
        if len(files) == 1:
            return {str(files[0]): None}
        half = len(files) // 2
        return ask_files(program, files[:half]) | ask_files(program, files[half:])
    answers = {str(file): [] for file in files}
    for file in report["files"]:
        for found in file["violations"]:
            answers[file["file"]].append([found["location"]["start"]["line"], found["rule"]])
    return answers


# What we say.


def rules_by_code():
    """Each code of tally, as tally writes it (`tally/max-lines`), with our rules that bear it."""
    rules = collections.defaultdict(set)
    for file in sorted((ROOT / "crates/engine/src/rules").glob("*/*.rs")):
        text = file.read_text(encoding="utf-8")
        name = re.search(r'name: "([^"]+)"', text)[1]
        listed = re.search(r"aliases: &\[(.*?)\]", text, re.DOTALL)[1]
        for peer, code in re.findall(r'"(\w+):([^"]+)"', listed):
            if peer in ("hadolint", "buildkit"):
                rules[f"{peer}/{code}"].add(name)
            elif peer == "tally" and code.startswith(("hadolint/", "buildkit/")):
                rules[code].add(name)
            elif peer == "tally":
                rules[f"tally/{code}"].add(name)
    return rules


def analyze(program, cases):
    """Our findings with all rules, for each id."""
    requests = [
        json.dumps({"id": case["id"], "dockerfile": case["dockerfile"], "settings": {"set": "all"}})
        for case in cases
    ]
    output = subprocess.run(
        [program, "--jsonl"], input="\n".join(requests), capture_output=True, text=True, check=True
    ).stdout
    return {answer["id"]: answer["diagnostics"] for answer in map(json.loads, output.splitlines())}


# Both.


def instructions(text):
    """For each line the one on which its instruction starts. tally points at a word, at an
    instruction or at a line of a script; what both say of one instruction is the same finding."""
    escape = "`" if re.search(r"(?im)\A(?:#.*\n)*#\s*escape\s*=\s*`", text) else "\\"
    result, first, goes_on, heredocs = [0], 1, False, []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if heredocs:
            dash, word = heredocs[0]
            if (line.lstrip("\t") if dash else line) == word:
                heredocs.pop(0)
        else:
            blank = not line.strip() or line.lstrip().startswith("#")
            first = first if goes_on else number
            goes_on = goes_on if blank else line.rstrip().endswith(escape)
            if re.match(r"(?i)\s*(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s", line) or first < number:
                found = re.findall(r"<<(-?)([\"']?)([A-Za-z_]\w*)\2", "" if blank else line)
                heredocs = [(dash, word) for dash, _, word in found]
        result.append(first)
    return result


# Codes under which the two point at different instructions for the same thing, such as at COPY and
# at the `chmod` behind it; they are compared by file.
BY_FILE = {
    "tally/epilogue-order",
    "tally/labels/prefer-grouped",
    "tally/powershell/error-action-preference",
    "tally/prefer-copy-chmod",
    "tally/prefer-curl-config",
    "tally/prefer-multi-stage-build",
    "tally/prefer-wget-config",
}


def groups(rules, said):
    """Codes that lead to the same rule of ours are one row: which of them it means, it does not say."""
    found = []
    for code in sorted(said | {code for code in rules if code.startswith("tally/")}):
        names = rules.get(code, {"shellcheck"} if code.startswith("shellcheck/") else set())
        row = ({code}, set(names))
        if not code.startswith("shellcheck/"):
            for other in [other for other in found if other[1] & names]:
                found.remove(other)
                row = (row[0] | other[0], row[1] | other[1])
        found.append(row)
    return found


def compare(args):
    """For each code: what both find, what only tally does, and what only we do."""
    cases = {case["id"]: case for file in args.corpus for case in read(file)}
    theirs = {case["id"]: case["tally"] for file in args.answers for case in read(file)}
    readable = [cases[id] for id in theirs if theirs[id] is not None]
    print(f"{len(theirs)} files, of which tally cannot read {len(theirs) - len(readable)}\n")
    diagnostics = analyze(args.analyze, readable)
    rules = rules_by_code()
    rules.pop("tally/shellcheck", None)
    said = {code for found in theirs.values() for _, code in found or []}
    # Where tally speaks of a file as a whole, so do we.
    whole = BY_FILE | {code for found in theirs.values() for line, code in found or [] if line < 1}
    rows = []
    for codes, names in groups(rules, said):
        by_file = bool(codes & whole)
        one, other = {}, {}
        for case in readable:
            id, lines = case["id"], instructions(case["dockerfile"])

            def note(found, line, instruction):
                found.setdefault((id, 0 if by_file else lines[min(instruction, len(lines) - 1)]), line)

            for line, code in theirs[id]:
                if code in codes:
                    note(one, line, line)
            for found in diagnostics[id]:
                bare = {"shellcheck/" + code for code in found["codes"]}
                if bare & codes or (found["rule"] in names and found["rule"] != "shellcheck"):
                    note(other, found["start"]["line"], found["instruction_line"])
        rows.append((codes, names, one, other))
    if args.code:
        rows = [row for row in rows if args.code in row[0]]
    if args.code or args.sample:
        show_differences(rows, args)
    else:
        show_table(rows, args.own)
        never = sorted(set(rules) - said - {code for codes, *_ in rows for code in codes})
        print("\ntally never says, but we have a rule that bears the code: " + ", ".join(never))


def show_differences(rows, args):
    different = []
    for codes, names, one, other in rows:
        if names:
            code = ", ".join(sorted(codes))
            different += [(code, "only tally", id, one[id, at]) for id, at in sorted(one.keys() - other.keys())]
            different += [(code, "only we", id, other[id, at]) for id, at in sorted(other.keys() - one.keys())]
    if args.sample:
        different = draw([row for row in different if not (args.own and row[2].startswith(args.own))], args)
    for row in different:
        print(*row, sep="\t")


def draw(different, args):
    """Draws a code and then one of its differences: a few codes of taste have most of them."""
    chance = random.Random(args.seed)
    by_code = collections.defaultdict(list)
    for row in different:
        by_code[row[0]].append(row)
    drawn = []
    while by_code and len(drawn) < args.sample:
        code = chance.choice(sorted(by_code))
        rows = by_code[code]
        drawn.append(rows.pop(chance.randrange(len(rows))))
        if not rows:
            del by_code[code]
    return sorted(drawn)


def show_table(rows, own):
    """tally's own test files are written to provoke it, so they are counted apart."""
    print("| code | our rule | both | only tally | only we | both | only tally | only we |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for codes, names, one, other in rows:
        counts = []
        for is_own in (False, True):
            part = [
                {key for key in found if bool(own and key[0].startswith(own)) == is_own}
                for found in (one, other)
            ]
            counts += [len(part[0] & part[1]), len(part[0] - part[1]), len(part[1] - part[0])]
        cells = [", ".join(sorted(codes)), ", ".join(sorted(names)) or "-", *counts]
        print("| " + " | ".join(map(str, cells)) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("ask", help="write down what tally says")
    command.add_argument("--tally", default="tally", help="the program")
    command.set_defaults(run=ask)
    other = commands.add_parser("compare", help="compare that with what we say")
    other.add_argument("--analyze", required=True, help="the example `analyze` of the engine")
    other.add_argument("--code", help="list the differences of one code")
    other.add_argument("--sample", type=int, help="list so many differences, drawn at random")
    other.add_argument("--seed", type=int, default=1)
    other.set_defaults(run=compare)
    other.add_argument("--own", help="how the ids of tally's own test files begin")
    other.add_argument("--corpus", action="append", required=True, help="lines of {id, dockerfile}")
    other.add_argument("--answers", action="append", required=True, help="lines of {id, tally}")
    command.add_argument("corpus", help="lines of {id, dockerfile}")
    command.add_argument("answers", help="lines of {id, tally}, written")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
