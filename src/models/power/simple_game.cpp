#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

#include "delian/assert.hpp"
#include "delian/power.hpp"

namespace delian::power {
namespace {

std::int64_t rounded_up(std::int64_t over, std::int64_t under) {
  return (over + under - 1) / under;
}

/// How many of the weights in this order it takes to reach the quota.
std::size_t taken_to_reach(const std::vector<std::int64_t>& weight, std::int64_t quota) {
  std::int64_t held = 0;
  std::size_t count = 0;
  while (count < weight.size() && held < quota) held += weight[count++];
  return count;
}

}  // namespace

std::string_view method_name(Method method) {
  constexpr std::array names{"closed-form", "enumeration", "meet-in-the-middle", "integral"};
  return names[static_cast<std::size_t>(method)];
}

SimpleGame::SimpleGame(const Rule& rule)
    : members_(rule.parts().members), veto_(rule.parts().veto), criteria_(rule.yes_quotas()) {
  const Rule::Parts& parts = rule.parts();
  if (veto_.empty()) veto_.assign(members_, 0);
  // Abstentions that stop a decision play no part: nobody abstains.
  const std::size_t unstoppable =
      parts.objections_allowed < 0
          ? 0
          : members_ - std::min(members_, static_cast<std::size_t>(parts.objections_allowed));
  const auto clause = static_cast<std::size_t>(parts.minimum_blockers);
  weigh_from_ = unstoppable;
  win_from_ = std::max(unstoppable, clause == 0 ? members_ + 1 : members_ + 1 - clause);
  weigh_from_ = std::min(weigh_from_, win_from_);
  form_ = reduced();
}

Expected<SimpleGame> SimpleGame::weighted(std::vector<double> weight, double quota,
                                          std::string_view pointer) {
  Rule::Parts parts;
  parts.id = "weighted";
  parts.members = weight.size();
  Criterion criterion;
  criterion.weight = std::move(weight);
  criterion.quota = quota;
  parts.criteria.push_back(std::move(criterion));
  return Rule::make(std::move(parts), pointer).map([](const Rule& rule) {
    return SimpleGame(rule);
  });
}

bool SimpleGame::wins(std::span<const std::uint8_t> coalition) const {
  DELIAN_ASSERT(coalition.size() == members_);
  std::size_t size = 0;
  for (std::size_t i = 0; i < members_; ++i) {
    if (coalition[i] == 0 && veto_[i] != 0) return false;
    size += coalition[i] != 0 ? 1U : 0U;
  }
  if (size >= win_from_) return true;
  if (size < weigh_from_) return false;
  return std::all_of(criteria_.begin(), criteria_.end(), [&](const Rule::YesQuota& c) {
    std::int64_t held = 0;
    for (std::size_t i = 0; i < members_; ++i) held += coalition[i] != 0 ? c.weight[i] : 0;
    return held >= c.quota;
  });
}

NormalForm SimpleGame::reduced() const {
  NormalForm form;
  std::vector<std::uint8_t> coalition(members_, 1);
  for (std::size_t i = 0; i < members_; ++i) {
    coalition[i] = 0;
    (wins(coalition) ? form.others : form.vetoers).push_back(i);
    coalition[i] = 1;
  }
  const std::size_t n = form.others.size();
  const auto of_others = [&](std::size_t all) { return all - std::min(all, form.vetoers.size()); };
  form.weigh_from = of_others(weigh_from_);
  form.win_from = std::min(of_others(win_from_), n + 1);

  struct Weighed {
    Rule::YesQuota criterion;
    std::size_t reached;  // so few members, and no fewer, can reach the quota
    std::size_t sure;     // so many reach it whoever they are
  };
  std::vector<Weighed> weighed;
  for (const Rule::YesQuota& c : criteria_) {
    Rule::YesQuota rest;
    rest.quota = c.quota;
    for (const std::size_t i : form.vetoers) rest.quota -= c.weight[i];
    if (rest.quota <= 0) continue;
    std::int64_t divisor = 0;
    for (const std::size_t i : form.others) {
      rest.weight.push_back(c.weight[i]);
      divisor = std::gcd(divisor, c.weight[i]);
    }
    DELIAN_ASSERT(divisor > 0);  // everybody together reaches the quota
    for (std::int64_t& w : rest.weight) w /= divisor;
    rest.quota = rounded_up(rest.quota, divisor);

    std::vector<std::int64_t> sorted = rest.weight;
    std::sort(sorted.begin(), sorted.end(), std::greater<>());
    const std::size_t reached = taken_to_reach(sorted, rest.quota);
    std::reverse(sorted.begin(), sorted.end());
    const std::size_t sure = taken_to_reach(sorted, rest.quota);
    if (reached == sure) {  // numbers of members decide
      form.weigh_from = std::max(form.weigh_from, sure);
    } else {
      weighed.push_back({std::move(rest), reached, sure});
    }
  }
  for (const Weighed& w : weighed) form.weigh_from = std::max(form.weigh_from, w.reached);
  std::erase_if(weighed, [&](const Weighed& w) { return w.sure <= form.weigh_from; });
  std::size_t all_sure = form.weigh_from;
  for (const Weighed& w : weighed) all_sure = std::max(all_sure, w.sure);
  const bool clause_counts = form.win_from < all_sure;
  form.win_from = std::min(form.win_from, all_sure);
  form.weigh_from = std::min(form.weigh_from, form.win_from);
  if (form.weigh_from == form.win_from) return form;

  form.weights_alone =
      weighed.size() == 1 && !clause_counts && form.weigh_from == weighed.front().reached;
  for (Weighed& w : weighed) form.criteria.push_back(std::move(w.criterion));
  return form;
}

}  // namespace delian::power
