#pragma once
// What the commands that read tables of actors share.

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "io/import_table.hpp"

namespace delian::cli {

struct LoadedTable {
  io::ImportedTable imported;
  std::vector<io::TextFile> texts;
  std::vector<std::size_t> issues;  ///< those asked for, in the order of the table
};

/// Reads the table that the arguments name. Problems and warnings go to the error stream; without a
/// table there is the exit code.
struct TableOutcome {
  std::optional<LoadedTable> loaded;
  int exit = exit_ok;
};
TableOutcome load_table(const TableArguments& arguments, Streams& streams);

}  // namespace delian::cli
