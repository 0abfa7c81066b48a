#include "report/layout.hpp"

#include <algorithm>
#include <cmath>

#include "domain/text.hpp"

namespace delian {

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  bool in_colour = false;
  for (const char c : text) {
    in_colour = in_colour || c == '\x1b';
    if (!in_colour && (static_cast<unsigned char>(c) & 0xC0) != 0x80) ++columns;
    if (c == 'm') in_colour = false;
  }
  return columns;
}

std::string cut(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::string kept;
  std::size_t shown = 0;
  for (const char c : text) {
    const bool starts = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (starts && shown + 1 == columns) break;
    shown += starts ? 1 : 0;
    kept += c;
  }
  return kept + "…";
}

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  if (width > columns) return cut(text, columns);
  return std::string(text) + std::string(columns - width, ' ');
}

std::string to_the_right(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(columns - std::min(columns, width), ' ') + std::string(text);
}

std::string bold(std::string_view text, bool colour) {
  return colour ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
}

std::string faint(std::string_view text, bool colour) {
  return colour ? fmt::format("\x1b[2m{}\x1b[0m", text) : std::string(text);
}

namespace {

/// Where the word that begins at `at` ends: at a space that no mark follows.
std::size_t end_of_word(std::string_view text, std::size_t at) {
  constexpr std::string_view marks = "%:;";
  std::size_t space = text.find(' ', at);
  while (space != std::string_view::npos && space + 1 < text.size() &&
         marks.find(text[space + 1]) != std::string_view::npos) {
    space = text.find(' ', space + 1);
  }
  return std::min(space, text.size());
}

}  // namespace

std::string wrap(std::string_view text, std::size_t indent, std::size_t hanging) {
  std::string out(indent, ' ');
  std::size_t column = indent;
  std::size_t at = 0;
  bool first = true;
  while (at < text.size()) {
    const std::size_t space = end_of_word(text, at);
    std::string_view word = text.substr(at, space - at);
    // A word too long for any line is broken where the line ends.
    while (display_width(word) > text_width - hanging) {
      if (!first) out += "\n" + std::string(hanging, ' ');
      const std::size_t room = text_width - (first ? column : hanging);
      std::size_t bytes = 0;
      for (std::size_t shown = 0; bytes < word.size(); ++bytes) {
        const bool starts = (static_cast<unsigned char>(word[bytes]) & 0xC0) != 0x80;
        if (starts && shown++ == room) break;
      }
      out += word.substr(0, bytes);
      word.remove_prefix(bytes);
      column = text_width;
      first = false;
    }
    const std::size_t length = display_width(word);
    if (!first && column + 1 + length > text_width) {
      out += "\n" + std::string(hanging, ' ');
      column = hanging;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
    first = false;
    at = space + 1;
  }
  return out + "\n";
}

std::string plain(std::string_view text) {
  std::string out;
  for (const Cell& cell : cells_of(text)) {
    if (cell.value == 0x200C) {
      out += "\u200C";
    } else if (cell.value == 0x200D) {
      out += "\u200D";
    } else if (cell.value == '\n' || cell.value == '\r') {
      out += ' ';
    } else {
      out += cell.spelled_out ? "\uFFFD" : cell.shown;
    }
  }
  return out;
}

std::string table_percent(double p) {
  if (p <= 0) return "0 %";
  if (p < 0.01) return "<1 %";
  if (p >= 1) return "100 %";
  if (p > 0.99) return ">99 %";
  return fmt::format("{:.0f} %", std::floor(p * 100 + 0.5));
}

std::string grouped(std::uint64_t value, char separator) {
  std::string digits = std::to_string(value);
  for (std::size_t k = digits.size(); k > 3; k -= 3) digits.insert(k - 3, 1, separator);
  return digits;
}

}  // namespace delian
