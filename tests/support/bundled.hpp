#pragma once
// The bundled scenarios, read from the source tree.

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "io/atlas.hpp"
#include "io/scenario.hpp"

namespace delian::testing {

inline constexpr std::array bundled_ids{"eu-cars-2023", "nato-amman-2024", "nato-sweden-2022",
                                        "nato-tokyo-2023", "nato-turkey-2003"};

inline std::string file_text(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << path;
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline Scenario bundled(const std::string& id) {
  const std::string folder = DELIAN_SOURCE_DIR "/scenarios/" + id + "/";
  const std::string path = folder + "scenario.toml";
  const io::TextFile file{path, file_text(path)};
  std::vector<io::TextFile> evidence;
  for (const std::string& name : io::evidence_file_names(file.text)) {
    evidence.push_back({folder + name, file_text(folder + name)});
  }
  const io::ScenarioFile read = io::parse_scenario(file, evidence, io::atlas());
  for (const Diagnostic& problem : read.problems) {
    EXPECT_NE(problem.severity, Severity::error) << id << ": " << problem.message;
  }
  return read.scenario.value();
}

}  // namespace delian::testing
