#pragma once
// The position exchange model written down as its page says, with nothing kept from one exchange to
// the next but positions and promises.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "delian/bargaining.hpp"

namespace delian::reference {

/// Landings after one round at equal gains. Everybody takes part, scales go from 0 to 1, and no two
/// exchanges gain the same.
inline std::vector<double> exchange_positions(const BargainingProblem& problem) {
  const std::size_t actors = problem.setting.actors;
  const std::size_t issues = problem.setting.issues.size();
  const auto x = [&](std::size_t i, std::size_t p) { return problem.position[i * issues + p]; };
  const auto s = [&](std::size_t i, std::size_t p) { return problem.salience[i * issues + p]; };
  const auto influence = [&](std::size_t i, std::size_t p) {
    double total = 0;
    for (std::size_t k = 0; k < actors; ++k) total += problem.capability[k * issues + p] * s(k, p);
    return problem.capability[i * issues + p] * s(i, p) / total;
  };
  std::vector<double> y = problem.position;
  std::vector<std::map<std::pair<std::size_t, std::size_t>, double>> promised(actors);
  // Outcome of p as `who` knows it, `giver` voting as it now does.
  const auto known = [&](std::size_t who, std::size_t giver, std::size_t p) {
    double sum = 0;
    for (std::size_t k = 0; k < actors; ++k) {
      const auto promise = promised[who].find({k, p});
      const double vote = k == giver                       ? y[k * issues + p]
                          : promise == promised[who].end() ? x(k, p)
                                                           : promise->second;
      sum += influence(k, p) * vote;
    }
    return sum;
  };
  const auto at_start = [&](std::size_t p) {
    double sum = 0;
    for (std::size_t k = 0; k < actors; ++k) sum += influence(k, p) * x(k, p);
    return sum;
  };
  // The largest shift of p by i that j would have.
  const auto limit = [&](std::size_t i, std::size_t j, std::size_t p) {
    const double up = x(j, p) > x(i, p) ? 1 : -1;
    const double votes = up * (x(j, p) - y[i * issues + p]) * influence(i, p);
    const double outcome = up * (x(j, p) - known(j, i, p));
    return std::max(0.0, std::min(votes, outcome));
  };
  for (;;) {
    double best = 1e-12;
    std::size_t i = 0, j = 0, p = 0, q = 0;  // i gives on p, j on q
    double by_p = 0, by_q = 0;
    for (std::size_t a = 0; a < actors; ++a) {
      for (std::size_t b = 0; b < actors; ++b) {
        for (std::size_t on = 0; on < issues; ++on) {
          for (std::size_t of = 0; of < issues; ++of) {
            if (a == b || on == of) continue;
            const auto same_side = [&](std::size_t issue) {
              return (x(a, issue) < at_start(issue)) == (x(b, issue) < at_start(issue));
            };
            if (same_side(on) || same_side(of)) continue;
            if (s(a, on) / s(a, of) >= s(b, on) / s(b, of)) continue;
            const double rate = (s(a, on) + s(b, on)) / (s(a, of) + s(b, of));
            const double first = std::min(limit(a, b, on), limit(b, a, of) / rate);
            const double second = rate * first;
            const double gain = s(a, of) * second - s(a, on) * first;
            if (gain <= best) continue;
            best = gain;
            i = a;
            j = b;
            p = on;
            q = of;
            by_p = first;
            by_q = second;
          }
        }
      }
    }
    if (by_p <= 0) break;
    const auto vote = [&](std::size_t giver, std::size_t taker, std::size_t issue, double shift) {
      double& position = y[giver * issues + issue];
      position += (x(taker, issue) > x(giver, issue) ? 1 : -1) * shift / influence(giver, issue);
      promised[taker][{giver, issue}] = position;
    };
    vote(i, j, p, by_p);
    vote(j, i, q, by_q);
  }
  std::vector<double> landing(issues, 0);
  for (std::size_t k = 0; k < y.size(); ++k) {
    landing[k % issues] += influence(k / issues, k % issues) * y[k];
  }
  return landing;
}

}  // namespace delian::reference
