#pragma once
// Scores as text. Strings only; whoever calls decides where they go.

#include <string>

#include "delian/landing_backtest.hpp"

namespace delian {

/// The scores of landings for a terminal of 80 columns: the mixture beside baselines and models,
/// coverage, deciles, what each component is worth. Each line ends in a newline.
/// @param source  what was scored: "deu3"
std::string landing_backtest_text(const LandingBacktest& backtest, const std::string& source,
                                  bool colour);

}  // namespace delian
