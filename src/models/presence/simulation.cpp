// Every hull is a chain of times: on station, to the dock, in the dock, to the station. Where
// nothing is shared each hull's chain is followed to the end; where docks or stations are, events
// are taken in the order of time. Both note when a hull was on station; the rest is counting.

#include "models/presence/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <queue>
#include <tuple>

#include "delian/assert.hpp"
#include "numerics/elementary.hpp"

namespace delian::presence {
namespace {

/// Draws of so many cycles are made for a whole block of runs at once; later ones one by one.
constexpr std::size_t cycles_at_once = 16;

/// Draw number of a hull's cycle (or stint) in a run: runs stay side by side for Stream::fill.
std::uint64_t draw_number(std::uint64_t cycle, std::uint64_t run) {
  return (cycle << 32) | run;
}

double planned_cycle(const RotatingGroup& group) {
  return group.stints * group.on_station.planned_days + (group.stints - 1) * group.between_days +
         group.to_dock_days + group.maintenance.planned_days + group.to_station_days;
}

double mean_cycle(const RotatingGroup& group) {
  return planned_cycle(group) + group.stints * group.on_station.extra_mean_days +
         group.maintenance.extra_mean_days;
}

void add_each(std::vector<double>& sums, const std::vector<double>& more) {
  if (sums.size() < more.size()) sums.resize(more.size(), 0.0);
  for (std::size_t k = 0; k < more.size(); ++k) sums[k] += more[k];
}

}  // namespace

void NavyTally::add(const NavyTally& other) {
  runs += other.runs;
  if (periods.size() < other.periods.size()) periods.resize(other.periods.size());
  for (std::size_t p = 0; p < other.periods.size(); ++p) {
    const PeriodTally& more = other.periods[p];
    add_each(periods[p].at_least, more.at_least);
    add_each(periods[p].at_least_squared, more.at_least_squared);
    add_each(periods[p].group_mean, more.group_mean);
    periods[p].mean += more.mean;
    periods[p].mean_squared += more.mean_squared;
  }
}

ExtraTime::ExtraTime(const Duration& duration)
    : planned_days(duration.planned_days), mean_extra_days(duration.extra_mean_days) {
  if (duration.extra_mean_days <= 0) return;
  if (duration.tail == Tail::exponential) {
    kind_ = Kind::exponential;
  } else if (duration.extra_cv > 0) {
    kind_ = Kind::lognormal;
    const double variance = numerics::log(1 + duration.extra_cv * duration.extra_cv);
    sigma_ = std::sqrt(variance);
    mu_ = numerics::log(duration.extra_mean_days) - variance / 2;
  }
}

double ExtraTime::of(double u) const {
  switch (kind_) {
    case Kind::constant:
      break;
    case Kind::lognormal:
      return numerics::exp(mu_ + sigma_ * numerics::normal_quantile(u));
    case Kind::exponential:
      return -mean_extra_days * numerics::log(u);
  }
  return mean_extra_days;
}

void ExtraTime::fill(double* u, std::size_t count) const {
  switch (kind_) {
    case Kind::constant:
      std::fill(u, u + count, mean_extra_days);
      break;
    case Kind::lognormal:
      numerics::normal_quantile_each(u, u, count);
      for (std::size_t k = 0; k < count; ++k) u[k] = mu_ + sigma_ * u[k];
      numerics::exp_each(u, u, count);
      break;
    case Kind::exponential:
      numerics::log_each(u, u, count);
      for (std::size_t k = 0; k < count; ++k) u[k] = -mean_extra_days * u[k];
      break;
  }
}

NavySimulator::NavySimulator(const NavyPlan& plan, std::span<const Period> periods,
                             std::uint64_t seed)
    : yards_(plan.yards), start_(plan.start), stations_(plan.stations.value_or(0)) {
  for (const Period& period : periods) {
    periods_.push_back({period.from_years * days_per_year, period.to_years * days_per_year});
    horizon_days_ = std::max(horizon_days_, periods_.back().to_years);
  }
  apart_ = stations_ == 0;
  for (const RotatingGroup& group : plan.groups) {
    const std::string name = fmt::format("presence.{}.{}", plan.id, group.id);
    if (group.yard && plan.yards[*group.yard] < group.hulls) apart_ = false;
    // A yard that several groups share may fill up although each alone fits in.
    if (group.yard && std::count_if(plan.groups.begin(), plan.groups.end(), [&](const auto& other) {
                        return other.yard == group.yard;
                      }) > 1) {
      apart_ = false;
    }
    groups_.push_back(Group{group.stints, group.between_days, group.to_dock_days,
                            group.to_station_days, group.theatre_share,
                            group.yard ? *group.yard + 1 : 0, ExtraTime(group.on_station),
                            ExtraTime(group.maintenance),
                            start_ == Start::staggered ? planned_cycle(group) : mean_cycle(group),
                            1.0 / std::max(group.hulls, 1), Stream(seed, name + ".phase")});
    for (int h = 0; h < group.hulls; ++h) {
      const std::string hull = fmt::format("{}.{}", name, h);
      hulls_.push_back(Hull{groups_.size() - 1, static_cast<double>(h) / group.hulls,
                            Stream(seed, hull + ".phase"), Stream(seed, hull + ".on_station"),
                            Stream(seed, hull + ".maintenance"), Stream(seed, hull + ".theatre")});
    }
  }
}

/// Draws of one block and the working memory of its runs.
class NavyRun {
 public:
  NavyRun(const NavySimulator& navy, std::uint64_t first, std::size_t count)
      : navy_(navy), first_(first), count_(count) {
    for (std::size_t h = 0; h < navy.hulls_.size(); ++h) {
      const NavySimulator::Group& group = group_of(h);
      station_draws_.push_back(draws(navy.hulls_[h].on_station, group.on_station));
      dock_draws_.push_back(draws(navy.hulls_[h].maintenance, group.maintenance));
    }
    tally_.periods.resize(navy.periods_.size());
    for (PeriodTally& period : tally_.periods) {
      period.at_least.assign(navy.hulls_.size() + 1, 0.0);
      period.at_least_squared.assign(navy.hulls_.size() + 1, 0.0);
      period.group_mean.assign(navy.groups_.size(), 0.0);
    }
    time_with_.assign(navy.hulls_.size() + 1, 0.0);
  }

  NavyTally run() {
    for (run_ = 0; run_ < count_; ++run_) {
      arrivals_.clear();
      departures_.clear();
      group_intervals_.clear();
      if (navy_.apart_) {
        for (std::size_t h = 0; h < navy_.hulls_.size(); ++h) follow(h);
      } else {
        take_events();
      }
      count();
      ++tally_.runs;
    }
    return std::move(tally_);
  }

 private:
  enum class State : std::uint8_t {
    on_station,
    between,
    to_dock,
    waiting,
    in_dock,
    to_station,
    ready
  };

  /// Where a hull stands in its chain.
  struct Progress {
    State state = State::on_station;
    double since = 0;
    double until = 0;
    int stint = 0;             // of this cycle
    std::uint64_t stints = 0;  // since the start
    std::uint64_t stays = 0;   // in a dock, since the start
  };

  const NavySimulator::Group& group_of(std::size_t hull) const {
    return navy_.groups_[navy_.hulls_[hull].group];
  }

  std::vector<double> draws(const Stream& stream, const ExtraTime& extra) const {
    std::vector<double> result(extra.random() ? cycles_at_once * block_runs : 0);
    for (std::size_t cycle = 0; cycle * block_runs < result.size(); ++cycle) {
      stream.fill(draw_number(cycle, first_), &result[cycle * block_runs], count_);
      extra.fill(&result[cycle * block_runs], count_);
    }
    return result;
  }

  double extra(const Stream& stream, const ExtraTime& time, const std::vector<double>& drawn,
               std::uint64_t cycle) const {
    if (!time.random()) return time.mean_extra_days;
    if (cycle < cycles_at_once) return drawn[cycle * block_runs + run_];
    return time.of(stream.uniform(draw_number(cycle, first_ + run_)));
  }

  /// How long something takes that begins at `since`. What began before the first day went by the
  /// plan (or the mean, when the start is random) up to then.
  double length(const ExtraTime& time, double since, double extra_days) const {
    if (since >= 0) return time.planned_days + extra_days;
    const bool by_plan = navy_.start_ == Start::staggered;
    const double expected = time.planned_days + (by_plan ? 0.0 : time.mean_extra_days);
    return by_plan && since + expected > 0 ? expected + extra_days : expected;
  }

  static void begin(Progress& now, State state, double since, double days) {
    now.state = state;
    now.since = since;
    now.until = since + days;
  }

  void begin_stint(std::size_t hull, Progress& now, double since) const {
    const ExtraTime& time = group_of(hull).on_station;
    const double more =
        extra(navy_.hulls_[hull].on_station, time, station_draws_[hull], now.stints);
    begin(now, State::on_station, since, length(time, since, more));
  }

  void begin_stay(std::size_t hull, Progress& now, double since) const {
    const ExtraTime& time = group_of(hull).maintenance;
    const double more = extra(navy_.hulls_[hull].maintenance, time, dock_draws_[hull], now.stays);
    begin(now, State::in_dock, since, length(time, since, more));
    ++now.stays;
  }

  /// The first day of a stint, before or on the first day of the simulation.
  double first_stint(std::size_t h) const {
    const NavySimulator::Hull& hull = navy_.hulls_[h];
    const NavySimulator::Group& group = group_of(h);
    const std::uint64_t run = first_ + run_;
    double place = 0;
    if (navy_.start_ == Start::random) {
      place = hull.phase.uniform(run);
    } else {
      place = hull.place + group.phase.uniform(run) * group.spacing;
    }
    return -place * group.start_cycle_days;
  }

  void note_stint(std::size_t h, const Progress& now) {
    if (now.until <= 0 || now.since >= navy_.horizon_days_) return;
    const NavySimulator::Group& group = group_of(h);
    if (group.theatre_share < 1) {
      const double u = navy_.hulls_[h].theatre.uniform(draw_number(now.stints, first_ + run_));
      if (u >= group.theatre_share) return;
    }
    arrivals_.push_back(std::max(now.since, 0.0));
    departures_.push_back(now.until);
    if (navy_.groups_.size() > 1) group_intervals_.push_back({navy_.hulls_[h].group, now});
  }

  /// A hull that waits for nobody.
  void follow(std::size_t h) {
    const NavySimulator::Group& group = group_of(h);
    Progress now;
    double time = first_stint(h);
    while (time < navy_.horizon_days_) {
      for (now.stint = 0; now.stint < group.stints; ++now.stint) {
        begin_stint(h, now, time);
        note_stint(h, now);
        ++now.stints;
        time = now.until + (now.stint + 1 < group.stints ? group.between_days : group.to_dock_days);
      }
      begin_stay(h, now, time);
      time = now.until + group.to_station_days;
    }
  }

  // --- hulls that wait for docks or for their turn ---

  void take_events() {
    const std::size_t hulls = navy_.hulls_.size();
    progress_.assign(hulls, Progress{});
    free_docks_ = navy_.yards_;
    dock_queue_.assign(navy_.yards_.size(), {});
    ready_.clear();
    on_station_ = 0;
    events_ = {};

    // Up to the first day hulls go by the plan; then those in a dock take it in the order in which
    // they came, and who finds none waits.
    std::vector<std::tuple<double, std::size_t>> in_dock;
    for (std::size_t h = 0; h < hulls; ++h) {
      go_to_first_day(h);
      if (progress_[h].state == State::in_dock) in_dock.emplace_back(progress_[h].since, h);
      if (progress_[h].state == State::on_station) ++on_station_;
    }
    std::sort(in_dock.begin(), in_dock.end());
    for (const auto& [since, h] : in_dock) {
      const std::size_t yard = group_of(h).yard;
      if (yard == 0) continue;
      if (free_docks_[yard - 1] > 0) {
        --free_docks_[yard - 1];
      } else {
        progress_[h].state = State::waiting;
        --progress_[h].stays;  // its stay, and with it the draw, is still to come
        dock_queue_[yard - 1].push_back(h);
      }
    }
    for (std::size_t h = 0; h < hulls; ++h) {
      if (progress_[h].state != State::waiting) events_.emplace(progress_[h].until, h);
    }

    while (!events_.empty() && events_.top().first < navy_.horizon_days_) {
      const auto [time, h] = events_.top();
      events_.pop();
      next(h, time);
    }
    for (std::size_t h = 0; h < hulls; ++h) {
      if (progress_[h].state == State::on_station) note_stint(h, progress_[h]);
    }
  }

  void go_to_first_day(std::size_t h) {
    const NavySimulator::Group& group = group_of(h);
    Progress& now = progress_[h];
    begin_stint(h, now, first_stint(h));
    while (now.until <= 0) {
      switch (now.state) {
        case State::on_station: {
          ++now.stints;
          const bool again = ++now.stint < group.stints;
          pass(now, again ? State::between : State::to_dock, now.until,
               again ? group.between_days : group.to_dock_days);
          break;
        }
        case State::to_dock:
          begin_stay(h, now, now.until);
          break;
        case State::in_dock:
          pass(now, State::to_station, now.until, group.to_station_days);
          break;
        case State::to_station:
          now.stint = 0;
          begin_stint(h, now, now.until);
          break;
        case State::between:
          begin_stint(h, now, now.until);
          break;
        case State::waiting:
        case State::ready:
          DELIAN_ASSERT(false);
      }
    }
  }

  static void pass(Progress& now, State state, double since, double days) {
    now.state = state;
    now.since = since;
    now.until = since + days;
  }

  /// What a hull does when its time in one state is over.
  void next(std::size_t h, double time) {
    const NavySimulator::Group& group = group_of(h);
    Progress& now = progress_[h];
    switch (now.state) {
      case State::on_station: {
        note_stint(h, now);
        ++now.stints;
        const bool again = ++now.stint < group.stints;
        pass(now, again ? State::between : State::to_dock, time,
             again ? group.between_days : group.to_dock_days);
        events_.emplace(now.until, h);
        --on_station_;
        relieve(time);
        break;
      }
      case State::between:
        arrive(h, time);
        break;
      case State::to_dock:
        if (group.yard > 0 && free_docks_[group.yard - 1] == 0) {
          now.state = State::waiting;
          dock_queue_[group.yard - 1].push_back(h);
        } else {
          if (group.yard > 0) --free_docks_[group.yard - 1];
          begin_stay(h, now, time);
          events_.emplace(now.until, h);
        }
        break;
      case State::in_dock:
        pass(now, State::to_station, time, group.to_station_days);
        events_.emplace(now.until, h);
        if (group.yard > 0) give_dock(group.yard - 1, time);
        break;
      case State::to_station:
        now.stint = 0;
        arrive(h, time);
        break;
      case State::waiting:
      case State::ready:
        DELIAN_ASSERT(false);
    }
  }

  void give_dock(std::size_t yard, double time) {
    if (dock_queue_[yard].empty()) {
      ++free_docks_[yard];
      return;
    }
    const std::size_t h = dock_queue_[yard].front();
    dock_queue_[yard].pop_front();
    begin_stay(h, progress_[h], time);
    events_.emplace(progress_[h].until, h);
  }

  void arrive(std::size_t h, double time) {
    if (navy_.stations_ > 0 && on_station_ >= navy_.stations_) {
      progress_[h].state = State::ready;
      ready_.push_back(h);
      return;
    }
    ++on_station_;
    begin_stint(h, progress_[h], time);
    events_.emplace(progress_[h].until, h);
  }

  void relieve(double time) {
    if (ready_.empty() || on_station_ >= navy_.stations_) return;
    const std::size_t h = ready_.front();
    ready_.pop_front();
    arrive(h, time);
  }

  // --- counting ---

  void count() {
    std::sort(arrivals_.begin(), arrivals_.end());
    std::sort(departures_.begin(), departures_.end());
    for (std::size_t p = 0; p < navy_.periods_.size(); ++p) {
      count_period(navy_.periods_[p].from_years, navy_.periods_[p].to_years, tally_.periods[p]);
    }
  }

  void count_period(double from, double to, PeriodTally& tally) {
    // arrivals_ and departures_ are sorted each; taken together they are the steps of the count.
    std::size_t arrived = 0;
    std::size_t departed = 0;
    std::size_t most = 0;
    double time = from;
    while (arrived < arrivals_.size() && arrivals_[arrived] <= from) ++arrived;
    while (departed < departures_.size() && departures_[departed] <= from) ++departed;
    std::size_t here = arrived - departed;
    while (time < to) {
      const double arrival = arrived < arrivals_.size() ? arrivals_[arrived] : to;
      const double departure = departed < departures_.size() ? departures_[departed] : to;
      const double step = std::min({arrival, departure, to});
      time_with_[here] += step - time;
      most = std::max(most, here);
      time = step;
      if (step >= to) break;
      if (departure <= arrival && here > 0) {  // a stint of no length has both at once
        ++departed;
        --here;
      } else {
        ++arrived;
        ++here;
      }
    }

    const double whole = to - from;
    double at_least = 0;
    double mean = 0;
    for (std::size_t k = most; k > 0; --k) {
      at_least += time_with_[k];
      time_with_[k] = 0;
      const double share = at_least / whole;
      tally.at_least[k] += share;
      tally.at_least_squared[k] += share * share;
      mean += share;
    }
    time_with_[0] = 0;
    tally.mean += mean;
    tally.mean_squared += mean * mean;
    if (navy_.groups_.size() == 1) {
      tally.group_mean[0] += mean;
      return;
    }
    for (const GroupInterval& interval : group_intervals_) {
      const double days = std::min(interval.stint.until, to) - std::max(interval.stint.since, from);
      if (days > 0) tally.group_mean[interval.group] += days / whole;
    }
  }

  struct GroupInterval {
    std::size_t group;
    Progress stint;
  };
  using Event = std::pair<double, std::size_t>;  // ties by the number of the hull

  const NavySimulator& navy_;
  std::uint64_t first_;
  std::size_t count_;
  std::size_t run_ = 0;                             // within the block
  std::vector<std::vector<double>> station_draws_;  // [hull][cycle * block_runs + run]
  std::vector<std::vector<double>> dock_draws_;
  NavyTally tally_;

  std::vector<double> arrivals_;
  std::vector<double> departures_;
  std::vector<GroupInterval> group_intervals_;
  std::vector<double> time_with_;  // [k], kept at 0 between uses

  std::vector<Progress> progress_;
  std::vector<int> free_docks_;
  std::vector<std::deque<std::size_t>> dock_queue_;
  std::deque<std::size_t> ready_;
  int on_station_ = 0;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
};

NavyTally NavySimulator::run(std::uint64_t first, std::size_t count) const {
  DELIAN_ASSERT(count <= block_runs);
  return NavyRun(*this, first, count).run();
}

}  // namespace delian::presence
