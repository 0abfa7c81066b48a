#include "report/presence_messages.hpp"

namespace delian::presence {
namespace {

constexpr PresenceMessages english{
    .heading = "Ships always on station near {0}, ships from home at {1} kn",
    .columns = {"ships", "90 %", "resident", "one there", "away", "seen", "limit"},
    .columns_note =
        "ships: on station on an average day, median of the draws; resident: of these, living in "
        "the region and counted wherever in it they are; one there: chance of at least one, from "
        "cruises independent of one another to cruises perfectly staggered; away: on station, on "
        "the way or on visits; seen: sent from home, on an average day of the {0} years before the "
        "question closed; limit: what holds ships from home back most often",
    .limits = {"reach", "fleet", "politics", "yards", "oilers", "crews", "money"},
    .outsider_mark = "*: no member",
    .nobody = "No state is known to give ships.",
    .credible = "One ship always there: {0} can keep it.",
    .borderline = "Borderline, with the chance that it keeps one: {0}.",
    .fraction = "A fraction of one ship: {0}.",
    .nobody_credible = "Nobody can keep one ship there always.",
    .summary = "Ships always near {0}: {1}.",
    .summary_declared =
        "{0} declared {1} ships away from home on an average day and can keep {2} (90 %: {3} to "
        "{4}).",
    .together = "The members together: {0} ships (90 %: {1} to {2}), frigates and larger {3}.",
    .seen_shares =
        "The share of {0} is what was seen: its cruises to the region in {1} years before the "
        "question closed.",
    .gives_nothing = "Have frigates or destroyers, give none and were not seen: {0}.",
    .no_escort = "{0} members have none.",
    .unknown = "Not among the facts: {0}.",
    .asks_heading = "What is asked for",
    .asks_nothing = "The text ({0}) asks for no ships.",
    .asks = "The text ({0}) asks for {1}, always.",
    .kinds = {"{0} carriers", "{0} frigates or larger", "{0} patrol ships", "{0} oilers"},
    .enough = "The members can keep that: {0}.",
    .given_agreement =
        "Given some agreement ({0}), those who take part keep {1} ships (90 %: {2} to {3}).",
    .enough_if_agreed = "Enough for what is then agreed: {0}.",
    .declared_heading = "What was declared, in ships away from home on an average day",
    .declared_columns = {"declared", "kept", "90 %", "short by"},
    .declared_note = "kept: with the share given, passage included; short by: 1 - kept / declared",
    .all = "together",
    .arrivals_heading = "If all that is given were called: ships there after so many days",
    .arrivals_note =
        "median over the phases of each ship's cycle on that day; ships at sea count as far away "
        "as those at home",
    .closures_heading = "If a gate is shut throughout",
    .closure = "{0} (chance {1}): {2} ships become {3}.",
    .no_way = "No way left for {0}.",
    .levers_heading = "What it takes, and what one more of something adds, in ships",
    .lever_columns = {"hulls", "at most", "hull", "freed", "month", "based", "$100m", "$m/ship"},
    .levers_note =
        "hulls: from home for one always there; at most: ships there if every escort were given; "
        "then what one more adds: hull, one more in the navy, given like the others; freed, one "
        "that is held back is given; month, each cruise longer by one; based, one of its hulls "
        "based there; $100m, of freed hulls, a year; $m/ship: a year of one ship from home always "
        "there",
    .cover_heading = "To keep {0} always there with ships from home alone",
    .cover_met = "All {0} months are covered, and so on for ever.",
    .cover_missing = "Covered: {0} of {1} ship-months in {2} months, and so on for ever.",
    .cover_cost = "The ships that sail cost ${0} million a year.",
    .cover_unproven = "The solver stopped at its limit; there may be a better schedule.",
    .cover_binds = "What binds: {0}.",
    .cover_no_single = "No single limit binds.",
    .cover_more = "{0} more would do.",
    .cover_limits = {"ships", "yards", "tempo", "oilers", "money"},
    .cover_columns = {"given", "turns", "months on station"},
    .cover_note =
        "given: ships, as the share says; a turn is a cycle with its yard, work-up and rest, or "
        "one "
        "or two months longer on station and less at home",
    .footer = "{0} draws, seed {1}, delian {2}. How it is worked out: docs/presence.md.",
    .list_and = " and ",
    .to = " to ",
    .never = "never",
    .thousands = ',',
    .decimal = '.',
};

constexpr PresenceMessages french{
    .heading = "Navires en permanence près de {0}, ceux qui viennent du pays à {1} nœuds",
    .columns = {"navires", "90 %", "basés", "un là", "loin", "vu", "limite"},
    .columns_note =
        "navires : en station un jour moyen, médiane des tirages ; basés : parmi eux, ceux qui "
        "vivent dans la région et comptent où qu'ils y soient ; un là : probabilité qu'il y "
        "en ait au moins un, de croisières indépendantes à parfaitement échelonnées ; loin : en "
        "station, en route ou en escale ; vu : envoyés du pays, un jour moyen des {0} ans avant la "
        "clôture de la question ; limite : ce qui retient le plus souvent les navires du pays",
    .limits = {"distance", "flotte", "politique", "chantiers", "pétroliers", "équipages", "argent"},
    .outsider_mark = "* : non-membre",
    .nobody = "On ne connaît aucun État qui donne des navires.",
    .credible = "Un navire toujours là : {0} peuvent le tenir.",
    .borderline = "À la limite, avec la probabilité d'en tenir un : {0}.",
    .fraction = "Une fraction de navire : {0}.",
    .nobody_credible = "Personne ne peut y tenir un navire en permanence.",
    .summary = "Navires en permanence près de {0} : {1}.",
    .summary_declared =
        "{0} ont annoncé {1} navires loin du pays un jour moyen et peuvent en tenir {2} (90 % : de "
        "{3} à {4}).",
    .together =
        "Les membres ensemble : {0} navires (90 % : de {1} à {2}), dont frégates et plus grands "
        "{3}.",
    .seen_shares =
        "La part de {0} est celle que l'on a vue : ses croisières dans la région pendant les {1} "
        "ans avant la clôture de la question.",
    .gives_nothing =
        "Ont des frégates ou des destroyers, n'en donnent pas et n'ont pas été vus : "
        "{0}.",
    .no_escort = "{0} membres n'en ont pas.",
    .unknown = "Absents des données : {0}.",
    .asks_heading = "Ce qui est demandé",
    .asks_nothing = "Le texte ({0}) ne demande aucun navire.",
    .asks = "Le texte ({0}) demande {1}, en permanence.",
    .kinds = {"{0} porte-avions", "{0} frégates ou plus grands", "{0} patrouilleurs",
              "{0} ravitailleurs"},
    .enough = "Les membres peuvent le tenir : {0}.",
    .given_agreement =
        "S'il y a un accord quelconque ({0}), ceux qui y prennent part tiennent {1} navires (90 % "
        ": "
        "de {2} à {3}).",
    .enough_if_agreed = "Assez pour ce qui est alors convenu : {0}.",
    .declared_heading = "Ce qui a été annoncé, en navires loin du pays un jour moyen",
    .declared_columns = {"annoncé", "tenu", "90 %", "manque"},
    .declared_note = "tenu : avec la part donnée, trajet compris ; manque : 1 - tenu / annoncé",
    .all = "ensemble",
    .arrivals_heading =
        "Si tout ce qui est donné était appelé : navires arrivés après tant de jours",
    .arrivals_note =
        "médiane sur la phase du cycle de chaque navire ce jour-là ; ceux en mer comptent comme "
        "aussi loin que ceux au port",
    .closures_heading = "Si un passage est fermé tout du long",
    .closure = "{0} (probabilité {1}) : {2} navires deviennent {3}.",
    .no_way = "Plus de route pour {0}.",
    .levers_heading = "Ce qu'il faut, et ce qu'ajoute une unité de plus, en navires",
    .lever_columns = {"coques", "au plus", "coque", "libéré", "mois", "basé", "100 M$", "M$/nav."},
    .levers_note =
        "coques : du pays pour un navire toujours là ; au plus : navires là-bas si toutes les "
        "frégates et plus grands étaient donnés ; puis ce qu'ajoute une unité de plus : coque, une "
        "de plus dans la marine, donnée comme les autres ; libéré, une coque retenue est donnée ; "
        "mois, chaque croisière plus longue d'un mois ; basé, une de ses coques basée là ; 100 M$, "
        "de coques libérées, par an ; M$/nav. : un an d'un navire du pays toujours là",
    .cover_heading = "Pour tenir {0} toujours là avec les seuls navires du pays",
    .cover_met = "Les {0} mois sont couverts, et ainsi de suite.",
    .cover_missing = "Couverts : {0} mois-navires sur {1} en {2} mois, et ainsi de suite.",
    .cover_cost = "Les navires qui partent coûtent {0} millions de dollars par an.",
    .cover_unproven = "Le solveur s'est arrêté à sa limite ; il y a peut-être mieux.",
    .cover_binds = "Ce qui limite : {0}.",
    .cover_no_single = "Aucune limite à elle seule n'en est la cause.",
    .cover_more = "{0} de plus suffiraient.",
    .cover_limits = {"navires", "chantiers", "rythme", "pétroliers", "argent"},
    .cover_columns = {"donnés", "tours", "mois en station"},
    .cover_note =
        "donnés : navires, selon la part ; un tour est un cycle avec chantier, entraînement et "
        "repos, ou un à deux mois de plus en station et de moins au pays",
    .footer = "{0} tirages, graine {1}, delian {2}. La méthode : docs/presence.md.",
    .list_and = " et ",
    .to = " à ",
    .never = "jamais",
    .thousands = ' ',
    .decimal = ',',
};

}  // namespace

const PresenceMessages& presence_messages(Language language) {
  return language == Language::fr ? french : english;
}

}  // namespace delian::presence
