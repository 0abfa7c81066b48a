#include "numerics/quadrature.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace delian::numerics {
namespace {

// x^k over [0, 1] is 1 / (k + 1), exactly up to degree 2 n - 1 and not beyond.
TEST(GaussLegendre, IntegratesPolynomialsOfItsDegree) {
  for (std::size_t n = 1; n <= 40; ++n) {
    const Quadrature rule = gauss_legendre(n);
    ASSERT_EQ(rule.point.size(), n);
    for (std::size_t degree = 0; degree <= 2 * n; ++degree) {
      double sum = 0;
      for (std::size_t k = 0; k < n; ++k) {
        sum += rule.weight[k] * std::pow(rule.point[k], static_cast<double>(degree));
      }
      const double error = std::abs(sum - 1 / static_cast<double>(degree + 1));
      if (degree < 2 * n) {
        EXPECT_LT(error, 1e-15) << n << " points, degree " << degree;
      } else if (n <= 8) {
        EXPECT_GT(error, 1e-12) << n << " points, degree " << degree;
      }
    }
  }
}

TEST(GaussLegendre, KeepsItsPrecisionWithManyPoints) {
  for (const std::size_t n : {100U, 251U, 500U}) {
    const Quadrature rule = gauss_legendre(n);
    EXPECT_NEAR(std::accumulate(rule.weight.begin(), rule.weight.end(), 0.0), 1, 2e-14);
    double root = 0;
    for (std::size_t k = 0; k < n; ++k) {
      root += rule.weight[k] * std::sqrt(rule.point[k]);
    }
    EXPECT_TRUE(std::is_sorted(rule.point.begin(), rule.point.end()));
    for (std::size_t k = 0; k < n / 2; ++k) EXPECT_EQ(rule.point[n - 1 - k], 1 - rule.point[k]);
    // No polynomial: the error falls with n^-3.
    EXPECT_NEAR(root, 2.0 / 3, .11 / std::pow(n, 3));
  }
}

// Abramowitz and Stegun 25.4: two points lie at (1 -+ 1 / sqrt 3) / 2.
TEST(GaussLegendre, TwoPoints) {
  const Quadrature rule = gauss_legendre(2);
  EXPECT_NEAR(rule.point[0], (1 - 1 / std::sqrt(3.0)) / 2, 1e-16);
  EXPECT_DOUBLE_EQ(rule.weight[0], .5);
}

}  // namespace
}  // namespace delian::numerics
