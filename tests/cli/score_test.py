"""`delian score` and `delian calibrate` as a user meets them.

usage: score_test.py DELIAN [unittest arguments]

The slow test (class LeaveOneOut) runs only when it is named.
"""

import json
import shutil
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

import cli_test
from cli_test import BAD_INPUT, INTERRUPTED, OK, ROOT, TOKYO, USAGE, Case, environment

CATALOG = ROOT / "catalog/nato-consensus"
FILES = ("aegean-mission-2016.toml", "article-five-2001.toml", "china-wording-2021.toml",
         "macedonia-invitation-2008.toml", "libya-command-2011.toml")
FEW = ("--draws", "256", "-q")
OUTCOMES = ("as_drafted", "weakened", "late", "bypassed", "not_adopted")


def one_case(file, **keys):
    lines = [f'file = "{file}"'] + [f'{key} = "{value}"' for key, value in keys.items()]
    return "[[case]]\n" + "\n".join(lines) + "\n"


class Cases(Case):
    def few_cases(self):
        """A folder with some cases of the catalogue and no list."""
        folder = self.folder / "cases"
        folder.mkdir(exist_ok=True)
        for name in FILES:
            shutil.copy(CATALOG / name, folder)
        return folder

    def list_of(self, *cases, name="cases.toml"):
        return self.put(f"cases/{name}", 'format = "delian-cases/1"\n' + "".join(cases))

    def undecided(self, name="open.toml", folder="cases"):
        text = (CATALOG / FILES[0]).read_text(encoding="utf-8")
        start, end = text.index("[result]"), text.index("# Claims are")
        text = text[:start] + text[end:]
        self.assertIn('resolves_by', text)
        return self.put(f"{folder}/{name}", text.replace("aegean-mission", "open-question"))

    def scores(self, *arguments):
        return json.loads(self.expect(OK, "score", *arguments, "--json").stdout)


class Score(Cases):
    def test_a_folder_is_scored_out_of_sample(self):
        done = self.expect(OK, "score", self.few_cases(), *FEW)
        self.assertEqual(done.stderr, b"")
        text = done.stdout.decode()
        for told in ("Decisions taken: 5 decided cases of ", "in 5 groups", "Out of sample: 5 folds",
                     "rule of thumb", "base rates", "always adopted", "share of all cases",
                     "nato-macedonia-invitation-2008", "What was taken for what",
                     "mostly disputes"):
            self.assertIn(told, " ".join(text.split()))
        for line in text.split("\n"):
            self.assertLessEqual(len(line), 80, line)

    def test_json_holds_every_forecast_and_every_score(self):
        scored = self.scores(self.few_cases(), *FEW)
        self.assertEqual((scored["format"], scored["kind"]), ("delian-score/1", "decisions"))
        self.assertEqual((scored["groups"], scored["folds"]), (5, 5))
        self.assertEqual(len(scored["parameters_by_fold"]), 5)
        self.assertEqual([case["outcome"] for case in scored["cases"]],
                         ["as_drafted", "as_drafted", "weakened", "weakened", "not_adopted"])
        for case in scored["cases"]:
            for forecaster in ("model", "rule_of_thumb", "base_rates"):
                self.assertAlmostEqual(sum(case[forecaster][o] for o in OUTCOMES), 1, places=9)
        # The scores follow from the forecasts.
        brier = sum((1 - c["model"]["not_adopted"] - (c["outcome"] != "not_adopted"))**2
                    for c in scored["cases"]) / 5
        self.assertAlmostEqual(scored["scores"][0]["brier_agreement"]["score"], brier, places=12)
        self.assertEqual(scored["scores"][0]["forecaster"], "model")

    def test_threads_change_nothing(self):
        folder = self.few_cases()
        texts = {self.expect(OK, "score", folder, *FEW, "--threads", n).stdout for n in (1, 2, 5)}
        self.assertEqual(len(texts), 1)

    def test_folds_and_groups(self):
        folder = self.few_cases()
        self.assertEqual(self.scores(folder, *FEW, "--folds", "2")["folds"], 2)
        self.assertEqual(self.scores(folder, *FEW, "--leave-one-out")["folds"], 5)
        self.assertEqual(self.scores(folder, *FEW, "--group", "year")["groups"], 5)
        self.list_of(*(one_case(f, group="all" if k < 3 else f) for k, f in enumerate(FILES)))
        scored = self.scores(folder, *FEW)
        self.assertEqual(scored["groups"], 3)
        self.assertEqual(len({case["fold"] for case in scored["cases"][:3]}), 1)
        self.assertEqual(self.scores(folder, *FEW, "--group", "id")["groups"], 5)
        # One body: there is nobody to learn from.
        done = self.expect(BAD_INPUT, "score", folder, *FEW, "--group", "body")
        self.assertIn(b"E540", done.stderr)

    def test_wrong_options_are_refused(self):
        folder = self.few_cases()
        done = self.expect(USAGE, "score", folder, "--group", "proposal")
        self.assertIn(b"Known: group, id, body, year.", done.stderr)
        for options in (("--folds", "1"), ("--folds", "3", "--leave-one-out"), ("--draws", "0"),
                        ("--draws", "20000")):
            self.expect(USAGE, "score", folder, *options)
        self.expect(USAGE, "score")

    def test_parameters_that_ship_are_those_of_run(self):
        folder = self.few_cases()
        scored = self.scores(folder, "--draws", "512", "-q", "--shipped")
        self.assertTrue(scored["shipped_parameters"])
        self.assertEqual(scored["parameters_by_fold"], [])
        for case, name in zip(scored["cases"], sorted(FILES)):
            done = self.expect(OK, "run", folder / name, "--draws", "512", "-q", "--json")
            self.assertEqual(case["model"], json.loads(done.stdout)["outcomes"])
        text = self.expect(OK, "score", folder, *FEW, "--shipped").stdout.decode()
        self.assertIn("not out of sample", " ".join(text.split()))

    def test_a_list_and_its_files_must_agree(self):
        folder = self.few_cases()
        list_file = self.list_of(one_case(FILES[0], id="nato-aegean-mission-2016", code="W"),
                                 one_case(FILES[1], id="another-question"),
                                 one_case("gone.toml"), one_case(FILES[2], code="W"))
        done = self.expect(BAD_INPUT, "score", folder, *FEW)
        told = done.stderr.decode()
        self.assertEqual(done.stdout, b"")
        for code, line in (("E552", 5), ("E553", 8), ("E011", 10)):
            self.assertIn(code, told)
            self.assertIn(f"{list_file}:{line}:", told)
        self.assertIn("Nothing was scored.", told)
        self.assertNotIn("E540", told)

    def test_a_list_names_each_case_once(self):
        folder = self.few_cases()
        self.list_of(one_case(FILES[0]), one_case(FILES[1]), one_case(FILES[0]))
        self.assertIn(b"E550", self.expect(BAD_INPUT, "score", folder, *FEW).stderr)
        self.list_of()
        self.assertIn(b"E550", self.expect(BAD_INPUT, "score", folder, *FEW).stderr)
        self.list_of(one_case(FILES[0], code="Q", grop="a"))
        told = self.expect(BAD_INPUT, "score", folder, *FEW).stderr
        self.assertIn(b"E009", told)
        self.assertIn(b"E008", told)

    def test_undecided_scenarios_of_a_folder_are_left_out_and_counted(self):
        folder = self.few_cases()
        open_question = self.undecided()
        done = self.expect(OK, "score", folder, "--draws", "256")
        self.assertIn(b"Left out: 1 scenario without a [result].", done.stderr)
        self.assertEqual(self.expect(OK, "score", folder, *FEW).stderr, b"")
        done = self.expect(BAD_INPUT, "score", folder, open_question, *FEW)
        self.assertIn(b"E551", done.stderr)

    def test_folders_of_scenarios_and_files_go_together(self):
        folder = self.few_cases()
        inner = folder / "tokyo"
        inner.mkdir()
        for name in ("scenario.toml", "evidence.toml"):
            shutil.copy(TOKYO.with_name(name), inner)
        self.put("cases/notes.toml", 'format = "something/1"\n')
        self.assertEqual(len(self.scores(folder, *FEW, "--shipped")["cases"]), 6)
        done = self.expect(BAD_INPUT, "score", folder, inner / "scenario.toml", *FEW)
        self.assertIn(b"E555", done.stderr)

    def test_everything_that_holds_nothing_is_told_at_once(self):
        empty = self.folder / "empty"
        empty.mkdir()
        other = self.put("numbers.csv", "a,b\n1,2\n")
        done = self.expect(BAD_INPUT, "score", empty, other, *FEW)
        self.assertEqual(done.stderr.decode().count("E554"), 2)
        self.undecided(folder="empty")
        self.assertIn(b"E554", self.expect(BAD_INPUT, "score", empty, *FEW).stderr)
        self.assertIn(b"E011", self.expect(BAD_INPUT, "score", self.folder / "no.toml").stderr)

    def test_problems_of_all_files_are_told_at_once(self):
        folder = self.few_cases()
        for name in FILES[:2]:
            text = (folder / name).read_text(encoding="utf-8")
            self.assertIn("proposal  = 60", text)
            (folder / name).write_text(text.replace("proposal  = 60", "proposal  = 160"),
                                       encoding="utf-8")
        told = self.expect(BAD_INPUT, "score", folder, *FEW).stderr.decode()
        for name in FILES[:2]:
            self.assertIn(name, told)

    def test_interrupted_it_prints_nothing(self):
        child = subprocess.Popen(
            [cli_test.DELIAN, "score", str(CATALOG), "--draws", "16384", "--threads", "1"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        try:
            time.sleep(2.5)
            self.assertIsNone(child.poll(), "it ended by itself")
            child.send_signal(signal.SIGINT)
            out, told = child.communicate(timeout=30)
        finally:
            if child.poll() is None:
                child.kill()
                child.communicate()
        self.assertEqual(child.returncode, INTERRUPTED)
        self.assertEqual(out, b"")
        self.assertIn(b"E541", told)


class Calibrate(Cases):
    def test_fitted_parameters_stand_beside_priors_and_defaults(self):
        done = self.expect(OK, "calibrate", self.few_cases(), *FEW)
        text = done.stdout.decode()
        for told in ("calibrated on 5 decided cases", "fitted", "prior", "today", "hazard_principle",
                     "converged", "delian score --leave-one-out"):
            self.assertIn(told, " ".join(text.split()))
        for line in text.split("\n"):
            self.assertLessEqual(len(line), 80, line)

    def test_the_lines_can_be_pasted_into_a_scenario(self):
        text = self.expect(OK, "calibrate", self.few_cases(), *FEW).stdout.decode()
        lines = text[text.index("[parameters]"):]
        self.assertEqual(lines.count("="), 9)
        scenario = self.clean()
        scenario.write_text(scenario.read_text(encoding="utf-8") + "\n" + lines, encoding="utf-8")
        self.expect(OK, "check", "--strict", scenario)

    def test_json_is_the_same_for_any_number_of_threads(self):
        folder = self.few_cases()
        texts = [self.expect(OK, "calibrate", folder, *FEW, "--json", "--threads", n).stdout
                 for n in (1, 3)]
        self.assertEqual(texts[0], texts[1])
        fitted = json.loads(texts[0])
        self.assertEqual(fitted["format"], "delian-calibration/1")
        self.assertAlmostEqual(fitted["objective"],
                               fitted["cases"] * fitted["log_score"] + fitted["penalty"])
        for one in fitted["parameters"].values():
            self.assertLess(one["low"], one["value"])
            self.assertLess(one["value"], one["high"])

    def test_too_few_cases_are_refused(self):
        done = self.expect(BAD_INPUT, "calibrate", TOKYO, *FEW)
        self.assertIn(b"E540", done.stderr)
        self.assertIn(b"E551", self.expect(BAD_INPUT, "calibrate", self.undecided(folder=".")).stderr)


class Catalogue(Cases):
    def test_the_shipped_parameters_beat_every_baseline_on_the_catalogue(self):
        scored = self.scores(CATALOG, "-q", "--shipped", "--draws", "2048")
        self.assertEqual((len(scored["cases"]), scored["groups"]), (25, 23))
        rows = {row["forecaster"]: row for row in scored["scores"]}
        model = rows["model"]["brier_agreement"]["score"]
        self.assertLess(model, rows["rule of thumb"]["brier_agreement"]["score"])
        self.assertAlmostEqual(rows["share of all cases"]["brier_agreement"]["score"], 0.1824)
        self.assertLess(model, 0.1824)
        for baseline in ("rule of thumb", "base rates"):
            self.assertLess(rows["model"]["log_outcomes"]["score"],
                            rows[baseline]["log_outcomes"]["score"])


class LeaveOneOut(Cases):
    """Slow: calibrates once for each group of the catalogue."""

    def test_left_out_cases_are_forecast_better_than_by_every_baseline(self):
        start = time.monotonic()
        scored = self.scores(CATALOG, "-q", "--leave-one-out")
        print(f"leave one out: {time.monotonic() - start:.0f} s")
        self.assertEqual(scored["folds"], 23)
        rows = {row["forecaster"]: row for row in scored["scores"]}
        model = rows["model"]["brier_agreement"]["score"]
        self.assertLess(model, 0.12)
        self.assertLess(model, rows["rule of thumb"]["brier_agreement"]["score"])
        self.assertLess(rows["model"]["log_outcomes"]["score"],
                        rows["base rates"]["log_outcomes"]["score"])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        cli_test.DELIAN = str(Path(sys.argv.pop(1)).resolve())
    if not [a for a in sys.argv[1:] if not a.startswith("-")]:
        sys.argv += ["Score", "Calibrate", "Catalogue"]
    unittest.main()
