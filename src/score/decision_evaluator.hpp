#pragma once
// Forecasts of many cases under many parameters, on the same random numbers throughout.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "delian/decision_backtest.hpp"
#include "numerics/pattern_search.hpp"

namespace delian {

/// Steps per prior width: the resolution of calibration.
inline constexpr int steps_per_width = 8;
/// Four widths from the centre: nobody expects a parameter there.
inline constexpr int most_steps = 4 * steps_per_width;

/// The centre of the prior.
LatticePoint origin();
/// One fitted parameter, `steps` from the centre of its prior; also between steps.
double parameter_at(std::size_t index, double steps);
ParameterMap parameters_at(const LatticePoint& point);
/// Half the sum of squared distances from the origin, in widths.
double prior_penalty(const LatticePoint& point);
/// -ln of the probability given to what happened, `even_share` spread over all outcomes.
double smoothed_log_score(const OutcomeShares& forecast, Outcome outcome);

/// Keeps each case's draws, so that only the model is played again, and every answer, so that no
/// point is asked twice: leave-one-out asks nearly the same points for every group.
class DecisionEvaluator {
 public:
  /// @param cases  outlive the evaluator
  DecisionEvaluator(std::span<const DecisionCase> cases, std::uint64_t draws, std::uint64_t seed,
                    RunContext context);
  ~DecisionEvaluator();
  DecisionEvaluator(const DecisionEvaluator&) = delete;
  DecisionEvaluator& operator=(const DecisionEvaluator&) = delete;

  /// Whether the calibrated model answers for a case.
  bool calibrated(std::size_t index) const;
  /// Forecasts of all cases.
  std::vector<OutcomeShares> forecasts_at(const LatticePoint& point);
  /// Forecasts with the defaults that ship.
  std::vector<OutcomeShares> shipped_forecasts();

  /// Sum of log scores over the calibrated ones of `chosen`, plus the penalty.
  double objective(const LatticePoint& point, std::span<const std::size_t> chosen);

  bool cancelled() const { return context_.is_cancelled(); }

 private:
  struct Prepared;
  /// Counts of the two equilibria.
  struct Counts {
    std::array<std::array<std::uint64_t, outcome_count>, 2> of{};
    std::uint64_t draws = 0;
  };

  const std::vector<Counts>& play(const LatticePoint& point);
  std::vector<Counts> play_all(const ParameterMap& parameters) const;
  std::vector<OutcomeShares> mixed(const std::vector<Counts>& counts, double lambda) const;

  std::span<const DecisionCase> cases_;
  RunContext context_;
  std::vector<std::unique_ptr<const Prepared>> prepared_;
  std::map<LatticePoint, std::vector<Counts>> known_;  // lambda left out: it mixes what was played
};

/// The least of an objective over the lattice, from the centre of the prior.
PatternSearchResult fit(const DecisionEvaluator& evaluator,
                        const std::function<double(const LatticePoint&)>& objective);
/// The mode of the posterior given some of the cases.
PatternSearchResult fit(DecisionEvaluator& evaluator, std::span<const std::size_t> chosen);

}  // namespace delian
