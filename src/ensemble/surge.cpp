// Arrival curves: hulls spread over their cycles, a day of sailing for each, counts folded.

#include "delian/surge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "delian/random.hpp"
#include "ensemble/reduce.hpp"
#include "models/presence/requirements.hpp"

namespace delian::presence {
namespace {

constexpr std::size_t surge_block = 256;
constexpr std::size_t most_days_asked = 10'000;
constexpr int most_surge_hulls = 10'000;
constexpr std::uint64_t most_surge_runs = 10'000'000;

Diagnostics problems_of(const std::vector<SurgeGroup>& groups,
                        const std::vector<AlreadyThere>& there, const std::vector<double>& days,
                        std::uint64_t runs, std::string_view pointer) {
  Requirements numbers("E660", pointer);
  Requirements sense("E662", pointer);
  double ships = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const SurgeGroup& group = groups[g];
    const std::string key = fmt::format("groups.{}", g);
    numbers.between(group.hulls, 0, most_hulls, key + ".hulls");
    numbers.between(group.passage_days, 0, most_days, key + ".passage_days");
    numbers.between(group.deployed_passage_days, 0, most_days, key + ".deployed_passage_days");
    numbers.between(group.sails_share, 0, 1, key + ".sails_share");
    double whole = 0;
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
      const std::string part = fmt::format("{}.{}", key, phase_id(static_cast<Phase>(phase)));
      numbers.between(group.phase_days[phase], 0, most_days, part);
      numbers.between(group.bands[phase].low_days, 0, most_days, part + ".low_days");
      numbers.between(group.bands[phase].high_days, 0, most_days, part + ".high_days");
      sense.require(group.bands[phase].low_days <= group.bands[phase].high_days, part,
                    fmt::format("Ready between {} and {} days: the lower stands first.",
                                group.bands[phase].low_days, group.bands[phase].high_days));
      whole += group.phase_days[phase];
    }
    sense.require(group.hulls == 0 || whole > 0, key, "The cycle has no phases.",
                  "phase_days() takes them from a Cycle.");
    ships += group.hulls;
    for (std::size_t other = 0; other < g; ++other) {
      sense.require(groups[other].member != group.member || groups[other].id != group.id, key,
                    fmt::format("{} has two groups named \"{}\".", group.member, group.id),
                    "Their hulls would share one fate. Name them apart.");
    }
  }
  for (std::size_t t = 0; t < there.size(); ++t) {
    numbers.between(there[t].ships, 0, most_hulls, fmt::format("there.{}.ships", t));
    ships += there[t].ships;
  }
  sense.require(!groups.empty() || !there.empty(), "groups", "There is nobody to send.");
  sense.require(ships <= most_surge_hulls, "groups",
                fmt::format("{} hulls are more than {}.", ships, most_surge_hulls));
  sense.require(!days.empty() && days.size() <= most_days_asked, "days",
                fmt::format("{} days asked for; it takes 1 to {}.", days.size(), most_days_asked));
  for (std::size_t d = 0; d < days.size(); ++d) {
    numbers.between(days[d], 0, most_days, fmt::format("days.{}", d));
    sense.require(d == 0 || days[d - 1] < days[d], fmt::format("days.{}", d),
                  fmt::format("Day {} does not come after the one before.", days[d]));
  }
  sense.require(runs >= 1 && runs <= most_surge_runs, "runs",
                fmt::format("{} runs; it takes 1 to {}.", runs, most_surge_runs));
  Diagnostics problems = std::move(numbers).problems();
  const Diagnostics others = std::move(sense).problems();
  problems.insert(problems.end(), others.begin(), others.end());
  return problems;
}

struct HullStreams {
  std::size_t group;
  std::size_t member;
  double place;
  Stream ready;
  Stream sails;
};

/// What one block of runs found.
struct SurgeTally {
  std::uint64_t runs = 0;
  std::vector<std::vector<std::vector<std::uint32_t>>> runs_with;  // [member][day][ships]
  std::vector<std::vector<double>> arrivals;                       // [run], sorted
};

class SurgeModel {
 public:
  SurgeModel(const std::vector<SurgeGroup>& groups, const std::vector<AlreadyThere>& there,
             const std::vector<double>& days, std::uint64_t seed)
      : groups_(groups), days_(days) {
    for (const AlreadyThere& ships : there) {
      present_.resize(std::max(present_.size(), member(ships.member) + 1), 0);
      present_[member(ships.member)] += static_cast<std::size_t>(ships.ships);
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const SurgeGroup& group = groups[g];
      const std::string name = fmt::format("surge.{}.{}", group.member, group.id);
      const std::size_t m = member(group.member);
      start_.emplace_back(seed, name + ".phase");
      for (int h = 0; h < group.hulls; ++h) {
        hulls_.push_back(HullStreams{g, m, static_cast<double>(h) / group.hulls,
                                     Stream(seed, fmt::format("{}.{}.ready", name, h)),
                                     Stream(seed, fmt::format("{}.{}.sails", name, h))});
      }
    }
    present_.resize(names_.size(), 0);
    most_ = present_;
    for (const HullStreams& hull : hulls_) ++most_[hull.member];
    all_ = names_.size();
    most_.push_back(std::accumulate(most_.begin(), most_.end(), std::size_t{0}));
  }

  const std::vector<std::string>& names() const { return names_; }
  std::size_t most_ships() const { return most_.back(); }

  SurgeTally run(std::uint64_t first, std::size_t count) const {
    SurgeTally tally;
    tally.runs_with.resize(most_.size());
    for (std::size_t m = 0; m < most_.size(); ++m) {
      tally.runs_with[m].assign(days_.size(), std::vector<std::uint32_t>(most_[m] + 1, 0));
    }
    std::vector<std::vector<std::size_t>> ships(most_.size(),
                                                std::vector<std::size_t>(days_.size()));
    for (std::uint64_t run = first; run < first + count; ++run) {
      for (auto& by_day : ships) std::fill(by_day.begin(), by_day.end(), std::size_t{0});
      std::vector<double> arrivals;
      for (std::size_t m = 0; m < present_.size(); ++m) {
        ships[m][0] += present_[m];
        arrivals.insert(arrivals.end(), present_[m], 0.0);
      }
      for (const HullStreams& hull : hulls_) {
        const double day = arrival(hull, run);
        if (day > days_.back()) continue;
        arrivals.push_back(day);
        const auto seen = std::lower_bound(days_.begin(), days_.end(), day) - days_.begin();
        ++ships[hull.member][static_cast<std::size_t>(seen)];
      }
      for (std::size_t m = 0; m < all_; ++m) {
        std::partial_sum(ships[m].begin(), ships[m].end(), ships[m].begin());
        for (std::size_t d = 0; d < days_.size(); ++d) ships[all_][d] += ships[m][d];
      }
      for (std::size_t m = 0; m < most_.size(); ++m) {
        for (std::size_t d = 0; d < days_.size(); ++d) ++tally.runs_with[m][d][ships[m][d]];
      }
      std::sort(arrivals.begin(), arrivals.end());
      tally.arrivals.push_back(std::move(arrivals));
      ++tally.runs;
    }
    return tally;
  }

 private:
  std::size_t member(const std::string& name) {
    const auto known = std::find(names_.begin(), names_.end(), name);
    if (known != names_.end()) return static_cast<std::size_t>(known - names_.begin());
    names_.push_back(name);
    return names_.size() - 1;
  }

  /// The day on which a hull arrives; infinite when it does not sail.
  double arrival(const HullStreams& hull, std::uint64_t run) const {
    const SurgeGroup& group = groups_[hull.group];
    if (group.sails_share < 1 && hull.sails.uniform(run) >= group.sails_share) {
      return std::numeric_limits<double>::infinity();
    }
    const double whole = std::accumulate(group.phase_days.begin(), group.phase_days.end(), 0.0);
    double left = (hull.place + start_[hull.group].uniform(run) / group.hulls) * whole;
    std::size_t phase = 0;
    while (phase + 1 < phase_count && left >= group.phase_days[phase]) {
      left -= group.phase_days[phase++];
    }
    const ReadinessBand& band = group.bands[phase];
    const double ready = band.low_days + (band.high_days - band.low_days) * hull.ready.uniform(run);
    return ready + (static_cast<Phase>(phase) == Phase::deployed ? group.deployed_passage_days
                                                                 : group.passage_days);
  }

  const std::vector<SurgeGroup>& groups_;
  const std::vector<double>& days_;
  std::vector<std::string> names_;
  std::vector<std::size_t> present_;  // by member
  std::vector<std::size_t> most_;     // by member, then all
  std::size_t all_ = 0;
  std::vector<Stream> start_;  // by group
  std::vector<HullStreams> hulls_;
};

/// The least number that a share of the runs does not exceed.
double quantile(const std::vector<std::uint64_t>& runs_with, std::uint64_t runs,
                std::uint64_t percent) {
  std::uint64_t below = 0;
  for (std::size_t k = 0; k < runs_with.size(); ++k) {
    below += runs_with[k];
    if (100 * below >= percent * runs) return static_cast<double>(k);
  }
  return static_cast<double>(runs_with.size() - 1);
}

Band band_of(const std::vector<std::uint64_t>& runs_with, std::uint64_t runs) {
  double sum = 0;
  for (std::size_t k = 0; k < runs_with.size(); ++k) {
    sum += static_cast<double>(k) * static_cast<double>(runs_with[k]);
  }
  return {quantile(runs_with, runs, 10), quantile(runs_with, runs, 50),
          quantile(runs_with, runs, 90), sum / static_cast<double>(runs)};
}

NthArrival nth_of(std::vector<double>& days, std::uint64_t runs) {
  NthArrival result;
  result.share = static_cast<double>(days.size()) / static_cast<double>(runs);
  if (days.empty()) return result;
  const double sum = std::accumulate(days.begin(), days.end(), 0.0);  // in the order of runs
  result.day.mean = sum / static_cast<double>(days.size());
  std::sort(days.begin(), days.end());
  const auto at = [&](std::size_t percent) { return days[(days.size() * percent + 99) / 100 - 1]; };
  result.day.p10 = at(10);
  result.day.p50 = at(50);
  result.day.p90 = at(90);
  return result;
}

}  // namespace

std::string_view phase_id(Phase phase) {
  switch (phase) {
    case Phase::deployed:
      return "deployed";
    case Phase::sustainment:
      return "sustainment";
    case Phase::integrated:
      return "integrated";
    case Phase::basic:
      return "basic";
    case Phase::maintenance:
      break;
  }
  return "maintenance";
}

std::array<double, phase_count> phase_days(const Cycle& cycle) {
  return {cycle.deployments * cycle.deployment_days, cycle.sustainment_days, cycle.integrated_days,
          cycle.basic_days, cycle.maintenance_days};
}

Expected<Surge> simulate_surge(const std::vector<SurgeGroup>& groups,
                               const std::vector<AlreadyThere>& there,
                               const std::vector<double>& days, std::uint64_t runs,
                               std::uint64_t seed, const RunContext& context,
                               std::string_view pointer) {
  if (Diagnostics problems = problems_of(groups, there, days, runs, pointer); !problems.empty()) {
    return tl::unexpected(std::move(problems));
  }
  const SurgeModel model(groups, there, days, seed);
  const std::size_t curves = model.names().size() + 1;

  std::uint64_t done = 0;
  std::vector<std::vector<std::vector<std::uint64_t>>> runs_with(curves);
  std::vector<std::vector<double>> nth(model.most_ships());
  const std::uint64_t blocks = (runs + surge_block - 1) / surge_block;
  reduce_in_order(
      static_cast<std::size_t>(blocks), context,
      [&](std::size_t block) {
        const std::uint64_t first = block * surge_block;
        return model.run(
            first, static_cast<std::size_t>(std::min<std::uint64_t>(surge_block, runs - first)));
      },
      [&](const SurgeTally& tally) {
        done += tally.runs;
        for (std::size_t m = 0; m < curves; ++m) {
          runs_with[m].resize(days.size());
          for (std::size_t d = 0; d < days.size(); ++d) {
            const std::vector<std::uint32_t>& more = tally.runs_with[m][d];
            runs_with[m][d].resize(more.size(), 0);
            for (std::size_t k = 0; k < more.size(); ++k) runs_with[m][d][k] += more[k];
          }
        }
        for (const std::vector<double>& arrivals : tally.arrivals) {
          for (std::size_t k = 0; k < arrivals.size(); ++k) nth[k].push_back(arrivals[k]);
        }
      });

  Surge result;
  result.runs = done;
  result.cancelled = done < runs;
  result.days = days;
  if (done == 0) return result;
  for (std::size_t m = 0; m < curves; ++m) {
    ArrivalCurve curve;
    for (const std::vector<std::uint64_t>& of_day : runs_with[m]) {
      curve.ships.push_back(band_of(of_day, done));
    }
    if (m + 1 < curves) {
      curve.member = model.names()[m];
      result.members.push_back(std::move(curve));
    } else {
      result.total = std::move(curve);
    }
  }
  for (std::vector<double>& arrivals : nth) result.nth_arrival.push_back(nth_of(arrivals, done));
  return result;
}

}  // namespace delian::presence
