#pragma once
// Scores as JSON, format "delian-score/1", and fitted parameters, "delian-calibration/1".

#include <string>

#include "delian/decision_backtest.hpp"
#include "delian/landing_backtest.hpp"

namespace delian::io {

/// Every score in full, case by case. Ends without a newline.
/// @param source  what was scored
std::string to_json(const LandingBacktest& backtest, const std::string& source);
std::string to_json(const DecisionBacktest& backtest, const std::string& source);
std::string to_json(const Calibration& calibration, const std::string& source);

}  // namespace delian::io
