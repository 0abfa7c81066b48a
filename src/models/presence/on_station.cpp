// The number of ships on station: perfect stagger, independent phases, docks with a queue.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "delian/presence.hpp"
#include "models/presence/requirements.hpp"

namespace delian::presence {
namespace {

/// A mean this close below a whole number is that number: products of shares err by less.
constexpr double whole_tolerance = 1e-9;

double clamped_share(const HullGroup& group) {
  return std::clamp(group.share, 0.0, 1.0);
}

std::size_t hulls_of(const HullGroup& group) {
  return static_cast<std::size_t>(std::clamp(group.hulls, 0, most_hulls));
}

/// floor(rho) or one more.
OnStation stagger_of(double rho, std::size_t hulls) {
  const double below = std::floor(rho + whole_tolerance);
  const double more = std::max(rho - below, 0.0);
  OnStation result{std::vector<double>(hulls + 1, 0.0)};
  const auto k = std::min(static_cast<std::size_t>(below), hulls);
  result.exactly[k] = 1 - more;
  if (k < hulls) result.exactly[k + 1] = more;
  return result;
}

/// The distribution of the sum of two independent numbers.
std::vector<double> convolved(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> sum(a.size() + b.size() - 1, 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) sum[i + j] += a[i] * b[j];
  }
  return sum;
}

/// One more hull that is on station with probability p.
void add_hull(std::vector<double>& exactly, double p) {
  exactly.push_back(0.0);
  for (std::size_t k = exactly.size() - 1; k > 0; --k) {
    exactly[k] = exactly[k] * (1 - p) + exactly[k - 1] * p;
  }
  exactly[0] *= 1 - p;
}

}  // namespace

double OnStation::at_least(std::size_t k) const {
  if (k == 0) return 1;
  double sum = 0;
  for (std::size_t j = exactly.size(); j-- > k;) sum += exactly[j];
  return std::min(sum, 1.0);
}

double OnStation::mean() const {
  double sum = 0;
  for (std::size_t k = exactly.size(); k-- > 1;) sum += static_cast<double>(k) * exactly[k];
  return sum;
}

OnStation staggered(std::span<const HullGroup> groups) {
  double rho = 0;
  std::size_t hulls = 0;
  for (const HullGroup& group : groups) {
    rho += static_cast<double>(hulls_of(group)) * clamped_share(group);
    hulls += hulls_of(group);
  }
  return stagger_of(rho, hulls);
}

OnStation staggered_apart(std::span<const HullGroup> groups) {
  OnStation result{{1.0}};
  for (const HullGroup& group : groups) {
    result.exactly = convolved(result.exactly, staggered(std::span(&group, 1)).exactly);
  }
  return result;
}

OnStation poisson_binomial(std::span<const HullGroup> groups) {
  OnStation result{{1.0}};
  for (const HullGroup& group : groups) {
    const double p = clamped_share(group);
    for (std::size_t hull = 0; hull < hulls_of(group); ++hull) add_hull(result.exactly, p);
  }
  return result;
}

Expected<FiniteSource> finite_source(int hulls, double up_days, double repair_days, int docks,
                                     std::string_view pointer) {
  Requirements needs("E660", pointer);
  needs.between(hulls, 1, most_hulls, "hulls");
  needs.between(docks, 1, 1e9, "docks");
  needs.above(up_days, 0, most_days, "up_days");
  needs.above(repair_days, 0, most_days, "repair_days");
  if (!needs.met()) return tl::unexpected(std::move(needs).problems());

  const auto n = static_cast<std::size_t>(hulls);
  // From the most likely state outwards no product can overflow: scaled by the largest in passing.
  FiniteSource result;
  result.down.assign(n + 1, 0.0);
  result.down[0] = 1;
  for (std::size_t j = 0; j < n; ++j) {
    const double rate_down = static_cast<double>(n - j) / up_days;
    const double rate_up =
        static_cast<double>(std::min(j + 1, static_cast<std::size_t>(docks))) / repair_days;
    result.down[j + 1] = result.down[j] * (rate_down / rate_up);
    if (result.down[j + 1] > 1e200) {
      for (double& p : result.down) p *= 1e-200;
    }
  }
  const double sum = std::accumulate(result.down.begin(), result.down.end(), 0.0);
  double down = 0;
  for (std::size_t j = 0; j <= n; ++j) {
    double& p = result.down[j];
    p /= sum;
    const double busy = std::min(static_cast<double>(j), static_cast<double>(docks));
    down += static_cast<double>(j) * p;
    result.docks_busy += busy * p;
    result.waiting += (static_cast<double>(j) - busy) * p;
  }
  result.availability = 1 - down / static_cast<double>(n);
  return result;
}

OnStation on_station(const FiniteSource& source, double share_of_up) {
  const std::size_t n = source.down.empty() ? 0 : source.down.size() - 1;
  const double p = std::clamp(share_of_up, 0.0, 1.0);
  OnStation result{std::vector<double>(n + 1, 0.0)};
  std::vector<double> binomial{1.0};
  for (std::size_t up = 0; up <= n; ++up) {
    const double weight = source.down.empty() ? 1.0 : source.down[n - up];
    for (std::size_t k = 0; k <= up; ++k) result.exactly[k] += weight * binomial[k];
    add_hull(binomial, p);
  }
  return result;
}

}  // namespace delian::presence
