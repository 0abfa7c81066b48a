#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "models/power/methods.hpp"
#include "reference/plain_power.hpp"
#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::any_in;
using delian::testing::any_rule;
using delian::testing::any_weighted_game;
using delian::testing::body_rule;
using delian::testing::game_of;
using ::testing::ElementsAre;

std::size_t mask_of(const std::vector<std::size_t>& coalition) {
  std::size_t mask = 0;
  for (const std::size_t i : coalition) mask |= std::size_t{1} << i;
  return mask;
}

RC_GTEST_PROP(Coalitions, AreCountedAndListedAsDefined, ()) {
  const Rule rule = *any_rule(1, 10);
  const reference::PlainPower plain(rule);
  const SimpleGame game(rule);
  for (const CoalitionKind kind : {CoalitionKind::winning, CoalitionKind::blocking}) {
    const std::vector<std::size_t> expected = plain.minimal(kind == CoalitionKind::blocking);
    RC_ASSERT(count_minimal_coalitions(game, kind).value() == static_cast<double>(expected.size()));
    const CoalitionList list = list_minimal_coalitions(game, kind, 100'000);
    RC_ASSERT(list.complete);
    std::vector<std::size_t> found;
    for (const auto& coalition : list.coalitions) found.push_back(mask_of(coalition));
    std::sort(found.begin(), found.end());
    RC_ASSERT(found == expected);
    RC_ASSERT(std::is_sorted(list.coalitions.begin(), list.coalitions.end(),
                             [](const auto& a, const auto& b) { return a.size() < b.size(); }));
  }
}

RC_GTEST_PROP(Coalitions, AShortListBeginsALongOne, ()) {
  const SimpleGame game(*any_rule(2, 9));
  const auto kind = *rc::gen::element(CoalitionKind::winning, CoalitionKind::blocking);
  const CoalitionList all = list_minimal_coalitions(game, kind, 100'000);
  const auto most = any_in<std::size_t>(0, all.coalitions.size() + 2);
  const CoalitionList some = list_minimal_coalitions(game, kind, most);
  RC_ASSERT(some.complete == (most >= all.coalitions.size()));
  RC_ASSERT(some.coalitions.size() == std::min(most, all.coalitions.size()));
  RC_ASSERT(std::equal(some.coalitions.begin(), some.coalitions.end(), all.coalitions.begin()));
}

RC_GTEST_PROP(Coalitions, EveryWayOfCountingAgrees, ()) {
  const SimpleGame game = any_weighted_game(6, 18, 40);
  const NormalForm& form = game.form();
  if (form.criteria.empty()) return;
  for (const CoalitionKind kind : {CoalitionKind::winning, CoalitionKind::blocking}) {
    const double enumerated = count_minimal_by_enumeration(form, kind);
    RC_ASSERT(count_minimal_by_meeting(form, kind) == enumerated);
    RC_ASSERT(!form.weights_alone || count_minimal_by_weight(form, kind) == enumerated);
  }
}

// 24 sets of three hold more than 35 % of the population and could block but for the clause; 533
// of four do. So a minimal blocking coalition has four members at least, or thirteen of any.
TEST(Coalitions, BlockingTheCouncilTakesFour) {
  const SimpleGame game(body_rule("eu", {2023, 1, 1}, "eu-qmv-lisbon"));
  const CoalitionList list = list_minimal_coalitions(game, CoalitionKind::blocking, 1000);
  EXPECT_FALSE(list.complete);
  const auto of_four = std::count_if(list.coalitions.begin(), list.coalitions.end(),
                                     [](const auto& c) { return c.size() == 4; });
  EXPECT_EQ(of_four, 533);
  EXPECT_EQ(list.coalitions.front().size(), 4U);
  const std::vector<std::string> members = io::atlas().find_body("eu")->members_on({2023, 1, 1});
  std::vector<std::string> first;
  for (const std::size_t i : list.coalitions.front()) first.push_back(members[i]);
  EXPECT_THAT(first, ElementsAre("DE", "FR", "IT", "ES"));
}

TEST(Coalitions, OnlyBlockingSetsOfVetoersAreOfOne) {
  const SimpleGame game(body_rule("unsc", {2023, 1, 1}, "unsc"));
  const CoalitionList list = list_minimal_coalitions(game, CoalitionKind::blocking, 1000);
  EXPECT_TRUE(list.complete);
  EXPECT_EQ(list.coalitions.size(), 5U + 120U);  // or seven of the ten elected members
  EXPECT_EQ(count_minimal_coalitions(game, CoalitionKind::blocking), 125);
  EXPECT_THAT(list.coalitions[4], ElementsAre(game.form().vetoers[4]));
  EXPECT_EQ(list.coalitions[5].size(), 7U);
}

TEST(Coalitions, ASearchThatFindsNothingStops) {
  // 60 members of whom any 30 pass: about 10^17 minimal winning coalitions, and the first at once.
  const SimpleGame game = game_of(std::vector<double>(60, 1), 30);
  const CoalitionList list = list_minimal_coalitions(game, CoalitionKind::winning, 3);
  EXPECT_FALSE(list.complete);
  EXPECT_EQ(list.coalitions.size(), 3U);
  EXPECT_NEAR(*count_minimal_coalitions(game, CoalitionKind::winning), 1.182645815649e17, 1e8);
}

RC_GTEST_PROP(Nakamura, IsAsDefined, ()) {
  const Rule rule = *any_rule(1, 8);
  const reference::PlainPower plain(rule);
  const NakamuraNumber found = nakamura_number(SimpleGame(rule));
  const int expected = plain.nakamura();
  RC_ASSERT(found.infinite == (expected == 0));
  RC_ASSERT(found.least == expected);
  RC_ASSERT(found.most == expected);
}

// q of n equal members: ceil(n / (n - q)) (Nakamura 1979).
TEST(Nakamura, OfEqualMembers) {
  const auto number = [](std::size_t n, double q) {
    const NakamuraNumber found = nakamura_number(game_of(std::vector<double>(n, 1), q));
    EXPECT_EQ(found.least, found.most);
    return found.least;
  };
  EXPECT_EQ(number(193, 97), 3);
  EXPECT_EQ(number(192, 97), 3);
  EXPECT_EQ(number(3, 2), 3);
  EXPECT_EQ(number(4, 3), 4);
  EXPECT_EQ(number(4, 2), 2);
  EXPECT_EQ(number(193, 129), 4);
  EXPECT_EQ(number(57, 56), 57);
}

}  // namespace
}  // namespace delian::power
