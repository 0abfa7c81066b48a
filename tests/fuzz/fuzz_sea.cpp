// Gates, ports, coasts and links from anybody: nothing crashes, and facts that are accepted give
// routes that are no shorter than the geodesic. The first byte tells what the rest is.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "delian/assert.hpp"
#include "delian/sea_report.hpp"
#include "io/diagnostics.hpp"
#include "io/route_json.hpp"
#include "io/sea.hpp"

namespace {

namespace sea = delian::sea;
namespace io = delian::io;

constexpr std::string_view gates = R"(
[[gates]]
id = "canal"
name = { en = "Canal", fr = "Canal" }
lines = [[[-1, 0], [1, 0]]]
channels = [[[0, -3], [0, 3]]]
max_draught_m = 10
source = "made up"
grade = "F6"
)";
constexpr std::string_view ports = R"(
position_source = "made up"
approach_source = "made up"
ports = [
  { id = "west", name = "West", country = "XX", at = [0, -10], source = "made up" },
  { id = "east", name = "East", country = "XX", at = [0, 10], source = "made up" },
]
)";
constexpr std::string_view classes = R"(
[[classes]]
id = "large"
name = { en = "Large", fr = "Large" }
draught_m = 20
beam_m = 60
length_m = 300
air_draught_m = 60
source = "made up"
grade = "F6"
)";

std::size_t points(const sea::Facts& facts) {
  std::size_t count = 0;
  for (const sea::Gate& gate : facts.gates) {
    count += gate.limit.empty() ? 0 : 200;
    for (const sea::Line& line : gate.lines) count += line.size();
    for (const sea::Line& line : gate.channels) count += line.size();
  }
  for (const sea::Port& port : facts.ports) count += 1 + port.approach.size();
  return count;
}

/// Sails between all pairs of the first ports.
void sail(const sea::Facts& facts, const std::vector<sea::CoastRing>& coast) {
  auto links = sea::find_links(facts, coast);
  if (!links) return;
  DELIAN_ASSERT(io::parse_links(io::links_to_bytes(*links))->links == links->links);
  const auto network = sea::Network::make(facts, coast, *std::move(links));
  DELIAN_ASSERT(network.has_value());
  sea::Question question;
  question.conditions.ship_class = facts.classes[0].id;
  if (!facts.gates.empty()) question.conditions.close = {facts.gates[0].id};
  for (std::size_t a = 0; a < facts.ports.size() && a < 3; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      question.from = facts.ports[a].id;
      question.to = facts.ports[b].id;
      const auto plan = sea::plan(*network, question);
      if (!plan) continue;
      if (plan->answer.route) {
        const double straight = sea::distance_nm(plan->from.at, plan->to.at);
        // Nearly opposite places are not measured well.
        DELIAN_ASSERT(straight > 9'000 || plan->answer.route->distance_nm >= straight - 0.5);
      }
      DELIAN_ASSERT(!sea::route_report(*network, question, *plan).empty());
      DELIAN_ASSERT(!io::route_json(*network, question, *plan).empty());
      DELIAN_ASSERT(!io::route_geojson(*network, question, *plan).empty());
    }
  }
}

void facts_of(std::string_view gate_text, std::string_view port_text) {
  const auto facts = io::parse_sea_facts({{"gates.toml", std::string(gate_text)},
                                          {"ports.toml", std::string(port_text)},
                                          {"classes.toml", std::string(classes)}});
  if (!facts) {
    DELIAN_ASSERT(!facts.error().empty());
    DELIAN_ASSERT(!io::render(facts.error(), {}, false).empty());
    return;
  }
  if (points(*facts) > 400 || facts->classes.empty()) return;
  sail(*facts, {{0, {{-40, -2}, {-40, 2}, {40, 2}, {40, -2}}}});
}

}  // namespace

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'g':
      facts_of(text, ports);
      break;
    case 'p':
      facts_of(gates, text);
      break;
    case 'c':
      if (const auto coast = io::parse_coast({"coast.txt", std::string(text)})) {
        std::size_t corners = 0;
        for (const sea::CoastRing& ring : *coast) corners += ring.corners.size();
        if (corners > 300) break;
        sail(*io::parse_sea_facts({{"g", std::string(gates)},
                                   {"p", std::string(ports)},
                                   {"c", std::string(classes)}}),
             *coast);
      }
      break;
    default:
      if (const auto links = io::parse_links(text)) {
        DELIAN_ASSERT(io::parse_links(io::links_to_bytes(*links))->links == links->links);
      }
  }
  return 0;
}
