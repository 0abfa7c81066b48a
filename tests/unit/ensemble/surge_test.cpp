#include "delian/surge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace delian::presence {
namespace {

using ::testing::ElementsAre;

SurgeGroup ready_at(double low, double high, int hulls, double passage, std::string member = "A") {
  SurgeGroup group;
  group.member = std::move(member);
  group.id = "g";
  group.hulls = hulls;
  group.phase_days = {0, 1, 0, 0, 0};
  group.bands[1] = {low, high};
  group.passage_days = passage;
  return group;
}

Surge ask(const std::vector<SurgeGroup>& groups, const std::vector<double>& days,
          std::uint64_t runs = 2000, int threads = 1, const std::vector<AlreadyThere>& there = {}) {
  RunContext context;
  context.threads = threads;
  return simulate_surge(groups, there, days, runs, 5, context, "").value();
}

TEST(Surge, WithoutChanceItIsAStep) {
  const Surge surge = ask({ready_at(10, 10, 3, 20)}, {0, 29.9, 30, 60});
  std::vector<double> medians;
  for (const Band& band : surge.total.ships) {
    medians.push_back(band.p50);
    EXPECT_EQ(band.p10, band.p90);
    EXPECT_EQ(band.mean, band.p50);
  }
  EXPECT_THAT(medians, ElementsAre(0, 0, 3, 3));
  EXPECT_EQ(surge.nth_arrival[2].day.p50, 30);
  EXPECT_EQ(surge.nth_arrival[2].share, 1);
}

TEST(Surge, ReadinessIsUniformInItsBand) {
  // One ship ready between day 0 and 100: deciles of its day, and the chance by a day.
  const Surge surge = ask({ready_at(0, 100, 1, 0)}, {30, 200}, 20'000);
  EXPECT_NEAR(surge.nth_arrival[0].day.p10, 10, 1);
  EXPECT_NEAR(surge.nth_arrival[0].day.p50, 50, 1.5);
  EXPECT_NEAR(surge.nth_arrival[0].day.p90, 90, 1);
  EXPECT_NEAR(surge.total.ships[0].mean, .3, 4 * std::sqrt(.21 / 20'000));
}

TEST(Surge, HullsAreSpreadOverTheirCycle) {
  // A fifth of the cycle in each phase, ten hulls: always two in each.
  SurgeGroup group;
  group.member = "A";
  group.hulls = 10;
  group.phase_days = {20, 20, 20, 20, 20};
  group.passage_days = 1;
  const Surge surge = ask({group}, {0, 31, 91, 181, 361});
  std::vector<double> most;
  for (const Band& band : surge.total.ships) {
    EXPECT_EQ(band.p10, band.p90);
    most.push_back(band.p50);
  }
  EXPECT_THAT(most, ElementsAre(2, 4, 6, 8, 10));
}

TEST(Surge, HalfOfTheCarriersInThirtyDaysAndTwoThirdsInNinety) {
  // globalsecurity2005: six of twelve within 30 days, two more within 90. Ships ready to sail, so
  // no passage. The 27 months of that plan are divided by us: 6 away, 8 ready, 4, 3 and 6.
  SurgeGroup group;
  group.member = "US";
  group.hulls = 12;
  group.phase_days = {6, 8, 4, 3, 6};
  const Surge surge = ask({group}, {30, 90});
  EXPECT_NEAR(surge.total.ships[0].p50, 6, 1);
  EXPECT_NEAR(surge.total.ships[1].p50, 8, 1);
}

TEST(Surge, MembersAddUp) {
  const Surge surge = ask({ready_at(0, 50, 4, 10, "B"), ready_at(0, 90, 5, 20, "A")}, {15, 40, 120},
                          500, 1, {{"A", 2}, {"C", 1}});
  ASSERT_EQ(surge.members.size(), 3U);
  EXPECT_EQ(surge.members[0].member, "A");  // those that are there come first
  EXPECT_EQ(surge.members[1].member, "C");
  EXPECT_EQ(surge.members[2].member, "B");
  for (std::size_t d = 0; d < 3; ++d) {
    double sum = 0;
    for (const ArrivalCurve& curve : surge.members) sum += curve.ships[d].mean;
    EXPECT_NEAR(surge.total.ships[d].mean, sum, 1e-9);
  }
  EXPECT_EQ(surge.total.ships[2].p50, 12);
  EXPECT_EQ(surge.nth_arrival[2].day.p90, 0);
}

TEST(Surge, WhoDoesNotSailDoesNotArrive) {
  SurgeGroup group = ready_at(0, 0, 10, 5);
  group.sails_share = .5;
  const Surge surge = ask({group}, {10}, 20'000);
  EXPECT_NEAR(surge.total.ships[0].mean, 5, .05);
  EXPECT_EQ(surge.total.ships[0].p10, 3);  // binomial(10, 1/2)
  EXPECT_EQ(surge.total.ships[0].p90, 7);
  EXPECT_NEAR(surge.nth_arrival[9].share, 1 / 1024., .001);
}

TEST(Surge, MoreHullsAndShorterPassagesNeverLowerTheCurve) {
  const std::vector<double> days{10, 30, 60, 90, 180};
  SurgeGroup group = ready_at(5, 90, 6, 25);
  const Surge before = ask({group}, days);
  group.passage_days = 15;
  const Surge nearer = ask({group}, days);
  ++group.hulls;
  const Surge more = ask({group}, days);
  for (std::size_t d = 0; d < days.size(); ++d) {
    EXPECT_GE(nearer.total.ships[d].mean, before.total.ships[d].mean);
    EXPECT_GE(more.total.ships[d].mean, nearer.total.ships[d].mean);
    EXPECT_LE(before.total.ships[d].p10, before.total.ships[d].p50);
    EXPECT_LE(before.total.ships[d].p50, before.total.ships[d].p90);
  }
}

TEST(Surge, SameBytesForAnyNumberOfThreads) {
  const std::vector<SurgeGroup> groups{ready_at(0, 50, 4, 10, "B"), ready_at(0, 90, 5, 20, "A")};
  const Surge one = ask(groups, {15, 40, 120}, 3000, 1);
  const Surge many = ask(groups, {15, 40, 120}, 3000, 4);
  for (std::size_t d = 0; d < 3; ++d) {
    EXPECT_EQ(one.total.ships[d].mean, many.total.ships[d].mean);
    EXPECT_EQ(one.total.ships[d].p90, many.total.ships[d].p90);
  }
  for (std::size_t k = 0; k < 9; ++k) {
    EXPECT_EQ(one.nth_arrival[k].day.mean, many.nth_arrival[k].day.mean);
  }
}

TEST(Surge, PhasesComeFromTheCycle) {
  const auto days = phase_days(Cycle{1, 2, 3, 4, 2, 5});
  EXPECT_THAT(days, ElementsAre(8, 5, 3, 2, 1));
  EXPECT_EQ(phase_id(Phase::deployed), "deployed");
  EXPECT_EQ(phase_id(Phase::maintenance), "maintenance");
}

TEST(Surge, RefusesAllThatIsWrongAtOnce) {
  const SurgeGroup group = ready_at(50, 10, 3, -1);
  const auto refused = simulate_surge({group, group}, {}, {10, 10}, 0, 1, {}, "surge");
  ASSERT_FALSE(refused);
  std::vector<std::string> places;
  for (const Diagnostic& problem : refused.error()) {
    places.push_back(problem.code + " " + problem.place.pointer);
  }
  EXPECT_THAT(places, ::testing::IsSupersetOf(
                          {"E660 surge.groups.0.passage_days", "E662 surge.groups.0.sustainment",
                           "E662 surge.groups.1", "E662 surge.days.1", "E662 surge.runs"}));
  EXPECT_FALSE(simulate_surge({}, {}, {10}, 10, 1, {}, ""));
}

}  // namespace
}  // namespace delian::presence
