#pragma once
// Why the answer is what it is: which evidence carries it, and what would change it.

#include <optional>
#include <span>
#include <vector>

#include "delian/answer.hpp"

namespace delian {

/// Confidence by the checklist of docs/confidence.md. `swing` is the largest change of the headline
/// when one input moves over its own range, nothing when it was not looked for.
Confidence judge_confidence(const Scenario& scenario, std::optional<double> swing,
                            bool one_report_decides);

/// Inputs, strongest first, at a known value of which the headline's word would change. Looks at
/// the members in `blockers` with the largest share of the blocking. `swing` receives the change of
/// the headline when the strongest input goes from its 5 to its 95 % quantile.
std::vector<TippingPoint> find_tipping_points(const Forecaster& forecaster,
                                              std::span<const Blocker> blockers,
                                              Yardstick yardstick, double& swing);

/// What the headline becomes without each report that members' numbers cite, and without all the
/// reports behind each of the first few blockers. Largest change first; what changes nothing is
/// left out.
std::vector<LoadBearing> find_load_bearing(const Forecaster& forecaster,
                                           std::span<const Blocker> blockers);

}  // namespace delian
