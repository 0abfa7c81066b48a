#pragma once
// The ways to a theatre's station, whichever of its gates are shut.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "delian/scenario.hpp"
#include "delian/sea.hpp"

namespace delian::presence {

/// Index into the facts of the network.
std::optional<std::size_t> find_port(const sea::Network& network, std::string_view id);

/// The shortest way from any of some ports; without a port there is none.
struct Way {
  std::optional<std::size_t> port;
  double distance_nm = 0;
  double wait_days = 0;

  double days(double speed_kn) const { return distance_nm / (24 * speed_kn) + wait_days; }
};

/// Finds ways by which gates are shut. A way that passes none of the gates shut stays the shortest,
/// so that only those are searched for that some closure bars.
///
/// Network and theatre must outlive it; the theatre's gates must be known.
class TheatreWays {
 public:
  TheatreWays(const sea::Network& network, const Theatre& theatre, std::size_t station);

  /// The way of an escort that takes the fewest days.
  ///
  /// @param shut  bit k: gate of closure k of the theatre
  Way shortest(const std::vector<std::size_t>& ports, std::uint64_t shut);

 private:
  struct Found {
    Way way;
    std::uint64_t passes = 0;  // bit k: a gate of closure k
  };
  const Found& search(std::size_t port, std::uint64_t shut);
  const sea::Chart& chart(std::uint64_t shut);

  const sea::Network& network_;
  const Theatre& theatre_;
  std::size_t station_;
  std::vector<std::uint64_t> closures_of_;  // [gate], bit k: closure k shuts it
  std::map<std::uint64_t, std::unique_ptr<sea::Chart>> charts_;
  std::map<std::pair<std::size_t, std::uint64_t>, Found> found_;
};

}  // namespace delian::presence
