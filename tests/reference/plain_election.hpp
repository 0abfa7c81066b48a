#pragma once
// A probabilistic Condorcet election written out voter by voter, as docs/models/condorcet.md says.
// Slow on purpose: nothing is sorted, eliminated or vectorised.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

namespace delian::reference {

using Row = std::vector<double>;
using Matrix = std::vector<Row>;

inline double plain_sign(double difference) {
  return std::clamp(difference / 1e-8, -1.0, 1.0);
}

/// Vote of an actor with weight w that gains `difference` if the first of two options wins.
inline double plain_vote(std::string_view curve, double w, double difference) {
  const double cube = difference * difference * difference;
  if (curve == "binary") return w * plain_sign(difference);
  if (curve == "proportional_binary") return w * (0.8 * difference + 0.2 * plain_sign(difference));
  if (curve == "proportional") return w * difference;
  if (curve == "proportional_cubic") return w * (0.5 * difference + 0.5 * cube);
  if (curve == "cubic") return w * cube;
  return difference < 0 ? w * difference : w * difference * 2 / 3;  // "prospect"
}

/// Chance that a side with strength `own` beats one with strength `other`.
inline double plain_victory(std::string_view law, double own, double other) {
  if (law == "binary") {
    double a = 1e-6;
    double b = 1;
    if (own >= 1.1 * other) {
      std::swap(a, b);
    } else if (other < 1.1 * own) {
      a = (own / (own + other) * 2.1 - 1) / 0.1;
      b = 1 - a;
    }
    return a / (a + b);
  }
  const double power = law == "linear" ? 1 : law == "square" ? 2 : law == "quartic" ? 4 : 8;
  return std::pow(own, power) / (std::pow(own, power) + std::pow(other, power));
}

struct PlainElection {
  std::string_view curve = "proportional";
  std::string_view victory = "linear";
  std::string_view election = "conditional";
  double uniform_tolerance = 1e-14;  ///< at which power iteration stops
  double incentive_tolerance = 1e-14;

  /// Strength of those who prefer option i to option j. utility[k][i]: of option i to actor k.
  Matrix coalitions(const Row& weight, const Matrix& utility) const {
    const std::size_t options = utility.front().size();
    double mean = 0;
    for (const double w : weight) mean += w / static_cast<double>(weight.size());
    Matrix strength(options, Row(options, 1e-10 * mean));
    for (std::size_t i = 0; i < options; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        for (std::size_t k = 0; k < weight.size(); ++k) {
          const double v = plain_vote(curve, weight[k], utility[k][i] - utility[k][j]);
          if (v > 0) strength[i][j] += v;
          if (v < 0) strength[j][i] -= v;
        }
      }
    }
    return strength;
  }

  /// Probability of each option, by products or by power iteration.
  Row operator()(const Row& weight, const Matrix& utility) const {
    const Matrix strength = coalitions(weight, utility);
    const std::size_t n = strength.size();
    Matrix p(n, Row(n, 0.5));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (i != j) p[i][j] = plain_victory(victory, strength[i][j], strength[j][i]);
      }
    }
    if (election == "conditional") return conditional(p);
    double mean = 0;
    for (const double w : weight) mean += w / static_cast<double>(weight.size());
    Matrix challenges(n, Row(n, 1.0 / static_cast<double>(n)));  // [i][j]: i challenges j
    double tolerance = uniform_tolerance;
    if (election == "markov_incentive") {
      tolerance = incentive_tolerance;
      for (std::size_t j = 0; j < n; ++j) {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
          challenges[i][j] = strength[i][j] * p[i][j] + (i == j ? 1e-12 * mean : 0);
          sum += challenges[i][j];
        }
        for (std::size_t i = 0; i < n; ++i) challenges[i][j] /= sum;
      }
    }
    return iterate(p, challenges, tolerance);
  }

 private:
  static Row conditional(const Matrix& p) {
    Row result;
    double sum = 0;
    for (const Row& row : p) {
      double product = 1;
      for (const double one : row) product *= one;
      result.push_back(product);
      sum += product;
    }
    for (double& one : result) one /= sum;
    return result;
  }

  static Row iterate(const Matrix& p, const Matrix& challenges, double tolerance) {
    const std::size_t n = p.size();
    Row now(n, 1.0 / static_cast<double>(n));
    for (double change = 1; change > tolerance;) {
      change = 0;
      Row next(n);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          next[i] += p[i][j] * (now[i] * challenges[j][i] + now[j] * challenges[i][j]);
        }
        change = std::max(change, std::abs(next[i] - now[i]));
      }
      for (std::size_t i = 0; i < n; ++i) now[i] = (now[i] + next[i]) / 2;
    }
    return now;
  }
};

}  // namespace delian::reference
