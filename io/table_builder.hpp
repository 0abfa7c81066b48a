#pragma once
// What the readers of all forms of tables share: names, numbers, units, limits, and the places of
// everything, so that a check made on the finished table can point at a cell.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/csv.hpp"
#include "io/import_table.hpp"

namespace delian::io {

/// A text of the file in a message: fit to print, cut after sixty characters.
std::string shown(std::string_view text);
std::string quoted(std::string_view text);

/// Cells about one actor on one issue.
struct StandCells {
  csv::Field position, salience, capability;
  std::optional<double> known_capability;  ///< stands in for the cell
};

/// Cells about one issue. An empty text is nothing.
struct IssueCells {
  csv::Field id, title, group, low, high, reversion, outcome;
};

class TableBuilder {
 public:
  TableBuilder(std::span<const TextFile> files, const ImportOptions& options, TableFormat format);

  const ImportOptions& options() const { return options_; }
  const TextFile& file(int number = 0) const { return files_[static_cast<std::size_t>(number)]; }
  ProblemList& problems() { return problems_; }
  void note(ReadingStep step, std::string first = {}, std::string second = {});

  void set_title(std::string_view title) { title_ = one_line(title); }
  /// The scale of issues that name none, and where it comes from.
  void set_scale(const csv::Field& low, const csv::Field& high, ReadingStep from);
  void set_scale(const Scale& scale, ReadingStep from);
  /// The file names a scale that could not be read; none is guessed.
  void lose_scale() { scale_lost_ = true; }
  /// Saliences run from 0 to `top`, whatever they look like.
  void set_salience_top(const csv::Field& top) { salience_top_ = top; }
  void set_salience_top(double top) { fixed_top_ = top; }
  /// A salience that is not given is the mean of those given on the issue.
  void fill_saliences() { fill_saliences_ = true; }

  /// The number of an actor or issue, new or known. Nothing (and a problem) for an empty name, or
  /// past the limit.
  std::optional<std::size_t> actor(const csv::Field& name);
  std::optional<std::size_t> issue(const csv::Field& id);
  std::optional<std::size_t> find_actor(std::string_view name) const;
  std::optional<std::size_t> find_issue(std::string_view id) const;
  IssueCells& issue_cells(std::size_t issue) { return issues_[issue]; }

  void stand(std::size_t actor, std::size_t issue, const StandCells& cells);

  /// A number that a reader has to know before all are read. Nothing (and a problem) if it is none.
  std::optional<double> number_now(const csv::Field& field, std::string_view what);

  /// Settles units and scales, makes the table, and gives it or every problem.
  Expected<ImportedTable> finish();

  /// Without blanks at its ends; line breaks are spaces.
  static std::string one_line(std::string_view text);

 private:
  struct Names {
    std::vector<std::string> list;
    std::vector<Mark> first;
    std::map<std::string, std::size_t, std::less<>> index;
  };
  struct StandNumbers {  // as the file says them; nothing where a cell could not be read
    std::optional<double> position, salience, capability;
  };
  using Key = std::pair<std::size_t, std::size_t>;  // issue, actor

  std::optional<std::size_t> add_name(Names& names, const csv::Field& name, std::string_view what,
                                      std::string_view plural, std::size_t limit);
  void settle_decimal_mark();
  std::vector<const csv::Field*> number_cells() const;
  std::optional<double> number(const csv::Field& field, std::string_view what, bool required);
  void read_numbers();
  void settle_saliences();
  void settle_salience_unit();
  void settle_scales();
  Issue settle_scale(std::size_t issue, const Scale& reach, const std::optional<Scale>& common);
  void warn_of_names(const Names& names);
  void tell(const Diagnostics& found);
  std::map<std::string, const csv::Field*> cells_by_pointer() const;

  std::span<const TextFile> files_;
  ImportOptions options_;
  TableFormat format_;
  ProblemList problems_;
  std::vector<ReadingNote> notes_;
  std::string title_;
  Names actor_names_, issue_names_;
  std::vector<IssueCells> issues_;
  std::map<Key, StandCells> stands_;
  std::optional<std::pair<csv::Field, csv::Field>> scale_cells_;
  std::optional<Scale> scale_;
  ReadingStep scale_from_ = ReadingStep::scale_by_format;
  std::optional<csv::Field> salience_top_;
  std::optional<double> fixed_top_;
  bool fill_saliences_ = false;
  bool scale_lost_ = false;
  bool decimal_comma_ = false;

  // filled by finish()
  std::map<Key, StandNumbers> numbers_;
  double top_ = 1;
  std::vector<Issue> made_issues_;
  std::vector<std::string> guessed_scales_;
  bool common_scale_used_ = false;
};

}  // namespace delian::io
