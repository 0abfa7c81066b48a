#include "delian/answer.hpp"

#include <algorithm>
#include <cmath>

#include "delian/assert.hpp"
#include "ensemble/draw_table.hpp"
#include "explain/explain.hpp"

namespace delian {
namespace {

double share(std::uint64_t count, std::uint64_t draws) {
  return draws == 0 ? 0 : static_cast<double>(count) / static_cast<double>(draws);
}

OutcomeShares outcome_shares(const Tally& tally) {
  OutcomeShares shares{};
  for (std::size_t k = 0; k < outcome_count; ++k) shares[k] = share(tally.outcomes[k], tally.draws);
  return shares;
}

/// Mixes a count of the two equilibria by the weight of the greatest.
class Mixture {
 public:
  Mixture(const DecisionTally& tally, double greatest) : tally_(tally), greatest_(greatest) {}

  template <class Count>
  double operator()(const Count& count) const {
    return (1 - greatest_) * share(count(tally_.least), tally_.least.draws) +
           greatest_ * share(count(tally_.greatest), tally_.greatest.draws);
  }

 private:
  const DecisionTally& tally_;
  double greatest_;
};

/// Mean over blocked draws of 1 / objectors for each member that objects: its Shapley value in the
/// game in which any one objector blocks.
std::vector<double> blocking_shares(const DecisionTally& tally, double greatest,
                                    std::size_t members) {
  std::vector<double> shares(members);
  double sum = 0;
  for (std::size_t i = 0; i < members; ++i) {
    for (std::size_t k = 1; k <= members; ++k) {
      const std::size_t at = i * (members + 1) + k;
      shares[i] += ((1 - greatest) * share(tally.least.objects_among[at], tally.least.draws) +
                    greatest * share(tally.greatest.objects_among[at], tally.greatest.draws)) /
                   static_cast<double>(k);
    }
    sum += shares[i];
  }
  for (double& s : shares) s = sum > 0 ? s / sum : 0;
  return shares;
}

std::vector<Blocker> find_blockers(const Scenario& scenario, const DecisionTally& tally,
                                   double greatest) {
  const Mixture mixed(tally, greatest);
  const auto members = scenario.members();
  const std::vector<double> shares = blocking_shares(tally, greatest, members.size());
  std::vector<Blocker> blockers;
  for (std::size_t i = 0; i < members.size(); ++i) {
    Blocker blocker;
    blocker.code = members[i].code;
    blocker.objects = mixed([&](const Tally& t) { return t.objects[i]; });
    blocker.alone = mixed([&](const Tally& t) { return t.alone[i]; });
    blocker.agreed_if_absent = mixed([&](const Tally& t) { return t.agreed_if_absent[i]; });
    blocker.opts_out = mixed([&](const Tally& t) { return t.exempt[i]; });
    blocker.blocking_share = shares[i];
    blocker.judgement_only = true;
    for (const Quantity* input :
         {&members[i].position, &members[i].salience, &members[i].resolve}) {
      for (const std::string& id : input->sources) {
        if (std::find(blocker.sources.begin(), blocker.sources.end(), id) ==
            blocker.sources.end()) {
          blocker.sources.push_back(id);
        }
        const Evidence* evidence = scenario.find_evidence(id);
        if (evidence != nullptr && evidence->supports()) blocker.judgement_only = false;
      }
    }
    blockers.push_back(std::move(blocker));
  }
  std::stable_sort(blockers.begin(), blockers.end(), [](const Blocker& a, const Blocker& b) {
    return a.objects != b.objects ? a.objects > b.objects : a.blocking_share > b.blocking_share;
  });
  return blockers;
}

Answer assemble(const Scenario& scenario, const DecisionModel& model, const BoundModel& bound,
                const DecisionTally& tally, const AnswerOptions& options) {
  const double greatest = bound.coordination;
  const Mixture mixed(tally, greatest);
  Answer answer;
  answer.provenance = {std::string(version()),
                       scenario.parts().question.id,
                       options.seed,
                       options.draws,
                       tally.least.draws,
                       std::string(model.info.id),
                       std::string(model.info.defaults),
                       model.in_force(bound.parameters, scenario.rule())};
  answer.by_vote = scenario.rule().by_vote();
  answer.uncoordinated = outcome_shares(tally.least);
  answer.coordinated = outcome_shares(tally.greatest);
  for (std::size_t k = 0; k < outcome_count; ++k) {
    answer.outcomes[k] =
        (1 - greatest) * answer.uncoordinated[k] + greatest * answer.coordinated[k];
  }
  const double p = answer.as_drafted();
  answer.standard_error =
      std::sqrt(p * (1 - p) / static_cast<double>(std::max<std::uint64_t>(1, tally.least.draws)));
  for (std::size_t k = 0; k < remedy_count; ++k) {
    answer.remedies[k] = mixed([&](const Tally& t) { return t.remedies[k]; });
  }
  for (std::size_t m = 0; m < tally.least.adopted_in_month.size(); ++m) {
    answer.adopted_in_month.push_back(mixed([&](const Tally& t) { return t.adopted_in_month[m]; }));
  }
  const double agreed = answer.some_agreement();
  for (std::size_t t = 0; t < answer.agreed_text.size(); ++t) {
    const double at = mixed([&](const Tally& tally_of) { return tally_of.agreed_text[t]; });
    answer.agreed_text[t] = agreed > 0 ? at / agreed : 0;
  }
  answer.blockers = find_blockers(scenario, tally, greatest);
  return answer;
}

void explain(Answer& answer, const Forecaster& forecaster, Yardstick yardstick) {
  answer.explained = true;
  double swing = 0;
  answer.tipping_points = find_tipping_points(forecaster, answer.blockers, yardstick, swing);
  answer.load_bearing = find_load_bearing(forecaster, answer.blockers);
  const int band = probability_band(answer.as_drafted(), yardstick);
  const bool one_report_decides =
      std::any_of(answer.load_bearing.begin(), answer.load_bearing.end(), [&](const auto& load) {
        return load.member.empty() && probability_band(load.probability, yardstick) != band;
      });
  answer.confidence = judge_confidence(forecaster.scenario(), swing, one_report_decides);
}

}  // namespace

namespace {

/// Progress of one of several parts of a run, as a part of the whole.
RunContext part_of(const RunContext& whole, std::uint64_t from, std::uint64_t to,
                   std::uint64_t total) {
  RunContext part = whole;
  if (!whole.progress) return part;
  part.progress = [report = whole.progress, from, to, total](std::uint64_t done,
                                                             std::uint64_t all) {
    report(from + (to - from) * done / all, total);
  };
  return part;
}

/// A landing takes longer than as many draws of the decision: about so many times.
constexpr std::uint64_t landing_effort = 200;

}  // namespace

Expected<Answer> answer(const Scenario& scenario, const AnswerOptions& options,
                        const RunContext& context) {
  const DecisionModel& model = decision_model_for(scenario.rule());
  Expected<BoundModel> bound = model.bind(scenario.parts().parameters);
  if (!bound) return tl::unexpected(std::move(bound.error()));

  const std::uint64_t landing_draws = std::min(options.landing_draws, options.draws);
  const std::uint64_t effort = options.draws + landing_effort * landing_draws;
  const RunContext sampling = part_of(context, 0, options.draws, effort);

  // Draws that fit in memory are made once, for counting and explaining; more are counted in
  // passing.
  const bool keep = options.explain && options.draws <= Forecaster::most_draws;
  std::optional<Forecaster> forecaster;
  DecisionTally tally;
  if (keep) {
    forecaster = *Forecaster::make(scenario, options.seed, options.draws, sampling);
    tally = forecaster->tally({});
  } else {
    tally = count_streaming(scenario, make_setting(scenario), bound->decide, options.seed,
                            options.draws, sampling);
  }
  Answer answer = assemble(scenario, model, *bound, tally, options);
  if (landing_draws > 0 && !context.is_cancelled()) {
    const LandingOptions landing{options.seed, landing_draws, options.landing_models};
    auto landed = land(scenario, landing, part_of(context, options.draws, effort, effort));
    if (!landed) return tl::unexpected(std::move(landed.error()));
    if (landed->draws > 0) answer.landing = *std::move(landed);
  }
  const std::uint64_t presence_draws = std::min(options.presence_draws, options.draws);
  if (options.theatre_facts != nullptr && scenario.parts().theatre && presence_draws > 0 &&
      !context.is_cancelled()) {
    RunContext quiet = context;
    quiet.progress = nullptr;
    auto studied =
        presence::study(scenario, *options.theatre_facts, {options.seed, presence_draws}, quiet);
    if (!studied) return tl::unexpected(std::move(studied.error()));
    if (studied->draws > 0) answer.presence = *std::move(studied);
  }
  if (!options.explain || context.is_cancelled()) {
    answer.confidence = judge_confidence(scenario, std::nullopt, false);
    return answer;
  }
  if (!forecaster) {
    RunContext quiet = context;
    quiet.progress = nullptr;
    forecaster = *Forecaster::make(scenario, options.seed, Forecaster::most_draws, quiet);
    if (context.is_cancelled()) {
      answer.confidence = judge_confidence(scenario, std::nullopt, false);
      return answer;
    }
  }
  explain(answer, *forecaster, options.yardstick);
  return answer;
}

std::string_view version() {
  return DELIAN_VERSION;
}

}  // namespace delian
