#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "delian/answer.hpp"
#include "delian/model.hpp"
#include "ensemble/draw_table.hpp"
#include "reference/plain_ballot.hpp"
#include "support/bundled.hpp"
#include "support/scenarios.hpp"

namespace delian {
namespace {

using reference::BallotCounts;
using reference::count_ballots;
using testing::parts_of;
using testing::Row;

constexpr std::uint64_t seed = 7;
constexpr std::uint64_t draws = 500;

Scenario make(ScenarioParts parts, const Atlas& atlas, const std::string& rule) {
  Diagnostics problems;
  parts.rule = rule;
  auto scenario = Scenario::make(std::move(parts), atlas, problems);
  EXPECT_TRUE(scenario.has_value()) << (problems.empty() ? "" : problems.front().message);
  return scenario.value();
}

Scenario make(ScenarioParts parts, const std::vector<Row>& rows, const std::string& rule) {
  return make(std::move(parts), testing::atlas_of(rows, rule), rule);
}

BoundModel bind(const Scenario& scenario) {
  EXPECT_EQ(decision_model_for(scenario.rule()).info.id, "ballot");
  return find_decision_model("ballot")->bind(scenario.parts().parameters).value();
}

Tally engine_tally(const Scenario& scenario, std::uint64_t count = draws,
                   Counted counted = Counted::everything) {
  Setting setting = make_setting(scenario);
  setting.counted = counted;
  const DecisionTally tally =
      count_streaming(scenario, setting, bind(scenario).decide, seed, count, {});
  EXPECT_EQ(tally.least, tally.greatest);
  return tally.least;
}

BallotCounts counts_of(const Tally& tally) {
  return {tally.outcomes[0], tally.objects, tally.alone, tally.agreed_if_absent};
}

void expect_same(const BallotCounts& engine, const BallotCounts& plain) {
  EXPECT_EQ(engine.adopted, plain.adopted);
  EXPECT_EQ(engine.withholds, plain.withholds);
  EXPECT_EQ(engine.decisive, plain.decisive);
  EXPECT_EQ(engine.adopted_if_absent, plain.adopted_if_absent);
}

/// Over the scenario's own rule.
BallotCounts by_rule(const Scenario& scenario) {
  return count_ballots(
      scenario, bind(scenario).parameters, seed, draws,
      [&](const std::vector<Vote>& votes) { return scenario.rule().passes(votes); },
      [&](std::size_t i, const std::vector<Vote>& votes) {
        return scenario.rule().without(i).passes(votes);
      });
}

auto number(const std::vector<Vote>& votes, Vote kind) {
  return std::count(votes.begin(), votes.end(), kind);
}

// Votes that go either way, with abstentions among them.
std::vector<Row> divided_council() {
  return {{"AA", "30 (5 to 60)", "20 to 80", "20 to 90"},
          {"BB", "35 (5 to 70)", "20 to 70", "40", Grievance::bilateral},
          {"CC", "60 (30 to 90)", "5 to 40", "10"},
          {"DD", "unknown", "5 to 50", "unknown"},
          {"EE", "60%: 60 (30 to 80) | 40%: 10 (2 to 30)", "10 to 60", "15"},
          {"FF", "80 (60 to 95)", "40 to 90", "5"},
          {"GG", "45 (10 to 80)", "2 to 20", "30"}};
}

/// A rule in the words of its treaty, free of Rule.
struct Majority {
  std::string preset;
  reference::Carries carries;
};

// NOLINTNEXTLINE(readability-identifier-naming): the name GoogleTest looks for.
void PrintTo(const Majority& rule, std::ostream* out) {
  *out << rule.preset;
}

class BallotByMajority : public ::testing::TestWithParam<Majority> {};

TEST_P(BallotByMajority, CountsEveryVoteAsByHand) {
  const auto rows = divided_council();
  const Scenario scenario = make(parts_of(rows), rows, GetParam().preset);
  const BallotCounts plain = count_ballots(
      scenario, bind(scenario).parameters, seed, draws, GetParam().carries,
      [&](std::size_t, const std::vector<Vote>& votes) { return GetParam().carries(votes); });
  // Worth comparing only where both happen.
  EXPECT_GT(plain.adopted, draws / 20);
  EXPECT_LT(plain.adopted, draws - draws / 20);
  EXPECT_GT(*std::max_element(plain.decisive.begin(), plain.decisive.end()), 0U);
  expect_same(counts_of(engine_tally(scenario)), plain);
}

INSTANTIATE_TEST_SUITE_P(Rules, BallotByMajority,
                         ::testing::Values(Majority{"majority-cast",
                                                    [](const std::vector<Vote>& v) {
                                                      return number(v, Vote::yes) >
                                                             number(v, Vote::no);
                                                    }},
                                           Majority{"majority-members",
                                                    [](const std::vector<Vote>& v) {
                                                      return 2 * number(v, Vote::yes) >
                                                             static_cast<std::ptrdiff_t>(v.size());
                                                    }},
                                           Majority{"two-thirds-cast",
                                                    [](const std::vector<Vote>& v) {
                                                      return number(v, Vote::yes) > 0 &&
                                                             number(v, Vote::yes) >=
                                                                 2 * number(v, Vote::no);
                                                    }}),
                         [](const auto& rule) {
                           std::string name = rule.param.preset;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Ballot, InTheSecurityCouncilOnlyAPermanentMemberHasAVeto) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < 15; ++i) {
    rows.push_back({testing::code_of(i), "62 (25 to 90)", "20 to 80", "20"});
  }
  rows[2] = {rows[2].code, "20 (5 to 60)", "20 to 80", "90"};  // permanent
  rows[9] = {rows[9].code, "20 (5 to 60)", "20 to 80", "90"};  // elected
  Atlas atlas = testing::atlas_of(rows, "unsc");
  auto& seats = atlas.bodies.front().memberships;
  for (std::size_t i = 5; i < seats.size(); ++i) seats[i].elected = true;
  const Scenario scenario = make(parts_of(rows), atlas, "unsc");
  const auto carries = [](const std::vector<Vote>& votes, std::ptrdiff_t permanent) {
    return number(votes, Vote::yes) >= 9 &&
           std::count(votes.begin(), votes.begin() + permanent, Vote::no) == 0;
  };
  const BallotCounts plain = count_ballots(
      scenario, bind(scenario).parameters, seed, draws,
      [&](const std::vector<Vote>& votes) { return carries(votes, 5); },
      [&](std::size_t i, const std::vector<Vote>& votes) { return carries(votes, i < 5 ? 4 : 5); });
  expect_same(counts_of(engine_tally(scenario)), plain);
  EXPECT_GT(plain.adopted, 0U);
  EXPECT_LT(plain.adopted, draws);
  EXPECT_GT(plain.adopted_if_absent[2], plain.adopted + draws / 20);
  EXPECT_LT(plain.adopted_if_absent[9], plain.adopted_if_absent[2]);
}

TEST(Ballot, ACertainVetoStopsEverything) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < 15; ++i) rows.push_back({testing::code_of(i), "90", "90", "0"});
  rows[2].position = "0";
  Atlas atlas = testing::atlas_of(rows, "unsc");
  auto& seats = atlas.bodies.front().memberships;
  for (std::size_t i = 5; i < seats.size(); ++i) seats[i].elected = true;
  ScenarioParts parts = parts_of(rows);
  parts.parameters["tau"] = 0;
  const Tally veto = engine_tally(make(parts, atlas, "unsc"));
  EXPECT_EQ(veto.outcomes[0], 0U);
  EXPECT_EQ(veto.alone[2], draws);
  EXPECT_EQ(veto.agreed_if_absent[2], draws);
  EXPECT_EQ(veto.agreed_if_absent[9], 0U);
  EXPECT_EQ(veto.objects_among[2 * 16 + 1], draws);  // the whole of the blocking is its own

  seats[2].elected = true;
  const Tally outvoted = engine_tally(make(std::move(parts), atlas, "unsc"));
  EXPECT_EQ(outvoted.outcomes[0], draws);
  EXPECT_EQ(outvoted.objects[2], draws);
}

TEST(Ballot, CountsTheCouncilOfTheUnionAsByHand) {
  const Scenario scenario = testing::bundled("eu-cars-2023");
  const Tally tally = engine_tally(scenario);
  expect_same(counts_of(tally), by_rule(scenario));
  EXPECT_GT(tally.outcomes[0], 0U);
  EXPECT_LT(tally.outcomes[0], draws);
}

TEST(Ballot, TheHeadlineAloneIsTheSameHeadline) {
  const auto rows = divided_council();
  ScenarioParts parts = parts_of(rows);
  parts.question.divisible = true;
  parts.question.opt_out = true;
  for (const Scenario& scenario :
       {make(parts, rows, "two-thirds-cast"), testing::bundled("eu-cars-2023")}) {
    const Tally full = engine_tally(scenario);
    const Tally headline = engine_tally(scenario, draws, Counted::headline);
    EXPECT_EQ(headline.outcomes[0], full.outcomes[0]);
    EXPECT_EQ(headline.draws, full.draws);
  }
}

TEST(Ballot, EachFailedVoteHasOnePivot) {
  const auto rows = divided_council();
  const std::size_t n = rows.size();
  for (const std::string rule : {"majority-cast", "majority-members", "two-thirds-cast"}) {
    const Tally tally = engine_tally(make(parts_of(rows), rows, rule));
    const auto& among = tally.objects_among;
    std::uint64_t pivots = 0;
    for (std::size_t i = 0; i < n; ++i) {
      pivots += among[i * (n + 1) + 1];
      EXPECT_LE(among[i * (n + 1) + 1], tally.objects[i]) << i;
    }
    EXPECT_EQ(pivots, draws - tally.outcomes[0]) << rule;
    EXPECT_EQ(std::accumulate(among.begin(), among.end(), std::uint64_t{0}), pivots) << rule;
  }
}

TEST(Ballot, EqualMembersShareTheBlockingEqually) {
  // Three of five always refuse where three yes are needed: each is the pivot a third of the time.
  const std::vector<Row> rows{{"AA", "0", "90", "0"},
                              {"BB", "0", "90", "0"},
                              {"CC", "0", "90", "0"},
                              {"DD", "90", "90", "0"},
                              {"EE", "90", "90", "0"}};
  ScenarioParts parts = parts_of(rows);
  parts.parameters["tau"] = 0;
  constexpr std::uint64_t many = 30'000;
  const Tally tally = engine_tally(make(std::move(parts), rows, "majority-members"), many);
  ASSERT_EQ(tally.outcomes[0], 0U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(static_cast<double>(tally.objects_among[i * 6 + 1]), many / 3.0, 350) << i;
  }
}

TEST(Ballot, WithinTheBandOfIndifferenceAMemberAbstains) {
  // Salience 100, text 60 against 0: the net gain is (2 ideal - 60) / 100.
  const std::vector<Row> rows{
      {"AA", "31", "100", "0"}, {"BB", "30.4", "100", "0"}, {"CC", "29.6", "100", "0"}};
  const auto adopted = [&](double indifference, const std::string& rule) {
    ScenarioParts parts = parts_of(rows);
    parts.parameters = {{"tau", 0}, {"indifference", indifference}};
    return engine_tally(make(std::move(parts), rows, rule), 10);
  };
  const Tally abstain = adopted(0.01, "majority-cast");  // one yes, two abstain
  EXPECT_EQ(abstain.outcomes[0], 10U);
  EXPECT_EQ(abstain.objects, (std::vector<std::uint64_t>{0, 10, 10}));
  EXPECT_EQ(abstain.agreed_if_absent, (std::vector<std::uint64_t>{0, 10, 10}));

  const Tally counted = adopted(0.01, "majority-members");  // one yes of three
  EXPECT_EQ(counted.outcomes[0], 0U);
  EXPECT_EQ(counted.alone, (std::vector<std::uint64_t>{0, 10, 10}));

  const Tally decided = adopted(0, "majority-members");  // two yes, one no
  EXPECT_EQ(decided.outcomes[0], 10U);
  EXPECT_EQ(decided.objects, (std::vector<std::uint64_t>{0, 0, 10}));

  const Tally nobody = adopted(0.03, "majority-cast");  // all abstain: no majority of votes cast
  EXPECT_EQ(nobody.outcomes[0], 0U);
  EXPECT_EQ(nobody.objects, (std::vector<std::uint64_t>{10, 10, 10}));
}

TEST(Ballot, ASidePaymentLargeEnoughBuysTheVote) {
  const std::vector<Row> rows{
      {"AA", "60", "100", "0"}, {"BB", "20", "50", "0"}, {"CC", "20", "50", "0"}};
  // BB loses 0.5 * 20 / 100 = 0.10: it takes more than 10 points, and the band of 1 more.
  for (const auto& [payment, outcome] : {std::pair{"10", 4}, std::pair{"11.5", 1}}) {
    ScenarioParts parts = parts_of(rows);
    parts.parameters = {{"tau", 0}, {"hazard_principle", 0}};
    parts.side_payments.push_back({"BB", {testing::value(payment), {"J1"}}});
    const Tally tally = engine_tally(make(std::move(parts), rows, "majority-members"), 10);
    EXPECT_EQ(tally.outcomes[static_cast<std::size_t>(outcome)], 10U) << payment;
    EXPECT_EQ(tally.remedies[0], outcome == 1 ? 10U : 0U);
  }
}

TEST(Ballot, RefusesParametersOutOfBoundsAndUnknownOnes) {
  const auto bound = find_decision_model("ballot")->bind({{"indiference", 0.1}, {"tau", -1}});
  ASSERT_FALSE(bound);
  ASSERT_EQ(bound.error().size(), 2U);
  EXPECT_EQ(bound.error()[0].code, "E308");
  EXPECT_EQ(bound.error()[0].fix, "Did you mean \"indifference\"?");
  EXPECT_EQ(bound.error()[1].code, "E309");
  EXPECT_EQ(bound.error()[1].place.pointer, "parameters.tau");
}

TEST(Ballot, RefusesTheParametersOfTheOtherModel) {
  const auto rows = divided_council();
  ScenarioParts parts = parts_of(rows);
  parts.parameters["kappa0"] = 0.1;
  const auto answered = answer(make(std::move(parts), rows, "majority-members"), {});
  ASSERT_FALSE(answered);
  EXPECT_EQ(answered.error().front().code, "E308");
}

}  // namespace
}  // namespace delian
