#include "io/toml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>

namespace delian::io::toml {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Document read(std::string_view text) {
  Parsed parsed = parse(text);
  EXPECT_TRUE(parsed.problems.empty()) << parsed.problems.at(0).message;
  return std::move(parsed.document);
}

// The one problem of a text.
Diagnostic problem_of(std::string_view text) {
  const Parsed parsed = parse(text, "case.toml");
  EXPECT_EQ(parsed.problems.size(), 1U) << text;
  return parsed.problems.empty() ? Diagnostic{} : parsed.problems[0];
}

std::vector<std::string> codes_and_lines(const Diagnostics& problems) {
  std::vector<std::string> found;
  for (const Diagnostic& problem : problems) {
    found.push_back(problem.code + ":" + std::to_string(problem.place.line));
  }
  return found;
}

Span span(std::size_t offset, std::size_t length, int line, int column, int width) {
  return {offset, length, line, column, width};
}

// --- values --------------------------------------------------------------------------------------

TEST(TomlValue, NumbersOfEveryBase) {
  const Document document = read("a = 0xFF\nb = 0o17\nc = 0b101\nd = -1_000\ne = 2.5e-1\n");
  EXPECT_EQ(*document.at("a")->integer(), 255);
  EXPECT_EQ(*document.at("b")->integer(), 15);
  EXPECT_EQ(*document.at("c")->integer(), 5);
  EXPECT_EQ(*document.at("d")->integer(), -1000);
  EXPECT_DOUBLE_EQ(*document.at("e")->floating(), 0.25);
  EXPECT_EQ(document.at("d")->number(), -1000.0);
  EXPECT_EQ(document.at("d")->floating(), nullptr);
}

TEST(TomlValue, TheIntegerLimitsAreThoseOf64Bits) {
  const Document document = read("a = 9223372036854775807\nb = -9223372036854775808\n");
  EXPECT_EQ(*document.at("a")->integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(*document.at("b")->integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_THAT(problem_of("a = 9223372036854775808").message, HasSubstr("64 bits"));
}

TEST(TomlValue, ATinyFloatIsZeroAndAHugeOneAnError) {
  EXPECT_EQ(*read("a = 1e-400").at("a")->floating(), 0.0);
  EXPECT_TRUE(std::signbit(*read("a = -1e-400").at("a")->floating()));
  EXPECT_EQ(problem_of("a = 1e400").code, "E004");
  EXPECT_EQ(problem_of("a = 1e99999999999999999999").code, "E004");
  EXPECT_EQ(*read("a = 1e-99999999999999999999").at("a")->floating(), 0.0);
}

TEST(TomlValue, DatesKeepTheirTextAndKind) {
  const Document document = read(
      "a = 2026-11-23\nb = 07:32:00\nc = 1979-05-27 07:32:00.5\nd = 1979-05-27T07:32:00-07:00\n");
  EXPECT_EQ(document.at("a")->kind(), Kind::local_date);
  EXPECT_EQ(document.at("b")->kind(), Kind::local_time);
  EXPECT_EQ(document.at("c")->kind(), Kind::local_date_time);
  EXPECT_EQ(document.at("d")->kind(), Kind::offset_date_time);
  EXPECT_EQ(*document.at("c")->date_time(), "1979-05-27 07:32:00.5");
  EXPECT_EQ(document.at("a")->string(), nullptr);
}

TEST(TomlValue, WindowsLineEndingsInALongTextReadAsLineFeeds) {
  EXPECT_EQ(*read("a = \"\"\"\r\none\r\ntwo\"\"\"\r\n").at("a")->string(), "one\ntwo");
}

TEST(TomlValue, KeysKeepTheOrderOfTheText) {
  const Document document = read("z = 1\na = 2\nm.b = 3\nb = 4\nm.a = 5\n");
  std::vector<std::string> keys;
  for (const Entry& entry : document.root().entries()) keys.push_back(entry.key);
  EXPECT_THAT(keys, ElementsAre("z", "a", "m", "b"));
}

TEST(TomlTable, FindsEveryKeyOfALargeTable) {
  Table table;
  for (int i = 0; i < 1000; ++i) {
    table.add(
        {"key" + std::to_string(i), {}, Node(Kind::integer, Origin::value, {}, std::int64_t{i})});
    ASSERT_EQ(table.find("key" + std::to_string(i + 1)), nullptr);
  }
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(*table.find("key" + std::to_string(i))->value.integer(), i);
  }
}

// --- places --------------------------------------------------------------------------------------

TEST(TomlPlace, ColumnsCountCodePointsAndBytesCountBytes) {
  const std::string text = "\"ü\".b = [ \"ß\", 2 ]\n";
  const Document document = read(text);
  EXPECT_EQ(*document.locate("\"ü\"").key, span(0, 4, 1, 1, 3));
  EXPECT_EQ(*document.locate("\"ü\".b").key, span(5, 1, 1, 5, 1));
  EXPECT_EQ(document.at("\"ü\".b")->span(), span(9, 11, 1, 9, 10));
  EXPECT_EQ(document.at("\"ü\".b[0]")->span(), span(11, 4, 1, 11, 3));
  EXPECT_EQ(document.at("\"ü\".b[1]")->span(), span(17, 1, 1, 16, 1));
}

TEST(TomlPlace, AByteOrderMarkCountsAsBytesButNotAsAColumn) {
  const Document document = read(
      "\xEF\xBB\xBF"
      "a = 1\n");
  EXPECT_EQ(*document.locate("a").key, span(3, 1, 1, 1, 1));
  EXPECT_EQ(document.at("a")->span(), span(7, 1, 1, 5, 1));
}

TEST(TomlPlace, AValueOverSeveralLinesIsAsWideAsItsFirst) {
  const Document document = read("\r\na = [ 1,\r\n  2 ]\r\n");
  EXPECT_EQ(document.at("a")->span(), span(6, 11, 2, 5, 4));
  EXPECT_EQ(document.at("a[1]")->span(), span(14, 1, 3, 3, 1));
}

TEST(TomlPlace, TablesStandWhereTheirHeaderStands) {
  const Document document = read("\n[a.b]\nx = 1\n[[list]]\n[[list]]\ny.z = 1\n");
  EXPECT_EQ(document.at("a.b")->span(), span(1, 5, 2, 1, 5));
  EXPECT_EQ(*document.locate("a.b").key, span(4, 1, 2, 4, 1));
  EXPECT_EQ(document.at("a")->origin(), Origin::implicit);
  EXPECT_EQ(document.at("a")->span().column, 2);
  EXPECT_EQ(document.at("list[1]")->span().line, 5);
  EXPECT_EQ(document.at("list[1].y")->origin(), Origin::dotted);
}

TEST(TomlPlace, AMissingKeyIsShownAtTheNearestTable) {
  const Document document = read("[members.FR]\nposition = 1\n[[evidence]]\nid = \"E1\"\n");
  const Found found = document.locate("members.FR.salience");
  EXPECT_EQ(found.node, nullptr);
  EXPECT_EQ(found.nearest_pointer, "members.FR");
  const Place place = place_of(document, "evidence[0].grade", "case.toml");
  EXPECT_EQ(place.pointer, "evidence[0].grade");
  EXPECT_EQ(place.file, "case.toml");
  EXPECT_EQ(place.line, 3);
  EXPECT_EQ(place.length, 12);
  EXPECT_EQ(place_of(document, "members.FR.position").column, 12);
  EXPECT_EQ(place_of(document, "members.FR.position", "", Part::key).column, 1);
  EXPECT_EQ(place_of(document, "nowhere.at.all").line, 1);
}

TEST(TomlPointer, LeadsToQuotedKeysAndElements) {
  const Document document = read("[members]\n\"Côte d'Ivoire\" = { e = [[1, 2]] }\n\"\" = 3\n");
  EXPECT_EQ(*document.at("members.\"Côte d'Ivoire\".e[0][1]")->integer(), 2);
  EXPECT_EQ(*document.at("members.\"\"")->integer(), 3);
  EXPECT_EQ(pointer_to("members", "Côte d'Ivoire"), "members.\"Côte d'Ivoire\"");
  EXPECT_EQ(pointer_to(pointer_to("", "evidence"), std::size_t{2}), "evidence[2]");
}

TEST(TomlPointer, NonsenseLeadsNowhere) {
  const Document document = read("a = [1]\nb.c = 2\n");
  for (const char* pointer : {"a[1]", "a[", "a[]", "a[x]", "a[99999999999999999999]", "b[0]", "a.b",
                              "b.c.d", "\"a", ".", "b.", "b..c", "\"\\q\""}) {
    EXPECT_EQ(document.at(pointer), nullptr) << pointer;
    EXPECT_NE(document.locate(pointer).nearest, nullptr) << pointer;
  }
}

// --- problems ------------------------------------------------------------------------------------

TEST(TomlProblem, SaysWhereInWords) {
  const Diagnostic problem = problem_of("[members]\nFR = { position = 10 to 30 }\n");
  EXPECT_EQ(problem.code, "E004");
  EXPECT_EQ(problem.place.file, "case.toml");
  EXPECT_EQ(problem.place.line, 2);
  EXPECT_EQ(problem.place.column, 19);
  EXPECT_EQ(problem.place.length, 8);
  EXPECT_EQ(problem.place.pointer, "members.FR.position");
  EXPECT_THAT(problem.message, HasSubstr("`10 to 30`"));
  EXPECT_EQ(problem.fix, "write \"10 to 30\"");
}

TEST(TomlProblem, NamesTheCureForCommonMistakes) {
  const std::vector<std::pair<std::string, std::string>> cures{
      {"position = high", "write \"high\""},
      {"a = yes", "write true"},
      {"a = Off", "write false"},
      {"a = “high”", "write \"high\""},
      {"a = 007", "write 7, or \"007\" if it is a name"},
      {"a = 00.5", "write 0.5, or \"00.5\" if it is a name"},
      {"a = .5", "write 0.5"},
      {"a = 0,5", "write 0.5"},
      {"a = 12,000", "write 12000, or 12.000"},
      {"a = 1,234,567", "write 1234567"},
      {"a: 1", "write = between key and value"},
      {"a = \"open", "add \" at its end"},
      {"a = [1, 2", "add ] at its end"},
      {"a = { b = 1", "add } at its end"},
      {"a = 1,", "remove it"},
      {"Türkiye = 1", "write \"Türkiye\""},
      {"a =", "write a value; an empty text is \"\""},
      {"a = 1 b = 2", "put every key on a line of its own, without commas between them"},
      {"a = 10%", "write 10, or \"10%\" where a text is expected"},
      {"a = Inf", "write inf"},
      {"[a", "write [a]"},
  };
  for (const auto& [text, fix] : cures) EXPECT_EQ(problem_of(text).fix, fix) << text;
}

TEST(TomlProblem, ADuplicateSaysWhereTheFirstOneIs) {
  const Diagnostic problem = problem_of("[members.FR]\nposition = 1\n\nposition = 2\n");
  EXPECT_EQ(problem.code, "E005");
  EXPECT_EQ(problem.place.line, 4);
  EXPECT_EQ(problem.place.pointer, "members.FR.position");
  EXPECT_THAT(problem.message, HasSubstr("line 2"));
}

TEST(TomlProblem, ElementsAndQuotedKeysShowInThePointer) {
  EXPECT_EQ(problem_of("[[e]]\n[[e]]\nid = x\n").place.pointer, "e[1].id");
  EXPECT_EQ(problem_of("a = [1, {\"b c\" = x}]\n").place.pointer, "a[1].\"b c\"");
}

TEST(TomlProblem, AllAreFoundAtOnce) {
  const Parsed parsed = parse(
      "a = high\nb = 1\nb = 2\n[t\nc = [low, 3, mid]\n\nd = \"x\ne = {f = 1 g = 2}\n???\nh = 1\n");
  EXPECT_THAT(
      codes_and_lines(parsed.problems),
      ElementsAre("E004:1", "E005:3", "E004:4", "E004:5", "E004:5", "E004:7", "E004:8", "E004:9"));
  EXPECT_EQ(*parsed.document.at("t.h")->integer(), 1);
  EXPECT_EQ(*parsed.document.at("t.e.g")->integer(), 2);
  EXPECT_EQ(parsed.document.at("a")->kind(), Kind::broken);
}

TEST(TomlProblem, AnOpenArrayEndsAtTheNextStatement) {
  const Parsed parsed = parse("a = [\n 1,\n 2\nb = 3\n[t]\nc = [ [1,\n[u]\nd = 4\n");
  EXPECT_THAT(codes_and_lines(parsed.problems), ElementsAre("E004:1", "E004:6"));
  EXPECT_EQ(*parsed.document.at("b")->integer(), 3);
  EXPECT_EQ(*parsed.document.at("u.d")->integer(), 4);
}

TEST(TomlProblem, AnErrorInsideAnArrayOfSeveralLinesDrawsNoOthers) {
  const Parsed parsed = parse("a = [\n \"x,\n \"y\",\n 2 ]\nb = 3\n");
  EXPECT_THAT(codes_and_lines(parsed.problems), ElementsAre("E004:2"));
  EXPECT_EQ(*parsed.document.at("b")->integer(), 3);
}

TEST(TomlProblem, AnOpenLongTextEndsAtTheNextStatement) {
  const Parsed parsed = parse("a = \"\"\"\nSome words.\nMore, [words].\nb = 3\n");
  EXPECT_THAT(codes_and_lines(parsed.problems), ElementsAre("E004:1"));
  EXPECT_EQ(*parsed.document.at("b")->integer(), 3);
}

TEST(TomlProblem, KeysBelowAHeaderThatFailedAreNoDuplicates) {
  const Parsed parsed = parse("[a]\nx = 1\n[a]\nx = 2\ny = no\n[b]\nx = 3\n");
  EXPECT_THAT(codes_and_lines(parsed.problems), ElementsAre("E005:3", "E004:5"));
  EXPECT_EQ(*parsed.document.at("a.x")->integer(), 1);
  EXPECT_EQ(*parsed.document.at("b.x")->integer(), 3);
}

TEST(TomlProblem, TextThatIsNotUtf8IsNamedByItsByte) {
  const Diagnostic problem = problem_of("a = 1\nb = \"T\xFCrkiye\"\n");
  EXPECT_EQ(problem.code, "E001");
  EXPECT_EQ(problem.place.line, 2);
  EXPECT_EQ(problem.place.column, 7);
  EXPECT_THAT(problem.message, HasSubstr("0xFC at offset 12"));
  EXPECT_THAT(problem.notes, ElementsAre(HasSubstr("ü")));
  EXPECT_THAT(problem_of(std::string_view("\xFF\xFE"
                                          "a\0",
                                          4))
                  .message,
              HasSubstr("UTF-16"));
}

TEST(TomlProblem, LimitsAreKept) {
  EXPECT_EQ(parse("a = 12345\n", "", {.max_bytes = 9}).problems.at(0).code, "E002");
  EXPECT_EQ(parse("a = [[1]]\n", "", {.max_depth = 2}).problems.at(0).code, "E003");
  EXPECT_TRUE(parse("a = [[1]]\n", "", {.max_depth = 3}).problems.empty());
  EXPECT_EQ(parse("[[a]]\nb = 1\n", "", {.max_depth = 2}).problems.at(0).code, "E003");
  EXPECT_EQ(parse("a.b.c = 1\n", "", {.max_depth = 2}).problems.at(0).code, "E003");
  EXPECT_EQ(parse("[a.b.c]\n", "", {.max_depth = 2}).problems.at(0).code, "E003");
  const std::string open_arrays(100'000, '[');
  EXPECT_EQ(problem_of("a = " + open_arrays).code, "E003");
}

TEST(TomlProblem, ThereIsAnEndToTheList) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "no\n";
  const Parsed parsed = parse(text);
  EXPECT_EQ(parsed.problems.size(), Limits{}.max_problems);
  EXPECT_THAT(parsed.problems.back().notes, ElementsAre(HasSubstr("Reading stopped")));
}

// --- cost ----------------------------------------------------------------------------------------

// Any quadratic step would take minutes on these; the bound only has to tell that from linear.
TEST(TomlCost, GrowsNoFasterThanTheText) {
  const std::size_t size = std::size_t{1} << 20U;
  const auto repeat = [&](std::string text, const std::string& unit) {
    while (text.size() + unit.size() < size) text += unit;
    return text;
  };
  std::string many_keys;
  for (int i = 0; many_keys.size() < size; ++i) many_keys += "key" + std::to_string(i) + " = 1\n";
  const std::vector<std::string> texts{
      many_keys,
      repeat("a = [", "[1],") + "]",
      repeat("a = [", "{ü=1},") + "]",
      repeat("a = [\n", "[ # ü\n1],\n") + "]",
      repeat("", "[[list]]\nx = 1\n"),
      repeat("", "a = [\n"),
      repeat("", "a = \"\"\"\n"),
      repeat("a", ".a") + " = 1",
      repeat("a = \"", "\\u00fc") + "\"",
      repeat("a = ", "9"),
      repeat("a = 0.", "1"),
      repeat("", "a = {\n"),
  };
  for (const std::string& text : texts) {
    const auto start = std::chrono::steady_clock::now();
    parse(text);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    EXPECT_LT(seconds.count(), 3.0) << text.substr(0, 40);
  }
}

}  // namespace
}  // namespace delian::io::toml
