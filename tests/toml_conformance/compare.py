"""Our TOML reader against Python's tomllib on tests/toml_corpus: same verdict, same values.

usage: compare.py DELIAN_TOML_JSON      (python >= 3.11)
"""

import datetime
import json
import math
import pathlib
import re
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parent / "toml_corpus"
READER = "tomllib"


def moment(text: str) -> str:
    """RFC 3339 text in the form datetime reads; Python keeps six digits of a fraction."""
    text = text.upper().replace(" ", "T").replace("Z", "+00:00")
    return re.sub(r"(\.\d{6})\d+", r"\1", text)


def untagged(value):
    if isinstance(value, list):
        return [untagged(element) for element in value]
    if value.keys() == {"type", "value"} and isinstance(value["value"], str):
        text = value["value"]
        match value["type"]:
            case "string":
                return text
            case "integer":
                return int(text)
            case "float":
                return float(text)
            case "bool":
                return text == "true"
            case "time-local":
                return datetime.time.fromisoformat(moment(text))
            case "date-local":
                return datetime.date.fromisoformat(text)
            case _:
                return datetime.datetime.fromisoformat(moment(text))
    return {key: untagged(inner) for key, inner in value.items()}


def same(ours, theirs) -> bool:
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, float):
        return repr(abs(ours) if math.isnan(ours) else ours) == repr(
            abs(theirs) if math.isnan(theirs) else theirs
        )
    return ours == theirs


def difference(ours) -> str | None:
    path = pathlib.Path(ours["file"])
    try:
        theirs = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"we accept, {READER} refuses: {error}" if ours["valid"] else None
    if not ours["valid"]:
        return f"we refuse, {READER} accepts"
    return None if same(untagged(ours["value"]), theirs) else "values differ"


def main() -> int:
    files = sorted(CORPUS.glob("*/*.toml"))
    output = subprocess.run([sys.argv[1], *files], check=True, capture_output=True).stdout
    exceptions = json.loads((HERE / "exceptions.json").read_text())
    failures = 0
    lines = output.decode().splitlines()
    for line in map(json.loads, lines):
        name = pathlib.Path(line["file"]).relative_to(CORPUS).as_posix()
        expected = READER in exceptions.get(name, {}).get("readers", [])
        found = difference(line)
        if expected and not found:
            failures += 1
            print(f"{name}: listed as an exception, yet {READER} agrees")
        elif found and not expected:
            failures += 1
            print(f"{name}: {found}")
    print(f"{len(lines)} files compared with {READER}, {failures} unexplained differences")
    return 1 if failures or len(lines) != len(files) or not files else 0


if __name__ == "__main__":
    sys.exit(main())
