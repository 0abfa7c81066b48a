#include "explain/theatre_ways.hpp"

#include <algorithm>
#include <string>

#include "delian/assert.hpp"
#include "delian/fleet.hpp"

namespace delian::presence {

std::optional<std::size_t> find_port(const sea::Network& network, std::string_view id) {
  const auto& ports = network.facts().ports;
  const auto found =
      std::find_if(ports.begin(), ports.end(), [&](const sea::Port& p) { return p.id == id; });
  if (found == ports.end()) return std::nullopt;
  return static_cast<std::size_t>(found - ports.begin());
}

TheatreWays::TheatreWays(const sea::Network& network, const Theatre& theatre, std::size_t station)
    : network_(network),
      theatre_(theatre),
      station_(station),
      closures_of_(network.facts().gates.size(), 0) {
  const sea::Facts& facts = network.facts();
  const auto shuts = [&](const std::string& closed, const std::string& gate) {
    if (closed == gate) return true;
    return std::any_of(facts.groups.begin(), facts.groups.end(), [&](const sea::GateGroup& group) {
      return group.id == closed &&
             std::find(group.gates.begin(), group.gates.end(), gate) != group.gates.end();
    });
  };
  for (std::size_t gate = 0; gate < facts.gates.size(); ++gate) {
    for (std::size_t k = 0; k < theatre.closures.size(); ++k) {
      if (!shuts(theatre.closures[k].gate, facts.gates[gate].id)) continue;
      closures_of_[gate] |= std::uint64_t{1} << k;
    }
  }
}

const sea::Chart& TheatreWays::chart(std::uint64_t shut) {
  auto& known = charts_[shut];
  if (!known) {
    sea::Conditions conditions;
    for (std::size_t k = 0; k < theatre_.closures.size(); ++k) {
      if ((shut >> k & 1U) != 0) conditions.close.push_back(theatre_.closures[k].gate);
    }
    conditions.ship_class = std::string(fleet::sea_class(fleet::HullKind::frigate));
    auto made = sea::Chart::make(network_, conditions);
    DELIAN_ASSERT(made.has_value());  // check_theatre() knows every gate
    known = std::make_unique<sea::Chart>(*std::move(made));
  }
  return *known;
}

const TheatreWays::Found& TheatreWays::search(std::size_t port, std::uint64_t shut) {
  const auto [known, fresh] = found_.try_emplace({port, shut});
  Found& found = known->second;
  if (!fresh) return found;
  if (port == station_) {  // nothing to sail
    found.way.port = port;
    return found;
  }
  const auto place = [&](std::size_t at) { return sea::Place{at, network_.facts().ports[at].at}; };
  const sea::RouteAnswer answer = chart(shut).route(place(port), place(station_));
  if (!answer.route) return found;
  found.way = {port, answer.route->distance_nm, answer.route->wait_hours / 24};
  for (const sea::Passage& passage : answer.route->gates) {
    found.passes |= closures_of_[passage.gate];
  }
  return found;
}

Way TheatreWays::shortest(const std::vector<std::size_t>& ports, std::uint64_t shut) {
  Way best;
  for (const std::size_t port : ports) {
    const Found* found = &search(port, 0);
    for (std::uint64_t minded = 0; (found->passes & shut) != 0;) {
      minded |= found->passes & shut;
      found = &search(port, minded);
    }
    const Way& way = found->way;
    if (!way.port) continue;
    if (!best.port || way.days(theatre_.speed_kn) < best.days(theatre_.speed_kn)) best = way;
  }
  return best;
}

}  // namespace delian::presence
