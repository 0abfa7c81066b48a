// Kalai and Smorodinsky's solution on one dimension: everybody gives up the same share of the most
// it could have had, as far as one dimension allows.

#include <algorithm>
#include <limits>

#include "delian/bargaining.hpp"
#include "models/bargaining/shared.hpp"

namespace delian::bargaining {
namespace {

struct Options {
  double utility = 0;
};

constexpr std::array parameters{Parameter<Options>{"utility", &Options::utility, 0, 1,
                                                   "loss by distance or by its square", utilities}};

/// The point that maximises the least gain_i(x) / most_i, gains counted from the reversion, most_i
/// the most that actor i can gain where nobody loses.
///
/// In distances from the reversion, a is the ideal of the nearest party and b that of the farthest.
/// Nobody loses on [0, 2a]. Left of the solution the farthest is worst off, right of it the
/// nearest: with losses by distance, x / min(b, 2a) = 2 - x / a. Squares give the same point while
/// b <= 2a, and beyond that (x / a)(2 - x / a) = x (2b - x) / (2a (2b - 2a)).
double solution(double a, double b, bool quadratic) {
  if (quadratic && b > 2 * a) return 2 * a * (3 * b - 4 * a) / (4 * b - 5 * a);
  const double most = std::min(b, 2 * a);
  return 2 * a * most / (a + most);
}

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  const double reversion = *setting.issues.front().reversion;
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  for (std::size_t i = 0; i < setting.actors; ++i) {
    if (draw.salience[i] <= 0 || draw.capability[i] <= 0) continue;  // no party to the bargain
    lowest = std::min(lowest, draw.position[i] - reversion);
    highest = std::max(highest, draw.position[i] - reversion);
  }
  double change = 0;  // parties on both sides, or at the reversion: every change hurts somebody
  if (lowest > 0) change = solution(lowest, highest, options.utility != 0);
  if (highest < 0) change = -solution(-highest, -lowest, options.utility != 0);
  Forecast forecast;
  forecast.landing = {reversion + change};
  return forecast;
}

}  // namespace

extern const BargainingModel kalai_smorodinsky;
constinit const BargainingModel kalai_smorodinsky =
    define_bargaining_model<Options, parameters, solve, needs_reversion>({
        .id = "kalai_smorodinsky",
        .title = "Kalai-Smorodinsky solution",
        .source = "kalai1975",
        .defaults = "distance",
        .defaults_provenance = "Losses by distance, as in Nash bargaining.",
    });

}  // namespace delian::bargaining
