// The compromise model: everybody gives way in proportion to what others bring to bear. The base
// model that no published one has beaten on mean absolute error (docs/models/compromise_mean.md).

#include "delian/bargaining.hpp"

namespace delian::bargaining {
namespace {

struct Options {};

constexpr std::array<Parameter<Options>, 0> parameters{};

/// x* = sum c_i s_i x_i / sum c_i s_i
Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& /*options*/) {
  double weighted = 0;
  double total = 0;
  for (std::size_t i = 0; i < setting.actors; ++i) {
    const double influence = draw.capability[i] * draw.salience[i];
    weighted += influence * draw.position[i];
    total += influence;
  }
  Forecast forecast;
  forecast.landing = {weighted / total};
  return forecast;
}

}  // namespace

extern const BargainingModel compromise_mean;
constinit const BargainingModel compromise_mean =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>({
        .id = "compromise_mean",
        .title = "Compromise mean",
        .source = "achen2006",
        .defaults = "none",
        .defaults_provenance = "The model has no parameters.",
    });

}  // namespace delian::bargaining
