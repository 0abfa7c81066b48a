#pragma once
// Bargaining problems made in code, for tests and benchmarks.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "delian/bargaining.hpp"

namespace delian::testing {

/// An actor of a one-issue problem.
struct ActorRow {
  double position = 0;
  double salience = 1;  ///< in [0, 1]
  double capability = 1;
};

/// One issue on the scale from `low` to `high`.
inline BargainingProblem problem_of(const std::vector<ActorRow>& rows, double low = 0,
                                    double high = 100) {
  BargainingProblem problem;
  problem.setting.actors = rows.size();
  problem.setting.issues = {{low, high, std::nullopt, std::nullopt}};
  for (const ActorRow& row : rows) {
    problem.position.push_back(row.position);
    problem.salience.push_back(row.salience);
    problem.capability.push_back(row.capability);
  }
  return problem;
}

/// One model's answer with some parameters set.
inline Forecast ask(std::string_view id, const BargainingProblem& problem,
                    const ParameterMap& parameters = {}, bool keep_rounds = false) {
  const BargainingModel& model = *find_bargaining_model(id);
  return forecast(model, model.bind(parameters).value(), problem, keep_rounds);
}

}  // namespace delian::testing
