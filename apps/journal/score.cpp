#include "journal/score.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "numerics/elementary.hpp"

namespace delian::journal {
namespace {

constexpr double normal_95 = 1.6448536269514722;  // 95 % point: 5 % on each side

bool agreed(Outcome outcome) {
  return outcome != Outcome::not_adopted;
}

double some_agreement(const OutcomeShares& shares) {
  return 1 - shares[static_cast<std::size_t>(Outcome::not_adopted)];
}

double as_drafted(const OutcomeShares& shares) {
  return shares[static_cast<std::size_t>(Outcome::as_drafted)];
}

Scores scores_of(const OutcomeShares& shares, Outcome happened, double least) {
  return {brier_score(as_drafted(shares), happened == Outcome::as_drafted),
          brier_score(some_agreement(shares), agreed(happened)),
          log_score(shares, happened, least)};
}

void add(Scores& sum, const Scores& scores, double weight) {
  sum.as_drafted += weight * scores.as_drafted;
  sum.some_agreement += weight * scores.some_agreement;
  sum.outcomes += weight * scores.outcomes;
}

/// All forecasts of one question.
struct Question {
  std::size_t forecasts = 0;
  Outcome happened = Outcome::not_adopted;
  Scores scores;  // mean
  double as_drafted = 0;
  double some_agreement = 0;
};

template <class Forecast, class Happened>
std::vector<ReliabilityRow> reliability(const std::vector<Question>& questions, Forecast forecast,
                                        Happened happened) {
  constexpr std::size_t bands = 5;
  std::vector<ReliabilityRow> rows(bands);
  for (std::size_t b = 0; b < bands; ++b) {
    rows[b].low = static_cast<double>(b) / bands;
    rows[b].high = static_cast<double>(b + 1) / bands;
  }
  for (const Question& question : questions) {
    const double p = forecast(question);
    const auto band = static_cast<std::size_t>(p * bands);
    ReliabilityRow& row = rows[std::min(band, bands - 1)];
    ++row.questions;
    row.mean_forecast += p;
    row.came_true += happened(question.happened) ? 1 : 0;
  }
  for (ReliabilityRow& row : rows) {
    if (row.questions == 0) continue;
    row.mean_forecast /= static_cast<double>(row.questions);
    const Interval interval = wilson_interval(row.came_true, row.questions);
    row.least = interval.least;
    row.most = interval.most;
  }
  return rows;
}

}  // namespace

double brier_score(double probability, bool happened) {
  const double distance = probability - (happened ? 1 : 0);
  return distance * distance;
}

double log_score(const OutcomeShares& forecast, Outcome happened, double least) {
  return -numerics::log(std::max(forecast[static_cast<std::size_t>(happened)], least));
}

double half_a_draw(std::int64_t draws) {
  return 0.5 / static_cast<double>(std::max<std::int64_t>(draws, 1));
}

Scores score(const ScoredForecast& forecast) {
  return scores_of(forecast.forecast, forecast.happened, half_a_draw(forecast.draws));
}

Interval wilson_interval(std::size_t hits, std::size_t n) {
  const auto count = static_cast<double>(n);
  const double share = static_cast<double>(hits) / count;
  const double z2 = normal_95 * normal_95;
  const double centre = share + z2 / (2 * count);
  const double half = normal_95 * std::sqrt(share * (1 - share) / count + z2 / (4 * count * count));
  const double whole = 1 + z2 / count;
  // At the ends the two terms cancel but for rounding.
  return {hits == 0 ? 0 : (centre - half) / whole, hits == n ? 1 : (centre + half) / whole};
}

std::optional<ScoreCard> score_card(std::span<const ScoredForecast> forecasts) {
  if (forecasts.empty()) return std::nullopt;
  std::map<std::string, Question> by_key;  // in an order that does not depend on the journal's
  for (const ScoredForecast& forecast : forecasts) {
    Question& question = by_key[forecast.question];
    ++question.forecasts;
    question.happened = forecast.happened;
    add(question.scores, score(forecast), 1);
    question.as_drafted += as_drafted(forecast.forecast);
    question.some_agreement += some_agreement(forecast.forecast);
  }
  std::vector<Question> questions;
  ScoreCard card;
  card.forecasts = forecasts.size();
  card.questions = by_key.size();
  const double each = 1 / static_cast<double>(by_key.size());
  for (auto& [key, question] : by_key) {
    const double mean = 1 / static_cast<double>(question.forecasts);
    add(card.mean, question.scores, each * mean);
    question.as_drafted *= mean;
    question.some_agreement *= mean;
    card.shares[static_cast<std::size_t>(question.happened)] += each;
    questions.push_back(question);
  }
  OutcomeShares even{};
  even.fill(1.0 / outcome_count);
  for (const Question& question : questions) {
    add(card.base_rates, scores_of(card.shares, question.happened, 0), each);
    add(card.one_in_five, scores_of(even, question.happened, 0), each);
  }
  if (card.questions >= least_for_reliability) {
    card.as_drafted = reliability(
        questions, [](const Question& q) { return q.as_drafted; },
        [](Outcome outcome) { return outcome == Outcome::as_drafted; });
    card.some_agreement =
        reliability(questions, [](const Question& q) { return q.some_agreement; }, agreed);
  }
  return card;
}

}  // namespace delian::journal
