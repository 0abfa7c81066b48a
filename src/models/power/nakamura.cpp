// Winning coalitions without a common member are sets of members left out, each so small that the
// rest wins, which together cover everybody. So the Nakamura number is the least number of bins for
// all members, where a bin may hold what the others can win without.

#include <algorithm>
#include <numeric>

#include "models/power/methods.hpp"

namespace delian::power {
namespace {

constexpr std::size_t most_steps = 5'000'000;

class Packing {
 public:
  explicit Packing(const NormalForm& form) : form_(form), order_(by_weight(form)) {
    for (const Rule::YesQuota& c : form.criteria) {
      totals_.push_back(std::accumulate(c.weight.begin(), c.weight.end(), std::int64_t{0}));
    }
  }

  /// Fewer bins cannot hold everybody.
  std::size_t lower_bound() const {
    const std::size_t n = order_.size();
    const std::size_t unweighed = n - std::min(n, form_.win_from);  // any so many may be left out
    const std::size_t largest = n - form_.weigh_from;
    std::size_t bound = std::max<std::size_t>(2, (n + largest - 1) / largest);
    for (std::size_t k = 0; k < totals_.size(); ++k) {
      std::vector<std::int64_t> weight = form_.criteria[k].weight;
      std::sort(weight.begin(), weight.end(), std::greater<>());
      std::int64_t heaviest = 0;
      for (std::size_t i = 0; i < unweighed; ++i) heaviest += weight[i];
      const std::int64_t room = std::max(totals_[k] - form_.criteria[k].quota, heaviest);
      if (room <= 0) continue;
      bound = std::max(bound, static_cast<std::size_t>((totals_[k] + room - 1) / room));
    }
    return bound;
  }

  enum class Answer : std::uint8_t { fits, does_not_fit, unknown };

  /// Whether so many bins hold everybody. The first try is first fit decreasing.
  Answer fits(std::size_t bins) {
    bins_.assign(bins, Bin{0, std::vector<std::int64_t>(totals_.size(), 0)});
    steps_ = 0;
    if (place(0)) return Answer::fits;
    return steps_ > most_steps ? Answer::unknown : Answer::does_not_fit;
  }

 private:
  struct Bin {
    std::size_t size = 0;
    std::vector<std::int64_t> weight;
    friend bool operator==(const Bin&, const Bin&) = default;
  };

  bool may_be_left_out(const Bin& bin) const {
    const Verdict v = verdict(form_, order_.size() - bin.size);
    if (v != Verdict::weighs) return v == Verdict::wins;
    for (std::size_t k = 0; k < totals_.size(); ++k) {
      if (totals_[k] - bin.weight[k] < form_.criteria[k].quota) return false;
    }
    return true;
  }

  bool place(std::size_t next) {
    if (next == order_.size()) return true;
    if (++steps_ > most_steps) return false;
    for (std::size_t b = 0; b < bins_.size(); ++b) {
      // A bin like an earlier one leads nowhere else.
      const Bin before = bins_[b];
      const bool seen = std::find(bins_.begin(), bins_.begin() + static_cast<std::ptrdiff_t>(b),
                                  before) != bins_.begin() + static_cast<std::ptrdiff_t>(b);
      if (seen) continue;
      ++bins_[b].size;
      for (std::size_t k = 0; k < totals_.size(); ++k) {
        bins_[b].weight[k] += form_.criteria[k].weight[order_[next]];
      }
      if (may_be_left_out(bins_[b]) && place(next + 1)) return true;
      bins_[b] = before;
    }
    return false;
  }

  const NormalForm& form_;
  std::vector<std::size_t> order_;
  std::vector<std::int64_t> totals_;
  std::vector<Bin> bins_;
  std::size_t steps_ = 0;
};

}  // namespace

NakamuraNumber nakamura_number(const SimpleGame& game) {
  NakamuraNumber number;
  if (!game.form().vetoers.empty()) {
    number.infinite = true;
    return number;
  }
  if (game.members() > most_members) {
    number.least = 2;
    number.most = static_cast<int>(game.members());
    return number;
  }
  Packing packing(game.form());
  bool open = false;
  // Each member alone may be left out: as many bins as members are enough, and first fit finds it.
  for (std::size_t bins = packing.lower_bound();; ++bins) {
    const Packing::Answer answer = packing.fits(bins);
    if (answer == Packing::Answer::unknown) {
      if (!open) number.least = static_cast<int>(bins);
      open = true;
    } else if (answer == Packing::Answer::does_not_fit) {
      open = false;  // nor do fewer
    } else {
      number.most = static_cast<int>(bins);
      if (!open) number.least = number.most;
      return number;
    }
  }
}

}  // namespace delian::power
