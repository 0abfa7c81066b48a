#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "delian/fleet_report.hpp"
#include "domain/text.hpp"
#include "report/fleet_messages.hpp"
#include "report/layout.hpp"

namespace delian::fleet {
namespace {

constexpr std::size_t state_width = 22;
constexpr std::size_t kind_width = 6;
constexpr std::size_t ships_width = 47;
constexpr std::size_t port_width = 22;
constexpr std::size_t indent = 2;
constexpr double thousand = 1'000;

class FleetText {
 public:
  FleetText(const Fleets& fleets, const Atlas& atlas, Selection selection, Language language)
      : fleets_(fleets),
        atlas_(atlas),
        selection_(std::move(selection)),
        say_(fleet_messages(language)),
        language_(language == Language::fr ? "fr" : "en") {}

  std::string write() {
    if (!selection_.is_partial()) {
      if (selection_.states.empty()) {
        table();
      } else {
        for (const Navy& navy : fleets_.navies) {
          if (selection_.has(navy.state)) all_of(navy);
        }
      }
    }
    for (const Theatre& theatre : fleets_.theatres) {
      if (selection_.forces) forces(theatre, true);
      if (selection_.deployments) deployments(theatre, true);
      if (selection_.goals) goals(theatre, true);
    }
    if (selection_.costs) costs();
    if (selection_.memory) memory();
    std::replace(out_.begin(), out_.end(), unbroken, ' ');
    return std::move(out_);
  }

 private:
  // --- numbers and words ------------------------------------------------------------------------

  std::string number(double value) const {
    const bool is_whole = value == std::floor(value);
    if (is_whole && value >= thousand) {
      return grouped(static_cast<std::uint64_t>(value),
                     say_.thousands == ' ' ? unbroken : say_.thousands);
    }
    std::string digits = short_number(value);
    std::replace(digits.begin(), digits.end(), '.', say_.decimal);
    return digits;
  }
  /// "10-12", for a narrow column.
  std::string narrow(const Estimate& value) const {
    if (value.is_exact()) return value.likely == 0 ? "-" : number(value.likely);
    return number(value.low) + '-' + number(value.high);
  }
  std::string range(const Estimate& value) const {
    return filled(say_.range, number(value.low), number(value.high));
  }
  /// "11", "11 (10 to 12)"
  std::string full(const Estimate& value) const {
    return number(value.likely) + (value.is_exact() ? "" : " (" + range(value) + ')');
  }
  std::string counted(const Estimate& value, const CountWords& words) const {
    const bool one = language_ == "fr" ? value.high < 2 : value.likely == 1 && value.is_exact();
    return full(value) + ' ' + std::string(one ? words.one : words.more);
  }
  const CountWords& kind_words(HullKind kind) const {
    return say_.kinds[static_cast<std::size_t>(kind)];
  }
  std::string state_name(const std::string& code) const {
    const Country* country = atlas_.find_country(code);
    return country == nullptr ? code : country->name.in(language_);
  }

  // --- lines ------------------------------------------------------------------------------------

  std::string navy_name(const Navy& navy) const {
    const std::string name = state_name(navy.state);
    return navy.part ? filled(say_.with_part, name, plain(navy.part->in(language_))) : name;
  }

  void paragraph(const std::string& text, std::size_t first = 0, std::size_t hanging = 0) {
    out_ += wrap(text, first, hanging);
  }
  void blank() {
    if (!out_.empty()) out_ += '\n';
  }
  void basis(const Basis& basis, std::size_t at) {
    paragraph(basis.from_memory() ? filled(say_.from_memory, plain(basis.source))
                                  : filled(say_.source, plain(basis.source), basis.grade),
              at, at + indent);
    if (!basis.note.empty()) paragraph(plain(basis.note), at, at);
  }
  std::string grade(const Basis& basis) const {
    return basis.from_memory() ? std::string(say_.memory_word) : basis.grade;
  }
  static std::string joined(const std::vector<std::string>& parts, std::string_view by = ", ") {
    std::string all;
    for (const std::string& part : parts) {
      if (!all.empty()) all += by;
      all += part;
    }
    return all;
  }
  void title(std::string_view phrase, const Theatre& theatre) {
    blank();
    paragraph(filled(phrase, plain(theatre.name.in(language_))));
  }

  // --- all navies -------------------------------------------------------------------------------

  std::string period_of_navies() const {
    if (fleets_.navies.empty()) return "-";
    Date first = fleets_.navies.front().basis.on;
    Date last = first;
    for (const Navy& navy : fleets_.navies) {
      first = std::min(first, navy.basis.on);
      last = std::max(last, navy.basis.on);
    }
    return first == last ? first.text() : filled(say_.period, first.text(), last.text());
  }

  void table() {
    paragraph(filled(say_.title, period_of_navies()));
    std::string line = "\n" + std::string(state_width + 3, ' ');
    for (const std::string_view column : say_.columns) line += to_the_right(column, kind_width);
    out_ += line + '\n';
    for (const Navy& navy : fleets_.navies) {
      line = navy.state + ' ' + padded(navy_name(navy), state_width);
      for (std::size_t k = 0; k < hull_kind_count; ++k) {
        line += to_the_right(narrow(navy.count(static_cast<HullKind>(k))), kind_width);
      }
      out_ += line + '\n';
    }
    out_ += '\n';
    paragraph(std::string(say_.table_note));
    const MemoryList list = memory_cells(fleets_);
    paragraph(filled(say_.memory_count, list.cells.size(), list.of, "delian fleets --memory"));
  }

  // --- one navy ---------------------------------------------------------------------------------

  std::string place_of(const Hulls& row) const {
    if (row.basing == Basing::forward && row.port.empty()) return std::string(say_.basing_unplaced);
    return filled(say_.basings[static_cast<std::size_t>(row.basing)],
                  row.port.empty() ? "-" : row.port);
  }

  void row(std::string_view ships, std::string_view port, std::string_view grade) {
    const std::string line = std::string(indent, ' ') + padded(ships, ships_width) + ' ' +
                             padded(port, port_width) + ' ' + std::string(grade);
    out_ += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }

  void hulls(const Navy& navy) {
    if (navy.hulls.empty()) {
      paragraph(std::string(say_.no_ships));
      return;
    }
    row(say_.row_columns[0], say_.row_columns[1], say_.row_columns[2]);
    for (std::size_t k = 0; k < hull_kind_count; ++k) {
      const auto kind = static_cast<HullKind>(k);
      for (const Hulls& hull : navy.hulls) {
        if (hull.kind != kind) continue;
        std::string ships = counted(hull.count, kind_words(kind));
        const std::string with_name = ships + ", " + plain(hull.name);
        const bool fits = display_width(with_name) <= ships_width;
        if (fits && !hull.name.empty()) ships = with_name;
        row(ships, place_of(hull), grade(hull.basis));
        if (!fits) paragraph(plain(hull.name), 2 * indent, 2 * indent);
        if (!hull.basis.note.empty()) paragraph(plain(hull.basis.note), 2 * indent, 2 * indent);
      }
      for (const Total& total : navy.totals) {
        if (total.kind != kind) continue;
        row(counted(total.count, kind_words(kind)), say_.in_all, grade(total.basis));
        if (!total.basis.note.empty()) {
          paragraph(plain(total.basis.note), 2 * indent, 2 * indent);
        }
      }
    }
  }

  /// Each source once.
  void sources(const Navy& navy) {
    std::map<std::string, std::string> seen;
    const auto tell = [&](const Basis& each) {
      if (seen.emplace(each.source, each.grade).second) {
        Basis without_note = each;
        without_note.note.clear();
        basis(without_note, indent);
      }
    };
    tell(navy.basis);
    for (const Hulls& hull : navy.hulls) tell(hull.basis);
    for (const Figure& figure : navy.figures) tell(figure.basis);
  }

  void all_of(const Navy& navy) {
    blank();
    paragraph(filled(say_.heading, navy_name(navy), navy.state, navy.basis.on.text()));
    if (!navy.basis.note.empty()) paragraph(plain(navy.basis.note));
    out_ += '\n';
    if (!navy.ports.empty()) paragraph(std::string(say_.ports) + ' ' + joined(navy.ports), 0, 2);
    if (!navy.cycle.empty()) paragraph(std::string(say_.cycle) + ' ' + navy.cycle);
    for (std::size_t k = 0; k < figure_kind_ids().size(); ++k) {
      const Figure* figure = navy.find_figure(static_cast<Figure::Kind>(k));
      if (figure == nullptr) continue;
      paragraph(filled(say_.figures[k], full(figure->value), figure->basis.on.text()) + " [" +
                grade(figure->basis) + ']');
    }
    out_ += '\n';
    hulls(navy);
    out_ += '\n';
    sources(navy);
    const Selection whole = selection_;
    selection_.states = {navy.state};
    for (const Theatre& theatre : fleets_.theatres) {
      forces(theatre, false);
      deployments(theatre, false);
      goals(theatre, false);
    }
    selection_ = whole;
  }

  // --- theatres ---------------------------------------------------------------------------------

  /// The rows of the states asked for. A title stands also above none, when it was asked for.
  template <class Row, class Write>
  void section(std::string_view phrase, const Theatre& theatre, const std::vector<Row>& rows,
               bool asked_for, Write write_row) {
    bool empty = true;
    for (const Row& each : rows) {
      if (!selection_.has(each.state)) continue;
      if (empty) title(phrase, theatre);
      empty = false;
      out_ += '\n';
      write_row(each);
      basis(each.basis, indent);
    }
    if (empty && asked_for) {
      title(phrase, theatre);
      out_ += '\n';
      paragraph(std::string(say_.nothing));
    }
  }

  std::string headed(const std::string& state, std::string_view text) const {
    return state + ' ' + plain(text);
  }

  void forces(const Theatre& theatre, bool asked_for) {
    section(say_.forces, theatre, theatre.forces, asked_for, [this](const ForwardForce& force) {
      paragraph(headed(force.state, force.name.in(language_)), 0, indent);
      std::vector<std::string> parts;
      if (force.ships) {
        parts.push_back(
            counted(*force.ships, force.kind ? kind_words(*force.kind) : say_.ship_words));
      }
      if (force.people) parts.push_back(counted(*force.people, say_.people));
      if (!force.port.empty()) parts.push_back(filled(say_.at_port, force.port));
      if (force.from) parts.push_back(filled(say_.since, force.from->text()));
      if (force.until) parts.push_back(filled(say_.until, force.until->text()));
      paragraph(joined(parts), indent, indent);
    });
  }

  void deployments(const Theatre& theatre, bool asked_for) {
    section(say_.deployments, theatre, theatre.deployments, asked_for,
            [this](const Deployment& deployment) {
              paragraph(headed(deployment.state, deployment.name), 0, indent);
              std::vector<std::string> parts;
              for (const Units& units : deployment.units) {
                parts.push_back(counted(Estimate::exactly(units.ships), kind_words(units.kind)));
              }
              if (deployment.people) {
                parts.push_back(counted(Estimate::exactly(*deployment.people), say_.people));
              }
              paragraph(joined(parts), indent, indent);
              paragraph(joined(time_of(deployment)), indent, indent);
              if (!deployment.ports.empty()) {
                paragraph(filled(say_.calls, joined(deployment.ports)), indent, 2 * indent);
              }
            });
  }

  std::vector<std::string> time_of(const Deployment& deployment) const {
    std::vector<std::string> parts;
    if (!deployment.returned) {
      parts.push_back(filled(say_.still_out, deployment.left.text()));
    } else {
      parts.push_back(filled(say_.period, deployment.left.text(), deployment.returned->text()));
      const DayRange away = *deployment.days_away();
      parts.push_back(
          filled(say_.days_away, away.least == away.most
                                     ? number(away.most)
                                     : filled(say_.range, number(away.least), number(away.most))));
    }
    if (deployment.stated) parts.push_back(filled(say_.days_stated, number(*deployment.stated)));
    if (deployment.days_in_theatre) {
      parts.push_back(filled(say_.days_in_theatre, number(*deployment.days_in_theatre)));
    }
    return parts;
  }

  void goals(const Theatre& theatre, bool asked_for) {
    section(say_.goals, theatre, theatre.goals, asked_for, [this](const Goal& goal) {
      paragraph(headed(goal.state, goal.text.in(language_)), 0, indent);
      std::vector<std::string> parts{counted(goal.ships, kind_words(goal.kind))};
      if (goal.all_year) {
        parts.emplace_back(say_.all_year);
      } else {
        const double years = goal.every_years.value_or(1);
        parts.push_back(years == 1 ? std::string(say_.every_year)
                                   : filled(say_.every_years, number(years)));
        parts.push_back(goal.days ? filled(say_.days_each, number(*goal.days))
                                  : std::string(say_.days_unsaid));
      }
      if (goal.from) parts.push_back(filled(say_.starting, goal.from->text()));
      if (goal.until) parts.push_back(filled(say_.until, goal.until->text()));
      paragraph(joined(parts), indent, indent);
      paragraph(filled(say_.declared, goal.declared.text(), plain(goal.by)), indent, 2 * indent);
    });
  }

  // --- costs, memory ----------------------------------------------------------------------------

  void costs() {
    blank();
    paragraph(std::string(say_.costs));
    out_ += '\n';
    for (const AnnualCost& cost : fleets_.costs) {
      if (!cost.state.empty() && !selection_.has(cost.state)) continue;
      row(std::string(kind_words(cost.kind).one) + ", " +
              (cost.state.empty() ? std::string(say_.any_navy) : state_name(cost.state)),
          full(cost.million_usd), grade(cost.basis));
      if (!cost.basis.note.empty()) paragraph(plain(cost.basis.note), 2 * indent, 2 * indent);
    }
  }

  void memory() {
    blank();
    const MemoryList list = memory_cells(fleets_);
    paragraph(std::string(say_.memory));
    std::size_t told = 0;
    std::string file;
    std::map<std::string, std::vector<std::string>> by_source;
    const auto flush = [&] {
      for (const auto& [source, pointers] : by_source) {
        paragraph(source, indent, 2 * indent);
        paragraph(joined(pointers), 2 * indent, 2 * indent);
      }
      by_source.clear();
    };
    for (const MemoryCell& cell : list.cells) {
      if (!cell.state.empty() && !selection_.has(cell.state)) continue;
      if (cell.state.empty() && !selection_.states.empty()) continue;
      ++told;
      if (cell.file != file) {
        flush();
        file = cell.file;
        out_ += '\n' + file + '\n';
      }
      by_source[plain(cell.basis->source)].push_back(cell.pointer + unbroken + plain(cell.what));
    }
    flush();
    out_ += '\n';
    paragraph(std::string(told == 0 ? say_.none_from_memory : say_.memory_note));
  }

  const Fleets& fleets_;
  const Atlas& atlas_;
  Selection selection_;
  const FleetMessages& say_;
  std::string_view language_;
  std::string out_;
};

}  // namespace

bool Selection::has(std::string_view state) const {
  return states.empty() || std::find(states.begin(), states.end(), state) != states.end();
}

std::string fleets_report(const Fleets& fleets, const Atlas& atlas, const Selection& selection,
                          Language language) {
  return FleetText(fleets, atlas, selection, language).write();
}

}  // namespace delian::fleet
