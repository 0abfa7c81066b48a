#pragma once
// The edge of the water that ships use, and who sees whom across it.

#include <cstdint>
#include <span>
#include <vector>

#include "models/sea/sphere.hpp"

namespace delian::sea {

/// A vertex with its neighbours along a ring that keeps the land on the left.
struct Corner {
  Vector before, at, after;

  /// Could a ship that keeps clear of the land want to turn here?
  bool sticks_out() const { return side(before, at, after) > touching; }
  /// Does the way to x start, or the way from x end, on land? For corners that stick out.
  bool hides(const Vector& x) const {
    return side(before, at, x) > touching && side(at, after, x) > touching;
  }
  /// Does a tight rope from x bend round this corner, or pass it by? Otherwise no shortest way
  /// leads from x to here and on.
  bool is_touched_from(const Vector& x) const {
    const Vector normal = cross(x, at);
    const double a = dot(normal, before);
    const double b = dot(normal, after);
    return (a >= -touching && b >= -touching) || (a <= touching && b <= touching);
  }
};

/// Rings of great circle arcs with a search tree over them.
class Coast {
 public:
  struct Ring {
    std::uint32_t first = 0;  ///< its vertices are first, first + 1, ..., first + count - 1
    std::uint32_t count = 0;
    std::uint32_t land = 0;  ///< rings of one piece of land have the same number
  };

  Coast() = default;
  Coast(std::vector<Vector> vertices, std::vector<Ring> rings);

  std::span<const Vector> vertices() const { return vertices_; }
  std::span<const Ring> rings() const { return rings_; }
  Corner corner(std::uint32_t vertex) const {
    return {vertices_[before_[vertex]], vertices_[vertex], vertices_[after_[vertex]]};
  }

  static constexpr std::uint32_t no_vertex = 0xffffffffU;

  /// Does the arc meet a segment of a ring, other than those that start or end in the two vertices?
  bool blocks(const Arc& arc, std::uint32_t from = no_vertex, std::uint32_t to = no_vertex) const;

  bool is_land(const Vector& place) const;

 private:
  // A run of segments inside a circle on the globe.
  struct Circle {
    Vector centre;
    double sine_of_radius = 0;
  };
  static Circle circle_round(std::span<const Vector> places);

  static constexpr std::uint32_t run_length = 8;
  static constexpr std::uint32_t runs_in_a_group = 8;

  std::vector<Vector> vertices_;
  std::vector<Vector> normals_;  ///< of the segment that starts in the vertex
  std::vector<std::uint32_t> before_, after_;
  std::vector<Ring> rings_;
  struct Run {
    Circle circle;
    std::uint32_t first = 0, end = 0;
    std::uint32_t land = 0;
  };
  std::vector<Run> runs_;
  std::vector<Run> groups_;  ///< of runs

  /// Calls visit(run) for every run that may meet the arc, until it returns true.
  template <class Visit>
  bool any_run(const Arc& arc, Visit visit) const;
};

}  // namespace delian::sea
