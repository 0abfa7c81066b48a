#pragma once
// The challenge model once more, as one writes it down: every sum over every actor, in the order in
// which the equations of Scholz, Calbert & Smith 2011 stand, a round in O(n^3). Tests and
// benchmarks compare with it.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "delian/challenge.hpp"

namespace delian::reference {

class PlainChallenge {
 public:
  PlainChallenge(const ChallengeOptions& options, std::vector<double> position,
                 std::vector<double> salience, const std::vector<double>& capability)
      : options_(options), x_(std::move(position)), s_(std::move(salience)) {
    const auto [low, high] = std::minmax_element(x_.begin(), x_.end());
    range_ = *high - *low;
    double total = 0;
    for (std::size_t i = 0; i < n(); ++i) total += capability[i] * s_[i];
    for (std::size_t i = 0; i < n(); ++i) w_.push_back(capability[i] * s_[i] / total);
  }

  /// Moves everybody; the range stays that of the first positions.
  void place(const std::vector<double>& position) { x_ = position; }

  ChallengeRound play() {
    ChallengeRound round;
    mu_ = round.median_before = median();
    r_.assign(n(), 1.0);
    if (range_ > 0) {
      votes_ = all_votes();
      if (options_.risk == 0) set_exponents();
      votes_ = all_votes();
    }
    round.risk_exponent = r_;
    std::vector<double> moved = x_;
    for (std::size_t i = 0; i < n(); ++i) {
      for (std::size_t j = 0; j < n(); ++j) {
        const bool move = range_ > 0;
        round.prevails.push_back(move ? probability(i, j) : 0);
        round.challenging.push_back(move ? challenging(i, j) : 0);
        round.challenged.push_back(move ? challenged(i, j) : 0);
      }
      const Taken taken = range_ > 0 ? choose(i) : Taken{};
      round.concession.push_back(taken.kind);
      round.gives_way_to.push_back(taken.from);
      if (taken.kind != Concession::none) moved[i] = taken.to;
    }
    x_ = moved;
    round.position = x_;
    round.median = median();
    round.mean = 0;
    for (std::size_t i = 0; i < n(); ++i) round.mean += w_[i] * x_[i];
    return round;
  }

 private:
  struct Taken {
    Concession kind = Concession::none;
    double to = 0;
    int from = -1;
  };
  struct Offered {
    Concession kind;
    double to, move, strength, key;
    int from;
  };
  static constexpr double tie = 1e-10;

  std::size_t n() const { return x_.size(); }
  bool table() const { return options_.reading == 1; }
  double distance(std::size_t i, std::size_t j) const { return std::fabs(x_[i] - x_[j]) / range_; }

  // The positions with at most half of all influence on either side; their middle where there are
  // several. Those no other position beats in votes, (28) and (29).
  double median() const {
    std::vector<double> winners;
    for (const double candidate : x_) {
      double below = 0;
      double above = 0;
      for (std::size_t i = 0; i < n(); ++i) {
        if (x_[i] < candidate) below += w_[i];
        if (x_[i] > candidate) above += w_[i];
      }
      if (std::max(below, above) <= 0.5 + 0.5e-12) winners.push_back(candidate);
    }
    const auto [low, high] = std::minmax_element(winners.begin(), winners.end());
    return (*low + *high) / 2;
  }

  double taste(std::size_t k, std::size_t i) const { return std::pow(distance(k, i), r_[k]); }

  double all_votes() const {
    double sum = 0;
    for (std::size_t k = 0; table() && k < n(); ++k) {
      for (std::size_t a = 0; a < n(); ++a) {
        for (std::size_t b = 0; b < n(); ++b) sum += w_[k] * std::fabs(taste(k, a) - taste(k, b));
      }
    }
    return sum;
  }

  double probability(std::size_t i, std::size_t j) const {
    if (table() && x_[i] == x_[j]) return 0;
    double won = 0;
    double cast = 0;
    for (std::size_t k = 0; k < n(); ++k) {
      const double vote =
          table() ? w_[k] * (taste(k, j) - taste(k, i)) : w_[k] * (distance(k, j) - distance(k, i));
      won += std::max(0.0, vote);
      cast += std::fabs(vote);
    }
    if (table()) return votes_ > 0 ? won / votes_ : 0;
    return cast > tie * distance(i, j) ? won / cast : 0.5;
  }

  // E of `challenger` against `target`, in the eyes of somebody with exponent r.
  double expected(std::size_t challenger, std::size_t target, double r, double resistance) const {
    const double d = distance(challenger, target);
    const double success = 2 - 4 * std::pow(0.5 - 0.5 * d, r);
    const double failure = 2 - 4 * std::pow(0.5 + 0.5 * d, r);
    const double status_quo = 2 - 4 * std::pow(0.5, r);
    const double p = probability(challenger, target);
    const double q = options_.stays_put;
    const double challenge =
        resistance * (p * success + (1 - p) * failure) + (1 - resistance) * success;
    double drift = 0;
    if (!table()) {
      const double own = std::fabs(x_[challenger] - mu_) / range_;
      const double better = 2 - 4 * std::pow(0.5 - 0.25 * (own + d), r);
      const double worse = 2 - 4 * std::pow(0.5 + 0.25 * (own + d), r);
      drift = std::fabs(own - d) <= tie ? status_quo : (own < d ? better : worse);
    }
    return challenge - (q * status_quo + (1 - q) * drift);
  }

  double challenging(std::size_t i, std::size_t j) const { return expected(i, j, r_[i], s_[j]); }

  double challenged(std::size_t i, std::size_t j) const {
    return expected(j, i, table() ? r_[i] : r_[j],
                    options_.resisting_salience == 0 ? s_[i] : s_[j]);
  }

  void set_exponents() {
    std::vector<double> security(n(), 0.0);
    for (std::size_t i = 0; i < n(); ++i) {
      for (std::size_t j = 0; j < n(); ++j) {
        if (i != j) security[i] += challenged(i, j);
      }
    }
    const double most = *std::max_element(security.begin(), security.end());
    const double least = *std::min_element(security.begin(), security.end());
    for (std::size_t i = 0; most - least > tie && i < n(); ++i) {
      const double risk = (2 * security[i] - most - least) / (most - least);
      r_[i] = (1 - risk / 3) / (1 + risk / 3);
    }
  }

  std::vector<Offered> offers(std::size_t i) const {
    std::vector<Offered> all;
    for (std::size_t j = 0; j < n(); ++j) {
      if (distance(i, j) <= tie) continue;
      const double a = challenging(i, j);
      const double b = challenged(i, j);
      const int from = static_cast<int>(j);
      if (a > tie && b > a + tie) {
        all.push_back({Concession::conflict, x_[j], distance(i, j), b, 0, from});
      } else if (a < -tie && b > std::fabs(a) + tie) {
        const double to = x_[i] + (x_[j] - x_[i]) * std::fabs(a / b);
        all.push_back({Concession::compromise, to, std::fabs(to - x_[i]) / range_, b,
                       (std::fabs(a) * x_[i] + b * x_[j]) / (std::fabs(a) + b) / range_, from});
      } else if (a < -tie && b > tie && options_.capitulation == 0) {
        all.push_back({Concession::capitulation, x_[j], distance(i, j), b, 0, from});
      }
    }
    return all;
  }

  Taken choose(std::size_t i) const {
    const std::vector<Offered> left = offers(i);
    for (const Concession kind :
         {Concession::conflict, Concession::compromise, Concession::capitulation}) {
      std::vector<Offered> alike;
      for (const Offered& one : left) {
        if (one.kind == kind) alike.push_back(one);
      }
      if (alike.empty()) continue;
      if (table()) {
        Offered best = alike.front();
        for (const Offered& one : alike) {
          const bool better = kind == Concession::compromise ? one.key < best.key - tie
                                                             : one.move < best.move - tie;
          if (better) best = one;
        }
        return {kind, best.to, best.from};
      }
      if (options_.acceptance == 0) {
        keep_least(alike, [](const Offered& one) { return one.move; });
        keep_least(alike, [](const Offered& one) { return -one.strength; });
      } else {
        keep_least(alike, [](const Offered& one) { return -one.strength; });
        keep_least(alike, [](const Offered& one) { return one.move; });
      }
      double low = alike.front().to;
      double high = low;
      for (const Offered& one : alike) {
        low = std::min(low, one.to);
        high = std::max(high, one.to);
      }
      const double middle = low < x_[i] && x_[i] < high ? x_[i] : (low + high) / 2;
      return {kind, middle, alike.front().from};
    }
    return {};
  }

  template <class Measure>
  static void keep_least(std::vector<Offered>& offers, Measure measure) {
    double least = measure(offers.front());
    for (const Offered& one : offers) least = std::min(least, measure(one));
    std::erase_if(offers, [&](const Offered& one) { return measure(one) > least + tie; });
  }

  ChallengeOptions options_;
  std::vector<double> x_, s_, w_, r_;
  double range_ = 0;
  double mu_ = 0;
  double votes_ = 0;
};

}  // namespace delian::reference
