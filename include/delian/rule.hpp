#pragma once
// Decision rules over three-valued votes. One composable type: a proposal passes when every
// criterion is met, unless a clause that saves a too-small blocking minority applies.

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
enum class Abstention {
  counts_as_no,     ///< only yes votes carry weight; the base is everyone (EU qualified majority)
  counts_as_yes,    ///< only a no hurts (consensus, unanimity in the EU: TFEU 238(4))
  leaves_the_base,  ///< taken out of both sides (majority of votes cast)
};

/// "The yes side weighs at least `quota`": either a number of weight units, or a share of the base.
struct Criterion {
  std::string name;            ///< "55 % of members"
  std::vector<double> weight;  ///< one per member, >= 0
  double quota = 0;            ///< absolute weight, or share of the base when `relative`
  bool relative = false;       ///< quota is a share in (0, 1] of the base's total weight
  bool strict = false;         ///< more than the quota instead of at least
  Abstention abstention = Abstention::counts_as_no;

  friend bool operator==(const Criterion&, const Criterion&) = default;
};

/// A decision rule for a given list of members. Valid for as long as it exists.
class Rule {
 public:
  struct Parts {
    std::string id;  ///< preset or kind: "consensus", "eu-qmv-lisbon"
    std::string title;
    std::size_t members = 0;
    std::vector<Criterion> criteria;  ///< all must be met
    std::vector<std::uint8_t> veto;   ///< one per member: a no (not an abstention) blocks; or empty
    int objections_allowed = -1;  ///< consensus minus k: passes while noes <= k; -1: no such limit
    int minimum_blockers = 0;     ///< fewer non-yes members than this cannot block through criteria
    bool silence = false;         ///< adopted unless a member objects by the deadline
    /// Constructive abstention (TEU 31(1)): abstainers of at least this share of members AND of
    /// `abstention_weight` stop the decision; 0: no such clause.
    double abstention_stop_share = 0;
    std::vector<double> abstention_weight;
    std::string source;
  };

  /// Errors E305 (threshold out of range, weights of the wrong length, a rule without criteria).
  static Expected<Rule> make(Parts parts, std::string_view pointer);

  bool passes(std::span<const Vote> votes) const;

  /// Members whose change from no (or abstain) to yes alone would make a failed proposal pass.
  std::vector<std::uint8_t> pivotal(std::span<const Vote> votes) const;

  /// The rule among the others when member i takes no part: relative quotas follow the smaller
  /// base.
  Rule without(std::size_t i) const;

  /// True when any single no blocks: consensus and unanimity.
  bool any_no_blocks() const;

  const Parts& parts() const { return parts_; }

 private:
  explicit Rule(Parts parts);
  Parts parts_;
};

/// Builds a preset for the members of a body on a date.
///
/// Presets  "consensus", "unanimity", "consensus-minus-1" (any k), "majority-cast",
/// "majority-members",
///          "two-thirds-cast", "eu-qmv-lisbon", "eu-qmv-lisbon-reinforced", "eu-qmv-nice",
///          "eu-simple-majority", "eu-unanimity", "eu-cfsp-constructive-abstention", "unsc".
/// Errors   E301 unknown preset (with suggestion), E306 no weights of the needed kind for that
/// date.
Expected<Rule> rule_preset(std::string_view preset, const Body& body, const Date& date,
                           std::span<const std::string> members, std::string_view pointer);

/// All preset names with a one-line meaning, for messages and help.
struct RulePresetInfo {
  std::string_view id;
  std::string_view meaning;
};
std::span<const RulePresetInfo> rule_presets();

}  // namespace delian
