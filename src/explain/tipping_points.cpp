#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

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
// Enough to rank inputs, and to find a value told in whole points.
constexpr std::uint64_t screening_draws = 1024;
constexpr std::uint64_t search_draws = 4096;
constexpr std::array scan{0, 25, 50, 75, 100};

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

/// Band of a probability, the ends beyond the first and last words counted to them.
int band_of(double probability, Yardstick yardstick) {
  const int last = static_cast<int>(probability_words(yardstick).size()) - 1;
  return std::clamp(probability_band(probability, yardstick), 0, last);
}

/// The bands a change has to leave: the headline's, and the one it falls into when the input is
/// merely known to be what it is thought to be.
struct Bands {
  int headline;
  int known;
};

/// In another band, and by enough that the whole percent shown is too.
bool has_left(double probability, const Bands& bands, Yardstick yardstick) {
  const int now = band_of(probability, yardstick);
  return now != bands.headline && now != bands.known &&
         now == band_of(std::floor(probability * 100 + 0.5) / 100, yardstick);
}

/// The whole value nearest to `from`, on the way to `to`, at which the headline has left both
/// bands.
std::optional<TippingPoint> find_change(const Forecaster& forecaster, const Input& input, int from,
                                        int to, const Bands& bands, Yardstick yardstick) {
  double probability = with_value(forecaster, input, to, search_draws);
  if (!has_left(probability, bands, yardstick)) return std::nullopt;
  int same = from;
  int changed = to;
  while (std::abs(changed - same) > 1) {
    const int middle = (same + changed) / 2;
    const double p = with_value(forecaster, input, middle, search_draws);
    if (has_left(p, bands, yardstick)) {
      changed = middle;
      probability = p;
    } else {
      same = middle;
    }
  }
  TippingPoint found;
  found.at = changed;
  found.probability = probability;
  return found;
}

/// The nearest change in one direction: first at the scanned values, then between two of them.
std::optional<TippingPoint> find_change_towards(const Forecaster& forecaster, const Input& input,
                                                int now, bool up, const Bands& bands,
                                                Yardstick yardstick) {
  int from = now;
  for (std::size_t k = 0; k < scan.size(); ++k) {
    const std::size_t s = up ? k : scan.size() - 1 - k;
    if (up ? scan[s] <= now : scan[s] >= now) continue;
    if (has_left(input.probability[s], bands, yardstick)) {
      if (const auto found = find_change(forecaster, input, from, scan[s], bands, yardstick)) {
        return found;
      }
    }
    from = scan[s];
  }
  return std::nullopt;
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
  for (const Input& input : inputs) {
    const auto at_quantile = [&](double u) {
      return with_value(forecaster, input, input_quantile(forecaster, input, u), screening_draws);
    };
    swing = std::max(swing, std::abs(at_quantile(0.95) - at_quantile(0.05)));
  }

  // On the draws of the search, so that only the change counts.
  const double headline = forecaster.as_drafted({}, search_draws);
  const int band = band_of(headline, yardstick);
  std::vector<TippingPoint> points;
  for (const Input& input : inputs) {
    if (points.size() == points_told || input.effect == 0) break;
    const double median = input_quantile(forecaster, input, 0.5);
    const int now = static_cast<int>(std::lround(median));
    const Bands bands{band,
                      band_of(with_value(forecaster, input, median, search_draws), yardstick)};
    // Of the two directions the one that changes more: the other may only cross a near edge.
    std::optional<TippingPoint> largest;
    for (const bool up : {true, false}) {
      const auto found = find_change_towards(forecaster, input, now, up, bands, yardstick);
      if (found && (!largest || std::abs(found->probability - headline) >
                                    std::abs(largest->probability - headline))) {
        largest = found;
      }
    }
    if (!largest) continue;
    largest->member = scenario.members()[input.member].code;
    largest->field = input.field;
    largest->now = median;
    largest->effect = input.effect;
    points.push_back(*largest);
  }
  return points;
}

}  // namespace delian
