#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "delian/presence.hpp"

namespace delian::presence {
namespace {

const std::vector<HullGroup> seven{{7, 5.2 / 36}};

std::vector<HullGroup> any_fleet() {
  std::vector<HullGroup> groups;
  const int count = *rc::gen::inRange(1, 4);
  for (int g = 0; g < count; ++g) {
    groups.push_back({*rc::gen::inRange(0, 12), *rc::gen::inRange(0, 1001) / 1000.});
  }
  return groups;
}

TEST(OnStation, SevenHullsStaggered) {
  const OnStation ships = staggered(seven);
  EXPECT_NEAR(ships.exactly[1], .99, .005);
  EXPECT_NEAR(ships.exactly[2], .01, .005);
  EXPECT_EQ(ships.exactly[0], 0);
  EXPECT_NEAR(ships.mean(), 7 * 5.2 / 36, 1e-12);
}

TEST(OnStation, SevenHullsIndependent) {
  const OnStation ships = poisson_binomial(seven);
  EXPECT_NEAR(ships.at_least(1), .664, .0005);
  EXPECT_NEAR(ships.at_least(2), .268, .0005);
  EXPECT_NEAR(ships.mean(), 7 * 5.2 / 36, 1e-12);
}

TEST(OnStation, AMixedFleetByHand) {
  const std::vector<HullGroup> groups{{1, .5}, {1, .2}};
  const OnStation apart = poisson_binomial(groups);
  EXPECT_THAT(apart.exactly,
              ::testing::ElementsAre(::testing::DoubleEq(.4), ::testing::DoubleEq(.5),
                                     ::testing::DoubleEq(.1)));
  EXPECT_NEAR(staggered(groups).exactly[1], .7, 1e-15);
  EXPECT_EQ(staggered(groups).exactly[2], 0);
  // One hull cannot be staggered with itself: apart is independent here.
  EXPECT_NEAR(staggered_apart(groups).exactly[2], .1, 1e-15);
}

TEST(OnStation, ARoundNumberOfShipsLeavesNoSpillover) {
  const std::vector<HullGroup> groups{{6, 1. / 6}};
  EXPECT_EQ(staggered(groups).exactly[1], 1);
  EXPECT_EQ(staggered(groups).at_least(2), 0);
}

TEST(OnStation, NobodyIsNobody) {
  EXPECT_EQ(staggered({}).exactly, std::vector<double>{1});
  EXPECT_EQ(poisson_binomial({}).exactly, std::vector<double>{1});
  const std::vector<HullGroup> odd{{-3, .5}, {2, 1.5}, {2, -1}};  // counts as none, sure, never
  EXPECT_EQ(poisson_binomial(odd).exactly[2], 1);
}

RC_GTEST_PROP(OnStation, SumsToOneAndKeepsItsMean, ()) {
  const std::vector<HullGroup> fleet = any_fleet();
  double mean = 0;
  for (const HullGroup& group : fleet) mean += group.hulls * group.share;
  for (const OnStation& ships :
       {staggered(fleet), staggered_apart(fleet), poisson_binomial(fleet)}) {
    RC_ASSERT(std::abs(std::accumulate(ships.exactly.begin(), ships.exactly.end(), 0.) - 1) <
              1e-12);
    RC_ASSERT(std::abs(ships.mean() - mean) < 1e-8);
  }
}

RC_GTEST_PROP(OnStation, StaggerVariesLeast, ()) {
  const std::vector<HullGroup> fleet = any_fleet();
  const auto variance = [](const OnStation& ships) {
    double sum = 0;
    for (std::size_t k = 0; k < ships.exactly.size(); ++k) {
      sum += ships.exactly[k] * std::pow(static_cast<double>(k) - ships.mean(), 2);
    }
    return sum;
  };
  RC_ASSERT(variance(staggered(fleet)) <= variance(staggered_apart(fleet)) + 1e-8);
  RC_ASSERT(variance(staggered_apart(fleet)) <= variance(poisson_binomial(fleet)) + 1e-8);
}

RC_GTEST_PROP(OnStation, MoreHullsNeverLowerPresence, ()) {
  std::vector<HullGroup> fleet = any_fleet();
  const std::vector<HullGroup> before = fleet;
  ++fleet[*rc::gen::inRange<std::size_t>(0, fleet.size())].hulls;
  for (std::size_t k = 0; k < 10; ++k) {
    RC_ASSERT(poisson_binomial(fleet).at_least(k) >= poisson_binomial(before).at_least(k) - 1e-12);
    RC_ASSERT(staggered(fleet).at_least(k) >= staggered(before).at_least(k) - 1e-8);
  }
}

double availability(int docks) {
  return finite_source(7, 24, 8, docks, "").value().availability;
}

TEST(FiniteSource, SevenShipsUpTwentyFourMonthsInRepairEight) {
  EXPECT_NEAR(availability(7), .750, .0005);
  EXPECT_NEAR(availability(3), .735, .0005);
  EXPECT_NEAR(availability(2), .668, .0005);
  EXPECT_NEAR(availability(1), .419, .0005);
}

TEST(FiniteSource, OneShipIsARenewalProcess) {
  const FiniteSource one = finite_source(1, 30, 10, 1, "").value();
  EXPECT_DOUBLE_EQ(one.availability, .75);
  EXPECT_DOUBLE_EQ(one.docks_busy, .25);
  EXPECT_DOUBLE_EQ(one.waiting, 0);
}

TEST(FiniteSource, AThousandHullsAndOneDockDoNotOverflow) {
  const FiniteSource many = finite_source(1000, 1, 1000, 1, "").value();
  EXPECT_NEAR(std::accumulate(many.down.begin(), many.down.end(), 0.), 1, 1e-12);
  EXPECT_NEAR(many.docks_busy, 1, 1e-9);
  // The dock turns out one ship in 1000 days, each is up for 1 day.
  EXPECT_NEAR(many.availability * 1000, .001, 1e-6);
}

TEST(FiniteSource, WithDocksForAllTheShipsOnStationAreBinomial) {
  // Availability .75 and, of those up, .2 on station.
  const OnStation ships = on_station(finite_source(7, 24, 8, 7, "").value(), .2);
  const OnStation binomial = poisson_binomial(std::vector<HullGroup>{{7, .15}});
  for (std::size_t k = 0; k < 8; ++k) {
    EXPECT_NEAR(ships.exactly[k], binomial.exactly[k], 1e-14);
  }
}

RC_GTEST_PROP(FiniteSource, DocksBusyIsWhatComesInTimesRepair, ()) {
  const int hulls = *rc::gen::inRange(1, 40);
  const int docks = *rc::gen::inRange(1, 10);
  const double up = *rc::gen::inRange(1, 2000);
  const double repair = *rc::gen::inRange(1, 500);
  const FiniteSource source = finite_source(hulls, up, repair, docks, "").value();
  // Little's law at the docks: ships up break down at the rate 1 / up.
  RC_ASSERT(std::abs(source.docks_busy - source.availability * hulls / up * repair) < 1e-8);
  RC_ASSERT(source.availability <=
            finite_source(hulls, up, repair, docks + 1, "").value().availability + 1e-12);
}

TEST(FiniteSource, RefusesWhatIsNoQueue) {
  const auto refused = finite_source(0, -1, 0, 0, "yard");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().size(), 4U);
  EXPECT_EQ(refused.error().front().code, "E660");
  EXPECT_EQ(refused.error().front().place.pointer, "yard.hulls");
}

}  // namespace
}  // namespace delian::presence
