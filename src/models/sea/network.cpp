#include "models/sea/network.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

#include "delian/assert.hpp"
#include "domain/text.hpp"

namespace delian::sea {
namespace {

/// Corners of a limit are at most this many degrees of longitude apart: the great circle between
/// two of them stays within 0.01 degrees of the parallel.
constexpr double limit_step = 2.5;

/// The corners of a limit, with its polar side on the left.
Line limit_ring(const Line& limit) {
  Line ring;
  for (std::size_t k = 0; k + 1 < limit.size(); ++k) {
    const Position& a = limit[k];
    const Position& b = limit[k + 1];
    const double steps = std::ceil((b.longitude - a.longitude) / limit_step);
    for (double s = 0; s < steps; ++s) {
      ring.push_back({a.latitude + (b.latitude - a.latitude) * (s / steps),
                      a.longitude + (b.longitude - a.longitude) * (s / steps)});
    }
  }
  if (!limit.empty() && limit.front().latitude < 0) std::reverse(ring.begin(), ring.end());
  return ring;
}

/// FNV-1a over the bits of the numbers that links depend on.
class Hash {
 public:
  void add(std::uint64_t bits) {
    for (int byte = 0; byte < 8; ++byte) {
      value_ = (value_ ^ ((bits >> (8 * byte)) & 0xffU)) * 0x100000001b3U;
    }
  }
  void add(const Position& p) {
    add(std::bit_cast<std::uint64_t>(p.latitude));
    add(std::bit_cast<std::uint64_t>(p.longitude));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

struct PositionLess {
  bool operator()(const Position& a, const Position& b) const {
    return a.latitude != b.latitude ? a.latitude < b.latitude : a.longitude < b.longitude;
  }
};

Coast make_coast(const std::vector<CoastRing>& rings) {
  std::vector<Vector> vertices;
  std::vector<Coast::Ring> made;
  for (const CoastRing& ring : rings) {
    made.push_back({static_cast<std::uint32_t>(vertices.size()),
                    static_cast<std::uint32_t>(ring.corners.size()), ring.land});
    for (const Position& corner : ring.corners) vertices.push_back(to_vector(corner));
  }
  return {std::move(vertices), std::move(made)};
}

std::uint32_t size_of(const std::vector<Vector>& list) {
  return static_cast<std::uint32_t>(list.size());
}

/// Adds points of channels and approaches, each position once.
class PointTable {
 public:
  explicit PointTable(Nodes& nodes) : nodes_(nodes) {}

  std::uint32_t node(const Position& p) {
    const auto [place, is_new] = known_.try_emplace(p, size_of(nodes_.at));
    if (is_new) {
      nodes_.at.push_back(to_vector(p));
      nodes_.position.push_back(p);
    }
    return place->second;
  }

  void way(const Line& line) {
    for (std::size_t k = 0; k + 1 < line.size(); ++k) {
      const std::uint32_t a = node(line[k]);
      const std::uint32_t b = node(line[k + 1]);
      nodes_.ways.emplace_back(std::min(a, b), std::max(a, b));
    }
  }

 private:
  Nodes& nodes_;
  std::map<Position, std::uint32_t, PositionLess> known_;
};

// --- checks -----------------------------------------------------------------------------------

bool on_globe(const Position& p) {
  return std::fabs(p.latitude) <= 90 && std::fabs(p.longitude) <= 180;
}

std::string element(const std::string& pointer, std::size_t k) {
  return pointer + '[' + std::to_string(k) + ']';
}

std::string text_of(const Position& p) {
  return "[" + short_number(p.latitude) + ", " + short_number(p.longitude) + "]";
}

void check_line(Diagnostics& problems, const Line& line, const std::string& pointer,
                std::size_t least) {
  if (line.size() < least) {
    problems.push_back(diagnose("E612", pointer,
                                "a line of " + std::to_string(line.size()) +
                                    " positions; at least " + std::to_string(least) +
                                    " are needed"));
  }
  for (std::size_t k = 0; k < line.size(); ++k) {
    const std::string place = element(pointer, k);
    if (!on_globe(line[k])) {
      problems.push_back(
          diagnose("E610", place, text_of(line[k]) + " is no position",
                   "Latitude comes first, from -90 to 90; then longitude, from -180 to 180."));
    } else if (k > 0 && line[k] == line[k - 1]) {
      problems.push_back(
          diagnose("E612", place, text_of(line[k]) + " stands twice in a row", "Keep one."));
    }
  }
}

/// Beyond every width, depth, ship and wait.
constexpr double most_number = 1e7;

void check_number(Diagnostics& problems, double value, bool zero_allowed,
                  const std::string& pointer) {
  if ((zero_allowed ? value >= 0 : value > 0) && value <= most_number) return;
  problems.push_back(diagnose("E613", pointer,
                              short_number(value) + " is out of range; it must be " +
                                  (zero_allowed ? "0 or more" : "above 0") + ", at most " +
                                  short_number(most_number)));
}

template <class Row>
void check_ids(Diagnostics& problems, const std::vector<Row>& rows, const std::string& list,
               std::set<std::string>& seen) {
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::string pointer = element(list, k) + ".id";
    if (rows[k].id.empty()) {
      problems.push_back(diagnose("E611", pointer, "an id is empty"));
    } else if (!seen.insert(rows[k].id).second) {
      problems.push_back(diagnose("E611", pointer, "the id \"" + rows[k].id + "\" is used twice"));
    }
  }
}

void check_known(Diagnostics& problems, const std::vector<std::string>& names,
                 const std::vector<std::string_view>& known, const std::string& pointer,
                 std::string_view what) {
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (std::find(known.begin(), known.end(), names[k]) != known.end()) continue;
    problems.push_back(diagnose("E614", element(pointer, k),
                                "\"" + names[k] + "\" is the id of no " + std::string(what),
                                did_you_mean(names[k], known)));
  }
}

void check_limit(Diagnostics& problems, const Line& limit, const std::string& pointer) {
  check_line(problems, limit, pointer, 3);
  if (limit.size() < 3) return;
  bool ascends = limit.front().longitude == -180 && limit.back().longitude == 180 &&
                 limit.front().latitude == limit.back().latitude;
  bool one_side = true;
  for (std::size_t k = 0; k < limit.size(); ++k) {
    if (k > 0 && !(limit[k - 1].longitude < limit[k].longitude)) ascends = false;
    if ((limit[k].latitude < 0) != (limit[0].latitude < 0) || limit[k].latitude == 0) {
      one_side = false;
    }
  }
  if (ascends && one_side) return;
  problems.push_back(
      diagnose("E615", pointer, "a limit must run round the globe on one side of the equator",
               "Begin at longitude -180, go east, end at 180 on the same latitude."));
}

template <class Row>
std::vector<std::string_view> ids_of(const std::vector<Row>& rows) {
  std::vector<std::string_view> ids;
  for (const Row& row : rows) ids.push_back(row.id);
  return ids;
}

}  // namespace

double distance_nm(const Position& a, const Position& b) {
  return geodesic_nm(to_vector(a), to_vector(b));
}

Line great_circle(const Position& a, const Position& b) {
  const Vector from = to_vector(a);
  const Vector to = to_vector(b);
  const double steps = std::max(1.0, std::ceil(angle(from, to) / radians_per_degree));
  Line line;
  for (double k = 1; k < steps; ++k) line.push_back(to_position(along(from, to, k / steps)));
  line.push_back(b);
  return line;
}

Diagnostics check(const Facts& facts) {
  Diagnostics problems;
  if (facts.gates.size() > most_gates) {
    problems.push_back(diagnose("E619", "gates",
                                std::to_string(facts.gates.size()) + " gates; at most " +
                                    std::to_string(most_gates) + " fit"));
  }
  std::set<std::string> gate_ids;  // groups share the names of gates
  check_ids(problems, facts.gates, "gates", gate_ids);
  check_ids(problems, facts.groups, "groups", gate_ids);
  std::set<std::string> port_ids, class_ids;
  check_ids(problems, facts.ports, "ports", port_ids);
  check_ids(problems, facts.classes, "classes", class_ids);

  const std::vector<std::string_view> classes = ids_of(facts.classes);
  for (std::size_t g = 0; g < facts.gates.size(); ++g) {
    const Gate& gate = facts.gates[g];
    const std::string pointer = element("gates", g);
    if (gate.lines.empty() == gate.limit.empty()) {
      problems.push_back(diagnose("E615", pointer,
                                  gate.id + " needs either lines or a limit, not both or neither"));
    }
    for (std::size_t k = 0; k < gate.lines.size(); ++k) {
      check_line(problems, gate.lines[k], element(pointer + ".lines", k), 2);
    }
    for (std::size_t k = 0; k < gate.channels.size(); ++k) {
      check_line(problems, gate.channels[k], element(pointer + ".channels", k), 2);
    }
    if (!gate.limit.empty()) check_limit(problems, gate.limit, pointer + ".limit");
    check_known(problems, gate.bars, classes, pointer + ".bars", "class");
    check_number(problems, gate.wait_hours, true, pointer + ".wait_hours");
    check_number(problems, gate.width_m, true, pointer + ".width_m");
    check_number(problems, gate.depth_m, true, pointer + ".depth_m");
    for (std::size_t m = 0; m < measure_count; ++m) {
      if (gate.largest[m]) check_number(problems, *gate.largest[m], false, pointer);
    }
  }
  const std::vector<std::string_view> gates = ids_of(facts.gates);
  for (std::size_t k = 0; k < facts.groups.size(); ++k) {
    check_known(problems, facts.groups[k].gates, gates, element("groups", k) + ".gates", "gate");
  }
  for (std::size_t k = 0; k < facts.ports.size(); ++k) {
    const Port& port = facts.ports[k];
    const std::string pointer = element("ports", k);
    if (!on_globe(port.at)) check_line(problems, {port.at}, pointer + ".at", 1);
    check_line(problems, port.approach, pointer + ".approach", 0);
    if (!port.approach.empty() && port.approach.front() == port.at) {
      problems.push_back(diagnose("E612", element(pointer + ".approach", 0),
                                  "the approach starts in the port itself",
                                  "Take the position out."));
    }
  }
  for (std::size_t k = 0; k < facts.classes.size(); ++k) {
    for (const double size : facts.classes[k].size) {
      check_number(problems, size, false, element("classes", k));
    }
  }
  return problems;
}

std::string_view measure_name(Measure measure) {
  constexpr std::array<std::string_view, measure_count> names{"draught", "beam", "length",
                                                              "air_draught"};
  return names[static_cast<std::size_t>(measure)];
}

Sea::Sea(const Facts& facts, const std::vector<CoastRing>& rings) : coast(make_coast(rings)) {
  nodes.at.assign(coast.vertices().begin(), coast.vertices().end());
  for (const CoastRing& ring : rings) {
    nodes.position.insert(nodes.position.end(), ring.corners.begin(), ring.corners.end());
  }
  nodes.coast_end = size_of(nodes.at);

  for (std::size_t g = 0; g < facts.gates.size(); ++g) {
    const auto gate = static_cast<std::uint32_t>(g);
    for (const Line& line : facts.gates[g].lines) {
      for (std::size_t k = 0; k + 1 < line.size(); ++k) {
        const Vector a = to_vector(line[k]);
        const Vector b = to_vector(line[k + 1]);
        cuts.push_back({a, b, cross(a, b), Coast::no_vertex, Coast::no_vertex, gate});
      }
    }
    const Line ring = limit_ring(facts.gates[g].limit);
    const auto first = size_of(nodes.at);
    const auto count = static_cast<std::uint32_t>(ring.size());
    for (std::uint32_t k = 0; k < count; ++k) {
      nodes.at.push_back(to_vector(ring[k]));
      nodes.position.push_back(ring[k]);
      nodes.limit_before.push_back(first + (k + count - 1) % count);
      nodes.limit_after.push_back(first + (k + 1) % count);
    }
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint32_t a = first + k;
      const std::uint32_t b = first + (k + 1) % count;
      cuts.push_back({nodes.at[a], nodes.at[b], cross(nodes.at[a], nodes.at[b]), a, b, gate});
    }
  }
  nodes.limit_end = size_of(nodes.at);

  PointTable points(nodes);
  for (const Gate& gate : facts.gates) {
    for (const Line& channel : gate.channels) points.way(channel);
  }
  for (const Port& port : facts.ports) {
    Line way{port.at};
    way.insert(way.end(), port.approach.begin(), port.approach.end());
    nodes.ports.push_back(points.node(port.at));
    points.way(way);
  }
  std::sort(nodes.ways.begin(), nodes.ways.end());
  nodes.ways.erase(std::unique(nodes.ways.begin(), nodes.ways.end()), nodes.ways.end());

  nodes.sees.resize(nodes.at.size());
  for (std::uint32_t n = 0; n < size_of(nodes.at); ++n) {
    nodes.sees[n] = static_cast<char>(n < nodes.coast_end ? corner(n).sticks_out()
                                                          : !coast.is_land(nodes.at[n]));
  }

  Hash hash;
  for (const CoastRing& ring : rings) hash.add(ring.corners.size());
  for (const Position& p : nodes.position) hash.add(p);
  for (const auto& [a, b] : nodes.ways) hash.add((std::uint64_t{a} << 32U) | b);
  for (const Cut& cut : cuts) {
    hash.add(std::bit_cast<std::uint64_t>(cut.a.x));
    hash.add(std::bit_cast<std::uint64_t>(cut.b.x));
    hash.add(std::bit_cast<std::uint64_t>(cut.normal.z));
    hash.add(cut.gate);
  }
  fingerprint = hash.value();
}

Corner Sea::corner(std::uint32_t node) const {
  DELIAN_ASSERT(nodes.is_corner(node));
  if (node < nodes.coast_end) return coast.corner(node);
  const std::uint32_t k = node - nodes.coast_end;
  return {nodes.at[nodes.limit_before[k]], nodes.at[node], nodes.at[nodes.limit_after[k]]};
}

GateSet Sea::gates_crossed(const Arc& arc, std::uint32_t from, std::uint32_t to) const {
  GateSet crossed = 0;
  for (const Cut& cut : cuts) {
    const bool starts_here = cut.from != Coast::no_vertex &&
                             (cut.from == from || cut.from == to || cut.to == from || cut.to == to);
    if (!starts_here && arcs_meet(arc, cut.a, cut.b, cut.normal)) crossed |= gate_bit(cut.gate);
  }
  return crossed;
}

bool Sea::may_turn(std::uint32_t node, const Vector& x) const {
  if (!nodes.is_corner(node)) return true;
  const Corner here = corner(node);
  return here.is_touched_from(x) && !here.hides(x);
}

namespace {

Diagnostics check_all(const Facts& facts, const std::vector<CoastRing>& coast) {
  Diagnostics problems = check(facts);
  for (std::size_t k = 0; k < coast.size(); ++k) {
    check_line(problems, coast[k].corners, element("coast", k), 3);
  }
  return problems;
}

}  // namespace

// --- links ------------------------------------------------------------------------------------

Expected<Links> find_links(const Facts& facts, const std::vector<CoastRing>& coast) {
  Diagnostics problems = check_all(facts, coast);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  const Sea sea(facts, coast);
  const Nodes& nodes = sea.nodes;
  std::vector<std::uint32_t> seeing;
  for (std::uint32_t n = 0; n < size_of(nodes.at); ++n) {
    if (nodes.sees[n] != 0) seeing.push_back(n);
  }
  Links found{sea.fingerprint, {}};
  for (std::size_t i = 0; i < seeing.size(); ++i) {
    const std::uint32_t a = seeing[i];
    for (std::size_t j = i + 1; j < seeing.size(); ++j) {
      const std::uint32_t b = seeing[j];
      if (!sea.may_turn(a, nodes.at[b]) || !sea.may_turn(b, nodes.at[a])) continue;
      if (dot(nodes.at[a], nodes.at[b]) < cosine_of_longest_arc) continue;
      const Arc arc(nodes.at[a], nodes.at[b]);
      if (sea.coast.blocks(arc, a, b)) continue;
      found.links.push_back({a, b, sea.gates_crossed(arc, a, b)});
    }
  }
  return found;
}

// --- network ----------------------------------------------------------------------------------

Expected<Network> Network::make(Facts facts, std::vector<CoastRing> coast, Links links) {
  Diagnostics problems = check_all(facts, coast);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  Sea sea(facts, coast);
  const Nodes& nodes = sea.nodes;
  const std::uint32_t count = size_of(nodes.at);
  if (links.fingerprint != sea.fingerprint) {
    problems.push_back(diagnose("E618", "links",
                                "the links were found for other gates, ports or coasts",
                                "Write them anew: delian_sea_links (docs/sea.md)."));
    return tl::unexpected(std::move(problems));
  }
  const GateSet known =
      facts.gates.size() == most_gates ? ~GateSet{0} : gate_bit(facts.gates.size()) - 1;
  std::vector<Link> all = std::move(links.links);
  for (const Link& link : all) {
    if (link.from < link.to && link.to < count && (link.gates & ~known) == 0) continue;
    problems.push_back(diagnose("E617", "links", "a link leads to no node or crosses no gate",
                                "Write them anew: delian_sea_links (docs/sea.md)."));
    return tl::unexpected(std::move(problems));
  }
  for (const auto& [a, b] : nodes.ways) {
    all.push_back({a, b, sea.gates_crossed(Arc(nodes.at[a], nodes.at[b]))});
  }

  std::vector<GateSet> sets{0};
  std::map<GateSet, std::uint32_t> number{{0, 0}};
  std::vector<std::uint32_t> first(count + 1, 0);
  for (const Link& link : all) {
    ++first[link.from + 1];
    ++first[link.to + 1];
    if (link.gates != 0 &&
        number.try_emplace(link.gates, static_cast<std::uint32_t>(sets.size())).second) {
      sets.push_back(link.gates);
    }
  }
  for (std::uint32_t n = 0; n < count; ++n) first[n + 1] += first[n];
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  std::vector<Way> ways(2 * all.size());
  for (const Link& link : all) {
    const double nm = geodesic_nm(nodes.at[link.from], nodes.at[link.to]);
    const std::uint32_t gates = link.gates == 0 ? 0 : number.at(link.gates);
    ways[next[link.from]++] = {link.to, gates, nm};
    ways[next[link.to]++] = {link.from, gates, nm};
  }
  return Network(std::make_shared<const NetworkData>(
      NetworkData{std::move(facts), std::move(coast), std::move(sea), std::move(first),
                  std::move(ways), std::move(sets)}));
}

const Facts& Network::facts() const {
  return data_->facts;
}

std::span<const CoastRing> Network::coast() const {
  return data_->rings;
}

}  // namespace delian::sea
