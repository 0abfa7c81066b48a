// Where numbers of members decide, all members without a veto are alike: W(s) = C(n, s) from the
// size that wins, and a member swings exactly the coalitions of that size: C(n-1, s-1).

#include <utility>

#include "models/power/methods.hpp"

namespace delian::power {

std::vector<double> binomials(std::size_t n) {
  std::vector<double> row{1};
  for (std::size_t k = 1; k <= n; ++k) {
    std::vector<double> next(k + 1, 1);
    for (std::size_t s = 1; s < k; ++s) next[s] = row[s - 1] + row[s];
    row = std::move(next);
  }
  return row;
}

SizeCounts count_in_closed_form(const NormalForm& form) {
  const std::size_t n = form.others.size();
  SizeCounts counts;
  counts.winning.assign(n + 1, 0);
  counts.swings.assign(n, std::vector<double>(n + 1, 0));
  const std::vector<double> all = binomials(n);
  for (std::size_t s = form.win_from; s <= n; ++s) counts.winning[s] = all[s];
  if (n == 0 || form.win_from == 0 || form.win_from > n) return counts;
  const double swings = binomials(n - 1)[form.win_from - 1];
  for (std::vector<double>& of_member : counts.swings) of_member[form.win_from] = swings;
  return counts;
}

}  // namespace delian::power
