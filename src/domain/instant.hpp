#pragma once
// Times of day as announcements give them: "2023-07-05T12:00:00Z".

#include <cstdint>
#include <optional>
#include <string_view>

namespace delian {

/// A point in time, in seconds since 0001-01-01; local when the text names no offset from UTC.
struct Instant {
  std::int64_t seconds = 0;
  bool local = true;
};

/// Reads a date, or a date and time as TOML writes them; nothing if the text is neither.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace delian
