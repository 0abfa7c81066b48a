#pragma once
// Collects what is wrong with the numbers of a plan.

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "delian/diagnostic.hpp"

namespace delian::presence {

class Requirements {
 public:
  Requirements(std::string_view code, std::string_view pointer) : code_(code), pointer_(pointer) {}

  /// `key` lies in [low, high]; neither NaN nor infinite.
  void between(double value, double low, double high, std::string_view key) {
    if (std::isfinite(value) && value >= low && value <= high) return;
    add(key, fmt::format("{} is {}; it has to lie between {} and {}.", key, value, low, high));
  }

  /// `key` lies in (low, high].
  void above(double value, double low, double high, std::string_view key) {
    if (std::isfinite(value) && value > low && value <= high) return;
    add(key, fmt::format("{} is {}; it has to be above {} and at most {}.", key, value, low, high));
  }

  void require(bool holds, std::string_view key, std::string message, std::string fix = {}) {
    if (!holds) add(key, std::move(message), std::move(fix));
  }

  void take(const Diagnostics& others) {
    problems_.insert(problems_.end(), others.begin(), others.end());
  }

  bool met() const { return problems_.empty(); }
  Diagnostics problems() && { return std::move(problems_); }
  std::string at(std::string_view key) const {
    if (key.empty()) return pointer_;
    return pointer_.empty() ? std::string(key) : fmt::format("{}.{}", pointer_, key);
  }

 private:
  void add(std::string_view key, std::string message, std::string fix = {}) {
    problems_.push_back(diagnose(code_, at(key), std::move(message), std::move(fix)));
  }

  std::string_view code_;
  std::string pointer_;
  Diagnostics problems_;
};

/// Bounds that no cycle, fleet or sea passes; they keep sums finite.
inline constexpr double most_days = 36525;  // a century
inline constexpr double most_nm = 100'000;
inline constexpr double most_money = 1e18;

}  // namespace delian::presence
