// Consensus by trial and error: somebody's position is put forward, everybody accepts it with a
// logit chance that falls with what it would lose, and it goes on until all accept.

#include <algorithm>
#include <cmath>
#include <limits>

#include "delian/bargaining.hpp"
#include "models/bargaining/shared.hpp"
#include "numerics/elementary.hpp"

namespace delian::bargaining {
namespace {

struct Options {
  double lambda = 0.1;
  double utility = 1;
};

constexpr std::array parameters{
    Parameter<Options>{"lambda", &Options::lambda, 0, 1000,
                       "how sharply acceptance falls with loss; 0 accepts everything"},
    Parameter<Options>{"utility", &Options::utility, 0, 1, "loss by distance or by its square",
                       utilities},
};

/// P(k) = w_k exp(-lambda sum_i n_i s_i loss(x_k - x_i)) / the sum of the same over k
///
/// w = c s is how often an actor's position comes up, n_i = n c_i / sum c its weight in ballots of
/// which there are n = (sum c)^2 / sum c^2 in all, loss is |d| or d^2 in lengths of the scale.
Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  const double length = setting.issues.front().high - setting.issues.front().low;
  double total = 0;
  double squares = 0;
  for (std::size_t i = 0; i < setting.actors; ++i) {
    total += draw.capability[i];
    squares += draw.capability[i] * draw.capability[i];
  }
  const double ballots_of_one = total / squares;  // n / total
  std::vector<double> exponent(setting.actors);
  for (std::size_t k = 0; k < setting.actors; ++k) {
    double loss = 0;
    for (std::size_t i = 0; i < setting.actors; ++i) {
      const double d = std::fabs(draw.position[k] - draw.position[i]) / length;
      loss += draw.capability[i] * draw.salience[i] * (options.utility == 0 ? d : d * d);
    }
    exponent[k] = -options.lambda * ballots_of_one * loss;
  }
  // The largest exponent among those that come up at all becomes 0, so that their sum is never 0.
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < setting.actors; ++k) {
    if (draw.capability[k] * draw.salience[k] > 0) largest = std::max(largest, exponent[k]);
  }
  Forecast forecast;
  forecast.weight.resize(setting.actors);
  double sum = 0;
  for (std::size_t k = 0; k < setting.actors; ++k) {
    const double comes_up = draw.capability[k] * draw.salience[k];
    if (comes_up <= 0) continue;
    forecast.weight[k] = comes_up * numerics::exp(exponent[k] - largest);
    sum += forecast.weight[k];
  }
  double mean = 0;
  for (std::size_t k = 0; k < setting.actors; ++k) {
    forecast.weight[k] /= sum;
    mean += forecast.weight[k] * draw.position[k];
  }
  forecast.landing = {mean};
  return forecast;
}

}  // namespace

extern const BargainingModel quantal_response;
constinit const BargainingModel quantal_response =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>({
        .id = "quantal_response",
        .title = "Quantal response",
        .source = "mckelvey1995",
        .defaults = "deu3-2026-11",
        .defaults_provenance =
            "lambda has the least mean absolute error on 258 issues of DEU III among eleven values "
            "from 0 to 4, and squares a smaller one than distances. Chosen in sample.",
    });

}  // namespace delian::bargaining
