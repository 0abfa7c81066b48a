// Asymmetric Nash bargaining from a reversion: the parties settle where the product of their gains,
// each to the power of its bargaining strength, is greatest, or not at all.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "delian/bargaining.hpp"
#include "models/bargaining/shared.hpp"

namespace delian::bargaining {
namespace {

constexpr std::array<std::string_view, 2> exponents{"capability", "equal"};

struct Options {
  double exponent = 0;
  double utility = 0;
  double failure = 0;
};

constexpr std::array parameters{
    Parameter<Options>{"exponent", &Options::exponent, 0, 1, "a party's bargaining strength",
                       exponents},
    Parameter<Options>{"utility", &Options::utility, 0, 1, "loss by distance or by its square",
                       utilities},
    Parameter<Options>{"failure", &Options::failure, 0, 1000000,
                       "what failing costs each party beside the reversion itself, in losses from "
                       "one end of the scale to the other at full salience"},
};

/// In lengths of the scale: nearer than this the search for the best point ends, and an interval
/// shorter than this is no room for an agreement.
constexpr double tolerance = 1e-13;
constexpr int most_steps = 200;  // halving alone needs 50

/// A party, seen from the reversion in lengths of the scale.
struct Party {
  double ideal;     ///< d, signed
  double failure;   ///< k, cost of failing over salience
  double exponent;  ///< b
};

/// Slopes of sum b log g(z) with g(z) = k + loss(d) - loss(d - z), which is concave wherever all g
/// are above 0. (Salience multiplies g, which changes no slope.)
struct Slope {
  double first = 0;
  double second = 0;
};
enum class Side : std::uint8_t { left, right };

Slope slope_at(double z, std::span<const Party> parties, bool quadratic, Side side) {
  Slope sum;
  for (const Party& party : parties) {
    const double d = party.ideal;
    const bool upwards = z < d || (z == d && side == Side::left);
    const double gain =
        party.failure + (quadratic ? z * (2 * d - z) : std::fabs(d) - std::fabs(d - z));
    const double change = (quadratic ? 2 * (d - z) : (upwards ? 1.0 : -1.0)) / gain;
    sum.first += party.exponent * change;
    sum.second -= party.exponent * (change * change + (quadratic ? 2 / gain : 0));
  }
  return sum;
}

/// The root of the first slope between two points: Newton's steps, halving where one leads astray.
double search(double low, double high, std::span<const Party> parties, bool quadratic) {
  double z = (low + high) / 2;
  for (int step = 0; step < most_steps && high - low > tolerance; ++step) {
    const Slope slope = slope_at(z, parties, quadratic, Side::right);
    (slope.first > 0 ? low : high) = z;
    const double newton = z - slope.first / slope.second;
    const double next = newton > low && newton < high ? newton : (low + high) / 2;
    const bool arrived = std::fabs(next - z) <= tolerance;
    z = next;
    if (arrived) break;
  }
  return z;
}

/// What all parties prefer to failing is the open interval between `low` and `high`.
struct Room {
  double low, high;
};
Room room_of(std::span<const Party> parties, bool quadratic) {
  Room room{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  for (const Party& party : parties) {
    const double d = party.ideal;
    double reach = std::fabs(d) + party.failure;
    // The root of a square is not always exact, and no gain may be left where there is none.
    if (quadratic && party.failure > 0) reach = std::sqrt(d * d + party.failure);
    room.low = std::max(room.low, d - reach);
    room.high = std::min(room.high, d + reach);
  }
  return room;
}

struct Best {
  double point = 0;
  Termination termination = Termination::closed_form;
};

/// The greatest product of gains, as a distance from the reversion.
Best best_point(const std::vector<Party>& parties, bool quadratic) {
  const Room room = room_of(parties, quadratic);
  if (room.high - room.low <= tolerance) return {};
  std::vector<double> ideals;
  for (const Party& party : parties) ideals.push_back(party.ideal);
  std::sort(ideals.begin(), ideals.end());
  // Outside the ideals every gain falls.
  double low = std::max(room.low, ideals.front());
  double high = std::min(room.high, ideals.back());
  if (high - low <= tolerance) return {low};
  if (!quadratic) {
    // Gains have a kink at each ideal: either the slope changes its sign at one, or between two.
    // At the ends of the room a gain is 0, and by rounding not always above it.
    const auto inside = [&](double z) {
      return z - room.low > tolerance && room.high - z > tolerance;
    };
    const auto first = std::find_if(ideals.begin(), ideals.end(), inside);
    const auto last = std::find_if_not(first, ideals.end(), inside);
    const auto falls = std::partition_point(first, last, [&](double z) {
      return slope_at(z, parties, quadratic, Side::right).first > 0;
    });
    if (falls != last) {
      if (slope_at(*falls, parties, quadratic, Side::left).first >= 0) return {*falls};
      high = *falls;
    }
    if (falls != first) low = *(falls - 1);
  }
  return {search(low, high, parties, quadratic), Termination::converged};
}

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  const BargainingIssue& issue = setting.issues.front();
  const double length = issue.high - issue.low;
  std::vector<Party> parties;
  parties.reserve(setting.actors);
  for (std::size_t i = 0; i < setting.actors; ++i) {
    if (draw.salience[i] <= 0 || draw.capability[i] <= 0) continue;  // no party to the bargain
    parties.push_back({(draw.position[i] - *issue.reversion) / length,
                       options.failure / draw.salience[i],
                       options.exponent == 0 ? draw.capability[i] : 1});
  }
  const Best best = best_point(parties, options.utility != 0);
  Forecast forecast;
  forecast.landing = {*issue.reversion + best.point * length};
  forecast.termination = best.termination;
  return forecast;
}

}  // namespace

extern const BargainingModel nash;
constinit const BargainingModel nash =
    define_bargaining_model<Options, parameters, solve, needs_reversion>({
        .id = "nash",
        .title = "Nash bargaining",
        .source = "nash1950",
        .defaults = "plain",
        .defaults_provenance = "Strength is capability, losses are distances, and failing costs "
                               "nothing beside the reversion.",
    });

}  // namespace delian::bargaining
