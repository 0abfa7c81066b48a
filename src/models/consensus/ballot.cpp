// A vote: members vote by net gain with noise, and the rule decides. Model: docs/models/ballot.md.

#include <algorithm>
#include <cmath>

#include "delian/model.hpp"
#include "models/consensus/negotiation.hpp"
#include "models/consensus/silence_game.hpp"

namespace delian::decision {
namespace {

using namespace consensus;

struct Options {
  double tau = 0.03;
  double indifference = 0.01;
  double nu = 0.5;
  double beta = 0.5;
  double hazard_bilateral = 0.06;
  double hazard_principle = 0.01;
};

constexpr std::array parameters{
    Parameter<Options>{"tau", &Options::tau, 0, 1,
                       "scale of the logistic reasons nobody coded, in units of net gain"},
    Parameter<Options>{"indifference", &Options::indifference, 0, 1,
                       "net gain or loss within which a member abstains"},
    Parameter<Options>{"nu", &Options::nu, 0, 1,
                       "share of its gain below which the sponsor prefers no deal to a weaker one"},
    Parameter<Options>{"beta", &Options::beta, 0, 1,
                       "chance that a forum open to the proposal is used"},
    Parameter<Options>{"hazard_bilateral", &Options::hazard_bilateral, 0, 10,
                       "rate per month at which a bilateral dispute is settled"},
    Parameter<Options>{"hazard_principle", &Options::hazard_principle, 0, 10,
                       "rate per month at which an objection of principle is given up"},
};

struct Workspace {
  Column draw;
  std::vector<double> loss;  // how far from yes
  std::vector<Vote> votes, trial;
  std::vector<std::uint8_t> withholds, exempt;
  std::vector<std::uint32_t> ranking, order;

  void resize(std::size_t members) {
    draw.resize(members);
    loss.resize(members);
    for (auto* v : {&votes, &trial}) v->resize(members);
    for (auto* set : {&withholds, &exempt}) set->resize(members);
    for (auto* list : {&ranking, &order}) list->resize(members);
  }
};

class BallotModel {
 public:
  explicit BallotModel(const Options& options) : options_(options) {}

  void operator()(const Setting& setting, const DrawBlock& block, DecisionTally& tally) const {
    thread_local Workspace work;
    work.resize(setting.members);
    for (std::size_t d = 0; d < block.count; ++d) {
      fill(setting, block, d, work);
      for (std::size_t i = 0; i < setting.members; ++i) {
        const double gain = net_gain(work.draw.ideal[i], work.draw.salience[i], setting.proposal,
                                     setting.reversion) -
                            work.draw.unexplained[i];
        work.votes[i] = vote(gain);
        work.loss[i] = -gain;
      }
      play(setting, work, tally.least);
    }
    // One outcome per draw: without coordination there is one equilibrium.
    tally.greatest = tally.least;
  }

 private:
  Vote vote(double gain) const {
    if (gain > options_.indifference) return Vote::yes;
    return gain < -options_.indifference ? Vote::no : Vote::abstain;
  }

  void fill(const Setting& setting, const DrawBlock& block, std::size_t d, Workspace& work) const {
    Column& draw = work.draw;
    for (std::size_t i = 0; i < setting.members; ++i) {
      draw.ideal[i] = block.position[i][d];
      draw.salience[i] = block.salience[i][d] / 100;
      draw.unexplained[i] = options_.tau * block.unexplained[i][d];
      draw.settling[i] = block.settling[i][d];
      draw.payment[i] = 0;
    }
    for (std::size_t k = 0; k < setting.payment_to.size(); ++k) {
      draw.payment[setting.payment_to[k]] += block.payment[k][d] / 100;
    }
    draw.forum = block.forum[d];
  }

  bool passes(const Setting& setting, Workspace& work, double text, const std::uint8_t* exempt,
              const ForumSetting* forum) const {
    const auto vote_of = [&](std::size_t i) {
      if (exempt != nullptr && exempt[i] != 0) return Vote::yes;  // it no longer concerns it
      return vote(net_gain(work.draw.ideal[i], work.draw.salience[i], text, setting.reversion) +
                  work.draw.payment[i] - work.draw.unexplained[i]);
    };
    if (forum == nullptr) {
      for (std::size_t i = 0; i < setting.members; ++i) work.trial[i] = vote_of(i);
      return setting.rule.passes(work.trial);
    }
    for (std::size_t k = 0; k < forum->seats.size(); ++k) work.trial[k] = vote_of(forum->seats[k]);
    return forum->rule.passes({work.trial.data(), forum->seats.size()});
  }

  void play(const Setting& setting, Workspace& work, Tally& tally) const {
    const std::size_t n = setting.members;
    std::size_t withholding = 0;
    for (std::size_t i = 0; i < n; ++i) {
      work.withholds[i] = work.votes[i] != Vote::yes;
      withholding += work.withholds[i];
    }
    const bool adopted = setting.rule.passes(work.votes);
    Ending ending{Outcome::as_drafted, setting.decision_months, setting.proposal,
                  Remedy::smaller_text};
    if (!adopted) ending = blocked(setting, work);
    count_draw(tally, setting, work.withholds.data(), 0, ending, work.exempt);
    for (std::size_t i = 0; i < n; ++i) {
      tally.objects[i] += work.withholds[i];
      tally.agreed_if_absent[i] += passes_without(setting, work, i);
    }
    if (adopted) return;
    const std::vector<std::uint8_t> decisive = setting.rule.pivotal(work.votes);
    for (std::size_t i = 0; i < n; ++i) tally.alone[i] += decisive[i];
    if (withholding > 0) ++tally.objects_among[pivot(setting, work) * (n + 1) + 1];
  }

  Ending blocked(const Setting& setting, Workspace& work) const {
    for (std::uint32_t i = 0; i < setting.members; ++i) work.ranking[i] = i;
    std::sort(work.ranking.begin(), work.ranking.end(), [&](std::uint32_t a, std::uint32_t b) {
      return work.loss[a] != work.loss[b] ? work.loss[a] > work.loss[b] : a < b;
    });
    const NegotiationOptions options{options_.nu, options_.beta, options_.hazard_bilateral,
                                     options_.hazard_principle};
    return after_block(
        setting, options, work.draw, work.withholds.data(), work.ranking,
        [&](double text, const std::uint8_t* exempt, const ForumSetting* forum) {
          return passes(setting, work, text, exempt, forum);
        },
        [&](const std::vector<std::uint8_t>& done) {
          for (std::size_t i = 0; i < setting.members; ++i) {
            work.trial[i] = done[i] != 0 ? Vote::yes : work.votes[i];
          }
          return setting.rule.passes(work.trial);
        },
        work.exempt);
  }

  static bool passes_without(const Setting& setting, Workspace& work, std::size_t absent) {
    std::size_t k = 0;
    for (std::size_t i = 0; i < setting.members; ++i) {
      if (i != absent) work.trial[k++] = work.votes[i];
    }
    return setting.rule_without[absent].passes({work.trial.data(), k});
  }

  /// The member that turns the vote when those who withhold their yes leave in a random order: over
  /// draws its frequency is the Shapley share of the blocking (Shapley & Shubik 1954).
  static std::size_t pivot(const Setting& setting, Workspace& work) {
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < setting.members; ++i) {
      work.trial[i] = Vote::yes;
      if (work.withholds[i] != 0) work.order[count++] = i;
    }
    // The settling uniforms decide nothing about the vote itself, so they give a fair order.
    std::sort(work.order.begin(), work.order.begin() + static_cast<std::ptrdiff_t>(count),
              [&](std::uint32_t a, std::uint32_t b) {
                return work.draw.settling[a] != work.draw.settling[b]
                           ? work.draw.settling[a] < work.draw.settling[b]
                           : a < b;
              });
    for (std::size_t k = 0; k + 1 < count; ++k) {
      work.trial[work.order[k]] = work.votes[work.order[k]];
      if (!setting.rule.passes(work.trial)) return work.order[k];
    }
    return work.order[count - 1];
  }

  Options options_;
};

Decide make_decide(const Options& options) {
  return BallotModel(options);
}
double coordination(const Options& /*options*/) {
  return 0;
}
bool applies(const Rule& rule) {
  return !rule.any_no_blocks() && !rule.parts().silence;
}

}  // namespace

extern const DecisionModel ballot;
constinit const DecisionModel ballot = define_decision_model<Options, parameters, make_decide,
                                                             coordination, applies>({
    .id = "ballot",
    .title = "Vote by net gain with noise",
    .source = "mckelvey1995",
    .defaults = "judgement-2026-11",
    .defaults_provenance =
        "Set by judgement on 2026-11-23 from the meaning of each parameter, before any scoring; "
        "not yet calibrated on decided cases.",
});

}  // namespace delian::decision
