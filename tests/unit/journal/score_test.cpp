#include "journal/score.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace delian::journal {
namespace {

constexpr OutcomeShares forecast{0.5, 0.125, 0.0, 0.125, 0.25};

ScoredForecast scored(const std::string& question, const OutcomeShares& shares, Outcome happened) {
  return {question, shares, happened, 1000};
}

TEST(BrierScore, IsTheSquaredDistance) {
  EXPECT_DOUBLE_EQ(brier_score(0.7, true), 0.09);
  EXPECT_DOUBLE_EQ(brier_score(0.7, false), 0.49);
  EXPECT_DOUBLE_EQ(brier_score(1, true), 0);
  EXPECT_DOUBLE_EQ(brier_score(0, true), 1);
}

TEST(LogScore, IsMinusTheLogarithmOfWhatHappened) {
  EXPECT_DOUBLE_EQ(log_score(forecast, Outcome::as_drafted, 0), std::log(2));
  EXPECT_DOUBLE_EQ(log_score(forecast, Outcome::not_adopted, 0), std::log(4));
}

TEST(LogScore, WhatNoDrawShowedCountsAsHalfADraw) {
  EXPECT_DOUBLE_EQ(half_a_draw(1000), 0.0005);
  EXPECT_DOUBLE_EQ(score(scored("a", forecast, Outcome::late)).outcomes, std::log(2000));
}

// Proper: on average over what happens, no other forecast does better than the true shares.
RC_GTEST_PROP(Scores, NobodyGainsByMisreporting, ()) {
  const auto shares = [] {
    const auto counts = *rc::gen::container<std::vector<int>>(5, rc::gen::inRange(1, 100));
    const double sum = std::accumulate(counts.begin(), counts.end(), 0.0);
    OutcomeShares result{};
    for (std::size_t k = 0; k < result.size(); ++k) result[k] = counts[k] / sum;
    return result;
  };
  const OutcomeShares truth = shares();
  const OutcomeShares told = shares();
  Scores honest;
  Scores other;
  for (std::size_t k = 0; k < outcome_count; ++k) {
    const auto happened = static_cast<Outcome>(k);
    const Scores a = score(scored("a", truth, happened));
    const Scores b = score(scored("a", told, happened));
    honest.as_drafted += truth[k] * a.as_drafted;
    honest.some_agreement += truth[k] * a.some_agreement;
    honest.outcomes += truth[k] * a.outcomes;
    other.as_drafted += truth[k] * b.as_drafted;
    other.some_agreement += truth[k] * b.some_agreement;
    other.outcomes += truth[k] * b.outcomes;
  }
  RC_ASSERT(honest.as_drafted <= other.as_drafted + 1e-12);
  RC_ASSERT(honest.some_agreement <= other.some_agreement + 1e-12);
  RC_ASSERT(honest.outcomes <= other.outcomes + 1e-12);
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
  // Shares of one half each: Brier 1/4, log score ln 2.
  EXPECT_DOUBLE_EQ(card.base_rates.as_drafted, 0.25);
  EXPECT_DOUBLE_EQ(card.base_rates.outcomes, std::log(2));
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
  ASSERT_EQ(card.as_drafted.size(), 5U);
  EXPECT_EQ(card.as_drafted[0].questions, 10U);
  EXPECT_EQ(card.as_drafted[0].came_true, 1U);
  EXPECT_DOUBLE_EQ(card.as_drafted[0].mean_forecast, 0.1);
  EXPECT_EQ(card.as_drafted[1].questions, 0U);
  EXPECT_EQ(card.as_drafted[4].questions, 10U);
  EXPECT_EQ(card.as_drafted[4].came_true, 10U);
}

// Wilson 1927: the ends are where a normal test of the share at 5 % on each side just gives way.
TEST(WilsonInterval, EndsSolveItsEquation) {
  for (std::size_t n = 1; n <= 40; ++n) {
    for (std::size_t hits = 0; hits <= n; ++hits) {
      const auto [least, most] = wilson_interval(hits, n);
      const double share = static_cast<double>(hits) / static_cast<double>(n);
      for (const double end : {least, most}) {
        if (end <= 0 || end >= 1) continue;
        const double z = (share - end) / std::sqrt(end * (1 - end) / static_cast<double>(n));
        EXPECT_NEAR(std::fabs(z), 1.6448536269514722, 1e-9) << hits << " of " << n;
      }
      EXPECT_LE(least, share);
      EXPECT_GE(most, share);
    }
  }
}

}  // namespace
}  // namespace delian::journal
