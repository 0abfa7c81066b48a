#include "journal/score.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

namespace delian::journal {
namespace {

constexpr std::size_t bands = 5;

double share(const OutcomeShares& shares, Outcome outcome) {
  return shares[static_cast<std::size_t>(outcome)];
}

double some_agreement(const OutcomeShares& shares) {
  return 1 - share(shares, Outcome::not_adopted);
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
  Scores scores;             // sum
  OutcomeShares forecast{};  // sum
};

std::vector<ReliabilityRow> reliability(const std::vector<Question>& questions,
                                        double (*forecast)(const OutcomeShares&),
                                        bool (*happened)(Outcome)) {
  std::vector<double> probabilities;
  std::vector<std::uint8_t> truths;
  for (const Question& question : questions) {
    const double mean = forecast(question.forecast);
    probabilities.push_back(std::clamp(mean, 0.0, 1.0));
    truths.push_back(happened(question.happened) ? 1 : 0);
  }
  return reliability_table(probabilities, truths, bands);
}

}  // namespace

Scores score(const OutcomeShares& forecast, Outcome happened) {
  return {
      brier_score(share(forecast, Outcome::as_drafted), happened == Outcome::as_drafted),
      brier_score(some_agreement(forecast), happened != Outcome::not_adopted),
      log_score(share(forecast, happened)),
  };
}

Interval wilson_interval(double observed, std::size_t count) {
  constexpr double z = 1.6448536269514722;  // 5 % on each side
  const auto n = static_cast<double>(count);
  const double centre = observed + z * z / (2 * n);
  const double half = z * std::sqrt(observed * (1 - observed) / n + z * z / (4 * n * n));
  const double whole = 1 + z * z / n;
  // At the ends the two terms cancel but for rounding.
  return {observed == 0 ? 0 : (centre - half) / whole, observed == 1 ? 1 : (centre + half) / whole};
}

std::optional<ScoreCard> score_card(std::span<const ScoredForecast> forecasts) {
  if (forecasts.empty()) return std::nullopt;
  std::map<std::string, Question> by_key;  // in an order that does not depend on the journal's
  for (const ScoredForecast& forecast : forecasts) {
    Question& question = by_key[forecast.question];
    ++question.forecasts;
    question.happened = forecast.happened;
    add(question.scores, score(forecast.forecast, forecast.happened), 1);
    for (std::size_t k = 0; k < outcome_count; ++k) question.forecast[k] += forecast.forecast[k];
  }
  ScoreCard card;
  card.forecasts = forecasts.size();
  card.questions = by_key.size();
  const double each = 1 / static_cast<double>(by_key.size());
  std::vector<Question> questions;
  for (auto& [key, question] : by_key) {
    const auto own = static_cast<double>(question.forecasts);
    add(card.mean, question.scores, each / own);
    for (double& p : question.forecast) p /= own;
    card.shares[static_cast<std::size_t>(question.happened)] += each;
    questions.push_back(question);
  }
  OutcomeShares even{};
  even.fill(1.0 / outcome_count);
  for (const Question& question : questions) {
    add(card.past, score(past_cases, question.happened), each);
    add(card.hindsight, score(card.shares, question.happened), each);
    add(card.one_in_five, score(even, question.happened), each);
  }
  if (card.questions < least_for_reliability) return card;
  card.as_drafted = reliability(
      questions, [](const OutcomeShares& p) { return share(p, Outcome::as_drafted); },
      [](Outcome outcome) { return outcome == Outcome::as_drafted; });
  card.some_agreement = reliability(
      questions, some_agreement, [](Outcome outcome) { return outcome != Outcome::not_adopted; });
  return card;
}

}  // namespace delian::journal
