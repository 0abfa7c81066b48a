#pragma once
// Words of estimative probability. No word ever stands without its number.

#include <span>
#include <string>
#include <string_view>

namespace delian {

enum class Yardstick {
  icd203,  ///< US Intelligence Community Directive 203 (2015), first row of words
  uk,      ///< PHIA probability yardstick (UK Professional Head of Intelligence Assessment)
};
enum class Language { en, fr };

/// One word and the band it stands for, in shares of 1; a band holds its lower edge.
struct ProbabilityWord {
  double low;
  double high;
  std::string_view en;
  std::string_view fr;
};

/// The bands in rising order. Those of the UK yardstick leave gaps; a probability in a gap takes
/// the nearer band.
std::span<const ProbabilityWord> probability_words(Yardstick yardstick);

/// Index of the band of the unrounded probability: -1 below the first (less than 1 %), the number
/// of bands above the last (more than 99 %) for ICD 203.
int probability_band(double probability, Yardstick yardstick);

/// "very unlikely", or empty below the first and above the last band.
std::string_view probability_word(double probability, Yardstick yardstick, Language language);

/// "2 %"; "less than 1 %" and "more than 99 %" at the ends; as many decimals as it takes where
/// rounding would cross the edge of a band, so that word and number never disagree.
std::string percent(double probability, Yardstick yardstick, Language language);

/// "very unlikely (2 %)", or the bare number where there is no word.
std::string word_and_number(double probability, Yardstick yardstick, Language language);

}  // namespace delian
