#pragma once
// What stands behind a question: the ships that each state can keep in its theatre, what holds them
// back, and how far they go towards what the text asks for and what was declared.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "delian/fleet.hpp"
#include "delian/presence.hpp"
#include "delian/run_context.hpp"
#include "delian/scenario.hpp"
#include "delian/sea.hpp"
#include "delian/surge.hpp"

namespace delian::presence {

/// 5, 50 and 95 % of the draws.
struct Interval {
  double low = 0;
  double median = 0;
  double high = 0;
};

/// What is known beyond the scenario. Both must outlive the study's making only.
struct StudyFacts {
  const fleet::Fleets& fleets;
  const sea::Network& network;
};

struct StudyOptions {
  std::uint64_t seed = 1;
  std::uint64_t draws = 1000;  ///< 1 to 65,536
};

/// Where the share of its escorts that a state gives comes from.
enum class ShareFrom : std::uint8_t {
  scenario,  ///< [theatre.gives]
  observed,  ///< what it sent to the region in the years before the question closed
};

/// A declared goal beside what can be kept, both as ships away on an average day.
struct DeclaredGap {
  std::vector<std::string> goals;  ///< ids in the facts
  double declared = 0;
  Interval kept;  ///< rotating ships away, passage included, and resident ships
  Interval gap;   ///< 1 - kept / declared; negative where more is kept than was declared
};

/// What a state counts for, measured by one ship always there.
enum class Standing : std::uint8_t {
  credible,    ///< keeps_one is at least one half
  borderline,  ///< less, but one ship lies within the 90 % interval
  fraction,    ///< keeps less than one
};

/// What one more of something buys at the medians of all inputs.
struct LeverGain {
  Lever lever = Lever::released_hull;
  double ships = 0;                          ///< of presence
  std::optional<double> million_usd_a_year;  ///< what it costs; nothing where no cost is known
};

struct StateStudy {
  std::string state;
  bool member = false;  ///< of the body; else an outsider of the scenario
  ShareFrom share_from = ShareFrom::scenario;
  Interval share;                ///< percent of its escorts at home
  double escorts = 0;            ///< destroyers and frigates based at home, likely number
  std::string cycle;             ///< id of the cycle its ships follow
  std::string home_port;         ///< id; of the shortest way with every gate open; empty: no way
  double distance_nm = 0;        ///< that way
  double passage_days = 0;       ///< one way, waits at gates included
  Interval rotating;             ///< ships from home always on station
  Interval resident;             ///< ships that live in the region, always there
  Interval on_station;           ///< both
  Interval away;                 ///< ships away from home for it, passage included, and resident
  Interval at_most;              ///< on station, were every escort given
  double keeps_one = 0;          ///< chance that on average there is at least one; see Standing
  double one_staggered = 0;      ///< chance of at least one, cruises perfectly staggered
  double one_independent = 0;    ///< the same, cruises independent of one another
  double hulls_per_station = 0;  ///< of rotating ships, at the medians; infinite: out of reach
  Constraint binding = Constraint::fleet;  ///< that binds most often
  double binding_share = 0;                ///< of the draws
  std::optional<double> observed;          ///< ships away to the region on an average day, seen
  std::optional<DeclaredGap> declared;
  std::optional<double> million_usd_a_year;  ///< one rotating ship kept on station
  std::vector<LeverGain> levers;

  Standing standing() const;
};

/// Ships there so many days after all that is given was called.
struct Arrivals {
  std::vector<double> days;
  std::vector<ArrivalCurve> states;  ///< in the order of Study::states
  ArrivalCurve members;              ///< all members together
};

/// The members' ships on station if a gate is shut throughout.
struct ClosureStudy {
  std::string gate;  ///< id
  double chance = 0;
  double ships = 0;                  ///< mean over the draws, the gate shut in each
  double without = 0;                ///< mean over the draws, the gate open in each
  std::vector<std::string> cut_off;  ///< states left without a way
};

/// Ships on station against what a text asks for.
struct NeedStudy {
  ShipNeed need;       ///< all 0 where the text asks for none
  double text = 0;     ///< on the scale
  double covered = 0;  ///< chance that the members' ships suffice
};

struct Study {
  std::string theatre;
  std::string station;  ///< id of the port
  std::string station_name;
  std::uint64_t seed = 0;
  std::uint64_t draws = 0;
  double speed_kn = 0;                 ///< of ships from home
  double observed_years = 0;           ///< how far back observed deployments count
  std::vector<StateStudy> states;      ///< most ships on station first
  std::vector<std::string> nothing;    ///< members with escorts that give none and were not seen
  std::vector<std::string> no_escort;  ///< members without escorts or resident ships
  std::vector<std::string> unknown;    ///< members whose fleet is not among the facts
  Interval members_on_station;
  Interval members_escorts;  ///< of these, destroyers and frigates
  NeedStudy proposal;
  double agreement = 0;                ///< chance of some agreement, of the decision's own draws
  Interval given_agreement;            ///< members' ships on station, given some agreement
  double covered_given_agreement = 0;  ///< chance that they suffice for the text agreed
  std::vector<ClosureStudy> closures;
  /// Of the members with a goal in force; nothing where none has one.
  std::optional<DeclaredGap> members_declared;
  std::optional<Arrivals> arrivals;  ///< nothing where nobody would come
};

std::string_view standing_id(Standing standing);  ///< "credible", "borderline", "fraction"

/// The longest time before the question closes in which a cruise counts as observed, in years.
inline constexpr double observed_window_years = 3;

/// Studies the theatre of a scenario.
///
/// Each draw draws every state's share, its number of escorts, days lost to visits, which gates are
/// shut, and the decision. Rotating ships follow rotation() from their home port, those with the
/// shortest way first; resident ships count as in the theatre. A state that stays out of what is
/// agreed brings nothing to it.
///
/// Errors  E640 no [theatre]; E641 unknown port; E642 unknown gate; E643 unknown cycle; E644
///         unknown region; E645 no facts about a navy. Pointers lead into the scenario.
Expected<Study> study(const Scenario& scenario, const StudyFacts& facts,
                      const StudyOptions& options, const RunContext& context = {});

/// Every problem that study() would report.
Diagnostics check_theatre(const Scenario& scenario, const StudyFacts& facts);

}  // namespace delian::presence
