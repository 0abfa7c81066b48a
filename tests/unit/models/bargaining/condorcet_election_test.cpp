#include "models/bargaining/condorcet_election.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "reference/plain_election.hpp"

namespace delian::bargaining {
namespace {

using reference::Matrix;
using reference::PlainElection;
using reference::Row;

/// Voters and options at random: weights with a mean of 1, utilities from 0 to 1.
struct Electorate {
  Row weight;
  Matrix utility;
};

Electorate any_electorate() {
  const auto voters = *rc::gen::inRange<std::size_t>(1, 12);
  const auto options = *rc::gen::inRange<std::size_t>(1, 12);
  const auto share = [] { return *rc::gen::inRange(0, 1001) / 1000.0; };
  Electorate all{Row(voters), Matrix(voters, Row(options))};
  double sum = 0;
  for (double& w : all.weight) sum += w = 0.01 + share();
  for (double& w : all.weight) w *= static_cast<double>(voters) / sum;
  for (Row& row : all.utility) {
    for (double& u : row) u = share();
  }
  return all;
}

std::vector<double> hold(const Electorate& all, const ElectionRules& rules) {
  CondorcetElection election;
  const std::size_t options = all.utility.front().size();
  election.open(options);
  std::vector<double> table(all.weight.size() * election.stride());
  for (std::size_t k = 0; k < all.weight.size(); ++k) {
    for (std::size_t i = 0; i < options; ++i) {
      table[k * election.stride() + i] = all.utility[k][i];
    }
  }
  election.count(rules.vote, all.weight, table.data());
  const auto p = election.elect(rules);
  return {p.begin(), p.end()};
}

VoteCurve any_curve() {
  return static_cast<VoteCurve>(*rc::gen::inRange<int>(0, vote_curves.size()));
}

PlainElection plain(const ElectionRules& rules) {
  return {vote_curves[static_cast<std::size_t>(rules.vote)],
          victory_laws[static_cast<std::size_t>(rules.victory)],
          election_laws[static_cast<std::size_t>(rules.election)]};
}

void expect_same(const Row& expected, const std::vector<double>& found, double tolerance) {
  RC_ASSERT(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    RC_ASSERT(std::abs(found[i] - expected[i]) <= tolerance);
  }
}

RC_GTEST_PROP(CondorcetElection, ConditionalAgreesWithThePlainOne, ()) {
  const Electorate all = any_electorate();
  ElectionRules rules;
  rules.vote = any_curve();
  rules.victory = static_cast<VictoryLaw>(*rc::gen::inRange<int>(0, victory_laws.size()));
  expect_same(plain(rules)(all.weight, all.utility), hold(all, rules), 1e-12);
}

// The steep laws make chains that hardly move, where repeating takes for ever; the next test has
// them.
RC_GTEST_PROP(CondorcetElection, MarkovElectionsAgreeWithPowerIteration, ()) {
  const Electorate all = any_electorate();
  ElectionRules rules;
  rules.vote = any_curve();
  rules.victory = *rc::gen::element(VictoryLaw::linear, VictoryLaw::square);
  rules.election = *rc::gen::element(ElectionLaw::markov_uniform, ElectionLaw::markov_incentive);
  const Row repeated = plain(rules)(all.weight, all.utility);
  expect_same(repeated, hold(all, rules), 1e-9);
}

RC_GTEST_PROP(CondorcetElection, AStepOfTheChainLeavesTheAnswerAsItIs, ()) {
  const Electorate all = any_electorate();
  ElectionRules rules;
  rules.vote = any_curve();
  rules.victory = static_cast<VictoryLaw>(*rc::gen::inRange<int>(0, victory_laws.size()));
  rules.election = ElectionLaw::markov_uniform;
  const std::vector<double> p = hold(all, rules);
  const Matrix strength = plain(rules).coalitions(all.weight, all.utility);
  const std::string_view law = victory_laws[static_cast<std::size_t>(rules.victory)];
  for (std::size_t i = 0; i < p.size(); ++i) {
    double next = 0;
    for (std::size_t j = 0; j < p.size(); ++j) {
      const double wins =
          i == j ? 0.5 : reference::plain_victory(law, strength[i][j], strength[j][i]);
      next += wins * (p[i] + p[j]) / static_cast<double>(p.size());
    }
    RC_ASSERT(std::abs(next - p[i]) <= 1e-13);
  }
}

RC_GTEST_PROP(CondorcetElection, KtabsToleranceStopsNearTheFixedPoint, ()) {
  const Electorate all = any_electorate();
  ElectionRules exact;
  exact.election = ElectionLaw::markov_uniform;
  ElectionRules stopped = exact;
  stopped.uniform_tolerance = 1e-6;
  PlainElection literal = plain(stopped);
  literal.uniform_tolerance = 1e-6;
  const std::vector<double> found = hold(all, stopped);
  expect_same(literal(all.weight, all.utility), found, 1e-13);
  expect_same(hold(all, exact), found, 1e-5);
}

// Found by trying: two options that nobody tells apart, and a third that hardly ever wins. A
// thousand steps are not enough, where the program stops with an error.
TEST(CondorcetElection, ChainsThatHardlyMoveAreSolved) {
  ElectionRules rules;
  rules.vote = VoteCurve::prospect;
  rules.victory = VictoryLaw::binary;
  rules.election = ElectionLaw::markov_incentive;
  const Electorate all{{0.8, 0.8, 1.4}, {{0.7, 0, 0.7}, {0, 1, 0}, {0.8, 0.2, 0.8}}};
  const std::vector<double> exact = hold(all, rules);
  rules.incentive_tolerance = 1e-8;
  EXPECT_EQ(hold(all, rules), exact);
}

RC_GTEST_PROP(CondorcetElection, CountingOnALineAgreesWithCountingVotes, ()) {
  const auto options = *rc::gen::inRange<std::size_t>(1, 20);
  // A coarse grid, so that voters stand exactly between two options too.
  std::set<int> grid;
  while (grid.size() < options) grid.insert(*rc::gen::inRange(0, 41));
  Row position;
  for (const int x : grid) position.push_back(x / 40.0);
  Row weight(options);
  for (double& w : weight) w = *rc::gen::inRange(0, 100) / 50.0;
  weight.front() += 0.5;
  Electorate all{weight, Matrix(options, Row(options))};
  for (std::size_t k = 0; k < options; ++k) {
    for (std::size_t i = 0; i < options; ++i) {
      all.utility[k][i] = 1 - std::abs(position[k] - position[i]);
    }
  }
  for (const ElectionLaw law : {ElectionLaw::conditional, ElectionLaw::markov_uniform}) {
    ElectionRules rules;
    rules.election = law;
    CondorcetElection election;
    election.open(options);
    election.count_on_line(weight, position);
    const auto p = election.elect(rules);
    expect_same(hold(all, rules), {p.begin(), p.end()}, 1e-12);
  }
}

// Three groups of options and three voters who rank them in a circle, each group last for one of
// them. That voter's cube outweighs the other two, so each option loses to a whole group with a
// chance below 1e-4 each time, and every product is below the smallest double.
TEST(CondorcetElection, ProductsBelowTheRangeOfDoublesStillHaveProportions) {
  constexpr std::size_t group = 90;
  constexpr std::size_t options = 3 * group;
  Electorate all{{1, 1, 1}, Matrix(3, Row(options))};
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::size_t i = 0; i < options; ++i) {
      const double within = static_cast<double>((i * (k + 7)) % group) / group;
      all.utility[k][i] = 0.49 * static_cast<double>((i / group + k) % 3) + 0.02 * within;
    }
  }
  ElectionRules rules;
  rules.vote = VoteCurve::cubic;
  rules.victory = VictoryLaw::octic;
  const std::vector<double> p = hold(all, rules);
  EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-12);

  // The same in logarithms.
  const Matrix strength = plain(rules).coalitions(all.weight, all.utility);
  std::vector<double> logarithm(options);
  for (std::size_t i = 0; i < options; ++i) {
    for (std::size_t j = 0; j < options; ++j) {
      if (i == j) continue;
      logarithm[i] -= std::log1p(std::pow(strength[j][i] / strength[i][j], 8));
    }
  }
  const double most = *std::max_element(logarithm.begin(), logarithm.end());
  ASSERT_LT(most, -745) << "the products are in range: this test tests nothing";
  double sum = 0;
  for (const double l : logarithm) sum += std::exp(l - most);
  for (std::size_t i = 0; i < options; ++i) {
    EXPECT_NEAR(p[i], std::exp(logarithm[i] - most) / sum, 1e-9) << i;
  }
}

TEST(CondorcetElection, OneOptionIsCertain) {
  for (const ElectionLaw law :
       {ElectionLaw::conditional, ElectionLaw::markov_uniform, ElectionLaw::markov_incentive}) {
    ElectionRules rules;
    rules.election = law;
    EXPECT_EQ(hold({{1}, {{0.3}}}, rules), std::vector<double>{1.0});
  }
}

TEST(CondorcetElection, OptionsThatNobodyTellsApartAreEven) {
  for (const ElectionLaw law :
       {ElectionLaw::conditional, ElectionLaw::markov_uniform, ElectionLaw::markov_incentive}) {
    ElectionRules rules;
    rules.election = law;
    for (const double p : hold({{1, 1}, {{0.5, 0.5, 0.5, 0.5}, {1, 1, 1, 1}}}, rules)) {
      EXPECT_NEAR(p, 0.25, 1e-12);
    }
  }
}

TEST(MedianOf, IsWhereHalfTheWeightLiesOnEitherSide) {
  EXPECT_EQ(median_of(std::vector<double>{30, 10, 20}, std::vector<double>{1, 1, 1}), 20);
  EXPECT_EQ(median_of(std::vector<double>{30, 10, 20}, std::vector<double>{5, 1, 1}), 30);
}

TEST(MedianOf, TieGivesTheMidpointOfThoseWithWeight) {
  EXPECT_EQ(median_of(std::vector<double>{10, 20, 40}, std::vector<double>{1, 0, 1}), 25);
  EXPECT_EQ(median_of(std::vector<double>{10}, std::vector<double>{0.1}), 10);
}

}  // namespace
}  // namespace delian::bargaining
