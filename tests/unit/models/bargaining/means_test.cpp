#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "support/any_problem.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::any_problem;
using testing::ask;
using testing::problem_of;

// By hand: (2 * 0.5 * 10 + 1 * 1 * 40) / (2 * 0.5 + 1 * 1) = 25.
TEST(CompromiseMean, WeighsByCapabilityTimesSalience) {
  const auto problem = problem_of({{10, 0.5, 2}, {40, 1, 1}});
  EXPECT_DOUBLE_EQ(ask("compromise_mean", problem).landing.front(), 25);
}

TEST(CompromiseMean, TakesNoParameters) {
  const auto bound = find_bargaining_model("compromise_mean")->bind({{"exponent", 1}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E308");
}

TEST(UnweightedMean, CountsEveryActorOnce) {
  const auto problem = problem_of({{10, 0.5, 2}, {40, 1, 1}, {70, 0, 0}});
  EXPECT_DOUBLE_EQ(ask("unweighted_mean", problem).landing.front(), 40);
}

// By hand: (0.5 * 10 + 1 * 40) / (0.5 + 1) = 30.
TEST(SalienceMean, WeighsBySalience) {
  const auto problem = problem_of({{10, 0.5, 2}, {40, 1, 1}, {70, 0, 9}});
  EXPECT_DOUBLE_EQ(ask("salience_mean", problem).landing.front(), 30);
}

// By hand: (2 * 10 + 1 * 40) / (2 + 1) = 20.
TEST(ResourceMean, WeighsByCapability) {
  const auto problem = problem_of({{10, 0.5, 2}, {40, 1, 1}, {70, 1, 0}});
  EXPECT_DOUBLE_EQ(ask("resource_mean", problem).landing.front(), 20);
}

TEST(UnweightedMean, LeavesOutWhoTakesNoPart) {
  BargainingProblem problem = problem_of({{10}, {40}, {70}});
  problem.takes_part = {1, 1, 0};
  problem.salience[2] = problem.capability[2] = 0;
  EXPECT_DOUBLE_EQ(ask("unweighted_mean", problem).landing.front(), 25);
}

TEST(Means, TakeNoParameters) {
  for (const char* id : {"unweighted_mean", "salience_mean", "resource_mean"}) {
    const auto bound = find_bargaining_model(id)->bind({{"weight", 1}});
    ASSERT_FALSE(bound);
    EXPECT_EQ(bound.error().front().code, "E308") << id;
  }
}

RC_GTEST_PROP(Means, AreTheSameWhereActorsDifferInPositionOnly, ()) {
  BargainingProblem problem = any_problem();
  std::fill(problem.salience.begin(), problem.salience.end(), 0.5);
  std::fill(problem.capability.begin(), problem.capability.end(), 3);
  const double plain = ask("unweighted_mean", problem).landing.front();
  for (const char* id : {"compromise_mean", "salience_mean", "resource_mean"}) {
    RC_ASSERT(std::abs(ask(id, problem).landing.front() - plain) < 1e-9);
  }
}

}  // namespace
}  // namespace delian
