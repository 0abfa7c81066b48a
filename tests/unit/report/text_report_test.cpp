// The form of the report and the numbers in it. Its wording is in tests/golden.

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "delian/answer.hpp"
#include "delian/report.hpp"
#include "io/atlas.hpp"
#include "support/bundled.hpp"
#include "support/scenarios.hpp"

namespace delian {
namespace {

Scenario council(const std::string& title = "Test", const std::string& marking = "") {
  const auto rows = testing::tokyo_like(12);
  ScenarioParts parts = testing::parts_of(rows);
  parts.rule = "consensus";
  parts.question.title = title;
  parts.marking = marking;
  Diagnostics problems;
  return Scenario::make(std::move(parts), testing::atlas_of(rows, "consensus"), problems).value();
}

/// An answer with this probability of adoption; the rest is not adopted.
Answer answer_of(const Scenario& scenario, double as_drafted) {
  Answer a;
  a.provenance.draws_asked = a.provenance.draws_done = 20'000;
  a.outcomes = {as_drafted, 0, 0, 0, 1 - as_drafted};
  a.adopted_in_month.assign(12, 0);
  a.adopted_in_month[2] = as_drafted;
  a.agreed_text[60] = 1;
  for (const Member& m : scenario.members()) {
    Blocker b;
    b.code = m.code;
    b.sources = {"J1"};
    b.judgement_only = true;
    a.blockers.push_back(b);
  }
  return a;
}

std::string report(const Answer& answer, const Scenario& scenario,
                   const ReportOptions& options = {}) {
  return text_report(answer, scenario, io::atlas(), options);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The line that holds all of `parts`, in this order; empty if there is none.
std::string line_with(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& line : lines_of(text)) {
    std::size_t at = 0;
    for (const std::string& part : parts) {
      at = at == std::string::npos ? at : line.find(part, at);
    }
    if (at != std::string::npos) return line;
  }
  return {};
}

std::size_t columns(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string without_colour(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

TEST(TextReport, FitsEightyColumnsInEveryForm) {
  AnswerOptions few;
  few.draws = 2000;
  for (const char* id : testing::bundled_ids) {
    const Scenario scenario = testing::bundled(id);
    const Answer answered = answer(scenario, few).value();
    for (const Language language : {Language::en, Language::fr}) {
      for (const Yardstick yardstick : {Yardstick::icd203, Yardstick::uk}) {
        const std::string text = report(answered, scenario, {language, yardstick, false});
        for (const std::string& line : lines_of(text)) {
          EXPECT_LE(columns(line), 80U) << id << ": " << line;
          EXPECT_FALSE(line.ends_with(' ')) << id << ": " << line;
        }
        EXPECT_TRUE(text.ends_with("\n") && !text.ends_with("\n\n"));
        // Colour only colours.
        const std::string coloured = report(answered, scenario, {language, yardstick, true});
        EXPECT_NE(coloured, text);
        EXPECT_EQ(without_colour(coloured), text);
      }
    }
  }
}

TEST(TextReport, TheHeadlineIsWordAndNumber) {
  const Scenario scenario = council();
  const Answer a = answer_of(scenario, 0.446);
  EXPECT_FALSE(line_with(report(a, scenario), {"2023-03-01", "unlikely (44.6 %)"}).empty());
  EXPECT_FALSE(line_with(report(a, scenario, {Language::fr, Yardstick::icd203, false}),
                         {"2023-03-01", "improbable (44,6 %)"})
                   .empty());
  EXPECT_FALSE(line_with(report(a, scenario, {Language::en, Yardstick::uk, false}),
                         {"2023-03-01", "realistic possibility (45 %)"})
                   .empty());
}

TEST(TextReport, NearlyNothingIsNotNothing) {
  const Scenario scenario = council();
  const auto rows = [&](double p) {
    const std::string text = report(answer_of(scenario, p), scenario);
    return std::pair{line_with(text, {"  as drafted"}), line_with(text, {"  not adopted"})};
  };
  EXPECT_NE(rows(1e-6).first.find(" <1 %"), std::string::npos);
  EXPECT_NE(rows(1e-6).second.find(" >99 %"), std::string::npos);
  EXPECT_NE(rows(0).first.find(" 0 %"), std::string::npos);
  EXPECT_NE(rows(0).second.find(" 100 %"), std::string::npos);
  EXPECT_NE(rows(0.125).first.find(" 13 %"), std::string::npos);
}

TEST(TextReport, BarsAreAsLongAsTheirShare) {
  const Scenario scenario = council();
  const std::string text = report(answer_of(scenario, 0.25), scenario);
  const auto bar = [](const std::string& line) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = line.find("█", at)) != std::string::npos; ++at) ++n;
    return n;
  };
  EXPECT_EQ(bar(line_with(text, {"  as drafted"})), 10U);
  EXPECT_EQ(bar(line_with(text, {"  not adopted"})), 30U);
}

TEST(TextReport, NamesLikelyBlockersAndCountsTheRest) {
  const Scenario scenario = council();
  Answer a = answer_of(scenario, 0.3);
  for (std::size_t k = 0; k < 3; ++k) a.blockers[k].objects = 0.6 - 0.2 * static_cast<double>(k);
  const std::string text = report(a, scenario);
  for (std::size_t k = 0; k < 3; ++k) {
    const std::string share = std::to_string(60 - 20 * k) + " %";
    EXPECT_FALSE(line_with(text, {"  " + a.blockers[k].code + " ", share, "J1"}).empty()) << k;
  }
  EXPECT_TRUE(line_with(text, {"  " + a.blockers[3].code + " "}).empty());
  EXPECT_FALSE(line_with(text, {"9 others"}).empty());
}

TEST(TextReport, AVoteHasWordsOfItsOwn) {
  const Scenario scenario = council();
  Answer a = answer_of(scenario, 0.3);
  a.blockers[0].objects = 0.5;
  EXPECT_EQ(report(a, scenario).find("decisive"), std::string::npos);
  EXPECT_NE(report(a, scenario).find("  alone  "), std::string::npos);
  a.by_vote = true;
  EXPECT_NE(report(a, scenario).find("decisive"), std::string::npos);
  EXPECT_EQ(report(a, scenario).find("  alone  "), std::string::npos);
}

TEST(TextReport, AnInterruptedRunSaysHowFarItCame) {
  const Scenario scenario = council();
  Answer a = answer_of(scenario, 0.3);
  a.provenance.draws_asked = 1'000'000'000;
  a.provenance.draws_done = 1'234'567;
  EXPECT_FALSE(line_with(report(a, scenario), {"1,234,567 of 1,000,000,000"}).empty());
  a.provenance.draws_done = a.provenance.draws_asked;
  a.explained = true;
  EXPECT_EQ(report(a, scenario).find(" of 1,000,000,000"), std::string::npos);
}

TEST(TextReport, ALongTitleIsCutBesideItsMarking) {
  std::string title, marking;
  for (int k = 0; k < 100; ++k) title += "é", marking += "è";
  const std::string first = lines_of(report(answer_of(council(), 0.3), council(title, marking)))[0];
  EXPECT_EQ(columns(first), 80U);
  EXPECT_NE(first.find("é…"), std::string::npos);
  EXPECT_TRUE(first.ends_with("è…"));
  const std::string plain =
      lines_of(report(answer_of(council(), 0.3), council("Short", "SECRET")))[0];
  EXPECT_TRUE(plain.starts_with("Short ") && plain.ends_with(" SECRET")) << plain;
}

TEST(TextReport, ATextCannotCommandTheTerminal) {
  const std::string hostile =
      "a\x1b[2Jb\x07\xC2\x9B"
      "c\u202E\u2066\u200Fd\ne\x7F";
  const std::string text = report(answer_of(council(), 0.3), council(hostile, hostile));
  for (const std::string bad : {"\x1b", "\x07", "\xC2\x9B", "\u202E", "\u2066", "\u200F", "\x7F"}) {
    EXPECT_EQ(text.find(bad), std::string::npos);
  }
  // In one line, with what can be read still there.
  EXPECT_EQ(lines_of(text)[0].find("a\uFFFD[2Jb\uFFFD\uFFFD"
                                   "c\uFFFD\uFFFD\uFFFDd e\uFFFD"),
            0U)
      << lines_of(text)[0];
}

TEST(TextReport, JoinersStayAndWhatCannotBeSeenIsShown) {
  const std::string title = "می\u200Cخواهم\u200D a\u200B\u061C\u2069\uFEFF";
  const std::string first = lines_of(report(answer_of(council(), 0.3), council(title)))[0];
  EXPECT_EQ(first, "می\u200Cخواهم\u200D a\uFFFD\uFFFD\uFFFD\uFFFD");
}

}  // namespace
}  // namespace delian
