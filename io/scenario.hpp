#pragma once
// Scenario files (docs/scenario-format.md) as text: read, checked, edited. Opens no file.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/body.hpp"
#include "delian/diagnostic.hpp"
#include "delian/scenario.hpp"
#include "io/text_file.hpp"

namespace delian::io {

inline constexpr std::string_view scenario_format = "delian-scenario/1";

/// What a file says. `problems` holds all errors and warnings, in the order of the text.
struct ScenarioFile {
  std::optional<Scenario> scenario;  ///< exists exactly when there is no error
  std::optional<Result> result;      ///< of a decided case; kept from every forecast
  Diagnostics problems;
};

/// The names under `evidence_files`, for the caller to read: relative, with forward slashes, below
/// the scenario's folder. Names that leave the folder are left out; parse_scenario() reports them.
std::vector<std::string> evidence_file_names(std::string_view text);

/// Reads a scenario. An evidence file belongs to the name in `evidence_files` that its own name is,
/// or ends with after a slash; a name without a file is an error (E011).
ScenarioFile parse_scenario(const TextFile& main, std::span<const TextFile> evidence_files,
                            const Atlas& atlas);

/// The text of `file` with the value at `pointer` replaced; every other byte stays as it is.
///
/// `value` is what a user would type: 90, 10 to 30, unknown, true, 2023-07-12, ["E1"]. It is
/// written in quotes where TOML wants them.
/// Errors  those of the TOML reader; E007 there is nothing at `pointer`; E006 a table stands there,
///         or the value cannot stand there.
Expected<std::string> set_value(const TextFile& file, std::string_view pointer,
                                std::string_view value);

}  // namespace delian::io
