#pragma once
// How fast cargo gets there by air and by sea. Tons are short or metric as the caller likes,
// consistently; distances in nautical miles.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"

namespace delian::presence {

/// Aircraft alike.
struct Airlifter {
  std::string id;
  double aircraft = 0;
  double use_hours_per_day = 0;  ///< flown per aircraft and day, sustained
  double block_speed_kn = 0;     ///< distance over time from block to block
  double payload_tons = 0;       ///< average
};

/// The field where they unload.
struct Airfield {
  double parking = 0;          ///< wide-body places worked at once (maximum on ground); 0: no limit
  double hours_per_day = 24;   ///< open
  double ground_hours = 3.25;  ///< per visit (our judgement)
  double queue_efficiency = .85;  ///< of the places' time that is used (our judgement)
};

struct Airlift {
  double ton_miles_per_day = 0;
  double tons_per_day = 0;        ///< the lesser of the two below
  double fleet_tons_per_day = 0;  ///< what the aircraft carry
  double field_tons_per_day = 0;  ///< what the field takes; infinite without a limit
  double sorties_per_day = 0;     ///< landings that tons_per_day need
  bool field_binds = false;
  double closure_days = 0;  ///< flight time of the first plus tons / tons per day; may be infinite
};

/// Share of flying time that carries cargo forward: half of it comes back empty, and a little more
/// is lost to positioning.
inline constexpr double airlift_productivity = .47;

/// ton-miles per day = sum aircraft * hours * speed * payload * productivity, and tons per day that
/// divided by the one-way distance. Productivity already stands for the empty way back, so the
/// distance is not doubled.
///
/// Errors  E663: numbers out of range, no aircraft.
Expected<Airlift> airlift(const std::vector<Airlifter>& fleet, double distance_nm,
                          const Airfield& field, double tons, std::string_view pointer,
                          double productivity = airlift_productivity);

/// Ships alike.
struct Sealifter {
  std::string id;
  int ships = 0;
  double capacity_tons = 0;
  double speed_kn = 0;
  double activation_days = 0;  ///< from the order until it can load; 0 for ships in service
  double load_days = 0;
  double unload_days = 0;
  double wait_days = 0;    ///< at canals and straits, one way
  double sails_share = 1;  ///< chance that a ship can sail when it is called
};

struct Delivery {
  double day = 0;
  double tons = 0;  ///< by all deliveries up to this day
};

struct Sealift {
  std::vector<Delivery> all_sail;    ///< rising, until the requirement is met or the horizon ends
  std::vector<Delivery> expected;    ///< with each load counted by the chance of its ship
  double closure_days = 0;           ///< if every ship sails; infinite when not within the horizon
  double expected_closure_days = 0;  ///< when the expected tons reach the requirement
  /// Chance that the requirement is met by the horizon, and quantiles of the day of closure,
  /// infinite where fewer runs than that close in time.
  double closes_share = 0;
  double closure_p10 = 0, closure_p50 = 0, closure_p90 = 0;
};

/// First load after activation + load + passage + unload; a ship then goes back and forth. Ships
/// that fail stay away for good.
///
/// @param runs  for the quantiles: ships fail independently
/// Errors  E663: numbers out of range, no ships, more than 10,000.
Expected<Sealift> sealift(const std::vector<Sealifter>& fleet, double distance_nm, double tons,
                          double horizon_days, std::uint64_t runs, std::uint64_t seed,
                          std::string_view pointer);

}  // namespace delian::presence
