// The silence game with what follows a block, over blocks of draws. Model: docs/models/silence.md.

#include <algorithm>
#include <limits>

#include "delian/model.hpp"
#include "models/consensus/negotiation.hpp"
#include "models/consensus/silence_game.hpp"
#include "numerics/kernel.hpp"

namespace delian::decision {
namespace {

using namespace consensus;

struct Options {
  double kappa0 = 0.05;
  double kappa1 = 0.5;
  double phi = 0.8;
  double tau = 0.012;
  double lambda = 0.3;
  double alpha = 0.1;
  double nu = 0.5;
  double beta = 0.5;
  double hazard_bilateral = 0.06;
  double hazard_principle = 0.01;
};

constexpr std::array parameters{
    Parameter<Options>{
        "kappa0", &Options::kappa0, 0, 10,
        "cost of breaking a norm: grievance that objecting must outweigh when nobody "
        "presses"},
    Parameter<Options>{"kappa1", &Options::kappa1, 0, 100,
                       "cost of pressure: added per unit of the others' influence-weighted gain"},
    Parameter<Options>{"phi", &Options::phi, 0.01, 1,
                       "cover: each fellow objector multiplies the cost by this"},
    Parameter<Options>{"tau", &Options::tau, 0, 1,
                       "scale of the logistic reasons nobody coded, in units of net gain"},
    Parameter<Options>{"lambda", &Options::lambda, 0, 1,
                       "weight of the equilibrium in which the critics coordinate"},
    Parameter<Options>{"alpha", &Options::alpha, 0, 10,
                       "cost of abstaining constructively, where the rule knows it"},
    Parameter<Options>{"nu", &Options::nu, 0, 1,
                       "share of its gain below which the sponsor prefers no deal to a weaker one"},
    Parameter<Options>{"beta", &Options::beta, 0, 1,
                       "chance that a forum open to the proposal is used"},
    Parameter<Options>{"hazard_bilateral", &Options::hazard_bilateral, 0, 10,
                       "rate per month at which a bilateral dispute is settled"},
    Parameter<Options>{"hazard_principle", &Options::hazard_principle, 0, 10,
                       "rate per month at which an objection of principle is given up"},
};

// Rows of scratch are padded: a stride of a power of two would put a draw's column into two cache
// sets.
constexpr std::size_t stride = block_draws + 8;

// The bound on pressure is summed in another order than pressure itself.
constexpr double rounding_margin = 1 + 1e-12;

/// Fills one member's thresholds and pressures at the proposal, for a block.
DELIAN_KERNEL void prepare_member(const double* ideal, const double* salience,
                                  const double* resolve, const double* unexplained, double text,
                                  double reversion, double influence, double tau, double exempt_at,
                                  double* threshold_out, double* pressure_out) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  for (std::size_t d = 0; d < block_draws; ++d) {
    const double gain = net_gain(ideal[d], salience[d] / 100, text, reversion);
    const double grievance = 0.5 * (std::abs(gain) - gain) + tau * unexplained[d];
    const double bounded = grievance < exempt_at ? grievance : exempt_at;
    const double yielding = 1 - resolve[d] / 100;
    const double quotient = yielding > 0 ? bounded / yielding : infinite;
    threshold_out[d] = grievance > 0 ? quotient : 0.0;
    pressure_out[d] = influence * (0.5 * (std::abs(gain) + gain));
  }
}

/// For each draw the pressure that member i needs the others to fall short of, at silence, and the
/// largest and second largest of it: whoever needs most decides whether silence holds.
DELIAN_KERNEL void rank_member(const double* threshold_row, const double* pressure_row,
                               double kappa0, double inverse_kappa1, double member, double* first,
                               double* second, double* who) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  for (std::size_t d = 0; d < block_draws; ++d) {
    const double excess = threshold_row[d] - kappa0;
    // Without pressure (kappa1 = 0) a member objects or not, whatever the others want.
    const double scaled = inverse_kappa1 > 0 ? pressure_row[d] + excess * inverse_kappa1 : infinite;
    const double needed = excess > 0 ? scaled : -infinite;
    const bool leads = needed > first[d];
    const double runner_up = leads ? first[d] : needed;
    second[d] = runner_up > second[d] ? runner_up : second[d];
    who[d] = leads ? member : who[d];
    first[d] = leads ? needed : first[d];
  }
}

DELIAN_KERNEL void add_row(const double* row, double* sum) {
  for (std::size_t d = 0; d < block_draws; ++d) sum[d] += row[d];
}

/// Number of the first `count` draws in which silence holds without this member.
DELIAN_KERNEL std::uint64_t holds_without(const double* pressure_row, const double* total,
                                          const double* first, const double* second,
                                          const double* who, double member, std::size_t count) {
  std::uint64_t holds = 0;
  for (std::size_t d = 0; d < count; ++d) {
    const double needed = who[d] == member ? second[d] : first[d];
    holds += total[d] - pressure_row[d] >= needed ? 1 : 0;
  }
  return holds;
}

/// One thread's working memory.
struct Workspace {
  std::vector<double> threshold, pressure;  // rows by member, padded
  std::vector<double> total, first, second, who;
  std::vector<double> one_threshold, one_pressure;  // one draw's column
  std::vector<double> deal_threshold, deal_pressure;
  std::vector<std::uint8_t> exempt;
  Objectors least, greatest, trial, ranking, mine;
  Column draw;
  double reach = 0;  // the most pressure there can be, by point of distance from the reversion

  void resize(std::size_t members) {
    threshold.resize(members * row_stride);
    pressure.resize(members * row_stride);
    for (auto* row : {&total, &first, &second, &who}) row->resize(block_draws);
    for (auto* column : {&one_threshold, &one_pressure, &deal_threshold, &deal_pressure}) {
      column->resize(members);
    }
    exempt.resize(members);
    draw.resize(members);
  }
};

class SilenceModel {
 public:
  explicit SilenceModel(const Options& options) : options_(options) {}

  void operator()(const Setting& setting, const DrawBlock& block, DecisionTally& tally) const {
    thread_local Workspace work;
    work.resize(setting.members);
    const std::vector<double> cover = cover_table(options_.phi, setting.members);
    prepare(setting, block, work);

    const std::size_t n = setting.members;
    Game game;
    game.members = n;
    game.threshold = work.one_threshold.data();
    game.pressure = work.one_pressure.data();
    game.kappa0 = options_.kappa0;
    game.kappa1 = options_.kappa1;
    game.cover = cover.data();
    const auto allowed =
        static_cast<std::size_t>(std::max(0, setting.rule.parts().objections_allowed));
    const bool abstainers_stop = setting.rule.parts().abstention_stop_share > 0;
    const bool needs_column = can_negotiate(setting) || abstainers_stop;
    if (allowed == 0 && !setting.headline_only) count_absent_at_silence(setting, work, block, tally.least);

    std::uint64_t held_coordinated = 0;  // draws in which nobody's absence makes a difference
    for (std::size_t d = 0; d < block.count; ++d) {
      for (std::size_t i = 0; i < n; ++i) {
        work.one_threshold[i] = work.threshold[i * row_stride + d];
        work.one_pressure[i] = work.pressure[i * row_stride + d];
      }
      game.total_pressure = work.total[d];
      work.least.clear();
      if (work.total[d] < work.first[d]) least_equilibrium(game, work.least);
      greatest_equilibrium(game, work.greatest);
      if (setting.headline_only && !abstainers_stop) {
        count_headline(tally.least, work.least.size() <= allowed);
        count_headline(tally.greatest, work.greatest.size() <= allowed);
        continue;
      }
      if (needs_column && !(work.greatest.empty() && !abstainers_stop)) {
        work.draw.read(setting, block, d, options_.tau);
        rank(setting, work);
      }
      const Draw draw{setting, block, d, game, allowed};
      const Ending least = end(draw, work, work.least, false);
      count(tally.least, setting, work, work.least, allowed, least);
      // The same objectors and nothing to negotiate: the same ending.
      const bool same = work.least.size() == work.greatest.size() && !needs_column;
      const Ending greatest = same ? least : end(draw, work, work.greatest, true);
      count(tally.greatest, setting, work, work.greatest, allowed, greatest);
      if (allowed > 0) count_absent_least(draw, work, tally.least);
      held_coordinated += work.greatest.size() <= allowed ? 1 : 0;
      count_absent_greatest(draw, work, tally.greatest);
    }
    for (std::size_t i = 0; i < n; ++i) tally.greatest.agreed_if_absent[i] += held_coordinated;
  }

 private:
  struct Draw {
    const Setting& setting;
    const DrawBlock& block;
    std::size_t index;
    const Game& game;
    std::size_t allowed;
  };

  void prepare(const Setting& setting, const DrawBlock& block, Workspace& work) const {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const double exempt_at =
        setting.rule.parts().abstention_stop_share > 0 ? options_.alpha : infinite;
    const double inverse = options_.kappa1 > 0 ? 1 / options_.kappa1 : 0;
    std::fill(work.total.begin(), work.total.end(), 0.0);
    std::fill(work.first.begin(), work.first.end(), -infinite);
    std::fill(work.second.begin(), work.second.end(), -infinite);
    std::fill(work.who.begin(), work.who.end(), -1.0);
    for (std::size_t i = 0; i < setting.members; ++i) {
      double* thresholds = &work.threshold[i * row_stride];
      double* pressures = &work.pressure[i * row_stride];
      prepare_member(block.position[i], block.salience[i], block.resolve[i], block.unexplained[i],
                     setting.proposal, setting.reversion, setting.influence[i], options_.tau,
                     exempt_at, thresholds, pressures);
      rank_member(thresholds, pressures, options_.kappa0, inverse, static_cast<double>(i),
                  work.first.data(), work.second.data(), work.who.data());
      add_row(pressures, work.total.data());
    }
  }

  /// Objectors, hardest to win first, and how much pressure there can be at most.
  static void rank(const Setting& setting, Workspace& work) {
    work.ranking = work.greatest;
    std::sort(work.ranking.begin(), work.ranking.end(), [&](std::uint32_t a, std::uint32_t b) {
      return work.one_threshold[a] != work.one_threshold[b]
                 ? work.one_threshold[a] > work.one_threshold[b]
                 : a < b;
    });
    work.reach = 0;
    for (std::size_t i = 0; i < setting.members; ++i) {
      work.reach += setting.influence[i] * work.draw.salience[i] / 100;
    }
  }

  /// Would silence hold on `text` with the side payments on offer, without the exempt, in a forum?
  bool deal_holds(const Draw& of, Workspace& work, double text, const std::uint8_t* exempt,
                  const ForumSetting* forum, bool coordinated) const {
    const Setting& setting = of.setting;
    const Column& draw = work.draw;
    if (of.allowed == 0 && exempt == nullptr && forum == nullptr &&
        setting.payment_to.empty() && hardest_objects(setting, work, text)) {
      return false;
    }
    double total = 0;
    for (std::size_t i = 0; i < setting.members; ++i) {
      const bool outside =
          (exempt != nullptr && exempt[i] != 0) || (forum != nullptr && forum->seated[i] == 0);
      const double gain =
          outside ? 0
                  : net_gain(draw.ideal[i], draw.salience[i], text, setting.reversion) +
                        draw.payment[i];
      work.deal_pressure[i] = setting.influence[i] * std::max(0.0, gain);
      total += work.deal_pressure[i];
      work.deal_threshold[i] =
          outside ? 0 : threshold(std::max(0.0, -gain) + draw.unexplained[i], draw.resolve[i]);
    }
    Game deal = of.game;
    deal.threshold = work.deal_threshold.data();
    deal.pressure = work.deal_pressure.data();
    deal.total_pressure = total;
    (coordinated ? greatest_equilibrium : least_equilibrium)(deal, work.trial);
    return work.trial.size() <= of.allowed;
  }

  /// True when the objector hardest to win would object to `text` alone, under the most pressure there
  /// can be. Spares most texts the rest of the game.
  bool hardest_objects(const Setting& setting, const Workspace& work, double text) const {
    const std::uint32_t i = work.ranking.front();
    const Column& draw = work.draw;
    const double gain = net_gain(draw.ideal[i], draw.salience[i], text, setting.reversion);
    const double most_pressure = work.reach * std::abs(text - setting.reversion);
    return threshold(std::max(0.0, -gain) + draw.unexplained[i], draw.resolve[i]) >
           options_.kappa0 + options_.kappa1 * most_pressure * rounding_margin;
  }

  Ending end(const Draw& of, Workspace& work, const Objectors& objectors, bool coordinated) const {
    const Setting& setting = of.setting;
    if (objectors.size() <= of.allowed && !stopped_by_abstainers(setting, work, objectors)) {
      return {Outcome::as_drafted, setting.decision_months, setting.proposal,
              Remedy::smaller_text};
    }
    const auto passes = [&](double text, const std::uint8_t* exempt, const ForumSetting* forum) {
      return deal_holds(of, work, text, exempt, forum, coordinated);
    };
    if (can_negotiate(setting)) {
      // Opt-outs go to those who object here; the ranking holds whoever objects in either game.
      Objectors& mine = work.mine;
      mine.clear();
      for (const std::uint32_t i : work.ranking) {
        if (std::find(objectors.begin(), objectors.end(), i) != objectors.end()) mine.push_back(i);
      }
      if (const auto deal =
              weakened_deal(setting, options_.nu, work.draw, mine, passes, work.exempt)) {
        return *deal;
      }
      if (of.block.forum[of.index] < options_.beta) {
        if (const auto deal = other_forum(setting, options_.nu, work.draw, passes)) return *deal;
      }
    }
    const Hazards hazards{options_.hazard_bilateral, options_.hazard_principle};
    return wait_for_settling(setting, hazards, of.block, of.index, objectors,
                             [&](std::size_t settled, const std::vector<std::uint8_t>&) {
                               return objectors.size() - settled <= of.allowed;
                             });
  }

  /// TEU 31(1): members that would object but abstain constructively stop the decision when heavy.
  bool stopped_by_abstainers(const Setting& setting, const Workspace& work,
                             const Objectors& objectors) const {
    if (setting.rule.parts().abstention_stop_share <= 0) return false;
    thread_local std::vector<Vote> votes;
    votes.assign(setting.members, Vote::yes);
    for (std::size_t i = 0; i < setting.members; ++i) {
      // A threshold cut at alpha marks a grievance that outweighs abstaining.
      const double cut = threshold(options_.alpha, work.draw.resolve[i]);
      if (work.one_threshold[i] >= cut) votes[i] = Vote::abstain;
    }
    return objectors.empty() && !setting.rule.passes(votes);
  }

  static void count_headline(Tally& tally, bool adopted) {
    ++tally.draws;
    ++tally.outcomes[static_cast<std::size_t>(adopted ? Outcome::as_drafted
                                                      : Outcome::not_adopted)];
  }

  static void count(Tally& tally, const Setting& setting, const Workspace& work,
                    const Objectors& objectors, std::size_t allowed, const Ending& ending) {
    count_ending(tally, setting, ending, work.exempt);
    for (const std::uint32_t i : objectors) {
      ++tally.objects[i];
      ++tally.objects_among[i * (setting.members + 1) + objectors.size()];
      tally.alone[i] += objectors.size() == allowed + 1 ? 1 : 0;
    }
  }

  /// Without coordination: does silence hold at the first look when member i is absent? Whoever needs
  /// most pressure decides, so the two who need most answer for every i.
  static void count_absent_at_silence(const Setting& setting, const Workspace& work,
                                      const DrawBlock& block, Tally& tally) {
    for (std::size_t i = 0; i < setting.members; ++i) {
      tally.agreed_if_absent[i] +=
          holds_without(&work.pressure[i * row_stride], work.total.data(), work.first.data(),
                        work.second.data(), work.who.data(), static_cast<double>(i), block.count);
    }
  }

  /// Solves the game again without member i.
  template <class Solve>
  static bool holds_when_absent(const Draw& of, Workspace& work, std::size_t i, Solve solve) {
    const double kept_threshold = work.one_threshold[i];
    const double kept_pressure = work.one_pressure[i];
    work.one_threshold[i] = work.one_pressure[i] = 0;
    Game game = of.game;
    game.total_pressure -= kept_pressure;
    solve(game, work.trial);
    work.one_threshold[i] = kept_threshold;
    work.one_pressure[i] = kept_pressure;
    return work.trial.size() <= of.allowed;
  }

  /// Consensus minus k: solve again without each member.
  static void count_absent_least(const Draw& of, Workspace& work, Tally& tally) {
    for (std::size_t i = 0; i < of.setting.members; ++i) {
      tally.agreed_if_absent[i] += holds_when_absent(of, work, i, least_equilibrium) ? 1 : 0;
    }
  }

  /// Corrects the count of draws that hold anyway by those in which an absence makes a difference.
  static void count_absent_greatest(const Draw& of, Workspace& work, Tally& tally) {
    const std::size_t objectors = work.greatest.size();
    if (objectors > of.allowed) {
      // Only an objector's absence can help. Those left object at most as before: without one of
      // allowed + 1 objectors nothing blocks.
      for (const std::uint32_t i : work.greatest) {
        tally.agreed_if_absent[i] +=
            objectors == of.allowed + 1 || holds_when_absent(of, work, i, greatest_equilibrium)
                ? 1
                : 0;
      }
      return;
    }
    // Silence held: an absence can only matter by the pressure it takes away. If taking away the most
    // that anyone brings changes nothing, nobody's absence does.
    double most = 0;
    for (std::size_t i = 0; i < of.setting.members; ++i) most = std::max(most, work.one_pressure[i]);
    Game bare = of.game;
    bare.total_pressure -= most;
    bare.pressure_lost = most;
    greatest_equilibrium(bare, work.trial);
    if (work.trial.size() <= of.allowed) return;
    for (std::size_t i = 0; i < of.setting.members; ++i) {
      if (work.one_pressure[i] == 0) continue;
      tally.agreed_if_absent[i] -=
          holds_when_absent(of, work, i, greatest_equilibrium) ? 0U : 1U;
    }
  }

  Options options_;
};

Decide make_decide(const Options& options) {
  return SilenceModel(options);
}
double coordination(const Options& options) {
  return options.lambda;
}
bool applies(const Rule& rule) {
  return rule.any_no_blocks() || rule.parts().silence;
}

}  // namespace

extern const DecisionModel silence;
constinit const DecisionModel silence = define_decision_model<Options, parameters, make_decide,
                                                              coordination, applies>({
    .id = "silence",
    .title = "Consensus with silence",
    .source = "topkis1998",
    .defaults = "judgement-2026-11",
    .defaults_provenance =
        "Set by judgement on 2026-11-23 from the meaning of each parameter, before any scoring; "
        "not yet calibrated on decided cases.",
});

}  // namespace delian::decision
