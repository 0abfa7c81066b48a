#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "delian/landing.hpp"
#include "delian/score.hpp"

namespace delian {
namespace {

const std::vector<double> position{20, 60, 100};
const std::vector<double> influence{1, 2, 1};
const std::vector<double> condorcet{0.2, 0.5, 0.3};

double sum(const ScaleDistribution& p) {
  return std::accumulate(p.begin(), p.end(), 0.0);
}

TEST(LandingMixture, AtomsStandAtThePositions) {
  const auto p = LandingMixture(position, influence, condorcet)
                     .component(LandingComponent::condorcet_atoms, 0);
  EXPECT_DOUBLE_EQ(p[20], 0.2);
  EXPECT_DOUBLE_EQ(p[60], 0.5);
  EXPECT_DOUBLE_EQ(p[100], 0.3);
}

TEST(LandingMixture, MidpointIsHalfWayBetweenTheExtremes) {
  const auto p =
      LandingMixture(position, influence, condorcet).component(LandingComponent::midpoint, 0);
  EXPECT_DOUBLE_EQ(p[60], 1);
}

// By hand: mean 64; weighted variance (1 * 40^2 + 0 + 1 * 40^2) / 4 = 800, deviation 28.28, half of
// it 14.142. P(at or below 60) = Phi((60.5 - 64) / 14.142) = Phi(-0.24749) = 0.40227. Below 20 lies
// Phi((20.5 - 64) / 14.142) = Phi(-3.0759) = 0.00105, which lies on 20.
TEST(LandingMixture, RangeNormalByHand) {
  const auto p =
      LandingMixture(position, influence, condorcet).component(LandingComponent::range_normal, 0.5);
  double up_to_60 = 0;
  for (std::size_t t = 0; t <= 60; ++t) up_to_60 += p[t];
  EXPECT_NEAR(up_to_60, 0.40227, 1e-5);
  EXPECT_NEAR(p[20], 0.00105, 5e-6);
  EXPECT_EQ(p[19], 0);
  // Beyond 100 lies Phi(-(99.5 - 64) / 14.142) = 0.00603, which lies on 100.
  EXPECT_NEAR(p[100], 0.00603, 5e-6);
}

TEST(LandingMixture, IsTheWeightedSumOfItsComponents) {
  const LandingMixture mixture(position, influence, condorcet);
  const LandingWeights weights{"test", {0.4, 0.3, 0.2, 0.1}, 0.7, ""};
  ScaleDistribution whole{};
  mixture.add_to(whole, weights);
  for (std::size_t t = 0; t < scale_points; ++t) {
    double by_hand = 0;
    for (std::size_t k = 0; k < landing_components; ++k) {
      by_hand += weights.weight[k] * mixture.component(static_cast<LandingComponent>(k), 0.7)[t];
    }
    EXPECT_NEAR(whole[t], by_hand, 1e-15);
  }
}

RC_GTEST_PROP(LandingMixture, EveryComponentIsADistribution, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 9);
  std::vector<double> x;
  std::vector<double> w;
  std::vector<double> p(n, 1.0 / static_cast<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(*rc::gen::inRange(0, 10001) / 100.0);
    w.push_back(*rc::gen::inRange(1, 1000) / 10.0);
  }
  const LandingMixture mixture(x, w, p);
  for (std::size_t k = 0; k < landing_components; ++k) {
    const auto component = mixture.component(static_cast<LandingComponent>(k), 0.5);
    RC_ASSERT(std::fabs(sum(component) - 1) < 1e-12);
    for (const double v : component) RC_ASSERT(v >= 0);
  }
}

TEST(LandingMixture, OneActorAloneIsCertainButForTheUniform) {
  const std::vector<double> at{42.4};
  const std::vector<double> one{1};
  ScaleDistribution whole{};
  LandingMixture(at, one, one).add_to(whole, landing_weights());
  EXPECT_GT(whole[42], 0.9);
  EXPECT_EQ(quantile_of(whole, 0.5), 42);
}

TEST(LandingWeights, SumToOneAndSayWhereTheyComeFrom) {
  const LandingWeights& w = landing_weights();
  EXPECT_NEAR(std::accumulate(w.weight.begin(), w.weight.end(), 0.0), 1, 1e-12);
  EXPECT_FALSE(w.provenance.empty());
}

TEST(ProbabilityWithin, CountsBothEnds) {
  ScaleDistribution p{};
  p[40] = 0.25;
  p[70] = 0.5;
  p[71] = 0.25;
  EXPECT_DOUBLE_EQ(probability_within(p, {40, 70}), 0.75);
}

}  // namespace
}  // namespace delian
