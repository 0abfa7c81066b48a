#pragma once
// Facts about fleets as JSON, format "delian-fleets/1" (docs/schema/fleets-1.json).

#include <string>

#include "delian/fleet.hpp"
#include "delian/fleet_report.hpp"

namespace delian::io {

/// The kinds of facts that are asked for, else all; only of the states asked for. Costs of any navy
/// are kept whatever the states. Ends with a newline.
std::string fleets_json(const fleet::Fleets& fleets, const fleet::Selection& selection);

}  // namespace delian::io
