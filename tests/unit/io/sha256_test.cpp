#include "io/sha256.hpp"

#include <gtest/gtest.h>

#include <array>

namespace delian::io {
namespace {

// FIPS 180-2, appendix B.1 and B.2.
constexpr std::string_view of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view of_two_blocks =
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256("abc"), of_abc);
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), of_two_blocks);
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, PartsAreOneText) {
  constexpr std::array<std::string_view, 4> parts{"a", "", "b", "c"};
  EXPECT_EQ(sha256(parts), of_abc);
}

}  // namespace
}  // namespace delian::io
