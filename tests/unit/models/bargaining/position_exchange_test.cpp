#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "delian/random.hpp"
#include "reference/plain_exchange.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::ask;

/// Arrays are [actor * issues + issue]; scales from 0 to 100.
BargainingProblem market(std::size_t issues, std::vector<double> position,
                         std::vector<double> salience, std::vector<double> capability) {
  BargainingProblem problem;
  problem.setting.actors = position.size() / issues;
  problem.setting.issues.resize(issues);
  problem.position = std::move(position);
  problem.salience = std::move(salience);
  problem.capability = std::move(capability);
  return problem;
}

/// Two actors who want 0 and 100 on both issues; outcomes without exchange are 75 and 100 / 3.
BargainingProblem two_actors() {
  return market(2, {0, 0, 100, 100}, {0.2, 0.8, 0.6, 0.4}, {1, 1, 1, 1});
}

// The first cares less for p: ratios 1/4 against 3/2. It can go all the way, which shifts p by
// 100 * 0.2 / 0.8 = 25. Equal gains: 25 (0.2 + 0.6) = shift of q (0.8 + 0.4), 50 / 3, for which the
// second goes half the way. Both gain 25 / 3.
TEST(PositionExchange, TwoActorsByHand) {
  const Forecast forecast = ask("position_exchange", two_actors(), {}, true);
  EXPECT_NEAR(forecast.landing[0], 100, 1e-10);
  EXPECT_NEAR(forecast.landing[1], 50.0 / 3, 1e-10);
  ASSERT_EQ(forecast.rounds.size(), 2);
  EXPECT_EQ(forecast.rounds[0], (std::vector<double>{0, 0, 100, 100}));
  EXPECT_NEAR(forecast.rounds[1][0], 100, 1e-10);
  EXPECT_NEAR(forecast.rounds[1][3], 50, 1e-10);
  EXPECT_EQ(forecast.termination, Termination::converged);
}

// Outcome of p is 50, and the second actor wants 60 of it: the first stops on its way to 60 where
// the outcome is 60, at 40. (20 + 60 + 100 with weights 2, 1, 1.) Saliences sum to 1.5 on both
// issues, so q shifts by 10 as well, for which the second, with a weight of 1/9, goes from 0 to 90.
TEST(PositionExchange, OutcomeDoesNotPassWhatThePartnerWants) {
  BargainingProblem problem =
      market(2, {20, 100, 60, 0, 100, 0}, {0.5, 1, 1, 0.5, 0.5, 0}, {4, 4, 1, 1, 2, 0});
  problem.takes_part = {1, 1, 1, 1, 1, 0};
  const Forecast forecast = ask("position_exchange", problem, {}, true);
  EXPECT_NEAR(forecast.landing[0], 60, 1e-10);
  EXPECT_NEAR(forecast.landing[1], (4 * 100 + 0.5 * 90) / 4.5, 1e-10);
  EXPECT_NEAR(forecast.rounds[1][0], 40, 1e-10);
  EXPECT_NEAR(forecast.rounds[1][3], 90, 1e-10);
  EXPECT_EQ(forecast.rounds[1][4], 100);
}

// Between the rounds the first holds on to 0.1 + 0.4 * 0.8 of its move on p and comes to 42, the
// second to 0.1 + 0.4 * 0.6 of its move on q and comes to 83. Then outcomes are 85.5 and 83 / 3;
// the first goes all the way again, which shifts p by 14.5 and q by 14.5 * 0.8 / 1.2.
TEST(PositionExchange, SecondRoundStartsFromWhatActorsHoldOnTo) {
  const Forecast forecast = ask("position_exchange", two_actors(), {{"rounds", 2}});
  EXPECT_NEAR(forecast.landing[0], 100, 1e-10);
  EXPECT_NEAR(forecast.landing[1], 18, 1e-10);
  EXPECT_EQ(forecast.termination, Termination::round_limit);
}

TEST(PositionExchange, ConvergesWhereNobodyHasAnythingToExchange) {
  const auto problem = market(2, {0, 100, 100, 100}, {0.2, 0.8, 0.6, 0.4}, {1, 1, 1, 1});
  const Forecast forecast = ask("position_exchange", problem, {{"rounds", 9}}, true);
  EXPECT_NEAR(forecast.landing[0], 75, 1e-12);
  EXPECT_NEAR(forecast.landing[1], 100, 1e-12);
  EXPECT_EQ(forecast.rounds.size(), 2);
  EXPECT_EQ(forecast.termination, Termination::converged);
}

TEST(PositionExchange, EqualRatiosOfSalienceLeaveNothingToGain) {
  const auto problem = market(2, {0, 0, 100, 100}, {0.2, 0.4, 0.4, 0.8}, {1, 1, 1, 1});
  EXPECT_EQ(ask("position_exchange", problem).landing, ask("compromise_mean", problem).landing);
}

TEST(PositionExchange, WhoHasNoSalienceExchangesNothing) {
  const auto problem = market(2, {0, 0, 100, 100}, {0, 0.8, 0.6, 0.4}, {1, 1, 1, 1});
  EXPECT_EQ(ask("position_exchange", problem).landing, ask("compromise_mean", problem).landing);
}

// An issue in other units, its scale turned into 0 to 1 and back.
TEST(PositionExchange, ScalesOfIssuesDoNotMatter) {
  BargainingProblem problem = two_actors();
  problem.setting.issues[1] = {1990, 2030, std::nullopt, std::nullopt};
  problem.position = {0, 1990, 100, 2030};
  const Forecast forecast = ask("position_exchange", problem);
  EXPECT_NEAR(forecast.landing[0], 100, 1e-10);
  EXPECT_NEAR(forecast.landing[1], 1990 + 40.0 / 6, 1e-9);
}

// Two partners alike in everything: one of them makes the exchange, by lot.
TEST(PositionExchange, TiesAreDrawnByLot) {
  const auto problem =
      market(2, {0, 0, 100, 100, 100, 100}, {0.2, 0.8, 0.6, 0.4, 0.6, 0.4}, {1, 1, 1, 1, 1, 1});
  const BargainingModel& model = *find_bargaining_model("position_exchange");
  const auto bound = model.bind({}).value();
  int first = 0;
  for (std::uint64_t k = 0; k < 400; ++k) {
    BargainingDraw draw = problem.draw();
    draw.draw = k;
    draw.keep_rounds = true;
    const Forecast forecast = bound.forecast(problem.setting, draw);
    const bool second_moved = forecast.rounds[1][3] < 100;
    const bool third_moved = forecast.rounds[1][5] < 100;
    ASSERT_NE(second_moved, third_moved);
    first += second_moved ? 1 : 0;
  }
  EXPECT_NEAR(first, 200, 4 * 10);  // four standard errors
}

// At other than equal gains: nobody loses, and somebody or the outcome is at its limit.
TEST(PositionExchange, RandomRatesStayBetweenGainingNothingAndGainingAll) {
  const auto problem = two_actors();
  const BargainingModel& model = *find_bargaining_model("position_exchange");
  const auto bound = model.bind({{"random_rate", 1}}).value();
  int more = 0;
  int less = 0;
  double largest = 0;
  for (std::uint64_t k = 0; k < 400; ++k) {
    BargainingDraw draw = problem.draw();
    draw.draw = k;
    const Forecast forecast = bound.forecast(problem.setting, draw);
    const double p = forecast.landing[0] - 75;
    const double q = 100.0 / 3 - forecast.landing[1];
    const double first = 0.8 * q - 0.2 * p;
    const double second = 0.6 * p - 0.4 * q;
    ASSERT_GE(first, -1e-9);
    ASSERT_GE(second, -1e-9);
    ASSERT_NEAR(std::max(p / 25, q / (100.0 / 3)), 1, 1e-9);
    more += first > 25.0 / 3 + 1e-9 ? 1 : 0;
    less += first < 25.0 / 3 - 1e-9 ? 1 : 0;
    largest = std::max(largest, first);
  }
  EXPECT_NEAR(more, 200, 4 * 10);
  EXPECT_NEAR(less, 200, 4 * 10);
  // The first's most: all of q, for the p at which the second gains nothing, (0.8 - 0.2 * 2/3) / 3.
  EXPECT_LE(largest, 200.0 / 9 + 1e-9);
  EXPECT_GT(largest, 20);
}

TEST(PositionExchange, SmallRandomRatesStayNearEqualGains) {
  const double exact = ask("position_exchange", two_actors()).landing[1];
  const double near = ask("position_exchange", two_actors(), {{"random_rate", 1e-9}}).landing[1];
  EXPECT_NEAR(near, exact, 1e-6);
  EXPECT_NE(near, exact);
}

/// Every position turned around on its scale.
BargainingProblem mirrored(BargainingProblem problem) {
  for (double& x : problem.position) x = 100 - x;
  return problem;
}

// Issues p, q as in OutcomeDoesNotPassWhatThePartnerWants, and r, on which the second can give 50
// of its 1/9. After the exchange of p for q, p is where the second wants it: as described, nothing
// more is to be had for r. Decide then knows no limit, and p goes on by 50 / 9 for 50 / 9 of r.
TEST(PositionExchange, DecideGoesOnFromAnOutcomeThatIsReached) {
  BargainingProblem problem =
      market(3, {20, 100, 100, 60, 0, 50, 100, 0, 0}, {0.5, 1, 1, 1, 0.5, 0.5, 0.5, 0, 0},
             {4, 4, 4, 1, 1, 1, 2, 0, 0});
  problem.takes_part = {1, 1, 1, 1, 1, 1, 1, 0, 0};
  const Forecast exact = ask("position_exchange", problem);
  EXPECT_NEAR(exact.landing[0], 60, 1e-10);
  EXPECT_NEAR(exact.landing[2], 850.0 / 9, 1e-10);
  const Forecast decide = ask("position_exchange", problem, {{"variant", 1}});
  EXPECT_NEAR(decide.landing[0], 60 + 50.0 / 9, 1e-10);
  EXPECT_NEAR(decide.landing[1], exact.landing[1], 1e-10);
  EXPECT_NEAR(decide.landing[2], 100, 1e-10);
}

// The third gives all it has on q, 10 / 1.3, for which the first goes 53.5 up on p, with a weight
// of 2 / 17. With the second it could go the rest, as it does as described. Decide still counts the
// 100 it would have gone with the second at first: too much together. Downwards it does not count.
TEST(PositionExchange, DecideCountsMovesUpThatWereNeverMade) {
  const BargainingProblem problem =
      market(2, {0, 100, 100, 0, 100, 0}, {0.2, 0.8, 0.6, 0.4, 0.9, 0.1}, {1, 1, 1, 1, 1, 1});
  const double p = (60 + 90) / 1.7 + 10 / 1.3 * 0.9 / 1.1;
  const double q = 80 / 1.3 + 10 / 1.3;
  const std::vector<double> decide = ask("position_exchange", problem, {{"variant", 1}}).landing;
  EXPECT_NEAR(decide[0], p, 1e-10);
  EXPECT_NEAR(decide[1], q, 1e-10);
  const std::vector<double> exact = ask("position_exchange", problem).landing;
  EXPECT_NEAR(exact[0], 100, 1e-10);
  EXPECT_NEAR(exact[1], q + (100 - p) * 0.8 / 1.2, 1e-10);
  const std::vector<double> down =
      ask("position_exchange", mirrored(problem), {{"variant", 1}}).landing;
  EXPECT_NEAR(down[0], 100 - exact[0], 1e-10);
  EXPECT_NEAR(down[1], 100 - exact[1], 1e-10);
}

// The second and the third are alike: for all that either has on q, the first goes 47.7 up on p. As
// described it makes both exchanges. Decide makes the other one only where the toss went against
// the order; else it has worked it out twice and counts three times 47.7.
TEST(PositionExchange, DecideWorksOutTheLoserOfATossTwice) {
  BargainingProblem problem =
      market(2, {0, 100, 100, 0, 100, 0}, {0.2, 0.8, 0.6, 0.4, 0.6, 0.4}, {1, 1, 1, 0.1, 1, 0.1});
  const double start = 120 / 1.4;
  const double shift = 4 / 0.88 * 1.2 / 0.8;
  EXPECT_NEAR(ask("position_exchange", problem).landing[0], start + 2 * shift, 1e-10);
  int once = 0;
  for (std::uint64_t draw = 0; draw < 100; ++draw) {
    problem.draw_number = draw;
    const double landing = ask("position_exchange", problem, {{"variant", 1}}).landing[0];
    const bool one = std::abs(landing - start - shift) < 1e-9;
    ASSERT_TRUE(one || std::abs(landing - start - 2 * shift) < 1e-9) << landing;
    once += one ? 1 : 0;
  }
  EXPECT_NEAR(once, 50, 4 * 5);  // four standard errors
}

TEST(PositionExchange, AgreesWithThePlainVersion) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const std::size_t actors = 2 + seed % 6;
    const std::size_t issues = 2 + seed % 3;
    const Stream uniform(seed, "position_exchange_test");
    std::vector<double> numbers(3 * actors * issues);
    uniform.fill(0, numbers.data(), numbers.size());
    const auto third = static_cast<std::ptrdiff_t>(actors * issues);
    BargainingProblem problem = market(issues, {numbers.begin(), numbers.begin() + third},
                                       {numbers.begin() + third, numbers.begin() + 2 * third},
                                       {numbers.begin() + 2 * third, numbers.end()});
    for (BargainingIssue& issue : problem.setting.issues) issue.high = 1;
    const std::vector<double> plain = reference::exchange_positions(problem);
    const std::vector<double> landing = ask("position_exchange", problem).landing;
    for (std::size_t p = 0; p < issues; ++p) EXPECT_NEAR(landing[p], plain[p], 1e-9) << seed;
  }
}

TEST(PositionExchange, NeedsASecondIssue) {
  const BargainingModel& model = *find_bargaining_model("position_exchange");
  EXPECT_EQ(model.obstacle(testing::problem_of({{1}}).setting), "a second issue");
  EXPECT_EQ(model.obstacle(two_actors().setting), "");
}

TEST(PositionExchange, RefusesARateAboveOne) {
  const auto bound = find_bargaining_model("position_exchange")->bind({{"random_rate", 1.5}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E309");
}

// Every exchange is voluntary. With two actors there is one, and both gain the same by it.
RC_GTEST_PROP(PositionExchange, TwoActorsGainTheSame, ()) {
  std::vector<double> position;
  std::vector<double> salience;
  std::vector<double> capability;
  for (int k = 0; k < 4; ++k) {
    position.push_back(*rc::gen::inRange(0, 101));
    salience.push_back(*rc::gen::inRange(1, 11) / 10.0);
    capability.push_back(*rc::gen::inRange(1, 10));
  }
  const auto problem = market(2, position, salience, capability);
  const std::vector<double> before = ask("compromise_mean", problem).landing;
  const std::vector<double> after = ask("position_exchange", problem).landing;
  const auto gain = [&](std::size_t i) {
    double sum = 0;
    for (const std::size_t p : {0U, 1U}) {
      sum += salience[i * 2 + p] *
             (std::abs(before[p] - position[i * 2 + p]) - std::abs(after[p] - position[i * 2 + p]));
    }
    return sum;
  };
  RC_ASSERT(std::abs(gain(0) - gain(1)) < 1e-9);
  RC_ASSERT(gain(0) >= -1e-9);
}

}  // namespace
}  // namespace delian
