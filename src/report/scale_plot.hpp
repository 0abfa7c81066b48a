#pragma once
// Pictures of a scale from 0 to 100 in plain text.

#include <span>
#include <string>

#include "delian/landing.hpp"

namespace delian {

/// A distribution as 50 dots, each 2 chances in 100: dot k stands at the quantile (k + 1/2) / 50
/// (quantile dot plot: Kay et al. 2016). Columns are two points wide; a colon is two dots. Under it
/// an axis with marks, at most 80 columns. Lines are indented by two.
///
/// @param marks  points of the scale that get a caret under the axis
std::string dot_plot(const ScaleDistribution& distribution, std::span<const double> marks);

/// One row of `columns` characters: a bar from low to high with the median on it.
std::string range_strip(double low, double median, double high, std::size_t columns);

}  // namespace delian
