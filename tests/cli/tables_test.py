"""`delian import` and `delian land` as a user meets them.

usage: tables_test.py DELIAN [unittest arguments]
"""

import json
import re
import sys
import unittest
from pathlib import Path

import cli_test
from cli_test import BAD_INPUT, OK, USAGE, Case

CARS = """\
# title: Emission standards
# scale: 4 to 10
actor,position,salience,capability
Netherlands,4,80,0.08
Belgium,7,40,0.08
France,10,60,0.16
"""
TWO = """\
issue,actor,position,salience,capability,low,high,outcome,group
tax,FR,10,0.5,2,0,100,40,g
tax,DE,60,1,1,0,100,40,g
aid,FR,1,0.5,2,0,10,,g
"""
DEU = {"issues.csv": "isnr,prnr,name,reference,outcome\ni1,p1,one,0,100\n",
       "positions.csv": "isnr,actor,position,salience\ni1,el,40,40\ni1,com,100,\ni1,fr,0,80\n",
       "actors.csv": "actor,gdp_trn_usd,nice_weight,population_mn_2019\n"
                     "el,0.25,12,10.38\ncom,4,,\nfr,2.25,29,67.44\n"}


class Tables(Case):
    def deu(self):
        folder = self.folder / "deu"
        folder.mkdir()
        for name, text in DEU.items():
            (folder / name).write_text(text)
        return folder

    def narrow(self, text):
        for line in text.decode("utf-8").split("\n"):
            self.assertLessEqual(len(line), 80, line)


class Import(Tables):
    def test_it_shows_what_it_read(self):
        done = self.expect(OK, "import", self.put("cars.csv", CARS))
        text = done.stdout.decode()
        self.assertEqual(done.stderr, b"")
        self.assertIn("plain table, 3 actors, 1 issue\n", text)
        self.assertIn("Saliences run from 0 to 100 and were divided by 100.", text)
        self.narrow(done.stdout)
        done = self.expect(OK, "import", self.put("cars.csv", CARS), "--lang", "fr")
        self.assertIn("3 acteurs, 1 enjeu", done.stdout.decode())
        self.narrow(done.stdout)

    def test_it_reads_a_folder(self):
        folder = self.deu()
        text = self.expect(OK, "import", folder).stdout.decode()
        self.assertIn("DEU, 3 actors, 1 issue\n", text)
        self.assertIn("square root of gross domestic product", text)
        text = self.expect(OK, "import", folder, "--capability", "council").stdout.decode()
        self.assertIn("DEU, 2 actors", text)
        self.assertIn("their capability is not known: Commission.", text)
        (folder / "actors.csv").unlink()
        self.assertIn(b"E521", self.expect(BAD_INPUT, "import", folder).stderr)
        self.expect(OK, "import", folder, "--capability", "equal")
        self.assertIn(b"holds none of issues.csv", self.expect(BAD_INPUT, "import",
                                                               self.folder).stderr)

    def test_json_holds_the_table(self):
        read = json.loads(self.expect(OK, "import", self.put("two.csv", TWO), "--json").stdout)
        self.assertEqual(read["format"], "delian-table/1")
        self.assertEqual(read["read_as"], "plain")
        self.assertEqual(read["actors"], ["FR", "DE"])
        self.assertEqual(len(read["stands"]), 3)
        self.assertEqual(read["issues"][0]["outcome"], 40)
        read = json.loads(self.expect(OK, "import", self.folder / "two.csv", "--json", "--issue",
                                      "aid").stdout)
        self.assertEqual([i["id"] for i in read["issues"]], ["aid"])

    def test_every_problem_at_its_place_and_nothing_on_stdout(self):
        file = self.put("bad.csv", CARS.replace("7,40", "17,x") + "France,1,1,1\n")
        target = self.folder / "out.csv"
        done = self.expect(BAD_INPUT, "import", file, "-o", target)
        self.assertEqual(done.stdout, b"")
        self.assertFalse(target.exists())
        text = done.stderr.decode()
        for place in ("bad.csv:5:9: error[E503]", "bad.csv:5:12: error[E514]",
                      "bad.csv:7:8: error[E502]"):
            self.assertIn(place, text)
        self.assertIn("    5 | Belgium,17,x,0.08\n", text)

    def test_warnings_are_on_stderr(self):
        done = self.expect(OK, "import", self.put("cars.csv", CARS.replace("# scale: 4 to 10", "#")))
        self.assertIn(b"W512", done.stderr)
        self.assertEqual(self.expect(OK, "import", self.folder / "cars.csv", "--scale",
                                     "0:20").stderr, b"")

    def test_what_it_writes_is_the_same_table(self):
        first = self.put("two.csv", TWO)
        second = self.folder / "again.csv"
        done = self.expect(OK, "import", first, "-o", second)
        self.assertIn(b"Wrote ", done.stderr)

        def table(path):
            read = json.loads(self.expect(OK, "import", path, "--json").stdout)
            return {k: read[k] for k in ("title", "actors", "issues", "stands")}

        self.assertEqual(table(first), table(second))
        self.assertEqual(self.expect(OK, "land", first).stdout,
                         self.expect(OK, "land", second).stdout)

    def test_files_are_left_alone_unless_forced(self):
        file = self.put("cars.csv", CARS)
        other = self.put("other.csv", "mine")
        self.assertIn(b"--force", self.expect(USAGE, "import", file, "-o", other).stderr)
        self.assertEqual(other.read_text(), "mine")
        self.expect(OK, "import", file, "-o", other, "--force")
        self.assertIn("Belgium", other.read_text())
        done = self.expect(USAGE, "import", file, "-o", file, "--force")
        self.assertIn(b"Choose another name", done.stderr)
        self.assertEqual(file.read_text(), CARS)
        self.assertIn(b"cannot write", self.expect(USAGE, "import", file, "-o",
                                                   self.folder / "none" / "x.csv").stderr)

    def test_a_form_can_be_forced(self):
        file = self.put("cars.csv", CARS)
        self.assertIn(b"E510", self.expect(BAD_INPUT, "import", self.put("x.csv", "a,b\n1,2\n")).stderr)
        self.assertIn(b"E512", self.expect(BAD_INPUT, "import", self.folder / "x.csv", "--format",
                                           "plain").stderr)
        self.expect(BAD_INPUT, "import", file, "--format", "ktab-xml")
        self.expect(OK, "import", file, "--format", "plain")

    def test_bad_usage_exits_3(self):
        file = self.put("two.csv", TWO)
        for arguments in [("import",), ("import", file, "--format", "xls"),
                          ("import", file, "--scale", "10:0"), ("import", file, "--scale", "0-10"),
                          ("import", file, "--scale", "0:inf"), ("import", file, "--body", "nato"),
                          ("import", file, "--on", "2023-07-12"), ("import", file, "--issue", "tx"),
                          ("import", file, "--body", "natoo", "--on", "2023-07-12"),
                          ("import", file, "--body", "nato", "--on", "soon"),
                          ("import", file, "--body", "nato", "--on", "2023-07-12"),
                          ("import", file, "--scale", "0:10"),
                          ("import", file, "--capability", "votes")]:
            with self.subTest(arguments):
                self.assertEqual(self.expect(USAGE, *arguments).stdout, b"")
        self.assertIn(b'Did you mean "tax"?',
                      self.expect(USAGE, "import", file, "--issue", "tx").stderr)
        self.assertIn(b"cannot read", self.expect(BAD_INPUT, "import", "nowhere.csv").stderr)

    def test_a_scenario_with_the_numbers_of_the_table(self):
        file = self.put("cars.csv", CARS)
        target = self.folder / "mine.toml"
        done = self.expect(OK, "import", file, "--body", "nato", "--on", "2023-07-12", "-o", target)
        self.assertEqual(done.stdout, b"")
        text = target.read_text(encoding="utf-8")
        self.assertIn("BE = { position = 50, salience = 40, resolve = 50,", text)
        self.assertIn('DE = { position = "unknown"', text)
        self.expect(OK, "check", "--strict", target)
        self.expect(OK, "run", "-q", "--draws", "500", target)
        self.assertEqual(self.expect(OK, "import", file, "--body", "nato", "--on",
                                     "2023-07-12").stdout.decode(), text)

    def test_no_scenario_when_an_actor_cannot_be_placed(self):
        file = self.put("cars.csv", CARS + "Gondor,5,50,1\nSweden,5,50,1\n")
        target = self.folder / "mine.toml"
        done = self.expect(BAD_INPUT, "import", file, "--body", "nato", "--on", "2023-07-12", "-o",
                           target)
        self.assertIn("cars.csv:7:1: error[E522]", done.stderr.decode())
        self.assertIn("cars.csv:8:1: error[E522]", done.stderr.decode())
        self.assertFalse(target.exists())

    def test_a_file_cannot_command_the_terminal(self):
        hostile = "\x1b[2J\u202e"
        good = self.put("a.csv", CARS.replace("Belgium", f"B{hostile}").replace("standards",
                                                                               hostile))
        bad = self.put("b.csv", CARS.replace("7,40", f"{hostile},40"))
        for arguments in (("import", good), ("land", good, "--rounds"), ("import", bad),
                          ("land", bad), ("import", good, "--issue", hostile),
                          ("land", good, "--model", hostile), ("land", good, "--set", hostile),
                          ("import", good, "--scale", hostile), ("import", hostile)):
            done = cli_test.delian(*arguments)
            text = (done.stdout + done.stderr).decode("utf-8")
            self.assertEqual([c for c in text if c != "\n" and not c.isprintable()], [], arguments)


class Land(Tables):
    def models(self):
        return json.loads(self.expect(OK, "land", "--list-models", "--json").stdout)

    def test_every_model_of_the_registry_is_listed(self):
        text = self.expect(OK, "land", "--list-models").stdout
        self.narrow(text)
        models = self.models()
        self.assertIn("compromise_mean", [m["id"] for m in models])
        for model in models:
            self.assertIn(f"{model['id']}  {model['title']}", text.decode())
            for parameter in model["parameters"]:
                self.assertIn(f"  {parameter['name']}: ", text.decode())
        self.narrow(self.expect(OK, "land", "--list-models", "--lang", "fr").stdout)

    def test_every_model_answers_or_is_left_out_with_its_need(self):
        file = self.put("cars.csv", CARS)
        text = self.expect(OK, "land", file).stdout
        self.narrow(text)
        self.assertIn("Emission standards", text.decode())
        answer = json.loads(self.expect(OK, "land", file, "--json").stdout)
        self.assertEqual(answer["format"], "delian-landings/1")
        issue = answer["issues"][0]
        told = [row["model"] for row in issue["landings"] + issue["left_out"]]
        self.assertEqual(sorted(told), sorted(m["id"] for m in self.models()))
        for row in issue["landings"]:
            self.assertIn(f"  {row['model']} ", text.decode())
            self.assertTrue(4 <= row["landing"] <= 10)
        for row in issue["left_out"]:
            self.assertIn(row["needs"], " ".join(text.decode().split()))
        # (0.08 * 0.8 * 4 + 0.08 * 0.4 * 7 + 0.16 * 0.6 * 10) / 0.192
        mean = next(r for r in issue["landings"] if r["model"] == "compromise_mean")
        self.assertAlmostEqual(mean["landing"], 7.5, places=12)

    def test_landings_stand_in_rising_order(self):
        text = self.expect(OK, "land", self.put("cars.csv", CARS)).stdout.decode()
        ids = {m["id"] for m in self.models()}
        rows = re.findall(r"^  (\w+) +(-?[\d.]+) ", text, re.MULTILINE)
        values = [float(value) for model, value in rows if model in ids]
        self.assertEqual(values, sorted(values))
        self.assertGreater(len(values), 0)

    def test_models_and_issues_can_be_chosen(self):
        file = self.put("two.csv", TWO)
        answer = json.loads(self.expect(OK, "land", file, "--json", "--model", "compromise_mean",
                                        "--issue", "aid").stdout)
        self.assertEqual([i["id"] for i in answer["issues"]], ["aid"])
        self.assertEqual([r["model"] for r in answer["issues"][0]["landings"]],
                         ["compromise_mean"])
        text = self.expect(OK, "land", file, "--model", "compromise_mean").stdout.decode()
        self.assertEqual(text.count("One model: "), 2)
        self.assertIn("as decided", text)

    def test_parameters_can_be_set(self):
        file = self.put("two.csv", TWO)
        with_parameters = [m for m in self.models() if m["parameters"]]
        for model in with_parameters:
            parameter = model["parameters"][0]
            value = parameter["choices"][-1] if parameter["choices"] else parameter["maximum"]
            answer = json.loads(self.expect(OK, "land", file, "--json", "--model", model["id"], "--set",
                                            f"{model['id']}.{parameter['name']}={value}").stdout)
            in_force = answer["parameters"][model["id"]][parameter["name"]]
            self.assertEqual(in_force, len(parameter["choices"]) - 1 if parameter["choices"]
                             else parameter["maximum"])
            done = self.expect(USAGE, "land", file, "--set",
                               f"{model['id']}.{parameter['name']}=fast")
            self.assertIn(b"[E313]", done.stderr)
        for setting, told in [("x", "is no setting"), ("compromise_mean.x=1", "[E308]"),
                              ("compromise.x=1", "is no model"), ("=.", "is no setting")]:
            self.assertIn(told, self.expect(USAGE, "land", file, "--set", setting).stderr.decode())

    def test_rounds_are_shown_and_kept(self):
        file = self.put("two.csv", TWO)
        self.narrow(self.expect(OK, "land", file, "--rounds").stdout)
        answer = json.loads(self.expect(OK, "land", file, "--rounds", "--json").stdout)
        plain = json.loads(self.expect(OK, "land", file, "--json").stdout)
        for issue in plain["issues"]:
            self.assertFalse(any("rounds" in row for row in issue["landings"]))
        for issue in answer["issues"]:
            for row in issue["landings"]:
                for positions in row.get("rounds", []):
                    self.assertEqual(len(positions), 2)

    def test_many_issues_make_one_table(self):
        rows = "".join(f"i{k},FR,10,0.5,2,0,100,40\ni{k},DE,60,1,1,0,100,40\n" for k in range(12))
        file = self.put("many.csv", "issue,actor,position,salience,capability,low,high,outcome\n" + rows)
        text = self.expect(OK, "land", file).stdout
        self.narrow(text)
        self.assertIn("Mean distance from what was decided, of the scale, on 12 issues",
                      text.decode())
        self.narrow(self.expect(OK, "land", file, "--lang", "fr").stdout)

    def test_bad_usage_exits_3(self):
        file = self.put("cars.csv", CARS)
        for arguments, told in [(("land",), "FILE is required"),
                                (("land", file, "--model", "compromise_meen"),
                                 'Did you mean "compromise_mean"?'),
                                (("land", file, "--issue", "x"), "has no issue"),
                                (("land", file, "--scale", "0:10"), "says its own scale")]:
            done = self.expect(USAGE, *arguments)
            self.assertEqual(done.stdout, b"")
            self.assertIn(told, done.stderr.decode())
        self.assertIn(b"Nothing was read.", self.expect(BAD_INPUT, "land",
                                                        self.put("x.csv", "a\n")).stderr)

    def test_runs_repeat_byte_for_byte(self):
        file = self.put("two.csv", TWO)
        self.assertEqual(self.expect(OK, "land", file, "--json").stdout,
                         self.expect(OK, "land", file, "--json").stdout)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        cli_test.DELIAN = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
