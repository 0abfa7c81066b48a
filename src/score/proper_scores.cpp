#include <algorithm>
#include <cmath>

#include "delian/assert.hpp"
#include "delian/score.hpp"
#include "numerics/elementary.hpp"

namespace delian {

double brier_score(double probability, bool happened) {
  const double miss = probability - (happened ? 1 : 0);
  return miss * miss;
}

double log_score(double probability) {
  return -numerics::log(std::max(probability, log_floor));
}

double continuous_ranked_probability_score(std::span<const double> probability, double outcome) {
  DELIAN_ASSERT(!probability.empty());
  double cumulative = 0;
  double score = 0;
  for (std::size_t x = 0; x + 1 < probability.size(); ++x) {
    cumulative += probability[x];
    const double before = std::clamp(outcome - static_cast<double>(x), 0.0, 1.0);
    const double above = 1 - cumulative;
    score += before * cumulative * cumulative + (1 - before) * above * above;
  }
  return score;
}

IntegralTransform integral_transform(std::span<const double> probability, double outcome) {
  IntegralTransform transform;
  for (std::size_t x = 0; x < probability.size(); ++x) {
    const auto point = static_cast<double>(x);
    if (point < outcome) transform.below += probability[x];
    if (point <= outcome) transform.at_or_below += probability[x];
  }
  transform.below = std::min(transform.below, 1.0);
  transform.at_or_below = std::clamp(transform.at_or_below, transform.below, 1.0);
  return transform;
}

std::vector<double> transform_histogram(std::span<const IntegralTransform> transforms,
                                        std::size_t bins) {
  std::vector<double> histogram(bins, 0);
  const auto count = static_cast<double>(bins);
  for (const IntegralTransform& t : transforms) {
    const double width = t.at_or_below - t.below;
    for (std::size_t k = 0; k < bins; ++k) {
      const double low = static_cast<double>(k) / count;
      const double high = static_cast<double>(k + 1) / count;
      if (width > 0) {
        const double shared = std::min(high, t.at_or_below) - std::max(low, t.below);
        histogram[k] += std::max(shared, 0.0) / width;
      } else if (t.below >= low && (t.below < high || k + 1 == bins)) {
        histogram[k] += 1;
      }
    }
  }
  return histogram;
}

double quantile_of(std::span<const double> probability, double share) {
  double cumulative = 0;
  for (std::size_t x = 0; x < probability.size(); ++x) {
    cumulative += probability[x];
    if (cumulative >= share - 1e-12) return static_cast<double>(x);
  }
  return static_cast<double>(probability.size() - 1);
}

std::vector<ReliabilityRow> reliability_table(std::span<const double> probability,
                                              std::span<const std::uint8_t> happened,
                                              std::size_t bands) {
  DELIAN_ASSERT(probability.size() == happened.size() && bands > 0);
  std::vector<ReliabilityRow> all(bands);
  for (std::size_t k = 0; k < bands; ++k) {
    all[k].low = static_cast<double>(k) / static_cast<double>(bands);
    all[k].high = static_cast<double>(k + 1) / static_cast<double>(bands);
  }
  for (std::size_t i = 0; i < probability.size(); ++i) {
    const auto band = static_cast<std::size_t>(probability[i] * static_cast<double>(bands));
    ReliabilityRow& row = all[std::min(band, bands - 1)];
    ++row.count;
    row.mean_forecast += probability[i];
    row.observed += happened[i] != 0 ? 1 : 0;
  }
  std::vector<ReliabilityRow> rows;
  for (ReliabilityRow& row : all) {
    if (row.count == 0) continue;
    row.mean_forecast /= static_cast<double>(row.count);
    row.observed /= static_cast<double>(row.count);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace delian
