#include "numerics/pattern_search.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "delian/assert.hpp"

namespace delian {
namespace {

class Search {
 public:
  Search(const std::function<double(const LatticePoint&)>& objective,
         const PatternSearchOptions& options)
      : objective_(objective), options_(options) {}

  PatternSearchResult run(LatticePoint start) {
    Trial base{std::move(start), 0};
    base.value = evaluate(base.point);
    int step = options_.first_step;
    while (step >= 1 && !stopped_) {
      Trial next = explore(base, step);
      if (!better(next, base)) {
        step /= 2;
        continue;
      }
      while (better(next, base)) {
        Trial ahead = next;
        for (std::size_t k = 0; k < ahead.point.size(); ++k) {
          const int again = 2 * next.point[k] - base.point[k];
          ahead.point[k] = std::clamp(again, -options_.bound, options_.bound);
        }
        base = std::move(next);
        ahead.value = evaluate(ahead.point);
        if (stopped_) break;
        next = explore(std::move(ahead), step);
      }
    }
    return {std::move(base.point), base.value, evaluations_, !stopped_};
  }

 private:
  struct Trial {
    LatticePoint point;
    double value;
  };

  bool better(const Trial& a, const Trial& b) const {
    return a.value < b.value - options_.least_gain;
  }

  double evaluate(const LatticePoint& point) {
    stopped_ = stopped_ || (options_.cancelled && options_.cancelled());
    if (stopped_) return 0;  // never compared with anything
    ++evaluations_;
    return objective_(point);
  }

  /// One step along each axis in turn, kept where it is better.
  Trial explore(Trial from, int step) {
    for (std::size_t k = 0; k < from.point.size() && !stopped_; ++k) {
      for (const int move : {step, -step}) {
        Trial trial = from;
        trial.point[k] += move;
        if (std::abs(trial.point[k]) > options_.bound) continue;
        trial.value = evaluate(trial.point);
        if (stopped_) break;
        if (!better(trial, from)) continue;
        from = std::move(trial);
        break;
      }
    }
    return from;
  }

  const std::function<double(const LatticePoint&)>& objective_;
  const PatternSearchOptions& options_;
  std::size_t evaluations_ = 0;
  bool stopped_ = false;
};

}  // namespace

PatternSearchResult pattern_search(const std::function<double(const LatticePoint&)>& objective,
                                   LatticePoint start, const PatternSearchOptions& options) {
  DELIAN_ASSERT(!start.empty() && options.first_step >= 1 && options.least_gain >= 0);
  for (const int coordinate : start) DELIAN_ASSERT(std::abs(coordinate) <= options.bound);
  return Search(objective, options).run(std::move(start));
}

}  // namespace delian
