#include "io/new_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/atlas.hpp"
#include "io/scenario.hpp"
#include "io/toml.hpp"
#include "src/domain/seats.hpp"

namespace delian::io {
namespace {

struct Texts {
  std::string_view head, title, asks, opens, closes, proposal, scale, zero, text, hundred, body,
      kind, reversion, members, elected, influence, evidence, says, by, grade;
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
    "source A-F, information 1-6"};

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
    "source A-F, information 1-6"};

// `left` with a comment that starts at one column for a whole section where it fits.
std::string commented(const std::string& left, std::string_view comment) {
  return fmt::format("{:<24} # {}\n", left, comment);
}

}  // namespace

std::string skeleton(const Body& body, const Date& date, std::string_view language) {
  const Texts& t = language == "fr" ? french : english;
  const Date day = date.earliest();
  std::string out;
  out += fmt::format("format   = \"{}\"\n", scenario_format);
  out += "marking  = \"\"\n";
  out += "interval = 0.90\n";
  out += fmt::format("{}\n\n[question]\n", t.head);
  out += fmt::format("id       = {}\n", toml::quote(body.id + '-' + day.text()));
  out += fmt::format("title    = {}\n", toml::quote(t.title));
  out += fmt::format("asks     = {}\n", toml::quote(t.asks));
  out += commented("opens    = " + day.text(), t.opens);
  out += commented("closes   = " + day.text(), t.closes);
  out += commented("proposal = 60", t.proposal);
  out += fmt::format("\n[scale]\n{}\n0   = {}\n60  = {}\n100 = {}\n", t.scale, toml::quote(t.zero),
                     toml::quote(t.text), toml::quote(t.hundred));
  out += "\n[rule]\n";
  out += commented("body      = " + toml::quote(body.id), body.name.in(language));
  const auto own = std::find_if(body.rules.begin(), body.rules.end(), [&](const RulePeriod& r) {
    return r.from.earliest() <= day && (!r.until || day <= r.until->latest());
  });
  // A body without a known rule on the day needs one to be named; consensus fits every body.
  const bool known = own != body.rules.end();
  out += commented(fmt::format("{} = {}", known ? "# kind   " : "kind     ",
                               toml::quote(known ? own->preset : "consensus")),
                   t.kind);
  out += commented("reversion = 0", t.reversion);

  out += fmt::format("\n[members]\n{}\n", t.members);
  for (const std::string& code : body.members_on(day)) {
    const Country* country = atlas().find_country(code);
    out += fmt::format(
        "{} = {{ position = \"unknown\", salience = \"unknown\", resolve = 50, src = [\"J1\"] }}"
        "  # {}\n",
        toml::write_key(code), country == nullptr ? code : country->name.in(language));
  }
  if (const std::size_t open = elected_seats(body, day).open; open > 0) {
    out += fmt::format("{} {}\n", t.elected, open);
  }
  out += "\n[influence]\n";
  out += commented("from = \"equal\"", t.influence);
  for (const WeightSeries& series : body.weights) {
    out += fmt::format("# {}: {}\n", series.id, series.title);
  }
  out += fmt::format("\n{}\n[[evidence]]\n", t.evidence);
  out += "id    = \"J1\"\nkind  = \"judgement\"\n";
  out += fmt::format("says  = {}\nby    = {}\n", toml::quote(t.says), toml::quote(t.by));
  out += commented("grade = \"F6\"", t.grade);
  return out;
}

}  // namespace delian::io
