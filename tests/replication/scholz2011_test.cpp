// J. B. Scholz, G. J. Calbert, G. A. Smith: Unravelling Bueno De Mesquita's Group Decision Model.
// ICAART 2011, pp. 18-30. Input: catalog/scholz2011/ec-emissions.csv (their Table 1).

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "delian/challenge.hpp"
#include "support/catalog.hpp"

namespace delian {
namespace {

using testing::ask;
using testing::catalog_case;
using testing::CatalogCase;

constexpr double paper = 0;
constexpr double table = 1;

CatalogCase emissions() {
  CatalogCase input = catalog_case("scholz2011/ec-emissions.csv");
  EXPECT_EQ(input.actors.size(), 10U);
  return input;
}

std::vector<ChallengeRound> rounds_of(const CatalogCase& input, double reading, double rounds,
                                      double stays_put = 1) {
  ChallengeOptions options;
  options.reading = reading;
  options.rounds = rounds;
  options.stays_put = stays_put;
  const BargainingProblem& problem = input.problem;
  return play_challenge(options, problem.position, problem.salience, problem.capability);
}

/// Printed with one decimal, partly rounded and partly cut: 8.42 as 8.4, 9.96 as 9.9.
bool is_printed_as(double value, double printed) {
  return value > printed - 0.05 - 1e-9 && value < printed + 0.1;
}

// Table 2, p. 28. Fifteen of sixteen numbers to the printed digit.
TEST(Scholz2011, Table2MediansAndMeans) {
  constexpr std::array medians{8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6};
  constexpr std::array means{7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6};
  const auto rounds = rounds_of(emissions(), table, 8);
  ASSERT_EQ(rounds.size(), 8U);
  int reproduced = 0;
  for (std::size_t k = 0; k < 8; ++k) {
    EXPECT_TRUE(is_printed_as(rounds[k].mean, means[k])) << "mean of round " << k + 1;
    if (k != 1) {
      EXPECT_TRUE(is_printed_as(rounds[k].median, medians[k])) << "median of round " << k + 1;
    }
    reproduced += is_printed_as(rounds[k].mean, means[k]) ? 1 : 0;
    reproduced += is_printed_as(rounds[k].median, medians[k]) ? 1 : 0;
  }
  EXPECT_EQ(reproduced, 15);
}

// The sixteenth: the median of round 2 is printed as 9.9 and is 9.61 here, 0.29 less. It is where
// Belgium stands, on its way from 8.42 to the 9.96 of round 3: the paper's figure for round 2 fits
// no point of that way, but is the one of the three rounds that follow. No other reading tried
// gives 9.9 in round 2 and the other fifteen.
TEST(Scholz2011, Table2MedianOfRoundTwoIsOurs) {
  const CatalogCase input = emissions();
  const auto rounds = rounds_of(input, table, 2);
  EXPECT_NEAR(rounds[1].median, 9.610859, 1e-6);
  EXPECT_EQ(rounds[1].median, rounds[1].position[input.at("Belgium")]);
  EXPECT_FALSE(is_printed_as(rounds[1].median, 9.9));
}

TEST(Scholz2011, BeforeTheFirstRound) {
  const auto rounds = rounds_of(emissions(), table, 1);
  EXPECT_EQ(rounds.front().median_before, 7);
  const auto mean = ask("compromise_mean", emissions().problem);
  EXPECT_NEAR(mean.landing.front(), 7.38996, 1e-5);
}

// Not printed: what the reading gives in every round, and only these three ever move. Pinned, so
// that a change of the model shows. Positions of Belgium, Luxembourg and Ireland; median; mean.
TEST(Scholz2011, EveryRoundOfTheReadingIsPinned) {
  constexpr std::array<std::array<double, 5>, 10> wanted{{
      {8.415932, 7, 4, 8.415932, 7.461314},
      {9.610859, 8.415932, 7, 9.610859, 7.552501},
      {9.961980, 9.610859, 8.415932, 9.961980, 7.590145},
      {4.800881, 9.961980, 9.610859, 9.961980, 7.358131},
      {5.524238, 4.800881, 9.961980, 9.961980, 7.349174},
      {7.472046, 5.524238, 5.524238, 7.472046, 7.414878},
      {8.824594, 7.472046, 7.472046, 8.824594, 7.510457},
      {9.671130, 8.824594, 8.824594, 9.671130, 7.572447},
      {4.144849, 9.671130, 9.671130, 9.671130, 7.324989},
      {4.291541, 4.144849, 4.144849, 7.0, 7.242131},
  }};
  const CatalogCase input = emissions();
  const auto rounds = rounds_of(input, table, 10);
  ASSERT_EQ(rounds.size(), wanted.size());
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    std::vector<double> positions = input.problem.position;
    positions[input.at("Belgium")] = wanted[k][0];
    positions[input.at("Luxembourg")] = wanted[k][1];
    positions[input.at("Ireland")] = wanted[k][2];
    for (std::size_t i = 0; i < positions.size(); ++i) {
      EXPECT_NEAR(rounds[k].position[i], positions[i], 1e-6)
          << input.actors[i] << " in round " << k + 1;
    }
    EXPECT_NEAR(rounds[k].median, wanted[k][3], 1e-6) << k + 1;
    EXPECT_NEAR(rounds[k].mean, wanted[k][4], 1e-6) << k + 1;
  }
}

// Not printed, but figures 7 to 10 depend on them.
TEST(Scholz2011, RiskExponentsOfTheFirstRound) {
  const auto round = rounds_of(emissions(), table, 1).front();
  constexpr std::array wanted{1.4057, 0.7542, 0.5089, 1.4057, 1.0465,
                              1.0465, 1.9649, 0.5,    2.0,    1.1121};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_NEAR(round.risk_exponent[i], wanted[i], 5e-5) << emissions().actors[i];
  }
}

struct Point {
  std::string other;
  double across, up;
};

// Figures 7 to 10: each other actor at (E^i(U_ij), E^i(U_ji)) in the first round.
void expect_points(const std::string& focal, const std::vector<Point>& points) {
  const CatalogCase input = emissions();
  const auto round = rounds_of(input, table, 1).front();
  const std::size_t n = input.actors.size();
  const std::size_t i = input.at(focal);
  std::vector<Point> wanted;
  for (const std::string& actor : input.actors) wanted.push_back({actor, 0, 0});
  for (const Point& point : points) wanted[input.at(point.other)] = point;
  for (std::size_t j = 0; j < n; ++j) {
    EXPECT_NEAR(round.challenging[i * n + j], wanted[j].across, 5e-4) << input.actors[j];
    EXPECT_NEAR(round.challenged[i * n + j], wanted[j].up, 5e-4) << input.actors[j];
  }
}

TEST(Scholz2011, FigureOfBelgium) {
  expect_points("Belgium", {{"Netherlands", -0.473, 0.242},
                            {"Germany", -0.473, 0.242},
                            {"Luxembourg", 0.606, 0.242},
                            {"France", -0.115, 0.243},
                            {"Italy", -0.115, 0.243},
                            {"United Kingdom", -0.655, 0.243},
                            {"Denmark", -0.832, 0.242}});
}

TEST(Scholz2011, FigureOfFrance) {
  expect_points("France", {{"Netherlands", -1.226, -0.442},
                           {"Germany", -1.226, -0.442},
                           {"Belgium", 0.194, -0.206},
                           {"Luxembourg", 1.146, -0.442},
                           {"Ireland", 0.798, -0.206},
                           {"Denmark", -2.016, -0.442},
                           {"Greece", -0.410, -0.206}});
}

TEST(Scholz2011, FigureOfTheNetherlands) {
  expect_points("Netherlands", {{"Belgium", 0.103, -0.725},
                                {"France", -0.869, -1.652},
                                {"Italy", -0.869, -1.652},
                                {"United Kingdom", -2.059, -1.652},
                                {"Ireland", 0.731, -0.725},
                                {"Greece", -0.525, -0.725}});
}

// This figure has the other's own view across: E^j(U_ji), with the exponent of j.
TEST(Scholz2011, FigureOfLuxembourg) {
  const CatalogCase input = emissions();
  const auto round = rounds_of(input, table, 1).front();
  const std::size_t n = input.actors.size();
  const std::size_t i = input.at("Luxembourg");
  const std::vector<Point> points{{"Belgium", 0.606, 0.542}, {"France", 1.146, 2.021},
                                  {"Italy", 1.146, 2.021},   {"United Kingdom", 0.234, 2.021},
                                  {"Ireland", 0.538, 0.542}, {"Greece", 0.588, 0.542}};
  for (const Point& point : points) {
    const std::size_t j = input.at(point.other);
    EXPECT_NEAR(round.challenging[j * n + i], point.across, 5e-4) << point.other;
    EXPECT_NEAR(round.challenged[i * n + j], point.up, 5e-4) << point.other;
  }
}

// Not published: Q = 0.5 in the same reading.
TEST(Scholz2011, HalfAsLikelyToStayPutIsPinned) {
  constexpr std::array medians{10.0, 10.0, 8.911, 8.911, 8.762, 8.762, 8.741, 8.741};
  const auto rounds = rounds_of(emissions(), table, 8, 0.5);
  for (std::size_t k = 0; k < medians.size(); ++k) {
    EXPECT_NEAR(rounds[k].median, medians[k], 5e-4) << k + 1;
  }
}

// The equations as printed do not lead to Table 2: all end at 7 years, where the decision
// was 8.833.
TEST(Scholz2011, TheTextAsPrintedEndsAtSeven) {
  const auto forecast = ask("challenge", emissions().problem, {{"reading", paper}}, true);
  EXPECT_EQ(forecast.termination, Termination::converged);
  EXPECT_EQ(forecast.landing.front(), 7);
  EXPECT_EQ(forecast.rounds.back(), std::vector<double>(10, 7.0));
}

// P. 28: the results do not settle. Here the median still changes between rounds 90 and 100.
TEST(Scholz2011, TheTableReadingDoesNotSettle) {
  const CatalogCase input = emissions();
  const auto many = ask("challenge", input.problem, {{"reading", table}, {"rounds", 100}});
  EXPECT_EQ(many.termination, Termination::round_limit);
  const auto rounds = rounds_of(input, table, 100);
  double least = 10, most = 4;
  for (std::size_t k = 90; k < 100; ++k) {
    least = std::min(least, rounds[k].median);
    most = std::max(most, rounds[k].median);
  }
  EXPECT_GT(most - least, 1);
  const auto median = ask("challenge", input.problem, {{"reading", table}, {"rounds", 8}});
  EXPECT_NEAR(median.landing.front(), 9.671130, 1e-6);
  const auto mean =
      ask("challenge", input.problem, {{"reading", table}, {"rounds", 8}, {"outcome", 1}});
  EXPECT_NEAR(mean.landing.front(), 7.572447, 1e-6);
}

// Nor is it indifferent to which end of the scale is called the lower one: of several compromises
// it takes the one nearest to the lower end. Years counted backwards part from it in round 4.
TEST(Scholz2011, TheTableReadingDependsOnTheDirectionOfTheScale) {
  CatalogCase input = emissions();
  for (double& x : input.problem.position) x = 14 - x;
  const auto rounds = rounds_of(input, table, 8);
  EXPECT_NEAR(14 - rounds[2].median, 9.961980, 1e-6) << "the same forwards";
  EXPECT_NEAR(14 - rounds[7].median, 8.179, 5e-4) << "9.671 forwards";
}

// Other published inputs whose published results nobody has reproduced. What follows is ours.
TEST(Scholz2011, OilPriceOf1997AlternatesAndIsOurs) {
  const CatalogCase input = catalog_case("bdm1997/oil-price.csv");
  ASSERT_EQ(input.actors.size(), 17U);
  const auto rounds = rounds_of(input, table, 8);
  EXPECT_NEAR(rounds.front().median_before, 13.9, 1e-9);
  for (std::size_t k = 0; k < 8; ++k) {
    EXPECT_NEAR(rounds[k].median, k % 2 == 0 ? 13.75 : 13.9, 1e-9) << k + 1;
    EXPECT_NEAR(rounds[k].mean, k % 2 == 0 ? 13.575766 : 13.619912, 1e-6) << k + 1;
  }
  const auto forecast =
      ask("challenge", input.problem, {{"reading", table}, {"rounds", 101}}, true);
  EXPECT_EQ(forecast.termination, Termination::cycle);
  EXPECT_NEAR(forecast.landing.front(), 13.75, 1e-9);
  EXPECT_EQ(forecast.rounds.size(), 102U);
  EXPECT_EQ(forecast.rounds[101], forecast.rounds[1]);
}

TEST(Scholz2011, IranianElectionOf2013StaysAtFiveAndIsOurs) {
  const CatalogCase input = catalog_case("eftekhari2014/iran-2013.csv");
  ASSERT_EQ(input.actors.size(), 8U);
  const auto rounds = rounds_of(input, table, 8);
  constexpr std::array means{5.418535, 5.402950, 5.394309, 5.391220,
                             5.390449, 5.498454, 5.390244, 5.498454};
  for (std::size_t k = 0; k < means.size(); ++k) {
    EXPECT_EQ(rounds[k].median, 5) << k + 1;
    EXPECT_NEAR(rounds[k].mean, means[k], 1e-6) << k + 1;
  }
}

}  // namespace
}  // namespace delian
