#include "delian/words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace delian {
namespace {

std::string icd203(double p, Language language = Language::en) {
  return word_and_number(p, Yardstick::icd203, language);
}
std::string uk(double p, Language language = Language::en) {
  return word_and_number(p, Yardstick::uk, language);
}

TEST(Words, Icd203BandsHoldTheirLowerEdge) {
  EXPECT_EQ(icd203(0.01), "almost no chance (1 %)");
  EXPECT_EQ(icd203(0.05), "very unlikely (5 %)");
  EXPECT_EQ(icd203(0.20), "unlikely (20 %)");
  EXPECT_EQ(icd203(0.45), "roughly even chance (45 %)");
  EXPECT_EQ(icd203(0.55), "likely (55 %)");
  EXPECT_EQ(icd203(0.80), "very likely (80 %)");
  EXPECT_EQ(icd203(0.95), "almost certain (95 %)");
  EXPECT_EQ(icd203(0.99), "almost certain (99 %)");
}

TEST(Words, JustBelowAnEdgeIsTheBandBelow) {
  EXPECT_EQ(icd203(0.0499), "almost no chance (4.99 %)");
  EXPECT_EQ(icd203(0.196), "very unlikely (19.6 %)");
  EXPECT_EQ(icd203(0.446), "unlikely (44.6 %)");
  EXPECT_EQ(icd203(0.5499), "roughly even chance (54.99 %)");
  EXPECT_EQ(icd203(0.799), "likely (79.9 %)");
  EXPECT_EQ(icd203(0.949), "very likely (94.9 %)");
  EXPECT_EQ(icd203(0.049995), "almost no chance (4.9995 %)");
  EXPECT_EQ(icd203(0.9499999), "very likely (94.99999 %)");
}

TEST(Words, AwayFromEdgesWholePercents) {
  EXPECT_EQ(icd203(0.021), "almost no chance (2 %)");
  EXPECT_EQ(icd203(0.5), "roughly even chance (50 %)");
  EXPECT_EQ(icd203(0.875), "very likely (88 %)");
}

TEST(Words, TheEndsHaveNoIcd203Word) {
  for (const double p : {0.0, 0.004, 0.0099, 0.00999}) {
    EXPECT_EQ(icd203(p), "less than 1 %") << p;
    EXPECT_EQ(icd203(p, Language::fr), "moins de 1 %") << p;
    EXPECT_EQ(probability_band(p, Yardstick::icd203), -1) << p;
  }
  for (const double p : {0.9901, 0.999, 1.0}) {
    EXPECT_EQ(icd203(p), "more than 99 %") << p;
    EXPECT_EQ(icd203(p, Language::fr), "plus de 99 %") << p;
    EXPECT_EQ(probability_band(p, Yardstick::icd203), 7) << p;
  }
}

TEST(Words, TheUkYardstickHasAWordEverywhere) {
  EXPECT_EQ(uk(0), "remote chance (less than 1 %)");
  EXPECT_EQ(uk(0.05), "remote chance (5 %)");
  EXPECT_EQ(uk(0.15), "highly unlikely (15 %)");
  EXPECT_EQ(uk(0.30), "unlikely (30 %)");
  EXPECT_EQ(uk(0.40), "realistic possibility (40 %)");
  EXPECT_EQ(uk(0.60), "likely (60 %)");
  EXPECT_EQ(uk(0.80), "highly likely (80 %)");
  EXPECT_EQ(uk(0.95), "almost certain (95 %)");
  EXPECT_EQ(uk(1), "almost certain (more than 99 %)");
}

TEST(Words, AGapOfTheUkYardstickGoesToTheNearerBand) {
  EXPECT_EQ(uk(0.07), "remote chance (7 %)");
  EXPECT_EQ(uk(0.08), "highly unlikely (8 %)");
  EXPECT_EQ(uk(0.22), "highly unlikely (22 %)");
  EXPECT_EQ(uk(0.23), "unlikely (23 %)");
  EXPECT_EQ(uk(0.77), "likely (77 %)");
  EXPECT_EQ(uk(0.78), "highly likely (78 %)");
  EXPECT_EQ(uk(0.92), "highly likely (92 %)");
  EXPECT_EQ(uk(0.93), "almost certain (93 %)");
}

TEST(Words, FrenchHasFrenchWordsAndADecimalComma) {
  EXPECT_EQ(icd203(0.446, Language::fr), "improbable (44,6 %)");
  EXPECT_EQ(icd203(0.02, Language::fr), "presque aucune chance (2 %)");
  EXPECT_EQ(uk(0.45, Language::fr), "possibilité réaliste (45 %)");
}

TEST(Words, SharesSummedInFloatingPointMeetTheirEdge) {
  double third = 0;  // 0.55 less a rounding error
  for (int k = 0; k < 11; ++k) third += 0.05;
  EXPECT_EQ(icd203(third), "likely (55 %)");
  EXPECT_EQ(icd203(1 - 0.99), "almost no chance (1 %)");
}

/// The number a reader sees, as a share; the ends as what they say at most.
double shown(std::string text) {
  if (text == "less than 1 %" || text == "moins de 1 %") return 0.0099;
  if (text == "more than 99 %" || text == "plus de 99 %") return 0.9901;
  for (char& c : text) {
    if (c == ',') c = '.';
  }
  EXPECT_TRUE(text.ends_with(" %")) << text;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  EXPECT_STREQ(end, " %") << text;
  return number / 100;
}

RC_GTEST_PROP(Words, WordAndNumberNeverDisagree, ()) {
  // Anywhere, or as near as floating point comes to an edge of a band or to a whole percent.
  const double anywhere = *rc::gen::inRange(0, 1'000'001) / 1e6;
  const auto bands = probability_words(*rc::gen::element(Yardstick::icd203, Yardstick::uk));
  const ProbabilityWord band = bands[*rc::gen::inRange<std::size_t>(0, bands.size())];
  const double percents = *rc::gen::inRange(0, 101) / 100.0;
  const double edge = *rc::gen::element(band.low, band.high, percents);
  const double distance = *rc::gen::element(-1.0, 1.0) * std::pow(10, -*rc::gen::inRange(2, 12));
  const double p = std::clamp(*rc::gen::element(anywhere, edge + distance), 0.0, 1.0);
  for (const Yardstick yardstick : {Yardstick::icd203, Yardstick::uk}) {
    for (const Language language : {Language::en, Language::fr}) {
      const std::string number = percent(p, yardstick, language);
      const double seen = shown(number);
      RC_ASSERT(probability_word(seen, yardstick, language) ==
                probability_word(p, yardstick, language));
      if (p >= 0.01 && p <= 0.99) RC_ASSERT(std::abs(seen - p) <= 0.005 + 1e-12);
      RC_ASSERT(number.find(language == Language::fr ? '.' : ',') == std::string::npos);
    }
  }
}

RC_GTEST_PROP(Words, ALargerProbabilityNeverTakesALowerBand, ()) {
  const double a = *rc::gen::inRange(0, 1'000'001) / 1e6;
  const double b = *rc::gen::inRange(0, 1'000'001) / 1e6;
  for (const Yardstick yardstick : {Yardstick::icd203, Yardstick::uk}) {
    RC_ASSERT(probability_band(std::min(a, b), yardstick) <=
              probability_band(std::max(a, b), yardstick));
  }
}

TEST(Words, BandsRiseAndAreWordedInBothLanguages) {
  for (const Yardstick yardstick : {Yardstick::icd203, Yardstick::uk}) {
    double before = 0;
    ASSERT_EQ(probability_words(yardstick).size(), 7U);
    for (const ProbabilityWord& word : probability_words(yardstick)) {
      EXPECT_GE(word.low, before);
      EXPECT_LT(word.low, word.high);
      EXPECT_FALSE(word.en.empty() || word.fr.empty());
      before = word.high;
    }
  }
}

}  // namespace
}  // namespace delian
