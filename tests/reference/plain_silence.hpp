#pragma once
// The silence model written out as its page says, one draw after another, with no table, no block
// and no shortcut. The engine is tested against it count by count and measured against it in
// bench/.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "delian/decision.hpp"
#include "delian/model.hpp"
#include "delian/random.hpp"
#include "delian/scenario.hpp"
#include "numerics/elementary.hpp"

namespace delian::reference {

class PlainSilence {
 public:
  PlainSilence(const Scenario& scenario, const ParameterMap& parameters, std::uint64_t seed)
      : scenario_(scenario),
        setting_(make_setting(scenario)),
        p_(parameters),
        seed_(seed),
        allowed_(
            static_cast<std::size_t>(std::max(0, scenario.rule().parts().objections_allowed))) {
    for (const Member& m : scenario.members()) {
      for (const auto& [name, value] :
           {std::pair{".position", &m.position.value}, std::pair{".salience", &m.salience.value},
            std::pair{".resolve", &m.resolve.value}}) {
        inputs_.push_back({Stream(seed, "members." + m.code + name),
                           QuantileFunction(*value, scenario.parts().interval)});
      }
    }
    for (const SidePayment& payment : scenario.parts().side_payments) {
      payments_.push_back({Stream(seed, "side_payment." + payment.to),
                           QuantileFunction(payment.value.value, scenario.parts().interval)});
    }
  }

  DecisionTally run(std::uint64_t draws) {
    const Tally empty(setting_.members, setting_.horizon_months);
    DecisionTally tally{empty, empty};
    for (std::uint64_t d = 0; d < draws; ++d) {
      draw(d);
      count(tally.least, false);
      count(tally.greatest, true);
    }
    return tally;
  }

 private:
  struct Input {
    Stream stream;
    QuantileFunction quantile;
  };
  using Set = std::vector<bool>;

  void draw(std::uint64_t d) {
    const std::size_t n = setting_.members;
    ideal_.resize(n);
    salience_.resize(n);
    resolve_.resize(n);
    noise_.resize(n);
    settling_.resize(n);
    paid_.assign(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      const std::string name = "members." + scenario_.members()[i].code;
      ideal_[i] = value(inputs_[3 * i], d);
      salience_[i] = value(inputs_[3 * i + 1], d) / 100;
      resolve_[i] = value(inputs_[3 * i + 2], d) / 100;
      noise_[i] = p_.at("tau") * numerics::logit(Stream(seed_, name + ".unexplained").uniform(d));
      settling_[i] = Stream(seed_, name + ".settling").uniform(d);
    }
    for (std::size_t k = 0; k < payments_.size(); ++k) {
      paid_[setting_.payment_to[k]] += value(payments_[k], d) / 100;
    }
    forum_ = Stream(seed_, "forum").uniform(d);
  }

  static double value(const Input& input, std::uint64_t d) {
    return input.quantile(input.stream.uniform(d));
  }

  /// The game on one text among those who take part.
  struct Game {
    double text;
    bool payments;
    Set out;  // exempt, absent or not seated
    const Rule& rule;
  };

  double grievance(const Game& game, std::size_t i) const { return noise_[i] - gain(game, i); }

  double gain(const Game& game, std::size_t i) const {
    const double q = setting_.reversion;
    return salience_[i] * (std::abs(q - ideal_[i]) - std::abs(game.text - ideal_[i])) / 100 +
           (game.payments ? paid_[i] : 0);
  }

  bool objects(const Game& game, const Set& set, std::size_t i) const {
    double pressure = 0;
    int others = 0;
    for (std::size_t j = 0; j < setting_.members; ++j) {
      if (j == i || game.out[j]) continue;
      if (set[j]) {
        ++others;
      } else {
        pressure += setting_.influence[j] * std::max(0.0, gain(game, j));
      }
    }
    // By roll call saying no costs nothing; a member that may abstain loses alpha at most.
    const bool abstains = game.rule.parts().abstention_stop_share > 0;
    const bool free = !game.rule.parts().silence && !abstains;
    const double cost = free ? 0
                             : (1 - resolve_[i]) * (p_.at("kappa0") + p_.at("kappa1") * pressure) *
                                   std::pow(p_.at("phi"), others);
    const double loss =
        abstains ? std::min(grievance(game, i), p_.at("alpha")) : grievance(game, i);
    return loss > 0 && loss > cost;
  }

  Set equilibrium(const Game& game, bool greatest) const {
    const std::size_t n = setting_.members;
    Set set(n, false);
    for (std::size_t i = 0; i < n; ++i) set[i] = greatest && !game.out[i];
    for (;;) {
      Set next(n, false);
      for (std::size_t i = 0; i < n; ++i) next[i] = !game.out[i] && objects(game, set, i);
      if (next == set) return set;
      set = next;
    }
  }

  static std::size_t size(const Set& set) {
    return static_cast<std::size_t>(std::count(set.begin(), set.end(), true));
  }

  bool holds(const Game& game, bool greatest) const {
    if (game.rule.by_vote()) {
      std::vector<Vote> votes;
      for (std::size_t i = 0; i < setting_.members; ++i) {
        if (!game.out[i]) votes.push_back(grievance(game, i) > 0 ? Vote::no : Vote::yes);
      }
      return game.rule.passes(votes);
    }
    const int allowed = std::max(0, game.rule.parts().objections_allowed);
    return size(equilibrium(game, greatest)) <= static_cast<std::size_t>(allowed);
  }

  /// TEU 31(1): nobody objects, but too many abstain.
  bool stopped(const Game& game) const {
    if (game.rule.parts().abstention_stop_share <= 0) return false;
    std::vector<Vote> votes;
    for (std::size_t i = 0; i < setting_.members; ++i) {
      const bool abstains = grievance(game, i) > std::max(0.0, p_.at("alpha"));
      votes.push_back(abstains ? Vote::abstain : Vote::yes);
    }
    return !game.rule.passes(votes);
  }

  double sponsor_gain(double text) const {
    const double q = setting_.reversion;
    if (setting_.sponsor < 0) return std::abs(text - q);
    const double ideal = ideal_[static_cast<std::size_t>(setting_.sponsor)];
    return std::abs(q - ideal) - std::abs(text - ideal);
  }

  /// Nearest of sixteen steps towards the reversion, then two halvings, that holds and is worth
  /// it.
  double smaller_text(double floor, const Set& out, const Rule& rule, bool greatest) const {
    const double x = setting_.proposal, q = setting_.reversion;
    const auto good = [&](double t) {
      return sponsor_gain(t) >= floor && holds({t, true, out, rule}, greatest);
    };
    for (int step = 1; step < 16; ++step) {
      const double t = x + (q - x) * step / 16;
      if (!good(t)) continue;
      double near = x + (q - x) * (step - 1) / 16, far = t;
      for (int k = 0; k < 2; ++k) (good((near + far) / 2) ? far : near) = (near + far) / 2;
      return far;
    }
    return std::numeric_limits<double>::quiet_NaN();
  }

  void agree(Tally& tally, Outcome outcome, double months, double text) const {
    ++tally.outcomes[static_cast<std::size_t>(outcome)];
    ++tally.adopted_in_month[std::min(static_cast<std::size_t>(months),
                                      tally.adopted_in_month.size() - 1)];
    ++tally.agreed_text[static_cast<std::size_t>(text + 0.5)];
  }

  void count(Tally& tally, bool greatest) const {
    const std::size_t n = setting_.members;
    const double x = setting_.proposal;
    const Set nobody(n, false);
    const Set set = equilibrium({x, false, nobody, setting_.rule}, greatest);
    ++tally.draws;
    for (std::size_t i = 0; i < n; ++i) {
      Set absent = nobody;
      absent[i] = true;
      tally.agreed_if_absent[i] += holds({x, false, absent, setting_.rule}, greatest);
      if (!set[i]) continue;
      ++tally.objects[i];
      ++tally.objects_among[i * (n + 1) + size(set)];
      tally.alone[i] += size(set) == allowed_ + 1;
    }
    if (size(set) <= allowed_ && !stopped({x, false, nobody, setting_.rule})) {
      agree(tally, Outcome::as_drafted, setting_.decision_months, x);
      return;
    }
    if (weakened(tally, set, greatest) || bypassed(tally, greatest)) return;
    std::vector<double> waits;
    for (std::size_t i = 0; i < n; ++i) {
      const double hazard =
          p_.at(setting_.bilateral[i] != 0 ? "hazard_bilateral" : "hazard_principle");
      if (set[i]) waits.push_back(-numerics::log(settling_[i]) / hazard);
    }
    if (waits.empty()) {  // stopped by abstentions alone: there is nobody to wait for
      ++tally.outcomes[static_cast<std::size_t>(Outcome::not_adopted)];
      return;
    }
    std::sort(waits.begin(), waits.end());
    const double months = setting_.decision_months + waits[waits.size() - 1 - allowed_];
    if (months <= setting_.horizon_months) {
      agree(tally, Outcome::late, months, x);
    } else {
      ++tally.outcomes[static_cast<std::size_t>(Outcome::not_adopted)];
    }
  }

  bool weakened(Tally& tally, const Set& set, bool greatest) const {
    const std::size_t n = setting_.members;
    const double x = setting_.proposal, months = setting_.decision_months;
    const double full = sponsor_gain(x);
    if (full <= 0) return false;
    const Set nobody(n, false);
    const auto by = [&](Remedy remedy, double text) {
      ++tally.remedies[static_cast<std::size_t>(remedy)];
      agree(tally, Outcome::weakened, months, text);
      return true;
    };
    if (!payments_.empty() && holds({x, true, nobody, setting_.rule}, greatest))
      return by(Remedy::side_payment, x);
    double text = std::numeric_limits<double>::quiet_NaN();
    if (setting_.divisible)
      text = smaller_text(p_.at("nu") * full, nobody, setting_.rule, greatest);
    if (setting_.opt_out) {
      // Exempt the objectors from the one hardest to win down, until silence holds.
      std::vector<std::pair<double, std::size_t>> order;
      const Game plain{x, false, nobody, setting_.rule};
      for (std::size_t i = 0; i < n; ++i) {
        if (set[i]) order.emplace_back(-grievance(plain, i) / (1 - resolve_[i]), i);
      }
      std::sort(order.begin(), order.end());
      Set exempt = nobody;
      double left = 1;
      for (const auto& [unused, i] : order) {
        exempt[i] = true;
        left -= setting_.influence[i];
        if (left < p_.at("nu")) break;
        if (!holds({x, true, exempt, setting_.rule}, greatest)) continue;
        if (std::isnan(text) || left * full > sponsor_gain(text)) {
          for (std::size_t j = 0; j < n; ++j) tally.exempt[j] += exempt[j];
          return by(Remedy::opt_out, x);
        }
        break;
      }
    }
    return std::isnan(text) ? false : by(Remedy::smaller_text, text);
  }

  bool bypassed(Tally& tally, bool greatest) const {
    if (forum_ >= p_.at("beta")) return false;
    const double x = setting_.proposal, full = sponsor_gain(x);
    for (const ForumSetting& forum : setting_.forums) {
      Set out(setting_.members);
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = forum.seated[i] == 0;
      double text = x;
      bool open = forum.chair || holds({x, true, out, forum.rule}, greatest);
      if (!open && setting_.divisible && full > 0) {
        text = smaller_text(p_.at("nu") * full, out, forum.rule, greatest);
        open = !std::isnan(text);
      }
      if (open) {
        agree(tally, Outcome::bypassed, setting_.decision_months, text);
        return true;
      }
    }
    return false;
  }

  const Scenario& scenario_;
  Setting setting_;
  const ParameterMap& p_;
  std::uint64_t seed_;
  std::size_t allowed_;
  std::vector<Input> inputs_, payments_;
  std::vector<double> ideal_, salience_, resolve_, noise_, settling_, paid_;
  double forum_ = 0;
};

}  // namespace delian::reference
