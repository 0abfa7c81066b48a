#include "ensemble/draw_table.hpp"

#include <algorithm>

#include "ensemble/reduce.hpp"

namespace delian {
namespace {

// One chunk is one step of cancelling and progress: a few milliseconds at most.
constexpr std::size_t blocks_per_chunk = 4;

std::size_t blocks_of(std::uint64_t draws) {
  return static_cast<std::size_t>((draws + block_draws - 1) / block_draws);
}

std::size_t chunks_of(std::uint64_t draws) {
  return (blocks_of(draws) + blocks_per_chunk - 1) / blocks_per_chunk;
}

DecisionTally empty_tally(const Setting& setting) {
  const Tally tally(setting.members, setting.horizon_months);
  return {tally, tally};
}

/// Calls body(block, number of its draws that count) for the blocks of a chunk.
template <class Body>
void for_each_block(std::size_t chunk, std::uint64_t draws, const Body& body) {
  const std::size_t end = std::min(blocks_of(draws), (chunk + 1) * blocks_per_chunk);
  for (std::size_t block = chunk * blocks_per_chunk; block < end; ++block) {
    const std::uint64_t first = std::uint64_t{block} * block_draws;
    body(block, static_cast<std::size_t>(std::min<std::uint64_t>(block_draws, draws - first)));
  }
}

}  // namespace

DrawTable::DrawTable(const Scenario& scenario, std::uint64_t seed, std::uint64_t draws,
                     const RunContext& context)
    : sampler_(scenario, seed), payments_(scenario.parts().side_payments.size()) {
  const std::size_t block_values = sampler_.rows() * row_stride;
  values_.resize(blocks_of(draws) * block_values);
  const std::size_t done = reduce_in_order(
      chunks_of(draws), context,
      [&](std::size_t chunk) {
        for_each_block(chunk, draws, [&](std::size_t block, std::size_t) {
          sampler_.fill(block, &values_[block * block_values]);
        });
        return 0;
      },
      [](int) {});
  draws_ = std::min<std::uint64_t>(draws, std::uint64_t{done} * blocks_per_chunk * block_draws);
}

DecisionTally DrawTable::count(const Setting& setting, const Decide& decide,
                               std::span<const RowChange> changes, std::uint64_t draws,
                               int threads) const {
  const std::size_t block_values = sampler_.rows() * row_stride;
  RunContext context;
  context.threads = threads;
  DecisionTally sum = empty_tally(setting);
  reduce_in_order(
      chunks_of(draws), context,
      [&](std::size_t chunk) {
        DecisionTally tally = empty_tally(setting);
        BlockRows rows(setting.members, payments_);
        std::vector<double> redrawn(changes.size() * block_draws);
        for_each_block(chunk, draws, [&](std::size_t block, std::size_t count) {
          const std::uint64_t first = std::uint64_t{block} * block_draws;
          rows.point_at(&values_[block * block_values]);
          for (std::size_t k = 0; k < changes.size(); ++k) {
            changes[k].sampler.fill(first, &redrawn[k * block_draws]);
            rows.replace(changes[k].row, &redrawn[k * block_draws]);
          }
          decide(setting, rows.block(first, count), tally);
        });
        return tally;
      },
      [&](const DecisionTally& tally) { sum.add(tally); });
  return sum;
}

DecisionTally count_streaming(const Scenario& scenario, const Setting& setting,
                              const Decide& decide, std::uint64_t seed, std::uint64_t draws,
                              const RunContext& context) {
  const Sampler sampler(scenario, seed);
  DecisionTally sum = empty_tally(setting);
  reduce_in_order(
      chunks_of(draws), context,
      [&](std::size_t chunk) {
        DecisionTally tally = empty_tally(setting);
        BlockRows rows(setting.members, scenario.parts().side_payments.size());
        std::vector<double> values(sampler.rows() * row_stride);
        rows.point_at(values.data());
        for_each_block(chunk, draws, [&](std::size_t block, std::size_t count) {
          sampler.fill(block, values.data());
          decide(setting, rows.block(std::uint64_t{block} * block_draws, count), tally);
        });
        return tally;
      },
      [&](const DecisionTally& tally) { sum.add(tally); });
  return sum;
}

}  // namespace delian
