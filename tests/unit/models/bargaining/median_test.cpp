#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "support/any_problem.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::any_problem;
using testing::ask;
using testing::problem_of;

TEST(Median, IsTheActorInTheMiddle) {
  const auto problem = problem_of({{90}, {10}, {35, 0.1, 9}});
  EXPECT_EQ(ask("median", problem).landing.front(), 35);
}

TEST(Median, OfAnEvenNumberIsTheMidpointOfTheTwoInTheMiddle) {
  const auto problem = problem_of({{90}, {10}, {35}, {45}});
  EXPECT_EQ(ask("median", problem).landing.front(), 40);
}

TEST(Median, TakesNoParameters) {
  const auto bound = find_bargaining_model("median")->bind({{"weight", 1}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E308");
}

// Weights c s: 0.8, 1, 1.5; half of all is 1.65, which is reached at 40.
TEST(WeightedMedian, IsWhereHalfOfAllInfluenceIsReached) {
  const auto problem = problem_of({{10, 0.2, 4}, {40, 1, 1}, {70, 0.5, 3}});
  EXPECT_EQ(ask("weighted_median", problem).landing.front(), 40);
}

// Weights c: 4, 1, 3; half of all is 4, which is reached at 10 and not passed before 40.
TEST(WeightedMedian, ExactTieGivesTheMidpoint) {
  const auto problem = problem_of({{10, 0.2, 4}, {40, 1, 1}, {70, 0.5, 3}});
  EXPECT_EQ(ask("weighted_median", problem, {{"weight", 1}}).landing.front(), 25);
}

TEST(WeightedMedian, TieGoesToTheNextActorThatWeighsAnything) {
  const auto problem = problem_of({{10}, {20, 0, 5}, {30, 1, 0}, {60}});
  EXPECT_EQ(ask("weighted_median", problem).landing.front(), 35);
}

// 0.1 + 0.2 is not 0.3 in doubles.
TEST(WeightedMedian, TieIsSeenThroughRounding) {
  const auto problem = problem_of({{10, 1, 0.1}, {20, 1, 0.2}, {60, 1, 0.3}});
  EXPECT_EQ(ask("weighted_median", problem).landing.front(), 40);
}

TEST(WeightedMedian, RefusesAWeightThatIsNoChoice) {
  const auto bound = find_bargaining_model("weighted_median")->bind({{"weight", 0.5}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E313");
}

// What a median is: nobody's position has a majority of influence over it.
RC_GTEST_PROP(WeightedMedian, NoPositionBeatsIt, ()) {
  const BargainingProblem problem = any_problem();
  const double median = ask("weighted_median", problem).landing.front();
  for (const double rival : problem.position) {
    double margin = 0;
    for (std::size_t i = 0; i < problem.setting.actors; ++i) {
      const double weight = problem.capability[i] * problem.salience[i];
      const double toward = std::abs(problem.position[i] - rival);
      const double stays = std::abs(problem.position[i] - median);
      if (toward < stays) margin += weight;
      if (toward > stays) margin -= weight;
    }
    RC_ASSERT(margin <= 1e-9);
  }
}

}  // namespace
}  // namespace delian
