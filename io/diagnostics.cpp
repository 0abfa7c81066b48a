#include "io/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "src/domain/text.hpp"

namespace delian::io {
namespace {

constexpr int page_width = 80;
constexpr int gutter = 8;  // "   46 | "
constexpr int room = page_width - gutter;
constexpr std::string_view ellipsis = "...";

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

/// The part of a line that can matter for a page, so that a line of megabytes costs no more than a
/// short one. Takes off the place what it takes off the line.
std::string_view neighbourhood(std::string_view line, Place& place) {
  constexpr int reach = 400;  // code points on either side
  const auto skip = [&](std::size_t at, int count) {
    while (at < line.size() && count > 0) {
      ++at;
      while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80) ++at;
      --count;
    }
    return at;
  };
  if (place.column > reach) {
    line.remove_prefix(skip(0, place.column - reach));
    place.column = reach;
  }
  place.length = std::min(place.length, reach);
  return line.substr(0, skip(0, place.column + place.length + reach));
}

// What to show of a line so that the mark is in sight. A long line ends after the part that the
// mark stands in; a table's row is a list of such parts.
Excerpt excerpt(std::string_view whole_line, Place place) {
  const std::string_view line = neighbourhood(whole_line, place);
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
  return all.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace delian::io
