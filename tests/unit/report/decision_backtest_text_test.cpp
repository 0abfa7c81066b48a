#include <gtest/gtest.h>

#include <sstream>

#include "delian/backtest_report.hpp"
#include "report/layout.hpp"

namespace delian {
namespace {

DecisionBacktest made_up() {
  DecisionBacktest b;
  b.groups = 2;
  b.folds = 2;
  b.parameters.resize(2);
  const ScoreBesideModel own{0.1234, {0, 0, 0}};
  const ScoreBesideModel worse{1.5, {0.25, -1.125, 12.5}};
  b.scores.push_back({"model", own, own, own});
  b.scores.push_back({"share of all cases", worse, {}, {}});
  b.scores.push_back({"base rates", worse, worse, worse});
  b.confusion[4][0] = 1;
  b.reliability.push_back({0.6, 0.8, 1, 0.75, 0});
  b.cases.push_back({"a-question-with-an-identifier-that-is-far-too-long\x1b[31m",
                     "g",
                     0,
                     Outcome::not_adopted,
                     {},
                     {0.754, 0.1, 0.05, 0, 0.096},
                     {},
                     {},
                     2.25});
  return b;
}

void expect_fits(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 80U) << line;
  EXPECT_TRUE(text.ends_with('\n'));
}

TEST(DecisionBacktestText, SaysWhatWasScoredAndHow) {
  const std::string text = decision_backtest_text(made_up(), "a folder", false);
  expect_fits(text);
  expect_fits(decision_backtest_text(made_up(), std::string(300, 'x'), true));
  for (const char* told :
       {"1 decided case of a folder, in 2 groups", "Out of sample: 2 folds",
        "share of all cases             1.500  +0.250 (-1.125 to +12.500)",
        "X   75   10    5    0   10   2.25", "60 to 80 %", "Few cases", "mostly disputes"}) {
    EXPECT_NE(text.find(told), std::string::npos) << told << "\n" << text;
  }
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << "no colour, and none smuggled in by an id";
}

// Who says nothing of an outcome has no row there.
TEST(DecisionBacktestText, LeavesOutScoresThatDoNotExist) {
  const std::string text = decision_backtest_text(made_up(), "a folder", false);
  const std::size_t drafted = text.find("Agreed as drafted");
  EXPECT_EQ(text.find("share of all cases", drafted), std::string::npos);
}

TEST(DecisionBacktestText, ShippedParametersAreNoTest) {
  DecisionBacktest b = made_up();
  b.shipped_parameters = true;
  const std::string text = decision_backtest_text(b, "a folder", false);
  EXPECT_EQ(text.find("Out of sample:"), std::string::npos);
  EXPECT_NE(text.find("Scored with the parameters that ship"), std::string::npos);
}

TEST(CalibrationText, ShowsWhatWasFittedAndWhetherToTrustIt) {
  Calibration c;
  c.cases = 25;
  c.parameters.push_back({"hazard_principle", 0.0123456, 0.001, 1.5, 0.01, 0.0025, 0.039, 0.01});
  c.evaluations = 123;
  const std::string text = calibration_text(c, "a folder", false);
  expect_fits(text);
  EXPECT_NE(text.find("did not converge in 123 points"), std::string::npos);
  EXPECT_NE(text.find("\n[parameters]\nhazard_principle = 0.012\n"), std::string::npos) << text;
  c.converged = true;
  EXPECT_NE(calibration_text(c, "a folder", false).find("The search converged"), std::string::npos);
}

}  // namespace
}  // namespace delian
