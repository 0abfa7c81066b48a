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
  double tau = 0.02;
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
  std::vector<std::uint8_t> exempt;
  std::vector<std::uint32_t> withholding, ranking, order;

  void resize(std::size_t members) {
    draw.resize(members);
    loss.resize(members);
    for (auto* v : {&votes, &trial}) v->resize(members);
    exempt.resize(members);
  }
};

class BallotModel {
 public:
  explicit BallotModel(const Options& options) : options_(options) {}

  void operator()(const Setting& setting, const DrawBlock& block, DecisionTally& tally) const {
    thread_local Workspace work;
    work.resize(setting.members);
    for (std::size_t d = 0; d < block.count; ++d) {
      work.draw.read(setting, block, d);
      for (std::size_t i = 0; i < setting.members; ++i) {
        const double gain = net_gain(work.draw.ideal[i], work.draw.salience[i] / 100,
                                     setting.proposal, setting.reversion) -
                            options_.tau * work.draw.unexplained[i];
        work.votes[i] = vote(gain);
        work.loss[i] = -gain;
      }
      play(setting, block, d, work, tally.least);
    }
    // One outcome per draw: without coordination there is one equilibrium.
    tally.greatest = tally.least;
  }

 private:
  Vote vote(double gain) const {
    if (gain > options_.indifference) return Vote::yes;
    return gain < -options_.indifference ? Vote::no : Vote::abstain;
  }

  bool passes(const Setting& setting, Workspace& work, double text, const std::uint8_t* exempt,
              const ForumSetting* forum) const {
    const auto vote_of = [&](std::size_t i) {
      if (exempt != nullptr && exempt[i] != 0) return Vote::yes;  // it no longer concerns it
      return vote(
          net_gain(work.draw.ideal[i], work.draw.salience[i] / 100, text, setting.reversion) +
          work.draw.payment[i] - options_.tau * work.draw.unexplained[i]);
    };
    if (forum == nullptr) {
      for (std::size_t i = 0; i < setting.members; ++i) work.trial[i] = vote_of(i);
      return setting.rule.passes(work.trial);
    }
    for (std::size_t k = 0; k < forum->seats.size(); ++k) work.trial[k] = vote_of(forum->seats[k]);
    return forum->rule.passes({work.trial.data(), forum->seats.size()});
  }

  void play(const Setting& setting, const DrawBlock& block, std::size_t d, Workspace& work,
            Tally& tally) const {
    const std::size_t n = setting.members;
    work.withholding.clear();
    for (std::uint32_t i = 0; i < n; ++i) {
      if (work.votes[i] != Vote::yes) work.withholding.push_back(i);
    }
    const bool adopted = setting.rule.passes(work.votes);
    Ending ending{Outcome::as_drafted, setting.decision_months, setting.proposal,
                  Remedy::smaller_text};
    if (!adopted) {
      ending = setting.counted == Counted::headline ? Ending{} : blocked(setting, block, d, work);
    }
    count_ending(tally, setting, ending, work.exempt);
    if (setting.counted != Counted::everything) return;
    for (const std::uint32_t i : work.withholding) ++tally.objects[i];
    for (std::size_t i = 0; i < n; ++i) {
      tally.agreed_if_absent[i] += passes_without(setting, work, i) ? 1 : 0;
    }
    if (adopted) return;
    const std::vector<std::uint8_t> decisive = setting.rule.pivotal(work.votes);
    for (std::size_t i = 0; i < n; ++i) tally.alone[i] += decisive[i];
    if (!work.withholding.empty()) {
      ++tally.objects_among[pivot(setting, block, d, work) * (n + 1) + 1];
    }
  }

  Ending blocked(const Setting& setting, const DrawBlock& block, std::size_t d,
                 Workspace& work) const {
    if (can_negotiate(setting)) {
      work.ranking = work.withholding;
      std::sort(work.ranking.begin(), work.ranking.end(), [&](std::uint32_t a, std::uint32_t b) {
        return work.loss[a] != work.loss[b] ? work.loss[a] > work.loss[b] : a < b;
      });
      const auto passes_deal = [&](double text, const std::uint8_t* exempt,
                                   const ForumSetting* forum) {
        return passes(setting, work, text, exempt, forum);
      };
      const SponsorGain sponsor(setting, block, d);
      if (const auto deal = weakened_deal(setting, options_.nu, sponsor, work.ranking, passes_deal,
                                          work.exempt)) {
        return *deal;
      }
      if (block.forum[d] < options_.beta) {
        if (const auto deal = other_forum(setting, options_.nu, sponsor, passes_deal)) {
          return *deal;
        }
      }
    }
    const Hazards hazards{options_.hazard_bilateral, options_.hazard_principle};
    return wait_for_settling(setting, hazards, block, d, work.withholding,
                             [&](std::size_t, const std::vector<std::uint8_t>& done) {
                               for (std::size_t i = 0; i < setting.members; ++i) {
                                 work.trial[i] = done[i] != 0 ? Vote::yes : work.votes[i];
                               }
                               return setting.rule.passes(work.trial);
                             });
  }

  static bool passes_without(const Setting& setting, Workspace& work, std::size_t absent) {
    if (setting.rule_without.empty()) return false;  // nobody is left to decide
    std::size_t k = 0;
    for (std::size_t i = 0; i < setting.members; ++i) {
      if (i != absent) work.trial[k++] = work.votes[i];
    }
    return setting.rule_without[absent].passes({work.trial.data(), k});
  }

  /// The member that turns the vote when those who withhold their yes leave in a random order: over
  /// draws its frequency is the Shapley share of the blocking (Shapley & Shubik 1954).
  static std::size_t pivot(const Setting& setting, const DrawBlock& block, std::size_t d,
                           Workspace& work) {
    // The settling uniforms decide nothing about the vote itself, so they give a fair order.
    work.order = work.withholding;
    std::sort(work.order.begin(), work.order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const double first = block.settling[a][d];
      const double second = block.settling[b][d];
      return first != second ? first < second : a < b;
    });
    std::fill(work.trial.begin(), work.trial.end(), Vote::yes);
    for (const std::uint32_t i : work.order) {
      work.trial[i] = work.votes[i];
      if (!setting.rule.passes(work.trial)) return i;
    }
    return work.order.back();
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
  return rule.by_vote();
}

ParameterMap in_force(ParameterMap given, const Rule& /*rule*/) {
  return given;
}

}  // namespace

extern const DecisionModel ballot;
constinit const DecisionModel ballot =
    define_decision_model<Options, parameters, make_decide, coordination, applies, in_force>({
        .id = "ballot",
        .title = "Vote by net gain with noise",
        .source = "mckelvey1995",
        .defaults = "judgement-2026-11",
        .defaults_provenance = "Set by judgement in November 2026 and not calibrated. tau was "
                               "lowered from 0.03 to 0.02, the "
                               "value of the silence model, after first outputs on the bundled "
                               "cases had been seen. So those "
                               "cases are no test of these values.",
    });

}  // namespace delian::decision
