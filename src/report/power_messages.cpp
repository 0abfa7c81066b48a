#include "report/power_messages.hpp"

namespace delian {
namespace {

constexpr PowerMessages english{
    .members_on = "{0}, {1} members on {2}",
    .all_block = "Every member can block alone.",
    .some_block = "Can block alone: {0}.",
    .none_blocks = "No member can block alone.",
    .act = "Of all coalitions {0} pass.",
    .act_counted = "Of all coalitions {0} pass: {1} of {2}.",
    .profiles = "With abstentions, {0} of all votes pass: {1} of {2}.",
    .nakamura =
        "Nakamura number {0}: so many passing coalitions can be without a common member, and no "
        "fewer. Where {1} or more issues are decided together, majorities may go round in circles.",
    .nakamura_range =
        "Nakamura number from {0} to {1}: the search was cut short. From one issue less than that "
        "number on, majorities may go round in circles.",
    .nakamura_infinite =
        "Nakamura number: infinite. Whoever can block alone is in every passing coalition, so "
        "majorities never go round in circles.",
    .minimal = "Minimal coalitions: {0} to pass, {1} to block.",
    .not_counted = "not counted",
    .about = "about {0}",
    .consensus_alike =
        "Any member can block, so a-priori power is the same for all, {0} each. It tells nothing "
        "about who matters. What does is how likely each member is to say yes: P(pass) and its "
        "gradient.",
    .alike =
        "The rule treats all members alike, so a-priori power is the same for all, {0} each, and "
        "tells nothing about who matters.",
    .needs_chances =
        "For P(pass) give chances of a yes, --p FR=0.3,DE=0.8 --p-default 0.9, or name a scenario "
        "file.",
    .a_priori = "A-priori power",
    .columns = {"Shapley", "Banzhaf", "decides", "prevents", "initiates"},
    .columns_note =
        "Shapley: Shapley-Shubik index; Banzhaf: share of all swings; decides: Banzhaf measure, "
        "the chance to decide if all toss coins; prevents, initiates: Coleman",
    .union_columns = {"union", "Shapley", "Owen", "decides", "with unions"},
    .unions_note =
        "Owen: Shapley-Shubik index when unions stand together; decides: Banzhaf measure; with "
        "unions: the same when they stand together (Banzhaf-Owen)",
    .veto_mark = "*: can block alone",
    .pass = "P(pass)",
    .passes_if_independent = "It passes, if members decide independently of one another: {0}",
    .chances = "Chances of a yes",
    .other_chances = "The other chances of a yes",
    .from_silence =
        "{0}: 1 less the share of draws in which the member objects. In those draws members answer "
        "one another, so they are not independent: {1} of {2} draws end agreed as drafted. That "
        "is the forecast; the table shows where it is sensitive.",
    .from_vote =
        "{0}: 1 less the share of draws in which the member withholds its yes. The draws "
        "themselves end agreed as drafted in {1} of {2}. That is the forecast; the table shows "
        "where it is sensitive.",
    .pass_columns = {"says yes", "decides", "if yes", "if no"},
    .pass_note =
        "decides: the chance that this member tips the vote, the gradient of P(pass); if yes, if "
        "no: P(pass) were its vote certain",
    .more = "{0} more",
    .listed = {"Minimal passing coalitions, smallest first ({0} of {1})",
               "Minimal blocking coalitions, smallest first ({0} of {1})"},
    .listed_all = {"Minimal passing coalitions, smallest first (all {0})",
                   "Minimal blocking coalitions, smallest first (all {0})"},
    .methods = {"closed form", "enumeration", "meeting in the middle",
                "integral along the multilinear extension"},
    .exact_counts = "every coalition counted",
    .exact_integral = "exact up to rounding",
    .provenance = "Method: {0}, {1}; delian {2}",
    .a_priori_warning =
        "A-priori power is what the rule gives, before anybody wants anything. It is not "
        "influence.",
    .list_and = " and ",
    .less_than = "<{0}",
    .thousands = ',',
    .decimal = '.',
};

constexpr PowerMessages french{
    .members_on = "{0}, {1} membres au {2}",
    .all_block = "Chaque membre peut bloquer seul.",
    .some_block = "Peuvent bloquer seuls : {0}.",
    .none_blocks = "Aucun membre ne peut bloquer seul.",
    .act = "De toutes les coalitions, {0} l'emportent.",
    .act_counted = "De toutes les coalitions, {0} l'emportent : {1} sur {2}.",
    .profiles = "Avec les abstentions, {0} des votes possibles l'emportent : {1} sur {2}.",
    .nakamura =
        "Nombre de Nakamura {0} : autant de coalitions gagnantes, et pas moins, peuvent n'avoir "
        "aucun membre commun. Si {1} questions ou plus sont décidées ensemble, les majorités "
        "peuvent tourner en rond.",
    .nakamura_range =
        "Nombre de Nakamura de {0} à {1} : la recherche a été arrêtée. À partir de ce nombre de "
        "questions moins une, les majorités peuvent tourner en rond.",
    .nakamura_infinite =
        "Nombre de Nakamura : infini. Qui peut bloquer seul est dans toute coalition gagnante ; "
        "les majorités ne tournent donc jamais en rond.",
    .minimal = "Coalitions minimales : {0} pour l'emporter, {1} pour bloquer.",
    .not_counted = "nombre inconnu",
    .about = "environ {0}",
    .consensus_alike =
        "Chaque membre peut bloquer : le pouvoir a priori est le même pour tous, {0} chacun. Il ne "
        "dit rien de qui compte. Ce qui le dit, c'est la chance que chacun accepte : "
        "P(adoption) et son gradient.",
    .alike =
        "La règle traite tous les membres de même : le pouvoir a priori est le même pour tous, {0} "
        "chacun, et ne dit rien de qui compte.",
    .needs_chances =
        "Pour P(adoption), donnez les chances d'un oui, --p FR=0.3,DE=0.8 --p-default 0.9, ou un "
        "fichier de scénario.",
    .a_priori = "Pouvoir a priori",
    .columns = {"Shapley", "Banzhaf", "décide", "empêche", "emporte"},
    .columns_note =
        "Shapley : indice de Shapley-Shubik ; Banzhaf : part de tous les basculements ; décide : "
        "mesure de Banzhaf, chance de décider si tous tirent à pile ou face ; empêche, emporte : "
        "Coleman",
    .union_columns = {"union", "Shapley", "Owen", "décide", "avec unions"},
    .unions_note =
        "Owen : indice de Shapley-Shubik quand les unions font bloc ; décide : mesure de Banzhaf ; "
        "avec unions : la même quand elles font bloc (Banzhaf-Owen)",
    .veto_mark = "* : peut bloquer seul",
    .pass = "P(adoption)",
    .passes_if_independent = "Le texte l'emporte, si chacun décide indépendamment des autres : {0}",
    .chances = "Chances d'un oui",
    .other_chances = "Les autres chances d'un oui",
    .from_silence =
        "{0} : 1 moins la part des tirages où le membre objecte. Dans ces tirages les membres se "
        "répondent et ne sont donc pas indépendants : {1} des {2} tirages adoptent le texte tel "
        "quel. Telle est la prévision ; le tableau montre où elle est sensible.",
    .from_vote =
        "{0} : 1 moins la part des tirages où le membre refuse son oui. Des {2} tirages, {1} "
        "adoptent le texte tel quel. Telle est la prévision ; le tableau montre où elle est "
        "sensible.",
    .pass_columns = {"dit oui", "décide", "si oui", "si non"},
    .pass_note =
        "décide : chance que ce membre fasse basculer le vote, gradient de P(adoption) ; si oui, "
        "si non : P(adoption) si son vote était certain",
    .more = "{0} de plus",
    .listed = {"Coalitions gagnantes minimales, les plus petites d'abord ({0} sur {1})",
               "Coalitions de blocage minimales, les plus petites d'abord ({0} sur {1})"},
    .listed_all = {"Coalitions gagnantes minimales, les plus petites d'abord ({0} en tout)",
                   "Coalitions de blocage minimales, les plus petites d'abord ({0} en tout)"},
    .methods = {"forme close", "énumération", "rencontre au milieu",
                "intégrale de l'extension multilinéaire"},
    .exact_counts = "toutes les coalitions comptées",
    .exact_integral = "exact à l'arrondi près",
    .provenance = "Méthode : {0}, {1} ; delian {2}",
    .a_priori_warning =
        "Le pouvoir a priori est ce que donne la règle, avant que quiconque ne veuille quelque "
        "chose. Ce n'est pas l'influence.",
    .list_and = " et ",
    .less_than = "<{0}",
    .thousands = ' ',
    .decimal = ',',
};

}  // namespace

const PowerMessages& power_messages(Language language) {
  return language == Language::fr ? french : english;
}

}  // namespace delian
