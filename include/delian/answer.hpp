#pragma once
// The answer to a scenario: will they agree, who blocks, what happens then, on what evidence.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "delian/decision.hpp"
#include "delian/landing.hpp"
#include "delian/model.hpp"
#include "delian/presence_study.hpp"
#include "delian/run_context.hpp"
#include "delian/scenario.hpp"
#include "delian/words.hpp"

namespace delian {

/// Draws unless the user says otherwise: a standard error of at most 0.36 points.
inline constexpr std::uint64_t default_draws = 20'000;

/// Draws on which it is worked out what stands behind the question: a median good to a few percent.
inline constexpr std::uint64_t default_presence_draws = 1000;

/// Draws on which the bargaining models are asked: a quantile of a model is good to a few points of
/// the scale.
inline constexpr std::uint64_t default_landing_draws = 500;

struct AnswerOptions {
  std::uint64_t seed = 1;
  std::uint64_t draws = default_draws;      ///< >= 1
  Yardstick yardstick = Yardstick::icd203;  ///< decides where a word changes
  bool explain = true;  ///< also look for tipping points and load-bearing sources
  /// Draws of the landing, at most `draws`; 0: it is not asked where a deal would land.
  std::uint64_t landing_draws = 0;
  std::vector<std::string> landing_models;  ///< ids; empty: every applicable one
  /// Facts about fleets and the sea; null: it is not asked what stands behind the question. Needed
  /// only until the answer is there.
  const presence::StudyFacts* theatre_facts = nullptr;
  std::uint64_t presence_draws = default_presence_draws;  ///< at most `draws`; 0: it is not asked
};

/// Probabilities of the five outcomes; they sum to 1.
using OutcomeShares = std::array<double, outcome_count>;

/// A member's part in blocking. Probabilities, mixed over the two equilibria.
struct Blocker {
  std::string code;
  double objects = 0;  ///< objects; under a vote: votes no or abstains
  double alone = 0;    ///< is the only objector; under a vote: its yes alone would carry it
  double agreed_if_absent = 0;       ///< adopted as drafted when this member takes no part
  double opts_out = 0;               ///< stays out of what the others agree
  double blocking_share = 0;         ///< Shapley share of the blocking; under a vote, of turning it
  std::vector<std::string> sources;  ///< evidence its numbers rest on
  bool judgement_only = false;       ///< no report among them
};

/// The value of one input at which the headline's word changes.
struct TippingPoint {
  std::string member;
  Scenario::Field field = Scenario::Field::position;
  double now = 0;          ///< median today
  double at = 0;           ///< where the word changes, were the input known to be this
  double probability = 0;  ///< agreed as drafted there
  double effect = 0;       ///< highest less lowest probability over the whole range of the input
};

/// What the headline would be were reports withdrawn: numbers that no other report supports
/// become unknown.
struct LoadBearing {
  std::vector<std::string> evidence;  ///< one report, or all that one member's numbers rest on
  std::string member;                 ///< that member; empty for one report
  double probability = 0;             ///< agreed as drafted without them
  double change = 0;                  ///< less the same probability with them, on the same draws
};

/// Confidence is about the evidence, never about the spread of the forecast.
struct Confidence {
  enum class Level { low, moderate, high };
  Level level = Level::low;
  double sourced_share = 0;  ///< of inputs, weighted by say in the decision, with a graded report
  std::size_t judgement_only = 0;  ///< members whose position rests on judgement alone
  std::size_t contested = 0;       ///< contested reports among those cited by members
  std::size_t unknown = 0;         ///< inputs of members that are "unknown"
  double swing = 0;  ///< largest change of the headline when one input goes from its 5 to its 95 %
};

struct Provenance {
  std::string engine_version;
  std::string scenario_id;
  std::uint64_t seed = 0;
  std::uint64_t draws_asked = 0;
  std::uint64_t draws_done = 0;
  std::string model;
  std::string defaults;  ///< name of the default parameter set
  ParameterMap parameters;
};

struct Answer {
  Provenance provenance;
  bool by_vote = false;           ///< ballot rather than silence
  OutcomeShares outcomes{};       ///< headline: the two equilibria mixed
  OutcomeShares uncoordinated{};  ///< least equilibrium
  OutcomeShares coordinated{};    ///< greatest equilibrium
  double standard_error = 0;      ///< of P(agreed as drafted)
  std::array<double, remedy_count>
      remedies{};  ///< how a weakened agreement comes about; sums to outcomes[weakened]
  std::vector<double> adopted_in_month;   ///< probability by month from the opening, to the horizon
  std::array<double, 101> agreed_text{};  ///< probability of each text, given some agreement
  std::vector<Blocker> blockers;          ///< all members, most likely objector first
  Confidence confidence;
  bool explained = false;  ///< whether the next two were looked for
  std::vector<TippingPoint>
      tipping_points;  ///< strongest first; empty when no input alone changes the word
  std::vector<LoadBearing> load_bearing;  ///< largest change first
  std::optional<Landing> landing;         ///< nothing when not asked for, or interrupted before
  /// Nothing when not asked for, without [theatre], or interrupted before.
  std::optional<presence::Study> presence;

  double as_drafted() const { return outcomes[static_cast<std::size_t>(Outcome::as_drafted)]; }
  /// Any agreement inside the horizon: all but not adopted.
  double some_agreement() const {
    return 1 - outcomes[static_cast<std::size_t>(Outcome::not_adopted)];
  }
};

/// Answers a scenario.
///
/// Errors  E308/E309 from [parameters]; those of land() and presence::study().
/// Cost    O(draws * members); memory does not grow with the number of draws beyond 65,536 of them.
///         Cancels between blocks: what is done by then is the answer (see provenance.draws_done),
///         without explanation.
Expected<Answer> answer(const Scenario& scenario, const AnswerOptions& options,
                        const RunContext& context = {});

/// Keeps the draws of a scenario, so that a change of one input is answered at once and on the same
/// random numbers.
class Forecaster {
 public:
  /// Draws kept at most.
  static constexpr std::uint64_t most_draws = 65'536;

  /// Errors as answer(). @param draws from 1 to most_draws; when cancelled, a prefix is kept
  static Expected<Forecaster> make(const Scenario& scenario, std::uint64_t seed,
                                   std::uint64_t draws, const RunContext& context = {});

  /// One input replaced for one question to a Forecaster.
  struct Change {
    std::size_t member = 0;
    Scenario::Field field = Scenario::Field::position;
    Uncertain value;
  };

  /// The full counts with some inputs replaced.
  DecisionTally tally(std::span<const Change> changes) const;
  /// P(agreed as drafted) with some inputs replaced, on the first `draws` draws only (0: all).
  double as_drafted(std::span<const Change> changes, std::uint64_t draws = 0) const;

  std::uint64_t draws() const;
  const Scenario& scenario() const;
  const BoundModel& model() const;
  const Setting& setting() const;

 private:
  struct Data;
  explicit Forecaster(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

std::string_view version();  ///< of the engine, "0.1.0"

}  // namespace delian
