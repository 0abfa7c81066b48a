#pragma once
// The expected-utility challenge model from the inside: who expects what from challenging whom, and
// which offer each actor takes. The model itself is `challenge` in the registry
// (docs/models/challenge.md); tests and explanations look into its rounds through this header.

#include <cstdint>
#include <span>
#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/model.hpp"

namespace delian {

/// Parameters of the model `challenge`; those with choices hold the number of the choice.
struct ChallengeOptions {
  double reading = 0;             ///< 0 paper, 1 table
  double rounds = 20;             ///< most rounds played
  double stays_put = 1;           ///< Q: probability that an unchallenged actor stays where it is
  double risk = 0;                ///< 0 security, 1 neutral
  double resisting_salience = 0;  ///< of whom when j challenges i: 0 i, the challenged; 1 j
  double acceptance = 0;          ///< of offers of one kind: 0 least_move, 1 strongest
  double capitulation = 0;        ///< 0 full_move, 1 none
  double outcome = 0;             ///< 0 median, 1 mean
};

/// Options from parameters by name; errors as BargainingModel::bind().
Expected<ChallengeOptions> challenge_options(const ParameterMap& given);

/// What an actor gives way to. An actor looks at the kinds in this order.
enum class Concession : std::uint8_t {
  conflict,      ///< both expect to gain, the other more: full move
  compromise,    ///< the other gains more than this one loses: part of the way
  capitulation,  ///< this one loses more than the other gains: full move
  none,
};

/// One round. Square arrays are [i * actors + j]. Actors stand in their given order.
struct ChallengeRound {
  double median_before = 0;           ///< weighted median when the round begins, μ
  std::vector<double> risk_exponent;  ///< r_i in [0.5, 2]; above 1 avoids risk, below seeks it
  std::vector<double> prevails;       ///< P_ij: probability that i prevails over j
  /// E^i(U_ij): what i expects from challenging j over leaving it alone, in [-4, 4].
  std::vector<double> challenging;
  /// What i thinks that j expects from challenging i: E^j(U_ji) by `paper`, E^i(U_ji) by `table`.
  std::vector<double> challenged;
  std::vector<Concession> concession;
  /// To whom i gives way; -1 for nobody. The first of several who offer the same; equal offers from
  /// both sides leave i where it is.
  std::vector<int> gives_way_to;
  std::vector<double> position;  ///< after the round
  double median = 0;             ///< weighted median after the round
  double mean = 0;               ///< weighted mean after the round
};

/// Plays the rounds of one issue and keeps what happened in each. Stops where nobody moves any
/// more: the last round is then one without a move.
///
/// Shapes  one position, salience and capability per actor; somebody has salience and capability.
/// Units   positions in the issue's own unit.
/// Source  Scholz, Calbert & Smith 2011.
std::vector<ChallengeRound> play_challenge(const ChallengeOptions& options,
                                           std::span<const double> position,
                                           std::span<const double> salience,
                                           std::span<const double> capability);

}  // namespace delian
