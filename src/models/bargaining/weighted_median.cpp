// The median voter where votes weigh what actors bring to bear.

#include "delian/bargaining.hpp"
#include "models/bargaining/middle.hpp"

namespace delian::bargaining {
namespace {

constexpr std::array<std::string_view, 2> weights{"capability_salience", "capability"};

struct Options {
  double weight = 0;
};

constexpr std::array parameters{
    Parameter<Options>{"weight", &Options::weight, 0, 1, "what an actor's vote weighs", weights}};

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  const bool with_salience = options.weight == 0;
  std::vector<std::pair<double, double>> votes;
  votes.reserve(setting.actors);
  for (std::size_t i = 0; i < setting.actors; ++i) {
    votes.emplace_back(draw.position[i],
                       draw.capability[i] * (with_salience ? draw.salience[i] : 1));
  }
  Forecast forecast;
  forecast.landing = {middle(std::move(votes))};
  return forecast;
}

}  // namespace

extern const BargainingModel weighted_median;
constinit const BargainingModel weighted_median =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>({
        .id = "weighted_median",
        .title = "Weighted median",
        .source = "black1948",
        .defaults = "influence",
        .defaults_provenance = "Capability times salience, as in the compromise mean.",
    });

}  // namespace delian::bargaining
