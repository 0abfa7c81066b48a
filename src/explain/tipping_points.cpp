#include <algorithm>
#include <cmath>

#include "delian/assert.hpp"
#include "ensemble/sampler.hpp"
#include "explain/explain.hpp"

namespace delian {
namespace {

using enum Scenario::Field;
constexpr std::array fields{position, salience, resolve};

// Members with the largest share of the blocking; behind them no single input moves the headline.
constexpr std::size_t members_tried = 4;
constexpr std::size_t points_told = 3;
// Enough to rank inputs; the values told are found on all draws kept.
constexpr std::uint64_t screening_draws = 1024;
constexpr std::array scan{0.0, 25.0, 50.0, 75.0, 100.0};
constexpr double value_tolerance = 0.5;  // points; told to the whole point

struct Input {
  std::size_t member;
  Scenario::Field field;
  std::array<double, scan.size()> probability{};
  double effect = 0;
};

double with_value(const Forecaster& forecaster, const Input& input, double value,
                  std::uint64_t draws) {
  const auto known = Uncertain::exact(value, Support::scale, "");
  DELIAN_ASSERT(known.has_value());
  const Forecaster::Change change{input.member, input.field, *known};
  return forecaster.as_drafted({&change, 1}, draws);
}

double input_quantile(const Forecaster& forecaster, const Input& input, double u) {
  const Scenario& scenario = forecaster.scenario();
  const Quantity& quantity_of = quantity(scenario.members()[input.member], input.field);
  return QuantileFunction(quantity_of.value, scenario.parts().interval)(u);
}

/// The value nearest to `from` towards `to` at which the headline leaves band `band`, if it does.
bool find_change(const Forecaster& forecaster, const Input& input, double from, double to, int band,
                 Yardstick yardstick, TippingPoint& found) {
  const double at_end = with_value(forecaster, input, to, 0);
  if (probability_band(at_end, yardstick) == band) return false;
  double same = from;
  double changed = to;
  double probability = at_end;
  while (std::abs(changed - same) > value_tolerance) {
    const double middle = (same + changed) / 2;
    const double p = with_value(forecaster, input, middle, 0);
    if (probability_band(p, yardstick) == band) {
      same = middle;
    } else {
      changed = middle;
      probability = p;
    }
  }
  found.at = changed;
  found.probability = probability;
  return true;
}

}  // namespace

std::vector<TippingPoint> find_tipping_points(const Forecaster& forecaster,
                                              std::span<const Blocker> blockers,
                                              Yardstick yardstick, double& swing) {
  const Scenario& scenario = forecaster.scenario();
  std::vector<Input> inputs;
  for (std::size_t k = 0; k < std::min(members_tried, blockers.size()); ++k) {
    const std::size_t member = *scenario.find_member(blockers[k].code);
    for (const Scenario::Field field : fields) {
      Input input{member, field};
      for (std::size_t s = 0; s < scan.size(); ++s) {
        input.probability[s] = with_value(forecaster, input, scan[s], screening_draws);
      }
      const auto [low, high] =
          std::minmax_element(input.probability.begin(), input.probability.end());
      input.effect = *high - *low;
      inputs.push_back(input);
    }
  }
  std::stable_sort(inputs.begin(), inputs.end(),
                   [](const Input& a, const Input& b) { return a.effect > b.effect; });

  swing = 0;
  if (!inputs.empty()) {
    swing = std::abs(with_value(forecaster, inputs.front(),
                                input_quantile(forecaster, inputs.front(), 0.95), 0) -
                     with_value(forecaster, inputs.front(),
                                input_quantile(forecaster, inputs.front(), 0.05), 0));
  }

  const int band = probability_band(forecaster.as_drafted({}), yardstick);
  std::vector<TippingPoint> points;
  for (const Input& input : inputs) {
    if (points.size() == points_told || input.effect == 0) break;
    const double now = input_quantile(forecaster, input, 0.5);
    TippingPoint best;
    bool found = false;
    // The nearer of the two directions; each first at the scanned values, then between two of them.
    for (const bool up : {true, false}) {
      double from = now;
      std::vector<double> stops;
      for (const double value : scan) {
        if (up ? value > now : value < now) stops.push_back(value);
      }
      if (!up) std::reverse(stops.begin(), stops.end());
      for (const double stop : stops) {
        const auto s =
            static_cast<std::size_t>(std::find(scan.begin(), scan.end(), stop) - scan.begin());
        TippingPoint point;
        if (probability_band(input.probability[s], yardstick) != band &&
            find_change(forecaster, input, from, stop, band, yardstick, point)) {
          if (!found || std::abs(point.at - now) < std::abs(best.at - now)) best = point;
          found = true;
          break;
        }
        from = stop;
      }
    }
    if (!found) continue;
    best.member = scenario.members()[input.member].code;
    best.field = input.field;
    best.now = now;
    best.effect = input.effect;
    points.push_back(best);
  }
  return points;
}

}  // namespace delian
