#pragma once
// What is wrong with an input, where, why, and how to mend it. Bad input is a value, never an
// exception: everything that meets the outside returns Expected<T>, which holds a value or ALL
// problems found.

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace delian {

/// Where in the input. Domain code fills `pointer`; the reader of a text adds the rest.
struct Place {
  std::string pointer;  ///< dotted path of keys as a user writes them: "members.FR.position"
  std::string file;     ///< as given by the caller; empty when there is no file
  int line = 0;         ///< 1-based; 0 when unknown
  int column = 0;       ///< 1-based, in Unicode code points; 0 when unknown
  int length = 0;       ///< code points to underline from `column`; 0 or 1 is a single mark
};

enum class Severity { error, warning };

/// One problem. `code` is stable and documented in docs/diagnostics.md.
struct Diagnostic {
  std::string code;  ///< "E101"; a key of diagnostic_codes()
  Severity severity = Severity::error;
  Place place;
  std::string message;             ///< one sentence with the offending value and the rule
  std::string fix;                 ///< how to mend it; may be empty
  std::vector<std::string> notes;  ///< further facts, one line each
};

using Diagnostics = std::vector<Diagnostic>;

/// A value, or every problem found (at least one of them an error).
template <class T>
using Expected = tl::expected<T, Diagnostics>;

/// A stable code with the title under which the documentation explains it.
struct DiagnosticCode {
  std::string_view code;
  Severity severity;
  std::string_view title;
};

/// Every code, in ascending order.
std::span<const DiagnosticCode> diagnostic_codes();

/// Builds a diagnostic; severity comes from the table. Aborts on a code that is not in it.
Diagnostic diagnose(std::string_view code, std::string pointer, std::string message,
                    std::string fix = {}, std::vector<std::string> notes = {});

bool has_errors(const Diagnostics& problems);

}  // namespace delian
