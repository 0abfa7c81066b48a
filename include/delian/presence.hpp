#pragma once
// How many ships a navy can keep somewhere: rotation arithmetic, the distribution of ships on
// station, what limits it, and what it costs. Plain values in, plain values out: nothing here knows
// a state, a file or a calendar. Times are in days, distances in nautical miles, speeds in knots;
// money is in whatever unit the caller uses throughout. Formulas and sources: docs/presence.md.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "delian/diagnostic.hpp"

namespace delian::presence {

/// A mean month and a mean year of the Gregorian calendar.
inline constexpr double days_per_month = 365.25 / 12;
inline constexpr double days_per_year = 365.25;

/// The largest group of hulls for which anything is computed.
inline constexpr int most_hulls = 1000;

// --- cycles and postures
// ---------------------------------------------------------------------------

/// What a hull goes through again and again, in this order.
struct Cycle {
  double maintenance_days = 0;  ///< in a yard
  double basic_days = 0;        ///< work-up of the ship alone
  double integrated_days = 0;   ///< work-up with others
  double deployment_days = 0;   ///< each, from leaving home to coming home
  int deployments = 1;          ///< n, between two stays in a yard
  double sustainment_days = 0;  ///< at home, trained and ready

  /// C, the sum of all parts.
  double length_days() const;
};

/// From the home port to the station, one way.
struct Passage {
  double distance_nm = 0;
  double speed_kn = 16;  ///< 16 for planning, 12 with frequent stops (our judgement)
  double wait_days = 0;  ///< at canals and straits
  int stops = 0;         ///< calls for fuel and rest
  double stop_days = 0;  ///< each

  /// tau = distance / (24 speed) + wait + stops * days of a stop.
  double days() const;
};

/// One crew, based at home.
struct HomeBased {
  friend bool operator==(const HomeBased&, const HomeBased&) = default;
};

/// The hull stays out while crews fly in and out. The cycle's deployment is not used.
struct CrewSwap {
  int tours = 3;             ///< K, crews that follow one another
  double tour_days = 0;      ///< d, of each crew
  double handover_days = 0;  ///< h, lost at each of the K - 1 changes
  double home_days = 0;      ///< B, of the hull between two such stays
  friend bool operator==(const CrewSwap&, const CrewSwap&) = default;
};

/// Two crews take turns on one hull based at home: the cycle's deployments are made by each.
struct DualCrew {
  friend bool operator==(const DualCrew&, const DualCrew&) = default;
};

/// Based near the station; the passage is from the forward base. The Cycle is not used.
struct ForwardBased {
  double cycle_days = 0;   ///< C, from one depot stay to the next
  double depot_days = 0;   ///< m, per cycle, wherever it is done
  double upkeep_days = 0;  ///< r, per cycle, at the forward base
  int patrols = 1;         ///< departures from the base per cycle
  friend bool operator==(const ForwardBased&, const ForwardBased&) = default;
};

/// Lives in the theatre without a home port there, its crew changed in parts. Neither Cycle nor
/// Passage is used.
struct Resident {
  double unavailable_days_per_year = 0;
  double crew_changes_per_year = 0;  ///< counts for the cost only
  friend bool operator==(const Resident&, const Resident&) = default;
};

using Posture = std::variant<HomeBased, CrewSwap, DualCrew, ForwardBased, Resident>;
std::string_view posture_id(const Posture& posture);  ///< "home", "crew_swap", "dual_crew", ...

/// Where a number of the catalogue comes from.
enum class Provenance : std::uint8_t {
  published,  ///< stands in the source
  derived,    ///< follows from what stands there
  judgement,  ///< ours
};
std::string_view provenance_id(Provenance provenance);

/// A cycle by name, with the posture it belongs to.
struct CyclePreset {
  std::string_view id;
  std::string_view title;
  Cycle cycle;
  Posture posture;
  Provenance length;         ///< of the cycle's length and the time deployed
  Provenance phases;         ///< of how the rest is divided
  std::string_view basis;    ///< what is published and what is judged, in a sentence
  std::string_view sources;  ///< keys of docs/references.bib, separated by ", "
};

/// Every preset, in the order of the documentation.
std::span<const CyclePreset> cycles();
const CyclePreset* find_cycle(std::string_view id);

// --- rotation
// --------------------------------------------------------------------------------------

/// Which days count as presence. Published figures differ in this more than in anything else.
enum class Counting : std::uint8_t {
  on_station,      ///< neither passage, nor hand-over, nor port visits
  in_theatre,      ///< port visits and hand-overs count, passage does not
  deployed,        ///< from leaving the home port to coming back
  forward_always,  ///< as on_station, but forward-based and resident ships count on every day
};
std::span<const Counting> countings();
std::string_view counting_id(Counting counting);    ///< "on_station"
std::string_view counting_text(Counting counting);  ///< an English sentence

struct RotationCase {
  Cycle cycle;
  Posture posture;
  Passage passage;
  /// v, port visits and other tasks, per deployment (tour, patrol); of a resident ship, per year.
  double visit_days = 0;
  Counting counting = Counting::on_station;
};

/// Where the days of a cycle go: cycle = turn_round + deployed, and
/// deployed = transit + visits + handover + on_station.
struct Rotation {
  Counting counting = Counting::on_station;
  double cycle_days = 0;
  double turn_round_days = 0;  ///< yard, work-up, waiting at home
  double deployed_days = 0;
  double transit_days = 0;
  double visit_days = 0;
  double handover_days = 0;
  double on_station_days = 0;  ///< 0 when passage and visits eat up the deployment
  double counted_days = 0;     ///< by the counting convention
  double share = 0;            ///< a = counted / cycle, of one hull

  /// R = 1 / a, hulls for one always counted; infinite when a is 0.
  double hulls_per_station() const;
};

/// Home        a = n (D - 2 tau - v) / C
/// Crew swap   a = (K (d - v) - 2 tau - (K - 1) h) / (K d + B)
/// Dual crew   a = 2 n (D - 2 tau - v) / C2, C2 with all 2 n deployments
/// Forward     a = 1 - (m + r + n (2 tau + v)) / C
/// Resident    a = 1 - (unavailable + v) / 365.25
///
/// Never below 0. Sources: CBO 2007 for the crew schemes; docs/presence.md.
///
/// Errors  E660: a number out of range, parts longer than their cycle. `pointer` goes into each.
Expected<Rotation> rotation(const RotationCase& rotation_case, std::string_view pointer);

// --- how many at once
// ------------------------------------------------------------------------------

/// Hulls alike in their rotation.
struct HullGroup {
  int hulls = 0;  ///< a negative number counts as none
  /// Of each, on station: Rotation::share, times the share of its deployments that go there. What
  /// lies outside [0, 1] counts as the nearer end.
  double share = 0;
};

/// The distribution of the number of ships on station at a moment picked at random.
struct OnStation {
  std::vector<double> exactly;  ///< [k], k = 0..hulls; sums to 1

  double at_least(std::size_t k) const;
  double mean() const;
};

/// Perfect stagger: with rho = sum of hulls * share, floor(rho) ships with probability
/// 1 - frac(rho), one more with frac(rho). No schedule with this mean varies less.
OnStation staggered(std::span<const HullGroup> groups);

/// Each group staggered in itself, the groups independent of one another.
OnStation staggered_apart(std::span<const HullGroup> groups);

/// Independent phases: Poisson-binomial, by convolution.
OnStation poisson_binomial(std::span<const HullGroup> groups);

/// Hulls that break down and queue for docks: exponential up and repair times, first come first
/// served. For as many docks as hulls the distributions do not matter, only the means do.
struct FiniteSource {
  std::vector<double> down;  ///< [n], P(n in repair or waiting)
  double availability = 0;   ///< 1 - E[n] / hulls
  double docks_busy = 0;     ///< E[min(n, docks)]
  double waiting = 0;        ///< E[max(n - docks, 0)]
};

/// p_n proportional to prod_{j<n} (N - j) (1/up) / (min(j + 1, c) / repair).
///
/// Errors  E660: hulls outside 1 to 1000, docks below 1, times not positive.
Expected<FiniteSource> finite_source(int hulls, double up_days, double repair_days, int docks,
                                     std::string_view pointer);

/// Ships on station when each ship that is up is there with probability `share_of_up`.
OnStation on_station(const FiniteSource& source, double share_of_up);

// --- what one ship costs
// ---------------------------------------------------------------------------

/// Per hull; money in the caller's unit.
struct HullCost {
  double personnel_per_year = 0;
  double maintenance_per_year = 0;
  double operations_per_year = 0;         ///< stores, training, spares, shore support
  double capital_per_year = 0;            ///< purchase spread over the ship's life; 0 leaves it out
  double fuel_per_deployed_day = 0;       ///< over what it burns at home
  double other_per_deployed_day = 0;      ///< allowances, port fees
  double change_of_crew = 0;              ///< flights, each
  double forward_base_per_hull_year = 0;  ///< forward-based and resident ships only
};

/// What one ship always counted as present costs in a year, by part. Each part is the cost per hull
/// and year times the hulls per station.
struct StationCost {
  double personnel = 0;
  double maintenance = 0;
  double operations = 0;
  double capital = 0;
  double fuel = 0;
  double other_deployed = 0;
  double changes_of_crew = 0;
  double forward_base = 0;
  double hulls = 0;            ///< hulls per station
  double total = 0;            ///< infinite when nothing can be kept there
  double per_counted_day = 0;  ///< total / 365.25
};

StationCost station_cost(const Rotation& rotation, const Posture& posture, const HullCost& cost);

// --- what limits it
// --------------------------------------------------------------------------------

/// Hulls alike, as a theatre's planner sees them.
struct TheatreGroup {
  std::string id;
  double hulls = 0;           ///< in the navy; need not be whole when uncertain
  double promised_hulls = 0;  ///< tied down by promises elsewhere
  double given_share = 1;     ///< of the others, how many go to this theatre; in [0, 1]
  RotationCase rotation;
  double yard_days = 0;       ///< per cycle, with the overrun to be expected; 0 takes the cycle's
  double crews_per_hull = 1;  ///< for forward-based and resident hulls: what a hull ties down
  HullCost cost;
};

/// Fuel on the way and at the station.
struct Fuel {
  double range_nm = 0;        ///< without replenishment, at economical speed
  double reserve_share = .3;  ///< kept in the tanks (our judgement)
  double longest_leg_nm = 0;  ///< between two places where the navy can fuel
  bool on_station = false;    ///< ships are replenished at sea there
  double oilers = 0;          ///< hulls given to the theatre
  RotationCase oiler_rotation;
  double ships_per_oiler = 3;  ///< on station, kept going by one oiler on station (our judgement)
  double partner_oilers = 0;   ///< oilers of others always there for these ships

  double usable_range_nm() const { return (1 - reserve_share) * range_nm; }
  bool needs_oiler() const { return on_station || longest_leg_nm > usable_range_nm(); }
};

struct Crews {
  double crews = 0;
  double home_per_away = 2;  ///< days at home per day deployed (our judgement)
};

struct TheatrePlan {
  std::vector<TheatreGroup> groups;
  std::optional<double> docks;  ///< yard places for these hulls; not known: no limit
  std::optional<Fuel> fuel;
  std::optional<Crews> crews;
  std::optional<double> money_per_year;
};

/// In the order in which a tie is decided.
enum class Constraint : std::uint8_t {
  reach,    ///< passage and visits leave nothing of a deployment
  fleet,    ///< there are no more hulls
  release,  ///< there are, but they are promised or not given
  docks,    ///< the yards do not turn hulls round fast enough
  oilers,   ///< nobody to fuel them
  crews,    ///< tempo of the crews
  money,
};
std::string_view constraint_id(Constraint constraint);

struct Limit {
  Constraint constraint = Constraint::fleet;
  double presence = 0;  ///< mean ships counted as present if nothing else limited them
};

struct Sustainable {
  double presence = 0;  ///< the least of all limits
  Constraint binding = Constraint::fleet;
  std::vector<Limit> limits;  ///< those that are known, in the order of Constraint
  StationCost cost;           ///< of one ship, averaged over the groups as they are mixed
};

/// Mean presence under each constraint alone, and the one that binds.
///
///   fleet    sum N a              release  sum (N - promised) given a
///   docks    used by a hull: yard days / C
///   crews    used by a hull: deployed share * (1 + home per away); forward and resident: as given
///   money    used by a hull: its cost per year
///   oilers   (oilers / R_oiler + partners') * ships per oiler; no limit without need of them
///
/// Of docks, crews and money the groups that use least for their presence are served first; what is
/// left over counts as if there were more hulls of the best group, so that a limit above `release`
/// tells how far it is from binding. The least of all limits is a mean that queues and chance only
/// lower: see finite_source() and simulate_presence() for how far. With one group it is exact; with
/// several it may promise too much, since each constraint serves the groups it likes best.
///
/// Errors  E660: numbers out of range.
Expected<Sustainable> sustainable(const TheatrePlan& plan, std::string_view pointer);

/// What is changed to see what it is worth.
enum class Lever : std::uint8_t {
  hull,              ///< one more in the first group's navy, given like the others
  released_hull,     ///< one of the first group's promised or held back is given
  deployment_month,  ///< each deployment (tour) longer, at the cost of sustainment as far as it
                     ///< goes
  forward_base,      ///< one hull of the first group based as `forward` says
  dock,
  oiler,
  crew,
  million,  ///< of money
};
std::string_view lever_id(Lever lever);

struct Marginal {
  Lever lever = Lever::hull;
  double gain = 0;                              ///< of mean presence; 0 where another limit binds
  double potential = 0;                         ///< gain of hulls alone, as if nothing else bound
  Constraint binding_then = Constraint::fleet;  ///< what binds after the change
};

struct MarginalOptions {
  std::optional<RotationCase> forward;  ///< how a hull would be based; without it no such lever
  double million = 1e6;                 ///< in units of money
};

/// Each lever that makes sense for the plan, pulled by one step, in the order of Lever.
///
/// Errors  E660 as sustainable(), and for `forward`.
Expected<std::vector<Marginal>> marginals(const TheatrePlan& plan, const MarginalOptions& options,
                                          std::string_view pointer);

/// Oilers that keep one group going: ceil(daily burn * round trip / offload).
///
/// Errors  E660: numbers not positive, more than a million oilers.
Expected<int> oilers_needed(double burn_tonnes_per_day, double round_trip_days,
                            double offload_tonnes, std::string_view pointer);

/// 1 - sustained / declared, the share of a declared goal that cannot be held; negative when more
/// is held than declared. Nothing where nothing was declared.
std::optional<double> gap_index(double sustained_ship_days, double declared_ship_days);

}  // namespace delian::presence
