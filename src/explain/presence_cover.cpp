#include "delian/presence_cover.hpp"

#include <algorithm>
#include <cmath>

#include "delian/assert.hpp"
#include "domain/text.hpp"

namespace delian::presence {
namespace {

constexpr int most_months_longer = 2;
constexpr double months_in_year = 12;

bool sails_from_home(const StateStudy& state) {
  return state.rotating.high > 0;
}

/// The cost of one hull in a year, in millions.
double hull_cost(const StateStudy& state) {
  if (!state.million_usd_a_year || !std::isfinite(state.hulls_per_station)) return 0;
  return *state.million_usd_a_year / state.hulls_per_station;
}

/// The usual turn of a state's ships and the longer ones that their rest leaves room for.
std::vector<Pattern> patterns_of(const StateStudy& state, double speed_kn) {
  const CyclePreset* cycle = find_cycle(state.cycle);
  DELIAN_ASSERT(cycle != nullptr);
  Passage passage;
  passage.distance_nm = state.distance_nm;
  passage.speed_kn = speed_kn;
  passage.wait_days = std::max(0.0, state.passage_days - state.distance_nm / (24 * speed_kn));
  const auto usual = pattern_of("usual", cycle->cycle, passage, days_per_month, 0);
  std::vector<Pattern> patterns;
  if (!usual) return patterns;
  for (int longer = 0; longer <= most_months_longer && longer <= usual->rest; ++longer) {
    Pattern pattern = *usual;
    if (longer > 0) pattern.id = "longer-" + std::to_string(longer);
    pattern.on_station += longer;
    pattern.rest -= longer;
    pattern.cost = hull_cost(state) * pattern.length() / months_in_year;
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

}  // namespace

Expected<Cover> cover(const Study& study, const Theatre& theatre, const CoverOptions& options,
                      const Solver& solver) {
  Diagnostics problems;
  for (const std::string& code : options.states) {
    const bool known = std::any_of(
        study.states.begin(), study.states.end(),
        [&](const StateStudy& state) { return state.state == code && sails_from_home(state); });
    if (known) continue;
    problems.push_back(diagnose("E646", "theatre.gives",
                                '"' + printable(code) + "\" gives no ships from home",
                                "Leave it out, or give it a row in [theatre.gives]."));
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  Cover result;
  result.ships = options.ships;
  ScheduleProblem problem;
  for (const StateStudy& state : study.states) {
    const bool asked = options.states.empty() ||
                       std::find(options.states.begin(), options.states.end(), state.state) !=
                           options.states.end();
    if (!asked || !sails_from_home(state)) continue;
    ShipClass ships;
    ships.id = state.state;
    ships.ships =
        std::max(1, static_cast<int>(std::lround(state.escorts * state.share.median / 100)));
    ships.patterns = patterns_of(state, study.speed_kn);
    if (ships.patterns.empty()) continue;
    for (const Willingness& given : theatre.gives) {
      if (given.state != state.state || !given.docks) continue;
      ships.yard = problem.yards.size();
      problem.yards.push_back(static_cast<int>(std::floor(*given.docks)));
    }
    for (const Pattern& pattern : ships.patterns) {
      problem.periods = std::max(problem.periods, pattern.length());
    }
    result.states.push_back({state.state, ships.ships, {}});
    problem.classes.push_back(std::move(ships));
  }
  if (problem.classes.empty()) {
    return tl::unexpected(
        Diagnostics{diagnose("E646", "theatre.gives", "nobody gives ships from home",
                             "Give a state a row in [theatre.gives].")});
  }
  problem.missions = {{study.station, {options.ships}, 1, {}}};
  auto planned = plan_schedule(problem, solver, "theatre");
  if (!planned) return tl::unexpected(std::move(planned.error()));
  result.months = problem.periods;
  result.schedule = *std::move(planned);
  for (const Sailing& sailing : result.schedule.sailings) {
    const auto state =
        std::find_if(result.states.begin(), result.states.end(),
                     [&](const CoverShips& one) { return one.state == sailing.ship_class; });
    state->sailings.push_back(sailing);
  }
  if (result.schedule.cost > 0) {
    result.million_usd_a_year = result.schedule.cost * months_in_year / result.months;
  }
  return result;
}

}  // namespace delian::presence
