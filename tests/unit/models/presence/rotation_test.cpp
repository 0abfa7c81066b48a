// Rotation arithmetic. Cases at sea distances are worked out by hand from a = n (D - 2 tau - v) / C
// with C = 36 and D = 7 months of 30.4375 days at 16 kn.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "delian/presence.hpp"

namespace delian::presence {
namespace {

RotationCase escort(double distance_nm) {
  RotationCase result;
  result.cycle = find_cycle("escort-36-7")->cycle;
  result.passage.distance_nm = distance_nm;
  return result;
}

double hulls_for(double distance_nm) {
  return rotation(escort(distance_nm), "").value().hulls_per_station();
}

TEST(Rotation, HullsForOneShipOffJapanByHomePort) {
  // One decimal as published by whoever does the sum; distances on the water, in nautical miles.
  EXPECT_NEAR(hulls_for(9393), 6.7, .05);   // Toulon
  EXPECT_NEAR(hulls_for(10975), 7.0, .05);  // Portsmouth
  EXPECT_NEAR(hulls_for(11400), 7.1, .05);  // Wilhelmshaven
  EXPECT_NEAR(hulls_for(4920), 5.8, .05);   // San Diego
  EXPECT_NEAR(hulls_for(4217), 5.7, .05);   // Esquimalt
}

TEST(Rotation, EveryEscortGivenKeepsSoMany) {
  EXPECT_NEAR(17 / hulls_for(10975), 2.4, .05);  // United Kingdom
  EXPECT_NEAR(15 / hulls_for(9393), 2.2, .05);   // France without its resident frigates
  EXPECT_NEAR(11 / hulls_for(11400), 1.5, .06);  // Germany
  EXPECT_NEAR(6 / hulls_for(11429), .85, .01);   // Netherlands
  EXPECT_NEAR(2 / hulls_for(11400), .28, .005);  // Belgium
}

TEST(Rotation, DaysAddUpUnderEveryPosture) {
  for (const CyclePreset& preset : cycles()) {
    for (const Counting counting : countings()) {
      const RotationCase one{preset.cycle, preset.posture, {3000, 16, 2, 1, 3}, 4, counting};
      const Rotation days = rotation(one, "").value();
      EXPECT_NEAR(days.cycle_days, days.turn_round_days + days.deployed_days, 1e-9) << preset.id;
      EXPECT_NEAR(days.deployed_days,
                  days.transit_days + days.visit_days + days.handover_days + days.on_station_days,
                  1e-9)
          << preset.id;
      EXPECT_GE(days.share, 0);
      EXPECT_LE(days.share, 1);
      EXPECT_NEAR(days.share * days.cycle_days, days.counted_days, 1e-9);
    }
  }
}

TEST(Rotation, PassageIsDistanceWaitsAndStops) {
  EXPECT_DOUBLE_EQ((Passage{3840, 16, 2, 3, 1.5}).days(), 10 + 2 + 4.5);
}

TEST(Rotation, CrewSwapPaysThePassageOnce) {
  RotationCase one;
  one.posture = CrewSwap{3, 180, 5, 500};
  one.passage = {384 * 30, 16, 0, 0, 0};  // 30 days
  one.visit_days = 4;
  const Rotation days = rotation(one, "").value();
  EXPECT_DOUBLE_EQ(days.on_station_days, 3 * 180 - 60 - 10 - 12);
  EXPECT_DOUBLE_EQ(days.share, (3 * 180 - 60 - 10 - 12) / (3 * 180. + 500));
}

TEST(Rotation, SeaSwapReplacedAboutFiveShips) {
  // nns2004: Fletcher's four crews of six months gave what would have taken 5.16 ships. From San
  // Diego to the Gulf by way of Japan are 4,920 + 6,712 nm; without allowance for repairs out
  // there our arithmetic says 5.37, 4 % more.
  RotationCase swap;
  swap.posture = CrewSwap{4, 6 * days_per_month, 5, 0};
  swap.passage.distance_nm = 4920 + 6712;
  RotationCase single = swap;
  single.posture = HomeBased{};
  single.cycle = find_cycle("six-in-eighteen")->cycle;
  const double replaced =
      rotation(swap, "").value().on_station_days / rotation(single, "").value().on_station_days;
  EXPECT_NEAR(replaced, 5.37, .005);
  EXPECT_NEAR(replaced, 5.16, .05 * 5.16);
}

TEST(Rotation, TwoCrewsOnOneSubmarineAreOutMoreThanTwoThirdsOfTheTime) {
  // hansen1999: 77 days on patrol, 35 in refit.
  const RotationCase one{
      find_cycle("ssbn-two-crews")->cycle, DualCrew{}, {}, 0, Counting::deployed};
  EXPECT_DOUBLE_EQ(rotation(one, "").value().share, 77. / 112);
}

TEST(Rotation, ASecondCrewIsASwitch) {
  RotationCase one = escort(10975);
  const double single = rotation(one, "").value().share;
  one.posture = DualCrew{};
  const Rotation two = rotation(one, "").value();
  EXPECT_NEAR(two.share, 2 * single * 36 / 43, 1e-12);  // seven months of cycle more
}

TEST(Rotation, AShipBasedInJapanReplacesThreeToFiveFromSanDiego) {
  // seventhfleet2004: three to five times as many rotating ships.
  const CyclePreset& preset = *find_cycle("forward-based");
  const RotationCase forward{
      preset.cycle, preset.posture, {500, 16, 0, 0, 0}, 0, Counting::on_station};
  const double hulls = rotation(forward, "").value().hulls_per_station();
  EXPECT_GT(hulls, 1.5);
  EXPECT_LT(hulls, 2.5);
  EXPECT_GT(hulls_for(4920) / hulls, 3);
  EXPECT_LT(hulls_for(4920) / hulls, 5);
}

TEST(Rotation, CountingConventionsDiffer) {
  RotationCase one = escort(4920);
  one.visit_days = 20;
  std::vector<double> days;
  for (const Counting counting : countings()) {
    one.counting = counting;
    days.push_back(rotation(one, "").value().counted_days);
  }
  const double away = 7 * days_per_month;
  const double transit = 2 * 4920 / (24 * 16.);
  EXPECT_NEAR(days[0], away - transit - 20, 1e-9);
  EXPECT_NEAR(days[1], away - transit, 1e-9);
  EXPECT_NEAR(days[2], away, 1e-9);
  EXPECT_NEAR(days[3], days[0], 1e-9);  // it is not based forward
  one.posture = ForwardBased{700, 100, 100, 4};
  EXPECT_DOUBLE_EQ(rotation(one, "").value().share, 1);
  one.posture = Resident{60, 0};
  EXPECT_DOUBLE_EQ(rotation(one, "").value().share, 1);
  one.counting = Counting::on_station;
  EXPECT_DOUBLE_EQ(rotation(one, "").value().share, (365.25 - 60 - 20) / 365.25);
}

TEST(Rotation, TooFarIsAnAnswerAndNoError) {
  const RotationCase one = escort(60'000);
  const Rotation days = rotation(one, "").value();
  EXPECT_EQ(days.on_station_days, 0);
  EXPECT_EQ(days.share, 0);
  EXPECT_TRUE(std::isinf(days.hulls_per_station()));
}

TEST(Rotation, RefusesEveryBadNumberAtOnce) {
  RotationCase one = escort(-5);
  one.passage.speed_kn = 0;
  one.cycle.deployments = 0;
  one.visit_days = NAN;
  const auto refused = rotation(one, "navies.FR");
  ASSERT_FALSE(refused);
  std::set<std::string> places;
  for (const Diagnostic& problem : refused.error()) {
    EXPECT_EQ(problem.code, "E660");
    places.insert(problem.place.pointer);
  }
  EXPECT_THAT(places,
              ::testing::ElementsAre("navies.FR.cycle.deployments", "navies.FR.passage.distance_nm",
                                     "navies.FR.passage.speed_kn", "navies.FR.visit_days"));
  one = escort(100);
  one.posture = ForwardBased{100, 60, 60, 1};
  EXPECT_FALSE(rotation(one, ""));
}

RC_GTEST_PROP(Rotation, ALongerPassageNeverRaisesPresence, ()) {
  const auto preset = cycles()[*rc::gen::inRange<std::size_t>(0, cycles().size())];
  const auto counting =
      *rc::gen::elementOf(std::vector<Counting>(countings().begin(), countings().end()));
  RotationCase near{
      preset.cycle, preset.posture, {}, static_cast<double>(*rc::gen::inRange(0, 60)), counting};
  near.passage = {static_cast<double>(*rc::gen::inRange(0, 20'000)),
                  static_cast<double>(*rc::gen::inRange(5, 30)),
                  static_cast<double>(*rc::gen::inRange(0, 10)), *rc::gen::inRange(0, 5), 1.5};
  RotationCase far = near;
  far.passage.distance_nm += *rc::gen::inRange(1, 20'000);
  RC_ASSERT(rotation(far, "").value().share <= rotation(near, "").value().share + 1e-15);
}

TEST(Cycles, EachHasAnIdOfItsOwnABasisAndSourcesInTheBibliography) {
  const std::ifstream file(DELIAN_SOURCE_DIR "/docs/references.bib");
  std::stringstream bibliography;
  bibliography << file.rdbuf();
  std::set<std::string_view> ids;
  for (const CyclePreset& preset : cycles()) {
    EXPECT_TRUE(ids.insert(preset.id).second) << preset.id;
    EXPECT_EQ(find_cycle(preset.id), &preset);
    EXPECT_FALSE(preset.basis.empty()) << preset.id;
    std::stringstream keys{std::string(preset.sources)};
    for (std::string key; std::getline(keys >> std::ws, key, ',');) {
      EXPECT_NE(bibliography.str().find("{" + key + ","), std::string::npos) << key;
    }
  }
  EXPECT_EQ(find_cycle("no such cycle"), nullptr);
}

TEST(Cycles, AreOfTheirPublishedLengths) {
  EXPECT_NEAR(find_cycle("us-ofrp")->cycle.length_days(), 36 * days_per_month, 1e-9);
  EXPECT_NEAR(find_cycle("escort-36-7")->cycle.length_days(), 36 * days_per_month, 1e-9);
  EXPECT_NEAR(find_cycle("six-in-eighteen")->cycle.length_days(), 18 * days_per_month, 1e-9);
  EXPECT_NEAR(find_cycle("rule-of-four")->cycle.length_days(), 24 * days_per_month, 1e-9);
}

}  // namespace
}  // namespace delian::presence
