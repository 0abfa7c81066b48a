#include <gtest/gtest.h>

#include "support/problems.hpp"

namespace delian {
namespace {

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

}  // namespace
}  // namespace delian
