#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "delian/sea_report.hpp"
#include "domain/text.hpp"
#include "models/sea/names.hpp"
#include "report/layout.hpp"
#include "report/sea_messages.hpp"

namespace delian::sea {
namespace {

constexpr std::size_t gate_width = 48;
constexpr double no_miles = 0.5;  // what is shown as 0
constexpr double no_hours = 0.5;

/// Days below two are told in hours.
bool in_hours(double days) {
  return days * 24 < 47.5;
}

/// Numbers, names and lines as a language writes them.
class SeaText {
 public:
  explicit SeaText(Language language)
      : say_(sea_messages(language)), language_(language == Language::fr ? "fr" : "en") {}

 protected:
  std::string finished() {
    std::replace(out_.begin(), out_.end(), unbroken, ' ');
    return std::move(out_);
  }

  std::string decimal(std::string digits) const {
    std::replace(digits.begin(), digits.end(), '.', say_.decimal);
    return digits;
  }
  std::string number(double value) const { return decimal(short_number(value)); }

  /// "12,296": distances are not known better than to a mile.
  std::string whole_miles(double nm) const {
    return grouped(static_cast<std::uint64_t>(std::llround(std::max(nm, 0.0))),
                   say_.thousands == ' ' ? unbroken : say_.thousands);
  }
  std::string_view unit(double value, const UnitWords& words) const {
    return (say_.one_below_two ? value < 2 : value == 1) ? words.one : words.more;
  }
  std::string miles(double nm) const {
    return whole_miles(nm) + unbroken + std::string(unit(std::round(nm), say_.miles));
  }

  std::string time_number(double days, bool hours) const {
    return decimal(hours ? fmt::format("{:.0f}", days * 24) : fmt::format("{:.1f}", days));
  }
  std::string_view time_unit(double days, bool hours) const {
    return hours ? unit(std::round(days * 24), say_.hours) : unit(days, say_.days);
  }
  /// "10.9 days", "18 hours"
  std::string duration(double days) const {
    const bool hours = in_hours(days);
    return time_number(days, hours) + unbroken + std::string(time_unit(days, hours));
  }

  std::string letter(double value, char positive, char negative) const {
    return {unbroken, value < 0 ? negative : positive};
  }

  void paragraph(const std::string& text, std::size_t indent, std::size_t hanging) {
    out_ += wrap(text, indent, hanging);
  }

  const SeaMessages& say_;
  std::string_view language_;
  std::string out_;
};

// --- a route ----------------------------------------------------------------------------------

class RouteText : public SeaText {
 public:
  RouteText(const Network& network, const Question& question, const Plan& plan, Language language)
      : SeaText(language), facts_(network.facts()), question_(question), plan_(plan) {}

  std::string write() {
    heading();
    if (plan_.answer.route) {
      summary(*plan_.answer.route);
      gate_table(*plan_.answer.route);
      bars();
      limits();
      comparison(*plan_.answer.route);
    } else {
      no_route(plan_.answer);
    }
    return finished();
  }

 private:
  const std::string& name(std::size_t gate) const { return facts_.gates[gate].name.in(language_); }

  std::string name(const Place& place) const {
    if (place.port) return facts_.ports[*place.port].name;
    const auto [latitude, longitude] = place.at;
    return number(std::fabs(latitude)) + letter(latitude, 'N', 'S') + unbroken +
           number(std::fabs(longitude)) + letter(longitude, 'E', say_.west);
  }

  std::string gate_list(const Route& route) const {
    std::vector<std::string> names;
    for (const Passage& passage : route.gates) names.push_back(name(passage.gate));
    return list_of(names, say_.list_and);
  }

  std::string reason(const Bar& bar) const {
    switch (bar.why) {
      case Bar::Why::closed:
        return std::string(say_.closed);
      case Bar::Why::shut:
        return std::string(say_.unless_opened);
      case Bar::Why::measure:
        return filled(say_.too_large, say_.measures[static_cast<std::size_t>(bar.measure)],
                      number(bar.ship), number(bar.largest));
      case Bar::Why::law:
        break;
    }
    return std::string(say_.by_law);
  }

  void heading() {
    std::string line = filled(say_.from_to, name(plan_.from), name(plan_.to));
    for (const Stop& stop : plan_.via) {
      if (const auto* place = std::get_if<Place>(&stop)) {
        line += filled(say_.by, name(*place));
      } else if (const auto* over = std::get_if<GateRef>(&stop)) {
        line += filled(say_.by, name(over->gate));
      }
    }
    if (!plan_.via.empty()) line += ',';
    line += filled(say_.at_speed, number(question_.speed_kn));
    if (const ShipClass* ship = find_class(facts_, question_.conditions.ship_class)) {
      line += filled(say_.with_class, ship->name.in(language_));
    }
    paragraph(line, 0, 2);
    out_ += '\n';
  }

  void summary(const Route& route) {
    const double days = route.days(question_.speed_kn);
    const bool hours = in_hours(days);
    const std::size_t label = std::max(display_width(say_.distance), display_width(say_.time));
    const auto row = [&](std::string_view what, const std::string& value, std::string_view unit) {
      out_ += "  " + padded(what, label) + ' ' + to_the_right(value, 7) + ' ' + std::string(unit);
    };
    row(say_.distance, whole_miles(route.distance_nm),
        unit(std::round(route.distance_nm), say_.miles));
    out_ += '\n';
    row(say_.time, time_number(days, hours), time_unit(days, hours));
    if (route.wait_hours > 0) {
      out_ +=
          filled(say_.lost_of_time, time_number(route.distance_nm / question_.speed_kn / 24, hours),
                 time_number(route.wait_hours / 24, hours));
    }
    out_ += '\n';
  }

  void gate_table(const Route& route) {
    if (route.gates.empty()) {
      out_ += "\n  " + std::string(say_.no_gate) + '\n';
      return;
    }
    const auto row = [&](std::string_view nm, std::string_view gate, std::string_view lost) {
      out_ += "  " + to_the_right(nm, 7) + "  " + padded(gate, gate_width) + "  " +
              to_the_right(lost, 5) + '\n';
    };
    out_ += '\n';
    row(say_.gate_rows[0], say_.gate_rows[1], say_.gate_rows[2]);
    for (const Passage& passage : route.gates) {
      const double lost = facts_.gates[passage.gate].wait_hours;
      row(whole_miles(passage.mile), name(passage.gate), lost > 0 ? number(lost) + " h" : "-");
    }
  }

  /// What was asked to be closed, and what the class cannot pass.
  void bars() {
    std::vector<std::string> of_class;
    bool first = true;
    for (const Bar& bar : plan_.bars) {
      if (bar.why == Bar::Why::closed) {
        if (first) out_ += '\n' + std::string(say_.shut) + '\n';
        first = false;
        paragraph(filled(say_.row, name(bar.gate), reason(bar)), 2, 4);
      } else if (bar.why != Bar::Why::shut) {
        of_class.push_back(filled(say_.with_reason, name(bar.gate), reason(bar)));
      }
    }
    if (of_class.empty()) return;
    out_ += '\n';
    paragraph(filled(say_.cannot_pass, list_of(of_class, say_.list_and)), 0, 2);
  }

  void limits() {
    const Conditions& conditions = question_.conditions;
    std::vector<std::string> parallels;
    if (conditions.max_latitude_south) {
      parallels.push_back(number(*conditions.max_latitude_south) + unbroken + 'S');
    }
    if (conditions.max_latitude_north) {
      parallels.push_back(number(*conditions.max_latitude_north) + unbroken + 'N');
    }
    if (parallels.empty()) return;
    out_ += '\n';
    paragraph(filled(say_.kept_within, list_of(parallels, say_.list_and)), 0, 2);
  }

  void comparison(const Route& route) {
    if (!plan_.unhindered) return;
    out_ += '\n';
    if (!plan_.unhindered->route) {
      paragraph(std::string(say_.without_no_route), 0, 2);
      return;
    }
    const Route& open = *plan_.unhindered->route;
    const double open_days = open.days(question_.speed_kn);
    const double more_nm = route.distance_nm - open.distance_nm;
    const double more_days = route.days(question_.speed_kn) - open_days;
    const bool other_length = std::fabs(more_nm) >= no_miles;
    const bool other_time = std::fabs(more_days) * 24 > no_hours;
    if (!other_length && !other_time) {
      paragraph(std::string(say_.nothing_changes), 0, 2);
      return;
    }
    const std::string length = miles(open.distance_nm);
    paragraph(open.gates.empty()
                  ? filled(say_.without_no_gate, length, duration(open_days))
                  : filled(say_.without, length, duration(open_days), gate_list(open)),
              0, 2);
    const std::string nm = miles(std::fabs(more_nm));
    const std::string time = duration(std::fabs(more_days));
    if (other_length && other_time && (more_nm > 0) != (more_days > 0)) {
      paragraph(filled(more_nm > 0 ? say_.add_and_save : say_.save_and_add, nm, time), 0, 2);
      return;
    }
    std::vector<std::string> changes;
    if (other_length) changes.push_back(nm);
    if (other_time) changes.push_back(time);
    const bool adds = other_length ? more_nm > 0 : more_days > 0;
    paragraph(filled(adds ? say_.add : say_.save, list_of(changes, say_.list_and)), 0, 2);
  }

  void no_route(const RouteAnswer& answer) {
    out_ += "  " + std::string(say_.no_route) + "\n\n";
    if (answer.latitude_limit || answer.barriers.empty()) {
      paragraph(std::string(answer.latitude_limit ? say_.latitude_limit : say_.no_water), 0, 2);
      return;
    }
    paragraph(std::string(answer.barriers.size() == 1 ? say_.one_gate
                          : answer.together           ? say_.together
                                                      : say_.any_gate),
              0, 2);
    for (const Bar& bar : answer.barriers) {
      const std::string gate = filled(say_.named, name(bar.gate), facts_.gates[bar.gate].id);
      paragraph(filled(say_.row, gate, reason(bar)), 2, 4);
    }
  }

  const Facts& facts_;
  const Question& question_;
  const Plan& plan_;
};

// --- lists ------------------------------------------------------------------------------------

class ListText : public SeaText {
 public:
  ListText(const Facts& facts, Language language) : SeaText(language), facts_(facts) {}

  std::string ports() {
    std::vector<const Port*> ports;
    for (const Port& port : facts_.ports) ports.push_back(&port);
    std::sort(ports.begin(), ports.end(),
              [](const Port* a, const Port* b) { return a->id < b->id; });
    const auto row = [&](std::string_view id, std::string_view name, std::string_view code,
                         const std::string& position) {
      out_ += padded(id, 20) + ' ' + padded(name, 25) + ' ' + padded(code, 8) + ' ' + position;
      out_ += '\n';
    };
    const auto& columns = say_.port_columns;
    row(columns[0], columns[1], columns[2], std::string(columns[3]));
    for (const Port* port : ports) {
      row(port->id, port->name, port->code.empty() ? port->country : port->code,
          degrees(port->at.latitude, 'N', 'S') + ' ' +
              to_the_right(degrees(port->at.longitude, 'E', say_.west), 9));
    }
    return finished();
  }

  std::string gates() {
    for (const Gate& gate : facts_.gates) {
      std::string text = gate.name.in(language_);
      const auto more = [&](std::string_view what) { text += filled(say_.and_more, what); };
      if (gate.shut) more(say_.unless_opened);
      std::vector<std::string> largest;
      for (std::size_t m = 0; m < measure_count; ++m) {
        if (!gate.largest[m]) continue;
        largest.push_back(std::string(say_.measures[m]) + unbroken + number(*gate.largest[m]) +
                          unbroken + 'm');
      }
      if (!largest.empty()) more(filled(say_.at_most, list_of(largest, say_.list_and)));
      if (!gate.bars.empty()) more(filled(say_.bars, list_of(gate.bars, say_.list_and)));
      if (gate.wait_hours > 0) more(filled(say_.lost, number(gate.wait_hours)));
      paragraph(filled(say_.row, gate.id, text), 0, 4);
    }
    for (const GateGroup& group : facts_.groups) {
      paragraph(filled(say_.row, group.id, list_of(group.gates, say_.list_and)), 0, 4);
    }
    return finished();
  }

  std::string classes() {
    const auto row = [&](std::string_view id, std::string_view name, const auto& cells) {
      out_ += padded(id, 14) + ' ' + padded(name, 31) + ' ';
      for (std::size_t m = 0; m < measure_count; ++m) {
        out_ += to_the_right(cells[m], m == static_cast<std::size_t>(Measure::length) ? 9 : 8);
      }
      out_ += '\n';
    };
    row(say_.class_columns[0], say_.class_columns[1], say_.measure_columns);
    for (const ShipClass& ship : facts_.classes) {
      std::array<std::string, measure_count> cells;
      for (std::size_t m = 0; m < measure_count; ++m) cells[m] = number(ship.size[m]);
      row(ship.id, ship.name.in(language_), cells);
    }
    paragraph(std::string(say_.classes_note), 0, 0);
    return finished();
  }

 private:
  std::string degrees(double value, char positive, char negative) const {
    return decimal(fmt::format("{:.2f}", std::fabs(value))) + letter(value, positive, negative);
  }

  const Facts& facts_;
};

}  // namespace

std::string route_report(const Network& network, const Question& question, const Plan& plan,
                         Language language) {
  return RouteText(network, question, plan, language).write();
}

std::string list_ports(const Facts& facts, Language language) {
  return ListText(facts, language).ports();
}

std::string list_gates(const Facts& facts, Language language) {
  return ListText(facts, language).gates();
}

std::string list_classes(const Facts& facts, Language language) {
  return ListText(facts, language).classes();
}

}  // namespace delian::sea
