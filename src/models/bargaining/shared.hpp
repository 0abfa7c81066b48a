#pragma once
// Small things that several bargaining models share.

#include <algorithm>
#include <array>
#include <string_view>

#include "delian/bargaining.hpp"

namespace delian::bargaining {

/// How losses grow, as choices of a parameter: with distance or with its square.
inline constexpr std::array<std::string_view, 2> utilities{"absolute", "quadratic"};

/// The obstacle of models that bargain from a reversion.
inline std::string_view needs_reversion(const BargainingSetting& setting) {
  const bool all =
      std::all_of(setting.issues.begin(), setting.issues.end(),
                  [](const BargainingIssue& issue) { return issue.reversion.has_value(); });
  return all ? "" : "a reversion";
}

}  // namespace delian::bargaining
