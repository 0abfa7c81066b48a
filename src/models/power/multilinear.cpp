// Weighted games along Owen's multilinear extension. When member i says yes with probability p_i,
// the weight of those who say yes has a distribution D. Member i decides when the others' weight
// lies in [q - w_i, q). Their distribution D_-i is D with i divided out,
//
//   D_-i(x) = (D(x) - p D_-i(x - w)) / (1 - p) = sum over k of (-r)^k D(x - k w) / (1 - p),
//
// r = p / (1 - p). Over a window of just w values the terms D(x - k w) tile the weights below q:
// the chance to decide is an alternating sum of the masses of intervals, and takes O(q / w) once
// those are at hand. With p <= 1/2 the factors fall and nothing cancels that is larger than the
// answer plus rounding; with p > 1/2 the weight of those who say no is used, where everything is
// mirrored: the quota is then q* = total - q + 1.
//
// Shapley-Shubik: all say yes with the same probability t, integrated over t (Owen 1972). The
// integrand is a polynomial of degree below the number of members, so Gauss-Legendre is exact. The
// same distribution serves t and 1 - t.

#include <algorithm>
#include <numeric>
#include <utility>

#include "models/power/methods.hpp"
#include "numerics/kernel.hpp"
#include "numerics/quadrature.hpp"

namespace delian::power {
namespace {

/// out[x] = no in[x] + yes in[x - w] for w <= x < count, and without the second term below w.
DELIAN_KERNEL void convolve(const double* in, double* out, std::size_t count, std::size_t w,
                            double yes) {
  const double no = 1 - yes;
  const std::size_t below = w < count ? w : count;
  DELIAN_ELEMENTWISE
  for (std::size_t x = 0; x < below; ++x) out[x] = no * in[x];
  DELIAN_ELEMENTWISE
  for (std::size_t x = w; x < count; ++x) out[x] = no * in[x] + yes * in[x - w];
}

/// Sums in four lanes: the same order on every machine, and vector code.
double sum_of(const double* values, std::size_t count) {
  double a = 0, b = 0, c = 0, d = 0;
  std::size_t k = 0;
  for (; k + 4 <= count; k += 4) {
    a += values[k];
    b += values[k + 1];
    c += values[k + 2];
    d += values[k + 3];
  }
  for (; k < count; ++k) a += values[k];
  return (a + b) + (c + d);
}

/// The distribution of the weight of those who say yes, below a limit.
class Distribution {
 public:
  explicit Distribution(std::size_t limit)
      : now_(limit, 0), next_(limit, 0), chunk_(limit / chunk_size + 1, 0) {}

  /// Members come in ascending weight, so that sums stay short for long.
  void make(std::span<const std::size_t> ascending, const std::vector<std::int64_t>& weight,
            const auto& yes) {
    std::fill(now_.begin(), now_.end(), 0.0);
    std::fill(next_.begin(), next_.end(), 0.0);
    now_[0] = 1;
    std::size_t reach = 1;  // nothing at or above this
    for (const std::size_t i : ascending) {
      const auto w = static_cast<std::size_t>(weight[i]);
      reach = w < now_.size() - reach ? reach + w : now_.size();
      convolve(now_.data(), next_.data(), reach, w, yes(i));
      std::swap(now_, next_);
    }
    for (std::size_t c = 0; c < chunk_.size(); ++c) {
      const std::size_t from = c * chunk_size;
      chunk_[c] = sum_of(now_.data() + from, std::min(chunk_size, now_.size() - from));
    }
  }

  /// Mass of weights in [from, to).
  double mass(std::size_t from, std::size_t to) const {
    const std::size_t first = (from + chunk_size - 1) / chunk_size;
    const std::size_t last = to / chunk_size;
    if (first >= last) return sum_of(now_.data() + from, to - from);
    return sum_of(now_.data() + from, first * chunk_size - from) +
           sum_of(chunk_.data() + first, last - first) +
           sum_of(now_.data() + last * chunk_size, to - last * chunk_size);
  }

  /// The chance that the others of a member that says yes with probability p <= 1/2 weigh at least
  /// quota - w and less than quota.
  double decides(std::int64_t quota, std::int64_t w, double p) const {
    if (w == 0) return 0;
    const double ratio = p / (1 - p);
    double factor = 1 / (1 - p);
    double sum = 0;
    for (std::int64_t to = quota; to > 0 && factor != 0; to -= w) {
      sum += factor * mass(static_cast<std::size_t>(std::max<std::int64_t>(to - w, 0)),
                           static_cast<std::size_t>(to));
      factor *= -ratio;
    }
    return std::clamp(sum, 0.0, 1.0);
  }

 private:
  static constexpr std::size_t chunk_size = 64;
  std::vector<double> now_;
  std::vector<double> next_;
  std::vector<double> chunk_;
};

/// Criterion, order of members, and both quotas.
struct Weights {
  explicit Weights(const NormalForm& form) {
    if (form.criteria.empty()) {
      weight.assign(form.others.size(), 1);
      quota = static_cast<std::int64_t>(form.win_from);
    } else {
      weight = form.criteria.front().weight;
      quota = form.criteria.front().quota;
    }
    const auto total = std::accumulate(weight.begin(), weight.end(), std::int64_t{0});
    mirrored = total - quota + 1;
    ascending.resize(weight.size());
    std::iota(ascending.begin(), ascending.end(), std::size_t{0});
    std::stable_sort(ascending.begin(), ascending.end(),
                     [&](std::size_t a, std::size_t b) { return weight[a] < weight[b]; });
  }
  std::vector<std::int64_t> weight;
  std::int64_t quota;
  std::int64_t mirrored;
  std::vector<std::size_t> ascending;
};

double power(double base, std::size_t exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 == 1) result *= base;
  }
  return result;
}

}  // namespace

Integrals integrate(const NormalForm& form) {
  const Weights w(form);
  const std::size_t n = w.weight.size();
  const std::size_t vetoers = form.vetoers.size();
  const auto longest = static_cast<std::size_t>(std::max(w.quota, w.mirrored));
  Distribution distribution(longest);
  Integrals result;
  result.decides.assign(n, 0);
  result.half.gradient.assign(n, 0);

  const auto below = [&](std::int64_t quota) {
    return distribution.mass(0, static_cast<std::size_t>(quota));
  };
  // Alike in weight, alike in power: each weight is looked at once.
  const auto each_weight = [&](const auto& value, std::vector<double>& sum) {
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t i = w.ascending[k];
      const bool again = k > 0 && w.weight[i] == w.weight[w.ascending[k - 1]];
      sum[i] = again ? sum[w.ascending[k - 1]] : sum[i] + value(w.weight[i]);
    }
  };

  const numerics::Quadrature rule = numerics::gauss_legendre((n + vetoers + 1) / 2);
  for (std::size_t k = 0; 2 * k < rule.point.size(); ++k) {
    const double t = rule.point[k];
    const bool centre = 2 * k + 1 == rule.point.size();
    distribution.make(w.ascending, w.weight, [&](std::size_t) { return t; });
    // At 1 - t the yes weigh what at t the noes do.
    const double here = rule.weight[k] * power(t, vetoers);
    const double there = centre ? 0 : rule.weight[k] * power(1 - t, vetoers);
    each_weight(
        [&](std::int64_t weight) {
          const double decides = distribution.decides(w.quota, weight, t);
          if (centre) return here * decides;
          const double mirrored =
              w.mirrored == w.quota ? decides : distribution.decides(w.mirrored, weight, t);
          return here * decides + there * mirrored;
        },
        result.decides);
    if (vetoers > 0) {
      result.passes += here / t * (1 - below(w.quota));
      if (!centre) result.passes += there / (1 - t) * below(w.mirrored);
    }
  }
  distribution.make(w.ascending, w.weight, [](std::size_t) { return 0.5; });
  each_weight([&](std::int64_t weight) { return distribution.decides(w.quota, weight, 0.5); },
              result.half.gradient);
  result.half.value = below(w.mirrored);
  return result;
}

Extension extend_by_weight(const NormalForm& form, std::span<const double> p) {
  Extension result;
  result.gradient.assign(p.size(), 0);
  if (form.criteria.empty() && form.win_from == 0) {
    result.value = 1;
    return result;
  }
  const Weights w(form);
  {
    Distribution yes(static_cast<std::size_t>(w.quota));
    yes.make(w.ascending, w.weight, [&](std::size_t i) { return p[i]; });
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (p[i] <= 0.5) result.gradient[i] = yes.decides(w.quota, w.weight[i], p[i]);
    }
  }
  Distribution no(static_cast<std::size_t>(w.mirrored));
  no.make(w.ascending, w.weight, [&](std::size_t i) { return 1 - p[i]; });
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] > 0.5) result.gradient[i] = no.decides(w.mirrored, w.weight[i], 1 - p[i]);
  }
  result.value = std::min(1.0, no.mass(0, static_cast<std::size_t>(w.mirrored)));
  return result;
}

// As count_minimal_by_meeting(): c(x) coalitions of the members before j weigh x.
double count_minimal_by_weight(const NormalForm& form, CoalitionKind kind) {
  const std::vector<std::size_t> order = by_weight(form);
  const Rule::YesQuota& criterion = form.criteria.front();
  const auto quota = static_cast<std::size_t>(criterion.quota);
  std::size_t after = 0;
  if (kind == CoalitionKind::blocking) {
    for (const std::int64_t w : criterion.weight) after += static_cast<std::size_t>(w);
  }
  std::vector<double> count(quota, 0);
  count[0] = 1;
  double found = 0;
  for (const std::size_t j : order) {
    const auto weight = static_cast<std::size_t>(criterion.weight[j]);
    if (kind == CoalitionKind::blocking) after -= weight;
    if (after < quota) {
      const std::size_t to = quota - after;
      for (std::size_t x = to - std::min(to, weight); x < to; ++x) found += count[x];
    }
    for (std::size_t x = quota; x-- > weight;) count[x] += count[x - weight];
  }
  return found;
}

}  // namespace delian::power
