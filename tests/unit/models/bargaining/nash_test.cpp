#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/any_problem.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::ActorRow;
using testing::any_agreeable_problem;
using testing::any_problem;
using testing::ask;
using testing::problem_of;

BargainingProblem from(double reversion, const std::vector<ActorRow>& rows) {
  BargainingProblem problem = problem_of(rows);
  problem.setting.issues.front().reversion = reversion;
  return problem;
}

double nash(const BargainingProblem& problem, const ParameterMap& parameters = {}) {
  return ask("nash", problem, parameters).landing.front();
}

// Gains x for the far party and 60 - x for the near one on [30, 60]; x^b (60 - x)^a is greatest at
// 60 b / (a + b), which is 45 for a = 1, b = 3.
TEST(Nash, StrengthDividesTheRoomBetweenTwo) {
  EXPECT_NEAR(nash(from(0, {{30, 1, 1}, {80, 1, 3}})), 45, 1e-9);
}

// The same with a = 3, b = 1 would be 15, short of the near party's ideal: both gain up to there.
TEST(Nash, NobodyStopsShortOfTheNearestIdeal) {
  const Forecast forecast = ask("nash", from(0, {{30, 1, 3}, {80, 1, 1}}));
  EXPECT_EQ(forecast.landing.front(), 30);
  EXPECT_EQ(forecast.termination, Termination::closed_form);
}

TEST(Nash, EqualExponentsForgetCapability) {
  EXPECT_EQ(nash(from(0, {{30, 1, 1}, {80, 1, 3}}), {{"exponent", 1}}), 30);
}

// Quadratic gains x (2a - x) and x (2b - x): their product has its peak at
// 2 x^2 - 3 (a + b) x + 4 a b = 0.
TEST(Nash, QuadraticLossesOfTwoEqualsFollowTheirClosedForm) {
  const double a = 30;
  const double b = 60;
  const double expected = (3 * (a + b) - std::sqrt(9 * (a + b) * (a + b) - 32 * a * b)) / 4;
  const Forecast forecast = ask("nash", from(0, {{a}, {b}}), {{"utility", 1}});
  EXPECT_NEAR(forecast.landing.front(), expected, 1e-9);
  EXPECT_EQ(forecast.termination, Termination::converged);
}

TEST(Nash, PartiesOnBothSidesOfTheReversionKeepIt) {
  EXPECT_EQ(nash(from(50, {{30}, {80}})), 50);
  EXPECT_EQ(nash(from(50, {{50}, {80}})), 50);
  EXPECT_EQ(nash(from(50, {{50}, {80}}), {{"utility", 1}}), 50);
}

TEST(Nash, WhoHasNoSalienceOrNoCapabilityIsNoParty) {
  EXPECT_EQ(nash(from(50, {{30, 0, 1}, {20, 1, 0}, {80, 1, 1}})), 80);
}

TEST(Nash, OneActorGetsItsIdeal) {
  EXPECT_EQ(nash(from(0, {{37}})), 37);
  EXPECT_EQ(nash(from(0, {{37}}), {{"utility", 1}}), 37);
}

// Both lose 1 if they fail. Gains 1 + 0.5 (0.5 - |x - 0|) and 1 + 1 (0.5 - |1 - x|) in lengths of
// the scale: 1.25 - 0.5 x and 0.5 + x, whose product has its peak at x = 1.
TEST(Nash, CostOfFailingMakesRoomForAnAgreement) {
  const BargainingProblem problem = from(50, {{0, 0.5, 1}, {100, 1, 1}});
  EXPECT_EQ(nash(problem), 50);
  EXPECT_NEAR(nash(problem, {{"failure", 1}}), 100, 1e-9);
  // With strengths 2 and 1: 2 log(1.25 - 0.5 x) + log(0.5 + x) has slope 0 at x = 0.5.
  const BargainingProblem stronger = from(50, {{0, 0.5, 2}, {100, 1, 1}});
  EXPECT_NEAR(nash(stronger, {{"failure", 1}}), 50, 1e-9);
}

// The far ideal lies, but for rounding, where the near party would rather fail.
TEST(Nash, IdealAtTheEndOfTheRoomIsNoTrap) {
  const BargainingProblem problem = from(11, {{0, 0.5, 1}, {21, 0.1, 1}});
  EXPECT_EQ(nash(problem, {{"failure", 0.05}}), 0);
}

// Achen's argument: where failing costs very much, what is left is a sum of losses.
RC_GTEST_PROP(Nash, CostlyFailureGivesTheMeanOrTheMedian, ()) {
  const BargainingProblem problem = any_problem();
  const double mean = ask("compromise_mean", problem).landing.front();
  RC_ASSERT(std::abs(nash(problem, {{"failure", 1e6}, {"utility", 1}}) - mean) < 1e-3);
  double sum = 0;
  double at_landing = 0;
  double at_median = 0;
  const double landing = nash(problem, {{"failure", 1e6}});
  const double median = ask("weighted_median", problem).landing.front();
  for (std::size_t i = 0; i < problem.setting.actors; ++i) {
    const double weight = problem.capability[i] * problem.salience[i];
    sum += weight;
    at_landing += weight * std::abs(problem.position[i] - landing);
    at_median += weight * std::abs(problem.position[i] - median);
  }
  RC_ASSERT(at_landing <= at_median + 1e-2 * sum);
}

/// sum b log gain, -infinity where somebody does not gain.
double log_product(const BargainingProblem& problem, double x, bool equal, bool quadratic,
                   double failure) {
  const double q = *problem.setting.issues.front().reversion;
  double sum = 0;
  for (std::size_t i = 0; i < problem.setting.actors; ++i) {
    if (problem.salience[i] <= 0 || problem.capability[i] <= 0) continue;
    double before = std::abs(problem.position[i] - q) / 100;
    double after = std::abs(problem.position[i] - x) / 100;
    if (quadratic) {
      before *= before;
      after *= after;
    }
    const double gain = failure + problem.salience[i] * (before - after);
    if (gain <= 0) return -std::numeric_limits<double>::infinity();
    sum += (equal ? 1 : problem.capability[i]) * std::log(gain);
  }
  return sum;
}

void expect_best_on_a_grid(const BargainingProblem& problem) {
  const bool equal = *rc::gen::arbitrary<bool>();
  const bool quadratic = *rc::gen::arbitrary<bool>();
  const double failure = *rc::gen::element(0.0, 0.05, 2.0);
  const double landing = nash(
      problem, {{"exponent", equal ? 1 : 0}, {"utility", quadratic ? 1 : 0}, {"failure", failure}});
  const double reached = log_product(problem, landing, equal, quadratic, failure);
  double best = -std::numeric_limits<double>::infinity();
  for (int step = 0; step <= 4000; ++step) {
    best = std::max(best, log_product(problem, step / 40.0, equal, quadratic, failure));
  }
  if (std::isinf(reached)) {
    // No agreement: the reversion, and nothing that all prefer is seen on the grid.
    RC_ASSERT(landing == *problem.setting.issues.front().reversion);
  }
  RC_ASSERT(reached >= best - 1e-9 * (1 + std::abs(best)));
}

RC_GTEST_PROP(Nash, NoPointOfAGridIsBetter, ()) {
  expect_best_on_a_grid(any_problem());
}

RC_GTEST_PROP(Nash, NoPointOfAGridIsBetterWhereAllWantAChange, ()) {
  expect_best_on_a_grid(any_agreeable_problem());
}

TEST(Nash, NeedsAReversion) {
  EXPECT_EQ(find_bargaining_model("nash")->obstacle(problem_of({{1}}).setting), "a reversion");
  EXPECT_EQ(find_bargaining_model("nash")->obstacle(from(0, {{1}}).setting), "");
}

TEST(Nash, RefusesNegativeCostsOfFailing) {
  const auto bound = find_bargaining_model("nash")->bind({{"failure", -1}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E309");
}

}  // namespace
}  // namespace delian
