#include "models/consensus/silence_game.hpp"

#include <algorithm>

namespace delian::consensus {

// Both loops write first and count after: whether a member objects is a coin toss to the
// processor's branch prediction, and a wrong guess costs more than the arithmetic.

void least_equilibrium(const Game& game, Objectors& objectors) {
  const auto members = static_cast<std::uint32_t>(game.members);
  objectors.resize(2 * game.members + 1);  // those who object are met again in each pass
  std::size_t count = 0;
  double pressure = game.total_pressure;
  for (;;) {
    std::size_t joined = count;
    for (std::uint32_t i = 0; i < members; ++i) {
      const double others = std::max(0.0, pressure - game.pressure[i]);
      objectors[joined] = i;
      joined +=
          game.threshold[i] > (game.kappa0 + game.kappa1 * others) * game.cover[count] ? 1 : 0;
    }
    // A member that objects already meets the test again: its cost has only fallen.
    const auto first_new = objectors.begin() + static_cast<std::ptrdiff_t>(count);
    const auto end = objectors.begin() + static_cast<std::ptrdiff_t>(joined);
    const auto fresh = std::remove_if(first_new, end, [&](std::uint32_t i) {
      return std::find(objectors.begin(), first_new, i) != first_new;
    });
    const auto found = static_cast<std::size_t>(fresh - objectors.begin());
    if (found == count) break;
    for (std::size_t k = count; k < found; ++k) pressure -= game.pressure[objectors[k]];
    pressure = std::max(0.0, pressure);
    count = found;
    if (count == game.members) break;
  }
  objectors.resize(count);
}

void greatest_equilibrium(const Game& game, Objectors& objectors) {
  const auto members = static_cast<std::uint32_t>(game.members);
  objectors.resize(game.members + 1);
  std::size_t count = 0;
  double outside = 0;
  for (std::uint32_t i = 0; i < members; ++i) {
    const bool aggrieved = game.threshold[i] > 0;
    objectors[count] = i;
    count += aggrieved ? 1 : 0;
    outside += aggrieved ? 0.0 : game.pressure[i];
  }
  while (count > 0) {
    const double cost = (game.kappa0 + game.kappa1 * std::max(0.0, outside - game.pressure_lost)) *
                        game.cover[count - 1];
    std::size_t kept = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t i = objectors[k];
      const bool objects = game.threshold[i] > cost;
      objectors[kept] = i;
      kept += objects ? 1 : 0;
      outside += objects ? 0.0 : game.pressure[i];
    }
    if (kept == count) break;
    count = kept;
  }
  objectors.resize(count);
}

std::vector<double> cover_table(double phi, std::size_t members) {
  std::vector<double> cover(members + 1, 1.0);
  for (std::size_t k = 1; k <= members; ++k) cover[k] = cover[k - 1] * phi;
  return cover;
}

}  // namespace delian::consensus
