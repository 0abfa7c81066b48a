#include <algorithm>
#include <cmath>

#include "delian/assert.hpp"
#include "ensemble/sampler.hpp"
#include "explain/explain.hpp"

namespace delian {
namespace {

using enum Scenario::Field;
constexpr std::array fields{position, salience, resolve};

// With and without are compared on the same draws, so that few are enough.
constexpr std::uint64_t search_draws = 4096;

/// True when the number rests on this report and on no other that stands.
bool rests_on(const Scenario& scenario, const Quantity& input, std::string_view id) {
  bool cites = false;
  for (const std::string& source : input.sources) {
    const Evidence* evidence = scenario.find_evidence(source);
    if (source == id) {
      cites = true;
    } else if (evidence != nullptr && evidence->supports()) {
      return false;
    }
  }
  return cites;
}

}  // namespace

std::vector<LoadBearing> find_load_bearing(const Forecaster& forecaster) {
  const Scenario& scenario = forecaster.scenario();
  const auto unknown = Uncertain::parse("unknown", Support::scale, "");
  DELIAN_ASSERT(unknown.has_value());
  const double now = forecaster.as_drafted({}, search_draws);

  std::vector<LoadBearing> reports;
  for (const Evidence& evidence : scenario.parts().evidence) {
    if (!evidence.supports()) continue;
    std::vector<Forecaster::Change> changes;
    for (std::size_t i = 0; i < scenario.members().size(); ++i) {
      for (const Scenario::Field field : fields) {
        if (rests_on(scenario, quantity(scenario.members()[i], field), evidence.id)) {
          changes.push_back({i, field, *unknown});
        }
      }
    }
    if (changes.empty()) continue;
    const double without = forecaster.as_drafted(changes, search_draws);
    reports.push_back({evidence.id, without, without - now});
  }
  std::stable_sort(reports.begin(), reports.end(), [](const LoadBearing& a, const LoadBearing& b) {
    return std::abs(a.change) > std::abs(b.change);
  });
  return reports;
}

}  // namespace delian
