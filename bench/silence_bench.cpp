// The silence model on a case like Tokyo: 31 members, 20,000 draws, one thread.

#include <benchmark/benchmark.h>

#include "delian/answer.hpp"
#include "ensemble/draw_table.hpp"
#include "reference/plain_silence.hpp"
#include "support/scenarios.hpp"

namespace delian {
namespace {

constexpr std::uint64_t draws = 20'000;

Scenario tokyo_like(bool divisible) {
  const auto rows = testing::tokyo_like();
  ScenarioParts parts = testing::parts_of(rows);
  parts.question.divisible = divisible;
  parts.rule = "consensus";
  Diagnostics problems;
  return *Scenario::make(std::move(parts), testing::atlas_of(rows, "consensus"), problems);
}

void plain_reference(benchmark::State& state) {
  const Scenario scenario = tokyo_like(state.range(0) != 0);
  const BoundModel model = *find_decision_model("silence")->bind({});
  // A tenth of the draws: the time is linear in them, and the table scales it back.
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        reference::PlainSilence(scenario, model.parameters, 1).run(draws / 10));
  }
  state.counters["ns_per_draw"] = benchmark::Counter(
      static_cast<double>(draws) / 10,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(plain_reference)->Arg(0)->Arg(1)->ArgName("divisible")->Unit(benchmark::kMillisecond);

void full_answer(benchmark::State& state) {
  const Scenario scenario = tokyo_like(state.range(0) != 0);
  AnswerOptions options;
  options.explain = false;
  options.draws = draws;
  for (auto _ : state) benchmark::DoNotOptimize(answer(scenario, options));
  state.counters["ns_per_draw"] =
      benchmark::Counter(static_cast<double>(draws), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}
BENCHMARK(full_answer)->Arg(0)->Arg(1)->ArgName("divisible")->Unit(benchmark::kMillisecond);

void answer_with_explanation(benchmark::State& state) {
  const Scenario scenario = tokyo_like(state.range(0) != 0);
  AnswerOptions options;
  options.draws = draws;
  for (auto _ : state) benchmark::DoNotOptimize(answer(scenario, options));
}
BENCHMARK(answer_with_explanation)
    ->Arg(0)
    ->Arg(1)
    ->ArgName("divisible")
    ->Unit(benchmark::kMillisecond);

void draw_all_inputs(benchmark::State& state) {
  const Scenario scenario = tokyo_like(false);
  for (auto _ : state) benchmark::DoNotOptimize(DrawTable(scenario, 1, draws, {}).draws());
}
BENCHMARK(draw_all_inputs)->Unit(benchmark::kMillisecond);

void reanswer_after_moving_one_member(benchmark::State& state) {
  RunContext context;
  context.threads = static_cast<int>(state.range(1));
  const Forecaster forecaster =
      *Forecaster::make(tokyo_like(state.range(0) != 0), 1, draws, context);
  const Forecaster::Change change{0, Scenario::Field::position, testing::value("20 (5 to 40)")};
  for (auto _ : state) benchmark::DoNotOptimize(forecaster.tally({&change, 1}));
}
BENCHMARK(reanswer_after_moving_one_member)
    ->ArgsProduct({{0, 1}, {1, 2}})
    ->ArgNames({"divisible", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void headline_after_moving_one_member(benchmark::State& state) {
  const Forecaster forecaster = *Forecaster::make(tokyo_like(true), 1, draws);
  const Forecaster::Change change{0, Scenario::Field::position, testing::value("20 (5 to 40)")};
  for (auto _ : state) benchmark::DoNotOptimize(forecaster.as_drafted({&change, 1}));
}
BENCHMARK(headline_after_moving_one_member)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace delian
