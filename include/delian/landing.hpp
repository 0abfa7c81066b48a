#pragma once
// Where a deal would land: every bargaining model on the same draws, and one calibrated
// distribution made of components that have earned their weight on decided cases.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/bargaining.hpp"
#include "delian/run_context.hpp"
#include "delian/scenario.hpp"

namespace delian {

/// Probabilities of the points 0, 1, ..., 100 of a scale; they sum to 1.
inline constexpr std::size_t scale_points = 101;
using ScaleDistribution = std::array<double, scale_points>;

/// Points of a scale from low to high, both included.
struct PointRange {
  double low = 0;
  double high = 100;
};

/// Probability of the points in a range.
double probability_within(const ScaleDistribution& distribution, const PointRange& range);

/// What the predictive distribution is mixed from. docs/landing.md has the formulas.
enum class LandingComponent : std::uint8_t {
  condorcet_atoms,  ///< the actors' positions, by the probabilistic Condorcet election
  range_normal,     ///< a normal round the mean of that election, kept within the positions
  midpoint,         ///< half way between the extreme positions
  uniform,          ///< anything on the scale
};
inline constexpr std::size_t landing_components = 4;
std::string_view landing_component_name(LandingComponent component);  // "condorcet_atoms"

/// The weights of the mixture, with where they come from.
struct LandingWeights {
  std::string id;                                   ///< "deu3-2026-11"
  std::array<double, landing_components> weight{};  ///< >= 0, sum 1
  /// Standard deviation of the range normal, in weighted standard deviations of the positions.
  double spread = 0.5;
  std::string provenance;
};

/// The weights that ship.
const LandingWeights& landing_weights();

/// The components of one draw of one issue.
///
/// @param position   on the scale 0-100, one per actor
/// @param influence  >= 0, one per actor, not all 0
/// @param condorcet  probability of each actor's position, sums to 1 (Forecast::weight of the model
///                   "condorcet")
class LandingMixture {
 public:
  LandingMixture(std::span<const double> position, std::span<const double> influence,
                 std::span<const double> condorcet);

  /// One component alone; `spread` matters to the range normal only.
  ScaleDistribution component(LandingComponent which, double spread) const;

  /// sum += the mixture.
  void add_to(ScaleDistribution& sum, const LandingWeights& weights) const;

 private:
  void add(LandingComponent which, double spread, double weight, ScaleDistribution& sum) const;

  std::span<const double> position_;
  std::span<const double> condorcet_;
  double mean_ = 0;       // of the Condorcet election
  double deviation_ = 0;  // weighted, of the positions
  double low_ = 0;        // extreme positions
  double high_ = 0;
};

/// What one model says over the draws.
struct ModelLanding {
  std::string_view model;  ///< id
  ParameterMap parameters;
  double mean = 0;
  double low = 0;  ///< 5 % quantile
  double median = 0;
  double high = 0;              ///< 95 % quantile
  std::uint64_t unsettled = 0;  ///< draws in which it hit its round limit or went in a circle
};

/// A model that was not asked, and what it needs.
struct ModelLeftOut {
  std::string_view model;
  std::string_view needs;  ///< "a reversion"
};

/// Where one issue would land, on its scale from 0 to 100.
struct IssueLanding {
  std::string id;
  std::string title;
  std::vector<ModelLanding> models;  ///< ascending median, ties by id
  ScaleDistribution distribution{};  ///< given that there is a deal
};

struct Landing {
  std::uint64_t draws = 0;
  std::vector<IssueLanding> issues;  ///< the question itself first
  std::vector<ModelLeftOut> left_out;
  std::string weights;  ///< id of the weights in force
};

struct LandingOptions {
  std::uint64_t seed = 1;
  std::uint64_t draws = 500;        ///< >= 1
  std::vector<std::string> models;  ///< ids, in any order; empty: every applicable one
};

/// Runs the bargaining models on the draws of a scenario: positions, saliences and influence shares
/// of the members; the sponsor sets the agenda. A draw in which nobody cares about an issue is
/// played as if all cared alike.
///
/// Errors  E308/E309/E313 from [models]; E308 an unknown id among the options.
/// Cost    O(draws) times the models'. Cancels between chunks of draws: what is done by then is
///         the landing, see `draws`; 0 of them leave no distribution.
Expected<Landing> land(const Scenario& scenario, const LandingOptions& options,
                       const RunContext& context = {});

}  // namespace delian
