// Any text at all: parse_scenario() never crashes, every place lies inside the text, an accepted
// scenario has shares that sum to 1, and a rendered page has no character a terminal would obey.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/scenario.hpp"

namespace {

void check(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace delian;
  const io::TextFile file{"fuzz.toml", std::string(reinterpret_cast<const char*>(data), size)};
  const io::ScenarioFile read = io::parse_scenario(file, {}, io::atlas());
  const auto lines = 1 + std::count(file.text.begin(), file.text.end(), '\n');
  for (const Diagnostic& problem : read.problems) {
    check(problem.place.line >= 0 && problem.place.line <= lines);
    check(problem.place.column >= 0 && problem.place.length >= 0);
    check(static_cast<std::size_t>(problem.place.column) <= size + 2);
  }
  check(read.scenario.has_value() != has_errors(read.problems));
  if (read.scenario) {
    double total = 0;
    for (const double share : read.scenario->influence_shares()) total += share;
    check(std::abs(total - 1) < 1e-9);
  }
  for (const char c : io::render(read.problems, {&file, 1}, false)) {
    check(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
  }
  static_cast<void>(io::evidence_file_names(file.text));
  return 0;
}
