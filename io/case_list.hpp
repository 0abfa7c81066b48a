#pragma once
// Lists of decided cases (docs/scoring.md) as text. Opens no file.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/scenario.hpp"
#include "io/text_file.hpp"

namespace delian::io {

inline constexpr std::string_view case_list_format = "delian-cases/1";

/// One line of a list. Places lead into the list, for what only its case files can show wrong.
struct ListedCase {
  std::string file;                ///< relative to the folder of the list, with forward slashes
  std::string id;                  ///< question.id of that file; empty: not said
  std::string group;               ///< empty: a group of its own
  std::optional<Outcome> outcome;  ///< twelve months after the opening, by its letter
  Place file_place;
  Place id_place;
  Place code_place;
};

struct CaseList {
  std::string title;
  std::vector<ListedCase> cases;
};

/// Exists exactly when there is no error among the problems.
struct CaseListFile {
  std::optional<CaseList> list;
  Diagnostics problems;
};

/// Errors  those of the TOML reader and of its tables; E010 another format; E550 a case listed
///         twice, or none at all.
CaseListFile parse_case_list(const TextFile& file);

/// What the first line of a TOML text says it is: "delian-scenario/1"; empty when it does not say.
std::string format_of(std::string_view text);

}  // namespace delian::io
