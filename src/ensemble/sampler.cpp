#include "ensemble/sampler.hpp"

#include "numerics/elementary.hpp"

namespace delian {

InputSampler::InputSampler(std::uint64_t seed, const std::string& name, const Uncertain& value,
                           double interval)
    : stream_(seed, name), quantile_(value, interval) {}

void InputSampler::fill(std::uint64_t first, double* out) const {
  stream_.fill(first, out, block_draws);
  quantile_.fill(out, out, block_draws);
}

std::string input_name(std::string_view member, Scenario::Field field) {
  return "members." + std::string(member) + "." + std::string(field_name(field));
}

const Quantity& quantity(const Member& member, Scenario::Field field) {
  switch (field) {
    case Scenario::Field::position:
      return member.position;
    case Scenario::Field::salience:
      return member.salience;
    case Scenario::Field::resolve:
      break;
  }
  return member.resolve;
}

Sampler::Sampler(const Scenario& scenario, std::uint64_t seed)
    : members_(scenario.members().size()), forum_(seed, "forum") {
  const double interval = scenario.parts().interval;
  using enum Scenario::Field;
  for (const Scenario::Field field : {position, salience, resolve}) {
    for (const Member& member : scenario.members()) {
      inputs_.emplace_back(seed, input_name(member.code, field), quantity(member, field).value,
                           interval);
    }
  }
  for (const Member& member : scenario.members()) {
    unexplained_.emplace_back(seed, "members." + member.code + ".unexplained");
    settling_.emplace_back(seed, "members." + member.code + ".settling");
  }
  for (const SidePayment& payment : scenario.parts().side_payments) {
    inputs_.emplace_back(seed, "side_payment." + payment.to, payment.value.value, interval);
  }
}

void Sampler::fill(std::size_t block, double* out) const {
  const std::uint64_t first = std::uint64_t{block} * block_draws;
  for (std::size_t k = 0; k < 3 * members_; ++k, out += row_stride) inputs_[k].fill(first, out);
  for (const Stream& stream : unexplained_) {
    stream.fill(first, out, block_draws);
    numerics::logit_each(out, out, block_draws);
    out += row_stride;
  }
  for (const Stream& stream : settling_) {
    stream.fill(first, out, block_draws);
    out += row_stride;
  }
  for (std::size_t k = 3 * members_; k < inputs_.size(); ++k, out += row_stride) {
    inputs_[k].fill(first, out);
  }
  forum_.fill(first, out, block_draws);
}

BlockRows::BlockRows(std::size_t members, std::size_t payments)
    : members_(members), payments_(payments), rows_(5 * members + payments + 1) {}

void BlockRows::point_at(const double* values) {
  for (std::size_t row = 0; row < rows_.size(); ++row) rows_[row] = values + row * row_stride;
}

DrawBlock BlockRows::block(std::uint64_t first, std::size_t count) const {
  const std::span<const double* const> rows(rows_);
  DrawBlock block;
  block.first = first;
  block.count = count;
  block.position = rows.subspan(0, members_);
  block.salience = rows.subspan(members_, members_);
  block.resolve = rows.subspan(2 * members_, members_);
  block.unexplained = rows.subspan(3 * members_, members_);
  block.settling = rows.subspan(4 * members_, members_);
  block.payment = rows.subspan(5 * members_, payments_);
  block.forum = rows_.back();
  return block;
}

}  // namespace delian
