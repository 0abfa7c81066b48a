#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <optional>

#include "delian/assert.hpp"
#include "delian/random.hpp"
#include "delian/score.hpp"

namespace delian {
namespace {

std::optional<long long> whole_number(const std::string& text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Numbers before other texts, each in their own order.
struct GroupOrder {
  bool operator()(const std::string& a, const std::string& b) const {
    const auto x = whole_number(a);
    const auto y = whole_number(b);
    if (x && y && *x != *y) return *x < *y;
    if (x.has_value() != y.has_value()) return x.has_value();
    return a < b;
  }
};

}  // namespace

BootstrapMean bootstrap_mean(std::span<const double> values, std::span<const std::string> group,
                             std::uint64_t seed, std::size_t replicates) {
  DELIAN_ASSERT(values.size() == group.size() && !values.empty() && replicates > 0);
  struct Sum {
    double total = 0;
    double count = 0;
  };
  std::map<std::string, Sum, GroupOrder> by_group;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Sum& sum = by_group[group[i]];
    sum.total += values[i];
    sum.count += 1;
  }
  std::vector<Sum> sums;
  sums.reserve(by_group.size());
  for (const auto& [name, sum] : by_group) sums.push_back(sum);

  const Stream stream(seed, "bootstrap");
  std::vector<double> means(replicates);
  for (std::size_t r = 0; r < replicates; ++r) {
    Sum all;
    for (std::size_t k = 0; k < sums.size(); ++k) {
      const double u = stream.uniform(r * sums.size() + k);
      const Sum& chosen = sums[static_cast<std::size_t>(u * static_cast<double>(sums.size()))];
      all.total += chosen.total;
      all.count += chosen.count;
    }
    means[r] = all.total / all.count;
  }
  std::sort(means.begin(), means.end());
  const auto at = [&](double share) {
    return means[static_cast<std::size_t>(share * static_cast<double>(replicates - 1) + 0.5)];
  };
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  return {mean, at(0.025), at(0.975)};
}

std::vector<std::size_t> folds_by_group(std::span<const std::string> group, std::size_t folds) {
  DELIAN_ASSERT(folds > 0);
  std::map<std::string, std::size_t, GroupOrder> place;
  for (const std::string& name : group) place.emplace(name, 0);
  std::size_t next = 0;
  for (auto& [name, fold] : place) fold = next++ % folds;
  std::vector<std::size_t> result;
  result.reserve(group.size());
  for (const std::string& name : group) result.push_back(place.at(name));
  return result;
}

}  // namespace delian
