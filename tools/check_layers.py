#!/usr/bin/env python3
"""Layers point one way.

usage: check_layers.py [ROOT]

domain <- numerics <- models <- ensemble <- explain <- score <- report <- io <- apps: a file includes
its own layer and those to its left. Public headers (delian/...) may be included from anywhere and include
only one another. Files, streams, clocks and threads stay where they belong. Each public header is
in the header set of src/CMakeLists.txt, so that it is compiled alone.
"""

import re
import sys
from pathlib import Path

LAYERS = ["domain", "numerics", "models", "ensemble", "explain", "score", "report", "io", "apps"]

# Headers that a build generates, with the layer they belong to.
GENERATED = {"registry.hpp": "models"}

ONLY_APPS = {
    "fstream", "iostream", "filesystem", "chrono", "ctime", "csignal", "cstdio", "stdio.h", "time.h",
    "sqlite3.h", "unistd.h", "fcntl.h", "sys/stat.h", "sys/types.h", "signal.h", "syncstream",
}
THREADS = {"thread", "mutex", "shared_mutex", "condition_variable", "future", "semaphore", "latch",
           "barrier"}
# Their results differ between standard libraries.
NOWHERE = {"random", "regex", "format"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def layer_of_file(path):
    parts = path.parts
    if parts[0] == "src":
        return parts[1]
    if parts[0] == "include":
        return "public"
    return parts[0]


def layer_of_include(name, including):
    """Layer of a quoted include, or None when it belongs to no layer."""
    name = name.removeprefix("src/")
    first = name.split("/")[0]
    if first == "delian":
        return "public"
    if first in ("cli", "journal", "solver"):
        return "apps"
    if name in GENERATED:
        return GENERATED[name]
    if "/" not in name:
        return including  # beside the including file
    return first if first in LAYERS else None


def check_file(root, path):
    here = layer_of_file(path)
    if here != "public" and here not in LAYERS:
        yield f"{path}: \"{here}\" is no layer; see docs/decisions or tools/check_layers.py"
        return
    for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, name = match.groups()
        place = f"{path}:{number}"
        if quote == "<":
            if name in NOWHERE:
                yield f"{place}: <{name}> is not used in this project"
            if name in ONLY_APPS and here != "apps":
                yield f"{place}: <{name}> belongs to apps/"
            if name in THREADS and here not in ("ensemble", "apps"):
                yield f"{place}: <{name}> belongs to src/ensemble/"
            continue
        there = layer_of_include(name, here)
        if there is None:
            yield f"{place}: \"{name}\" belongs to no layer"
        elif there == "public":
            continue
        elif here == "public":
            yield f"{place}: a public header includes \"{name}\""
        elif LAYERS.index(there) > LAYERS.index(here):
            yield f"{place}: {here} includes {there} (\"{name}\")"


def check_header_set(root):
    listed = (root / "src/CMakeLists.txt").read_text(encoding="utf-8")
    for header in sorted((root / "include/delian").glob("*.hpp")):
        if f"include/delian/{header.name}" not in listed:
            yield f"include/delian/{header.name}: missing from the header set in src/CMakeLists.txt"


def check(root):
    root = Path(root)
    for folder in ("include", "src", "io", "apps"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".hpp", ".cpp") and path.is_file():
                yield from check_file(root, path.relative_to(root))
    yield from check_header_set(root)


def main(arguments):
    root = arguments[0] if arguments else Path(__file__).resolve().parent.parent
    problems = list(check(root))
    for problem in problems:
        print(problem)
    print(f"layers: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
