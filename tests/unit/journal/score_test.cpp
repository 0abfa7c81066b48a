#include "journal/score.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "support/bundled.hpp"

namespace delian::journal {
namespace {

ScoredForecast scored(const std::string& question, const OutcomeShares& shares, Outcome happened) {
  return {question, shares, happened};
}

TEST(JournalScore, LooksAtTwoQuestionsAndAtTheFiveOutcomes) {
  const Scores scores = score({0.5, 0.125, 0.0, 0.125, 0.25}, Outcome::bypassed);
  EXPECT_DOUBLE_EQ(scores.as_drafted, 0.25);
  EXPECT_DOUBLE_EQ(scores.some_agreement, 0.0625);
  EXPECT_DOUBLE_EQ(scores.outcomes, std::log(8));
}

TEST(ScoreCard, NothingOfNothing) {
  EXPECT_FALSE(score_card({}));
}

// Worked out by hand: "agreed as drafted" forecast 0.5 and true, 0.2 and false.
TEST(ScoreCard, MeansAreOverQuestions) {
  const std::vector<ScoredForecast> forecasts{
      scored("a", {0.5, 0, 0, 0, 0.5}, Outcome::as_drafted),
      scored("b", {0.2, 0, 0, 0, 0.8}, Outcome::not_adopted)};
  const ScoreCard card = *score_card(forecasts);
  EXPECT_EQ(card.questions, 2U);
  EXPECT_EQ(card.forecasts, 2U);
  EXPECT_DOUBLE_EQ(card.mean.as_drafted, (0.25 + 0.04) / 2);
  EXPECT_DOUBLE_EQ(card.mean.some_agreement, (0.25 + 0.04) / 2);
  EXPECT_DOUBLE_EQ(card.mean.outcomes, (std::log(2) - std::log(0.8)) / 2);
  // Nine of 25 as drafted, six of 25 not adopted.
  EXPECT_DOUBLE_EQ(card.past.as_drafted, (0.64 * 0.64 + 0.36 * 0.36) / 2);
  EXPECT_DOUBLE_EQ(card.past.some_agreement, (0.24 * 0.24 + 0.76 * 0.76) / 2);
  EXPECT_DOUBLE_EQ(card.past.outcomes, -(std::log(0.36) + std::log(0.24)) / 2);
  // Shares of one half each: Brier 1/4, log score ln 2.
  EXPECT_DOUBLE_EQ(card.hindsight.as_drafted, 0.25);
  EXPECT_DOUBLE_EQ(card.hindsight.outcomes, std::log(2));
  // One in five: 0.8^2 and 0.2^2; some agreement 0.2^2 and 0.8^2.
  EXPECT_DOUBLE_EQ(card.one_in_five.as_drafted, (0.64 + 0.04) / 2);
  EXPECT_DOUBLE_EQ(card.one_in_five.some_agreement, (0.04 + 0.64) / 2);
  EXPECT_DOUBLE_EQ(card.one_in_five.outcomes, std::log(5));
}

TEST(ScoreCard, ManyForecastsOfOneQuestionCountOnce) {
  std::vector<ScoredForecast> forecasts{scored("b", {0.2, 0, 0, 0, 0.8}, Outcome::not_adopted)};
  for (int k = 0; k < 9; ++k) {
    forecasts.push_back(scored("a", {1, 0, 0, 0, 0}, Outcome::as_drafted));
  }
  forecasts.push_back(scored("a", {0, 0, 0, 0, 1}, Outcome::as_drafted));
  const ScoreCard card = *score_card(forecasts);
  EXPECT_EQ(card.questions, 2U);
  EXPECT_EQ(card.forecasts, 11U);
  EXPECT_NEAR(card.mean.as_drafted, (0.1 + 0.04) / 2, 1e-15);
}

TEST(ScoreCard, ReliabilityNeedsTwentyQuestions) {
  std::vector<ScoredForecast> forecasts;
  for (std::size_t k = 0; k < least_for_reliability; ++k) {
    EXPECT_TRUE(k == 0 || score_card(forecasts)->as_drafted.empty());
    // Ten of 10 %, one of which comes true; ten of 100 %, all of which do.
    const bool sure = k >= 10;
    forecasts.push_back(
        scored("q" + std::to_string(k),
               sure ? OutcomeShares{1, 0, 0, 0, 0} : OutcomeShares{0.1, 0, 0, 0, 0.9},
               sure || k == 0 ? Outcome::as_drafted : Outcome::not_adopted));
  }
  const ScoreCard card = *score_card(forecasts);
  for (const std::vector<ReliabilityRow>& rows : {card.as_drafted, card.some_agreement}) {
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].count, 10U);
    EXPECT_NEAR(rows[0].mean_forecast, 0.1, 1e-15);
    EXPECT_DOUBLE_EQ(rows[0].observed, 0.1);
    EXPECT_EQ(rows[1].count, 10U);
    EXPECT_DOUBLE_EQ(rows[1].observed, 1);
  }
}

TEST(ScoreCard, PastCasesAreThoseOfTheCatalogue) {
  std::istringstream list(
      testing::file_text(DELIAN_SOURCE_DIR "/catalog/nato-consensus/cases.toml"));
  const std::string codes = "AWLBX";
  OutcomeShares counts{};
  double all = 0;
  for (std::string line; std::getline(list, line);) {
    if (!line.starts_with("code ")) continue;
    const std::size_t k = codes.find(line[line.find('"') + 1]);
    ASSERT_LT(k, counts.size()) << line;
    ++counts[k];
    ++all;
  }
  EXPECT_EQ(all, 25);
  for (std::size_t k = 0; k < counts.size(); ++k) {
    EXPECT_DOUBLE_EQ(past_cases[k], counts[k] / all) << codes[k];
  }
}

// Wilson 1927: the ends are where a normal test of the share at 5 % on each side just gives way.
TEST(WilsonInterval, EndsSolveItsEquation) {
  for (std::size_t n = 1; n <= 40; ++n) {
    for (std::size_t hits = 0; hits <= n; ++hits) {
      const auto count = static_cast<double>(n);
      const double observed = static_cast<double>(hits) / count;
      const auto [low, high] = wilson_interval(observed, n);
      for (const double end : {low, high}) {
        if (end <= 0 || end >= 1) continue;
        const double z = (observed - end) / std::sqrt(end * (1 - end) / count);
        EXPECT_NEAR(std::fabs(z), 1.6448536269514722, 1e-9) << hits << " of " << n;
      }
      EXPECT_LE(low, observed);
      EXPECT_GE(high, observed);
    }
  }
}

}  // namespace
}  // namespace delian::journal
