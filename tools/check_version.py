#!/usr/bin/env python3
"""The version number stands once: project(delian VERSION ...) in CMakeLists.txt.

usage: check_version.py [ROOT] [--tag TAG] [--write]

CITATION.cff repeats it and must agree (--write brings it into line). The newest numbered heading of
CHANGELOG.md must not be ahead of it, and must be it when --tag names a release. No other file of
ours may spell it out.
"""

import re
import sys
from pathlib import Path

# Where a three-part number may look like our version and is something else.
SKIPPED = {"CMakeLists.txt", "CITATION.cff", "CHANGELOG.md"}
FOLDERS = ("include", "src", "io", "apps", "bindings", "web", "tools", "script", "cmake", ".ci")
SUFFIXES = {".hpp", ".cpp", ".in", ".cmake", ".py", ".sh", ".ts", ".toml", ".txt", ""}


def project_version(root):
    text = (root / "CMakeLists.txt").read_text(encoding="utf-8")
    match = re.search(r"project\(\s*delian\s+VERSION\s+(\d+\.\d+\.\d+)", text)
    return match.group(1) if match else None


def citation_version(root):
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    match = re.search(r'^version:\s*"?([^"\s]+)"?\s*$', text, re.MULTILINE)
    return match.group(1) if match else None


def changelog_versions(root):
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.findall(r"^## \[(\d+\.\d+\.\d+)\]", text, re.MULTILINE)


def number(version):
    return tuple(int(part) for part in version.split("."))


def repeats(root, version):
    spelled = re.compile(r"(?<![\d.])" + re.escape(version) + r"(?![\d.]*\d)")
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root)
            if not path.is_file() or path.suffix not in SUFFIXES or path.name in SKIPPED:
                continue
            if {"node_modules", "__pycache__", "dist"} & set(relative.parts):
                continue
            for line_number, line in enumerate(
                    path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                comment = line.lstrip().startswith(("//", "#", "*")) or "///<" in line or "// " in line
                if spelled.search(line) and not comment and "///" not in line:
                    yield f"{relative}:{line_number}: repeats the version {version}"


def check(root, tag=None):
    version = project_version(root)
    if version is None:
        return ["CMakeLists.txt: no project(delian VERSION ...)"]
    problems = []
    cited = citation_version(root)
    if cited != version:
        problems.append(f"CITATION.cff: version {cited}, CMakeLists.txt says {version}")
    numbered = changelog_versions(root)
    if numbered and number(numbered[0]) > number(version):
        problems.append(f"CHANGELOG.md: {numbered[0]} is ahead of {version}")
    if tag is not None:
        if tag.removeprefix("v") != version:
            problems.append(f"tag {tag}: CMakeLists.txt says {version}")
        if not numbered or numbered[0] != version:
            problems.append(f"CHANGELOG.md: no heading [{version}] for tag {tag}")
    problems.extend(repeats(root, version))
    return problems


def write(root):
    path = root / "CITATION.cff"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^version:.*$", f"version: {project_version(root)}", text, count=1,
                           flags=re.MULTILINE), encoding="utf-8")


def main(arguments):
    tag = None
    if "--tag" in arguments:
        at = arguments.index("--tag")
        tag = arguments[at + 1]
        del arguments[at:at + 2]
    writes = "--write" in arguments
    arguments = [a for a in arguments if a != "--write"]
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    if writes:
        write(root)
    problems = check(root, tag)
    for problem in problems:
        print(problem)
    print(f"version {project_version(root)}: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
