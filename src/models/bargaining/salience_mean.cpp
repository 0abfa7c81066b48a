// The mean of what actors want, each counted by how much it cares.

#include "delian/bargaining.hpp"

namespace delian::bargaining {
namespace {

struct Options {};

constexpr std::array<Parameter<Options>, 0> parameters{};

/// x* = sum s_i x_i / sum s_i
Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& /*options*/) {
  double weighted = 0;
  double total = 0;
  for (std::size_t i = 0; i < setting.actors; ++i) {
    weighted += draw.salience[i] * draw.position[i];
    total += draw.salience[i];
  }
  Forecast forecast;
  forecast.landing = {weighted / total};
  return forecast;
}

}  // namespace

extern const BargainingModel salience_mean;
constinit const BargainingModel salience_mean =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>({
        .id = "salience_mean",
        .title = "Salience mean",
        .source = "achen2006",
        .defaults = "none",
        .defaults_provenance = "The model has no parameters.",
    });

}  // namespace delian::bargaining
