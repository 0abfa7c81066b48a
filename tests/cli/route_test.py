"""`delian route` as a user meets it.

usage: route_test.py DELIAN [unittest arguments]

tests/golden/routes holds what each line of its cases.txt answers; update.sh there writes it anew.
"""

import json
import os
import shlex
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUTES = ROOT / "tests/golden/routes"
DELIAN = "delian"
OK, USAGE = 0, 3


def route(*arguments, code=OK):
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    done = subprocess.run([DELIAN, "route", *arguments], capture_output=True, timeout=120,
                          stdin=subprocess.DEVNULL, env=environment)
    assert done.returncode == code, (arguments, done)
    return done.stdout.decode() if code == OK else done.stderr.decode()


def cases():
    for line in (ROUTES / "cases.txt").read_text(encoding="utf-8").splitlines():
        name, arguments = line.split(":", 1)
        yield name, shlex.split(arguments)


class Golden(unittest.TestCase):
    maxDiff = None

    def test_answers_are_those_that_were_read_and_committed(self):
        for name, arguments in cases():
            with self.subTest(name=name):
                golden = (ROUTES / f"{name}.txt").read_text(encoding="utf-8")
                text = route(*arguments)
                self.assertEqual(text, golden)
                for line in text.splitlines():
                    self.assertLessEqual(len(line), 80, line)

    def test_every_golden_file_has_its_case(self):
        self.assertEqual({p.stem for p in ROUTES.glob("*.txt")} - {"cases"},
                         {name for name, _ in cases()})


class Options(unittest.TestCase):
    def test_closures_are_lists_and_may_be_repeated(self):
        once = route("portsmouth", "yokosuka", "--close", "suez,panama", "--json")
        self.assertEqual(json.loads(once)["route"]["gates"][0]["gate"], "good-hope")
        twice = route("portsmouth", "yokosuka", "--close", "suez", "--close", "panama", "--json")
        self.assertEqual(once, twice)
        self.assertEqual(json.loads(once)["conditions"]["close"], ["suez", "panama"])

    def test_groups_close_their_gates(self):
        answer = json.loads(route("bahrain", "yokosuka", "--close", "indonesian-archipelago",
                                  "--json"))
        self.assertIn("torres", [g["gate"] for g in answer["route"]["gates"]])

    def test_names_aliases_and_codes_are_the_same_port(self):
        expected = route("portsmouth", "yokosuka")
        for names in (("Portsmouth", "Yokosuka"), ("GBPME", "JP YOS"), ("HMNB Portsmouth", "JPYOS")):
            self.assertEqual(route(*names), expected)

    def test_positions_and_stops_are_taken(self):
        answer = json.loads(route("30N,125E", "naha", "--via", "shanghai", "--via", "taiwan",
                                  "--json"))
        self.assertEqual([s.get("port", s.get("gate")) for s in answer["via"]],
                         ["shanghai", "taiwan"])
        self.assertNotIn("port", answer["from"])

    def test_speed_changes_time_and_not_distance(self):
        slow, fast = (json.loads(route("guam", "yokosuka", "--speed", s, "--json"))["route"]
                      for s in ("10", "20"))
        self.assertEqual(slow["distance_nm"], fast["distance_nm"])
        self.assertAlmostEqual(slow["days"], 2 * fast["days"], delta=0.02)

    def test_geojson_is_cut_at_the_date_line(self):
        feature = json.loads(route("san-diego", "yokosuka", "--geojson"))
        lines = feature["geometry"]["coordinates"]
        self.assertEqual(len(lines), 2)
        self.assertEqual(lines[0][-1], [-180.0, lines[1][0][1]])
        self.assertEqual(lines[1][0][0], 180.0)

    def test_no_route_is_an_answer(self):
        answer = json.loads(route("ras-tanura", "rotterdam", "--close", "hormuz", "--json"))
        self.assertIsNone(answer["route"])
        self.assertEqual([b["gate"] for b in answer["no_route"]["barriers"]], ["hormuz"])

    def test_lists_name_everything(self):
        for what, word in (("ports", "yokosuka"), ("gates", "bab-el-mandeb"), ("classes", "carrier")):
            text = route("--list", what)
            self.assertIn(word, text)
            for line in text.splitlines():
                self.assertLessEqual(len(line), 80, line)


class Refusals(unittest.TestCase):
    def test_all_problems_at_once(self):
        told = route("portsmoth", "atlantis", "--close", "suezz", "--class", "carier", "--speed",
                     "99", "--max-latitude-south", "20", code=USAGE)
        for code in ("E600", "E601", "E602", "E603", "E604"):
            self.assertIn(f"[{code}]", told)
        self.assertIn('Did you mean "portsmouth"?', told)
        self.assertIn('Did you mean "suez"?', told)
        self.assertIn('Did you mean "carrier"?', told)
        self.assertIn("--list ports", told)

    def test_other_refusals(self):
        self.assertIn("E605", route("guam", "naha", "--close", "bering", "--open", "bering",
                                    code=USAGE))
        self.assertIn("E606", route("50N,10E", "naha", code=USAGE))
        self.assertIn("E607", route("guam", "guam", code=USAGE))
        self.assertIn("E608", route("cartagena", "guam", code=USAGE))
        self.assertIn("Two places are needed", route("guam", code=USAGE))
        self.assertIn("choose one", route("guam", "naha", "--json", "--geojson", code=USAGE))
        self.assertIn("is no number", route("guam", "naha", "--speed", "fast", code=USAGE))
        self.assertIn("is not one of", route("--list", "ships", code=USAGE))


if __name__ == "__main__":
    DELIAN = sys.argv.pop(1)
    unittest.main()
