#include "io/fleets_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;
using fleet::AnnualCost;
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
using fleet::Selection;
using fleet::Theatre;
using fleet::Total;

/// Whole numbers without a decimal point.
Json number(double value) {
  constexpr double exact = 9'007'199'254'740'992.0;  // 2^53
  if (value == std::floor(value) && std::fabs(value) < exact) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

Json estimate(const Estimate& value) {
  return {
      {"low", number(value.low)}, {"likely", number(value.likely)}, {"high", number(value.high)}};
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}
Json date_or_null(const std::optional<Date>& date) {
  return date ? Json(date->text()) : Json(nullptr);
}
Json number_or_null(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}
Json estimate_or_null(const std::optional<Estimate>& value) {
  return value ? estimate(*value) : Json(nullptr);
}
Json name(const Name& name) {
  return {{"en", name.en}, {"fr", name.fr}};
}

void add_basis(Json& object, const Basis& basis) {
  object["source"] = basis.source;
  object["on"] = basis.on.text();
  object["grade"] = basis.grade;
  object["note"] = text_or_null(basis.note);
}

Json hulls_object(const Hulls& row) {
  Json object = {{"kind", fleet::hull_kind_id(row.kind)},
                 {"name", text_or_null(row.name)},
                 {"count", estimate(row.count)},
                 {"port", text_or_null(row.port)},
                 {"basing", fleet::basing_id(row.basing)}};
  add_basis(object, row.basis);
  return object;
}

Json total_object(const Total& total) {
  Json object = {{"kind", fleet::hull_kind_id(total.kind)}, {"count", estimate(total.count)}};
  add_basis(object, total.basis);
  return object;
}

Json figure_object(const Figure& figure) {
  Json object = {{"kind", fleet::figure_kind_ids()[static_cast<std::size_t>(figure.kind)]},
                 {"value", estimate(figure.value)}};
  add_basis(object, figure.basis);
  return object;
}

template <class Row, class Write>
Json list(const std::vector<Row>& rows, Write write) {
  Json all = Json::array();
  for (const Row& row : rows) all.push_back(write(row));
  return all;
}

Json navy_object(const Navy& navy) {
  Json object = {{"state", navy.state}, {"part", navy.part ? name(*navy.part) : Json(nullptr)}};
  add_basis(object, navy.basis);
  object["ports"] = navy.ports;
  object["cycle"] = text_or_null(navy.cycle);
  Json counts = Json::object();
  for (std::size_t k = 0; k < fleet::hull_kind_count; ++k) {
    const auto kind = static_cast<HullKind>(k);
    counts[std::string(fleet::hull_kind_id(kind))] = estimate(navy.count(kind));
  }
  object["counts"] = std::move(counts);
  object["hulls"] = list(navy.hulls, hulls_object);
  object["totals"] = list(navy.totals, total_object);
  object["figures"] = list(navy.figures, figure_object);
  return object;
}

Json force_object(const ForwardForce& force) {
  Json object = {{"id", force.id},
                 {"state", force.state},
                 {"name", name(force.name)},
                 {"port", text_or_null(force.port)},
                 {"kind", force.kind ? Json(fleet::hull_kind_id(*force.kind)) : Json(nullptr)},
                 {"ships", estimate_or_null(force.ships)},
                 {"people", estimate_or_null(force.people)},
                 {"from", date_or_null(force.from)},
                 {"until", date_or_null(force.until)}};
  add_basis(object, force.basis);
  return object;
}

Json deployment_object(const Deployment& deployment) {
  Json units = Json::object();
  for (const fleet::Units& each : deployment.units) {
    units[std::string(fleet::hull_kind_id(each.kind))] = each.ships;
  }
  const std::optional<fleet::DayRange> away = deployment.days_away();
  Json object = {{"id", deployment.id},
                 {"state", deployment.state},
                 {"name", deployment.name},
                 {"units", std::move(units)},
                 {"left", deployment.left.text()},
                 {"returned", date_or_null(deployment.returned)}};
  object["days_away"] = away ? Json{{"least", away->least}, {"most", away->most}} : Json(nullptr);
  object["days_stated"] = number_or_null(deployment.stated);
  object["days_in_theatre"] = number_or_null(deployment.days_in_theatre);
  object["people"] = number_or_null(deployment.people);
  object["ports"] = deployment.ports;
  add_basis(object, deployment.basis);
  return object;
}

Json goal_object(const Goal& goal) {
  Json object = {{"id", goal.id},
                 {"state", goal.state},
                 {"text", name(goal.text)},
                 {"kind", fleet::hull_kind_id(goal.kind)},
                 {"ships", estimate(goal.ships)},
                 {"all_year", goal.all_year},
                 {"every_years", number_or_null(goal.every_years)},
                 {"days", number_or_null(goal.days)},
                 {"declared", goal.declared.text()},
                 {"by", goal.by},
                 {"from", date_or_null(goal.from)},
                 {"until", date_or_null(goal.until)}};
  add_basis(object, goal.basis);
  return object;
}

Json cost_object(const AnnualCost& cost) {
  Json object = {{"kind", fleet::hull_kind_id(cost.kind)},
                 {"state", text_or_null(cost.state)},
                 {"million_usd", estimate(cost.million_usd)}};
  add_basis(object, cost.basis);
  return object;
}

template <class Row>
std::vector<Row> asked(const std::vector<Row>& rows, const Selection& selection,
                       bool with_stateless = false) {
  std::vector<Row> kept;
  for (const Row& row : rows) {
    if ((with_stateless && row.state.empty()) || selection.has(row.state)) kept.push_back(row);
  }
  return kept;
}

Json theatre_object(const Theatre& theatre, const Selection& selection) {
  const bool all = !selection.is_partial();
  Json object = {{"id", theatre.id},
                 {"name", name(theatre.name)},
                 {"note", text_or_null(theatre.note)},
                 {"ports", theatre.ports}};
  if (all || selection.forces) {
    object["forces"] = list(asked(theatre.forces, selection), force_object);
  }
  if (all || selection.deployments) {
    object["deployments"] = list(asked(theatre.deployments, selection), deployment_object);
  }
  if (all || selection.goals) {
    object["goals"] = list(asked(theatre.goals, selection), goal_object);
  }
  return object;
}

Json memory_object(const Fleets& fleets, const Selection& selection) {
  const fleet::MemoryList memory = fleet::memory_cells(fleets);
  Json cells = Json::array();
  for (const fleet::MemoryCell& cell : asked(memory.cells, selection, selection.states.empty())) {
    cells.push_back({{"file", cell.file},
                     {"pointer", cell.pointer},
                     {"state", text_or_null(cell.state)},
                     {"what", cell.what},
                     {"check", cell.basis->source}});
  }
  return {{"of", memory.of}, {"cells", std::move(cells)}};
}

}  // namespace

std::string fleets_json(const Fleets& fleets, const Selection& selection) {
  const bool all = !selection.is_partial();
  Json json = {{"format", "delian-fleets/1"}};
  if (all) json["navies"] = list(asked(fleets.navies, selection), navy_object);
  if (all || selection.forces || selection.deployments || selection.goals) {
    json["theatres"] = list(fleets.theatres, [&selection](const Theatre& theatre) {
      return theatre_object(theatre, selection);
    });
  }
  if (all || selection.costs) {
    json["costs"] = list(asked(fleets.costs, selection, true), cost_object);
  }
  if (all || selection.memory) json["memory"] = memory_object(fleets, selection);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace delian::io
