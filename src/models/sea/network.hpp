#pragma once
// The inside of a network: nodes, and what leads from one to the next.

#include <cstdint>
#include <span>
#include <vector>

#include "delian/sea.hpp"
#include "models/sea/coast.hpp"

namespace delian::sea {

using GateSet = std::uint64_t;
inline constexpr std::size_t most_gates = 64;

inline GateSet gate_bit(std::size_t gate) {
  return GateSet{1} << gate;
}

/// Arcs are shorter than 170 degrees; longer ones come near to having no direction.
inline constexpr double cosine_of_longest_arc = -0.985;

/// Nodes in this order: corners of the coast; corners of limits; then the points of channels, ports
/// and approaches, each position once.
struct Nodes {
  std::vector<Vector> at;
  std::vector<Position> position;
  std::uint32_t coast_end = 0;                           ///< corners of the coast come before
  std::uint32_t limit_end = 0;                           ///< corners of limits come before
  std::vector<std::uint32_t> limit_before, limit_after;  ///< neighbours, by node - coast_end
  std::vector<char> sees;  ///< can a link start here? Corners that stick out, and points at sea
  std::vector<std::uint32_t> ports;                           ///< node of each port
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ways;  ///< along channels and approaches

  bool is_corner(std::uint32_t node) const { return node < limit_end; }
};

/// A piece of a gate's line.
struct Cut {
  Vector a, b, normal;
  std::uint32_t from = Coast::no_vertex, to = Coast::no_vertex;  ///< its nodes, for limits
  std::uint32_t gate = 0;
};

/// What links are found with.
struct Sea {
  Coast coast;
  Nodes nodes;
  std::vector<Cut> cuts;
  std::uint64_t fingerprint = 0;

  /// Facts must be checked. Deterministic to the last bit.
  Sea(const Facts& facts, const std::vector<CoastRing>& rings);

  Corner corner(std::uint32_t node) const;

  /// The gates that an arc crosses; the nodes say at which limit's corner it may start and end.
  GateSet gates_crossed(const Arc& arc, std::uint32_t from = Coast::no_vertex,
                        std::uint32_t to = Coast::no_vertex) const;

  /// Could a shortest way turn at `node` when it comes from x?
  bool may_turn(std::uint32_t node, const Vector& x) const;
};

/// What leads away from a node.
struct Way {
  std::uint32_t to = 0;
  std::uint32_t gates = 0;  ///< index into NetworkData::gate_sets
  double nm = 0;
};

struct NetworkData {
  Facts facts;
  std::vector<CoastRing> rings;
  Sea sea;
  std::vector<std::uint32_t> first;  ///< ways of node n are first[n] up to first[n + 1]
  std::vector<Way> ways;
  std::vector<GateSet> gate_sets;
};

}  // namespace delian::sea
