#pragma once
// The ways to count coalitions of a normal form. Here "members" are its others: those without a
// veto, numbered from 0.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "delian/power.hpp"
#include "models/power/member_sums.hpp"

namespace delian::power {

/// Winning coalitions and swings by size. Whole numbers in doubles, exact below 2^53.
struct SizeCounts {
  std::vector<double> winning;              ///< [size], 0 to the number of members
  std::vector<std::vector<double>> swings;  ///< [member][size of the winning coalition]
};

/// Swings from winning coalitions: S is one of i when it wins, holds i, and S - i loses. Of the
/// coalitions T without i, those that win make S = T + i win without being a swing.
SizeCounts swings_among(const Held& winning);

/// f(p) and its gradient over the members without a veto.
struct Extension {
  double value = 0;
  std::vector<double> gradient;
};

/// The multilinear function whose value at the coalition `mask` is value[mask]; bit k is member k.
Extension fold(std::vector<double> value, std::span<const double> p);

/// The method asked for, or the first that can. Errors E410, with the reason of each.
Expected<Method> choose(const SimpleGame& game, std::optional<Method> asked);

/// Why a method cannot be used; nothing when it can.
std::optional<std::string> refusal(Method method, const NormalForm& form);

/// By the first method that counts; nothing when none can.
std::optional<SizeCounts> count_by_size(const NormalForm& form);

/// Numbers of members alone decide: binomial coefficients.
SizeCounts count_in_closed_form(const NormalForm& form);

SizeCounts count_by_enumeration(const NormalForm& form);
Extension extend_by_enumeration(const NormalForm& form, std::span<const double> p);
double count_minimal_by_enumeration(const NormalForm& form, CoalitionKind kind);

SizeCounts count_by_meeting(const NormalForm& form);
Extension extend_by_meeting(const NormalForm& form, std::span<const double> p);
/// For one criterion at most.
double count_minimal_by_meeting(const NormalForm& form, CoalitionKind kind);

/// Integrals over t of t^v times the chance that a member decides, and of t^(v-1) times f(t, ...,
/// t), for v vetoers; with the Banzhaf measures and f at t = 1/2. For weighted games.
struct Integrals {
  std::vector<double> decides;  ///< by member
  double passes = 0;            ///< 0 when v = 0
  Extension half;
};
Integrals integrate(const NormalForm& form);
/// Also where numbers of members decide.
Extension extend_by_weight(const NormalForm& form, std::span<const double> p);
/// For a weighted game.
double count_minimal_by_weight(const NormalForm& form, CoalitionKind kind);

/// Whether tables over all weights up to the quota fit in memory and time.
bool weights_fit(const NormalForm& form, std::size_t passes);

/// Winning and losing as numbers of members and one criterion say.
enum class Verdict : std::uint8_t { loses, wins, weighs };
inline Verdict verdict(const NormalForm& form, std::size_t size) {
  if (size >= form.win_from) return Verdict::wins;
  return size < form.weigh_from ? Verdict::loses : Verdict::weighs;
}

/// Binomial coefficients row by row: exact below 2^53, else to a few units in the last place.
std::vector<double> binomials(std::size_t n);

/// Members by weight, the weightiest first: by the first criterion, then the others, then number.
std::vector<std::size_t> by_weight(const NormalForm& form);

}  // namespace delian::power
