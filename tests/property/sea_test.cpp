// Laws of routes on the network that ships.

#include "io/sea.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/sea/network.hpp"

namespace delian::sea {
namespace {

const Network& network() {
  return io::sea_network();
}
const Facts& facts() {
  return network().facts();
}

/// A whole number from `first` up to `end`, spread evenly in every case: by itself RapidCheck keeps
/// early cases near the first.
template <class Number>
Number any_of(Number first, Number end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(first, end));
}

std::size_t any_port() {
  return any_of<std::size_t>(0, facts().ports.size());
}
Place place_of(std::size_t port) {
  return {port, facts().ports[port].at};
}

/// Some gates, by id; more often few than many.
std::vector<std::string> some_gates() {
  std::vector<std::string> ids;
  const auto count = any_of<std::size_t>(0, 6);
  for (std::size_t k = 0; k < count; ++k) {
    ids.push_back(facts().gates[any_of<std::size_t>(0, facts().gates.size())].id);
  }
  return ids;
}

Conditions any_conditions() {
  Conditions conditions{.close = some_gates()};
  if (any_of(0, 3) == 0) {
    conditions.ship_class = facts().classes[any_of<std::size_t>(0, facts().classes.size())].id;
  }
  for (const char* id : {"northern-sea-route", "northwest-passage", "southern-ocean"}) {
    const bool closed =
        std::find(conditions.close.begin(), conditions.close.end(), id) != conditions.close.end();
    if (!closed && any_of(0, 4) == 0) conditions.open.emplace_back(id);
  }
  return conditions;
}

double length(const RouteAnswer& answer) {
  return answer.route ? answer.route->distance_nm : std::numeric_limits<double>::infinity();
}

/// Rounding of sums of some hundred legs.
constexpr double rounding_nm = 1e-6;

// Looks at the route itself, not at what the links say they cross.
RC_GTEST_PROP(Routes, CrossNoGateThatIsBarred, ()) {
  const Chart chart = Chart::make(network(), any_conditions()).value();
  const RouteAnswer answer = chart.route(place_of(any_port()), place_of(any_port()));
  if (!answer.route) RC_DISCARD("no route");
  const std::vector<Waypoint>& track = answer.route->track;
  for (const Bar& bar : chart.bars()) {
    for (const Line& line : facts().gates[bar.gate].lines) {
      for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const Arc cut(to_vector(line[i]), to_vector(line[i + 1]));
        for (std::size_t k = 0; k + 1 < track.size(); ++k) {
          const Vector a = to_vector(track[k].at);
          const Vector b = to_vector(track[k + 1].at);
          RC_ASSERT(!arcs_meet(cut, a, b, cross(a, b)));
        }
      }
    }
  }
  for (const Passage& passage : answer.route->gates) {
    for (const Bar& bar : chart.bars()) RC_ASSERT(bar.gate != passage.gate);
  }
}

RC_GTEST_PROP(Routes, AreAsLongOneWayAsTheOther, ()) {
  const Chart chart = Chart::make(network(), any_conditions()).value();
  const Place a = place_of(any_port());
  const Place b = place_of(any_port());
  const double there = length(chart.route(a, b));
  const double back = length(chart.route(b, a));
  RC_ASSERT(there == back || std::fabs(there - back) <= rounding_nm);
}

RC_GTEST_PROP(Routes, KeepTheTriangleInequality, ()) {
  const Chart chart = Chart::make(network(), any_conditions()).value();
  const Place a = place_of(any_port());
  const Place b = place_of(any_port());
  const Place c = place_of(any_port());
  RC_ASSERT(length(chart.route(a, c)) <=
            length(chart.route(a, b)) + length(chart.route(b, c)) + rounding_nm);
  const std::vector<Stop> by_b{b};
  const double via = length(chart.route(a, c, by_b));
  const double legs = length(chart.route(a, b)) + length(chart.route(b, c));
  RC_ASSERT(via == legs || std::fabs(via - legs) <= rounding_nm);
}

RC_GTEST_PROP(Routes, NeverGetShorterWhenAGateIsClosed, ()) {
  Conditions conditions = any_conditions();
  const Place a = place_of(any_port());
  const Place b = place_of(any_port());
  const double before = length(Chart::make(network(), conditions).value().route(a, b));
  const std::string& gate = facts().gates[any_of<std::size_t>(0, facts().gates.size())].id;
  std::erase(conditions.open, gate);
  conditions.close.push_back(gate);
  RC_ASSERT(length(Chart::make(network(), conditions).value().route(a, b)) >= before - rounding_nm);
}

RC_GTEST_PROP(Routes, AreNeverShorterThanTheGeodesic, ()) {
  const Chart chart = Chart::make(network(), any_conditions()).value();
  const std::size_t a = any_port();
  const std::size_t b = any_port();
  const double straight = distance_nm(facts().ports[a].at, facts().ports[b].at);
  RC_ASSERT(length(chart.route(place_of(a), place_of(b))) >= straight - 0.3);
}

RC_GTEST_PROP(Routes, AgreeWithPlainDijkstra, ()) {
  const Chart chart = Chart::make(network(), any_conditions()).value();
  const std::size_t a = any_port();
  const std::size_t b = any_port();
  const double searched = length(chart.route(place_of(a), place_of(b)));
  const double plain = chart.distances_nm(a)[b];
  RC_ASSERT(searched == plain || std::fabs(searched - plain) <= rounding_nm);
}

RC_GTEST_PROP(Routes, TellMilesThatAddUp, ()) {
  const Chart chart = Chart::make(network(), any_conditions()).value();
  const RouteAnswer answer = chart.route(place_of(any_port()), place_of(any_port()));
  if (!answer.route) RC_DISCARD("no route");
  const std::vector<Waypoint>& track = answer.route->track;
  double sum = 0;
  double lost = 0;
  for (std::size_t k = 0; k + 1 < track.size(); ++k) {
    sum += distance_nm(track[k].at, track[k + 1].at);
    RC_ASSERT(std::fabs(track[k + 1].mile - sum) <= rounding_nm);
  }
  double last = 0;
  for (const Passage& passage : answer.route->gates) {
    RC_ASSERT(passage.mile >= last - rounding_nm && passage.mile <= sum + rounding_nm);
    last = passage.mile;
    lost += facts().gates[passage.gate].wait_hours;
  }
  RC_ASSERT(answer.route->wait_hours == lost);
}

/// Do the two nodes of a leg belong to a channel or an approach, where the outline leaves no room?
bool is_drawn(const Nodes& nodes, const Position& a, const Position& b) {
  return std::any_of(nodes.ways.begin(), nodes.ways.end(), [&](const auto& way) {
    const Position& p = nodes.position[way.first];
    const Position& q = nodes.position[way.second];
    return (p == a && q == b) || (p == b && q == a);
  });
}

RC_GTEST_PROP(Routes, StayInTheWater, ()) {
  Conditions conditions = any_conditions();
  if (any_of(0, 4) == 0) conditions.max_latitude_south = any_of(40, 60);
  const Chart chart = Chart::make(network(), conditions).value();
  const RouteAnswer answer = chart.route(place_of(any_port()), place_of(any_port()));
  if (!answer.route) RC_DISCARD("no route");
  const Sea& sea = network().data().sea;
  const std::vector<Waypoint>& track = answer.route->track;
  for (std::size_t k = 0; k + 1 < track.size(); ++k) {
    if (is_drawn(sea.nodes, track[k].at, track[k + 1].at)) continue;
    const Vector a = to_vector(track[k].at);
    const Vector b = to_vector(track[k + 1].at);
    // Not the very ends, which lie on the edge of the water.
    for (int step = 1; step < 20; ++step) {
      const Vector x = along(a, b, step / 20.0);
      if (!sea.coast.is_land(x)) continue;
      // A leg along the coast is on its edge all the way, and a hair decides.
      RC_ASSERT(!sea.coast.is_land(unit(x + 1e-9 * cross(a, b))) ||
                !sea.coast.is_land(unit(x - 1e-9 * cross(a, b))));
    }
  }
}

RC_GTEST_PROP(Routes, KeepALatitudeLimit, ()) {
  Conditions conditions = any_conditions();
  conditions.max_latitude_south = any_of(350, 620) / 10.0;
  conditions.max_latitude_north = any_of(350, 740) / 10.0;
  const Place a = place_of(any_port());
  const Place b = place_of(any_port());
  const RouteAnswer answer = Chart::make(network(), conditions).value().route(a, b);
  if (!answer.route) RC_DISCARD("no route");
  Position last = answer.route->track.front().at;
  for (const Waypoint& waypoint : answer.route->track) {
    if (waypoint.mile > 0) {
      for (const Position& p : great_circle(last, waypoint.at)) {
        RC_ASSERT(p.latitude >= -*conditions.max_latitude_south - 1e-9);
        RC_ASSERT(p.latitude <= *conditions.max_latitude_north + 1e-9);
      }
    }
    last = waypoint.at;
  }
  conditions.max_latitude_south.reset();
  conditions.max_latitude_north.reset();
  const double without_limit = length(Chart::make(network(), conditions).value().route(a, b));
  // A limit brings nodes of its own along its parallel, by which a way may save a metre at a coast.
  constexpr double saved_nm = 0.001;
  RC_ASSERT(without_limit - answer.route->distance_nm <= saved_nm);
}

Links links_of(const Network& n) {
  const NetworkData& data = n.data();
  Links links{data.sea.fingerprint, {}};
  for (std::uint32_t from = 0; from + 1 < data.first.size(); ++from) {
    for (std::uint32_t w = data.first[from]; w < data.first[from + 1]; ++w) {
      const Way& way = data.ways[w];
      if (from < way.to) links.links.push_back({from, way.to, data.gate_sets[way.gates]});
    }
  }
  return links;
}

/// The network with classes of growing size in every measure.
const Network& network_with_sizes() {
  static const Network sized = [] {
    Facts with_sizes = facts();
    for (int k = 0; k < 8; ++k) {
      ShipClass ship;
      ship.id = "size-" + std::to_string(k);
      ship.size = {2 + 3.0 * k, 10 + 10.0 * k, 60 + 60.0 * k, 20 + 9.0 * k};
      with_sizes.classes.push_back(ship);
    }
    const std::vector<CoastRing> coast(network().coast().begin(), network().coast().end());
    return Network::make(with_sizes, coast, links_of(network())).value();
  }();
  return sized;
}

RC_GTEST_PROP(Routes, AreNeverShorterForALargerShip, ()) {
  const Place a = place_of(any_port());
  const Place b = place_of(any_port());
  Conditions conditions{.close = some_gates()};
  double last = 0;
  for (int k = 0; k < 8; k += 2) {
    conditions.ship_class = "size-" + std::to_string(k);
    const double nm = length(Chart::make(network_with_sizes(), conditions).value().route(a, b));
    RC_ASSERT(nm >= last - rounding_nm);
    last = nm;
  }
}

// Whatever the report names has to be true.
RC_GTEST_PROP(NoRoute, IsExplainedByGatesThatWouldGiveOne, ()) {
  Conditions conditions;
  // Many gates, so that ports are cut off.
  for (const Gate& gate : facts().gates) {
    if (any_of(0, 4) != 0) conditions.close.push_back(gate.id);
  }
  const Place a = place_of(any_port());
  const Place b = place_of(any_port());
  const RouteAnswer answer = Chart::make(network(), conditions).value().route(a, b);
  if (answer.route) RC_DISCARD("a route");
  RC_ASSERT(!answer.barriers.empty() && !answer.latitude_limit);
  const auto without = [&](const std::vector<std::size_t>& gates) {
    Conditions fewer = conditions;
    for (const std::size_t g : gates) {
      const std::string& id = facts().gates[g].id;
      std::erase(fewer.close, id);
      if (facts().gates[g].shut) fewer.open.push_back(id);
    }
    return Chart::make(network(), fewer).value().route(a, b).route.has_value();
  };
  if (answer.together) {
    std::vector<std::size_t> all;
    for (const Bar& bar : answer.barriers) all.push_back(bar.gate);
    RC_ASSERT(all.size() > 1 && without(all));
    for (std::size_t k = 0; k < all.size(); ++k) {
      std::vector<std::size_t> fewer = all;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
      RC_ASSERT(!without(fewer));
    }
  } else {
    for (const Bar& bar : answer.barriers) RC_ASSERT(without({bar.gate}));
  }
}

RC_GTEST_PROP(Positions, GiveTheSameLengthAsThePortThatLiesThere, ()) {
  // Ports whose approach ends at sea: the position of its end, plus the approach.
  const Chart chart = Chart::make(network(), any_conditions()).value();
  const Port& port = facts().ports[any_port()];
  RC_PRE(!port.approach.empty());
  const Position end = port.approach.back();
  RC_PRE(!network().data().sea.coast.is_land(to_vector(end)));
  const std::size_t other = any_port();
  const double from_position = length(chart.route({{}, end}, place_of(other)));
  double approach = distance_nm(port.at, port.approach.front());
  for (std::size_t k = 0; k + 1 < port.approach.size(); ++k) {
    approach += distance_nm(port.approach[k], port.approach[k + 1]);
  }
  const auto index = static_cast<std::size_t>(&port - facts().ports.data());
  const double from_port = length(chart.route(place_of(index), place_of(other)));
  // From the port the way may leave the approach before its end, so only one side is sure.
  RC_ASSERT(from_port <= from_position + approach + rounding_nm);
  RC_ASSERT(from_position <= from_port + approach + rounding_nm);
}

TEST(Ports, AllReachOneAnother) {
  const Chart chart = Chart::make(network(), {}).value();
  for (const double nm : chart.distances_nm(0)) EXPECT_TRUE(std::isfinite(nm));
}

}  // namespace
}  // namespace delian::sea
