// For a member i of the union P, let R be a set of other unions and T a set of other members of P.
// Both values sum swings of i over all R and T:
//
//   Owen          [r! (m-r-1)! / m!] [t! (p-t-1)! / p!]
//   Banzhaf-Owen  2^(1-m) 2^(1-p)
//
// with m unions, p members of P, r in R and t in T. Unions count by how many members and how much
// weight they bring: equal ones are counted together, and the halves of the other unions meet in
// the middle, for each T.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "models/power/methods.hpp"

namespace delian::power {
namespace {

constexpr std::size_t most_entries = 4'000'000;  // kinds of sets of unions in one half
constexpr std::size_t most_free = 16;            // members of one union without a veto
constexpr double most_matches = 3e9;             // pairs of pointers moved, some seconds

/// Sets of unions with the same number of unions and of members.
struct Kind {
  std::size_t unions;
  std::size_t members;
  auto operator<=>(const Kind&) const = default;
};

/// So many of them weigh so much, in the first criterion and in the second.
struct Entry {
  std::int64_t weight;
  std::int64_t second;
  double count;
};
using Sets = std::map<Kind, std::vector<Entry>>;  // each in falling order of weight

/// A union as the others see it: with its vetoes it has to be there, or it is free to be.
struct Union {
  std::vector<std::size_t> members;  // of the body
  std::vector<std::size_t> free;     // of the normal form
  std::size_t vetoers = 0;
  std::int64_t weight = 0;
  std::int64_t second = 0;
};

std::int64_t weight_of(const NormalForm& form, std::size_t criterion, std::size_t member) {
  return criterion < form.criteria.size() ? form.criteria[criterion].weight[member] : 0;
}

std::vector<Entry> merged(const std::vector<Entry>& a, const std::vector<Entry>& b) {
  std::vector<Entry> both(a.size() + b.size());
  const auto heavier = [](const Entry& x, const Entry& y) {
    return x.weight != y.weight ? x.weight > y.weight : x.second > y.second;
  };
  std::merge(a.begin(), a.end(), b.begin(), b.end(), both.begin(), heavier);
  std::size_t kept = 0;
  for (std::size_t k = 1; k < both.size(); ++k) {
    if (both[k].weight == both[kept].weight && both[k].second == both[kept].second) {
      both[kept].count += both[k].count;
    } else {
      both[++kept] = both[k];
    }
  }
  if (!both.empty()) both.resize(kept + 1);
  return both;
}

std::size_t entries(const Sets& sets) {
  std::size_t sum = 0;
  for (const auto& [kind, list] : sets) sum += list.size();
  return sum;
}

void add(Sets& sets, const Union& added) {
  Sets with;
  for (const auto& [kind, list] : sets) {
    std::vector<Entry> heavier = list;
    for (Entry& e : heavier) {
      e.weight += added.weight;
      e.second += added.second;
    }
    with[{kind.unions + 1, kind.members + added.free.size()}] = std::move(heavier);
  }
  for (auto& [kind, list] : with) {
    std::vector<Entry>& there = sets[kind];
    there = merged(there, list);
  }
}

/// A set T of members of the union at hand.
struct Inner {
  std::size_t members;
  std::int64_t weight;
  std::int64_t second;
};

/// Pairs of sets of unions, one of each list, that win with T. `a` runs down, `b` up.
double pairs(const NormalForm& form, const std::vector<Entry>& a, const std::vector<Entry>& b,
             const std::vector<double>& b_counts, const Inner& inner) {
  double sum = 0;
  if (form.criteria.size() == 1) {
    const std::int64_t quota = form.criteria.front().quota - inner.weight;
    std::size_t count = b.size();
    for (const Entry& e : a) {
      while (count > 0 && b[count - 1].weight < quota - e.weight) --count;
      if (count == 0) break;
      sum += e.count * b_counts[count];
    }
    return sum;
  }
  for (const Entry& e : a) {
    for (const Entry& f : b) {
      if (e.weight + f.weight + inner.weight < form.criteria[0].quota) break;
      if (e.second + f.second + inner.second >= form.criteria[1].quota) sum += e.count * f.count;
    }
  }
  return sum;
}

class Calculation {
 public:
  Calculation(const SimpleGame& game, std::vector<Union> unions)
      : form_(game.form()), unions_(std::move(unions)) {
    power_.owen.assign(game.members(), 0);
    power_.banzhaf_owen.assign(game.members(), 0);
  }

  /// Why there are too many coalitions; nothing when done.
  std::optional<std::string> run() {
    for (std::size_t k = 0; k < unions_.size(); ++k) {
      if (auto reason = take(k)) return reason;
    }
    return std::nullopt;
  }
  UnionPower result() && { return std::move(power_); }

 private:
  std::optional<std::string> take(std::size_t own) {
    const Union& home = unions_[own];
    if (home.free.size() > most_free) {
      return fmt::format("a union has {} members without a veto, of whom {} can be counted",
                         home.free.size(), most_free);
    }
    std::size_t present = 0;  // unions with a veto: nothing passes without them
    Inner base{0, 0, 0};
    std::array<Sets, 2> halves;
    for (Sets& half : halves) half[{0, 0}] = {{0, 0, 1}};
    for (std::size_t k = 0; k < unions_.size(); ++k) {
      const Union& other = unions_[k];
      if (k == own) continue;
      if (other.vetoers > 0) {
        ++present;
        base.members += other.free.size();
        base.weight += other.weight;
        base.second += other.second;
      } else {
        Sets& half = halves[k % 2];
        add(half, other);
        if (entries(half) > most_entries) {
          return fmt::format("{} unions differ in too many ways", unions_.size());
        }
      }
    }
    double moves = 0;
    for (const auto& [a, list_a] : halves[0]) {
      for (const auto& [b, list_b] : halves[1]) {
        const auto sizes = static_cast<double>(list_a.size() + list_b.size());
        const auto product = static_cast<double>(list_a.size() * list_b.size());
        moves += form_.criteria.size() == 2 ? product : sizes;
      }
    }
    matches_ += moves * std::ldexp(1, static_cast<int>(home.free.size()));
    if (matches_ > most_matches) {
      return fmt::format("{} unions, the largest of {} members: too many coalitions",
                         unions_.size(), largest());
    }
    weigh(home, present, base, halves);
    return std::nullopt;
  }

  std::size_t largest() const {
    std::size_t most = 0;
    for (const Union& u : unions_) most = std::max(most, u.members.size());
    return most;
  }

  /// winning[T][r] sets of r other unions win with the free members T and all vetoers of home.
  std::vector<std::vector<double>> winning(const Union& home, std::size_t present,
                                           const Inner& base,
                                           const std::array<Sets, 2>& halves) const {
    std::vector<std::vector<double>> result;
    std::map<Kind, std::vector<double>> counts;  // of the first entries of each list
    for (const auto& [kind, list] : halves[1]) {
      std::vector<double>& sums = counts[kind];
      sums.push_back(0);
      for (const Entry& e : list) sums.push_back(sums.back() + e.count);
    }
    for (std::size_t set = 0; set < std::size_t{1} << home.free.size(); ++set) {
      Inner inner = base;
      for (std::size_t rest = set; rest != 0; rest &= rest - 1) {
        const std::size_t member = home.free[static_cast<std::size_t>(std::countr_zero(rest))];
        ++inner.members;
        inner.weight += weight_of(form_, 0, member);
        inner.second += weight_of(form_, 1, member);
      }
      std::vector<double>& of_set = result.emplace_back(unions_.size(), 0.0);
      for (const auto& [a, list_a] : halves[0]) {
        for (const auto& [b, list_b] : halves[1]) {
          const Verdict v = verdict(form_, inner.members + a.members + b.members);
          if (v == Verdict::loses) continue;
          const std::vector<double>& sums = counts.at(b);
          double& sum = of_set[present + a.unions + b.unions];
          if (v == Verdict::wins) {
            for (const Entry& e : list_a) sum += e.count * sums.back();
          } else {
            sum += pairs(form_, list_a, list_b, sums, inner);
          }
        }
      }
    }
    return result;
  }

  void weigh(const Union& home, std::size_t present, const Inner& base,
             const std::array<Sets, 2>& halves) {
    const auto m = static_cast<double>(unions_.size());
    const auto p = static_cast<double>(home.members.size());
    const std::vector<double> outer = binomials(unions_.size() - 1);
    const std::vector<double> inner = binomials(home.members.size() - 1);
    const double coin = std::ldexp(1, 2 - static_cast<int>(unions_.size() + home.members.size()));
    const std::vector<std::vector<double>> wins = winning(home, present, base, halves);

    const auto credit = [&](std::size_t member, std::size_t with, double sign, std::size_t t) {
      double orders = 0;
      double swings = 0;
      for (std::size_t r = 0; r < unions_.size(); ++r) {
        orders += wins[with][r] / (m * outer[r]);
        swings += wins[with][r];
      }
      power_.owen[member] += sign * orders / (p * inner[t]);
      power_.banzhaf_owen[member] += sign * swings * coin;
    };
    for (std::size_t set = 0; set < wins.size(); ++set) {
      const std::size_t held = static_cast<std::size_t>(std::popcount(set)) + home.vetoers;
      for (std::size_t k = 0; k < home.free.size(); ++k) {
        // A coalition that wins with k is a swing unless it wins without.
        const bool in = (set >> k & 1) != 0;
        credit(form_.others[home.free[k]], set, in ? 1 : -1, in ? held - 1 : held);
      }
      for (const std::size_t member : home.members) {
        const bool vetoes = std::binary_search(form_.vetoers.begin(), form_.vetoers.end(), member);
        if (vetoes) credit(member, set, 1, held - 1);
      }
    }
  }

  const NormalForm& form_;
  std::vector<Union> unions_;
  UnionPower power_;
  double matches_ = 0;
};

Diagnostics check(const SimpleGame& game, std::span<const std::vector<std::size_t>> unions) {
  Diagnostics problems;
  std::vector<std::uint8_t> taken(game.members(), 0);
  for (std::size_t u = 0; u < unions.size(); ++u) {
    const auto refuse = [&](std::string message, std::string fix) {
      problems.push_back(
          diagnose("E412", fmt::format("unions[{}]", u), std::move(message), std::move(fix)));
    };
    if (unions[u].empty()) refuse("A union without members.", "Name its members, or leave it out.");
    for (const std::size_t member : unions[u]) {
      if (member >= game.members()) {
        refuse(fmt::format("There is no member {} among {}.", member, game.members()),
               "Members are counted from 0.");
      } else if (std::exchange(taken[member], 1) != 0) {
        refuse(fmt::format("Member {} stands in two unions, or twice in one.", member),
               "Each member stands in one union at most.");
      }
    }
  }
  return problems;
}

}  // namespace

Expected<UnionPower> union_power(const SimpleGame& game,
                                 std::span<const std::vector<std::size_t>> unions) {
  Diagnostics problems = check(game, unions);
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  const NormalForm& form = game.form();
  std::vector<std::vector<std::size_t>> all(unions.begin(), unions.end());
  std::vector<std::uint8_t> taken(game.members(), 0);
  for (const auto& members : all) {
    for (const std::size_t member : members) taken[member] = 1;
  }
  for (std::size_t i = 0; i < game.members(); ++i) {
    if (taken[i] == 0) all.push_back({i});
  }
  std::vector<Union> made;
  for (std::vector<std::size_t>& members : all) {
    std::sort(members.begin(), members.end());
    Union u;
    for (const std::size_t member : members) {
      const auto at = std::lower_bound(form.others.begin(), form.others.end(), member);
      if (at == form.others.end() || *at != member) {
        ++u.vetoers;
        continue;
      }
      const auto free = static_cast<std::size_t>(at - form.others.begin());
      u.free.push_back(free);
      u.weight += weight_of(form, 0, free);
      u.second += weight_of(form, 1, free);
    }
    u.members = std::move(members);
    made.push_back(std::move(u));
  }
  std::optional<std::string> reason;
  if (game.members() > most_members) {
    reason = fmt::format("at most {} members", most_members);
  } else if (form.criteria.size() > 2) {
    reason =
        fmt::format("with unions, up to two weights can be counted, not {}", form.criteria.size());
  } else {
    Calculation calculation(game, std::move(made));
    reason = calculation.run();
    if (!reason) return std::move(calculation).result();
  }
  return tl::unexpected(Diagnostics{diagnose(
      "E410", "unions", "The coalitions with these unions are too many to be counted exactly.",
      "Join more members into unions, or make large unions smaller.", {std::move(*reason)})});
}

}  // namespace delian::power
