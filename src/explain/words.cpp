#include "delian/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace delian {
namespace {

// ICD 203, Analytic Standards (2 January 2015), section D.6.e.(2)(a), first row. Edges touch there;
// the lower edge is taken as included.
constexpr std::array icd203{
    ProbabilityWord{0.01, 0.05, "almost no chance", "presque aucune chance"},
    ProbabilityWord{0.05, 0.20, "very unlikely", "très improbable"},
    ProbabilityWord{0.20, 0.45, "unlikely", "improbable"},
    ProbabilityWord{0.45, 0.55, "roughly even chance", "chances à peu près égales"},
    ProbabilityWord{0.55, 0.80, "likely", "probable"},
    ProbabilityWord{0.80, 0.95, "very likely", "très probable"},
    ProbabilityWord{0.95, 0.99, "almost certain", "presque certain"},
};

// PHIA probability yardstick: seven bands with gaps. The upper edges of the first four (5, 20, 35,
// 50 %) are confirmed; the other edges are from memory of the published chart and are marked as
// unconfirmed in docs/probability-words.md.
constexpr std::array uk{
    ProbabilityWord{0.00, 0.05, "remote chance", "chance infime"},
    ProbabilityWord{0.10, 0.20, "highly unlikely", "hautement improbable"},
    ProbabilityWord{0.25, 0.35, "unlikely", "improbable"},
    ProbabilityWord{0.40, 0.50, "realistic possibility", "possibilité réaliste"},
    ProbabilityWord{0.55, 0.75, "likely", "probable"},
    ProbabilityWord{0.80, 0.90, "highly likely", "hautement probable"},
    ProbabilityWord{0.95, 1.00, "almost certain", "presque certain"},
};

// A thousandth is below anything printed: shares summed in floating point still meet their edge.
constexpr double edge_tolerance = 1e-12;

std::string rounded(double probability, int decimals, Language language) {
  const auto scale = static_cast<long>(std::lround(std::pow(10, decimals)));
  const auto units =
      static_cast<long>(std::floor(probability * 100 * static_cast<double>(scale) + 0.5));
  std::string text = std::to_string(units / scale);
  if (decimals > 0) {
    std::string fraction = std::to_string(units % scale);
    fraction.insert(0, static_cast<std::size_t>(decimals) - fraction.size(), '0');
    text += (language == Language::fr ? "," : ".") + fraction;
  }
  return text + " %";
}

}  // namespace

std::span<const ProbabilityWord> probability_words(Yardstick yardstick) {
  if (yardstick == Yardstick::uk) return uk;
  return icd203;
}

int probability_band(double probability, Yardstick yardstick) {
  const auto bands = probability_words(yardstick);
  const int count = static_cast<int>(bands.size());
  if (yardstick == Yardstick::icd203) {
    if (probability < bands.front().low - edge_tolerance) return -1;
    if (probability > bands.back().high + edge_tolerance) return count;
  }
  int best = 0;
  for (int k = 1; k < count; ++k) {
    const auto& band = bands[static_cast<std::size_t>(k)];
    const auto& before = bands[static_cast<std::size_t>(k - 1)];
    // Where bands leave a gap, its middle divides it.
    if (probability >= (before.high + band.low) / 2 - edge_tolerance) best = k;
  }
  return best;
}

std::string_view probability_word(double probability, Yardstick yardstick, Language language) {
  const auto bands = probability_words(yardstick);
  const int band = probability_band(probability, yardstick);
  if (band < 0 || band >= static_cast<int>(bands.size())) return {};
  const ProbabilityWord& word = bands[static_cast<std::size_t>(band)];
  return language == Language::fr ? word.fr : word.en;
}

std::string percent(double probability, Yardstick yardstick, Language language) {
  const double p = std::clamp(probability, 0.0, 1.0);
  if (p < 0.01 - edge_tolerance) return language == Language::fr ? "moins de 1 %" : "less than 1 %";
  if (p > 0.99 + edge_tolerance)
    return language == Language::fr ? "plus de 99 %" : "more than 99 %";
  // Few digits, yet enough that the number never falls into another band than its word.
  constexpr int most_decimals = 10;  // edge_tolerance in percent
  int decimals = 0;
  for (; decimals < most_decimals; ++decimals) {
    const double scale = 100 * std::pow(10, decimals);
    const double shown = std::floor(p * scale + 0.5) / scale;
    if (probability_band(shown, yardstick) == probability_band(p, yardstick)) break;
  }
  return rounded(p, decimals, language);
}

std::string word_and_number(double probability, Yardstick yardstick, Language language) {
  const std::string_view word = probability_word(probability, yardstick, language);
  const std::string number = percent(probability, yardstick, language);
  return word.empty() ? number : std::string(word) + " (" + number + ")";
}

}  // namespace delian
