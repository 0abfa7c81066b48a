#include "io/backtest_json.hpp"

#include <nlohmann/json.hpp>

#include "delian/answer.hpp"

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;

Json interval(const BootstrapMean& b) {
  return {{"mean", b.mean}, {"low", b.low}, {"high", b.high}};
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

}  // namespace delian::io
