#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "models/power/methods.hpp"
#include "reference/plain_power.hpp"
#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::any_in;
using delian::testing::any_rule;
using delian::testing::any_weighted_game;
using delian::testing::any_weights;
using delian::testing::body_rule;
using delian::testing::game_of;
using ::testing::HasSubstr;

constexpr std::array every_method{Method::closed_form, Method::enumeration,
                                  Method::meet_in_the_middle, Method::integral};

RC_GTEST_PROP(PowerIndices, EveryMethodAgreesWithTheDefinitions, ()) {
  const Rule rule = *any_rule(1, 10);
  const reference::PlainPower plain(rule);
  const SimpleGame game(rule);
  std::size_t methods = 0;
  for (const Method method : every_method) {
    if (refusal(method, game.form())) continue;
    ++methods;
    const Indices found = indices(game, method).value();
    RC_ASSERT(found.method == method);
    RC_ASSERT(std::abs(found.act * std::exp2(game.members()) - plain.winning()) < 1e-9);
    if (method != Method::integral) RC_ASSERT(found.winning.value() == plain.winning());
    for (std::size_t i = 0; i < game.members(); ++i) {
      const MemberPower& member = found.members[i];
      const double swings = plain.swings(i);
      const double losing = std::exp2(game.members()) - plain.winning();
      RC_ASSERT(std::abs(member.shapley_shubik - plain.shapley_shubik(i)) < 1e-13);
      RC_ASSERT(std::abs(member.banzhaf_measure * std::exp2(game.members() - 1) - swings) < 1e-9);
      RC_ASSERT(std::abs(member.prevent - swings / plain.winning()) < 1e-12);
      RC_ASSERT(std::abs(member.initiate - swings / losing) < 1e-12);
      if (method != Method::integral) RC_ASSERT(member.swings.value() == swings);
    }
  }
  RC_ASSERT(methods > 0U);
  RC_ASSERT(!refusal(indices(game).value().method, game.form()));
}

RC_GTEST_PROP(PowerIndices, SumToOneAndGiveNothingToNullMembers, ()) {
  const Rule rule = *any_rule(2, 12);
  const Indices found = indices(SimpleGame(rule)).value();
  double shapley = 0;
  double banzhaf = 0;
  for (const MemberPower& member : found.members) {
    shapley += member.shapley_shubik;
    banzhaf += member.banzhaf_index;
    RC_ASSERT((member.swings.value() == 0) == (member.shapley_shubik == 0));
    if (member.veto) RC_ASSERT(std::abs(member.prevent - 1) < 1e-12);
    // The Banzhaf measure is the harmonic mean of the two of Coleman.
    if (member.swings != 0) {
      const double mean = 2 / (1 / member.prevent + 1 / member.initiate);
      RC_ASSERT(std::abs(mean - member.banzhaf_measure) < 1e-12);
    }
  }
  RC_ASSERT(std::abs(shapley - 1) < 1e-12);
  RC_ASSERT(std::abs(banzhaf - 1) < 1e-12);
}

RC_GTEST_PROP(PowerIndices, MoreWeightIsNeverLessPower, ()) {
  const std::vector<double> weights = any_weights(any_in<std::size_t>(2, 14), 30);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  RC_PRE(total > 0);
  const SimpleGame game = game_of(weights, any_in(1, static_cast<int>(total) + 1));
  const Indices found = indices(game).value();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t j = 0; j < weights.size(); ++j) {
      if (weights[i] < weights[j]) continue;
      const MemberPower& more = found.members[i];
      const MemberPower& less = found.members[j];
      RC_ASSERT(more.shapley_shubik > less.shapley_shubik - 1e-13);
      RC_ASSERT(more.swings.value() >= less.swings.value());
      RC_ASSERT(weights[i] != weights[j] || more.swings.value() == less.swings.value());
    }
  }
}

// Larger than enumeration by definition can follow, against one another.
RC_GTEST_PROP(PowerIndices, IntegralAndCountingAgree, ()) {
  const SimpleGame game = any_weighted_game(11, 25, 60);
  if (refusal(Method::integral, game.form())) return;
  const Indices counted = indices(game, Method::meet_in_the_middle).value();
  const Indices integrated = indices(game, Method::integral).value();
  RC_ASSERT(std::abs(counted.act - integrated.act) < 1e-13);
  for (std::size_t i = 0; i < game.members(); ++i) {
    const MemberPower& a = counted.members[i];
    const MemberPower& b = integrated.members[i];
    RC_ASSERT(std::abs(a.shapley_shubik - b.shapley_shubik) < 1e-13);
    RC_ASSERT(std::abs(a.banzhaf_measure - b.banzhaf_measure) < 1e-13);
  }
}

// Votes and population with the majority of members: two weights that are not proportional.
TEST(PowerIndices, TwoWeightsMeetInTheMiddleAsTheyAreEnumerated) {
  const SimpleGame game(body_rule("eu", {2010, 1, 1}, "eu-qmv-nice"));
  EXPECT_EQ(game.form().criteria.size(), 1U);
  const auto population = delian::testing::catalog_population("eu-population-2017.toml");
  Rule::Parts parts = body_rule("eu", {2015, 1, 1}, "eu-qmv-nice").parts();
  Criterion people;
  for (const auto& [code, count] : population) people.weight.push_back(count);
  people.quota = .62;
  people.relative = true;
  parts.criteria.push_back(people);
  const SimpleGame checked(Rule::make(std::move(parts), "rule").value());
  ASSERT_EQ(checked.form().criteria.size(), 2U);
  const Indices met = indices(checked).value();
  EXPECT_EQ(met.method, Method::meet_in_the_middle);
  const Indices enumerated = indices(checked, Method::enumeration).value();
  EXPECT_EQ(met.winning, enumerated.winning);
  for (std::size_t i = 0; i < met.members.size(); ++i) {
    EXPECT_EQ(met.members[i].swings, enumerated.members[i].swings);
    EXPECT_DOUBLE_EQ(met.members[i].shapley_shubik, enumerated.members[i].shapley_shubik);
  }
}

// A two-thirds majority of 193: of orders, 1/193 each; a swing is a coalition of 128 others.
TEST(PowerIndices, LargeBodiesOfEqualsHaveAClosedForm) {
  Rule::Parts parts;
  parts.members = 193;
  parts.criteria.resize(1);
  parts.criteria[0].weight.assign(193, 1);
  parts.criteria[0].quota = 129;
  const Indices found = indices(SimpleGame(Rule::make(std::move(parts), "r").value())).value();
  EXPECT_EQ(found.method, Method::closed_form);
  EXPECT_FALSE(found.winning.has_value());  // more than a double counts exactly
  double log2_swings = -192;                // C(192, 128) / 2^192
  for (int k = 1; k <= 64; ++k) log2_swings += std::log2((128.0 + k) / k);
  for (const MemberPower& member : found.members) {
    EXPECT_NEAR(member.shapley_shubik, 1.0 / 193, 1e-15);
    EXPECT_NEAR(std::log2(member.banzhaf_measure), log2_swings, 1e-9);
  }
}

TEST(PowerIndices, ConsensusLessOneInABodyOfFiftySeven) {
  const Rule rule = body_rule("osce", {2023, 1, 1}, "consensus-minus-1");
  const SimpleGame game(rule);
  const Indices found = indices(game).value();
  const std::size_t n = game.members();
  ASSERT_EQ(n, 57U);
  EXPECT_EQ(found.winning, 58);
  EXPECT_EQ(found.members[0].swings, 56);
  EXPECT_NEAR(found.members[0].shapley_shubik, 1.0 / 57, 1e-15);
}

// Fifty large true weights under a clause: nothing exact is left, and the message says why.
TEST(PowerIndices, RefusesWhatNoMethodCanCount) {
  Rule::Parts parts;
  parts.members = 50;
  parts.criteria.resize(1);
  for (int i = 0; i < 50; ++i) parts.criteria[0].weight.push_back(1'000'003 + 77'777 * i * i);
  parts.criteria[0].quota = .65;
  parts.criteria[0].relative = true;
  parts.minimum_blockers = 20;
  const SimpleGame game(Rule::make(std::move(parts), "r").value());
  const auto refused = indices(game);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().code, "E410");
  ASSERT_EQ(refused.error().front().notes.size(), 4U);
  EXPECT_THAT(refused.error().front().notes[1], HasSubstr("without other clauses"));
  EXPECT_FALSE(count_minimal_coalitions(game, CoalitionKind::winning).has_value());
}

TEST(PowerIndices, RefusesAMethodThatDoesNotFit) {
  const SimpleGame game = game_of({4, 4, 4, 2, 2, 1}, 12);
  const auto refused = indices(game, Method::closed_form);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().front().notes.front(), HasSubstr("weights decide"));
  EXPECT_EQ(indices(game_of(std::vector<double>(1001, 1), 501)).error().front().code, "E410");
}

TEST(PowerIndices, OneMemberDecidesAll) {
  const Indices found = indices(game_of({3}, 2)).value();
  EXPECT_DOUBLE_EQ(found.members[0].shapley_shubik, 1);
  EXPECT_DOUBLE_EQ(found.members[0].banzhaf_measure, 1);
  EXPECT_DOUBLE_EQ(found.act, .5);
}

TEST(PowerIndices, CoalitionIndicesRefuseLargeBodies) {
  EXPECT_EQ(coalition_indices(game_of(std::vector<double>(25, 1), 13)).error().front().code,
            "E410");
}

}  // namespace
}  // namespace delian::power
