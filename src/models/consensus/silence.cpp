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
  std::vector<std::uint8_t> least, greatest, trial, exempt;
  std::vector<std::uint32_t> scratch, ranking;
  Column draw;

  void resize(std::size_t members) {
    threshold.resize(members * stride);
    pressure.resize(members * stride);
    for (auto* row : {&total, &first, &second, &who}) row->resize(block_draws);
    for (auto* column : {&one_threshold, &one_pressure, &deal_threshold, &deal_pressure}) {
      column->resize(members);
    }
    for (auto* set : {&least, &greatest, &trial, &exempt}) set->resize(members);
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
    Game game{n,
              work.one_threshold.data(),
              work.one_pressure.data(),
              options_.kappa0,
              options_.kappa1,
              cover.data()};
    const bool needs_deal = setting.divisible || setting.opt_out || !setting.payment_to.empty() ||
                            !setting.forums.empty();
    const auto allowed =
        static_cast<std::size_t>(std::max(0, setting.rule.parts().objections_allowed));

    if (allowed == 0) {
      for (std::size_t i = 0; i < n; ++i) {
        tally.least.agreed_if_absent[i] +=
            holds_without(&work.pressure[i * stride], work.total.data(), work.first.data(),
                          work.second.data(), work.who.data(), static_cast<double>(i), block.count);
      }
    }
    for (std::size_t d = 0; d < block.count; ++d) {
      for (std::size_t i = 0; i < n; ++i) {
        work.one_threshold[i] = work.threshold[i * stride + d];
        work.one_pressure[i] = work.pressure[i * stride + d];
      }
      const bool silence_holds = !(work.total[d] < work.first[d]);
      std::size_t least_count = 0;
      if (silence_holds) {
        std::fill(work.least.begin(), work.least.end(), std::uint8_t{0});
      } else {
        least_count = least_equilibrium(game, work.least.data());
      }
      const std::size_t greatest_count =
          greatest_equilibrium(game, work.greatest.data(), work.scratch);

      if (least_count > 0 || greatest_count > 0 || setting.rule.parts().abstention_stop_share > 0) {
        fill_column(setting, block, d, work);
      }
      const Ending least = end(setting, work, game, work.least, least_count, allowed, false);
      count(tally.least, setting, work, work.least, least_count, allowed, least);
      const bool same = least_count == greatest_count && !needs_deal;
      const Ending greatest =
          same ? least : end(setting, work, game, work.greatest, greatest_count, allowed, true);
      count(tally.greatest, setting, work, work.greatest, greatest_count, allowed, greatest);

      if (allowed > 0) count_absent_least(setting, game, work, allowed, tally.least);
      count_absent_greatest(setting, game, work, greatest_count, allowed, tally.greatest);
    }
  }

 private:
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
      double* thresholds = &work.threshold[i * stride];
      double* pressures = &work.pressure[i * stride];
      prepare_member(block.position[i], block.salience[i], block.resolve[i], block.unexplained[i],
                     setting.proposal, setting.reversion, setting.influence[i], options_.tau,
                     exempt_at, thresholds, pressures);
      rank_member(thresholds, pressures, options_.kappa0, inverse, static_cast<double>(i),
                  work.first.data(), work.second.data(), work.who.data());
      add_row(pressures, work.total.data());
    }
  }

  void fill_column(const Setting& setting, const DrawBlock& block, std::size_t d,
                   Workspace& work) const {
    Column& draw = work.draw;
    for (std::size_t i = 0; i < setting.members; ++i) {
      draw.ideal[i] = block.position[i][d];
      draw.salience[i] = block.salience[i][d] / 100;
      draw.resolve[i] = block.resolve[i][d] / 100;
      draw.unexplained[i] = options_.tau * block.unexplained[i][d];
      draw.settling[i] = block.settling[i][d];
      draw.payment[i] = 0;
    }
    for (std::size_t k = 0; k < setting.payment_to.size(); ++k) {
      draw.payment[setting.payment_to[k]] += block.payment[k][d] / 100;
    }
    draw.forum = block.forum[d];
    work.ranking.resize(setting.members);
    for (std::uint32_t i = 0; i < setting.members; ++i) work.ranking[i] = i;
    std::sort(work.ranking.begin(), work.ranking.end(), [&](std::uint32_t a, std::uint32_t b) {
      return work.one_threshold[a] != work.one_threshold[b]
                 ? work.one_threshold[a] > work.one_threshold[b]
                 : a < b;
    });
  }

  /// Would silence hold on `text` with the side payments on offer, without the exempt, in a forum?
  bool deal_holds(const Setting& setting, Workspace& work, const Game& game, double text,
                  const std::uint8_t* exempt, const ForumSetting* forum, std::size_t allowed,
                  bool coordinated) const {
    const Column& draw = work.draw;
    for (std::size_t i = 0; i < setting.members; ++i) {
      const bool outside =
          (exempt != nullptr && exempt[i] != 0) || (forum != nullptr && forum->seated[i] == 0);
      const double gain = outside
                              ? 0
                              : net_gain(draw.ideal[i], draw.salience[i], text, setting.reversion) +
                                    draw.payment[i];
      work.deal_pressure[i] = setting.influence[i] * std::max(0.0, gain);
      work.deal_threshold[i] =
          outside ? 0 : threshold(std::max(0.0, -gain) + draw.unexplained[i], draw.resolve[i]);
    }
    Game deal = game;
    deal.threshold = work.deal_threshold.data();
    deal.pressure = work.deal_pressure.data();
    const std::size_t objectors = coordinated
                                      ? greatest_equilibrium(deal, work.trial.data(), work.scratch)
                                      : least_equilibrium(deal, work.trial.data());
    return objectors <= allowed;
  }

  Ending end(const Setting& setting, Workspace& work, const Game& game,
             const std::vector<std::uint8_t>& objects, std::size_t objectors, std::size_t allowed,
             bool coordinated) const {
    if (objectors <= allowed && !stopped_by_abstainers(setting, work, objects, objectors)) {
      return {Outcome::as_drafted, setting.decision_months, setting.proposal, Remedy::smaller_text};
    }
    const NegotiationOptions options{options_.nu, options_.beta, options_.hazard_bilateral,
                                     options_.hazard_principle};
    const auto passes = [&](double text, const std::uint8_t* exempt, const ForumSetting* forum) {
      return deal_holds(setting, work, game, text, exempt, forum, allowed, coordinated);
    };
    const auto settled = [&](const std::vector<std::uint8_t>& done) {
      std::size_t left = 0;
      for (std::size_t i = 0; i < setting.members; ++i) left += objects[i] != 0 && done[i] == 0;
      return left <= allowed;
    };
    return after_block(setting, options, work.draw, objects.data(), work.ranking, passes, settled,
                       work.exempt);
  }

  /// TEU 31(1): members that would object but abstain constructively stop the decision when heavy.
  bool stopped_by_abstainers(const Setting& setting, const Workspace& work,
                             const std::vector<std::uint8_t>& objects,
                             std::size_t objectors) const {
    if (setting.rule.parts().abstention_stop_share <= 0) return false;
    thread_local std::vector<Vote> votes;
    votes.assign(setting.members, Vote::yes);
    for (std::size_t i = 0; i < setting.members; ++i) {
      // A threshold cut at alpha marks a grievance that outweighs abstaining.
      const double cut = threshold(options_.alpha, work.draw.resolve[i]);
      if (objects[i] == 0 && work.one_threshold[i] >= cut) votes[i] = Vote::abstain;
    }
    return objectors == 0 && !setting.rule.passes(votes);
  }

  static void count(Tally& tally, const Setting& setting, const Workspace& work,
                    const std::vector<std::uint8_t>& objects, std::size_t objectors,
                    std::size_t allowed, const Ending& ending) {
    count_draw(tally, setting, objects.data(), objectors, ending, work.exempt);
    if (objectors == allowed + 1) {
      for (std::size_t i = 0; i < setting.members; ++i) tally.alone[i] += objects[i];
    }
  }

  /// Consensus minus k: solve again without each member.
  void count_absent_least(const Setting& setting, const Game& game, Workspace& work,
                          std::size_t allowed, Tally& tally) const {
    for (std::size_t i = 0; i < setting.members; ++i) {
      const double kept_threshold = work.one_threshold[i];
      const double kept_pressure = work.one_pressure[i];
      work.one_threshold[i] = work.one_pressure[i] = 0;
      tally.agreed_if_absent[i] += least_equilibrium(game, work.trial.data()) <= allowed;
      work.one_threshold[i] = kept_threshold;
      work.one_pressure[i] = kept_pressure;
    }
  }

  void count_absent_greatest(const Setting& setting, const Game& game, Workspace& work,
                             std::size_t objectors, std::size_t allowed, Tally& tally) const {
    for (std::size_t i = 0; i < setting.members; ++i) {
      const bool critic = work.greatest[i] != 0;
      // Somebody who neither objects nor presses changes nothing; somebody who presses while others
      // object can only be missed. Without one of two objectors the other may still hold out.
      if (!critic && (work.one_pressure[i] == 0 || objectors > allowed)) {
        tally.agreed_if_absent[i] += objectors <= allowed;
        continue;
      }
      if (critic && objectors == allowed + 1) {
        ++tally.agreed_if_absent[i];
        continue;
      }
      const double kept_threshold = work.one_threshold[i];
      const double kept_pressure = work.one_pressure[i];
      work.one_threshold[i] = work.one_pressure[i] = 0;
      tally.agreed_if_absent[i] +=
          greatest_equilibrium(game, work.trial.data(), work.scratch) <= allowed;
      work.one_threshold[i] = kept_threshold;
      work.one_pressure[i] = kept_pressure;
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
