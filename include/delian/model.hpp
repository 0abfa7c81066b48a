#pragma once
// A model is a value: who it is, which parameters it takes, and how to bind them into a function
// that every block of draws reuses. The registry is generated from one list in
// src/models/CMakeLists.txt.

#include <array>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "delian/decision.hpp"
#include "delian/diagnostic.hpp"

namespace delian {

/// A model's parameter as API, command line, forms and documentation see it.
struct ParameterInfo {
  std::string_view name;
  double minimum = 0;
  double maximum = 0;
  double initial = 0;
  std::string_view meaning;
  std::span<const std::string_view> choices;  ///< names of 0, 1, 2, ...; empty for a number
};

/// The same, tied to the member of Options that holds it; the default is written once, in Options.
template <class Options>
struct Parameter {
  std::string_view name;
  double Options::* member;
  double minimum;
  double maximum;
  std::string_view meaning;
  std::span<const std::string_view> choices = {};  ///< of a parameter that picks one by its number
};

using ParameterMap = std::map<std::string, double>;

struct ModelInfo {
  std::string_view id;  ///< also the name of its source file and of its page in docs/models/
  std::string_view title;
  std::string_view source;    ///< key in docs/references.bib
  std::string_view defaults;  ///< name of the default parameter set
  std::string_view defaults_provenance;
};

/// Solves one block and adds what happened to the tally.
using Decide = std::function<void(const Setting&, const DrawBlock&, DecisionTally&)>;

struct BoundModel {
  Decide decide;
  ParameterMap parameters;  ///< every parameter with the value in force
  double coordination = 0;  ///< weight of the greatest equilibrium in the headline
};

/// A model of the decision itself: who objects, whether it is adopted, what follows.
struct DecisionModel {
  ModelInfo info;
  std::span<const ParameterInfo> (*parameters)();
  /// Errors E308 unknown parameter (with suggestion), E309 out of bounds; pointers
  /// "parameters.NAME".
  Expected<BoundModel> (*bind)(const ParameterMap&);
  bool (*applies)(const Rule&);
  /// The parameters as this rule uses them: what has no meaning under it counts as 0.
  ParameterMap (*in_force)(ParameterMap, const Rule&);
};

std::span<const DecisionModel* const> decision_models();
const DecisionModel* find_decision_model(std::string_view id);
/// The model for a rule: the silence game where any single no blocks or silence is the procedure,
/// else the ballot.
const DecisionModel& decision_model_for(const Rule& rule);

/// The number of a choice by its name, or the number written.
///
/// Errors  E313 neither a choice of this parameter nor a number (with suggestion).
Expected<double> parameter_value(const ParameterInfo& info, std::string_view text,
                                 std::string_view pointer);

namespace detail {

/// Checks given values against the table; empty when all are good.
Diagnostics check_parameters(std::span<const ParameterInfo> table, const ParameterMap& given);

/// A parameter table without its Options; the defaults are those of a fresh Options.
template <class Options, const auto& Table>
std::span<const ParameterInfo> parameter_infos() {
  static const auto infos = [] {
    static constexpr Options defaults{};
    std::array<ParameterInfo, Table.size()> result;
    for (std::size_t k = 0; k < Table.size(); ++k) {
      result[k] = {Table[k].name,    Table[k].minimum,
                   Table[k].maximum, defaults.*(Table[k].member),
                   Table[k].meaning, Table[k].choices};
    }
    return result;
  }();
  return infos;
}

/// Options with the given values, and every parameter with the value in force. Errors as
/// check_parameters().
template <class Options>
struct ReadOptions {
  Options options;
  ParameterMap in_force;
};
template <class Options, const auto& Table>
Expected<ReadOptions<Options>> read_options(const ParameterMap& given) {
  if (Diagnostics problems = check_parameters(parameter_infos<Options, Table>(), given);
      !problems.empty()) {
    return tl::unexpected(std::move(problems));
  }
  static constexpr Options defaults{};
  ReadOptions<Options> read{defaults, {}};
  for (const auto& parameter : Table) {
    const auto value = given.find(std::string(parameter.name));
    if (value != given.end()) read.options.*(parameter.member) = value->second;
    read.in_force.emplace(parameter.name, read.options.*(parameter.member));
  }
  return read;
}

}  // namespace detail

/// Ties a parameter table and an Options type into the functions of a DecisionModel.
template <class Options, const auto& Table, auto MakeDecide, auto Coordination, auto Applies,
          auto InForce>
constexpr DecisionModel define_decision_model(ModelInfo info) {
  return {
      info,
      &detail::parameter_infos<Options, Table>,
      +[](const ParameterMap& given) -> Expected<BoundModel> {
        auto read = detail::read_options<Options, Table>(given);
        if (!read) return tl::unexpected(std::move(read.error()));
        return BoundModel{MakeDecide(read->options), std::move(read->in_force),
                          Coordination(read->options)};
      },
      Applies,
      InForce,
  };
}

}  // namespace delian
