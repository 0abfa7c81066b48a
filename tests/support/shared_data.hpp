#pragma once
// Published data too large or not ours to ship. Tests that read it say so and skip where it is not.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace delian::testing {

/// A file below the folder that DELIAN_SHARED_DATA names, else below ../shared/data beside the
/// source tree; nothing where it is not.
inline std::optional<std::string> shared_data(const std::string& path) {
  const char* given = std::getenv("DELIAN_SHARED_DATA");
  const std::filesystem::path folder =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(DELIAN_SOURCE_DIR) / "../shared/data";
  const std::ifstream file(folder / path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace delian::testing

/// Leaves a test, saying why, where a file of the shared data is not there.
#define DELIAN_NEEDS_DATA(text, path)                                                        \
  if (!(text)) {                                                                             \
    GTEST_SKIP() << "SKIPPED: needs " << (path) << "; set DELIAN_SHARED_DATA to its folder"; \
  }
