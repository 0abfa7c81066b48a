#pragma once
// How many ships arrive by when after a trigger. Where each hull stands in its cycle on that day
// decides when it can sail.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/presence.hpp"
#include "delian/run_context.hpp"

namespace delian::presence {

enum class Phase : std::uint8_t { deployed, sustainment, integrated, basic, maintenance };
inline constexpr std::size_t phase_count = 5;
std::string_view phase_id(Phase phase);

/// Days from the trigger until a hull in some phase can sail; any day between the two is as likely.
struct ReadinessBand {
  double low_days = 0;
  double high_days = 0;
};

/// Our judgement, by Phase: 0, 5 to 30, 30 to 90, 90 to 180, 180 to 360. In 2003 the US aim was
/// half of the carriers within 30 days and two thirds within 90 (docs/presence.md).
inline constexpr std::array<ReadinessBand, phase_count> readiness_bands{
    ReadinessBand{0, 0}, ReadinessBand{5, 30}, ReadinessBand{30, 90}, ReadinessBand{90, 180},
    ReadinessBand{180, 360}};

/// Days that a cycle spends in each Phase; passage counts as deployed.
std::array<double, phase_count> phase_days(const Cycle& cycle);

/// Hulls alike of one member.
struct SurgeGroup {
  std::string member;
  std::string id;
  int hulls = 0;
  std::array<double, phase_count> phase_days{};  ///< how a cycle is divided; any unit
  std::array<ReadinessBand, phase_count> bands = readiness_bands;
  double passage_days = 0;           ///< from home to the theatre
  double deployed_passage_days = 0;  ///< from where its deployed hulls are
  double sails_share = 1;            ///< chance that a hull is sent at all
};

/// Ships that are there on the first day and stay: resident ones, those on station.
struct AlreadyThere {
  std::string member;
  int ships = 0;
};

/// Quantiles: the least number (or day) that at least 10, 50, 90 % of the runs do not exceed.
struct Band {
  double p10 = 0;
  double p50 = 0;
  double p90 = 0;
  double mean = 0;
};

struct ArrivalCurve {
  std::string member;       ///< empty for all together
  std::vector<Band> ships;  ///< by day asked for
};

struct NthArrival {
  Band day;          ///< of the runs in which so many come; 0 when none does
  double share = 0;  ///< of runs in which they come at all within the horizon
};

struct Surge {
  std::uint64_t runs = 0;
  bool cancelled = false;
  std::vector<double> days;           ///< as asked for
  std::vector<ArrivalCurve> members;  ///< in the order in which they first appear
  ArrivalCurve total;
  std::vector<NthArrival> nth_arrival;  ///< [k]: the (k + 1)-th ship of all
};

/// F(t) = ships there + sum over hulls of 1[t >= ready + passage]. Within a group hulls are spread
/// evenly over the cycle, from a start drawn for each run; each is ready at a day drawn from the
/// band of the phase it is in.
///
/// Run r is a pure function of the seed, member and group, the hull's number and r.
///
/// Errors  E662: nobody to send, more than 10,000 hulls, days not rising; E660: numbers out of
///         range.
Expected<Surge> simulate_surge(const std::vector<SurgeGroup>& groups,
                               const std::vector<AlreadyThere>& there,
                               const std::vector<double>& days, std::uint64_t runs,
                               std::uint64_t seed, const RunContext& context,
                               std::string_view pointer);

}  // namespace delian::presence
