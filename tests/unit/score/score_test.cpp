#include "delian/score.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "delian/random.hpp"

namespace delian {
namespace {

std::vector<double> certain(std::size_t at, std::size_t points = 101) {
  std::vector<double> p(points, 0);
  p[at] = 1;
  return p;
}

std::vector<double> any_distribution(std::size_t points) {
  auto p = *rc::gen::container<std::vector<double>>(
      points, rc::gen::map(rc::gen::inRange(0, 1000), [](int k) { return k / 1000.0 + 1e-6; }));
  const double sum = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& v : p) v /= sum;
  return p;
}

TEST(BrierScore, IsTheSquaredMiss) {
  EXPECT_DOUBLE_EQ(brier_score(0.7, true), 0.09);
  EXPECT_DOUBLE_EQ(brier_score(0.7, false), 0.49);
}

TEST(LogScore, IsInNatsAndNeverInfinite) {
  EXPECT_DOUBLE_EQ(log_score(1), 0);
  EXPECT_NEAR(log_score(0.5), 0.6931471805599453, 1e-15);
  EXPECT_NEAR(log_score(0), -std::log(1e-4), 1e-12);
}

// A certain forecast is scored by its absolute error, between points too.
TEST(ContinuousRankedProbabilityScore, OfACertainForecastIsTheAbsoluteError) {
  EXPECT_DOUBLE_EQ(continuous_ranked_probability_score(certain(30), 70), 40);
  EXPECT_DOUBLE_EQ(continuous_ranked_probability_score(certain(30), 30), 0);
  EXPECT_DOUBLE_EQ(continuous_ranked_probability_score(certain(30), 12.25), 17.75);
}

// By hand: half on 0, half on 10, outcome 4. (1/2)^2 over 4 points and (1/2)^2 over 6.
TEST(ContinuousRankedProbabilityScore, OfTwoAtomsByHand) {
  std::vector<double> p(101, 0);
  p[0] = p[10] = 0.5;
  EXPECT_DOUBLE_EQ(continuous_ranked_probability_score(p, 4), 2.5);
}

// E|X - y| - E|X - X'| / 2, the other definition (Gneiting & Raftery 2007, eq. 21).
RC_GTEST_PROP(ContinuousRankedProbabilityScore, EqualsItsEnergyForm, ()) {
  const auto p = any_distribution(11);
  const double y = *rc::gen::inRange(0, 1001) / 100.0;
  double energy = 0;
  for (std::size_t a = 0; a < p.size(); ++a) {
    energy += p[a] * std::fabs(static_cast<double>(a) - y);
    for (std::size_t b = 0; b < p.size(); ++b) {
      const double apart = std::fabs(static_cast<double>(a) - static_cast<double>(b));
      energy -= 0.5 * p[a] * p[b] * apart;
    }
  }
  RC_ASSERT(std::fabs(continuous_ranked_probability_score(p, y) - energy) < 1e-9);
}

// Proper: nobody gains on average by saying something other than the truth.
RC_GTEST_PROP(ContinuousRankedProbabilityScore, TheTruthScoresBestOnAverage, ()) {
  const auto truth = any_distribution(11);
  const auto other = any_distribution(11);
  double own = 0;
  double others = 0;
  for (std::size_t y = 0; y < truth.size(); ++y) {
    const auto outcome = static_cast<double>(y);
    own += truth[y] * continuous_ranked_probability_score(truth, outcome);
    others += truth[y] * continuous_ranked_probability_score(other, outcome);
  }
  RC_ASSERT(own <= others + 1e-12);
}

TEST(IntegralTransform, SpansTheAtomOfTheOutcome) {
  std::vector<double> p(101, 0);
  p[0] = 0.25;
  p[50] = 0.5;
  p[100] = 0.25;
  const IntegralTransform at = integral_transform(p, 50);
  EXPECT_DOUBLE_EQ(at.below, 0.25);
  EXPECT_DOUBLE_EQ(at.at_or_below, 0.75);
  const IntegralTransform between = integral_transform(p, 60);
  EXPECT_DOUBLE_EQ(between.below, 0.75);
  EXPECT_DOUBLE_EQ(between.at_or_below, 0.75);
}

TEST(TransformHistogram, SpreadsEachOutcomeOverItsInterval) {
  const std::vector<IntegralTransform> two{{0.0, 0.5}, {1.0, 1.0}};
  const std::vector<double> histogram = transform_histogram(two, 4);
  EXPECT_EQ(histogram, (std::vector<double>{0.5, 0.5, 0, 1}));
}

// Outcomes drawn from the forecast itself give a flat histogram: 4 standard errors, fixed seed.
TEST(TransformHistogram, OfCalibratedForecastsIsFlat) {
  const Stream stream(11, "outcome");
  std::vector<double> p(101, 0);
  p[0] = 0.3;
  p[20] = 0.5;
  p[100] = 0.2;
  std::vector<IntegralTransform> transforms;
  constexpr std::size_t n = 4000;
  for (std::size_t i = 0; i < n; ++i) {
    transforms.push_back(integral_transform(p, quantile_of(p, stream.uniform(i))));
  }
  const double limit = 4 * std::sqrt(0.1 * 0.9 * n);
  for (const double count : transform_histogram(transforms, 10)) EXPECT_NEAR(count, 0.1 * n, limit);
}

TEST(QuantileOf, IsTheFirstPointThatReachesTheShare) {
  std::vector<double> p(101, 0);
  p[10] = 0.5;
  p[20] = 0.5;
  EXPECT_EQ(quantile_of(p, 0.5), 10);
  EXPECT_EQ(quantile_of(p, 0.51), 20);
  EXPECT_EQ(quantile_of(p, 1), 20);
}

TEST(ReliabilityTable, GroupsForecastsByBand) {
  const std::vector<double> p{0.1, 0.15, 0.95, 1.0};
  const std::vector<std::uint8_t> happened{0, 1, 1, 1};
  const auto rows = reliability_table(p, happened, 5);
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].count, 2);
  EXPECT_DOUBLE_EQ(rows[0].observed, 0.5);
  EXPECT_DOUBLE_EQ(rows[1].mean_forecast, 0.975);
}

TEST(BootstrapMean, IntervalHoldsTheMeanAndShrinksWithGroups) {
  std::vector<double> few;
  std::vector<double> many;
  std::vector<std::string> few_groups;
  std::vector<std::string> many_groups;
  const Stream stream(3, "values");
  for (std::size_t i = 0; i < 400; ++i) {
    const double v = stream.uniform(i);
    if (i < 25) {
      few.push_back(v);
      few_groups.push_back(std::to_string(i));
    }
    many.push_back(v);
    many_groups.push_back(std::to_string(i));
  }
  const BootstrapMean a = bootstrap_mean(few, few_groups, 1);
  const BootstrapMean b = bootstrap_mean(many, many_groups, 1);
  EXPECT_LT(a.low, a.mean);
  EXPECT_GT(a.high, a.mean);
  EXPECT_LT(b.high - b.low, a.high - a.low);
  // The width of a normal interval of 400 uniforms, 2 * 1.96 * sqrt(1/12/400), within a tenth.
  EXPECT_NEAR(b.high - b.low, 0.0566, 0.0057);
}

TEST(BootstrapMean, OneGroupCannotBeResampled) {
  const BootstrapMean one =
      bootstrap_mean(std::vector<double>{1, 5}, std::vector<std::string>{"a", "a"}, 1);
  EXPECT_DOUBLE_EQ(one.low, 3);
  EXPECT_DOUBLE_EQ(one.high, 3);
}

TEST(FoldsByGroup, DealsGroupsInNumericOrder) {
  const std::vector<std::string> group{"10", "9", "10", "100", "b", "a"};
  EXPECT_EQ(folds_by_group(group, 3), (std::vector<std::size_t>{1, 0, 1, 2, 1, 0}));
}

}  // namespace
}  // namespace delian
