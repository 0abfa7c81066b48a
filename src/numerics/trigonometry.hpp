#pragma once
// Sine, cosine and the angle of a vector from + - * / and bit operations alone, for the reasons
// that elementary.hpp gives. Coefficients are Taylor's; nothing here branches on the value.

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

#include "numerics/elementary.hpp"

namespace delian::numerics {

namespace detail {

// pi/2 = high + middle + low; the first two have 33 bits, so that their products with whole numbers
// below 2^20 are exact.
constexpr double half_pi_high = 0x1.921fb544p+0;  // NOLINT(modernize-use-std-numbers): cut short
constexpr double half_pi_middle = 0x1.0b4611a6p-34;
constexpr double half_pi_low = 0x1.3198a2e037073p-69;

// sin(r) = r + r^3 (-1/3! + ...) and cos(r) = 1 - r^2/2 + r^4 (1/4! - ...): at |r| <= pi/4 what is
// left out is below 2^-60.
constexpr std::array sine_series{-1.0 / 6,
                                 1.0 / 120,
                                 -1.0 / 5040,
                                 1.0 / 362880,
                                 -1.0 / 39916800,
                                 1.0 / 6227020800.0,
                                 -1.0 / 1307674368000.0,
                                 1.0 / 355687428096000.0};
constexpr std::array cosine_series{1.0 / 24,
                                   -1.0 / 720,
                                   1.0 / 40320,
                                   -1.0 / 3628800,
                                   1.0 / 479001600,
                                   -1.0 / 87178291200.0,
                                   1.0 / 20922789888000.0,
                                   -1.0 / 6402373705728000.0};

// atan(r) = r + r^3 (-1/3 + 1/5 r^2 - ...): at |r| <= 1/8 what is left out is below 2^-61.
constexpr std::array arctangent_series{-1.0 / 3,  1.0 / 5,  -1.0 / 7,  1.0 / 9,
                                       -1.0 / 11, 1.0 / 13, -1.0 / 15, 1.0 / 17};

// atan(k/4) = high + low for k = 0..4.
constexpr std::array arctangent_of_quarters_high{0.0, 0x1.f5b75f92c80ddp-3, 0x1.dac670561bb4fp-2,
                                                 0x1.4978fa3269ee1p-1, 0x1.921fb54442d18p-1};
constexpr std::array arctangent_of_quarters_low{0.0, 0x1.8ab6e3cf7afbdp-57, 0x1.a2b7f222f65e2p-56,
                                                0x1.2419a87f2a458p-56, 0x1.1a62633145c07p-55};

/// Sine and cosine of the rest of x after whole quarter turns, and the quarter turns modulo 4.
struct Turned {
  double sine, cosine;
  std::uint64_t quarter;
};

inline Turned turned(double x) {
  constexpr double to_whole = 0x1.8p52;  // adding and taking it away rounds to a whole number
  constexpr double two_over_pi = 2.0 * std::numbers::inv_pi;
  const double shifted = x * two_over_pi + to_whole;
  const double k = shifted - to_whole;
  // r + rest is what is left, with more digits than a double has.
  const double partly = x - k * half_pi_high;
  const double middle = k * half_pi_middle;
  const double r0 = partly - middle;
  const double lost = (partly - r0) - middle;
  const double low = k * half_pi_low - lost;
  const double r = r0 - low;
  const double rest = (r0 - r) - low;
  const double r2 = r * r;
  const double sine = r + (rest + r * r2 * polynomial(sine_series, r2));
  const double half_square = 0.5 * r2;
  const double near_one = 1.0 - half_square;
  const double cosine = near_one + (((1.0 - near_one) - half_square) +
                                    (r2 * r2 * polynomial(cosine_series, r2) - r * rest));
  return {sine, cosine, std::bit_cast<std::uint64_t>(shifted) & 3U};
}

}  // namespace detail

/// The sine of x in radians within 1 ulp for |x| <= 2^20; beyond, a number without meaning.
inline double sin(double x) {
  const detail::Turned t = detail::turned(x);
  const double size = (t.quarter & 1U) != 0 ? t.cosine : t.sine;
  return (t.quarter & 2U) != 0 ? -size : size;
}

/// The cosine of x in radians within 1 ulp for |x| <= 2^20; beyond, a number without meaning.
inline double cos(double x) {
  const detail::Turned t = detail::turned(x);
  const double size = (t.quarter & 1U) != 0 ? t.sine : t.cosine;
  return ((t.quarter + 1U) & 2U) != 0 ? -size : size;
}

/// The angle of the vector (x, y) in radians, in [-pi, pi], within 2 ulp for finite x and y whose
/// quotient does not leave the normal range; 0 or pi with the sign of y where y = 0, also for (0,
/// 0).
inline double atan2(double y, double x) {
  using namespace detail;
  const double wide = std::fabs(x);
  const double high = std::fabs(y);
  const bool steep = high > wide;
  const double longer = steep ? high : wide;
  const double shorter = steep ? wide : high;
  // c = k/4 nearest to shorter/longer, so that |t| <= 1/8 and atan(shorter/longer) = atan(c) +
  // atan(t).
  const double c4 = (4.0 * shorter / longer + 0x1.8p52) - 0x1.8p52;
  const double whole = c4 > 0.0 ? c4 : 0.0;  // also for 0/0
  const auto k = static_cast<std::size_t>(whole);
  const double c = whole * 0.25;
  const double under = longer + shorter * c;
  const double t = under > 0.0 ? (shorter - longer * c) / under : 0.0;
  const double t2 = t * t;
  const double bend = t * t2 * polynomial(arctangent_series, t2);
  const double flat = arctangent_of_quarters_high[k] + (t + (arctangent_of_quarters_low[k] + bend));
  constexpr double half_pi = std::numbers::pi / 2;
  constexpr double half_pi_rest = 0x1.1a62633145c07p-54;
  const double acute = steep ? half_pi - (flat - half_pi_rest) : flat;
  const double angle = std::signbit(x) ? std::numbers::pi - (acute - 2.0 * half_pi_rest) : acute;
  return std::copysign(angle, y);
}

}  // namespace delian::numerics
