#include "delian/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace delian {
namespace {

TEST(Stream, FillAndUniformAgreeForEveryStartAndLength) {
  const Stream stream(42, "members.FR.position");
  for (const std::uint64_t first : {0ULL, 1ULL, 2ULL, 7ULL, (1ULL << 33) - 3, (1ULL << 33)}) {
    for (std::size_t count = 0; count < 40; ++count) {
      std::vector<double> out(count + 1, -1);
      stream.fill(first, out.data(), count);
      for (std::size_t k = 0; k < count; ++k) EXPECT_EQ(out[k], stream.uniform(first + k));
      EXPECT_EQ(out[count], -1) << "wrote beyond its end";
    }
  }
}

TEST(Stream, ChunksNeverChangeAValue) {
  const Stream stream(7, "members.DE.salience");
  std::vector<double> whole(1001), pieces(1001);
  stream.fill(5, whole.data(), whole.size());
  for (std::size_t at = 0, step = 1; at < pieces.size(); at += step, step = step % 17 + 1) {
    stream.fill(5 + at, pieces.data() + at, std::min(step, pieces.size() - at));
  }
  EXPECT_EQ(whole, pieces);
}

TEST(Stream, DependsOnSeedAndNameAlone) {
  EXPECT_EQ(Stream(1, "a").uniform(9), Stream(1, std::string("a")).uniform(9));
  EXPECT_NE(Stream(1, "a").uniform(9), Stream(1, "b").uniform(9));
  EXPECT_NE(Stream(1, "a").uniform(9), Stream(2, "a").uniform(9));
  EXPECT_NE(Stream(1, "a").uniform(9), Stream(1ULL << 32, "a").uniform(9));
}

// Pinned: results of saved runs depend on these bits.
TEST(Stream, KeepsItsValues) {
  EXPECT_EQ(Stream(42, "members.FR.position").uniform(0), 0x1.cb020e50fa12p-6);
  EXPECT_EQ(Stream(42, "members.FR.position").uniform(1), 0x1.d48c92852628p-8);
}

// A stream is accepted when mean, variance, fourth moment and the correlation of neighbours lie
// within four standard errors of what uniforms have.
bool looks_uniform(const std::function<double(std::uint64_t)>& uniform) {
  constexpr int n = 200'000;
  double sum = 0, square = 0, fourth = 0, neighbours = 0, last = 0;
  for (int d = 0; d < n; ++d) {
    const double x = uniform(static_cast<std::uint64_t>(d)) - 0.5;
    if (!(std::fabs(x) < 0.5)) return false;
    sum += x;
    square += x * x;
    fourth += x * x * x * x;
    neighbours += x * last;
    last = x;
  }
  // Moments of U - 1/2: E x^2 = 1/12, E x^4 = 1/80, E x^8 = 1/2304.
  const auto close = [&](double total, double mean, double variance) {
    return std::fabs(total / n - mean) < 4 * std::sqrt(variance / n);
  };
  return close(sum, 0, 1.0 / 12) && close(square, 1.0 / 12, 1.0 / 80 - 1.0 / 144) &&
         close(fourth, 1.0 / 80, 1.0 / 2304 - 1.0 / 6400) && close(neighbours, 0, 1.0 / 144);
}

TEST(StreamStatistics, DrawsAreUniformAndNeighboursUnrelated) {
  for (const char* name : {"members.FR.position", "members.FR.salience", ""}) {
    const Stream stream(20230712, name);
    EXPECT_TRUE(looks_uniform([&](std::uint64_t d) { return stream.uniform(d); })) << name;
  }
}

TEST(StreamStatistics, TheSameCheckRejectsWrongSamplers) {
  const Stream stream(20230712, "members.FR.position");
  const auto squeezed = [&](std::uint64_t d) { return 0.99 * stream.uniform(d); };
  const auto repeating = [&](std::uint64_t d) {  // one draw in fifty is the last one again
    return stream.uniform(d % 50 == 1 ? d - 1 : d);
  };
  EXPECT_FALSE(looks_uniform(squeezed));
  EXPECT_FALSE(looks_uniform(repeating));
}

TEST(StreamStatistics, SimilarNamesGiveUnrelatedStreams) {
  constexpr int n = 100'000;
  const std::vector<std::string> names{"members.FR.position", "members.FI.position",
                                       "members.FR.salience", "members.FR.position ",
                                       "members.FR.positioo"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Stream a(1, names[i]), b(1, names[j]);
      double product = 0;
      for (std::uint64_t d = 0; d < n; ++d) product += (a.uniform(d) - 0.5) * (b.uniform(d) - 0.5);
      EXPECT_LT(std::fabs(product / n), 4.0 / 12 / std::sqrt(double{n})) << names[i] << names[j];
    }
  }
}

}  // namespace
}  // namespace delian
