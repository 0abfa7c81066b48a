#pragma once
// The facts about fleets that come with the program, and the files they stand in.

#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/fleet.hpp"
#include "io/text_file.hpp"

namespace delian::io {

/// Every navy, theatre and cost of data/. Read on the first call, from any thread; kept for good.
const fleet::Fleets& fleets();

/// A navy as in data/fleets/*.toml. `source`, `on` and `grade` of the file hold for each row that
/// has none of its own.
///
/// Errors  those of form (E00x, E302), E620 an unknown state, and those of fleet::problems_of.
Expected<fleet::Navy> parse_navy(const TextFile& file);

/// A theatre as in data/theatres/*.toml. A row without `on` describes the day on which a force
/// came, a deployment left or a goal was declared. Errors as above.
Expected<fleet::Theatre> parse_theatre(const TextFile& file);

/// Costs as in data/hull-costs.toml. Errors as above.
Expected<std::vector<fleet::AnnualCost>> parse_hull_costs(const TextFile& file);

}  // namespace delian::io
