// The Spatial Model of Politics to its own stop, and the Condorcet election, each beside the plain
// version of tests/reference/.

#include <benchmark/benchmark.h>

#include <cmath>

#include "delian/bargaining.hpp"
#include "delian/random.hpp"
#include "reference/plain_spatial.hpp"

namespace delian {
namespace {

/// Made-up actors on the grid of four decimals that KTAB uses.
BargainingProblem made_up(std::size_t actors, std::size_t issues) {
  BargainingProblem problem;
  problem.setting.actors = actors;
  problem.setting.issues.assign(issues, {0, 1, std::nullopt, std::nullopt});
  const Stream position(1, "position");
  const Stream salience(1, "salience");
  const Stream capability(1, "capability");
  for (std::size_t k = 0; k < actors * issues; ++k) {
    problem.position.push_back(std::floor(1e4 * position.uniform(k)) / 1e4);
    problem.salience.push_back((0.1 + 0.85 * salience.uniform(k)) / static_cast<double>(issues));
    problem.capability.push_back(10 + 190 * capability.uniform(k / issues));
  }
  return problem;
}

reference::PlainSpatial plain(const BargainingProblem& problem) {
  reference::PlainSpatial model;
  const std::size_t issues = problem.setting.issues.size();
  for (std::size_t i = 0; i < problem.setting.actors; ++i) {
    reference::Row x, s;
    for (std::size_t k = i * issues; k < (i + 1) * issues; ++k) {
      x.push_back(problem.position[k]);
      s.push_back(problem.salience[k]);
    }
    model.position.push_back(x);
    model.salience.push_back(s);
    model.capability.push_back(problem.capability[i * issues]);
  }
  return model;
}

BargainingProblem problem_of(const benchmark::State& state) {
  return made_up(static_cast<std::size_t>(state.range(0)),
                 static_cast<std::size_t>(state.range(1)));
}

void plain_spatial(benchmark::State& state) {
  const BargainingProblem problem = problem_of(state);
  for (auto _ : state) benchmark::DoNotOptimize(plain(problem).run());
}
BENCHMARK(plain_spatial)
    ->Args({31, 1})
    ->Args({27, 6})
    ->Args({80, 1})
    ->ArgNames({"actors", "issues"})
    ->Unit(benchmark::kMillisecond);

void spatial(benchmark::State& state) {
  const BargainingProblem problem = problem_of(state);
  const BargainingModel& model = *find_bargaining_model("spatial");
  const BoundBargainingModel bound = *model.bind({});
  for (auto _ : state) benchmark::DoNotOptimize(forecast(model, bound, problem));
  state.counters["turns"] =
      static_cast<double>(forecast(model, bound, problem, true).rounds.size() - 1);
}
BENCHMARK(spatial)
    ->Args({31, 1})
    ->Args({27, 6})
    ->Args({80, 1})
    ->ArgNames({"actors", "issues"})
    ->Unit(benchmark::kMillisecond);

void plain_condorcet(benchmark::State& state) {
  const BargainingProblem problem = made_up(static_cast<std::size_t>(state.range(0)), 1);
  const std::size_t n = problem.setting.actors;
  reference::Row weight;
  reference::Matrix utility(n, reference::Row(n));
  for (std::size_t i = 0; i < n; ++i) {
    weight.push_back(problem.capability[i] * problem.salience[i]);
    for (std::size_t j = 0; j < n; ++j) {
      utility[i][j] = 1 - std::abs(problem.position[i] - problem.position[j]);
    }
  }
  reference::PlainElection election;
  election.election = "markov_uniform";
  for (auto _ : state) benchmark::DoNotOptimize(election(weight, utility));
}
BENCHMARK(plain_condorcet)->Arg(31)->Arg(80)->ArgName("actors")->Unit(benchmark::kMicrosecond);

void condorcet(benchmark::State& state) {
  const BargainingProblem problem = made_up(static_cast<std::size_t>(state.range(0)), 1);
  const BargainingModel& model = *find_bargaining_model("condorcet");
  const BoundBargainingModel bound = *model.bind({{"vote", static_cast<double>(state.range(1))}});
  for (auto _ : state) benchmark::DoNotOptimize(forecast(model, bound, problem));
}
BENCHMARK(condorcet)
    ->ArgsProduct({{31, 80}, {2, 4}})  // proportional votes on a line; cubic ones, counted
    ->ArgNames({"actors", "vote"})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace delian
