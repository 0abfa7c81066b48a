#include "numerics/trigonometry.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "delian/random.hpp"

namespace delian::numerics {
namespace {

using Exact = boost::multiprecision::cpp_bin_float_50;

constexpr double pi = std::numbers::pi;
constexpr double smallest = std::numeric_limits<double>::denorm_min();

/// Distance from the true value in units of the last place of a double of that size.
double ulps(double got, const Exact& wanted) {
  int exponent = 0;
  std::frexp(static_cast<double>(wanted), &exponent);
  const Exact unit = ldexp(Exact(1), std::max(exponent - 53, -1074));
  return static_cast<double>(abs(Exact(got) - wanted) / unit);
}

std::vector<double> spread_over(double low, double high, std::size_t count) {
  std::vector<double> x(count);
  Stream(1, "trigonometry").fill(0, x.data(), count);
  for (double& value : x) value = low + (high - low) * value;
  return x;
}

TEST(Sine, IsWithinOneUlp) {
  for (const auto& [low, high] :
       {std::pair{-7.0, 7.0}, {-1e-8, 1e-8}, {-1e6, 1e6}, {pi - 1e-5, pi + 1e-5}, {-0.79, 0.79}}) {
    for (const double x : spread_over(low, high, 4'000)) {
      ASSERT_LE(ulps(sin(x), Exact(sin(Exact(x)))), 1.0) << x;
    }
  }
}

TEST(Cosine, IsWithinOneUlp) {
  for (const auto& [low, high] : {std::pair{-7.0, 7.0},
                                  {-1e-8, 1e-8},
                                  {-1e6, 1e6},
                                  {pi / 2 - 1e-5, pi / 2 + 1e-5},
                                  {-0.79, 0.79}}) {
    for (const double x : spread_over(low, high, 4'000)) {
      ASSERT_LE(ulps(cos(x), Exact(cos(Exact(x)))), 1.0) << x;
    }
  }
}

TEST(Sine, AndCosineAreWithinOneUlpNextToWholeQuarterTurns) {
  for (int k = -400; k <= 400; ++k) {
    const double x = k * (pi / 2);
    ASSERT_LE(ulps(sin(x), Exact(sin(Exact(x)))), 1.0) << k;
    ASSERT_LE(ulps(cos(x), Exact(cos(Exact(x)))), 1.0) << k;
  }
}

TEST(Sine, AndCosineHaveTheirSigns) {
  EXPECT_EQ(sin(0.0), 0);
  EXPECT_EQ(cos(0.0), 1);
  EXPECT_EQ(sin(smallest), smallest);
  EXPECT_EQ(sin(-0.5), -sin(0.5));
  EXPECT_EQ(cos(-0.5), cos(0.5));
  EXPECT_EQ(sin(pi / 2), 1);
  EXPECT_EQ(cos(pi), -1);
  EXPECT_TRUE(std::isnan(sin(std::nan(""))));
  EXPECT_TRUE(std::isnan(cos(std::nan(""))));
}

TEST(Arctangent, IsWithinTwoUlps) {
  const std::vector<double> angles = spread_over(-pi, pi, 10'000);
  const std::vector<double> sizes = spread_over(1e-3, 1e3, 10'000);
  for (std::size_t k = 0; k < angles.size(); ++k) {
    const double x = sizes[k] * std::cos(angles[k]);
    const double y = sizes[k] * std::sin(angles[k]);
    ASSERT_LE(ulps(atan2(y, x), Exact(atan2(Exact(y), Exact(x)))), 2.0) << y << ", " << x;
  }
  for (const double y : spread_over(-1e-9, 1e-9, 2'000)) {
    ASSERT_LE(ulps(atan2(y, 1), Exact(atan(Exact(y)))), 2.0) << y;
    ASSERT_LE(ulps(atan2(y, -1), Exact(atan2(Exact(y), Exact(-1)))), 2.0) << y;
    ASSERT_LE(ulps(atan2(1, y), Exact(atan2(Exact(1), Exact(y)))), 2.0) << y;
  }
}

TEST(Arctangent, KnowsItsAxes) {
  EXPECT_EQ(atan2(0.0, 0.0), 0);
  EXPECT_EQ(atan2(0.0, 1.0), 0);
  EXPECT_EQ(atan2(0.0, -1.0), pi);
  EXPECT_EQ(atan2(-0.0, -1.0), -pi);
  EXPECT_EQ(atan2(1.0, 0.0), pi / 2);
  EXPECT_EQ(atan2(-1.0, 0.0), -pi / 2);
  EXPECT_EQ(atan2(1.0, 1.0), pi / 4);
  EXPECT_EQ(atan2(-1.0, -1.0), -3 * (pi / 4));
  EXPECT_EQ(atan2(3.0, 1e-300), pi / 2);
}

// A different number here means a different answer on this machine or with this compiler.
TEST(Trigonometry, GivesTheSameBitsEverywhere) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto fold = [&hash](double value) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(value)) * 0x100000001b3U;
  };
  for (int k = -5'000; k <= 5'000; ++k) {
    const double x = k / 1'000.0;
    fold(sin(x));
    fold(cos(x));
    fold(atan2(x, 1.25));
    fold(atan2(1.25, x));
    fold(atan2(-x, -0.75));
  }
  EXPECT_EQ(hash, 0x450a3b7b874c7d15U) << std::hex << "0x" << hash;
}

}  // namespace
}  // namespace delian::numerics
