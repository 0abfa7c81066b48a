#include "score/decision_evaluator.hpp"

#include <algorithm>

#include "delian/assert.hpp"
#include "ensemble/draw_table.hpp"
#include "ensemble/reduce.hpp"
#include "numerics/elementary.hpp"

namespace delian {
namespace {

using Axis = CalibratedParameter::Axis;

// Centres are the values set by judgement before any case was decided by the model. Widths: a
// factor of two for costs and rates, and on shares from 0.3 to 0.7 around a half.
constexpr std::array priors{
    CalibratedParameter{"kappa0", Axis::log, 0.05, 0.7},
    CalibratedParameter{"kappa1", Axis::log, 0.5, 0.7},
    CalibratedParameter{"phi", Axis::logit, 0.9, 0.7},
    CalibratedParameter{"tau", Axis::log, 0.02, 0.7},
    CalibratedParameter{"lambda", Axis::logit, 0.3, 0.85},
    CalibratedParameter{"nu", Axis::logit, 0.5, 0.85},
    CalibratedParameter{"beta", Axis::logit, 0.5, 0.85},
    CalibratedParameter{"hazard_bilateral", Axis::log, 0.06, 0.7},
    CalibratedParameter{"hazard_principle", Axis::log, 0.01, 0.7},
};
constexpr std::size_t lambda_axis = 4;
static_assert(priors[lambda_axis].name == "lambda");

const DecisionModel& fitted_model() {
  return *find_decision_model("silence");
}

}  // namespace

std::span<const CalibratedParameter> calibrated_parameters() {
  return priors;
}

LatticePoint origin() {
  LatticePoint point(priors.size(), 0);
  return point;
}

double parameter_at(std::size_t index, double steps) {
  const CalibratedParameter& prior = priors[index];
  // On the logit axis this is the odds.
  const double moved = prior.centre * numerics::exp(prior.width * steps / steps_per_width);
  return prior.axis == Axis::log ? moved : moved / (1 - prior.centre + moved);
}

ParameterMap parameters_at(const LatticePoint& point) {
  DELIAN_ASSERT(point.size() == priors.size());
  ParameterMap parameters;
  for (std::size_t k = 0; k < priors.size(); ++k) {
    parameters.emplace(priors[k].name, parameter_at(k, point[k]));
  }
  return parameters;
}

double prior_penalty(const LatticePoint& point) {
  double sum = 0;
  for (const int steps : point) {
    const double widths = static_cast<double>(steps) / steps_per_width;
    sum += widths * widths / 2;
  }
  return sum;
}

double smoothed_log_score(const OutcomeShares& forecast, Outcome outcome) {
  const double even = 1.0 / static_cast<double>(outcome_count);
  return log_score((1 - even_share) * forecast[static_cast<std::size_t>(outcome)] +
                   even_share * even);
}

struct DecisionEvaluator::Prepared {
  const DecisionModel& model;
  Setting setting;
  DrawTable table;
};

DecisionEvaluator::DecisionEvaluator(std::span<const DecisionCase> cases, std::uint64_t draws,
                                     std::uint64_t seed, RunContext context)
    : cases_(cases), context_(std::move(context)) {
  context_.progress = nullptr;
  const RunContext alone;  // cases side by side, each on one thread
  reduce_in_order(
      cases.size(), context_,
      [&](std::size_t i) {
        Setting setting = make_setting(cases[i].scenario);
        setting.counted = Counted::outcomes;
        setting.horizon_months = cases[i].horizon_months;
        return std::make_unique<const Prepared>(
            Prepared{decision_model_for(cases[i].scenario.rule()), std::move(setting),
                     DrawTable(cases[i].scenario, seed, draws, alone)});
      },
      [&](std::unique_ptr<const Prepared> one) { prepared_.push_back(std::move(one)); });
}

DecisionEvaluator::~DecisionEvaluator() = default;

bool DecisionEvaluator::calibrated(std::size_t index) const {
  return &decision_model_for(cases_[index].scenario.rule()) == &fitted_model();
}

std::vector<DecisionEvaluator::Counts> DecisionEvaluator::play_all(
    const ParameterMap& parameters) const {
  std::vector<Counts> counts;
  reduce_in_order(
      prepared_.size(), context_,
      [&](std::size_t i) {
        const Prepared& one = *prepared_[i];
        ParameterMap given = cases_[i].scenario.parts().parameters;
        if (calibrated(i)) given.insert(parameters.begin(), parameters.end());
        const BoundModel bound = *one.model.bind(given);
        const DecisionTally tally =
            one.table.count(one.setting, bound.decide, {}, one.table.draws(), 1);
        return Counts{{tally.least.outcomes, tally.greatest.outcomes}, tally.least.draws};
      },
      [&](const Counts& one) { counts.push_back(one); });
  counts.resize(cases_.size());  // short only when cancelled: then nothing is made of it
  return counts;
}

const std::vector<DecisionEvaluator::Counts>& DecisionEvaluator::play(const LatticePoint& point) {
  LatticePoint key = point;
  key[lambda_axis] = 0;
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  std::vector<Counts> counts = play_all(parameters_at(point));
  return known_.emplace(std::move(key), std::move(counts)).first->second;
}

std::vector<OutcomeShares> DecisionEvaluator::mixed(const std::vector<Counts>& counts,
                                                    double lambda) const {
  std::vector<OutcomeShares> forecasts(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const ParameterMap& given = cases_[i].scenario.parts().parameters;
    const auto own = given.find("lambda");
    const double weight = own == given.end() ? lambda : own->second;
    const auto draws = static_cast<double>(std::max<std::uint64_t>(1, counts[i].draws));
    for (std::size_t k = 0; k < outcome_count; ++k) {
      const auto least = static_cast<double>(counts[i].of[0][k]);
      const auto greatest = static_cast<double>(counts[i].of[1][k]);
      forecasts[i][k] = ((1 - weight) * least + weight * greatest) / draws;
    }
  }
  return forecasts;
}

std::vector<OutcomeShares> DecisionEvaluator::forecasts_at(const LatticePoint& point) {
  return mixed(play(point), parameters_at(point).at("lambda"));
}

std::vector<OutcomeShares> DecisionEvaluator::shipped_forecasts() {
  return mixed(play_all({}), fitted_model().bind({})->coordination);
}

double DecisionEvaluator::objective(const LatticePoint& point,
                                    std::span<const std::size_t> chosen) {
  const std::vector<OutcomeShares> forecasts = forecasts_at(point);
  double sum = prior_penalty(point);
  for (const std::size_t i : chosen) {
    if (calibrated(i)) sum += smoothed_log_score(forecasts[i], cases_[i].outcome);
  }
  return sum;
}

PatternSearchResult fit(const DecisionEvaluator& evaluator,
                        const std::function<double(const LatticePoint&)>& objective) {
  PatternSearchOptions options;
  options.first_step = steps_per_width;
  options.bound = most_steps;
  options.least_gain = 1e-3;  // nobody can tell two forecasts apart by that
  options.cancelled = [&] { return evaluator.cancelled(); };
  return pattern_search(objective, origin(), options);
}

PatternSearchResult fit(DecisionEvaluator& evaluator, std::span<const std::size_t> chosen) {
  return fit(evaluator,
             [&](const LatticePoint& point) { return evaluator.objective(point, chosen); });
}

}  // namespace delian
