#include "domain/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace delian {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

CodePoint decode(std::string_view text) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {lead, 1, false};
  std::uint32_t value = lead & (0xFFU >> (bytes + 1));
  for (std::size_t k = 1; k < bytes; ++k) {
    if ((byte(k) & 0xC0U) != 0x80) return {lead, 1, false};
    value = (value << 6U) | (byte(k) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[bytes] || value > 0x10FFFF || surrogate) return {lead, 1, false};
  return {value, bytes, true};
}

struct Range {
  std::uint32_t first, last;
};

template <std::size_t n>
bool in(const std::array<Range, n>& ranges, std::uint32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& r) { return c >= r.first && c <= r.last; });
}

// Never sent to a terminal: controls, marks that turn the direction of text, invisible characters,
// line and paragraph separators, tags.
constexpr std::array hidden{Range{0x00, 0x1F},     Range{0x7F, 0x9F},      Range{0xAD, 0xAD},
                            Range{0x61C, 0x61C},   Range{0x180E, 0x180E},  Range{0x200B, 0x200F},
                            Range{0x2028, 0x202E}, Range{0x2060, 0x206F},  Range{0xFEFF, 0xFEFF},
                            Range{0xFFF9, 0xFFFB}, Range{0xE0000, 0xE007F}};
// Marks drawn over the character before them, in the scripts and sets met in practice.
constexpr std::array combining{Range{0x300, 0x36F},   Range{0x483, 0x489},   Range{0x591, 0x5BD},
                               Range{0x610, 0x61A},   Range{0x64B, 0x65F},   Range{0x93A, 0x93A},
                               Range{0x93C, 0x93C},   Range{0x941, 0x948},   Range{0x94D, 0x94D},
                               Range{0xE31, 0xE31},   Range{0xE34, 0xE3A},   Range{0xE47, 0xE4E},
                               Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF}, Range{0x20D0, 0x20FF},
                               Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}};
// East Asian wide and full-width characters, and emoji.
constexpr std::array wide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},  Range{0x3041, 0x33FF},
                          Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},  Range{0xA000, 0xA4CF},
                          Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},  Range{0xFE30, 0xFE6F},
                          Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},  Range{0x1F300, 0x1F64F},
                          Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

/// "\x1b", "\u{202e}".
Cell spelled_out(std::string_view before, std::uint32_t value, std::string_view after) {
  std::array<char, 8> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
  std::string text(before);
  if (value < 0x10) text += '0';
  text.append(digits.data(), end).append(after);
  const int columns = static_cast<int>(text.size());
  return {std::move(text), columns, value, true};
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t change = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      row[j] = std::min({above + 1, row[j - 1] + 1, change});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  // Long texts are no typing errors, and the distance costs the product of both lengths.
  if (word.size() > 100) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  if (const std::string_view near = nearest(word, candidates); !near.empty()) {
    return "Did you mean \"" + std::string(near) + "\"?";
  }
  std::string known = "Known: ";
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    known.append(k == 0 ? "" : ", ").append(candidates[k]);
  }
  return known + ".";
}

std::string short_number(double value) {
  std::array<char, 32> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

std::string list_of(std::span<const std::string> items, std::string_view last_join) {
  std::string text;
  for (std::size_t k = 0; k < items.size(); ++k) {
    if (k > 0) text += k + 1 == items.size() ? last_join : ", ";
    text += items[k];
  }
  return text;
}

std::vector<Cell> cells_of(std::string_view text) {
  std::vector<Cell> cells;
  while (!text.empty()) {
    const CodePoint c = decode(text);
    if (!c.valid) {
      cells.push_back(spelled_out("\\x", c.value, ""));
    } else if (c.value == '\t') {
      cells.push_back({" ", 1, c.value, false});
    } else if (in(hidden, c.value)) {
      cells.push_back(c.value < 0x80 ? spelled_out("\\x", c.value, "")
                                     : spelled_out("\\u{", c.value, "}"));
    } else {
      const int columns = in(combining, c.value) ? 0 : in(wide, c.value) ? 2 : 1;
      cells.push_back({std::string(text.substr(0, c.bytes)), columns, c.value, false});
    }
    text.remove_prefix(c.bytes);
  }
  return cells;
}

std::string printable(std::string_view text) {
  std::string shown;
  for (const Cell& cell : cells_of(text)) shown += cell.shown;
  return shown;
}

}  // namespace delian
