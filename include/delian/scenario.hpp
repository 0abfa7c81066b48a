#pragma once
// One question before one body: who sits at the table, what each wants, how they decide.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/body.hpp"
#include "delian/date.hpp"
#include "delian/diagnostic.hpp"
#include "delian/evidence.hpp"
#include "delian/rule.hpp"
#include "delian/uncertain.hpp"

namespace delian {

/// A number with what it rests on.
struct Quantity {
  Uncertain value;
  std::vector<std::string> sources;  ///< evidence ids
};

/// Why a critic objects: a dispute with another state that can be settled elsewhere (a name, an
/// export ban), or the matter itself.
enum class Grievance { principle, bilateral };

/// A member's row.
struct Member {
  std::string code;   ///< ISO 3166-1 alpha-2
  Quantity position;  ///< ideal point on the scale, 0-100
  Quantity salience;  ///< how much it cares, 0-100
  Quantity resolve;   ///< readiness to block alone, 0-100
  Grievance grievance = Grievance::principle;
  std::optional<double> influence;  ///< capability, any unit >= 0; see Influence
  std::string note;
  std::vector<std::string> accepted;  ///< warning codes this row answers for
};

struct Question {
  std::string id;
  std::string title;
  std::string asks;
  Date opens;                  ///< when the proposal went live; months are counted from here
  Date closes;                 ///< when it is to be decided; membership is that of this day
  double proposal = 0;         ///< the text, on the scale
  bool divisible = false;      ///< the text can be made smaller and still be worth having
  bool opt_out = false;        ///< a member can stay out while the others go ahead
  double horizon_months = 12;  ///< after this the proposal counts as not adopted
  std::string sponsor;         ///< member code; empty: somebody whose ideal is the text itself
  std::vector<std::string> resolves_by;  ///< evidence ids that settle the question
  std::vector<std::string> sources;      ///< what the facts above rest on
};

/// What a point on the scale means.
struct ScalePoint {
  double at = 0;
  std::string meaning;
};

/// The silence procedure as announced. Times are kept as written.
struct Silence {
  std::string opens;
  std::string deadline;
  std::optional<Uncertain> extensions;
};

/// Something offered to one member for its consent, worth `value` points of the scale to it.
struct SidePayment {
  std::string to;
  Quantity value;
};

/// Another place or way to decide the same thing.
struct Forum {
  std::string name;
  std::string kind;                  ///< "chair": nobody can block; else a rule preset
  std::vector<std::string> without;  ///< members that do not sit there
  std::vector<std::string> sources;
};

/// What a member wants on a further issue.
struct Stance {
  std::string code;
  Quantity position;  ///< on the issue's own scale, 0-100
  Quantity salience;  ///< 0-100
};

/// Another issue to be settled in the same deal, for models that trade one against another. Members
/// without a row take no part in it.
struct FurtherIssue {
  std::string id;
  std::string title;
  std::vector<ScalePoint> scale;
  std::optional<double> proposal;
  std::optional<double> reversion;  ///< outcome without agreement
  std::vector<Stance> members;      ///< ascending order of code
};

/// How a member's weight in pressing others is measured.
struct Influence {
  std::string from = "equal";  ///< "equal", "members" (the rows say), or the id of a weight series
  std::optional<double> sum;   ///< what the rows' numbers are said to add up to
};

/// What one state would keep going to the theatre.
struct Willingness {
  std::string state;      ///< a member or an outsider
  Quantity share;         ///< percent of its escorts that are not promised elsewhere, 0-100
  std::string cycle;      ///< id of a cycle preset; empty: the one of its navy
  std::string home_port;  ///< id of a port; empty: its navy's nearest
  std::string note;
  /// What else may hold its ships back; nothing where it is not known.
  std::optional<double> docks = {};        ///< yard places for these ships
  std::optional<double> crews = {};        ///< for these ships
  std::optional<double> oilers = {};       ///< of its own, given to the theatre
  std::optional<double> million_usd = {};  ///< a year, for these ships
};

/// A gate that may be shut to ships while they are to be kept in the theatre.
struct GateClosure {
  std::string gate;   ///< id
  double chance = 0;  ///< 0-1
  std::vector<std::string> sources;
};

/// Ships that a text would ask for, always on station.
struct ShipNeed {
  double at = 0;  ///< point of the scale; holds from there to the next such point
  double carriers = 0;
  double escorts = 0;  ///< frigates and larger
  double patrols = 0;  ///< an escort can stand in for one
  double oilers = 0;
  std::vector<std::string> sources;
};

/// Where ships would have to stand behind the decision.
struct Theatre {
  std::string name;
  std::string station;  ///< id of the port near which ships count as on station
  std::string region;   ///< id of the theatre of data/ whose forces and goals count; may be empty
  double speed_kn = 16;
  std::optional<Quantity> visit_days;  ///< lost to port visits and other tasks, per deployment
  bool replenished = false;            ///< ships on station are supplied at sea and need oilers
  double partner_oilers = 0;           ///< of others, always there for each state's ships
  std::vector<Willingness> gives;      ///< ascending order of state
  std::vector<GateClosure> closures;   ///< ascending order of gate
  std::vector<ShipNeed> needs;         ///< ascending order of point
  std::vector<std::string> sources;
};

/// A power outside the body; checked for form, not used by any forecast yet.
struct Outsider {
  std::string code;
  std::string stance;  ///< "host", "partner", "neutral", "opposed"
  std::optional<Quantity> position;
  std::map<std::string, Uncertain> reaction;  ///< words, diplomatic, economic, military: chance 0-1
  std::vector<std::string> sources;
  std::string note;
};

/// How a proposal can end by the horizon.
enum class Outcome : std::uint8_t {
  as_drafted,   ///< A
  weakened,     ///< W: smaller text, opt-out or side payment
  late,         ///< L: blocked first, adopted later
  bypassed,     ///< B: decided in another forum or by the chair
  not_adopted,  ///< X
};
inline constexpr std::size_t outcome_count = 5;

/// How a decided case ended. Kept apart from Scenario, so that no forecast can read it.
struct Result {
  Outcome outcome = Outcome::not_adopted;
  Date date;
  std::optional<double> text;  ///< what was agreed, on the scale
  std::vector<std::string> sources;
  std::string note;
};

/// Everything a scenario file says, before the checks that need more than one place of it.
struct ScenarioParts {
  std::string marking;     ///< printed with every answer
  double interval = 0.90;  ///< mass between the ends of "A to B"
  Question question;
  std::vector<ScalePoint> scale;
  std::string body;      ///< id, name or alias
  std::string rule;      ///< preset
  double reversion = 0;  ///< outcome without agreement, on the scale
  std::optional<Silence> silence;
  std::vector<Forum> forums;
  std::vector<Member> members;
  std::vector<SidePayment> side_payments;
  Influence influence;
  std::map<std::string, double> parameters;  ///< overrides of the decision model's defaults
  std::vector<FurtherIssue> issues;
  /// Overrides of bargaining models' defaults, by model.
  std::map<std::string, std::map<std::string, double>> models;
  std::optional<Theatre> theatre;
  std::vector<Outsider> outsiders;
  std::vector<Evidence> evidence;
};

/// A valid question. Immutable and cheap to copy; only make() and with() build one.
class Scenario {
 public:
  /// Checks what form alone cannot: members of the body on the day, references, dates, the rule.
  /// `problems` gets every error and warning; the scenario exists only when it then holds no error.
  /// An empty `rule` becomes the body's own rule on the day.
  static std::optional<Scenario> make(ScenarioParts parts, const Atlas& atlas,
                                      Diagnostics& problems);

  const ScenarioParts& parts() const { return data_->parts; }
  const Body& body() const { return data_->body; }
  const Rule& rule() const { return data_->rule; }

  /// Members in ascending order of code; every vector below follows this order.
  std::span<const Member> members() const { return data_->parts.members; }
  std::optional<std::size_t> find_member(std::string_view code) const;
  /// Influence by member; sums to 1.
  std::span<const double> influence_shares() const { return data_->influence; }

  const Evidence* find_evidence(std::string_view id) const;

  /// The same scenario with one quantity replaced; `value` must be on the scale.
  enum class Field { position, salience, resolve };
  Scenario with(std::size_t member, Field field, Uncertain value) const;
  /// The same scenario with another text on the table, in [0, 100].
  Scenario with_proposal(double proposal) const;

 private:
  struct Data {
    ScenarioParts parts;
    Body body;
    Rule rule;
    std::vector<double> influence;
  };
  explicit Scenario(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

std::string_view field_name(Scenario::Field field);      // "position"
std::string_view outcome_name(Outcome outcome);          // "as_drafted"
std::optional<Outcome> outcome_named(std::string_view);  // the reverse
std::string_view outcome_letter(Outcome outcome);        // "A"; W, L, B, X

}  // namespace delian
