#pragma once
// Values that are neither strings nor containers: numbers, booleans, dates and times.

#include "io/toml.hpp"

namespace delian::io::toml {

/// What is wrong with a piece of text, and how to mend it.
struct Complaint {
  std::string message;
  std::string fix;
};

struct Scalar {
  Kind kind;
  Node::Value value;
};

/// Reads a whole token, such as `-0x1F`, `2026-11-23` or `true`.
tl::expected<Scalar, Complaint> read_scalar(std::string_view token);

/// Whether `text` starts like "2026-11-23", which may go on after a space with the time.
bool starts_with_date(std::string_view text);

}  // namespace delian::io::toml
