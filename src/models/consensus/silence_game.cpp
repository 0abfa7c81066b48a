#include "models/consensus/silence_game.hpp"

#include <algorithm>

namespace delian::consensus {
namespace {

// Pressure of those outside B; summed afresh each time, so that no error piles up.
double pressure_outside(const Game& game, const std::uint8_t* objects) {
  double sum = 0;
  for (std::size_t i = 0; i < game.members; ++i) sum += objects[i] != 0 ? 0 : game.pressure[i];
  return sum;
}

}  // namespace

std::size_t least_equilibrium(const Game& game, std::uint8_t* objects) {
  std::fill_n(objects, game.members, std::uint8_t{0});
  std::size_t count = 0;
  for (;;) {
    const double pressure = pressure_outside(game, objects);
    std::size_t added = 0;
    for (std::size_t i = 0; i < game.members; ++i) {
      if (objects[i] != 0) continue;
      const double others = std::max(0.0, pressure - game.pressure[i]);
      if (game.threshold[i] > (game.kappa0 + game.kappa1 * others) * game.cover[count]) {
        objects[i] = 2;  // joins after the pass: all move at once
        ++added;
      }
    }
    if (added == 0) return count;
    for (std::size_t i = 0; i < game.members; ++i) objects[i] = objects[i] != 0 ? 1 : 0;
    count += added;
  }
}

std::size_t greatest_equilibrium(const Game& game, std::uint8_t* objects,
                                 std::vector<std::uint32_t>& scratch) {
  scratch.resize(game.members);
  std::fill_n(objects, game.members, std::uint8_t{0});
  std::size_t count = 0;
  double outside = 0;
  for (std::size_t i = 0; i < game.members; ++i) {
    if (game.threshold[i] > 0) {
      scratch[count++] = static_cast<std::uint32_t>(i);
    } else {
      outside += game.pressure[i];
    }
  }
  while (count > 0) {
    const double cost = (game.kappa0 + game.kappa1 * outside) * game.cover[count - 1];
    std::size_t kept = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t i = scratch[k];
      if (game.threshold[i] > cost) {
        scratch[kept++] = i;
      } else {
        outside += game.pressure[i];
      }
    }
    if (kept == count) break;
    count = kept;
  }
  for (std::size_t k = 0; k < count; ++k) objects[scratch[k]] = 1;
  return count;
}

std::vector<double> cover_table(double phi, std::size_t members) {
  std::vector<double> cover(members + 1, 1.0);
  for (std::size_t k = 1; k <= members; ++k) cover[k] = cover[k - 1] * phi;
  return cover;
}

}  // namespace delian::consensus
