#include "models/bargaining/condorcet_election.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "delian/assert.hpp"
#include "numerics/kernel.hpp"

namespace delian::bargaining {
namespace {

/// Rows of a table over pairs of options, j < i, as CondorcetElection keeps them.
struct Pairs {
  std::size_t options, stride;
  double* ahead;
  double* behind;
};

template <VoteCurve curve>
inline void count_votes(const Pairs& pairs, std::size_t voters, const double* weight,
                        const double* utility) {
  for (std::size_t i = 1; i < pairs.options; ++i) {
    double* ahead = pairs.ahead + i * pairs.stride;
    double* behind = pairs.behind + i * pairs.stride;
    const std::size_t width = padded(i);
    std::fill(ahead, ahead + width, CondorcetElection::smallest_strength);
    std::fill(behind, behind + width, CondorcetElection::smallest_strength);
    std::size_t k = 0;
    // Four voters at a time, so that sums are loaded and stored a quarter as often.
    for (; k + 4 <= voters; k += 4) {
      const double* row0 = utility + k * pairs.stride;
      const double* row1 = row0 + pairs.stride;
      const double* row2 = row1 + pairs.stride;
      const double* row3 = row2 + pairs.stride;
      const std::array w{weight[k], weight[k + 1], weight[k + 2], weight[k + 3]};
      const std::array mine{row0[i], row1[i], row2[i], row3[i]};
      DELIAN_ELEMENTWISE
      for (std::size_t j = 0; j < width; ++j) {
        const double v0 = w[0] * response<curve>(mine[0] - row0[j]);
        const double v1 = w[1] * response<curve>(mine[1] - row1[j]);
        const double v2 = w[2] * response<curve>(mine[2] - row2[j]);
        const double v3 = w[3] * response<curve>(mine[3] - row3[j]);
        ahead[j] +=
            (positive_part(v0) + positive_part(v1)) + (positive_part(v2) + positive_part(v3));
        behind[j] +=
            (positive_part(-v0) + positive_part(-v1)) + (positive_part(-v2) + positive_part(-v3));
      }
    }
    for (; k < voters; ++k) {
      const double* row = utility + k * pairs.stride;
      const double w = weight[k];
      const double mine = row[i];
      DELIAN_ELEMENTWISE
      for (std::size_t j = 0; j < width; ++j) {
        const double vote = w * response<curve>(mine - row[j]);
        ahead[j] += positive_part(vote);
        behind[j] += positive_part(-vote);
      }
    }
  }
}

DELIAN_KERNEL void count_all(VoteCurve curve, const Pairs& pairs, std::size_t voters,
                             const double* weight, const double* utility) {
  switch (curve) {
    case VoteCurve::binary:
      return count_votes<VoteCurve::binary>(pairs, voters, weight, utility);
    case VoteCurve::proportional_binary:
      return count_votes<VoteCurve::proportional_binary>(pairs, voters, weight, utility);
    case VoteCurve::proportional:
      return count_votes<VoteCurve::proportional>(pairs, voters, weight, utility);
    case VoteCurve::proportional_cubic:
      return count_votes<VoteCurve::proportional_cubic>(pairs, voters, weight, utility);
    case VoteCurve::cubic:
      return count_votes<VoteCurve::cubic>(pairs, voters, weight, utility);
    case VoteCurve::prospect:
      return count_votes<VoteCurve::prospect>(pairs, voters, weight, utility);
  }
}

/// What strength is worth in a contest, where only its power matters.
template <VictoryLaw law>
inline double might(double strength) {
  const double square = strength * strength;
  if constexpr (law == VictoryLaw::linear) return strength;
  if constexpr (law == VictoryLaw::square) return square;
  if constexpr (law == VictoryLaw::quartic) return square * square;
  if constexpr (law == VictoryLaw::octic) return (square * square) * (square * square);
}

template <VictoryLaw law>
inline void decide(const Pairs& pairs, double* win, double* lose) {
  for (std::size_t i = 1; i < pairs.options; ++i) {
    const std::size_t row = i * pairs.stride;
    const std::size_t end = row + padded(i);
    DELIAN_ELEMENTWISE
    for (std::size_t k = row; k < end; ++k) {
      const double a = might<law>(pairs.ahead[k]);
      const double b = might<law>(pairs.behind[k]);
      win[k] = a / (a + b);
      lose[k] = b / (a + b);
    }
  }
}

/// Sure with a tenth more strength than the other side, straight in between.
inline void decide_binary(const Pairs& pairs, double* win, double* lose) {
  constexpr double enough = 1.1;
  constexpr double rest = 1e-6;  // chance of an upset, over the winner's
  for (std::size_t i = 1; i < pairs.options; ++i) {
    const std::size_t row = i * pairs.stride;
    const std::size_t end = row + padded(i);
    DELIAN_ELEMENTWISE
    for (std::size_t k = row; k < end; ++k) {
      const double a = pairs.ahead[k];
      const double b = pairs.behind[k];
      const double between = (a / (a + b) * (enough + 1.0) - 1.0) / (enough - 1.0);
      const double sure = 1.0 / (1.0 + rest);
      const double hopeless = rest / (1.0 + rest);
      win[k] = a >= enough * b ? sure : b >= enough * a ? hopeless : between;
      lose[k] = a >= enough * b ? hopeless : b >= enough * a ? sure : 1.0 - between;
    }
  }
}

DELIAN_KERNEL void decide_all(VictoryLaw law, const Pairs& pairs, double* win, double* lose) {
  switch (law) {
    case VictoryLaw::linear:
      return decide<VictoryLaw::linear>(pairs, win, lose);
    case VictoryLaw::square:
      return decide<VictoryLaw::square>(pairs, win, lose);
    case VictoryLaw::quartic:
      return decide<VictoryLaw::quartic>(pairs, win, lose);
    case VictoryLaw::octic:
      return decide<VictoryLaw::octic>(pairs, win, lose);
    case VictoryLaw::binary:
      return decide_binary(pairs, win, lose);
  }
}

/// Takes the last states out of a chain one by one; what went through them goes past them. Adds,
/// multiplies and divides positive numbers only, so that no digit is lost. Source: Grassmann,
/// Taksar & Heyman 1985.
DELIAN_KERNEL void take_out_states(std::size_t states, std::size_t stride, double* chain) {
  for (std::size_t last = states; last-- > 1;) {
    const double* from_last = chain + last * stride;
    double leaving = 0;
    for (std::size_t j = 0; j < last; ++j) leaving += from_last[j];
    for (std::size_t i = 0; i < last; ++i) {
      double* row = chain + i * stride;
      row[last] /= leaving;
      const double share = row[last];
      DELIAN_ELEMENTWISE
      for (std::size_t j = 0; j < last; ++j) row[j] += share * from_last[j];
    }
  }
}

/// One step of the chain.
DELIAN_KERNEL void step_chain(std::size_t states, std::size_t stride, const double* chain,
                              const double* now, double* next) {
  std::fill(next, next + stride, 0.0);
  for (std::size_t j = 0; j < states; ++j) {
    const double* row = chain + j * stride;
    const double share = now[j];
    DELIAN_ELEMENTWISE
    for (std::size_t i = 0; i < stride; ++i) next[i] += share * row[i];
  }
}

void normalise(std::span<double> share) {
  const double sum = std::accumulate(share.begin(), share.end(), 0.0);
  for (double& one : share) one /= sum;
}

}  // namespace

void CondorcetElection::open(std::size_t options) {
  options_ = options;
  stride_ = padded(options);
  for (auto* table : {&ahead_, &behind_, &win_, &lose_}) table->resize(options * stride_);
  for (auto* row : {&probability_, &next_, &total_}) row->resize(stride_);
}

void CondorcetElection::count(VoteCurve curve, std::span<const double> weight,
                              const double* utility) {
  count_all(curve, {options_, stride_, ahead_.data(), behind_.data()}, weight.size(), weight.data(),
            utility);
}

void CondorcetElection::count_on_line(std::span<const double> weight,
                                      std::span<const double> ascending_position) {
  DELIAN_ASSERT(weight.size() == options_ && ascending_position.size() == options_);
  const double* x = ascending_position.data();
  // Weight, and weight times position, of those before position k.
  std::vector<double> before(options_ + 1);
  std::vector<double> moment(options_ + 1);
  for (std::size_t k = 0; k < options_; ++k) {
    before[k + 1] = before[k] + weight[k];
    moment[k + 1] = moment[k] + weight[k] * x[k];
  }
  std::vector<double> weight_left(options_);  // before the first of those nearer to i than to j
  std::vector<double> moment_left(options_);
  for (std::size_t i = 1; i < options_; ++i) {
    // As j goes left, so does the middle. One comparison moves one of them, without a branch.
    std::size_t right = i;
    for (std::size_t j = i; j > 0;) {
      const bool nearer_to_i = 2 * x[right - 1] > x[i] + x[j - 1];
      right -= nearer_to_i ? 1 : 0;
      weight_left[j - 1] = before[right];
      moment_left[j - 1] = moment[right];
      j -= nearer_to_i ? 0 : 1;
    }
    double* ahead = ahead_.data() + i * stride_;
    double* behind = behind_.data() + i * stride_;
    const double from_i = before[options_] - before[i];
    DELIAN_ELEMENTWISE
    for (std::size_t j = 0; j < i; ++j) {
      const double sum = x[i] + x[j];
      const double gap = x[i] - x[j];
      // Between the two, a voter at y gains 2 y - x_i - x_j by the first.
      const double near_i = 2 * (moment[i] - moment_left[j]) - sum * (before[i] - weight_left[j]);
      const double near_j =
          sum * (weight_left[j] - before[j + 1]) - 2 * (moment_left[j] - moment[j + 1]);
      ahead[j] = smallest_strength + gap * from_i + positive_part(near_i);
      behind[j] = smallest_strength + gap * before[j + 1] + positive_part(near_j);
    }
    std::fill(ahead + i, ahead + padded(i), smallest_strength);
    std::fill(behind + i, behind + padded(i), smallest_strength);
  }
}

std::span<const double> CondorcetElection::elect(const ElectionRules& rules) {
  decide_all(rules.victory, {options_, stride_, ahead_.data(), behind_.data()}, win_.data(),
             lose_.data());
  if (rules.election == ElectionLaw::conditional) {
    conditional();
  } else {
    const bool by_incentive = rules.election == ElectionLaw::markov_incentive;
    build_chain(by_incentive);
    const double tolerance = by_incentive ? rules.incentive_tolerance : rules.uniform_tolerance;
    if (tolerance > 0) {
      repeat(tolerance);
    } else {
      eliminate();
    }
  }
  return {probability_.data(), options_};
}

/// P_i = prod_j p_ij: the chance to beat all others, given that some option does.
void CondorcetElection::conditional() {
  double* p = probability_.data();
  for (std::size_t i = 0; i < options_; ++i) {
    const double* win = win_.data() + i * stride_;
    const double* lose = lose_.data() + i * stride_;
    double own = 1;
    for (std::size_t j = 0; j < i; ++j) {
      own *= win[j];
      p[j] *= lose[j];
    }
    p[i] = own;
  }
  // Where each option all but certainly loses to another, products fall below the range.
  if (*std::max_element(p, p + options_) < 1e-250) conditional_in_wide_range();
  normalise({p, options_});
}

void CondorcetElection::conditional_in_wide_range() {
  std::vector<int> exponent(options_);
  std::fill(probability_.begin(), probability_.end(), 1.0);
  const auto multiply = [&](std::size_t i, double factor) {
    int more = 0;
    probability_[i] = std::frexp(probability_[i] * factor, &more);
    exponent[i] += more;
  };
  for (std::size_t i = 0; i < options_; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      multiply(i, win_[i * stride_ + j]);
      multiply(j, lose_[i * stride_ + j]);
    }
  }
  const int largest = *std::max_element(exponent.begin(), exponent.end());
  for (std::size_t i = 0; i < options_; ++i) {
    probability_[i] = std::ldexp(probability_[i], exponent[i] - largest);
  }
}

/// The favourite j is challenged by i, evenly or in proportion to the strength behind i times its
/// chance, and i takes its place with chance p_ij.
void CondorcetElection::build_chain(bool by_incentive) {
  chain_.assign(options_ * stride_, 0.0);
  // Nothing speaks for challenging oneself but this, so that somebody challenges.
  constexpr double smallest_incentive = 1e-12;
  const double own = by_incentive ? smallest_strength / 2 + smallest_incentive : 1.0;
  std::fill(total_.begin(), total_.end(), own);  // of those who challenge j
  const auto each_pair = [&](const auto& visit) {
    for (std::size_t i = 1; i < options_; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const std::size_t k = i * stride_ + j;
        visit(i, j, win_[k], by_incentive ? ahead_[k] * win_[k] : 1.0);
        visit(j, i, lose_[k], by_incentive ? behind_[k] * lose_[k] : 1.0);
      }
    }
  };
  each_pair([&](std::size_t, std::size_t j, double, double incentive) { total_[j] += incentive; });
  for (std::size_t j = 0; j < options_; ++j) chain_[j * stride_ + j] = own / total_[j];
  each_pair([&](std::size_t i, std::size_t j, double p, double incentive) {
    const double challenged = incentive / total_[j];
    chain_[j * stride_ + i] = challenged * p;
    chain_[j * stride_ + j] += challenged * (1 - p);
  });
}

/// The distribution that the chain keeps, exactly.
void CondorcetElection::eliminate() {
  take_out_states(options_, stride_, chain_.data());
  probability_[0] = 1;
  for (std::size_t k = 1; k < options_; ++k) {
    probability_[k] = 0;
    for (std::size_t i = 0; i < k; ++i) {
      probability_[k] += probability_[i] * chain_[i * stride_ + k];
    }
  }
  normalise({probability_.data(), options_});
}

/// The same by repetition from equal shares, going half of each step; a chain that hardly moves is
/// solved after all.
void CondorcetElection::repeat(double tolerance) {
  constexpr int at_most = 1000;  // tens are usual
  std::fill(probability_.begin(), probability_.end(), 1 / static_cast<double>(options_));
  for (int step = 0; step < at_most; ++step) {
    step_chain(options_, stride_, chain_.data(), probability_.data(), next_.data());
    double change = 0;
    for (std::size_t i = 0; i < options_; ++i) {
      change = std::max(change, std::fabs(next_[i] - probability_[i]));
      probability_[i] = (probability_[i] + next_[i]) / 2;
    }
    if (change <= tolerance) return;
  }
  eliminate();
}

double median_of(std::span<const double> value, std::span<const double> weight) {
  // Shares of weight closer than this are a tie; sums of hundreds of numbers err by far less.
  constexpr double tie = 1e-12;
  std::vector<std::size_t> order(value.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return value[a] < value[b]; });
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  double below = 0;
  std::optional<double> lower;  // of a tie
  for (const std::size_t i : order) {
    if (weight[i] == 0) continue;
    if (lower) return (*lower + value[i]) / 2;
    below += weight[i];
    const double excess = 2 * below / total - 1;
    if (excess > tie) return value[i];
    if (excess >= -tie) lower = value[i];
  }
  return lower.value_or(value.front());
}

}  // namespace delian::bargaining
