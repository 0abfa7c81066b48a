#include <Eigen/Dense>
#include <cmath>
#include <limits>
#include <numeric>

#include "delian/assert.hpp"
#include "score/landing_components.hpp"

namespace delian {
namespace {

constexpr std::size_t n = landing_components;
using Vector = std::array<double, n>;
using Matrix = std::array<Vector, n>;

ScaleDistribution cumulative(ScaleDistribution p) {
  std::partial_sum(p.begin(), p.end(), p.begin());
  return p;
}

/// Least v'Av - 2c'v over the simplex of the components in use, with its value. A is positive
/// definite, so the least of the stationary points with no negative weight is the solution.
struct Solution {
  Vector weight{};
  double value = std::numeric_limits<double>::infinity();
};
Solution least_on_simplex(const Matrix& a, const Vector& c, const std::array<bool, n>& use) {
  Solution best;
  for (unsigned set = 1; set < 1U << n; ++set) {
    std::vector<std::size_t> support;
    bool allowed = true;
    for (std::size_t k = 0; k < n; ++k) {
      if ((set >> k & 1U) == 0) continue;
      allowed = allowed && use[k];
      support.push_back(k);
    }
    if (!allowed) continue;
    const auto size = static_cast<Eigen::Index>(support.size());
    Eigen::MatrixXd system = Eigen::MatrixXd::Zero(size + 1, size + 1);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(size + 1);
    for (Eigen::Index i = 0; i < size; ++i) {
      const std::size_t row = support[static_cast<std::size_t>(i)];
      for (Eigen::Index j = 0; j < size; ++j) {
        system(i, j) = a[row][support[static_cast<std::size_t>(j)]];
      }
      system(i, size) = system(size, i) = 1;
      right(i) = c[row];
    }
    right(size) = 1;
    const Eigen::VectorXd solved = system.partialPivLu().solve(right);
    Solution candidate;
    candidate.value = 0;
    bool inside = true;
    for (Eigen::Index i = 0; i < size; ++i) {
      inside = inside && solved(i) >= -1e-12;
      candidate.weight[support[static_cast<std::size_t>(i)]] = std::max(solved(i), 0.0);
    }
    if (!inside) continue;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        candidate.value += candidate.weight[i] * a[i][j] * candidate.weight[j];
      }
      candidate.value -= 2 * c[i] * candidate.weight[i];
    }
    if (candidate.value < best.value) best = candidate;
  }
  return best;
}

}  // namespace

CaseComponents components_of(const LandingCase& one) {
  static const BoundBargainingModel election = *find_bargaining_model("condorcet")->bind({});
  CaseComponents result;
  result.condorcet = forecast(*find_bargaining_model("condorcet"), election, one.problem).weight;
  std::vector<double> influence;
  for (std::size_t i = 0; i < one.problem.position.size(); ++i) {
    influence.push_back(one.problem.capability[i] * one.problem.salience[i]);
  }
  const LandingMixture mixture(one.problem.position, influence, result.condorcet);
  for (std::size_t k = 0; k < n; ++k) {
    const auto which = static_cast<LandingComponent>(k);
    if (which == LandingComponent::range_normal) continue;
    result.fixed[k] = cumulative(mixture.component(which, 0));
  }
  for (std::size_t s = 0; s < landing_spreads.size(); ++s) {
    result.range_normal[s] =
        cumulative(mixture.component(LandingComponent::range_normal, landing_spreads[s]));
  }
  result.outcome = one.outcome;
  return result;
}

LandingWeights learn_weights(std::span<const CaseComponents> cases,
                             std::span<const std::size_t> chosen, const LandingLearning& learning) {
  DELIAN_ASSERT(!chosen.empty());
  Vector prior{};
  double total = 0;
  for (std::size_t k = 0; k < n; ++k) total += learning.use[k] ? learning.prior[k] : 0;
  for (std::size_t k = 0; k < n; ++k) prior[k] = learning.use[k] ? learning.prior[k] / total : 0;

  LandingWeights best;
  double best_value = std::numeric_limits<double>::infinity();
  for (std::size_t s = 0; s < landing_spreads.size(); ++s) {
    // Mean CRPS is v'Gv - 2h'v and a constant.
    Matrix a{};
    Vector c{};
    for (const std::size_t i : chosen) {
      for (std::size_t t = 0; t < scale_points; ++t) {
        const double happened = cases[i].outcome <= static_cast<double>(t) ? 1 : 0;
        for (std::size_t k = 0; k < n; ++k) {
          const double up_to = cases[i].of(k, s)[t];
          c[k] += up_to * happened;
          for (std::size_t l = 0; l <= k; ++l) a[k][l] += up_to * cases[i].of(l, s)[t];
        }
      }
    }
    const auto count = static_cast<double>(chosen.size());
    for (std::size_t k = 0; k < n; ++k) {
      c[k] = c[k] / count + learning.ridge * prior[k];
      for (std::size_t l = 0; l <= k; ++l) a[l][k] = a[k][l] = a[k][l] / count;
      a[k][k] += learning.ridge;
    }
    const Solution solution = least_on_simplex(a, c, learning.use);
    if (solution.value < best_value - 1e-12) {
      best_value = solution.value;
      best.weight = solution.weight;
      best.spread = landing_spreads[s];
    }
  }
  best.id = "learned";
  best.provenance = "Learned on " + std::to_string(chosen.size()) + " decided issues.";
  return best;
}

LandingWeights learn_landing_weights(std::span<const LandingCase> cases,
                                     const LandingLearning& learning) {
  std::vector<CaseComponents> prepared;
  std::vector<std::size_t> all;
  for (const LandingCase& one : cases) {
    all.push_back(prepared.size());
    prepared.push_back(components_of(one));
  }
  return learn_weights(prepared, all, learning);
}

}  // namespace delian
