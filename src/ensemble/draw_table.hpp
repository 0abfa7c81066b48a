#pragma once
// Draws kept in memory, so that a change of one input is answered on the same random numbers.

#include <cstdint>
#include <span>
#include <vector>

#include "delian/model.hpp"
#include "delian/run_context.hpp"
#include "ensemble/sampler.hpp"

namespace delian {

/// One row of the table drawn from another distribution.
struct RowChange {
  std::size_t row = 0;
  InputSampler sampler;
};

class DrawTable {
 public:
  /// Draws `draws` draws of every input; fewer, a prefix of them, when cancelled.
  DrawTable(const Scenario& scenario, std::uint64_t seed, std::uint64_t draws,
            const RunContext& context);

  std::uint64_t draws() const { return draws_; }
  std::size_t row(std::size_t member, Scenario::Field field) const {
    return sampler_.row(member, field);
  }

  /// Counts the first `draws` draws with some rows replaced. Runs to its end.
  DecisionTally count(const Setting& setting, const Decide& decide,
                      std::span<const RowChange> changes, std::uint64_t draws, int threads) const;

 private:
  Sampler sampler_;
  std::size_t payments_;
  std::uint64_t draws_ = 0;
  std::vector<double> values_;  // block after block, row after row
};

/// Counts `draws` draws without keeping them. When cancelled, counts a prefix of them.
DecisionTally count_streaming(const Scenario& scenario, const Setting& setting,
                              const Decide& decide, std::uint64_t seed, std::uint64_t draws,
                              const RunContext& context);

}  // namespace delian
