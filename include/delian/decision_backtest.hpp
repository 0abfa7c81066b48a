#pragma once
// Decisions that were taken: the consensus model calibrated on them, and its forecasts of them
// scored beside baselines, out of sample.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/answer.hpp"
#include "delian/model.hpp"
#include "delian/run_context.hpp"
#include "delian/scenario.hpp"
#include "delian/score.hpp"

namespace delian {

/// The two facts of a simple rule of thumb, read off a coded scenario.
struct DecisionFeatures {
  /// Some member refuses at the highest level: its likeliest resolve is 90 or more, which the
  /// coding rule (docs/coding-rule.md, 4) gives to a refusal by a head of government or a formal
  /// act and to nothing else.
  bool refused_at_the_top = false;
  bool way_out = false;  ///< an opt-out is possible, or a side payment on offer

  friend bool operator==(const DecisionFeatures&, const DecisionFeatures&) = default;
};
DecisionFeatures decision_features(const Scenario& scenario);

/// A decided question.
struct DecisionCase {
  std::string id;
  std::string group;  ///< cases of one group never inform each other's forecast
  Scenario scenario;
  Outcome outcome = Outcome::not_adopted;  ///< by the horizon
  double horizon_months = 12;              ///< from the opening
  DecisionFeatures features;
};

/// The case as judged after `horizon_months`, or after the scenario's own horizon if that is
/// shorter; never before the planned decision. What came later counts as not adopted; a year and a
/// day is still twelve months.
DecisionCase decided_case(const Scenario& scenario, const Result& result, const std::string& group,
                          double horizon_months = 12);

// --- calibration ---

/// A parameter of the model `silence` that is fitted: a normal prior on its logarithm or logit.
struct CalibratedParameter {
  enum class Axis : std::uint8_t { log, logit };
  std::string_view name;
  Axis axis = Axis::log;
  double centre = 0;  ///< in the parameter's own unit
  double width = 1;   ///< standard deviation on the axis
};
std::span<const CalibratedParameter> calibrated_parameters();

/// Share of a forecast that is spread evenly over the five outcomes before its logarithm is taken:
/// an outcome that no draw met is not impossible.
inline constexpr double even_share = 0.01;

struct CalibrationOptions {
  std::uint64_t draws = 4096;  ///< of each case, >= 1; the same random numbers at every point
  std::uint64_t seed = 1;
};

struct FittedParameter {
  std::string name;
  double value = 0;
  double low = 0;  ///< 95 % interval, from the curvature of the objective
  double high = 0;
  double prior_centre = 0;
  double prior_low = 0;  ///< 95 % interval of the prior
  double prior_high = 0;
  double in_force = 0;  ///< today's default
};

struct Calibration {
  std::vector<FittedParameter> parameters;
  std::size_t cases = 0;       ///< that the model applies to
  double log_score = 0;        ///< mean over those, on the very cases fitted
  double penalty = 0;          ///< half the sum of squared distances from the prior, in its widths
  double objective = 0;        ///< cases * log_score + penalty
  double prior_log_score = 0;  ///< mean at the centre of the prior
  std::size_t evaluations = 0;
  bool converged = false;
};

/// Fits the consensus model: least sum of log scores over the five outcomes plus the penalty, that
/// is, the mode of the posterior. Deterministic pattern search in steps of an eighth of a prior's
/// width, from the centre of the prior.
///
/// Parameters that a scenario overrides stay as it says. Cases that are decided by a vote do not
/// count: another model answers for them.
///
/// Errors  E540 fewer than three cases for the model. Cancelled: E541.
Expected<Calibration> calibrate_decisions(std::span<const DecisionCase> cases,
                                          const CalibrationOptions& options,
                                          const RunContext& context = {});

// --- scoring ---

/// One score of a forecaster, and by how much it is worse than the model's on the same cases.
struct ScoreBesideModel {
  double score = 0;
  BootstrapMean worse_by;  ///< above 0: the model is better
};

struct DecisionScore {
  std::string forecaster;
  ScoreBesideModel agreement;                  ///< Brier of "some agreement by the horizon"
  std::optional<ScoreBesideModel> as_drafted;  ///< Brier of "agreed as drafted"
  std::optional<ScoreBesideModel> outcomes;    ///< log score over the five outcomes
};

/// One case as it was forecast without its group.
struct DecisionCaseScore {
  std::string id;
  std::string group;
  std::size_t fold = 0;
  Outcome outcome = Outcome::not_adopted;
  DecisionFeatures features;
  OutcomeShares model{};
  OutcomeShares base_rates{};
  OutcomeShares two_features{};
  double log_score = 0;
};

struct DecisionBacktest {
  std::size_t groups = 0;
  std::size_t folds = 0;
  bool shipped_parameters = false;
  /// By fold; as calibrated on the other folds. Empty for shipped parameters.
  std::vector<ParameterMap> parameters;
  std::vector<DecisionScore> scores;  ///< the model first
  /// [outcome][likeliest outcome of the forecast]
  std::array<std::array<std::size_t, outcome_count>, outcome_count> confusion{};
  std::vector<ReliabilityRow> reliability;  ///< of "some agreement", in fifths
  std::vector<DecisionCaseScore> cases;
};

struct DecisionBacktestOptions {
  std::size_t folds = 0;  ///< 0, or more than there are groups: each group is a fold; else >= 2
  bool shipped_parameters = false;  ///< calibrate nothing: score the defaults that ship
  std::uint64_t draws = 4096;       ///< of each case
  std::uint64_t seed = 1;           ///< of the draws and of the bootstrap
};

/// Scores the decision models and the baselines on decided cases. What is learned (parameters, base
/// rates, the rule of thumb) is learned on the other folds, from the same start in each; groups
/// stay together.
///
/// Baselines:
/// - base rates of the training cases, half a case added to each outcome;
/// - the rule of thumb: frequencies of the training cases with the same two features, as if two
///   further cases had followed the base rates;
/// - the share of agreements among all cases, known in hindsight;
/// - always adopted as drafted;
/// - the model with every parameter at the centre of its prior.
///
/// Errors  E540 too few cases or groups. Cancelled: E541.
Expected<DecisionBacktest> backtest_decisions(std::span<const DecisionCase> cases,
                                              const DecisionBacktestOptions& options,
                                              const RunContext& context = {});

}  // namespace delian
