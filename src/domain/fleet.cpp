#include "delian/fleet.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <type_traits>

#include "delian/evidence.hpp"
#include "domain/text.hpp"

namespace delian::fleet {
namespace {

constexpr std::array<std::string_view, hull_kind_count> hull_kinds{
    "carrier",      "amphibious", "destroyer",         "frigate",
    "corvette",     "patrol",     "submarine_nuclear", "submarine_conventional",
    "replenishment"};
constexpr std::array<std::string_view, hull_kind_count> sea_classes{
    "carrier", "amphibious", "escort",    "escort", "patrol",
    "patrol",  "submarine",  "submarine", "oiler"};
constexpr std::array<std::string_view, 3> basings{"home", "forward", "resident"};
constexpr std::array<std::string_view, 3> figure_kinds{"personnel", "spending", "spending_share"};

// No navy has more ships of a kind, no armed forces more thousands of people or billions: a figure
// beyond is in another unit.
constexpr double most_ships = 500;
constexpr double most_people = 1e6;
constexpr std::array<double, 3> most_of_figure{5'000, 2'000, 100};
constexpr double most_cost = 10'000;
constexpr double most_years = 50;
constexpr double most_days = 2'000;
constexpr double days_per_year = 365.25;

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

/// Collects problems below one place.
class Checker {
 public:
  void report(std::string_view code, std::string pointer, std::string message,
              std::string fix = {}) {
    problems_.push_back(diagnose(code, std::move(pointer), std::move(message), std::move(fix)));
  }

  void basis(const Basis& basis, const std::string& at) {
    if (basis.source.empty()) {
      report("E624", below(at, "source"), "nothing says where this is from",
             "name who published it and when; for a guess, what should be checked");
    }
    if (basis.grade != memory_grade && !is_grade(basis.grade)) {
      report("E403", below(at, "grade"), quoted(basis.grade) + " is not a grade",
             "write a letter A-F for the source and a digit 1-6 for the information, such as B2, "
             "or \"memory\"");
    }
  }

  void id(const std::string& id, const std::string& pointer) {
    const auto allowed = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    if (id.empty() || !std::all_of(id.begin(), id.end(), allowed)) {
      report("E632", pointer, quoted(id) + " is not an id",
             "lower-case letters, digits and hyphens: \"pearl-harbor\"");
    }
  }
  void port(const std::string& port, const std::string& pointer) {
    if (!port.empty()) id(port, pointer);
  }

  void estimate(std::string_view code, const Estimate& value, double most, bool whole,
                const std::string& pointer) {
    const bool ordered = value.low >= 0 && value.low <= value.likely &&
                         value.likely <= value.high && value.high <= most;
    const auto is_whole = [](double number) { return number == std::floor(number); };
    if (ordered &&
        (!whole || (is_whole(value.low) && is_whole(value.likely) && is_whole(value.high)))) {
      return;
    }
    report(code, pointer,
           (value.is_exact() ? short_number(value.likely)
                             : short_number(value.likely) + " (" + short_number(value.low) +
                                   " to " + short_number(value.high) + ')') +
               " cannot be; it must be from 0 to " + short_number(most) +
               (whole ? " in whole numbers" : "") + ", low not above it and high not below");
  }

  void number(std::optional<double> value, double least, double most, const std::string& pointer) {
    if (value && !(*value >= least && *value <= most)) {
      report("E623", pointer,
             short_number(*value) + " is out of range; it must be from " + short_number(least) +
                 " to " + short_number(most));
    }
  }

  void period(const std::optional<Date>& from, const std::optional<Date>& until,
              const std::string& pointer) {
    if (from && until && until->latest() < from->earliest()) {
      report("E303", pointer,
             "it ends on " + until->text() + ", before it begins on " + from->text());
    }
  }

  static std::string below(const std::string& at, std::string_view key) {
    return at.empty() ? std::string(key) : at + '.' + std::string(key);
  }

  bool has(std::string_view code) const {
    return std::any_of(problems_.begin(), problems_.end(),
                       [code](const Diagnostic& problem) { return problem.code == code; });
  }

  Diagnostics take() { return std::move(problems_); }

 private:
  Diagnostics problems_;
};

std::string item(std::string_view list, std::size_t k) {
  return std::string(list) + '[' + std::to_string(k) + ']';
}

void check_hulls(const Navy& navy, Checker& checker) {
  std::set<std::string> seen;
  for (std::size_t k = 0; k < navy.hulls.size(); ++k) {
    const Hulls& row = navy.hulls[k];
    const std::string at = item("hulls", k);
    checker.basis(row.basis, at);
    checker.estimate("E622", row.count, most_ships, true, at + ".count");
    const auto& ports = navy.ports;
    if (!row.port.empty() && std::find(ports.begin(), ports.end(), row.port) == ports.end()) {
      const std::vector<std::string_view> known(ports.begin(), ports.end());
      checker.report("E625", at + ".port", quoted(row.port) + " is not among the ports of the navy",
                     known.empty() ? "name it in ports = [...]" : did_you_mean(row.port, known));
    }
    const std::string same = std::string(hull_kind_id(row.kind)) + '|' + row.name + '|' + row.port +
                             '|' + std::string(basing_id(row.basing));
    if (!seen.insert(same).second) {
      checker.report("E626", at,
                     "two rows hold the same kind, name and port, so that ships count twice",
                     "give a name to each, or make one row of them");
    }
  }
}

Estimate sum_of_rows(const Navy& navy, HullKind kind) {
  Estimate sum;
  for (const Hulls& row : navy.hulls) {
    if (row.kind == kind) sum = sum + row.count;
  }
  return sum;
}

void check_totals(const Navy& navy, Checker& checker) {
  std::set<HullKind> seen;
  for (std::size_t k = 0; k < navy.totals.size(); ++k) {
    const Total& total = navy.totals[k];
    const std::string at = item("totals", k);
    checker.basis(total.basis, at);
    checker.estimate("E622", total.count, most_ships, true, at + ".count");
    if (!seen.insert(total.kind).second) {
      checker.report("E626", at, "two totals of one kind");
    }
    if (checker.has("E622")) continue;  // what is no count adds up to nothing
    const Estimate rows = sum_of_rows(navy, total.kind);
    if (rows.likely != total.count.likely) {
      checker.report("E633", at + ".count",
                     "the rows of this kind add up to " + short_number(rows.likely) +
                         ", the total says " + short_number(total.count.likely),
                     "mend a row or the total");
    } else if (total.count.low < rows.low || total.count.high > rows.high) {
      checker.report("E633", at,
                     "a total is there to say more than its rows do, from " +
                         short_number(rows.low) + " to " + short_number(rows.high),
                     "narrow its range");
    }
  }
}

void check_figures(const Navy& navy, Checker& checker) {
  std::set<std::pair<Figure::Kind, std::string>> seen;
  for (std::size_t k = 0; k < navy.figures.size(); ++k) {
    const Figure& figure = navy.figures[k];
    const std::string at = item("figures", k);
    checker.basis(figure.basis, at);
    const auto kind = static_cast<std::size_t>(figure.kind);
    checker.estimate("E623", figure.value, most_of_figure[kind], false, at + ".value");
    if (!seen.emplace(figure.kind, figure.basis.source).second) {
      checker.report("E626", at,
                     "two figures for " + std::string(figure_kinds[kind]) + " from one source");
    }
  }
}

void check_forces(const Theatre& theatre, Checker& checker) {
  for (std::size_t k = 0; k < theatre.forces.size(); ++k) {
    const ForwardForce& force = theatre.forces[k];
    const std::string at = item("forces", k);
    checker.basis(force.basis, at);
    checker.port(force.port, at + ".port");
    if (force.ships) checker.estimate("E622", *force.ships, most_ships, true, at + ".ships");
    if (force.people) checker.estimate("E623", *force.people, most_people, false, at + ".people");
    checker.period(force.from, force.until, at + ".until");
    if (!force.ships && !force.people) {
      checker.report("E631", at, "neither ships nor people: nothing says how strong this is",
                     "add ships = ... or people = ...");
    } else if (force.kind && !force.ships) {
      checker.report("E631", at + ".kind", "a kind of ship, but not how many", "add ships = ...");
    }
  }
}

void check_days(const Deployment& deployment, const std::string& at, Checker& checker) {
  checker.number(deployment.stated, 1, most_days, at + ".days");
  checker.number(deployment.days_in_theatre, 1, most_days, at + ".days_in_theatre");
  checker.period(deployment.left, deployment.returned, at + ".returned");
  const std::optional<DayRange> away = deployment.days_away();
  if (!away || away->most < 0) return;
  const std::string range = away->least == away->most
                                ? std::to_string(away->most)
                                : std::to_string(away->least) + " to " + std::to_string(away->most);
  // "over 210 days", "about 200": a week either way is how people count.
  constexpr double slack = 7;
  if (deployment.stated &&
      (*deployment.stated < away->least - slack || *deployment.stated > away->most + slack)) {
    checker.report("E629", at + ".days",
                   short_number(*deployment.stated) + " days, but from " + deployment.left.text() +
                       " to " + deployment.returned->text() + " it is " + range);
  }
  if (deployment.days_in_theatre && *deployment.days_in_theatre > away->most) {
    checker.report(
        "E629", at + ".days_in_theatre",
        short_number(*deployment.days_in_theatre) + " days in the theatre, but away for " + range);
  }
}

void check_deployments(const Theatre& theatre, Checker& checker) {
  for (std::size_t k = 0; k < theatre.deployments.size(); ++k) {
    const Deployment& deployment = theatre.deployments[k];
    const std::string at = item("deployments", k);
    checker.basis(deployment.basis, at);
    if (deployment.units.empty()) {
      checker.report("E628", at + ".units", "no ships took part, so there is nothing to count",
                     "write units = { frigate = 1 }");
    }
    std::set<HullKind> seen;
    for (const Units& units : deployment.units) {
      const std::string unit_at = at + ".units." + std::string(hull_kind_id(units.kind));
      if (units.ships < 1 || units.ships > most_ships) {
        checker.report("E622", unit_at,
                       std::to_string(units.ships) + " ships; it must be from 1 to " +
                           short_number(most_ships) + " in whole numbers");
      }
      if (!seen.insert(units.kind).second) {
        checker.report("E626", unit_at, "ships of one kind are counted twice");
      }
    }
    for (std::size_t p = 0; p < deployment.ports.size(); ++p) {
      checker.id(deployment.ports[p], item(at + ".ports", p));
    }
    checker.number(deployment.people, 1, most_people, at + ".people");
    check_days(deployment, at, checker);
  }
}

void check_goals(const Theatre& theatre, Checker& checker) {
  for (std::size_t k = 0; k < theatre.goals.size(); ++k) {
    const Goal& goal = theatre.goals[k];
    const std::string at = item("goals", k);
    checker.basis(goal.basis, at);
    checker.estimate("E622", goal.ships, most_ships, true, at + ".ships");
    if (goal.by.empty()) {
      checker.report("E624", at + ".by", "nothing says who declared it",
                     "name the minister, the paper or the service");
    }
    if (goal.all_year && (goal.every_years || goal.days)) {
      checker.report("E630", at + (goal.every_years ? ".every_years" : ".days"),
                     "all_year says every day, so that nothing else can be said of the days",
                     "keep one of the two");
    } else if (!goal.all_year && !goal.every_years) {
      checker.report("E630", at, "nothing says how often or for how long",
                     "write every_years = 2, with days = ... if it was said, or all_year = true");
    }
    checker.number(goal.every_years, 0.1, most_years, at + ".every_years");
    checker.number(goal.days, 1, most_days, at + ".days");
    if (goal.days && goal.every_years && *goal.days > *goal.every_years * days_per_year) {
      checker.report("E629", at + ".days",
                     short_number(*goal.days) + " days away every " +
                         short_number(*goal.every_years) + " years: there are not so many");
    }
    checker.period(goal.from, goal.until, at + ".until");
  }
}

template <class Row>
void check_ids(const std::vector<Row>& rows, std::string_view list, std::set<std::string>& seen,
               Checker& checker) {
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::string pointer = item(list, k) + ".id";
    checker.id(rows[k].id, pointer);
    if (!seen.insert(rows[k].id).second) {
      checker.report("E626", pointer, "two rows are called " + quoted(rows[k].id));
    }
  }
}

/// What a row is about, in a word.
template <class Row>
std::string_view what_of(const Row& row) {
  if constexpr (requires { row.id; }) {
    return row.id;
  } else if constexpr (std::is_same_v<Row, Figure>) {
    return figure_kinds[static_cast<std::size_t>(row.kind)];
  } else {
    return hull_kind_id(row.kind);
  }
}

void move_below(const std::string& place, Diagnostics from, Diagnostics& to) {
  for (Diagnostic& problem : from) {
    problem.place.pointer = place + '.' + problem.place.pointer;
    to.push_back(std::move(problem));
  }
}

}  // namespace

// --- words --------------------------------------------------------------------------------------

std::span<const std::string_view> hull_kind_ids() {
  return hull_kinds;
}
std::string_view hull_kind_id(HullKind kind) {
  return hull_kinds[static_cast<std::size_t>(kind)];
}
bool is_escort(HullKind kind) {
  return kind == HullKind::destroyer || kind == HullKind::frigate;
}
std::string_view sea_class(HullKind kind) {
  return sea_classes[static_cast<std::size_t>(kind)];
}
std::span<const std::string_view> basing_ids() {
  return basings;
}
std::string_view basing_id(Basing basing) {
  return basings[static_cast<std::size_t>(basing)];
}
std::span<const std::string_view> figure_kind_ids() {
  return figure_kinds;
}

// --- what the facts say -------------------------------------------------------------------------

Estimate operator+(const Estimate& a, const Estimate& b) {
  return {a.low + b.low, a.likely + b.likely, a.high + b.high};
}

Estimate Navy::count(HullKind kind) const {
  for (const Total& total : totals) {
    if (total.kind == kind) return total.count;
  }
  return sum_of_rows(*this, kind);
}

Estimate Navy::escorts() const {
  return count(HullKind::destroyer) + count(HullKind::frigate);
}

const Figure* Navy::find_figure(Figure::Kind kind) const {
  const Figure* latest = nullptr;
  for (const Figure& figure : figures) {
    if (figure.kind != kind) continue;
    if (latest == nullptr || latest->basis.on <= figure.basis.on) latest = &figure;
  }
  return latest;
}

int Deployment::ships() const {
  int sum = 0;
  for (const Units& kind : units) sum += kind.ships;
  return sum;
}

std::optional<DayRange> Deployment::days_away() const {
  if (!returned) return std::nullopt;
  return DayRange{std::max(0, days_between(left.latest(), returned->earliest())),
                  days_between(left.earliest(), returned->latest())};
}

Estimate Goal::average_ships(double days_if_unsaid) const {
  const double share =
      all_year ? 1
               : std::min(days.value_or(days_if_unsaid) / (every_years.value_or(1) * days_per_year),
                          1.0);
  return {ships.low * share, ships.likely * share, ships.high * share};
}

const Navy* Fleets::find_navy(std::string_view state) const {
  for (const Navy& navy : navies) {
    if (navy.state == state) return &navy;
  }
  return nullptr;
}

const Theatre* Fleets::find_theatre(std::string_view id) const {
  for (const Theatre& theatre : theatres) {
    if (theatre.id == id) return &theatre;
  }
  return nullptr;
}

const AnnualCost* Fleets::find_cost(HullKind kind, std::string_view state) const {
  const AnnualCost* any = nullptr;
  for (const AnnualCost& cost : costs) {
    if (cost.kind != kind) continue;
    if (!cost.state.empty() && cost.state == state) return &cost;
    if (cost.state.empty()) any = &cost;
  }
  return any;
}

// --- checks -------------------------------------------------------------------------------------

Diagnostics problems_of(const Navy& navy) {
  Checker checker;
  checker.basis(navy.basis, "");
  std::set<std::string> seen;
  for (std::size_t k = 0; k < navy.ports.size(); ++k) {
    checker.id(navy.ports[k], item("ports", k));
    if (!seen.insert(navy.ports[k]).second) {
      checker.report("E626", item("ports", k), quoted(navy.ports[k]) + " is named twice");
    }
  }
  if (!navy.cycle.empty()) checker.id(navy.cycle, "cycle");
  if (navy.hulls.empty() && navy.basis.note.empty()) {
    checker.report("E627", "hulls", "no ships, and nothing says why",
                   "add hulls = [...], or note = \"landlocked\"");
  }
  check_hulls(navy, checker);
  check_totals(navy, checker);
  check_figures(navy, checker);
  return checker.take();
}

Diagnostics problems_of(const Theatre& theatre) {
  Checker checker;
  checker.id(theatre.id, "id");
  for (std::size_t k = 0; k < theatre.ports.size(); ++k) {
    checker.port(theatre.ports[k], item("ports", k));
  }
  std::set<std::string> seen;
  check_ids(theatre.forces, "forces", seen, checker);
  check_ids(theatre.deployments, "deployments", seen, checker);
  check_ids(theatre.goals, "goals", seen, checker);
  check_forces(theatre, checker);
  check_deployments(theatre, checker);
  check_goals(theatre, checker);
  return checker.take();
}

Diagnostics problems_of(std::span<const AnnualCost> costs) {
  Checker checker;
  std::set<std::pair<HullKind, std::string>> seen;
  for (std::size_t k = 0; k < costs.size(); ++k) {
    const AnnualCost& cost = costs[k];
    const std::string at = item("costs", k);
    checker.basis(cost.basis, at);
    checker.estimate("E623", cost.million_usd, most_cost, false, at + ".million_usd");
    if (!seen.emplace(cost.kind, cost.state).second) {
      checker.report("E626", at, "two costs of one kind and navy");
    }
  }
  return checker.take();
}

Expected<Fleets> make_fleets(Fleets fleets) {
  const auto by_state = [](const Navy& a, const Navy& b) { return a.state < b.state; };
  std::stable_sort(fleets.navies.begin(), fleets.navies.end(), by_state);
  Diagnostics problems;
  for (std::size_t k = 0; k < fleets.navies.size(); ++k) {
    const Navy& navy = fleets.navies[k];
    const std::string at = item("navies", k);
    move_below(at, problems_of(navy), problems);
    if (k > 0 && fleets.navies[k - 1].state == navy.state) {
      problems.push_back(
          diagnose("E626", at + ".state", "two navies are of " + quoted(navy.state)));
    }
  }
  std::set<std::string> ids;
  for (std::size_t k = 0; k < fleets.theatres.size(); ++k) {
    const Theatre& theatre = fleets.theatres[k];
    const std::string at = item("theatres", k);
    move_below(at, problems_of(theatre), problems);
    std::set<std::string> own{theatre.id};
    for (const ForwardForce& row : theatre.forces) own.insert(row.id);
    for (const Deployment& row : theatre.deployments) own.insert(row.id);
    for (const Goal& row : theatre.goals) own.insert(row.id);
    for (const std::string& id : own) {
      if (!ids.insert(id).second) {
        problems.push_back(
            diagnose("E626", at, "an earlier theatre has the id " + quoted(id), "choose another"));
      }
    }
  }
  for (Diagnostic& problem : problems_of(std::span<const AnnualCost>(fleets.costs))) {
    problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return fleets;
}

// --- what should be checked ---------------------------------------------------------------------

MemoryList memory_cells(const Fleets& fleets) {
  MemoryList list;
  const auto look = [&list](const std::string& file, std::string pointer, const std::string& state,
                            std::string_view what, const Basis& basis) {
    ++list.of;
    if (!basis.from_memory()) return;
    list.cells.push_back({file, std::move(pointer), state, std::string(what), &basis});
  };
  const auto look_at_rows = [&look](const std::string& file, std::string_view key, const auto& rows,
                                    const std::string* state = nullptr) {
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const auto& row = rows[k];
      if constexpr (requires { row.state; }) {
        look(file, item(key, k), row.state, what_of(row), row.basis);
      } else {
        look(file, item(key, k), *state, what_of(row), row.basis);
      }
    }
  };
  for (const Navy& navy : fleets.navies) {
    const std::string file = "data/fleets/" + navy.state + ".toml";
    if (navy.hulls.empty()) look(file, "note", navy.state, "no ships", navy.basis);
    look_at_rows(file, "hulls", navy.hulls, &navy.state);
    look_at_rows(file, "totals", navy.totals, &navy.state);
    look_at_rows(file, "figures", navy.figures, &navy.state);
  }
  for (const Theatre& theatre : fleets.theatres) {
    const std::string file = "data/theatres/" + theatre.id + ".toml";
    look_at_rows(file, "forces", theatre.forces);
    look_at_rows(file, "deployments", theatre.deployments);
    look_at_rows(file, "goals", theatre.goals);
  }
  look_at_rows("data/hull-costs.toml", "costs", fleets.costs);
  return list;
}

}  // namespace delian::fleet
