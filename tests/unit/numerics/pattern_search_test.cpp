#include "numerics/pattern_search.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>

namespace delian {
namespace {

/// Squared distance from a point, each axis with its own weight.
double bowl(const LatticePoint& at, const LatticePoint& centre) {
  double sum = 0;
  for (std::size_t k = 0; k < at.size(); ++k) {
    const double miss = at[k] - centre[k];
    sum += static_cast<double>(k + 1) * miss * miss;
  }
  return sum;
}

RC_GTEST_PROP(PatternSearch, FindsTheBottomOfEveryBowl, ()) {
  const std::size_t dimensions = *rc::gen::inRange<std::size_t>(1, 6);
  const auto coordinates = rc::gen::container<LatticePoint>(dimensions, rc::gen::inRange(-32, 33));
  const LatticePoint centre = *coordinates;
  const auto result =
      pattern_search([&](const LatticePoint& at) { return bowl(at, centre); }, *coordinates);
  RC_ASSERT(result.best == centre);
  RC_ASSERT(result.value == 0);
  RC_ASSERT(result.converged);
}

// A valley that no axis follows, with its bottom at (50, 50). How far a search comes depends on how
// fine the lattice is.
TEST(PatternSearch, FollowsABentValley) {
  const auto valley = [](const LatticePoint& at) {
    const double x = at[0] / 50.0;
    const double y = at[1] / 50.0;
    return (1 - x) * (1 - x) + 3 * (y - x * x) * (y - x * x);
  };
  PatternSearchOptions options;
  options.first_step = 32;
  options.bound = 100;
  const auto result = pattern_search(valley, {-100, 100}, options);
  EXPECT_LT(result.value, 0.01);  // from 36
  EXPECT_LT(result.evaluations, 400U);
}

TEST(PatternSearch, StaysInsideTheBound) {
  PatternSearchOptions options;
  options.bound = 5;
  const auto downhill = [](const LatticePoint& at) {
    EXPECT_LE(std::abs(at[0]), 5);
    return -static_cast<double>(at[0]);
  };
  EXPECT_EQ(pattern_search(downhill, {-5}, options).best, LatticePoint{5});
}

TEST(PatternSearch, EndsWhereNoNeighbourIsBetter) {
  const auto rugged = [](const LatticePoint& at) {
    return 0.02 * at[0] * at[0] + ((at[0] % 3 == 0) ? 0 : 1);
  };
  PatternSearchOptions options;
  options.first_step = 2;
  const auto result = pattern_search(rugged, {12}, options);
  EXPECT_TRUE(result.converged);
  EXPECT_LE(result.value, rugged({result.best[0] + 1}));
  EXPECT_LE(result.value, rugged({result.best[0] - 1}));
}

TEST(PatternSearch, SmallGainsDoNotCount) {
  PatternSearchOptions options;
  options.least_gain = 0.5;
  const auto slope = [](const LatticePoint& at) { return -0.01 * at[0]; };
  const auto result = pattern_search(slope, {0}, options);
  EXPECT_EQ(result.best, LatticePoint{0});
  EXPECT_EQ(result.evaluations, 9U);  // the start, and both sides at steps 8, 4, 2, 1
}

TEST(PatternSearch, StopsWhenCancelledAndKeepsTheBestSoFar) {
  for (std::size_t allowed = 1; allowed < 30; ++allowed) {
    std::size_t asked = 0;
    PatternSearchOptions options;
    options.cancelled = [&] { return asked >= allowed; };
    const auto result = pattern_search(
        [&](const LatticePoint& at) {
          ++asked;
          return bowl(at, {20, -7}) + 1;
        },
        {0, 0}, options);
    EXPECT_EQ(result.evaluations, allowed);
    EXPECT_FALSE(result.converged);
    EXPECT_EQ(result.value, bowl(result.best, {20, -7}) + 1);
  }
}

}  // namespace
}  // namespace delian
