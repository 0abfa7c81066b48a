#include "models/sea/coast.hpp"

#include <algorithm>
#include <map>

namespace delian::sea {
namespace {

/// False only if no point of the arc lies in the circle.
bool may_meet(const Arc& arc, const Vector& centre, double sine_of_radius) {
  return std::fabs(dot(arc.normal, centre)) <= sine_of_radius &&
         dot(arc.ahead, centre) >= -sine_of_radius && dot(arc.back, centre) >= -sine_of_radius;
}

}  // namespace

Coast::Circle Coast::circle_round(std::span<const Vector> places) {
  Vector sum;
  for (const Vector& place : places) sum = sum + place;
  Circle circle{unit(sum), 0};
  // The distance from a point to a plane is at most that to any point of it, so the sine serves; a
  // hair more for rounding. Beyond a quarter of the globe a circle keeps nothing out.
  for (const Vector& place : places) {
    const double cosine = dot(circle.centre, place);
    const double sine = cosine > 0 ? norm(cross(circle.centre, place)) : 2.0;
    circle.sine_of_radius = std::max(circle.sine_of_radius, sine + 1e-9);
  }
  return circle;
}

Coast::Coast(std::vector<Vector> vertices, std::vector<Ring> rings)
    : vertices_(std::move(vertices)), rings_(std::move(rings)) {
  normals_.resize(vertices_.size());
  before_.resize(vertices_.size());
  after_.resize(vertices_.size());
  std::vector<Vector> places;
  for (const Ring& ring : rings_) {
    const std::uint32_t end = ring.first + ring.count;
    for (std::uint32_t v = ring.first; v < end; ++v) {
      after_[v] = v + 1 < end ? v + 1 : ring.first;
      before_[v] = v > ring.first ? v - 1 : end - 1;
      normals_[v] = cross(vertices_[v], vertices_[after_[v]]);
    }
    for (std::uint32_t first = ring.first; first < end; first += run_length) {
      const std::uint32_t last = std::min(first + run_length, end);
      places.clear();
      for (std::uint32_t v = first; v < last; ++v) places.push_back(vertices_[v]);
      places.push_back(vertices_[after_[last - 1]]);
      runs_.push_back({circle_round(places), first, last, ring.land});
    }
  }
  for (std::uint32_t first = 0; first < runs_.size(); first += runs_in_a_group) {
    const auto end =
        std::min<std::uint32_t>(first + runs_in_a_group, static_cast<std::uint32_t>(runs_.size()));
    places.clear();
    for (std::uint32_t r = first; r < end; ++r) {
      for (std::uint32_t v = runs_[r].first; v < runs_[r].end; ++v) {
        places.push_back(vertices_[v]);
        places.push_back(vertices_[after_[v]]);
      }
    }
    groups_.push_back({circle_round(places), first, end, 0});
  }
}

template <class Visit>
bool Coast::any_run(const Arc& arc, Visit visit) const {
  for (const Run& group : groups_) {
    if (!may_meet(arc, group.circle.centre, group.circle.sine_of_radius)) continue;
    for (std::uint32_t r = group.first; r < group.end; ++r) {
      const Run& run = runs_[r];
      if (may_meet(arc, run.circle.centre, run.circle.sine_of_radius) && visit(run)) return true;
    }
  }
  return false;
}

bool Coast::blocks(const Arc& arc, std::uint32_t from, std::uint32_t to) const {
  return any_run(arc, [&](const Run& run) {
    for (std::uint32_t v = run.first; v < run.end; ++v) {
      const std::uint32_t w = after_[v];
      if (v == from || v == to || w == from || w == to) continue;
      if (arcs_meet(arc, vertices_[v], vertices_[w], normals_[v])) return true;
    }
    return false;
  });
}

bool Coast::is_land(const Vector& place) const {
  // Inside a ring a line to a place at sea crosses it an odd number of times. The middle of the
  // Pacific is sea.
  const Arc arc(place, to_vector({.latitude = 5.0, .longitude = -135.0}));
  std::map<std::uint32_t, bool> inside;
  any_run(arc, [&](const Run& run) {
    for (std::uint32_t v = run.first; v < run.end; ++v) {
      // Half open: who touches counts as left of the line, so that no corner counts twice.
      const double of_v = dot(arc.normal, vertices_[v]);
      const double of_w = dot(arc.normal, vertices_[after_[v]]);
      if ((of_v >= 0) == (of_w >= 0)) continue;
      const double of_from = dot(normals_[v], arc.from);
      const double of_to = dot(normals_[v], arc.to);
      if ((of_from >= 0) == (of_to >= 0)) continue;
      // The circles cross twice; where both arcs do, v and the end are on the same side.
      if ((of_v >= 0) == (of_to >= 0)) inside[run.land] = !inside[run.land];
    }
    return false;
  });
  return std::any_of(inside.begin(), inside.end(), [](const auto& land) { return land.second; });
}

}  // namespace delian::sea
