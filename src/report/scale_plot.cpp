#include "report/scale_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "delian/score.hpp"

namespace delian {
namespace {

constexpr std::size_t dots = 50;
constexpr std::size_t bins = 51;  // two points of the scale each: 0 is the first, 100 the last
constexpr std::string_view indent = "  ";

std::size_t bin_of(double point) {
  const double clamped = std::clamp(point, 0.0, 100.0);
  return static_cast<std::size_t>(std::floor(clamped / 2 + 0.5));
}

std::string trimmed(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + '\n';
}

}  // namespace

std::string dot_plot(const ScaleDistribution& distribution, std::span<const double> marks) {
  std::array<std::size_t, bins> height{};
  for (std::size_t k = 0; k < dots; ++k) {
    const double share = (static_cast<double>(k) + 0.5) / static_cast<double>(dots);
    ++height[bin_of(quantile_of(distribution, share))];
  }
  const std::size_t tallest = *std::max_element(height.begin(), height.end());
  std::string plot;
  for (std::size_t row = (tallest + 1) / 2; row-- > 0;) {
    std::string line(indent);
    for (const std::size_t h : height) {
      line += h >= 2 * row + 2 ? ':' : (h == 2 * row + 1 ? '.' : ' ');
    }
    plot += trimmed(std::move(line));
  }
  std::string axis(indent);
  for (std::size_t b = 0; b < bins; ++b) axis += b % 10 == 0 ? "┴" : "─";
  plot += axis + '\n';
  std::string labels(indent);
  for (const std::string_view label : {"0", "20", "40", "60", "80", "100"}) {
    labels += label;
    labels += std::string(10 - label.size(), ' ');
  }
  plot += trimmed(std::move(labels));
  if (!marks.empty()) {
    std::string carets(indent.size() + bins, ' ');
    for (const double mark : marks) carets[indent.size() + bin_of(mark)] = '^';
    plot += trimmed(std::move(carets));
  }
  return plot;
}

std::string range_strip(double low, double median, double high, std::size_t columns) {
  const auto column = [&](double x) {
    const double clamped = std::clamp(x, 0.0, 100.0);
    return static_cast<std::size_t>(
        std::floor(clamped / 100 * static_cast<double>(columns - 1) + 0.5));
  };
  std::string strip;
  for (std::size_t c = 0; c < columns; ++c) {
    if (c == column(median)) {
      strip += "●";
    } else {
      strip += c >= column(low) && c <= column(high) ? "─" : "·";
    }
  }
  return strip;
}

}  // namespace delian
