#pragma once
// The middle of weighted positions, for the models of a median voter.

#include <algorithm>
#include <utility>
#include <vector>

namespace delian::bargaining {

/// Shares of weight closer than this are a tie; sums of a few hundred doubles err by far less.
inline constexpr double middle_tolerance = 1e-12;

/// The position that has at most half of all weight to its left and at most half to its right.
/// Where two are such (a tie), their midpoint, so that mirroring the issue mirrors the middle.
///
/// @param votes  (position, weight), in any order; weights >= 0 with a sum above 0
inline double middle(std::vector<std::pair<double, double>> votes) {
  std::sort(votes.begin(), votes.end());
  double total = 0;
  for (const auto& [position, weight] : votes) total += weight;
  double upto = 0;
  for (std::size_t i = 0; i < votes.size(); ++i) {
    upto += votes[i].second;
    const double excess = 2 * upto / total - 1;
    if (excess < -middle_tolerance) continue;
    if (excess > middle_tolerance) return votes[i].first;
    std::size_t next = i + 1;
    while (votes[next].second == 0) ++next;  // the other half weighs something
    return (votes[i].first + votes[next].first) / 2;
  }
  return votes.back().first;
}

}  // namespace delian::bargaining
