// Every coalition, one bit each: bit c of the table says whether coalition c wins, where bit i of c
// says whether member i is in it. The low six members make up a word of 64 coalitions.

#include <algorithm>
#include <array>
#include <bit>

#include "models/power/member_sums.hpp"
#include "models/power/methods.hpp"

namespace delian::power {
namespace {

using Word = std::uint64_t;
constexpr std::size_t word_members = 6;

/// Coalitions of a word that hold its member i: ...10101010 for i = 0.
constexpr std::array<Word, word_members> holds{0xaaaaaaaaaaaaaaaaU, 0xccccccccccccccccU,
                                               0xf0f0f0f0f0f0f0f0U, 0xff00ff00ff00ff00U,
                                               0xffff0000ffff0000U, 0xffffffff00000000U};

/// Coalitions of a word with s of its members.
constexpr std::array<Word, word_members + 1> of_size = [] {
  std::array<Word, word_members + 1> masks{};
  for (unsigned c = 0; c < 64; ++c) {
    masks[static_cast<std::size_t>(std::popcount(c))] |= Word{1} << c;
  }
  return masks;
}();

/// For one criterion, which coalitions of the low members weigh at least so much.
class LowMembers {
 public:
  LowMembers(const Rule::YesQuota& criterion, std::size_t low) {
    const std::size_t coalitions = std::size_t{1} << low;
    for (std::size_t c = 0; c < coalitions; ++c) {
      std::int64_t weight = 0;
      for (std::size_t i = 0; i < low; ++i) weight += (c >> i & 1) != 0 ? criterion.weight[i] : 0;
      sorted_.push_back({weight, Word{1} << c});
    }
    std::sort(sorted_.begin(), sorted_.end(), [](const Entry& a, const Entry& b) {
      return a.weight != b.weight ? a.weight < b.weight : a.from < b.from;
    });
    for (std::size_t k = sorted_.size() - 1; k-- > 0;) sorted_[k].from |= sorted_[k + 1].from;
  }

  Word at_least(std::int64_t weight) const {
    const auto first =
        std::lower_bound(sorted_.begin(), sorted_.end(), weight,
                         [](const Entry& entry, std::int64_t w) { return entry.weight < w; });
    return first == sorted_.end() ? 0 : first->from;
  }

 private:
  struct Entry {
    std::int64_t weight;
    Word from;  // coalitions of this weight or more
  };
  std::vector<Entry> sorted_;
};

/// Sums of f over the set bits of the high part, from two tables of half its members.
template <class T, class Combine>
class HighMembers {
 public:
  HighMembers(std::size_t members, T start, Combine combine, const auto& of_member)
      : low_(members / 2), combine_(combine) {
    fill(lower_, 0, low_, start, of_member);
    fill(upper_, low_, members, start, of_member);
  }
  T of(std::size_t mask) const {
    return combine_(upper_[mask >> low_], lower_[mask & ((std::size_t{1} << low_) - 1)]);
  }

 private:
  void fill(std::vector<T>& table, std::size_t from, std::size_t to, T start,
            const auto& of_member) {
    table.assign(std::size_t{1} << (to - from), start);
    for (std::size_t mask = 0; mask < table.size(); ++mask) {
      for (std::size_t i = from; i < to; ++i) {
        table[mask] = combine_(table[mask], of_member(i, (mask >> (i - from) & 1) != 0));
      }
    }
  }
  std::size_t low_;
  Combine combine_;
  std::vector<T> lower_;
  std::vector<T> upper_;
};

class CoalitionTable {
 public:
  explicit CoalitionTable(const NormalForm& form)
      : members_(form.others.size()),
        low_(std::min(members_, word_members)),
        valid_(low_ == word_members ? ~Word{0} : (Word{1} << (1U << low_)) - 1),
        bits_(std::size_t{1} << (members_ - low_), 0) {
    std::vector<LowMembers> low;
    const auto plus = [](std::int64_t a, std::int64_t b) { return a + b; };
    std::vector<HighMembers<std::int64_t, decltype(plus)>> high;
    for (const Rule::YesQuota& c : form.criteria) {
      low.emplace_back(c, low_);
      high.emplace_back(members_ - low_, 0, plus,
                        [&](std::size_t i, bool in) { return in ? c.weight[low_ + i] : 0; });
    }
    for (std::size_t mask = 0; mask < bits_.size(); ++mask) {
      const auto size = static_cast<std::size_t>(std::popcount(mask));
      Word wins = 0;
      Word weighs = 0;
      for (std::size_t s = 0; s <= low_; ++s) {
        const Verdict v = verdict(form, size + s);
        wins |= v == Verdict::wins ? of_size[s] : 0;
        weighs |= v == Verdict::weighs ? of_size[s] : 0;
      }
      for (std::size_t k = 0; k < low.size() && weighs != 0; ++k) {
        weighs &= low[k].at_least(form.criteria[k].quota - high[k].of(mask));
      }
      bits_[mask] = (wins | weighs) & valid_;
    }
  }

  Held winning() const {
    Held held;
    held.all.assign(members_ + 1, 0);
    held.with.assign(members_, std::vector<double>(members_ + 1, 0));
    MemberSums high(members_ - low_, members_);
    for (std::size_t mask = 0; mask < bits_.size(); ++mask) {
      const auto size = static_cast<std::size_t>(std::popcount(mask));
      for (std::size_t s = 0; s <= low_ && bits_[mask] != 0; ++s) {
        const Word here = bits_[mask] & of_size[s];
        if (here == 0) continue;
        const auto count = static_cast<std::uint64_t>(std::popcount(here));
        held.all[size + s] += static_cast<double>(count);
        high.add(static_cast<std::uint32_t>(mask), size + s, count);
        for (std::size_t i = 0; i < low_; ++i) {
          held.with[i][size + s] += static_cast<double>(std::popcount(here & holds[i]));
        }
      }
    }
    high.collect(held, low_);
    return held;
  }

  /// Coalitions that win and would lose without any one of their members.
  double minimal_winning() const {
    double count = 0;
    for (std::size_t mask = 0; mask < bits_.size(); ++mask) {
      if (bits_[mask] == 0) continue;
      Word still = 0;  // win without somebody
      for (std::size_t i = 0; i < low_; ++i) still |= (bits_[mask] << (1U << i)) & holds[i];
      for (std::size_t rest = mask; rest != 0; rest &= rest - 1) {
        still |= bits_[mask & ~(rest & (~rest + 1))];
      }
      count += static_cast<double>(std::popcount(bits_[mask] & ~still));
    }
    return count;
  }

  /// Coalitions that lose and would win with anybody else: what minimal blocking ones leave.
  double maximal_losing() const {
    const std::size_t every = bits_.size() - 1;
    double count = 0;
    for (std::size_t mask = 0; mask < bits_.size(); ++mask) {
      const Word loses = ~bits_[mask] & valid_;
      if (loses == 0) continue;
      Word still = 0;  // lose also with somebody
      for (std::size_t i = 0; i < low_; ++i) still |= (loses & holds[i]) >> (1U << i);
      for (std::size_t rest = every & ~mask; rest != 0; rest &= rest - 1) {
        still |= ~bits_[mask | (rest & (~rest + 1))];
      }
      count += static_cast<double>(std::popcount(loses & ~still));
    }
    return count;
  }

  Extension extend(std::span<const double> p) const {
    const auto times = [](double a, double b) { return a * b; };
    const HighMembers<double, decltype(times)> chance(
        members_ - low_, 1, times,
        [&](std::size_t i, bool in) { return in ? p[low_ + i] : 1 - p[low_ + i]; });
    // Chances of the 64 coalitions of the low members, and their sums over each byte.
    const std::size_t coalitions = std::size_t{1} << low_;
    std::vector<double> low_chance(coalitions, 1);
    for (std::size_t c = 0; c < coalitions; ++c) {
      for (std::size_t i = 0; i < low_; ++i) low_chance[c] *= (c >> i & 1) != 0 ? p[i] : 1 - p[i];
    }
    std::array<std::array<double, 256>, 8> of_byte{};
    for (std::size_t b = 0; b < 8; ++b) {
      for (std::size_t value = 1; value < 256; ++value) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(value));
        const std::size_t c = 8 * b + bit;
        of_byte[b][value] = of_byte[b][value & (value - 1)] + (c < coalitions ? low_chance[c] : 0);
      }
    }
    std::vector<double> given_high(bits_.size(), 0);  // P(wins | high part)
    std::vector<double> given_low(coalitions, 0);     // P(wins | low part)
    for (std::size_t mask = 0; mask < bits_.size(); ++mask) {
      const Word word = bits_[mask];
      if (word == 0) continue;
      double sum = 0;
      for (std::size_t b = 0; b < 8; ++b) sum += of_byte[b][word >> (8 * b) & 255];
      given_high[mask] = sum;
      const double here = chance.of(mask);
      for (Word rest = word; rest != 0; rest &= rest - 1) {
        given_low[static_cast<std::size_t>(std::countr_zero(rest))] += here;
      }
    }
    Extension low = fold(std::move(given_low), p.first(low_));
    const Extension high = fold(std::move(given_high), p.subspan(low_));
    low.gradient.insert(low.gradient.end(), high.gradient.begin(), high.gradient.end());
    return low;
  }

 private:
  std::size_t members_;
  std::size_t low_;
  Word valid_;
  std::vector<Word> bits_;
};

}  // namespace

SizeCounts count_by_enumeration(const NormalForm& form) {
  return swings_among(CoalitionTable(form).winning());
}

Extension extend_by_enumeration(const NormalForm& form, std::span<const double> p) {
  return CoalitionTable(form).extend(p);
}

double count_minimal_by_enumeration(const NormalForm& form, CoalitionKind kind) {
  const CoalitionTable table(form);
  return kind == CoalitionKind::winning ? table.minimal_winning() : table.maximal_losing();
}

}  // namespace delian::power
