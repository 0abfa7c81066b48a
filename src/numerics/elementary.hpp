#pragma once
// Elementary functions from + - * / sqrt and bit operations alone. The standard library's differ
// between machines (glibc picks its version by processor), and a forecast must not. Nothing here
// branches on the value, so loops over arrays vectorise.
//
// Coefficients are our own (Taylor series of exp and artanh, a Chebyshev fit of Mills' ratio) but
// for the normal quantile, which is Wichura 1988, algorithm AS 241, PPND16.

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>

namespace delian::numerics {

namespace detail {

// ln 2 = high + low; high has 40 bits, so that its product with any exponent is exact.
constexpr double ln2_high = 0x1.62e42fefa2000p-1;  // NOLINT(modernize-use-std-numbers): cut short
constexpr double ln2_low = 0x1.9ef35793c7673p-41;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// 2^k for a whole number -1022 <= k <= 1023; something finite or not, but defined, for others.
inline double power_of_two(double k) {
  // Adding 2^52 puts the whole number into the low bits of the mantissa; the bias goes along.
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(k + (0x1p52 + 1023)) << 52);
}

/// c[0] + c[1] x + c[2] x^2 + ... by Horner's rule.
template <std::size_t N>
inline double polynomial(const std::array<double, N>& c, double x) {
  double sum = c[N - 1];
  for (std::size_t n = N - 1; n-- > 0;) sum = sum * x + c[n];
  return sum;
}

// exp(r) = 1 + r + r^2 (1/2! + r/3! + ...): at |r| <= ln(2)/2 what is left out is below 2^-57.
constexpr std::array exp_series{1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                                1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                                1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800.0};

// 2 artanh(s) = 2 s + s^3 (2/3 + 2/5 s^2 + ...): enough at |s| <= (sqrt(2) - 1) / (sqrt(2) + 1).
constexpr std::array artanh_series{2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                                   2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};

// (z + 1) times Mills' ratio of the normal in Chebyshev polynomials of t = (z - 4) / (z + 4), which
// maps z >= 0 to [-1, 1); after Shepherd & Laframboise 1981. Computed with 60 digits; terms left
// out sum to less than 2^-57.
constexpr std::array mills_series{
    1.1670525350882472,      -0.1610195767134654,     -0.028002821825452974,
    0.03167452189239266,     -0.012103231162345369,   0.0027056129762167095,
    -0.00029931636202703166, -1.716686526879361e-05,  1.0178489264109868e-05,
    -4.894829570004192e-07,  -2.844006500151048e-07,  3.0766283713811506e-08,
    9.180378674469537e-09,   -1.2756102213808737e-09, -3.660279376104134e-10,
    4.5926359348595205e-11,  1.7189314687646526e-11,  -1.2726833698700693e-12,
    -8.668081913316188e-13,  1.1061557204136741e-15,  4.2750210770103334e-14,
    3.790937692263904e-15,   -1.8474103010592332e-15, -4.0419094130708177e-16,
    5.340854385017358e-17,   2.941479937590055e-17};

// Wichura 1988, table of PPND16: numerators and denominators for the centre, the tail, the far
// tail.
constexpr std::array centre_over{3.3871328727963666080e0,  1.3314166789178437745e+2,
                                 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array centre_under{1.0,
                                  4.2313330701600911252e+1,
                                  6.8718700749205790830e+2,
                                  5.3941960214247511077e+3,
                                  2.1213794301586595867e+4,
                                  3.9307895800092710610e+4,
                                  2.8729085735721942674e+4,
                                  5.2264952788528545610e+3};
constexpr std::array tail_over{1.42343711074968357734e0,  4.63033784615654529590e0,
                               5.76949722146069140550e0,  3.64784832476320460504e0,
                               1.27045825245236838258e0,  2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array tail_under{1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
constexpr std::array far_tail_over{6.65790464350110377720e0,  5.46378491116411436990e0,
                                   1.78482653991729133580e0,  2.96560571828504891230e-1,
                                   2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                   2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array far_tail_under{1.0,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};

}  // namespace detail

/// e^x within 1 ulp; 0 and infinity where the double range ends, NaN for NaN.
inline double exp(double x) {
  using namespace detail;
  constexpr double to_whole = 0x1.8p52;  // adding and taking it away rounds to a whole number
  constexpr double one_over_ln2 = std::numbers::log2e;
  // Beyond these the result is 0 or infinite anyway, and the exponents below stay in range.
  const double at_least = x < -746.0 ? -746.0 : x;
  const double clamped = at_least > 710.0 ? 710.0 : at_least;
  const double k = (clamped * one_over_ln2 + to_whole) - to_whole;
  const double r = (clamped - k * ln2_high) - k * ln2_low;
  const double e_to_r = 1.0 + (r + r * r * polynomial(exp_series, r));
  // In two factors, so that results below the normal range are rounded once and 2^1024 is reached.
  const double half = (k * 0.5 + to_whole) - to_whole;
  return e_to_r * power_of_two(half) * power_of_two(k - half);
}

/// The natural logarithm within 1 ulp; -infinity at 0, NaN below 0.
inline double log(double x) {
  using namespace detail;
  constexpr std::uint64_t one = 0x3ff0000000000000U;
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdU;
  const bool tiny = x < 0x1p-1022;  // no exponent of its own: lend it one
  const double scaled = tiny ? x * 0x1p54 : x;
  // x = m 2^k with m in [sqrt(1/2), sqrt(2)), so that the result loses nothing near x = 1.
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(scaled) + (one - root_half);
  const auto biased = std::bit_cast<double>((bits >> 52) | std::bit_cast<std::uint64_t>(0x1p52));
  const double k = biased - (0x1p52 + 1023) - (tiny ? 54.0 : 0.0);
  const auto m = std::bit_cast<double>((bits & 0x000fffffffffffffU) + root_half);
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double s2 = s * s;
  // log(1 + f) = 2 artanh(s) and 2 s = f - s f: the large part f stays exact.
  const double series = s2 * polynomial(artanh_series, s2);
  const double finite = k * ln2_high - ((s * (f - series) - k * ln2_low) - f);
  const double upper = x == infinity ? infinity : finite;
  const double lower = x == 0.0 ? -infinity : upper;
  return x >= 0.0 ? lower : not_a_number;
}

/// x^y for x >= 0 and finite y, within 2 + 2 |y log x| ulp: the rounding of y log x grows with it.
/// 1 where y = 0, NaN for x < 0. For x in [0, 1] and y > 0 that is an absolute error below 2^-51.
inline double pow(double x, double y) {
  const double power = exp(y * log(x));
  return y == 0.0 ? 1.0 : power;
}

/// 1 / (1 + e^-x) within 3 ulp, also far below 0.
inline double logistic(double x) {
  const double e = exp(-std::fabs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

/// log(p / (1 - p)) within 5 ulp, also around p = 1/2; infinite at 0 and 1, NaN outside.
inline double logit(double p) {
  using namespace detail;
  const double s = 2.0 * p - 1.0;  // exact where it is used
  const double s2 = s * s;
  const double near_half = 2.0 * s + s * s2 * polynomial(artanh_series, s2);
  const double elsewhere = log(p / (1.0 - p));
  return std::fabs(s) < 0.17 ? near_half : elsewhere;
}

/// The z with P(Z <= z) = p for a standard normal Z, relative error below 1e-15; infinite at 0 and
/// 1, NaN outside. Source: Wichura 1988, AS 241, PPND16.
inline double normal_quantile(double p) {
  using namespace detail;
  const double q = p - 0.5;
  const bool central = std::fabs(q) <= 0.425;
  const double near = 0.180625 - q * q;
  const double smaller = p < 0.5 ? p : 1.0 - p;
  const double root = std::sqrt(-log(smaller));
  const bool far = root > 5.0;
  const double over = central ? polynomial(centre_over, near)
                      : far   ? polynomial(far_tail_over, root - 5.0)
                              : polynomial(tail_over, root - 1.6);
  const double under = central ? polynomial(centre_under, near)
                       : far   ? polynomial(far_tail_under, root - 5.0)
                               : polynomial(tail_under, root - 1.6);
  const double ratio = over / under;
  const double size = smaller == 0.0 ? infinity : ratio;
  return central ? q * ratio : (q < 0.0 ? -size : size);
}

/// P(Z <= z) for a standard normal Z: relative error below 1e-15 for z < 0 down to the end of the
/// normal range at z = -37.5, absolute error below 4e-16 for z > 0.
inline double normal_cdf(double z) {
  using namespace detail;
  const double size = std::fabs(z) < 40.0 ? std::fabs(z) : (std::fabs(z) >= 40.0 ? 40.0 : z);
  const double t = (size - 4.0) / (size + 4.0);
  double last = 0, sum = 0;  // Clenshaw's rule
  for (std::size_t n = mills_series.size() - 1; n > 0; --n) {
    const double next = mills_series[n] + (2.0 * t * sum - last);
    last = sum;
    sum = next;
  }
  const double mills = (mills_series[0] + (t * sum - last)) / (size + 1.0);
  // z^2 / 2 in a part that is exact and a small rest: rounding z^2 would cost many digits of
  // e^-z^2.
  const auto cut = std::bit_cast<double>(std::bit_cast<std::uint64_t>(size) & 0xffffffff00000000U);
  const double density = exp(-0.5 * cut * cut) * exp(-0.5 * (size - cut) * (size + cut));
  constexpr double one_over_root_two_pi = 0x1.9884533d43651p-2;
  const double tail = one_over_root_two_pi * density * mills;
  const double lower = z == 0.0 ? 0.5 : tail;  // which rounding would miss by one ulp
  return z > 0.0 ? 1.0 - tail : lower;
}

/// out[k] = f(x[k]) for k < count, the same bits as the function for one number. x and out may be
/// the same array but must not overlap otherwise.
void exp_each(const double* x, double* out, std::size_t count);
void log_each(const double* x, double* out, std::size_t count);
void pow_each(const double* x, double y, double* out, std::size_t count);
void logistic_each(const double* x, double* out, std::size_t count);
void logit_each(const double* p, double* out, std::size_t count);
void normal_quantile_each(const double* p, double* out, std::size_t count);
void normal_cdf_each(const double* z, double* out, std::size_t count);

}  // namespace delian::numerics
