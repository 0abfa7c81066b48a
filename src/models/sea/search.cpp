// Shortest ways on a chart.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <queue>
#include <set>

#include "delian/assert.hpp"
#include "models/sea/chart.hpp"

namespace delian::sea {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::uint32_t nowhere = 0xffffffffU;
constexpr std::uint32_t seed_mark = 0x80000000U;

/// The network of one question: the chart and the positions that the question names.
class Graph {
 public:
  explicit Graph(const ChartData& chart) : chart_(chart) {}

  /// The node of a place. Call ready() when all are known.
  std::uint32_t node_of(const Place& place) {
    if (place.port) return chart_.sea().nodes.ports[*place.port];
    const Vector here = to_vector(place.at);
    for (std::size_t k = 0; k < positions_.size(); ++k) {
      if (norm(here - positions_[k]) == 0) return position_node(k);
    }
    const std::uint32_t node = position_node(positions_.size());
    const auto link = [&](std::uint32_t other, const Vector& there, GateSet gates) {
      ways_.add(node, other, gates, geodesic_nm(here, there));
    };
    chart_.each_in_sight(here, Coast::no_vertex, false, [&](std::uint32_t other, GateSet gates) {
      link(other, chart_.at(other), gates);
    });
    for (std::size_t k = 0; k < positions_.size(); ++k) {
      const Vector& there = positions_[k];
      if (dot(here, there) < cosine_of_longest_arc) continue;
      const Arc arc(here, there);
      if (chart_.breaks_limit(arc) || chart_.sea().coast.blocks(arc)) continue;
      link(position_node(k), there, chart_.sea().gates_crossed(arc));
    }
    positions_.push_back(here);
    return node;
  }
  void ready() { ways_.sort(size()); }

  std::size_t size() const { return chart_.node_count() + positions_.size(); }
  const ChartData& chart() const { return chart_; }
  const Vector& at(std::uint32_t node) const {
    return node < chart_.node_count() ? chart_.at(node) : positions_[node - chart_.node_count()];
  }

  /// Calls visit(to, gates, nm) for every way that keeps the latitude limits.
  template <class Visit>
  void each_way(std::uint32_t node, Visit visit) const {
    const NetworkData& data = chart_.network.data();
    if (node < data.sea.nodes.at.size()) {
      for (std::uint32_t w = data.first[node]; w < data.first[node + 1]; ++w) {
        const Way& way = data.ways[w];
        if (chart_.is_limited && chart_.beyond_limit[w] != 0) continue;
        visit(way.to, data.gate_sets[way.gates], way.nm);
      }
    }
    if (node < chart_.node_count()) {
      for (const ExtraWay& way : chart_.ring_ways.from(node)) visit(way.to, way.gates, way.nm);
    }
    for (const ExtraWay& way : ways_.from(node)) visit(way.to, way.gates, way.nm);
  }

 private:
  std::uint32_t position_node(std::size_t k) const {
    return static_cast<std::uint32_t>(chart_.node_count() + k);
  }

  const ChartData& chart_;
  std::vector<Vector> positions_;
  ExtraWays ways_;
};

/// Where a search may start.
struct Seed {
  std::uint32_t node = 0;
  double nm = 0;
  std::uint32_t came_from = nowhere;  ///< node of the leg before
};

struct Reached {
  std::vector<double> nm;
  std::vector<std::uint32_t> from;  ///< the node before, or seed_mark + index of the seed
};

/// Dijkstra's algorithm, or A* when there is a goal: no way is shorter than the great circle on the
/// smallest radius of the Earth. Ties go to the lower node.
Reached search(const Graph& graph, std::span<const Seed> seeds, std::uint32_t goal,
               bool straight_ahead) {
  const GateSet barred = graph.chart().barred;
  // A hair shorter, so that rounding never makes the estimate too long.
  constexpr double radius = least_radius_nm * (1 - 1e-6);
  Reached reached{std::vector<double>(graph.size(), infinite),
                  std::vector<std::uint32_t>(graph.size(), nowhere)};
  std::vector<double> ahead(graph.size(), -1);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::vector<char> done(graph.size(), 0);
  const auto offer = [&](std::uint32_t node, double nm, std::uint32_t from) {
    if (!(nm < reached.nm[node])) return;
    reached.nm[node] = nm;
    reached.from[node] = from;
    if (ahead[node] < 0) {
      ahead[node] = straight_ahead ? radius * angle(graph.at(node), graph.at(goal)) : 0;
    }
    queue.emplace(nm + ahead[node], node);
  };
  for (std::uint32_t k = 0; k < seeds.size(); ++k) {
    offer(seeds[k].node, seeds[k].nm, seed_mark + k);
  }
  while (!queue.empty()) {
    const std::uint32_t node = queue.top().second;
    queue.pop();
    if (done[node] != 0) continue;
    done[node] = 1;
    if (node == goal) break;
    graph.each_way(node, [&](std::uint32_t to, GateSet gates, double nm) {
      if ((gates & barred) == 0 && done[to] == 0) offer(to, reached.nm[node] + nm, node);
    });
  }
  return reached;
}

// --- why there is no way ----------------------------------------------------------------------

/// Where a leg leads: to a node, or over a gate.
struct Target {
  std::uint32_t node = nowhere;
  std::size_t gate = 0;
};

/// The ways over a gate from nodes that were reached, as the ends of these ways.
template <class Visit>
void each_crossing(const Graph& graph, std::size_t gate, GateSet barred, Visit visit) {
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    graph.each_way(node, [&](std::uint32_t to, GateSet gates, double nm) {
      if ((gates & gate_bit(gate)) != 0 && (gates & barred) == 0) visit(node, to, gates, nm);
    });
  }
}

/// The waters that the barred gates part, and what leads from one to another through them.
class Waters {
 public:
  explicit Waters(const Graph& graph) : of_(graph.size(), nowhere) {
    const GateSet barred = graph.chart().barred;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      if (of_[node] == nowhere) flood(graph, node, barred);
    }
    std::set<Door> doors;
    for (std::uint32_t node = 0; node < graph.size(); ++node) {
      graph.each_way(node, [&](std::uint32_t to, GateSet gates, double) {
        if ((gates & barred) != 0) doors.insert({of_[node], of_[to], gates & barred});
      });
    }
    doors_.assign(doors.begin(), doors.end());
  }

  /// Which waters can be reached from some nodes when only these gates are barred.
  std::vector<char> reachable(std::span<const std::uint32_t> starts, GateSet barred) const {
    std::vector<char> seen(count_, 0);
    for (const std::uint32_t node : starts) seen[of_[node]] = 1;
    for (bool grows = true; grows;) {
      grows = false;
      for (const Door& door : doors_) {
        if ((door.gates & barred) != 0 || seen[door.from] == 0 || seen[door.to] != 0) continue;
        seen[door.to] = 1;
        grows = true;
      }
    }
    return seen;
  }
  std::uint32_t of(std::uint32_t node) const { return of_[node]; }

 private:
  struct Door {
    std::uint32_t from, to;
    GateSet gates;
    auto operator<=>(const Door&) const = default;
  };

  void flood(const Graph& graph, std::uint32_t start, GateSet barred) {
    std::vector<std::uint32_t> stack{start};
    of_[start] = count_;
    while (!stack.empty()) {
      const std::uint32_t node = stack.back();
      stack.pop_back();
      graph.each_way(node, [&](std::uint32_t to, GateSet gates, double) {
        if ((gates & barred) != 0 || of_[to] != nowhere) return;
        of_[to] = count_;
        stack.push_back(to);
      });
    }
    ++count_;
  }

  std::vector<std::uint32_t> of_;  ///< by node
  std::uint32_t count_ = 0;
  std::vector<Door> doors_;
};

/// Answers whether a leg is possible when some of the barred gates are opened.
class LegTest {
 public:
  LegTest(const Graph& graph, std::span<const std::uint32_t> starts, const Target& target)
      : waters_(graph), starts_(starts), target_(target) {
    if (target.node != nowhere) return;
    each_crossing(graph, target.gate, 0,
                  [&](std::uint32_t from, std::uint32_t, GateSet gates, double) {
                    crossings_.emplace(waters_.of(from), gates & graph.chart().barred);
                  });
  }

  bool reaches(GateSet barred) const {
    const std::vector<char> seen = waters_.reachable(starts_, barred);
    if (target_.node != nowhere) return seen[waters_.of(target_.node)] != 0;
    return std::any_of(crossings_.begin(), crossings_.end(), [&](const auto& crossing) {
      return seen[crossing.first] != 0 && (crossing.second & barred) == 0;
    });
  }
  std::ptrdiff_t waters_reached(GateSet barred) const {
    const std::vector<char> seen = waters_.reachable(starts_, barred);
    return std::count(seen.begin(), seen.end(), char{1});
  }

 private:
  Waters waters_;
  std::span<const std::uint32_t> starts_;
  Target target_;
  std::set<std::pair<std::uint32_t, GateSet>> crossings_;
};

/// The lowest gate of a set, as a set.
GateSet lowest(GateSet gates) {
  return gates & (~gates + 1);
}

/// A set of gates, all needed, whose opening lets a leg through: gates are opened one by one, each
/// time the one that lets most waters be reached; then those that are of no use are shut again.
GateSet opening(const LegTest& leg, GateSet barred) {
  GateSet opened = 0;
  while (!leg.reaches(barred & ~opened)) {
    GateSet best = 0;
    std::ptrdiff_t most = -1;
    for (GateSet rest = barred & ~opened; rest != 0; rest &= rest - 1) {
      const std::ptrdiff_t count = leg.waters_reached(barred & ~opened & ~lowest(rest));
      if (count > most) {
        most = count;
        best = lowest(rest);
      }
    }
    opened |= best;
  }
  for (GateSet rest = opened; rest != 0; rest &= rest - 1) {
    const GateSet fewer = opened & ~lowest(rest);
    if (leg.reaches(barred & ~fewer)) opened = fewer;
  }
  return opened;
}

RouteAnswer no_route(const Graph& graph, std::span<const std::uint32_t> starts,
                     const Target& target) {
  RouteAnswer answer;
  const ChartData& chart = graph.chart();
  const LegTest leg(graph, starts, target);
  if (!leg.reaches(0)) {
    answer.latitude_limit = chart.is_limited;
    return answer;
  }
  for (const Bar& bar : chart.bars) {
    if (leg.reaches(chart.barred & ~gate_bit(bar.gate))) answer.barriers.push_back(bar);
  }
  if (answer.barriers.empty()) {
    answer.together = true;
    const GateSet opened = opening(leg, chart.barred);
    for (const Bar& bar : chart.bars) {
      if ((opened & gate_bit(bar.gate)) != 0) answer.barriers.push_back(bar);
    }
  }
  return answer;
}

// --- the route --------------------------------------------------------------------------------

struct Step {
  std::uint32_t from = 0, to = 0;
  GateSet gates = 0;
  double nm = 0;
};

/// The shortest way between two neighbours.
Step step_between(const Graph& graph, std::uint32_t from, std::uint32_t to) {
  Step best{from, to, 0, infinite};
  graph.each_way(from, [&](std::uint32_t other, GateSet gates, double nm) {
    if (other == to && (gates & graph.chart().barred) == 0 && nm < best.nm) {
      best.gates = gates;
      best.nm = nm;
    }
  });
  DELIAN_ASSERT(best.nm < infinite);
  return best;
}

/// How far along a step it crosses a gate, as a share.
double crossing_share(const Sea& sea, const Vector& a, const Vector& b, std::size_t gate) {
  const Arc arc(a, b);
  double first = 1;
  for (const Cut& cut : sea.cuts) {
    if (cut.gate != gate || !arcs_meet(arc, cut.a, cut.b, cut.normal)) continue;
    Vector meeting = cross(arc.normal, cut.normal);
    if (norm(meeting) == 0) continue;
    if (dot(meeting, a + b) < 0) meeting = -1.0 * meeting;
    first = std::min(first, angle(a, unit(meeting)) / angle(a, b));
  }
  return std::clamp(first, 0.0, 1.0);
}

Position position_of(const Graph& graph, std::uint32_t node) {
  const Nodes& nodes = graph.chart().sea().nodes;
  return node < nodes.position.size() ? nodes.position[node] : to_position(graph.at(node));
}

Route make_route(const Graph& graph, const std::vector<std::uint32_t>& nodes) {
  const Sea& sea = graph.chart().sea();
  const Facts& facts = graph.chart().network.facts();
  Route route;
  route.track.push_back({position_of(graph, nodes.front()), 0});
  GateSet passed = 0;
  for (std::size_t k = 0; k + 1 < nodes.size(); ++k) {
    if (nodes[k] == nodes[k + 1]) continue;
    const Step step = step_between(graph, nodes[k], nodes[k + 1]);
    std::vector<Passage> crossed;
    for (GateSet rest = step.gates & ~passed; rest != 0; rest &= rest - 1) {
      const auto gate = static_cast<std::size_t>(std::countr_zero(rest));
      const double share = crossing_share(sea, graph.at(step.from), graph.at(step.to), gate);
      crossed.push_back({gate, route.distance_nm + share * step.nm});
      route.wait_hours += facts.gates[gate].wait_hours;
    }
    std::stable_sort(crossed.begin(), crossed.end(),
                     [](const Passage& a, const Passage& b) { return a.mile < b.mile; });
    route.gates.insert(route.gates.end(), crossed.begin(), crossed.end());
    passed |= step.gates;
    route.distance_nm += step.nm;
    route.track.push_back({position_of(graph, step.to), route.distance_nm});
  }
  return route;
}

}  // namespace

RouteAnswer Chart::route(const Place& from, const Place& to, std::span<const Stop> via) const {
  Graph graph(*data_);
  const std::uint32_t start = graph.node_of(from);
  std::vector<Target> targets;
  for (const Stop& stop : via) {
    if (const auto* place = std::get_if<Place>(&stop)) {
      targets.push_back({graph.node_of(*place), 0});
    } else if (const auto* over = std::get_if<GateRef>(&stop)) {
      targets.push_back({nowhere, over->gate});
    }
  }
  targets.push_back({graph.node_of(to), 0});
  graph.ready();

  std::vector<std::vector<Seed>> seeds{{Seed{start, 0, nowhere}}};
  std::vector<Reached> legs;
  for (const Target& target : targets) {
    const std::vector<Seed>& begin = seeds.back();
    const bool to_node = target.node != nowhere;
    legs.push_back(search(graph, begin, target.node, to_node));
    const Reached& leg = legs.back();
    std::vector<Seed> next;
    if (to_node) {
      if (leg.nm[target.node] < infinite) {
        next.push_back({target.node, leg.nm[target.node], target.node});
      }
    } else {
      each_crossing(graph, target.gate, data_->barred,
                    [&](std::uint32_t a, std::uint32_t b, GateSet, double nm) {
                      if (leg.nm[a] < infinite) next.push_back({b, leg.nm[a] + nm, a});
                    });
    }
    if (next.empty()) {
      std::vector<std::uint32_t> starts;
      for (const Seed& seed : begin) starts.push_back(seed.node);
      return no_route(graph, starts, target);
    }
    seeds.push_back(std::move(next));
  }

  // Back from the end: through each leg to its seed, and over to the leg before.
  std::vector<std::uint32_t> nodes;
  std::uint32_t node = targets.back().node;
  for (std::size_t leg = legs.size(); leg-- > 0;) {
    nodes.push_back(node);
    while ((legs[leg].from[node] & seed_mark) == 0) {
      node = legs[leg].from[node];
      nodes.push_back(node);
    }
    const Seed& seed = seeds[leg][legs[leg].from[node] & ~seed_mark];
    if (seed.came_from != nowhere) node = seed.came_from;
  }
  std::reverse(nodes.begin(), nodes.end());
  RouteAnswer answer;
  answer.route = make_route(graph, nodes);
  return answer;
}

std::vector<double> Chart::distances_nm(std::size_t port) const {
  const std::vector<std::uint32_t>& ports = data_->sea().nodes.ports;
  DELIAN_ASSERT(port < ports.size());
  const Graph graph(*data_);
  const std::array<Seed, 1> seeds{Seed{ports[port], 0, nowhere}};
  const Reached reached = search(graph, seeds, nowhere, false);
  std::vector<double> result;
  for (const std::uint32_t node : ports) result.push_back(reached.nm[node]);
  return result;
}

}  // namespace delian::sea
