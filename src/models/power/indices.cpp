#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/power/methods.hpp"

namespace delian::power {
namespace {

constexpr double exact_below = 9'007'199'254'740'992.0;  // 2^53

// The larger, the longer and the more memory: at these, a second or two and some 100 MB.
constexpr std::size_t most_enumerated = 28;
constexpr std::size_t most_met = 45;
constexpr std::size_t most_met_two_weights = 36;
/// Up to here counting is quicker than it takes to notice; beyond, the integral comes first.
constexpr std::size_t met_at_once = 40;
constexpr double most_cells = 4'194'304;    // weights in one table: 32 MB
constexpr double most_cell_updates = 4e10;  // some twenty seconds

std::optional<double> whole(double count) {
  return count < exact_below ? std::optional(count) : std::nullopt;
}

/// Shares and counts of the whole body from those of the members without a veto.
class Assembly {
 public:
  explicit Assembly(const SimpleGame& game) : form_(game.form()), n_(game.members()) {
    result_.members.resize(n_);
    for (const std::size_t v : form_.vetoers) result_.members[v].veto = true;
  }

  Indices counted(const SizeCounts& counts, Method method) && {
    result_.method = method;
    const std::size_t vetoers = form_.vetoers.size();
    const std::vector<double> others = binomials(n_ - 1);
    const auto orders = [&](std::size_t size) {  // (s-1)! (n-s)! / n!
      return 1 / (static_cast<double>(n_) * others[size - 1]);
    };
    const auto add = [&](std::size_t member, const std::vector<double>& swings) {
      MemberPower& power = result_.members[member];
      double sum = 0;
      for (std::size_t s = 0; s < swings.size(); ++s) {
        if (swings[s] == 0) continue;
        sum += swings[s];
        power.shapley_shubik += swings[s] * orders(s + vetoers);
      }
      power.swings = whole(sum);
      power.banzhaf_measure = std::ldexp(sum, 1 - static_cast<int>(n_));
    };
    for (std::size_t k = 0; k < form_.others.size(); ++k) add(form_.others[k], counts.swings[k]);
    for (const std::size_t v : form_.vetoers) add(v, counts.winning);  // in each of them
    const double winning = std::accumulate(counts.winning.begin(), counts.winning.end(), 0.0);
    result_.winning = whole(winning);
    result_.act = std::ldexp(winning, -static_cast<int>(n_));
    return std::move(*this).finished();
  }

  Indices integrated(const Integrals& integrals) && {
    result_.method = Method::integral;
    const int vetoers = static_cast<int>(form_.vetoers.size());
    for (std::size_t k = 0; k < form_.others.size(); ++k) {
      MemberPower& power = result_.members[form_.others[k]];
      power.shapley_shubik = integrals.decides[k];
      power.banzhaf_measure = std::ldexp(integrals.half.gradient[k], -vetoers);
    }
    for (const std::size_t v : form_.vetoers) {
      MemberPower& power = result_.members[v];
      power.shapley_shubik = integrals.passes;
      power.banzhaf_measure = std::ldexp(integrals.half.value, 1 - vetoers);
    }
    result_.act = std::ldexp(integrals.half.value, -vetoers);
    return std::move(*this).finished();
  }

 private:
  Indices finished() && {
    double sum = 0;
    for (const MemberPower& power : result_.members) sum += power.banzhaf_measure;
    for (MemberPower& power : result_.members) {
      power.banzhaf_index = power.banzhaf_measure / sum;
      power.prevent = std::min(1.0, power.banzhaf_measure / (2 * result_.act));
      power.initiate = std::min(1.0, power.banzhaf_measure / (2 * (1 - result_.act)));
    }
    return std::move(result_);
  }

  const NormalForm& form_;
  std::size_t n_;
  Indices result_;
};

}  // namespace

SizeCounts swings_among(const Held& winning) {
  SizeCounts counts;
  counts.winning = winning.all;
  for (const std::vector<double>& with : winning.with) {
    std::vector<double> swings(with.size(), 0);
    for (std::size_t s = 1; s < with.size(); ++s) {
      swings[s] = with[s] - (winning.all[s - 1] - with[s - 1]);
    }
    counts.swings.push_back(std::move(swings));
  }
  return counts;
}

bool weights_fit(const NormalForm& form, std::size_t passes) {
  const Rule::YesQuota& c = form.criteria.front();
  const double total = std::accumulate(c.weight.begin(), c.weight.end(), 0.0);
  const double cells =
      std::max(static_cast<double>(c.quota), total - static_cast<double>(c.quota) + 1);
  return cells <= most_cells &&
         cells * static_cast<double>(c.weight.size()) * static_cast<double>(passes) <=
             most_cell_updates;
}

std::optional<std::string> refusal(Method method, const NormalForm& form) {
  const std::size_t n = form.others.size();
  const std::size_t weights = form.criteria.size();
  switch (method) {
    case Method::closed_form:
      if (weights == 0) return std::nullopt;
      return "closed form: weights decide, not numbers of members alone";
    case Method::enumeration:
      if (n <= most_enumerated) return std::nullopt;
      return fmt::format("enumeration: up to {} members without a veto", most_enumerated);
    case Method::meet_in_the_middle:
      if (weights > 2) return fmt::format("meeting in the middle: two weights, not {}", weights);
      if (n > (weights == 2 ? most_met_two_weights : most_met)) {
        return fmt::format(
            "meeting in the middle: up to {} members without a veto, {} where two weights decide",
            most_met, most_met_two_weights);
      }
      return std::nullopt;
    case Method::integral:
      if (!form.weights_alone) return "integral: one weight has to decide, without other clauses";
      if (!weights_fit(form, (n + form.vetoers.size() + 3) / 4)) {
        return fmt::format("integral: a quota of {} is too many steps of weight for {} members",
                           form.criteria.front().quota, n);
      }
      return std::nullopt;
  }
  return std::nullopt;
}

Expected<Method> choose(const SimpleGame& game, std::optional<Method> asked) {
  const NormalForm& form = game.form();
  std::vector<Method> order{Method::closed_form};
  if (form.others.size() <= met_at_once) {
    order.insert(order.end(), {Method::meet_in_the_middle, Method::integral});
  } else {
    order.insert(order.end(), {Method::integral, Method::meet_in_the_middle});
  }
  order.push_back(Method::enumeration);
  if (asked) order = {*asked};
  std::vector<std::string> reasons;
  if (game.members() > most_members) {
    reasons.push_back(fmt::format("at most {} members", most_members));
  } else {
    for (const Method method : order) {
      std::optional<std::string> reason = refusal(method, form);
      if (!reason) return method;
      reasons.push_back(std::move(*reason));
    }
  }
  return tl::unexpected(Diagnostics{diagnose(
      "E410", "rule",
      fmt::format("{} members, {} of them with a veto, and {} weights that decide: no exact "
                  "method can count that.",
                  game.members(), form.vetoers.size(), form.criteria.size()),
      "Use fewer members, or weights in a coarser unit.", std::move(reasons))});
}

std::optional<SizeCounts> count_by_size(const NormalForm& form) {
  if (!refusal(Method::closed_form, form)) return count_in_closed_form(form);
  if (!refusal(Method::meet_in_the_middle, form)) return count_by_meeting(form);
  if (!refusal(Method::enumeration, form)) return count_by_enumeration(form);
  return std::nullopt;
}

Expected<Indices> indices(const SimpleGame& game, std::optional<Method> method) {
  return choose(game, method).map([&](Method chosen) {
    const NormalForm& form = game.form();
    Assembly assembly(game);
    switch (chosen) {
      case Method::closed_form:
        return std::move(assembly).counted(count_in_closed_form(form), chosen);
      case Method::enumeration:
        return std::move(assembly).counted(count_by_enumeration(form), chosen);
      case Method::meet_in_the_middle:
        return std::move(assembly).counted(count_by_meeting(form), chosen);
      case Method::integral:
        break;
    }
    return std::move(assembly).integrated(integrate(form));
  });
}

}  // namespace delian::power
