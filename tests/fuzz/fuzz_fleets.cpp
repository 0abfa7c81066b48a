// Navies, theatres and costs from anybody: nothing crashes, and what is accepted can be shown and
// counted. The first byte tells what the rest is.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "delian/assert.hpp"
#include "delian/fleet_report.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/fleets.hpp"
#include "io/fleets_json.hpp"

namespace {

namespace fleet = delian::fleet;
namespace io = delian::io;

/// What was accepted, or nothing after a look at what is wrong.
template <class T>
bool is_good(const delian::Expected<T>& parsed, const io::TextFile& file) {
  if (parsed) return true;
  DELIAN_ASSERT(delian::has_errors(parsed.error()));
  DELIAN_ASSERT(!io::render(parsed.error(), std::span(&file, 1), false).empty());
  for (const delian::Diagnostic& problem : parsed.error()) DELIAN_ASSERT(problem.place.line > 0);
  return false;
}

void show(fleet::Fleets facts) {
  const auto made = fleet::make_fleets(std::move(facts));
  DELIAN_ASSERT(made.has_value());  // each part was checked, and there is one of each
  fleet::Selection selection;
  for (const fleet::Navy& navy : made->navies) {
    selection.states = {navy.state};
    for (std::size_t k = 0; k < fleet::hull_kind_count; ++k) {
      const fleet::Estimate count = navy.count(static_cast<fleet::HullKind>(k));
      DELIAN_ASSERT(count.low <= count.likely && count.likely <= count.high);
    }
  }
  for (const fleet::Theatre& theatre : made->theatres) {
    for (const fleet::Deployment& row : theatre.deployments) {
      const auto away = row.days_away();
      DELIAN_ASSERT(!away || (away->least >= 0 && away->least <= away->most));
    }
    for (const fleet::Goal& goal : theatre.goals) {
      DELIAN_ASSERT(goal.average_ships(180).likely <= goal.ships.likely);
    }
  }
  for (const bool all : {false, true}) {
    selection.forces = selection.deployments = selection.goals = all;
    selection.costs = selection.memory = all;
    for (const delian::Language language : {delian::Language::en, delian::Language::fr}) {
      const std::string text = fleet::fleets_report(*made, io::atlas(), selection, language);
      DELIAN_ASSERT(!text.empty());
    }
    DELIAN_ASSERT(!io::fleets_json(*made, selection).empty());
    selection.states.clear();
  }
}

}  // namespace

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const io::TextFile file{"fleet.toml",
                          std::string(reinterpret_cast<const char*>(data) + 1, size - 1)};
  fleet::Fleets facts;
  switch (data[0]) {
    case 'n':
      if (const auto navy = io::parse_navy(file); is_good(navy, file)) {
        facts.navies = {*navy};
        show(std::move(facts));
      }
      break;
    case 't':
      if (const auto theatre = io::parse_theatre(file); is_good(theatre, file)) {
        facts.theatres = {*theatre};
        show(std::move(facts));
      }
      break;
    default:
      if (const auto costs = io::parse_hull_costs(file); is_good(costs, file)) {
        facts.costs = *costs;
        show(std::move(facts));
      }
  }
  return 0;
}
