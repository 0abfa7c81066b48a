// A network under conditions: names of gates and classes, what they bar, latitude limits.

#include "models/sea/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "domain/text.hpp"
#include "models/sea/names.hpp"

namespace delian::sea {
namespace {

/// The gates of a list of names, with a problem for each that is unknown.
GateSet gates_of(const Facts& facts, const std::vector<std::string>& names,
                 const std::string& pointer, Diagnostics& problems) {
  GateSet set = 0;
  for (const std::string& name : names) {
    const std::vector<std::size_t> gates = gates_called(facts, name);
    for (const std::size_t g : gates) set |= gate_bit(g);
    if (gates.empty()) {
      problems.push_back(diagnose("E601", pointer, "\"" + name + "\" is no known gate",
                                  suggested_gate(facts, name)));
    }
  }
  return set;
}

/// Why a class of ships cannot pass a gate; nothing if it can.
std::optional<Bar> class_bar(const Gate& gate, std::size_t g, const ShipClass& ship) {
  if (std::find(gate.bars.begin(), gate.bars.end(), ship.id) != gate.bars.end()) {
    return Bar{.gate = g, .why = Bar::Why::law};
  }
  for (std::size_t m = 0; m < measure_count; ++m) {
    if (gate.largest[m] && ship.size[m] > *gate.largest[m]) {
      return Bar{g, Bar::Why::measure, static_cast<Measure>(m), ship.size[m], *gate.largest[m]};
    }
  }
  return {};
}

void check_latitude(Diagnostics& problems, const std::optional<double>& limit, double most,
                    std::string pointer) {
  if (!limit || (*limit >= least_latitude_limit && *limit <= most)) return;
  problems.push_back(diagnose("E603", std::move(pointer),
                              "a limit of " + short_number(*limit) + " degrees; it must lie from " +
                                  short_number(least_latitude_limit) + " to " + short_number(most),
                              "Nearer to the equator it would part the oceans; further from it the "
                              "network ends."));
}

// --- latitude limits --------------------------------------------------------------------------

/// How far great circles between neighbours on a ring bulge over its parallel, at most.
constexpr double ring_bulge_degrees = 0.005;

/// Adds corners along a parallel: where a great circle would pass beyond the limit, the shortest
/// way touches the parallel and follows it (composite sailing).
void add_ring(ChartData& chart, double latitude) {
  const bool south = latitude < 0;
  ParallelRing ring{static_cast<std::uint32_t>(chart.node_count()), south, {}};
  const double inside = south ? latitude + ring_bulge_degrees : latitude - ring_bulge_degrees;
  for (int k = 0; k < ParallelRing::size; ++k) {
    const double longitude = -179.0 + 2.0 * k;
    // The South Pole is left of who goes west.
    ring.at.push_back(to_vector({inside, south ? -longitude : longitude}));
  }
  chart.ring_nodes.insert(chart.ring_nodes.end(), ring.at.begin(), ring.at.end());
  chart.rings.push_back(std::move(ring));
}

void add_ring_ways(ChartData& chart) {
  const Sea& sea = chart.sea();
  const auto link = [&](std::uint32_t a, std::uint32_t b, GateSet gates) {
    if ((gates & chart.barred) == 0) {
      chart.ring_ways.add(a, b, gates, geodesic_nm(chart.at(a), chart.at(b)));
    }
  };
  for (const ParallelRing& ring : chart.rings) {
    for (std::uint32_t k = 0; k < ParallelRing::size; ++k) {
      const std::uint32_t next = (k + 1) % ParallelRing::size;
      const Arc arc(ring.at[k], ring.at[next]);
      if (chart.breaks_limit(arc) || sea.coast.blocks(arc)) continue;
      link(ring.first + k, ring.first + next, sea.gates_crossed(arc));
    }
  }
  for (std::uint32_t n = 0; n < sea.nodes.at.size(); ++n) {
    if (sea.nodes.sees[n] == 0) continue;
    chart.each_in_sight(sea.nodes.at[n], n, true,
                        [&](std::uint32_t node, GateSet gates) { link(n, node, gates); });
  }
}

}  // namespace

void ExtraWays::sort(std::size_t nodes) {
  first_.assign(nodes + 1, 0);
  for (const Entry& entry : list_) ++first_[entry.from + 1];
  for (std::size_t n = 0; n < nodes; ++n) first_[n + 1] += first_[n];
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  ways_.resize(list_.size());
  for (const Entry& entry : list_) ways_[next[entry.from]++] = entry.way;
}

bool ChartData::breaks_limit(const Arc& arc) const {
  if (!is_limited) return false;
  const LatitudeRange range = latitude_range(arc);
  return range.lowest < lowest || range.highest > highest;
}

Expected<Chart> Chart::make(const Network& network, const Conditions& conditions) {
  Diagnostics problems;
  const Facts& facts = network.facts();
  const GateSet closed = gates_of(facts, conditions.close, "close", problems);
  const GateSet opened = gates_of(facts, conditions.open, "open", problems);
  for (std::size_t g = 0; g < facts.gates.size(); ++g) {
    if ((closed & opened & gate_bit(g)) == 0) continue;
    problems.push_back(diagnose("E605", "open", facts.gates[g].id + " is both closed and opened",
                                "Take it out of one of the two lists."));
  }
  const ShipClass* ship = nullptr;
  if (!conditions.ship_class.empty()) {
    ship = find_class(facts, conditions.ship_class);
    if (ship == nullptr) {
      std::vector<std::string_view> known;
      for (const ShipClass& c : facts.classes) known.push_back(c.id);
      problems.push_back(diagnose("E602", "class",
                                  "\"" + conditions.ship_class + "\" is no known class of ships",
                                  did_you_mean(conditions.ship_class, known)));
    }
  }
  check_latitude(problems, conditions.max_latitude_south, most_latitude_south,
                 "max-latitude-south");
  check_latitude(problems, conditions.max_latitude_north, most_latitude_north,
                 "max-latitude-north");
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  auto chart = std::make_shared<ChartData>(network);
  for (std::size_t g = 0; g < facts.gates.size(); ++g) {
    const Gate& gate = facts.gates[g];
    std::optional<Bar> bar;
    if ((closed & gate_bit(g)) != 0) {
      bar = Bar{.gate = g, .why = Bar::Why::closed};
    } else if (gate.shut && (opened & gate_bit(g)) == 0) {
      bar = Bar{.gate = g, .why = Bar::Why::shut};
    } else if (ship != nullptr) {
      bar = class_bar(gate, g, *ship);
    }
    if (bar) {
      chart->bars.push_back(*bar);
      chart->barred |= gate_bit(g);
    }
  }

  const NetworkData& data = network.data();
  chart->is_limited = conditions.max_latitude_south || conditions.max_latitude_north;
  if (chart->is_limited) {
    const double south = -conditions.max_latitude_south.value_or(90);
    const double north = conditions.max_latitude_north.value_or(90);
    chart->lowest = to_vector({south, 0}).z;
    chart->highest = to_vector({north, 0}).z;
    chart->beyond_limit.resize(data.ways.size());
    for (std::uint32_t n = 0; n < data.sea.nodes.at.size(); ++n) {
      for (std::uint32_t w = data.first[n]; w < data.first[n + 1]; ++w) {
        const Arc arc(data.sea.nodes.at[n], data.sea.nodes.at[data.ways[w].to]);
        chart->beyond_limit[w] = static_cast<char>(chart->breaks_limit(arc));
      }
    }
    if (conditions.max_latitude_south) add_ring(*chart, south);
    if (conditions.max_latitude_north) add_ring(*chart, north);
    add_ring_ways(*chart);
    chart->ring_ways.sort(chart->node_count());
  }
  return Chart(std::move(chart));
}

std::span<const Bar> Chart::bars() const {
  return data_->bars;
}

const Network& Chart::network() const {
  return data_->network;
}

}  // namespace delian::sea
