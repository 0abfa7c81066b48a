#pragma once
// Text for a terminal of 80 columns.

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace delian {

inline constexpr std::size_t text_width = 80;

/// Stands for a space at which wrap() ends no line; plain() lets none through. Whoever writes it
/// turns it into a space at the end.
inline constexpr char unbroken = '\x01';

/// Characters that are seen: without the sequences that change colour.
std::size_t display_width(std::string_view text);

/// Cuts after `columns` characters, marking the cut.
std::string cut(std::string_view text, std::size_t columns);

/// The text and spaces up to `columns`; a longer one is cut.
std::string padded(std::string_view text, std::size_t columns);
/// Spaces and the text; a longer one stays as it is.
std::string to_the_right(std::string_view text, std::size_t columns);

/// For a terminal that shows colours, else the text as it is.
std::string bold(std::string_view text, bool colour);
std::string faint(std::string_view text, bool colour);

/// A phrase of messages with its values: "{0} ships".
template <class... Values>
std::string filled(std::string_view phrase, const Values&... values) {
  return fmt::format(fmt::runtime(phrase), values...);
}

/// Lines of at most 80 columns. The first is indented by `indent`, the others by `hanging`. No line
/// begins with a percent sign, a colon or a semicolon that stands by itself, as in French.
std::string wrap(std::string_view text, std::size_t indent, std::size_t hanging);

/// A user's text without what a terminal would obey or what would turn its direction. Lines become
/// one. Joiners are part of the spelling of some languages.
std::string plain(std::string_view text);

/// A table's percentage: whole, with the ends told apart from 0 and 100.
std::string table_percent(double p);

/// "20,000"
std::string grouped(std::uint64_t value, char separator);

}  // namespace delian
