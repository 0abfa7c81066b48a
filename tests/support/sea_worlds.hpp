#pragma once
// Small seas made in code.

#include <string>
#include <utility>
#include <vector>

#include "delian/sea.hpp"

namespace delian::testing {

using sea::CoastRing;
using sea::Facts;
using sea::Gate;
using sea::Line;
using sea::Network;
using sea::Port;
using sea::Position;
using sea::ShipClass;

/// A piece of land between two parallels and two meridians.
inline CoastRing block(std::uint32_t land, double south, double north, double west, double east) {
  return {land, {{south, west}, {south, east}, {north, east}, {north, west}}};
}

inline Port port(std::string id, Position at, Line approach = {}) {
  Port p;
  p.name = id;
  p.id = std::move(id);
  p.country = "XX";
  p.at = at;
  p.approach = std::move(approach);
  p.source = "made up";
  return p;
}

inline Gate gate(std::string id, Line line, std::vector<Line> channels = {}) {
  Gate g;
  g.name = {id, id};
  g.id = std::move(id);
  g.lines = {std::move(line)};
  g.channels = std::move(channels);
  g.source = "made up";
  g.grade = "F6";
  return g;
}

inline ShipClass ship(std::string id, double draught, double beam, double length, double height) {
  ShipClass s;
  s.name = {id, id};
  s.id = std::move(id);
  s.size = {draught, beam, length, height};
  return s;
}

/// Builds a network; the facts must be right.
inline Network network_of(const Facts& facts, const std::vector<CoastRing>& coast) {
  return Network::make(facts, coast, sea::find_links(facts, coast).value()).value();
}

/// A wall from 40 S to 40 N along the meridian of Greenwich with a canal through it at the equator;
/// "west" and "east" lie on the equator, ten degrees from the wall.
inline Facts wall_facts() {
  Facts facts;
  facts.ports = {port("west", {0, -10}), port("east", {0, 10})};
  facts.gates = {gate("canal", {{-1, 0}, {1, 0}}, {{{0, -3}, {0, 3}}})};
  facts.classes = {ship("small", 5, 10, 100, 20), ship("large", 20, 60, 400, 70)};
  facts.gates[0].largest[0] = 10.0;
  return facts;
}
inline std::vector<CoastRing> wall_coast() {
  return {block(0, -40, 40, -2, 2)};
}

}  // namespace delian::testing
