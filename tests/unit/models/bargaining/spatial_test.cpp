#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "delian/random.hpp"
#include "reference/plain_spatial.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using reference::PlainSpatial;
using reference::Row;
using testing::ask;
using testing::problem_of;

using Choices = std::map<std::string, std::string>;

const ParameterInfo& parameter(std::string_view name) {
  for (const ParameterInfo& info : find_bargaining_model("spatial")->parameters()) {
    if (info.name == name) return info;
  }
  ADD_FAILURE() << name;
  return find_bargaining_model("spatial")->parameters().front();
}

ParameterMap numbers(const Choices& choices) {
  ParameterMap result;
  for (const auto& [name, choice] : choices) {
    result[name] = parameter_value(parameter(name), choice, "test").value();
  }
  return result;
}

/// Saliences sum to less than 1, as KTAB wants it.
BargainingProblem any_problem(std::uint64_t seed, std::size_t actors, std::size_t issues) {
  BargainingProblem problem;
  problem.setting.actors = actors;
  problem.setting.issues.assign(issues, {0, 1, std::nullopt, std::nullopt});
  const Stream position(seed, "position");
  const Stream salience(seed, "salience");
  const Stream capability(seed, "capability");
  for (std::size_t k = 0; k < actors * issues; ++k) {
    problem.position.push_back(position.uniform(k));
    problem.salience.push_back((0.05 + 0.9 * salience.uniform(k)) / static_cast<double>(issues));
    problem.capability.push_back(10 + 190 * capability.uniform(k / issues));
  }
  return problem;
}

PlainSpatial plain(const BargainingProblem& problem, const Choices& choices) {
  PlainSpatial model;
  const std::size_t issues = problem.setting.issues.size();
  for (std::size_t i = 0; i < problem.setting.actors; ++i) {
    Row x, s;
    for (std::size_t k = 0; k < issues; ++k) {
      x.push_back(problem.position[i * issues + k]);
      s.push_back(problem.salience[i * issues + k]);
    }
    model.position.push_back(x);
    model.salience.push_back(s);
    model.capability.push_back(problem.capability[i * issues]);
  }
  const std::map<std::string, double> adjustments{
      {"none", 0}, {"one_third", 1.0 / 3}, {"half", 0.5}, {"two_thirds", 2.0 / 3}, {"full", 1}};
  for (const auto& [name, choice] : choices) {
    if (name == "vote") model.curve = choice;
    if (name == "victory") model.victory = choice;
    if (name == "election") model.election = choice;
    if (name == "risk_range") model.risk_range = choice;
    if (name == "risk_adjustment") model.risk_adjustment = adjustments.at(choice);
    if (name == "third_parties") model.commitment = choice;
    if (name == "interpolation") model.interpolation = choice;
    if (name == "bargain") model.bargain = choice;
  }
  return model;
}

void expect_same_turns(const std::vector<reference::Matrix>& expected, const Forecast& found) {
  ASSERT_EQ(found.rounds.size(), expected.size());
  for (std::size_t t = 0; t < expected.size(); ++t) {
    const std::size_t issues = expected[t].front().size();
    for (std::size_t c = 0; c < found.rounds[t].size(); ++c) {
      ASSERT_NEAR(found.rounds[t][c], expected[t][c / issues][c % issues], 1e-9)
          << "turn " << t << ", actor " << c / issues << ", issue " << c % issues;
    }
  }
}

void compare(const Choices& choices) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto problem = any_problem(seed, 2 + 3 * seed, 1 + seed % 3);
    std::string trace = "seed " + std::to_string(seed);
    for (const auto& [name, choice] : choices) trace += ", " + name + " " + choice;
    SCOPED_TRACE(trace);
    expect_same_turns(plain(problem, choices).run(),
                      ask("spatial", problem, numbers(choices), true));
  }
}

TEST(Spatial, AgreesWithThePlainModel) {
  compare({});
}

// One option away from the defaults at a time, then some far away in many.
TEST(Spatial, AgreesWithThePlainModelUnderEveryOption) {
  for (const char* name : {"vote", "victory", "election", "risk_range", "risk_adjustment",
                           "third_parties", "interpolation", "bargain"}) {
    for (const std::string_view choice : parameter(name).choices) {
      compare({{name, std::string(choice)}});
    }
  }
  compare({{"vote", "cubic"},
           {"victory", "square"},
           {"election", "markov_uniform"},
           {"risk_range", "max"},
           {"risk_adjustment", "full"},
           {"bargain", "both"}});
  compare({{"vote", "prospect"},
           {"victory", "quartic"},
           {"election", "markov_incentive"},
           {"risk_range", "min"},
           {"interpolation", "s1p1"},
           {"bargain", "compromise"}});
}

TEST(Spatial, AgreesWithThePlainModelWhereIdealsLagBehind) {
  for (const double accommodation : {0.0, 0.3, 0.9}) {
    const auto problem = any_problem(17, 9, 2);
    PlainSpatial model = plain(problem, {});
    model.accommodation = accommodation;
    model.turn_limit = 20;
    expect_same_turns(
        model.run(),
        ask("spatial", problem, {{"accommodation", accommodation}, {"turn_limit", 20}}, true));
  }
}

// Drawn by the same numbers, the plain model goes the same way.
TEST(Spatial, StochasticTransitionsFollowTheProbabilities) {
  BargainingProblem problem = any_problem(3, 7, 1);
  problem.seed = 5;
  Forecast previous;
  for (problem.draw_number = 1; problem.draw_number <= 5; ++problem.draw_number) {
    PlainSpatial model = plain(problem, {});
    model.choose = [&](std::size_t turn, std::size_t actor, const Row& chance) {
      const double u =
          Stream(5, "spatial.transition").uniform((problem.draw_number * 1001 + turn) * 7 + actor);
      double below = 0;
      for (std::size_t m = 0; m < chance.size(); ++m) {
        below += chance[m];
        if (u <= below) return m;
      }
      return chance.size() - 1;
    };
    const Forecast answer = ask("spatial", problem, numbers({{"transition", "stochastic"}}), true);
    expect_same_turns(model.run(), answer);
    EXPECT_NE(answer.rounds, previous.rounds) << "two draws went the same way";
    previous = answer;
  }
}

// By hand. The election among the neutral gives A 2/3 and B 1/3, so R(A) = 1 and R(B) = -1/2. As
// they stand at the ends, A wins with 2 / (2 + 1/2) = 4/5 and expects (1 - 2 * 1/2 * 1/5) * 1 =
// 0.8. B expects less than nothing. Weights 1 * 16/25 and 1/4 * 1/25, so both meet at 0.01 / 0.65 =
// 0.0154, which A's 2 * 0.49976 against B's 0.49218 decides. Nothing happens after that.
TEST(Spatial, TwoActorsByHand) {
  const Forecast answer = ask("spatial", problem_of({{0, 1, 2}, {100, 0.5, 1}}), {}, true);
  ASSERT_EQ(answer.rounds.size(), 3U);
  EXPECT_EQ(answer.rounds[0], (std::vector<double>{0, 100}));
  for (const double x : answer.rounds[1]) EXPECT_NEAR(x, 1.54, 1e-9);
  EXPECT_EQ(answer.rounds[2], answer.rounds[1]);
  EXPECT_EQ(answer.termination, Termination::converged);
  EXPECT_NEAR(answer.landing.front(), 1.54, 1e-9);
  EXPECT_EQ(answer.weight, (std::vector<double>{0.5, 0.5}));
}

// The program stops here with an error: utilities fall out of range by rounding.
TEST(Spatial, YesOrNoWorks) {
  const auto problem =
      problem_of({{0, 0.7, 3}, {100, 0.9, 2}, {100, 0.3, 4}, {0, 0.5, 1}, {100, 0.8, 1}}, 0, 100);
  const Forecast answer = ask("spatial", problem, {}, true);
  EXPECT_EQ(answer.termination, Termination::converged);
  EXPECT_GT(answer.landing.front(), 0);
  EXPECT_LT(answer.landing.front(), 100);
  EXPECT_NEAR(std::accumulate(answer.weight.begin(), answer.weight.end(), 0.0), 1, 1e-12);
}

TEST(Spatial, EvenlyMatchedActorsStay) {
  const Forecast answer = ask("spatial", problem_of({{0}, {100}}), {}, true);
  EXPECT_EQ(answer.rounds.back(), (std::vector<double>{0, 100}));
  EXPECT_NEAR(answer.landing.front(), 50, 1e-9);
}

TEST(Spatial, OneActorGetsWhatItWants) {
  EXPECT_NEAR(ask("spatial", problem_of({{37}})).landing.front(), 37, 1e-9);
}

// With both, a third party has the same at stake whichever side it backs.
TEST(Spatial, ThirdPartiesBoundNeverOrAlwaysStayOut) {
  const auto problem = any_problem(8, 12, 2);
  const Forecast never = ask("spatial", problem, numbers({{"third_parties", "none"}}), true);
  const Forecast always = ask("spatial", problem, numbers({{"third_parties", "full"}}), true);
  const Forecast half = ask("spatial", problem, numbers({{"third_parties", "semi"}}), true);
  EXPECT_EQ(never.rounds, always.rounds);
  EXPECT_NE(never.rounds, half.rounds);
}

TEST(Spatial, StopsAtTheTurnLimit) {
  const auto problem = any_problem(4, 12, 2);
  const Forecast answer = ask("spatial", problem, {{"turn_limit", 3}}, true);
  EXPECT_EQ(answer.rounds.size(), 4U);
  EXPECT_EQ(answer.termination, Termination::round_limit);
  EXPECT_EQ(ask("spatial", problem).termination, Termination::converged);
}

TEST(Spatial, KeepsRoundsOnlyWhenAsked) {
  const auto problem = any_problem(4, 6, 2);
  const Forecast with = ask("spatial", problem, {}, true);
  const Forecast without = ask("spatial", problem);
  EXPECT_TRUE(without.rounds.empty());
  EXPECT_EQ(without.landing, with.landing);
  EXPECT_EQ(without.weight, with.weight);
}

TEST(Spatial, OutcomesAreMeansAndTheMedianOfTheLastPositions) {
  const auto problem = any_problem(6, 9, 1);
  const Forecast mean = ask("spatial", problem, {}, true);
  double above = 0, below = 0, elected = 0;
  std::vector<std::pair<double, double>> ordered;
  for (std::size_t i = 0; i < 9; ++i) {
    const double w = problem.capability[i] * problem.salience[i];
    above += w * mean.rounds.back()[i];
    below += w;
    elected += mean.weight[i] * mean.rounds.back()[i];
    ordered.emplace_back(mean.rounds.back()[i], w);
  }
  EXPECT_NEAR(mean.landing.front(), above / below, 1e-12);
  EXPECT_NEAR(ask("spatial", problem, numbers({{"outcome", "election_mean"}})).landing.front(),
              elected, 1e-12);
  std::sort(ordered.begin(), ordered.end());
  double sum = 0;
  std::size_t i = 0;
  while (2 * (sum += ordered[i].second) < below) ++i;
  EXPECT_NEAR(ask("spatial", problem, numbers({{"outcome", "median"}})).landing.front(),
              ordered[i].first, 1e-12);
}

// A total salience above 1 would make a conceded contest worth less than nothing.
TEST(Spatial, SaliencesThatSumToMoreThanOneAreScaledDownTogether) {
  BargainingProblem large = any_problem(11, 8, 3);
  double most = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    double& s = large.salience[i * 3];
    s = 0.9;
    most = std::max(most, s + large.salience[i * 3 + 1] + large.salience[i * 3 + 2]);
  }
  ASSERT_GT(most, 1);
  BargainingProblem scaled = large;
  for (double& s : scaled.salience) s /= most;
  const Forecast first = ask("spatial", large, {}, true);
  const Forecast second = ask("spatial", scaled, {}, true);
  ASSERT_EQ(first.rounds.size(), second.rounds.size());
  for (std::size_t c = 0; c < first.rounds.back().size(); ++c) {
    EXPECT_NEAR(first.rounds.back()[c], second.rounds.back()[c], 1e-9);
  }
}

TEST(Spatial, WhereAnActorTakesNoPartItsPositionMeansNothing) {
  BargainingProblem problem = any_problem(21, 6, 2);
  problem.takes_part.assign(12, 1);
  problem.takes_part[2 * 2 + 1] = 0;  // actor 2 on the second issue
  problem.salience[2 * 2 + 1] = 0;
  problem.capability[2 * 2 + 1] = 0;
  problem.position[2 * 2 + 1] = 0;
  BargainingProblem elsewhere = problem;
  elsewhere.position[2 * 2 + 1] = 1;
  const Forecast first = ask("spatial", problem, {}, true);
  const Forecast second = ask("spatial", elsewhere, {}, true);
  EXPECT_EQ(first.landing, second.landing);
  EXPECT_EQ(first.weight, second.weight);
  EXPECT_EQ(first.weight[2 * 2 + 1], 0);
  EXPECT_EQ(first.rounds.back()[2 * 2 + 1], 0);
  EXPECT_EQ(second.rounds.back()[2 * 2 + 1], 1);
  double sum = 0;
  for (std::size_t i = 0; i < 6; ++i) sum += first.weight[i * 2 + 1];
  EXPECT_NEAR(sum, 1, 1e-12);
}

// It concedes every contest, and weighs nothing in any bargain.
TEST(Spatial, AnActorThatCaresForNothingGoesWhereItsChallengerStands) {
  const auto problem = problem_of({{10, 0.9, 5}, {80, 0, 5}});
  const Forecast answer = ask("spatial", problem, {}, true);
  EXPECT_NEAR(answer.rounds[1][0], 10, 0.01);
  EXPECT_NEAR(answer.rounds[1][1], 10, 0.01);
}

TEST(Spatial, PositionsOnAnyScaleAreTheSame) {
  const Forecast share =
      ask("spatial", problem_of({{0.1, 0.5, 2}, {0.35, 0.9, 3}, {0.8, 0.7, 2}}, 0, 1), {}, true);
  const Forecast other =
      ask("spatial", problem_of({{-40, 0.5, 2}, {-15, 0.9, 3}, {30, 0.7, 2}}, -50, 50), {}, true);
  ASSERT_EQ(share.rounds.size(), other.rounds.size());
  EXPECT_NEAR(other.landing.front(), 100 * share.landing.front() - 50, 1e-9);
}

TEST(Spatial, RefusesAnUnknownOption) {
  EXPECT_EQ(parameter_value(parameter("bargain"), "receiver", "test").error().front().code, "E313");
  EXPECT_EQ(find_bargaining_model("spatial")->bind({{"turn_limit", 0}}).error().front().code,
            "E309");
}

}  // namespace
}  // namespace delian
