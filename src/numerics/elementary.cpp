#include "numerics/elementary.hpp"

#include "numerics/kernel.hpp"

namespace delian::numerics {

DELIAN_KERNEL void exp_each(const double* x, double* out, std::size_t count) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < count; ++k) out[k] = exp(x[k]);
}

DELIAN_KERNEL void log_each(const double* x, double* out, std::size_t count) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < count; ++k) out[k] = log(x[k]);
}

DELIAN_KERNEL void pow_each(const double* x, double y, double* out, std::size_t count) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < count; ++k) out[k] = pow(x[k], y);
}

DELIAN_KERNEL void logistic_each(const double* x, double* out, std::size_t count) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < count; ++k) out[k] = logistic(x[k]);
}

DELIAN_KERNEL void logit_each(const double* p, double* out, std::size_t count) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < count; ++k) out[k] = logit(p[k]);
}

DELIAN_KERNEL void normal_quantile_each(const double* p, double* out, std::size_t count) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < count; ++k) out[k] = normal_quantile(p[k]);
}

DELIAN_KERNEL void normal_cdf_each(const double* z, double* out, std::size_t count) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < count; ++k) out[k] = normal_cdf(z[k]);
}

}  // namespace delian::numerics
