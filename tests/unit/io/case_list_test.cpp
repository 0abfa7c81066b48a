#include "io/case_list.hpp"

#include <gtest/gtest.h>

namespace delian::io {
namespace {

std::string codes(const CaseListFile& file) {
  std::string all;
  for (const Diagnostic& problem : file.problems) {
    all += problem.code + ":" + std::to_string(problem.place.line) + " ";
  }
  return all;
}

CaseListFile parse(const std::string& text) {
  return parse_case_list({"cases.toml", text});
}

TEST(CaseList, ReadsEveryKey) {
  const CaseListFile file = parse(R"(format = "delian-cases/1"
title = "Two decisions"
body = "nato"
[[case]]
number = 7
id = "first"
file = "../first.toml"
code = "L"
group = "g"
[[case]]
file = "second.toml"
)");
  ASSERT_TRUE(file.list) << codes(file);
  EXPECT_EQ(file.list->title, "Two decisions");
  ASSERT_EQ(file.list->cases.size(), 2U);
  const ListedCase& first = file.list->cases[0];
  EXPECT_EQ(first.id, "first");
  EXPECT_EQ(first.file, "../first.toml");
  EXPECT_EQ(first.outcome, Outcome::late);
  EXPECT_EQ(first.group, "g");
  EXPECT_EQ(first.code_place.line, 8);
  EXPECT_EQ(first.code_place.file, "cases.toml");
  const ListedCase& second = file.list->cases[1];
  EXPECT_TRUE(second.id.empty());
  EXPECT_TRUE(second.group.empty());
  EXPECT_FALSE(second.outcome);
}

TEST(CaseList, EachLetterIsAnOutcome) {
  for (std::size_t k = 0; k < outcome_count; ++k) {
    const auto outcome = static_cast<Outcome>(k);
    const CaseListFile file =
        parse("format = \"delian-cases/1\"\n[[case]]\nfile = \"a\"\ncode = \"" +
              std::string(outcome_letter(outcome)) + "\"\n");
    ASSERT_TRUE(file.list) << codes(file);
    EXPECT_EQ(file.list->cases.front().outcome, outcome);
  }
}

TEST(CaseList, RefusesWhatIsWrongAllAtOnce) {
  const CaseListFile file = parse(R"(format = "delian-cases/2"
[[case]]
file = "a.toml"
code = "Z"
[[case]]
id = "b"
grup = "x"
[[case]]
file = "a.toml"
)");
  EXPECT_FALSE(file.list);
  for (const char* expected : {"E010:1", "E009:4", "E007:5", "E008:7", "E550:9"}) {
    EXPECT_NE(codes(file).find(expected), std::string::npos) << expected << " in " << codes(file);
  }
}

TEST(CaseList, RefusesAListOfNothingAndWhatIsNoToml) {
  EXPECT_EQ(codes(parse("format = \"delian-cases/1\"\n")), "E550:0 ");
  EXPECT_EQ(codes(parse("format = \n")).substr(0, 4), "E004");
  EXPECT_FALSE(parse("format = \n").list);
}

TEST(FormatOf, IsWhatTheTextSays) {
  EXPECT_EQ(format_of("format = \"delian-scenario/1\"\n[question]\n"), "delian-scenario/1");
  EXPECT_EQ(format_of("format = 3\n"), "");
  EXPECT_EQ(format_of("a,b\n1,2\n"), "");
}

}  // namespace
}  // namespace delian::io
