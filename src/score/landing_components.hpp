#pragma once
// The components of decided issues, computed once and used in every fold.

#include <array>
#include <span>
#include <vector>

#include "delian/landing_backtest.hpp"

namespace delian {

/// Cumulative components of one case; the range normal at every spread of the grid.
struct CaseComponents {
  std::array<ScaleDistribution, landing_components> fixed;  // range_normal is left empty
  std::array<ScaleDistribution, landing_spreads.size()> range_normal;
  std::vector<double> condorcet;  // probability of each actor's position
  double outcome = 0;

  const ScaleDistribution& of(std::size_t component, std::size_t spread) const {
    const bool normal = component == static_cast<std::size_t>(LandingComponent::range_normal);
    return normal ? range_normal[spread] : fixed[component];
  }
};

CaseComponents components_of(const LandingCase& one);

/// As learn_landing_weights(), on the cases of `chosen`.
LandingWeights learn_weights(std::span<const CaseComponents> cases,
                             std::span<const std::size_t> chosen, const LandingLearning& learning);

}  // namespace delian
