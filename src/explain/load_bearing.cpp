#include <algorithm>
#include <array>
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

// Blockers whose reports are also withdrawn together: two that say the same carry each other.
constexpr std::size_t members_tried = 3;
// Who objects less often than this carries nothing.
constexpr double least_objecting = 0.01;
// A change that no whole percent would show.
constexpr double least_change = 0.005;

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// True when the number cites a withdrawn report and no other that stands.
bool falls_with(const Scenario& scenario, const Quantity& input,
                const std::vector<std::string>& withdrawn) {
  bool cites = false;
  for (const std::string& source : input.sources) {
    const Evidence* evidence = scenario.find_evidence(source);
    if (contains(withdrawn, source)) {
      cites = true;
    } else if (evidence != nullptr && evidence->supports()) {
      return false;
    }
  }
  return cites;
}

/// The reports that a member's numbers rest on.
std::vector<std::string> reports_behind(const Scenario& scenario, const Member& member) {
  std::vector<std::string> reports;
  for (const Scenario::Field field : fields) {
    for (const std::string& id : quantity(member, field).sources) {
      const Evidence* evidence = scenario.find_evidence(id);
      if (evidence != nullptr && evidence->supports() && !contains(reports, id)) {
        reports.push_back(id);
      }
    }
  }
  return reports;
}

}  // namespace

std::vector<LoadBearing> find_load_bearing(const Forecaster& forecaster,
                                           std::span<const Blocker> blockers) {
  const Scenario& scenario = forecaster.scenario();
  const auto unknown = Uncertain::parse("unknown", Support::scale, "");
  DELIAN_ASSERT(unknown.has_value());

  std::vector<LoadBearing> withdrawals;
  for (const Evidence& evidence : scenario.parts().evidence) {
    if (evidence.supports()) withdrawals.push_back({{evidence.id}, {}});
  }
  for (std::size_t k = 0; k < std::min(members_tried, blockers.size()); ++k) {
    if (blockers[k].objects < least_objecting) break;
    const std::size_t member = *scenario.find_member(blockers[k].code);
    auto reports = reports_behind(scenario, scenario.members()[member]);
    if (reports.size() > 1) withdrawals.push_back({std::move(reports), blockers[k].code});
  }

  const double now = forecaster.as_drafted({}, search_draws);
  std::vector<LoadBearing> found;
  for (LoadBearing& withdrawal : withdrawals) {
    const std::vector<std::string>& withdrawn = withdrawal.evidence;
    std::vector<Forecaster::Change> changes;
    for (std::size_t i = 0; i < scenario.members().size(); ++i) {
      for (const Scenario::Field field : fields) {
        if (falls_with(scenario, quantity(scenario.members()[i], field), withdrawn)) {
          changes.push_back({i, field, *unknown});
        }
      }
    }
    if (changes.empty()) continue;
    const double without = forecaster.as_drafted(changes, search_draws);
    if (std::abs(without - now) < least_change) continue;
    // Reports withdrawn together are worth telling only where they do more than fewer of them.
    const bool told = std::any_of(found.begin(), found.end(), [&](const LoadBearing& fewer) {
      return std::abs(fewer.change) + least_change >= std::abs(without - now) &&
             std::all_of(fewer.evidence.begin(), fewer.evidence.end(),
                         [&](const std::string& id) { return contains(withdrawn, id); });
    });
    if (told) continue;
    withdrawal.probability = without;
    withdrawal.change = without - now;
    found.push_back(std::move(withdrawal));
  }
  std::stable_sort(found.begin(), found.end(), [](const LoadBearing& a, const LoadBearing& b) {
    return std::abs(a.change) > std::abs(b.change);
  });
  return found;
}

}  // namespace delian
