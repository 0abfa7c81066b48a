#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numbers>

#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::any_rule;
using delian::testing::body_rule;
using delian::testing::game_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What the normal form says of a coalition.
bool wins_by_form(const NormalForm& form, const std::vector<std::uint8_t>& coalition) {
  for (const std::size_t v : form.vetoers) {
    if (coalition[v] == 0) return false;
  }
  std::size_t size = 0;
  for (const std::size_t i : form.others) size += coalition[i];
  if (size >= form.win_from) return true;
  if (size < form.weigh_from) return false;
  return std::all_of(form.criteria.begin(), form.criteria.end(), [&](const Rule::YesQuota& c) {
    std::int64_t held = 0;
    for (std::size_t k = 0; k < form.others.size(); ++k) {
      held += coalition[form.others[k]] * c.weight[k];
    }
    return held >= c.quota;
  });
}

RC_GTEST_PROP(SimpleGame, WinsWhatTheRulePasses, ()) {
  const Rule rule = *any_rule(1, 9);
  const SimpleGame game(rule);
  const std::size_t n = game.members();
  std::vector<std::uint8_t> coalition(n);
  std::vector<Vote> votes(n);
  for (std::size_t mask = 0; mask < std::size_t{1} << n; ++mask) {
    for (std::size_t i = 0; i < n; ++i) {
      coalition[i] = mask >> i & 1;
      votes[i] = coalition[i] != 0 ? Vote::yes : Vote::no;
    }
    const bool passes = rule.passes(votes);
    RC_ASSERT(game.wins(coalition) == passes);
    RC_ASSERT(wins_by_form(game.form(), coalition) == passes);
  }
}

RC_GTEST_PROP(SimpleGame, VetoersAreThoseWithoutWhomNothingPasses, ()) {
  const Rule rule = *any_rule(1, 9);
  const SimpleGame game(rule);
  for (std::size_t i = 0; i < game.members(); ++i) {
    std::vector<Vote> votes(game.members(), Vote::yes);
    votes[i] = Vote::no;
    const auto& vetoers = game.form().vetoers;
    RC_ASSERT(std::binary_search(vetoers.begin(), vetoers.end(), i) != rule.passes(votes));
  }
}

// Weights that are no decimals are compared with a tolerance: a third three times is a whole.
TEST(SimpleGame, TakesWeightsThatAreNoDecimals) {
  const SimpleGame thirds = game_of({1.0 / 3, 1.0 / 3, 1.0 / 3, std::numbers::sqrt2}, 1);
  EXPECT_TRUE(thirds.wins(std::vector<std::uint8_t>{1, 1, 1, 0}));
  EXPECT_FALSE(thirds.wins(std::vector<std::uint8_t>{1, 1, 0, 0}));
  EXPECT_TRUE(thirds.wins(std::vector<std::uint8_t>{0, 0, 0, 1}));
  const SimpleGame tiny = game_of({1e-9 / 3, 2e-9 / 3, 1e-9}, 1e-9);
  EXPECT_TRUE(tiny.wins(std::vector<std::uint8_t>{1, 1, 0}));
  EXPECT_FALSE(tiny.wins(std::vector<std::uint8_t>{0, 1, 0}));
}

TEST(SimpleGame, TakesDecimalsForWhatTheyAre) {
  const SimpleGame game = game_of({0.1, 0.2, 0.3}, 0.3);
  EXPECT_TRUE(game.wins(std::vector<std::uint8_t>{1, 1, 0}));
  EXPECT_EQ(game.form().criteria.front().quota, 3);
}

TEST(SimpleGame, LisbonKeepsOneWeightAndTwoNumbersOfMembers) {
  const NormalForm form = SimpleGame(body_rule("eu", {2023, 1, 1}, "eu-qmv-lisbon")).form();
  EXPECT_THAT(form.vetoers, IsEmpty());
  EXPECT_EQ(form.weigh_from, 15U);
  EXPECT_EQ(form.win_from, 24U);
  ASSERT_EQ(form.criteria.size(), 1U);
  EXPECT_EQ(form.criteria[0].quota, 291'452'117);
  EXPECT_FALSE(form.weights_alone);
}

TEST(SimpleGame, ConsensusIsNothingButVetoes) {
  const NormalForm form = SimpleGame(body_rule("nato", {2023, 7, 11}, "consensus")).form();
  EXPECT_EQ(form.vetoers.size(), 31U);
  EXPECT_THAT(form.others, IsEmpty());
  EXPECT_EQ(form.win_from, 0U);
}

TEST(SimpleGame, AWeightedGameIsToldFromOneWithClauses) {
  EXPECT_TRUE(game_of({4, 4, 4, 2, 2, 1}, 12).form().weights_alone);
  Rule::Parts parts;
  parts.members = 6;
  parts.criteria.resize(1);
  parts.criteria[0].weight = {4, 4, 4, 2, 2, 1};
  parts.criteria[0].quota = 12;
  parts.minimum_blockers = 3;
  EXPECT_FALSE(SimpleGame(Rule::make(std::move(parts), "r").value()).form().weights_alone);
}

TEST(SimpleGame, CommonDivisorsAreTakenOut) {
  const NormalForm form = game_of({400, 400, 300, 200, 200, 100}, 1150).form();
  EXPECT_THAT(form.criteria[0].weight, ElementsAre(4, 4, 3, 2, 2, 1));
  EXPECT_EQ(form.criteria[0].quota, 12);
}

TEST(SimpleGame, RefusesWhatCannotWork) {
  const auto code_of = [](std::vector<double> weight, double quota) {
    const auto game = SimpleGame::weighted(std::move(weight), quota, "game");
    return game ? std::string() : game.error().front().code;
  };
  EXPECT_EQ(code_of({1, 2, 3}, 7), "E305");
  EXPECT_EQ(code_of({1, 2, 3}, 0), "E305");
  EXPECT_EQ(code_of({1, -2, 3}, 2), "E305");
  EXPECT_EQ(code_of({}, 1), "E305");
  EXPECT_EQ(code_of({1, 2, 3}, 6), "");
}

}  // namespace
}  // namespace delian::power
