#pragma once
// Bargaining models: from positions, saliences and capabilities to where a deal lands. Each is a
// value in a registry that is generated from one list in src/models/CMakeLists.txt.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "delian/actor_table.hpp"
#include "delian/model.hpp"
#include "delian/rule.hpp"

namespace delian {

/// One issue as the models see it. Numbers are in the issue's own unit.
struct BargainingIssue {
  double low = 0;
  double high = 100;
  std::optional<double> reversion;  ///< outcome without agreement
  std::optional<double> proposal;   ///< the text on the table
};

/// The parts of a bargaining problem that no draw changes.
struct BargainingSetting {
  std::size_t actors = 0;
  std::vector<BargainingIssue> issues;
  std::optional<Rule> rule;  ///< over the actors, in their order
  int agenda_setter = -1;    ///< actor who makes the proposal; -1: nobody is named
};

/// One draw of the uncertain parts. Arrays are [actor * issues + issue].
struct BargainingDraw {
  std::span<const double> position;    ///< in the issue's own unit, on its scale
  std::span<const double> salience;    ///< in [0, 1]
  std::span<const double> capability;  ///< >= 0; only shares of an issue's total matter
  /// 1 where the actor takes part in the issue; empty: everywhere. Elsewhere salience and
  /// capability are 0 and the position means nothing.
  std::span<const std::uint8_t> takes_part;
  std::uint64_t seed = 0;  ///< with `draw`, keys the streams of models that toss coins
  std::uint64_t draw = 0;
  bool keep_rounds = false;  ///< also fill Forecast::rounds

  bool stands(std::size_t k) const { return takes_part.empty() || takes_part[k] != 0; }
};

/// How a model came to its end. Not converging is part of a result, never an error.
enum class Termination : std::uint8_t {
  closed_form,  ///< no iteration is involved
  converged,
  round_limit,  ///< stopped by its limit, still moving
  cycle,        ///< positions came back to where they had been
};
std::string_view termination_name(Termination termination);  // "round_limit"

/// One model's answer on one draw.
struct Forecast {
  std::vector<double> landing;  ///< one per issue, in its own unit
  Termination termination = Termination::closed_form;
  /// Probability of each actor's position, [actor * issues + issue]; sums to 1 over the actors of
  /// each issue. Where a model has rounds, of its last position. Empty where it names a point only.
  std::vector<double> weight;
  /// Positions after each round, the given ones first, each [actor * issues + issue]; empty unless
  /// asked for, or where the model has no rounds.
  std::vector<std::vector<double>> rounds;
};

/// Solves one draw. On each issue somebody has salience and capability above 0. Safe to call from
/// several threads at once.
using ForecastDraw = std::function<Forecast(const BargainingSetting&, const BargainingDraw&)>;

struct BoundBargainingModel {
  ForecastDraw forecast;
  ParameterMap parameters;  ///< every parameter with the value in force
};

/// A bargaining model.
struct BargainingModel {
  ModelInfo info;
  bool joint = false;  ///< takes all issues together; else it is asked about each alone
  std::span<const ParameterInfo> (*parameters)();
  /// Errors E308 unknown parameter, E309 out of bounds, E313 not a choice.
  Expected<BoundBargainingModel> (*bind)(const ParameterMap&);
  /// What the setting lacks for this model, as it stands after "needs": "a reversion"; empty when
  /// the model applies.
  std::string_view (*obstacle)(const BargainingSetting&);
};

std::span<const BargainingModel* const> bargaining_models();
const BargainingModel* find_bargaining_model(std::string_view id);

/// A table with its numbers as one draw, every actor by every issue.
struct BargainingProblem {
  BargainingSetting setting;
  std::vector<double> position, salience, capability;  ///< [actor * issues + issue]
  std::vector<std::uint8_t> takes_part;
  std::uint64_t seed = 0;         ///< see BargainingDraw::seed
  std::uint64_t draw_number = 0;  ///< see BargainingDraw::draw

  /// Views of the arrays above; valid for as long as they are.
  BargainingDraw draw() const;
};
BargainingProblem make_problem(const ActorTable& table);

/// One model's answer to a problem. A model that is not joint is asked about each issue alone, with
/// the actors that take part in it; issue ends and weights come back in the order of the problem,
/// rounds only where there is one issue. Asking a model that has an obstacle is a bug.
Forecast forecast(const BargainingModel& model, const BoundBargainingModel& bound,
                  const BargainingProblem& problem, bool keep_rounds = false);

/// "" for a model that applies wherever there are actors.
inline std::string_view applies_everywhere(const BargainingSetting& /*setting*/) {
  return {};
}

/// Ties a parameter table, an Options type and a function into a BargainingModel.
///
/// @tparam Solve     Forecast (const BargainingSetting&, const BargainingDraw&, const Options&)
/// @tparam Obstacle  std::string_view (const BargainingSetting&)
template <class Options, const auto& Table, auto Solve, auto Obstacle>
constexpr BargainingModel define_bargaining_model(ModelInfo info, bool joint = false) {
  return {
      info,
      joint,
      &detail::parameter_infos<Options, Table>,
      +[](const ParameterMap& given) -> Expected<BoundBargainingModel> {
        auto read = detail::read_options<Options, Table>(given);
        if (!read) return tl::unexpected(std::move(read.error()));
        return BoundBargainingModel{[options = read->options](const BargainingSetting& setting,
                                                              const BargainingDraw& draw) {
                                      return Solve(setting, draw, options);
                                    },
                                    std::move(read->in_force)};
      },
      Obstacle,
  };
}

}  // namespace delian
