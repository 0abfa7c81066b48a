#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "delian/presence.hpp"

namespace delian::presence {
namespace {

using ::testing::DoubleNear;

/// A cycle of 1000 days, 200 of them away, no passage: a = .2, R = 5.
RotationCase fifth() {
  RotationCase result;
  result.cycle = {250, 150, 100, 200, 1, 300};
  return result;
}

TheatrePlan ten_hulls() {
  TheatrePlan plan;
  TheatreGroup group;
  group.id = "frigates";
  group.hulls = 10;
  group.rotation = fifth();
  plan.groups.push_back(group);
  return plan;
}

Sustainable ask(const TheatrePlan& plan) {
  return sustainable(plan, "").value();
}

std::optional<double> limit(const Sustainable& sustained, Constraint constraint) {
  for (const Limit& one : sustained.limits) {
    if (one.constraint == constraint) return one.presence;
  }
  return std::nullopt;
}

std::optional<Marginal> marginal(const TheatrePlan& plan, Lever lever,
                                 const MarginalOptions& options = {}) {
  const std::vector<Marginal> found = marginals(plan, options, "").value();
  for (const Marginal& one : found) {
    if (one.lever == lever) return one;
  }
  return std::nullopt;
}

TEST(Sustainable, HullsBindWhenNothingElseIsKnown) {
  const Sustainable sustained = ask(ten_hulls());
  EXPECT_DOUBLE_EQ(sustained.presence, 2);
  EXPECT_EQ(sustained.binding, Constraint::fleet);
  EXPECT_FALSE(limit(sustained, Constraint::docks));
}

TEST(Sustainable, PromisesElsewhereAndTheShareGivenBind) {
  TheatrePlan plan = ten_hulls();
  plan.groups[0].promised_hulls = 4;
  plan.groups[0].given_share = .5;
  const Sustainable sustained = ask(plan);
  EXPECT_DOUBLE_EQ(sustained.presence, (10 - 4) * .5 * .2);
  EXPECT_EQ(sustained.binding, Constraint::release);
  EXPECT_EQ(limit(sustained, Constraint::fleet), 2.0);
}

TEST(Sustainable, EachConstraintBindsInItsTurn) {
  TheatrePlan plan = ten_hulls();
  // Ten hulls with 250 of 1000 days in a yard use 2.5 docks.
  plan.docks = 2;
  EXPECT_DOUBLE_EQ(ask(plan).presence, 2 * 2 / 2.5);
  EXPECT_EQ(ask(plan).binding, Constraint::docks);
  plan.docks = 5;
  EXPECT_EQ(ask(plan).binding, Constraint::fleet);
  EXPECT_NEAR(*limit(ask(plan), Constraint::docks), 4, 1e-12);

  // Two days at home for one away: ten hulls away a fifth of the time use six crews.
  plan.crews = Crews{3, 2};
  EXPECT_DOUBLE_EQ(ask(plan).presence, 1);
  EXPECT_EQ(ask(plan).binding, Constraint::crews);
  plan.crews->crews = 10;

  plan.fuel = Fuel{};
  plan.fuel->range_nm = 5000;
  plan.fuel->longest_leg_nm = 3400;  // within 70 % of 5000
  EXPECT_EQ(ask(plan).binding, Constraint::fleet);
  plan.fuel->longest_leg_nm = 3600;
  EXPECT_EQ(ask(plan).presence, 0);  // no oiler, nobody else's
  EXPECT_EQ(ask(plan).binding, Constraint::oilers);
  plan.fuel->oilers = 2;
  plan.fuel->oiler_rotation = fifth();
  EXPECT_DOUBLE_EQ(ask(plan).presence, 2 * .2 * 3);
  plan.fuel->partner_oilers = 1;
  EXPECT_EQ(ask(plan).binding, Constraint::fleet);

  plan.groups[0].cost.personnel_per_year = 60e6;
  plan.money_per_year = 300e6;  // a ship-year costs five hulls
  EXPECT_DOUBLE_EQ(ask(plan).presence, 1);
  EXPECT_EQ(ask(plan).binding, Constraint::money);
  EXPECT_DOUBLE_EQ(ask(plan).cost.total, 300e6);
}

TEST(Sustainable, TooFarIsNamedReach) {
  TheatrePlan plan = ten_hulls();
  plan.groups[0].rotation.passage.distance_nm = 90'000;
  plan.docks = 1;
  const Sustainable sustained = ask(plan);
  EXPECT_EQ(sustained.presence, 0);
  EXPECT_EQ(sustained.binding, Constraint::reach);
  // Counting every day away does not bring a ship there.
  plan.groups[0].rotation.counting = Counting::deployed;
  EXPECT_EQ(ask(plan).presence, 0);
  EXPECT_TRUE(std::isinf(ask(plan).cost.total) || ask(plan).cost.total >= 0);
}

TEST(Sustainable, DocksServeTheGroupThatUsesThemBest) {
  TheatrePlan plan = ten_hulls();
  TheatreGroup far = plan.groups[0];
  far.id = "far";
  far.rotation.passage.distance_nm = 19'200;  // 50 days each way: half of the time on station
  plan.groups.push_back(far);
  plan.docks = 3;  // all of the near ones (2.5), and a fifth of the far ones
  EXPECT_NEAR(ask(plan).presence, 2 + 1 * .2, 1e-12);
}

TEST(Sustainable, AGroupIsNamedInWhatIsRefused) {
  TheatrePlan plan = ten_hulls();
  plan.groups[0].given_share = 2;
  plan.groups[0].yard_days = 5000;
  plan.docks = -1;
  const auto refused = sustainable(plan, "UK");
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().size(), 3U);
  EXPECT_EQ(refused.error()[0].place.pointer, "UK.groups.frigates.given_share");
  EXPECT_EQ(refused.error()[1].place.pointer, "UK.groups.frigates.yard_days");
  EXPECT_EQ(refused.error()[2].place.pointer, "UK.docks");
  EXPECT_FALSE(sustainable(TheatrePlan{}, ""));
}

TEST(Marginals, OneMoreOfWhatBinds) {
  TheatrePlan plan = ten_hulls();
  plan.docks = 2;
  EXPECT_NEAR(marginal(plan, Lever::dock)->gain, 2 - 1.6, 1e-12);
  EXPECT_EQ(marginal(plan, Lever::dock)->binding_then, Constraint::fleet);
  EXPECT_NEAR(marginal(plan, Lever::hull)->gain, 0, 1e-12);  // the yards cannot take it
  EXPECT_NEAR(marginal(plan, Lever::hull)->potential, .2, 1e-12);
  EXPECT_FALSE(marginal(plan, Lever::crew));
  EXPECT_FALSE(marginal(plan, Lever::forward_base));
  EXPECT_FALSE(marginal(plan, Lever::released_hull));  // all are given
}

TEST(Marginals, AHullReleasedAMonthMoreAndABase) {
  TheatrePlan plan = ten_hulls();
  plan.groups[0].promised_hulls = 5;
  EXPECT_NEAR(marginal(plan, Lever::released_hull)->gain, .2, 1e-12);
  // A month of sustainment becomes a month of deployment: the cycle keeps its length.
  EXPECT_NEAR(marginal(plan, Lever::deployment_month)->gain, 5 * days_per_month / 1000, 1e-12);
  MarginalOptions options;
  options.forward = fifth();
  options.forward->posture = ForwardBased{1000, 100, 200, 1};  // a = .7
  EXPECT_NEAR(marginal(plan, Lever::forward_base, options)->gain, .5, 1e-12);
  plan.money_per_year = 0;
  plan.groups[0].cost.operations_per_year = 1e6;
  EXPECT_NEAR(marginal(plan, Lever::million)->gain, .2, 1e-12);
  options.forward->passage.speed_kn = 0;
  EXPECT_FALSE(marginals(plan, options, ""));
}

TEST(Marginals, ALongerDeploymentGrowsTheCycleWhenThereIsNothingToTakeItFrom) {
  TheatrePlan plan = ten_hulls();
  plan.groups[0].rotation.cycle.sustainment_days = 0;  // 700 days, 200 away
  EXPECT_NEAR(marginal(plan, Lever::deployment_month)->potential,
              10 * ((200 + days_per_month) / (700 + days_per_month) - 200. / 700), 1e-12);
}

RC_GTEST_PROP(Sustainable, MoreHullsNeverLowerItAndALongerPassageNeverRaisesIt, ()) {
  TheatrePlan plan;
  const int groups = *rc::gen::inRange(1, 4);
  for (int g = 0; g < groups; ++g) {
    TheatreGroup group;
    group.id = std::to_string(g);
    group.hulls = *rc::gen::inRange(0, 20);
    group.promised_hulls = *rc::gen::inRange(0, 5);
    group.given_share = *rc::gen::inRange(0, 11) / 10.;
    group.rotation = fifth();
    group.rotation.cycle.deployment_days += *rc::gen::inRange(0, 100);
    group.rotation.passage.distance_nm = *rc::gen::inRange(0, 15'000);
    group.rotation.visit_days = *rc::gen::inRange(0, 40);
    if (*rc::gen::arbitrary<bool>()) group.rotation.posture = ForwardBased{900, 200, 100, 5};
    group.cost.personnel_per_year = *rc::gen::inRange(0, 100);
    plan.groups.push_back(group);
  }
  if (*rc::gen::arbitrary<bool>()) plan.docks = *rc::gen::inRange(0, 8);
  if (*rc::gen::arbitrary<bool>()) plan.crews = Crews{*rc::gen::inRange(0, 30) * 1., 2};
  if (*rc::gen::arbitrary<bool>()) plan.money_per_year = *rc::gen::inRange(0, 2000);
  const double presence = ask(plan).presence;
  const auto g = *rc::gen::inRange<std::size_t>(0, plan.groups.size());
  TheatrePlan more = plan;
  more.groups[g].hulls += 1;
  RC_ASSERT(ask(more).presence >= presence - 1e-9);
  TheatrePlan farther = plan;
  farther.groups[g].rotation.passage.distance_nm += *rc::gen::inRange(1, 10'000);
  RC_ASSERT(ask(farther).presence <= presence + 1e-9);
}

// Found by the law above: a group without hulls between two others once hid which of them uses
// less.
TEST(Sustainable, AnEmptyGroupDoesNotChangeWhoIsServedFirst) {
  TheatreGroup far;
  far.id = "far";
  far.hulls = 12;
  far.rotation = fifth();
  far.rotation.passage.distance_nm = 5000;
  TheatreGroup near = far;
  near.id = "near";
  near.hulls = 7;
  near.rotation.passage.distance_nm = 0;
  TheatreGroup empty = far;
  empty.id = "empty";
  empty.hulls = 0;
  TheatrePlan plan;
  plan.docks = 1;
  plan.groups = {far, near};
  const double presence = ask(plan).presence;
  EXPECT_EQ(ask(plan).binding, Constraint::docks);
  plan.groups = {far, empty, near};
  EXPECT_DOUBLE_EQ(ask(plan).presence, presence);
}

TEST(StationCost, IsHullsPerStationTimesAHullsYear) {
  // Seven hulls at 60 and at 80 million a year.
  RotationCase one = fifth();
  one.cycle = {300, 200, 100, 100, 1, 0};
  const Rotation days = rotation(one, "").value();
  HullCost cost;
  cost.personnel_per_year = 30;
  cost.maintenance_per_year = 30;
  StationCost station = station_cost(days, one.posture, cost);
  EXPECT_NEAR(station.total, 420, 1e-9);
  EXPECT_NEAR(station.hulls, 7, 1e-12);
  cost.operations_per_year = 10;
  cost.capital_per_year = 10;
  cost.fuel_per_deployed_day = 2;
  cost.other_per_deployed_day = 1;
  cost.change_of_crew = 100;              // nobody swaps
  cost.forward_base_per_hull_year = 100;  // nobody lives there
  station = station_cost(days, one.posture, cost);
  // Seven hulls away a seventh of the time burn for one ship-year.
  EXPECT_NEAR(station.fuel, 2 * 365.25, 1e-9);
  EXPECT_NEAR(station.total, 560 + 3 * 365.25, 1e-9);
  EXPECT_NEAR(station.per_counted_day, station.total / 365.25, 1e-9);
  EXPECT_EQ(station.changes_of_crew, 0);
}

TEST(StationCost, SwapsAndBasesCost) {
  HullCost cost;
  cost.change_of_crew = 5;
  cost.forward_base_per_hull_year = 7;
  RotationCase one = fifth();
  one.posture = CrewSwap{3, 200, 0, 600};  // half of the time out
  StationCost station = station_cost(rotation(one, "").value(), one.posture, cost);
  EXPECT_NEAR(station.changes_of_crew, 2 * 2 * 365.25 / 1200 * 5, 1e-9);
  EXPECT_EQ(station.forward_base, 0);
  one.posture = Resident{0, 12};
  station = station_cost(rotation(one, "").value(), one.posture, cost);
  EXPECT_NEAR(station.changes_of_crew, 60, 1e-9);
  EXPECT_NEAR(station.forward_base, 7, 1e-9);
  one = fifth();
  one.passage.distance_nm = 90'000;
  EXPECT_TRUE(std::isinf(station_cost(rotation(one, "").value(), one.posture, cost).total));
}

TEST(Oilers, AreRoundedUp) {
  EXPECT_EQ(oilers_needed(100, 30, 1000, "").value(), 3);
  EXPECT_EQ(oilers_needed(100, 30, 2999, "").value(), 2);
  EXPECT_FALSE(oilers_needed(0, 30, 1, ""));
  EXPECT_FALSE(oilers_needed(1e9, 36525, 1e-3, ""));
}

TEST(GapIndex, IsTheShareOfTheGoalThatCannotBeHeld) {
  EXPECT_DOUBLE_EQ(*gap_index(73, 365), .8);
  EXPECT_LT(*gap_index(730, 365), 0);
  EXPECT_FALSE(gap_index(10, 0));
}

TEST(PresenceNames, AreTheStableOnes) {
  EXPECT_EQ(constraint_id(Constraint::release), "release");
  EXPECT_EQ(lever_id(Lever::deployment_month), "deployment_month");
  EXPECT_EQ(posture_id(Resident{}), "resident");
  EXPECT_EQ(posture_id(HomeBased{}), "home");
  EXPECT_EQ(counting_id(Counting::forward_always), "forward_always");
  EXPECT_EQ(provenance_id(Provenance::judgement), "judgement");
  for (const Counting counting : countings()) EXPECT_FALSE(counting_text(counting).empty());
}

}  // namespace
}  // namespace delian::presence
