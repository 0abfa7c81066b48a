#pragma once
// SHA-256 (FIPS 180-4) as text.

#include <span>
#include <string>
#include <string_view>

namespace delian::io {

/// The digest of a text as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view text);

/// The same of several parts, one after another.
std::string sha256(std::span<const std::string_view> parts);

}  // namespace delian::io
