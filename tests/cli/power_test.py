"""`delian power` as a user meets it: bodies and scenarios, chances, unions, lists, both languages.

usage: power_test.py DELIAN [unittest arguments]
"""

import json
import sys
import time
import unittest
from pathlib import Path

import cli_test
from cli_test import BAD_INPUT, OK, ROOT, SCENARIOS, TOKYO, USAGE

CARS = ROOT / "scenarios/eu-cars-2023/scenario.toml"
COUNCIL = ("--body", "eu", "--on", "2023-01-01")
UNIONS = ("--union", "V4=PL,CZ,HU,SK", "--union", "Benelux=BE,NL,LU", "--union",
          "Baltic=EE,LV,LT")


class Power(cli_test.Case):
    def study(self, *arguments):
        return json.loads(self.expect(OK, "power", *arguments, "--json", "-q").stdout)

    def text(self, *arguments):
        return self.expect(OK, "power", *arguments, "-q").stdout.decode("utf-8")

    def members(self, *arguments):
        return {m["member"]: m for m in self.study(*arguments)["members"]}

    def test_the_council_as_published(self):
        study = self.study(*COUNCIL)
        members = {m["member"]: m for m in study["members"]}
        self.assertEqual(len(members), 27)
        self.assertAlmostEqual(members["DE"]["shapley_shubik"], .178948195, delta=1e-9)
        self.assertAlmostEqual(members["MT"]["banzhaf_index"], .017380014, delta=1e-9)
        self.assertEqual(study["winning_coalitions"], 17787201)
        self.assertEqual(study["minimal_winning"], 4379988)
        self.assertEqual(study["nakamura"], {"infinite": False, "least": 3, "most": 3})
        self.assertEqual(study["method"], "meet-in-the-middle")
        self.assertEqual([m["member"] for m in study["members"]][:5],
                         ["DE", "FR", "IT", "ES", "PL"])

    def test_another_rule(self):
        reinforced = self.study(*COUNCIL, "--rule", "eu-qmv-lisbon-reinforced")
        self.assertEqual(reinforced["rule"], "eu-qmv-lisbon-reinforced")
        self.assertAlmostEqual(reinforced["act"], .007783510, delta=1e-9)
        # The question of a scenario under another rule.
        self.assertEqual(self.study(CARS, "--rule", "eu-unanimity")["block_alone"],
                         sorted(self.members(CARS)))

    def test_unions(self):
        study = self.study(*COUNCIL, *UNIONS)
        members = {m["member"]: m for m in study["members"]}
        self.assertAlmostEqual(members["PL"]["owen"], .069955102, delta=1e-9)
        self.assertAlmostEqual(members["PL"]["banzhaf_owen"], .101372719, delta=1e-9)
        self.assertEqual([u["name"] for u in study["unions"]], ["V4", "Benelux", "Baltic"])
        self.assertEqual(study["unions"][0]["members"], ["PL", "CZ", "HU", "SK"])
        self.assertIn("Owen", self.text(*COUNCIL, *UNIONS))
        self.assertNotIn("Owen", self.text(*COUNCIL))

    def test_coalitions_on_demand(self):
        self.assertIsNone(self.study(*COUNCIL)["coalitions"])
        listed = self.study(*COUNCIL, "--list", "blocking", "--most", "3")["coalitions"]
        self.assertEqual(listed, {"kind": "blocking", "complete": False, "list": [
            ["DE", "FR", "IT", "ES"], ["DE", "FR", "IT", "PL"], ["DE", "FR", "IT", "RO"]]})
        text = self.text(*COUNCIL, "--list", "blocking", "--most", "3")
        self.assertIn("smallest first (3 of 3,609,574)\n   4  DE FR IT ES\n", text)
        winning = self.study("--body", "aukus", "--on", "2023-01-01", "--list", "winning")
        self.assertEqual(winning["coalitions"],
                         {"kind": "winning", "complete": True, "list": [["AU", "GB", "US"]]})

    def test_chances_that_are_given(self):
        study = self.study("--body", "nato", "--on", "2023-07-12", "--p-default", "0.98",
                           "--p", "TR=40%, HU = 0.5", "--p", "UK=1")
        chances = {m["member"]: m["consent"] for m in study["pass"]["members"]}
        self.assertEqual((chances["TR"], chances["HU"], chances["GB"], chances["FR"]),
                         (.4, .5, 1, .98))
        self.assertAlmostEqual(study["pass"]["if_independent"], .98**28 * .4 * .5, delta=1e-15)
        self.assertEqual(study["pass"]["members"][0]["member"], "TR")  # the least willing
        self.assertEqual(study["pass"]["chances"], "given")
        self.assertIsNone(self.study("--body", "nato", "--on", "2023-07-12")["pass"])

    def test_chances_from_a_scenario(self):
        for file in SCENARIOS:
            with self.subTest(file.parent.name):
                passes = self.study(file)["pass"]
                answer = json.loads(self.expect(OK, "run", file, "--json", "-q").stdout)
                self.assertEqual(passes["chances"], "forecast")
                self.assertEqual(passes["forecast"]["agreed_as_drafted"],
                                 answer["agreed_as_drafted"]["p"])
                objects = {b["member"]: b["objects"] for b in answer["blockers"]}
                product = 1
                for member in passes["members"]:
                    self.assertAlmostEqual(member["consent"], 1 - objects[member["member"]],
                                           delta=1e-15)
                    product *= member["consent"]
                if answer["procedure"] == "silence" and answer["question"]["rule"] == "consensus":
                    self.assertAlmostEqual(passes["if_independent"], product, delta=1e-12)
        some = self.study(TOKYO, "--p", "FR=1")["pass"]
        self.assertEqual({m["member"]: m["consent"] for m in some["members"]}["FR"], 1)
        self.assertEqual(some["chances"], "forecast")

    def test_a_consensus_says_that_its_indices_say_nothing(self):
        english = self.text("--body", "nato", "--on", "2023-07-12")
        self.assertIn("tells nothing about who matters", english.replace("\n  ", " "))
        self.assertNotIn("Shapley:", english)
        self.assertIn("--p FR=0.3", english)
        french = self.text("--body", "nato", "--on", "2023-07-12", "--lang", "fr")
        self.assertIn("ne dit rien de qui compte", french.replace("\n  ", " "))

    def test_reports_fit_eighty_columns(self):
        cases = [(file,) for file in SCENARIOS]
        for file in sorted((ROOT / "data/bodies").glob("*.toml")):
            cases.append(("--body", file.stem, "--on", "2023-07-11", "--p-default", "0.9"))
        cases.append((*COUNCIL, *UNIONS, "--list", "winning"))
        cases.append((*COUNCIL, "--list", "blocking"))
        for case in cases:
            for language in ("en", "fr"):
                with self.subTest(case=case, language=language):
                    text = self.text(*case, "--lang", language)
                    lines = text.split("\n")
                    self.assertGreater(len(lines), 10)
                    self.assertEqual([line for line in lines if len(line) > 80], [])
                    self.assertEqual([line for line in lines if line != line.rstrip()], [])
                    self.assertEqual([c for c in text if c != "\n" and not c.isprintable()], [])

    def test_it_is_quick(self):
        start = time.monotonic()
        self.text(*COUNCIL, *UNIONS, "--list", "winning", "--p-default", "0.9")
        self.assertLess(time.monotonic() - start, 5)  # 0.1 s on an idle machine

    def test_wrong_usage_is_told_with_what_is_right(self):
        for arguments, told in [
                ((), "Give a scenario file, or --body with --on."),
                ((TOKYO, *COUNCIL), "not both"),
                ((TOKYO, "--on", "2023-01-01"), "the scenario file says on which day"),
                (("--body", "natto", "--on", "2023-07-11"), 'Did you mean "nato"?'),
                (("--body", "nato"), "a day is needed"),
                (("--body", "nato", "--on", "2023-07"), "no whole date"),
                (("--body", "nato", "--on", "1948-01-01"), "had no members"),
                (("--body", "unsc", "--on", "1985-01-01"), "elected seats"),
                ((*COUNCIL, "--rule", "eu-qmv-lisbonne"), 'Did you mean "eu-qmv-lisbon"?'),
                ((*COUNCIL, "--p", "GB=0.5"), '"GB" is no member'),
                ((*COUNCIL, "--p", "FR"), "Write CODE=CHANCE"),
                ((*COUNCIL, "--p", "FR=1.5"), '"1.5" is no chance'),
                ((*COUNCIL, "--p", "FR=x"), '"x" is no chance'),
                ((*COUNCIL, "--p", "FR=nan"), '"nan" is no chance'),
                ((*COUNCIL, "--p", "FR=0.5,FR=0.6"), "FR has two chances"),
                ((*COUNCIL, "--p", "FR=0.5"), "no chance for AT, BE,"),
                ((*COUNCIL, "--p-default", "-1"), '"-1" is no chance'),
                ((*COUNCIL, "--union", "PL,CZ"), "Write a name and members"),
                ((*COUNCIL, "--union", "A=PL,XX"), '"XX" is no member'),
                ((*COUNCIL, "--union", "A=PL,CZ", "--union", "B=CZ,SK"), "CZ stands in A already"),
                ((*COUNCIL, "--union", "A="), '"" is no member'),
                ((*COUNCIL, "--list", "all"), "is not one of blocking, winning"),
                ((*COUNCIL, "--most", "0"), "no whole number from 1 to")]:
            with self.subTest(arguments=arguments):
                done = self.expect(USAGE, "power", *arguments)
                self.assertEqual(done.stdout, b"")
                self.assertIn(told, done.stderr.decode())

    def test_a_bad_file_computes_nothing(self):
        for file in (self.tokyo(("GB = {", "UK = {")), self.folder / "missing.toml"):
            done = self.expect(BAD_INPUT, "power", file)
            self.assertEqual(done.stdout, b"")
            self.assertTrue(done.stderr.endswith(b"Nothing was computed.\n"))

    def test_warnings_are_told_unless_quiet(self):
        file = self.tokyo(('resolve = 15, src = ["J1"] }', 'resolve = 15 }'))
        self.assertIn(b"warning[", self.expect(OK, "power", file).stderr)
        self.assertEqual(self.expect(OK, "power", "-q", file).stderr, b"")

    def test_hostile_text_cannot_command_the_terminal(self):
        hostile = "a\x1b[2J\u202e\u200b\nb"
        for arguments in (("--body", hostile, "--on", "2023-01-01"), (*COUNCIL, "--rule", hostile),
                          (*COUNCIL, "--p", hostile + "=1"), (*COUNCIL, "--p-default", hostile),
                          (*COUNCIL, "--union", hostile), (*COUNCIL, "--union", hostile + "=PL"),
                          (*COUNCIL, "--union", f"{hostile}=PL", "--union", "B=PL")):
            done = cli_test.delian("power", *arguments)
            text = (done.stdout + done.stderr).decode("utf-8")
            self.assertEqual([c for c in text if c != "\n" and not c.isprintable()], [])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        cli_test.DELIAN = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
