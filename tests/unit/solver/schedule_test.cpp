// Schedules, formulated by the library and solved by Cbc; small ones also by trying everything.

#include "delian/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "reference/plain_presence.hpp"
#include "solver/cbc.hpp"

namespace delian::presence {
namespace {

/// 36 months: eight in the yard, seven of work-up, one out, five on station, one back, 14 of rest.
Pattern escort(int on_station = 5, double cost = 50) {
  return {"escort", 8, 7, 1, on_station, 1, 19 - on_station, cost};
}

ScheduleProblem seven_frigates(int need) {
  ScheduleProblem problem;
  problem.periods = 36;
  ShipClass ships;
  ships.id = "frigate";
  ships.ships = 7;
  ships.patterns = {escort()};
  ships.yard = 0;
  problem.classes = {ships};
  problem.yards = {3};
  problem.missions = {{"japan", {need}, 1, {}}};
  return problem;
}

Schedule plan(const ScheduleProblem& problem) {
  auto schedule = plan_schedule(problem, solver::cbc(), "");
  if (!schedule) ADD_FAILURE() << schedule.error().front().message;
  return schedule.value();
}

/// No constraint that can be seen in the list of sailings is broken.
void expect_sound(const ScheduleProblem& problem, const Schedule& schedule) {
  std::map<std::string, std::vector<int>> under_way;
  const auto n = static_cast<std::size_t>(problem.periods);
  for (const Sailing& sailing : schedule.sailings) {
    const auto& ships = *std::find_if(problem.classes.begin(), problem.classes.end(),
                                      [&](const auto& c) { return c.id == sailing.ship_class; });
    const auto& pattern = *std::find_if(ships.patterns.begin(), ships.patterns.end(),
                                        [&](const auto& p) { return p.id == sailing.pattern; });
    auto& busy = under_way.try_emplace(ships.id, n, 0).first->second;
    for (int u = sailing.start; u < sailing.start + pattern.length(); ++u) {
      if (problem.repeats) {
        ++busy[static_cast<std::size_t>(u) % n];
      } else if (u >= 0 && u < problem.periods) {
        ++busy[static_cast<std::size_t>(u)];
      }
    }
    EXPECT_LE(sailing.ship.value_or(0), ships.ships);
  }
  for (const ShipClass& ships : problem.classes) {
    for (const int busy : under_way[ships.id]) EXPECT_LE(busy, ships.ships);
  }
}

TEST(Schedule, SevenTurnsOfFiveMonthsCoverAllButOneOf36) {
  const ScheduleProblem problem = seven_frigates(1);
  const Schedule schedule = plan(problem);
  EXPECT_FALSE(schedule.met);
  EXPECT_EQ(schedule.missing, 1);
  EXPECT_EQ(schedule.sailings.size(), 7U);
  EXPECT_DOUBLE_EQ(schedule.cost, 350);
  EXPECT_DOUBLE_EQ(schedule.missions[0].covered_share, 35. / 36);
  EXPECT_NEAR(schedule.docks_used[0], 7 * 8 / 36., 1e-12);
  ASSERT_TRUE(schedule.binding);
  EXPECT_EQ(*schedule.binding, ScheduleConstraint::ships);
  EXPECT_EQ(schedule.ships_missing, 1);
  EXPECT_TRUE(schedule.proven);
  expect_sound(problem, schedule);
}

TEST(Schedule, EightShipsCoverIt) {
  ScheduleProblem problem = seven_frigates(1);
  problem.classes[0].ships = 8;
  const Schedule schedule = plan(problem);
  EXPECT_TRUE(schedule.met);
  EXPECT_EQ(schedule.missing, 0);
  EXPECT_TRUE(schedule.relaxations.empty());
  EXPECT_FALSE(schedule.binding);
  for (const int there : schedule.missions[0].there) EXPECT_GE(there, 1);
  expect_sound(problem, schedule);
}

TEST(Schedule, YardsBindWhenThereAreShipsEnough) {
  ScheduleProblem problem = seven_frigates(2);
  problem.classes[0].ships = 16;
  problem.yards = {2};
  // Two docks take nine stays of eight months in 36: nine turns of five months for 72 ship-months.
  const Schedule schedule = plan(problem);
  EXPECT_EQ(schedule.missing, 72 - 45);
  ASSERT_TRUE(schedule.binding);
  EXPECT_EQ(*schedule.binding, ScheduleConstraint::docks);
  EXPECT_FALSE(schedule.ships_missing);  // ships alone do not help
  expect_sound(problem, schedule);
}

TEST(Schedule, TempoForbidsLongDeployments) {
  ScheduleProblem problem = seven_frigates(1);
  Pattern longer = escort(7, 60);
  longer.id = "longer";  // nine of 36 away: three at home for each
  problem.classes[0].patterns.push_back(longer);
  problem.home_per_away = 3.5;
  const Schedule kept = plan(problem);
  EXPECT_EQ(kept.missing, 1);
  ASSERT_EQ(kept.relaxations.size(), 3U);
  EXPECT_EQ(kept.relaxations[2].constraint, ScheduleConstraint::tempo);
  EXPECT_EQ(kept.relaxations[2].missing, 0);
  problem.home_per_away = 3;
  const Schedule free = plan(problem);
  EXPECT_TRUE(free.met);
  // Three turns of seven months and three of five are 36; no other mix of six or seven is cheaper.
  EXPECT_DOUBLE_EQ(free.cost, 3 * 60 + 3 * 50);
}

TEST(Schedule, ShipsNeedTheirOiler) {
  ScheduleProblem problem = seven_frigates(1);
  problem.missions[0].ships_per_oiler = 3;
  ShipClass oiler;
  oiler.id = "oiler";
  oiler.ships = 2;
  oiler.supplies = true;
  oiler.patterns = {{"supply", 8, 7, 1, 5, 1, 14, 30}};
  problem.classes.push_back(oiler);
  const Schedule schedule = plan(problem);
  EXPECT_EQ(schedule.missing, 36 - 10);  // two turns of five months each
  ASSERT_TRUE(schedule.binding);
  // Without the rule seven frigates cover 35 months; without a limit of ships all is covered.
  EXPECT_EQ(*schedule.binding, ScheduleConstraint::ships);
  ASSERT_EQ(schedule.relaxations.back().constraint, ScheduleConstraint::oilers);
  EXPECT_EQ(schedule.relaxations.back().missing, 1);
  expect_sound(problem, schedule);
}

TEST(Schedule, MoneyBuysSoMuchCover) {
  ScheduleProblem problem = seven_frigates(1);
  problem.classes[0].ships = 9;
  problem.money = 160;
  const Schedule schedule = plan(problem);
  EXPECT_EQ(schedule.missing, 36 - 15);
  EXPECT_DOUBLE_EQ(schedule.cost, 150);
  EXPECT_EQ(*schedule.binding, ScheduleConstraint::money);
}

TEST(Schedule, TheWeightierMissionIsServedFirst) {
  ScheduleProblem problem = seven_frigates(1);
  problem.classes[0].ships = 1;
  problem.missions.push_back({"gulf", {1}, 3, {}});
  const Schedule schedule = plan(problem);
  EXPECT_EQ(schedule.sailings.front().mission, "gulf");
  EXPECT_EQ(schedule.missing, 36 + 3 * 31);
}

TEST(Schedule, AHorizonOfItsOwnNamesTheShips) {
  ScheduleProblem problem = seven_frigates(1);
  problem.repeats = false;
  problem.periods = 24;
  // Under way when it begins: five turns are enough, no ship twice.
  Schedule schedule = plan(problem);
  EXPECT_TRUE(schedule.met);
  EXPECT_EQ(schedule.sailings.size(), 5U);
  expect_sound(problem, schedule);
  for (const Sailing& sailing : schedule.sailings) EXPECT_TRUE(sailing.ship);
  // All in port when it begins: nobody there before eight months of yard, seven of work-up, one
  // out.
  problem.classes[0].available_from = 0;
  problem.yards = {};
  problem.classes[0].yard.reset();
  schedule = plan(problem);
  EXPECT_EQ(schedule.missing, 16);
  problem.missions[0].need.assign(24, 0);
  problem.missions[0].need[20] = 2;
  schedule = plan(problem);
  EXPECT_TRUE(schedule.met);
  EXPECT_EQ(schedule.sailings.size(), 2U);
}

TEST(Schedule, IsTheSameEachTime) {
  const Schedule once = plan(seven_frigates(2));
  const Schedule again = plan(seven_frigates(2));
  ASSERT_EQ(once.sailings.size(), again.sailings.size());
  for (std::size_t s = 0; s < once.sailings.size(); ++s) {
    EXPECT_EQ(once.sailings[s].start, again.sailings[s].start);
  }
}

TEST(Schedule, ThreeNaviesOverFiveYearsAreQuick) {
  ScheduleProblem problem;
  problem.periods = 60;
  problem.repeats = false;
  problem.yards = {4, 3, 2};
  const std::vector<int> ships{17, 11, 6};
  for (std::size_t n = 0; n < ships.size(); ++n) {
    ShipClass one;
    one.id = "navy" + std::to_string(n);
    one.ships = ships[n];
    one.yard = n;
    for (int longer = 0; longer < 4; ++longer) {
      one.patterns.push_back(escort(4 + longer, 40 + 6 * longer));
      one.patterns.back().id += std::to_string(longer);
    }
    problem.classes.push_back(one);
  }
  problem.missions = {{"japan", {3}, 1, {}}, {"gulf", {1}, 2, {}}};
  const Schedule schedule = plan(problem);
  EXPECT_TRUE(schedule.proven);
  expect_sound(problem, schedule);
}

TEST(Schedule, TheCheaperOfTwoEqualCoversIsFound) {
  ScheduleProblem problem = seven_frigates(1);
  problem.periods = 3;
  problem.repeats = false;
  problem.yards.clear();
  problem.classes[0] = {"s", 2, {{"p", 0, 0, 0, 2, 0, 0, 1.0}}, {}, 0, false};
  // The second turn, half of it after the horizon, begins at the last period; found by the property
  // below when the solver's own preprocessing was on.
  EXPECT_DOUBLE_EQ(plan(problem).cost, 1.5);
}

RC_GTEST_PROP(Schedule, SmallOnesAreWhatTryingEverythingFinds, ()) {
  ScheduleProblem problem;
  problem.periods = *rc::gen::inRange(3, 6);
  problem.repeats = *rc::gen::arbitrary<bool>();
  ShipClass ships;
  ships.id = "s";
  ships.ships = *rc::gen::inRange(0, 3);
  ships.available_from = 0;
  ships.patterns = {{"p", *rc::gen::inRange(0, 2), 0, 0, *rc::gen::inRange(1, 3), 0, 0,
                     static_cast<double>(*rc::gen::inRange(0, 9))}};
  if (*rc::gen::arbitrary<bool>()) {
    problem.yards = {*rc::gen::inRange(0, 2)};
    ships.yard = 0;
  }
  problem.classes = {ships};
  problem.missions = {{"m", {*rc::gen::inRange(1, 3)}, 1, {}}};
  if (*rc::gen::arbitrary<bool>()) problem.money = *rc::gen::inRange(0, 30);
  const auto cbc = plan_schedule(problem, solver::cbc(), "");
  const auto all = plan_schedule(problem, reference::try_everything, "");
  RC_ASSERT(cbc.has_value());
  RC_ASSERT(all.has_value());
  RC_ASSERT(cbc->missing == all->missing);
  RC_ASSERT(std::abs(cbc->cost - all->cost) < 1e-6);
}

TEST(Schedule, MoreShipsAndDocksNeverCoverLess) {
  ScheduleProblem problem = seven_frigates(2);
  std::map<std::pair<int, int>, double> missing;  // by docks and ships
  for (int docks = 0; docks <= 3; ++docks) {
    for (int ships = 0; ships <= 15; ships += 3) {
      problem.classes[0].ships = ships;
      problem.yards = {docks};
      missing[{docks, ships}] = plan(problem).missing;
      const double here = missing[{docks, ships}];
      EXPECT_LE(here, docks > 0 ? missing[std::pair(docks - 1, ships)] : 72.);
      EXPECT_LE(here, ships > 0 ? missing[std::pair(docks, ships - 3)] : 72.);
    }
  }
  EXPECT_EQ((missing[{0, 15}]), 72);
  EXPECT_LT((missing[{3, 15}]), 10);
}

TEST(Schedule, ASolverIsNotTrusted) {
  const auto refused_with = [](SolverAnswer answer) {
    const auto schedule =
        plan_schedule(seven_frigates(1), [&](const IntegerProgram&) { return answer; }, "plan");
    return schedule ? std::string("accepted") : schedule.error().front().code;
  };
  const std::size_t columns = 36 + 36;
  EXPECT_EQ(refused_with({SolverStatus::failed, {}}), "E664");
  EXPECT_EQ(refused_with({SolverStatus::stopped, {}}), "E664");
  EXPECT_EQ(refused_with({SolverStatus::infeasible, {}}), "E664");
  EXPECT_EQ(refused_with({SolverStatus::optimal, std::vector<double>(3, 0.)}), "E664");
  EXPECT_EQ(refused_with({SolverStatus::optimal, std::vector<double>(columns, 0.)}), "E664");
  EXPECT_EQ(refused_with({SolverStatus::optimal, std::vector<double>(columns, .5)}), "E664");
  EXPECT_EQ(refused_with({SolverStatus::optimal, std::vector<double>(columns, 1.)}), "E664");
}

TEST(Schedule, RefusesAllThatDoesNotFitAtOnce) {
  ScheduleProblem problem = seven_frigates(1);
  problem.classes[0].yard = 2;
  problem.classes[0].patterns[0].rest = 100;
  problem.classes[0].patterns[0].on_station = 0;
  problem.missions[0].need = {1, 2};
  const auto refused = plan_schedule(problem, solver::cbc(), "plan");
  ASSERT_FALSE(refused);
  std::vector<std::string> places;
  for (const Diagnostic& found : refused.error()) {
    places.push_back(found.code + " " + found.place.pointer);
  }
  EXPECT_THAT(places, ::testing::UnorderedElementsAre(
                          "E660 plan.frigate.escort.on_station", "E664 plan.frigate.yard",
                          "E664 plan.frigate.escort", "E664 plan.japan.need"));
  problem = seven_frigates(1);
  problem.periods = 2400;
  problem.classes[0].patterns.assign(100, escort());
  const auto too_large = plan_schedule(problem, solver::cbc(), "");
  ASSERT_FALSE(too_large);
  EXPECT_EQ(too_large.error().front().code, "E664");
}

TEST(Schedule, APatternComesFromACycle) {
  const Cycle cycle = {
      8 * days_per_month, 4 * days_per_month, 3 * days_per_month, 7 * days_per_month, 1,
      14 * days_per_month};
  const auto pattern = pattern_of("p", cycle, {10'975, 16, 0, 0, 0}, days_per_month, 60);
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->length(), 36);
  EXPECT_EQ(pattern->passage_out, 1);
  EXPECT_EQ(pattern->on_station, 5);
  EXPECT_EQ(pattern->rest, 14);
  EXPECT_FALSE(pattern_of("p", cycle, {60'000, 16, 0, 0, 0}, days_per_month, 60));
}

TEST(Cbc, SaysWhatCannotBe) {
  IntegerProgram program;
  program.columns = {{1, 0, 5, true}};
  program.rows = {{6, 1e9}};
  program.entries = {{0, 0, 1}};
  EXPECT_EQ(solver::solve(program).status, SolverStatus::infeasible);
  program.rows = {{2.5, 1e9}};
  const SolverAnswer answer = solver::solve(program);
  EXPECT_EQ(answer.status, SolverStatus::optimal);
  ASSERT_EQ(answer.x.size(), 1U);
  EXPECT_NEAR(answer.x[0], 3, 1e-9);
}

}  // namespace
}  // namespace delian::presence
