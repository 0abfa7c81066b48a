#include "report/fleet_messages.hpp"

namespace delian::fleet {
namespace {

constexpr FleetMessages english{
    .title = "Ships by kind, {0}",
    .columns = {"CV", "LH", "DD", "FF", "FS", "OPV", "SSN", "SSK", "AOR"},
    .kinds = {{{"carrier", "carriers"},
               {"amphibious ship", "amphibious ships"},
               {"destroyer", "destroyers"},
               {"frigate", "frigates"},
               {"corvette", "corvettes"},
               {"patrol ship", "patrol ships"},
               {"nuclear submarine", "nuclear submarines"},
               {"conventional submarine", "conventional submarines"},
               {"replenishment ship", "replenishment ships"}}},
    .table_note =
        "CV carriers; LH amphibious ships with a dock or a flight deck; DD destroyers and "
        "cruisers; FF frigates; FS corvettes; OPV ocean patrol ships; SSN nuclear attack and "
        "cruise-missile submarines; SSK conventional submarines; AOR replenishment ships. A range "
        "is what sources or memory leave open.",
    .memory_count = "{0} of {1} cells rest on memory and should be checked: {2}",
    .heading = "{0} ({1}), {2}",
    .with_part = "{0}, {1}",
    .ports = "Home ports:",
    .cycle = "Cycle that fits:",
    .figures = {"In uniform: {0} thousand people ({1})",
                "Defence spending: {0} billion US dollars ({1})",
                "Share of gross domestic product: {0} % ({1})"},
    .no_ships = "No ships of the kinds counted.",
    .in_all = "in all",
    .basings = {"{0}", "{0} (forward)", "in the theatre"},
    .basing_unplaced = "forward",
    .row_columns = {"Ships", "Home port", "Grade"},
    .forces = "In the theatre for good: {0}",
    .deployments = "Deployments: {0}",
    .goals = "Promises: {0}",
    .costs = "What a hull costs in a year, in million US dollars",
    .memory = "Cells that rest on memory",
    .nothing = "None known.",
    .ship_words = {"ship", "ships"},
    .people = {"person", "people"},
    .since = "since {0}",
    .starting = "from {0} on",
    .until = "until {0}",
    .at_port = "at {0}",
    .period = "{0} to {1}",
    .still_out = "since {0}",
    .days_away = "{0} days away",
    .days_stated = "{0} as stated",
    .days_in_theatre = "{0} in the theatre",
    .calls = "Calls: {0}",
    .every_year = "every year",
    .every_years = "every {0} years",
    .days_each = "{0} days each",
    .days_unsaid = "for how long was not said",
    .all_year = "all year",
    .declared = "declared {0} by {1}",
    .source = "[{1}] {0}",
    .from_memory = "[memory] to check: {0}",
    .cost = "{0} ({1})",
    .any_navy = "any other",
    .range = "{0} to {1}",
    .memory_note =
        "Each was written down without the document at hand. Whoever has it: mend the cell, name "
        "the source, give a grade from A1 to F6.",
    .memory_word = "memory",
    .none_from_memory = "None: every cell was read in its source.",
    .thousands = ',',
    .decimal = '.',
};

constexpr FleetMessages french{
    .title = "Navires par type, {0}",
    .columns = {"PA", "AMP", "DD", "FF", "COR", "PAT", "SNA", "SSK", "RAV"},
    .kinds = {{{"porte-avions", "porte-avions"},
               {"navire amphibie", "navires amphibies"},
               {"destroyer", "destroyers"},
               {"frégate", "frégates"},
               {"corvette", "corvettes"},
               {"patrouilleur", "patrouilleurs"},
               {"sous-marin nucléaire", "sous-marins nucléaires"},
               {"sous-marin classique", "sous-marins classiques"},
               {"ravitailleur", "ravitailleurs"}}},
    .table_note =
        "PA porte-avions ; AMP navires amphibies avec radier ou pont d'envol ; DD destroyers et "
        "croiseurs ; FF frégates ; COR corvettes ; PAT patrouilleurs de haute mer ; SNA "
        "sous-marins nucléaires d'attaque et lanceurs de missiles de croisière ; SSK sous-marins "
        "classiques ; RAV ravitailleurs. Une fourchette est ce que les sources ou la mémoire "
        "laissent ouvert.",
    .memory_count = "{0} cellules sur {1} reposent sur la mémoire et sont à vérifier : {2}",
    .heading = "{0} ({1}), {2}",
    .with_part = "{0}, {1}",
    .ports = "Ports d'attache :",
    .cycle = "Cycle qui convient :",
    .figures = {"Sous l'uniforme : {0} milliers de personnes ({1})",
                "Dépenses de défense : {0} milliards de dollars ({1})",
                "Part du produit intérieur brut : {0} % ({1})"},
    .no_ships = "Aucun navire des types comptés.",
    .in_all = "en tout",
    .basings = {"{0}", "{0} (avancé)", "sur le théâtre"},
    .basing_unplaced = "avancé",
    .row_columns = {"Navires", "Port d'attache", "Cote"},
    .forces = "En permanence sur le théâtre : {0}",
    .deployments = "Déploiements : {0}",
    .goals = "Promesses : {0}",
    .costs = "Coût annuel d'une coque, en millions de dollars",
    .memory = "Cellules qui reposent sur la mémoire",
    .nothing = "Rien de connu.",
    .ship_words = {"navire", "navires"},
    .people = {"personne", "personnes"},
    .since = "depuis {0}",
    .starting = "à partir de {0}",
    .until = "jusqu'à {0}",
    .at_port = "à {0}",
    .period = "{0} à {1}",
    .still_out = "depuis {0}",
    .days_away = "{0} jours d'absence",
    .days_stated = "{0} selon la source",
    .days_in_theatre = "{0} sur le théâtre",
    .calls = "Escales : {0}",
    .every_year = "chaque année",
    .every_years = "tous les {0} ans",
    .days_each = "{0} jours chacun",
    .days_unsaid = "la durée n'a pas été dite",
    .all_year = "toute l'année",
    .declared = "déclaré {0} par {1}",
    .source = "[{1}] {0}",
    .from_memory = "[mémoire] à vérifier : {0}",
    .cost = "{0} ({1})",
    .any_navy = "toute autre",
    .range = "{0} à {1}",
    .memory_note =
        "Chacune a été notée sans le document sous les yeux. Qui l'a en main corrige la cellule, "
        "nomme la source et donne une cote de A1 à F6.",
    .memory_word = "mémoire",
    .none_from_memory = "Aucune : chaque cellule a été lue dans sa source.",
    .thousands = ' ',
    .decimal = ',',
};

}  // namespace

const FleetMessages& fleet_messages(Language language) {
  return language == Language::fr ? french : english;
}

}  // namespace delian::fleet
