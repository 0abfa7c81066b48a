#include "delian/fleet.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "delian/evidence.hpp"

namespace delian::fleet {
namespace {

Basis basis(const char* grade = "B2") {
  return {"s", {2023, 7, 0}, grade, ""};
}

Hulls hulls(HullKind kind, Estimate count, const char* name) {
  return {kind, count, name, "", Basing::home, basis()};
}

Navy navy(const char* state) {
  Navy navy;
  navy.state = state;
  navy.basis = basis();
  navy.hulls = {hulls(HullKind::frigate, {2, 3, 5}, "A"), hulls(HullKind::frigate, {4, 4, 4}, "B"),
                hulls(HullKind::destroyer, {1, 1, 2}, "C")};
  return navy;
}

TEST(Grade, IsALetterAndADigit) {
  EXPECT_TRUE(is_grade("A1"));
  EXPECT_TRUE(is_grade("F6"));
  for (const char* wrong : {"", "A", "G1", "A7", "A0", "a1", "A1 ", "memory"}) {
    EXPECT_FALSE(is_grade(wrong)) << wrong;
  }
}

TEST(HullKind, HasAnIdAndAClassAtSea) {
  ASSERT_EQ(hull_kind_ids().size(), hull_kind_count);
  EXPECT_EQ(hull_kind_id(HullKind::replenishment), "replenishment");
  EXPECT_EQ(sea_class(HullKind::frigate), "escort");
  EXPECT_EQ(sea_class(HullKind::replenishment), "oiler");
  EXPECT_TRUE(is_escort(HullKind::destroyer));
  EXPECT_FALSE(is_escort(HullKind::corvette));
}

TEST(Navy, AddsUpRowsUnlessTheTotalIsKnown) {
  Navy some = navy("FR");
  EXPECT_EQ(some.count(HullKind::frigate), (Estimate{6, 7, 9}));
  EXPECT_EQ(some.escorts(), (Estimate{7, 8, 11}));
  EXPECT_EQ(some.count(HullKind::carrier), Estimate{});
  some.totals = {{HullKind::frigate, {7, 7, 8}, basis()}};
  EXPECT_EQ(some.count(HullKind::frigate), (Estimate{7, 7, 8}));
  EXPECT_TRUE(problems_of(some).empty());
}

TEST(Navy, GivesTheLatestFigure) {
  Navy some = navy("FR");
  const auto figure = [](double value, Date on, const char* source) {
    return Figure{Figure::Kind::spending, Estimate::exactly(value), {source, on, "A1", ""}};
  };
  some.figures = {figure(3, {2023, 0, 0}, "a"), figure(1, {2022, 0, 0}, "b"),
                  figure(4, {2023, 0, 0}, "c")};
  EXPECT_EQ(some.find_figure(Figure::Kind::spending)->value.likely, 4);
  EXPECT_EQ(some.find_figure(Figure::Kind::personnel), nullptr);
}

Deployment cruise(Date left, std::optional<Date> returned) {
  Deployment deployment;
  deployment.left = left;
  deployment.returned = returned;
  return deployment;
}

TEST(Deployment, LastsFromLeavingToComingHome) {
  // Carrier Strike Group 21, and Ottawa with Vancouver in 2023.
  EXPECT_EQ(cruise({2021, 5, 22}, Date{2021, 12, 9}).days_away(), (DayRange{201, 201}));
  EXPECT_EQ(cruise({2023, 8, 14}, Date{2023, 12, 18}).days_away(), (DayRange{126, 126}));
}

TEST(Deployment, IsAsLongAsPartDatesAllow) {
  EXPECT_EQ(cruise({2024, 5, 0}, Date{2024, 12, 0}).days_away(), (DayRange{184, 244}));
  EXPECT_EQ(cruise({2023, 0, 0}, Date{2023, 0, 0}).days_away(), (DayRange{0, 364}));
  EXPECT_FALSE(cruise({2024, 5, 0}, std::nullopt).days_away());
}

RC_GTEST_PROP(Deployment, EveryDayThatAPartDateCanBeIsInItsRange, ()) {
  const auto date = [](int year) {
    return Date{year, *rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29)};
  };
  const Date left = date(2023);
  const Date returned = date(2024);
  const int days = days_between(left, returned);
  RC_ASSERT(cruise(left, returned).days_away() == (DayRange{days, days}));
  for (const Date& from : {left, Date{left.year, left.month, 0}, Date{left.year, 0, 0}}) {
    for (const Date& to :
         {returned, Date{returned.year, returned.month, 0}, Date{returned.year, 0, 0}}) {
      const DayRange range = cruise(from, to).days_away().value();
      RC_ASSERT(range.least <= days);
      RC_ASSERT(days <= range.most);
    }
  }
}

TEST(Goal, ComesToShipsAwayOnAnAverageDay) {
  Goal goal;
  goal.ships = {1, 2, 3};
  goal.all_year = true;
  EXPECT_EQ(goal.average_ships(100), (Estimate{1, 2, 3}));
  goal.all_year = false;
  goal.every_years = 2;
  goal.days = 200;
  EXPECT_DOUBLE_EQ(goal.average_ships(100).likely, 2 * 200 / 730.5);
  goal.days.reset();
  EXPECT_DOUBLE_EQ(goal.average_ships(100).likely, 2 * 100 / 730.5);
  goal.every_years = 0.1;
  EXPECT_EQ(goal.average_ships(100).likely, 2) << "no ship is away more often than always";
}

Theatre theatre(const char* id, const char* force) {
  Theatre all;
  all.id = id;
  ForwardForce row;
  row.id = force;
  row.ships = Estimate::exactly(1);
  row.basis = basis();
  all.forces = {row};
  return all;
}

std::vector<std::string> problems(const Fleets& fleets) {
  std::vector<std::string> list;
  const Expected<Fleets> made = make_fleets(fleets);
  if (made) return list;
  for (const Diagnostic& p : made.error()) list.push_back(p.code + ' ' + p.place.pointer);
  return list;
}

TEST(Fleets, AreInOrderAndFound) {
  Fleets all;
  all.navies = {navy("GB"), navy("FR")};
  all.theatres = {theatre("a", "x")};
  all.costs = {{HullKind::frigate, "", Estimate::exactly(60), basis()},
               {HullKind::frigate, "GB", Estimate::exactly(70), basis()}};
  const Expected<Fleets> made = make_fleets(all);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->navies.front().state, "FR");
  EXPECT_EQ(made->find_navy("GB")->state, "GB");
  EXPECT_EQ(made->find_navy("DE"), nullptr);
  EXPECT_EQ(made->find_theatre("a")->forces.size(), 1U);
  EXPECT_EQ(made->find_theatre("b"), nullptr);
  EXPECT_EQ(made->find_cost(HullKind::frigate, "GB")->million_usd.likely, 70);
  EXPECT_EQ(made->find_cost(HullKind::frigate, "FR")->million_usd.likely, 60);
  EXPECT_EQ(made->find_cost(HullKind::carrier, "FR"), nullptr);
}

TEST(Fleets, RefuseWhatIsThereTwice) {
  Fleets all;
  all.navies = {navy("GB"), navy("FR"), navy("GB")};
  EXPECT_EQ(problems(all), (std::vector<std::string>{"E626 navies[2].state"}));
  all.navies = {navy("FR")};
  all.theatres = {theatre("a", "x"), theatre("a", "x"), theatre("b", "x")};
  EXPECT_EQ(problems(all),
            (std::vector<std::string>{"E626 theatres[1]", "E626 theatres[1]", "E626 theatres[2]"}));
}

TEST(Fleets, RefuseWhatIsWrongInAPart) {
  Fleets all;
  all.navies = {navy("FR")};
  all.navies[0].hulls[1].basis.grade = "good";
  all.theatres = {theatre("a", "X")};
  all.costs = {{HullKind::frigate, "", Estimate::exactly(-1), basis()}};
  EXPECT_EQ(problems(all), (std::vector<std::string>{"E403 navies[0].hulls[1].grade",
                                                     "E632 theatres[0].forces[0].id",
                                                     "E623 costs[0].million_usd"}));
}

TEST(Fleets, RefuseUnitsOfOneKindTwice) {
  Fleets all;
  Theatre one = theatre("a", "x");
  Deployment twice = cruise({2023, 1, 1}, Date{2023, 2, 1});
  twice.id = "y";
  twice.basis = basis();
  twice.units = {{HullKind::frigate, 1}, {HullKind::frigate, 2}};
  one.deployments = {twice};
  all.theatres = {one};
  EXPECT_EQ(problems(all),
            (std::vector<std::string>{"E626 theatres[0].deployments[0].units.frigate"}));
}

TEST(Memory, ListsTheCellsThatRestOnIt) {
  Fleets all;
  all.navies = {navy("FR")};
  all.navies[0].hulls[1].basis = basis("memory");
  Navy bare;
  bare.state = "SK";
  bare.basis = basis("memory");
  all.navies.push_back(bare);
  all.theatres = {theatre("a", "x")};
  all.theatres[0].forces[0].basis = basis("memory");
  all.costs = {{HullKind::frigate, "", Estimate::exactly(60), basis("memory")}};
  const MemoryList list = memory_cells(all);
  EXPECT_EQ(list.of, 6U);
  ASSERT_EQ(list.cells.size(), 4U);
  EXPECT_EQ(list.cells[0].file, "data/fleets/FR.toml");
  EXPECT_EQ(list.cells[0].pointer, "hulls[1]");
  EXPECT_EQ(list.cells[0].what, "frigate");
  EXPECT_EQ(list.cells[1].state, "SK");
  EXPECT_EQ(list.cells[2].file, "data/theatres/a.toml");
  EXPECT_EQ(list.cells[2].what, "x");
  EXPECT_EQ(list.cells[3].file, "data/hull-costs.toml");
}

}  // namespace
}  // namespace delian::fleet
