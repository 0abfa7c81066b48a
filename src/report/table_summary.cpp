#include "report/table_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "domain/text.hpp"
#include "report/layout.hpp"
#include "report/messages.hpp"

namespace delian {
namespace {

constexpr std::size_t most_issue_rows = 12;

struct Range {
  double low = 0;
  double high = 0;
  bool empty = true;

  void add(double value) {
    low = empty ? value : std::min(low, value);
    high = empty ? value : std::max(high, value);
    empty = false;
  }
};

/// Few digits that count; whole numbers from a thousand on.
std::string brief(double value, int digits = 3) {
  const bool large = std::abs(value) >= 1000 && std::abs(value) < 1e9;
  return large ? fmt::format("{:.0f}", value) : fmt::format("{:.{}g}", value, digits);
}

class Summary {
 public:
  Summary(const ActorTable& table, const TableHeading& heading, Language language, bool colour)
      : table_(table),
        heading_(heading),
        language_(language),
        colour_(colour),
        say_(messages(language).table) {}

  std::string write() {
    const bool one = table_.issues().size() == 1;
    const std::string counts = fmt::format(fmt::runtime(one ? say_.counts_one : say_.counts),
                                           table_.actors().size(), table_.issues().size());
    out_ += wrap(
        fmt::format(fmt::runtime(say_.heading), plain(heading_.source), heading_.format, counts), 0,
        2);
    if (!table_.title().empty()) out_ += wrap(plain(table_.title()), 0, 2);
    issues();
    if (!heading_.notes.empty()) {
      out_ += '\n' + bold(say_.reading) + '\n';
      for (const ReadingNote& note : heading_.notes) out_ += wrap(sentence(note, language_), 2, 4);
    }
    return std::move(out_);
  }

 private:
  std::string bold(std::string_view text) const { return delian::bold(text, colour_); }
  std::string range(double low, double high, int digits = 3) const {
    return fmt::format(fmt::runtime(say_.range), brief(low, digits), brief(high, digits));
  }
  std::string range(const Range& range, int digits = 3) const {
    if (range.empty) return "";
    return range.low == range.high ? brief(range.low, digits)
                                   : this->range(range.low, range.high, digits);
  }

  void row(const std::array<std::string, 6>& cells) {
    // name, actors, scale, positions, salience, capability
    constexpr std::array<std::size_t, 6> widths{18, 7, 11, 12, 12, 13};
    std::string line = " ";
    for (std::size_t k = 0; k < cells.size(); ++k) {
      const std::string text = cut(cells[k], widths[k]);
      line += " " + text + std::string(widths[k] - display_width(text), ' ');
    }
    while (line.ends_with(' ')) line.pop_back();
    out_ += line + '\n';
  }

  void issues() {
    out_ += '\n';
    row({std::string(say_.issue), std::string(say_.actors), std::string(say_.scale),
         std::string(say_.positions), std::string(say_.salience), std::string(say_.capability)});
    const std::size_t all = table_.issues().size();
    const std::size_t shown = all > most_issue_rows + 1 ? most_issue_rows : all;
    std::size_t empty = 0;
    for (std::size_t k = 0; k < all; ++k) {
      const Issue& issue = table_.issues()[k];
      std::size_t actors = 0;
      Range positions;
      Range saliences;
      Range capabilities;
      for (std::size_t i = 0; i < table_.actors().size(); ++i) {
        const auto& stand = table_.stand(i, k);
        if (!stand) {
          ++empty;
          continue;
        }
        ++actors;
        positions.add(stand->position);
        saliences.add(stand->salience);
        capabilities.add(stand->capability);
      }
      if (k < shown) {
        row({plain(issue.id), std::to_string(actors), range(issue.low, issue.high),
             range(positions), range(saliences, 2), range(capabilities)});
      }
    }
    if (shown < all) out_ += "  " + fmt::format(fmt::runtime(say_.more), all - shown) + '\n';
    out_ += '\n';
    out_ += empty == 0
                ? wrap(say_.complete, 0, 0)
                : wrap(fmt::format(fmt::runtime(say_.missing), empty, table_.actors().size() * all),
                       0, 0);
    extra(say_.reversions, &Issue::reversion);
    extra(say_.outcomes, &Issue::outcome);
  }

  /// How many issues say what happens without agreement, or what was decided.
  void extra(std::string_view phrase, std::optional<double> Issue::* member) {
    const auto known =
        std::count_if(table_.issues().begin(), table_.issues().end(),
                      [&](const Issue& issue) { return (issue.*member).has_value(); });
    if (known == 0) return;
    out_ += wrap(fmt::format(fmt::runtime(phrase), known, table_.issues().size()), 0, 0);
  }

  const ActorTable& table_;
  const TableHeading& heading_;
  Language language_;
  bool colour_;
  const TablePhrases& say_;
  std::string out_;
};

}  // namespace

std::string sentence(const ReadingNote& note, Language language) {
  const TablePhrases& say = messages(language).table;
  return fmt::format(fmt::runtime(say.steps[static_cast<std::size_t>(note.step)]),
                     plain(note.arguments[0]), plain(note.arguments[1]));
}

std::string table_summary(const ActorTable& table, const TableHeading& heading, Language language,
                          bool colour) {
  return Summary(table, heading, language, colour).write();
}

}  // namespace delian
