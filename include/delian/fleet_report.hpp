#pragma once
// Facts about fleets as text for a terminal of 80 columns.

#include <string>
#include <vector>

#include "delian/body.hpp"
#include "delian/fleet.hpp"
#include "delian/words.hpp"

namespace delian::fleet {

/// What of the facts is asked for.
struct Selection {
  std::vector<std::string> states;  ///< codes; empty: all
  bool forces = false;
  bool deployments = false;
  bool goals = false;
  bool costs = false;
  bool memory = false;  ///< cells that rest on memory

  bool has(std::string_view state) const;
  /// Only some kinds of facts.
  bool is_partial() const { return forces || deployments || goals || costs || memory; }
};

/// The asked kinds of facts one after the other; without any: of all states a table of ships by
/// kind, of some states all that is known. Facts of states that are not asked for are left out.
std::string fleets_report(const Fleets& fleets, const Atlas& atlas, const Selection& selection,
                          Language language = Language::en);

}  // namespace delian::fleet
