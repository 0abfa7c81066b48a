#include "io/diagnostics.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace delian::io {
namespace {

Diagnostic placed(Diagnostic problem, int line, int column, int length) {
  problem.place.file = "t.toml";
  problem.place.line = line;
  problem.place.column = column;
  problem.place.length = length;
  return problem;
}

std::string shown(const std::string& text, const Diagnostic& problem) {
  const std::vector<TextFile> files{{"t.toml", text}};
  return render({problem}, files, false);
}

TEST(Render, ShowsTheLineWithTheMarkUnderIt) {
  EXPECT_EQ(shown("a = 1\nboddy = 2\n",
                  placed(diagnose("E008", "boddy", "no key is called boddy", "did you mean body?"),
                         2, 1, 5)),
            "t.toml:2:1: error[E008]: no key is called boddy\n"
            "    2 | boddy = 2\n"
            "      | ^^^^^  did you mean body?\n");
}

// A line of megabytes is looked at only round the mark: what is shown is what a line of some
// hundreds shows, and a hundred problems take no time.
TEST(Render, LinesOfMegabytesAreLookedAtOnlyRoundTheMark) {
  const std::string pattern = "abcdefghij";
  std::string near;
  for (int k = 0; k < 100; ++k) near += pattern;
  std::string far;
  for (int k = 0; k < 300'000; ++k) far += pattern;
  const auto at = [](int column, int length) {
    return placed(diagnose("E514", "", "m", "f"), 1, column, length);
  };
  const std::string expected = shown(near, at(505, 3));
  const auto source = [](const std::string& page) { return page.substr(page.find('\n')); };
  EXPECT_NE(expected.find("..."), std::string::npos);
  EXPECT_EQ(source(shown(far, at(2'000'005, 3))), source(expected));
  EXPECT_EQ(source(shown(far, at(505, 2'000'000))), source(shown(near, at(505, 400))));
  const std::vector<TextFile> files{{"t.toml", far}};
  const Diagnostics many(100, at(2'000'005, 3));
  EXPECT_GT(render(many, files, false).size(), 100U * 80);
}

TEST(Render, LongLinesEndAfterThePartThatIsMarked) {
  const std::string row =
      R"row(UK = { position = "75 (60 to 90)", salience = "40 to 70", resolve = 20, src = ["J1"] })row";
  EXPECT_EQ(shown(row, placed(diagnose("E101", "members.UK", "m", "f"), 1, 1, 2)),
            "t.toml:1:1: error[E101]: m\n"
            "    1 | UK = { position = \"75 (60 to 90)\", ...\n"
            "      | ^^  f\n");
}

TEST(Render, LinesNeverExceedEightyColumnsAndKeepTheMarkInSight) {
  const std::string line(400, 'x');
  for (const int column : {1, 40, 70, 71, 72, 73, 200, 399, 400, 401}) {
    for (const int length : {0, 1, 60, 300}) {
      const std::string text =
          shown(line, placed(diagnose("E006", "", "m", "f"), 1, column, length));
      std::istringstream lines(text);
      std::string one;
      std::getline(lines, one);
      std::getline(lines, one);
      EXPECT_LE(one.size(), 80U) << column << ' ' << length;
      std::string mark;
      std::getline(lines, mark);
      EXPECT_LE(mark.find_last_of('^'), 80U) << column << ' ' << length;
    }
  }
}

TEST(Render, WideAndCombiningCharactersKeepTheMarkInPlace) {
  // Two wide characters take four columns, e with a combining accent takes one.
  EXPECT_EQ(shown("\"東京\" e\u0301 = 1", placed(diagnose("E006", "", "m", "f"), 1, 9, 1)),
            "t.toml:1:9: error[E006]: m\n"
            "    1 | \"東京\" e\u0301 = 1\n"
            "      |          ^  f\n");
}

TEST(Render, NeverSendsWhatATerminalWouldObey) {
  const std::string text = shown(
      "a = \"\x1b[2J\u202e\xff\"",
      placed(diagnose("E006", "", "bad \x1b]0;x\x07 and\nmore", "f\r", {"n\u2028"}), 1, 1, 1));
  EXPECT_EQ(text,
            "t.toml:1:1: error[E006]: bad \\x1b]0;x\\x07 and\\x0amore\n"
            "    1 | a = \"\\x1b[2J\\u{202e}\\xff\"\n"
            "      | ^  f\\x0d\n"
            "      n\\u{2028}\n");
}

TEST(Render, ColourOnlyOnRequest) {
  const Diagnostics problems{diagnose("W401", "evidence[0]", "E1 is never cited")};
  EXPECT_EQ(render(problems, {}, false), "evidence[0]: warning[W401]: E1 is never cited\n");
  EXPECT_NE(render(problems, {}, true).find("\x1b[1;33mwarning[W401]\x1b[0m"), std::string::npos);
}

TEST(CountLine, CountsErrorsAndWarnings) {
  EXPECT_EQ(
      count_line({diagnose("E101", "", "x"), diagnose("W401", "", "x"), diagnose("W402", "", "x")},
                 2),
      "2 files checked: 1 error, 2 warnings.");
}

TEST(ToJson, CarriesEveryField) {
  const std::string text =
      to_json({placed(diagnose("E203", "members.CA.position", "m \xff", "f", {"n"}), 38, 19, 2)});
  const auto all = nlohmann::json::parse(text);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["code"], "E203");
  EXPECT_EQ(all[0]["severity"], "error");
  EXPECT_EQ(all[0]["title"], "Best guess outside its own range");
  EXPECT_EQ(all[0]["line"], 38);
  EXPECT_EQ(all[0]["column"], 19);
  EXPECT_EQ(all[0]["pointer"], "members.CA.position");
  EXPECT_EQ(all[0]["message"], "m \uFFFD");
  EXPECT_EQ(all[0]["fix"], "f");
  EXPECT_EQ(all[0]["notes"][0], "n");
}

TEST(DiagnosticsPage, HasASectionForEveryCodeAndNoOther) {
  std::ifstream page(DELIAN_SOURCE_DIR "/docs/diagnostics.md");
  ASSERT_TRUE(page);
  std::set<std::string> documented;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) documented.insert(line.substr(3));
  }
  std::set<std::string> listed;
  for (const DiagnosticCode& code : diagnostic_codes()) {
    listed.insert(std::string(code.code) + ' ' + std::string(code.title));
  }
  EXPECT_EQ(documented, listed);
}

}  // namespace
}  // namespace delian::io
