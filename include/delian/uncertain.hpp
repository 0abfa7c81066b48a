#pragma once
// A number as an expert can give it: 90, "10 to 30", "5 (1 to 20)", "unknown", or labelled branches
// "70%: 5 (1 to 20) | 30%: 40 (25 to 60)".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"

namespace delian {

/// What a quantity can be. The scale, not the user, chooses the family of distributions:
/// `scale` [0, 100] takes a two-piece logit-normal, `positive` (0, inf) a two-piece lognormal.
enum class Support { scale, positive };

/// One spread: an exact value, LOW to HIGH, BEST (LOW to HIGH), or unknown.
struct Spread {
  enum class Kind { exact, range, best_and_range, unknown };
  Kind kind = Kind::unknown;
  double low = 0;   ///< lower end of the stated interval; the value itself when exact
  double best = 0;  ///< the median; meaningless for `range` and `unknown`
  double high = 0;  ///< upper end of the stated interval; the value itself when exact

  friend bool operator==(const Spread&, const Spread&) = default;
};

/// One of several stories, with the chance that it is the true one.
struct Branch {
  double probability =
      1;              ///< in (0, 1], as stated: they sum to 1 within 0.001 (33.3 % three times)
  std::string label;  ///< may be empty
  Spread spread;

  friend bool operator==(const Branch&, const Branch&) = default;
};

/// A number or a distribution over it. Valid for as long as it exists.
class Uncertain {
 public:
  /// Reads a value by the grammar
  ///
  ///   value  := spread | branch ( "|" branch )+
  ///   branch := NUMBER "%" [ LABEL ] ":" spread      LABEL: letters, digits, spaces, - _ ' .
  ///   spread := NUMBER | NUMBER "to" NUMBER | NUMBER "(" NUMBER "to" NUMBER ")" | "unknown"
  ///
  /// NUMBER has a decimal point, never a comma; no exponent, no thousands separator, at most 30
  /// characters. Shares of the branches sum to 100 % within 0.1. White space, no-break spaces
  /// included, may stand between any two parts. In a label every character beyond ASCII is a
  /// letter.
  ///
  /// Errors  E201 not in the grammar (the message says what was expected and, for a hyphen, a comma
  ///         or "about", what to write instead), E202 range reversed, E203 best guess outside its
  ///         range, E204 outside `support`, E205 branches do not sum to 100 %, E206 "unknown" on a
  ///         positive quantity. `pointer` goes into every diagnostic.
  static Expected<Uncertain> parse(std::string_view text, Support support,
                                   std::string_view pointer);

  /// The exact value `number`. Errors E204 outside `support`, not finite, or longer than a NUMBER
  /// when written out.
  static Expected<Uncertain> exact(double number, Support support, std::string_view pointer);

  /// At least one branch; exactly one, with probability 1, for a value without branches.
  const std::vector<Branch>& branches() const { return branches_; }
  Support support() const { return support_; }
  bool is_exact() const;
  bool is_unknown() const;

  /// The value in the grammar of parse(), numbers in their shortest form; parse(text()) is equal.
  std::string text() const;

  friend bool operator==(const Uncertain&, const Uncertain&) = default;

 private:
  Uncertain(std::vector<Branch> branches, Support support);  // trusts the factories
  std::vector<Branch> branches_;
  Support support_ = Support::scale;
};

/// The distribution of an Uncertain as its quantile function, compiled once and used for each draw.
///
/// Two-piece: the stated ends are the (1-interval)/2 and (1+interval)/2 quantiles, best the median;
/// below the median one normal half on the transformed axis, above it another. A range without best
/// takes the middle of the transformed axis. On the bounded scale ends are kept `edge` away from 0
/// and 100, since the logit is infinite there; exact values are not. "unknown" is flat on the
/// scale. Quantiles of a positive quantity stay within e^-700 and e^700. Shares that miss 100 % by
/// rounding are scaled to it.
class QuantileFunction {
 public:
  /// Distance from the ends of the scale at which a stated end counts, in points.
  static constexpr double edge = 0.05;

  /// @param interval  probability mass between the stated ends, in (0, 1)
  QuantileFunction(const Uncertain& value, double interval);

  /// The quantile at u in (0, 1); non-decreasing in u within each branch. Branches take consecutive
  /// parts of (0, 1) in the order written.
  double operator()(double u) const;

  /// out[d] = quantile at u[d]; the same bits as operator(). The two may be the same array.
  void fill(const double* u, double* out, std::size_t count) const;

 private:
  struct Piece {
    double upper_share;  // the branch takes u below this
    double lower_share;
    bool flat;  // unknown: uniform on the scale
    bool exact;
    double centre, spread_below, spread_above;  // on the transformed axis, per standard deviation
    double value;                               // when exact
  };
  std::vector<Piece> pieces_;
  Support support_;
};

}  // namespace delian
