#pragma once
// The inside of a chart: what is barred, and the ways along latitude limits.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "models/sea/network.hpp"

namespace delian::sea {

/// A way that only this chart, or only one question, knows.
struct ExtraWay {
  std::uint32_t to = 0;
  GateSet gates = 0;
  double nm = 0;
};

/// Ways by the node they start from.
class ExtraWays {
 public:
  void add(std::uint32_t a, std::uint32_t b, GateSet gates, double nm) {
    list_.push_back({a, {b, gates, nm}});
    list_.push_back({b, {a, gates, nm}});
  }
  /// After the last add().
  void sort(std::size_t nodes);
  std::span<const ExtraWay> from(std::uint32_t node) const {
    if (list_.empty()) return {};
    return {ways_.data() + first_[node], ways_.data() + first_[node + 1]};
  }

 private:
  struct Entry {
    std::uint32_t from;
    ExtraWay way;
  };
  std::vector<Entry> list_;
  std::vector<std::uint32_t> first_;
  std::vector<ExtraWay> ways_;
};

/// Corners along a parallel, with the water beyond it on the left: 2 degrees apart, from 179 W to
/// the east in the north and from 179 E to the west in the south.
struct ParallelRing {
  static constexpr int size = 180;

  std::uint32_t first = 0;  ///< node of the first corner
  bool south = false;
  std::vector<Vector> at;

  Corner corner(std::size_t k) const {
    return {at[(k + at.size() - 1) % at.size()], at[k], at[(k + 1) % at.size()]};
  }

  /// Calls visit(k) for the corners near the two points where a great circle from x touches the
  /// parallel; none if there are no such points. The corner that a rope from x touches is among
  /// them.
  template <class Visit>
  void each_near_tangent(const Vector& x, Visit visit) const;
};

template <class Visit>
void ParallelRing::each_near_tangent(const Vector& x, Visit visit) const {
  const double sine = std::fabs(at[0].z);
  // cos(difference of longitude) = tan(latitude of x) / tan(latitude of the parallel), by Napier.
  const double over = (south ? -x.z : x.z) * std::sqrt(1 - sine * sine);
  const double under = std::sqrt(x.x * x.x + x.y * x.y) * sine;
  // A little more than touching: corners lie between the points where circles do touch.
  if (over > 1.001 * under || over < -1.001 * under) return;
  const double cosine = std::clamp(over / under, -1.0, 1.0);
  const double away = numerics::atan2(std::sqrt(1 - cosine * cosine), cosine);
  const double longitude = numerics::atan2(x.y, x.x);
  std::array<std::size_t, 12> near{};
  std::size_t count = 0;
  for (const double turn : {-away, away}) {
    const double degrees = (longitude + turn) / radians_per_degree;
    const auto below = static_cast<int>(std::floor(((south ? -degrees : degrees) + 179) / 2));
    for (int k = below - 2; k <= below + 3; ++k) {
      near[count++] = static_cast<std::size_t>((k + 3 * size) % size);
    }
  }
  std::sort(near.begin(), near.end());
  const auto end = std::unique(near.begin(), near.end());
  for (auto k = near.begin(); k != end; ++k) visit(*k);
}

struct ChartData {
  explicit ChartData(Network on) : network(std::move(on)) {}

  Network network;
  std::vector<Bar> bars;
  GateSet barred = 0;
  bool is_limited = false;
  double lowest = -1, highest = 1;  ///< sines of the latitude limits
  std::vector<char> beyond_limit;   ///< by NetworkData::ways; empty without limits
  std::vector<ParallelRing> rings;  ///< their nodes come after those of the network
  std::vector<Vector> ring_nodes;
  ExtraWays ring_ways;

  const Sea& sea() const { return network.data().sea; }
  std::size_t node_count() const { return sea().nodes.at.size() + ring_nodes.size(); }
  const Vector& at(std::uint32_t node) const {
    const std::vector<Vector>& nodes = sea().nodes.at;
    return node < nodes.size() ? nodes[node] : ring_nodes[node - nodes.size()];
  }
  bool breaks_limit(const Arc& arc) const;

  /// Calls visit(node, gates) for every node of the network or of a ring that a tight rope from x
  /// could lead to. `from` is the node of x, if it has one.
  template <class Visit>
  void each_in_sight(const Vector& x, std::uint32_t from, bool rings_only, Visit visit) const;
};

template <class Visit>
void ChartData::each_in_sight(const Vector& x, std::uint32_t from, bool rings_only,
                              Visit visit) const {
  const Sea& s = sea();
  const auto is_here = [&x](const Vector& y) { return x.x == y.x && x.y == y.y && x.z == y.z; };
  const auto look = [&](std::uint32_t node, const Vector& y, std::uint32_t vertex) {
    if (dot(x, y) < cosine_of_longest_arc) return;
    const Arc arc(x, y);
    if (breaks_limit(arc) || s.coast.blocks(arc, from, vertex)) return;
    visit(node, s.gates_crossed(arc, from, vertex));
  };
  if (!rings_only) {
    for (std::uint32_t n = 0; n < s.nodes.at.size(); ++n) {
      if (s.nodes.sees[n] == 0 || n == from) continue;
      if (is_here(s.nodes.at[n])) {
        visit(n, GateSet{0});
      } else if (s.may_turn(n, x)) {
        look(n, s.nodes.at[n], n);
      }
    }
  }
  for (const ParallelRing& ring : rings) {
    ring.each_near_tangent(x, [&](std::size_t k) {
      const Corner corner = ring.corner(k);
      if (is_here(corner.at) || !corner.is_touched_from(x) || corner.hides(x)) return;
      if (from != Coast::no_vertex && !s.may_turn(from, corner.at)) return;
      look(ring.first + static_cast<std::uint32_t>(k), corner.at, Coast::no_vertex);
    });
  }
}

}  // namespace delian::sea
