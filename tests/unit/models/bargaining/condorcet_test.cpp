#include <gtest/gtest.h>

#include <cmath>

#include "support/problems.hpp"

namespace delian {
namespace {

using testing::ActorRow;
using testing::ask;
using testing::problem_of;

double choice(std::string_view parameter, std::string_view name) {
  for (const ParameterInfo& info : find_bargaining_model("condorcet")->parameters()) {
    if (info.name == parameter) return parameter_value(info, name, "test").value();
  }
  return -1;
}

void expect_weights(const Forecast& answer, const std::vector<double>& expected) {
  ASSERT_EQ(answer.weight.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(answer.weight[i], expected[i], 1e-8) << i;
  }
}

// One actor each at 0, 50 and 100. By hand: strength for 0 against 50 is 1/2 against 1, for 0
// against 100 it is 1 against 1, so p(0, 50) = 1/3 and p(0, 100) = 1/2.
const std::vector<ActorRow> three{{0}, {50}, {100}};

// Products 1/3 * 1/2, 2/3 * 2/3 and 1/2 * 1/3, over their sum 7/9.
TEST(Condorcet, ConditionalElectionByHand) {
  expect_weights(
      ask("condorcet", problem_of(three), {{"election", choice("election", "conditional")}}),
      {3.0 / 14, 8.0 / 14, 3.0 / 14});
}

// Flows balance: P(0) * 2/3 = P(50) * 1/3.
TEST(Condorcet, MarkovUniformElectionByHand) {
  const Forecast answer = ask("condorcet", problem_of(three));
  expect_weights(answer, {0.25, 0.5, 0.25});
  EXPECT_NEAR(answer.landing.front(), 50, 1e-9);
  EXPECT_EQ(answer.termination, Termination::closed_form);
}

// Against 0 stand 50 with incentive 1 * 2/3 and 100 with 1 * 1/2, so 50 challenges with 4/7 and
// takes over with 4/7 * 2/3 = 8/21. From 50, either end takes over with 1/2 * 1/3. So P(50) is
// 16/7 of P(0).
TEST(Condorcet, MarkovIncentiveElectionByHand) {
  expect_weights(
      ask("condorcet", problem_of(three), {{"election", choice("election", "markov_incentive")}}),
      {7.0 / 30, 16.0 / 30, 7.0 / 30});
}

// Two positions, twice the influence behind one: there is one challenger, and all that matters is
// p.
TEST(Condorcet, VictoryLawsAtTwoToOne) {
  const auto problem = problem_of({{20, 1, 2}, {80, 1, 1}});
  const std::vector<std::pair<std::string, double>> laws{{"linear", 2.0 / 3},
                                                         {"square", 4.0 / 5},
                                                         {"quartic", 16.0 / 17},
                                                         {"octic", 256.0 / 257},
                                                         {"binary", 1 / (1 + 1e-6)}};
  for (const auto& [law, p] : laws) {
    for (const std::string election : {"conditional", "markov_uniform", "markov_incentive"}) {
      SCOPED_TRACE(law + ", " + election);
      expect_weights(
          ask("condorcet", problem,
              {{"victory", choice("victory", law)}, {"election", choice("election", election)}}),
          {p, 1 - p});
    }
  }
}

// 5 % more strength: a / (a + b) = 1.05 / 2.05, then straight from 0 at 1 / 2.1 to 1 at 1.1 / 2.1.
TEST(Condorcet, BinaryVictoryIsStraightWithinATenth) {
  const double p = (1.05 / 2.05 * 2.1 - 1) / 0.1;
  expect_weights(ask("condorcet", problem_of({{20, 1, 1.05}, {80, 1, 1}}),
                     {{"victory", choice("victory", "binary")}}),
                 {p, 1 - p});
}

// Actors at 0, 20 and 100. That at 20 gains 0.6 by 0 against 100, the others gain 1 and lose 1, so
// q = p(0, 100) = (f(1) + f(0.6)) / (2 f(1) + f(0.6)). Every other vote is between equals: p is 1/3
// or 2/3. Products: q / 3, 4 / 9, (1 - q) / 3.
TEST(Condorcet, VoteCurvesByHand) {
  const auto problem = problem_of({{0}, {20}, {100}});
  const std::vector<std::pair<std::string, double>> curves{{"binary", 1},
                                                           {"proportional_binary", 0.68},
                                                           {"proportional", 0.6},
                                                           {"proportional_cubic", 0.408},
                                                           {"cubic", 0.216}};
  for (const auto& [curve, f] : curves) {
    const double q = (1 + f) / (2 + f);
    const double sum = 1.0 / 3 + 4.0 / 9;
    expect_weights(
        ask("condorcet", problem,
            {{"vote", choice("vote", curve)}, {"election", choice("election", "conditional")}}),
        {q / 3 / sum, 4.0 / 9 / sum, (1 - q) / 3 / sum});
  }
}

// A gain counts two thirds, and the option further up the scale is the challenger.
TEST(Condorcet, ProspectVotesFavourTheLowerOption) {
  expect_weights(ask("condorcet", problem_of({{0}, {100}}), {{"vote", choice("vote", "prospect")}}),
                 {0.6, 0.4});
}

TEST(Condorcet, AnActorIsWorthItsCapabilityTimesItsSalience) {
  expect_weights(ask("condorcet", problem_of({{0, 0.5, 3}, {100, 0.25, 2}})), {0.75, 0.25});
}

// Three actors at one place are one option with the weight of three, and share its probability.
TEST(Condorcet, EqualPositionsAreOneOption) {
  const Forecast apart = ask("condorcet", problem_of({{10, 1, 6}, {40, 1, 1}, {90, 1, 2}}));
  const Forecast together =
      ask("condorcet", problem_of({{10, 1, 1}, {90, 1, 2}, {10, 1, 2}, {40, 1, 1}, {10, 1, 3}}));
  EXPECT_NEAR(together.landing.front(), apart.landing.front(), 1e-9);
  for (const std::size_t i : {0U, 2U, 4U}) {
    EXPECT_NEAR(together.weight[i], apart.weight[0] / 3, 1e-9);
  }
}

TEST(Condorcet, OutcomesAreMeanMedianAndMode) {
  const auto problem = problem_of({{0, 1, 1}, {30, 1, 1}, {40, 1, 2}, {100, 1, 1}});
  const Forecast mean = ask("condorcet", problem);
  double expected = 0;
  for (std::size_t i = 0; i < 4; ++i) expected += mean.weight[i] * problem.position[i];
  EXPECT_NEAR(mean.landing.front(), expected, 1e-12);
  ASSERT_LT(mean.weight[0] + mean.weight[1], 0.5);
  const auto landing = [&](const char* outcome) {
    return ask("condorcet", problem, {{"outcome", choice("outcome", outcome)}}).landing.front();
  };
  EXPECT_EQ(landing("median"), 40);
  EXPECT_EQ(landing("mode"), 40);
}

TEST(Condorcet, TiedModesGiveTheirMean) {
  EXPECT_EQ(ask("condorcet", problem_of({{10}, {90}}), {{"outcome", choice("outcome", "mode")}})
                .landing.front(),
            50);
}

TEST(Condorcet, PositionsOnAnyScaleAreTheSame) {
  const Forecast percent = ask("condorcet", problem_of({{10, 1, 2}, {35, 1, 3}, {80, 1, 2}}));
  const Forecast other =
      ask("condorcet", problem_of({{-40, 1, 2}, {-15, 1, 3}, {30, 1, 2}}, -50, 50));
  EXPECT_NEAR(other.landing.front(), percent.landing.front() - 50, 1e-9);
}

TEST(Condorcet, ALongerScaleChangesNothing) {
  const std::vector<ActorRow> rows{{10, 1, 2}, {35, 1, 3}, {80, 1, 2}};
  const Forecast shorter = ask("condorcet", problem_of(rows, 0, 100));
  const Forecast longer = ask("condorcet", problem_of(rows, -500, 1500));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(longer.weight[i], shorter.weight[i], 1e-7);
}

TEST(Condorcet, RefusesAnUnknownLaw) {
  const auto& info = find_bargaining_model("condorcet")->parameters().front();
  EXPECT_EQ(parameter_value(info, "unanimous", "test").error().front().code, "E313");
}

}  // namespace
}  // namespace delian
