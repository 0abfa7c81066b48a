#include "delian/presence_study.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "delian/assert.hpp"
#include "delian/model.hpp"
#include "delian/random.hpp"
#include "domain/text.hpp"
#include "ensemble/draw_table.hpp"
#include "ensemble/sampler.hpp"
#include "explain/theatre_ways.hpp"

namespace delian::presence {
namespace {

constexpr std::string_view default_cycle = "escort-36-7";
constexpr std::string_view forward_cycle = "forward-based";
constexpr std::string_view resident_cycle = "resident-patrol";
constexpr double most_visit_days = 366;
constexpr std::uint64_t arrival_runs = 1000;
constexpr std::size_t draws_between_looks = 64;  // at progress and cancelling

std::vector<double> arrival_days() {
  return {0, 14, 30, 60, 90, 180, 365};
}

double capped(double value, double most) {
  return std::min(value, most);
}

/// The distribution that an estimate of the facts stands for.
Uncertain as_uncertain(const fleet::Estimate& estimate) {
  const std::string text = estimate.is_exact() || !(estimate.low > 0)
                               ? short_number(estimate.likely)
                               : short_number(estimate.likely) + " (" + short_number(estimate.low) +
                                     " to " + short_number(estimate.high) + ')';
  auto read = Uncertain::parse(text, Support::positive, {});
  DELIAN_ASSERT(read.has_value());  // the facts were checked, and none is asked for no ships
  return *std::move(read);
}

/// Values of one input, draw after draw.
std::vector<double> values_of(std::uint64_t seed, const std::string& name, const Uncertain& value,
                              double interval, std::uint64_t draws) {
  const InputSampler sampler(seed, name, value, interval);
  std::vector<double> values((draws + block_draws - 1) / block_draws * block_draws);
  for (std::uint64_t first = 0; first < values.size(); first += block_draws) {
    sampler.fill(first, &values[first]);
  }
  values.resize(draws);
  return values;
}

struct Weighted {
  double value = 0;
  double weight = 1;
};

/// 5, 50 and 95 % of the weight.
Interval interval_of(std::vector<Weighted> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end(),
            [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
  double all = 0;
  for (const Weighted& one : values) all += one.weight;
  const auto at = [&](double share) {
    double sum = 0;
    for (const Weighted& one : values) {
      sum += one.weight;
      if (sum >= share * all) return one.value;
    }
    return values.back().value;
  };
  return {at(0.05), at(0.5), at(0.95)};
}

Interval interval_of(const std::vector<double>& values) {
  std::vector<Weighted> weighted;
  weighted.reserve(values.size());
  for (const double value : values) weighted.push_back({value, 1});
  return interval_of(std::move(weighted));
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// Ships of the kinds a text can ask for.
struct Ships {
  double carriers = 0;
  double escorts = 0;
  double patrols = 0;
  double oilers = 0;
  double others = 0;

  void add(fleet::HullKind kind, double count) {
    if (kind == fleet::HullKind::carrier) {
      carriers += count;
    } else if (fleet::is_escort(kind)) {
      escorts += count;
    } else if (kind == fleet::HullKind::patrol || kind == fleet::HullKind::corvette) {
      patrols += count;
    } else if (kind == fleet::HullKind::replenishment) {
      oilers += count;
    } else {
      others += count;
    }
  }
  void add(const Ships& more) {
    carriers += more.carriers;
    escorts += more.escorts;
    patrols += more.patrols;
    oilers += more.oilers;
    others += more.others;
  }
  double all() const { return carriers + escorts + patrols + oilers + others; }
  bool cover(const ShipNeed& need) const {
    const double spare = escorts - need.escorts;
    return carriers >= need.carriers && spare >= 0 && spare + patrols >= need.patrols &&
           oilers >= need.oilers;
  }
};

ShipNeed need_at(const Theatre& theatre, double text) {
  ShipNeed need;
  need.at = text;
  for (const ShipNeed& one : theatre.needs) {
    if (one.at <= text) need = one;
  }
  return need;
}

/// A force of the region as the study counts it.
struct Resident {
  fleet::HullKind kind;
  double share;               // of each ship, present
  std::vector<double> ships;  // by draw
};

/// Escorts of one state that start from the same port, or from whichever of its ports is nearest.
struct Squadron {
  std::vector<std::size_t> ports;
  std::vector<double> hulls;  // by draw
  double likely = 0;
};

/// One state while it is being studied.
struct State {
  StateStudy study;
  const fleet::Navy* navy = nullptr;
  const Willingness* given = nullptr;
  const CyclePreset* cycle = nullptr;
  std::vector<Squadron> squadrons;
  double observed_share = 0;  // of its escorts, as seen; of 1
  std::vector<double> share;  // by draw, of 1
  std::vector<Resident> residents;
  std::vector<double> rotating, resident, on_station, away, at_most;  // by draw
  std::vector<Ships> ships;                                           // by draw
  std::array<std::uint64_t, 7> binds{};                               // by Constraint
};

class StudyMaker {
 public:
  StudyMaker(const Scenario& scenario, const StudyFacts& facts, const StudyOptions& options)
      : scenario_(scenario),
        theatre_(*scenario.parts().theatre),
        facts_(facts),
        options_(options),
        station_(*find_port(facts.network, theatre_.station)),
        region_(theatre_.region.empty() ? nullptr : facts.fleets.find_theatre(theatre_.region)),
        ways_(facts.network, theatre_, station_) {}

  Study make(const RunContext& context) {
    result_.theatre = theatre_.name;
    result_.station = theatre_.station;
    result_.station_name = facts_.network.facts().ports[station_].name;
    result_.speed_kn = theatre_.speed_kn;
    result_.seed = options_.seed;
    result_.observed_years = observed_window_years;
    draw_closures();
    draw_visits();
    for (const Member& member : scenario_.members()) add_state(member.code, true);
    for (const Willingness& one : theatre_.gives) {
      if (!scenario_.find_member(one.state)) add_state(one.state, false);
    }
    for (State& state : states_) draw_state(state);
    result_.draws = play(context);
    for (State& state : states_) conclude(state);
    totals(context);
    all_declared();
    closures();
    arrivals(context);
    for (State& state : states_) result_.states.push_back(std::move(state.study));
    std::stable_sort(result_.states.begin(), result_.states.end(),
                     [](const StateStudy& a, const StateStudy& b) {
                       return a.on_station.median > b.on_station.median;
                     });
    order_arrivals();
    return std::move(result_);
  }

 private:
  const Date& day() const { return scenario_.parts().question.closes; }

  void draw_closures() {
    mask_.assign(options_.draws, 0);
    for (std::size_t k = 0; k < theatre_.closures.size(); ++k) {
      const GateClosure& closure = theatre_.closures[k];
      const Stream stream(options_.seed, "theatre.closures." + closure.gate);
      for (std::uint64_t d = 0; d < options_.draws; ++d) {
        if (stream.uniform(d) < closure.chance) mask_[d] |= std::uint64_t{1} << k;
      }
    }
  }

  void draw_visits() {
    visits_.assign(options_.draws, 0);
    if (!theatre_.visit_days) return;
    visits_ = values_of(options_.seed, "theatre.visits", theatre_.visit_days->value,
                        scenario_.parts().interval, options_.draws);
    for (double& days : visits_) days = capped(days, most_visit_days);
  }

  void add_state(const std::string& code, bool member) {
    State state;
    state.study.state = code;
    state.study.member = member;
    state.navy = facts_.fleets.find_navy(code);
    const auto given = std::find_if(theatre_.gives.begin(), theatre_.gives.end(),
                                    [&](const Willingness& one) { return one.state == code; });
    state.given = given == theatre_.gives.end() ? nullptr : &*given;
    if (state.navy == nullptr) {
      result_.unknown.push_back(code);
      return;
    }
    for (const fleet::Hulls& hulls : state.navy->hulls) {
      if (fleet::is_escort(hulls.kind) && hulls.basing == fleet::Basing::home) {
        state.study.escorts += hulls.count.likely;
      }
    }
    const bool residents =
        region_ != nullptr &&
        (std::any_of(region_->forces.begin(), region_->forces.end(),
                     [&](const fleet::ForwardForce& force) { return counts(force, code); }) ||
         std::any_of(state.navy->hulls.begin(), state.navy->hulls.end(),
                     [&](const fleet::Hulls& hulls) { return lives_there(hulls); }));
    if (state.study.escorts == 0 && !residents) {
      if (member) result_.no_escort.push_back(code);
      return;
    }
    state.cycle =
        find_cycle(state.given != nullptr && !state.given->cycle.empty() ? state.given->cycle
                   : !state.navy->cycle.empty()                          ? state.navy->cycle
                                                : std::string(default_cycle));
    DELIAN_ASSERT(state.cycle != nullptr);
    state.study.cycle = std::string(state.cycle->id);
    observe(state);
    if (state.given == nullptr && !residents && state.study.observed.value_or(0) == 0) {
      if (member) result_.nothing.push_back(code);
      return;
    }
    states_.push_back(std::move(state));
  }

  /// A force of the region whose ships are there on the day. Of forces of many kinds it is not
  /// known what they are for, and they often include ships on a cruise.
  bool counts(const fleet::ForwardForce& force, const std::string& state) const {
    return force.state == state && force.kind && force.ships &&
           (!force.from || force.from->earliest() <= day()) &&
           (!force.until || day() <= force.until->latest());
  }

  /// A row of a navy that it bases forward at a port of the region.
  bool lives_there(const fleet::Hulls& hulls) const {
    return region_ != nullptr && hulls.basing == fleet::Basing::forward &&
           std::find(region_->ports.begin(), region_->ports.end(), hulls.port) !=
               region_->ports.end();
  }

  /// Where a row of ships may start from: its own port, or any home port of the navy.
  std::vector<std::size_t> ports_of(const State& state, const fleet::Hulls& hulls) const {
    std::vector<std::size_t> ports;
    const auto add = [&](const std::string& id) {
      if (const auto port = find_port(facts_.network, id)) ports.push_back(*port);
    };
    if (state.given != nullptr && !state.given->home_port.empty()) {
      add(state.given->home_port);
      return ports;
    }
    if (!hulls.port.empty()) {
      add(hulls.port);
      return ports;
    }
    for (const std::string& id : state.navy->ports) {
      const auto port = find_port(facts_.network, id);
      // A base abroad is no home: what is based there is a force of the region.
      if (port && facts_.network.facts().ports[*port].country == state.study.state) add(id);
    }
    return ports;
  }

  /// Ships seen away to the region on an average day, and the share of the escorts that makes.
  void observe(State& state) const {
    if (region_ == nullptr) return;
    const int window = static_cast<int>(observed_window_years * days_per_year);
    double ship_days = 0;
    double escort_days = 0;
    bool any = false;
    for (const fleet::Deployment& cruise : region_->deployments) {
      if (cruise.state != state.study.state) continue;
      any = true;
      const Date left = cruise.left.earliest();
      const Date back = cruise.returned ? cruise.returned->latest() : day();
      const int from = std::min(window, days_between(left, day()));
      const int to = std::max(0, days_between(back, day()));
      if (from <= to) continue;
      for (const fleet::Units& units : cruise.units) {
        const double days = static_cast<double>(units.ships) * (from - to);
        ship_days += days;
        if (fleet::is_escort(units.kind)) escort_days += days;
      }
    }
    // That no cruise of a state is among the facts does not say that there was none.
    if (any) state.study.observed = ship_days / window;
    const double away = state.cycle->cycle.deployment_days * state.cycle->cycle.deployments /
                        state.cycle->cycle.length_days();
    if (state.study.escorts > 0) {
      state.observed_share = capped(escort_days / window / (state.study.escorts * away), 1);
    }
  }

  void draw_state(State& state) {
    const std::uint64_t draws = options_.draws;
    const double interval = scenario_.parts().interval;
    const std::string name = "theatre.gives." + state.study.state;
    if (state.given != nullptr) {
      state.share =
          values_of(options_.seed, name + ".share", state.given->share.value, interval, draws);
      for (double& share : state.share) share /= 100;
    } else {
      state.study.share_from = ShareFrom::observed;
      state.share.assign(draws, state.observed_share);
    }
    for (std::size_t k = 0; k < state.navy->hulls.size(); ++k) {
      const fleet::Hulls& hulls = state.navy->hulls[k];
      if (!fleet::is_escort(hulls.kind) || hulls.basing != fleet::Basing::home) continue;
      if (!(hulls.count.likely > 0)) continue;
      const std::vector<double> count =
          values_of(options_.seed, "navies." + state.study.state + ".hulls." + std::to_string(k),
                    as_uncertain(hulls.count), interval, draws);
      std::vector<std::size_t> ports = ports_of(state, hulls);
      const auto known =
          std::find_if(state.squadrons.begin(), state.squadrons.end(),
                       [&](const Squadron& squadron) { return squadron.ports == ports; });
      if (known == state.squadrons.end()) {
        state.squadrons.push_back({std::move(ports), count, hulls.count.likely});
        continue;
      }
      for (std::uint64_t d = 0; d < draws; ++d) known->hulls[d] += count[d];
      known->likely += hulls.count.likely;
    }
    if (region_ == nullptr) return;
    const auto add_resident = [&](fleet::HullKind kind, std::string_view cycle,
                                  const std::string& input, const fleet::Estimate& ships) {
      if (!(ships.likely > 0)) return;
      const CyclePreset& preset = *find_cycle(cycle);
      const auto stays = rotation({preset.cycle, preset.posture, {}, 0, Counting::on_station}, {});
      DELIAN_ASSERT(stays.has_value());
      state.residents.push_back(
          {kind, stays->share,
           values_of(options_.seed, input, as_uncertain(ships), interval, draws)});
    };
    for (const fleet::ForwardForce& force : region_->forces) {
      if (!counts(force, state.study.state)) continue;
      add_resident(*force.kind, force.port.empty() ? resident_cycle : forward_cycle,
                   "forces." + force.id, *force.ships);
    }
    for (std::size_t k = 0; k < state.navy->hulls.size(); ++k) {
      const fleet::Hulls& hulls = state.navy->hulls[k];
      if (!lives_there(hulls)) continue;
      add_resident(hulls.kind, forward_cycle,
                   "navies." + state.study.state + ".hulls." + std::to_string(k), hulls.count);
    }
  }

  /// A state's squadrons that have a way, the nearest first.
  std::vector<std::pair<std::size_t, Way>> ways(const State& state, std::uint64_t mask) {
    std::vector<std::pair<std::size_t, Way>> open;
    for (std::size_t k = 0; k < state.squadrons.size(); ++k) {
      const Way from = ways_.shortest(state.squadrons[k].ports, mask);
      if (from.port) open.emplace_back(k, from);
    }
    std::stable_sort(open.begin(), open.end(), [&](const auto& a, const auto& b) {
      return a.second.days(theatre_.speed_kn) < b.second.days(theatre_.speed_kn);
    });
    return open;
  }

  /// The plan of a state: the share given is of all its escorts, and the nearest go first.
  ///
  /// @param hulls  of a squadron, by its number
  template <class Hulls>
  TheatrePlan plan_of(const State& state, const std::vector<std::pair<std::size_t, Way>>& open,
                      const Hulls& hulls, double share, double visits) const {
    TheatrePlan plan;
    double all = 0;
    for (std::size_t k = 0; k < state.squadrons.size(); ++k) all += hulls(k);
    double left = share * all;
    const fleet::AnnualCost* cost =
        facts_.fleets.find_cost(fleet::HullKind::frigate, state.study.state);
    for (const auto& [k, from] : open) {
      TheatreGroup group;
      group.id = state.study.state;
      group.hulls = hulls(k);
      group.given_share = group.hulls > 0 ? std::min(1.0, left / group.hulls) : 0;
      left = std::max(0.0, left - group.hulls);
      group.rotation.cycle = state.cycle->cycle;
      group.rotation.posture = state.cycle->posture;
      group.rotation.passage = {from.distance_nm, theatre_.speed_kn, from.wait_days, 0, 0};
      group.rotation.visit_days = visits;
      if (cost != nullptr) group.cost.operations_per_year = cost->million_usd.likely;
      plan.groups.push_back(group);
    }
    if (!plan.groups.empty()) add_support(state, share, plan);
    return plan;
  }

  /// What else may hold the ships back, as far as it is known. Without a row of its own a state
  /// gives as large a share of its oilers as of its escorts.
  void add_support(const State& state, double share, TheatrePlan& plan) const {
    if (theatre_.replenished) {
      Fuel fuel;
      fuel.on_station = true;
      fuel.oilers = share * state.navy->count(fleet::HullKind::replenishment).likely;
      fuel.oiler_rotation = plan.groups.front().rotation;
      fuel.partner_oilers = theatre_.partner_oilers;
      plan.fuel = fuel;
    }
    if (state.given == nullptr) return;
    if (plan.fuel && state.given->oilers) plan.fuel->oilers = *state.given->oilers;
    plan.docks = state.given->docks;
    plan.money_per_year = state.given->million_usd;
    if (state.given->crews) plan.crews = Crews{*state.given->crews};
  }
  TheatrePlan plan_in(const State& state, std::uint64_t d, std::uint64_t mask) {
    return plan_of(
        state, ways(state, mask), [&](std::size_t k) { return state.squadrons[k].hulls[d]; },
        state.share[d], visits_[d]);
  }

  /// Plays the draws; how many were done.
  std::uint64_t play(const RunContext& context) {
    for (std::uint64_t d = 0; d < options_.draws; ++d) {
      if (d % draws_between_looks == 0) {
        if (context.is_cancelled()) return d;
        if (context.progress) context.progress(d, options_.draws);
      }
      for (State& state : states_) play(state, d);
    }
    return options_.draws;
  }

  void play(State& state, std::uint64_t d) {
    Ships ships;
    double resident = 0;
    double counted_always = 0;
    std::vector<HullGroup> groups;
    for (const Resident& force : state.residents) {
      const double there = force.ships[d] * force.share;
      ships.add(force.kind, there);
      resident += there;
      counted_always += force.ships[d];
      groups.push_back({static_cast<int>(std::lround(force.ships[d])), force.share});
    }
    double rotating = 0;
    double away = 0;
    double if_all_went = 0;
    TheatrePlan plan = plan_in(state, d, mask_[d]);
    if (!plan.groups.empty()) {
      const auto kept = sustainable(plan, {});
      DELIAN_ASSERT(kept.has_value());
      rotating = kept->presence;
      for (const Limit& limit : kept->limits) {
        if (limit.constraint == Constraint::fleet) if_all_went = limit.presence;
      }
      ++state.binds[static_cast<std::size_t>(kept->binding)];
      double hulls = 0;
      for (TheatreGroup& group : plan.groups) {
        group.rotation.counting = Counting::deployed;
        hulls += group.hulls * group.given_share;
      }
      const auto deployed = sustainable(plan, {});
      DELIAN_ASSERT(deployed.has_value());
      away = rotating > 0 ? deployed->presence : 0;
      const double whole = std::max(1.0, std::ceil(hulls));
      groups.push_back({static_cast<int>(whole), rotating / whole});
    } else if (!state.squadrons.empty()) {
      ++state.binds[static_cast<std::size_t>(Constraint::reach)];
    }
    ships.add(fleet::HullKind::frigate, rotating);
    state.rotating.push_back(rotating);
    state.resident.push_back(resident);
    state.on_station.push_back(rotating + resident);
    state.away.push_back(away + counted_always);
    state.at_most.push_back(if_all_went + resident);
    state.study.keeps_one += rotating + resident >= 1 ? 1 : 0;
    state.ships.push_back(ships);
    state.study.one_staggered += staggered(groups).at_least(1);
    state.study.one_independent += poisson_binomial(groups).at_least(1);
  }

  void conclude(State& state) {
    StateStudy& study = state.study;
    const auto draws = static_cast<double>(std::max<std::uint64_t>(1, result_.draws));
    std::vector<double> share(state.share.begin(),
                              state.share.begin() + static_cast<std::ptrdiff_t>(result_.draws));
    for (double& one : share) one *= 100;
    study.share = interval_of(share);
    study.rotating = interval_of(state.rotating);
    study.resident = interval_of(state.resident);
    study.on_station = interval_of(state.on_station);
    study.away = interval_of(state.away);
    study.at_most = interval_of(state.at_most);
    study.keeps_one /= draws;
    study.one_staggered /= draws;
    study.one_independent /= draws;
    const auto most = std::max_element(state.binds.begin(), state.binds.end());
    study.binding = static_cast<Constraint>(most - state.binds.begin());
    study.binding_share = static_cast<double>(*most) / draws;
    study.hulls_per_station = std::numeric_limits<double>::infinity();
    const auto open = ways(state, 0);
    if (!open.empty() && study.escorts > 0) {
      const Way& nearest = open.front().second;
      study.home_port = facts_.network.facts().ports[*nearest.port].id;
      study.distance_nm = nearest.distance_nm;
      study.passage_days = nearest.days(theatre_.speed_kn);
      const TheatrePlan plan = plan_of(
          state, open, [&](std::size_t k) { return state.squadrons[k].likely; },
          study.share.median / 100, interval_of(visits_).median);
      const auto turned = rotation(plan.groups[0].rotation, {});
      DELIAN_ASSERT(turned.has_value());
      study.hulls_per_station = turned->hulls_per_station();
      const double cost = plan.groups[0].cost.operations_per_year;
      if (cost > 0 && std::isfinite(study.hulls_per_station)) {
        study.million_usd_a_year = cost * study.hulls_per_station;
      }
      levers(study, plan);
    }
    declared(state);
  }

  static void levers(StateStudy& study, const TheatrePlan& plan) {
    const CyclePreset& forward = *find_cycle(forward_cycle);
    MarginalOptions options;
    options.forward = RotationCase{forward.cycle, forward.posture, {}, 0, Counting::on_station};
    options.million = 1;
    const auto gains = marginals(plan, options, {});
    DELIAN_ASSERT(gains.has_value());
    const double cost = plan.groups[0].cost.operations_per_year;
    for (const Marginal& gain : *gains) {
      if (gain.lever == Lever::million || !(gain.gain > 0)) continue;
      LeverGain one{gain.lever, gain.gain, {}};
      const bool a_hull = gain.lever == Lever::hull || gain.lever == Lever::released_hull;
      if (a_hull && cost > 0) one.million_usd_a_year = cost;
      study.levers.push_back(one);
    }
  }

  void declared(State& state) const {
    if (region_ == nullptr) return;
    DeclaredGap gap;
    for (const fleet::Goal& goal : region_->goals) {
      const bool in_force = (!goal.from || goal.from->earliest() <= day()) &&
                            (!goal.until || day() <= goal.until->latest()) &&
                            goal.declared.earliest() <= day();
      if (goal.state != state.study.state || !in_force) continue;
      gap.goals.push_back(goal.id);
      gap.declared += goal.average_ships(state.cycle->cycle.deployment_days).likely;
    }
    if (gap.goals.empty() || !(gap.declared > 0)) return;
    measure(gap, state.away);
    state.study.declared = std::move(gap);
  }

  static void measure(DeclaredGap& gap, const std::vector<double>& away) {
    gap.kept = interval_of(away);
    std::vector<double> gaps;
    for (const double ships : away) gaps.push_back(*gap_index(ships, gap.declared));
    gap.gap = interval_of(gaps);
  }

  void all_declared() {
    DeclaredGap all;
    std::vector<double> away(result_.draws, 0);
    for (const State& state : states_) {
      if (!state.study.member || !state.study.declared) continue;
      const DeclaredGap& own = *state.study.declared;
      all.goals.insert(all.goals.end(), own.goals.begin(), own.goals.end());
      all.declared += own.declared;
      for (std::size_t d = 0; d < away.size(); ++d) away[d] += state.away[d];
    }
    if (all.goals.empty()) return;
    measure(all, away);
    result_.members_declared = std::move(all);
  }

  /// Everything given is called on one day. A hull at sea is as far away as one at home: where it
  /// is on that day is not known.
  void arrivals(const RunContext& context) {
    std::vector<SurgeGroup> groups;
    std::vector<AlreadyThere> there;
    for (const State& state : states_) {
      const StateStudy& study = state.study;
      if (study.resident.median > 0) {
        there.push_back({study.state, static_cast<int>(std::lround(study.resident.median))});
      }
      for (const auto& [k, from] : ways(state, 0)) {
        SurgeGroup group;
        group.member = study.state;
        group.id = "squadron " + std::to_string(k);
        group.hulls = static_cast<int>(std::lround(state.squadrons[k].likely));
        group.phase_days = phase_days(state.cycle->cycle);
        group.passage_days = from.days(theatre_.speed_kn);
        group.deployed_passage_days = group.passage_days;
        group.sails_share = study.share.median / 100;
        if (group.hulls > 0) groups.push_back(group);
      }
    }
    RunContext quiet = context;
    quiet.progress = nullptr;
    const auto surge = [&](bool members_only) {
      const auto outsider = [&](const auto& one) {
        return members_only && !scenario_.find_member(one.member);
      };
      std::vector<SurgeGroup> called = groups;
      std::vector<AlreadyThere> already = there;
      std::erase_if(called, outsider);
      std::erase_if(already, outsider);
      return simulate_surge(called, already, arrival_days(), arrival_runs, options_.seed, quiet,
                            {});
    };
    auto all = surge(false);
    auto members = surge(true);
    if (!all || !members) return;  // nobody, or nobody but outsiders
    result_.arrivals = Arrivals{all->days, std::move(all->members), std::move(members->total)};
  }

  /// The arrival curves in the order of the states.
  void order_arrivals() {
    if (!result_.arrivals) return;
    const auto place = [this](const ArrivalCurve& curve) {
      return std::find_if(result_.states.begin(), result_.states.end(),
                          [&](const StateStudy& one) { return one.state == curve.member; });
    };
    std::sort(result_.arrivals->states.begin(), result_.arrivals->states.end(),
              [&](const ArrivalCurve& a, const ArrivalCurve& b) { return place(a) < place(b); });
  }

  void totals(const RunContext& context) {
    const std::size_t draws = result_.draws;
    std::vector<Ships> all(draws);
    for (const State& state : states_) {
      if (!state.study.member) continue;
      for (std::size_t d = 0; d < draws; ++d) all[d].add(state.ships[d]);
    }
    std::vector<double> ships(draws);
    std::vector<double> escorts(draws);
    result_.proposal.text = scenario_.parts().question.proposal;
    result_.proposal.need = need_at(theatre_, result_.proposal.text);
    double covered = 0;
    for (std::size_t d = 0; d < draws; ++d) {
      ships[d] = all[d].all();
      escorts[d] = all[d].escorts;
      covered += all[d].cover(result_.proposal.need) ? 1 : 0;
    }
    result_.members_on_station = interval_of(ships);
    result_.members_escorts = interval_of(escorts);
    result_.proposal.covered = draws == 0 ? 0 : covered / static_cast<double>(draws);
    given_agreement(all, context);
  }

  /// The same draws of the decision as in its own answer: who stays out brings nothing.
  void given_agreement(const std::vector<Ships>& all, const RunContext& context) {
    const DecisionModel& model = decision_model_for(scenario_.rule());
    const auto bound = model.bind(scenario_.parts().parameters);
    DELIAN_ASSERT(bound.has_value());  // the reader has checked the parameters
    Setting setting = make_setting(scenario_);
    setting.counted = Counted::outcomes;
    setting.keep_endings = true;
    RunContext quiet = context;
    quiet.progress = nullptr;
    const DecisionTally tally =
        count_streaming(scenario_, setting, bound->decide, options_.seed, result_.draws, quiet);
    std::vector<Weighted> ships;
    double covered = 0;
    double agreed = 0;
    double all_weight = 0;
    const auto add = [&](const std::vector<DrawEnding>& endings, double weight) {
      for (std::size_t d = 0; d < std::min(endings.size(), all.size()); ++d) {
        all_weight += weight;
        const DrawEnding& ending = endings[d];
        if (ending.outcome == Outcome::not_adopted || weight == 0) continue;
        Ships in = all[d];
        if (!ending.stays_out.empty()) {
          in = {};
          for (const State& state : states_) {
            const auto member = scenario_.find_member(state.study.state);
            if (member && ending.stays_out[*member] == 0) in.add(state.ships[d]);
          }
        }
        agreed += weight;
        ships.push_back({in.all(), weight});
        covered += in.cover(need_at(theatre_, ending.text)) ? weight : 0;
      }
    };
    add(tally.least.endings, 1 - bound->coordination);
    add(tally.greatest.endings, bound->coordination);
    result_.agreement = all_weight > 0 ? agreed / all_weight : 0;
    result_.given_agreement = interval_of(std::move(ships));
    result_.covered_given_agreement = agreed > 0 ? covered / agreed : 0;
  }

  void closures() {
    const std::vector<std::uint64_t> drawn = mask_;
    for (std::size_t k = 0; k < theatre_.closures.size(); ++k) {
      ClosureStudy closure;
      closure.gate = theatre_.closures[k].gate;
      closure.chance = theatre_.closures[k].chance;
      const std::uint64_t bit = std::uint64_t{1} << k;
      closure.ships = with_gates([&](std::uint64_t mask) { return mask | bit; });
      closure.without = with_gates([&](std::uint64_t mask) { return mask & ~bit; });
      for (const State& state : states_) {
        if (!ways(state, 0).empty() && ways(state, bit).empty()) {
          closure.cut_off.push_back(state.study.state);
        }
      }
      result_.closures.push_back(std::move(closure));
    }
  }

  /// Mean ships of the members on station, with other gates shut in each draw.
  template <class Change>
  double with_gates(const Change& change) {
    std::vector<double> sums(result_.draws, 0);
    for (const State& state : states_) {
      if (!state.study.member) continue;
      for (std::size_t d = 0; d < result_.draws; ++d) {
        sums[d] += state.resident[d];
        const TheatrePlan plan = plan_in(state, d, change(mask_[d]));
        if (plan.groups.empty()) continue;
        const auto kept = sustainable(plan, {});
        DELIAN_ASSERT(kept.has_value());
        sums[d] += kept->presence;
      }
    }
    return mean_of(sums);
  }

  const Scenario& scenario_;
  const Theatre& theatre_;
  const StudyFacts& facts_;
  const StudyOptions& options_;
  std::size_t station_;
  const fleet::Theatre* region_;
  std::vector<std::uint64_t> mask_;  // [draw], bit k: closure k
  std::vector<double> visits_;       // [draw]
  std::vector<State> states_;
  TheatreWays ways_;
  Study result_;
};

}  // namespace

Standing StateStudy::standing() const {
  constexpr double even = 0.5;
  if (keeps_one >= even) return Standing::credible;
  return on_station.high >= 1 ? Standing::borderline : Standing::fraction;
}

std::string_view standing_id(Standing standing) {
  constexpr std::array<std::string_view, 3> ids{"credible", "borderline", "fraction"};
  return ids[static_cast<std::size_t>(standing)];
}

Expected<Study> study(const Scenario& scenario, const StudyFacts& facts,
                      const StudyOptions& options, const RunContext& context) {
  DELIAN_ASSERT(options.draws >= 1);
  if (Diagnostics problems = check_theatre(scenario, facts); !problems.empty()) {
    return tl::unexpected(std::move(problems));
  }
  return StudyMaker(scenario, facts, options).make(context);
}

}  // namespace delian::presence
