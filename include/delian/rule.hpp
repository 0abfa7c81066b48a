#pragma once
// Decision rules over three-valued votes. One composable type: a proposal passes when nobody
// blocks it by a veto, an objection too many or a mass of abstentions, and every criterion is met,
// or too few members stand against the proposal to count as a blocking minority.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/body.hpp"
#include "delian/diagnostic.hpp"

namespace delian {

enum class Vote : std::uint8_t { no, abstain, yes };

/// How a criterion reads an abstention.
enum class Abstention : std::uint8_t {
  counts_as_no,     ///< only yes votes carry weight; the base is everyone (EU qualified majority)
  counts_as_yes,    ///< only a no hurts (unanimity in the EU: TFEU 238(4))
  leaves_the_base,  ///< taken out of both sides (majority of votes cast)
};

/// "The yes side weighs at least `quota`": either a number of weight units, or a share of the base.
struct Criterion {
  std::string name;            ///< "55 % of members"
  std::vector<double> weight;  ///< one per member, >= 0, any unit
  double quota = 0;            ///< absolute weight, or share of the base when `relative`
  bool relative = false;       ///< quota is a share in (0, 1] of the base's total weight
  bool strict = false;         ///< more than the quota instead of at least
  Abstention abstention = Abstention::counts_as_no;

  friend bool operator==(const Criterion&, const Criterion&) = default;
};

/// A decision rule for a given list of members. Valid for as long as it exists. Votes are given in
/// the order of that list.
class Rule {
 public:
  struct Parts {
    std::string id;  ///< preset or kind: "consensus", "eu-qmv-lisbon"
    Name title;      ///< as it stands inside a sentence: "consensus with silence"
    std::size_t members = 0;
    std::vector<Criterion> criteria;  ///< all must be met
    std::vector<std::uint8_t> veto;   ///< one per member: a no (not an abstention) blocks; or empty
    int objections_allowed = -1;  ///< consensus minus k: passes while noes <= k; -1: no such limit
    /// Fewer non-yes members than this cannot block through the criteria (TEU 16(4): four); 0: no
    /// such clause. It saves nothing from a veto, an objection or constructive abstention.
    int minimum_blockers = 0;
    /// Where not all members take part (TFEU 238(3)), the least blocking minority is the fewest
    /// members with more than this share of the last criterion's weight, plus one. make() works it
    /// out when `minimum_blockers` is 0, and without() always does. 0: `minimum_blockers` stands.
    double blocking_share = 0;
    bool silence = false;  ///< adopted unless a member objects by the deadline
    /// Constructive abstention (TEU 31(1)): abstainers of at least this share of members AND of
    /// `abstention_weight` stop the decision; 0: no such clause.
    double abstention_stop_share = 0;
    std::vector<double> abstention_weight;
    std::string source;
  };

  /// Checks the parts and keeps them. `pointer` goes into every diagnostic.
  ///
  /// Errors  E305: no members; nothing that could stop a proposal; a quota out of range or beyond
  ///         the whole weight; weights or vetoes of the wrong length, negative or all zero;
  ///         a clause out of range.
  static Expected<Rule> make(Parts parts, std::string_view pointer);

  /// Whether the proposal is adopted. Never allocates.
  ///
  /// Exact where weights and quotas are decimals of at most six places and shares are fractions
  /// with a denominator up to 10,000: 65 % of a population is met by exactly 65 % of it.
  ///
  /// Turning a no into an abstention or an abstention into a yes never stops a proposal, with one
  /// exception: constructive abstention beside a rule under which a no does not block (in TEU 31(1)
  /// it does). There one abstention too many stops what a no would not.
  bool passes(std::span<const Vote> votes) const;

  /// 1 for members whose change from no or abstention to yes alone would make a failed proposal
  /// pass; all 0 when it passes.
  std::vector<std::uint8_t> pivotal(std::span<const Vote> votes) const;

  /// The rule among the others when member i takes no part: relative quotas follow the smaller
  /// base, absolute ones stay.
  Rule without(std::size_t i) const;

  /// True when any single no blocks: consensus and unanimity.
  bool any_no_blocks() const { return any_no_blocks_; }

  /// Decided by counting votes: neither does a single no block, nor is silence the procedure.
  bool by_vote() const { return !any_no_blocks_ && !parts_.silence; }

  /// Every member has to say yes or no, and there is no silence to break (nor a way to abstain
  /// constructively): unanimity by roll call.
  bool by_roll_call() const {
    return any_no_blocks_ && !parts_.silence && parts_.abstention_stop_share <= 0;
  }

  /// A criterion as it reads when nobody abstains: those who say yes weigh at least `quota`. Whole
  /// numbers, below 2^53 in total.
  struct YesQuota {
    std::vector<std::int64_t> weight;  ///< one per member, >= 0
    std::int64_t quota = 0;            ///< from 1 to the total
  };

  /// The criteria for votes of yes and no alone, in the order of parts().criteria. They decide as
  /// passes() does; where weights are no decimals of six places, up to the width of its tolerance.
  std::vector<YesQuota> yes_quotas() const;

  const Parts& parts() const { return parts_; }

 private:
  // "yes * denominator against base * numerator", on weights scaled to integers where possible.
  struct Threshold {
    std::vector<double> weight;
    double numerator = 0;
    double denominator = 1;
    double slack = 0;    // distance from the quota within which both sides are equal
    bool whole = false;  // integers: equal or apart by one
    bool relative = false;
    bool strict = false;
    Abstention abstention = Abstention::counts_as_no;
  };

  explicit Rule(Parts parts);  // trusts make()
  static Threshold compile(const Criterion& criterion);
  static bool is_met(const Threshold& threshold, std::span<const Vote> votes);
  bool abstainers_stop(std::span<const Vote> votes) const;
  bool find_any_no_blocks() const;

  Parts parts_;
  std::vector<Threshold> thresholds_;
  std::vector<Threshold> abstention_stops_;  // of heads and of weight, met by those who abstain
  bool any_no_blocks_ = false;
};

/// Builds a preset for the members of a body on a date.
///
/// `members` are those who take part, in the order in which votes will be given. Where a rule needs
/// weights, they come from the series of the body that applies on `date`: "population" for the
/// Lisbon rules and constructive abstention, "votes" for the weighted votes before them. When a
/// state that belongs to the body is not among `members`, the Lisbon rules are those for
/// participating states (TFEU 238(3)).
///
/// Presets  those of rule_presets(); "consensus-minus-1" with any positive number.
/// Errors   E301 unknown preset (with suggestion), E305 the preset does not fit these members,
///          E306 no weights of the needed kind for that date, or none for a member.
Expected<Rule> rule_preset(std::string_view preset, const Body& body, const Date& date,
                           std::span<const std::string> members, std::string_view pointer);

/// A preset's name with a one-line meaning, for messages and help.
struct RulePresetInfo {
  std::string_view id;
  std::string_view meaning;
};

/// Every preset, in the order in which help lists them.
std::span<const RulePresetInfo> rule_presets();

}  // namespace delian
