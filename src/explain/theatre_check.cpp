#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "delian/presence_study.hpp"
#include "domain/text.hpp"
#include "explain/theatre_ways.hpp"

namespace delian::presence {
namespace {

constexpr std::size_t most_closures = 32;

std::string quoted(std::string_view text) {
  return '"' + printable(text) + '"';
}

bool is_gate(const sea::Facts& facts, std::string_view id) {
  const auto named = [&](const auto& one) { return one.id == id; };
  return std::any_of(facts.gates.begin(), facts.gates.end(), named) ||
         std::any_of(facts.groups.begin(), facts.groups.end(), named);
}

}  // namespace

Diagnostics check_theatre(const Scenario& scenario, const StudyFacts& facts) {
  Diagnostics problems;
  const auto report = [&](std::string_view code, std::string pointer, std::string message,
                          std::string fix) {
    problems.push_back(diagnose(code, std::move(pointer), std::move(message), std::move(fix)));
  };
  if (!scenario.parts().theatre) {
    report("E640", "theatre", "the scenario names no theatre",
           "add [theatre] with a name and a station");
    return problems;
  }
  const Theatre& theatre = *scenario.parts().theatre;
  const sea::Facts& sea_facts = facts.network.facts();
  std::vector<std::string_view> ports;
  for (const sea::Port& port : sea_facts.ports) ports.push_back(port.id);
  const auto check_port = [&](const std::string& id, std::string pointer) {
    if (find_port(facts.network, id)) return;
    report("E641", std::move(pointer), quoted(id) + " is no port of the sea network",
           did_you_mean(id, ports));
  };
  check_port(theatre.station, "theatre.station");
  if (theatre.closures.size() > most_closures) {
    report("E642", "theatre.closures", "more than 32 gates that may be shut", {});
  }
  for (const GateClosure& closure : theatre.closures) {
    if (is_gate(sea_facts, closure.gate)) continue;
    std::vector<std::string_view> gates;
    for (const sea::Gate& gate : sea_facts.gates) gates.push_back(gate.id);
    for (const sea::GateGroup& group : sea_facts.groups) gates.push_back(group.id);
    report("E642", "theatre.closures." + closure.gate, quoted(closure.gate) + " is no gate",
           did_you_mean(closure.gate, gates));
  }
  if (!theatre.region.empty() && facts.fleets.find_theatre(theatre.region) == nullptr) {
    std::vector<std::string_view> regions;
    for (const fleet::Theatre& known : facts.fleets.theatres) regions.push_back(known.id);
    report("E644", "theatre.region", quoted(theatre.region) + " is no theatre of the facts",
           did_you_mean(theatre.region, regions));
  }
  for (const Willingness& one : theatre.gives) {
    const std::string pointer = "theatre.gives." + one.state;
    if (!one.cycle.empty() && find_cycle(one.cycle) == nullptr) {
      std::vector<std::string_view> known;
      for (const CyclePreset& preset : cycles()) known.push_back(preset.id);
      report("E643", pointer + ".cycle", quoted(one.cycle) + " is no cycle",
             did_you_mean(one.cycle, known));
    }
    if (!one.home_port.empty()) check_port(one.home_port, pointer + ".home_port");
    if (facts.fleets.find_navy(one.state) == nullptr) {
      report("E645", pointer, "nothing is known about the navy of " + printable(one.state),
             "leave the row out");
    }
  }
  return problems;
}

}  // namespace delian::presence
