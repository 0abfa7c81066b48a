#include "delian/model.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

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
    } else if (!info->choices.empty() && std::floor(value) != value) {
      problems.push_back(diagnose("E313", pointer,
                                  name + " is " + short_number(value) + ", which is no choice",
                                  did_you_mean("", info->choices)));
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

Expected<double> parameter_value(const ParameterInfo& info, std::string_view text,
                                 std::string_view pointer) {
  for (std::size_t k = 0; k < info.choices.size(); ++k) {
    if (info.choices[k] == text) return static_cast<double>(k);
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && error == std::errc{} && end == text.data() + text.size()) return number;
  const std::string name(info.name);
  if (info.choices.empty()) {
    return tl::unexpected(Diagnostics{
        diagnose("E313", std::string(pointer), "\"" + printable(text) + "\" is no number",
                 name + " takes a number from " + short_number(info.minimum) + " to " +
                     short_number(info.maximum) + ".")});
  }
  return tl::unexpected(Diagnostics{diagnose("E313", std::string(pointer),
                                             "\"" + printable(text) + "\" is no choice of " + name,
                                             did_you_mean(text, info.choices))});
}

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
