#include "report/messages.hpp"

namespace delian {
namespace {

constexpr Messages english{
    .members_on = "{0}, {1} members on {2}",
    .text_is = "Text ({0}): {1}",
    .otherwise = "Otherwise ({0}): {1}",
    .as_drafted_by = "Agreed as drafted by {0}: {1}",
    .some_agreement = "Some agreement within {0} months: {1}",
    .outcomes = {"as drafted", "weakened", "late", "bypassed", "not adopted"},
    .remedies = {"side payment", "opt-out", "smaller text"},
    .if_agreed = "If agreed: text at {0} (90 %: {1} to {2}), in month {3} (95 %: by month {4}).",
    .who_blocks = "Who blocks",
    .who_withholds = "Who withholds a yes",
    .objects = "objects",
    .withholds = "withholds",
    .alone = "alone",
    .decisive = "decisive",
    .if_absent = "if absent",
    .share = "share",
    .evidence = "evidence",
    .judgement = "judgement",
    .others = "{0} others: less than 1 % each",
    .more = "{0} more",
    .other = "1 other: less than 1 %",
    .nobody_blocks = "No member objects in 1 % of the draws or more.",
    .table_note_silence =
        "alone: the only objector; if absent: agreed as drafted without this member; "
        "share: of the blocking (Shapley)",
    .table_note_vote =
        "withholds: votes no or abstains; decisive: its yes alone would carry the vote; "
        "if absent: agreed as drafted without this member; share: of the blocking (Shapley)",
    .coordination =
        "If nobody coordinates {0}; if the critics coordinate {1}. The answer gives the "
        "second a weight of {2}.",
    .confidence = {"Our confidence is low", "Our confidence is moderate", "Our confidence is high"},
    .judgement_alone = "{0} of {1} positions rest on judgement alone",
    .sourced_share = "{0} of the inputs have a graded source",
    .contested_one = "1 source is contested",
    .contested_many = "{0} sources are contested",
    .unknown = "{0} inputs are unknown",
    .swing = "the top input moves the answer by {0} points over its own range",
    .change_our_mind = "What would change our mind",
    .fields = {"position", "salience", "resolve"},
    .tipping = "{0} {1} {2} -> {3}: {4}",
    .no_tipping = "No single input of a likely blocker changes the word.",
    .rests_on = "What it rests on",
    .without = "were it withdrawn, what rests on it unknown: {1}",
    .list_and = " and ",
    .all_behind = "{0}: all that {1}'s numbers rest on",
    .without_all = "were they withdrawn, what rests on them unknown: {0}",
    .no_reports = "No member's number rests on a report: every input is judgement.",
    .no_load_bearing = "Withdrawing no report, nor all behind one blocker, changes the answer.",
    .landing = "Where a deal would land, if there is one",
    .landing_range = "Median {0}; half of the chance from {1} to {2}, 90 % from {3} to {4}.",
    .landing_within = "Between {0} and {1}: {2}",
    .landing_legend = "each dot 2 in 100",
    .landing_marks = "^ {0}",
    .mark_reversion = "{0} without agreement",
    .mark_text = "{0} the text",
    .landing_models = "{0} models, medians from {1} to {2}",
    .median = "median",
    .range_90 = "90 % of draws",
    .unsettled = "~: draws in which the model did not settle",
    .left_out = "Left out: {0}.",
    .needs = "{0} (needs {1})",
    .landing_source = "{0} draws, weights {1}",
    .conditional =
        "Forecasts are conditional on a dispute being public: most proposals never meet one.",
    .provenance = "{0} draws (± {1} points), seed {2}, delian {3}, model {4}, parameters {5}",
    .overridden = "{0} with {1} set by the file",
    .unconfirmed_words =
        "UK words: some edges of the bands are unconfirmed (docs/probability-words.md).",
    .interrupted =
        "Interrupted: {0} of {1} draws done, without the search for what would change it.",
    .thousands = ',',
    .semicolon = "; ",
    .colon = ": ",
};

constexpr Messages french{
    .members_on = "{0}, {1} membres au {2}",
    .text_is = "Texte ({0}) : {1}",
    .otherwise = "Sinon ({0}) : {1}",
    .as_drafted_by = "Adopté tel quel au plus tard le {0} : {1}",
    .some_agreement = "Un accord quelconque en {0} mois : {1}",
    .outcomes = {"tel quel", "affaibli", "tardif", "contourné", "non adopté"},
    .remedies = {"contrepartie", "dérogation", "texte réduit"},
    .if_agreed =
        "En cas d'accord : texte à {0} (90 % : {1} à {2}), au mois {3} (95 % : au plus tard au "
        "mois {4}).",
    .who_blocks = "Qui bloque",
    .who_withholds = "Qui refuse son oui",
    .objects = "objecte",
    .withholds = "refuse",
    .alone = "seul",
    .decisive = "décisif",
    .if_absent = "si absent",
    .share = "part",
    .evidence = "preuves",
    .judgement = "jugement",
    .others = "{0} autres : moins de 1 % chacun",
    .more = "{0} de plus",
    .other = "1 autre : moins de 1 %",
    .nobody_blocks = "Aucun membre n'objecte dans 1 % des tirages ou plus.",
    .table_note_silence =
        "seul : unique objecteur ; si absent : accord tel quel sans ce membre ; "
        "part : du blocage (Shapley)",
    .table_note_vote =
        "refuse : vote non ou s'abstient ; décisif : son seul oui emporterait le vote ; "
        "si absent : accord tel quel sans ce membre ; part : du blocage (Shapley)",
    .coordination =
        "Sans coordination {0} ; si les critiques se coordonnent {1}. La réponse donne au "
        "second cas un poids de {2}.",
    .confidence = {"Notre confiance est faible", "Notre confiance est moyenne",
                   "Notre confiance est élevée"},
    .judgement_alone = "{0} positions sur {1} reposent sur le seul jugement",
    .sourced_share = "{0} des données ont une source notée",
    .contested_one = "1 source est contestée",
    .contested_many = "{0} sources sont contestées",
    .unknown = "{0} données sont inconnues",
    .swing = "la donnée la plus influente déplace la réponse de {0} points dans son intervalle",
    .change_our_mind = "Ce qui nous ferait changer d'avis",
    .fields = {"position", "importance", "fermeté"},
    .tipping = "{0} {1} {2} -> {3} : {4}",
    .no_tipping = "Aucune donnée isolée d'un objecteur probable ne change le mot.",
    .rests_on = "Sur quoi cela repose",
    .without = "sans elle, ce qu'elle fonde étant inconnu : {1}",
    .list_and = " et ",
    .all_behind = "{0} : tout ce qui fonde les chiffres de ce membre ({1})",
    .without_all = "sans elles, ce qu'elles fondent étant inconnu : {0}",
    .no_reports = "Aucun chiffre ne repose sur une source : tout est jugement.",
    .no_load_bearing = "Retirer une source, ou toutes celles d'un objecteur, ne change rien.",
    .landing = "Où tomberait un accord, s'il y en a un",
    .landing_range = "Médiane {0} ; la moitié des chances de {1} à {2}, 90 % de {3} à {4}.",
    .landing_within = "Entre {0} et {1} : {2}",
    .landing_legend = "chaque point : 2 chances sur 100",
    .landing_marks = "^ {0}",
    .mark_reversion = "{0} sans accord",
    .mark_text = "{0} le texte",
    .landing_models = "{0} modèles, médianes de {1} à {2}",
    .median = "médiane",
    .range_90 = "90 % des tirages",
    .unsettled = "~ : tirages où le modèle ne s'est pas fixé",
    .left_out = "Écartés : {0}.",
    .needs = "{0} (il faut {1})",
    .landing_source = "{0} tirages, poids {1}",
    .conditional =
        "Prévision conditionnelle à un différend public : la plupart des textes n'en ont pas.",
    .provenance = "{0} tirages (± {1} points), graine {2}, delian {3}, modèle {4}, paramètres {5}",
    .overridden = "{0} dont {1} fixés par le fichier",
    .unconfirmed_words =
        "Mots britanniques : certaines bornes ne sont pas confirmées (docs/probability-words.md).",
    .interrupted =
        "Interrompu : {0} tirages sur {1}, sans la recherche de ce qui changerait l'avis.",
    .thousands = ' ',
    .semicolon = " ; ",
    .colon = " : ",
};

}  // namespace

const Messages& messages(Language language) {
  return language == Language::fr ? french : english;
}

}  // namespace delian
