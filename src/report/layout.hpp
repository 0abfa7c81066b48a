#pragma once
// Text for a terminal of 80 columns.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace delian {

inline constexpr std::size_t text_width = 80;

/// Characters that are seen: without the sequences that change colour.
std::size_t display_width(std::string_view text);

/// Cuts after `columns` characters, marking the cut.
std::string cut(std::string_view text, std::size_t columns);

/// Lines of at most 80 columns. The first is indented by `indent`, the others by `hanging`.
std::string wrap(std::string_view text, std::size_t indent, std::size_t hanging);

/// A user's text without what a terminal would obey or what would turn its direction. Lines become
/// one. Joiners are part of the spelling of some languages.
std::string plain(std::string_view text);

/// A table's percentage: whole, with the ends told apart from 0 and 100.
std::string table_percent(double p);

/// "20,000"
std::string grouped(std::uint64_t value, char separator);

}  // namespace delian
