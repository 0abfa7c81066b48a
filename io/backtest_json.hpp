#pragma once
// Scores as JSON, format "delian-score/1".

#include <string>

#include "delian/landing_backtest.hpp"

namespace delian::io {

/// Every score in full, case by case. Ends without a newline.
/// @param source  what was scored
std::string to_json(const LandingBacktest& backtest, const std::string& source);

}  // namespace delian::io
