#!/usr/bin/env python3
"""Each registered model has its page, its source in the bibliography, and a true parameter table.

usage: check_docs.py [ROOT] [--write] [--binary DELIAN]

Registered models are those of the lists in src/models/CMakeLists.txt. The parameter table of
docs/models/<id>.md is generated from the model's own file (--write); a difference is an error. With
--binary, the defaults printed there are also compared with what the program reports in the
provenance of a run.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

BEGIN = "<!-- parameters: written by tools/check_docs.py --write -->"
END = "<!-- end of parameters -->"

NUMBER = r"[-+]?(?:\d[\d']*\.?\d*|\.\d+)(?:e[-+]?\d+)?"
STRINGS = r'((?:"(?:\\.|[^"\\])*"\s*)+)'


def joined(literals):
    """Adjacent C++ string literals as one text."""
    return "".join(re.findall(r'"((?:\\.|[^"\\])*)"', literals)).replace('\\"', '"')


def registered(root):
    text = (root / "src/models/CMakeLists.txt").read_text(encoding="utf-8")
    text = re.sub(r"#.*", "", text)
    ids = []
    for group in re.findall(r"set\(DELIAN_\w+_MODELS\s+([^)]*)\)", text):
        ids += group.split()
    return ids


def source_of(root, model):
    found = sorted((root / "src/models").rglob(f"{model}.cpp"))
    return found[0] if len(found) == 1 else None


def with_own_headers(root, source):
    """A source file and, after it, the headers of models that it includes, which may name choices,
    and the public header of its name, which may hold the options behind `using Options = ...`."""
    text = source.read_text(encoding="utf-8")
    public = root / f"include/delian/{source.stem}.hpp"
    for header in re.findall(r'^#include "(models/[^"]+)"', text, re.MULTILINE):
        text += (root / "src" / header).read_text(encoding="utf-8")
    return text + public.read_text(encoding="utf-8") if public.is_file() else text


def choice_names(text, array):
    """The names in a constexpr array of string views."""
    if not array:
        return []
    found = re.search(rf"\b{array}\b(?:<[^>]*>)?\s*(?:=\s*)?\{{(.*?)\}};", text, re.DOTALL)
    return re.findall(r'"([^"]*)"', found.group(1)) if found else []


def read_model(text):
    """(info, parameters) of a model's source file."""
    options = re.search(r"struct \w*Options \{(.*?)\n\};", text, re.DOTALL)
    defaults = {}
    if options:
        for name, value in re.findall(rf"double (\w+) = ({NUMBER});", options.group(1)):
            defaults[name] = value
    parameters = []
    pattern = (rf'Parameter<Options>\{{\s*"(\w+)",\s*&Options::(\w+),\s*({NUMBER}),\s*({NUMBER}),\s*'
               rf"{STRINGS}(?:,\s*(\w+))?\}}")
    for name, member, low, high, meaning, choices in re.findall(pattern, text):
        names = choice_names(text, choices)
        unread = choices and not names
        parameters.append({"name": name, "low": low, "high": high, "meaning": joined(meaning),
                           "default": None if unread else defaults.get(member), "choices": names})
    info = {}
    for key in ("id", "title", "source", "defaults", "defaults_provenance"):
        match = re.search(rf"\.{key} =\s*{STRINGS}", text)
        info[key] = joined(match.group(1)) if match else None
    info["declared"] = text.count("Parameter<Options>{")
    return info, parameters


def table(info, parameters):
    lines = [BEGIN, "", "| parameter | default | bounds | meaning |", "|---|---|---|---|"]
    for p in parameters:
        choices = p["choices"]
        default = f"`{choices[int(p['default'])]}`" if choices else p["default"]
        bounds = ", ".join(f"`{c}`" for c in choices) or f"{p['low']} to {p['high']}"
        lines.append(f"| `{p['name']}` | {default} | {bounds} | {p['meaning']} |")
    if not parameters:
        lines = [BEGIN, "", "None."]
    lines += ["", f"Default set `{info['defaults']}`. {info['defaults_provenance']}", "", END]
    return "\n".join(lines)


def bibliography_keys(root):
    text = (root / "docs/references.bib").read_text(encoding="utf-8")
    return re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE)


def check_model(root, model, keys, write):
    source = source_of(root, model)
    if source is None:
        yield f"{model}: not one file src/models/**/{model}.cpp"
        return
    info, parameters = read_model(with_own_headers(root, source))
    if info["id"] != model:
        yield f"{source.relative_to(root)}: id is {info['id']}, the file's name says {model}"
    if len(parameters) != info["declared"] or any(p["default"] is None for p in parameters):
        yield (f"{source.relative_to(root)}: parameter table not understood "
               f"({len(parameters)} of {info['declared']} rows)")
        return
    if info["source"] not in keys:
        yield f"{model}: source key {info['source']} is not in docs/references.bib"
    page = root / f"docs/models/{model}.md"
    if not page.is_file():
        yield f"docs/models/{model}.md: missing"
        return
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        yield f"docs/models/{model}.md: the two marks of the parameter table are missing"
        return
    begin, end = text.index(BEGIN), text.index(END) + len(END)
    if text[begin:end] != table(info, parameters):
        if write:
            page.write_text(text[:begin] + table(info, parameters) + text[end:], encoding="utf-8")
        else:
            yield (f"docs/models/{model}.md: parameter table differs from "
                   f"{source.relative_to(root)}; run tools/check_docs.py --write")
    if info["title"] is None or info["title"] not in text:
        yield f"docs/models/{model}.md: does not mention its title \"{info['title']}\""
    if f"[{info['source']}]" not in text:
        yield f"docs/models/{model}.md: does not cite [{info['source']}]"


def check_references(root, keys):
    for key in {k for k in keys if keys.count(k) > 1}:
        yield f"docs/references.bib: {key} stands twice"
    cited = set()
    for page in sorted((root / "docs").rglob("*.md")):
        for key in re.findall(r"\[([a-z]+\d{4}[a-z]?)\](?!\()", page.read_text(encoding="utf-8")):
            cited.add(key)
            if key not in keys:
                yield f"{page.relative_to(root)}: [{key}] is not in docs/references.bib"
    for key in keys:
        if key not in cited:
            yield f"docs/references.bib: {key} is cited by no page"


def check_links(root):
    """Links between files of ours lead somewhere."""
    pages = [root / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for folder in ("docs", "catalog"):
        pages += sorted((root / folder).rglob("*.md"))
    for page in pages:
        if not page.is_file():
            yield f"{page.relative_to(root)}: missing"
            continue
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                yield f"{page.relative_to(root)}: {target} does not exist"


def check_binary(root, binary):
    """Defaults on the pages are those in force in a run of a scenario without [parameters]."""
    seen = set()
    for scenario in sorted((root / "scenarios").glob("*/scenario.toml")):
        if re.search(r"^\[parameters\]", scenario.read_text(encoding="utf-8"), re.MULTILINE):
            continue
        run = subprocess.run([binary, "run", str(scenario), "--json", "--quiet", "--draws", "256"],
                             capture_output=True, text=True)
        if run.returncode != 0:
            reason = next((line for line in run.stderr.splitlines() if "error" in line), run.stderr)
            yield f"{scenario.relative_to(root)}: exit {run.returncode}: {reason.strip()[:200]}"
            continue
        provenance = json.loads(run.stdout)["provenance"]
        model = provenance["model"]
        if model in seen:
            continue
        seen.add(model)
        info, parameters = read_model(with_own_headers(root, source_of(root, model)))
        written = {p["name"]: float(p["default"].replace("'", "")) for p in parameters}
        if provenance["parameters"] != written:
            yield f"docs/models/{model}.md: a run reports {provenance['parameters']}"
        if provenance["defaults"] != info["defaults"]:
            yield f"docs/models/{model}.md: a run reports the set {provenance['defaults']}"


def check(root, write=False, binary=None):
    keys = bibliography_keys(root)
    models = registered(root)
    problems = [] if models else ["src/models/CMakeLists.txt: no model is registered"]
    for model in models:
        problems += check_model(root, model, keys, write)
    problems += check_references(root, keys)
    problems += check_links(root)
    if binary:
        problems += check_binary(root, binary)
    return problems


def main(arguments):
    binary = None
    if "--binary" in arguments:
        at = arguments.index("--binary")
        binary = arguments[at + 1]
        del arguments[at:at + 2]
    write = "--write" in arguments
    arguments = [a for a in arguments if a != "--write"]
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    problems = check(root.resolve(), write, binary)
    for problem in problems:
        print(problem)
    print(f"docs: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
