#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

#include "support/any_problem.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::any_problem;
using testing::ask;
using testing::problem_of;

// Positions come up 1 to 0.5. The first costs the second actor 0.5, the second costs the first
// actor 1: odds 1 : 0.5 e^(-0.5 lambda), which is 4 : 1 at lambda = 2 log 2.
TEST(QuantalResponse, OddsOfTwoByHand) {
  const auto problem = problem_of({{0, 1, 1}, {100, 0.5, 1}});
  const Forecast forecast =
      ask("quantal_response", problem, {{"lambda", 2 * std::numbers::ln2}, {"utility", 0}});
  EXPECT_NEAR(forecast.weight[0], 0.8, 1e-12);
  EXPECT_NEAR(forecast.weight[1], 0.2, 1e-12);
  EXPECT_NEAR(forecast.landing.front(), 20, 1e-10);
}

// Half the way costs a quarter when losses are squares: odds 1 : e^(-lambda (0.25 - 0.25)) for two
// alike, and lambda does not matter.
TEST(QuantalResponse, TwoAlikeAreAsLikely) {
  const auto problem = problem_of({{20}, {70}});
  EXPECT_NEAR(ask("quantal_response", problem, {{"lambda", 50}}).landing.front(), 45, 1e-9);
}

// Four of one opinion and one of another: with squares at distance 1 the odds of one position of
// the four against the fifth are e^(-lambda) : e^(-4 lambda).
TEST(QuantalResponse, GroupDecidesMoreSharplyThanItsMembers) {
  const auto problem = problem_of({{0}, {0}, {0}, {0}, {100}});
  const Forecast forecast = ask("quantal_response", problem, {{"lambda", 1}});
  EXPECT_NEAR(forecast.weight[0] / forecast.weight[4], std::exp(3.0), 1e-9);
}

TEST(QuantalResponse, LargestLambdaDoesNotUnderflow) {
  const auto problem = problem_of({{0}, {50, 0, 0}, {100, 1, 3}});
  const Forecast forecast = ask("quantal_response", problem, {{"lambda", 1000}});
  EXPECT_DOUBLE_EQ(forecast.landing.front(), 100);
  EXPECT_EQ(forecast.weight[1], 0);
}

RC_GTEST_PROP(QuantalResponse, WithoutResponseItIsTheCompromiseMean, ()) {
  const BargainingProblem problem = any_problem();
  const double mean = ask("compromise_mean", problem).landing.front();
  const double landing = ask("quantal_response", problem, {{"lambda", 0}}).landing.front();
  RC_ASSERT(std::abs(landing - mean) < 1e-9);
}

// Against how often it comes up, a position is the likelier the less it costs all together: under
// squares, the nearer it is to the compromise mean. A sharp response leaves the utilitarian
// optimum.
RC_GTEST_PROP(QuantalResponse, FavoursWhatCostsLessAllTogether, ()) {
  const BargainingProblem problem = any_problem();
  const double lambda = *rc::gen::element(0.05, 1.0, 20.0);
  const double mean = ask("compromise_mean", problem).landing.front();
  const Forecast forecast = ask("quantal_response", problem, {{"lambda", lambda}});
  const auto favour = [&](std::size_t i) {
    return forecast.weight[i] / (problem.salience[i] * problem.capability[i]);
  };
  for (std::size_t i = 0; i < problem.setting.actors; ++i) {
    if (problem.salience[i] * problem.capability[i] <= 0) {
      RC_ASSERT(forecast.weight[i] == 0);
      continue;
    }
    const double nearer = std::abs(problem.position[i] - mean);
    RC_ASSERT(favour(i) >= 0);
    for (std::size_t j = 0; j < problem.setting.actors; ++j) {
      if (problem.salience[j] * problem.capability[j] <= 0) continue;
      const double farther = std::abs(problem.position[j] - mean);
      if (nearer < farther - 1e-9) RC_ASSERT(favour(i) >= favour(j));
    }
  }
}

TEST(QuantalResponse, SharpResponseIsTheUtilitarianOptimum) {
  // Compromise mean (10 + 2 * 40 + 90) / 4 = 45.
  const auto problem = problem_of({{10}, {40, 1, 2}, {90}});
  EXPECT_NEAR(ask("quantal_response", problem, {{"lambda", 1000}}).landing.front(), 40, 1e-9);
}

TEST(QuantalResponse, RefusesANegativeLambda) {
  const auto bound = find_bargaining_model("quantal_response")->bind({{"lambda", -0.1}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E309");
}

}  // namespace
}  // namespace delian
