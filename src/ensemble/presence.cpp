// Simulated presence of many navies: checks, threads, and from sums to shares.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "delian/presence_simulation.hpp"
#include "ensemble/reduce.hpp"
#include "models/presence/requirements.hpp"
#include "models/presence/simulation.hpp"

namespace delian::presence {
namespace {

constexpr double most_years = 200;
constexpr std::uint64_t most_runs = 1'000'000'000;  // they share a word with the cycle's number
constexpr std::size_t most_plans = 1000;
constexpr std::size_t most_periods = 1000;
/// A round shorter than this is no ship's, and would never end.
constexpr double least_cycle_days = 1;

void check(Requirements& needs, const Duration& duration, const std::string& key) {
  needs.between(duration.planned_days, 0, most_days, key + ".planned_days");
  needs.between(duration.extra_mean_days, 0, most_days, key + ".extra_mean_days");
  needs.between(duration.extra_cv, 0, 10, key + ".extra_cv");
}

double mean_days(const Duration& duration) {
  return duration.planned_days + duration.extra_mean_days;
}

void check(Requirements& numbers, Requirements& sense, const NavyPlan& plan,
           const RotatingGroup& group, const std::string& key) {
  numbers.between(group.hulls, 0, most_hulls, key + ".hulls");
  numbers.between(group.stints, 1, 10'000, key + ".stints");
  numbers.between(group.between_days, 0, most_days, key + ".between_days");
  numbers.between(group.to_dock_days, 0, most_days, key + ".to_dock_days");
  numbers.between(group.to_station_days, 0, most_days, key + ".to_station_days");
  numbers.above(group.theatre_share, 0, 1, key + ".theatre_share");
  check(numbers, group.on_station, key + ".on_station");
  check(numbers, group.maintenance, key + ".maintenance");
  sense.require(!group.yard || *group.yard < plan.yards.size(), key + ".yard",
                fmt::format("There is no yard {}: the plan has {}.", group.yard.value_or(0),
                            plan.yards.size()));
  sense.require(mean_days(group.on_station) > 0, key + ".on_station", "Nothing is left on station.",
                "Leave out a group that never gets there.");
  const double planned = group.stints * group.on_station.planned_days +
                         (group.stints - 1) * group.between_days + group.to_dock_days +
                         group.maintenance.planned_days + group.to_station_days;
  const double mean =
      planned + group.stints * group.on_station.extra_mean_days + group.maintenance.extra_mean_days;
  sense.require(mean >= least_cycle_days, key,
                fmt::format("A cycle of {} days is shorter than a day.", mean));
  sense.require(plan.start == Start::random || planned >= least_cycle_days, key,
                "Hulls cannot be spread over a cycle without planned times.",
                "Give planned times, or start at random.");
  sense.require(!plan.stations || group.theatre_share == 1, key + ".theatre_share",
                "With re-planning every stint is in the theatre; a share is not possible.",
                "Give fewer hulls instead.");
}

void check(Requirements& numbers, Requirements& sense, const NavyPlan& plan, std::size_t index) {
  const std::string key = plan.id.empty() ? fmt::format("navies.{}", index) : plan.id;
  sense.require(!plan.groups.empty(), key, "The navy has no group of hulls.");
  if (plan.stations) numbers.between(*plan.stations, 1, most_hulls, key + ".stations");
  for (std::size_t yard = 0; yard < plan.yards.size(); ++yard) {
    numbers.between(plan.yards[yard], 1, 1e6, fmt::format("{}.yards.{}", key, yard));
  }
  std::set<std::string> ids;
  int hulls = 0;
  for (const RotatingGroup& group : plan.groups) {
    const std::string group_key = fmt::format("{}.{}", key, group.id);
    sense.require(ids.insert(group.id).second, group_key, "Two groups have this name.",
                  "Their hulls would share one fate. Name them apart.");
    check(numbers, sense, plan, group, group_key);
    hulls += std::clamp(group.hulls, 0, most_hulls);
  }
  sense.require(hulls <= most_hulls, key,
                fmt::format("{} hulls are more than {}.", hulls, most_hulls));
}

Diagnostics problems_of(const std::vector<NavyPlan>& plans, const std::vector<Period>& periods,
                        std::uint64_t runs, std::string_view pointer) {
  Requirements numbers("E660", pointer);
  Requirements sense("E661", pointer);
  sense.require(!plans.empty() && plans.size() <= most_plans, "navies",
                fmt::format("{} navies; it takes 1 to {}.", plans.size(), most_plans));
  sense.require(!periods.empty() && periods.size() <= most_periods, "periods",
                fmt::format("{} periods; it takes 1 to {}.", periods.size(), most_periods));
  sense.require(runs >= 2 && runs <= most_runs, "runs",
                fmt::format("{} runs; it takes 2 to {}.", runs, most_runs));
  for (std::size_t p = 0; p < periods.size(); ++p) {
    const std::string key = fmt::format("periods.{}", p);
    numbers.between(periods[p].from_years, 0, most_years, key + ".from_years");
    numbers.between(periods[p].to_years, 0, most_years, key + ".to_years");
    sense.require(periods[p].from_years < periods[p].to_years, key,
                  fmt::format("The period from year {} to year {} has no length.",
                              periods[p].from_years, periods[p].to_years),
                  "The first year stands first.");
  }
  std::set<std::string> ids;
  for (std::size_t n = 0; n < plans.size(); ++n) {
    sense.require(ids.insert(plans[n].id).second, plans[n].id, "Two navies have this name.",
                  "Their hulls would share one fate. Name them apart.");
    check(numbers, sense, plans[n], n);
  }
  Diagnostics problems = std::move(numbers).problems();
  const Diagnostics others = std::move(sense).problems();
  problems.insert(problems.end(), others.begin(), others.end());
  return problems;
}

/// Mean of n values and its standard error, from their sum and the sum of their squares.
struct MeanOf {
  double mean = 0;
  double error = 0;

  MeanOf(double sum, double squares, double n) : mean(sum / n) {
    const double variance = std::max(squares / n - mean * mean, 0.0) * n / (n - 1);
    error = std::sqrt(variance / n);
  }
};

NavyPresence presence_of(const NavyPlan& plan, const std::vector<Period>& periods,
                         const NavyTally& tally) {
  NavyPresence result;
  result.id = plan.id;
  result.runs = tally.runs;
  if (tally.runs < 2) return result;  // cancelled at once
  const auto n = static_cast<double>(tally.runs);
  for (std::size_t p = 0; p < periods.size(); ++p) {
    const PeriodTally& sums = tally.periods[p];
    PeriodPresence one;
    one.period = periods[p];
    const MeanOf ships(sums.mean, sums.mean_squared, n);
    one.mean = ships.mean;
    one.mean_error = ships.error;
    for (std::size_t k = 0; k < sums.at_least.size(); ++k) {
      const MeanOf share(sums.at_least[k], sums.at_least_squared[k], n);
      one.at_least.push_back(k == 0 ? 1.0 : share.mean);
      one.at_least_error.push_back(k == 0 ? 0.0 : share.error);
    }
    for (const double sum : sums.group_mean) one.group_mean.push_back(sum / n);
    result.periods.push_back(std::move(one));
  }
  return result;
}

}  // namespace

Expected<PresenceSimulation> simulate_presence(const std::vector<NavyPlan>& plans,
                                               const std::vector<Period>& periods,
                                               std::uint64_t runs, std::uint64_t seed,
                                               const RunContext& context,
                                               std::string_view pointer) {
  if (Diagnostics problems = problems_of(plans, periods, runs, pointer); !problems.empty()) {
    return tl::unexpected(std::move(problems));
  }
  std::vector<NavySimulator> simulators;
  for (const NavyPlan& plan : plans) simulators.emplace_back(plan, periods, seed);

  // A chunk is one block of one navy; a block counts when all navies have played it.
  const std::uint64_t blocks = (runs + block_runs - 1) / block_runs;
  std::vector<NavyTally> sums(plans.size());
  std::vector<NavyTally> of_block;
  const std::size_t folded = reduce_in_order(
      static_cast<std::size_t>(blocks) * plans.size(), context,
      [&](std::size_t chunk) {
        const std::uint64_t first = chunk / plans.size() * block_runs;
        const auto count =
            static_cast<std::size_t>(std::min<std::uint64_t>(block_runs, runs - first));
        return simulators[chunk % plans.size()].run(first, count);
      },
      [&](NavyTally tally) {
        of_block.push_back(std::move(tally));
        if (of_block.size() < plans.size()) return;
        for (std::size_t n = 0; n < plans.size(); ++n) sums[n].add(of_block[n]);
        of_block.clear();
      });

  PresenceSimulation result;
  result.seed = seed;
  result.cancelled = folded < blocks * plans.size();
  for (std::size_t n = 0; n < plans.size(); ++n) {
    result.navies.push_back(presence_of(plans[n], periods, sums[n]));
  }
  return result;
}

}  // namespace delian::presence
