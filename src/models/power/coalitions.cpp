#include <algorithm>
#include <numeric>
#include <utility>

#include "models/power/methods.hpp"

namespace delian::power {
namespace {

constexpr std::size_t most_enumerated = 28;
constexpr std::size_t most_met = 45;
constexpr std::size_t met_at_once = 40;
constexpr std::size_t most_steps = 10'000'000;

std::optional<double> count_among_others(const NormalForm& form, CoalitionKind kind) {
  const std::size_t n = form.others.size();
  const bool blocking = kind == CoalitionKind::blocking;
  if (form.criteria.empty()) {
    // Winning from so many; the largest losing ones are one smaller.
    if (blocking && form.win_from == 0) return 0;
    return binomials(n)[form.win_from - (blocking ? 1 : 0)];
  }
  const bool fits = form.weights_alone && weights_fit(form, 1);
  if (form.criteria.size() == 1 && n <= (fits ? met_at_once : most_met)) {
    return count_minimal_by_meeting(form, kind);
  }
  if (fits) return count_minimal_by_weight(form, kind);
  if (n <= most_enumerated) return count_minimal_by_enumeration(form, kind);
  return std::nullopt;
}

/// Searches the minimal coalitions of one size after the other.
class Search {
 public:
  Search(const NormalForm& form, CoalitionKind kind, std::size_t most)
      : form_(form), kind_(kind), most_(most), order_(by_weight(form)) {
    for (const Rule::YesQuota& c : form.criteria) {
      Table table;
      std::vector<std::int64_t> sorted;  // of those from j on
      for (std::size_t j = order_.size(); j-- > 0;) {
        const std::int64_t w = c.weight[order_[j]];
        sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), w), w);
        std::vector<std::int64_t> light{0};
        std::vector<std::int64_t> heavy{0};
        for (std::size_t r = 0; r < sorted.size(); ++r) {
          light.push_back(light[r] + sorted[r]);
          heavy.push_back(heavy[r] + sorted[sorted.size() - 1 - r]);
        }
        table.lightest.push_back(std::move(light));
        table.heaviest.push_back(std::move(heavy));
      }
      std::reverse(table.lightest.begin(), table.lightest.end());
      std::reverse(table.heaviest.begin(), table.heaviest.end());
      tables_.push_back(std::move(table));
      totals_.push_back(std::accumulate(c.weight.begin(), c.weight.end(), std::int64_t{0}));
    }
    sums_.assign(form.criteria.size(), 0);
  }

  CoalitionList run() && {
    for (std::size_t size = 0; size <= order_.size() && !stopped_; ++size) grow(0, size);
    result_.complete = !stopped_;
    return std::move(result_);
  }

 private:
  struct Table {  // [from][r]: the sums of the r lightest and heaviest members from `from` on
    std::vector<std::vector<std::int64_t>> lightest;
    std::vector<std::vector<std::int64_t>> heaviest;
  };

  /// For so many members who weigh so much; more of either never takes it away.
  template <class Weight>
  bool has_power(std::size_t size, const Weight& weight) const {
    if (kind_ == CoalitionKind::winning) {
      const Verdict v = verdict(form_, size);
      if (v != Verdict::weighs) return v == Verdict::wins;
      for (std::size_t k = 0; k < form_.criteria.size(); ++k) {
        if (weight(k) < form_.criteria[k].quota) return false;
      }
      return true;
    }
    const Verdict v = verdict(form_, order_.size() - size);  // of those who are left
    if (v != Verdict::weighs) return v == Verdict::loses;
    for (std::size_t k = 0; k < form_.criteria.size(); ++k) {
      if (totals_[k] - weight(k) < form_.criteria[k].quota) return true;
    }
    return false;
  }
  bool has_power() const {
    return has_power(chosen_.size(), [&](std::size_t k) { return sums_[k]; });
  }

  void choose(std::size_t member, std::int64_t sign) {
    for (std::size_t k = 0; k < sums_.size(); ++k) {
      sums_[k] += sign * form_.criteria[k].weight[member];
    }
  }

  /// Nobody can leave without the coalition losing its power.
  bool is_minimal() const {
    return std::none_of(chosen_.begin(), chosen_.end(), [&](std::size_t member) {
      return has_power(chosen_.size() - 1,
                       [&](std::size_t k) { return sums_[k] - form_.criteria[k].weight[member]; });
    });
  }

  /// Adds `left` more members from order_[from] on in every way that may lead to a minimal one.
  void grow(std::size_t from, std::size_t left) {
    if (++steps_ > most_steps) stopped_ = true;
    if (stopped_) return;
    const bool powerful = has_power();
    if (left == 0) {
      if (powerful && is_minimal()) found();
      return;
    }
    if (powerful) return;  // whatever holds it is not minimal
    const std::size_t size = chosen_.size();
    for (std::size_t j = from; j + left <= order_.size() && !stopped_; ++j) {
      // Even the heaviest would not do it; and for later j they are lighter still.
      if (!has_power(size + left,
                     [&](std::size_t k) { return sums_[k] + tables_[k].heaviest[j][left]; })) {
        return;
      }
      // Even the lightest would do it without the last: the last could leave.
      if (has_power(size + left - 1,
                    [&](std::size_t k) { return sums_[k] + tables_[k].lightest[j][left - 1]; })) {
        return;
      }
      chosen_.push_back(order_[j]);
      choose(order_[j], 1);
      grow(j + 1, left - 1);
      choose(order_[j], -1);
      chosen_.pop_back();
    }
  }

  void found() {
    if (result_.coalitions.size() == most_) {
      stopped_ = true;
      return;
    }
    std::vector<std::size_t> coalition;
    if (kind_ == CoalitionKind::winning) coalition = form_.vetoers;
    for (const std::size_t member : chosen_) coalition.push_back(form_.others[member]);
    result_.coalitions.push_back(std::move(coalition));
  }

  const NormalForm& form_;
  CoalitionKind kind_;
  std::size_t most_;
  std::vector<std::size_t> order_;
  std::vector<Table> tables_;
  std::vector<std::int64_t> totals_;
  std::vector<std::size_t> chosen_;
  std::vector<std::int64_t> sums_;
  CoalitionList result_;
  std::size_t steps_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::vector<std::size_t> by_weight(const NormalForm& form) {
  std::vector<std::size_t> order(form.others.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    for (const Rule::YesQuota& c : form.criteria) {
      if (c.weight[a] != c.weight[b]) return c.weight[a] > c.weight[b];
    }
    return false;
  });
  return order;
}

std::optional<double> count_minimal_coalitions(const SimpleGame& game, CoalitionKind kind) {
  if (game.members() > most_members) return std::nullopt;
  const std::optional<double> count = count_among_others(game.form(), kind);
  if (!count || kind == CoalitionKind::winning) return count;
  return *count + static_cast<double>(game.form().vetoers.size());  // each blocks alone
}

CoalitionList list_minimal_coalitions(const SimpleGame& game, CoalitionKind kind,
                                      std::size_t most) {
  if (game.members() > most_members) return {};
  if (kind == CoalitionKind::winning) return Search(game.form(), kind, most).run();
  const std::vector<std::size_t>& vetoers = game.form().vetoers;
  CoalitionList list;
  if (vetoers.size() <= most) {
    list = Search(game.form(), kind, most - vetoers.size()).run();
  }
  std::vector<std::vector<std::size_t>> alone;
  for (std::size_t k = 0; k < std::min(most, vetoers.size()); ++k) alone.push_back({vetoers[k]});
  list.coalitions.insert(list.coalitions.begin(), alone.begin(), alone.end());
  return list;
}

}  // namespace delian::power
