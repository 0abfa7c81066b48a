#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "support/any_problem.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::any_problem;
using testing::ask;
using testing::problem_of;

/// Arrays are [actor * issues + issue].
BargainingProblem market(std::size_t issues, std::vector<double> position,
                         std::vector<double> salience, std::vector<double> capability) {
  BargainingProblem problem;
  problem.setting.actors = position.size() / issues;
  problem.setting.issues.resize(issues);
  problem.position = std::move(position);
  problem.salience = std::move(salience);
  problem.capability = std::move(capability);
  return problem;
}

// Control of issue p: 3/4 and 1/4, of q the reverse. Interests (0.2, 0.8) and (0.6, 0.4), as shares
// of each actor's own salience. v_p = 0.2 r_1 + 0.6 r_2 with r_1 = 3/4 v_p + 1/4 v_q: v_p = 5/12,
// r_1 = 11/24, r_2 = 13/24. The second actor ends with 0.6 r_2 / v_p = 0.78 of p and
// 0.4 r_2 / v_q = 13/35 of q.
TEST(Coleman, TwoActorsTradeControlByHand) {
  const auto problem = market(2, {0, 0, 100, 100}, {0.1, 0.4, 0.3, 0.2}, {3, 1, 1, 3});
  const Forecast forecast = ask("coleman", problem);
  EXPECT_NEAR(forecast.landing[0], 78, 1e-10);
  EXPECT_NEAR(forecast.landing[1], 1300.0 / 35, 1e-10);
  EXPECT_NEAR(forecast.weight[2], 0.78, 1e-12);
  EXPECT_NEAR(forecast.weight[1], 22.0 / 35, 1e-12);
}

// Who cares about one issue only buys it all up, at whatever price.
TEST(Coleman, SpecialistsGetTheirIssue) {
  const auto problem = market(2, {10, 20, 80, 90}, {0.5, 0, 0, 0.3}, {1, 4, 3, 1});
  const Forecast forecast = ask("coleman", problem);
  EXPECT_NEAR(forecast.landing[0], 10, 1e-9);
  EXPECT_NEAR(forecast.landing[1], 90, 1e-9);
}

RC_GTEST_PROP(Coleman, OfOneIssueIsTheResourceMeanOfWhoCares, ()) {
  BargainingProblem problem = any_problem();
  const double landing = ask("coleman", problem).landing.front();
  double weighted = 0;
  double total = 0;
  for (std::size_t i = 0; i < problem.setting.actors; ++i) {
    if (problem.salience[i] <= 0) continue;
    weighted += problem.capability[i] * problem.position[i];
    total += problem.capability[i];
  }
  RC_ASSERT(std::abs(landing - weighted / total) < 1e-9);
}

// Two issues, four actors, nobody trades across: each market is decided by itself.
TEST(Coleman, SeparateMarketsDoNotMix) {
  const auto problem = market(2, {10, 50, 40, 50, 50, 20, 50, 90}, {1, 0, 1, 0, 0, 1, 0, 1},
                              {1, 0, 2, 0, 0, 1, 0, 6});
  const Forecast forecast = ask("coleman", problem);
  EXPECT_NEAR(forecast.landing[0], 30, 1e-9);
  EXPECT_NEAR(forecast.landing[1], 80, 1e-9);
}

// All that is paid for q is spent on p and never comes back: q is worth nothing, and who controls
// it decides it.
TEST(Coleman, IssueWorthNothingIsDecidedByThoseWhoControlAndWantIt) {
  const auto problem = market(2, {10, 50, 40, 70}, {1, 0, 0.5, 0.5}, {1, 0, 0, 1});
  const Forecast forecast = ask("coleman", problem);
  EXPECT_NEAR(forecast.landing[0], 10, 1e-9);
  EXPECT_NEAR(forecast.landing[1], 70, 1e-9);
}

TEST(Coleman, WhoTakesNoPartIsLeftOut) {
  auto problem = market(2, {0, 0, 100, 100, 50, 0}, {0.1, 0.4, 0.3, 0.2, 1, 0}, {3, 1, 1, 3, 0, 0});
  problem.takes_part = {1, 1, 1, 1, 1, 0};
  EXPECT_NEAR(ask("coleman", problem).landing[0], 78, 1e-10);
}

// The equations themselves: what is spent on an issue is what its owners get.
RC_GTEST_PROP(Coleman, MarketsClear, ()) {
  const auto actors = *rc::gen::inRange<std::size_t>(1, 7);
  const auto issues = *rc::gen::inRange<std::size_t>(1, 5);
  std::vector<double> position;
  std::vector<double> salience;
  std::vector<double> capability;
  for (std::size_t k = 0; k < actors * issues; ++k) {
    position.push_back(*rc::gen::inRange(0, 101));
    salience.push_back(*rc::gen::inRange(1, 11) / 10.0);
    capability.push_back(*rc::gen::inRange(1, 10));
  }
  const auto problem = market(issues, position, salience, capability);
  const Forecast forecast = ask("coleman", problem);
  // From the control after trade: power over price is weight / interest, so that for each actor
  // weight_p / interest_p times v_p is its power, the same on all issues. With the prices of the
  // first actor, every actor's budget balances.
  const auto interest = [&](std::size_t i, std::size_t p) {
    double sum = 0;
    for (std::size_t q = 0; q < issues; ++q) sum += salience[i * issues + q];
    return salience[i * issues + p] / sum;
  };
  std::vector<double> price;
  for (std::size_t p = 0; p < issues; ++p) {
    price.push_back(interest(0, p) / forecast.weight[p]);
  }
  for (std::size_t i = 0; i < actors; ++i) {
    double earned = 0;
    double spent = 0;
    for (std::size_t p = 0; p < issues; ++p) {
      double all = 0;
      for (std::size_t j = 0; j < actors; ++j) all += capability[j * issues + p];
      earned += capability[i * issues + p] / all * price[p];
      spent += forecast.weight[i * issues + p] * price[p];
    }
    RC_ASSERT(std::abs(earned - spent) < 1e-9 * spent);
  }
}

TEST(Coleman, TakesNoParameters) {
  const auto bound = find_bargaining_model("coleman")->bind({{"rounds", 1}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E308");
}

}  // namespace
}  // namespace delian
