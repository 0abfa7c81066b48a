// tests/toml_corpus: what TOML 1.0 allows, and what it does not. The same files are compared with
// two other readers in tests/toml_conformance.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "io/toml.hpp"

namespace delian::io::toml {
namespace {

std::vector<std::filesystem::path> files_in(const char* folder) {
  std::vector<std::filesystem::path> files;
  const auto root = std::filesystem::path(DELIAN_SOURCE_DIR) / "tests/toml_corpus" / folder;
  for (const auto& file : std::filesystem::directory_iterator(root)) files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(TomlCorpus, ValidFilesAreAccepted) {
  const auto files = files_in("valid");
  EXPECT_GE(files.size(), 60U);
  for (const auto& file : files) {
    const Parsed parsed = parse(read(file), file.filename().string());
    for (const Diagnostic& problem : parsed.problems) {
      ADD_FAILURE() << file << ':' << problem.place.line << ": " << problem.message;
    }
  }
}

TEST(TomlCorpus, InvalidFilesAreRefusedWithAPlaceAndAFix) {
  const auto files = files_in("invalid");
  EXPECT_GE(files.size(), 80U);
  for (const auto& file : files) {
    const Parsed parsed = parse(read(file), file.filename().string());
    EXPECT_FALSE(parsed.problems.empty()) << file;
    EXPECT_LE(parsed.problems.size(), 4U) << file << " draws a cascade of problems";
    for (const Diagnostic& problem : parsed.problems) {
      EXPECT_GE(problem.place.line, 1) << file;
      EXPECT_GE(problem.place.column, 1) << file;
      EXPECT_EQ(problem.place.file, file.filename().string());
      EXPECT_FALSE(problem.message.empty() || problem.fix.empty()) << file;
    }
  }
}

}  // namespace
}  // namespace delian::io::toml
