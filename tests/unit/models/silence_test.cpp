#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "delian/answer.hpp"
#include "delian/model.hpp"
#include "ensemble/draw_table.hpp"
#include "reference/plain_silence.hpp"
#include "support/scenarios.hpp"

namespace delian {
namespace {

using testing::parts_of;
using testing::Row;
using testing::tokyo_like;

Scenario make(ScenarioParts parts, const std::vector<Row>& rows,
              const std::string& rule = "consensus") {
  Diagnostics problems;
  parts.rule = rule;
  auto scenario = Scenario::make(std::move(parts), testing::atlas_of(rows, rule), problems);
  EXPECT_TRUE(scenario.has_value()) << (problems.empty() ? "" : problems.front().message);
  return *scenario;
}

DecisionTally engine_tally(const Scenario& scenario, std::uint64_t draws) {
  const BoundModel model = *find_decision_model("silence")->bind(scenario.parts().parameters);
  return count_streaming(scenario, make_setting(scenario), model.decide, 7, draws, {});
}

DecisionTally plain_tally(const Scenario& scenario, std::uint64_t draws) {
  const BoundModel model = *find_decision_model("silence")->bind(scenario.parts().parameters);
  return reference::PlainSilence(scenario, model.parameters, 7).run(draws);
}

void expect_same(const Scenario& scenario, std::uint64_t draws = 700) {
  const DecisionTally engine = engine_tally(scenario, draws);
  const DecisionTally plain = plain_tally(scenario, draws);
  for (const auto& [name, a, b] : {std::tuple{"least", &engine.least, &plain.least},
                                   std::tuple{"greatest", &engine.greatest, &plain.greatest}}) {
    EXPECT_EQ(a->outcomes, b->outcomes) << name;
    EXPECT_EQ(a->remedies, b->remedies) << name;
    EXPECT_EQ(a->objects, b->objects) << name;
    EXPECT_EQ(a->alone, b->alone) << name;
    EXPECT_EQ(a->agreed_if_absent, b->agreed_if_absent) << name;
    EXPECT_EQ(a->exempt, b->exempt) << name;
    EXPECT_EQ(a->agreed_text, b->agreed_text) << name;
    EXPECT_EQ(*a, *b) << name;
  }
}

// A milder case than Tokyo's, in which every outcome happens.
std::vector<Row> mixed_council() {
  return {{"AA", "30 (5 to 60)", "20 to 80", "20 to 90"},
          {"BB", "35 (5 to 70)", "20 to 70", "40", Grievance::bilateral},
          {"CC", "70 (40 to 90)", "30 to 70", "10"},
          {"DD", "unknown", "5 to 50", "unknown"},
          {"EE", "60%: 60 (30 to 80) | 40%: 10 (2 to 30)", "10 to 60", "15"},
          {"FF", "80 (60 to 95)", "40 to 90", "5"},
          {"GG", "45 (10 to 80)", "10 to 60", "30"}};
}

TEST(Silence, CountsEveryDrawAsThePlainModelDoes) {
  const auto rows = tokyo_like();
  expect_same(make(parts_of(rows), rows));
}

TEST(Silence, CountsDealsAsThePlainModelDoes) {
  const auto rows = mixed_council();
  for (const bool divisible : {false, true}) {
    for (const bool opt_out : {false, true}) {
      for (const bool payment : {false, true}) {
        for (const std::string sponsor : {"", "FF"}) {
          ScenarioParts parts = parts_of(rows);
          parts.question.divisible = divisible;
          parts.question.opt_out = opt_out;
          parts.question.sponsor = sponsor;
          if (payment) parts.side_payments.push_back({"BB", {testing::value("5 to 30"), {}}});
          SCOPED_TRACE(::testing::Message() << divisible << opt_out << payment << sponsor);
          expect_same(make(std::move(parts), rows), 300);
        }
      }
    }
  }
}

TEST(Silence, CountsForumsAsThePlainModelDoes) {
  const auto rows = mixed_council();
  ScenarioParts parts = parts_of(rows);
  parts.question.divisible = true;
  parts.forums.push_back({"Smaller committee", "consensus", {"AA"}, {}});
  parts.forums.push_back({"The chair", "chair", {}, {}});
  expect_same(make(parts, rows));
  parts.forums.pop_back();
  expect_same(make(std::move(parts), rows));
}

TEST(Silence, AForumIsDecidedByItsOwnRule) {
  const auto rows = mixed_council();
  for (const std::string main : {"consensus", "unanimity"}) {
    for (const std::string forum : {"consensus", "unanimity", "majority-members"}) {
      ScenarioParts parts = parts_of(rows);
      parts.forums.push_back({"Committee", forum, {"AA"}, {}});
      SCOPED_TRACE(main + ", forum " + forum);
      expect_same(make(std::move(parts), rows, main));
    }
  }
}

TEST(Silence, ByRollCallTheParametersInForceAreThoseUsed) {
  const auto rows = mixed_council();
  const Scenario scenario = make(parts_of(rows), rows, "unanimity");
  AnswerOptions options;
  options.draws = 500;
  options.explain = false;
  const Answer answered = *answer(scenario, options);
  EXPECT_EQ(answered.provenance.parameters.at("kappa0"), 0);
  EXPECT_EQ(answered.provenance.parameters.at("kappa1"), 0);
}

TEST(Silence, ConstructiveAbstentionCountsAsThePlainModelDoes) {
  const auto rows = mixed_council();
  Atlas atlas = testing::atlas_of(rows, "eu-cfsp-constructive-abstention");
  WeightSeries population{"population-2023", "Population", "people", "test",
                          {2000, 1, 1},      {},           {},       {}};
  for (const Row& row : rows) population.value[row.code] = 1000;
  atlas.bodies[0].weights.push_back(population);
  for (const double alpha : {0.0, 0.02, 0.1, 10.0}) {
    ScenarioParts parts = parts_of(rows);
    parts.rule = "eu-cfsp-constructive-abstention";
    parts.parameters["alpha"] = alpha;
    Diagnostics problems;
    const auto scenario = Scenario::make(std::move(parts), atlas, problems);
    ASSERT_TRUE(scenario.has_value());
    SCOPED_TRACE(alpha);
    expect_same(*scenario);
  }
}

TEST(Silence, ConsensusMinusOneCountsAsThePlainModelDoes) {
  const auto rows = mixed_council();
  ScenarioParts parts = parts_of(rows);
  parts.question.divisible = true;
  expect_same(make(std::move(parts), rows, "consensus-minus-1"));
}

TEST(Silence, WithoutNoiseATextNextToTheReversionPasses) {
  auto rows = mixed_council();
  ScenarioParts parts = parts_of(rows);
  parts.parameters["tau"] = 0;
  parts.question.proposal = 1e-6;
  const DecisionTally tally = engine_tally(make(std::move(parts), rows), 2000);
  EXPECT_EQ(tally.greatest.outcomes[0], 2000U);
}

TEST(Silence, OptOutsForEveryoneWhoObjectsMakeItHold) {
  const auto rows = mixed_council();
  ScenarioParts parts = parts_of(rows);
  parts.question.opt_out = true;
  parts.parameters["nu"] = 0;
  const DecisionTally tally = engine_tally(make(std::move(parts), rows), 2000);
  const auto& outcomes = tally.least.outcomes;
  EXPECT_GT(outcomes[1], 0U);
  EXPECT_EQ(outcomes[0] + outcomes[1], 2000U);
}

TEST(Silence, WithoutCostsOnlyAUnanimousWishPasses) {
  const auto rows = mixed_council();
  ScenarioParts parts = parts_of(rows);
  parts.parameters = {{"kappa0", 0}, {"kappa1", 0}, {"tau", 0}};
  const Scenario scenario = make(std::move(parts), rows);
  // By the definition of unanimity: nobody whom the text takes further from its ideal.
  std::uint64_t unanimous = 0;
  constexpr std::uint64_t draws = 3000;
  for (std::uint64_t d = 0; d < draws; ++d) {
    bool all = true;
    for (const Member& m : scenario.members()) {
      const double u = Stream(7, "members." + m.code + ".position").uniform(d);
      all = all && QuantileFunction(m.position.value, 0.9)(u) >= 30;
    }
    unanimous += all ? 1 : 0;
  }
  const DecisionTally tally = engine_tally(scenario, draws);
  EXPECT_EQ(tally.least.outcomes[0], unanimous);
  EXPECT_EQ(tally.greatest.outcomes[0], unanimous);
}

TEST(Silence, AProhibitiveCostLeavesTheSponsorItsWish) {
  const auto rows = mixed_council();
  ScenarioParts parts = parts_of(rows);
  for (Member& m : parts.members) m.resolve.value = testing::value("0");
  parts.parameters["kappa0"] = 10;
  const DecisionTally tally = engine_tally(make(std::move(parts), rows), 1000);
  EXPECT_EQ(tally.greatest.outcomes[0], 1000U);
}

TEST(Silence, MovingOneIdealPointByOnePointMovesTheAnswerSmoothly) {
  const auto rows = tokyo_like();
  const Forecaster forecaster = *Forecaster::make(make(parts_of(rows), rows), 1, 20'000);
  double before = -1;
  for (int position = 0; position <= 60; ++position) {
    const Forecaster::Change change{0, Scenario::Field::position,
                                    testing::value(std::to_string(position))};
    const double p = forecaster.as_drafted({&change, 1});
    if (before >= 0) {
      EXPECT_GE(p, before) << position;  // the same draws: never back and forth
      EXPECT_LT(p - before, 0.30) << position;
    }
    before = p;
  }
  EXPECT_GT(before, 0.3);
}

TEST(Silence, RefusesParametersOutOfBoundsAndUnknownOnes) {
  const auto bound = find_decision_model("silence")->bind({{"kappa0", -1}, {"kapa1", 1}});
  ASSERT_FALSE(bound);
  ASSERT_EQ(bound.error().size(), 2U);
  EXPECT_EQ(bound.error()[0].code, "E308");
  EXPECT_EQ(bound.error()[0].fix, "Did you mean \"kappa1\"?");
  EXPECT_EQ(bound.error()[1].code, "E309");
}

}  // namespace
}  // namespace delian
