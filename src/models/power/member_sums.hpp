#pragma once
// Adding something to every member of a coalition, for millions of coalitions.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace delian::power {

/// Coalitions by size, and by member and size.
struct Held {
  std::vector<double> all;                ///< [size]
  std::vector<std::vector<double>> with;  ///< [member][size]
};

/// Collects counts by size and by each byte of the coalition's mask, and hands them to the members
/// at the end: three additions a coalition instead of one for each of its members.
class MemberSums {
 public:
  /// @param members  at most 24
  MemberSums(std::size_t members, std::size_t most_size)
      : members_(members), sums_((most_size + 1) * bytes) {}

  void add(std::uint32_t mask, std::size_t size, std::uint64_t count) {
    auto* const of_size = &sums_[size * bytes];
    for (std::size_t b = 0; b < bytes; ++b) of_size[b][mask >> (8 * b) & 255] += count;
  }

  /// Adds to the coalitions of each size that hold member `first` + k, for each bit k.
  void collect(Held& held, std::size_t first) const {
    for (std::size_t size = 0; size * bytes < sums_.size(); ++size) {
      for (std::size_t k = 0; k < members_; ++k) {
        const auto& of_byte = sums_[size * bytes + k / 8];
        std::uint64_t sum = 0;
        for (std::size_t value = 0; value < 256; ++value) {
          if ((value >> (k % 8) & 1) != 0) sum += of_byte[value];
        }
        held.with[first + k][size] += static_cast<double>(sum);
      }
    }
  }

 private:
  static constexpr std::size_t bytes = 3;
  std::size_t members_;
  std::vector<std::array<std::uint64_t, 256>> sums_;
};

}  // namespace delian::power
