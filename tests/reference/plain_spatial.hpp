#pragma once
// KTAB's Spatial Model of Politics written out as docs/models/spatial.md says: every estimate by
// every actor of every challenge, actor after actor. Slow on purpose.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "reference/plain_election.hpp"

namespace delian::reference {

/// What the model is given, positions and saliences as shares of 1, [actor][issue].
struct PlainSpatial {
  Matrix position, salience;
  Row capability;

  std::string_view curve = "proportional";
  std::string_view victory = "linear";
  std::string_view election = "conditional";
  std::string_view risk_range = "mid";
  double risk_adjustment = 1.0 / 3;
  std::string_view commitment = "semi";
  std::string_view interpolation = "s2p2";
  std::string_view bargain = "initiator";
  double accommodation = 1;
  std::size_t turn_limit = 100;
  /// The bargain that an actor follows; the most probable one unless set.
  std::function<std::size_t(std::size_t turn, std::size_t actor, const Row& chance)> choose;

  /// Positions at every turn to the stop; those given first.
  std::vector<Matrix> run() {
    ideal_ = position;
    std::vector<Matrix> turns{position};
    double first = 0;
    while (true) {
      Matrix next = turn();
      double moved = 0;
      for (std::size_t i = 0; i < actors(); ++i) {
        double square = 0;
        for (std::size_t k = 0; k < issues(); ++k) {
          square += (next[i][k] - position[i][k]) * (next[i][k] - position[i][k]);
          ideal_[i][k] = accommodation * next[i][k] + (1 - accommodation) * ideal_[i][k];
        }
        moved += std::sqrt(square);
      }
      position = next;
      turns.push_back(std::move(next));
      if (turns.size() == 2) first = moved + 1e-4;
      if (turns.size() > turn_limit || (turns.size() > 2 && moved / first < 0.02)) return turns;
    }
  }

 private:
  struct Bargain {
    std::size_t initiator, receiver;
    Row of_initiator, of_receiver;
  };
  struct Challenge {
    double probability, gain;
  };

  std::size_t actors() const { return position.size(); }
  std::size_t issues() const { return position.front().size(); }

  double total_salience(std::size_t i) const {
    double sum = 0;
    for (const double s : salience[i]) sum += s;
    return sum;
  }

  double distance(std::size_t i, const Row& there) const {
    double above = 0;
    double below = 0;
    for (std::size_t k = 0; k < issues(); ++k) {
      const double one = salience[i][k] * (ideal_[i][k] - there[k]);
      above += one * one;
      below += salience[i][k] * salience[i][k];
    }
    return below > 0 ? std::min(1.0, std::sqrt(above / below)) : 0;
  }

  static double utility(double distance, double risk) {
    return (1 - distance) * (1 + distance * risk);
  }

  PlainElection election_of_options() const { return {curve, victory, election, 1e-6, 1e-8}; }

  void find_risks() {
    Matrix neutral(actors(), Row(actors()));
    for (std::size_t i = 0; i < actors(); ++i) {
      for (std::size_t j = 0; j < actors(); ++j) neutral[i][j] = 1 - distance(i, position[j]);
    }
    risk_ = election_of_options()(capability, neutral);
    const double low = *std::min_element(risk_.begin(), risk_.end());
    const double high = *std::max_element(risk_.begin(), risk_.end());
    for (double& r : risk_) {
      if (high - low <= 1e-12) {
        r = 0;
      } else if (risk_range == "min") {
        r = (r - low) / (high - low);
      } else if (risk_range == "mid") {
        r = (3 * r - (high + 2 * low)) / (2 * (high - low));
      } else {
        r = (2 * r - (high + low)) / (high - low);
      }
    }
  }

  /// h's view of the utility to i of j's position.
  double seen(std::size_t h, std::size_t i, std::size_t j) const {
    const double risk = (1 - risk_adjustment) * risk_[h] + risk_adjustment * risk_[i];
    return utility(distance(i, position[j]), risk);
  }

  /// What h thinks of i challenging j.
  Challenge challenge(std::size_t h, std::size_t i, std::size_t j) const {
    const auto power = [&](std::size_t n) { return capability[n] * total_salience(n); };
    double mean = 0;
    for (const double c : capability) mean += c / static_cast<double>(actors());
    double for_i = 1e-12 * mean;
    double for_j = 1e-12 * mean;
    const auto count = [&](double vote) {
      if (vote > 0) for_i += vote;
      if (vote < 0) for_j -= vote;
    };
    count(plain_vote(curve, power(i), seen(h, i, i) - seen(h, i, j)));
    count(plain_vote(curve, power(j), seen(h, j, i) - seen(h, j, j)));
    const double own_i = for_i;
    const double own_j = for_j;
    for (std::size_t n = 0; n < actors(); ++n) {
      if (n == i || n == j) continue;
      const double of_i = seen(h, n, i);
      const double of_j = seen(h, n, j);
      const double of_own = seen(h, n, n);
      const double vote = plain_vote(curve, power(n), of_i - of_j);
      const double side_i = vote > 0 ? own_i + vote : own_i;
      const double side_j = vote < 0 ? own_j - vote : own_j;
      const double p = side_i / (side_i + side_j);
      const bool free_if_lost = commitment == "none";
      const bool free_if_won = commitment != "full";
      // Worth of i's and n's position after "i and n against j" and after "i against n and j".
      const double with_i = p * (2 * of_i + (free_if_won ? of_own : of_i)) +
                            (1 - p) * (2 * of_j + (free_if_lost ? of_own : of_j));
      const double with_j = p * (2 * of_i + (free_if_lost ? of_own : of_i)) +
                            (1 - p) * (2 * of_j + (free_if_won ? of_own : of_j));
      count(plain_vote(curve, power(n), with_i - with_j));
    }
    const double p = for_i / (for_i + for_j);
    const double s = total_salience(j);
    const double own = seen(h, i, i);
    const double other = seen(h, i, j);
    return {p, (1 - s) * 2 * own + s * (p * 2 * own + (1 - p) * 2 * other) - (own + other)};
  }

  Bargain interpolate(std::size_t i, std::size_t j, double p) const {
    const auto rounded = [](double x, double a, double b) {
      return std::clamp(std::floor(0.5 + x * 1e4) / 1e4, std::min(a, b), std::max(a, b));
    };
    Bargain result{i, j, position[i], position[j]};
    for (std::size_t k = 0; k < issues(); ++k) {
      const double a = position[i][k];
      const double b = position[j][k];
      const double s = salience[i][k];
      const double t = salience[j][k];
      if (interpolation == "s2pmax") {
        const double back = std::max(0.0, (1 - p) - p);
        const double forth = std::max(0.0, p - (1 - p));
        result.of_initiator[k] +=
            back * t * t / (back * t * t + 1e-6 + (1 - back) * s * s) * (b - a);
        result.of_receiver[k] +=
            forth * s * s / (forth * s * s + 1e-6 + (1 - forth) * t * t) * (a - b);
        continue;
      }
      const double power = interpolation == "s1p1" ? 1 : 2;
      const double v = std::pow(s, power) * std::pow(p, power);
      const double w = std::pow(t, power) * std::pow(1 - p, power);
      result.of_initiator[k] = rounded(((v + 1e-6) * a + w * b) / (v + 1e-6 + w), a, b);
      result.of_receiver[k] = rounded((v * a + (1e-6 + w) * b) / (v + 1e-6 + w), a, b);
    }
    return result;
  }

  std::vector<Bargain> proposals(std::size_t i) const {
    std::size_t target = i;
    Challenge best{0, 1e-5};
    for (std::size_t j = 0; j < actors(); ++j) {
      if (j == i) continue;
      const Challenge one = challenge(i, i, j);
      if (one.gain > best.gain + (target == i ? 0 : 1e-12)) {
        best = one;
        target = j;
      }
    }
    if (target == i) return {};
    Bargain mine = interpolate(i, target, best.probability);
    if (bargain == "initiator") return {mine};
    Bargain theirs = interpolate(i, target, challenge(target, i, target).probability);
    if (bargain == "both") return {mine, theirs};
    const double v = capability[i] * total_salience(i);
    const double w = capability[target] * total_salience(target);
    for (std::size_t k = 0; k < issues() && v + w > 0; ++k) {
      mine.of_initiator[k] = (v * mine.of_initiator[k] + w * theirs.of_initiator[k]) / (v + w);
      mine.of_receiver[k] = (v * mine.of_receiver[k] + w * theirs.of_receiver[k]) / (v + w);
    }
    return {mine};
  }

  Matrix turn() {
    ++turn_;
    find_risks();
    std::vector<std::vector<Bargain>> queues;
    for (std::size_t i = 0; i < actors(); ++i) {
      queues.push_back({{i, i, position[i], position[i]}});
    }
    for (std::size_t i = 0; i < actors(); ++i) {
      for (const Bargain& one : proposals(i)) {
        queues[one.initiator].push_back(one);
        queues[one.receiver].push_back(one);
      }
    }
    Matrix next = position;
    for (std::size_t k = 0; k < actors(); ++k) {
      Matrix worth(actors(), Row(queues[k].size()));
      for (std::size_t n = 0; n < actors(); ++n) {
        for (std::size_t m = 0; m < queues[k].size(); ++m) {
          const Bargain& one = queues[k][m];
          double sum = 0;  // of what n gains by each actor's move
          for (std::size_t l = 0; l < actors(); ++l) {
            const Row& there = l == one.initiator  ? one.of_initiator
                               : l == one.receiver ? one.of_receiver
                                                   : position[l];
            sum +=
                utility(distance(n, there), risk_[n]) - utility(distance(n, position[l]), risk_[n]);
          }
          worth[n][m] = sum / static_cast<double>(actors());
        }
      }
      const Row chance = election_of_options()(capability, worth);
      std::size_t chosen = 0;
      for (std::size_t m = 1; m < chance.size(); ++m) {
        if (chance[m] > chance[chosen] + 1e-12) chosen = m;
      }
      if (choose) chosen = choose(turn_, k, chance);
      const Bargain& one = queues[k][chosen];
      next[k] = one.initiator == k ? one.of_initiator : one.of_receiver;
    }
    return next;
  }

  std::size_t turn_ = 0;
  Matrix ideal_;
  Row risk_;
};

}  // namespace delian::reference
