#include "delian/power_study.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace delian::power {
namespace {

/// Members by value, the largest first. Values that differ by rounding alone are equal, and equal
/// ones stay in their own order.
std::vector<std::size_t> descending(const std::vector<double>& value) {
  constexpr double steps = 1e12;
  const double largest = *std::max_element(value.begin(), value.end());
  const auto step = [&](std::size_t i) {
    return largest > 0 ? std::floor(value[i] / largest * steps + 0.5) : 0;
  };
  std::vector<std::size_t> order(value.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return step(a) > step(b); });
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
  if (union_power) return descending(union_power->owen);
  std::vector<double> shapley;
  for (const MemberPower& member : indices.members) shapley.push_back(member.shapley_shubik);
  return descending(shapley);
}

std::vector<std::size_t> Study::by_gradient() const {
  return pass ? descending(pass->gradient) : std::vector<std::size_t>{};
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

  const std::optional<ProfileCount> profiles = count_profiles(subject.rule);
  CoalitionList list;
  if (options.list) list = list_minimal_coalitions(game, *options.list, options.most);
  return Study{
      .subject = std::move(subject),
      .indices = std::move(*found),
      .nakamura = nakamura_number(game),
      .vetoers = game.form().vetoers,
      .minimal_winning = count_minimal_coalitions(game, CoalitionKind::winning),
      .minimal_blocking = count_minimal_coalitions(game, CoalitionKind::blocking),
      .profiles = profiles,
      .unions = std::move(options.unions),
      .union_power = std::move(with_unions),
      .listed = options.list,
      .list = std::move(list),
      .consent = std::move(options.consent),
      .pass = std::move(pass),
  };
}

}  // namespace delian::power
