"""`delian fleets` as a user meets it.

usage: fleets_test.py DELIAN [unittest arguments]
"""

import json
import os
import re
import subprocess
import sys
import tomllib
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DELIAN = "delian"
OK, USAGE = 0, 3
SECTIONS = ("--forces", "--deployments", "--goals", "--costs", "--memory")


def fleets(*arguments, code=OK):
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    done = subprocess.run([DELIAN, "fleets", *arguments], capture_output=True, timeout=120,
                          stdin=subprocess.DEVNULL, env=environment)
    assert done.returncode == code, (arguments, done)
    return done.stdout.decode() if code == OK else done.stderr.decode()


def facts(*arguments):
    return json.loads(fleets(*arguments, "--json"))


class Table(unittest.TestCase):
    def test_every_state_has_a_line(self):
        lines = {line[:2]: line for line in fleets().splitlines()[3:] if re.match("[A-Z]{2} ", line)}
        files = {path.stem for path in (ROOT / "data/fleets").glob("*.toml")}
        self.assertEqual(set(lines) - {"CV"}, files)
        self.assertEqual(lines["GB"].split()[3:], "2 4-5 6 11 - 8 6 - 4-7".split())

    def test_it_says_how_much_rests_on_memory(self):
        memory = facts("--memory")["memory"]
        self.assertIn(f"{len(memory['cells'])} of {memory['of']} cells rest on memory", fleets())

    def test_lines_fit_a_terminal(self):
        everybody = [path.stem for path in (ROOT / "data/fleets").glob("*.toml")]
        for language in ("en", "fr"):
            for arguments in ((), everybody, SECTIONS):
                text = fleets(*arguments, "--lang", language)
                for line in text.splitlines():
                    self.assertLessEqual(len(line), 80, line)
                    self.assertEqual(line, line.rstrip(), line)


class States(unittest.TestCase):
    def test_codes_and_names_are_taken(self):
        text = fleets("UK")
        self.assertTrue(text.startswith("United Kingdom (GB), 2023-07\n"))
        for words in (("GB",), ("Royaume-Uni",), ("gb", "United Kingdom")):
            self.assertEqual(fleets(*words), text)

    def test_all_that_is_known_of_a_state(self):
        text = fleets("Canada")
        for part in ("7 frigates, Halifax class", "Ottawa and Vancouver, with Asterix, 2023",
                     "2023-08-14 to 2023-12-18, 126 days away", "Send three warships a year"):
            self.assertIn(part, text)
        self.assertNotIn("GB ", text)

    def test_a_state_without_ships_says_why(self):
        text = fleets("Slovakia")
        self.assertIn("Landlocked.", text)
        self.assertIn("No ships of the kinds counted.", text)

    def test_unknown_states_are_refused_all_at_once(self):
        text = fleets("Frnace", "Atlantis", "CH", code=USAGE)
        self.assertEqual(re.findall("E62[01]", text), ["E620", "E620", "E621"])
        self.assertIn('did you mean "France"?', text)


class Sections(unittest.TestCase):
    def test_each_is_shown_alone(self):
        titles = ("In the theatre for good", "Deployments", "Promises", "What a hull costs",
                  "Cells that rest on memory")
        for flag, title in zip(SECTIONS, titles):
            text = fleets(flag)
            self.assertTrue(text.startswith(title), text)
            for other in titles:
                if other != title:
                    self.assertNotIn("\n" + other, text)

    def test_they_hold_the_states_asked_for(self):
        deployments = facts("CA", "--deployments")["theatres"][0]
        self.assertEqual({row["state"] for row in deployments["deployments"]}, {"CA"})
        self.assertNotIn("goals", deployments)
        self.assertIn("None known.", fleets("NO", "--goals"))

    def test_french(self):
        text = fleets("FR", "--forces", "--lang", "fr")
        self.assertTrue(text.startswith("En permanence sur le théâtre : Indo-Pacifique"))
        self.assertIn("1 650 personnes", text)


class Memory(unittest.TestCase):
    def test_every_cell_listed_is_marked_in_its_file(self):
        cells = facts("--memory")["memory"]["cells"]
        self.assertGreater(len(cells), 100)
        for cell in cells:
            table = tomllib.loads((ROOT / cell["file"]).read_text(encoding="utf-8"))
            inherited = table.get("grade")
            found = re.fullmatch(r"(\w+)\[(\d+)\]", cell["pointer"])
            row = table[found[1]][int(found[2])] if found else table
            self.assertEqual(row.get("grade", inherited), "memory", cell)

    def test_no_marked_cell_is_left_out(self):
        listed = {(c["file"], c["pointer"]) for c in facts("--memory")["memory"]["cells"]}
        files = [*(ROOT / "data/fleets").glob("*.toml"), *(ROOT / "data/theatres").glob("*.toml"),
                 ROOT / "data/hull-costs.toml"]
        for path in files:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            name = path.relative_to(ROOT).as_posix()
            for key, rows in table.items():
                if not isinstance(rows, list):
                    continue
                for k, row in enumerate(rows):
                    if isinstance(row, dict) and row.get("grade", table.get("grade")) == "memory":
                        self.assertIn((name, f"{key}[{k}]"), listed)

    def test_a_state_has_its_own(self):
        text = fleets("GB", "--memory")
        self.assertIn("data/fleets/GB.toml", text)
        self.assertNotIn("data/fleets/FR.toml", text)


class Json(unittest.TestCase):
    def test_everything_or_what_was_asked_for(self):
        self.assertEqual(list(facts()), ["format", "navies", "theatres", "costs", "memory"])
        self.assertEqual(list(facts("--costs")), ["format", "costs"])

    def test_counts_are_those_of_the_rows_or_the_total(self):
        for navy in facts()["navies"]:
            for kind, count in navy["counts"].items():
                rows = [row["count"] for row in navy["hulls"] if row["kind"] == kind]
                self.assertEqual(count["likely"], sum(row["likely"] for row in rows))
                if not any(total["kind"] == kind for total in navy["totals"]):
                    self.assertEqual(count["low"], sum(row["low"] for row in rows))

    def test_language_does_not_change_it(self):
        self.assertEqual(fleets("--json", "--lang", "fr"), fleets("--json"))


if __name__ == "__main__":
    DELIAN = sys.argv.pop(1)
    unittest.main()
