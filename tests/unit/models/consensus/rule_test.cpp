#include "delian/rule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace delian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using enum Vote;

Criterion heads(std::size_t n, double quota, bool relative = false, bool strict = false,
                Abstention abstention = Abstention::counts_as_no) {
  return {"heads", std::vector<double>(n, 1), quota, relative, strict, abstention};
}

Rule::Parts parts(std::size_t n, std::vector<Criterion> criteria) {
  Rule::Parts p;
  p.id = "test";
  p.members = n;
  p.criteria = std::move(criteria);
  return p;
}

Rule make(Rule::Parts p) {
  Expected<Rule> rule = Rule::make(std::move(p), "rule");
  EXPECT_TRUE(rule) << (rule ? "" : rule.error().front().message);
  return *rule;
}

Rule objections(std::size_t n, int allowed) {
  Rule::Parts p = parts(n, {});
  p.objections_allowed = allowed;
  return make(std::move(p));
}

// ---- How votes are read
// --------------------------------------------------------------------------

TEST(Rule, ConsensusFallsByOneObjectionAndNotByAbstention) {
  const Rule consensus = objections(4, 0);
  EXPECT_TRUE(consensus.passes(std::vector{yes, yes, abstain, yes}));
  EXPECT_TRUE(consensus.passes(std::vector{abstain, abstain, abstain, abstain}));
  EXPECT_FALSE(consensus.passes(std::vector{yes, yes, no, yes}));
  EXPECT_TRUE(consensus.any_no_blocks());
}

TEST(Rule, ConsensusMinusOneOverridesASingleObjection) {
  const Rule rule = objections(4, 1);
  EXPECT_TRUE(rule.passes(std::vector{yes, yes, no, yes}));
  EXPECT_FALSE(rule.passes(std::vector{yes, no, no, yes}));
  EXPECT_FALSE(rule.any_no_blocks());
}

TEST(Rule, EachCriterionReadsAbstentionsInItsOwnWay) {
  const std::vector votes{yes, yes, no, abstain, abstain};
  EXPECT_FALSE(make(parts(5, {heads(5, 0.5, true, true, Abstention::counts_as_no)})).passes(votes));
  EXPECT_TRUE(
      make(parts(5, {heads(5, 0.8, true, false, Abstention::counts_as_yes)})).passes(votes));
  EXPECT_TRUE(
      make(parts(5, {heads(5, 0.5, true, true, Abstention::leaves_the_base)})).passes(votes));
}

TEST(Rule, NothingPassesWhenNobodyVotes) {
  const std::vector votes{abstain, abstain, abstain};
  const Rule rule = make(parts(3, {heads(3, 2.0 / 3, true, false, Abstention::leaves_the_base)}));
  EXPECT_FALSE(rule.passes(votes));
}

TEST(Rule, StrictMeansMoreThanTheQuota) {
  EXPECT_FALSE(make(parts(4, {heads(4, 0.5, true, true)})).passes(std::vector{yes, yes, no, no}));
  EXPECT_TRUE(make(parts(4, {heads(4, 0.5, true, false)})).passes(std::vector{yes, yes, no, no}));
  EXPECT_FALSE(make(parts(4, {heads(4, 2, false, true)})).passes(std::vector{yes, yes, no, no}));
  EXPECT_TRUE(make(parts(4, {heads(4, 2, false, false)})).passes(std::vector{yes, yes, no, no}));
}

TEST(Rule, AVetoIsHeldByNamedMembersAndNeedsANo) {
  Rule::Parts p = parts(3, {heads(3, 1)});
  p.veto = {1, 0, 0};
  const Rule rule = make(std::move(p));
  EXPECT_FALSE(rule.passes(std::vector{no, yes, yes}));
  EXPECT_TRUE(rule.passes(std::vector{abstain, yes, yes}));
  EXPECT_TRUE(rule.passes(std::vector{yes, no, no}));
  EXPECT_FALSE(rule.any_no_blocks());
}

TEST(Rule, UnanimityWrittenAsAShareOfAllIsRecognised) {
  EXPECT_TRUE(make(parts(3, {heads(3, 1, true)})).any_no_blocks());
  EXPECT_TRUE(
      make(parts(3, {heads(3, 1, true, false, Abstention::leaves_the_base)})).any_no_blocks());
  EXPECT_FALSE(make(parts(3, {heads(3, 2)})).any_no_blocks());
}

// ---- Exactness
// -----------------------------------------------------------------------------------

// 450,000,000 is beyond what a float holds, and 0.65 is no binary fraction.
TEST(Rule, ExactlyTheShareIsEnough) {
  const auto population = [](double in_favour) {
    const Criterion c{"65 %", {in_favour, 450'000'000 - in_favour}, 0.65, true, false, {}};
    return make(parts(2, {c})).passes(std::vector{yes, no});
  };
  EXPECT_TRUE(population(292'500'000));
  EXPECT_FALSE(population(292'499'999));
  EXPECT_TRUE(population(292'500'001));
}

TEST(Rule, TinyWeightsAreWeightsToo) {
  const Criterion c{"a billionth", {1e-9 / 3, 2e-9 / 3, 1e-9}, 1e-9, false, false, {}};
  const Rule rule = make(parts(3, {c}));
  EXPECT_TRUE(rule.passes(std::vector{yes, yes, no}));
  EXPECT_FALSE(rule.passes(std::vector{no, yes, no}));
}

TEST(Rule, DecimalWeightsAndThirdsAreExactToo) {
  // 0.1 + 0.2 is not 0.3 in binary.
  Criterion tenths{"votes", {0.1, 0.2, 0.7}, 0.3, false, false, {}};
  EXPECT_TRUE(make(parts(3, {tenths})).passes(std::vector{yes, yes, no}));
  tenths.strict = true;
  EXPECT_FALSE(make(parts(3, {tenths})).passes(std::vector{yes, yes, no}));
  const Rule thirds = make(parts(9, {heads(9, 2.0 / 3, true)}));
  EXPECT_TRUE(thirds.passes(std::vector{yes, yes, yes, yes, yes, yes, no, no, no}));
  EXPECT_FALSE(thirds.passes(std::vector{yes, yes, yes, yes, yes, no, no, no, no}));
}

RC_GTEST_PROP(Rule, SharesOfIntegersAreDecidedAsIntegers, ()) {
  const auto weight = *rc::gen::container<std::vector<std::int64_t>>(
      8, rc::gen::inRange<std::int64_t>(1, 90'000'000));
  const auto percent = *rc::gen::inRange<std::int64_t>(1, 101);
  const auto sides = *rc::gen::container<std::vector<bool>>(8, rc::gen::arbitrary<bool>());
  std::vector<Vote> votes;
  std::int64_t in_favour = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    votes.push_back(sides[i] ? yes : no);
    if (sides[i]) in_favour += weight[i];
  }
  const std::int64_t total = std::accumulate(weight.begin(), weight.end(), std::int64_t{0});
  Criterion c = heads(8, static_cast<double>(percent) / 100, true);
  c.weight.assign(weight.begin(), weight.end());
  RC_ASSERT(make(parts(8, {c})).passes(votes) == (100 * in_favour >= percent * total));
}

// ---- Clauses
// -------------------------------------------------------------------------------------

TEST(Rule, TooFewBlockersCannotBlockThroughCriteriaButCanByVeto) {
  Criterion c = heads(5, 0.65, true);
  c.weight = {50, 20, 10, 10, 10};
  Rule::Parts p = parts(5, {c});
  p.minimum_blockers = 2;
  EXPECT_TRUE(make(p).passes(std::vector{no, yes, yes, yes, yes}));
  EXPECT_TRUE(make(p).passes(std::vector{abstain, yes, yes, yes, yes}));
  EXPECT_FALSE(make(p).passes(std::vector{no, yes, yes, yes, no}));
  p.veto = {1, 0, 0, 0, 0};
  EXPECT_FALSE(make(p).passes(std::vector{no, yes, yes, yes, yes}));
}

// One third of three members is one; of the weight 40/100 is more than a third, 30/100 is less.
TEST(Rule, ConstructiveAbstentionStopsAtAThirdOfHeadsAndWeight) {
  Rule::Parts p = parts(3, {});
  p.objections_allowed = 0;
  p.abstention_stop_share = 1.0 / 3;
  p.abstention_weight = {40, 30, 30};
  const Rule rule = make(p);
  EXPECT_FALSE(rule.passes(std::vector{abstain, yes, yes}));
  EXPECT_TRUE(rule.passes(std::vector{yes, abstain, yes}));
  EXPECT_FALSE(rule.passes(std::vector{yes, abstain, abstain}));
  EXPECT_FALSE(rule.passes(std::vector{yes, no, yes}));
  p.abstention_weight = {1, 1, 1};
  EXPECT_FALSE(make(p).passes(std::vector{abstain, yes, yes})) << "exactly a third is enough";
}

TEST(Rule, WhereANoDoesNotBlockOneAbstentionTooManyStillCan) {
  Rule::Parts p = parts(3, {});
  p.objections_allowed = 1;
  p.abstention_stop_share = 1.0 / 3;
  p.abstention_weight = {1, 1, 1};
  EXPECT_TRUE(make(p).passes(std::vector{no, yes, yes}));
  EXPECT_FALSE(make(p).passes(std::vector{abstain, yes, yes}));
}

// ---- Taking no part
// ------------------------------------------------------------------------------

TEST(Rule, WithoutFollowsTheSmallerBaseForSharesOnly) {
  EXPECT_TRUE(
      make(parts(4, {heads(4, 0.5, true, true)})).without(3).passes(std::vector{yes, yes, no}));
  const Rule absolute = make(parts(4, {heads(4, 3)})).without(3);
  EXPECT_FALSE(absolute.passes(std::vector{yes, yes, no}));
  EXPECT_TRUE(absolute.passes(std::vector{yes, yes, yes}));
}

TEST(Rule, WithoutDropsTheVetoAndTheWeightOfThatMember) {
  Criterion c = heads(3, 0.5, true, true);
  c.weight = {10, 3, 4};
  Rule::Parts p = parts(3, {c});
  p.veto = {1, 0, 0};
  const Rule rest = make(std::move(p)).without(0);
  EXPECT_EQ(rest.parts().members, 2U);
  EXPECT_THAT(rest.parts().veto, ElementsAre(0, 0));
  EXPECT_THAT(rest.parts().criteria[0].weight, ElementsAre(3, 4));
  EXPECT_TRUE(rest.passes(std::vector{no, yes}));
}

TEST(Rule, WithoutTheLastMemberIsStillARule) {
  EXPECT_TRUE(objections(1, 0).without(0).passes({}));
  EXPECT_FALSE(make(parts(1, {heads(1, 1, true)})).without(0).passes({}));
}

// 40 of 100 exceed 35 % alone: two blockers needed. Without that member 25 of 60 do: again two.
// Without the next, of 35: 15 exceed 12.25.
TEST(Rule, TheLeastBlockingMinorityIsFoundAnewAmongParticipants) {
  Criterion c = heads(5, 0.65, true);
  c.weight = {40, 25, 15, 10, 10};
  Rule::Parts p = parts(5, {heads(5, 0.55, true), c});
  p.blocking_share = 0.35;
  EXPECT_EQ(make(p).parts().minimum_blockers, 2);
  p.minimum_blockers = 4;
  const Rule whole = make(p);
  EXPECT_EQ(whole.parts().minimum_blockers, 4) << "stated, so kept";
  EXPECT_EQ(whole.without(0).parts().minimum_blockers, 2);
  EXPECT_EQ(whole.without(4).without(3).without(2).without(1).parts().minimum_blockers, 1)
      << "never more than there are";
}

// ---- What make() refuses
// -------------------------------------------------------------------------

void expect_refused(const Rule::Parts& p, const char* pointer, const char* in_message) {
  const Expected<Rule> rule = Rule::make(p, "rule");
  ASSERT_FALSE(rule) << in_message;
  EXPECT_EQ(rule.error().front().code, "E305");
  EXPECT_EQ(rule.error().front().place.pointer, pointer);
  EXPECT_THAT(rule.error().front().message, HasSubstr(in_message));
}

TEST(Rule, RefusesWhatCannotWork) {
  expect_refused(parts(3, {}), "rule", "no criterion");
  expect_refused(parts(0, {heads(0, 1)}), "rule.members", "at least one member");
  expect_refused(parts(3, {heads(2, 1)}), "rule.criteria[0]", "2 weights for 3 members");
  expect_refused(parts(3, {heads(3, 1.2, true)}), "rule.criteria[0]", "1.2");
  expect_refused(parts(3, {heads(3, 0, true)}), "rule.criteria[0]", "0");
  expect_refused(parts(3, {heads(3, 1, true, true)}), "rule.criteria[0]", "more than all");
  expect_refused(parts(3, {heads(3, 4)}), "rule.criteria[0]", "no proposal could ever pass");
  expect_refused(parts(3, {heads(3, 3, false, true)}), "rule.criteria[0]", "no proposal");
  expect_refused(parts(3, {heads(3, std::numeric_limits<double>::quiet_NaN())}), "rule.criteria[0]",
                 "must be above 0");
  Criterion negative = heads(3, 1);
  negative.weight[1] = -1;
  expect_refused(parts(3, {negative}), "rule.criteria[0]", "not a number from 0 up");
  Criterion zero = heads(3, 0.5, true);
  zero.weight.assign(3, 0);
  expect_refused(parts(3, {zero}), "rule.criteria[0]", "all zero");

  Rule::Parts p = parts(3, {heads(3, 2)});
  p.veto = {1};
  expect_refused(p, "rule.veto", "1 of 3");
  p = parts(3, {});
  p.objections_allowed = 3;
  expect_refused(p, "rule.objections_allowed", "no objection could ever block");
  p = parts(3, {heads(3, 2)});
  p.minimum_blockers = 4;
  expect_refused(p, "rule.minimum_blockers", "4");
  p = parts(3, {heads(3, 2)});
  p.abstention_stop_share = 0.3;
  expect_refused(p, "rule.abstention_weight", "0 weights for 3 members");
  p.abstention_stop_share = -0.3;
  expect_refused(p, "rule.abstention_stop_share", "-0.3");
}

TEST(Rule, ReportsEveryProblemAtOnce) {
  Rule::Parts p = parts(3, {heads(2, 1), heads(3, 7)});
  p.veto = {1, 1};
  const Expected<Rule> rule = Rule::make(p, "");
  ASSERT_FALSE(rule);
  EXPECT_EQ(rule.error().size(), 3U);
  EXPECT_EQ(rule.error()[1].place.pointer, "criteria[1]");
}

// ---- Laws
// ----------------------------------------------------------------------------------------

constexpr std::size_t size = 6;

rc::Gen<std::vector<Vote>> any_votes() {
  return rc::gen::container<std::vector<Vote>>(size, rc::gen::element(no, abstain, yes));
}

rc::Gen<std::vector<double>> any_weights() {
  return rc::gen::container<std::vector<double>>(
      size, rc::gen::map(rc::gen::inRange(1, 40), [](int w) { return 1.0 * w; }));
}

/// Any rule without constructive abstention.
Rule::Parts any_parts() {
  Rule::Parts p = parts(size, {});
  const int criteria = *rc::gen::inRange(1, 3);
  for (int i = 0; i < criteria; ++i) {
    Criterion c = heads(size, 0.01 * *rc::gen::inRange(1, 100), true, *rc::gen::arbitrary<bool>(),
                        *rc::gen::element(Abstention::counts_as_no, Abstention::counts_as_yes,
                                          Abstention::leaves_the_base));
    c.weight = *any_weights();
    p.criteria.push_back(c);
  }
  p.veto =
      *rc::gen::container<std::vector<std::uint8_t>>(size, rc::gen::element<std::uint8_t>(0, 0, 1));
  p.objections_allowed = *rc::gen::inRange(-1, static_cast<int>(size));
  p.minimum_blockers = *rc::gen::inRange(0, 4);
  return p;
}

RC_GTEST_PROP(Rule, MoreSupportNeverStopsAProposal, ()) {
  const Rule rule = make(any_parts());
  std::vector<Vote> votes = *any_votes();
  const bool before = rule.passes(votes);
  const auto i = *rc::gen::inRange<std::size_t>(0, size);
  RC_PRE(votes[i] != yes);
  votes[i] = votes[i] == no ? abstain : yes;
  RC_ASSERT(!before || rule.passes(votes));
}

RC_GTEST_PROP(Rule, RelabellingMembersChangesNothing, ()) {
  const Rule::Parts before = any_parts();
  const std::vector<Vote> votes = *any_votes();
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  order =
      *rc::gen::map(rc::gen::container<std::vector<int>>(size, rc::gen::arbitrary<int>()),
                    [order](const std::vector<int>& keys) {
                      std::vector<std::size_t> result = order;
                      std::sort(result.begin(), result.end(), [&](std::size_t a, std::size_t b) {
                        return std::pair(keys[a], a) < std::pair(keys[b], b);
                      });
                      return result;
                    });
  Rule::Parts after = before;
  std::vector<Vote> moved(size);
  for (std::size_t i = 0; i < size; ++i) {
    moved[i] = votes[order[i]];
    after.veto[i] = before.veto[order[i]];
    for (std::size_t c = 0; c < before.criteria.size(); ++c) {
      after.criteria[c].weight[i] = before.criteria[c].weight[order[i]];
    }
  }
  RC_ASSERT(make(before).passes(votes) == make(after).passes(moved));
}

RC_GTEST_PROP(Rule, PivotalMembersAreThoseWhoAloneTurnADefeat, ()) {
  const Rule rule = make(any_parts());
  const std::vector<Vote> votes = *any_votes();
  const std::vector<std::uint8_t> pivotal = rule.pivotal(votes);
  RC_ASSERT(pivotal.size() == size);
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<Vote> changed = votes;
    changed[i] = yes;
    RC_ASSERT((pivotal[i] != 0) == (!rule.passes(votes) && rule.passes(changed)));
  }
}

RC_GTEST_PROP(Rule, AnyNoBlocksAgreesWithAllProfiles, ()) {
  const Rule rule = make(any_parts());
  bool a_no_survives = false;
  for (int profile = 0; profile < 729; ++profile) {  // 3^6
    std::vector<Vote> votes(size);
    int rest = profile;
    for (Vote& vote : votes) {
      vote = static_cast<Vote>(rest % 3);
      rest /= 3;
    }
    const bool some_no = std::find(votes.begin(), votes.end(), no) != votes.end();
    a_no_survives = a_no_survives || (some_no && rule.passes(votes));
  }
  // False may also mean that some members block alone and others lose anyway.
  if (rule.any_no_blocks()) RC_ASSERT(!a_no_survives);
  if (a_no_survives) RC_ASSERT(!rule.any_no_blocks());
}

RC_GTEST_PROP(Rule, WithoutEqualsTheRuleOfTheOthers, ()) {
  Rule::Parts whole = any_parts();
  whole.objections_allowed = *rc::gen::inRange(-1, static_cast<int>(size) - 1);
  const auto out = *rc::gen::inRange<std::size_t>(0, size);
  Rule::Parts rest = whole;
  --rest.members;
  const auto at = static_cast<std::ptrdiff_t>(out);
  rest.veto.erase(rest.veto.begin() + at);
  for (Criterion& c : rest.criteria) c.weight.erase(c.weight.begin() + at);
  std::vector<Vote> votes = *any_votes();
  votes.pop_back();
  RC_ASSERT(make(whole).without(out).passes(votes) == make(rest).passes(votes));
}

}  // namespace
}  // namespace delian
