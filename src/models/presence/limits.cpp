// What limits the presence of a navy in a theatre, what one more of each thing would be worth, and
// what one ship costs.

#include <algorithm>
#include <cmath>
#include <limits>

#include "delian/presence.hpp"
#include "models/presence/requirements.hpp"

namespace delian::presence {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// Limits closer than this, relatively, are a tie; the first in the order of Constraint binds.
constexpr double tie_tolerance = 1e-12;

double released(const TheatreGroup& group) {
  return std::max(group.hulls - group.promised_hulls, 0.0) * group.given_share;
}

bool lives_forward(const Posture& posture) {
  return std::holds_alternative<ForwardBased>(posture) || std::holds_alternative<Resident>(posture);
}

/// Days in a yard per cycle as the posture has them.
double yard_days(const TheatreGroup& group) {
  if (group.yard_days > 0) return group.yard_days;
  const Posture& posture = group.rotation.posture;
  if (const auto* swap = std::get_if<CrewSwap>(&posture)) return swap->home_days;
  if (const auto* forward = std::get_if<ForwardBased>(&posture)) return forward->depot_days;
  if (const auto* resident = std::get_if<Resident>(&posture)) {
    return resident->unavailable_days_per_year;
  }
  return group.rotation.cycle.maintenance_days;
}

void check(Requirements& needs, const HullCost& cost, const std::string& key) {
  const auto money = [&](double value, std::string_view part) {
    needs.between(value, 0, most_money, fmt::format("{}.cost.{}", key, part));
  };
  money(cost.personnel_per_year, "personnel_per_year");
  money(cost.maintenance_per_year, "maintenance_per_year");
  money(cost.operations_per_year, "operations_per_year");
  money(cost.capital_per_year, "capital_per_year");
  money(cost.fuel_per_deployed_day, "fuel_per_deployed_day");
  money(cost.other_per_deployed_day, "other_per_deployed_day");
  money(cost.change_of_crew, "change_of_crew");
  money(cost.forward_base_per_hull_year, "forward_base_per_hull_year");
}

/// A plan with the rotations worked out.
struct Worked {
  std::vector<Rotation> rotations;  // by group
  std::optional<Rotation> oiler;
};

Expected<Worked> worked(const TheatrePlan& plan, std::string_view pointer) {
  Requirements needs("E660", pointer);
  Worked result;
  needs.require(!plan.groups.empty(), "groups", "The plan has no group of hulls.",
                "Give at least one, even with 0 hulls.");
  for (std::size_t g = 0; g < plan.groups.size(); ++g) {
    const TheatreGroup& group = plan.groups[g];
    const std::string key =
        fmt::format("groups.{}", group.id.empty() ? fmt::to_string(g) : group.id);
    needs.between(group.hulls, 0, most_hulls, key + ".hulls");
    needs.between(group.promised_hulls, 0, most_hulls, key + ".promised_hulls");
    needs.between(group.given_share, 0, 1, key + ".given_share");
    needs.between(group.yard_days, 0, most_days, key + ".yard_days");
    needs.between(group.crews_per_hull, 0, 100, key + ".crews_per_hull");
    check(needs, group.cost, key);
    const Expected<Rotation> one = rotation(group.rotation, needs.at(key + ".rotation"));
    if (one) {
      needs.require(yard_days(group) <= one->cycle_days, key + ".yard_days",
                    fmt::format("{} days in a yard do not fit into a cycle of {} days.",
                                yard_days(group), one->cycle_days));
      result.rotations.push_back(*one);
    } else {
      needs.take(one.error());
    }
  }
  if (plan.docks) needs.between(*plan.docks, 0, most_hulls, "docks");
  if (plan.money_per_year) needs.between(*plan.money_per_year, 0, most_money, "money_per_year");
  if (plan.crews) {
    needs.between(plan.crews->crews, 0, 100 * most_hulls, "crews.crews");
    needs.between(plan.crews->home_per_away, 0, 100, "crews.home_per_away");
  }
  if (plan.fuel) {
    const Fuel& fuel = *plan.fuel;
    needs.between(fuel.range_nm, 0, most_nm, "fuel.range_nm");
    needs.between(fuel.reserve_share, 0, 1, "fuel.reserve_share");
    needs.between(fuel.longest_leg_nm, 0, most_nm, "fuel.longest_leg_nm");
    needs.between(fuel.oilers, 0, most_hulls, "fuel.oilers");
    needs.between(fuel.ships_per_oiler, 0, most_hulls, "fuel.ships_per_oiler");
    needs.between(fuel.partner_oilers, 0, most_hulls, "fuel.partner_oilers");
    if (fuel.needs_oiler() && fuel.oilers > 0) {
      const Expected<Rotation> one = rotation(fuel.oiler_rotation, needs.at("fuel.oiler_rotation"));
      if (one) {
        result.oiler = *one;
      } else {
        needs.take(one.error());
      }
    }
  }
  if (!needs.met()) return tl::unexpected(std::move(needs).problems());
  return result;
}

StationCost scaled_sum(const StationCost& a, const StationCost& b, double weight) {
  StationCost sum = a;
  sum.personnel += weight * b.personnel;
  sum.maintenance += weight * b.maintenance;
  sum.operations += weight * b.operations;
  sum.capital += weight * b.capital;
  sum.fuel += weight * b.fuel;
  sum.other_deployed += weight * b.other_deployed;
  sum.changes_of_crew += weight * b.changes_of_crew;
  sum.forward_base += weight * b.forward_base;
  sum.hulls += weight * b.hulls;
  sum.total += weight * b.total;
  sum.per_counted_day += weight * b.per_counted_day;
  return sum;
}

StationCost mixed_cost(const TheatrePlan& plan, const Worked& with) {
  // Hulls that are there, or, when none is released, those of the navy.
  const auto weighted = [&](const auto& hulls_of) {
    double whole = 0;
    StationCost sum;
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
      whole += hulls_of(plan.groups[g]) * with.rotations[g].share;
    }
    if (whole <= 0) return std::pair(false, sum);
    for (std::size_t g = 0; g < plan.groups.size(); ++g) {
      const double weight = hulls_of(plan.groups[g]) * with.rotations[g].share / whole;
      if (weight <= 0) continue;
      const TheatreGroup& group = plan.groups[g];
      sum = scaled_sum(sum, station_cost(with.rotations[g], group.rotation.posture, group.cost),
                       weight);
    }
    return std::pair(true, sum);
  };
  if (const auto [some, cost] = weighted(released); some) return cost;
  if (const auto [some, cost] = weighted([](const TheatreGroup& group) { return group.hulls; });
      some) {
    return cost;
  }
  const TheatreGroup& group = plan.groups.front();
  return station_cost(with.rotations.front(), group.rotation.posture, group.cost);
}

/// Hulls of one group that are sent: what they give, and what they use of something.
struct Use {
  double presence;
  double used;
};

/// The most presence that `stock` carries, the groups that use least of it first. If it carries all
/// and more, what is left counts as used by further hulls of the best group.
double carried(std::vector<Use> uses, double stock) {
  // Who gives and uses nothing compares as equal to all, which is no order.
  std::erase_if(uses, [](const Use& use) { return use.presence <= 0; });
  std::stable_sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
    return a.presence * b.used > b.presence * a.used;
  });
  double sum = 0;
  double best = 0;  // presence per unit used
  for (const Use& use : uses) {
    if (best == 0) best = use.used > 0 ? use.presence / use.used : infinite;
    if (use.used > stock) return sum + use.presence * (stock / use.used);
    sum += use.presence;
    stock -= use.used;
  }
  return stock > 0 && best > 0 ? sum + stock * best : sum;
}

/// Crews that one hull ties down.
double crews_of(const TheatreGroup& group, const Rotation& one, double home_per_away) {
  return lives_forward(group.rotation.posture)
             ? group.crews_per_hull
             : one.deployed_days / one.cycle_days * (1 + home_per_away);
}

Sustainable limits_of(const TheatrePlan& plan, const Worked& with) {
  double fleet = 0;
  double release = 0;
  double hulls = 0;
  bool reached = false;
  std::vector<Use> docks;
  std::vector<Use> crews;
  std::vector<Use> money;
  for (std::size_t g = 0; g < plan.groups.size(); ++g) {
    const TheatreGroup& group = plan.groups[g];
    const Rotation& one = with.rotations[g];
    hulls += group.hulls;
    if (one.on_station_days <= 0) continue;  // nobody sends them for nothing
    reached = true;
    const double given = released(group);
    const double presence = given * one.share;
    fleet += group.hulls * one.share;
    release += presence;
    docks.push_back({presence, given * yard_days(group) / one.cycle_days});
    if (plan.crews) {
      crews.push_back({presence, given * crews_of(group, one, plan.crews->home_per_away)});
    }
    const StationCost cost = station_cost(one, group.rotation.posture, group.cost);
    money.push_back({presence, presence * cost.total});
  }

  Sustainable result;
  result.cost = mixed_cost(plan, with);
  const auto limit = [&result](Constraint constraint, double presence) {
    if (presence < infinite) result.limits.push_back({constraint, presence});
  };
  if (!reached && hulls > 0) limit(Constraint::reach, 0);
  limit(Constraint::fleet, fleet);
  limit(Constraint::release, release);
  if (plan.docks) limit(Constraint::docks, carried(docks, *plan.docks));
  if (plan.fuel && plan.fuel->needs_oiler()) {
    const double own = with.oiler ? plan.fuel->oilers * with.oiler->share : 0.0;
    limit(Constraint::oilers, (own + plan.fuel->partner_oilers) * plan.fuel->ships_per_oiler);
  }
  if (plan.crews) limit(Constraint::crews, carried(crews, plan.crews->crews));
  if (plan.money_per_year) limit(Constraint::money, carried(money, *plan.money_per_year));

  result.presence = infinite;
  for (const Limit& one : result.limits) {
    if (one.presence < result.presence * (1 - tie_tolerance)) {
      result.presence = one.presence;
      result.binding = one.constraint;
    }
  }
  return result;
}

double released_presence(const Sustainable& sustained) {
  const auto found =
      std::find_if(sustained.limits.begin(), sustained.limits.end(),
                   [](const Limit& limit) { return limit.constraint == Constraint::release; });
  return found->presence;
}

/// A month more away, taken from the time at home trained and ready as far as that goes.
void lengthen(RotationCase& rotation_case) {
  if (auto* swap = std::get_if<CrewSwap>(&rotation_case.posture)) {
    swap->tour_days += days_per_month;
    return;
  }
  if (lives_forward(rotation_case.posture)) return;
  Cycle& cycle = rotation_case.cycle;
  const double crews = std::holds_alternative<DualCrew>(rotation_case.posture) ? 2 : 1;
  cycle.deployment_days += days_per_month;
  cycle.sustainment_days =
      std::max(cycle.sustainment_days - crews * cycle.deployments * days_per_month, 0.0);
}

/// One released hull of the first group bases forward.
void rebase(TheatrePlan& plan, const RotationCase& forward) {
  TheatreGroup moved = plan.groups.front();
  TheatreGroup& first = plan.groups.front();
  const double hull = std::min(1.0, released(first));
  first.hulls -= hull;
  first.promised_hulls += hull / first.given_share - hull;
  moved.id += "-forward";
  moved.hulls = hull;
  moved.promised_hulls = 0;
  moved.given_share = 1;
  moved.rotation = forward;
  moved.yard_days = 0;
  plan.groups.push_back(std::move(moved));
}

}  // namespace

std::string_view constraint_id(Constraint constraint) {
  switch (constraint) {
    case Constraint::reach:
      return "reach";
    case Constraint::fleet:
      return "fleet";
    case Constraint::release:
      return "release";
    case Constraint::docks:
      return "docks";
    case Constraint::oilers:
      return "oilers";
    case Constraint::crews:
      return "crews";
    case Constraint::money:
      break;
  }
  return "money";
}

std::string_view lever_id(Lever lever) {
  switch (lever) {
    case Lever::hull:
      return "hull";
    case Lever::released_hull:
      return "released_hull";
    case Lever::deployment_month:
      return "deployment_month";
    case Lever::forward_base:
      return "forward_base";
    case Lever::dock:
      return "dock";
    case Lever::oiler:
      return "oiler";
    case Lever::crew:
      return "crew";
    case Lever::million:
      break;
  }
  return "million";
}

StationCost station_cost(const Rotation& rotation, const Posture& posture, const HullCost& cost) {
  StationCost result;
  if (rotation.share <= 0) {
    result.hulls = result.total = result.per_counted_day = infinite;
    return result;
  }
  const double hulls = rotation.hulls_per_station();
  const double cycles_per_year = days_per_year / rotation.cycle_days;
  double changes_per_year = 0;
  if (const auto* swap = std::get_if<CrewSwap>(&posture)) {
    changes_per_year = (swap->tours - 1) * cycles_per_year;
  } else if (const auto* resident = std::get_if<Resident>(&posture)) {
    changes_per_year = resident->crew_changes_per_year;
  }
  const double deployed_days = rotation.deployed_days * cycles_per_year;
  result.hulls = hulls;
  result.personnel = hulls * cost.personnel_per_year;
  result.maintenance = hulls * cost.maintenance_per_year;
  result.operations = hulls * cost.operations_per_year;
  result.capital = hulls * cost.capital_per_year;
  result.fuel = hulls * deployed_days * cost.fuel_per_deployed_day;
  result.other_deployed = hulls * deployed_days * cost.other_per_deployed_day;
  result.changes_of_crew = hulls * changes_per_year * cost.change_of_crew;
  result.forward_base = lives_forward(posture) ? hulls * cost.forward_base_per_hull_year : 0.0;
  result.total = result.personnel + result.maintenance + result.operations + result.capital +
                 result.fuel + result.other_deployed + result.changes_of_crew + result.forward_base;
  result.per_counted_day = result.total / days_per_year;
  return result;
}

Expected<Sustainable> sustainable(const TheatrePlan& plan, std::string_view pointer) {
  return worked(plan, pointer).map([&plan](const Worked& with) { return limits_of(plan, with); });
}

Expected<std::vector<Marginal>> marginals(const TheatrePlan& plan, const MarginalOptions& options,
                                          std::string_view pointer) {
  const Expected<Sustainable> before = sustainable(plan, pointer);
  if (!before) return tl::unexpected(before.error());

  std::vector<Marginal> result;
  Diagnostics problems;
  const auto pull = [&](Lever lever, const TheatrePlan& changed) {
    const Expected<Sustainable> after = sustainable(changed, pointer);
    if (!after) {
      problems.insert(problems.end(), after.error().begin(), after.error().end());
      return;
    }
    result.push_back({lever, after->presence - before->presence,
                      released_presence(*after) - released_presence(*before), after->binding});
  };

  const TheatreGroup& first = plan.groups.front();
  if (first.hulls + 1 <= most_hulls) {
    TheatrePlan changed = plan;
    changed.groups.front().hulls += 1;
    pull(Lever::hull, changed);
  }
  const double held_back = first.hulls - released(first);
  if (first.hulls > 0 && held_back > 0) {
    TheatrePlan changed = plan;
    TheatreGroup& group = changed.groups.front();
    const double hull = std::min(1.0, held_back);
    const double given = released(group) + hull;
    group.promised_hulls = 0;
    group.given_share = std::min(given / group.hulls, 1.0);
    pull(Lever::released_hull, changed);
  }
  const bool rotates =
      std::any_of(plan.groups.begin(), plan.groups.end(),
                  [](const TheatreGroup& group) { return !lives_forward(group.rotation.posture); });
  if (rotates) {
    TheatrePlan changed = plan;
    for (TheatreGroup& group : changed.groups) lengthen(group.rotation);
    pull(Lever::deployment_month, changed);
  }
  if (options.forward && released(first) > 0) {
    TheatrePlan changed = plan;
    rebase(changed, *options.forward);
    pull(Lever::forward_base, changed);
  }
  if (plan.docks && *plan.docks + 1 <= most_hulls) {
    TheatrePlan changed = plan;
    *changed.docks += 1;
    pull(Lever::dock, changed);
  }
  if (plan.fuel && plan.fuel->needs_oiler() && plan.fuel->oilers + 1 <= most_hulls) {
    TheatrePlan changed = plan;
    changed.fuel->oilers += 1;
    pull(Lever::oiler, changed);
  }
  if (plan.crews) {
    TheatrePlan changed = plan;
    changed.crews->crews += 1;
    pull(Lever::crew, changed);
  }
  if (plan.money_per_year) {
    TheatrePlan changed = plan;
    *changed.money_per_year += options.million;
    pull(Lever::million, changed);
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return result;
}

Expected<int> oilers_needed(double burn_tonnes_per_day, double round_trip_days,
                            double offload_tonnes, std::string_view pointer) {
  Requirements needs("E660", pointer);
  needs.above(burn_tonnes_per_day, 0, 1e9, "burn_tonnes_per_day");
  needs.above(round_trip_days, 0, most_days, "round_trip_days");
  needs.above(offload_tonnes, 0, 1e9, "offload_tonnes");
  if (needs.met()) {
    const double oilers = std::ceil(burn_tonnes_per_day * round_trip_days / offload_tonnes);
    needs.require(oilers <= 1e6, "offload_tonnes",
                  fmt::format("{} oilers would be needed for one group.", oilers));
    if (needs.met()) return static_cast<int>(oilers);
  }
  return tl::unexpected(std::move(needs).problems());
}

std::optional<double> gap_index(double sustained_ship_days, double declared_ship_days) {
  if (!(declared_ship_days > 0)) return std::nullopt;
  return 1 - sustained_ship_days / declared_ship_days;
}

}  // namespace delian::presence
