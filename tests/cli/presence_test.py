"""`delian presence` as a user meets it.

usage: presence_test.py DELIAN [unittest arguments]
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKYO = ROOT / "scenarios/nato-tokyo-2023/scenario.toml"
DELIAN = "delian"
OK, BAD_INPUT, USAGE = 0, 2, 3


def delian(*arguments):
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    return subprocess.run([DELIAN, *map(str, arguments)], capture_output=True, timeout=120,
                          stdin=subprocess.DEVNULL, env=environment, text=True)


class Study(unittest.TestCase):
    def test_tokyo_is_told_in_both_languages_within_80_columns(self):
        for language, words in (("en", "One ship always there: US, FR and GB can keep it."),
                                ("fr", "Un navire toujours là : US, FR et GB peuvent le tenir.")):
            done = delian("presence", TOKYO, "--lang", language, "-q")
            self.assertEqual(done.returncode, OK, done.stderr)
            self.assertIn(words, done.stdout)
            for line in done.stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)
                self.assertEqual(line, line.rstrip(), line)

    def test_the_same_bytes_each_time(self):
        once = delian("presence", TOKYO, "--json", "-q", "--draws", 100, "--seed", 7)
        again = delian("presence", TOKYO, "--json", "-q", "--draws", 100, "--seed", 7)
        self.assertEqual(once.stdout, again.stdout)
        self.assertEqual(json.loads(once.stdout)["presence"]["seed"], 7)

    def test_an_answer_has_its_main_points(self):
        answer = delian("run", TOKYO, "-q", "--draws", 2000)
        self.assertIn("What stands behind it", answer.stdout)
        without = delian("run", TOKYO, "-q", "--draws", 2000, "--presence-draws", 0)
        self.assertNotIn("What stands behind it", without.stdout)
        whole = json.loads(delian("run", TOKYO, "-q", "--json", "--draws", 2000).stdout)["presence"]
        own = json.loads(delian("presence", TOKYO, "-q", "--json").stdout)["presence"]
        self.assertEqual(whole, own)

    def test_who_sails_when_to_keep_one_ship_there(self):
        cover = json.loads(delian("presence", TOKYO, "--json", "-q", "--keep", 1).stdout)["cover"]
        self.assertTrue(cover["met"] and cover["proven"])
        there = [0] * cover["months"]
        for state in cover["states"]:
            self.assertLessEqual(len(state["sailings"]), state["given"])
            for sailing in state["sailings"]:
                for month in range(sailing["arrives"], sailing["leaves"]):
                    there[month % cover["months"]] += 1
        self.assertGreaterEqual(min(there), 1)
        text = delian("presence", TOKYO, "-q", "--keep", 3, "--by", "GB,FR,DE").stdout
        self.assertIn("What binds:\n  ships. 12 more would do.", text)
        for language in ("en", "fr"):
            text = delian("presence", TOKYO, "-q", "--keep", 9, "--lang", language).stdout
            for line in text.splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_only_states_that_give_ships_can_sail(self):
        done = delian("presence", TOKYO, "--keep", 1, "--by", "GB,LU,XX")
        self.assertEqual(done.returncode, BAD_INPUT)
        self.assertEqual(done.stderr.count("E646"), 2)
        self.assertEqual(done.stdout, "")

    def test_scenarios_without_a_theatre_are_refused_with_what_to_add(self):
        done = delian("presence", ROOT / "scenarios/nato-sweden-2022/scenario.toml")
        self.assertEqual(done.returncode, BAD_INPUT)
        self.assertIn("E640", done.stderr)
        self.assertIn("[theatre]", done.stderr)
        self.assertEqual(done.stdout, "")

    def test_all_problems_at_once_each_with_its_place(self):
        text = TOKYO.read_text()
        for good, bad in (('"yokosuka"', '"yokoska"'), ('"indo-pacific"', '"indo-pacifik"'),
                          ("suez          =", "sues          =")):
            self.assertIn(good, text)
            text = text.replace(good, bad)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "scenario.toml")
            file.write_text(text)
            Path(folder, "evidence.toml").write_text(
                TOKYO.with_name("evidence.toml").read_text())
            done = delian("presence", file)
        self.assertEqual(done.returncode, BAD_INPUT)
        for code in ("E641", "E642", "E644"):
            self.assertRegex(done.stderr, rf"scenario.toml:\d+:\d+: error\[{code}\]")

    def test_bad_numbers_are_usage_errors(self):
        for arguments in (("--draws", "0"), ("--draws", "x"), ("--seed", "-1"), ("--lang", "de")):
            self.assertEqual(delian("presence", TOKYO, *arguments).returncode, USAGE, arguments)


if __name__ == "__main__":
    DELIAN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
