#pragma once
// Numerical integration.

#include <cstddef>
#include <vector>

namespace delian::numerics {

/// Points in (0, 1), ascending, with weights that sum to 1.
struct Quadrature {
  std::vector<double> point;
  std::vector<double> weight;
};

/// Gauss-Legendre on [0, 1]: exact for polynomials up to degree 2 * count - 1. Points and weights
/// are symmetric about 1/2 to the last bit of 1 - point.
///
/// Newton's method on the Legendre polynomial from its three-term recurrence; points within 1e-16.
Quadrature gauss_legendre(std::size_t count);

}  // namespace delian::numerics
