"""The real program as a user meets it: every command, every exit code.

usage: cli_test.py DELIAN [unittest arguments]

The slow tests (class Memory) run only when they are named.
"""

import fcntl
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DELIAN = os.environ.get("DELIAN", "delian")
OK, WARNINGS, BAD_INPUT, USAGE, INTERRUPTED = 0, 1, 2, 3, 130
COMMANDS = ("new", "check", "run", "land", "import", "power", "score",
            "calibrate", "fleets", "route", "presence", "journal", "completion")
JOURNAL_COMMANDS = ("add", "resolve", "list", "show", "score", "export", "verify")
SCENARIOS = sorted((ROOT / "scenarios").glob("*/scenario.toml"))
TOKYO = ROOT / "scenarios/nato-tokyo-2023/scenario.toml"
FEW = ("--draws", "2000")


def environment(**changes):
    """The caller's environment without what changes colour."""
    result = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    result["TERM"] = "xterm"
    result.update(changes)
    return result


def delian(*arguments, timeout=120, **changes):
    return subprocess.run([DELIAN, *map(str, arguments)], capture_output=True, timeout=timeout,
                          stdin=subprocess.DEVNULL, env=environment(**changes))


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)

    def put(self, name, content):
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def tokyo(self, *replacements, name="scenario.toml"):
        """A copy of the Tokyo scenario with some text replaced."""
        text = TOKYO.read_text(encoding="utf-8")
        for old, new in replacements:
            self.assertIn(old, text)
            text = text.replace(old, new, 1)
        shutil.copy(TOKYO.with_name("evidence.toml"), self.folder)
        return self.put(name, text)

    def clean(self):
        """The Tokyo scenario as if its judgements had been dated before the decision."""
        file = self.tokyo()
        evidence = self.folder / "evidence.toml"
        text = evidence.read_text(encoding="utf-8")
        self.assertIn("2026-11-23", text)
        evidence.write_text(text.replace("2026-11-23", "2023-05-30"), encoding="utf-8")
        return file

    def expect(self, code, *arguments, **changes):
        done = delian(*arguments, **changes)
        self.assertEqual(done.returncode, code,
                         f"{arguments}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        return done


class Usage(Case):
    def test_version_is_that_of_the_project(self):
        project = re.search(r"project\(\s*delian\s+VERSION\s+([\d.]+)",
                            (ROOT / "CMakeLists.txt").read_text(), re.IGNORECASE)
        self.assertEqual(self.expect(OK, "--version").stdout.decode(),
                         f"delian {project.group(1)}\n")

    def test_help_is_on_stdout_and_exits_0(self):
        top = self.expect(OK, "--help")
        self.assertEqual(top.stderr, b"")
        for command in COMMANDS:
            self.assertRegex(top.stdout.decode(), rf"\n\s+{command} ")
            done = self.expect(OK, command, "--help")
            self.assertIn(b"--help", done.stdout)
            self.assertEqual(done.stderr, b"")
            for line in (top.stdout + done.stdout).decode().split("\n"):
                self.assertLessEqual(len(line), 80, line)

    def test_wrong_values_are_told_with_what_is_right(self):
        draws = 'is no whole number from 1 to 1000000000000'
        seed = 'is no whole number from 0 to 9007199254740991'
        for option, value, told in [
                ("--draws", "1e6", draws + "; write 1000000\n"),
                ("--draws", "20,000", draws + "; write 20000\n"),
                ("--draws", "20.000", draws + "\n"), ("--draws", "1e13", draws + "\n"),
                ("--draws", "-5", draws + "\n"),
                ("--draws", "99999999999999999999", draws + "\n"),
                ("--seed", "9007199254740992", seed + "\n"), ("--seed", "0x1", seed + "\n"),
                ("--threads", "1025", "is no whole number from 1 to 1024\n"),
                ("--threads", "4294967297", "is no whole number from 1 to 1024\n"),
                ("--words", "phia", "is not one of icd203, uk\n"),
                ("--words", "0", "is not one of icd203, uk\n"),
                ("--lang", "de", "is not one of en, fr\n"),
                ("--lang", "1", "is not one of en, fr\n")]:
            with self.subTest(option=option, value=value):
                done = self.expect(USAGE, "run", TOKYO, f"{option}={value}")
                self.assertTrue(done.stderr.decode().startswith(f'{option}: "{value}" {told}'),
                                done.stderr)
        for language in ("de", "0"):
            done = self.expect(USAGE, "new", "--body", "nato", "--on", "2023-07-11", "--lang",
                               language)
            self.assertIn(f'"{language}" is not one of en, fr'.encode(), done.stderr)
        self.assertIn(b'"fish" is not one of bash, zsh',
                      self.expect(USAGE, "completion", "fish").stderr)

    def test_case_does_not_matter_in_a_choice(self):
        self.assertEqual(self.expect(OK, "run", TOKYO, *FEW, "--words", "UK").stdout,
                         self.expect(OK, "run", TOKYO, *FEW, "--words", "uk").stdout)

    def test_a_wrong_command_is_told_with_the_right_ones(self):
        for word, guess in (("frobnicate", ""), ("rum", 'Did you mean "run"? '),
                            ("--nonsense", "")):
            done = self.expect(USAGE, word)
            self.assertEqual(done.stderr.decode(), f'"{word}" is no command. {guess}Known: '
                             + ", ".join([*COMMANDS, "--help", "--version"]) + '\n')

    def test_output_that_cannot_be_written_exits_3(self):
        for arguments in (("run", TOKYO, "-q", *FEW), ("run", TOKYO, "--json", *FEW), ("--help",),
                          ("new", "--body", "nato", "--on", "2023-07-11"), ("--version",),
                          ("check", "--json", TOKYO), ("completion", "bash")):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([DELIAN, *map(str, arguments)], stdout=full,
                                      stderr=subprocess.PIPE, env=environment())
            self.assertEqual(done.returncode, USAGE, arguments)
            self.assertIn(b"cannot write the output: No space left on device\n", done.stderr)

    def test_a_reader_who_leaves_is_no_failure_to_tell(self):
        child = subprocess.Popen([DELIAN, "run", str(TOKYO), "-q", *FEW], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, env=environment())
        child.stdout.close()
        self.assertEqual(child.stderr.read(), b"")
        self.assertEqual(child.wait(timeout=60), -signal.SIGPIPE)  # as every program
        child.stderr.close()

    def test_errors_cannot_command_the_terminal(self):
        hostile = "a\x1b[2J\x9b\u202e\u200b\u061c\u2066\nb"
        for arguments in ((hostile,), ("run", hostile), ("check", hostile),
                          ("check", "--json", hostile), ("run", TOKYO, hostile),
                          ("run", TOKYO, "--words", hostile), ("run", TOKYO, "--draws", hostile),
                          ("new", "--body", hostile, "--on", "2023-07-11"),
                          ("new", "--body", "nato", "--on", hostile),
                          ("run", TOKYO, *FEW, "-o", self.folder / "none" / hostile),
                          ("new", "--body", "nato", "--on", "2023-07-11", "-o",
                           self.folder / hostile)):
            done = delian(*arguments)
            text = (done.stdout + done.stderr).decode("utf-8")
            self.assertEqual([c for c in text if c != "\n" and not c.isprintable()], [])
            self.assertNotIn("\nb", text)

    def test_bad_usage_exits_3_with_nothing_on_stdout(self):
        for arguments in [(), ("forecast",), ("--nonsense",), ("run",), ("check",), ("new",),
                          ("new", "--body", "nato"), ("new", "--on", "2023-07-11"),
                          ("completion",), ("completion", "fish"),
                          ("run", TOKYO, "--draws", "0"), ("run", TOKYO, "--draws", "-5"),
                          ("run", TOKYO, "--draws", "many"), ("run", TOKYO, "--draws", "1.5"),
                          ("run", TOKYO, "--threads", "0"), ("run", TOKYO, "--seed", "-1"),
                          ("run", TOKYO, "--seed", "x"), ("run", TOKYO, "--words", "cia"),
                          ("run", TOKYO, "--lang", "de"), ("run", TOKYO, TOKYO),
                          ("run", TOKYO, "--unknown"), ("check", TOKYO, "--unknown")]:
            with self.subTest(arguments=arguments):
                done = self.expect(USAGE, *arguments)
                self.assertEqual(done.stdout, b"")
                self.assertNotEqual(done.stderr, b"")


class New(Case):
    def test_every_body_has_a_skeleton(self):
        bodies = sorted((ROOT / "data/bodies").glob("*.toml"))
        self.assertGreater(len(bodies), 5)
        for file in bodies:
            body = re.search(r'^id *= *"(.*)"', file.read_text(encoding="utf-8"), re.M).group(1)
            for language in ("en", "fr"):
                with self.subTest(body=body, language=language):
                    done = self.expect(OK, "new", "--body", body, "--on", "2023-07-11", "--lang",
                                       language)
                    text = done.stdout.decode("utf-8")
                    self.assertIn('format', text)
                    self.assertIn("[members]", text)
                    self.assertEqual(done.stderr, b"")
                    # What is left to do is filling in: no form, place or member may be wrong.
                    found = json.loads(delian("check", "--json",
                                              self.put("new.toml", text)).stdout)
                    members = [p for p in found if p["code"] in ("E101", "E102", "E103", "E301")
                               or p["code"].startswith("E00")]
                    self.assertEqual(members, [])

    def test_members_are_those_of_the_day(self):
        before = self.expect(OK, "new", "--body", "nato", "--on", "2023-04-03").stdout.decode()
        after = self.expect(OK, "new", "--body", "nato", "--on", "2023-04-04").stdout.decode()
        self.assertNotRegex(before, r"(?m)^FI = ")
        self.assertRegex(after, r"(?m)^FI = ")

    def test_language_changes_names_and_comments(self):
        english = self.expect(OK, "new", "--body", "nato", "--on", "2023-07-11").stdout.decode()
        french = self.expect(OK, "new", "--body", "nato", "--on", "2023-07-11", "--lang",
                             "fr").stdout.decode()
        self.assertIn("Germany", english)
        self.assertIn("Allemagne", french)
        self.assertNotIn("Germany", french)

    def test_an_unknown_body_exits_3_with_a_suggestion(self):
        done = self.expect(USAGE, "new", "--body", "natto", "--on", "2023-07-11")
        self.assertEqual(done.stdout, b"")
        self.assertIn(b'Did you mean "nato"?', done.stderr)

    def test_a_bad_date_exits_3(self):
        for date in ("11.07.2023", "2023-02-30", "soon", "", "2023-13-01"):
            done = self.expect(USAGE, "new", "--body", "nato", "--on", date)
            self.assertEqual(done.stdout, b"")
            self.assertIn(b"is no date", done.stderr)

    def test_part_of_a_date_exits_3(self):
        for date in ("2023", "2023-07"):
            done = self.expect(USAGE, "new", "--body", "nato", "--on", date)
            self.assertIn(b"is no whole date", done.stderr)

    def test_a_day_without_members_exits_3(self):
        done = self.expect(USAGE, "new", "--body", "nato", "--on", "1900-01-01")
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"no members", done.stderr)

    def test_it_writes_where_told(self):
        target = self.folder / "mine.toml"
        done = self.expect(OK, "new", "--body", "nato", "--on", "2023-07-11", "-o", target)
        self.assertEqual(done.stdout, b"")
        printed = self.expect(OK, "new", "--body", "nato", "--on", "2023-07-11").stdout
        self.assertEqual(target.read_bytes(), printed)

    def test_an_existing_file_is_left_alone_unless_forced(self):
        target = self.put("mine.toml", "my work")
        arguments = ("new", "--body", "nato", "--on", "2023-07-11", "-o", target)
        done = self.expect(USAGE, *arguments)
        self.assertIn(b"--force", done.stderr)
        self.assertEqual(target.read_bytes(), b"my work")
        self.expect(OK, *arguments, "--force")
        self.assertIn(b"[members]", target.read_bytes())

    def test_a_place_that_cannot_be_written_exits_3(self):
        done = self.expect(USAGE, "new", "--body", "nato", "--on", "2023-07-11", "-o",
                           self.folder / "missing" / "mine.toml")
        self.assertIn(b"cannot write", done.stderr)


class Check(Case):
    def test_the_bundled_scenarios_have_no_error(self):
        self.assertEqual(len(SCENARIOS), 5)
        for file in SCENARIOS:
            done = self.expect(OK, "check", file)
            self.assertEqual(done.stdout, b"")
            # Their judgements were written long after the decision, and say so; nothing else.
            found = json.loads(self.expect(OK, "check", "--json", file).stdout)
            self.assertEqual([p for p in found if p["code"] != "W406"], [])

    def test_warnings_exit_1_when_strict_only(self):
        # No position of Albania's is told by anyone, and nobody is said to have judged it.
        file = self.tokyo(('resolve = 15, src = ["J1"] }', 'resolve = 15 }'))
        done = self.expect(OK, "check", file)
        self.assertRegex(done.stderr.decode(), r"warning\[W\d+\]")
        self.expect(WARNINGS, "check", "--strict", file)

    def test_all_errors_at_once_on_stderr(self):
        file = self.tokyo(('GB = {', 'UK = {'), ('"60 to 90"', '"90 to 60"'),
                          ('kind      = "consensus"', 'kind      = "consensuss"'))
        done = self.expect(BAD_INPUT, "check", file)
        self.assertEqual(done.stdout, b"")
        text = done.stderr.decode()
        for code in ("E101", "E202", "E301"):
            self.assertIn(f"error[{code}]", text)
        self.assertIn(f"{file}:", text)
        self.assertNotIn("\x1b", text)

    def test_json_has_places_and_fixes(self):
        file = self.tokyo(('GB = {', 'UK = {'))
        done = self.expect(BAD_INPUT, "check", "--json", file)
        self.assertEqual(done.stderr, b"")
        problems = json.loads(done.stdout)
        for problem in problems:
            for key, kind in {"file": str, "line": int, "column": int, "code": str,
                              "severity": str, "message": str, "fix": str}.items():
                self.assertIsInstance(problem[key], kind, key)
        line = next(n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
                    if text.startswith("UK = {"))
        found = next(p for p in problems if p["code"] == "E101")
        self.assertEqual((found["file"], found["line"], found["column"]), (str(file), line, 1))
        self.assertIn("GB", found["fix"])

    def test_json_of_a_clean_file_is_an_empty_list(self):
        done = self.expect(OK, "check", "--json", "--strict", self.clean())
        self.assertEqual((done.stdout, done.stderr), (b"[]\n", b""))

    def test_several_files(self):
        bad = self.put("bad.toml", "format = 3\n")
        done = self.expect(BAD_INPUT, "check", *SCENARIOS, bad)
        self.assertIn(f"{len(SCENARIOS) + 1} files", done.stderr.decode())
        self.assertIn("bad.toml:", done.stderr.decode())

    def test_what_cannot_be_read_exits_2(self):
        done = self.expect(BAD_INPUT, "check", self.folder / "missing.toml")
        self.assertIn("E011", done.stderr.decode())
        done = self.expect(BAD_INPUT, "check", self.folder)
        self.assertIn("E011", done.stderr.decode())

    def test_odd_files_exit_2(self):
        for name, content in {"empty": b"", "latin-1": b'format = "caf\xe9"\n',
                              "binary": bytes(range(256)), "null": b"\0" * 1000,
                              "spaces": b" \n\t\n", "mark": b"\xef\xbb\xbf",
                              "utf-16": 'format = "delian-scenario/1"'.encode("utf-16")}.items():
            with self.subTest(name):
                file = self.put(name + ".toml", content)
                done = self.expect(BAD_INPUT, "check", file)
                self.assertRegex(done.stderr.decode("utf-8"), r"error\[E\d+\]")
                problems = json.loads(self.expect(BAD_INPUT, "check", "--json", file).stdout)
                self.assertGreater(len(problems), 0)


class Run(Case):
    def test_reports_fit_eighty_columns(self):
        for file in SCENARIOS:
            for language in ("en", "fr"):
                for words in ("icd203", "uk"):
                    with self.subTest(file=file.parent.name, language=language, words=words):
                        done = self.expect(OK, "run", file, "--lang", language, "--words", words,
                                           *FEW)
                        lines = done.stdout.decode("utf-8").split("\n")
                        self.assertGreater(len(lines), 20)
                        self.assertEqual([line for line in lines if len(line) > 80], [])
                        self.assertEqual([line for line in lines if line != line.rstrip()], [])

    def test_no_colour_in_a_pipe(self):
        done = self.expect(OK, "run", TOKYO, *FEW)
        self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_a_file_cannot_command_the_terminal(self):
        file = self.tokyo(('title     = "NATO liaison', r'title = "\u001b[2J\u202e\u0007\nNATO liaison'),
                          ('"One-person office', r'"\u001b]0;x\u0007One-person office'))
        done = self.expect(OK, "run", "-q", file, *FEW)
        text = done.stdout.decode("utf-8")
        self.assertIn("NATO liaison", text)
        self.assertEqual([c for c in text if c != "\n" and (not c.isprintable())
                          and c not in "\u202f\u00a0"], [])

    def test_language_and_words_change_the_text(self):
        texts = {self.expect(OK, "run", TOKYO, *FEW, *options).stdout
                 for options in [(), ("--lang", "fr"), ("--words", "uk"),
                                 ("--lang", "fr", "--words", "uk")]}
        self.assertEqual(len(texts), 4)

    def test_json_is_the_whole_answer(self):
        for file in SCENARIOS:
            done = self.expect(OK, "run", file, "--json", *FEW)
            answer = json.loads(done.stdout)
            self.assertEqual(answer["provenance"]["draws_done"], 2000)
            self.assertEqual(answer["provenance"]["scenario"], file.parent.name)
            self.assertTrue(done.stdout.endswith(b"}\n"))
            self.assertTrue(done.stdout.isascii())

    def test_a_bad_file_runs_nothing(self):
        target = self.folder / "answer.txt"
        for file in (self.tokyo(("GB = {", "UK = {")), self.folder / "missing.toml",
                     self.put("empty.toml", ""), self.folder):
            with self.subTest(file=file):
                done = self.expect(BAD_INPUT, "run", file, "-o", target)
                self.assertEqual(done.stdout, b"")
                self.assertTrue(done.stderr.endswith(b"Nothing was run.\n"))
                self.assertRegex(done.stderr.decode(), r"error\[E\d+\]")
                self.assertFalse(target.exists())
                self.assertNotEqual(self.expect(BAD_INPUT, "run", "-q", file).stderr, b"")

    def test_warnings_are_told_unless_quiet(self):
        file = self.tokyo(('resolve = 15, src = ["J1"] }', 'resolve = 15 }'))
        self.assertIn(b"warning[", self.expect(OK, "run", file, *FEW).stderr)
        self.assertEqual(self.expect(OK, "run", "--quiet", file, *FEW).stderr, b"")

    def test_it_writes_where_told(self):
        target = self.put("answer.txt", "old")
        target.chmod(0o640)
        done = self.expect(OK, "run", TOKYO, *FEW, "-o", target)
        self.assertEqual(done.stdout, b"")
        self.assertEqual(target.read_bytes(), self.expect(OK, "run", TOKYO, *FEW).stdout)
        self.assertEqual(target.stat().st_mode & 0o777, 0o640)
        self.assertEqual(list(self.folder.iterdir()), [target])  # no half-written file is left

    def test_no_input_is_overwritten(self):
        file = self.tokyo()
        link = self.folder / "link"
        link.symlink_to("evidence.toml")
        second = self.folder / "second.toml"
        os.link(file, second)
        before = {p: p.read_bytes() for p in self.folder.iterdir()}
        for target in (file, self.folder / "evidence.toml", link, second,
                       self.folder / "." / "scenario.toml"):
            done = self.expect(USAGE, "run", file, *FEW, "-o", target)
            self.assertIn(b"choose another name", done.stderr)
            self.assertEqual({p: p.read_bytes() for p in self.folder.iterdir()}, before)

    def test_a_link_stays_a_link(self):
        inner = self.folder / "inner"
        inner.mkdir()
        expected = self.expect(OK, "run", TOKYO, *FEW).stdout
        for name, old in (("there", "old"), ("not-yet", None)):
            if old:
                (inner / name).write_text(old)
            link = self.folder / f"to-{name}"
            link.symlink_to(f"inner/{name}")
            again = self.folder / f"again-{name}"
            again.symlink_to(link)
            self.expect(OK, "run", TOKYO, *FEW, "-o", again)
            self.assertTrue(link.is_symlink() and again.is_symlink())
            self.assertEqual((inner / name).read_bytes(), expected)
        self.assertEqual(len(list(inner.iterdir())), 2)

    def test_pipes_and_devices_are_written_to(self):
        expected = self.expect(OK, "run", TOKYO, *FEW).stdout
        self.assertEqual(self.expect(OK, "run", TOKYO, *FEW, "-o", "/dev/stdout").stdout, expected)
        self.expect(OK, "run", TOKYO, *FEW, "-o", "/dev/null")
        self.assertTrue(Path("/dev/null").is_char_device())
        self.assertIn(b"cannot write",
                      self.expect(USAGE, "run", TOKYO, *FEW, "-o", "/dev/full").stderr)
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        child = subprocess.Popen([DELIAN, "run", str(TOKYO), *FEW, "-o", str(pipe)],
                                 env=environment(), stderr=subprocess.DEVNULL)
        self.assertEqual(pipe.read_bytes(), expected)
        self.assertEqual(child.wait(timeout=60), OK)
        self.assertTrue(pipe.is_fifo())

    def test_what_cannot_be_written_leaves_everything_as_it_was(self):
        target = self.folder / "answer.txt"
        target.mkdir()
        (target / "kept").write_text("old")
        done = self.expect(USAGE, "run", TOKYO, *FEW, "-o", target)
        self.assertIn(b"cannot write", done.stderr)
        self.assertEqual(list(self.folder.rglob("*")), [target, target / "kept"])
        self.assertEqual((target / "kept").read_text(), "old")
        self.expect(USAGE, "run", TOKYO, *FEW, "-o", self.folder / "missing" / "answer.txt")

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_a_folder_that_cannot_be_written_keeps_the_old_answer(self):
        target = self.put("answer.txt", "old")
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        self.expect(USAGE, "run", TOKYO, *FEW, "-o", target)
        self.assertEqual(target.read_text(), "old")

    def test_threads_never_change_a_byte(self):
        for file in SCENARIOS:
            first = self.expect(OK, "run", file, "--json", "--draws", "5000", "--threads",
                                "1").stdout
            for threads in ("2", "8"):
                self.assertEqual(self.expect(OK, "run", file, "--json", "--draws", "5000",
                                             "--threads", threads).stdout, first)

    def test_the_seed_decides(self):
        def shares(seed):
            answer = json.loads(self.expect(OK, "run", TOKYO, "--json", *FEW, "--seed",
                                            seed).stdout)
            self.assertEqual(answer["provenance"]["seed"], int(seed))
            return answer["outcomes"]

        self.assertEqual(shares("5"), shares("5"))
        self.assertNotEqual(shares("5"), shares("6"))
        self.assertNotEqual(shares("0"), shares("9007199254740991"))

    def test_no_progress_before_a_second(self):
        self.assertEqual(self.expect(OK, "run", self.clean(), "--draws", "256",
                                     "--landing-draws", "0").stderr, b"")

    def test_one_draw_is_an_answer(self):
        for draws in ("1", "255", "256", "257", "1025"):
            answer = json.loads(self.expect(OK, "run", TOKYO, "--json", "--draws", draws).stdout)
            self.assertEqual(answer["provenance"]["draws_done"], int(draws))


class Golden(Case):
    """tests/golden holds what every bundled scenario answers; update.sh there writes it anew."""

    def test_the_answers_are_those_written_down(self):
        for file in SCENARIOS:
            for language in ("en", "fr"):
                name = f"{file.parent.name}.{language}.txt"
                with self.subTest(name):
                    golden = (ROOT / "tests/golden" / name).read_text(encoding="utf-8")
                    done = self.expect(OK, "run", "-q", file, "--lang", language)
                    self.assertEqual(done.stdout.decode("utf-8"), golden)

    def test_no_scenario_is_gone(self):
        named = {f"{file.parent.name}.{language}.txt" for file in SCENARIOS
                 for language in ("en", "fr")}
        self.assertEqual({p.name for p in (ROOT / "tests/golden").glob("*.txt")}, named)


class Interrupt(Case):
    def interrupted(self, *options, after=1.6):
        child = subprocess.Popen([DELIAN, "run", str(TOKYO), "--draws", "1000000000", *options],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 env=environment())
        try:
            time.sleep(after)
            self.assertIsNone(child.poll(), "it ended by itself")
            start = time.monotonic()
            child.send_signal(signal.SIGINT)
            out, err = child.communicate(timeout=20)
            self.assertLess(time.monotonic() - start, 2)
        finally:
            if child.poll() is None:
                child.kill()
                child.communicate()
        self.assertEqual(child.returncode, INTERRUPTED)
        return out.decode(), err.decode()

    def test_what_was_done_is_answered(self):
        out, err = self.interrupted("--json", "--threads", "2")
        provenance = json.loads(out)["provenance"]
        self.assertGreater(provenance["draws_done"], 0)
        self.assertLess(provenance["draws_done"], 1_000_000_000)
        self.assertEqual(provenance["draws_asked"], 1_000_000_000)
        self.assertRegex(err, r"(?m)^sampling \d+ %  \d+ s left$")
        # The same answer as a run of just so many draws.
        if provenance["draws_done"] > 65_536:
            again = json.loads(self.expect(OK, "run", TOKYO, "--json", "--draws",
                                           provenance["draws_done"]).stdout)
            self.assertEqual(again["outcomes"], json.loads(out)["outcomes"])

    def test_the_text_says_how_far_it_came(self):
        out, unused = self.interrupted()
        self.assertRegex(out, r"Interrupted: [\d,]+ of 1,000,000,000 draws done")
        self.assertNotIn("sampling", out)
        self.assertEqual([line for line in out.split("\n") if len(line) > 80], [])
        out, unused = self.interrupted("--lang", "fr")
        self.assertRegex(out, r"1\D000\D000\D000")

    def test_quiet_silences_progress(self):
        unused, err = self.interrupted("--quiet")
        self.assertEqual(err, "")

    def test_it_writes_the_partial_answer_where_told(self):
        target = self.folder / "answer.json"
        out, unused = self.interrupted("--json", "-o", str(target))
        self.assertEqual(out, "")
        self.assertGreater(json.loads(target.read_text())["provenance"]["draws_done"], 0)


class Terminal(Case):
    def on_terminal(self, *arguments, **changes):
        """Everything the program writes to a terminal of 80 columns, and its exit code."""
        parent, child_end = pty.openpty()
        fcntl.ioctl(child_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        child = subprocess.Popen([DELIAN, *map(str, arguments)], stdin=child_end,
                                 stdout=child_end, stderr=child_end, env=environment(**changes))
        os.close(child_end)
        written = []

        def read():
            try:
                while data := os.read(parent, 65536):
                    written.append(data)
            except OSError:  # Linux says so when the last writer has gone
                pass

        reader = threading.Thread(target=read)
        reader.start()
        try:
            code = child.wait(timeout=60)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            reader.join()
            os.close(parent)
        return code, b"".join(written).decode("utf-8").replace("\r\n", "\n")

    def test_colour_on_a_terminal(self):
        code, text = self.on_terminal("run", TOKYO, "-q", *FEW)
        self.assertEqual(code, OK)
        self.assertIn("\x1b[", text)
        plain = re.sub(r"\x1b\[[\d;]*m", "", text)
        self.assertEqual(plain, self.expect(OK, "run", TOKYO, "-q", *FEW).stdout.decode("utf-8"))

    def test_colour_of_problems(self):
        code, text = self.on_terminal("check", self.tokyo(("GB = {", "UK = {")))
        self.assertEqual(code, BAD_INPUT)
        self.assertIn("\x1b[", text)

    def test_no_colour_where_it_is_not_wanted(self):
        bad = self.tokyo(("GB = {", "UK = {"))
        for changes in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            for arguments in (("run", TOKYO, "-q", *FEW), ("check", bad)):
                unused, text = self.on_terminal(*arguments, **changes)
                self.assertNotIn("\x1b", text)
                self.assertGreater(len(text), 100)

    def test_an_empty_no_color_counts_as_unset(self):
        unused, text = self.on_terminal("run", TOKYO, "-q", *FEW, NO_COLOR="")
        self.assertIn("\x1b[", text)

    def test_no_colour_in_a_file(self):
        target = self.folder / "answer.txt"
        self.on_terminal("run", TOKYO, "-q", *FEW, "-o", target)
        self.assertNotIn("\x1b", target.read_text(encoding="utf-8"))
        self.assertNotIn("\x1b", self.on_terminal("run", TOKYO, "-q", "--json", *FEW)[1])


class Completion(Case):
    def script(self, shell):
        return self.expect(OK, "completion", shell).stdout.decode()

    def complete(self, *words):
        """What bash would offer for the last word."""
        program = self.script("bash") + '\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _delian; ' \
                                        'printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(["bash", "--norc", "-c", program, "bash", *words],
                              capture_output=True, cwd=self.folder, check=True)
        self.assertEqual(done.stderr, b"")
        return sorted(done.stdout.decode().split())

    def test_shells_accept_the_scripts(self):
        for shell in ("bash", "zsh"):
            if shutil.which(shell) is None:
                continue  # bash is always there; zsh where somebody uses it
            done = subprocess.run([shell, "-n"], input=self.script(shell).encode(),
                                  capture_output=True)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertIsNotNone(shutil.which("bash"))

    def test_bash_offers_commands_options_and_values(self):
        self.assertEqual(self.complete("delian", ""),
                         sorted([*COMMANDS, "--help", "--version"]))
        self.assertEqual(self.complete("delian", "ch"), ["check"])
        self.assertEqual(self.complete("delian", "check", "--"), ["--help", "--json", "--strict"])
        self.assertEqual(self.complete("delian", "run", "--words", ""), ["icd203", "uk"])
        self.assertEqual(self.complete("delian", "run", "--lang", ""), ["en", "fr"])
        self.assertIn("nato", self.complete("delian", "new", "--body", "n"))
        self.assertEqual(self.complete("delian", "completion", ""), ["--help", "bash", "zsh"])

    def test_bash_offers_scenario_files(self):
        self.put("mine.toml", "")
        self.put("mine.txt", "")
        self.assertEqual(self.complete("delian", "run", "mi"), ["mine.toml"])

    def test_every_option_of_every_command_is_offered(self):
        script = self.script("zsh").replace("$journal", "--journal")
        for words in [(c,) for c in COMMANDS] + [("journal", c) for c in JOURNAL_COMMANDS]:
            help_text = self.expect(OK, *words, "--help").stdout.decode()
            options = set(re.findall(r"^ +(?:-\w,)?(--[a-z][a-z-]*)", help_text, re.MULTILINE))
            self.assertIn("--help", options)
            self.assertEqual(options, set(self.complete("delian", *words, "--")), words)
            if words == ("journal",):
                continue  # zsh has a function of its own for its commands
            # Both functions have a branch called score.
            part = re.search(r"^_delian_journal\(\) \{$(.*?)^\}$" if len(words) == 2
                             else r"^_delian\(\) \{$(.*?)^\}$", script, re.MULTILINE | re.DOTALL)
            branch = re.search(rf"^    {words[-1]}\) (.*?);;$", part.group(1),
                               re.MULTILINE | re.DOTALL).group(1)
            self.assertEqual(options, set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", branch)), words)

    def test_every_subcommand_of_the_help_is_offered(self):
        section = self.expect(OK, "--help").stdout.decode().split("Subcommands:\n")[1]
        named = re.findall(r"^  (\w+) ", section, re.MULTILINE)
        self.assertEqual(sorted(named), sorted(COMMANDS))
        section = self.expect(OK, "journal", "--help").stdout.decode().split("Subcommands:\n")[1]
        inner = re.findall(r"^  (\w+) ", section, re.MULTILINE)
        self.assertEqual(sorted(inner), sorted(JOURNAL_COMMANDS))
        self.assertEqual(self.complete("delian", "journal", ""), sorted([*inner, "--help"]))
        for command in named + inner:
            self.assertIn(f"'{command}:", self.script("zsh"))

    def test_every_body_is_offered(self):
        for file in (ROOT / "data/bodies").glob("*.toml"):
            self.assertIn(file.stem, self.complete("delian", "new", "--body", ""))
            self.assertIn(file.stem, self.script("zsh"))


class Memory(Case):
    """Slow: ten million draws."""

    def test_memory_does_not_grow_with_the_draws(self):
        with open(os.devnull, "wb") as nowhere:
            child = subprocess.Popen([DELIAN, "run", str(TOKYO), "-q", "--draws", "10000000"],
                                     stdout=nowhere, env=environment())
            unused, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(child.returncode, OK)
        self.assertLess(usage.ru_maxrss, 200 * 1024)  # KiB
        print(f"most memory: {usage.ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        DELIAN = str(Path(sys.argv.pop(1)).resolve())
    named = [a for a in sys.argv[1:] if not a.startswith("-")]
    if not named:
        sys.argv += [n for n, c in list(globals().items())
                     if isinstance(c, type) and issubclass(c, Case) and c not in (Case, Memory)]
    unittest.main()
