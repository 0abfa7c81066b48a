#include "io/fleets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "delian/presence.hpp"
#include "io/atlas.hpp"
#include "io/sea.hpp"

namespace delian::io {
namespace {

using fleet::HullKind;

using Problems = std::vector<std::string>;

template <class T>
Problems problems_of(const Expected<T>& parsed) {
  Problems list;
  if (parsed) return list;
  for (const Diagnostic& p : parsed.error()) {
    list.push_back(p.code + ' ' + std::to_string(p.place.line) + ' ' + p.place.pointer);
  }
  return list;
}

std::string replaced(std::string text, std::string_view old, std::string_view with) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), with);
}

constexpr const char* good_navy = R"(state = "FR"
part = { en = "Part", fr = "Partie" }
on = "2023-07"
ports = ["toulon", "brest"]
cycle = "escort-36-7"
source = "a list"
grade = "memory"
note = "n"
hulls = [
  { kind = "frigate", name = "A", count = 8, low = 7, high = 9, port = "brest" },
  { kind = "frigate", name = "B", count = 2, basing = "resident", source = "s", on = 2022-01-02, grade = "B2", note = "m" },
]
totals = [{ kind = "frigate", count = 10, low = 10, high = 11 }]
figures = [{ kind = "spending", value = 56.6, on = "2023" }]
)";

Problems navy_problems(std::string_view old, std::string_view with) {
  return problems_of(parse_navy({"FR.toml", replaced(good_navy, old, with)}));
}

TEST(ParseNavy, ReadsANavy) {
  const Expected<fleet::Navy> navy = parse_navy({"FR.toml", good_navy});
  ASSERT_TRUE(navy) << problems_of(navy)[0];
  EXPECT_EQ(navy->state, "FR");
  EXPECT_EQ(navy->part->fr, "Partie");
  EXPECT_EQ(navy->ports, (std::vector<std::string>{"toulon", "brest"}));
  EXPECT_EQ(navy->cycle, "escort-36-7");
  EXPECT_EQ(navy->basis.note, "n");
  ASSERT_EQ(navy->hulls.size(), 2U);
  const fleet::Hulls& first = navy->hulls[0];
  EXPECT_EQ(first.count, (fleet::Estimate{7, 8, 9}));
  EXPECT_EQ(first.port, "brest");
  EXPECT_EQ(first.basing, fleet::Basing::home);
  const fleet::Hulls& second = navy->hulls[1];
  EXPECT_EQ(second.count, fleet::Estimate::exactly(2));
  EXPECT_EQ(second.basing, fleet::Basing::resident);
  EXPECT_EQ(navy->count(HullKind::frigate), (fleet::Estimate{10, 10, 11}));
  EXPECT_EQ(navy->figures[0].value, fleet::Estimate::exactly(56.6));
}

TEST(ParseNavy, RowsTakeWhatTheyDoNotSayFromTheFileButForItsNote) {
  const fleet::Navy navy = parse_navy({"FR.toml", good_navy}).value();
  const fleet::Basis& taken = navy.hulls[0].basis;
  EXPECT_EQ(taken.source, "a list");
  EXPECT_EQ(taken.on, (Date{2023, 7, 0}));
  EXPECT_TRUE(taken.from_memory());
  EXPECT_EQ(taken.note, "");
  const fleet::Basis& own = navy.hulls[1].basis;
  EXPECT_EQ(own.source, "s");
  EXPECT_EQ(own.on, (Date{2022, 1, 2}));
  EXPECT_EQ(own.grade, "B2");
  EXPECT_EQ(own.note, "m");
}

TEST(ParseNavy, RefusesWhatCannotBe) {
  EXPECT_EQ(navy_problems("\"FR\"", "\"UK\""), (Problems{"E620 1 state"}));
  EXPECT_EQ(navy_problems("count = 8", "count = 10"), (Problems{"E622 10 hulls[0].count"}));
  EXPECT_EQ(navy_problems("low = 7", "low = 7.5"), (Problems{"E622 10 hulls[0].count"}));
  EXPECT_EQ(navy_problems("low = 7", "low = -1"), (Problems{"E622 10 hulls[0].count"}));
  EXPECT_EQ(navy_problems("high = 9", "high = 1e9"), (Problems{"E622 10 hulls[0].count"}));
  EXPECT_EQ(navy_problems("low = 7", "low = nan"), (Problems{"E622 10 hulls[0].count"}));
  EXPECT_EQ(navy_problems("56.6", "56600"), (Problems{"E623 14 figures[0].value"}));
  EXPECT_EQ(navy_problems("\"s\"", "\"\""), (Problems{"E624 11 hulls[1].source"}));
  EXPECT_EQ(navy_problems("port = \"brest\"", "port = \"bresst\""),
            (Problems{"E625 10 hulls[0].port"}));
  EXPECT_EQ(navy_problems("\"toulon\", \"brest\"", "\"brest\", \"brest\""),
            (Problems{"E626 4 ports[1]"}));
  EXPECT_EQ(navy_problems("\"toulon\"", "\"Toulon\""), (Problems{"E632 4 ports[0]"}));
  EXPECT_EQ(navy_problems("\"escort-36-7\"", "\"three years\""), (Problems{"E632 5 cycle"}));
  EXPECT_EQ(navy_problems("\"B2\"", "\"2B\""), (Problems{"E403 11 hulls[1].grade"}));
  EXPECT_EQ(navy_problems("count = 10", "count = 12"), (Problems{"E622 13 totals[0].count"}));
  EXPECT_EQ(navy_problems("count = 10, low", "count = 9, low"),
            (Problems{"E622 13 totals[0].count"}));
  EXPECT_EQ(navy_problems("count = 10, low = 10", "count = 9, low = 9"),
            (Problems{"E633 13 totals[0].count"}));
  EXPECT_EQ(navy_problems("low = 10, high = 11", "low = 8, high = 12"),
            (Problems{"E633 13 totals[0]"}));
  EXPECT_EQ(navy_problems("totals = [", "totals = [{ kind = \"frigate\", count = 10 },"),
            (Problems{"E626 13 totals[1]"}));
  EXPECT_EQ(
      navy_problems("figures = [", "figures = [{ kind = \"spending\", value = 1, on = \"2022\" },"),
      (Problems{"E626 14 figures[1]"}));
  EXPECT_EQ(navy_problems("name = \"B\", count = 2, basing = \"resident\"",
                          "name = \"A\", count = 2, port = \"brest\""),
            (Problems{"E626 11 hulls[1]"}));
}

TEST(ParseNavy, SaysWhyItHasNoShips) {
  constexpr const char* bare = "state = \"SK\"\non = \"2023\"\nsource = \"s\"\ngrade = \"A1\"\n";
  EXPECT_EQ(problems_of(parse_navy({"SK.toml", bare})), (Problems{"E627 1 hulls"}));
  EXPECT_TRUE(parse_navy({"SK.toml", std::string(bare) + "note = \"Landlocked\"\n"}));
}

TEST(ParseNavy, RefusesWhatHasAnotherForm) {
  EXPECT_EQ(navy_problems("kind = \"frigate\", name = \"A\"", "kind = \"frigat\", name = \"A\""),
            (Problems{"E009 10 hulls[0].kind"}));
  EXPECT_EQ(navy_problems("count = 8", "count = \"8\""), (Problems{"E006 10 hulls[0].count"}));
  EXPECT_EQ(navy_problems("count = 2, ", ""), (Problems{"E007 11 hulls[1].count"}));
  EXPECT_EQ(navy_problems("state =", "stat ="), (Problems{"E008 1 stat"}));
  EXPECT_EQ(navy_problems("\"2023-07\"", "\"July\""), (Problems{"E302 3 on"}));
  EXPECT_EQ(navy_problems("basing = \"resident\"", "basing = \"there\""),
            (Problems{"E009 11 hulls[1].basing"}));
  // A row that inherits what could not be read is not blamed for it.
  EXPECT_EQ(navy_problems("source = \"a list\"\n", "source = 5\n"), (Problems{"E006 6 source"}));
  EXPECT_EQ(navy_problems("source = \"a list\"\n", ""), (Problems{"E007 1 source"}));
}

TEST(ParseNavy, ReportsAllProblemsInTheOrderOfTheText) {
  const std::string text =
      replaced(replaced(replaced(good_navy, "56.6", "\"56\""), "\"brest\" }", "\"lyon\" }"),
               "\"FR\"", "\"XX\"");
  EXPECT_EQ(problems_of(parse_navy({"FR.toml", text})),
            (Problems{"E620 1 state", "E625 10 hulls[0].port", "E006 14 figures[0].value"}));
}

constexpr const char* good_theatre = R"(id = "far-sea"
name = { en = "Far sea", fr = "Mer lointaine" }
note = "n"
[[forces]]
id = "gb-two"
state = "GB"
name = { en = "Two", fr = "Deux" }
port = "singapore"
kind = "patrol"
ships = 2
people = 92
people_low = 90
people_high = 100
from = 2021-09-07
until = 2026-09-07
source = "s"
grade = "A2"
[[deployments]]
id = "de-bayern"
state = "DE"
name = "Bayern"
units = { frigate = 1, replenishment = 2 }
left = 2021-08-02
returned = "2022-02"
days = 200
days_in_theatre = 140
people = 230
ports = ["tokyo"]
source = "s"
on = "2022"
grade = "B2"
[[goals]]
id = "de-goal"
state = "DE"
text = { en = "Send a ship every two years", fr = "Envoyer un navire tous les deux ans" }
kind = "frigate"
ships = 1
every_years = 2
days = 200
declared = "2022"
by = "German Navy"
from = "2022"
until = "2030"
source = "s"
grade = "memory"
)";

Problems theatre_problems(std::string_view old, std::string_view with) {
  return problems_of(parse_theatre({"far-sea.toml", replaced(good_theatre, old, with)}));
}

TEST(ParseTheatre, ReadsATheatre) {
  const Expected<fleet::Theatre> theatre = parse_theatre({"far-sea.toml", good_theatre});
  ASSERT_TRUE(theatre) << problems_of(theatre)[0];
  EXPECT_EQ(theatre->name.fr, "Mer lointaine");
  const fleet::ForwardForce& force = theatre->forces.at(0);
  EXPECT_EQ(force.kind, HullKind::patrol);
  EXPECT_EQ(force.ships, fleet::Estimate::exactly(2));
  EXPECT_EQ(force.people, (fleet::Estimate{90, 92, 100}));
  EXPECT_EQ(force.basis.on, (Date{2021, 9, 7})) << "the day it came";
  const fleet::Deployment& cruise = theatre->deployments.at(0);
  EXPECT_EQ(cruise.ships(), 3);
  EXPECT_EQ(cruise.units.at(1).kind, HullKind::replenishment);
  EXPECT_EQ(cruise.days_away(), (fleet::DayRange{183, 210}));
  EXPECT_EQ(cruise.basis.on, (Date{2022, 0, 0})) << "its own";
  const fleet::Goal& goal = theatre->goals.at(0);
  EXPECT_FALSE(goal.all_year);
  EXPECT_EQ(goal.every_years, 2);
  EXPECT_EQ(goal.basis.on, (Date{2022, 0, 0})) << "the day it was declared";
}

TEST(ParseTheatre, RefusesWhatCannotBe) {
  EXPECT_EQ(theatre_problems("\"far-sea\"", "\"Far sea\""), (Problems{"E632 1 id"}));
  EXPECT_EQ(theatre_problems("\"de-goal\"", "\"gb-two\""), (Problems{"E626 33 goals[0].id"}));
  EXPECT_EQ(theatre_problems("state = \"GB\"", "state = \"Britain\""),
            (Problems{"E620 6 forces[0].state"}));
  EXPECT_EQ(theatre_problems("ships = 2\npeople = 92\npeople_low = 90\npeople_high = 100\n", ""),
            (Problems{"E631 4 forces[0]"}));
  EXPECT_EQ(theatre_problems("ships = 2\n", ""), (Problems{"E631 9 forces[0].kind"}));
  EXPECT_EQ(theatre_problems("ships = 2\n", "ships = 0.5\n"),
            (Problems{"E622 10 forces[0].ships"}));
  EXPECT_EQ(theatre_problems("people_low = 90", "people_low = 95"),
            (Problems{"E623 11 forces[0].people"}));
  EXPECT_EQ(theatre_problems("until = 2026-09-07", "until = 2020-09-07"),
            (Problems{"E303 15 forces[0].until"}));
  EXPECT_EQ(theatre_problems("{ frigate = 1, replenishment = 2 }", "{}"),
            (Problems{"E628 22 deployments[0].units"}));
  EXPECT_EQ(theatre_problems("frigate = 1", "frigate = 0"),
            (Problems{"E622 22 deployments[0].units.frigate"}));
  EXPECT_EQ(theatre_problems("frigate = 1", "frigate = 1.5"),
            (Problems{"E622 22 deployments[0].units.frigate"}));
  EXPECT_EQ(theatre_problems("frigate = 1", "frigate = 1e300"),
            (Problems{"E622 22 deployments[0].units.frigate"}));
  EXPECT_EQ(theatre_problems("\"2022-02\"", "\"2021-02\""),
            (Problems{"E303 24 deployments[0].returned"}));
  EXPECT_EQ(theatre_problems("days = 200\ndays_in", "days = 230\ndays_in"),
            (Problems{"E629 25 deployments[0].days"}));
  EXPECT_EQ(theatre_problems("days_in_theatre = 140", "days_in_theatre = 211"),
            (Problems{"E629 26 deployments[0].days_in_theatre"}));
  EXPECT_EQ(theatre_problems("people = 230", "people = -1"),
            (Problems{"E623 27 deployments[0].people"}));
  EXPECT_EQ(theatre_problems("[\"tokyo\"]", "[\"Tokyo bay\"]"),
            (Problems{"E632 28 deployments[0].ports[0]"}));
  EXPECT_EQ(theatre_problems("every_years = 2\ndays = 200\n", ""), (Problems{"E630 32 goals[0]"}));
  EXPECT_EQ(theatre_problems("every_years = 2", "all_year = true"),
            (Problems{"E630 39 goals[0].days"}));
  EXPECT_EQ(theatre_problems("every_years = 2", "every_years = 0"),
            (Problems{"E623 38 goals[0].every_years", "E629 39 goals[0].days"}));
  EXPECT_EQ(theatre_problems("every_years = 2", "every_years = 0.5"),
            (Problems{"E629 39 goals[0].days"}));
  EXPECT_EQ(theatre_problems("by = \"German Navy\"", "by = \"\""),
            (Problems{"E624 41 goals[0].by"}));
  EXPECT_EQ(theatre_problems("until = \"2030\"", "until = \"2020\""),
            (Problems{"E303 43 goals[0].until"}));
  EXPECT_EQ(theatre_problems("source = \"s\"\ngrade = \"A2\"", "grade = \"A2\""),
            (Problems{"E007 4 forces[0].source"}));
  EXPECT_EQ(theatre_problems("units = { frigate", "units = { frigates"),
            (Problems{"E008 22 deployments[0].units.frigates"}));
}

constexpr const char* good_costs = R"(on = "2023"
source = "s"
grade = "memory"
costs = [
  { kind = "carrier", state = "US", million_usd = 700, low = 400, high = 900 },
  { kind = "carrier", million_usd = 200 },
]
)";

TEST(ParseHullCosts, ReadsAndRefuses) {
  const auto problems = [](std::string_view old, std::string_view with) {
    return problems_of(parse_hull_costs({"c.toml", replaced(good_costs, old, with)}));
  };
  const auto costs = parse_hull_costs({"c.toml", good_costs});
  ASSERT_TRUE(costs);
  EXPECT_EQ(costs->at(0).million_usd, (fleet::Estimate{400, 700, 900}));
  EXPECT_EQ(costs->at(1).state, "");
  EXPECT_EQ(problems("low = 400", "low = 800"), (Problems{"E623 5 costs[0].million_usd"}));
  EXPECT_EQ(problems("state = \"US\", ", ""), (Problems{"E626 6 costs[1]"}));
  EXPECT_EQ(problems("\"US\"", "\"USA\""), (Problems{"E620 5 costs[0].state"}));
  EXPECT_EQ(problems("\"memory\"", "\"good\""),
            (Problems{"E403 5 costs[0].grade", "E403 6 costs[1].grade"}));
}

// --- the facts that ship ------------------------------------------------------------------------

TEST(FleetFacts, EveryMemberOfNatoHasANavy) {
  const Body* nato = atlas().find_body("nato");
  ASSERT_NE(nato, nullptr);
  for (const Date& on : {Date{2023, 7, 12}, Date{2024, 3, 8}}) {
    for (const std::string& code : nato->members_on(on)) {
      EXPECT_NE(fleets().find_navy(code), nullptr) << code << ' ' << on.text();
    }
  }
  for (const char* code : {"JP", "AU", "IN", "KR", "NZ", "CN", "RU"}) {
    EXPECT_NE(fleets().find_navy(code), nullptr) << code;
  }
  EXPECT_EQ(fleets().navies.size(), 39U);
}

TEST(FleetFacts, SpendingIsThatOfTheWeightsOfNato) {
  const WeightSeries* spending = atlas().find_body("nato")->find_weights("defence-spending-2023");
  ASSERT_NE(spending, nullptr);
  for (const auto& [code, value] : spending->value) {
    const fleet::Figure* figure =
        fleets().find_navy(code)->find_figure(fleet::Figure::Kind::spending);
    ASSERT_NE(figure, nullptr) << code;
    EXPECT_EQ(figure->value, fleet::Estimate::exactly(value)) << code;
  }
}

TEST(FleetFacts, ElevenAlliesReachTwoPercentInBothEditions) {
  // NATO, release of July 2023 and annual report of March 2024: 11 of 31.
  std::size_t july = 0;
  std::size_t march = 0;
  std::size_t rows = 0;
  for (const std::string& code : atlas().find_body("nato")->members_on({2023, 7, 12})) {
    for (const fleet::Figure& figure : fleets().find_navy(code)->figures) {
      if (figure.kind != fleet::Figure::Kind::spending_share) continue;
      ++rows;
      if (figure.value.likely < 2) continue;
      (figure.basis.source.find("Annual Report") == std::string::npos ? july : march) += 1;
    }
  }
  EXPECT_EQ(rows, 60U) << "two editions of all but Iceland";
  EXPECT_EQ(july, 11U);
  EXPECT_EQ(march, 11U);
}

TEST(FleetFacts, DeploymentsLastAsLongAsWasObserved) {
  struct Observed {
    const char* id;
    double days;  // our reading of the public dates, made before these rows were written
    double slack;
  };
  constexpr std::array observed{
      Observed{"gb-csg21", 201, 0},         Observed{"de-bayern-2021", 200, 0},
      Observed{"de-ipd24", 210, 0},         Observed{"nl-evertsen-2021", 200, 0},
      Observed{"nl-tromp-2024", 180, 0},    Observed{"it-morosini-2023", 150, 0},
      Observed{"it-cavour-2024", 150, 0},   Observed{"fr-jeanne-darc-2021", 140, 0},
      Observed{"fr-clemenceau-21", 120, 0}, Observed{"ca-ottawa-vancouver-2023", 126, 0},
      Observed{"ca-montreal-2023", 180, 0},
  };
  const fleet::Theatre* theatre = fleets().find_theatre("indo-pacific");
  ASSERT_NE(theatre, nullptr);
  EXPECT_EQ(theatre->deployments.size(), observed.size());
  for (const Observed& each : observed) {
    const auto row = std::find_if(theatre->deployments.begin(), theatre->deployments.end(),
                                  [&](const fleet::Deployment& d) { return d.id == each.id; });
    ASSERT_NE(row, theatre->deployments.end()) << each.id;
    const std::optional<fleet::DayRange> away = row->days_away();
    ASSERT_TRUE(away) << each.id;
    EXPECT_LE(away->least, each.days + each.slack) << each.id;
    EXPECT_GE(away->most, each.days - each.slack) << each.id;
    EXPECT_LE(away->most - away->least, 62) << each.id << ": two months at most are open";
  }
}

TEST(FleetFacts, WhatIsInATheatreIsInTheNavyToo) {
  for (const fleet::Theatre& theatre : fleets().theatres) {
    for (const fleet::ForwardForce& force : theatre.forces) {
      const fleet::Navy* navy = fleets().find_navy(force.state);
      ASSERT_NE(navy, nullptr) << force.id;
      // China's escort group is a rotation without a base; a force of any kind has no row.
      if (!force.kind || force.id == "cn-aden-escort") continue;
      fleet::Estimate based;
      for (const fleet::Hulls& row : navy->hulls) {
        if (row.kind == *force.kind && row.basing != fleet::Basing::home &&
            row.port == force.port) {
          based = based + row.count;
        }
      }
      EXPECT_LE(force.ships->likely, based.high) << force.id;
    }
    for (const fleet::Deployment& row : theatre.deployments) {
      for (const fleet::Units& units : row.units) {
        EXPECT_LE(units.ships, fleets().find_navy(row.state)->count(units.kind).high) << row.id;
      }
    }
    for (const fleet::Goal& goal : theatre.goals) {
      EXPECT_NE(fleets().find_navy(goal.state), nullptr) << goal.id;
      EXPECT_LE(goal.declared, goal.until.value_or(goal.declared)) << goal.id;
    }
  }
}

TEST(FleetFacts, EveryKindHasACost) {
  for (std::size_t k = 0; k < fleet::hull_kind_count; ++k) {
    const auto kind = static_cast<HullKind>(k);
    ASSERT_NE(fleets().find_cost(kind, "FR"), nullptr) << fleet::hull_kind_id(kind);
  }
  EXPECT_EQ(fleets().find_cost(HullKind::carrier, "US")->state, "US");
  EXPECT_EQ(fleets().find_cost(HullKind::carrier, "IT")->state, "");
}

TEST(FleetFacts, CyclesArePresets) {
  for (const fleet::Navy& navy : fleets().navies) {
    EXPECT_EQ(navy.cycle.empty(), navy.hulls.empty()) << navy.state;
    if (navy.cycle.empty()) continue;
    EXPECT_NE(presence::find_cycle(navy.cycle), nullptr) << navy.state << ' ' << navy.cycle;
  }
}

TEST(FleetFacts, TheFileOfANavyHasTheNameOfItsState) {
  const std::filesystem::path data = std::filesystem::path(DELIAN_SOURCE_DIR) / "data";
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(data / "fleets")) {
    files.insert(entry.path().filename().string());
  }
  std::set<std::string> expected;
  for (const fleet::Navy& navy : fleets().navies) expected.insert(navy.state + ".toml");
  EXPECT_EQ(files, expected);
  files.clear();
  for (const auto& entry : std::filesystem::directory_iterator(data / "theatres")) {
    files.insert(entry.path().filename().string());
  }
  expected.clear();
  for (const fleet::Theatre& theatre : fleets().theatres) expected.insert(theatre.id + ".toml");
  EXPECT_EQ(files, expected);
}

template <class Row>
std::set<std::string> ids_of(const std::vector<Row>& rows) {
  std::set<std::string> ids;
  for (const Row& row : rows) ids.insert(row.id);
  return ids;
}

TEST(FleetFacts, PortsAndClassesAreThoseOfTheSeaNetwork) {
  const std::set<std::string> ports = ids_of(sea_network().facts().ports);
  const std::set<std::string> classes = ids_of(sea_network().facts().classes);
  for (const fleet::Navy& navy : fleets().navies) {
    for (const std::string& port : navy.ports) {
      EXPECT_TRUE(ports.contains(port)) << navy.state << ' ' << port;
    }
  }
  for (const fleet::Theatre& theatre : fleets().theatres) {
    for (const fleet::ForwardForce& force : theatre.forces) {
      if (force.port.empty()) continue;
      EXPECT_TRUE(ports.contains(force.port)) << force.id << ' ' << force.port;
    }
    for (const fleet::Deployment& row : theatre.deployments) {
      for (const std::string& port : row.ports) {
        EXPECT_TRUE(ports.contains(port)) << row.id << ' ' << port;
      }
    }
  }
  for (std::size_t k = 0; k < fleet::hull_kind_count; ++k) {
    const std::string name(fleet::sea_class(static_cast<HullKind>(k)));
    EXPECT_TRUE(classes.contains(name)) << name;
  }
}

}  // namespace
}  // namespace delian::io
