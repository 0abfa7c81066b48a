#pragma once
// Reading tables of actors in tests.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "io/import_table.hpp"

namespace delian::testing {

inline Expected<io::ImportedTable> import_text(std::string text,
                                               const io::ImportOptions& options = {}) {
  const std::vector<io::TextFile> files{{"t.csv", std::move(text)}};
  return io::read_actor_table(files, options);
}

/// The table of a text that can be read.
inline io::ImportedTable table_of(std::string text, const io::ImportOptions& options = {}) {
  Expected<io::ImportedTable> read = import_text(std::move(text), options);
  if (!read) ADD_FAILURE() << read.error().front().code << ' ' << read.error().front().message;
  return std::move(read).value();
}

/// Every problem of a text that cannot be read, as "E514 2:5 message".
inline std::vector<std::string> problems_of(std::string text,
                                            const io::ImportOptions& options = {}) {
  const Expected<io::ImportedTable> read = import_text(std::move(text), options);
  EXPECT_FALSE(read.has_value());
  std::vector<std::string> found;
  if (read) return found;
  for (const Diagnostic& problem : read.error()) {
    EXPECT_EQ(problem.place.file, "t.csv");
    EXPECT_FALSE(problem.fix.empty()) << problem.message;
    found.push_back(problem.code + " " + std::to_string(problem.place.line) + ":" +
                    std::to_string(problem.place.column) + " " + problem.message);
  }
  return found;
}

inline bool noted(const io::ImportedTable& read, ReadingStep step) {
  for (const ReadingNote& note : read.notes) {
    if (note.step == step) return true;
  }
  return false;
}

}  // namespace delian::testing
