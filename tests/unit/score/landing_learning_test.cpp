#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "delian/landing_backtest.hpp"
#include "delian/random.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::problem_of;

/// Cases whose outcome is drawn from one known mixture of their components.
std::vector<LandingCase> synthetic(std::size_t count, const LandingWeights& truth) {
  const Stream position(5, "position");
  const Stream outcome(5, "outcome");
  const BargainingModel& election = *find_bargaining_model("condorcet");
  const BoundBargainingModel bound = election.bind({}).value();
  std::vector<LandingCase> cases;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<testing::ActorRow> rows;
    for (std::size_t k = 0; k < 5; ++k) rows.push_back({100 * position.uniform(5 * i + k), 0.5, 1});
    LandingCase one{std::to_string(i), std::to_string(i), problem_of(rows), 0, {}};
    const std::vector<double> influence(5, 0.5);
    const std::vector<double> weight = forecast(election, bound, one.problem).weight;
    ScaleDistribution p{};
    LandingMixture(one.problem.position, influence, weight).add_to(p, truth);
    one.outcome = quantile_of(p, outcome.uniform(i));
    for (std::size_t k = 0; k < 5; ++k) one.actors.push_back(std::to_string(k));
    cases.push_back(std::move(one));
  }
  return cases;
}

TEST(LearnLandingWeights, RecoversTheMixtureThatMadeTheOutcomes) {
  const LandingWeights truth{"truth", {0.3, 0.5, 0.05, 0.15}, 0.7, ""};
  LandingLearning learning;
  learning.ridge = 0.01;
  const LandingWeights learned = learn_landing_weights(synthetic(3000, truth), learning);
  for (std::size_t k = 0; k < landing_components; ++k) {
    EXPECT_NEAR(learned.weight[k], truth.weight[k], 0.08) << k;
  }
  EXPECT_NEAR(learned.spread, truth.spread, 0.11);
}

TEST(LearnLandingWeights, AStrongRidgeKeepsThePrior) {
  const LandingWeights truth{"truth", {0, 0, 0, 1}, 0.5, ""};
  LandingLearning learning;
  learning.ridge = 1e9;
  const LandingWeights learned = learn_landing_weights(synthetic(50, truth), learning);
  for (std::size_t k = 0; k < landing_components; ++k) {
    EXPECT_NEAR(learned.weight[k], learning.prior[k], 1e-6);
  }
}

TEST(LearnLandingWeights, AComponentLeftOutHasNoWeight) {
  const LandingWeights truth{"truth", {0.5, 0.5, 0, 0}, 0.5, ""};
  LandingLearning learning;
  learning.use[0] = false;
  const LandingWeights learned = learn_landing_weights(synthetic(100, truth), learning);
  EXPECT_EQ(learned.weight[0], 0);
  EXPECT_NEAR(std::accumulate(learned.weight.begin(), learned.weight.end(), 0.0), 1, 1e-12);
}

TEST(BacktestLandings, ScoresTheTruthBetterThanTheBaselines) {
  const LandingWeights truth{"truth", {0.4, 0.4, 0.1, 0.1}, 0.5, ""};
  const auto cases = synthetic(200, truth);
  const LandingBacktest backtest = backtest_landings(cases, {}).value();
  EXPECT_EQ(backtest.cases.size(), 200);
  EXPECT_EQ(backtest.scores.front().forecaster, "mixture");
  for (std::size_t k = 1; k < backtest.scores.size(); ++k) {
    EXPECT_GT(backtest.scores[k].crps, backtest.scores.front().crps);
  }
  EXPECT_NEAR(std::accumulate(backtest.deciles.begin(), backtest.deciles.end(), 0.0), 200, 1e-9);
  EXPECT_EQ(backtest.worth.size(), landing_components);
}

TEST(BacktestLandings, SameNumbersOnAnyNumberOfThreads) {
  const LandingWeights truth{"truth", {0.4, 0.4, 0.1, 0.1}, 0.5, ""};
  const auto cases = synthetic(60, truth);
  RunContext four;
  four.threads = 4;
  const LandingBacktest a = backtest_landings(cases, {}).value();
  const LandingBacktest b = backtest_landings(cases, {}, four).value();
  ASSERT_EQ(a.scores.size(), b.scores.size());
  for (std::size_t k = 0; k < a.scores.size(); ++k) {
    EXPECT_EQ(a.scores[k].forecaster, b.scores[k].forecaster);
    EXPECT_EQ(a.scores[k].crps, b.scores[k].crps);
    EXPECT_EQ(a.scores[k].worse_by.low, b.scores[k].worse_by.low);
  }
}

TEST(BacktestLandings, RefusesOneGroup) {
  auto cases = synthetic(5, landing_weights());
  for (LandingCase& one : cases) one.group = "all";
  const auto backtest = backtest_landings(cases, {});
  ASSERT_FALSE(backtest);
  EXPECT_EQ(backtest.error().front().code, "E540");
}

TEST(LandingCases, AreDecidedIssuesWithThreeActorsOnTheScaleOfAHundred) {
  ActorTable::Parts parts;
  parts.title = "test";
  parts.actors = {"A", "B", "C"};
  parts.issues = {{"decided", "", "g", 4, 10, 4.0, 7.0},
                  {"open", "", "", 0, 100, std::nullopt, std::nullopt},
                  {"two actors", "", "", 0, 100, std::nullopt, 50.0}};
  const Stand stand{7, 0.5, 1};
  const Stand wide{50, 0.5, 1};
  parts.stands = {stand, wide, wide, stand, wide, wide, Stand{10, 0.5, 1}, wide, std::nullopt};
  const auto cases = landing_cases(ActorTable::make(parts).value());
  ASSERT_EQ(cases.size(), 1);
  EXPECT_EQ(cases[0].group, "g");
  EXPECT_DOUBLE_EQ(cases[0].outcome, 50);
  EXPECT_DOUBLE_EQ(cases[0].problem.position[2], 100);
  EXPECT_DOUBLE_EQ(*cases[0].problem.setting.issues[0].reversion, 0);
}

}  // namespace
}  // namespace delian
