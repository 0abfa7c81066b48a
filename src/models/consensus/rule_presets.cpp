// The law behind each preset stands beside the function that builds it.
// TEU and TFEU: consolidated versions, OJ C 202, 7.6.2016. TEC: OJ C 321 E, 29.12.2006.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include "delian/rule.hpp"
#include "domain/text.hpp"

namespace delian {
namespace {

constexpr std::array presets{
    RulePresetInfo{"consensus", "silence procedure: adopted unless a member objects"},
    RulePresetInfo{"consensus-minus-1", "adopted unless two object; any number for the 1"},
    RulePresetInfo{"unanimity", "every member has to say yes"},
    RulePresetInfo{"majority-cast", "more yes than no; abstentions are left out"},
    RulePresetInfo{"majority-members", "yes from more than half of all members"},
    RulePresetInfo{"two-thirds-cast", "yes from two thirds of those who say yes or no"},
    RulePresetInfo{"eu-qmv-lisbon",
                   "55 % of members with 65 % of the population; fewer than four cannot block"},
    RulePresetInfo{"eu-qmv-lisbon-reinforced", "72 % of members with 65 % of the population"},
    RulePresetInfo{"eu-qmv-nice", "weighted votes (255 of 345) from a majority of members"},
    RulePresetInfo{"eu-qmv-nice-population",
                   "weighted votes as above, checked for 62 % of the population on request"},
    RulePresetInfo{"eu-qmv-votes", "weighted votes alone, as before November 2004 (62 of 87)"},
    RulePresetInfo{"eu-simple-majority", "yes from more than half of the component members"},
    RulePresetInfo{"eu-unanimity", "no member against; an abstention does not block"},
    RulePresetInfo{"eu-cfsp-constructive-abstention",
                   "no member against, and fewer than a third abstain with a declaration"},
    RulePresetInfo{"unsc", "nine yes, and no permanent member against"},
    RulePresetInfo{"unsc-procedural", "nine yes; no veto"},
};

/// What a preset is built from, and the rule under construction.
struct Draft {
  const Body& body;
  const Date& date;
  std::span<const std::string> members;
  Rule::Parts parts;
  Diagnostics problems;
  std::string pointer;

  void source(std::string text) { parts.source = std::move(text); }

  std::vector<double> heads() const { return std::vector<double>(members.size(), 1); }

  void add(std::string name, std::vector<double> weight, double quota, bool relative, bool strict,
           Abstention abstention) {
    parts.criteria.push_back(
        {std::move(name), std::move(weight), quota, relative, strict, abstention});
  }

  /// Weights of the members from the series of `kind`; empty, with a problem noted, if there are
  /// none.
  std::vector<double> weights(std::string_view kind) {
    const WeightSeries* series = body.find_weights_on(kind, date);
    if (series == nullptr) {
      std::vector<std::string> notes;
      for (const WeightSeries& known : body.weights) {
        const std::string until = known.until ? "until " + known.until->text() : "open-ended";
        notes.push_back(
            fmt::format("{} has {} from {}, {}.", body.id, known.id, known.from.text(), until));
      }
      problems.push_back(diagnose(
          "E306", pointer,
          fmt::format("{} needs weights of the kind \"{}\" that apply on {}; the body \"{}\" has "
                      "none.",
                      parts.id, kind, date.text(), body.id),
          "Choose another rule, or give the weights.", std::move(notes)));
      return {};
    }
    std::vector<double> result;
    for (const std::string& code : members) {
      const auto found = series->value.find(code);
      if (found == series->value.end()) {
        problems.push_back(
            diagnose("E306", pointer, fmt::format("{} has no value for {}.", series->id, code),
                     fmt::format("Add {} to the weights, or leave it out of the members.", code)));
      } else {
        result.push_back(found->second);
      }
    }
    return result;
  }

  /// Whether members of the body stay outside this decision.
  bool is_partial() const {
    const std::vector<std::string> all = body.members_on(date);
    return std::any_of(all.begin(), all.end(), [&](const std::string& code) {
      return std::find(members.begin(), members.end(), code) == members.end();
    });
  }
};

using Build = void (*)(Draft&);

// NATO: no treaty article; practice since 1949 ("Consensus decision-making at NATO", nato.int),
// with written silence procedure. OSCE: Rules of Procedure (MC.DOC/1/06) II.A.2-3: consensus is the
// absence of any objection. ASEAN Charter Art. 20(1): consultation and consensus. European Council:
// TEU 15(4). AUKUS and the Quad have no rules of procedure and act by agreement of all.
void consensus(Draft& draft) {
  draft.parts.title = {"consensus with silence", "consensus avec procédure de silence"};
  draft.parts.objections_allowed = 0;
  draft.parts.silence = true;
  draft.source(
      "Practice of the North Atlantic Council; OSCE Rules of Procedure MC.DOC/1/06; ASEAN Charter "
      "Art. 20(1); TEU Art. 15(4)");
}

// The plain sense of the word: nobody may stay silent. The law of no body here asks for it.
void unanimity(Draft& draft) {
  draft.parts.title = {"unanimity of all members", "unanimité de tous les membres"};
  draft.add("all members", draft.heads(), 1, true, false, Abstention::counts_as_no);
  draft.source("Assent of every member, in the plain sense");
}

void majority_cast(Draft& draft) {
  draft.parts.title = {"majority of votes cast", "majorité des suffrages exprimés"};
  draft.add("more than half of the votes cast", draft.heads(), 0.5, true, true,
            Abstention::leaves_the_base);
  draft.source("UN Charter Art. 18(3) with Rules of Procedure of the General Assembly, rule 86");
}

void majority_members(Draft& draft) {
  draft.parts.title = {"majority of members", "majorité des membres"};
  draft.add("more than half of the members", draft.heads(), 0.5, true, true,
            Abstention::counts_as_no);
  draft.source("Absolute majority, as in TFEU Art. 238(1)");
}

void two_thirds_cast(Draft& draft) {
  draft.parts.title = {"two thirds of votes cast", "deux tiers des suffrages exprimés"};
  draft.add("two thirds of the votes cast", draft.heads(), 2.0 / 3, true, false,
            Abstention::leaves_the_base);
  draft.source("UN Charter Art. 18(2) with Rules of Procedure of the General Assembly, rule 86");
}

void add_population(Draft& draft, double share) {
  draft.add(fmt::format("{:.0f} % of the population", 100 * share), draft.weights("population"),
            share, true, false, Abstention::counts_as_no);
}

// TEU 16(4): 55 % of the members, at least fifteen of them (which 55 % of 27 or 28 already asks),
// with 65 % of the population; a blocking minority needs at least four, failing which the majority
// is deemed attained. From 1 November 2014. TFEU 238(3)(a) where not all take part: the fewest
// members with more than 35 % of the participants' population, plus one.
void eu_qmv_lisbon(Draft& draft) {
  draft.parts.title = {"qualified majority (Lisbon)", "majorité qualifiée (Lisbonne)"};
  draft.add("55 % of members", draft.heads(), 0.55, true, false, Abstention::counts_as_no);
  add_population(draft, 0.65);
  draft.parts.minimum_blockers = draft.is_partial() ? 0 : 4;
  draft.parts.blocking_share = 0.35;
  draft.source("TEU Art. 16(4); TFEU Art. 238(3)(a) where not all members take part");
}

// TFEU 238(2), and 238(3)(b) among participants: 72 % and 65 %; no clause on blocking minorities.
void eu_qmv_lisbon_reinforced(Draft& draft) {
  draft.parts.title = {"reinforced qualified majority (Lisbon)",
                       "majorité qualifiée renforcée (Lisbonne)"};
  draft.add("72 % of members", draft.heads(), 0.72, true, false, Abstention::counts_as_no);
  add_population(draft, 0.65);
  draft.source("TFEU Art. 238(2) and 238(3)(b): not on a proposal of the Commission");
}

/// Votes in the Council and the threshold the treaty set for their total.
struct VoteQuota {
  double total;
  double quota;
};

// TEEC 148(2) in 1958 and as amended by each Act of Accession (1973, 1981, 1986, 1995, May 2004);
// from 1 November 2004 Act of Accession 2003 Art. 12, 2005 Protocol Art. 10, 2012 Act Art. 20.
constexpr std::array vote_quotas{VoteQuota{17, 12},   VoteQuota{58, 41},   VoteQuota{63, 45},
                                 VoteQuota{76, 54},   VoteQuota{87, 62},   VoteQuota{124, 88},
                                 VoteQuota{321, 232}, VoteQuota{345, 255}, VoteQuota{352, 260}};

void add_votes(Draft& draft) {
  std::vector<double> votes = draft.weights("votes");
  if (votes.size() != draft.members.size()) return;  // noted as a problem
  const double total = std::accumulate(votes.begin(), votes.end(), 0.0);
  const auto known = std::find_if(vote_quotas.begin(), vote_quotas.end(),
                                  [&](const VoteQuota& q) { return q.total == total; });
  if (known == vote_quotas.end()) {
    draft.problems.push_back(diagnose(
        "E305", draft.pointer,
        fmt::format("{}: the votes of these members sum to {}, a total for which the treaties set "
                    "no threshold.",
                    draft.parts.id, total),
        "Name every member of the Council on that date, or state the rule in full."));
    return;
  }
  draft.add(fmt::format("{} of {} votes", known->quota, total), std::move(votes), known->quota,
            false, false, Abstention::counts_as_no);
}

// TEC 205(2) and (4) after Nice; until 31 March 2017 still on request (Protocol 36, Art. 3(2)). On
// a proposal of the Commission a majority of members has to agree (otherwise two thirds).
void eu_qmv_nice(Draft& draft) {
  draft.parts.title = {"qualified majority (Nice)", "majorité qualifiée (Nice)"};
  add_votes(draft);
  draft.add("more than half of the members", draft.heads(), 0.5, true, true,
            Abstention::counts_as_no);
  draft.source("TEC Art. 205(2) as amended by the Treaty of Nice; Protocol 36 Art. 3(3)");
}

void eu_qmv_nice_population(Draft& draft) {
  eu_qmv_nice(draft);
  draft.parts.title = {"qualified majority (Nice, population verified)",
                       "majorité qualifiée (Nice, population vérifiée)"};
  add_population(draft, 0.62);
  draft.source("TEC Art. 205(2) and (4) as amended by the Treaty of Nice; Protocol 36 Art. 3(3)");
}

void eu_qmv_votes(Draft& draft) {
  draft.parts.title = {"qualified majority (weighted votes)",
                       "majorité qualifiée (voix pondérées)"};
  add_votes(draft);
  draft.source("EEC Treaty Art. 148(2), first indent: on a proposal of the Commission");
}

void eu_simple_majority(Draft& draft) {
  majority_members(draft);
  draft.parts.title = {"simple majority", "majorité simple"};
  draft.source("TFEU Art. 238(1): a majority of the component members");
}

// TFEU 238(4): abstentions by members present or represented do not prevent unanimity.
void eu_unanimity(Draft& draft) {
  draft.parts.title = {"unanimity", "unanimité"};
  draft.parts.objections_allowed = 0;
  draft.source("TFEU Art. 238(4)");
}

// TEU 31(1): if those who qualify their abstention by a formal declaration are at least one third
// of the members comprising at least one third of the population, the decision is not adopted.
// Every abstention is read as one with a declaration.
void eu_cfsp_constructive_abstention(Draft& draft) {
  draft.parts.title = {"unanimity with constructive abstention",
                       "unanimité avec abstention constructive"};
  draft.parts.objections_allowed = 0;
  draft.parts.abstention_stop_share = 1.0 / 3;
  draft.parts.abstention_weight = draft.weights("population");
  draft.source("TEU Art. 31(1), second subparagraph");
}

// Charter 27(2): nine affirmative votes; seven of eleven before the council grew. The amendment of
// 17 December 1963 came into force on 31 August 1965, and fifteen sat from 1 January 1966.
void unsc_procedural(Draft& draft) {
  draft.parts.title = {"nine votes, procedural matter", "neuf voix, question de procédure"};
  const bool eleven = draft.date.earliest() < Date{1966, 1, 1};
  draft.add(eleven ? "seven affirmative votes" : "nine affirmative votes", draft.heads(),
            eleven ? 7 : 9, false, false, Abstention::counts_as_no);
  draft.source("UN Charter Art. 27(2)");
}

// Charter 27(3) asks for the concurring votes of the permanent members. By practice since 1946 an
// abstention is no veto (ICJ, Namibia, Advisory Opinion of 21 June 1971, para. 22), nor is absence.
void unsc(Draft& draft) {
  unsc_procedural(draft);
  draft.parts.title = {"nine votes and no veto", "neuf voix et aucun veto"};
  for (const std::string& code : draft.members) {
    const Membership* seat = draft.body.find_membership(code, draft.date);
    draft.parts.veto.push_back(seat != nullptr && !seat->elected ? 1 : 0);
  }
  draft.source("UN Charter Art. 27(3); ICJ Reports 1971, p. 16, para. 22, on abstention");
}

struct Builder {
  std::string_view id;
  Build build;
};

constexpr std::array builders{
    Builder{"consensus", consensus},
    Builder{"unanimity", unanimity},
    Builder{"majority-cast", majority_cast},
    Builder{"majority-members", majority_members},
    Builder{"two-thirds-cast", two_thirds_cast},
    Builder{"eu-qmv-lisbon", eu_qmv_lisbon},
    Builder{"eu-qmv-lisbon-reinforced", eu_qmv_lisbon_reinforced},
    Builder{"eu-qmv-nice", eu_qmv_nice},
    Builder{"eu-qmv-nice-population", eu_qmv_nice_population},
    Builder{"eu-qmv-votes", eu_qmv_votes},
    Builder{"eu-simple-majority", eu_simple_majority},
    Builder{"eu-unanimity", eu_unanimity},
    Builder{"eu-cfsp-constructive-abstention", eu_cfsp_constructive_abstention},
    Builder{"unsc", unsc},
    Builder{"unsc-procedural", unsc_procedural},
};

/// The k of "consensus-minus-k"; nothing if the text is none.
std::optional<int> consensus_minus(std::string_view preset) {
  constexpr std::string_view prefix = "consensus-minus-";
  if (preset.substr(0, prefix.size()) != prefix) return std::nullopt;
  const std::string_view digits = preset.substr(prefix.size());
  int k = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), k);
  if (error != std::errc{} || end != digits.data() + digits.size() || k < 1) return std::nullopt;
  return k;
}

Diagnostic unknown_preset(std::string_view preset, std::string_view pointer) {
  const std::string_view shown = preset.substr(0, 60);  // a user's text may be of any length
  std::vector<std::string_view> known;
  for (const RulePresetInfo& p : presets) known.push_back(p.id);
  std::vector<std::string> notes;
  notes.reserve(presets.size());
  for (const RulePresetInfo& p : presets) notes.push_back(fmt::format("{}: {}", p.id, p.meaning));
  return diagnose("E301", std::string(pointer), fmt::format("There is no rule \"{}\".", shown),
                  did_you_mean(shown, known), std::move(notes));
}

}  // namespace

std::span<const RulePresetInfo> rule_presets() {
  return presets;
}

Expected<Rule> rule_preset(std::string_view preset, const Body& body, const Date& date,
                           std::span<const std::string> members, std::string_view pointer) {
  Draft draft{body, date, members, {}, {}, std::string(pointer)};
  draft.parts.id = preset;
  draft.parts.members = members.size();
  if (const std::optional<int> k = consensus_minus(preset)) {
    // OSCE (then CSCE), Prague Document of 30-31 January 1992, para. 16: "without the consent of
    // the State concerned" in cases of clear, gross and uncorrected violations.
    draft.parts.title = {fmt::format("consensus minus {}", *k),
                         fmt::format("consensus moins {}", *k)};
    draft.parts.objections_allowed = *k;
    draft.parts.silence = true;
    draft.source("CSCE, Prague Document on Further Development of Institutions, 1992, para. 16");
  } else {
    const auto known = std::find_if(builders.begin(), builders.end(),
                                    [&](const Builder& b) { return b.id == preset; });
    if (known == builders.end())
      return tl::unexpected(Diagnostics{unknown_preset(preset, pointer)});
    known->build(draft);
  }
  if (!draft.problems.empty()) return tl::unexpected(std::move(draft.problems));

  return Rule::make(std::move(draft.parts), pointer);
}

}  // namespace delian
