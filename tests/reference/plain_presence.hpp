#pragma once
// Second, plain implementations: ships on station seen day by day, and schedules by trying all.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "delian/presence_simulation.hpp"
#include "delian/schedule.hpp"

namespace delian::reference {

/// Share of the days of a period with at least k ships on station, by [k]. Hulls of the first group
/// of a staggered plan go through their cycle one day after the other; with lognormal overruns.
/// Random numbers are the standard library's: only the distribution agrees with ours.
inline std::vector<double> presence_by_days(const presence::NavyPlan& plan,
                                            const presence::Period& period, int runs,
                                            std::uint64_t seed) {
  const presence::RotatingGroup& group = plan.groups.front();
  std::mt19937_64 random(seed);
  const double cv = group.maintenance.extra_cv;
  const double sigma = std::sqrt(std::log(1 + cv * cv));
  const double mean = group.maintenance.extra_mean_days;
  std::lognormal_distribution<double> overrun(std::log(mean) - sigma * sigma / 2, sigma);
  const double cycle = group.on_station.planned_days + group.to_dock_days +
                       group.maintenance.planned_days + group.to_station_days;
  const auto first = static_cast<int>(period.from_years * presence::days_per_year);
  const auto last = static_cast<int>(period.to_years * presence::days_per_year);
  std::vector<double> days_with(static_cast<std::size_t>(group.hulls) + 1, 0.0);
  struct Hull {
    double in_cycle;
    double cycle;
  };
  for (int run = 0; run < runs; ++run) {
    const double shift = std::uniform_real_distribution<double>(0, 1)(random);
    std::vector<Hull> hulls;
    for (int h = 0; h < group.hulls; ++h) {
      const double place = (h + shift) / group.hulls * cycle;
      // In the tail of the cycle the stay in the yard is over.
      const bool repaired = place >= cycle - group.to_station_days;
      hulls.push_back({place, cycle + (repaired ? 0 : overrun(random))});
    }
    for (int day = 0; day < last; ++day) {
      std::size_t there = 0;
      for (Hull& hull : hulls) {
        if (hull.in_cycle >= hull.cycle) {
          hull.in_cycle -= hull.cycle;
          hull.cycle = cycle + overrun(random);
        }
        if (hull.in_cycle < group.on_station.planned_days) ++there;
        hull.in_cycle += 1;
      }
      if (day >= first) days_with[there] += 1;
    }
  }
  std::vector<double> at_least(days_with.size(), 0.0);
  double sum = 0;
  for (std::size_t k = days_with.size(); k-- > 0;) {
    sum += days_with[k];
    at_least[k] = sum / (static_cast<double>(last - first) * runs);
  }
  return at_least;
}

/// Solves a programme with few whole-number columns of small range by trying every combination;
/// columns that are not whole (what is missing) are set as low as the rows allow.
inline presence::SolverAnswer try_everything(const presence::IntegerProgram& program) {
  std::vector<std::size_t> whole;
  for (std::size_t c = 0; c < program.columns.size(); ++c) {
    if (program.columns[c].integer) whole.push_back(c);
  }
  presence::SolverAnswer best{presence::SolverStatus::infeasible, {}};
  double least = 0;
  std::vector<double> x(program.columns.size(), 0.0);
  const double most = 2;  // ships that begin one turn together
  while (true) {
    std::vector<double> sums(program.rows.size(), 0.0);
    for (const auto& entry : program.entries) {
      if (program.columns[entry.column].integer) sums[entry.row] += entry.value * x[entry.column];
    }
    std::vector<double> full = x;
    for (const auto& entry : program.entries) {
      const auto& column = program.columns[entry.column];
      if (column.integer || program.rows[entry.row].lower < -1e300) continue;
      full[entry.column] =
          std::clamp(program.rows[entry.row].lower - sums[entry.row], 0.0, column.upper);
      sums[entry.row] += full[entry.column];
    }
    for (const auto& entry : program.entries) {  // the budget of what is missing
      const auto& column = program.columns[entry.column];
      if (!column.integer && program.rows[entry.row].lower < -1e300) {
        sums[entry.row] += entry.value * full[entry.column];
      }
    }
    bool holds = true;
    for (std::size_t r = 0; r < sums.size(); ++r) {
      holds = holds && sums[r] >= program.rows[r].lower - 1e-9 &&
              sums[r] <= program.rows[r].upper + 1e-9;
    }
    double value = 0;
    for (std::size_t c = 0; c < full.size(); ++c) value += program.columns[c].cost * full[c];
    if (holds && (best.x.empty() || value < least - 1e-12)) {
      best = {presence::SolverStatus::optimal, full};
      least = value;
    }
    std::size_t place = 0;
    while (place < whole.size() && x[whole[place]] >= most) x[whole[place++]] = 0;
    if (place == whole.size()) return best;
    x[whole[place]] += 1;
  }
}

}  // namespace delian::reference
