"""Each mechanical check can fail: it is shown something wrong and must say so."""

import stat
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True

import check_docs  # noqa: E402
import check_layers  # noqa: E402
import check_no_io  # noqa: E402
import check_readme  # noqa: E402
import check_version  # noqa: E402


class Folder(unittest.TestCase):
    """A small tree of its own for each test."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.root = Path(self.temporary.name)

    def put(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return file


class Layers(Folder):
    def problems(self):
        self.put("src/CMakeLists.txt", "include/delian/a.hpp\n")
        return list(check_layers.check(self.root))

    def test_layers_to_the_left_are_fine(self):
        self.put("src/models/x.cpp", '#include "numerics/a.hpp"\n#include "delian/a.hpp"\n')
        self.put("io/x.cpp", '#include "src/domain/text.hpp"\n')
        self.assertEqual(self.problems(), [])

    def test_a_layer_to_the_right_is_refused(self):
        self.put("src/domain/x.cpp", '#include "models/a.hpp"\n')
        self.assertIn("domain includes models", self.problems()[0])

    def test_the_library_may_not_include_io(self):
        self.put("src/report/x.cpp", '#include "io/toml.hpp"\n')
        self.assertIn("report includes io", self.problems()[0])

    def test_a_public_header_may_not_include_a_private_one(self):
        self.put("include/delian/a.hpp", '#include "domain/text.hpp"\n')
        self.assertIn("public header", self.problems()[0])

    def test_streams_files_and_clocks_belong_to_apps(self):
        self.put("io/x.cpp", "#include <fstream>\n#include <chrono>\n#include <sqlite3.h>\n")
        self.put("apps/cli/x.cpp", "#include <fstream>\n#include \"journal/a.hpp\"\n")
        self.put("apps/journal/x.cpp", "#include <chrono>\n#include <sqlite3.h>\n")
        self.assertEqual(len(self.problems()), 3)

    def test_threads_belong_to_the_ensemble(self):
        self.put("src/models/x.cpp", "#include <thread>\n")
        self.put("src/ensemble/x.cpp", "#include <thread>\n")
        self.assertEqual(len(self.problems()), 1)

    def test_a_public_header_outside_the_header_set_is_found(self):
        self.put("include/delian/forgotten.hpp", "#pragma once\n")
        self.assertIn("forgotten.hpp", self.problems()[0])


class NoIo(unittest.TestCase):
    def problems(self, *symbols):
        listing = "x.cpp.o:\n" + "".join(f"                 U {s}\n" for s in symbols)
        return list(check_no_io.check_objects(check_no_io.parse_nm(listing)))

    def test_arithmetic_and_memory_are_fine(self):
        self.assertEqual(self.problems("memcpy", "operator new(unsigned long)", "abort",
                                       "std::__throw_length_error(char const*)"), [])

    def test_each_kind_is_found(self):
        for symbol in ("fopen", "open64@GLIBC_2.2.5", "std::cout", "getenv", "time", "write",
                       "std::chrono::_V2::steady_clock::now()",
                       "std::basic_filebuf<char, std::char_traits<char> >::open(char const*)"):
            with self.subTest(symbol):
                self.assertEqual(len(self.problems(symbol)), 1)

    def test_a_throw_is_found_unless_fmt_is_there(self):
        self.assertEqual(len(self.problems("__cxa_throw")), 1)
        self.assertEqual(self.problems("__cxa_throw", "typeinfo for fmt::v9::format_error"), [])
        self.assertEqual(len(self.problems("__cxa_throw", "fmt::v9::vformat",
                                           "typeinfo for delian::Oops")), 1)

    def test_exceptions_in_sources_are_found_and_words_in_comments_are_not(self):
        text = '// never throw\nconst char* a = "try";\nint f() { throw 1; }\n'
        problems = list(check_no_io.check_source("x.cpp", text))
        self.assertEqual(len(problems), 1)
        self.assertIn("x.cpp:3", problems[0])

    def test_a_real_archive_with_output_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "x.cpp"
            source.write_text("#include <cstdio>\nvoid f() { std::puts(\"x\"); }\n")
            compiled = subprocess.run(["c++", "-c", str(source), "-o", f"{folder}/x.o"])
            if compiled.returncode != 0:
                self.skipTest("no compiler called c++")
            subprocess.run(["ar", "rc", f"{folder}/libx.a", f"{folder}/x.o"], check=True)
            self.assertEqual(len(list(check_no_io.check(f"{folder}/libx.a"))), 1)


class Version(Folder):
    def problems(self, cited="1.2.3", changelog="## [Unreleased]\n", tag=None):
        self.put("CMakeLists.txt", "project(delian VERSION 1.2.3 LANGUAGES CXX)\n")
        self.put("CITATION.cff", f"version: {cited}\n")
        self.put("CHANGELOG.md", changelog)
        return check_version.check(self.root, tag)

    def test_agreement_is_fine(self):
        self.assertEqual(self.problems(), [])
        self.assertEqual(self.problems(changelog="## [1.2.3] - 2026-11-23\n", tag="v1.2.3"), [])

    def test_another_citation_is_found(self):
        self.assertIn("CITATION.cff", self.problems(cited="1.2.2")[0])

    def test_a_changelog_ahead_is_found(self):
        self.assertIn("ahead", self.problems(changelog="## [1.3.0]\n")[0])

    def test_a_tag_without_a_heading_is_found(self):
        self.assertIn("no heading", self.problems(tag="v1.2.3")[0])

    def test_another_tag_is_found(self):
        self.assertTrue(self.problems(changelog="## [1.2.3]\n", tag="v1.2.4"))

    def test_a_repeated_version_is_found(self):
        self.put("src/x.cpp", 'auto v = "1.2.3";\nauto w = "11.2.3";\n')
        self.assertEqual(len(self.problems()), 1)

    def test_write_brings_the_citation_into_line(self):
        self.problems(cited="0.0.1")
        check_version.write(self.root)
        self.assertEqual(check_version.check(self.root), [])


MODEL = """
struct Options {
  double weight = 0.25;
};
constexpr std::array parameters{Parameter<Options>{"weight", &Options::weight, 0, 1,
                                                   "weight of "
                                                   "one thing"}};
constinit const Model toy = define<Options>({
    .id = "toy",
    .title = "A toy",
    .source = "nobody1900",
    .defaults = "set-1",
    .defaults_provenance = "By hand.",
});
"""


class Docs(Folder):
    def setUp(self):
        super().setUp()
        self.put("src/models/CMakeLists.txt", "set(DELIAN_TOY_MODELS toy)\n")
        self.put("src/models/toys/toy.cpp", MODEL)
        self.put("docs/references.bib", "@book{nobody1900,\n}\n")
        for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
            self.put(name, "text\n")
        self.page = self.put(
            "docs/models/toy.md",
            f"# A toy\n\n[nobody1900]\n\n{check_docs.BEGIN}\n{check_docs.END}\n")
        check_docs.check(self.root, write=True)

    def test_a_written_page_is_fine(self):
        self.assertEqual(check_docs.check(self.root), [])
        self.assertIn("| `weight` | 0.25 | 0 to 1 | weight of one thing |",
                      self.page.read_text(encoding="utf-8"))

    def test_a_changed_default_is_found(self):
        self.put("src/models/toys/toy.cpp", MODEL.replace("0.25", "0.5"))
        self.assertIn("differs", check_docs.check(self.root)[0])

    def test_options_may_stand_in_the_public_header(self):
        struct, rest = MODEL.split("};\n", 1)
        self.put("src/models/toys/toy.cpp", "using Options = ToyOptions;\n" + rest)
        self.put("include/delian/toy.hpp", struct.replace("Options", "ToyOptions") + "};\n")
        self.assertEqual(check_docs.check(self.root), [])

    def test_a_missing_page_is_found(self):
        self.page.unlink()
        self.assertTrue(any("missing" in p for p in check_docs.check(self.root)))

    def test_an_unknown_source_is_found(self):
        self.put("docs/references.bib", "")
        self.assertTrue(any("references.bib" in p for p in check_docs.check(self.root)))

    def test_a_table_that_cannot_be_read_is_found(self):
        self.put("src/models/toys/toy.cpp", MODEL.replace("double weight = 0.25;",
                                                          "double weight = half;"))
        self.assertIn("not understood", check_docs.check(self.root)[0])

    def test_choices_may_stand_in_a_header_of_the_models(self):
        self.put("src/models/toys/laws.hpp", 'constexpr std::array laws{"soft", "hard"};\n')
        self.put("src/models/toys/toy.cpp", '#include "models/toys/laws.hpp"\n' +
                 MODEL.replace("0.25;", "1;").replace('one thing"}', 'one thing", laws}'))
        check_docs.check(self.root, write=True)
        self.assertIn("| `weight` | `hard` | `soft`, `hard` | weight of one thing |",
                      self.page.read_text(encoding="utf-8"))

    def test_choices_that_stand_nowhere_are_found(self):
        self.put("src/models/toys/toy.cpp", MODEL.replace('one thing"}', 'one thing", laws}'))
        self.assertIn("not understood", check_docs.check(self.root)[0])

    def test_a_dead_link_is_found(self):
        self.put("README.md", "[here](docs/nowhere.md)\n")
        self.assertIn("does not exist", check_docs.check(self.root)[0])

    def test_a_dead_link_of_the_catalogue_is_found(self):
        self.put("catalog/set/README.md", "[case](case.toml)\n")
        self.assertIn("does not exist", check_docs.check(self.root)[0])

    def test_an_uncited_work_is_found(self):
        self.put("docs/references.bib", "@book{nobody1900,\n}\n@book{other1901,\n}\n")
        self.assertIn("cited by no page", check_docs.check(self.root)[0])


class Readme(Folder):
    def setUp(self):
        super().setUp()
        binary = self.put("bin/delian", """\
            #!/bin/sh
            echo "first $1"
            echo second >&2
            echo third
            exit 3
            """)
        binary.chmod(binary.stat().st_mode | stat.S_IXUSR)
        self.binary = str(binary)
        (self.root / "docs").mkdir()

    def problems(self, block, write=False):
        self.put("README.md", f"text\n\n```console\n{block}```\n")
        return check_readme.check(self.binary, self.root, write)[0]

    def test_equal_output_is_fine(self):
        self.assertEqual(self.problems("$ delian x\nfirst x\nsecond\nthird\n"), [])

    def test_lines_may_be_left_out(self):
        self.assertEqual(self.problems("$ delian x\nfirst x\n...\n"), [])
        self.assertEqual(self.problems("$ delian x\n...\nthird\n"), [])

    def test_what_is_left_out_keeps_its_order(self):
        for expected, fits in (("...", True), ("a ... c", True), ("... b ... c", True),
                               ("... b ... b", False), ("... c ... b ...", False),
                               ("a b c ...", True), ("a b c c", False), ("a ... a b c", False),
                               ("... a b ... c", True), ("", False)):
            with self.subTest(expected):
                self.assertEqual(check_readme.matches(expected.split(), ["a", "b", "c"]), fits)

    def test_a_different_line_is_found(self):
        self.assertIn("line 1", self.problems("$ delian x\nfirst y\nsecond\nthird\n")[0])

    def test_a_missing_line_is_found(self):
        self.assertTrue(self.problems("$ delian x\nfirst x\nsecond\n"))
        self.assertTrue(self.problems("$ delian x\n...\nsecond\n"))

    def test_the_exit_code_is_compared(self):
        self.assertEqual(self.problems("$ delian x\n...\n$ echo $?\n3\n"), [])
        self.assertTrue(self.problems("$ delian x\n...\n$ echo $?\n0\n"))

    def test_other_commands_are_refused(self):
        self.assertIn("not run here", self.problems("$ rm x\n")[0])

    def test_write_puts_the_real_output(self):
        self.problems("$ delian x\n", write=True)
        self.assertEqual(check_readme.check(self.binary, self.root)[0], [])

    def test_no_example_at_all_fails(self):
        self.put("README.md", "nothing\n")
        code = subprocess.run([sys.executable, str(ROOT / "tools/check_readme.py"), self.binary,
                               str(self.root)], capture_output=True).returncode
        self.assertEqual(code, 1)


if __name__ == "__main__":
    unittest.main()
