#include "delian/presence_study.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "delian/presence_report.hpp"
#include "explain/theatre_ways.hpp"
#include "io/atlas.hpp"
#include "io/fleets.hpp"
#include "io/presence_json.hpp"
#include "io/scenario.hpp"
#include "io/sea.hpp"

namespace delian::presence {
namespace {

std::string text_of(const std::string& path) {
  const std::ifstream in(std::string(DELIAN_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// The bundled case with one text of it replaced.
io::ScenarioFile tokyo(const std::string& what = {}, const std::string& with = {}) {
  std::string text = text_of("scenarios/nato-tokyo-2023/scenario.toml");
  if (!what.empty()) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    text.replace(at, what.size(), with);
  }
  const std::vector<io::TextFile> evidence{
      {"evidence.toml", text_of("scenarios/nato-tokyo-2023/evidence.toml")}};
  return io::parse_scenario({"scenario.toml", text}, evidence, io::atlas());
}

Study study_of(const io::ScenarioFile& file, std::uint64_t draws = 400) {
  EXPECT_TRUE(file.scenario);
  auto made = study(*file.scenario, io::theatre_facts(), {1, draws});
  EXPECT_TRUE(made);
  return *std::move(made);
}

const StateStudy& state(const Study& study, const std::string& code) {
  for (const StateStudy& one : study.states) {
    if (one.state == code) return one;
  }
  ADD_FAILURE() << code;
  static const StateStudy none;
  return none;
}

// The op-ed's claim: only the United States, the United Kingdom and France are credible; Germany
// and the Netherlands are extremely modest. It does not mention Canada.
TEST(PresenceStudy, TokyoComesOutAsComputed) {
  const Study study = study_of(tokyo());
  std::vector<std::string> whole;
  for (const StateStudy& one : study.states) {
    if (one.on_station.median >= 1) whole.push_back(one.state);
  }
  std::sort(whole.begin(), whole.end());
  EXPECT_EQ(whole, (std::vector<std::string>{"FR", "GB", "US"}));
  const StateStudy& canada = state(study, "CA");
  EXPECT_LT(canada.on_station.median, 1);
  EXPECT_GT(canada.on_station.high, 0.95) << "borderline";
  EXPECT_EQ(canada.standing(), Standing::borderline);
  // A fraction of a ship, of the size of what was seen.
  for (const char* code : {"DE", "NL"}) {
    const StateStudy& modest = state(study, code);
    EXPECT_EQ(modest.standing(), Standing::fraction) << code;
    ASSERT_TRUE(modest.observed) << code;
    EXPECT_NEAR(modest.away.median, *modest.observed, 0.06) << code;
    EXPECT_LT(modest.on_station.high, 0.35) << code;
  }
  EXPECT_TRUE(state(study, "DE").declared);
  EXPECT_FALSE(state(study, "NL").declared) << "its goal is of 2024";
  EXPECT_FALSE(state(study, "US").observed) << "no row is not the same as none seen";
}

TEST(PresenceStudy, TheSameBytesTwiceAndOtherwiseWithAnotherSeed) {
  const io::ScenarioFile file = tokyo();
  const auto json = [&](std::uint64_t seed, int threads) {
    RunContext context;
    context.threads = threads;
    return io::to_json(*study(*file.scenario, io::theatre_facts(), {seed, 600}, context), {},
                       *file.scenario);
  };
  EXPECT_EQ(json(1, 1), json(1, 1));
  EXPECT_EQ(json(1, 1), json(1, 4));
  EXPECT_NE(json(1, 1), json(2, 1));
}

TEST(PresenceStudy, ClosingAGateNeverAddsShips) {
  for (const ClosureStudy& closure : study_of(tokyo()).closures) {
    EXPECT_LE(closure.ships, closure.without + 1e-12) << closure.gate;
  }
}

// Searched with nothing known beforehand, the ways under many closures are those found one upon
// another.
TEST(TheatreWays, UnderAnyGatesAreThoseOfAFreshSearch) {
  const io::ScenarioFile file = tokyo();
  Theatre theatre = *file.scenario->parts().theatre;
  theatre.closures.clear();
  for (const char* gate : {"suez", "malacca", "panama", "bab-el-mandeb", "luzon"}) {
    theatre.closures.push_back({gate, 0.5, {}});
  }
  const sea::Network& network = io::theatre_facts().network;
  const std::size_t station = *find_port(network, "yokosuka");
  const std::vector<std::size_t> ports{*find_port(network, "portsmouth"),
                                       *find_port(network, "norfolk")};
  TheatreWays ways(network, theatre, station);
  for (std::uint64_t shut = 0; shut < 32; ++shut) {
    sea::Conditions conditions;
    for (std::size_t k = 0; k < theatre.closures.size(); ++k) {
      if ((shut >> k & 1U) != 0) conditions.close.push_back(theatre.closures[k].gate);
    }
    conditions.ship_class = "escort";
    const sea::Chart chart = *sea::Chart::make(network, conditions);
    for (const std::size_t port : ports) {
      const auto answer = chart.route({port, network.facts().ports[port].at},
                                      {station, network.facts().ports[station].at});
      ASSERT_TRUE(answer.route);
      EXPECT_NEAR(ways.shortest({port}, shut).distance_nm, answer.route->distance_nm, 1e-6) << shut;
    }
  }
}

TEST(PresenceStudy, AShareGivenTwiceAsLargeGivesTwiceTheShips) {
  const Study once = study_of(tokyo("DE = { share = \"5 to 20\"", "DE = { share = 8"));
  const Study twice = study_of(tokyo("DE = { share = \"5 to 20\"", "DE = { share = 16"));
  EXPECT_NEAR(state(twice, "DE").rotating.median, 2 * state(once, "DE").rotating.median, 1e-9);
}

TEST(PresenceStudy, WithoutARegionOnlyShipsFromHomeCount) {
  const Study study = study_of(tokyo("region  = \"indo-pacific\"\n", ""));
  for (const StateStudy& one : study.states) {
    EXPECT_EQ(one.resident.high, 0) << one.state;
    EXPECT_FALSE(one.declared) << one.state;
    EXPECT_FALSE(one.observed) << one.state;
  }
}

TEST(PresenceStudy, WhoStaysOutBringsNothing) {
  const Study all = study_of(tokyo());
  // France refuses; with opt-outs the others go ahead without it.
  const Study without = study_of(tokyo("opt_out   = false", "opt_out   = true"));
  EXPECT_GT(without.agreement, all.agreement);
  EXPECT_LT(without.given_agreement.median, without.members_on_station.median - 0.5);
}

// Germany with one thing at a time that holds it back more than what it gives.
TEST(PresenceStudy, NamesTheConstraintThatBinds) {
  const auto limit = [](const std::string& row) {
    // The rest of the line becomes a comment.
    return state(
        study_of(tokyo("DE = { share", "DE = { share = 100, " + row + " src = [\"J2\"] }  #"), 64),
        "DE");
  };
  const StateStudy all = limit("");
  EXPECT_EQ(all.binding, Constraint::fleet);
  EXPECT_NEAR(all.on_station.median, all.at_most.median, 1e-12);
  for (const auto& [row, binding] :
       {std::pair{"docks = 0.5,", Constraint::docks}, std::pair{"crews = 2,", Constraint::crews},
        std::pair{"money = 100,", Constraint::money}}) {
    const StateStudy held = limit(row);
    EXPECT_EQ(held.binding, binding) << row;
    EXPECT_LT(held.on_station.median, all.on_station.median) << row;
    EXPECT_GT(held.on_station.median, 0) << row;
  }
}

TEST(PresenceStudy, ShipsThatNeedAnOilerStayWithTheirOilers) {
  const auto with = [](const std::string& theatre, const std::string& row) {
    const io::ScenarioFile file = tokyo("speed   = 16\n", "speed   = 16\n" + theatre + "\n");
    EXPECT_TRUE(file.scenario);
    ScenarioParts parts = file.scenario->parts();
    for (Willingness& one : parts.theatre->gives) {
      if (one.state == "CA" && !row.empty()) one.oilers = std::stod(row);
    }
    Diagnostics problems;
    const auto scenario = Scenario::make(parts, io::atlas(), problems);
    EXPECT_TRUE(scenario);
    return state(*study(*scenario, io::theatre_facts(), {1, 64}), "CA");
  };
  const StateStudy free = with("", "");
  const StateStudy none = with("replenished = true", "0");
  const StateStudy one = with("replenished = true", "1");
  const StateStudy partner = with("replenished = true\npartner_oilers = 1", "0");
  EXPECT_EQ(none.on_station.high, 0);
  EXPECT_EQ(none.binding, Constraint::oilers);
  EXPECT_GT(one.on_station.median, 0);
  EXPECT_LT(one.on_station.median, free.on_station.median);
  EXPECT_NEAR(partner.on_station.median, free.on_station.median, 1e-12);
}

TEST(PresenceStudy, ArrivalsOnlyGrowAndBeginWithWhoIsThere) {
  const Study study = study_of(tokyo());
  ASSERT_TRUE(study.arrivals);
  const Arrivals& arrivals = *study.arrivals;
  for (const ArrivalCurve& curve : arrivals.states) {
    for (std::size_t d = 1; d < curve.ships.size(); ++d) {
      EXPECT_GE(curve.ships[d].p50, curve.ships[d - 1].p50) << curve.member;
    }
    EXPECT_NEAR(curve.ships[0].p50, state(study, curve.member).resident.median, 0.51)
        << curve.member;
  }
  EXPECT_GT(arrivals.members.ships.back().p10, arrivals.members.ships.front().p90);
}

TEST(PresenceStudy, MembersDeclaredIsTheSumOfTheirGoals) {
  const Study study = study_of(tokyo());
  ASSERT_TRUE(study.members_declared);
  double declared = 0;
  for (const StateStudy& one : study.states) {
    if (one.declared) declared += one.declared->declared;
  }
  EXPECT_NEAR(study.members_declared->declared, declared, 1e-12);
}

TEST(PresenceStudy, MoreHullsNeverLowerAndFasterNeverFewer) {
  const Study slow = study_of(tokyo("speed   = 16", "speed   = 12"));
  const Study fast = study_of(tokyo("speed   = 16", "speed   = 20"));
  for (const StateStudy& one : fast.states) {
    EXPECT_GE(one.on_station.median, state(slow, one.state).on_station.median) << one.state;
    for (const LeverGain& lever : one.levers) EXPECT_GE(lever.ships, 0) << one.state;
  }
}

TEST(PresenceStudy, RefusesWhatIsNotAmongTheFacts) {
  const auto codes = [](const io::ScenarioFile& file) {
    std::vector<std::string> found;
    for (const Diagnostic& problem : file.problems) {
      if (problem.severity == Severity::error) {
        found.push_back(problem.code + " " + problem.place.pointer);
        EXPECT_GT(problem.place.line, 0U) << problem.code;
      }
    }
    return found;
  };
  using Found = std::vector<std::string>;
  EXPECT_EQ(codes(tokyo("station = \"yokosuka\"", "station = \"yokoska\"")),
            Found{"E641 theatre.station"});
  EXPECT_EQ(codes(tokyo("suez          = {", "sues = {")), Found{"E642 theatre.closures.sues"});
  EXPECT_EQ(codes(tokyo("\"indo-pacific\"", "\"indo-pacifik\"")), Found{"E644 theatre.region"});
  EXPECT_EQ(codes(tokyo("DE = { share = \"5 to 20\",", "DE = { share = 5, cycle = \"x\",")),
            Found{"E643 theatre.gives.DE.cycle"});
  const io::ScenarioFile none = tokyo();
  ScenarioParts parts = none.scenario->parts();
  parts.theatre.reset();
  Diagnostics problems;
  const auto bare = Scenario::make(parts, io::atlas(), problems);
  ASSERT_TRUE(bare);
  const auto refused = study(*bare, io::theatre_facts(), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().at(0).code, "E640");
}

TEST(PresenceReport, FitsEightyColumnsInBothLanguages) {
  const Study study = study_of(tokyo(), 64);
  for (const Language language : {Language::en, Language::fr}) {
    ReportOptions options;
    options.language = language;
    std::istringstream lines(
        text_report(study, nullptr, io::theatre_facts(), io::atlas(), options));
    for (std::string line; std::getline(lines, line);) {
      const auto seen =
          std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
      EXPECT_LE(seen, 80) << line;
    }
  }
}

}  // namespace
}  // namespace delian::presence
