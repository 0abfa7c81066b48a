// Ships on station of a whole alliance: 32 navies of the sizes that NATO's had in 2023, ten years,
// overruns in the yards. Beside it the plain simulation, day by day, of one navy in the same run:
// compare navy_runs, simulated navies and runs per second.

#include <benchmark/benchmark.h>

#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "delian/presence_simulation.hpp"
#include "delian/presence_study.hpp"
#include "io/atlas.hpp"
#include "io/presence_json.hpp"
#include "io/scenario.hpp"
#include "reference/plain_presence.hpp"

namespace delian::presence {
namespace {

// Escorts by member, rounded; those without any take part with one.
constexpr std::array escorts{91, 17, 21, 11, 16, 11, 6, 16, 12, 2, 13, 4, 5, 2, 5, 3,
                             3,  1,  1,  1,  1,  1,  1, 1,  1,  1, 1,  1, 1, 1, 1, 7};
const std::vector<Period> ten_years{{0, 3}, {3, 6}, {6, 10}};

NavyPlan navy(int hulls, const std::string& id) {
  const CyclePreset& preset = *find_cycle("escort-36-7");
  const RotationCase one{
      preset.cycle, preset.posture, {10'975, 16, 0, 0, 0}, 0, Counting::on_station};
  NavyPlan plan;
  plan.id = id;
  plan.groups.push_back(
      rotating_group("escorts", hulls, one, {0, 45, 1, Tail::lognormal}, "").value());
  return plan;
}

void alliance(benchmark::State& state, bool with_docks, bool with_relief) {
  std::vector<NavyPlan> plans;
  int hulls = 0;
  for (const int count : escorts) {
    plans.push_back(navy(count, std::to_string(plans.size())));
    hulls += count;
    if (with_docks) {
      plans.back().yards = {1 + count / 4};
      plans.back().groups[0].yard = 0;
    }
    if (with_relief) plans.back().stations = 1 + count / 8;
  }
  RunContext context;
  context.threads = static_cast<int>(state.range(1));
  const auto runs = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(simulate_presence(plans, ten_years, runs, 1, context, "").value());
  }
  state.counters["hulls"] = hulls;
  state.counters["navy_runs"] = benchmark::Counter(
      static_cast<double>(runs * plans.size()) * static_cast<double>(state.iterations()),
      benchmark::Counter::kIsRate);
}
void presence_free(benchmark::State& state) {
  alliance(state, false, false);
}
void presence_with_docks_and_relief(benchmark::State& state) {
  alliance(state, true, true);
}
BENCHMARK(presence_free)
    ->ArgsProduct({{10'000}, {1, 2}})
    ->ArgNames({"runs", "threads"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(presence_with_docks_and_relief)
    ->ArgsProduct({{10'000}, {1, 2}})
    ->ArgNames({"runs", "threads"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void presence_day_by_day(benchmark::State& state) {
  // Of average size: 270 hulls in 32 navies.
  const NavyPlan plan = navy(8, "plain");
  const int runs = 100;
  for (auto _ : state) {
    benchmark::DoNotOptimize(reference::presence_by_days(plan, {0, 10}, runs, 1));
  }
  state.counters["navy_runs"] = benchmark::Counter(runs * static_cast<double>(state.iterations()),
                                                   benchmark::Counter::kIsRate);
}
BENCHMARK(presence_day_by_day)->Unit(benchmark::kMillisecond);

/// What `delian presence` computes for the bundled case, facts and scenario read before.
void presence_of_tokyo(benchmark::State& state) {
  const auto text_of = [](const char* name) {
    std::ifstream file(std::string(DELIAN_SOURCE_DIR "/scenarios/nato-tokyo-2023/") + name);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::vector<io::TextFile> evidence{{"evidence.toml", text_of("evidence.toml")}};
  const io::ScenarioFile tokyo =
      io::parse_scenario({"scenario.toml", text_of("scenario.toml")}, evidence, io::atlas());
  if (!tokyo.scenario) return state.SkipWithError("the bundled case is not there");
  const StudyFacts facts = io::theatre_facts();
  for (auto _ : state) {
    benchmark::DoNotOptimize(study(*tokyo.scenario, facts, {1, 1000}).value());
  }
}
BENCHMARK(presence_of_tokyo)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace delian::presence
