// The 258 decided issues behind the weights that ship: scores out of sample, and the weights again.
// Data: Arregui & Perarnaud 2021, doi:10.34810/data53, CC BY 4.0; not part of this repository.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "delian/landing_backtest.hpp"
#include "io/import_table.hpp"
#include "support/shared_data.hpp"

namespace delian {
namespace {

class Deu3 : public ::testing::Test {
 protected:
  void SetUp() override {
    std::vector<io::TextFile> files;
    for (const char* name : {"issues.csv", "positions.csv", "actors.csv"}) {
      const auto text = testing::shared_data(std::string("deu3/") + name);
      DELIAN_NEEDS_DATA(text, std::string("deu3/") + name);
      files.push_back({name, *text});
    }
    const auto imported = io::read_actor_table(files);
    ASSERT_TRUE(imported);
    cases_ = landing_cases(imported->table);
    ASSERT_EQ(cases_.size(), 258);
  }

  LandingBacktest scored(bool shipped) const {
    LandingBacktestOptions options;
    options.shipped_weights = shipped;
    RunContext context;
    context.threads = 2;
    return backtest_landings(cases_, options, context).value();
  }

  std::vector<LandingCase> cases_;
};

double crps_of(const LandingBacktest& backtest, std::string_view forecaster) {
  const auto found =
      std::find_if(backtest.scores.begin(), backtest.scores.end(),
                   [&](const LandingScore& s) { return s.forecaster == forecaster; });
  return found == backtest.scores.end() ? NAN : found->crps;
}

TEST_F(Deu3, OutOfSampleScoresOfTheMixture) {
  const LandingBacktest backtest = scored(false);
  EXPECT_EQ(backtest.groups, 103);
  EXPECT_EQ(backtest.folds, 10);
  EXPECT_NEAR(backtest.scores.front().crps, 15.22, 0.005);
  EXPECT_NEAR(backtest.scores.front().absolute_error, 21.30, 0.005);
  // No decile of the randomised transform is off by more than three standard errors.
  const double expected = 25.8;
  const double limit = 3 * std::sqrt(258 * 0.1 * 0.9);
  for (const double count : backtest.deciles) EXPECT_NEAR(count, expected, limit);
}

// The README of the data has 23.90 for the mean of positions, 22.82 for the weighted one (both
// unrounded), 17.78 for weighted positions as a distribution.
TEST_F(Deu3, BaselinesAreThePublishedOnes) {
  const LandingBacktest backtest = scored(true);
  EXPECT_NEAR(crps_of(backtest, "unweighted_mean"), 23.90, 0.005);
  EXPECT_NEAR(crps_of(backtest, "compromise_mean"), 22.82, 0.005);
  EXPECT_NEAR(crps_of(backtest, "weighted positions"), 17.78, 0.005);
}

TEST_F(Deu3, LearningGivesTheWeightsThatShip) {
  const LandingWeights learned = learn_landing_weights(cases_);
  const LandingWeights& shipped = landing_weights();
  EXPECT_EQ(learned.spread, shipped.spread);
  for (std::size_t k = 0; k < landing_components; ++k) {
    EXPECT_NEAR(learned.weight[k], shipped.weight[k], 5e-5);
  }
}

// No case informs the forecast of its own group: changing what one group decided leaves that
// group's forecasts as they were.
TEST_F(Deu3, AGroupNeverInformsItsOwnForecast) {
  const LandingBacktest before = scored(false);
  const std::string group = cases_.front().group;
  for (LandingCase& one : cases_) {
    if (one.group == group) one.outcome = 100 - one.outcome;
  }
  const LandingBacktest after = scored(false);
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    if (cases_[i].group != group) continue;
    EXPECT_EQ(before.cases[i].median, after.cases[i].median);
  }
}

}  // namespace
}  // namespace delian
