#pragma once
// The probabilistic Condorcet election (PCE): any two options meet, those who prefer one stand
// against those who prefer the other, and strength decides with a chance, not for certain. Shared
// by the models `condorcet` and `spatial`; formulas in docs/models/condorcet.md.
// Source: the program KTAB (ktab2019 in docs/references.bib).

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace delian::bargaining {

/// How an actor's vote between two options grows with what it gains by the first.
enum class VoteCurve : std::uint8_t {
  binary,
  proportional_binary,
  proportional,
  proportional_cubic,
  cubic,
  prospect,
};
inline constexpr std::array<std::string_view, 6> vote_curves{
    "binary", "proportional_binary", "proportional", "proportional_cubic", "cubic", "prospect"};

/// How the chance of winning grows with strength.
enum class VictoryLaw : std::uint8_t { linear, square, quartic, octic, binary };
inline constexpr std::array<std::string_view, 5> victory_laws{"linear", "square", "quartic",
                                                              "octic", "binary"};

/// How chances between pairs become one probability for each option.
enum class ElectionLaw : std::uint8_t { conditional, markov_uniform, markov_incentive };
inline constexpr std::array<std::string_view, 3> election_laws{"conditional", "markov_uniform",
                                                               "markov_incentive"};

struct ElectionRules {
  VoteCurve vote = VoteCurve::proportional;
  VictoryLaw victory = VictoryLaw::linear;
  ElectionLaw election = ElectionLaw::conditional;
  /// Largest change at which a Markov election stops repeating itself; 0 solves it exactly.
  double uniform_tolerance = 0;
  double incentive_tolerance = 0;
};

/// Vote per unit of weight for the first of two options, which is worth `gain` more to the voter.
/// Options are numbered; the one with the higher number comes first.
template <VoteCurve curve>
inline double response(double gain) {
  // Not a step at 0, so that noise in the last digit decides nothing.
  const double steep = gain * 1e8;
  const double below_one = steep < 1.0 ? steep : 1.0;
  const double sign = below_one > -1.0 ? below_one : -1.0;
  if constexpr (curve == VoteCurve::binary) return sign;
  if constexpr (curve == VoteCurve::proportional_binary) return 0.8 * gain + 0.2 * sign;
  if constexpr (curve == VoteCurve::proportional) return gain;
  if constexpr (curve == VoteCurve::proportional_cubic)
    return 0.5 * gain + 0.5 * gain * gain * gain;
  if constexpr (curve == VoteCurve::cubic) return gain * gain * gain;
  if constexpr (curve == VoteCurve::prospect) return gain > 0 ? 2.0 / 3.0 * gain : gain;
}

inline double positive_part(double x) {
  return x > 0.0 ? x : 0.0;
}

/// Arrays over options or voters are padded to whole blocks of this many, so that loops over them
/// leave no remainder.
inline constexpr std::size_t block = 8;
constexpr std::size_t padded(std::size_t count) {
  return (count + block - 1) / block * block;
}

/// One election after another in the same memory: open(), then one of the counts, then elect().
class CondorcetElection {
 public:
  /// Strength that every side has at least, in units of the mean weight: nobody is without a
  /// chance, and two options between which nobody cares are even. KTAB's 1e-8 where the mean
  /// capability is 100.
  static constexpr double smallest_strength = 1e-10;

  void open(std::size_t options);
  /// Distance between the rows of a table of utilities.
  std::size_t stride() const { return stride_; }

  /// Counts what voters with a mean weight of 1 bring to bear on each pair.
  ///
  /// @param utility  [voter * stride() + option], padding included (any finite number there)
  void count(VoteCurve curve, std::span<const double> weight, const double* utility);

  /// The same for proportional votes on a line, O(options^2): the options are the positions, the
  /// voters stand on them and lose what lies between.
  ///
  /// @param weight  of those who stand on each position, over the mean weight of a voter
  void count_on_line(std::span<const double> weight, std::span<const double> ascending_position);

  /// The probability of each option; sums to 1. Valid until the next open().
  std::span<const double> elect(const ElectionRules& rules);

 private:
  void conditional();
  void conditional_in_wide_range();
  void build_chain(bool by_incentive);
  void eliminate();
  void repeat(double tolerance);

  std::size_t options_ = 0;
  std::size_t stride_ = 0;
  // [i * stride + j] for j < i: strength for i against j, for j against i, and the chances.
  std::vector<double> ahead_, behind_, win_, lose_;
  std::vector<double> chain_;  // [i * stride + j]: rate at which j takes over from i
  std::vector<double> probability_, next_, total_;
};

/// The enumerator that the value of a parameter with choices stands for.
template <class Choice>
Choice chosen(double value) {
  return static_cast<Choice>(static_cast<int>(value));
}

/// Point at which half the weight lies on either side; a tie gives the midpoint. `weight` sums to
/// more than 0.
double median_of(std::span<const double> value, std::span<const double> weight);

}  // namespace delian::bargaining
