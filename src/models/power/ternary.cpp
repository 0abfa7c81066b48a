// Members alike in every weight and veto are counted together: of k alike, the ways to have a noes,
// b abstentions and c yes are k! / (a! b! c!), and the rule is asked once for all of them.

#include <algorithm>
#include <cmath>
#include <map>

#include "models/power/methods.hpp"

namespace delian::power {
namespace {

constexpr double most_compositions = 4'000'000;
constexpr std::size_t most_voters = 600;  // 3^600 is still a double

/// Whether an abstention is as good as a no everywhere: no veto, no objection, no clause on
/// abstentions, no criterion that takes it otherwise.
bool only_yes_counts(const Rule::Parts& parts) {
  return parts.veto.empty() && parts.objections_allowed < 0 && parts.abstention_stop_share <= 0 &&
         std::all_of(
             parts.criteria.begin(), parts.criteria.end(),
             [](const Criterion& c) { return c.abstention == Abstention::counts_as_no; });
}

std::vector<std::vector<std::size_t>> alike(const Rule::Parts& parts) {
  std::map<std::vector<double>, std::vector<std::size_t>> types;
  for (std::size_t i = 0; i < parts.members; ++i) {
    std::vector<double> key;
    for (const Criterion& c : parts.criteria) key.push_back(c.weight[i]);
    key.push_back(parts.veto.empty() ? 0 : parts.veto[i]);
    key.push_back(parts.abstention_weight.empty() ? 0 : parts.abstention_weight[i]);
    types[key].push_back(i);
  }
  std::vector<std::vector<std::size_t>> result;
  for (auto& [key, members] : types) result.push_back(std::move(members));
  return result;
}

class Profiles {
 public:
  Profiles(const Rule& rule, std::vector<std::vector<std::size_t>> types)
      : rule_(rule), types_(std::move(types)), votes_(rule.parts().members, Vote::yes) {}

  double passing(std::size_t type, double ways) {
    if (type == types_.size()) return rule_.passes(votes_) ? ways : 0;
    const std::vector<std::size_t>& members = types_[type];
    const std::vector<double> with_no = binomials(members.size());
    double sum = 0;
    for (std::size_t noes = 0; noes <= members.size(); ++noes) {
      const std::size_t rest = members.size() - noes;
      const std::vector<double> with_abstention = binomials(rest);
      for (std::size_t abstentions = 0; abstentions <= rest; ++abstentions) {
        for (std::size_t k = 0; k < members.size(); ++k) {
          votes_[members[k]] = k < noes                 ? Vote::no
                               : k < noes + abstentions ? Vote::abstain
                                                        : Vote::yes;
        }
        sum += passing(type + 1, ways * with_no[noes] * with_abstention[abstentions]);
      }
    }
    return sum;
  }

 private:
  const Rule& rule_;
  std::vector<std::vector<std::size_t>> types_;
  std::vector<Vote> votes_;
};

}  // namespace

std::optional<ProfileCount> count_profiles(const Rule& rule) {
  const std::size_t n = rule.parts().members;
  if (n > most_voters) return std::nullopt;
  double all = 1;
  for (std::size_t i = 0; i < n; ++i) all *= 3;
  std::vector<std::vector<std::size_t>> types = alike(rule.parts());
  double compositions = 1;
  for (const auto& members : types) {
    const auto k = static_cast<double>(members.size());
    compositions *= (k + 1) * (k + 2) / 2;
  }
  ProfileCount count;
  count.no_or_abstain_alike = only_yes_counts(rule.parts());
  if (compositions <= most_compositions) {
    count.passing = Profiles(rule, std::move(types)).passing(0, 1);
  } else if (count.no_or_abstain_alike) {
    const SimpleGame game(rule);
    const std::size_t vetoers = game.form().vetoers.size();
    const std::optional<SizeCounts> counts = count_by_size(game.form());
    if (!counts) return std::nullopt;
    for (std::size_t s = 0; s < counts->winning.size(); ++s) {
      // Whoever does not say yes has two ways not to.
      count.passing += std::ldexp(counts->winning[s], static_cast<int>(n - vetoers - s));
    }
  } else {
    return std::nullopt;
  }
  count.share = count.passing / all;
  return count;
}

}  // namespace delian::power
