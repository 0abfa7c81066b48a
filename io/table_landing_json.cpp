#include "io/table_landing_json.hpp"

#include <nlohmann/json.hpp>

#include "src/report/table_landing.hpp"

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

std::string text_of(const Json& json) {
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

/// Positions by round and actor; null where an actor takes no part.
Json rounds_of(const ActorTable& table, const TableLanding& landing, std::size_t issue) {
  Json rounds = Json::array();
  for (const std::vector<double>& round : landing.rounds) {
    Json positions = Json::array();
    for (std::size_t i = 0; i < round.size(); ++i) {
      positions.push_back(table.stand(i, issue) ? Json(round[i]) : Json(nullptr));
    }
    rounds.push_back(std::move(positions));
  }
  return rounds;
}

}  // namespace

std::string to_json(const ActorTable& table, std::span<const ModelOnTable> models,
                    std::span<const std::size_t> issues, std::string_view source) {
  Json parameters = Json::object();
  for (const ModelOnTable& model : models) {
    Json values = Json::object();
    for (const auto& [name, value] : model.parameters) values[name] = value;
    parameters[std::string(model.model->info.id)] = std::move(values);
  }
  Json rows = Json::array();
  for (const std::size_t k : issues) {
    const Issue& issue = table.issues()[k];
    Json landings = Json::array();
    Json left_out = Json::array();
    std::vector<double> values;
    for (const ModelOnTable& model : models) {
      const TableLanding& landing = model.landings[k];
      if (!landing.value) {
        left_out.push_back({{"model", model.model->info.id}, {"needs", landing.needs}});
        continue;
      }
      values.push_back(*landing.value);
      Json row{{"model", model.model->info.id},
               {"landing", *landing.value},
               {"termination", termination_name(landing.termination)},
               {"issues_together", landing.together}};
      if (!landing.rounds.empty()) row["rounds"] = rounds_of(table, landing, k);
      landings.push_back(std::move(row));
    }
    rows.push_back({{"id", issue.id},
                    {"title", issue.title},
                    {"low", issue.low},
                    {"high", issue.high},
                    {"reversion", or_null(issue.reversion)},
                    {"outcome", or_null(issue.outcome)},
                    {"landings", std::move(landings)},
                    {"median", values.empty() ? Json(nullptr) : Json(median_of(values))},
                    {"left_out", std::move(left_out)}});
  }
  return text_of(
      {{"format", "delian-landings/1"},
       {"source", source},
       {"title", table.title()},
       {"actors", std::vector<std::string>(table.actors().begin(), table.actors().end())},
       {"parameters", std::move(parameters)},
       {"issues", std::move(rows)}});
}

std::string to_json(std::span<const BargainingModel* const> models) {
  Json all = Json::array();
  for (const BargainingModel* model : models) {
    Json parameters = Json::array();
    for (const ParameterInfo& info : model->parameters()) {
      Json choices = Json::array();
      for (const std::string_view choice : info.choices) choices.push_back(choice);
      parameters.push_back({{"name", info.name},
                            {"meaning", info.meaning},
                            {"minimum", info.minimum},
                            {"maximum", info.maximum},
                            {"default", info.initial},
                            {"choices", std::move(choices)}});
    }
    all.push_back({{"id", model->info.id},
                   {"title", model->info.title},
                   {"source", model->info.source},
                   {"joint", model->joint},
                   {"parameters", std::move(parameters)}});
  }
  return text_of(all);
}

}  // namespace delian::io
