#pragma once
// How good forecasts were. Pure functions of probabilities and outcomes; 0 is best in each score.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "delian/answer.hpp"

namespace delian::journal {

/// Brier score of one yes-or-no forecast: the squared distance from what happened (Brier 1950, in
/// the form with one term). @param probability  of yes, in [0, 1]
double brier_score(double probability, bool happened);

/// Logarithmic score over the five outcomes, -ln p of the one that happened (Good 1952).
/// @param least  what a smaller probability counts as: no number of draws shows that something is
///               impossible
double log_score(const OutcomeShares& forecast, Outcome happened, double least);

/// The least probability that so many draws can tell from 0: half a draw.
double half_a_draw(std::int64_t draws);

struct Scores {
  double as_drafted = 0;      ///< Brier score of "agreed as drafted"
  double some_agreement = 0;  ///< Brier score of "some agreement"
  double outcomes = 0;        ///< logarithmic score over the five outcomes
};

/// One forecast with its outcome.
struct ScoredForecast {
  std::string question;  ///< forecasts of one question carry one key
  OutcomeShares forecast{};
  Outcome happened = Outcome::not_adopted;
  std::int64_t draws = 0;
};

Scores score(const ScoredForecast& forecast);

/// Questions whose mean forecast fell into one band, beside how many came true.
struct ReliabilityRow {
  double low = 0;
  double high = 0;  ///< a band holds its lower edge; the last one both
  std::size_t questions = 0;
  double mean_forecast = 0;
  std::size_t came_true = 0;
  double least = 0;  ///< Wilson interval, 90 %, of the share that comes true
  double most = 0;
};

/// Fewer questions than these say nothing of reliability.
inline constexpr std::size_t least_for_reliability = 20;

struct ScoreCard {
  std::size_t questions = 0;
  std::size_t forecasts = 0;
  /// Mean over questions; several forecasts of one question count once, by their mean.
  Scores mean;
  /// The same questions under two constant forecasts: the shares of the outcomes among these very
  /// questions, which nobody knew beforehand, and one in five each.
  Scores base_rates;
  Scores one_in_five;
  OutcomeShares shares{};  ///< of the outcomes among the questions
  /// Bands of 20 points; empty below least_for_reliability questions.
  std::vector<ReliabilityRow> as_drafted;
  std::vector<ReliabilityRow> some_agreement;
};

/// The scores of forecasts; nothing for none.
std::optional<ScoreCard> score_card(std::span<const ScoredForecast> forecasts);

/// Wilson's interval for a share of `hits` in `n` > 0 trials, 90 %.
struct Interval {
  double least = 0;
  double most = 0;
};
Interval wilson_interval(std::size_t hits, std::size_t n);

}  // namespace delian::journal
