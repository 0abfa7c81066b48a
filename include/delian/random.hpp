#pragma once
// Counter-based random numbers: a draw is a pure function of (seed, name of the input, draw
// number). It depends neither on threads, nor on the order of members, nor on which other inputs
// exist. Source: Salmon, Moraes, Dror & Shaw 2011, Philox4x32-10.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace delian {

/// Philox4x32 with ten rounds: 128 random bits for a 128-bit counter under a 64-bit key.
constexpr std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53U} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key = {key[0] + 0x9E3779B9U, key[1] + 0xBB67AE85U};
  }
  return counter;
}

/// The stream of uniforms that belongs to one named input under one seed.
class Stream {
 public:
  /// @param name  stable name of the input, such as "members.FR.position"
  Stream(std::uint64_t seed, std::string_view name);

  /// The uniform of draw `draw`: a multiple of 2^-52 plus 2^-53, so never 0 and never 1, and 1 - u
  /// is possible wherever u is. (With one bit more the largest would be rounded to 1.)
  ///
  /// Counter = {draw / 2, hash of the name}, low words first; key = the seed. Draws 2k and 2k + 1
  /// share one block of 128 bits: words 0, 1 (low word first) and words 2, 3.
  double uniform(std::uint64_t draw) const;

  /// out[k] = uniform(first + k) for k < count.
  void fill(std::uint64_t first, double* out, std::size_t count) const;

 private:
  std::uint64_t seed_;
  std::uint64_t name_;  // hash of the name
};

}  // namespace delian
