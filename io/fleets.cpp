#include "io/fleets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

#include "delian/assert.hpp"
#include "io/atlas.hpp"
#include "io/embedded.hpp"
#include "io/table_reader.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

using fleet::AnnualCost;
using fleet::Basing;
using fleet::Basis;
using fleet::Deployment;
using fleet::Estimate;
using fleet::Figure;
using fleet::Fleets;
using fleet::ForwardForce;
using fleet::Goal;
using fleet::HullKind;
using fleet::Hulls;
using fleet::Navy;
using fleet::Theatre;
using fleet::Total;
using fleet::Units;

constexpr std::array<std::string_view, 11> navy_keys{"state", "part",   "on",     "ports",
                                                     "cycle", "source", "grade",  "note",
                                                     "hulls", "totals", "figures"};
constexpr std::array<std::string_view, 11> hulls_keys{
    "kind", "count", "low", "high", "name", "port", "basing", "source", "on", "grade", "note"};
constexpr std::array<std::string_view, 8> total_keys{"kind",   "count", "low",   "high",
                                                     "source", "on",    "grade", "note"};
constexpr std::array<std::string_view, 8> figure_keys{"kind",   "value", "low",   "high",
                                                      "source", "on",    "grade", "note"};
constexpr std::array<std::string_view, 7> theatre_keys{"id",     "name",        "note", "ports",
                                                       "forces", "deployments", "goals"};
constexpr std::array<std::string_view, 17> force_keys{
    "id",        "state",      "name",   "port",       "kind",        "ships",
    "ships_low", "ships_high", "people", "people_low", "people_high", "from",
    "until",     "source",     "on",     "grade",      "note"};
constexpr std::array<std::string_view, 14> deployment_keys{
    "id",     "state", "name",   "units", "left",  "returned", "days", "days_in_theatre",
    "people", "ports", "source", "on",    "grade", "note"};
constexpr std::array<std::string_view, 18> goal_keys{
    "id",         "state",    "text",        "kind", "ships",    "ships_low",
    "ships_high", "all_year", "every_years", "days", "declared", "by",
    "from",       "until",    "source",      "on",   "grade",    "note"};
constexpr std::array<std::string_view, 5> costs_keys{"source", "on", "grade", "note", "costs"};
constexpr std::array<std::string_view, 9> cost_keys{"kind",   "state", "million_usd", "low", "high",
                                                    "source", "on",    "grade",       "note"};
constexpr std::array<std::string_view, 2> name_keys{"en", "fr"};

constexpr Date no_date{1, 1, 1};

/// What the rows of a file fall back on; without a file's own basis each row needs all of it.
using Fallback = std::optional<Basis>;

Basis read_basis(const TableReader& table, const Fallback& fallback,
                 const std::optional<Date>& on = {}) {
  const Need need = fallback ? Need::optional : Need::required;
  const Basis other = fallback.value_or(Basis{});
  Basis basis;
  basis.source = table.text("source", need).value_or(other.source);
  basis.grade = table.text("grade", need).value_or(other.grade);
  basis.on = table.date("on", fallback || on ? Need::optional : Need::required)
                 .value_or(on.value_or(other.on));
  basis.note = table.text("note").value_or("");
  return basis;
}

/// A number with its range; without one it is exact.
Estimate read_estimate(const TableReader& table, std::string_view key, std::string_view low,
                       std::string_view high) {
  const double likely = table.number(key, Need::required).value_or(0);
  return {table.number(low).value_or(likely), likely, table.number(high).value_or(likely)};
}

std::optional<Estimate> read_optional_estimate(const TableReader& table, std::string_view key,
                                               std::string_view low, std::string_view high) {
  if (!table.has(key) && !table.has(low) && !table.has(high)) return std::nullopt;
  return read_estimate(table, key, low, high);
}

std::optional<HullKind> read_kind(const TableReader& table, Need need) {
  const auto word = table.word("kind", fleet::hull_kind_ids(), need);
  if (!word) return std::nullopt;
  return static_cast<HullKind>(*word);
}

std::string read_state(const TableReader& table, Need need = Need::required) {
  const std::optional<std::string> state = table.text("state", need);
  if (!state) return {};
  if (atlas().find_country(*state) == nullptr) {
    const Country* meant = atlas().guess_country(*state);
    table.document().report(diagnose("E620", table.pointer_to("state"),
                                     "no state has the code \"" + *state + '"',
                                     meant == nullptr ? "codes are those of data/countries.toml"
                                                      : "write \"" + meant->code + '"'));
  }
  return *state;
}

Name read_name(const TableReader& table, std::string_view key) {
  Name name;
  if (const auto names = table.table(key, std::string(key), Need::required)) {
    names->only(name_keys);
    name.en = names->text("en", Need::required).value_or("");
    name.fr = names->text("fr", Need::required).value_or("");
  }
  return name;
}

std::vector<std::string> read_ports(const TableReader& table) {
  return table.texts("ports").value_or(std::vector<std::string>{});
}

Navy read_navy(const TableReader& root) {
  root.only(navy_keys);
  Navy navy;
  navy.state = read_state(root);
  if (root.has("part")) navy.part = read_name(root, "part");
  navy.ports = read_ports(root);
  navy.cycle = root.text("cycle").value_or("");
  navy.basis = read_basis(root, {});
  for (const TableReader& table : root.tables("hulls", "a row of ships")) {
    table.only(hulls_keys);
    Hulls row;
    row.kind = read_kind(table, Need::required).value_or(HullKind{});
    row.count = read_estimate(table, "count", "low", "high");
    row.name = table.text("name").value_or("");
    row.port = table.text("port").value_or("");
    row.basing = static_cast<Basing>(table.word("basing", fleet::basing_ids()).value_or(0));
    row.basis = read_basis(table, navy.basis);
    navy.hulls.push_back(std::move(row));
  }
  for (const TableReader& table : root.tables("totals", "a total")) {
    table.only(total_keys);
    Total total;
    total.kind = read_kind(table, Need::required).value_or(HullKind{});
    total.count = read_estimate(table, "count", "low", "high");
    total.basis = read_basis(table, navy.basis);
    navy.totals.push_back(std::move(total));
  }
  for (const TableReader& table : root.tables("figures", "a figure")) {
    table.only(figure_keys);
    Figure figure;
    figure.kind = static_cast<Figure::Kind>(
        table.word("kind", fleet::figure_kind_ids(), Need::required).value_or(0));
    figure.value = read_estimate(table, "value", "low", "high");
    figure.basis = read_basis(table, navy.basis);
    navy.figures.push_back(std::move(figure));
  }
  return navy;
}

ForwardForce read_force(const TableReader& table) {
  table.only(force_keys);
  ForwardForce force;
  force.id = table.text("id", Need::required).value_or("");
  force.state = read_state(table);
  force.name = read_name(table, "name");
  force.port = table.text("port").value_or("");
  force.kind = read_kind(table, Need::optional);
  force.ships = read_optional_estimate(table, "ships", "ships_low", "ships_high");
  force.people = read_optional_estimate(table, "people", "people_low", "people_high");
  force.from = table.date("from");
  force.until = table.date("until");
  force.basis = read_basis(table, {}, force.from);
  return force;
}

std::vector<Units> read_units(const TableReader& table) {
  std::vector<Units> all;
  const auto units = table.table("units", "units = { frigate = 1 }", Need::required);
  if (!units) return all;
  units->only(fleet::hull_kind_ids());
  for (std::size_t k = 0; k < fleet::hull_kind_count; ++k) {
    const std::string_view kind = fleet::hull_kind_ids()[k];
    const std::optional<double> ships = units->number(kind);
    if (!ships) continue;
    // Beyond the range of an int nothing could be said about the number; the range proper is
    // checked with the other facts.
    if (!(std::fabs(*ships) <= 1e6) || *ships != std::floor(*ships)) {
      table.document().report(
          diagnose("E622", units->pointer_to(kind),
                   short_number(*ships) + " ships; it must be a whole number from 1 on"));
      continue;
    }
    all.push_back({static_cast<HullKind>(k), static_cast<int>(*ships)});
  }
  return all;
}

Deployment read_deployment(const TableReader& table) {
  table.only(deployment_keys);
  Deployment deployment;
  deployment.id = table.text("id", Need::required).value_or("");
  deployment.state = read_state(table);
  deployment.name = table.text("name", Need::required).value_or("");
  deployment.units = read_units(table);
  deployment.left = table.date("left", Need::required).value_or(no_date);
  deployment.returned = table.date("returned");
  deployment.stated = table.number("days");
  deployment.days_in_theatre = table.number("days_in_theatre");
  deployment.people = table.number("people");
  deployment.ports = read_ports(table);
  deployment.basis = read_basis(table, {}, deployment.left);
  return deployment;
}

Goal read_goal(const TableReader& table) {
  table.only(goal_keys);
  Goal goal;
  goal.id = table.text("id", Need::required).value_or("");
  goal.state = read_state(table);
  goal.text = read_name(table, "text");
  goal.kind = read_kind(table, Need::required).value_or(HullKind{});
  goal.ships = read_estimate(table, "ships", "ships_low", "ships_high");
  goal.all_year = table.boolean("all_year").value_or(false);
  goal.every_years = table.number("every_years");
  goal.days = table.number("days");
  goal.declared = table.date("declared", Need::required).value_or(no_date);
  goal.by = table.text("by", Need::required).value_or("");
  goal.from = table.date("from");
  goal.until = table.date("until");
  goal.basis = read_basis(table, {}, goal.declared);
  return goal;
}

Theatre read_theatre(const TableReader& root) {
  root.only(theatre_keys);
  Theatre theatre;
  theatre.id = root.text("id", Need::required).value_or("");
  theatre.name = read_name(root, "name");
  theatre.note = root.text("note").value_or("");
  theatre.ports = root.texts("ports").value_or(std::vector<std::string>{});
  for (const TableReader& table : root.tables("forces", "a force")) {
    theatre.forces.push_back(read_force(table));
  }
  for (const TableReader& table : root.tables("deployments", "a deployment")) {
    theatre.deployments.push_back(read_deployment(table));
  }
  for (const TableReader& table : root.tables("goals", "a goal")) {
    theatre.goals.push_back(read_goal(table));
  }
  return theatre;
}

std::vector<AnnualCost> read_costs(const TableReader& root) {
  root.only(costs_keys);
  const Basis basis = read_basis(root, {});
  std::vector<AnnualCost> costs;
  for (const TableReader& table : root.tables("costs", "a cost")) {
    table.only(cost_keys);
    AnnualCost cost;
    cost.kind = read_kind(table, Need::required).value_or(HullKind{});
    cost.state = read_state(table, Need::optional);
    cost.million_usd = read_estimate(table, "million_usd", "low", "high");
    cost.basis = read_basis(table, basis);
    costs.push_back(std::move(cost));
  }
  return costs;
}

/// The row of a list that a pointer leads into: "hulls[2]" of "hulls[2].count"; else its first key.
std::string_view row_of(std::string_view pointer) {
  return pointer.substr(0, pointer.find('.'));
}

/// Reads a file and checks what was read. A row in which something could not be read is not checked
/// further, since what was not read would be missed in it.
template <class Read>
auto read_file(const TextFile& file, std::string title, Read read)
    -> Expected<decltype(read(std::declval<const TableReader&>()))> {
  const toml::Parsed parsed = toml::parse(file.text, file.name);
  if (!parsed.problems.empty()) return tl::unexpected(parsed.problems);
  DocumentReader document(file, parsed.document);
  const toml::Node& node = parsed.document.root_node();
  auto value = read(TableReader(document, node, node.span(), "", std::move(title)));
  Diagnostics problems = document.take_problems();
  const std::size_t unread = problems.size();
  const auto is_unread = [&](std::string_view pointer) {
    return std::any_of(problems.begin(), problems.begin() + static_cast<std::ptrdiff_t>(unread),
                       [&](const Diagnostic& problem) {
                         const std::string_view broken = problem.place.pointer;
                         return row_of(broken) == row_of(pointer) ||
                                row_of(broken) == pointer.substr(pointer.rfind('.') + 1);
                       });
  };
  const auto any_unread_below = [&](std::string_view list) {
    return std::any_of(
        problems.begin(), problems.begin() + static_cast<std::ptrdiff_t>(unread),
        [&](const Diagnostic& problem) { return problem.place.pointer.starts_with(list); });
  };
  for (Diagnostic& problem : problems_of(value)) {
    if (is_unread(problem.place.pointer)) continue;
    // A sum over rows of which one was not read.
    if (problem.code == "E633" && any_unread_below("hulls")) continue;
    document.report(std::move(problem));
  }
  for (Diagnostic& problem : document.take_problems()) problems.push_back(std::move(problem));
  if (!problems.empty()) {
    std::stable_sort(
        problems.begin(), problems.end(), [](const Diagnostic& a, const Diagnostic& b) {
          return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
        });
    return tl::unexpected(std::move(problems));
  }
  return value;
}

TextFile text_file(const EmbeddedText& text) {
  return {std::string(text.name) + ".toml", std::string(text.text)};
}

Fleets read_fleets() {
  // The texts are compiled in and tested, so an error here is a bug.
  Fleets all;
  for (const EmbeddedText& text : embedded_fleets()) {
    Expected<Navy> navy = parse_navy(text_file(text));
    DELIAN_ASSERT(navy.has_value());
    all.navies.push_back(*std::move(navy));
  }
  for (const EmbeddedText& text : embedded_theatres()) {
    Expected<Theatre> theatre = parse_theatre(text_file(text));
    DELIAN_ASSERT(theatre.has_value());
    all.theatres.push_back(*std::move(theatre));
  }
  for (const EmbeddedText& text : embedded_hull_costs()) {
    Expected<std::vector<AnnualCost>> costs = parse_hull_costs(text_file(text));
    DELIAN_ASSERT(costs.has_value());
    all.costs = *std::move(costs);
  }
  Expected<Fleets> checked = fleet::make_fleets(std::move(all));
  DELIAN_ASSERT(checked.has_value());
  return *std::move(checked);
}

}  // namespace

const Fleets& fleets() {
  static const Fleets all = read_fleets();
  return all;
}

Expected<Navy> parse_navy(const TextFile& file) {
  return read_file(file, "a navy", read_navy);
}

Expected<Theatre> parse_theatre(const TextFile& file) {
  return read_file(file, "a theatre", read_theatre);
}

Expected<std::vector<AnnualCost>> parse_hull_costs(const TextFile& file) {
  return read_file(file, "the list of costs", read_costs);
}

}  // namespace delian::io
