// Every coalition of a small body is looked at: for replication of published tables, not for speed.

#include <fmt/format.h>

#include <numeric>
#include <utility>

#include "models/power/methods.hpp"

namespace delian::power {
namespace {

constexpr std::size_t most_looked_at = 24;

void normalise(std::vector<double>& values) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  for (double& v : values) v /= sum;
}

}  // namespace

Expected<CoalitionIndices> coalition_indices(const SimpleGame& game) {
  const std::size_t n = game.members();
  if (n > most_looked_at) {
    return tl::unexpected(Diagnostics{diagnose(
        "E410", "rule",
        fmt::format("Indices over coalitions look at every one, which {} members have too many of.",
                    n),
        fmt::format("Ask for bodies of up to {} members.", most_looked_at))});
  }
  CoalitionIndices result;
  result.deegan_packel.assign(n, 0);
  result.public_good.assign(n, 0);
  result.johnston.assign(n, 0);
  std::vector<std::uint8_t> wins(std::size_t{1} << n);
  std::vector<std::uint8_t> coalition(n);
  for (std::size_t mask = 0; mask < wins.size(); ++mask) {
    for (std::size_t i = 0; i < n; ++i) coalition[i] = static_cast<std::uint8_t>(mask >> i & 1);
    wins[mask] = game.wins(coalition) ? 1 : 0;
  }
  std::vector<std::size_t> swinging;
  for (std::size_t mask = 0; mask < wins.size(); ++mask) {
    if (wins[mask] == 0) continue;
    swinging.clear();
    std::size_t size = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if ((mask >> i & 1) == 0) continue;
      ++size;
      if (wins[mask ^ std::size_t{1} << i] == 0) swinging.push_back(i);
    }
    const bool minimal = swinging.size() == size;
    for (const std::size_t i : swinging) {
      result.johnston[i] += 1 / static_cast<double>(swinging.size());
      if (!minimal) continue;
      result.deegan_packel[i] += 1 / static_cast<double>(size);
      result.public_good[i] += 1;
    }
  }
  normalise(result.deegan_packel);
  normalise(result.public_good);
  normalise(result.johnston);
  return result;
}

}  // namespace delian::power
