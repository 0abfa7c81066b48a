#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "delian/random.hpp"
#include "delian/uncertain.hpp"

namespace delian {
namespace {

QuantileFunction quantiles(const std::string& text, Support support = Support::scale,
                           double interval = 0.9) {
  return {Uncertain::parse(text, support, "x").value(), interval};
}

TEST(QuantileFunction, HitsTheStatedPoints) {
  const QuantileFunction scale = quantiles("5 (1 to 20)");
  EXPECT_NEAR(scale(0.05), 1, 1e-9);
  EXPECT_NEAR(scale(0.5), 5, 1e-9);
  EXPECT_NEAR(scale(0.95), 20, 1e-9);
  const QuantileFunction positive = quantiles("5 (1 to 200)", Support::positive, 0.5);
  EXPECT_NEAR(positive(0.25), 1, 1e-9);
  EXPECT_NEAR(positive(0.5), 5, 1e-9);
  EXPECT_NEAR(positive(0.75), 200, 1e-9);
}

TEST(QuantileFunction, ARangeTakesTheMiddleOfTheTransformedAxis) {
  EXPECT_NEAR(quantiles("1 to 100", Support::positive)(0.5), 10, 1e-12);
  EXPECT_NEAR(quantiles("20 to 80")(0.5), 50, 1e-12);
}

TEST(QuantileFunction, EndsOfTheScaleCountJustInside) {
  const QuantileFunction q = quantiles("0 to 100");
  EXPECT_NEAR(q(0.05), QuantileFunction::edge, 1e-9);
  EXPECT_NEAR(q(0.95), 100 - QuantileFunction::edge, 1e-9);
}

TEST(QuantileFunction, ExactIsExactAlsoAtTheEnds) {
  for (const char* text : {"0", "100", "33.3"}) {
    EXPECT_EQ(quantiles(text)(0.01), std::stod(text));
    EXPECT_EQ(quantiles(text)(0.99), std::stod(text));
  }
}

TEST(QuantileFunction, UnknownIsFlat) {
  for (const double u : {0.01, 0.3, 0.999}) EXPECT_EQ(quantiles("unknown")(u), 100 * u);
}

TEST(QuantileFunction, BranchesTakeTheirSharesInOrder) {
  const QuantileFunction q = quantiles("20%: 90 | 50% middle: unknown | 30%: 40 (25 to 60)");
  EXPECT_EQ(q(0.1999), 90);
  EXPECT_NEAR(q(0.2 + 0.5 * 0.25), 25, 1e-9);
  EXPECT_NEAR(q(0.7 + 0.3 * 0.5), 40, 1e-9);
  EXPECT_NEAR(q(0.7 + 0.3 * 0.95), 60, 1e-9);
}

TEST(QuantileFunction, StaysFiniteInTheFarthestTail) {
  const QuantileFunction q = quantiles(
      "1000000000000000000000000000 (0.0000000000000000000000001 to "
      "100000000000000000000000000000)",
      Support::positive, 0.01);
  for (const double u : {0x1p-53, 0.5, 1 - 0x1p-53}) {
    EXPECT_TRUE(std::isfinite(q(u)));
    EXPECT_GT(q(u), 0);
  }
}

TEST(QuantileFunction, FillGivesTheBitsOfTheCallAlsoInPlace) {
  const Stream stream(3, "x");
  for (const char* text : {"90", "unknown", "10 to 30", "5 (1 to 20)",
                           "20%: 90 | 50%: unknown | 30%: 40 (25 to 60)", "50%: 1 | 50%: 2"}) {
    const QuantileFunction q = quantiles(text);
    for (const std::size_t n : {0U, 1U, 3U, 256U, 1001U}) {
      std::vector<double> u(n), out(n);
      stream.fill(0, u.data(), n);
      q.fill(u.data(), out.data(), n);
      for (std::size_t k = 0; k < n; ++k) ASSERT_EQ(out[k], q(u[k])) << text;
      q.fill(u.data(), u.data(), n);
      EXPECT_EQ(u, out) << text;
    }
  }
}

// The share of draws in each stated part, in standard errors.
TEST(QuantileFunctionStatistics, StatedIntervalsHoldTheirShare) {
  constexpr int n = 100'000;
  const Stream stream(20230712, "members.FR.position");
  const QuantileFunction q = quantiles("70%: 5 (1 to 20) | 30%: 60 (50 to 70)");
  std::vector<double> x(n);
  stream.fill(0, x.data(), n);
  q.fill(x.data(), x.data(), n);
  const auto share = [&](double low, double high) {
    return static_cast<double>(
               std::count_if(x.begin(), x.end(), [&](double y) { return y >= low && y < high; })) /
           n;
  };
  const auto within_four_errors = [&](double observed, double expected) {
    return std::fabs(observed - expected) < 4 * std::sqrt(expected * (1 - expected) / n);
  };
  EXPECT_TRUE(within_four_errors(share(1, 20), 0.7 * 0.9));
  EXPECT_TRUE(within_four_errors(share(50, 70), 0.3 * 0.9));
  EXPECT_TRUE(within_four_errors(share(0, 5), 0.35));
  EXPECT_FALSE(within_four_errors(share(1, 20), 0.7 * 0.88)) << "the check has no force";
}

RC_GTEST_PROP(QuantileFunction, RisesWithTheUniformAndStaysInside, ()) {
  const auto point = rc::gen::inRange(1, 10'000);
  std::vector<int> ends{*point, *point, *point};
  std::sort(ends.begin(), ends.end());
  const auto text = [](int hundredths) {
    return std::to_string(hundredths / 100) + "." + (hundredths % 100 < 10 ? "0" : "") +
           std::to_string(hundredths % 100);
  };
  const Support support = *rc::gen::element(Support::scale, Support::positive);
  const QuantileFunction q =
      quantiles(text(ends[1]) + " (" + text(ends[0]) + " to " + text(ends[2]) + ")", support);
  double a = *rc::gen::inRange(1, 1'000'000) * 1e-6, b = *rc::gen::inRange(1, 1'000'000) * 1e-6;
  if (b < a) std::swap(a, b);
  RC_ASSERT(q(a) <= q(b));
  RC_ASSERT(q(a) > 0);
  RC_ASSERT(support == Support::positive || q(b) < 100);
}

}  // namespace
}  // namespace delian
