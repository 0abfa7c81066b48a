// From what a person writes to routes.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "domain/text.hpp"
#include "models/sea/names.hpp"
#include "models/sea/network.hpp"

namespace delian::sea {

std::vector<std::size_t> gates_called(const Facts& facts, std::string_view name) {
  for (std::size_t g = 0; g < facts.gates.size(); ++g) {
    if (is_called(facts.gates[g], name)) return {g};
  }
  std::vector<std::size_t> result;
  for (const GateGroup& group : facts.groups) {
    if (!same_name(group.id, name)) continue;
    for (std::size_t g = 0; g < facts.gates.size(); ++g) {
      const auto& ids = group.gates;
      if (std::find(ids.begin(), ids.end(), facts.gates[g].id) != ids.end()) result.push_back(g);
    }
  }
  return result;
}

namespace {

void add_name(std::vector<std::string_view>& names, const std::string& name) {
  names.push_back(name);
}
void add_name(std::vector<std::string_view>& names, const Name& name) {
  names.insert(names.end(), {name.en, name.fr});
}

template <class Row>
void add_names(std::vector<std::string_view>& names, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    names.push_back(row.id);
    add_name(names, row.name);
    names.insert(names.end(), row.aliases.begin(), row.aliases.end());
  }
}

/// `Did you mean "X"?`, or nothing.
std::string near_miss(std::string_view name, const std::vector<std::string_view>& known) {
  const std::string_view near = nearest(name, known);
  return near.empty() ? "" : "Did you mean \"" + std::string(near) + "\"?";
}

}  // namespace

std::string suggested_gate(const Facts& facts, std::string_view name) {
  std::vector<std::string_view> known;
  add_names(known, facts.gates);
  for (const GateGroup& group : facts.groups) known.push_back(group.id);
  const std::string meant = near_miss(name, known);
  return meant.empty() ? "`delian route --list gates` lists them all." : meant;
}

namespace {

constexpr double least_speed_kn = 1;
constexpr double most_speed_kn = 60;

// --- positions --------------------------------------------------------------------------------

void skip_blanks(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

/// Takes "35.5", "35.5N" or "35.5 N" off the front; the letter gives the sign.
std::optional<double> take_degrees(std::string_view& text, char positive, char negative) {
  skip_blanks(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  skip_blanks(text);
  if (text.empty()) return value;
  const char letter = static_cast<char>(text.front() & ~0x20);
  if (letter != positive && letter != negative) return value;
  if (value < 0) return {};
  text.remove_prefix(1);
  return letter == negative ? -value : value;
}

/// Reads "35.0N 139.7E", "35.0N,139.7E" and "35.0,139.7".
std::optional<Position> parse_position(std::string_view text) {
  const std::optional<double> latitude = take_degrees(text, 'N', 'S');
  skip_blanks(text);
  if (!text.empty() && text.front() == ',') text.remove_prefix(1);
  const std::optional<double> longitude = take_degrees(text, 'E', 'W');
  skip_blanks(text);
  if (!latitude || !longitude || !text.empty()) return {};
  if (std::fabs(*latitude) > 90 || std::fabs(*longitude) > 180) return {};
  return Position{*latitude, *longitude};
}

// --- places -----------------------------------------------------------------------------------

/// The ports of a name: those whose id or code it is, else whose name, else whose alias.
std::vector<std::size_t> ports_called(const Facts& facts, std::string_view name) {
  std::string code(name);  // "JP YOS" for "JPYOS"
  std::erase(code, ' ');
  const auto all = [&](auto is_meant) {
    std::vector<std::size_t> result;
    for (std::size_t k = 0; k < facts.ports.size(); ++k) {
      if (is_meant(facts.ports[k])) result.push_back(k);
    }
    return result;
  };
  auto found = all([&](const Port& port) {
    return same_name(port.id, name) || (!port.code.empty() && same_name(port.code, code));
  });
  if (found.empty()) found = all([&](const Port& port) { return same_name(port.name, name); });
  if (found.empty()) found = all([&](const Port& port) { return is_called(port, name); });
  return found;
}

std::string suggestion(const Facts& facts, std::string_view name) {
  std::vector<std::string_view> known;
  add_names(known, facts.ports);
  if (std::string meant = near_miss(name, known); !meant.empty()) return meant;
  return "`delian route --list ports` lists all " + std::to_string(facts.ports.size()) +
         "; a position is written \"35.0N 139.7E\".";
}

std::string place_text(const Port& port) {
  const bool north = port.at.latitude >= 0;
  const bool east = port.at.longitude >= 0;
  return short_number(std::fabs(port.at.latitude)) + (north ? "N " : "S ") +
         short_number(std::fabs(port.at.longitude)) + (east ? "E" : "W");
}

/// The place of a name or position, with a problem if there is none.
std::optional<Place> find_place(const Network& network, const std::string& text,
                                const std::string& pointer, Diagnostics& problems) {
  const Facts& facts = network.facts();
  const std::vector<std::size_t> ports = ports_called(facts, text);
  if (ports.size() == 1) return Place{ports[0], facts.ports[ports[0]].at};
  if (ports.size() > 1) {
    std::vector<std::string> ids;
    for (const std::size_t k : ports) {
      ids.push_back(facts.ports[k].id + " (" + place_text(facts.ports[k]) + ")");
    }
    problems.push_back(diagnose("E608", pointer, "\"" + text + "\" is the name of several ports",
                                "Write one of " + list_of(ids, " or ") + "."));
    return {};
  }
  const std::optional<Position> position = parse_position(text);
  if (!position) {
    problems.push_back(diagnose("E600", pointer,
                                "\"" + text + "\" is no known port and no position",
                                suggestion(facts, text)));
    return {};
  }
  if (network.data().sea.coast.is_land(to_vector(*position))) {
    const Port* near = nullptr;
    for (const Port& port : facts.ports) {
      if (near == nullptr || distance_nm(port.at, *position) < distance_nm(near->at, *position)) {
        near = &port;
      }
    }
    std::string fix = "Positions must lie at least 3 nm off the coast, clear of shoals and ice.";
    if (near != nullptr) fix += " The nearest port is " + near->id + ".";
    problems.push_back(
        diagnose("E606", pointer, "\"" + text + "\" is not in open water", std::move(fix)));
    return {};
  }
  return Place{{}, *position};
}

bool same_place(const Place& a, const Place& b) {
  return a.port == b.port && a.at == b.at;
}

bool has_conditions(const Conditions& conditions) {
  return !conditions.close.empty() || !conditions.open.empty() || !conditions.ship_class.empty() ||
         conditions.max_latitude_south || conditions.max_latitude_north;
}

void append(Diagnostics& problems, Diagnostics more) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

}  // namespace

Expected<Plan> plan(const Network& network, const Question& question) {
  Diagnostics problems;
  Plan result;
  const std::optional<Place> from = find_place(network, question.from, "from", problems);
  const std::optional<Place> to = find_place(network, question.to, "to", problems);
  for (const std::string& name : question.via) {
    const std::vector<std::size_t> gates = gates_called(network.facts(), name);
    if (gates.size() == 1) {
      result.via.emplace_back(GateRef{gates[0]});
    } else if (const auto place = find_place(network, name, "via", problems)) {
      result.via.emplace_back(*place);
    }
  }
  if (from && to && same_place(*from, *to) && question.via.empty()) {
    problems.push_back(diagnose("E607", "to", "the route ends where it starts",
                                "Name another port, or a stop on the way with `via`."));
  }
  if (!(question.speed_kn >= least_speed_kn && question.speed_kn <= most_speed_kn)) {
    problems.push_back(diagnose("E604", "speed",
                                "a speed of " + short_number(question.speed_kn) +
                                    " knots; it must lie from " + short_number(least_speed_kn) +
                                    " to " + short_number(most_speed_kn)));
  }
  Expected<Chart> chart = Chart::make(network, question.conditions);
  if (!chart) append(problems, std::move(chart.error()));
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  result.from = *from;
  result.to = *to;
  result.answer = chart->route(result.from, result.to, result.via);
  result.bars.assign(chart->bars().begin(), chart->bars().end());
  if (has_conditions(question.conditions) || !question.via.empty()) {
    const Expected<Chart> open = Chart::make(network, {});
    result.unhindered = open->route(result.from, result.to);
  }
  return result;
}

std::string place_name(const Network& network, const Place& place) {
  if (place.port) return network.facts().ports[*place.port].name;
  const auto degrees = [](double value, char positive, char negative) {
    return short_number(std::fabs(value)) + ' ' + (value < 0 ? negative : positive);
  };
  return degrees(place.at.latitude, 'N', 'S') + ' ' + degrees(place.at.longitude, 'E', 'W');
}

}  // namespace delian::sea
