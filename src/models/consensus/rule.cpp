#include "delian/rule.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

#include "delian/assert.hpp"

namespace delian {
namespace {

/// Weights with up to this many decimals are compared as integers.
constexpr int max_decimals = 6;

/// Shares are read as fractions with at most this denominator: 2/3, 0.6667, 255/345.
constexpr int max_denominator = 10'000;

/// A share this near to a fraction was meant to be it; the nearest two differ by 1e-8.
constexpr double fraction_tolerance = 1e-12;

/// Largest product of integers that doubles hold exactly.
constexpr double exact_limit = 9'007'199'254'740'992.0;

/// Sums of a few hundred doubles err by far less, in shares of the total.
constexpr double tie_tolerance = 1e-12;

/// Of a total in fixed-point numbers: tie_tolerance is then a thousand units.
constexpr int fixed_point_bits = 50;

double sum(const std::vector<double>& weight) {
  return std::accumulate(weight.begin(), weight.end(), 0.0);
}

bool is_near_integer(double x) {
  return std::abs(x - std::round(x)) <= 1e-9 * std::abs(x);  // so that only 0 counts as 0
}

struct Fraction {
  double numerator;
  double denominator;
};

std::optional<Fraction> as_fraction(double share) {
  for (int d = 1; d <= max_denominator; ++d) {
    const double numerator = std::round(share * d);
    if (std::abs(share - numerator / d) <= fraction_tolerance) return Fraction{numerator, 1.0 * d};
  }
  return std::nullopt;
}

/// The power of ten that makes every weight (and an absolute quota) an integer, if there is one.
std::optional<double> integer_scale(const Criterion& criterion) {
  double scale = 1;
  for (int decimals = 0; decimals <= max_decimals; ++decimals, scale *= 10) {
    const bool fits = std::all_of(criterion.weight.begin(), criterion.weight.end(),
                                  [&](double w) { return is_near_integer(w * scale); }) &&
                      (criterion.relative || is_near_integer(criterion.quota * scale));
    if (fits) return scale;
  }
  return std::nullopt;
}

/// The least size of a blocking minority among those who take part (TFEU 238(3)): the fewest
/// members who together hold more than `share` of the weight, plus one; never more than there are.
int least_blocking_minority(std::vector<double> weight, double share) {
  const Fraction f = as_fraction(share).value_or(Fraction{share, 1});
  const double bar = sum(weight) * f.numerator;
  std::sort(weight.begin(), weight.end(), std::greater<>());
  double held = 0;
  std::size_t count = 0;
  while (count < weight.size() && held * f.denominator <= bar) held += weight[count++];
  return static_cast<int>(std::min(count + 1, weight.size()));
}

template <class T>
void erase_at(std::vector<T>& values, std::size_t i) {
  if (!values.empty()) values.erase(values.begin() + static_cast<std::ptrdiff_t>(i));
}

/// Collects what is wrong with the parts of a rule.
class Checks {
 public:
  explicit Checks(std::string_view pointer) : pointer_(pointer) {}

  void require(bool holds, std::string_view key, std::string message, std::string fix = {}) {
    if (holds) return;
    std::string place = pointer_;
    if (!place.empty() && !key.empty()) place += '.';
    place += key;
    problems_.push_back(diagnose("E305", std::move(place), std::move(message), std::move(fix)));
  }

  /// False if the weights are unusable, so that checks on their total are left out.
  bool require_weights(const std::vector<double>& weight, std::size_t members, std::string_view key,
                       std::string_view what) {
    const std::size_t before = problems_.size();
    require(weight.size() == members, key,
            fmt::format("{} has {} weights for {} members.", what, weight.size(), members),
            "Give one weight for each member.");
    require(std::all_of(weight.begin(), weight.end(),
                        [](double w) { return std::isfinite(w) && w >= 0; }),
            key, fmt::format("{} has a weight that is not a number from 0 up.", what));
    if (problems_.size() == before) {
      require(sum(weight) > 0 && std::isfinite(sum(weight)), key,
              fmt::format("The weights of {} are all zero, or too large to add up.", what));
    }
    return problems_.size() == before;
  }

  Diagnostics& problems() { return problems_; }

 private:
  std::string pointer_;
  Diagnostics problems_;
};

void check_criterion(Checks& checks, const Criterion& c, std::size_t index, std::size_t members) {
  const std::string key = fmt::format("criteria[{}]", index);
  const std::string what = c.name.empty() ? key : fmt::format("\"{}\"", c.name);
  const bool usable = checks.require_weights(c.weight, members, key, what);
  if (c.relative) {
    const bool in_range = c.strict ? c.quota > 0 && c.quota < 1 : c.quota > 0 && c.quota <= 1;
    checks.require(in_range, key,
                   fmt::format("The threshold of {} is a share of {}, outside 0 to 100 %{}.", what,
                               c.quota, c.strict ? " (more than all can never be met)" : ""),
                   "Write the share of the whole that has to say yes.");
    return;
  }
  checks.require(std::isfinite(c.quota) && c.quota > 0, key,
                 fmt::format("The threshold of {} is {}, but must be above 0.", what, c.quota));
  if (!usable || !std::isfinite(c.quota)) return;
  const double total = sum(c.weight);
  const double margin = tie_tolerance * total;
  checks.require(c.strict ? c.quota < total - margin : c.quota <= total + margin, key,
                 fmt::format("The threshold of {} is {}, but all members together weigh {}: no "
                             "proposal could ever pass.",
                             what, c.quota, total),
                 "Lower the threshold or correct the weights.");
}

}  // namespace

Expected<Rule> Rule::make(Parts parts, std::string_view pointer) {
  Checks checks(pointer);
  const std::size_t n = parts.members;
  checks.require(n > 0, "members", "A rule needs at least one member.");
  const bool has_veto = std::any_of(parts.veto.begin(), parts.veto.end(),
                                    [](std::uint8_t holds) { return holds != 0; });
  checks.require(!parts.criteria.empty() || has_veto || parts.objections_allowed >= 0, "",
                 "The rule has no criterion: nothing could stop a proposal.",
                 "State a threshold, a veto, or how many objections are allowed.");
  for (std::size_t i = 0; i < parts.criteria.size(); ++i) {
    check_criterion(checks, parts.criteria[i], i, n);
  }
  checks.require(parts.veto.empty() || parts.veto.size() == n, "veto",
                 fmt::format("Vetoes are given for {} of {} members.", parts.veto.size(), n));
  checks.require(parts.objections_allowed >= -1 &&
                     (n == 0 || std::cmp_less(std::max(parts.objections_allowed, 0), n)),
                 "objections_allowed",
                 fmt::format("{} objections are allowed among {} members: no objection could ever "
                             "block.",
                             parts.objections_allowed, n),
                 "Allow fewer objections than there are members.");
  checks.require(parts.minimum_blockers >= 0 && std::cmp_less_equal(parts.minimum_blockers, n),
                 "minimum_blockers",
                 fmt::format("A blocking minority of at least {} is impossible among {} members.",
                             parts.minimum_blockers, n));
  checks.require(
      parts.blocking_share >= 0 && parts.blocking_share < 1 &&
          (parts.blocking_share == 0 || !parts.criteria.empty()),
      "blocking_share",
      fmt::format("A blocking minority cannot be defined by a share of {}.", parts.blocking_share));
  checks.require(parts.abstention_stop_share >= 0 && parts.abstention_stop_share <= 1,
                 "abstention_stop_share",
                 fmt::format("Abstentions stop a decision at a share of {}, outside 0 to 100 %.",
                             parts.abstention_stop_share));
  if (parts.abstention_stop_share > 0) {
    checks.require_weights(parts.abstention_weight, n, "abstention_weight",
                           "The clause on constructive abstention");
  }
  if (!checks.problems().empty()) return tl::unexpected(std::move(checks.problems()));
  return Rule(std::move(parts));
}

Rule::Rule(Parts parts) : parts_(std::move(parts)) {
  if (parts_.blocking_share > 0 && parts_.minimum_blockers == 0) {
    parts_.minimum_blockers =
        least_blocking_minority(parts_.criteria.back().weight, parts_.blocking_share);
  }
  for (const Criterion& criterion : parts_.criteria) thresholds_.push_back(compile(criterion));
  if (parts_.abstention_stop_share > 0) {
    Criterion stop;
    stop.weight.assign(parts_.members, 1);
    stop.quota = parts_.abstention_stop_share;
    stop.relative = true;
    abstention_stops_.push_back(compile(stop));
    stop.weight = parts_.abstention_weight;
    abstention_stops_.push_back(compile(stop));
  }
  any_no_blocks_ = find_any_no_blocks();
}

Rule::Threshold Rule::compile(const Criterion& criterion) {
  Threshold t;
  t.weight = criterion.weight;
  t.numerator = criterion.quota;
  t.relative = criterion.relative;
  t.strict = criterion.strict;
  t.abstention = criterion.abstention;
  t.slack = tie_tolerance * sum(t.weight);
  const std::optional<double> scale = integer_scale(criterion);
  const std::optional<Fraction> share =
      criterion.relative ? as_fraction(criterion.quota) : Fraction{criterion.quota, 1};
  if (!scale || !share) return t;
  const double total = sum(t.weight) * *scale;
  if (total * share->denominator > exact_limit) return t;
  for (double& w : t.weight) w = std::round(w * *scale);
  t.numerator = criterion.relative ? share->numerator : std::round(criterion.quota * *scale);
  t.denominator = share->denominator;
  t.slack = 0.5;  // integers are equal or differ by one
  t.whole = true;
  return t;
}

bool Rule::is_met(const Threshold& t, std::span<const Vote> votes) {
  std::array<double, 3> by_vote{};
  for (std::size_t i = 0; i < votes.size(); ++i) {
    by_vote[static_cast<std::size_t>(votes[i])] += t.weight[i];
  }
  const auto [no, abstain, yes] = by_vote;
  const double in_favour = t.abstention == Abstention::counts_as_yes ? yes + abstain : yes;
  double bar = t.numerator;
  if (t.relative) {
    const double base = t.abstention == Abstention::leaves_the_base ? yes + no : no + abstain + yes;
    if (base <= 0) return false;  // a share of nothing is not reached
    bar *= base;
  }
  const double margin = in_favour * t.denominator - bar;
  return t.strict ? margin > t.slack : margin > -t.slack;
}

bool Rule::passes(std::span<const Vote> votes) const {
  DELIAN_ASSERT(votes.size() == parts_.members);
  int noes = 0;
  int not_yes = 0;
  bool vetoed = false;
  for (std::size_t i = 0; i < votes.size(); ++i) {
    const bool no = votes[i] == Vote::no;
    noes += static_cast<int>(no);
    not_yes += static_cast<int>(votes[i] != Vote::yes);
    vetoed |= no && !parts_.veto.empty() && parts_.veto[i] != 0;
  }
  if (vetoed) return false;
  if (parts_.objections_allowed >= 0 && noes > parts_.objections_allowed) return false;
  if (!abstention_stops_.empty() && abstainers_stop(votes)) return false;
  if (not_yes < parts_.minimum_blockers) return true;
  return std::all_of(thresholds_.begin(), thresholds_.end(),
                     [&](const Threshold& t) { return is_met(t, votes); });
}

bool Rule::abstainers_stop(std::span<const Vote> votes) const {
  return std::all_of(abstention_stops_.begin(), abstention_stops_.end(), [&](const Threshold& t) {
    double abstaining = 0;
    double all = 0;
    for (std::size_t i = 0; i < votes.size(); ++i) {
      all += t.weight[i];
      if (votes[i] == Vote::abstain) abstaining += t.weight[i];
    }
    return abstaining * t.denominator - all * t.numerator > -t.slack;
  });
}

std::vector<std::uint8_t> Rule::pivotal(std::span<const Vote> votes) const {
  std::vector<std::uint8_t> result(votes.size(), 0);
  if (passes(votes)) return result;
  std::vector<Vote> changed(votes.begin(), votes.end());
  for (std::size_t i = 0; i < votes.size(); ++i) {
    if (votes[i] == Vote::yes) continue;
    changed[i] = Vote::yes;
    result[i] = passes(changed) ? 1 : 0;
    changed[i] = votes[i];
  }
  return result;
}

std::vector<Rule::YesQuota> Rule::yes_quotas() const {
  std::vector<YesQuota> result;
  for (const Threshold& t : thresholds_) {
    const double total = sum(t.weight);
    const double bar = t.relative ? t.numerator * total : t.numerator;
    // Other weights become fixed-point numbers, of so many bits that what rounding moves is below
    // the slack.
    int exponent = 0;
    if (!t.whole) {
      std::frexp(total, &exponent);
      exponent = fixed_point_bits - exponent;
    }
    YesQuota criterion;
    for (const double w : t.weight) {
      criterion.weight.push_back(static_cast<std::int64_t>(std::round(std::ldexp(w, exponent))));
    }
    const auto whole_total =
        std::accumulate(criterion.weight.begin(), criterion.weight.end(), std::int64_t{0});
    if (t.whole) {
      const auto over = static_cast<std::int64_t>(bar);
      const auto under = static_cast<std::int64_t>(t.denominator);
      criterion.quota = t.strict ? over / under + 1 : (over + under - 1) / under;
    } else {
      const double least = t.strict ? bar + t.slack : bar - t.slack;
      criterion.quota = static_cast<std::int64_t>(std::ceil(std::ldexp(least, exponent)));
    }
    criterion.quota = std::clamp<std::int64_t>(criterion.quota, 1, whole_total);
    result.push_back(std::move(criterion));
  }
  return result;
}

Rule Rule::without(std::size_t i) const {
  DELIAN_ASSERT(i < parts_.members);
  Parts rest = parts_;
  --rest.members;
  for (Criterion& criterion : rest.criteria) erase_at(criterion.weight, i);
  erase_at(rest.veto, i);
  erase_at(rest.abstention_weight, i);
  // All of them together can always block.
  rest.minimum_blockers = rest.blocking_share > 0
                              ? 0  // found anew
                              : std::min(rest.minimum_blockers, static_cast<int>(rest.members));
  return Rule(std::move(rest));
}

bool Rule::find_any_no_blocks() const {
  // With all others in favour a lone no is weakest; if it blocks there, it blocks everywhere.
  std::vector<Vote> votes(parts_.members, Vote::yes);
  for (Vote& vote : votes) {
    vote = Vote::no;
    if (passes(votes)) return false;
    vote = Vote::yes;
  }
  return !votes.empty();
}

}  // namespace delian
