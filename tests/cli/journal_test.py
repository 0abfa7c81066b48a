"""`delian journal` as a user meets it, with many writers at once, and killed in the middle.

usage: journal_test.py DELIAN [unittest arguments]
"""

import datetime
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import cli_test
from cli_test import BAD_INPUT, INTERRUPTED, OK, TOKYO, USAGE, WARNINGS, environment

FEW = ("--draws", "512")
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
OPENED, CLOSES, OTHER_DAY = (str(TODAY + datetime.timedelta(days=d)) for d in (-100, 100, 101))
PAST = {"opens": "2022-01-01", "closes": "2022-02-01"}
OUTCOMES = ("as_drafted", "weakened", "late", "bypassed", "not_adopted")


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def record_hash(record):
    """The hash of a line of `export`, by docs/journal.md and by nothing else."""
    text = ""

    def put(name, value):
        nonlocal text
        if isinstance(value, float):
            value = "%.17g" % value
        text += f"{name}:{len(str(value).encode())}:{value}\n"

    for name in ("format", "seq", "at", "kind", "previous"):
        put(name, record[name])
    if record["kind"] == "outcome":
        for name in ("entry", "outcome", "decided_on", "note", "source"):
            put(name, record[name])
        return digest(text)
    for name in ("number", "question", "title", "asks", "marking", "body", "opens", "closes"):
        put(name, record[name])
    put("proposal", float(record["proposal"]))
    put("horizon_months", float(record["horizon_months"]))
    put("states_result", int(record["states_result"]))
    for name in ("engine_version", "model", "yardstick", "seed", "draws"):
        put(name, record[name])
    for name in OUTCOMES:
        put(name, float(record["outcomes"][name]))
    put("scenario_hash", record["scenario_hash"])
    for document in record["texts"]:
        put("text_name", document["name"])
        put("text_sha256", document["sha256"])
    put("answer_sha256", record["answer_sha256"])
    return digest(text)


class Case(cli_test.Case):
    # In memory where there is such a place: journals wait for their disk.
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

    def setUp(self):
        super().setUp()
        temporary = tempfile.TemporaryDirectory(dir=self.place)
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.db = self.folder / "journal.db"

    def journal(self, command, *arguments, code=OK, **changes):
        return self.expect(code, "journal", command, *arguments, "--journal", self.db, **changes)

    def text(self, *arguments, **changes):
        return self.journal(*arguments, **changes).stdout.decode()

    def json(self, *arguments, **changes):
        return json.loads(self.text(*arguments, "--json", **changes))

    def lines(self):
        return [json.loads(line) for line in self.text("export").splitlines()]

    def question(self, name, opens=OPENED, closes=CLOSES, **texts):
        """A scenario of three members."""
        skeleton = self.expect(OK, "new", "--body", "aukus", "--on", "2099-01-01").stdout.decode()
        for old, new in [('"aukus-2099-01-01"', f'"{name}"'), ("opens    = 2099-01-01",
                         f"opens    = {opens}"), ("closes   = 2099-01-01", f"closes   = {closes}"),
                         *texts.items()]:
            self.assertIn(old, skeleton)
            skeleton = skeleton.replace(old, new, 1)
        return self.put(f"{name}.toml", skeleton)

    def add(self, name, *options, **texts):
        return self.text("add", self.question(name, **texts), "-q", *FEW, *options)

    def force(self, *statements):
        """Changes the journal by hand, its guards removed."""
        with sqlite3.connect(self.db) as database:
            for (name,) in database.execute(
                    "SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                database.execute(*statement if isinstance(statement, tuple) else (statement,))
        database.close()


class Add(Case):
    def test_what_was_stored_is_told(self):
        text = self.add("deal", "--seed", "7")
        self.assertEqual(text.split("\n")[0], f"Added 1-deal to {self.db}"[:80])
        (entry,) = self.lines()
        self.assertIn("seed 7, 512 draws", text)
        for value in (entry["at"], entry["scenario_hash"], entry["answer_sha256"], entry["hash"]):
            self.assertIn(value, text)
        self.assertNotIn("!", text)

    def test_the_answer_is_that_of_run(self):
        file = self.question("deal")
        self.journal("add", file, "--seed", "3", *FEW)
        (entry,) = self.lines()
        run = self.expect(OK, "run", file, "--json", "--seed", "3", *FEW).stdout.decode()
        self.assertEqual(entry["answer"] + "\n", run)
        self.assertEqual(entry["outcomes"], json.loads(run)["outcomes"])
        self.assertEqual(entry["scenario_hash"], json.loads(run)["provenance"]["scenario_hash"])
        self.assertEqual(entry["engine_version"], json.loads(run)["provenance"]["version"])

    def test_every_text_is_kept_under_its_own_name(self):
        self.journal("add", self.tokyo(), "-q", *FEW)
        (entry,) = self.lines()
        self.assertEqual([t["name"] for t in entry["texts"]], ["scenario.toml", "evidence.toml"])
        for document in entry["texts"]:
            self.assertEqual(document["text"],
                             (self.folder / document["name"]).read_text(encoding="utf-8"))
            self.assertEqual(document["sha256"], digest(document["text"]))
        self.assertNotIn(str(self.folder), json.dumps(entry))

    def test_a_question_that_closed_is_accepted_and_marked(self):
        text = self.add("old", **PAST)
        self.assertIn("added after the question closed", text)
        self.assertIn("`score` leaves it out", text)

    def test_a_scenario_that_states_its_result_is_marked(self):
        self.assertIn("its scenario states the result",
                      self.text("add", TOKYO, "-q", *FEW))

    def test_other_terms_under_one_id_are_told(self):
        self.add("deal")
        self.assertNotIn("Note:", self.add("deal", "--seed", "2"))
        self.assertIn("Note: 1-deal has the same id but asks something else",
                      self.add("deal", closes=OTHER_DAY))

    def test_a_bad_scenario_adds_nothing(self):
        done = self.journal("add", self.put("bad.toml", "format = 3\n"), code=BAD_INPUT)
        self.assertTrue(done.stderr.endswith(b"Nothing was added.\n"))
        self.assertFalse(self.db.exists())
        self.journal("add", self.folder / "missing.toml", code=BAD_INPUT)

    def test_an_interrupted_answer_is_not_added(self):
        self.add("deal")
        child = subprocess.Popen(
            [cli_test.DELIAN, "journal", "add", str(TOKYO), "-q", "--draws", "1000000000",
             "--journal", str(self.db)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment())
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
        self.assertEqual((child.returncode, out), (INTERRUPTED, b""))
        self.assertIn(b"Nothing was added", err)
        self.assertEqual(len(self.lines()), 1)

    def test_the_users_own_journal(self):
        file = self.question("deal")
        home = self.folder / "home"
        data = self.folder / "data"
        for changes, place in [
                ({"HOME": home, "XDG_DATA_HOME": data}, data),
                ({"HOME": home, "XDG_DATA_HOME": ""}, home / ".local/share"),
                ({"HOME": home, "XDG_DATA_HOME": "relative"}, home / ".local/share")]:
            changes = {k: str(v) for k, v in changes.items()}
            before = len(self.own(changes)) if (place / "delian/journal.db").exists() else 0
            self.expect(OK, "journal", "add", file, "-q", *FEW, **changes)
            self.assertTrue((place / "delian/journal.db").is_file())
            self.assertEqual(len(self.own(changes)), before + 1)
        done = self.expect(USAGE, "journal", "list", HOME="", XDG_DATA_HOME="")
        self.assertIn(b"--journal", done.stderr)
        self.expect(USAGE, "journal", "list", "--journal", "")

    def own(self, changes):
        return json.loads(self.expect(OK, "journal", "list", "--json", **changes).stdout)


class Resolve(Case):
    def test_an_outcome_is_recorded(self):
        self.add("deal")
        text = self.text("resolve", "1", "--outcome", "weakened", "--on", str(TODAY), "--note",
                         "smaller office", "--src", "https://example.org/a")
        self.assertIn(f"weakened, decided on {TODAY}", text)
        self.assertIn("It settles 1-deal.", text)
        entry, outcome = self.lines()
        self.assertEqual((outcome["kind"], outcome["entry"], outcome["outcome"],
                          outcome["decided_on"], outcome["note"], outcome["source"]),
                         ("outcome", 1, "weakened", str(TODAY), "smaller office",
                          "https://example.org/a"))
        shown = self.text("show", "1")
        for part in (f"weakened, decided on {TODAY}", "smaller office", "https://example.org/a"):
            self.assertIn(part, shown)

    def test_a_correction_is_kept_beside_the_first(self):
        self.add("deal")
        self.text("resolve", "1", "--outcome", "as_drafted")
        text = self.text("resolve", "1-deal", "--outcome", "LATE", "--note", "a year after")
        self.assertIn("It corrects what was recorded before", text)
        shown = self.text("show", "1")
        self.assertLess(shown.index("late; recorded"), shown.index("as drafted; recorded"))
        self.assertIn("corrected", self.text("list"))
        self.assertEqual(self.json("list")[0]["outcome"], "late")
        self.assertEqual(len(self.json("show", "1")["outcomes_recorded"]), 2)

    def test_a_question_settles_all_its_forecasts(self):
        self.add("deal")
        self.add("other")
        self.add("deal", "--seed", "2")
        self.assertIn("It settles 1-deal and 3-deal.",
                      self.text("resolve", "deal", "--outcome", "bypassed"))
        self.assertEqual([e["outcome"] for e in self.json("list")], ["bypassed", None, "bypassed"])

    def test_a_name_for_different_questions_is_refused(self):
        self.add("deal")
        self.add("deal", closes=OTHER_DAY)
        done = self.journal("resolve", "deal", "--outcome", "late", code=USAGE)
        self.assertIn(b"1-deal and 2-deal", done.stderr)
        self.text("resolve", "2", "--outcome", "late")
        self.assertEqual([e["outcome"] for e in self.json("list")], [None, "late"])

    def test_a_forecast_after_the_outcome_is_marked(self):
        self.add("deal")
        self.text("resolve", "1", "--outcome", "late")
        self.assertIn("added after the outcome was recorded", self.add("deal", "--seed", "2"))
        self.assertEqual([e["counts"] for e in self.json("list")], [True, False])

    def test_what_cannot_be_recorded_exits_3(self):
        self.add("deal")
        for arguments, told in [
                (("9", "--outcome", "late"), '"9" is no forecast in'),
                (("1-dael", "--outcome", "late"), 'Did you mean "1-deal"?'),
                (("1", "--outcome", "rejected"), "is not one of"),
                (("1",), "--outcome is required"),
                (("1", "--outcome", "late", "--on", "2023-07"), "is no whole date"),
                (("1", "--outcome", "late", "--on", "soon"), "is no whole date"),
                (("1", "--outcome", "late", "--on", OTHER_DAY), "lies in the future"),
                (("1", "--outcome", "late", "--on", "2021-12-31"), f"before {OPENED}"),
                (("1", "--outcome", "late", "--note", b"\xff"), "is not UTF-8")]:
            with self.subTest(arguments=arguments):
                done = subprocess.run([cli_test.DELIAN, "journal", "resolve", *arguments,
                                       "--journal", str(self.db)], capture_output=True,
                                      env=environment())
                self.assertEqual((done.returncode, done.stdout), (USAGE, b""), done.stderr)
                self.assertIn(told, done.stderr.decode())
        self.assertEqual(len(self.lines()), 1)


class Read(Case):
    def test_no_output_is_wider_than_eighty_columns(self):
        long = "x" * 30
        self.add("deal-" + long, **{'"What is to be decided, in a few words"': f'"{long * 9}"',
                                    '"Do the members agree by the day of the decision?"':
                                    f'"{"Ålesund " * 40}"', 'marking  = ""':
                                    f'marking = "{"SECRET " * 20}"'})
        self.text("add", TOKYO, "-q", *FEW)
        self.text("resolve", "1", "--outcome", "not_adopted", "--note", "a note " * 30, "--src",
                  "https://example.org/" + "x" * 200)
        self.text("resolve", "1", "--outcome", "late")
        self.add("deal-" + long, "--seed", "2")
        for arguments in (("list",), ("show", "1"), ("show", "2"), ("show", "2", "--words", "uk"),
                          ("score",), ("score", "--all"), ("verify", "--rerun")):
            with self.subTest(arguments):
                lines = self.text(*arguments).split("\n")
                path = str(self.db)
                self.assertEqual([line for line in lines if len(line) > 80 and path not in line],
                                 [])
                self.assertEqual([line for line in lines if line != line.rstrip()], [])

    def test_a_list_has_a_line_for_each_forecast(self):
        self.add("deal")
        self.text("add", TOKYO, "-q", *FEW)
        self.text("resolve", "2", "--outcome", "not_adopted")
        text = self.text("list")
        self.assertRegex(text, rf"(?m)^1-deal +\d{{4}}-\d\d-\d\d  {CLOSES} +\d+ % +\d+ %  open$")
        self.assertRegex(text, r"(?m)^2-nato-tokyo-2023 .*  2023-07-12 .* not adopted$")
        self.assertIn("2 forecasts in", text)

    def test_an_empty_journal_is_told(self):
        self.put("journal.db", "")
        self.assertIn("No forecast in", self.text("list"))
        self.assertIn("Nothing to score yet.", self.text("score"))
        self.assertEqual(self.text("export"), "")
        self.assertEqual(self.json("list"), [])
        self.text("verify")

    def test_show_has_the_head_of_the_report(self):
        self.text("add", TOKYO, "-q")
        report = self.expect(OK, "run", TOKYO, "-q").stdout.decode()
        for words in ((), ("--words", "uk")):
            shown = self.text("show", "nato-tokyo-2023", *words)
            report = self.expect(OK, "run", TOKYO, "-q", *words).stdout.decode()
            for start in ("NATO liaison office", "Agreed as drafted by", "Some agreement"):
                (line,) = [x for x in report.split("\n") if x.startswith(start)]
                self.assertIn("\n" + line + "\n", shown)
        for part in ("sha256:", "seed 1, 20,000 draws", "scenario.toml", "evidence.toml",
                     "Integrity: as it was added"):
            self.assertIn(part, shown)

    def test_show_wants_one(self):
        self.add("deal")
        self.add("deal", "--seed", "2")
        self.assertIn(b"Name one of them", self.journal("show", "deal", code=USAGE).stderr)
        self.assertIn(b"is no forecast", self.journal("show", "3", code=USAGE).stderr)
        self.journal("show", code=USAGE)

    def test_a_journal_cannot_command_the_terminal(self):
        hostile = r'"\u001b[2J\u202e\u0007\nx"'
        self.add("deal", **{'"What is to be decided, in a few words"': hostile,
                            '"Do the members agree by the day of the decision?"': hostile,
                            'marking  = ""': f"marking = {hostile}"})
        self.text("resolve", "1", "--outcome", "late", "--note", "\x1b[2J\x9b\u202e\nx", "--src",
                  "\x1b[2J")
        self.force("UPDATE record SET at = char(27) || '[2J', kind = 'entry' WHERE seq = 1",
                   "UPDATE entry SET closes = char(27) || '[2J', engine_version = char(27), "
                   "scenario_hash = char(27), model = char(27)",
                   "UPDATE entry_text SET name = char(27) || '[2J'",
                   "UPDATE outcome SET decided_on = char(27) || '[2J'",
                   "CREATE TRIGGER \"\x1b[2J\" AFTER INSERT ON entry BEGIN SELECT 1; END")
        for arguments in (("list",), ("show", "1"), ("score",), ("export",), ("list", "--json"),
                          ("show", "1", "--json"), ("\x1b[2J",), ("show", "\x1b[2J")):
            done = cli_test.delian("journal", *arguments, "--journal", self.db)
            text = (done.stdout + done.stderr).decode("utf-8")
            self.assertEqual([c for c in text if c != "\n" and not c.isprintable()], [], arguments)
        verified = self.journal("verify", "--rerun", code=WARNINGS).stdout.decode()
        self.assertEqual([c for c in verified if c != "\n" and not c.isprintable()], [])

    def test_numbers_that_cannot_be_are_shown_without_harm(self):
        self.add("deal")
        self.text("resolve", "1", "--outcome", "late")
        for number in ("9e999", "-9e999", "-1", "1e300", "2"):
            self.force(f"UPDATE entry SET as_drafted = {number}, not_adopted = {number}, "
                       f"horizon_months = {number}, proposal = {number}, draws = -1, seed = -5")
            for arguments in (("list",), ("show", "1"), ("show", "1", "--words", "uk"),
                              ("score", "--all"), ("export",), ("list", "--json"),
                              ("show", "1", "--json"), ("score", "--json")):
                self.text(*arguments)
            self.journal("verify", "--rerun", code=WARNINGS)

    def test_a_wrong_command_is_told_with_the_right_ones(self):
        known = "Known: add, resolve, list, show, score, export, verify, --help\n"
        self.assertEqual(self.expect(USAGE, "journal").stderr.decode(),
                         "A command of journal is needed. " + known)
        self.assertEqual(self.expect(USAGE, "journal", "scor").stderr.decode(),
                         '"scor" is no command of journal. Did you mean "score"? ' + known)

    def test_help_fits_eighty_columns(self):
        for command in cli_test.JOURNAL_COMMANDS:
            text = self.expect(OK, "journal", command, "--help").stdout.decode()
            self.assertEqual([line for line in text.split("\n") if len(line) > 80], [])


class Score(Case):
    def test_scores_are_those_of_the_definition(self):
        self.add("a")
        self.add("a", "--seed", "2")
        self.add("b")
        self.add("open")
        self.add("old", **PAST)
        for question, outcome in (("a", "as_drafted"), ("b", "not_adopted"), ("old", "late")):
            self.text("resolve", question, "--outcome", outcome)
        shares = [e["outcomes"] for e in self.json("list")]
        score = self.json("score")
        self.assertEqual([s["id"] for s in score["scored"]], ["1-a", "2-a", "3-b"])
        self.assertEqual((score["questions"], score["entries"]), (2, 5))
        a = ((1 - shares[0]["as_drafted"]) ** 2 + (1 - shares[1]["as_drafted"]) ** 2) / 2
        b = shares[2]["as_drafted"] ** 2
        self.assertAlmostEqual(score["mean"]["brier_as_drafted"], (a + b) / 2, places=14)
        self.assertEqual(score["baselines"]["hindsight"]["brier_as_drafted"], 0.25)
        text = self.text("score")
        self.assertIn("3 forecasts on 2 questions", text)
        self.assertIn("Left out: 1 without an outcome and 1 not frozen before the event", text)
        self.assertRegex(text, rf"agreed as drafted +{(a + b) / 2:.3f} +\d\.\d{{3}} +0\.250 ")
        self.assertNotIn("Reliability:", text)

    def test_all_takes_in_what_was_late_and_marks_it(self):
        self.add("old", **PAST)
        self.text("resolve", "old", "--outcome", "late")
        self.assertIn("Nothing to score yet.", self.text("score"))
        self.assertIsNone(self.json("score")["mean"])
        text = self.text("score", "--all")
        self.assertIn("1 forecast on 1 question", text)
        self.assertIn("! added after the question closed", text)
        self.assertEqual(self.json("score", "--all")["scored"][0]["marks"], ["late"])

    def test_reliability_from_twenty_questions_on(self):
        for k in range(20):
            self.add(f"q{k}", "--seed", str(k))
            self.text("resolve", str(k + 1), "--outcome", OUTCOMES[k % 5])
        text = self.text("score")
        self.assertIn("Reliability: agreed as drafted", text)
        self.assertRegex(text, r"(?m)^  40 to 60 % +\d+ +\d+ %  +20 %  +\d+ to \d+ %$")
        rows = self.json("score")["reliability"]["as_drafted"]
        self.assertEqual(sum(r["questions"] for r in rows), 20)
        self.assertEqual(round(sum(r["questions"] * r["came_true"] for r in rows)), 4)


class Export(Case):
    def test_hashes_can_be_computed_again_by_anyone(self):
        self.add("deal", **{"proposal = 60": "proposal = 60.1"})
        self.text("add", TOKYO, "-q", *FEW)
        self.text("resolve", "2", "--outcome", "not_adopted", "--note", "zurückgezogen — ☺")
        previous = ""
        for number, record in enumerate(self.lines(), 1):
            self.assertEqual(record["seq"], number)
            self.assertEqual(record["previous"], previous)
            self.assertEqual(record["hash"], record_hash(record))
            previous = record["hash"]
            if record["kind"] == "entry":
                self.assertEqual(record["answer_sha256"], digest(record["answer"]))
                whole = "".join(f"{len(t['text'].encode())}\n{t['text']}" for t in record["texts"])
                self.assertEqual(record["scenario_hash"], digest(whole))

    def test_it_writes_where_told(self):
        self.add("deal")
        target = self.folder / "out.jsonl"
        self.assertEqual(self.text("export", "-o", target), "")
        self.assertEqual(target.read_text(), self.text("export"))
        self.journal("export", "-o", self.folder / "none" / "x", code=USAGE)

    def test_the_journal_is_not_overwritten(self):
        self.add("deal")
        before = self.db.read_bytes()
        link = self.folder / "link"
        link.symlink_to(self.db)
        for target in (self.db, link):
            self.assertIn(b"choose another name",
                          self.journal("export", "-o", target, code=USAGE).stderr)
        self.assertEqual(self.db.read_bytes(), before)


class Refusals(Case):
    def refused(self, code, reads=True, writes=True):
        self.assertTrue(reads or writes)
        commands = [("list",), ("show", "1"), ("score",), ("export",), ("verify",),
                    ("resolve", "1", "--outcome", "late")] if reads else []
        if writes:
            commands.append(("add", self.question("deal"), "-q", *FEW))
        for command in commands:
            done = self.journal(*command, code=BAD_INPUT)
            self.assertIn(f"error[{code}]", done.stderr.decode())
            self.assertIn(str(self.db), done.stderr.decode())
            self.assertEqual(done.stdout, b"")

    def test_no_journal_there(self):
        self.refused("E430", writes=False)
        self.assertFalse(self.db.exists())

    def test_no_sqlite_database(self):
        self.put("journal.db", "format = 3\n" * 500)
        self.refused("E431")
        self.assertEqual(self.db.read_bytes(), b"format = 3\n" * 500)

    def test_a_database_of_something_else(self):
        with sqlite3.connect(self.db) as database:
            database.execute("CREATE TABLE music (title TEXT)")
        database.close()
        before = self.db.read_bytes()
        self.refused("E432")
        self.assertEqual(self.db.read_bytes(), before)

    def test_a_newer_journal(self):
        self.add("deal")
        with sqlite3.connect(self.db) as database:
            database.execute("PRAGMA user_version = 2")
        database.close()
        self.refused("E433")

    def test_a_folder_or_a_broken_path(self):
        self.db.mkdir()
        self.refused("E434")
        self.db = self.put("file", "x") / "journal.db"
        self.refused("E434", reads=False)

    @unittest.skipIf(os.geteuid() == 0, "root may read anything")
    def test_a_journal_that_may_not_be_read(self):
        self.add("deal")
        self.db.chmod(0)
        self.refused("E434")

    def test_a_damaged_journal(self):
        self.text("add", TOKYO, "-q", *FEW)
        os.truncate(self.db, self.db.stat().st_size // 2)
        self.refused("E436")

    def test_other_tables(self):
        self.add("deal")
        with sqlite3.connect(self.db) as database:
            database.execute("ALTER TABLE entry RENAME COLUMN title TO heading")
        database.close()
        self.refused("E437")

    def test_a_missing_folder_is_created(self):
        self.db = self.folder / "a/b/journal.db"
        self.add("deal")
        self.assertEqual(len(self.lines()), 1)


class Tampering(Case):
    def setUp(self):
        super().setUp()
        self.add("a")
        self.add("b")
        self.text("resolve", "1", "--outcome", "not_adopted")
        self.text("resolve", "2", "--outcome", "not_adopted")
        self.assertEqual(self.json("score")["questions"], 2)

    def changed(self, *statements, what="changed after it was added"):
        self.force(*statements)
        self.assertIn(what, self.text("list"))
        self.assertIn(what, self.text("show", "1"))
        self.assertIn("Integrity: this is not what was added.", self.text("show", "1"))
        self.assertIn("1 changed afterwards", self.text("score"))
        self.assertEqual(self.json("score")["questions"], 1)
        self.assertEqual(self.json("score", "--all")["questions"], 1)
        self.assertIn("changed", self.lines()[0]["marks"])
        done = self.journal("verify", code=WARNINGS)
        self.assertIn(what, done.stdout.decode())

    def test_a_better_probability(self):
        self.changed("UPDATE entry SET not_adopted = 0.99 WHERE number = 1")

    def test_an_earlier_date(self):
        self.changed("UPDATE record SET at = '2022-01-01T00:00:00Z' WHERE seq = 1")

    def test_another_scenario(self):
        self.changed("UPDATE document SET content = content || ' ' WHERE sha256 = "
                     "(SELECT sha256 FROM entry_text WHERE seq = 1)")

    def test_another_answer_with_every_hash_of_its_own(self):
        record = self.lines()[0]
        record["answer"] = record["answer"].replace('"seed": 1', '"seed": 2')
        record["answer_sha256"] = digest(record["answer"])
        self.changed(("INSERT INTO document VALUES (?, ?)",
                      (record["answer_sha256"], record["answer"])),
                     ("UPDATE entry SET answer_sha256 = ? WHERE seq = 1",
                      (record["answer_sha256"],)),
                     ("UPDATE record SET hash = ? WHERE seq = 1", (record_hash(record),)))

    def test_another_outcome(self):
        self.force("UPDATE outcome SET outcome = 'as_drafted' WHERE entry = 1")
        self.assertIn("changed after it was recorded", self.text("list"))
        self.assertIn("its outcome was changed after it was recorded", self.text("show", "1"))
        self.assertEqual(self.json("score")["questions"], 1)
        self.assertIn("changed", self.lines()[2]["marks"])
        self.journal("verify", code=WARNINGS)

    def test_a_forecast_taken_out(self):
        self.force("DELETE FROM entry_text WHERE seq = 2", "DELETE FROM entry WHERE seq = 2",
                   "DELETE FROM record WHERE seq = 2", "DELETE FROM outcome WHERE entry = 2",
                   "DELETE FROM record WHERE seq = 4")
        self.assertIn("records before it are missing", self.text("list"))
        self.assertIn("the last record is missing", self.text("list"))
        self.journal("verify", code=WARNINGS)

    def test_a_backdated_forecast(self):
        record = self.lines()[1]
        record.update(seq=5, number=3, at="2022-01-02T00:00:00Z", previous=self.lines()[3]["hash"])
        self.force(("INSERT INTO record VALUES (5, ?, 'entry', ?, ?)",
                    (record["at"], record["previous"], record_hash(record))),
                   "INSERT INTO entry_text SELECT 5, position, name, sha256 FROM entry_text "
                   "WHERE seq = 2",
                   "CREATE TEMP TABLE new AS SELECT * FROM entry WHERE seq = 2",
                   "UPDATE new SET seq = 5, number = 3", "INSERT INTO entry SELECT * FROM new")
        self.assertIn("dated before a record that was added earlier", self.text("list"))
        self.assertEqual(self.lines()[4]["marks"], ["dated_back", "outcome_known"])
        self.assertFalse(self.json("show", "3")["counts"])

    def test_a_receipt_tells_of_a_journal_made_anew(self):
        receipt = self.lines()[3]["hash"]
        self.assertIn("The receipt is that of record 4",
                      self.text("verify", "--receipt", receipt))
        self.db.unlink()
        self.add("a")
        done = self.journal("verify", "--receipt", receipt, code=WARNINGS)
        self.assertIn(b"no record has the receipt", done.stdout)

    def test_json_of_verify(self):
        self.assertEqual(self.json("verify")["problems"], [])
        self.assertEqual(self.json("verify")["receipt"], self.lines()[-1]["hash"])
        self.force("UPDATE entry SET seed = 9 WHERE seq = 1")
        found = json.loads(self.journal("verify", "--json", code=WARNINGS).stdout)
        self.assertEqual(found["marked"], [{"seq": 1, "marks": ["changed"]}])


class Rerun(Case):
    def test_the_same_version_gives_the_same_bytes(self):
        self.text("add", TOKYO, "-q", "--words", "uk", "--seed", "5")
        self.add("deal")
        text = self.text("verify", "--rerun", "--threads", "2")
        self.assertEqual(text.count("answered again, the same bytes."), 2)
        self.assertEqual(self.text("verify", "2").count("answered again"), 1)
        self.journal("verify", "7", code=USAGE)

    def made_up(self, **changes):
        """A journal of one record, made to measure by somebody who knows how."""
        self.add("deal")
        (record,) = self.lines()
        record.update(changes)
        record["answer_sha256"] = digest(record["answer"])
        self.force(("INSERT OR IGNORE INTO document VALUES (?, ?)",
                    (record["answer_sha256"], record["answer"])),
                   ("UPDATE entry SET answer_sha256 = ?, engine_version = ?, as_drafted = ?, "
                    "not_adopted = ?",
                    (record["answer_sha256"], record["engine_version"],
                     record["outcomes"]["as_drafted"], record["outcomes"]["not_adopted"])),
                   ("UPDATE record SET hash = ?", (record_hash(record),)))
        return self.journal("verify", "1", code=WARNINGS).stdout.decode()

    def test_another_answer_is_told(self):
        self.assertIn("answered again, it gives another answer", self.made_up(answer="{}"))

    def test_a_row_that_does_not_follow_is_told(self):
        self.add("deal")
        real = self.lines()[0]["outcomes"]
        self.db.unlink()
        better = {**real, "as_drafted": real["not_adopted"], "not_adopted": real["as_drafted"]}
        self.assertNotEqual(better, real)
        self.assertIn("its row does not follow from its texts and answer",
                      self.made_up(outcomes=better))

    def test_another_version_is_not_run(self):
        self.assertIn("an answer of delian 0.0.1", self.made_up(engine_version="0.0.1"))


class ManyWriters(Case):
    place = None  # on a disk

    def test_eight_at_once_lose_nothing(self):
        files = [self.question(f"w{k}") for k in range(8)]
        each = 5
        script = ('i=0; while [ $i -lt "$3" ]; do "$1" journal add "$2" -q --draws 256 --seed $i '
                  '--journal "$4" || exit 1; i=$((i+1)); done')
        children = [subprocess.Popen(["sh", "-c", script, "sh", cli_test.DELIAN, str(file),
                                      str(each), str(self.db)],
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     env=environment()) for file in files]
        told = []
        for child in children:
            out, err = child.communicate(timeout=120)
            self.assertEqual((child.returncode, err), (0, b""))
            told += [line.split()[1] for line in out.decode().split("\n")
                     if line.startswith("Added ")]
        self.assertEqual(len(told), 8 * each)
        lines = self.lines()
        self.assertEqual(sorted(told), sorted(line["id"] for line in lines))
        self.assertEqual([line["number"] for line in lines], list(range(1, 8 * each + 1)))
        self.assertEqual([line["marks"] for line in lines], [[]] * len(lines))
        self.assertEqual(sorted((line["question"], line["seed"]) for line in lines),
                         [(f"w{k}", i) for k in range(8) for i in range(each)])
        self.text("verify")

    def test_killed_writers_lose_nothing_they_told(self):
        """SIGKILL at random moments. Where exactly, tests/unit/journal/kill_test.cpp decides."""
        file = self.question("deal")
        chance = random.Random(1)
        start = time.monotonic()
        start_one = [cli_test.DELIAN, "journal", "add", str(file), "-q", "--draws", "256",
                     "--journal", str(self.db)]
        self.text("add", file, "-q", *FEW)
        took = time.monotonic() - start
        told = []
        killed = 0
        seed = 0
        while time.monotonic() - start < 6 or killed == 0:
            children = []
            for unused in range(4):
                seed += 1
                children.append(subprocess.Popen([*start_one, "--seed", str(seed)],
                                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                                 env=environment()))
            for child in children:
                time.sleep(chance.uniform(0, took))
                child.kill()
            for child in children:
                out, err = child.communicate(timeout=60)
                killed += child.returncode == -signal.SIGKILL
                self.assertIn(child.returncode, (OK, -signal.SIGKILL), err)
                if out.startswith(b"Added "):
                    told.append(out.decode().split()[1])
            self.assertLess(time.monotonic() - start, 60)
        lines = self.lines()
        self.assertLessEqual(set(told), {line["id"] for line in lines})
        self.assertEqual([line["marks"] for line in lines], [[]] * len(lines))
        self.text("verify", "--rerun")
        with sqlite3.connect(self.db) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        database.close()
        print(f"{killed} of {seed} writers killed, {len(lines)} entries, {len(told)} of them told")

    def test_a_reader_is_not_in_the_way(self):
        self.add("deal")
        reader = sqlite3.connect(self.db, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM record").fetchone()
        child = subprocess.Popen([cli_test.DELIAN, "journal", "add", str(self.question("other")),
                                  "-q", *FEW, "--journal", str(self.db)], env=environment(),
                                 stdout=subprocess.DEVNULL)
        time.sleep(0.3)
        self.assertIsNone(child.poll())  # it waits
        reader.execute("COMMIT")
        reader.close()
        self.assertEqual(child.wait(timeout=30), OK)
        self.assertEqual(len(self.lines()), 2)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        cli_test.DELIAN = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
