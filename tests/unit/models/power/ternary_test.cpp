#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::any_rule;
using delian::testing::body_rule;

double count_by_asking(const Rule& rule) {
  std::vector<Vote> votes(rule.parts().members, Vote::no);
  double passing = 0;
  for (;;) {
    passing += rule.passes(votes) ? 1 : 0;
    std::size_t i = 0;
    for (; i < votes.size() && votes[i] == Vote::yes; ++i) votes[i] = Vote::no;
    if (i == votes.size()) return passing;
    votes[i] = votes[i] == Vote::no ? Vote::abstain : Vote::yes;
  }
}

RC_GTEST_PROP(Profiles, AreCountedAsIfEachWerePutToTheVote, ()) {
  Rule::Parts parts = (*any_rule(1, 7)).parts();
  for (Criterion& criterion : parts.criteria) {
    criterion.abstention = *rc::gen::element(Abstention::counts_as_no, Abstention::counts_as_yes,
                                             Abstention::leaves_the_base);
  }
  const Rule rule = Rule::make(std::move(parts), "any").value();
  const ProfileCount count = count_profiles(rule).value();
  RC_ASSERT(count.passing == count_by_asking(rule));
  RC_ASSERT(std::abs(count.share - count.passing / std::pow(3, rule.parts().members)) < 1e-15);
}

// Consensus: 2^n of 3^n have no no.
TEST(Profiles, OfAConsensus) {
  const ProfileCount count = count_profiles(body_rule("nato", {2023, 7, 11}, "consensus")).value();
  EXPECT_EQ(count.passing, 0x1p31);
}

// Under the Lisbon rule whoever does not say yes says no in two ways.
TEST(Profiles, WhereOnlyYesCountsTheyFollowFromCoalitions) {
  const ProfileCount lisbon =
      count_profiles(body_rule("eu", {2023, 1, 1}, "eu-qmv-lisbon")).value();
  EXPECT_GT(lisbon.passing, 17'787'201);
  // As the share of yes votes is a third, P(pass) with p = 1/3 for all.
  const SimpleGame game(body_rule("eu", {2023, 1, 1}, "eu-qmv-lisbon"));
  EXPECT_NEAR(lisbon.share,
              pass_probability(game, std::vector<double>(27, 1.0 / 3)).value().probability, 1e-15);
}

TEST(Profiles, AreLeftOutWhereTooManyDiffer) {
  EXPECT_FALSE(count_profiles(body_rule("eu", {2023, 1, 1}, "eu-cfsp-constructive-abstention")));
}

}  // namespace
}  // namespace delian::power
