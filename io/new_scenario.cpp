#include "io/new_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/atlas.hpp"
#include "io/scenario.hpp"
#include "io/toml.hpp"
#include "src/domain/seats.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

struct Texts {
  std::string_view head, title, asks, opens, closes, proposal, scale, zero, text, hundred, body,
      kind, reversion, members, elected, influence, evidence, says, by, grade, from_table, on_scale,
      all_members;
};

constexpr Texts english{
    "# Values: 90 | \"10 to 30\" | \"5 (1 to 20)\" | \"unknown\". Ranges hold with 90 %.",
    "What is to be decided, in a few words",
    "Do the members agree by the day of the decision?",
    "when the proposal went live; months count from here",
    "the day of the decision; the rows below are the members of this day",
    "where the text on the table sits on the scale",
    "# Words for the numbers. Add points where the meaning changes.",
    "No change",
    "The text on the table",
    "The most anybody asks for",
    "name",
    "optional: another rule than the body's own",
    "what stays if nothing is agreed",
    "# position: what it wants, on the scale. salience: how much it cares. resolve: readiness to\n"
    "# block alone. Put a source in src for each number you know.",
    "# Seats held for a term, of which Delian does not know who holds them that day; add a row "
    "for\n"
    "# each:",
    "or \"members\", or a weight series of the body",
    "# One entry for each claim. kind = \"report\" has a source and a date, \"judgement\" a name.",
    "First guess; nothing found yet",
    "your name",
    "source A-F, information 1-6",
    "Positions and saliences of the table {} ({})",
    "{} on the issue's own scale",
    "as the table says in each row"};

constexpr Texts french{
    "# Valeurs : 90 | \"10 to 30\" | \"5 (1 to 20)\" | \"unknown\". Fourchettes à 90 %.",
    "Ce qui est à décider, en quelques mots",
    "Les membres s'accordent-ils d'ici au jour de la décision ?",
    "mise sur la table de la proposition ; les mois se comptent d'ici",
    "jour de la décision ; les lignes ci-dessous sont les membres de ce jour",
    "place du texte proposé sur l'échelle",
    "# Des mots pour les chiffres. Ajoutez un point là où le sens change.",
    "Rien ne change",
    "Le texte proposé",
    "Le plus que quelqu'un demande",
    "nom",
    "facultatif : une autre règle que celle de l'organe",
    "ce qui reste faute d'accord",
    "# position : ce que veut le membre, sur l'échelle. salience : combien il y tient. resolve :\n"
    "# disposé à bloquer seul. Donnez dans src la source de chaque chiffre connu.",
    "# Sièges tenus pour un mandat, dont Delian ignore les titulaires ce jour ; ajoutez une ligne\n"
    "# pour chacun :",
    "ou \"members\", ou une série de poids de l'organe",
    "# Une entrée par fait. kind = \"report\" a une source et une date, \"judgement\" un nom.",
    "Première estimation ; rien trouvé encore",
    "votre nom",
    "source A-F, information 1-6",
    "Positions et importances du tableau {} ({})",
    "{} sur l'échelle de l'enjeu",
    "comme le dit le tableau dans chaque ligne"};

// `left` with a comment that starts at one column for a whole section where it fits.
std::string commented(const std::string& left, std::string_view comment) {
  return fmt::format("{:<24} # {}\n", left, comment);
}

}  // namespace

std::string skeleton(const Body& body, const Date& date, std::string_view language,
                     const KnownNumbers* known) {
  const Texts& t = language == "fr" ? french : english;
  const KnownNumbers nothing;
  const KnownNumbers& given = known == nullptr ? nothing : *known;
  const Date day = date.earliest();
  std::string out;
  out += fmt::format("format   = \"{}\"\n", scenario_format);
  out += "marking  = \"\"\n";
  out += "interval = 0.90\n";
  out += fmt::format("{}\n\n[question]\n", t.head);
  out += fmt::format("id       = {}\n", toml::quote(body.id + '-' + day.text()));
  out += fmt::format("title    = {}\n", toml::quote(given.title.empty() ? t.title : given.title));
  out += fmt::format("asks     = {}\n", toml::quote(t.asks));
  out += commented("opens    = " + day.text(), t.opens);
  out += commented("closes   = " + day.text(), t.closes);
  // A text equal to what holds without agreement would be no proposal.
  const std::string reversion = fmt::format("{:.6g}", given.reversion.value_or(0));
  const std::string proposal = reversion == "60" ? "40" : "60";
  out += commented("proposal = " + proposal, t.proposal);
  out += fmt::format("\n[scale]\n{}\n0   = {}\n{}  = {}\n100 = {}\n", t.scale,
                     toml::quote(given.low.empty() ? t.zero : given.low), proposal,
                     toml::quote(t.text), toml::quote(given.high.empty() ? t.hundred : given.high));
  out += "\n[rule]\n";
  out += commented("body      = " + toml::quote(body.id), body.name.in(language));
  const auto own = std::find_if(body.rules.begin(), body.rules.end(), [&](const RulePeriod& r) {
    return r.from.earliest() <= day && (!r.until || day <= r.until->latest());
  });
  // A body without a known rule on the day needs one to be named; consensus fits every body.
  const bool has_rule = own != body.rules.end();
  out += commented(fmt::format("{} = {}", has_rule ? "# kind   " : "kind     ",
                               toml::quote(has_rule ? own->preset : "consensus")),
                   t.kind);
  out += commented("reversion = " + reversion, t.reversion);

  out += fmt::format("\n[members]\n{}\n", t.members);
  const std::vector<std::string> members = body.members_on(day);
  const bool all_known = std::all_of(members.begin(), members.end(), [&](const std::string& code) {
    return given.members.contains(code);
  });
  for (const std::string& code : members) {
    const Country* country = atlas().find_country(code);
    const auto row = given.members.find(code);
    const std::string name = country == nullptr ? code : country->name.in(language);
    if (row == given.members.end()) {
      out += fmt::format(
          "{} = {{ position = \"unknown\", salience = \"unknown\", resolve = 50, src = [\"J1\"] }}"
          "  # {}\n",
          toml::write_key(code), name);
      continue;
    }
    const MemberNumbers& numbers = row->second;
    out += fmt::format(
        "{} = {{ position = {:.6g}, salience = {:.6g}, resolve = 50{}, src = {{ position = "
        "[\"T1\"], salience = [\"T1\"], resolve = [\"J1\"] }} }}  # {}\n",
        toml::write_key(code), numbers.position, numbers.salience,
        all_known ? fmt::format(", influence = {:.10g}", numbers.influence) : "", name);
  }
  if (const std::size_t open = elected_seats(body, day).open; open > 0) {
    out += fmt::format("{} {}\n", t.elected, open);
  }
  out += "\n[influence]\n";
  if (all_known && !members.empty()) {
    out += commented("from = \"members\"", t.all_members);
  } else {
    out += commented("from = \"equal\"", t.influence);
  }
  for (const WeightSeries& series : body.weights) {
    out += fmt::format("# {}: {}\n", series.id, series.title);
  }
  out += fmt::format("\n{}\n[[evidence]]\n", t.evidence);
  out += "id    = \"J1\"\nkind  = \"judgement\"\n";
  out += fmt::format("says  = {}\nby    = {}\n", toml::quote(t.says), toml::quote(t.by));
  out += commented("grade = \"F6\"", t.grade);
  if (!given.says.empty()) {
    out += "\n[[evidence]]\nid    = \"T1\"\nkind  = \"judgement\"\n";
    out += fmt::format("says  = {}\nby    = {}\n", toml::quote(given.says), toml::quote(t.by));
    out += commented("grade = \"F6\"", t.grade);
  }
  return out;
}

Expected<KnownNumbers> numbers_of_members(const ImportedTable& imported, std::size_t issue,
                                          std::string_view source, const Body& body,
                                          const Date& date, std::string_view language) {
  const Texts& t = language == "fr" ? french : english;
  const ActorTable& table = imported.table;
  const Issue& about = table.issues()[issue];
  KnownNumbers known;
  known.title = !about.title.empty()     ? about.title
                : !table.title().empty() ? table.title()
                                         : about.id;
  const auto to_hundred = [&](double value) {
    return 100 * (value - about.low) / (about.high - about.low);
  };
  known.low = fmt::format(fmt::runtime(t.on_scale), short_number(about.low));
  known.high = fmt::format(fmt::runtime(t.on_scale), short_number(about.high));
  if (about.reversion) known.reversion = to_hundred(*about.reversion);
  known.says = fmt::format(fmt::runtime(t.from_table), source, known.title);

  const std::vector<std::string> members = body.members_on(date);
  std::map<std::string, std::size_t> placed;  // member to actor
  Diagnostics problems;
  const auto refuse = [&](std::size_t i, std::string message, std::string fix) {
    Diagnostic problem = diagnose("E522", "", std::move(message), std::move(fix));
    problem.place = imported.actor_places[i];
    problems.push_back(std::move(problem));
  };
  for (std::size_t i = 0; i < table.actors().size(); ++i) {
    const auto& stand = table.stand(i, issue);
    if (!stand) continue;
    const std::string name = '"' + printable(table.actors()[i]) + '"';
    const Country* country = atlas().guess_country(table.actors()[i]);
    if (country == nullptr) {
      refuse(i, name + " is no country that Delian knows",
             "Write its ISO code, such as FR, or take its rows out of the table.");
    } else if (std::find(members.begin(), members.end(), country->code) == members.end()) {
      refuse(i, name + " is no member of " + body.name.en + " on " + date.text(),
             "Take its rows out of the table, or correct the body or the date.");
    } else if (!placed.emplace(country->code, i).second) {
      refuse(i,
             name + " and \"" + printable(table.actors()[placed[country->code]]) + "\" are both " +
                 country->code,
             "Keep one.");
    } else {
      known.members[country->code] = {to_hundred(stand->position), 100 * stand->salience,
                                      stand->capability};
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return known;
}

}  // namespace delian::io
