#include "numerics/elementary.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cstring>
#include <limits>
#include <vector>

#include "delian/random.hpp"

namespace delian::numerics {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double smallest = std::numeric_limits<double>::denorm_min();

/// Distance from the true value in units of the last place of a double of that size.
double ulps(double got, long double wanted) {
  int exponent = 0;
  std::frexp(static_cast<double>(wanted), &exponent);
  const long double unit = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::fabs(static_cast<long double>(got) - wanted) / unit);
}

double relative(double got, long double wanted) {
  return static_cast<double>(std::fabs((static_cast<long double>(got) - wanted) / wanted));
}

/// Numbers spread evenly over [low, high), the same in every run.
std::vector<double> spread_over(double low, double high, std::size_t count = 50'000) {
  std::vector<double> x(count);
  Stream(1, "elementary").fill(0, x.data(), count);
  for (double& value : x) value = low + (high - low) * value;
  return x;
}

TEST(Exp, IsWithinOneUlp) {
  for (const auto& [low, high] : {std::pair{-708.0, 709.0}, {-1.0, 1.0}, {-1e-8, 1e-8}}) {
    for (const double x : spread_over(low, high)) {
      ASSERT_LE(ulps(exp(x), std::exp(static_cast<long double>(x))), 1.0) << x;
    }
  }
}

TEST(Exp, EndsWhereTheDoubleRangeEnds) {
  EXPECT_EQ(exp(0.0), 1);
  EXPECT_EQ(exp(-0.0), 1);
  EXPECT_TRUE(std::isfinite(exp(709.78)));
  EXPECT_EQ(exp(709.79), inf);
  EXPECT_EQ(exp(inf), inf);
  EXPECT_EQ(exp(1e308), inf);
  EXPECT_EQ(exp(-inf), 0);
  EXPECT_EQ(exp(-1e308), 0);
  EXPECT_EQ(exp(-745.1), smallest);
  EXPECT_LE(ulps(exp(-730.0), std::exp(-730.0L)), 1.0) << "below the normal range";
  EXPECT_TRUE(std::isnan(exp(std::nan(""))));
}

TEST(Log, IsWithinOneUlp) {
  for (const auto& [low, high] : {std::pair{0.0, 1.0}, {0.5, 2.0}, {0.999, 1.001}, {1.0, 1e300}}) {
    for (const double x : spread_over(low, high)) {
      ASSERT_LE(ulps(log(x), std::log(static_cast<long double>(x))), 1.0) << x;
    }
  }
  for (const double x : {smallest, 12345 * smallest, 0x1p-1022, 0x1.fffffffffffffp1023}) {
    EXPECT_LE(ulps(log(x), std::log(static_cast<long double>(x))), 1.0) << x;
  }
}

TEST(Log, HasItsLimits) {
  EXPECT_EQ(log(1.0), 0);
  EXPECT_EQ(log(0.0), -inf);
  EXPECT_EQ(log(inf), inf);
  for (const double x : {-smallest, -1.0, -inf, std::nan("")}) EXPECT_TRUE(std::isnan(log(x))) << x;
}

TEST(Pow, IsWithinItsStatedError) {
  for (const double y : {0.5, 0.7542, 1.0, 1.9649, 2.0, 7.3, -1.5, 300.0}) {
    for (const auto& [low, high] : {std::pair{0.0, 1.0}, {0.9, 1.1}, {0.0, 1e-9}, {1.0, 10.0}}) {
      for (const double x : spread_over(low, high, 5'000)) {
        const long double exponent = y * std::log(static_cast<long double>(x));
        if (std::fabs(exponent) > 700) continue;
        ASSERT_LE(ulps(pow(x, y), std::exp(exponent)),
                  2 + 2 * std::fabs(static_cast<double>(exponent)))
            << x << "^" << y;
      }
    }
  }
  for (const double y : {0.5, 1.1, 2.0}) {
    for (const double x : spread_over(0, 1, 5'000)) {
      ASSERT_LT(std::fabs(pow(x, y) - std::pow(static_cast<long double>(x), y)), 0x1p-51L);
    }
  }
}

TEST(Pow, HasItsLimits) {
  EXPECT_EQ(pow(0.0, 0.5), 0);
  EXPECT_EQ(pow(0.0, -0.5), inf);
  EXPECT_EQ(pow(0.0, 0.0), 1);
  EXPECT_EQ(pow(1.0, 1.7), 1);
  EXPECT_EQ(pow(5.0, 0.0), 1);
  EXPECT_EQ(pow(inf, 2.0), inf);
  EXPECT_TRUE(std::isnan(pow(-1.0, 2.0)));
  EXPECT_TRUE(std::isnan(pow(std::nan(""), 2.0)));
}

TEST(Logistic, IsWithinThreeUlpsAndReachesItsLimits) {
  for (const double x : spread_over(-700, 40)) {
    ASSERT_LE(ulps(logistic(x), 1 / (1 + std::exp(-static_cast<long double>(x)))), 3.0) << x;
  }
  EXPECT_EQ(logistic(0.0), 0.5);
  EXPECT_EQ(logistic(inf), 1);
  EXPECT_EQ(logistic(-inf), 0);
  EXPECT_TRUE(std::isnan(logistic(std::nan(""))));
}

TEST(Logit, IsWithinFiveUlpsAndReachesItsLimits) {
  for (const auto& [low, high] : {std::pair{0.0, 1.0}, {0.49, 0.51}, {0.0, 1e-9}, {0.41, 0.59}}) {
    for (const double p : spread_over(low, high)) {
      ASSERT_LE(ulps(logit(p), 2 * std::atanh(2 * static_cast<long double>(p) - 1)),
                p < 0.1 || p > 0.9 ? 1e9 : 5.0)
          << p;
      const auto exact = static_cast<long double>(p);
      ASSERT_LE(ulps(logit(p), std::log(exact) - std::log1p(-exact)),
                p > 0.4 && p < 0.6 ? 1e9 : 5.0)
          << p;
    }
  }
  EXPECT_EQ(logit(0.5), 0);
  EXPECT_EQ(logit(0.0), -inf);
  EXPECT_EQ(logit(1.0), inf);
  EXPECT_TRUE(std::isnan(logit(-0.1)));
  EXPECT_TRUE(std::isnan(logit(1.1)));
}

TEST(NormalQuantile, AgreesWithBoost) {
  const boost::math::normal_distribution<long double> normal;
  for (const auto& [low, high] : {std::pair{0.0, 1.0}, {0.0, 1e-3}, {0.0, 1e-12}, {0.07, 0.08}}) {
    for (const double p : spread_over(low, high, 5'000)) {
      ASSERT_LT(relative(normal_quantile(p), quantile(normal, static_cast<long double>(p))), 1e-15)
          << p;
    }
  }
  EXPECT_LT(relative(normal_quantile(1e-300), quantile(normal, 1e-300L)), 1e-15);
}

TEST(NormalQuantile, HasItsLimits) {
  EXPECT_EQ(normal_quantile(0.5), 0);
  EXPECT_EQ(normal_quantile(0.0), -inf);
  EXPECT_EQ(normal_quantile(1.0), inf);
  for (const double p : {-0.1, 1.1, std::nan("")}) EXPECT_TRUE(std::isnan(normal_quantile(p))) << p;
}

TEST(NormalCdf, AgreesWithBoost) {
  const boost::math::normal_distribution<long double> normal;
  for (const auto& [low, high] : {std::pair{-37.5, 0.0}, {-3.0, 0.0}}) {
    for (const double z : spread_over(low, high, 5'000)) {
      const auto exact = static_cast<long double>(z);
      ASSERT_LT(relative(normal_cdf(z), cdf(normal, exact)), 1e-15) << z;
      ASSERT_LT(std::fabs(normal_cdf(-z) - cdf(normal, -exact)), 4e-16L) << z;
    }
  }
  EXPECT_EQ(normal_cdf(0.0), 0.5);
  EXPECT_EQ(normal_cdf(inf), 1);
  EXPECT_EQ(normal_cdf(-inf), 0);
  EXPECT_TRUE(std::isnan(normal_cdf(std::nan(""))));
}

struct Named {
  const char* name;
  double (*one)(double);
  void (*each)(const double*, double*, std::size_t);
  double low, high;
  std::uint64_t bits;  // FNV-1a over the results on 10,001 even steps from low to high
};

std::ostream& operator<<(std::ostream& out, const Named& function) {
  return out << function.name;
}

class Elementary : public testing::TestWithParam<Named> {};

// A different number here means a different answer on this machine or with this compiler.
TEST_P(Elementary, GivesTheSameBitsEverywhere) {
  const Named& f = GetParam();
  std::vector<double> x(10'001), y(x.size());
  for (std::size_t k = 0; k < x.size(); ++k) {
    x[k] = f.low + (f.high - f.low) * (static_cast<double>(k) / 10'000);
  }
  f.each(x.data(), y.data(), x.size());
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (std::size_t k = 0; k < x.size(); ++k) {
    ASSERT_EQ(std::bit_cast<std::uint64_t>(y[k]), std::bit_cast<std::uint64_t>(f.one(x[k])))
        << f.name << " of " << x[k] << " depends on the loop around it";
    hash = (hash ^ std::bit_cast<std::uint64_t>(y[k])) * 0x100000001b3U;
  }
  EXPECT_EQ(hash, f.bits) << f.name << std::hex << " 0x" << hash;
  f.each(x.data(), x.data(), x.size());
  EXPECT_EQ(0, std::memcmp(x.data(), y.data(), x.size() * sizeof(double))) << "in place";
}

double pow_0_7(double x) {
  return pow(x, 0.7);
}
void pow_0_7_each(const double* x, double* out, std::size_t count) {
  pow_each(x, 0.7, out, count);
}

INSTANTIATE_TEST_SUITE_P(
    Grid, Elementary,
    testing::Values(Named{"exp", exp, exp_each, -750, 720, 0xb255ca1eb1e0e42},
                    Named{"log", log, log_each, 0, 5, 0xe66b0503728a7cbe},
                    Named{"pow", pow_0_7, pow_0_7_each, 0, 5, 0x813b2ccffefd3c4e},
                    Named{"logistic", logistic, logistic_each, -750, 50, 0x908e7322ac2691c1},
                    Named{"logit", logit, logit_each, 0, 1, 0x1663fb09c6b56ab9},
                    Named{"normal_quantile", normal_quantile, normal_quantile_each, 0, 1,
                          0x82039cf983ed4c5e},
                    Named{"normal_cdf", normal_cdf, normal_cdf_each, -41, 9, 0x62f902036a2e0261}),
    [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace delian::numerics
