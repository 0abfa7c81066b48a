#include "numerics/quadrature.hpp"

#include <cmath>
#include <numbers>

namespace delian::numerics {
namespace {

/// P_n(x) and its derivative.
struct Legendre {
  double value;
  double slope;
};

Legendre legendre(std::size_t n, double x) {
  double before = 1;
  double value = x;
  for (std::size_t k = 2; k <= n; ++k) {
    const auto degree = static_cast<double>(k);
    const double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
    before = value;
    value = next;
  }
  return {value, static_cast<double>(n) * (x * value - before) / (x * x - 1)};
}

/// cos(x) for 0 <= x <= pi / 2 within 1e-9: a place to start from, the same on every machine.
double rough_cosine(double x) {
  double term = 1;
  double sum = 1;
  for (int k = 1; k <= 7; ++k) {
    term *= -x * x / ((2 * k - 1) * (2 * k));
    sum += term;
  }
  return sum;
}

}  // namespace

Quadrature gauss_legendre(std::size_t count) {
  Quadrature rule;
  rule.point.resize(count);
  rule.weight.resize(count);
  const auto n = static_cast<double>(count);
  for (std::size_t k = 0; k < (count + 1) / 2; ++k) {
    // The k-th largest root lies near this (Abramowitz and Stegun 22.16.6).
    double x = rough_cosine(std::numbers::pi * (static_cast<double>(k) + 0.75) / (n + 0.5));
    if (2 * k + 1 == count) x = 0;
    Legendre p = legendre(count, x);
    // Convergence is quadratic from seven digits; one step more than needed.
    for (int step = 0; step < 4 && x != 0; ++step) {
      x -= p.value / p.slope;
      p = legendre(count, x);
    }
    const double weight = 1 / ((1 - x * x) * p.slope * p.slope);
    rule.point[k] = 0.5 * (1 - x);
    rule.weight[k] = weight;
    rule.point[count - 1 - k] = 1 - rule.point[k];
    rule.weight[count - 1 - k] = weight;
  }
  return rule;
}

}  // namespace delian::numerics
