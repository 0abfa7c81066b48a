#include "io/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace delian::io::csv {
namespace {

using Texts = std::vector<std::vector<std::string>>;

Document read_all(std::string_view text, ProblemList& problems, const Form& form = {}) {
  return read(text, form, problems);
}

Texts texts_of(std::string_view text, const Form& form = {}) {
  ProblemList problems;
  const Document document = read_all(text, problems, form);
  EXPECT_FALSE(problems.has_errors()) << text;
  Texts found;
  for (const Record& record : document.records) {
    std::vector<std::string>& row = found.emplace_back();
    for (const Field& field : record.fields) row.push_back(field.text);
  }
  return found;
}

/// Code and place of every problem.
std::vector<std::string> problems_of(std::string_view text, const Form& form = {}) {
  ProblemList problems;
  read_all(text, problems, form);
  constexpr std::string_view name = "t.csv";
  std::vector<std::string> found;
  for (const Diagnostic& problem : problems.take({&name, 1})) {
    found.push_back(problem.code + " " + std::to_string(problem.place.line) + ":" +
                    std::to_string(problem.place.column));
  }
  return found;
}

TEST(Csv, ReadsRecordsOfFields) {
  EXPECT_EQ(texts_of("a,b\n1,2\n"), (Texts{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(texts_of("a,b\r\n1,2"), (Texts{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(texts_of("\xEF\xBB\xBF"
                     "a, b ,\n"),
            (Texts{{"a", "b", ""}}));
  EXPECT_EQ(texts_of("a\tb b", {.delimiter = '\t'}), (Texts{{"a", "b b"}}));
}

TEST(Csv, QuotesHoldDelimitersLinesAndQuotes) {
  EXPECT_EQ(texts_of("\"a,b\" , \"say \"\"no\"\"\"\n"), (Texts{{"a,b", "say \"no\""}}));
  EXPECT_EQ(texts_of("\"two\nlines\",x\ny,z"), (Texts{{"two\nlines", "x"}, {"y", "z"}}));
  EXPECT_EQ(texts_of("'#D';\"q", {.delimiter = ';', .quote = 0}), (Texts{{"'#D'", "\"q"}}));
}

TEST(Csv, RowsWithoutAnythingAreNoRecords) {
  EXPECT_EQ(texts_of("a\n\n , \n,,,\nb\n"), (Texts{{"a"}, {"b"}}));
  EXPECT_EQ(texts_of(""), Texts{});
}

TEST(Csv, KnowsThePlaceOfEachFieldInCodePoints) {
  ProblemList problems;
  const Document document = read_all(
      "\xEF\xBB\xBF"
      "é, b\n\"x\ny\", \"zz\"",
      problems);
  const Mark b = document.records[0].fields[1].mark;
  EXPECT_EQ(b.line, 1);
  EXPECT_EQ(b.column, 4);
  EXPECT_EQ(b.length, 1);
  const Mark zz = document.records[1].fields[1].mark;
  EXPECT_EQ(zz.line, 3);
  EXPECT_EQ(zz.column, 5);
  EXPECT_EQ(zz.length, 4);
}

TEST(Csv, CommentsAreKeptApart) {
  ProblemList problems;
  const Document document =
      read_all("# scale: 0 to 1\n a,#b\n  # end", problems, {.comments = true});
  ASSERT_EQ(document.comments.size(), 2U);
  EXPECT_EQ(document.comments[0].text, "scale: 0 to 1");
  EXPECT_EQ(document.comments[1].mark.line, 3);
  EXPECT_EQ(document.comments[1].mark.column, 3);
  ASSERT_EQ(document.records.size(), 1U);
  EXPECT_EQ(document.records[0].fields[1].text, "#b");
}

TEST(Csv, RefusesWhatBreaksTheForm) {
  using Places = std::vector<std::string>;
  EXPECT_EQ(problems_of("a,\"b\nc"), Places{"E511 1:3"});
  EXPECT_EQ(problems_of("a,\"b\" c\nd\n"), Places{"E511 1:7"});
  EXPECT_EQ(problems_of("a,b\"c\nd"), Places{"E511 1:4"});
  EXPECT_EQ(problems_of("a\x01,b"), Places{"E511 1:2"});
  EXPECT_EQ(problems_of("# t\x01\na,b", {.comments = true}), Places{"E511 1:4"});
  EXPECT_EQ(problems_of("a,b\rc,d\re"), Places{"E511 1:4"});  // said once
}

TEST(Csv, AFileThatIsWrongEverywhereIsToldOfUpToALimit) {
  std::string text;
  for (int k = 0; k < 300; ++k) text += "a\"b\n";
  ProblemList problems;
  read_all(text, problems);
  constexpr std::string_view name = "t.csv";
  const Diagnostics told = problems.take({&name, 1});
  ASSERT_EQ(told.size(), ProblemList::most_told);
  EXPECT_EQ(told.back().notes.back(), "And 200 more problems.");
}

RC_GTEST_PROP(Csv, WhatIsWrittenIsReadBack, (const std::vector<std::string>& texts)) {
  std::string line = "x";
  std::vector<std::string> expected{"x"};
  for (std::string text : texts) {
    std::erase_if(text, [](char c) {  // text as it may stand in a file
      return static_cast<unsigned char>(c) >= 0x80 || c == 0x7F ||
             (static_cast<unsigned char>(c) < 0x20 && c != '\n');
    });
    text = std::string(trimmed(text));
    line += ',' + write(text);
    expected.push_back(text);
  }
  RC_ASSERT(texts_of(line) == Texts{expected});
}

}  // namespace
}  // namespace delian::io::csv
