#include "io/backtest_json.hpp"

#include <nlohmann/json.hpp>

#include "delian/answer.hpp"

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;

Json interval(const BootstrapMean& b) {
  return {{"mean", b.mean}, {"low", b.low}, {"high", b.high}};
}

Json score(const ScoreBesideModel& s) {
  return {{"score", s.score}, {"worse_by", interval(s.worse_by)}};
}

template <class Value>
Json by_outcome(const std::array<Value, outcome_count>& values) {
  Json object;
  for (std::size_t k = 0; k < outcome_count; ++k) {
    object[std::string(outcome_name(static_cast<Outcome>(k)))] = values[k];
  }
  return object;
}

Json weights(const LandingWeights& w) {
  Json shares;
  for (std::size_t k = 0; k < landing_components; ++k) {
    shares[std::string(landing_component_name(static_cast<LandingComponent>(k)))] = w.weight[k];
  }
  return {{"id", w.id}, {"weight", shares}, {"spread", w.spread}, {"provenance", w.provenance}};
}

}  // namespace

std::string to_json(const LandingBacktest& backtest, const std::string& source) {
  Json scores = Json::array();
  for (const LandingScore& s : backtest.scores) {
    scores.push_back({{"forecaster", s.forecaster},
                      {"cases", s.cases},
                      {"crps", s.crps},
                      {"absolute_error", s.absolute_error},
                      {"worse_by", interval(s.worse_by)}});
  }
  Json coverage = Json::array();
  for (const LandingCoverage& c : backtest.coverage) {
    coverage.push_back(
        {{"size", c.size}, {"closed", c.closed}, {"randomised", c.randomised}, {"width", c.width}});
  }
  Json worth = Json::array();
  for (const ComponentWorth& w : backtest.worth) {
    worth.push_back({{"component", landing_component_name(w.component)},
                     {"weight", w.weight},
                     {"crps_without", w.crps},
                     {"cost", interval(w.cost)}});
  }
  Json cases = Json::array();
  for (const LandingCaseScore& c : backtest.cases) {
    cases.push_back({{"id", c.id},
                     {"group", c.group},
                     {"fold", c.fold},
                     {"outcome", c.outcome},
                     {"median", c.median},
                     {"crps", c.crps},
                     {"transform", {c.transform.below, c.transform.at_or_below}}});
  }
  Json left_out = Json::array();
  for (const ModelLeftOut& m : backtest.left_out) {
    left_out.push_back({{"model", m.model}, {"needs", m.needs}});
  }
  const Json json{{"format", "delian-score/1"},
                  {"version", version()},
                  {"kind", "landings"},
                  {"source", source},
                  {"groups", backtest.groups},
                  {"folds", backtest.folds},
                  {"weights", weights(backtest.weights)},
                  {"scores", scores},
                  {"coverage", coverage},
                  {"deciles", backtest.deciles},
                  {"components", worth},
                  {"cases", cases},
                  {"left_out", left_out}};
  return json.dump(2, ' ', true, Json::error_handler_t::replace);
}

std::string to_json(const DecisionBacktest& backtest, const std::string& source) {
  Json scores = Json::array();
  for (const DecisionScore& s : backtest.scores) {
    Json row{{"forecaster", s.forecaster}, {"brier_agreement", score(s.agreement)}};
    if (s.as_drafted) row["brier_as_drafted"] = score(*s.as_drafted);
    if (s.outcomes) row["log_outcomes"] = score(*s.outcomes);
    scores.push_back(std::move(row));
  }
  Json confusion;
  for (std::size_t k = 0; k < outcome_count; ++k) {
    confusion[std::string(outcome_name(static_cast<Outcome>(k)))] =
        by_outcome(backtest.confusion[k]);
  }
  Json reliability = Json::array();
  for (const ReliabilityRow& r : backtest.reliability) {
    reliability.push_back({{"low", r.low},
                           {"high", r.high},
                           {"cases", r.count},
                           {"mean_forecast", r.mean_forecast},
                           {"observed", r.observed}});
  }
  Json cases = Json::array();
  for (const DecisionCaseScore& c : backtest.cases) {
    cases.push_back({{"id", c.id},
                     {"group", c.group},
                     {"fold", c.fold},
                     {"outcome", outcome_name(c.outcome)},
                     {"refused_at_the_top", c.features.refused_at_the_top},
                     {"way_out", c.features.way_out},
                     {"model", by_outcome(c.model)},
                     {"rule_of_thumb", by_outcome(c.two_features)},
                     {"base_rates", by_outcome(c.base_rates)},
                     {"log_score", c.log_score}});
  }
  Json parameters = Json::array();
  for (const ParameterMap& fold : backtest.parameters) parameters.push_back(fold);
  const Json json{{"format", "delian-score/1"},
                  {"version", version()},
                  {"kind", "decisions"},
                  {"source", source},
                  {"groups", backtest.groups},
                  {"folds", backtest.folds},
                  {"shipped_parameters", backtest.shipped_parameters},
                  {"scores", scores},
                  {"confusion", confusion},
                  {"reliability", reliability},
                  {"cases", cases},
                  {"parameters_by_fold", parameters}};
  return json.dump(2, ' ', true, Json::error_handler_t::replace);
}

std::string to_json(const Calibration& calibration, const std::string& source) {
  Json parameters;
  for (const FittedParameter& p : calibration.parameters) {
    parameters[p.name] = {
        {"value", p.value},
        {"low", p.low},
        {"high", p.high},
        {"prior", {{"centre", p.prior_centre}, {"low", p.prior_low}, {"high", p.prior_high}}},
        {"in_force", p.in_force}};
  }
  const Json json{{"format", "delian-calibration/1"},
                  {"version", version()},
                  {"model", "silence"},
                  {"source", source},
                  {"cases", calibration.cases},
                  {"parameters", parameters},
                  {"log_score", calibration.log_score},
                  {"log_score_at_prior", calibration.prior_log_score},
                  {"penalty", calibration.penalty},
                  {"objective", calibration.objective},
                  {"points_asked", calibration.evaluations},
                  {"converged", calibration.converged}};
  return json.dump(2, ' ', true, Json::error_handler_t::replace);
}

}  // namespace delian::io
