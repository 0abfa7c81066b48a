// The realist's mean: what actors want counts by what they can bring to bear, not by how much they
// care.

#include "delian/bargaining.hpp"

namespace delian::bargaining {
namespace {

struct Options {};

constexpr std::array<Parameter<Options>, 0> parameters{};

/// x* = sum c_i x_i / sum c_i
Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& /*options*/) {
  double weighted = 0;
  double total = 0;
  for (std::size_t i = 0; i < setting.actors; ++i) {
    weighted += draw.capability[i] * draw.position[i];
    total += draw.capability[i];
  }
  Forecast forecast;
  forecast.landing = {weighted / total};
  return forecast;
}

}  // namespace

extern const BargainingModel resource_mean;
constinit const BargainingModel resource_mean =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>({
        .id = "resource_mean",
        .title = "Resource mean",
        .source = "schneider2005",
        .defaults = "none",
        .defaults_provenance = "The model has no parameters.",
    });

}  // namespace delian::bargaining
