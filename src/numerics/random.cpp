#include "delian/random.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>

#include "numerics/kernel.hpp"

namespace delian {
namespace {

// Salmon et al. 2011: known answers published with their Random123.
static_assert(philox4x32({0, 0, 0, 0}, {0, 0}) ==
              std::array<std::uint32_t, 4>{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
static_assert(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                         {0xffffffff, 0xffffffff}) ==
              std::array<std::uint32_t, 4>{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
static_assert(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                         {0xa4093822, 0x299f31d0}) ==
              std::array<std::uint32_t, 4>{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});

constexpr std::uint32_t low_word(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}

constexpr std::uint32_t high_word(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32);
}

struct Pair {
  double even, odd;
};

// 52 bits as the mantissa of a number in [1, 2); the subtraction is exact.
inline double to_uniform(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t word = (std::uint64_t{high} << 32) | low;
  return std::bit_cast<double>((word >> 12) | 0x3ff0000000000000U) - (1.0 - 0x1p-53);
}

inline Pair uniforms(std::uint64_t block, std::uint64_t name, std::uint64_t seed) {
  const std::array<std::uint32_t, 4> words =
      philox4x32({low_word(block), high_word(block), low_word(name), high_word(name)},
                 {low_word(seed), high_word(seed)});
  return {to_uniform(words[0], words[1]), to_uniform(words[2], words[3])};
}

DELIAN_KERNEL void fill_pairs(std::uint64_t first_block, std::uint64_t name, std::uint64_t seed,
                              double* out, std::size_t blocks) {
  DELIAN_ELEMENTWISE
  for (std::size_t k = 0; k < blocks; ++k) {
    const Pair pair = uniforms(first_block + k, name, seed);
    out[2 * k] = pair.even;
    out[2 * k + 1] = pair.odd;
  }
}

}  // namespace

Stream::Stream(std::uint64_t seed, std::string_view name)
    : seed_(seed), name_(XXH3_64bits(name.data(), name.size())) {}

double Stream::uniform(std::uint64_t draw) const {
  const Pair pair = uniforms(draw / 2, name_, seed_);
  return draw % 2 == 0 ? pair.even : pair.odd;
}

void Stream::fill(std::uint64_t first, double* out, std::size_t count) const {
  if (count == 0) return;
  if (first % 2 == 1) {
    *out++ = uniform(first++);
    --count;
  }
  fill_pairs(first / 2, name_, seed_, out, count / 2);
  if (count % 2 == 1) out[count - 1] = uniform(first + count - 1);
}

}  // namespace delian
