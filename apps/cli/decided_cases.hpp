#pragma once
// Decided cases from files and folders.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "delian/decision_backtest.hpp"
#include "io/text_file.hpp"

namespace delian::cli {

/// What makes two cases one group: neither then informs the other's forecast.
enum class GroupedBy { list, id, body, year };
std::optional<GroupedBy> grouped_by(std::string_view name);
/// "group, id, body, year"
std::string group_names();

/// Every case that was found, and every problem of every file.
struct DecidedCases {
  std::vector<DecisionCase> cases;
  Diagnostics problems;             ///< errors and warnings, file by file
  std::vector<io::TextFile> texts;  ///< for excerpts
  std::size_t undecided = 0;        ///< scenarios of folders that have no [result]
};

/// True for a list of cases, a scenario, and a folder that holds `cases.toml` or scenarios.
bool holds_decided_cases(const std::string& path);

/// Reads
/// - a list of cases (format "delian-cases/1") and the files it names;
/// - a scenario with a [result];
/// - a folder: its `cases.toml`, else every scenario *.toml and */scenario.toml in it that has a
///   [result], in the order of their names.
///
/// Errors  those of lists and scenarios; E550, E551 no result, E552 the list has another outcome,
///         E553 or another id, E554 nothing there, E555 one question twice.
DecidedCases load_decided_cases(std::span<const std::string> paths, GroupedBy grouped);

/// Prints the problems; true when there are errors, and then says that nothing was `done`.
bool refuse(const DecidedCases& loaded, bool quiet, std::string_view done, Streams& streams);

/// What was read, for headings: the folder or file, or how many of them.
std::string source_name(std::span<const std::string> paths);

}  // namespace delian::cli
