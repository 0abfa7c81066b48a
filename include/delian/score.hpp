#pragma once
// How good forecasts were. Every score is a loss: lower is better, and a forecaster does best on
// average by saying what it believes (the scores are proper).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace delian {

/// (p - y)^2 of a yes-or-no question. Source: Brier 1950.
double brier_score(double probability, bool happened);

/// -ln of the probability given to what happened, in nats; probabilities below `log_floor` count as
/// that, so that one certain miss does not hide all the rest. Source: Good 1952.
inline constexpr double log_floor = 1e-4;
double log_score(double probability);

/// Continuous ranked probability score of a distribution over the points 0, 1, ..., size - 1: the
/// integral of (F(x) - [outcome <= x])^2, in points of the scale. For a certain forecast it is the
/// absolute error. Source: Matheson & Winkler 1976.
///
/// @param probability  sums to 1
/// @param outcome      in [0, size - 1], between points too
double continuous_ranked_probability_score(std::span<const double> probability, double outcome);

/// Where an outcome falls in its forecast: [P(below), P(at or below)]. A uniform number between the
/// two is uniform on [0, 1] when forecasts are calibrated, also where outcomes sit on atoms
/// (randomised probability integral transform: Czado, Gneiting & Held 2009).
struct IntegralTransform {
  double below = 0;
  double at_or_below = 0;
};
IntegralTransform integral_transform(std::span<const double> probability, double outcome);

/// How often transforms fall into each of `bins` equal parts of [0, 1], each spread evenly over its
/// interval, so that no coin is tossed. Sums to the number of transforms.
std::vector<double> transform_histogram(std::span<const IntegralTransform> transforms,
                                        std::size_t bins);

/// The smallest point at which the cumulative probability reaches `share`, less a rounding of
/// 1e-12.
double quantile_of(std::span<const double> probability, double share);

/// One row of a reliability table: forecasts of a band beside what happened.
struct ReliabilityRow {
  double low = 0;  ///< band [low, high)
  double high = 0;
  std::size_t count = 0;
  double mean_forecast = 0;
  double observed = 0;  ///< share that happened
};

/// Bands of equal width; empty ones are left out. A forecast of 1 falls into the last.
std::vector<ReliabilityRow> reliability_table(std::span<const double> probability,
                                              std::span<const std::uint8_t> happened,
                                              std::size_t bands);

/// A mean with its interval over resamples.
struct BootstrapMean {
  double mean = 0;
  double low = 0;   ///< 2.5 % quantile
  double high = 0;  ///< 97.5 % quantile
};

/// The mean of `values` and its percentile interval when whole groups are resampled, since cases of
/// one group are not independent. Source: Efron & Tibshirani 1993, ch. 13; Davison & Hinkley 1997,
/// 3.8 for groups.
///
/// @param group  one per value; equal texts are one group
BootstrapMean bootstrap_mean(std::span<const double> values, std::span<const std::string> group,
                             std::uint64_t seed, std::size_t replicates = 2000);

/// Splits cases for a test out of sample: [fold of case i] in 0 ... folds - 1, whole groups
/// together, so that no case informs the forecast of its own group. Groups are ordered as numbers
/// where they are whole numbers, else as text, and dealt out in turn; the order of cases does not
/// matter. With fewer groups than folds each group is a fold.
std::vector<std::size_t> folds_by_group(std::span<const std::string> group, std::size_t folds);

}  // namespace delian
