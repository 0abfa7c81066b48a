#include <algorithm>
#include <cmath>

#include "delian/assert.hpp"
#include "delian/landing.hpp"
#include "numerics/elementary.hpp"

namespace delian {
namespace {

/// The point of the scale nearest to a position.
std::size_t point_of(double position) {
  return static_cast<std::size_t>(std::clamp(std::floor(position + 0.5), 0.0, 100.0));
}

}  // namespace

double probability_within(const ScaleDistribution& distribution, const PointRange& range) {
  double sum = 0;
  for (std::size_t t = 0; t < scale_points; ++t) {
    const auto point = static_cast<double>(t);
    if (point >= range.low && point <= range.high) sum += distribution[t];
  }
  return std::min(sum, 1.0);
}

std::string_view landing_component_name(LandingComponent component) {
  switch (component) {
    case LandingComponent::condorcet_atoms:
      return "condorcet_atoms";
    case LandingComponent::range_normal:
      return "range_normal";
    case LandingComponent::midpoint:
      return "midpoint";
    case LandingComponent::uniform:
      break;
  }
  return "uniform";
}

LandingMixture::LandingMixture(std::span<const double> position, std::span<const double> influence,
                               std::span<const double> condorcet)
    : position_(position), condorcet_(condorcet) {
  DELIAN_ASSERT(!position.empty() && influence.size() == position.size() &&
                condorcet.size() == position.size());
  double total = 0;
  double centre = 0;
  low_ = high_ = position.front();
  for (std::size_t i = 0; i < position.size(); ++i) {
    total += influence[i];
    centre += influence[i] * position[i];
    mean_ += condorcet[i] * position[i];
    low_ = std::min(low_, position[i]);
    high_ = std::max(high_, position[i]);
  }
  centre /= total;
  double variance = 0;
  for (std::size_t i = 0; i < position.size(); ++i) {
    const double off = position[i] - centre;
    variance += influence[i] * off * off;
  }
  deviation_ = std::sqrt(variance / total);
}

void LandingMixture::add(LandingComponent which, double spread, double weight,
                         ScaleDistribution& sum) const {
  switch (which) {
    case LandingComponent::condorcet_atoms:
      for (std::size_t i = 0; i < position_.size(); ++i) {
        sum[point_of(position_[i])] += weight * condorcet_[i];
      }
      return;
    case LandingComponent::range_normal: {
      // The mass beyond either end lies on that end.
      const double deviation = std::max(spread * deviation_, 1e-6);
      const std::size_t low = point_of(low_);
      const std::size_t high = point_of(high_);
      double below = 0;
      for (std::size_t t = low; t <= high; ++t) {
        const double z = (static_cast<double>(t) + 0.5 - mean_) / deviation;
        const double up_to = t == high ? 1 : numerics::normal_cdf(z);
        sum[t] += weight * (up_to - below);
        below = up_to;
      }
      return;
    }
    case LandingComponent::midpoint:
      sum[point_of((low_ + high_) / 2)] += weight;
      return;
    case LandingComponent::uniform:
      break;
  }
  for (double& p : sum) p += weight / static_cast<double>(scale_points);
}

ScaleDistribution LandingMixture::component(LandingComponent which, double spread) const {
  ScaleDistribution alone{};
  add(which, spread, 1, alone);
  return alone;
}

void LandingMixture::add_to(ScaleDistribution& sum, const LandingWeights& weights) const {
  for (std::size_t k = 0; k < landing_components; ++k) {
    if (weights.weight[k] <= 0) continue;
    add(static_cast<LandingComponent>(k), weights.spread, weights.weight[k], sum);
  }
}

}  // namespace delian
