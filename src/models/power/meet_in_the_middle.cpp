// Horowitz and Sahni 1974: the coalitions of each half of the members, sorted by weight within each
// size. For a coalition of one half, those of the other half with which it wins are then the first
// so many of each size; how many, two pointers find without searching. With a second criterion,
// of those first ones only some weigh enough in the second weight too: a Fenwick tree counts them.

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <utility>

#include "models/power/methods.hpp"

namespace delian::power {
namespace {

/// Coalitions of a half with one size, the weightiest first.
struct Entry {
  std::int64_t weight;
  std::uint32_t mask;
};
using Group = std::vector<Entry>;

/// `without` and, each with `weight` more and bit `k`, `with`, merged in order.
Group merged(const Group& without, const Group& with, std::int64_t weight, std::size_t k) {
  Group result;
  result.reserve(without.size() + with.size());
  auto a = without.begin();
  for (const Entry& entry : with) {
    const Entry added{entry.weight + weight, entry.mask | std::uint32_t{1} << k};
    while (a != without.end() && a->weight >= added.weight) result.push_back(*a++);
    result.push_back(added);
  }
  result.insert(result.end(), a, without.end());
  return result;
}

class Half {
 public:
  Half(const NormalForm& form, std::size_t first, std::size_t members)
      : first_(first), members_(members), groups_(members + 1), second_(members + 1) {
    const auto weight = [&](std::size_t criterion, std::size_t k) {
      return criterion < form.criteria.size() ? form.criteria[criterion].weight[first + k] : 0;
    };
    groups_[0].push_back({0, 0});
    for (std::size_t k = 0; k < members; ++k) {
      // From above, so that the smaller size is still without member k.
      for (std::size_t size = k + 1; size > 0; --size) {
        groups_[size] = merged(groups_[size], groups_[size - 1], weight(0, k), k);
      }
    }
    if (form.criteria.size() < 2) return;
    for (std::size_t size = 0; size <= members; ++size) {
      for (const Entry& entry : groups_[size]) {
        std::int64_t sum = 0;
        for (std::uint32_t rest = entry.mask; rest != 0; rest &= rest - 1) {
          sum += weight(1, static_cast<std::size_t>(std::countr_zero(rest)));
        }
        second_[size].push_back(sum);
      }
    }
  }

  std::size_t first() const { return first_; }
  std::size_t members() const { return members_; }
  const Group& group(std::size_t size) const { return groups_[size]; }
  const std::vector<std::int64_t>& second(std::size_t size) const { return second_[size]; }

 private:
  std::size_t first_;
  std::size_t members_;
  std::vector<Group> groups_;
  std::vector<std::vector<std::int64_t>> second_;  // weights of the second criterion, if any
};

/// What the coalitions of a half count for: one each.
struct Ones {
  using Value = std::uint64_t;
  Value first(std::size_t /*size*/, std::size_t count) const { return count; }
  Value at(std::size_t /*size*/, std::size_t /*k*/) const { return 1; }
};

/// ... or their chance.
class Chances {
 public:
  using Value = double;
  /// @param one_by_one  at() is wanted too
  Chances(const Half& half, std::span<const double> p, bool one_by_one)
      : at_(half.members() + 1), first_(half.members() + 1) {
    const auto of_half = p.subspan(half.first(), half.members());
    // Doubling, member by member; then sorted as the groups are.
    std::vector<double> chance{1};
    chance.reserve(std::size_t{1} << half.members());
    for (const double yes : of_half) {
      const std::size_t size = chance.size();
      for (std::size_t mask = 0; mask < size; ++mask) chance.push_back(chance[mask] * yes);
      for (std::size_t mask = 0; mask < size; ++mask) chance[mask] *= 1 - yes;
    }
    for (std::size_t size = 0; size < first_.size(); ++size) {
      double sum = 0;
      double lost = 0;  // Kahan: millions of terms
      first_[size].push_back(0);
      for (const Entry& entry : half.group(size)) {
        if (one_by_one) at_[size].push_back(chance[entry.mask]);
        const double term = chance[entry.mask] - lost;
        const double next = sum + term;
        lost = (next - sum) - term;
        sum = next;
        first_[size].push_back(sum);
      }
    }
  }
  Value first(std::size_t size, std::size_t count) const { return first_[size][count]; }
  Value at(std::size_t size, std::size_t k) const { return at_[size][k]; }

 private:
  std::vector<std::vector<double>> at_;
  std::vector<std::vector<double>> first_;
};

/// Sums over those inserted with a second weight of at least so much.
template <class Value>
class Ranked {
 public:
  explicit Ranked(std::vector<std::int64_t> weights) : sorted_(std::move(weights)) {
    std::sort(sorted_.begin(), sorted_.end(), std::greater<>());
    sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
    tree_.assign(sorted_.size() + 1, 0);
  }
  void insert(std::int64_t weight, Value value) {
    for (std::size_t k = rank(weight) + 1; k < tree_.size(); k += k & (~k + 1)) tree_[k] += value;
  }
  Value at_least(std::int64_t weight) const {
    std::size_t k = rank(weight);
    if (k < sorted_.size() && sorted_[k] == weight) ++k;
    Value sum = 0;
    for (; k > 0; k &= k - 1) sum += tree_[k];
    return sum;
  }

 private:
  /// How many of the different weights are above this one.
  std::size_t rank(std::int64_t weight) const {
    return static_cast<std::size_t>(
        std::lower_bound(sorted_.begin(), sorted_.end(), weight, std::greater<>()) -
        sorted_.begin());
  }
  std::vector<std::int64_t> sorted_;  // descending, each once
  std::vector<Value> tree_;
};

/// For each coalition of `half`, what the coalitions of `other` with which it wins count for.
/// @param sink  (size of both together, mask of the coalition of `half`, value)
template <class Measure, class Sink>
void match(const NormalForm& form, const Half& half, const Half& other, const Measure& measure,
           const Sink& sink) {
  for (std::size_t a = 0; a <= half.members(); ++a) {
    const Group& from = half.group(a);
    for (std::size_t b = 0; b <= other.members(); ++b) {
      const Group& with = other.group(b);
      const Verdict v = verdict(form, a + b);
      if (v == Verdict::loses) continue;
      if (v == Verdict::wins) {
        const auto all = measure.first(b, with.size());
        for (const Entry& entry : from) sink(a + b, entry.mask, all);
        continue;
      }
      const std::int64_t quota = form.criteria.front().quota;
      if (form.criteria.size() == 1) {
        std::size_t count = with.size();
        for (const Entry& entry : from) {
          while (count > 0 && with[count - 1].weight < quota - entry.weight) --count;
          if (count == 0) break;  // and so for all that follow, which weigh less
          sink(a + b, entry.mask, measure.first(b, count));
        }
        continue;
      }
      // From the lightest: it takes the weightiest of the others, and then more and more.
      Ranked<typename Measure::Value> ranked(other.second(b));
      std::size_t count = 0;
      for (std::size_t k = from.size(); k-- > 0;) {
        for (; count < with.size() && with[count].weight >= quota - from[k].weight; ++count) {
          ranked.insert(other.second(b)[count], measure.at(b, count));
        }
        sink(a + b, from[k].mask, ranked.at_least(form.criteria[1].quota - half.second(a)[k]));
      }
    }
  }
}

struct Halves {
  explicit Halves(const NormalForm& form)
      : low(form, 0, form.others.size() / 2),
        high(form, form.others.size() / 2, form.others.size() - form.others.size() / 2) {}
  Half low;
  Half high;
};

/// Weights of the coalitions of a growing half by size, the weightiest first.
class GrowingHalf {
 public:
  GrowingHalf() : groups_{{0}} {}

  void add(std::int64_t weight) {
    groups_.emplace_back();
    for (std::size_t size = groups_.size() - 1; size > 0; --size) {
      std::vector<std::int64_t> with = groups_[size - 1];
      for (std::int64_t& w : with) w += weight;
      std::vector<std::int64_t> both(groups_[size].size() + with.size());
      std::merge(groups_[size].begin(), groups_[size].end(), with.begin(), with.end(), both.begin(),
                 std::greater<>());
      groups_[size] = std::move(both);
    }
  }
  std::size_t members() const { return groups_.size() - 1; }
  const std::vector<std::int64_t>& group(std::size_t size) const { return groups_[size]; }

 private:
  std::vector<std::vector<std::int64_t>> groups_;
};

/// Pairs of one from each that weigh at least so much together.
std::uint64_t pairs_at_least(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b,
                             std::int64_t least) {
  std::uint64_t pairs = 0;
  std::size_t count = b.size();
  for (const std::int64_t weight : a) {
    while (count > 0 && b[count - 1] < least - weight) --count;
    if (count == 0) break;
    pairs += count;
  }
  return pairs;
}

}  // namespace

SizeCounts count_by_meeting(const NormalForm& form) {
  const std::size_t n = form.others.size();
  const Halves halves(form);
  Held held;
  held.all.assign(n + 1, 0);
  held.with.assign(n, std::vector<double>(n + 1, 0));
  std::vector<std::uint64_t> all(n + 1, 0);
  MemberSums low(halves.low.members(), n);
  match(form, halves.low, halves.high, Ones{},
        [&](std::size_t size, std::uint32_t mask, std::uint64_t count) {
          all[size] += count;
          low.add(mask, size, count);
        });
  low.collect(held, halves.low.first());
  MemberSums high(halves.high.members(), n);
  match(form, halves.high, halves.low, Ones{},
        [&](std::size_t size, std::uint32_t mask, std::uint64_t count) {
          high.add(mask, size, count);
        });
  high.collect(held, halves.high.first());
  std::transform(all.begin(), all.end(), held.all.begin(),
                 [](std::uint64_t count) { return static_cast<double>(count); });
  return swings_among(held);
}

Extension extend_by_meeting(const NormalForm& form, std::span<const double> p) {
  const Halves halves(form);
  const auto one_side = [&](const Half& half, const Half& other) {
    std::vector<double> given(std::size_t{1} << half.members(), 0);  // P(wins | this half)
    match(form, half, other, Chances(other, p, form.criteria.size() > 1),
          [&](std::size_t /*size*/, std::uint32_t mask, double chance) { given[mask] += chance; });
    return fold(std::move(given), p.subspan(half.first(), half.members()));
  };
  Extension result = one_side(halves.low, halves.high);
  const Extension high = one_side(halves.high, halves.low);
  result.gradient.insert(result.gradient.end(), high.gradient.begin(), high.gradient.end());
  return result;
}

// With one criterion, members are ordered by weight. A winning coalition is minimal when it loses
// without its lightest member j: what is left weighs most then. So count the coalitions T of those
// before j such that T loses and T + j wins. A losing one is maximal when it wins with the lightest
// of those it lacks, j: it holds all after j, and T of those before.
double count_minimal_by_meeting(const NormalForm& form, CoalitionKind kind) {
  const std::vector<std::size_t> order = by_weight(form);
  const Rule::YesQuota& criterion = form.criteria.front();
  const bool blocking = kind == CoalitionKind::blocking;
  std::size_t after = 0;
  std::int64_t weight_after = 0;
  if (blocking) {
    after = order.size();
    for (const std::int64_t w : criterion.weight) weight_after += w;
  }
  std::uint64_t found = 0;
  std::array<GrowingHalf, 2> halves;
  for (std::size_t j = 0; j < order.size(); ++j) {
    const std::int64_t weight = criterion.weight[order[j]];
    if (blocking) {
      --after;
      weight_after -= weight;
    }
    for (std::size_t a = 0; a <= halves[0].members(); ++a) {
      for (std::size_t b = 0; b <= halves[1].members(); ++b) {
        const Verdict without = verdict(form, after + a + b);
        const Verdict with = verdict(form, after + a + b + 1);
        if (without == Verdict::wins || with == Verdict::loses) continue;
        const std::int64_t missing = criterion.quota - weight_after;
        const auto& left = halves[0].group(a);
        const auto& right = halves[1].group(b);
        found += with == Verdict::wins ? left.size() * right.size()
                                       : pairs_at_least(left, right, missing - weight);
        if (without == Verdict::weighs) found -= pairs_at_least(left, right, missing);
      }
    }
    halves[j % 2].add(weight);
  }
  return static_cast<double>(found);
}

}  // namespace delian::power
