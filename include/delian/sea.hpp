#pragma once
// Routes at sea: ports, gates, classes of ships, and the shortest way between two places when some
// gates are shut. What the network is made of and how far to trust it: docs/sea.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "delian/body.hpp"
#include "delian/diagnostic.hpp"

namespace delian::sea {

/// Degrees on WGS 84, north and east positive: latitude in [-90, 90], longitude in [-180, 180].
struct Position {
  double latitude = 0;
  double longitude = 0;

  bool operator==(const Position&) const = default;
};

using Line = std::vector<Position>;

/// Length of the geodesic in nautical miles, within 0.3 nm for places that are not nearly opposite.
double distance_nm(const Position& a, const Position& b);

/// Positions along the great circle from a to b, at most a degree apart, without a and with b.
Line great_circle(const Position& a, const Position& b);

// --- facts ------------------------------------------------------------------------------------

/// The measures of a ship that decide where it can pass, in metres.
enum class Measure : std::uint8_t { draught, beam, length, air_draught };
inline constexpr std::size_t measure_count = 4;
std::string_view measure_name(Measure measure);  ///< "air_draught"

/// A strait, a canal or a line of open sea that can be shut.
struct Gate {
  std::string id;  ///< "bab-el-mandeb"
  Name name;
  std::vector<std::string> aliases;
  std::vector<Line> lines;     ///< who crosses one passes the gate; both ends lie on land
  std::vector<Line> channels;  ///< ways through where the outline of the coast leaves no room
  Line limit;                  ///< instead of lines: what is on its polar side is behind the gate
  double width_m = 0;
  double depth_m = 0;
  std::array<std::optional<double>, measure_count> largest;  ///< by Measure
  std::vector<std::string> bars;  ///< ids of classes that may not pass for reasons of law
  double wait_hours = 0;          ///< usually lost beyond steaming through at sea speed
  bool shut = false;              ///< a route has to ask for it to be opened
  std::string source, grade, note;
};

/// Gates that one name closes together.
struct GateGroup {
  std::string id;
  std::vector<std::string> gates;
};

struct Port {
  std::string id;  ///< "yokosuka"
  std::string name;
  std::string country;  ///< ISO 3166-1 alpha-2
  std::string code;     ///< UN/LOCODE; may be empty
  std::vector<std::string> aliases;
  Position at;
  Line approach;             ///< from the port to open water
  int world_port_index = 0;  ///< number in the World Port Index; 0 if not there
  std::string source;
};

struct ShipClass {
  std::string id;  ///< "carrier"
  Name name;
  std::vector<std::string> aliases;
  std::array<double, measure_count> size{};  ///< by Measure, metres
  std::string example, source, grade;
};

struct Facts {
  std::vector<Gate> gates;  ///< at most 64
  std::vector<GateGroup> groups;
  std::vector<Port> ports;
  std::vector<ShipClass> classes;
};

/// The edge of the water that ships use: a ring of great circle arcs with the land on its left.
struct CoastRing {
  std::uint32_t land = 0;  ///< rings of one piece of land have the same number
  Line corners;
};

/// Two nodes of the network with nothing between them.
struct Link {
  std::uint32_t from = 0, to = 0;  ///< from < to
  std::uint64_t gates = 0;         ///< bit g: crosses gate g

  bool operator==(const Link&) const = default;
};

/// The links between nodes that see each other, with a number that tells for which facts they were
/// found.
struct Links {
  std::uint64_t fingerprint = 0;
  std::vector<Link> links;  ///< ascending
};

/// Every problem of the facts: E610 to E615, E619.
Diagnostics check(const Facts& facts);

struct NetworkData;

/// Facts and links, ready for routes. Immutable and cheap to copy.
class Network {
 public:
  /// @return the network, or every problem: E610 to E619
  static Expected<Network> make(Facts facts, std::vector<CoastRing> coast, Links links);

  const Facts& facts() const;
  std::span<const CoastRing> coast() const;
  const NetworkData& data() const { return *data_; }

 private:
  explicit Network(std::shared_ptr<const NetworkData> data) : data_(std::move(data)) {}
  std::shared_ptr<const NetworkData> data_;
};

/// Finds the links of a network from nothing but facts and coast: what tools/sea/make_links.cpp
/// writes. Takes seconds. Problems are those of Network::make.
Expected<Links> find_links(const Facts& facts, const std::vector<CoastRing>& coast);

// --- conditions -------------------------------------------------------------------------------

/// Under which conditions to sail. Gates go by id, name, alias or the id of a group.
struct Conditions {
  std::vector<std::string> close{};
  std::vector<std::string> open{};             ///< among the gates that are shut unless opened
  std::string ship_class{};                    ///< empty: passes every gate that is open
  std::optional<double> max_latitude_south{};  ///< degrees, 35 to 62
  std::optional<double> max_latitude_north{};  ///< degrees, 35 to 74
};

inline constexpr double least_latitude_limit = 35;
inline constexpr double most_latitude_south = 62;  ///< where the network ends
inline constexpr double most_latitude_north = 74;

/// Why a gate cannot be passed.
struct Bar {
  enum class Why : std::uint8_t { closed, shut, measure, law };
  std::size_t gate = 0;
  Why why = Why::closed;
  Measure measure = Measure::draught;  ///< for Why::measure
  double ship = 0, largest = 0;        ///< metres, for Why::measure
};

// --- routes -----------------------------------------------------------------------------------

/// Where a route starts, ends or goes by: a port, or a position at sea.
struct Place {
  std::optional<std::size_t> port;  ///< index into Facts::ports
  Position at;
};

/// A route may also be told to go through a gate.
struct GateRef {
  std::size_t gate = 0;
};
using Stop = std::variant<Place, GateRef>;

struct Waypoint {
  Position at;
  double mile = 0;  ///< nautical miles from the start
};

/// A gate on the way.
struct Passage {
  std::size_t gate = 0;
  double mile = 0;  ///< where the route first crosses it
};

struct Route {
  double distance_nm = 0;
  double wait_hours = 0;  ///< the sum over the gates passed
  std::vector<Waypoint> track;
  std::vector<Passage> gates;  ///< in order, each once

  /// @param speed_kn  > 0
  double days(double speed_kn) const { return (distance_nm / speed_kn + wait_hours) / 24; }
};

/// A route, or why there is none.
struct RouteAnswer {
  std::optional<Route> route;
  /// Without a route: opening any one of these gates would give one; if no single gate would,
  /// `together` is true and the least set found is listed.
  std::vector<Bar> barriers;
  bool together = false;
  bool latitude_limit = false;  ///< without a route: it is a latitude limit that leaves none
};

struct ChartData;

/// A network under conditions. Immutable; may be shared between threads.
class Chart {
 public:
  /// @return the chart, or every problem: E601, E602, E603, E605
  static Expected<Chart> make(const Network& network, const Conditions& conditions);

  /// The shortest way by great circle arcs that clear the coast, through `via` in order.
  /// d(a, b) = d(b, a), and d(a, c) <= d(a, b) + d(b, c) for ports, but for rounding.
  RouteAnswer route(const Place& from, const Place& to, std::span<const Stop> via = {}) const;

  /// From one port to every port, in the order of Facts::ports; infinite where no way leads.
  std::vector<double> distances_nm(std::size_t port) const;

  std::span<const Bar> bars() const;  ///< the gates that cannot be passed, ascending
  const Network& network() const;

 private:
  explicit Chart(std::shared_ptr<const ChartData> data) : data_(std::move(data)) {}
  std::shared_ptr<const ChartData> data_;
};

// --- questions --------------------------------------------------------------------------------

/// What a person asks. Ports go by id, name, alias or code; positions as "35.0N 139.7E".
struct Question {
  std::string from{}, to{};
  std::vector<std::string> via{};
  Conditions conditions{};
  double speed_kn = 16;  ///< 1 to 60
};

struct Plan {
  Place from, to;
  std::vector<Stop> via;
  RouteAnswer answer;
  /// Without conditions and `via`; nothing if there were none.
  std::optional<RouteAnswer> unhindered;
  std::vector<Bar> bars;
};

/// @return the plan, or every problem: those of Chart::make, E600, E604, E606, E607, E608
Expected<Plan> plan(const Network& network, const Question& question);

/// "Yokosuka" for a port, "35.0 N 139.7 E" for a position.
std::string place_name(const Network& network, const Place& place);

}  // namespace delian::sea
