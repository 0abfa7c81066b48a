// Loading the network that ships, and routes on it; A* beside plain Dijkstra.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "delian/random.hpp"
#include "io/embedded.hpp"
#include "io/sea.hpp"

namespace delian::sea {
namespace {

std::string text_of(std::string_view name) {
  for (const io::EmbeddedText& text : io::embedded_sea()) {
    if (text.name == name) return std::string(text.text);
  }
  return {};
}

void load_network(benchmark::State& state) {
  const io::SeaFiles files{{"gates.toml", text_of("gates")},
                           {"ports.toml", text_of("ports")},
                           {"classes.toml", text_of("classes")}};
  const io::TextFile coast{"coast.txt", text_of("coast")};
  const std::string links = text_of("links");
  for (auto _ : state) {
    benchmark::DoNotOptimize(Network::make(io::parse_sea_facts(files).value(),
                                           io::parse_coast(coast).value(),
                                           io::parse_links(links).value()));
  }
}
BENCHMARK(load_network)->Unit(benchmark::kMillisecond);

Place place_of(std::size_t port) {
  return {port, io::sea_network().facts().ports[port].at};
}

/// Pairs of ports, the same in every run.
std::vector<std::pair<std::size_t, std::size_t>> pairs(std::size_t count) {
  const auto ports = static_cast<double>(io::sea_network().facts().ports.size());
  std::vector<double> draws(2 * count);
  Stream(1, "sea bench").fill(0, draws.data(), draws.size());
  std::vector<std::pair<std::size_t, std::size_t>> list;
  for (std::size_t k = 0; k < count; ++k) {
    list.emplace_back(static_cast<std::size_t>(draws[2 * k] * ports),
                      static_cast<std::size_t>(draws[2 * k + 1] * ports));
  }
  return list;
}

/// The mean; the median is beside it, in microseconds.
void route_between_ports(benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  const Chart chart = Chart::make(io::sea_network(), {}).value();
  const auto asked = pairs(500);
  std::vector<double> microseconds;
  for (auto _ : state) {
    const auto& [a, b] = asked[microseconds.size() % asked.size()];
    const Clock::time_point start = Clock::now();
    benchmark::DoNotOptimize(chart.route(place_of(a), place_of(b)));
    microseconds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  const auto middle = microseconds.begin() + static_cast<std::ptrdiff_t>(microseconds.size() / 2);
  std::nth_element(microseconds.begin(), middle, microseconds.end());
  state.counters["median_us"] = *middle;
}
BENCHMARK(route_between_ports)->Unit(benchmark::kMicrosecond);

void route_by_plain_dijkstra(benchmark::State& state) {
  const Chart chart = Chart::make(io::sea_network(), {}).value();
  const auto asked = pairs(500);
  std::size_t k = 0;
  for (auto _ : state) {
    const auto& [a, b] = asked[k++ % asked.size()];
    benchmark::DoNotOptimize(chart.distances_nm(a)[b]);
  }
}
BENCHMARK(route_by_plain_dijkstra)->Unit(benchmark::kMicrosecond);

void route_from_a_position(benchmark::State& state) {
  const Chart chart = Chart::make(io::sea_network(), {}).value();
  for (auto _ : state) {
    benchmark::DoNotOptimize(chart.route({{}, {30, 125}}, place_of(0)));
  }
}
BENCHMARK(route_from_a_position)->Unit(benchmark::kMicrosecond);

void all_pairs_of_120_ports(benchmark::State& state) {
  const Chart chart = Chart::make(io::sea_network(), {}).value();
  for (auto _ : state) {
    for (std::size_t a = 0; a < 120; ++a) benchmark::DoNotOptimize(chart.distances_nm(a));
  }
}
BENCHMARK(all_pairs_of_120_ports)->Unit(benchmark::kMillisecond);

void chart_with_a_latitude_limit(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Chart::make(io::sea_network(), {.max_latitude_south = 45}));
  }
}
BENCHMARK(chart_with_a_latitude_limit)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace delian::sea
