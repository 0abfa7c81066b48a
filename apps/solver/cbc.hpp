#pragma once
// Mixed-integer programmes solved by COIN-OR Cbc.

#include "delian/schedule.hpp"

namespace delian::solver {

/// Branch and cut on one thread with a fixed seed, so that one build gives one answer. Stops after
/// `most_nodes` nodes of the search, never after a time.
presence::SolverAnswer solve(const presence::IntegerProgram& program, int most_nodes = 200'000);

/// solve() as plan_schedule() takes it.
inline presence::Solver cbc() {
  return [](const presence::IntegerProgram& program) { return solve(program); };
}

}  // namespace delian::solver
