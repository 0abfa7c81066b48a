#include <algorithm>
#include <array>

#include "delian/assert.hpp"
#include "delian/uncertain.hpp"
#include "numerics/elementary.hpp"
#include "numerics/kernel.hpp"

namespace delian {
namespace {

/// Draws per pass: the arrays of one block stay in the fastest cache.
constexpr std::size_t block_size = 256;
using Block = std::array<double, block_size>;

/// On the transformed axis; keeps what is infinitely far in the tail finite and above 0.
constexpr double furthest = 700;

double to_axis(double number, Support support) {
  if (support == Support::positive) return numerics::log(number);
  constexpr double edge = QuantileFunction::edge;
  return numerics::logit(std::clamp(number, edge, 100 - edge) / 100);
}

/// z, the standard normal quantiles, becomes the place on the transformed axis.
DELIAN_KERNEL void place_each(const Block& centre, const Block& below, const Block& above, Block& z,
                              std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) {
    const double spread = z[k] < 0 ? below[k] : above[k];
    const double at = centre[k] + spread * z[k];
    const double at_least = at < -furthest ? -furthest : at;
    z[k] = at_least > furthest ? furthest : at_least;
  }
}

DELIAN_KERNEL void to_points_each(Block& share, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) share[k] = 100.0 * share[k];
}

}  // namespace

QuantileFunction::QuantileFunction(const Uncertain& value, double interval)
    : support_(value.support()) {
  DELIAN_ASSERT(interval > 0 && interval < 1);
  const double z = numerics::normal_quantile(0.5 + interval / 2);  // of the stated ends
  double total = 0;  // stated shares may miss 1 by rounding: 33.3 % three times
  for (const Branch& branch : value.branches()) total += branch.probability;

  double share = 0;
  for (const Branch& branch : value.branches()) {
    const Spread& spread = branch.spread;
    Piece piece{};
    piece.lower_share = share / total;
    share += branch.probability;
    piece.upper_share = share / total;
    piece.flat = spread.kind == Spread::Kind::unknown;
    piece.exact = spread.kind == Spread::Kind::exact;
    piece.value = spread.low;
    if (!piece.flat && !piece.exact) {
      const double low = to_axis(spread.low, support_);
      const double high = to_axis(spread.high, support_);
      piece.centre = spread.kind == Spread::Kind::best_and_range ? to_axis(spread.best, support_)
                                                                 : low + (high - low) / 2;
      piece.spread_below = (piece.centre - low) / z;
      piece.spread_above = (high - piece.centre) / z;
    }
    pieces_.push_back(piece);
  }
  pieces_.back().upper_share = 1;
}

double QuantileFunction::operator()(double u) const {
  double quantile = 0;
  fill(&u, &quantile, 1);
  return quantile;
}

void QuantileFunction::fill(const double* u, double* out, std::size_t count) const {
  const auto always = [&](bool Piece::* kind) {
    return std::ranges::all_of(pieces_, [&](const Piece& p) { return p.*kind; });
  };
  const auto ever = [&](bool Piece::* kind) {
    return std::ranges::any_of(pieces_, [&](const Piece& p) { return p.*kind; });
  };
  if (pieces_.size() == 1 && always(&Piece::exact)) {
    std::fill(out, out + count, pieces_.front().value);
    return;
  }

  const bool one = pieces_.size() == 1;
  const bool shaped = !always(&Piece::exact) && !always(&Piece::flat);
  const bool overridden = ever(&Piece::exact) || ever(&Piece::flat);
  std::array<const Piece*, block_size> piece;  // of each draw
  Block within, centre, below, above, z;       // `within`: u on the scale of its own branch
  const auto choose = [&](std::size_t k, const Piece& chosen) {
    piece[k] = &chosen;
    centre[k] = chosen.centre;
    below[k] = chosen.spread_below;
    above[k] = chosen.spread_above;
  };
  if (one) {
    for (std::size_t k = 0; k < std::min(count, block_size); ++k) choose(k, pieces_.front());
  }

  for (std::size_t start = 0; start < count; start += block_size) {
    const std::size_t n = std::min(block_size, count - start);
    if (one) {
      std::copy_n(u + start, n, within.begin());
    } else {
      for (std::size_t k = 0; k < n; ++k) {
        const double share = u[start + k];
        std::size_t index = 0;
        while (index + 1 < pieces_.size() && share >= pieces_[index].upper_share) ++index;
        const Piece& chosen = pieces_[index];
        choose(k, chosen);
        // A draw on the very border would have an infinite quantile.
        within[k] =
            std::clamp((share - chosen.lower_share) / (chosen.upper_share - chosen.lower_share),
                       0x1p-53, 1 - 0x1p-53);
      }
    }
    if (shaped) {
      numerics::normal_quantile_each(within.data(), z.data(), n);
      place_each(centre, below, above, z, n);
      if (support_ == Support::positive) {
        numerics::exp_each(z.data(), z.data(), n);
      } else {
        numerics::logistic_each(z.data(), z.data(), n);
        to_points_each(z, n);
      }
    }
    if (overridden) {
      for (std::size_t k = 0; k < n; ++k) {
        if (piece[k]->exact) z[k] = piece[k]->value;
        if (piece[k]->flat) z[k] = 100 * within[k];
      }
    }
    std::copy_n(z.begin(), n, out + start);
  }
}

}  // namespace delian
