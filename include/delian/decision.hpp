#pragma once
// What a decision model sees and what it reports: the fixed parts of a question, blocks of draws of
// the uncertain ones, and counts of what happened.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "delian/scenario.hpp"

namespace delian {

/// Draws are made, solved and counted in blocks of this many; see DrawBlock.
inline constexpr std::size_t block_draws = 256;
/// From one row to the next where rows stand one after another. Padded: a stride of a power of two
/// would put one draw's values into very few cache sets.
inline constexpr std::size_t row_stride = block_draws + 8;

/// A forum as a model sees it.
struct ForumSetting {
  bool chair = false;                ///< decided without the members
  std::vector<std::uint8_t> seated;  ///< one per member
  std::vector<std::size_t> seats;    ///< the seated members
  Rule rule;                         ///< over the seated members; unused for a chair
};

/// How much of a block's tally is asked for. Less is faster; what is counted is the same.
enum class Counted : std::uint8_t {
  everything,
  outcomes,  ///< how draws end; nothing by member but who opted out
  headline,  ///< adopted as drafted or not: all else counts as not adopted
};

/// The parts of a scenario that no draw changes. Member vectors follow Scenario::members().
struct Setting {
  std::size_t members = 0;
  double proposal = 0;            ///< x, 0-100
  double reversion = 0;           ///< q, 0-100
  std::vector<double> influence;  ///< w_i, sums to 1
  Rule rule;
  std::vector<Rule> rule_without;  ///< the rule when member i takes no part
  bool divisible = false;
  bool opt_out = false;
  int sponsor = -1;                     ///< member, or -1: the text is the sponsor's ideal
  std::vector<std::uint8_t> bilateral;  ///< kind of grievance by member
  std::vector<std::size_t> payment_to;  ///< addressee of each side payment
  std::vector<ForumSetting> forums;
  Counted counted = Counted::everything;
  bool keep_endings = false;   ///< also say how each draw ended; `counted` must not be headline
  double decision_months = 0;  ///< from opening to the planned decision
  double horizon_months = 12;  ///< from opening
};

/// `count` consecutive draws of every uncertain input. Each row holds `block_draws` values, all of
/// them valid; only the first `count` are to be counted.
struct DrawBlock {
  std::uint64_t first = 0;
  std::size_t count = block_draws;
  std::span<const double* const> position;     ///< one row per member, 0-100
  std::span<const double* const> salience;     ///< one row per member, 0-100
  std::span<const double* const> resolve;      ///< one row per member, 0-100
  std::span<const double* const> unexplained;  ///< one row per member, standard logistic
  std::span<const double* const> settling;     ///< one row per member, uniform
  std::span<const double* const> payment;      ///< one row per side payment, points of the scale
  const double* forum = nullptr;               ///< one row, uniform
};

/// How a weakened text came about.
enum class Remedy : std::uint8_t { side_payment, opt_out, smaller_text };
inline constexpr std::size_t remedy_count = 3;

/// How one draw ended.
struct DrawEnding {
  Outcome outcome = Outcome::not_adopted;
  double text = 0;                      ///< agreed; the reversion when not adopted
  std::vector<std::uint8_t> stays_out;  ///< by member, 1: no part of what was agreed; or empty

  friend bool operator==(const DrawEnding&, const DrawEnding&) = default;
};

/// Counts over draws of one equilibrium. Whole numbers, so that adding tallies in any order gives
/// the same bits.
struct Tally {
  Tally() = default;
  Tally(std::size_t members, double horizon_months);

  std::uint64_t draws = 0;
  std::array<std::uint64_t, outcome_count> outcomes{};
  std::array<std::uint64_t, remedy_count> remedies{};
  std::vector<std::uint64_t>
      adopted_in_month;  ///< [m]: adopted after m to m+1 months, to the horizon
  std::array<std::uint64_t, 101>
      agreed_text{};                   ///< [p]: agreed within half a point of p on the scale
  std::vector<std::uint64_t> objects;  ///< by member
  std::vector<std::uint64_t> alone;    ///< by member: the only objector; under a vote, decisive
  std::vector<std::uint64_t> agreed_if_absent;  ///< by member: adopted as drafted without it
  std::vector<std::uint64_t> exempt;            ///< by member: opted out of what was agreed
  std::vector<std::uint64_t>
      objects_among;                ///< [i * (members + 1) + k]: objects with k objectors in all
  std::vector<DrawEnding> endings;  ///< by draw, where Setting::keep_endings asks for them

  void add(const Tally& other);
  friend bool operator==(const Tally&, const Tally&) = default;
};

/// The two equilibria of the silence game; a model without that distinction fills both alike.
struct DecisionTally {
  Tally least;     ///< nobody coordinates
  Tally greatest;  ///< the critics coordinate

  void add(const DecisionTally& other) {
    least.add(other.least);
    greatest.add(other.greatest);
  }
};

/// The setting of a scenario.
Setting make_setting(const Scenario& scenario);

}  // namespace delian
