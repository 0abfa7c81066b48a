// Voting power beside its definition in the same run: the Council under the full Lisbon rule, cut
// down to what the definition can take (half a minute for all 27), and random
// weighted games (weights 1 to 100, majority of the sum) of 200, 500 and 1,000 members.

#include <benchmark/benchmark.h>

#include <cmath>
#include <numeric>

#include "delian/power.hpp"
#include "io/atlas.hpp"
#include "reference/plain_power.hpp"

namespace delian::power {
namespace {

const Date day{2023, 1, 1};

/// The Council of the first so many members by code; 27 are all.
Rule council(std::size_t members) {
  const Body* body = io::atlas().find_body("eu");
  std::vector<std::string> codes = body->members_on(day);
  codes.resize(members);
  return rule_preset("eu-qmv-lisbon", *body, day, codes, "rule").value();
}

SimpleGame random_game(std::size_t members) {
  std::uint64_t x = 20'240'000 + members;
  std::vector<double> weights;
  for (std::size_t i = 0; i < members; ++i) {
    x = 6'364'136'223'846'793'005U * x + 1'442'695'040'888'963'407U;
    weights.push_back(1 + static_cast<double>((x >> 33) % 100));
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  return SimpleGame::weighted(std::move(weights), std::floor(sum / 2) + 1, "bench").value();
}

void by_definition(benchmark::State& state) {
  const Rule rule = council(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const reference::PlainPower plain(rule);
    double sum = 0;
    for (std::size_t i = 0; i < rule.parts().members; ++i) sum += plain.shapley_shubik(i);
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(by_definition)->Arg(16)->Arg(18)->ArgName("members")->Unit(benchmark::kMillisecond);

void indices_of_the_council(benchmark::State& state) {
  const SimpleGame game(council(static_cast<std::size_t>(state.range(0))));
  const auto method = static_cast<Method>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(indices(game, method).value());
  state.SetLabel(std::string(method_name(method)));
}
BENCHMARK(indices_of_the_council)
    ->ArgsProduct({{16, 18, 27},
                   {static_cast<int>(Method::meet_in_the_middle),
                    static_cast<int>(Method::enumeration)}})
    ->ArgNames({"members", "method"})
    ->Unit(benchmark::kMillisecond);

void passing_the_council(benchmark::State& state) {
  const SimpleGame game(council(27));
  std::vector<double> p(27);
  for (std::size_t i = 0; i < p.size(); ++i) p[i] = .5 + .02 * static_cast<double>(i % 20);
  for (auto _ : state) benchmark::DoNotOptimize(pass_probability(game, p).value());
}
BENCHMARK(passing_the_council)->Unit(benchmark::kMillisecond);

void council_with_unions(benchmark::State& state) {
  const SimpleGame game(council(27));
  const std::vector<std::vector<std::size_t>> unions{{2, 5, 14, 20}, {1, 17, 21}, {8, 18, 19}};
  for (auto _ : state) benchmark::DoNotOptimize(union_power(game, unions).value());
}
BENCHMARK(council_with_unions)->Unit(benchmark::kMillisecond);

void minimal_coalitions_of_the_council(benchmark::State& state) {
  const SimpleGame game(council(27));
  for (auto _ : state) {
    benchmark::DoNotOptimize(count_minimal_coalitions(game, CoalitionKind::winning));
    benchmark::DoNotOptimize(count_minimal_coalitions(game, CoalitionKind::blocking));
  }
}
BENCHMARK(minimal_coalitions_of_the_council)->Unit(benchmark::kMillisecond);

void large_weighted_game(benchmark::State& state) {
  const SimpleGame game = random_game(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(indices(game).value());
}
BENCHMARK(large_weighted_game)
    ->Arg(200)
    ->Arg(500)
    ->Arg(1000)
    ->ArgName("members")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace delian::power
