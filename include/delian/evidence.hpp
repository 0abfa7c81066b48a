#pragma once
// What a number rests on: one claim, one date, one grade.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delian/date.hpp"

namespace delian {

/// True for a grade of the NATO system: reliability of the source A-F, credibility of the
/// information 1-6.
bool is_grade(std::string_view text);

/// A change the publisher or somebody else made to a claim.
struct Correction {
  std::string was;
  std::string now;
  std::string noted_by;
  std::optional<Date> on;
  std::vector<std::string> touches;  ///< pointers into the scenario: "members.DK", "scale.0"
};

struct Evidence {
  enum class Kind { report, judgement };
  enum class Status { live, contested, corrected, superseded, withdrawn };

  std::string id;  ///< "E1", "J1"
  Kind kind = Kind::report;
  std::string says;    ///< the claim, in our own words
  std::string source;  ///< who published it; empty for a judgement
  std::string by;      ///< whose judgement it is
  std::string url;
  std::optional<Date> published;
  std::optional<Date> accessed;
  std::optional<Date> valid;  ///< the period the claim is about
  std::string grade;          ///< NATO grading: source A-F, information 1-6; "B2"
  Status status = Status::live;
  std::vector<std::string> disputed_by;  ///< evidence ids, when contested
  std::vector<Correction> corrections;
  std::string note;

  /// A report that still stands: not a judgement, not withdrawn or superseded.
  bool supports() const {
    return kind == Kind::report && status != Status::withdrawn && status != Status::superseded;
  }
};

}  // namespace delian
