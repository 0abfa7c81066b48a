#pragma once
// Small text helpers for messages.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace delian {

/// Levenshtein distance in bytes, ASCII case ignored.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, if it is near enough to be what was meant; else empty.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// `Did you mean "X"?`, or `Known: A, B, C.` when nothing is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// The shortest text that reads back as this number: "0.05", "60".
std::string short_number(double value);

/// "A, B and C".
std::string list_of(std::span<const std::string> items, std::string_view last_join = " and ");

/// A code point as it is shown. What a terminal would obey, what turns the direction of text and
/// what cannot be seen is spelled out, "\x1b"; so are bytes that are no UTF-8, each alone.
struct Cell {
  std::string shown;
  int columns = 1;
  std::uint32_t value = 0;
  bool spelled_out = false;
};
std::vector<Cell> cells_of(std::string_view text);

/// The text as its cells show it: safe to print, on one line.
std::string printable(std::string_view text);

}  // namespace delian
