#pragma once
// The silence game: a draft is adopted unless a member objects by the deadline.
//
//   K_i(B) = (1 - rho_i) * (kappa0 + kappa1 * P(B)) * phi^|B \ {i}|      what objecting costs i
//   P(B)   = sum over j not in B, j != i, of w_j * max(0, gamma_j)       what the others want it
//   i objects when g_i > K_i(B)
//
// gamma_i is i's net gain from the text; g_i = e_i - gamma_i its grievance, where e_i stands for
// the reasons nobody coded. If B grows, P(B) and phi^|B| fall, so K_i falls: objecting is a
// strategic complement, the best response is monotone on a finite lattice, and a least and a
// greatest equilibrium exist (Tarski 1955; Topkis 1998; Vives 1990).

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace delian::consensus {

/// One draw's game. Dividing g_i > K_i(B) by 1 - rho_i leaves one number per member to compare with
/// a cost that is the same for all but for i's own pressure.
struct Game {
  std::size_t members = 0;
  const double* threshold = nullptr;  ///< g_i / (1 - rho_i); infinite when rho_i = 1 and g_i > 0
  const double* pressure = nullptr;   ///< p_i = w_i * max(0, gamma_i)
  double total_pressure = 0;          ///< sum of the pressures
  double pressure_lost = 0;           ///< taken off in any case; greatest_equilibrium() only
  double kappa0 = 0;
  double kappa1 = 0;
  const double* cover = nullptr;  ///< phi^k for k = 0..members
};

/// Those who object, by index; the same vector serves every draw.
using Objectors = std::vector<std::uint32_t>;

/// The least equilibrium: start from nobody, add everyone who would object, repeat. In the order in
/// which they join, each wave in ascending order.
void least_equilibrium(const Game& game, Objectors& objectors);

/// The greatest equilibrium: start from everyone with a grievance, drop everyone who would not
/// object, repeat. Whoever stays shares one cost, so the set is always the members of largest
/// threshold. In ascending order.
void greatest_equilibrium(const Game& game, Objectors& objectors);

/// phi^k for k = 0..members, by repeated multiplication.
std::vector<double> cover_table(double phi, std::size_t members);

/// gamma_i = s_i (|q - theta_i| - |x - theta_i|) / 100, with salience in [0, 1].
inline double net_gain(double ideal, double salience, double text, double reversion) {
  const double loss = text > ideal ? text - ideal : ideal - text;
  const double before = reversion > ideal ? reversion - ideal : ideal - reversion;
  return salience * (before - loss) / 100;
}

/// g_i / (1 - rho_i), or 0 without a grievance (also where both would be 0 / 0).
inline double threshold(double grievance, double resolve) {
  if (!(grievance > 0)) return 0;
  return resolve < 1 ? grievance / (1 - resolve) : std::numeric_limits<double>::infinity();
}

}  // namespace delian::consensus
