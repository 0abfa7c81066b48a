#pragma once
// Where deals landed: weights learned on decided issues, and forecasts of them scored beside
// baselines, out of sample.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "delian/actor_table.hpp"
#include "delian/landing.hpp"
#include "delian/run_context.hpp"
#include "delian/score.hpp"

namespace delian {

/// A decided issue on the scale 0-100.
struct LandingCase {
  std::string id;
  std::string group;          ///< issues of one group never inform each other's forecast
  BargainingProblem problem;  ///< of one issue
  double outcome = 0;
  std::vector<std::string> actors;  ///< names, in the order of the problem
};

/// The issues of a table that have an outcome and at least three actors, rescaled to 0-100. An
/// issue without a group is a group of its own.
std::vector<LandingCase> landing_cases(const ActorTable& table);

/// How weights are learned: mean CRPS plus ridge * |weight - prior|^2, least over the simplex and a
/// grid of spreads. Solved exactly, one linear system for each set of components with a weight.
struct LandingLearning {
  double ridge = 2;  ///< in points of CRPS
  std::array<double, landing_components> prior{8.0 / 19, 8.0 / 19, 2.0 / 19, 1.0 / 19};
  std::array<bool, landing_components> use{true, true, true, true};  ///< at least one
};
inline constexpr std::array landing_spreads{0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0};

/// @param cases  at least one
LandingWeights learn_landing_weights(std::span<const LandingCase> cases,
                                     const LandingLearning& learning = {});

/// One forecaster over the cases it applies to.
struct LandingScore {
  std::string forecaster;  ///< "mixture", id of a model, "climatology", ...
  std::size_t cases = 0;
  double crps = 0;
  double absolute_error = 0;  ///< of the median
  /// CRPS less the mixture's on the same cases, groups resampled; above 0: the mixture is better.
  BootstrapMean worse_by;
};

/// Central intervals of one size.
struct LandingCoverage {
  double size = 0;        ///< 0.9
  double closed = 0;      ///< share of outcomes in the closed interval; atoms at its ends count
  double randomised = 0;  ///< share of the randomised transform inside the central part
  double width = 0;       ///< mean, in points
};

/// What leaving one component out costs, weights learned anew.
struct ComponentWorth {
  LandingComponent component = LandingComponent::condorcet_atoms;
  double weight = 0;   ///< learned on all cases
  double crps = 0;     ///< without it
  BootstrapMean cost;  ///< CRPS without it less CRPS with it
};

/// One case as the mixture saw it.
struct LandingCaseScore {
  std::string id;
  std::string group;
  std::size_t fold = 0;
  double outcome = 0;
  double median = 0;
  double crps = 0;
  IntegralTransform transform;
};

struct LandingBacktest {
  std::size_t groups = 0;
  std::size_t folds = 0;
  bool shipped_weights = false;      ///< scored as shipped; else learned in each fold
  LandingWeights weights;            ///< learned on all cases, or shipped
  std::vector<LandingScore> scores;  ///< the mixture first, then baselines, then models by CRPS
  std::vector<LandingCoverage> coverage;
  std::vector<double> deciles;        ///< of the randomised transform, in cases
  std::vector<ComponentWorth> worth;  ///< empty for shipped weights
  std::vector<LandingCaseScore> cases;
  std::vector<ModelLeftOut> left_out;  ///< models that apply to no case
};

struct LandingBacktestOptions {
  std::size_t folds = 10;  ///< >= 2; more than there are groups leaves one group out at a time
  bool shipped_weights = false;  ///< learn nothing: score the weights that ship
  std::uint64_t seed = 1;        ///< of the bootstrap
};

/// Scores the mixture, every bargaining model and the baselines on decided issues. Everything that
/// is learned (weights, spread, climatology) is learned on the other folds; groups stay together.
///
/// @param cases  at least two groups
/// Errors  E540 too few cases or groups. Cancelled: E541.
Expected<LandingBacktest> backtest_landings(std::span<const LandingCase> cases,
                                            const LandingBacktestOptions& options,
                                            const RunContext& context = {});

}  // namespace delian
