#include "io/sea.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "support/sea_worlds.hpp"
#include "support/shared_data.hpp"

namespace delian::io {
namespace {

using sea::Position;

constexpr const char* good_gates = R"(
[[gates]]
id = "canal"
name = { en = "The Canal", fr = "The Canal" }
aliases = ["Cut"]
lines = [[[-1, 0], [1, 0]]]
channels = [[[0, -3.5], [0, 3]], [[0, 3], [1, 4]]]
width_m = 100
depth_m = 12
max_draught_m = 10.5
max_beam_m = 30
max_length_m = 200
max_air_draught_m = 50
bars = ["small"]
wait_hours = 6
source = "made up"
grade = "F6"
note = "n"

[[gates]]
id = "south"
name = { en = "Far south", fr = "Far south" }
limit = [[-50, -180], [-50, 0], [-50, 180]]
shut = true
source = "made up"
grade = "F6"

[[groups]]
id = "all"
gates = ["canal", "south"]
)";
constexpr const char* good_ports = R"(
position_source = "a list"
approach_source = "a hand"
ports = [
  { id = "west", name = "West", country = "XX", code = "XXWES", wpi = 7, at = [0, -10], approach = [[0, -9]], aliases = ["W"] },
  { id = "east", name = "East", country = "XX", at = [0.25, 10], source = "a map" },
]
)";
constexpr const char* good_classes = R"(
[[classes]]
id = "small"
name = { en = "Small ship", fr = "Small ship" }
aliases = ["boat"]
draught_m = 3
beam_m = 10
length_m = 80
air_draught_m = 20
example = "e"
source = "made up"
grade = "F6"
)";

Expected<sea::Facts> parse(const std::string& gates = good_gates,
                           const std::string& ports = good_ports,
                           const std::string& classes = good_classes) {
  return parse_sea_facts({{"gates.toml", gates}, {"ports.toml", ports}, {"classes.toml", classes}});
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

/// "E610 ports.toml:6 ports[0].at"
std::vector<std::string> problems_of(const Expected<sea::Facts>& facts) {
  std::vector<std::string> list;
  if (facts) return list;
  for (const Diagnostic& p : facts.error()) {
    list.push_back(p.code + ' ' + p.place.file + ':' + std::to_string(p.place.line) + ' ' +
                   p.place.pointer);
  }
  return list;
}

using Problems = std::vector<std::string>;

TEST(SeaFacts, AreRead) {
  const auto facts = parse();
  ASSERT_TRUE(facts) << problems_of(facts)[0];
  ASSERT_EQ(facts->gates.size(), 2U);
  const sea::Gate& gate = facts->gates[0];
  EXPECT_EQ(gate.lines, (std::vector<sea::Line>{{{-1, 0}, {1, 0}}}));
  EXPECT_EQ(gate.channels, (std::vector<sea::Line>{{{0, -3.5}, {0, 3}}, {{0, 3}, {1, 4}}}));
  EXPECT_EQ(gate.largest, (std::array<std::optional<double>, 4>{10.5, 30, 200, 50}));
  EXPECT_EQ(gate.wait_hours, 6);
  EXPECT_EQ(gate.bars, std::vector<std::string>{"small"});
  EXPECT_FALSE(gate.shut);
  EXPECT_TRUE(facts->gates[1].shut);
  EXPECT_EQ(facts->gates[1].limit.size(), 3U);
  EXPECT_EQ(facts->groups[0].gates.size(), 2U);
  EXPECT_EQ(facts->ports[0].world_port_index, 7);
  EXPECT_EQ(facts->ports[0].source, "a list");
  EXPECT_EQ(facts->ports[0].approach, (sea::Line{{0, -9}}));
  EXPECT_EQ(facts->ports[1].at, (Position{0.25, 10}));
  EXPECT_EQ(facts->ports[1].source, "a map");
  EXPECT_EQ(facts->classes[0].size, (std::array<double, 4>{3, 10, 80, 20}));
}

TEST(SeaFacts, TellWhereSomethingIsWrong) {
  EXPECT_EQ(problems_of(parse(replaced(good_gates, "wait_hours = 6", "wait_hours = -6"))),
            Problems{"E613 gates.toml:15 gates[0].wait_hours"});
  EXPECT_EQ(problems_of(parse(replaced(good_gates, "[0, -3.5]", "[-3.5]"))),
            Problems{"E006 gates.toml:7 gates[0].channels[0][0]"});
  EXPECT_EQ(problems_of(parse(replaced(good_gates, "[0, -3.5]", "[0, -300.5]"))),
            Problems{"E610 gates.toml:7 gates[0].channels[0][0]"});
  EXPECT_EQ(problems_of(parse(replaced(good_gates, "lines = [[[-1, 0], [1, 0]]]", "lines = 5"))),
            (Problems{"E006 gates.toml:6 gates[0].lines"}));
  EXPECT_EQ(problems_of(parse(replaced(good_gates, "\"small\"", "\"smal\""))),
            Problems{"E614 gates.toml:14 gates[0].bars[0]"});
  EXPECT_EQ(problems_of(parse(replaced(good_gates, "\"south\"]", "\"sout\"]"))),
            Problems{"E614 gates.toml:30 groups[0].gates[1]"});
  EXPECT_EQ(problems_of(parse(good_gates, replaced(good_ports, "[0, -10]", "\"0 W\""))),
            Problems{"E006 ports.toml:5 ports[0].at"});
  EXPECT_EQ(problems_of(parse(good_gates, replaced(good_ports, "at = [0.25, 10], ", ""))),
            Problems{"E007 ports.toml:6 ports[1].at"});
  EXPECT_EQ(problems_of(parse(good_gates, replaced(good_ports, ", source = \"a map\"", ""))),
            Problems{"E007 ports.toml:6 ports[1].source"});
  EXPECT_EQ(problems_of(parse(good_gates, replaced(good_ports, "\"east\"", "\"west\""))),
            Problems{"E611 ports.toml:6 ports[1].id"});
  EXPECT_EQ(problems_of(parse(good_gates, good_ports,
                              replaced(good_classes, "beam_m = 10", "breadth_m = 10"))),
            (Problems{"E008 classes.toml:7 classes[0].breadth_m",
                      "E007 classes.toml:2 classes[0].beam_m"}));
}

TEST(SeaFacts, GiveTheProblemsOfAllFilesAtOnce) {
  const auto facts = parse(replaced(good_gates, "grade = \"F6\"", ""),
                           replaced(good_ports, "name = \"West\", ", ""), "classes = 1");
  EXPECT_EQ(problems_of(facts),
            (Problems{"E007 gates.toml:2 gates[0].grade", "E007 ports.toml:5 ports[0].name",
                      "E006 classes.toml:1 classes"}));
}

// --- what ships ---------------------------------------------------------------------------------

TEST(SeaFacts, ThatShipHaveASourceAndAGradeEach) {
  const sea::Facts& facts = sea_network().facts();
  EXPECT_GE(facts.ports.size(), 120U);
  EXPECT_GE(facts.gates.size(), 20U);
  for (const sea::Gate& gate : facts.gates) {
    EXPECT_FALSE(gate.source.empty()) << gate.id;
    ASSERT_EQ(gate.grade.size(), 2U) << gate.id;
    EXPECT_TRUE(gate.grade[0] >= 'A' && gate.grade[0] <= 'F') << gate.id;
    EXPECT_TRUE(gate.grade[1] >= '1' && gate.grade[1] <= '6') << gate.id;
    EXPECT_TRUE(gate.width_m > 0 || !gate.limit.empty()) << gate.id;
  }
  for (const sea::Port& port : facts.ports) EXPECT_FALSE(port.source.empty()) << port.id;
}

// Whoever writes a name must not be led to another port by an alias that is somebody's id.
TEST(SeaFacts, ThatShipHaveNoAliasThatIsTheIdOfAnother) {
  const sea::Facts& facts = sea_network().facts();
  std::set<std::string> ids;
  for (const sea::Port& port : facts.ports) ids.insert(port.id);
  for (const sea::Port& port : facts.ports) {
    for (std::string alias : port.aliases) {
      std::transform(alias.begin(), alias.end(), alias.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
      EXPECT_TRUE(alias == port.id || !ids.contains(alias)) << port.id << ": " << alias;
    }
  }
}

// Against the World Port Index itself, which is not in the repository.
TEST(SeaFacts, ThatShipHavePortsWhereTheWorldPortIndexHasThem) {
  constexpr const char* path = "geo/world_ports_wpi.csv";
  const auto text = testing::shared_data(path);
  DELIAN_NEEDS_DATA(text, path);
  std::map<int, Position> index;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    int number = 0;
    std::from_chars(line.data(), line.data() + line.size(), number);
    const std::size_t second = line.rfind(',');
    const std::size_t first = line.rfind(',', second - 1);
    index[number] = {std::atof(line.c_str() + first + 1), std::atof(line.c_str() + second + 1)};
  }
  int compared = 0;
  for (const sea::Port& port : sea_network().facts().ports) {
    if (port.world_port_index == 0) continue;
    ASSERT_TRUE(index.contains(port.world_port_index)) << port.id;
    const Position& p = index[port.world_port_index];
    EXPECT_LE(std::fabs(p.latitude - port.at.latitude), 0.0101) << port.id;
    EXPECT_LE(std::fabs(p.longitude - port.at.longitude), 0.0101) << port.id;
    ++compared;
  }
  EXPECT_GE(compared, 120);
}

TEST(SeaNetwork, ThatShipsIsSmall) {
  const sea::Links links{0, {}};
  EXPECT_FALSE(links_to_bytes(links).empty());
  std::size_t corners = 0;
  for (const sea::CoastRing& ring : sea_network().coast()) corners += ring.corners.size();
  EXPECT_GT(corners, 10'000U);
  EXPECT_LT(corners, 20'000U);
}

// --- coast --------------------------------------------------------------------------------------

TEST(Coast, IsReadAsDifferences) {
  const auto rings =
      parse_coast({"coast.txt", "# a comment\n3 100 17990 0 20 20 0\n\n4 -1 -2 3 4 5 6\n"});
  ASSERT_TRUE(rings);
  ASSERT_EQ(rings->size(), 2U);
  EXPECT_EQ((*rings)[0].land, 3U);
  EXPECT_EQ((*rings)[0].corners, (sea::Line{{1, 179.9}, {1, -179.9}, {1.2, -179.9}}));
  EXPECT_EQ((*rings)[1].corners, (sea::Line{{-0.01, -0.02}, {0.02, 0.02}, {0.07, 0.08}}));
}

TEST(Coast, TellsEveryLineThatIsDamaged) {
  const auto rings = parse_coast(
      {"coast.txt",
       "0 1 2 3 4 5 6\n0 1 2 3 4\n0 1 2 3 4 5\n0 1 2 x 4 5 6\n0 9000 0 1 0 5 5\n-1 1 2 3 4 5 6\n"
       "0 1 2 3  4 5 6\n0 99999 2 3 4 5 6\n"});
  ASSERT_FALSE(rings);
  std::vector<int> lines;
  for (const Diagnostic& problem : rings.error()) {
    EXPECT_EQ(problem.code, "E616");
    EXPECT_EQ(problem.place.file, "coast.txt");
    lines.push_back(problem.place.line);
  }
  EXPECT_EQ(lines, (std::vector<int>{2, 3, 4, 5, 6, 7, 8}));
}

// --- links --------------------------------------------------------------------------------------

RC_GTEST_PROP(LinksFile, SurvivesTheWayToBytesAndBack, ()) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  const auto count = *rc::gen::inRange(0, 60);
  for (int k = 0; k < count; ++k) {
    const auto from = *rc::gen::inRange<std::uint32_t>(0, 300);
    pairs.emplace(from, from + *rc::gen::inRange<std::uint32_t>(1, 20'000));
  }
  sea::Links links{*rc::gen::arbitrary<std::uint64_t>(), {}};
  for (const auto& [from, to] : pairs) {
    const bool crosses = *rc::gen::inRange(0, 3) == 0;
    links.links.push_back({from, to, crosses ? *rc::gen::arbitrary<std::uint64_t>() : 0});
  }
  const std::string bytes = links_to_bytes(links);
  const auto read = parse_links(bytes);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->fingerprint == links.fingerprint);
  RC_ASSERT(read->links == links.links);
  // Any change of one byte is noticed, and so is a missing end.
  std::string broken = bytes;
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  broken[at] = static_cast<char>(broken[at] ^ 0x10);
  RC_ASSERT(!parse_links(broken).has_value());
  RC_ASSERT(!parse_links(std::string_view(bytes).substr(0, at)).has_value());
}

TEST(LinksFile, IsRefusedWithACode) {
  for (const char* bytes : {"", "x", "delian sea links 1\n"}) {
    const auto links = parse_links(bytes);
    ASSERT_FALSE(links);
    EXPECT_EQ(links.error()[0].code, "E617");
  }
}

}  // namespace
}  // namespace delian::io
