#pragma once
// Scores as text. Strings only; whoever calls decides where they go.

#include <string>

#include "delian/decision_backtest.hpp"
#include "delian/landing_backtest.hpp"

namespace delian {

/// The scores of landings for a terminal of 80 columns: the mixture beside baselines and models,
/// coverage, deciles, what each component is worth. Each line ends in a newline.
/// @param source  what was scored: "deu3"
std::string landing_backtest_text(const LandingBacktest& backtest, const std::string& source,
                                  bool colour);

/// The scores of decisions: the model beside baselines, a table of cases, what was taken for what.
std::string decision_backtest_text(const DecisionBacktest& backtest, const std::string& source,
                                   bool colour);

/// Fitted parameters beside their priors and today's defaults, with lines for a scenario file.
std::string calibration_text(const Calibration& calibration, const std::string& source,
                             bool colour);

}  // namespace delian
