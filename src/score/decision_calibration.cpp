#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <numeric>

#include "delian/decision_backtest.hpp"
#include "score/decision_evaluator.hpp"

namespace delian {
namespace {

constexpr double normal_95 = 1.959963984540054;

/// Standard deviations of the posterior along each axis, in steps: normal with the curvature of the
/// objective around its minimum, measured half a width away so that steps between draws average
/// out. Where the objective is flatter than the prior alone, the prior counts.
std::vector<double> spreads(const std::function<double(const LatticePoint&)>& objective,
                            const LatticePoint& best) {
  constexpr int reach = steps_per_width / 2;
  constexpr double square = 0.25;  // of half a width
  const std::size_t n = best.size();
  const auto at = [&](std::size_t i, std::size_t j, int sign) {
    LatticePoint point = best;
    point[i] += sign * reach;
    if (j != i) point[j] += sign * reach;
    return objective(point);
  };
  const double middle = objective(best);
  std::vector<double> up(n);
  std::vector<double> down(n);
  for (std::size_t i = 0; i < n; ++i) {
    up[i] = at(i, i, 1);
    down[i] = at(i, i, -1);
  }
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::MatrixXd curvature(size, size);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double second =
          i == j
              ? up[i] + down[i] - 2 * middle
              : (at(i, j, 1) + at(i, j, -1) - up[i] - down[i] - up[j] - down[j] + 2 * middle) / 2;
      const auto row = static_cast<Eigen::Index>(i);
      const auto column = static_cast<Eigen::Index>(j);
      curvature(row, column) = curvature(column, row) = second / square;
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> axes(curvature);
  const Eigen::VectorXd bent = axes.eigenvalues().cwiseMax(1.0);
  const Eigen::MatrixXd covariance =
      axes.eigenvectors() * bent.cwiseInverse().asDiagonal() * axes.eigenvectors().transpose();
  std::vector<double> result(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto k = static_cast<Eigen::Index>(i);
    result[i] = std::sqrt(covariance(k, k)) * steps_per_width;
  }
  return result;
}

}  // namespace

Expected<Calibration> calibrate_decisions(std::span<const DecisionCase> cases,
                                          const CalibrationOptions& options,
                                          const RunContext& context) {
  DecisionEvaluator evaluator(cases, options.draws, options.seed, context);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (evaluator.calibrated(i)) chosen.push_back(i);
  }
  if (chosen.size() < 3) {
    return tl::unexpected(Diagnostics{
        diagnose("E540", "cases",
                 "there are " + std::to_string(chosen.size()) +
                     " decided cases for the consensus model; at least 3 are needed",
                 "A case counts when it has a [result] and a rule by which one no blocks.")});
  }

  // Nobody knows beforehand how many points a search asks; most ask fewer than this.
  constexpr std::size_t usual = 400;
  std::size_t asked = 0;
  const auto objective = [&](const LatticePoint& point) {
    const double value = evaluator.objective(point, chosen);
    ++asked;
    if (context.progress) context.progress(asked, std::max(usual, asked + 1));
    return value;
  };
  const PatternSearchResult found = fit(evaluator, objective);
  const std::vector<double> spread = spreads(objective, found.best);
  const std::vector<OutcomeShares> after = evaluator.forecasts_at(found.best);
  const std::vector<OutcomeShares> before = evaluator.forecasts_at(origin());
  if (context.is_cancelled()) {
    return tl::unexpected(
        Diagnostics{diagnose("E541", "cases", "calibration was interrupted; nothing is fitted")});
  }

  Calibration result;
  result.cases = chosen.size();
  result.penalty = prior_penalty(found.best);
  result.objective = found.value;
  result.evaluations = asked;
  result.converged = found.converged;
  for (const std::size_t i : chosen) {
    const auto count = static_cast<double>(chosen.size());
    result.log_score += smoothed_log_score(after[i], cases[i].outcome) / count;
    result.prior_log_score += smoothed_log_score(before[i], cases[i].outcome) / count;
  }
  const ParameterMap in_force = find_decision_model("silence")->bind({})->parameters;
  const std::span<const CalibratedParameter> priors = calibrated_parameters();
  for (std::size_t k = 0; k < priors.size(); ++k) {
    const double steps = found.best[k];
    const double reach = normal_95 * spread[k];
    constexpr double prior_reach = normal_95 * steps_per_width;
    result.parameters.push_back(
        {std::string(priors[k].name), parameter_at(k, steps), parameter_at(k, steps - reach),
         parameter_at(k, steps + reach), priors[k].centre, parameter_at(k, -prior_reach),
         parameter_at(k, prior_reach), in_force.at(std::string(priors[k].name))});
  }
  return result;
}

}  // namespace delian
