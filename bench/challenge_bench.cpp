// The challenge model, one draw on one processor: the model against the plain one in the same run,
// and how its time grows with the number of actors.

#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "delian/challenge.hpp"
#include "delian/random.hpp"
#include "reference/plain_challenge.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

constexpr std::size_t rounds = 8;
constexpr std::size_t draws = 32;

/// Problems in which somebody still moves in the last round, so that every round is played.
std::vector<BargainingProblem> restless(std::size_t actors, double reading) {
  const BargainingModel& model = *find_bargaining_model("challenge");
  const BoundBargainingModel bound =
      model.bind({{"reading", reading}, {"rounds", static_cast<double>(rounds)}}).value();
  std::vector<BargainingProblem> problems;
  for (std::uint64_t seed = 1; problems.size() < draws; ++seed) {
    const Stream stream(seed, "challenge_bench");
    std::vector<testing::ActorRow> rows;
    for (std::uint64_t i = 0; i < actors; ++i) {
      rows.push_back({100 * stream.uniform(3 * i), 0.05 + 0.95 * stream.uniform(3 * i + 1),
                      0.1 + stream.uniform(3 * i + 2)});
    }
    BargainingProblem problem = testing::problem_of(rows);
    if (forecast(model, bound, problem).termination == Termination::round_limit) {
      problems.push_back(std::move(problem));
    }
  }
  return problems;
}

void per_draw(benchmark::State& state) {
  state.counters["per_draw"] =
      benchmark::Counter(static_cast<double>(draws), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}

void challenge_draw(benchmark::State& state) {
  const auto actors = static_cast<std::size_t>(state.range(0));
  const auto reading = static_cast<double>(state.range(1));
  const BargainingModel& model = *find_bargaining_model("challenge");
  const BoundBargainingModel bound =
      model.bind({{"reading", reading}, {"rounds", static_cast<double>(rounds)}}).value();
  const std::vector<BargainingProblem> problems = restless(actors, reading);
  for (auto _ : state) {
    for (const BargainingProblem& problem : problems) {
      benchmark::DoNotOptimize(forecast(model, bound, problem).landing.front());
    }
  }
  state.SetComplexityN(state.range(0));
  per_draw(state);
}
BENCHMARK(challenge_draw)
    ->ArgsProduct({{31, 25, 50, 100, 200}, {0}})
    ->ArgNames({"actors", "table"})
    ->Complexity([](benchmark::IterationCount n) { return std::pow(static_cast<double>(n), 2.3); })
    ->Unit(benchmark::kMillisecond);
BENCHMARK(challenge_draw)
    ->ArgsProduct({{31, 25, 50, 100, 200}, {1}})
    ->ArgNames({"actors", "table"})
    ->Unit(benchmark::kMillisecond);

void plain_challenge_draw(benchmark::State& state) {
  const auto actors = static_cast<std::size_t>(state.range(0));
  ChallengeOptions options;
  options.reading = static_cast<double>(state.range(1));
  const std::vector<BargainingProblem> problems = restless(actors, options.reading);
  for (auto _ : state) {
    for (const BargainingProblem& problem : problems) {
      reference::PlainChallenge plain(options, problem.position, problem.salience,
                                      problem.capability);
      double median = 0;
      for (std::size_t k = 0; k < rounds; ++k) median = plain.play().median;
      benchmark::DoNotOptimize(median);
    }
  }
  per_draw(state);
}
BENCHMARK(plain_challenge_draw)
    ->ArgsProduct({{31}, {0, 1}})
    ->ArgNames({"actors", "table"})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace delian
