#include "delian/model.hpp"

#include <algorithm>

#include "delian/assert.hpp"
#include "domain/text.hpp"
#include "registry.hpp"

namespace delian {

namespace detail {

Diagnostics check_parameters(std::span<const ParameterInfo> table, const ParameterMap& given) {
  Diagnostics problems;
  std::vector<std::string_view> names;
  for (const ParameterInfo& info : table) names.push_back(info.name);
  for (const auto& [name, value] : given) {
    const auto info = std::find_if(table.begin(), table.end(),
                                   [&](const ParameterInfo& p) { return p.name == name; });
    const std::string pointer = "parameters." + name;
    if (info == table.end()) {
      problems.push_back(diagnose("E308", pointer, "\"" + name + "\" is no parameter of this model",
                                  did_you_mean(name, names)));
    } else if (!(value >= info->minimum && value <= info->maximum)) {
      problems.push_back(diagnose("E309", pointer,
                                  name + " is " + short_number(value) + ", outside " +
                                      short_number(info->minimum) + " to " +
                                      short_number(info->maximum),
                                  "It is the " + std::string(info->meaning) + "; the default is " +
                                      short_number(info->initial) + "."));
    }
  }
  return problems;
}

}  // namespace detail

std::span<const DecisionModel* const> decision_models() {
  return registry::decision_models;
}

const DecisionModel* find_decision_model(std::string_view id) {
  for (const DecisionModel* model : decision_models()) {
    if (model->info.id == id) return model;
  }
  return nullptr;
}

const DecisionModel& decision_model_for(const Rule& rule) {
  for (const DecisionModel* model : decision_models()) {
    if (model->applies(rule)) return *model;
  }
  assertion_failed("every rule has a model", __FILE__, __LINE__);
}

}  // namespace delian
