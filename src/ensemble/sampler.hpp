#pragma once
// From the uncertain inputs of a scenario to blocks of draws.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "delian/decision.hpp"
#include "delian/random.hpp"
#include "delian/scenario.hpp"
#include "delian/uncertain.hpp"

namespace delian {

/// One input: the stream of its stable name and the distribution it is drawn from.
class InputSampler {
 public:
  InputSampler(std::uint64_t seed, const std::string& name, const Uncertain& value,
               double interval);

  /// out[k] = the input's value in draw first + k, for `block_draws` draws.
  void fill(std::uint64_t first, double* out) const;

 private:
  Stream stream_;
  QuantileFunction quantile_;
};

/// The stable name under which an input is drawn: "members.FR.position".
std::string input_name(std::string_view member, Scenario::Field field);

const Quantity& quantity(const Member& member, Scenario::Field field);

/// Draws every input of a scenario. A row holds `block_draws` values; rows stand `row_stride`
/// apart: positions, saliences, resolves, unexplained, settling (by member each), payments, forum.
class Sampler {
 public:
  Sampler(const Scenario& scenario, std::uint64_t seed);

  std::size_t rows() const { return inputs_.size() + 2 * members_ + 1; }

  /// Row of one member's input.
  std::size_t row(std::size_t member, Scenario::Field field) const {
    return static_cast<std::size_t>(field) * members_ + member;
  }

  /// Fills rows() * row_stride values.
  void fill(std::size_t block, double* out) const;

 private:
  std::size_t members_;
  std::vector<InputSampler> inputs_;  // positions, saliences, resolves, payments
  std::vector<Stream> unexplained_;
  std::vector<Stream> settling_;
  Stream forum_;
};

/// Rows of a filled block as a model takes them; a row can be replaced by another.
class BlockRows {
 public:
  BlockRows(std::size_t members, std::size_t payments);

  /// Points at the rows that Sampler::fill wrote to `values`.
  void point_at(const double* values);
  void replace(std::size_t row, const double* values) { rows_[row] = values; }

  DrawBlock block(std::uint64_t first, std::size_t count) const;

 private:
  std::size_t members_;
  std::size_t payments_;
  std::vector<const double*> rows_;
};

}  // namespace delian
