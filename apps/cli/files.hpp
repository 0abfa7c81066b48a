#pragma once
// The only C++ that opens files, but for the journal, which SQLite opens.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/scenario.hpp"

namespace delian::cli {

/// The whole file, or the reason why not. Stops a little past the largest size a reader accepts, so
/// that a huge file is refused without being read.
struct FileRead {
  std::optional<std::string> text;
  std::string error;
};
FileRead read_file(const std::string& path);

/// Replaces the file in one step: readers see the old text or the new one, never a part. Returns
/// the reason of a failure, empty when done. Nothing is left behind on failure. A symbolic link
/// stays and its target is replaced; a pipe or device is written to.
std::string write_file(const std::string& path, const std::string& text);

/// Writes all of the text to an open file. Returns the reason of a failure, empty when done.
std::string write_descriptor(int fd, std::string_view text);

/// Do both paths lead to one file that exists?
bool same_file(const std::string& a, const std::string& b);

bool file_exists(const std::string& path);

/// A scenario with every file it was read from, for excerpts.
struct LoadedScenario {
  io::ScenarioFile file;
  std::vector<io::TextFile> texts;  ///< the scenario first
};

/// Reads a scenario and the evidence files it names. What cannot be read becomes a diagnostic.
LoadedScenario load_scenario(const std::string& path);

}  // namespace delian::cli
