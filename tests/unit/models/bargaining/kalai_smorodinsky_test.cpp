#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

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

double solution(const BargainingProblem& problem, bool quadratic = false) {
  return ask("kalai_smorodinsky", problem, {{"utility", quadratic ? 1 : 0}}).landing.front();
}

// At 37.5 the far party has 37.5 of its 50, the near one 22.5 of its 30: three quarters each.
TEST(KalaiSmorodinsky, BothReachTheSameShareOfTheirMost) {
  EXPECT_DOUBLE_EQ(solution(from(0, {{30}, {50}})), 37.5);
}

// Nobody agrees beyond 60, so the most of the far party is 60: 40 / 60 = (60 - 40) / 30.
TEST(KalaiSmorodinsky, TheMostIsWhereNobodyLoses) {
  EXPECT_DOUBLE_EQ(solution(from(0, {{30}, {80}})), 40);
}

// Squares: (x / 30)(2 - x / 30) = x (160 - x) / (60 (160 - 60)) at x = 720 / 17.
TEST(KalaiSmorodinsky, QuadraticLossesBeyondTheRoom) {
  EXPECT_NEAR(solution(from(0, {{30}, {80}}), true), 720.0 / 17, 1e-12);
}

TEST(KalaiSmorodinsky, PartiesOnBothSidesOfTheReversionKeepIt) {
  EXPECT_EQ(solution(from(50, {{30}, {80}})), 50);
  EXPECT_EQ(solution(from(50, {{50}, {80}})), 50);
}

TEST(KalaiSmorodinsky, WhoHasNoSalienceOrNoCapabilityIsNoParty) {
  EXPECT_DOUBLE_EQ(solution(from(50, {{30, 0, 1}, {20, 1, 0}, {80, 1, 1}})), 80);
}

bool is_party(const BargainingProblem& problem, std::size_t i) {
  return problem.salience[i] > 0 && problem.capability[i] > 0;
}

double gain(const BargainingProblem& problem, std::size_t i, double x, bool quadratic) {
  const double before = std::abs(problem.position[i] - *problem.setting.issues.front().reversion);
  const double after = std::abs(problem.position[i] - x);
  return quadratic ? before * before - after * after : before - after;
}

/// The most each party gains where nobody loses, found on a grid.
std::vector<double> most_of_each(const BargainingProblem& problem, bool quadratic) {
  std::vector<double> most(problem.setting.actors, 0);
  for (int step = 0; step <= 1000; ++step) {
    std::vector<double> gains;
    bool agreed = true;
    for (std::size_t i = 0; i < problem.setting.actors; ++i) {
      gains.push_back(is_party(problem, i) ? gain(problem, i, step / 10.0, quadratic) : 0);
      agreed = agreed && gains.back() >= -1e-9;
    }
    for (std::size_t i = 0; agreed && i < most.size(); ++i) most[i] = std::max(most[i], gains[i]);
  }
  return most;
}

// Positions are multiples of a half, so the best point of each party lies on the grid.
RC_GTEST_PROP(KalaiSmorodinsky, NoPointOfAGridGivesTheWorstOffMore, ()) {
  const bool agreeable = *rc::gen::arbitrary<bool>();
  const BargainingProblem problem = agreeable ? any_agreeable_problem() : any_problem();
  const bool quadratic = *rc::gen::arbitrary<bool>();
  const std::vector<double> most = most_of_each(problem, quadratic);
  const auto least_share = [&](double x) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < most.size(); ++i) {
      if (!is_party(problem, i)) continue;
      const double gained = gain(problem, i, x, quadratic);
      least = std::min(least, most[i] > 0 ? gained / most[i] : std::min(gained, 0.0));
    }
    return least;
  };
  const double reached = least_share(solution(problem, quadratic));
  for (int step = 0; step <= 1000; ++step) RC_ASSERT(reached >= least_share(step / 10.0) - 1e-9);
}

TEST(KalaiSmorodinsky, NeedsAReversion) {
  const BargainingModel& model = *find_bargaining_model("kalai_smorodinsky");
  EXPECT_EQ(model.obstacle(problem_of({{1}}).setting), "a reversion");
  EXPECT_EQ(model.obstacle(from(0, {{1}}).setting), "");
}

TEST(KalaiSmorodinsky, RefusesAUtilityThatIsNoChoice) {
  const auto bound = find_bargaining_model("kalai_smorodinsky")->bind({{"utility", 2}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E309");
}

}  // namespace
}  // namespace delian
