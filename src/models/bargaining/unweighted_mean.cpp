// The mean of what actors want, each counted once. The baseline that knows neither capability nor
// salience.

#include <numeric>

#include "delian/bargaining.hpp"

namespace delian::bargaining {
namespace {

struct Options {};

constexpr std::array<Parameter<Options>, 0> parameters{};

/// x* = sum x_i / n
Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& /*options*/) {
  Forecast forecast;
  forecast.landing = {std::accumulate(draw.position.begin(), draw.position.end(), 0.0) /
                      static_cast<double>(setting.actors)};
  return forecast;
}

}  // namespace

extern const BargainingModel unweighted_mean;
constinit const BargainingModel unweighted_mean =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>({
        .id = "unweighted_mean",
        .title = "Unweighted mean",
        .source = "achen2006",
        .defaults = "none",
        .defaults_provenance = "The model has no parameters.",
    });

}  // namespace delian::bargaining
