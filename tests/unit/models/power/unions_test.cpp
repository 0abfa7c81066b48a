#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "reference/plain_power.hpp"
#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::any_in;
using delian::testing::any_rule;
using delian::testing::body_rule;
using delian::testing::game_of;
using ::testing::ElementsAre;
using Unions = std::vector<std::vector<std::size_t>>;

/// Each member into one of a few unions; some stand alone.
Unions any_partition(std::size_t n) {
  std::vector<std::size_t> labels;
  for (std::size_t i = 0; i < n; ++i) labels.push_back(any_in<std::size_t>(0, n));
  Unions result;
  for (std::size_t label = 0; label < n; ++label) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < n; ++i) {
      if (labels[i] == label) members.push_back(i);
    }
    if (!members.empty()) result.push_back(std::move(members));
  }
  return result;
}

RC_GTEST_PROP(UnionPower, IsTheDoubleSumOfItsDefinition, ()) {
  const Rule rule = *any_rule(1, 8);
  const reference::PlainPower plain(rule);
  const SimpleGame game(rule);
  if (game.form().criteria.size() > 2) return;
  const Unions unions = any_partition(game.members());
  const UnionPower found = union_power(game, unions).value();
  const std::vector<double> owen = plain.owen(unions);
  const std::vector<double> coins = plain.owen(unions, true);
  for (std::size_t i = 0; i < game.members(); ++i) {
    RC_ASSERT(std::abs(found.owen[i] - owen[i]) < 1e-13);
    RC_ASSERT(std::abs(found.banzhaf_owen[i] - coins[i]) < 1e-13);
  }
}

RC_GTEST_PROP(UnionPower, OwenSumsToOneAndUnionsOfOneOrOfAllChangeNothing, ()) {
  const SimpleGame game(*any_rule(2, 10));
  if (game.form().criteria.size() > 2) return;
  const std::size_t n = game.members();
  const Indices without = indices(game).value();
  std::vector<std::size_t> all(n);
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (const Unions& unions : {Unions{}, Unions{all}}) {
    const UnionPower found = union_power(game, unions).value();
    for (std::size_t i = 0; i < n; ++i) {
      RC_ASSERT(std::abs(found.owen[i] - without.members[i].shapley_shubik) < 1e-13);
      RC_ASSERT(std::abs(found.banzhaf_owen[i] - without.members[i].banzhaf_measure) < 1e-13);
    }
  }
  const UnionPower found = union_power(game, any_partition(n)).value();
  const double sum = std::accumulate(found.owen.begin(), found.owen.end(), 0.0);
  RC_ASSERT(std::abs(sum - 1) < 1e-12);
}

// In a consensus a union of k has one voice of m in every order, and shares it.
TEST(UnionPower, UnionsInAConsensus) {
  const SimpleGame game(body_rule("nato", {2023, 7, 11}, "consensus"));
  const UnionPower found = union_power(game, Unions{{0, 1, 2, 3}}).value();
  EXPECT_NEAR(found.owen[0], 1.0 / 28 / 4, 1e-15);
  EXPECT_NEAR(found.owen[30], 1.0 / 28, 1e-15);
}

TEST(UnionPower, TwoLargestMembersOfTheCouncilTogether) {
  const SimpleGame game(body_rule("eu", {2023, 1, 1}, "eu-qmv-lisbon"));
  const std::vector<std::string> members = io::atlas().find_body("eu")->members_on({2023, 1, 1});
  const auto seat = [&](const char* code) {
    return static_cast<std::size_t>(std::find(members.begin(), members.end(), code) -
                                    members.begin());
  };
  const UnionPower found = union_power(game, Unions{{seat("DE"), seat("FR")}}).value();
  EXPECT_NEAR(std::accumulate(found.owen.begin(), found.owen.end(), 0.0), 1, 1e-12);
  const Indices alone = indices(game).value();
  EXPECT_GT(found.owen[seat("DE")], alone.members[seat("DE")].shapley_shubik);
}

TEST(UnionPower, RefusesUnionsThatAreNone) {
  const SimpleGame game = game_of({3, 2, 1, 1}, 4);
  const auto codes = [&](const Unions& unions) {
    std::vector<std::string> found;
    const auto result = union_power(game, unions);
    if (!result) {
      for (const Diagnostic& p : result.error()) found.push_back(p.code + " " + p.place.pointer);
    }
    return found;
  };
  EXPECT_THAT(codes({{0, 1}, {1, 2}}), ElementsAre("E412 unions[1]"));
  EXPECT_THAT(codes({{0, 0}}), ElementsAre("E412 unions[0]"));
  EXPECT_THAT(codes({{4}, {}}), ElementsAre("E412 unions[0]", "E412 unions[1]"));
  EXPECT_THAT(codes({{0, 1}}), ElementsAre());
}

TEST(UnionPower, RefusesMoreCoalitionsThanCanBeCounted) {
  std::vector<double> weights;
  std::uint64_t x = 1;
  for (int i = 0; i < 60; ++i) {
    x = 6'364'136'223'846'793'005U * x + 1'442'695'040'888'963'407U;
    weights.push_back(static_cast<double>(x >> 34));
  }
  const SimpleGame game =
      game_of(weights, std::accumulate(weights.begin(), weights.end(), 0.0) * 0.6);
  const auto refused = union_power(game, Unions{{0, 1}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().code, "E410");
  std::vector<std::size_t> twenty(20);
  std::iota(twenty.begin(), twenty.end(), std::size_t{0});
  EXPECT_EQ(
      union_power(game_of(std::vector<double>(30, 1), 16), Unions{twenty}).error().front().code,
      "E410");
}

}  // namespace
}  // namespace delian::power
