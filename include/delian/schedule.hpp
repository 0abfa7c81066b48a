#pragma once
// Which ships sail when, so that demanded stations are covered: a mixed-integer programme. This
// library formulates it, checks the answer and explains it; the solver is handed in, so that the
// library needs none (apps/solver has one).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/presence.hpp"

namespace delian::presence {

/// Minimise the cost of columns within their bounds and those of the rows.
struct IntegerProgram {
  struct Column {
    double cost = 0;
    double lower = 0;
    double upper = 0;
    bool integer = false;
  };
  struct Row {
    double lower = 0;  ///< may be infinite
    double upper = 0;
  };
  struct Entry {
    std::size_t row = 0;
    std::size_t column = 0;
    double value = 0;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<Entry> entries;  ///< column by column, rows rising; no two for the same place
};

enum class SolverStatus : std::uint8_t {
  optimal,     ///< proven
  infeasible,  ///< proven
  stopped,     ///< at a limit of work; `x`, if there, is feasible
  failed,
};

struct SolverAnswer {
  SolverStatus status = SolverStatus::failed;
  std::vector<double> x;  ///< by column; empty without a solution
};

using Solver = std::function<SolverAnswer(const IntegerProgram&)>;

/// One turn of a ship, in periods, in this order.
struct Pattern {
  std::string id;
  int maintenance = 0;  ///< in the yard
  int work_up = 0;
  int passage_out = 0;
  int on_station = 0;
  int passage_home = 0;
  int rest = 0;     ///< at home, until the next turn may begin
  double cost = 0;  ///< of the whole turn

  int length() const;
  int away() const { return passage_out + on_station + passage_home; }
  int home() const { return maintenance + work_up + rest; }
};

/// Ships alike.
struct ShipClass {
  std::string id;
  int ships = 0;
  std::vector<Pattern> patterns;
  std::optional<std::size_t> yard;    ///< of ScheduleProblem::yards; none: always a dock
  std::optional<int> available_from;  ///< no turn begins before; none: turns may be under way
  bool supplies = false;              ///< an oiler: it keeps others going and covers no need
};

struct Mission {
  std::string id;
  std::vector<int> need;  ///< ships by period; one number stands for every period
  double weight = 1;      ///< of a ship missing for a period, against other missions
  std::optional<double> ships_per_oiler;  ///< ships there need an oiler there for every so many
};

struct ScheduleProblem {
  int periods = 0;
  double period_days = days_per_month;
  /// The schedule starts anew at its end, so that it can go on for ever. Otherwise only the
  /// horizon counts, and ships may be at sea when it begins.
  bool repeats = true;
  std::vector<ShipClass> classes;
  std::vector<Mission> missions;
  std::vector<int> yards;               ///< docks of each
  std::optional<double> home_per_away;  ///< patterns with less time at home are not allowed
  std::optional<double> money;          ///< for all periods; turns count by their periods within
};

enum class ScheduleConstraint : std::uint8_t { ships, docks, tempo, oilers, money };
std::string_view schedule_constraint_id(ScheduleConstraint constraint);

/// Periods count from 0; a turn under way at the start begins before.
struct Sailing {
  std::string ship_class;
  std::optional<int> ship;  ///< from 1; none when the schedule repeats: roles go round
  std::string pattern;
  std::string mission;
  int start = 0;    ///< of the turn
  int arrives = 0;  ///< first period on station
  int leaves = 0;   ///< first period after
};

struct MissionCover {
  std::string id;
  std::vector<int> need;  ///< by period
  std::vector<int> there;
  double covered_share = 1;  ///< of the ship-periods needed
};

struct Relaxation {
  ScheduleConstraint constraint = ScheduleConstraint::ships;
  double missing = 0;  ///< weighted ship-periods still missing without it
};

struct Schedule {
  bool met = false;               ///< every need is covered
  double missing = 0;             ///< weighted ship-periods not covered
  double cost = 0;                ///< of the cheapest schedule that misses no more
  bool proven = true;             ///< optimal in both; otherwise the solver stopped at a limit
  std::vector<Sailing> sailings;  ///< by start, class, pattern, mission
  std::vector<MissionCover> missions;
  std::vector<double> docks_used;  ///< mean, by yard
  /// When something is missing: what is missing if each constraint that the problem has is lifted
  /// by itself.
  std::vector<Relaxation> relaxations;
  std::optional<ScheduleConstraint> binding;  ///< the one that helps most; none: no single one
  /// The fewest ships that would have to be added to cover everything; none when ships alone do
  /// not help.
  std::optional<int> ships_missing;
};

/// Minimises what is missing, then the cost (the number of sailings where patterns cost nothing).
/// Ships of a class are counted, not named, so that equal ones cause no equal branches; names are
/// given afterwards.
///
/// What is missing and the cost are unique; which of several equally good schedules is given
/// depends on the solver.
///
/// Errors  E664: sizes that do not fit together, more than 200,000 variables, a solver that fails
///         or whose answer does not hold; E660: numbers out of range.
Expected<Schedule> plan_schedule(const ScheduleProblem& problem, const Solver& solver,
                                 std::string_view pointer);

/// A rotation as a turn, each part rounded to whole periods, station time last so that the turn
/// keeps its length. Nothing where less than one period on station is left.
std::optional<Pattern> pattern_of(std::string id, const Cycle& cycle, const Passage& passage,
                                  double period_days, double cost);

}  // namespace delian::presence
