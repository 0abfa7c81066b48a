#include "io/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace delian::io {
namespace {

constexpr int page_width = 80;
constexpr int gutter = 8;  // "   46 | "
constexpr int room = page_width - gutter;
constexpr std::string_view ellipsis = "...";

// A code point as it is shown. Bytes that are no UTF-8 stand alone.
struct Cell {
  std::string shown;
  int columns = 1;
};

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

Cell spelled_out(std::string text) {
  const int columns = static_cast<int>(text.size());
  return {std::move(text), columns};
}

std::vector<Cell> cells_of(std::string_view text) {
  std::vector<Cell> cells;
  while (!text.empty()) {
    const CodePoint c = decode(text);
    if (!c.valid) {
      cells.push_back(spelled_out(fmt::format("\\x{:02x}", c.value)));
    } else if (c.value == '\t') {
      cells.push_back({" ", 1});
    } else if (in(hidden, c.value)) {
      cells.push_back(spelled_out(c.value < 0x80 ? fmt::format("\\x{:02x}", c.value)
                                                 : fmt::format("\\u{{{:x}}}", c.value)));
    } else {
      const int columns = in(combining, c.value) ? 0 : in(wide, c.value) ? 2 : 1;
      cells.push_back({std::string(text.substr(0, c.bytes)), columns});
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

std::string_view line_of(std::string_view text, int line) {
  for (int k = 1; k < line; ++k) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  if (line == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

struct Excerpt {
  std::string source;
  int caret = 0;  // columns before the mark
  int width = 1;  // columns of the mark
};

// What to show of a line so that the mark is in sight. A long line ends after the part that the
// mark stands in; a table's row is a list of such parts.
Excerpt excerpt(std::string_view line, const Place& place) {
  const std::vector<Cell> cells = cells_of(line);
  const auto columns = [&](std::size_t first, std::size_t last) {
    int sum = 0;
    for (std::size_t k = first; k < last; ++k) sum += cells[k].columns;
    return sum;
  };
  const std::size_t from =
      std::min<std::size_t>(static_cast<std::size_t>(std::max(place.column, 1) - 1), cells.size());
  std::size_t to = std::min<std::size_t>(from + static_cast<std::size_t>(std::max(place.length, 1)),
                                         cells.size());

  std::size_t first = 0;
  std::size_t last = cells.size();
  if (columns(0, last) > room) {
    std::size_t comma = to;
    while (comma + 1 < last && !(cells[comma].shown == "," && cells[comma + 1].shown == " ")) {
      ++comma;
    }
    if (comma + 2 < last) last = comma + 2;
    const int tail = last < cells.size() ? static_cast<int>(ellipsis.size()) : 0;
    if (columns(0, last) + tail > room) {
      // Something of what stands before the mark, the mark, and what fits behind it.
      constexpr int context = 24;
      const bool cut_left = columns(0, to) + static_cast<int>(ellipsis.size()) > room;
      if (cut_left) {
        first = from;
        while (first > 0 && columns(first - 1, from) <= context) --first;
      }
      const int head = cut_left ? static_cast<int>(ellipsis.size()) : 0;
      while (last > first && head + columns(first, last) +
                                     (last < cells.size() ? static_cast<int>(ellipsis.size()) : 0) >
                                 room) {
        --last;
      }
      to = std::max(from, std::min(to, last));
    }
  }
  Excerpt shown;
  if (first > 0) shown.source += ellipsis;
  for (std::size_t k = first; k < last; ++k) shown.source += cells[k].shown;
  if (last < cells.size()) shown.source += ellipsis;
  shown.caret = columns(first, from) + (first > 0 ? static_cast<int>(ellipsis.size()) : 0);
  shown.width = std::max(1, columns(from, to));
  return shown;
}

struct Colours {
  std::string_view error, warning, mark, strong, plain;
};
constexpr Colours ansi{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1m", "\x1b[0m"};
constexpr Colours none{};

std::string where(const Place& place) {
  if (place.file.empty()) return place.pointer;
  if (place.line == 0) return place.file;
  if (place.column == 0) return fmt::format("{}:{}", place.file, place.line);
  return fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

std::string_view severity_name(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

}  // namespace

std::string render(const Diagnostics& problems, std::span<const TextFile> files, bool colour) {
  const Colours& paint = colour ? ansi : none;
  std::string out;
  for (const Diagnostic& problem : problems) {
    if (!out.empty()) out += '\n';
    const std::string at = printable(where(problem.place));
    out += fmt::format(
        "{}{}{}{}{}{}[{}]{}: {}\n", paint.strong, at, at.empty() ? "" : ": ", paint.plain,
        problem.severity == Severity::error ? paint.error : paint.warning,
        severity_name(problem.severity), problem.code, paint.plain, printable(problem.message));
    if (!problem.fix.empty()) {
      const auto file = std::find_if(files.begin(), files.end(), [&](const TextFile& f) {
        return f.name == problem.place.file;
      });
      if (file != files.end() && problem.place.line > 0) {
        const Excerpt shown = excerpt(line_of(file->text, problem.place.line), problem.place);
        out += fmt::format("{:5} | {}\n", problem.place.line, shown.source);
        out += fmt::format("      | {:{}}{}{:^>{}}{}  {}\n", "", shown.caret, paint.mark, "",
                           shown.width, paint.plain, printable(problem.fix));
      } else {
        out += fmt::format("      {}\n", printable(problem.fix));
      }
    }
    for (const std::string& note : problem.notes) {
      out += fmt::format("      {}\n", printable(note));
    }
  }
  return out;
}

std::string count_line(const Diagnostics& problems, std::size_t files) {
  const auto errors = std::count_if(problems.begin(), problems.end(), [](const Diagnostic& p) {
    return p.severity == Severity::error;
  });
  const auto warnings = static_cast<std::ptrdiff_t>(problems.size()) - errors;
  return fmt::format("{} file{} checked: {} error{}, {} warning{}.", files, files == 1 ? "" : "s",
                     errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

std::string to_json(const Diagnostics& problems) {
  auto all = nlohmann::ordered_json::array();
  for (const Diagnostic& problem : problems) {
    std::string_view title;
    for (const DiagnosticCode& code : diagnostic_codes()) {
      if (code.code == problem.code) title = code.title;
    }
    all.push_back({{"code", problem.code},
                   {"severity", severity_name(problem.severity)},
                   {"title", title},
                   {"file", problem.place.file},
                   {"line", problem.place.line},
                   {"column", problem.place.column},
                   {"length", problem.place.length},
                   {"pointer", problem.place.pointer},
                   {"message", problem.message},
                   {"fix", problem.fix},
                   {"notes", problem.notes}});
  }
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace delian::io
