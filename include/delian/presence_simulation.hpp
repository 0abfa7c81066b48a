#pragma once
// Ships on station by simulation of their cycles, with maintenance that overruns, docks that are
// taken, and schedules that are or are not made anew.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/presence.hpp"
#include "delian/run_context.hpp"

namespace delian::presence {

enum class Tail : std::uint8_t { lognormal, exponential };

/// A planned time and what comes on top of it, drawn anew each time.
struct Duration {
  double planned_days = 0;
  double extra_mean_days = 0;
  double extra_cv = 1;  ///< standard deviation / mean of the extra; exponential has 1
  Tail tail = Tail::lognormal;
};

/// Hulls alike. Each goes round: on station (`stints` times, with `between_days` in between), then
/// `to_dock_days`, then it waits for a dock, maintenance, then `to_station_days`.
struct RotatingGroup {
  std::string id;
  int hulls = 0;
  int stints = 1;
  Duration on_station;         ///< each
  double between_days = 0;     ///< from leaving the station to being there again, without a yard
  double to_dock_days = 0;     ///< passage home, visits, sustainment
  Duration maintenance;        ///< in a dock
  double to_station_days = 0;  ///< work-up and passage out
  double theatre_share = 1;    ///< chance that a stint is in this theatre; the others go elsewhere
  std::optional<std::size_t> yard;  ///< of NavyPlan::yards; none: there is always a dock
};

/// The cycle of a rotation as a group, `overrun` on top of each stay in the yard. Port visits come
/// off the end of the time on station; sustainment stands before the yard. A crew swap has one long
/// stint; forward-based and resident ships go to the yard once per cycle.
///
/// Errors  E660 as rotation(); E661 when the rotation leaves nothing on station.
Expected<RotatingGroup> rotating_group(std::string id, int hulls, const RotationCase& rotation_case,
                                       const Duration& overrun, std::string_view pointer);

enum class Start : std::uint8_t {
  staggered,  ///< each group evenly spread over its planned cycle; a common shift drawn for each
              ///< run
  random,     ///< each hull anywhere in its mean cycle, independently
};

struct NavyPlan {
  std::string id;  ///< names the streams of random numbers: one id, one fate
  std::vector<RotatingGroup> groups;
  std::vector<int> yards;  ///< docks of each
  Start start = Start::staggered;
  /// Re-planning: so many stations are kept filled. A ship leaves home only as a relief, the one
  /// that was ready first; one that gets ready too late comes as soon as it can. Ready ships beyond
  /// that wait at home. Without a number every ship sails when it is ready.
  std::optional<int> stations;
};

struct Period {
  double from_years = 0;
  double to_years = 0;
};

struct PeriodPresence {
  Period period;
  std::vector<double> at_least;        ///< [k], share of time with k or more; [0] is 1
  std::vector<double> at_least_error;  ///< standard errors over runs
  double mean = 0;
  double mean_error = 0;
  std::vector<double> group_mean;  ///< by group of the plan
};

struct NavyPresence {
  std::string id;
  std::uint64_t runs = 0;
  std::vector<PeriodPresence> periods;
};

struct PresenceSimulation {
  std::uint64_t seed = 0;
  bool cancelled = false;            ///< then fewer runs than asked for, the same for all navies
  std::vector<NavyPresence> navies;  ///< as given
};

/// Runs of all plans over the given periods. Run r of a hull is a pure function of the seed, the
/// ids of navy and group, the hull's number and r: the same bytes for any number of threads, and
/// the first runs of a longer simulation are those of a shorter one. Two plans that differ in a
/// number share their draws.
///
/// Errors  E661: nothing to simulate, too much, periods reversed or longer than 200 years, a group
///         that never gets round, two navies (or two groups of one) of the same id; E660 for
///         numbers out of range.
Expected<PresenceSimulation> simulate_presence(const std::vector<NavyPlan>& plans,
                                               const std::vector<Period>& periods,
                                               std::uint64_t runs, std::uint64_t seed,
                                               const RunContext& context, std::string_view pointer);

}  // namespace delian::presence
