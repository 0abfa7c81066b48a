#pragma once
// One navy's hulls going round their cycles, a block of runs at a time.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "delian/presence_simulation.hpp"
#include "delian/random.hpp"

namespace delian::presence {

inline constexpr std::size_t block_runs = 64;

/// Sums over runs, of shares of a period's time.
struct PeriodTally {
  std::vector<double> at_least;          // [k]
  std::vector<double> at_least_squared;  // [k]
  double mean = 0;
  double mean_squared = 0;
  std::vector<double> group_mean;  // by group
};

struct NavyTally {
  std::uint64_t runs = 0;
  std::vector<PeriodTally> periods;

  void add(const NavyTally& other);
};

/// A Duration ready to be drawn from.
class ExtraTime {
 public:
  explicit ExtraTime(const Duration& duration);

  /// From uniforms to days on top of the plan, in place; the same bits as of().
  void fill(double* u, std::size_t count) const;
  double of(double u) const;
  bool random() const { return kind_ != Kind::constant; }

  double planned_days = 0;
  double mean_extra_days = 0;

 private:
  enum class Kind : std::uint8_t { constant, lognormal, exponential };
  Kind kind_ = Kind::constant;
  double mu_ = 0;
  double sigma_ = 0;
};

/// A checked plan, ready to run.
class NavySimulator {
 public:
  NavySimulator(const NavyPlan& plan, std::span<const Period> periods, std::uint64_t seed);

  /// Runs first .. first + count - 1, count <= block_runs.
  NavyTally run(std::uint64_t first, std::size_t count) const;

 private:
  friend class NavyRun;

  struct Group {
    int stints = 1;
    double between_days = 0;
    double to_dock_days = 0;
    double to_station_days = 0;
    double theatre_share = 1;
    std::size_t yard = 0;  // plus one; 0 is none
    ExtraTime on_station;
    ExtraTime maintenance;
    double start_cycle_days = 0;  // the cycle over which hulls are spread at the start
    double spacing = 1;           // between hulls, as a share of the cycle
    Stream phase;                 // common to the group
  };
  struct Hull {
    std::size_t group = 0;
    double place = 0;  // share of the cycle, for a staggered start
    Stream phase;
    Stream on_station;
    Stream maintenance;
    Stream theatre;
  };

  std::vector<Group> groups_;
  std::vector<Hull> hulls_;
  std::vector<int> yards_;
  std::vector<Period> periods_;  // in days
  Start start_ = Start::staggered;
  int stations_ = 0;   // 0: no re-planning
  bool apart_ = true;  // hulls do not wait for one another
  double horizon_days_ = 0;
};

}  // namespace delian::presence
