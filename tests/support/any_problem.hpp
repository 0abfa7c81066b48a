#pragma once
// Bargaining problems for laws that hold for all inputs.

#include <rapidcheck.h>

#include <vector>

#include "support/problems.hpp"

namespace delian::testing {

/// One to nine actors on whole positions of the scale from 0 to 100, so that ties are common.
/// Some may have no salience or no capability; the first has both. The reversion is a whole number.
inline BargainingProblem any_problem() {
  const auto actors = *rc::gen::inRange<std::size_t>(1, 10);
  std::vector<ActorRow> rows;
  for (std::size_t i = 0; i < actors; ++i) {
    const int least = i == 0 ? 1 : 0;
    rows.push_back({static_cast<double>(*rc::gen::inRange(0, 101)),
                    *rc::gen::inRange(least, 11) / 10.0,
                    static_cast<double>(*rc::gen::inRange(least, 10))});
  }
  BargainingProblem problem = problem_of(rows);
  problem.setting.issues.front().reversion = *rc::gen::inRange(0, 101);
  return problem;
}

/// Any problem in which all actors want to leave the reversion in the same direction.
inline BargainingProblem any_agreeable_problem() {
  BargainingProblem problem = any_problem();
  const bool upwards = *rc::gen::arbitrary<bool>();
  problem.setting.issues.front().reversion = upwards ? 0 : 100;
  for (double& x : problem.position) x = upwards ? x / 2 + 10 : x / 2 + 40;
  return problem;
}

}  // namespace delian::testing
