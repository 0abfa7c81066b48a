#pragma once
// Voting power straight from the definitions: every coalition is put to the vote by Rule::passes,
// and every index is a sum over all of them. Nothing is shared with src/models/power/.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "delian/rule.hpp"

namespace delian::reference {

class PlainPower {
 public:
  explicit PlainPower(const Rule& rule) : n_(rule.parts().members), wins_(std::size_t{1} << n_, 0) {
    std::vector<Vote> votes(n_);
    for (std::size_t s = 0; s < wins_.size(); ++s) {
      for (std::size_t i = 0; i < n_; ++i) votes[i] = holds(s, i) ? Vote::yes : Vote::no;
      wins_[s] = rule.passes(votes) ? 1 : 0;
    }
  }

  bool wins(std::size_t s) const { return wins_[s] != 0; }
  bool swings(std::size_t s, std::size_t i) const {
    return holds(s, i) && wins(s) && !wins(s ^ std::size_t{1} << i);
  }

  double winning() const {
    double count = 0;
    for (const std::uint8_t w : wins_) count += w;
    return count;
  }
  double swings(std::size_t i) const {
    double count = 0;
    for (std::size_t s = 0; s < wins_.size(); ++s) count += swings(s, i) ? 1 : 0;
    return count;
  }
  double shapley_shubik(std::size_t i) const {
    double sum = 0;
    for (std::size_t s = 0; s < wins_.size(); ++s) {
      if (!swings(s, i)) continue;
      const std::size_t size = size_of(s);
      sum += factorial(size - 1) * factorial(n_ - size) / factorial(n_);
    }
    return sum;
  }

  /// P(pass) with chances p, and its derivative by definition: with i for certain less without.
  double passes(const std::vector<double>& p) const {
    double sum = 0;
    for (std::size_t s = 0; s < wins_.size(); ++s) {
      if (!wins(s)) continue;
      double chance = 1;
      for (std::size_t i = 0; i < n_; ++i) chance *= holds(s, i) ? p[i] : 1 - p[i];
      sum += chance;
    }
    return sum;
  }
  double gradient(std::vector<double> p, std::size_t i) const {
    p[i] = 1;
    const double with = passes(p);
    p[i] = 0;
    return with - passes(p);
  }

  /// All minimal winning coalitions, or the complements of all maximal losing ones.
  std::vector<std::size_t> minimal(bool blocking) const {
    std::vector<std::size_t> result;
    for (std::size_t s = 0; s < wins_.size(); ++s) {
      if (!has_power(s, blocking)) continue;
      bool minimal = true;
      for (std::size_t i = 0; i < n_ && minimal; ++i) {
        minimal = !holds(s, i) || !has_power(s ^ std::size_t{1} << i, blocking);
      }
      if (minimal) result.push_back(s);
    }
    return result;
  }

  /// The least number of winning coalitions without a common member; 0 if there is none.
  int nakamura() const {
    // Of how many winning coalitions each set is the intersection, at least.
    std::vector<int> least(wins_.size(), 0);
    std::vector<std::size_t> found;
    for (const std::size_t s : minimal(false)) {
      least[s] = 1;
      found.push_back(s);
    }
    const std::vector<std::size_t> once = found;
    if (least[0] != 0) return 0;
    for (std::size_t k = 0; k < found.size(); ++k) {
      for (const std::size_t s : once) {
        const std::size_t both = found[k] & s;
        if (least[both] != 0) continue;
        least[both] = least[found[k]] + 1;
        if (both == 0) return least[0];
        found.push_back(both);
      }
    }
    return 0;
  }

  /// Owen and Banzhaf-Owen values from their double sum over sets of unions and of members.
  /// @param unions  a partition of the members
  std::vector<double> owen(const std::vector<std::vector<std::size_t>>& unions,
                           bool coins = false) const {
    std::vector<double> result(n_, 0);
    const std::size_t m = unions.size();
    for (std::size_t k = 0; k < m; ++k) {
      const std::size_t p = unions[k].size();
      for (std::size_t r = 0; r < std::size_t{1} << m; ++r) {
        if (holds(r, k)) continue;
        std::size_t outside = 0;
        for (std::size_t u = 0; u < m; ++u) {
          for (const std::size_t member : unions[u]) {
            if (holds(r, u)) outside |= std::size_t{1} << member;
          }
        }
        for (std::size_t t = 0; t < std::size_t{1} << p; ++t) {
          std::size_t s = outside;
          for (std::size_t a = 0; a < p; ++a) {
            if (holds(t, a)) s |= std::size_t{1} << unions[k][a];
          }
          for (std::size_t a = 0; a < p; ++a) {
            const std::size_t i = unions[k][a];
            if (holds(t, a) || !swings(s | std::size_t{1} << i, i)) continue;
            const std::size_t rs = size_of(r);
            const std::size_t ts = size_of(t);
            result[i] += coins ? 4.0 / static_cast<double>(std::size_t{1} << (m + p))
                               : factorial(rs) * factorial(m - rs - 1) / factorial(m) *
                                     factorial(ts) * factorial(p - ts - 1) / factorial(p);
          }
        }
      }
    }
    return result;
  }

 private:
  static bool holds(std::size_t s, std::size_t i) { return (s >> i & 1) != 0; }
  static std::size_t size_of(std::size_t s) {
    std::size_t size = 0;
    for (; s != 0; s &= s - 1) ++size;
    return size;
  }
  static double factorial(std::size_t k) {
    double product = 1;
    for (std::size_t f = 2; f <= k; ++f) product *= static_cast<double>(f);
    return product;
  }
  bool has_power(std::size_t s, bool blocking) const {
    return blocking ? !wins(~s & (wins_.size() - 1)) : wins(s);
  }

  std::size_t n_;
  std::vector<std::uint8_t> wins_;
};

}  // namespace delian::reference
