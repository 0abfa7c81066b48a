#pragma once
// A journal's forecasts under the proper scores of delian/score.hpp, beside constant forecasts.
// Pure functions of probabilities and outcomes.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "delian/answer.hpp"
#include "delian/score.hpp"

namespace delian::journal {

/// Losses: 0 is best.
struct Scores {
  double as_drafted = 0;      ///< Brier score of "agreed as drafted"
  double some_agreement = 0;  ///< Brier score of "some agreement"
  double outcomes = 0;        ///< logarithmic score over the five outcomes, nats
};

/// One forecast with its outcome.
struct ScoredForecast {
  std::string question;  ///< forecasts of one question carry one key
  OutcomeShares forecast{};
  Outcome happened = Outcome::not_adopted;
};

Scores score(const OutcomeShares& forecast, Outcome happened);

/// Outcomes of the 25 decisions in catalog/nato-consensus: a forecast that anybody could have made.
inline constexpr OutcomeShares past_cases{9.0 / 25, 8.0 / 25, 1.0 / 25, 1.0 / 25, 6.0 / 25};

/// Fewer questions than these say nothing of reliability.
inline constexpr std::size_t least_for_reliability = 20;

struct ScoreCard {
  std::size_t questions = 0;
  std::size_t forecasts = 0;
  /// Mean over questions; several forecasts of one question count once, by their mean.
  Scores mean;
  /// The same questions under constant forecasts: the shares of outcomes in past cases; the shares
  /// among these very questions, known only afterwards; one in five each.
  Scores past;
  Scores hindsight;
  Scores one_in_five;
  OutcomeShares shares{};  ///< of the outcomes among these questions
  /// Each question at its mean forecast, in bands of 20 points; empty below least_for_reliability.
  std::vector<ReliabilityRow> as_drafted;
  std::vector<ReliabilityRow> some_agreement;
};

/// The scores of forecasts; nothing for none.
std::optional<ScoreCard> score_card(std::span<const ScoredForecast> forecasts);

/// Where the true share lies with 90 % confidence when it was `observed` in `count` > 0 trials.
/// Source: Wilson 1927.
struct Interval {
  double low = 0;
  double high = 0;
};
Interval wilson_interval(double observed, std::size_t count);

}  // namespace delian::journal
