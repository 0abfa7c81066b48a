#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "models/power/methods.hpp"
#include "numerics/quadrature.hpp"
#include "reference/plain_power.hpp"
#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::any_in;
using delian::testing::any_rule;
using delian::testing::body_rule;
using delian::testing::game_of;

constexpr std::array every_method{Method::closed_form, Method::enumeration,
                                  Method::meet_in_the_middle, Method::integral};

std::vector<double> any_chances(std::size_t n) {
  std::vector<double> p;
  for (std::size_t i = 0; i < n; ++i) {
    p.push_back(any_in(0, 101) / 100.0);  // with certain ones among them
  }
  return p;
}

RC_GTEST_PROP(PassProbability, EveryMethodAgreesWithTheDefinition, ()) {
  const Rule rule = *any_rule(1, 9);
  const reference::PlainPower plain(rule);
  const SimpleGame game(rule);
  const std::vector<double> p = any_chances(game.members());
  for (const Method method : every_method) {
    if (refusal(method, game.form())) continue;
    const PassProbability found = pass_probability(game, p, method).value();
    RC_ASSERT(std::abs(found.probability - plain.passes(p)) < 1e-13);
    for (std::size_t i = 0; i < p.size(); ++i) {
      RC_ASSERT(std::abs(found.gradient[i] - plain.gradient(p, i)) < 1e-13);
    }
  }
}

RC_GTEST_PROP(PassProbability, CoinsGivePowerToActAndBanzhafMeasures, ()) {
  const SimpleGame game(*any_rule(2, 12));
  const Indices a_priori = indices(game).value();
  const PassProbability found =
      pass_probability(game, std::vector<double>(game.members(), .5)).value();
  RC_ASSERT(std::abs(found.probability - a_priori.act) < 1e-14);
  for (std::size_t i = 0; i < game.members(); ++i) {
    RC_ASSERT(std::abs(found.gradient[i] - a_priori.members[i].banzhaf_measure) < 1e-14);
  }
}

// Owen 1972.
RC_GTEST_PROP(PassProbability, ItsGradientAlongTheDiagonalIntegratesToShapleyShubik, ()) {
  const SimpleGame game(*any_rule(2, 11));
  const Indices a_priori = indices(game).value();
  const numerics::Quadrature rule = numerics::gauss_legendre((game.members() + 1) / 2);
  std::vector<double> integral(game.members(), 0);
  for (std::size_t k = 0; k < rule.point.size(); ++k) {
    const std::vector<double> p(game.members(), rule.point[k]);
    const PassProbability found = pass_probability(game, p).value();
    for (std::size_t i = 0; i < p.size(); ++i) integral[i] += rule.weight[k] * found.gradient[i];
  }
  for (std::size_t i = 0; i < integral.size(); ++i) {
    RC_ASSERT(std::abs(integral[i] - a_priori.members[i].shapley_shubik) < 1e-13);
  }
}

RC_GTEST_PROP(PassProbability, RisesWithEveryChance, ()) {
  const SimpleGame game(*any_rule(2, 10));
  std::vector<double> p = any_chances(game.members());
  const PassProbability before = pass_probability(game, p).value();
  const auto i = any_in<std::size_t>(0, p.size());
  const double rise = (1 - p[i]) / 2;
  p[i] += rise;
  const PassProbability after = pass_probability(game, p).value();
  RC_ASSERT(before.gradient[i] >= -1e-15);
  // f is linear in each chance.
  RC_ASSERT(std::abs(after.probability - before.probability - rise * before.gradient[i]) < 1e-13);
}

TEST(PassProbability, UnderConsensusTheLeastWillingIsTheBestTarget) {
  const SimpleGame game(body_rule("nato", {2023, 7, 11}, "consensus"));
  std::vector<double> p(31, .9);
  p[7] = .4;
  p[9] = 0;
  PassProbability found = pass_probability(game, p).value();
  EXPECT_EQ(found.probability, 0);
  EXPECT_NEAR(found.gradient[9], std::pow(.9, 29) * .4, 1e-15);
  EXPECT_EQ(found.gradient[7], 0);
  p[9] = .9;
  found = pass_probability(game, p).value();
  EXPECT_EQ(std::max_element(found.gradient.begin(), found.gradient.end()) - found.gradient.begin(),
            7);
}

// Poisson-binomial: with p = 0.6 for all, P(at least 129 of 193) by its own recurrence.
TEST(PassProbability, LargeBodiesOfEquals) {
  const SimpleGame game = game_of(std::vector<double>(193, 1), 129);
  std::vector<double> heads{1};
  for (int i = 0; i < 193; ++i) {
    heads.push_back(0);
    for (std::size_t k = heads.size(); k-- > 0;) {
      heads[k] = heads[k] * .4 + (k > 0 ? heads[k - 1] * .6 : 0);
    }
  }
  double passes = 0;
  for (std::size_t k = 129; k < heads.size(); ++k) passes += heads[k];
  EXPECT_NEAR(pass_probability(game, std::vector<double>(193, .6)).value().probability, passes,
              1e-14);
}

TEST(PassProbability, RefusesChancesThatAreNone) {
  const SimpleGame game = game_of({3, 2, 1}, 4);
  const auto codes = [&](std::vector<double> p) {
    std::vector<std::string> found;
    const auto result = pass_probability(game, p);
    if (!result) {
      for (const Diagnostic& problem : result.error()) {
        found.push_back(problem.code + " " + problem.place.pointer);
      }
    }
    return found;
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(codes({.5, .5}), ElementsAre("E411 p"));
  EXPECT_THAT(codes({.5, 1.5, -0.1}), ElementsAre("E411 p[1]", "E411 p[2]"));
  EXPECT_THAT(codes({.5, std::numeric_limits<double>::quiet_NaN(), .5}), ElementsAre("E411 p[1]"));
  EXPECT_THAT(codes({0, 1, .5}), ElementsAre());
  const SimpleGame large = game_of(std::vector<double>(1001, 1), 501);
  EXPECT_EQ(pass_probability(large, std::vector<double>(1001, .5)).error().front().code, "E410");
}

}  // namespace
}  // namespace delian::power
