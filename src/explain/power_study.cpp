#include "delian/power_study.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace delian::power {
namespace {

std::vector<std::size_t> descending(std::size_t count, const auto& value) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
  return order;
}

}  // namespace

bool Study::all_alike() const {
  const std::vector<MemberPower>& members = indices.members;
  return std::all_of(members.begin(), members.end(), [&](const MemberPower& m) {
    return m.shapley_shubik == members.front().shapley_shubik;
  });
}

std::vector<std::size_t> Study::by_power() const {
  return descending(indices.members.size(),
                    [&](std::size_t i) { return indices.members[i].shapley_shubik; });
}

std::vector<std::size_t> Study::by_gradient() const {
  if (!pass) return {};
  return descending(pass->gradient.size(), [&](std::size_t i) { return pass->gradient[i]; });
}

Expected<Study> study(Subject subject, StudyOptions options) {
  const SimpleGame game(subject.rule);
  Expected<Indices> found = indices(game);
  if (!found) return tl::unexpected(std::move(found.error()));

  Diagnostics problems;
  std::optional<UnionPower> with_unions;
  if (!options.unions.empty()) {
    std::vector<std::vector<std::size_t>> unions;
    for (const NamedUnion& named : options.unions) unions.push_back(named.members);
    Expected<UnionPower> power = union_power(game, unions);
    if (power) {
      with_unions = std::move(*power);
    } else {
      problems = std::move(power.error());
    }
  }
  std::optional<PassProbability> pass;
  if (options.consent) {
    Expected<PassProbability> passes = pass_probability(game, options.consent->chance);
    if (passes) {
      pass = std::move(*passes);
    } else {
      problems.insert(problems.end(), passes.error().begin(), passes.error().end());
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  std::optional<ProfileCount> profiles = count_profiles(subject.rule);
  CoalitionList list;
  if (options.list) list = list_minimal_coalitions(game, *options.list, options.most);
  return Study{
      .subject = std::move(subject),
      .indices = std::move(*found),
      .nakamura = nakamura_number(game),
      .vetoers = game.form().vetoers,
      .minimal_winning = count_minimal_coalitions(game, CoalitionKind::winning),
      .minimal_blocking = count_minimal_coalitions(game, CoalitionKind::blocking),
      .profiles = std::move(profiles),
      .unions = std::move(options.unions),
      .union_power = std::move(with_unions),
      .listed = options.list,
      .list = std::move(list),
      .consent = std::move(options.consent),
      .pass = std::move(pass),
  };
}

}  // namespace delian::power
