// The median actor: on one dimension no other position beats its in a vote by heads.

#include "delian/bargaining.hpp"
#include "models/bargaining/middle.hpp"

namespace delian::bargaining {
namespace {

struct Options {};

constexpr std::array<Parameter<Options>, 0> parameters{};

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& /*options*/) {
  std::vector<std::pair<double, double>> votes;
  votes.reserve(setting.actors);
  for (std::size_t i = 0; i < setting.actors; ++i) votes.emplace_back(draw.position[i], 1);
  Forecast forecast;
  forecast.landing = {middle(std::move(votes))};
  return forecast;
}

}  // namespace

extern const BargainingModel median;
constinit const BargainingModel median =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>({
        .id = "median",
        .title = "Median actor",
        .source = "black1948",
        .defaults = "none",
        .defaults_provenance = "The model has no parameters.",
    });

}  // namespace delian::bargaining
