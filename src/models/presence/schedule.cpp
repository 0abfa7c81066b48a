// Scheduling of deployments. x[c, p, t, m] ships of class c begin pattern p in period t for mission
// m; s[m, u] ships are missing from mission m in period u. Minimise sum w_m s, then cost, subject
// to
//
//   ships   sum of turns under way in u             <= ships of the class
//   docks   sum of turns in their yard time in u    <= docks
//   cover   sum of turns on station in u + s[m, u]  >= need[m, u]
//   oilers  escorts there - S oilers there          <= 0
//   money   sum of cost times the share of the turn within the horizon <= money

#include "delian/schedule.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "models/presence/requirements.hpp"

namespace delian::presence {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t most_columns = 200'000;
constexpr int most_periods = 2400;
/// Solvers keep to bounds within about 1e-7; sums of a thousand ships stay within this.
constexpr double row_tolerance = 1e-5;
/// How much less has to be missing for a constraint to count as binding, and how much more than the
/// least the second stage may miss.
constexpr double missing_tolerance = 1e-6;

constexpr std::array relaxable{ScheduleConstraint::ships, ScheduleConstraint::docks,
                               ScheduleConstraint::tempo, ScheduleConstraint::oilers,
                               ScheduleConstraint::money};

using Lifted = std::optional<ScheduleConstraint>;

int need_of(const Mission& mission, int period) {
  return mission.need.size() == 1 ? mission.need.front()
                                  : mission.need[static_cast<std::size_t>(period)];
}

bool allowed(const ScheduleProblem& problem, const Pattern& pattern) {
  return !problem.home_per_away ||
         pattern.home() >= *problem.home_per_away * pattern.away() - row_tolerance;
}

/// Ships of class `ship_class` that begin a turn.
struct Turn {
  std::size_t ship_class;
  std::size_t pattern;
  std::size_t mission;
  int start;
};

/// Calls `visit(period)` for the periods of [from, from + count) that lie in the horizon.
template <class Visit>
void each_period(const ScheduleProblem& problem, int from, int count, const Visit& visit) {
  for (int period = from; period < from + count; ++period) {
    if (problem.repeats) {
      visit(((period % problem.periods) + problem.periods) % problem.periods);
    } else if (period >= 0 && period < problem.periods) {
      visit(period);
    }
  }
}

int periods_within(const ScheduleProblem& problem, const Turn& turn, const Pattern& pattern) {
  int count = 0;
  each_period(problem, turn.start, pattern.length(), [&count](int) { ++count; });
  return count;
}

void check_pattern(Requirements& numbers, const Pattern& pattern, const std::string& key) {
  numbers.between(pattern.maintenance, 0, most_periods, key + ".maintenance");
  numbers.between(pattern.work_up, 0, most_periods, key + ".work_up");
  numbers.between(pattern.passage_out, 0, most_periods, key + ".passage_out");
  numbers.between(pattern.on_station, 1, most_periods, key + ".on_station");
  numbers.between(pattern.passage_home, 0, most_periods, key + ".passage_home");
  numbers.between(pattern.rest, 0, most_periods, key + ".rest");
  numbers.between(pattern.cost, 0, most_money, key + ".cost");
}

Diagnostics problems_of(const ScheduleProblem& problem, std::string_view pointer) {
  Requirements numbers("E660", pointer);
  Requirements sense("E664", pointer);
  numbers.between(problem.periods, 1, most_periods, "periods");
  numbers.above(problem.period_days, 0, most_days, "period_days");
  sense.require(!problem.classes.empty(), "classes", "There are no ships.");
  sense.require(!problem.missions.empty(), "missions", "There is no mission.");
  for (const ShipClass& ships : problem.classes) {
    numbers.between(ships.ships, 0, most_hulls, ships.id + ".ships");
    sense.require(!ships.patterns.empty(), ships.id, "The class has no pattern to sail.");
    sense.require(!ships.yard || *ships.yard < problem.yards.size(), ships.id + ".yard",
                  fmt::format("There is no yard {}: the problem has {}.", ships.yard.value_or(0),
                              problem.yards.size()));
    for (const Pattern& pattern : ships.patterns) {
      const std::string key = fmt::format("{}.{}", ships.id, pattern.id);
      check_pattern(numbers, pattern, key);
      sense.require(!problem.repeats || pattern.length() <= problem.periods, key,
                    fmt::format("A turn of {} periods does not fit into a schedule of {} that "
                                "repeats.",
                                pattern.length(), problem.periods),
                    "Take a horizon at least as long as the longest turn.");
    }
  }
  for (const Mission& mission : problem.missions) {
    sense.require(mission.need.size() == 1 ||
                      mission.need.size() == static_cast<std::size_t>(std::max(problem.periods, 0)),
                  mission.id + ".need",
                  fmt::format("{} numbers for {} periods.", mission.need.size(), problem.periods),
                  "Give one number, or one for each period.");
    for (const int need : mission.need) numbers.between(need, 0, most_hulls, mission.id + ".need");
    numbers.above(mission.weight, 0, 1e6, mission.id + ".weight");
    if (mission.ships_per_oiler) {
      numbers.above(*mission.ships_per_oiler, 0, most_hulls, mission.id + ".ships_per_oiler");
    }
  }
  for (std::size_t yard = 0; yard < problem.yards.size(); ++yard) {
    numbers.between(problem.yards[yard], 0, most_hulls, fmt::format("yards.{}", yard));
  }
  if (problem.home_per_away) numbers.between(*problem.home_per_away, 0, 100, "home_per_away");
  if (problem.money) numbers.between(*problem.money, 0, most_money, "money");
  Diagnostics problems = std::move(numbers).problems();
  const Diagnostics others = std::move(sense).problems();
  problems.insert(problems.end(), others.begin(), others.end());
  return problems;
}

class Formulation {
 public:
  Formulation(const ScheduleProblem& problem, Lifted lifted) : problem_(problem), lifted_(lifted) {
    list_turns();
  }

  const std::vector<Turn>& turns() const { return turns_; }
  std::size_t columns() const { return turns_.size() + cells(); }

  /// Minimise what is missing.
  IntegerProgram least_missing() const {
    IntegerProgram program = rows_and_turns(false);
    for (std::size_t m = 0; m < problem_.missions.size(); ++m) {
      for (int u = 0; u < problem_.periods; ++u) {
        add_missing(program, m, u, problem_.missions[m].weight);
      }
    }
    return program;
  }

  /// Minimise the cost of missing no more than `missing`.
  IntegerProgram least_cost(double missing) const {
    IntegerProgram program = rows_and_turns(true);
    const std::size_t budget = program.rows.size();
    program.rows.push_back({-infinite, missing + missing_tolerance});
    for (std::size_t m = 0; m < problem_.missions.size(); ++m) {
      for (int u = 0; u < problem_.periods; ++u) {
        add_missing(program, m, u, 0);
        program.entries.push_back(
            {budget, program.columns.size() - 1, problem_.missions[m].weight});
      }
    }
    return program;
  }

  /// Minimise the ships to add so that nothing is missing.
  IntegerProgram fewest_more_ships() const {
    IntegerProgram program = rows_and_turns(false);
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      program.columns.push_back({1, 0, 100.0 * most_hulls, true});
      for (int u = 0; u < problem_.periods; ++u) {
        program.entries.push_back({ship_row(c, u), program.columns.size() - 1, -1});
      }
    }
    return program;
  }

  double cost_of(const Turn& turn) const {
    const Pattern& pattern = pattern_of_turn(turn);
    return pattern.cost * periods_within(problem_, turn, pattern) / pattern.length();
  }

  const Pattern& pattern_of_turn(const Turn& turn) const {
    return problem_.classes[turn.ship_class].patterns[turn.pattern];
  }

 private:
  std::size_t cells() const {
    return problem_.missions.size() * static_cast<std::size_t>(problem_.periods);
  }

  /// Ships that can be of use in one turn. No more escorts than are needed; and since a cover with
  /// nobody to spare has at most twice the need at any time, no more oilers than those ask for.
  double usable(const Turn& turn) const {
    const Mission& mission = problem_.missions[turn.mission];
    const double most = *std::max_element(mission.need.begin(), mission.need.end());
    return problem_.classes[turn.ship_class].supplies
               ? std::ceil(2 * most / *mission.ships_per_oiler)
               : most;
  }

  void list_turns() {
    for (std::size_t c = 0; c < problem_.classes.size(); ++c) {
      const ShipClass& ships = problem_.classes[c];
      for (std::size_t p = 0; p < ships.patterns.size(); ++p) {
        const Pattern& pattern = ships.patterns[p];
        if (lifted_ != ScheduleConstraint::tempo && !allowed(problem_, pattern)) continue;
        for (std::size_t m = 0; m < problem_.missions.size(); ++m) {
          if (ships.supplies && !problem_.missions[m].ships_per_oiler) continue;
          add_starts(c, p, m, pattern, ships);
        }
      }
    }
  }

  void add_starts(std::size_t c, std::size_t p, std::size_t m, const Pattern& pattern,
                  const ShipClass& ships) {
    const int before = pattern.maintenance + pattern.work_up + pattern.passage_out;
    int first = problem_.repeats ? 0 : 1 - before - pattern.on_station;
    if (!problem_.repeats && ships.available_from) first = std::max(first, *ships.available_from);
    // A turn that reaches its station after the horizon helps nobody within.
    const int end = problem_.repeats ? problem_.periods : problem_.periods - before;
    for (int start = first; start < end; ++start) {
      if (turns_.size() > most_columns) return;  // refused below
      turns_.push_back({c, p, m, start});
    }
  }

  std::size_t ship_row(std::size_t ship_class, int period) const {
    return ship_class * static_cast<std::size_t>(problem_.periods) +
           static_cast<std::size_t>(period);
  }
  std::size_t dock_row(std::size_t yard, int period) const {
    return ship_row(problem_.classes.size() + yard, period);
  }
  std::size_t cover_row(std::size_t mission, int period) const {
    return dock_row(problem_.yards.size() + mission, period);
  }
  std::size_t oiler_row(std::size_t mission, int period) const {
    return cover_row(problem_.missions.size() + mission, period);
  }
  std::size_t money_row() const { return oiler_row(problem_.missions.size(), 0); }

  IntegerProgram rows_and_turns(bool with_costs) const {
    IntegerProgram program;
    const auto rows = [&](double lower, double upper) {
      for (int u = 0; u < problem_.periods; ++u) program.rows.push_back({lower, upper});
    };
    for (const ShipClass& ships : problem_.classes) {
      rows(-infinite, lifted_ == ScheduleConstraint::ships ? infinite : ships.ships);
    }
    for (const int docks : problem_.yards) {
      rows(-infinite, lifted_ == ScheduleConstraint::docks ? infinite : docks);
    }
    for (const Mission& mission : problem_.missions) {
      for (int u = 0; u < problem_.periods; ++u) {
        program.rows.push_back({static_cast<double>(need_of(mission, u)), infinite});
      }
    }
    for (const Mission& mission : problem_.missions) {
      const bool counts = mission.ships_per_oiler && lifted_ != ScheduleConstraint::oilers;
      rows(-infinite, counts ? 0 : infinite);
    }
    const bool limited = problem_.money && lifted_ != ScheduleConstraint::money;
    program.rows.push_back({-infinite, limited ? *problem_.money : infinite});
    const bool priced =
        std::any_of(turns_.begin(), turns_.end(), [&](const Turn& t) { return cost_of(t) > 0; });

    for (const Turn& turn : turns_) add_turn(program, turn, with_costs, priced);
    return program;
  }

  void add_turn(IntegerProgram& program, const Turn& turn, bool with_costs, bool priced) const {
    const ShipClass& ships = problem_.classes[turn.ship_class];
    const Pattern& pattern = pattern_of_turn(turn);
    const double cost = cost_of(turn);
    const std::size_t column = program.columns.size();
    program.columns.push_back({with_costs ? (priced ? cost : 1.0) : 0.0, 0, usable(turn), true});

    std::map<std::size_t, double> entries;
    each_period(problem_, turn.start, pattern.length(),
                [&](int u) { entries[ship_row(turn.ship_class, u)] += 1; });
    if (ships.yard) {
      each_period(problem_, turn.start, pattern.maintenance,
                  [&](int u) { entries[dock_row(*ships.yard, u)] += 1; });
    }
    const Mission& mission = problem_.missions[turn.mission];
    each_period(problem_, turn.start + pattern.maintenance + pattern.work_up + pattern.passage_out,
                pattern.on_station, [&](int u) {
                  if (!ships.supplies) entries[cover_row(turn.mission, u)] += 1;
                  if (mission.ships_per_oiler) {
                    entries[oiler_row(turn.mission, u)] +=
                        ships.supplies ? -*mission.ships_per_oiler : 1.0;
                  }
                });
    if (cost > 0) entries[money_row()] += cost;
    for (const auto& [row, value] : entries) program.entries.push_back({row, column, value});
  }

  void add_missing(IntegerProgram& program, std::size_t mission, int period, double cost) const {
    const int need = need_of(problem_.missions[mission], period);
    program.columns.push_back({cost, 0, static_cast<double>(need), false});
    program.entries.push_back({cover_row(mission, period), program.columns.size() - 1, 1});
  }

  const ScheduleProblem& problem_;
  Lifted lifted_;
  std::vector<Turn> turns_;
};

/// Whole numbers made whole, and every bound kept? The objective when so.
std::optional<double> checked_value(const IntegerProgram& program, std::vector<double>& x) {
  if (x.size() != program.columns.size()) return std::nullopt;
  double value = 0;
  for (std::size_t c = 0; c < x.size(); ++c) {
    const IntegerProgram::Column& column = program.columns[c];
    if (column.integer) {
      const double whole = std::round(x[c]);
      if (!(std::fabs(whole - x[c]) < 1e-4)) return std::nullopt;
      x[c] = whole;
    }
    if (!(x[c] >= column.lower - row_tolerance && x[c] <= column.upper + row_tolerance)) {
      return std::nullopt;
    }
    value += column.cost * x[c];
  }
  std::vector<double> sums(program.rows.size(), 0.0);
  for (const IntegerProgram::Entry& entry : program.entries) {
    sums[entry.row] += entry.value * x[entry.column];
  }
  for (std::size_t r = 0; r < sums.size(); ++r) {
    const double room = row_tolerance * std::max(1.0, std::fabs(sums[r]) * 1e-3);
    if (!(sums[r] >= program.rows[r].lower - room && sums[r] <= program.rows[r].upper + room)) {
      return std::nullopt;
    }
  }
  return value;
}

struct Solved {
  double value = 0;
  std::vector<double> x;
  bool proven = true;
};

/// The solver's answer, once it is seen to hold. Nothing where there is none.
Expected<std::optional<Solved>> solved(const IntegerProgram& program, const Solver& solver,
                                       std::string_view pointer) {
  SolverAnswer answer = solver(program);
  const auto failed = [&](std::string why) {
    return tl::unexpected(Diagnostics{
        diagnose("E664", std::string(pointer), std::move(why), "Fewer periods or patterns.")});
  };
  if (answer.status == SolverStatus::infeasible) return std::nullopt;
  if (answer.status == SolverStatus::failed) return failed("The solver failed.");
  if (answer.x.empty()) return failed("The solver stopped before it found any schedule.");
  const std::optional<double> value = checked_value(program, answer.x);
  if (!value) return failed("The solver's answer breaks a constraint.");
  return Solved{*value, std::move(answer.x), answer.status == SolverStatus::optimal};
}

/// How many ships begin each turn.
std::vector<int> counts_of(const Formulation& form, const std::vector<double>& x) {
  std::vector<int> counts;
  for (std::size_t t = 0; t < form.turns().size(); ++t) {
    counts.push_back(static_cast<int>(std::lround(x[t])));
  }
  return counts;
}

void fill_cover(const ScheduleProblem& problem, const Formulation& form,
                const std::vector<int>& counts, Schedule& schedule) {
  for (const Mission& mission : problem.missions) {
    MissionCover cover;
    cover.id = mission.id;
    for (int u = 0; u < problem.periods; ++u) cover.need.push_back(need_of(mission, u));
    cover.there.assign(cover.need.size(), 0);
    schedule.missions.push_back(std::move(cover));
  }
  schedule.docks_used.assign(problem.yards.size(), 0.0);
  for (std::size_t t = 0; t < counts.size(); ++t) {
    if (counts[t] == 0) continue;
    const Turn& turn = form.turns()[t];
    const Pattern& pattern = form.pattern_of_turn(turn);
    const ShipClass& ships = problem.classes[turn.ship_class];
    schedule.cost += counts[t] * form.cost_of(turn);
    if (ships.yard) {
      each_period(problem, turn.start, pattern.maintenance, [&](int) {
        schedule.docks_used[*ships.yard] += static_cast<double>(counts[t]) / problem.periods;
      });
    }
    if (ships.supplies) continue;
    each_period(problem, turn.start + pattern.maintenance + pattern.work_up + pattern.passage_out,
                pattern.on_station, [&](int u) {
                  schedule.missions[turn.mission].there[static_cast<std::size_t>(u)] += counts[t];
                });
  }
  schedule.met = true;
  for (std::size_t m = 0; m < problem.missions.size(); ++m) {
    MissionCover& cover = schedule.missions[m];
    int needed = 0;
    int missing = 0;
    for (std::size_t u = 0; u < cover.need.size(); ++u) {
      needed += cover.need[u];
      missing += std::max(cover.need[u] - cover.there[u], 0);
    }
    if (needed > 0) cover.covered_share = 1 - static_cast<double>(missing) / needed;
    schedule.missing += problem.missions[m].weight * missing;
    schedule.met = schedule.met && missing == 0;
  }
}

void fill_sailings(const ScheduleProblem& problem, const Formulation& form,
                   const std::vector<int>& counts, Schedule& schedule) {
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    for (int ship = 0; ship < counts[t]; ++ship) order.push_back(t);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return form.turns()[a].start < form.turns()[b].start;
  });
  // In the order of time a ship that is free takes the next turn; never more are under way than
  // there are ships, so one always is.
  std::vector<std::vector<int>> free_from(problem.classes.size());
  for (const std::size_t t : order) {
    const Turn& turn = form.turns()[t];
    const Pattern& pattern = form.pattern_of_turn(turn);
    Sailing sailing;
    sailing.ship_class = problem.classes[turn.ship_class].id;
    sailing.pattern = pattern.id;
    sailing.mission = problem.missions[turn.mission].id;
    sailing.start = turn.start;
    sailing.arrives = turn.start + pattern.maintenance + pattern.work_up + pattern.passage_out;
    sailing.leaves = sailing.arrives + pattern.on_station;
    if (!problem.repeats) {
      std::vector<int>& ships = free_from[turn.ship_class];
      auto one =
          std::find_if(ships.begin(), ships.end(), [&](int free) { return free <= turn.start; });
      if (one == ships.end()) one = ships.insert(ships.end(), 0);
      *one = turn.start + pattern.length();
      sailing.ship = static_cast<int>(one - ships.begin()) + 1;
    }
    schedule.sailings.push_back(std::move(sailing));
  }
}

bool has(const ScheduleProblem& problem, ScheduleConstraint constraint) {
  switch (constraint) {
    case ScheduleConstraint::ships:
      return true;
    case ScheduleConstraint::docks:
      return !problem.yards.empty();
    case ScheduleConstraint::tempo:
      return std::any_of(problem.classes.begin(), problem.classes.end(), [&](const auto& ships) {
        return std::any_of(ships.patterns.begin(), ships.patterns.end(),
                           [&](const auto& pattern) { return !allowed(problem, pattern); });
      });
    case ScheduleConstraint::oilers:
      return std::any_of(problem.missions.begin(), problem.missions.end(),
                         [](const auto& mission) { return mission.ships_per_oiler.has_value(); });
    case ScheduleConstraint::money:
      break;
  }
  return problem.money.has_value();
}

/// Lifts each constraint in turn and names the one that helps most.
Expected<Schedule> explained(Schedule schedule, const ScheduleProblem& problem,
                             const Solver& solver, std::string_view pointer) {
  double least = schedule.missing - missing_tolerance;
  for (const ScheduleConstraint constraint : relaxable) {
    if (!has(problem, constraint)) continue;
    const Formulation form(problem, constraint);
    const auto answer = solved(form.least_missing(), solver, pointer);
    if (!answer) return tl::unexpected(answer.error());
    if (!*answer) continue;
    const double missing = std::max((*answer)->value, 0.0);
    schedule.proven = schedule.proven && (*answer)->proven;
    schedule.relaxations.push_back({constraint, missing});
    if (missing < least) {
      least = missing - missing_tolerance;
      schedule.binding = constraint;
    }
    if (constraint != ScheduleConstraint::ships || missing > missing_tolerance) continue;
    const auto more = solved(Formulation(problem, {}).fewest_more_ships(), solver, pointer);
    if (!more) return tl::unexpected(more.error());
    if (*more) schedule.ships_missing = static_cast<int>(std::lround((*more)->value));
  }
  return schedule;
}

}  // namespace

int Pattern::length() const {
  return away() + home();
}

std::string_view schedule_constraint_id(ScheduleConstraint constraint) {
  switch (constraint) {
    case ScheduleConstraint::ships:
      return "ships";
    case ScheduleConstraint::docks:
      return "docks";
    case ScheduleConstraint::tempo:
      return "tempo";
    case ScheduleConstraint::oilers:
      return "oilers";
    case ScheduleConstraint::money:
      break;
  }
  return "money";
}

Expected<Schedule> plan_schedule(const ScheduleProblem& problem, const Solver& solver,
                                 std::string_view pointer) {
  if (Diagnostics problems = problems_of(problem, pointer); !problems.empty()) {
    return tl::unexpected(std::move(problems));
  }
  const Formulation form(problem, {});
  if (form.columns() > most_columns) {
    return tl::unexpected(
        Diagnostics{diagnose("E664", std::string(pointer),
                             fmt::format("The schedule has more than {} variables.", most_columns),
                             "Fewer periods, patterns or missions.")});
  }
  const auto first = solved(form.least_missing(), solver, pointer);
  if (!first) return tl::unexpected(first.error());
  // Everything may be missing, so there always is an answer.
  if (!*first) {
    return tl::unexpected(Diagnostics{diagnose("E664", std::string(pointer),
                                               "The solver finds no schedule, though an empty one "
                                               "is allowed.")});
  }
  auto second = solved(form.least_cost(std::max((*first)->value, 0.0)), solver, pointer);
  if (!second) return tl::unexpected(second.error());
  const bool cheaper = second->has_value();
  const Solved& best = cheaper ? **second : **first;

  Schedule schedule;
  schedule.proven = (*first)->proven && cheaper && best.proven;
  const std::vector<int> counts = counts_of(form, best.x);
  fill_cover(problem, form, counts, schedule);
  fill_sailings(problem, form, counts, schedule);
  if (schedule.met) return schedule;
  return explained(std::move(schedule), problem, solver, pointer);
}

std::optional<Pattern> pattern_of(std::string id, const Cycle& cycle, const Passage& passage,
                                  double period_days, double cost) {
  const auto periods = [period_days](double days) {
    return static_cast<int>(std::lround(days / period_days));
  };
  Pattern pattern;
  pattern.id = std::move(id);
  pattern.maintenance = periods(cycle.maintenance_days);
  pattern.work_up = periods(cycle.basic_days + cycle.integrated_days);
  pattern.passage_out = periods(passage.days());
  pattern.passage_home = pattern.passage_out;
  pattern.on_station = periods(cycle.deployment_days) - 2 * pattern.passage_out;
  pattern.rest = periods(cycle.length_days()) - pattern.home() - pattern.away();
  pattern.cost = cost;
  if (pattern.on_station < 1 || pattern.rest < 0) return std::nullopt;
  return pattern;
}

}  // namespace delian::presence
