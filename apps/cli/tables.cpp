#include "cli/tables.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "cli/files.hpp"
#include "domain/text.hpp"
#include "io/diagnostics.hpp"

namespace delian::cli {
namespace {

/// The texts, or an exit code after the reason was told.
std::optional<std::vector<io::TextFile>> read_texts(const std::string& path, Streams& streams) {
  std::vector<std::string> paths{path};
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    paths.clear();
    for (const char* name : {"issues.csv", "positions.csv", "actors.csv"}) {
      std::string file = (std::filesystem::path(path) / name).string();
      // The reader says which part is missing.
      if (file_exists(file)) paths.push_back(std::move(file));
    }
    if (paths.empty()) {
      streams.err << printable(path) << ": the folder holds none of issues.csv, positions.csv and "
                  << "actors.csv. Name the file of the table.\n";
      return std::nullopt;
    }
  }
  std::vector<io::TextFile> texts;
  for (const std::string& file : paths) {
    FileRead read = read_file(file);
    if (!read.text) {
      streams.err << "cannot read " << printable(file) << ": " << read.error << '\n';
      return std::nullopt;
    }
    texts.push_back({file, *std::move(read.text)});
  }
  return texts;
}

}  // namespace

TableOutcome load_table(const TableArguments& arguments, Streams& streams) {
  TableOutcome outcome;
  auto texts = read_texts(arguments.path, streams);
  if (!texts) return {std::nullopt, exit_bad_input};
  const io::ImportOptions options{arguments.format, arguments.capability, arguments.scale};
  Expected<io::ImportedTable> imported = io::read_actor_table(*texts, options);
  if (!imported) {
    streams.err << io::render(imported.error(), *texts, streams.err_colour)
                << "Nothing was read.\n";
    return {std::nullopt, exit_bad_input};
  }
  const auto notes = imported->notes;
  const bool used = std::any_of(notes.begin(), notes.end(), [](const ReadingNote& note) {
    return note.step == ReadingStep::scale_by_option;
  });
  if (arguments.scale && !used) {
    streams.err << "--scale: the table says its own scale. Leave the option out.\n";
    return {std::nullopt, exit_usage};
  }
  const ActorTable& table = imported->table;
  std::vector<std::size_t> issues;
  for (const std::string& id : arguments.issues) {
    const auto known = table.find_issue(id);
    if (!known) {
      std::vector<std::string_view> ids;
      for (const Issue& issue : table.issues()) ids.push_back(issue.id);
      const std::string_view near = nearest(id, ids);
      if (near.empty() && ids.size() > 10) ids.resize(10);
      streams.err << "--issue: the table has no issue \"" << printable(id) << "\". "
                  << printable(did_you_mean(near.empty() ? "" : id, ids)) << '\n';
      return {std::nullopt, exit_usage};
    }
    issues.push_back(*known);
  }
  std::sort(issues.begin(), issues.end());
  issues.erase(std::unique(issues.begin(), issues.end()), issues.end());
  if (issues.empty()) {
    for (std::size_t k = 0; k < table.issues().size(); ++k) issues.push_back(k);
  }
  if (!imported->warnings.empty()) {
    streams.err << io::render(imported->warnings, *texts, streams.err_colour);
  }
  outcome.loaded = LoadedTable{*std::move(imported), *std::move(texts), std::move(issues)};
  return outcome;
}

}  // namespace delian::cli
