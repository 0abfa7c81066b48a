#pragma once
// Every bargaining model on one table: where each says that a deal lands.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "delian/actor_table.hpp"
#include "delian/bargaining.hpp"

namespace delian {

/// A model to ask. Parameters that are not given keep their defaults.
struct LandingRequest {
  const BargainingModel* model;
  ParameterMap parameters;
};

/// One model's answer on one issue.
struct TableLanding {
  std::optional<double> value;  ///< in the issue's own unit; nothing where the model does not apply
  Termination termination = Termination::closed_form;
  std::string_view needs;    ///< what is lacking where it does not apply: "a reversion"
  std::size_t together = 1;  ///< issues that the model took together to answer this one
  /// [round][actor of the table], the given positions first; 0 where an actor takes no part. Empty
  /// unless asked for, or where the model has no rounds.
  std::vector<std::vector<double>> rounds;
};

struct ModelOnTable {
  const BargainingModel* model;
  ParameterMap parameters;             ///< every parameter with the value in force
  std::vector<TableLanding> landings;  ///< one per issue
};

/// Asks each model about each issue, with the actors that take part in it. A model that takes
/// issues together is asked about those of one group (issues without a group are one group).
///
/// Errors  E308 unknown parameter, E309 out of bounds, E313 not a choice; of every model.
Expected<std::vector<ModelOnTable>> land(const ActorTable& table,
                                         std::span<const LandingRequest> requests,
                                         bool keep_rounds = false);

/// Every model of the registry, with its defaults.
std::vector<LandingRequest> every_model();

}  // namespace delian
