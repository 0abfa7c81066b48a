#pragma once
// Who would have to sail when, so that so many ships from home are always on station.

#include <optional>
#include <string>
#include <vector>

#include "delian/presence_study.hpp"
#include "delian/schedule.hpp"

namespace delian::presence {

struct CoverOptions {
  int ships = 1;                    ///< always on station, 1 to 100
  std::vector<std::string> states;  ///< codes; empty: all that give ships from home
};

/// The ships of one state in a schedule.
struct CoverShips {
  std::string state;
  int given = 0;                  ///< the share it gives of its escorts, at least one
  std::vector<Sailing> sailings;  ///< in periods of a month
};

/// Resident ships are not counted: they live in the region, not at the station.
struct Cover {
  int ships = 0;
  int months = 0;  ///< of the schedule, which repeats: the longest turn of any state
  std::vector<CoverShips> states;
  Schedule schedule;
  std::optional<double> million_usd_a_year;  ///< nothing where the cost of no hull is known
};

/// Each state's ships turn round by its cycle, or stay on station one or two months longer at the
/// cost of their rest at home. Yards bind where the scenario knows them.
///
/// Errors  E646 a state that gives no ships from home; those of plan_schedule().
Expected<Cover> cover(const Study& study, const Theatre& theatre, const CoverOptions& options,
                      const Solver& solver);

}  // namespace delian::presence
