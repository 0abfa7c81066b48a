#pragma once
// A journal for programs. Bytes that are not UTF-8, which only tampering brings in, become U+FFFD.

#include <optional>
#include <string>

#include "journal/report.hpp"
#include "journal/review.hpp"
#include "journal/score.hpp"
#include "journal/store.hpp"

namespace delian::journal {

/// One JSON object a line for each record, in the order of the chain, with everything that its hash
/// is made from, and its marks.
std::string to_json_lines(const Contents& contents, const Review& review);

/// An array with an object for each entry: what `list` shows.
std::string list_json(const Contents& contents, const Review& review);

/// One entry as to_json_lines() has it, with the outcomes recorded for its question.
std::string show_json(const Contents& contents, const Review& review, const EntryReview& entry);

/// The score card, null when nothing counts, with each scored entry and the number left out.
std::string score_json(const Contents& contents, const Review& review,
                       const std::optional<ScoreCard>& card, bool all);

/// What was checked: marks by record, problems of the whole.
std::string verify_json(const Contents& contents, const Review& review,
                        const Verification& verification);

}  // namespace delian::journal
