#!/usr/bin/env python3
"""Console blocks in README.md and docs/ show what the program really prints.

usage: check_readme.py BINARY [ROOT] [--write]

A block that opens with ```console holds commands, `$ delian ...`, each followed by its output. All
commands of a page run in order from a copy of scenarios/ and catalog/ in an empty folder, so that a
page may write files and go on with them. Output is stdout and stderr together and must be equal line
by line. A line `...` stands for any number of lines, also none. `$ echo $?` shows the exit code of
the command before it. Commands other than `delian`, `echo $?`, `sed -i`, `cat` and `cp` are not
run: such a block is an error, so write ```sh for what is not meant to run.

--write puts the real output into blocks that hold no `...`.
"""

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUNNABLE = {"delian", "sed", "cat", "cp"}


def split_block(text):
    """[(command, [lines of output])]; a command goes on after a closing backslash."""
    steps = []
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("$ "):
            command = line[2:]
            shown = [line]
            while command.endswith("\\") and at + 1 < len(lines):
                at += 1
                command = command[:-1] + lines[at].strip()
                shown.append(lines[at])
            steps.append((command, [], shown))
        elif steps:
            steps[-1][1].append(line)
        else:
            raise ValueError(f"a console block starts with a command, not with: {line}")
        at += 1
    return steps


def matches(expected, actual):
    """Do the lines agree, where `...` stands for any number of lines?"""
    runs = [[]]
    for line in expected:
        if line == "...":
            runs.append([])
        else:
            runs[-1].append(line)
    first, *between = runs
    if not between:
        return actual == first
    if actual[:len(first)] != first:
        return False
    at = len(first)
    *between, last = between
    for lines in between:  # the first place where each fits leaves most room for the others
        while at + len(lines) <= len(actual) and actual[at:at + len(lines)] != lines:
            at += 1
        at += len(lines)
    return at + len(last) <= len(actual) and actual[len(actual) - len(last):] == last


def run(command, binary, folder, last_exit):
    """(lines of output, exit code)"""
    if command.strip() == "echo $?":
        return [str(last_exit)], 0
    words = shlex.split(command)
    if not words or words[0] not in RUNNABLE:
        raise ValueError(f"not run here: {command}")
    if words[0] == "delian":
        words[0] = binary
    elif words[0] == "sed" and words[1:2] != ["-i"]:
        raise ValueError(f"only sed -i is run here: {command}")
    done = subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, text=True, timeout=120)
    # Progress shows on a busy machine only.
    lines = [line for line in done.stdout.splitlines() if not line.startswith("sampling ")]
    return lines, done.returncode


def difference(expected, actual):
    width = max(len(expected), len(actual))
    for k in range(width):
        want = expected[k] if k < len(expected) else "(nothing)"
        have = actual[k] if k < len(actual) else "(nothing)"
        if want == "...":
            return f"after `...`, got:\n      " + "\n      ".join(actual[k:k + 12])
        if want != have:
            return f"line {k + 1}\n      shown   {want}\n      printed {have}"
    return "?"


def check_page(name, text, binary, folder):
    """(problems, the page with real output, number of commands)"""
    problems = []
    commands = 0
    last_exit = 0

    def redo(block):
        nonlocal commands, last_exit
        try:
            steps = split_block(block.group(1))
            out = []
            for command, expected, shown in steps:
                commands += 1
                actual, code = run(command, binary, folder, last_exit)
                if command.strip() != "echo $?":
                    last_exit = code
                if not matches(expected, actual):
                    problems.append(f"{name}: $ {command}\n    {difference(expected, actual)}")
                out += shown + (expected if "..." in expected else actual)
            return "```console\n" + "".join(line + "\n" for line in out) + "```"
        except (ValueError, subprocess.TimeoutExpired) as error:
            problems.append(f"{name}: {error}")
            return block.group(0)

    return problems, BLOCK.sub(redo, text), commands


def pages(root):
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


def check(binary, root, write=False):
    problems = []
    commands = 0
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        if not BLOCK.search(text):
            continue
        with tempfile.TemporaryDirectory() as folder:
            for name in ("scenarios", "catalog"):
                if (root / name).is_dir():
                    shutil.copytree(root / name, Path(folder) / name)
            found, rewritten, ran = check_page(page.relative_to(root), text, binary, folder)
        problems += found
        commands += ran
        if write and rewritten != text:
            page.write_text(rewritten, encoding="utf-8")
    return problems, commands


def main(arguments):
    write = "--write" in arguments
    arguments = [a for a in arguments if a != "--write"]
    if not arguments:
        print(__doc__)
        return 2
    binary = str(Path(arguments[0]).resolve())
    root = Path(arguments[1] if len(arguments) > 1 else Path(__file__).parent.parent).resolve()
    problems, commands = check(binary, root, write)
    for problem in problems:
        print(problem)
    print(f"examples: {commands} commands run, {len(problems)} problems")
    if commands == 0:
        print("no example was found: README.md should hold at least one")
    return 1 if problems or commands == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
