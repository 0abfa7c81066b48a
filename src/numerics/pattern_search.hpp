#pragma once
// Minimising without derivatives, on a lattice. For functions that are flat between steps, as
// shares of a finite number of draws are.

#include <cstddef>
#include <functional>
#include <vector>

namespace delian {

/// Whole numbers, one per dimension: multiples of the smallest step that matters.
using LatticePoint = std::vector<int>;

struct PatternSearchOptions {
  int first_step = 8;               ///< a power of two; halved to 1
  int bound = 32;                   ///< every coordinate stays in [-bound, bound]
  double least_gain = 0;            ///< smaller improvements do not count; >= 0
  std::function<bool()> cancelled;  ///< asked before every evaluation; may be empty
};

struct PatternSearchResult {
  LatticePoint best;
  double value = 0;  ///< at `best`
  std::size_t evaluations = 0;
  bool converged = false;  ///< no point one step along one axis is better; false when cancelled
};

/// Direct search by Hooke & Jeeves 1961: try a step up and a step down along each axis, keep what
/// is better, then repeat the whole move as long as that helps; halve the step when nothing does.
/// The lattice is finite and the value falls with every move, so it ends. It finds a local minimum
/// of the lattice (Torczon 1997), always the same one from the same start.
///
/// @param objective  a pure function of the point
/// @param start      at least one coordinate, inside the bound
PatternSearchResult pattern_search(const std::function<double(const LatticePoint&)>& objective,
                                   LatticePoint start, const PatternSearchOptions& options = {});

}  // namespace delian
