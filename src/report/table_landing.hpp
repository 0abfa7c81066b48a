#pragma once
// Where models land on a table of actors, side by side, for a terminal of 80 columns.

#include <span>
#include <string>
#include <vector>

#include "delian/table_landing.hpp"
#include "delian/words.hpp"

namespace delian {

/// A number with as many decimals as a scale of this length deserves: three figures of it.
std::string on_scale_of(double length, double value);

struct TableLandingView {
  Language language = Language::en;
  bool colour = false;
  std::vector<std::size_t> issues;  ///< those to show
  bool rounds = false;
};

/// For each issue the landings of all models in rising order, how far they are apart, and which
/// models were left out for what. More than eight issues make one table with a line for each.
std::string table_landing_report(const ActorTable& table, std::span<const ModelOnTable> models,
                                 const TableLandingView& view);

/// Every model with its source and parameters.
std::string model_list(std::span<const BargainingModel* const> models, Language language,
                       bool colour);

/// The middle value, or the mean of the two in the middle. `values` must not be empty.
double median_of(std::vector<double> values);

}  // namespace delian
