// Strategic lift: air throughput and sea closure.

#include "delian/lift.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "delian/random.hpp"
#include "models/presence/requirements.hpp"

namespace delian::presence {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double most_tons = 1e12;
constexpr int most_ships = 10'000;
constexpr std::uint64_t most_runs = 10'000'000;
/// Back and forth faster than this is no sealift, and a list of deliveries has to end.
constexpr std::size_t most_deliveries = 1'000'000;

/// One load of one ship.
struct Load {
  double day;
  double tons;
  std::size_t ship;
  double chance;
};

/// Sums of tons by day, up to the day on which the requirement is met.
template <class TonsOf>
std::vector<Delivery> summed(const std::vector<Load>& loads, double tons, const TonsOf& tons_of) {
  std::vector<Delivery> result;
  for (const Load& load : loads) {
    const double before = result.empty() ? 0.0 : result.back().tons;
    if (result.empty() || result.back().day < load.day) {
      if (before >= tons && !result.empty()) break;
      result.push_back({load.day, before});
    }
    result.back().tons += tons_of(load);
  }
  return result;
}

double closing_day(const std::vector<Delivery>& deliveries, double tons) {
  if (tons <= 0) return 0;
  return deliveries.empty() || deliveries.back().tons < tons ? infinite : deliveries.back().day;
}

}  // namespace

Expected<Airlift> airlift(const std::vector<Airlifter>& fleet, double distance_nm,
                          const Airfield& field, double tons, std::string_view pointer,
                          double productivity) {
  Requirements needs("E663", pointer);
  needs.require(!fleet.empty(), "aircraft", "There are no aircraft.");
  for (const Airlifter& kind : fleet) {
    needs.between(kind.aircraft, 0, 1e6, kind.id + ".aircraft");
    needs.between(kind.use_hours_per_day, 0, 24, kind.id + ".use_hours_per_day");
    needs.above(kind.block_speed_kn, 0, 3000, kind.id + ".block_speed_kn");
    needs.between(kind.payload_tons, 0, 1000, kind.id + ".payload_tons");
  }
  needs.above(distance_nm, 0, most_nm, "distance_nm");
  needs.between(tons, 0, most_tons, "tons");
  needs.above(productivity, 0, 1, "productivity");
  needs.between(field.parking, 0, 1e6, "field.parking");
  needs.between(field.hours_per_day, 0, 24, "field.hours_per_day");
  needs.above(field.ground_hours, 0, 1000, "field.ground_hours");
  needs.above(field.queue_efficiency, 0, 1, "field.queue_efficiency");
  if (!needs.met()) return tl::unexpected(std::move(needs).problems());

  Airlift result;
  double sorties = 0;  // the fleet could fly, per day
  double fastest = 0;
  for (const Airlifter& kind : fleet) {
    const double miles =
        kind.aircraft * kind.use_hours_per_day * kind.block_speed_kn * productivity;
    result.ton_miles_per_day += miles * kind.payload_tons;
    sorties += miles / distance_nm;
    if (kind.aircraft > 0) fastest = std::max(fastest, kind.block_speed_kn);
  }
  result.fleet_tons_per_day = result.ton_miles_per_day / distance_nm;
  result.field_tons_per_day = infinite;
  double field_sorties = infinite;
  if (field.parking > 0) {
    field_sorties =
        field.parking * field.hours_per_day / field.ground_hours * field.queue_efficiency;
    // The mix of loads that lands is the mix the fleet flies.
    const double load = sorties > 0 ? result.fleet_tons_per_day / sorties : 0.0;
    result.field_tons_per_day = field_sorties * load;
  }
  result.field_binds = field_sorties < sorties;
  result.tons_per_day = std::min(result.fleet_tons_per_day, result.field_tons_per_day);
  result.sorties_per_day = std::min(sorties, field_sorties);
  if (tons <= 0) {
    result.closure_days = 0;
  } else {
    result.closure_days = result.tons_per_day > 0
                              ? distance_nm / (24 * fastest) + tons / result.tons_per_day
                              : infinite;
  }
  return result;
}

Expected<Sealift> sealift(const std::vector<Sealifter>& fleet, double distance_nm, double tons,
                          double horizon_days, std::uint64_t runs, std::uint64_t seed,
                          std::string_view pointer) {
  Requirements needs("E663", pointer);
  needs.require(!fleet.empty(), "ships", "There are no ships.");
  needs.between(distance_nm, 0, most_nm, "distance_nm");
  needs.between(tons, 0, most_tons, "tons");
  needs.above(horizon_days, 0, most_days, "horizon_days");
  needs.require(runs >= 1 && runs <= most_runs, "runs",
                fmt::format("{} runs; it takes 1 to {}.", runs, most_runs));
  double ships = 0;
  double deliveries = 0;
  for (const Sealifter& kind : fleet) {
    needs.between(kind.ships, 0, most_ships, kind.id + ".ships");
    needs.between(kind.capacity_tons, 0, 1e7, kind.id + ".capacity_tons");
    needs.above(kind.speed_kn, 0, 100, kind.id + ".speed_kn");
    needs.between(kind.activation_days, 0, most_days, kind.id + ".activation_days");
    needs.between(kind.load_days, 0, most_days, kind.id + ".load_days");
    needs.between(kind.unload_days, 0, most_days, kind.id + ".unload_days");
    needs.between(kind.wait_days, 0, most_days, kind.id + ".wait_days");
    needs.between(kind.sails_share, 0, 1, kind.id + ".sails_share");
    ships += kind.ships;
    const double round = kind.load_days + kind.unload_days +
                         2 * (distance_nm / (24 * kind.speed_kn) + kind.wait_days);
    deliveries += kind.ships * (horizon_days / round + 1);
  }
  needs.require(ships <= most_ships, "ships",
                fmt::format("{} ships are more than {}.", ships, most_ships));
  needs.require(deliveries <= static_cast<double>(most_deliveries), "horizon_days",
                "So many loads cannot be followed: passages are short and the horizon is far.",
                "Choose a nearer horizon.");
  if (!needs.met()) return tl::unexpected(std::move(needs).problems());

  std::vector<Load> loads;
  std::vector<Stream> streams;
  std::vector<double> chances;
  for (std::size_t k = 0; k < fleet.size(); ++k) {
    const Sealifter& kind = fleet[k];
    const double passage = distance_nm / (24 * kind.speed_kn) + kind.wait_days;
    const double round = kind.load_days + kind.unload_days + 2 * passage;
    for (int s = 0; s < kind.ships; ++s) {
      const std::size_t ship = streams.size();
      streams.emplace_back(seed, fmt::format("lift.{}.{}.{}", k, kind.id, s));
      chances.push_back(kind.sails_share);
      const double first = kind.activation_days + kind.load_days + passage + kind.unload_days;
      for (int trip = 0; first + trip * round <= horizon_days; ++trip) {
        loads.push_back({first + trip * round, kind.capacity_tons, ship, kind.sails_share});
      }
    }
  }
  std::stable_sort(loads.begin(), loads.end(),
                   [](const Load& a, const Load& b) { return a.day < b.day; });

  Sealift result;
  result.all_sail = summed(loads, tons, [](const Load& load) { return load.tons; });
  result.expected = summed(loads, tons, [](const Load& load) { return load.tons * load.chance; });
  result.closure_days = closing_day(result.all_sail, tons);
  result.expected_closure_days = closing_day(result.expected, tons);

  std::vector<double> closures;
  std::vector<char> sails(streams.size());
  for (std::uint64_t run = 0; run < runs; ++run) {
    for (std::size_t s = 0; s < streams.size(); ++s) {
      sails[s] = chances[s] >= 1 || streams[s].uniform(run) < chances[s] ? 1 : 0;
    }
    double sum = 0;
    double day = tons > 0 ? infinite : 0;
    for (const Load& load : loads) {
      if (sum >= tons) break;
      if (sails[load.ship] == 0) continue;
      sum += load.tons;
      if (sum >= tons) day = load.day;
    }
    closures.push_back(day);
    if (day < infinite) result.closes_share += 1;
  }
  result.closes_share /= static_cast<double>(runs);
  std::sort(closures.begin(), closures.end());
  const auto at = [&](std::size_t percent) {
    return closures[(closures.size() * percent + 99) / 100 - 1];
  };
  result.closure_p10 = at(10);
  result.closure_p50 = at(50);
  result.closure_p90 = at(90);
  return result;
}

}  // namespace delian::presence
